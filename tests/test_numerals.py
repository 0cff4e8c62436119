"""Numerals: every spelling of a number, its exact value, and what is no number."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.numbers.numerals import find_numerals, parse_numeral
from tests.reader import of_all

VALUES = [
    ("7", "7"), ("1,300", "1300"), ("1 300", "1300"), ("1\u202f300", "1300"),
    ("1\u00a0300\u00a0000", "1300000"), ("1'300", "1300"), ("12,34,567.5", "1234567.5"),
    ("1.234.567", "1234567"), ("1.234,5", "1234.5"), ("0.25", "0.25"), (".25", "0.25"), ("-5", "-5"),
    ("−5", "-5"), ("minus 5", "-5"), ("minus five point five", "-5.5"), ("1½", "1.5"), ("2 1/2", "2.5"),
    ("3/4", "0.75"), ("⅖", "0.4"), ("٢٣", "23"), ("１２３", "123"), ("1.3 million", "1300000"),
    ("1.3bn", "1300000000"), ("75k", "75000"), ("3 lakh", "300000"), ("2.5 x 10^3", "2500"),
    ("4e6", "4000000"), ("2^10", "1024"), ("zero", "0"), ("nineteen", "19"), ("forty-two", "42"),
    ("ninety nine", "99"), ("a hundred", "100"), ("two hundred and six", "206"),
    ("twelve hundred", "1200"), ("one thousand five hundred and eleven", "1511"),
    ("three million two hundred thousand and nine", "3200009"), ("three million, two hundred", "3000200"),
    ("3 hundred and 21", "321"), ("4 thousand 3 hundred", "4300"), ("a dozen", "12"),
    ("half a dozen", "6"), ("two dozen", "24"), ("half a million", "500000"),
    ("five and a half million", "5500000"), ("3 million and a half", "3500000"), ("one and a half", "1.5"),
    ("two-fifths", "0.4"), ("three quarters", "0.75"), ("forty and three quarters", "40.75"),
    ("seven point nought six", "7.06"), ("twelve point seventy-five", "12.75"), ("sixfold", "6"),
    ("21st", "21"), ("twenty-first", "21"), ("one hundred and fifth", "105"),
]  # fmt: skip


@of_all(VALUES)
def test_a_numeral_has_its_exact_value(text: str, value: str) -> None:
    assert parse_numeral(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "often", "someone", "tense", "weighty", "1/0", "1,2,3", "9" * 60, "point", "second-hand car"]
)
def test_what_is_not_one_numeral_has_no_value(text: str) -> None:
    assert parse_numeral(text) is None


def test_ordinals_are_marked_and_leave_their_article() -> None:
    text = "a third attack"
    (numeral,) = find_numerals(text)
    assert numeral.ordinal
    assert text[numeral.start : numeral.end] == "third"


def test_a_share_is_a_fraction() -> None:
    (numeral,) = find_numerals("it fell by a third.")
    assert numeral.fraction
    assert not numeral.ordinal


@given(st.integers(min_value=0, max_value=10**15))
def test_digits_and_their_thousands_read_back(value: int) -> None:
    assert parse_numeral(str(value)) == value
    assert parse_numeral(f"{value:,}") == value
    assert parse_numeral(f"{value:,}".replace(",", "\u202f")) == value


UNITS = (
    "one two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def spelled(value: int) -> str:
    """A whole number below a billion in English words."""
    if value < 20:
        return UNITS.split()[value - 1]
    if value < 100:
        rest = value % 10
        return TENS.split()[value // 10 - 2] + (f"-{spelled(rest)}" if rest else "")
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= size:
            rest = value % size
            link = " and " if rest < 100 else " "
            return f"{spelled(value // size)} {name}" + (f"{link}{spelled(rest)}" if rest else "")
    raise AssertionError(value)


@given(st.integers(min_value=1, max_value=10**9 - 1))
def test_words_read_back(value: int) -> None:
    assert parse_numeral(spelled(value)) == value


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read_without_a_crash_and_in_order(text: str) -> None:
    found = find_numerals(text)
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
