"""Text that nobody writes in good faith: no crash, exact offsets, time in step with length."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pace import grows_in_line
from tests.reader import read_text

PATTERNS = {
    "digits": "1234567890",
    "numbers": "12 ",
    "commas": "1,234,",
    "letters": "a",
    "number words": "twenty ",
    "a sum of words": "one hundred and ",
    "dates": "3 May ",
    "months": "May ",
    "unclosed": '"(',
    "right to left": "\u202e\u0661\u0662 ",
    "zero width": "1\u200b2 ",
    "half ranges": "from 5 to ",
    "qualifiers": "more than ",
    "lines": "1\n",
    "a list": "1. A\n",
    "vague": "hundreds of ",
    "dashes": "1-",
    "NULs": "\x00 5 ",
    "full width": "１２，０００ ",
}


def filled(pattern: str, length: int) -> str:
    return (pattern * (length // len(pattern) + 1))[:length]


def exact(text: str) -> None:
    """Read a text and hold each mention to its place and to its reason."""
    reading = read_text(text)
    assert all(text[m.start : m.end] == m.text for m in reading.mentions)
    assert all(m.status == "claim" or m.reason for m in reading.mentions)


@pytest.mark.parametrize("name", PATTERNS)
def test_time_grows_with_length_and_not_with_its_square(name: str) -> None:
    assert grows_in_line(read_text, PATTERNS[name], 3_000, 30_000)
    exact(filled(PATTERNS[name], 30_000))


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "\x00", "\ufeff", "\u200f\u200e", "…", "5", "(((", "\r\n5 boats\r\n"]
)
def test_next_to_nothing(text: str) -> None:
    exact(text)


PIECES = [
    *"0123456789 ,.-–%$€(\"'\n",
    *("\u200b", "\u202e", "\u0665", "Ⅸ", "½", "é"),
    *("May ", "more than ", "dozens ", "killed ", "the 21st ", "on ", "people ", "talks ", "Friday "),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_mixture_is_read_with_exact_offsets(text: str) -> None:
    exact(text)
