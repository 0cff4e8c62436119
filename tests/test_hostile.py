"""Text that nobody writes in good faith: no crash, exact offsets, time in step with length."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimcheck.claims.places import carried
from claimcheck.documents.files import make
from claimcheck.frames import frames_of
from claimcheck.model import Reading, Span
from claimcheck.pipeline import Checker
from tests.growth import MOST, families, too_steep
from tests.pace import grows_in_line, keeps_pace
from tests.reader import ROOT, of_all, read_text

PATTERNS = {
    "digits": "1234567890", "numbers": "12 ", "commas": "1,234,", "letters": "a", "number words": "twenty ",
    "a sum of words": "one hundred and ", "dates": "3 May ", "months": "May ", "unclosed": '"(',
    "right to left": "\u202e\u0661\u0662 ", "zero width": "1\u200b2 ", "half ranges": "from 5 to ",
    "qualifiers": "more than ", "lines": "1\n", "a list": "1. A\n", "vague": "hundreds of ", "dashes": "1-",
    "NULs": "\x00 5 ", "full width": "１２，０００ ",
}  # fmt: skip

DEAR = {"half ranges", "number words", "vague", "a sum of words"}  # a third of their length shows as much


def exact(reading: Reading) -> None:
    """Hold each mention and claim to its place, and each mention to its reason."""
    text = reading.document.text
    assert all(text[m.start : m.end] == m.text for m in reading.mentions)
    assert all(m.status == "claim" or m.reason for m in reading.mentions)
    assert all(text[c.start : c.end] == c.text for c in reading.claims)


@of_all([*PATTERNS][::2])  # `make test-long` takes all of them, and longer texts
def test_time_grows_with_length_and_not_with_its_square(name: str) -> None:
    read: dict[int, Reading] = {}
    small = 300 if name in DEAR else 1_000
    assert grows_in_line(
        lambda text: read.update({len(text): read_text(text)}), PATTERNS[name], small, 10 * small
    )
    exact(read[10 * small])


@pytest.mark.long
@pytest.mark.parametrize("name", PATTERNS)
def test_time_of_thrice_as_long_texts_grows_so_too(name: str) -> None:
    assert grows_in_line(read_text, PATTERNS[name], 3_000, 30_000)


SERIES = ("{} men; ", "Homs: {} ", "{} men and ")


def test_numbers_of_one_sentence_do_not_look_at_each_other() -> None:
    assert grows_in_line(read_text, "rose from 5 to 6 … twice as many as ", 900, 3_600)


@pytest.mark.parametrize("item", ["{}, ", *(pytest.param(x, marks=pytest.mark.long) for x in SERIES)])
def test_a_sentence_of_many_items_costs_linear_time(item: str) -> None:
    few, many = ("They counted " + "".join(item.format(100 + n) for n in range(of)) for of in (100, 400))
    assert keeps_pace(lambda: read_text(many), lambda: read_text(few), 7)


def test_many_totals_of_one_sentence_are_added_up_at_a_small_price() -> None:
    items = (f"{n % 7 + 2} {'cows' if n % 2 else 'dogs'}, 99999999 in {{}}" for n in range(150))
    listed = f"In 2017 it counted {', '.join(items)}."
    added, apart = (partial(read_text, listed.replace("{}", word)) for word in ("all", "jars"))
    assert keeps_pace(added, apart, 3)


def test_no_claim_looks_back_to_the_beginning_of_a_long_paragraph() -> None:
    texts = (make("x", "Geneva, 10 May 2018\n\n" + "It lost 5 men there. " * n) for n in (100_000, 2_000))
    long, short = (partial(carried, of, len(of.text) - 21, len(of.text), False) for of in texts)
    assert keeps_pace(long, short, 1.5)


SOME = [*families().items()][::4]


def test_there_are_a_hundred_families_of_text() -> None:
    assert len(SOME) >= 98


@pytest.mark.long
@pytest.mark.parametrize("part", range(8))
def test_families_of_text_grow_in_line(part: int) -> None:
    assert {name: stated for name, unit in SOME[part::8] if (stated := too_steep(unit, 2_500, 2))} == {}


@pytest.mark.parametrize(
    "text", ["{space}On 5 January 2018, 7 boats sank.", "7 boats sank.\n{space}On 5 January 2018, 7 sank."]
)
@pytest.mark.parametrize("space", [" ", "\t", "\n", "\r", "\f", "\u2028", "\xa0"])
def test_white_space_costs_next_to_nothing(text: str, space: str) -> None:
    assert too_steep(text.format(space=space * 50_000), 50_100, 2) is None


@pytest.mark.long
@pytest.mark.parametrize("unit", ["1st 2nd ", "5 killed; ", "three score and "])
def test_lists_without_end_grow_in_line(unit: str) -> None:
    assert too_steep(unit, 12_500, 4) is None


@pytest.mark.long
@pytest.mark.parametrize("place", ["Aleppo", "Khan Sheikhoun"])
def test_linking_grows_in_line(place: str) -> None:
    unit = f"On 4 April 2017, 80 people were killed in {place}. "
    with Checker([ROOT / "reference_data"]) as checker:
        short, long = ([read_text(unit * many)] for many in (60, 480))
        check = checker.linker.check
        assert keeps_pace(lambda: check(long), lambda: check(short), MOST**3)


def test_what_is_compared_is_framed_without_a_look_through_the_text() -> None:
    unit = "In May 2018 there were 9 more raids than the 7 in June 2017.\n\n"
    short, long = (read_text(unit * many) for many in (10, 160))

    def framed(reading: Reading) -> None:
        for _ in range(200):
            assert list(frames_of(reading, reading.claims[-1:], [Span(0, 1)]))

    assert keeps_pace(lambda: framed(long), lambda: framed(short), 3)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "\x00", "\ufeff", "\u200f\u200e", "…", "5", "(((", "\r\n5 boats\r\n"]
)
def test_next_to_nothing(text: str) -> None:
    exact(read_text(text))


PIECES = [
    *"0123456789 ,.-–%$€(\"'\n",
    *("\u200b", "\u202e", "\u0665", "Ⅸ", "½", "é"),
    *("May ", "more than ", "dozens ", "killed ", "the 21st ", "on ", "people ", "talks ", "Friday "),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@example("00–more than people ½")
def test_any_mixture_is_read_with_exact_offsets(text: str) -> None:
    exact(read_text(text))
