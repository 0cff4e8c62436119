"""What stands around a number says what it is: names, pages, documents, changes; tables of cases."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claimcheck.claims.reading import prepare
from claimcheck.documents.files import make
from claimcheck.lexicon import load
from claimcheck.model import Mention
from claimcheck.numbers import find_quantities
from tests.reader import DAY

EXAMPLES = [e for row in load("number_context") for e in (*row.examples, *row.counter_examples)]


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_word_list_has_its_part_in_a_reading(example: str) -> None:
    marked, _, expected = example.partition(" -> ")
    before, _, rest = marked.partition("[")
    mentions = prepare(make("text", before + rest.replace("]", ""), meta={"date": DAY})).mentions
    found = next(m for m in mentions if m.start <= len(before) < m.end)
    told = [found.kind, found.noun, "" if found.comparator == "eq" else found.comparator]
    read = f"no claim: {found.reason}" if found.status == "not_claim" else " ".join(filter(None, told))
    assert read == expected


def only(text: str, written: str) -> Mention:
    """The mention of the characters `written`, of which the text has one."""
    return next(m for m in find_quantities(text) if m.text == written)


NAMES = [
    ("The Boeing 747 landed late, and the 747 was searched.", "747"),
    ("They ordered twelve 767s. The older 767 planes stay.", "767"),
    ("Crews flew the 757 Skyhawk to Malta.", "757"),
    ("Pilots of 413 Squadron were decorated.", "413"),
    ("Tests for COVID 19 ran out.", "COVID 19"),
    ("21 Mountain Warfare Regiment mainly employs drivers.", "21"),
    ("Boeing said that the 767 would be the last.", "767"),
    ("Airbus has stopped building its 380.", "380"),
    ("The Committee of Ten met the Group of Four.", "Ten"),
    ("The Committee of Ten met the Group of Four.", "Four"),
]


@pytest.mark.parametrize(("text", "written"), NAMES)
def test_a_number_that_names_counts_nothing(text: str, written: str) -> None:
    assert {m.reason for m in find_quantities(text) if m.text == written} == {"name"}


COUNTS = [
    ("The Boeing 747 landed; 747 people watched.", 747, "person"),
    ("The 400 Libyan sailors left.", 400, "sailor"),
    ("They built 413 squadron huts.", 413, "hut"),
    ("The virus killed 19 people.", 19, "person"),
    ("Boeing let its 747 welders go.", 747, "welder"),
    ("A committee of ten farmers met.", 10, "farmer"),
    ("Some of the 12 Iraqis fled.", 12, "iraqi"),
    ("The blast hurt 5 Houthis.", 5, "houthi"),
    ("They hired 30 taxis.", 30, "taxi"),
    ("Another dozen farmers fled.", 12, "farmer"),
    ("Another hundred and twenty tents burned.", 120, "tent"),
    ("Some 21 Mountain Company drivers left.", 21, "driver"),
]


@pytest.mark.parametrize(("text", "value", "noun"), COUNTS)
def test_a_number_that_counts_names_nothing(text: str, value: int, noun: str) -> None:
    assert (Decimal(value), noun) in {(m.value, m.noun) for m in find_quantities(text) if m.reason is None}


LABELS = [
    ("peace will come\n17-40112 6/31\n\nA/72/PV.9 20/09/2017\nto all", "6/31", "page number"),
    ("some of our\n14/31 17-40112\n\n20/09/2017", "14/31", "page number"),
    ("with new \n \n \n27 17-40112 \n \nhopes", "27", "page number"),
    ("as in resolution 68/3 of the Assembly", "68/3", "document number"),
    ("odds of 9/4 were given", "9/4", "reference number"),
    ("see 2013_%D9%85%D8%B8_%D8%A7.jpg", "%D9%85%D8%B8_%D8%A7.jpg", "link or handle"),
]


@pytest.mark.parametrize(("text", "written", "reason"), LABELS)
def test_pages_documents_and_links(text: str, written: str, reason: str) -> None:
    assert only(text, written).reason == reason


@pytest.mark.parametrize("text", ["3/4 of the cup", "about 1/3 of voters", "17 40112 boxes of 6/31"])
def test_a_fraction_is_no_page(text: str) -> None:
    assert all(m.reason != "page number" for m in find_quantities(text))


CHANGES = [
    ("Rents rose from 410 to 480 euros.", "410", "480 euros"),
    ("Rents rose in 2016, from 410 to 480 euros.", "410", "480 euros"),
    ("Rents rose sharply between May and June, from 410 to 480 euros.", "410", "480 euros"),
    ("The share fell from 12.5% to 9%.", "12.5%", "9%"),
    ("The board cut the number of seats from 60 to 45.", "60", "45"),
    ("an increase in output from 3 to 5 million tonnes", "3", "5 million tonnes"),
]


@pytest.mark.parametrize(("text", "before", "after"), CHANGES)
def test_a_change_is_two_values_and_the_first_is_past(text: str, before: str, after: str) -> None:
    assert only(text, before).reason == "value before a change"
    assert only(text, after).reason is None


def test_the_value_before_a_change_borrows_scale_and_unit() -> None:
    assert only("Output grew from 3 to 5 million tonnes.", "3").value == Decimal(3_000_000)


RANGES = [
    ("Prices range from 410 to 480 euros.", 410, 480),
    ("Between 12 and 15 boats came.", 12, 15),
    ("Fares run from 3 to 5 pounds.", 3, 5),
]


@pytest.mark.parametrize(("text", "low", "high"), RANGES)
def test_a_range_is_no_change(text: str, low: int, high: int) -> None:
    assert [(m.low, m.high) for m in find_quantities(text)] == [(Decimal(low), Decimal(high))]


NOUNS = [
    ("About 30 fishermen's huts burned.", "hut"),
    ("Some 25 teachers' unions signed.", "union"),
    ("The plan of 40 Member States functions well.", "state"),
    ("It was one boat too many.", "boat"),
    ("She made one demand very plain.", "demand"),
    ("Clashes left scores dead.", "dead"),
]


@pytest.mark.parametrize(("text", "noun"), NOUNS)
def test_the_counted_noun(text: str, noun: str) -> None:
    assert [m.noun for m in find_quantities(text)] == [noun]


def test_a_verb_is_no_counted_noun() -> None:
    assert only("In all 70 per cent of the grain travels by rail.", "70 per cent").noun is None


TOKENISED = [
    ("output rose 7 . 4 % last year", "7 . 4 %", "7.4"),
    ("a stand for 60 , 000 people", "60 , 000", "60000"),
    ("a length of 2.5*10^3 metres", "2.5*10^3 metres", "2500"),
    ("three quarters of the homes", "three quarters", "0.75"),
]


@pytest.mark.parametrize(("text", "written", "value"), TOKENISED)
def test_values_however_they_are_spaced(text: str, written: str, value: str) -> None:
    assert only(text, written).value == Decimal(value)


@pytest.mark.parametrize("text", ["It was item 7 . 4 men left", "rows 12 , 3000 seats"])
def test_a_full_stop_is_no_decimal_point(text: str) -> None:
    assert all("." not in m.text and "," not in m.text for m in find_quantities(text))


def test_more_digits_than_a_number_has_are_told_and_count_nothing() -> None:
    key, pi = "7" * 40, "3." + "1" * 30
    found = find_quantities(f"The key {key} and {pi} were printed 12 times.")
    assert [(m.text, m.status, m.reason) for m in found[:2]] == [
        (key, "not_claim", "more digits than a number of anything"),
        (pi, "not_claim", "more digits than a number of anything"),
    ]
    assert found[2].value == 12


@pytest.mark.parametrize("sign", ["<>", "!=", "≠", "<> ", "≠ "])
def test_what_a_value_is_not_equal_to_is_no_quantity(sign: str) -> None:
    assert only(f"Rows with x {sign}30 are kept.", "30").reason == "what it is not equal to"
    assert only("Rows with x > 30 are kept.", "30").low == 31


def test_a_comparison_with_a_number_of_its_own_does_not_qualify_the_one_before() -> None:
    text = "A score of 40 or greater than 35 is enough; 12 or greater is not."
    assert [(m.value, m.low, m.high) for m in find_quantities(text)] == [
        (40, 40, 40),
        (35, 36, None),
        (12, 12, None),
    ]


def test_a_setting_of_markup_counts_nothing() -> None:
    assert only("[[File:Siege.svg|thumb|upright=1.2|Map of 12 villages]]", "1.2").reason == "markup"
    assert only("[[File:Siege.svg|thumb|upright=1.2|Map of 12 villages]]", "12").value == 12


def test_a_resolution_of_a_special_session_is_a_document_number() -> None:
    assert only("It recalled resolution ES-11/4 of 12 delegates.", "ES-11/4").reason == "document number"


def test_half_with_a_bound_is_a_share_of_those_told_of_before() -> None:
    assert [(m.value, m.low, m.high) for m in find_quantities("More than half are in debt.")] == [
        (Decimal("0.5"), Decimal("0.5"), None)
    ]
    assert not find_quantities("He was about half finished, and they half expected it.")
