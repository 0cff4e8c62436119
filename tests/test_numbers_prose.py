"""Numbers as prose, reports and hard-wrapped text write them: one table of inputs with everything read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.documents.sentences import split
from claimcheck.model import Mention, Span
from claimcheck.numbers import find_ages, find_quantities
from claimcheck.numbers.numerals import flattened
from tests.pace import grows_in_line

READ = (Path(__file__).parent / "gold" / "numbers_prose.txt").read_text("utf-8").partition("\n")[2]


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
