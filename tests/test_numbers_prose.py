"""Numbers as prose, reports and hard-wrapped text write them: one table of inputs with everything read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.documents.sentences import split
from claimcheck.model import Mention, Span
from claimcheck.numbers import find_ages, find_quantities
from claimcheck.numbers.numerals import flattened
from tests.pace import grows_in_line

# text ;; what is read, each as: characters | kind | value or low..high | comparator | unit | noun
READ = """
The register lists 1,300 families ;; 1,300|number|1300|eq||family
The register lists 1 300 families ;; 1 300|number|1300|eq||family
The register lists 1'300 families ;; 1'300|number|1300|eq||family
The lamp draws 5-10W ;; 5-10W|measure|5..10|range|watt|
The socket gives 100-240V ;; 100-240V|measure|100..240|range|volt|
It sells 3x as many ;; 3x|number|3|eq||
It grew 10x faster ;; 10x|number|10|eq||
The error is plus or minus 3.1 percent ;; 3.1 percent|percent|3.1|eq|percent|
It fell to minus 3.1 percent ;; minus 3.1 percent|percent|-3.1|eq|percent|
They live in Austin, TX 78701 with 40 cats ;; 40|number|40|eq||cat
A screen of 1920 x 1080 pixels ;; 1920|measure|1920|eq|pixel| & 1080 pixels|measure|1080|eq|pixel|
About 1.3m refugees crossed ;; 1.3m|number|1300000|approx||refugee
The plan costs €1.3tn ;; €1.3tn|money|1300000000000|eq|EUR|
Exports reached 900m barrels ;; 900m barrels|measure|900000000|eq|barrel|
The dose was 1½ tablets ;; 1½|number|1.5|eq||tablet
The fund holds 12,34,567 rupees ;; 12,34,567 rupees|money|1234567|eq|INR|
The bank paid 1.234.567 euros ;; 1.234.567 euros|money|1234567|eq|EUR|
A loan of 3,5 million euros ;; 3,5 million euros|money|3500000|eq|EUR|
Police saw 25k marchers ;; 25k|number|25000|eq||marcher
They measured .75 grams ;; .75 grams|measure|0.75|eq|gram|
Three score and ten people drowned ;; Three score and ten|number|70|eq||person
The 40 won the prize ;; 40|number|40|eq||
A few tents burned ;; A few|number|2..9|vague||tent
They mended 60 km of road ;; 60 km|measure|60|eq|kilometre|road
The front is 60 km of Homs ;; 60 km|measure|60|eq|kilometre|
Some 200 French and 30 British left ;; 200|number|200|approx||french & 30|number|30|eq||british
It lost 15 per cent to 20 per cent of its men ;; 15 per cent to 20 per cent|percent|15..20|range|percent|man
The recipe takes 2 1/2 cups of flour ;; 2 1/2 cups|measure|2.5|eq|cup|flour
fell as much as 1 / 4 point ;; 1 / 4|number|0.25|le||
priced at $ 63 . 45 a share ;; $ 63 . 45|money|63.45|eq|USD|
Five hundred and eleven prisoners ;; Five hundred and eleven|number|511|eq||prisoner
Half a million people ;; Half a million|number|500000|eq||person
Two-thirds of the villages ;; Two-thirds|number|0.6666666666666666|eq||village
Some 3.3 out of 6.6 million Arvians left ;; 3.3 out of 6.6 million|number|0.45..0.55|approx||arvian
Three out of ten wells ;; Three out of ten|number|0.3|eq||well
Six and a half thousand deserters ;; Six and a half thousand|number|6500|eq||deserter
Fifteen hundred goats ;; Fifteen hundred|number|1500|eq||goat
two and three-quarter hours ;; two and three-quarter hours|duration|2.75|eq|hour|
Between 18 and 22 people died ;; Between 18 and 22|number|18..22|range||person
From 5 to 7 boats sank ;; 5 to 7|number|5..7|range||boat
It lost 15 to 20 per cent of its value ;; 15 to 20 per cent|percent|15..20|range|percent|
It rose 5 per cent to 30 ;; 5 per cent|percent|5|eq|percent| & 30|number|30|eq||
Anywhere from 40 to 60 tanks ;; 40 to 60|number|40..60|range||tank
$5-7 billion ;; $5-7 billion|money|5000000000..7000000000|range|USD|
Three to four hundred huts ;; Three to four hundred|number|300..400|range||hut
Some 6 or 7 thousand fighters ;; 6 or 7 thousand|number|6000..7000|range||fighter
two or three shells ;; two or three|number|2..3|range||shell
armies of 4.1 and 8.3 million respectively ;; 4.1|number|4100000|eq|| & 8.3 million|number|8300000|eq||
rose by 12 and 15 per cent, respectively ;; 12|percent|12|eq|percent| & 15 per cent|percent|15|eq|percent|
1,640 and 420 jobs ;; 1,640|number|1640|eq||job & 420|number|420|eq||job
well over 60 reporters ;; 60|number|60|gt||reporter
not more than 20 trucks ;; 20|number|20|le||truck
as few as 10 votes ;; 10|number|10|ge||vote
Upwards of 30 boats sailed ;; 30|number|30|gt||boat
the death toll passed 1,000 on Monday ;; 1,000|number|1000|gt||
Casualties exceeded 200 ;; 200|number|200|gt||
Perhaps 80 people came ;; 80|number|80|approx||person
300 people and counting ;; 300|number|300|gt||person
=>30 ;; 30|number|30|ge||
Some 50-odd goats stayed ;; 50|number|50|approx||goat
Turkey had spent billions on it ;; billions|number|2000000000..9999999999|vague||
Many dozens of letters ;; Many dozens|number|36..99|vague||letter
Turnout was 43 p.c. of the roll ;; 43 p.c.|percent|43|eq|percent|
Rates rose 25 basis points ;; 25 basis points|percent|25|eq|basis point|
They paid 30 Birr ;; 30 Birr|money|30|eq|ETB|
A $5 fee ;; $5|money|5|eq|USD|
A$40 ;; A$40|money|40|eq|AUD|
10 $ 30 cent ;; 10 $ 30 cent|money|10.3|eq|USD|
five dollars and fifty ;; five dollars and fifty|money|5.5|eq|USD|
The result was ($40.50) ;; ($40.50)|money|-40.5|eq|USD|
the price ($40.50) rose ;; $40.50|money|40.5|eq|USD|
Look, a penny! ;; a penny|money|1|eq|penny|
500 Turkish lira ;; 500 Turkish lira|money|500|eq|TRY|
2,000 Syrian pounds ;; 2,000 Syrian pounds|money|2000|eq|SYP|
90 hryvnias ;; 90 hryvnias|money|90|eq|UAH|
A 7.62 mm round ;; 7.62 mm|measure|7.62|eq|millimetre|
A 500-pound bomb ;; 500-pound|measure|500|eq|pound|
Two T-72 tanks burned ;; Two|number|2|eq||tank
the clashes left 43 civilians dead ;; 43|number|43|eq||civilian
the raid left 20 dead ;; 20|number|20|eq||dead
two tribesmen died ;; two|number|2|eq||tribesman
'180 foreign mercenaries' were killed ;; 180|number|180|eq||mercenary
reducing hunger by half well ahead of time ;; half|number|0.5|eq||
22 new Boeing 787 tankers ;; 22|number|22|eq||tanker
they held half of Ras al-Ayn ;; half|number|0.5|eq||
it was said that half of the town burned ;; half|number|0.5|eq||
One soldier claimed that all was well ;; One|number|1|eq||soldier
one HTS member ;; one|number|1|eq||member
the valley saw 72 incidents ;; 72|number|72|eq||incident
There are 12 (twelve) members ;; 12|number|12|eq||member
children under five are at risk ;; five|age|..4|lt|year|
boys over 12 were taken away ;; 12|age|13..|gt|year|
boys over 12 villages fled ;; 12|number|13..|gt||village
She was 16 when she fled ;; 16|age|16|eq|year|
The boy, 9, survived ;; 9|age|9|eq|year|
a child, 12 men and a dog ;; 12|number|12|eq||man
A man of 60 was beaten ;; 60|age|60|eq|year|
a girl of two fathers ;; two|number|2|eq||father
a mother in her early thirties ;; early thirties|age|30..33|range|year|
a man in his 40s ;; 40s|age|40..49|range|year|
"""


def read(text: str) -> list[Mention]:
    """Ages and quantities that may be claims."""
    ages = find_ages(text)
    found = [*ages, *find_quantities(text, [age.span for age in ages])]
    return sorted((m for m in found if m.status != "not_claim"), key=lambda m: m.start)


def _shown(mention: Mention, value: str) -> str:
    if ".." in value:
        low, high = ("" if end is None else str(end) for end in (mention.low, mention.high))
        return f"{low}..{high}"
    return str(None if mention.value is None else float(mention.value))


def _cases() -> list[tuple[str, str]]:
    lines = [line.partition(" ;; ") for line in READ.strip().splitlines()]
    return [(text, expected) for text, _, expected in lines]


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_what_is_read(text: str, expected: str) -> None:
    wanted, shown = [], []
    for case, mention in zip(expected.split(" & "), read(text), strict=True):
        span, kind, value, comparator, unit, noun = case.split("|")
        number = value if ".." in value else str(float(value))
        wanted.append((span, kind, number, comparator, unit, noun))
        found = (mention.text, mention.kind, _shown(mention, value), mention.comparator)
        shown.append((*found, mention.unit or "", mention.noun or ""))
    assert shown == wanted


# text ;; characters ;; reason: these count nothing
NOT_CLAIMS = """
The 777-200W is gone ;; 777-200W ;; name
They live in Austin, TX 78701 ;; 78701 ;; address
The Boeing 737-800 landed ;; 737-800 ;; name
Boeing 737 jets were grounded ;; 737 ;; name
The 787-9 holds many ;; 787-9 ;; name
The 7e7 came later ;; 7e7 ;; name
It has a USB 1.1 port ;; 1.1 ;; name
Its serial number is 001 ;; 001 ;; reference number
Article 7(2) applies ;; 7(2) ;; reference number
Paragraph 6(b)(iii) applies ;; 6(b)(iii) ;; reference number
resolutions 2066 (XX) and 2232 (XXI) ;; 2232 ;; document number
The ratio is 3:1 ;; 3:1 ;; ratio
There are 12 (twelve) members ;; twelve ;; the same number again
goals beyond 2015 matter ;; 2015 ;; year
a 2005 nations report ;; 2005 ;; year
a zero- sum game ;; zero- sum ;; set phrase
said that one of the largest issues ;; one ;; one of several
eggs at 64 cents a dozen ;; a dozen ;; unit of a rate
poverty is one of the main issues ;; one ;; one of several
all but 12 boats sank ;; 12 ;; those left out
the tax went from 10 per cent to 12 ;; 10 per cent ;; value before a change
"""


@pytest.mark.parametrize("case", NOT_CLAIMS.strip().splitlines())
def test_what_counts_nothing(case: str) -> None:
    text, written, reason = case.split(" ;; ")
    assert [m.reason for m in find_quantities(text) if m.text == written] == [reason]


@pytest.mark.parametrize("text", ["the council passed 12 bills", "it has 2000 seats", "2011 people fled"])
def test_a_count_stays_a_count(text: str) -> None:
    (found,) = find_quantities(text)
    assert (found.reason, found.comparator) == (None, "eq")


LONG = "In all the villages of the southern plain "  # a line long enough to be wrapped
WRAPPED = [
    ("twenty- \neight lives were lost", "twenty- \neight", 28, "life"),
    ("they named three main  goals", "three", 3, "goal"),
    ("they named three main \ngoals", "three", 3, "goal"),
    ("it counted more \nthan 130 \nclinics", "130", 130, "clinic"),
    ("it lost one \nthousand five \nhundred goats", "one \nthousand five \nhundred", 1500, "goat"),
]


@pytest.mark.parametrize(("text", "written", "value", "noun"), WRAPPED)
def test_a_line_end_inside_a_sentence_is_a_space(text: str, written: str, value: int, noun: str) -> None:
    (found,) = find_quantities(LONG + text)
    assert (found.text, found.value, found.noun) == (written, value, noun)
    assert (LONG + text)[found.start : found.end] == written


def test_a_wrapped_phrase_is_found_and_its_qualifier_too() -> None:
    text = LONG + "linked to one \nanother the families of the valley lost more \nthan 40 goats"
    phrase, goats = find_quantities(text)
    assert (phrase.text, phrase.reason) == ("one \nanother", "set phrase")
    assert goats.qualifier is not None
    assert (goats.comparator, goats.qualifier.of(text)) == ("gt", "more \nthan")


APART = [
    "Total killed\n40\n50",
    "a long heading above a list of things\n1. Stop the war",
    "40    50",
    "12\n345 huts",
]


@pytest.mark.parametrize("text", APART)
def test_lists_and_tables_stay_apart(text: str) -> None:
    assert all("\n" not in m.text and "  " not in m.text for m in find_quantities(text))


@given(st.text(alphabet="ab1 \n\t.,-twenty eight", max_size=200))
def test_offsets_lead_back_to_the_same_characters(text: str) -> None:
    flat = flattened(text)
    for at, sign in enumerate(flat.text):
        assert sign.isspace() or text[flat.original(at)] == sign
    for at, sign in enumerate(text):
        inside = flat.within(Span(at, at + 1))
        assert sign.isspace() or flat.text[inside.start] == sign


@pytest.mark.parametrize("piece", [" ", "\n", " \n", "ab \ncd ", "1\n", "\t \n"])
def test_wrapping_takes_linear_time(piece: str) -> None:
    assert grows_in_line(find_quantities, piece, 8_000, 64_000)


def test_tokenised_months_end_no_sentence() -> None:
    text = "bonds due dec . 12 , 1994 were sold . 40 remained ."
    assert [s.of(text) for s in split(text)] == ["bonds due dec . 12 , 1994 were sold .", "40 remained ."]


def test_an_ordinal_is_no_length_of_time() -> None:
    (found,) = find_quantities("its seventy-second session")
    assert (found.text, found.kind, found.value, found.reason) == (
        "seventy-second",
        "ordinal",
        Decimal(72),
        "name",
    )
