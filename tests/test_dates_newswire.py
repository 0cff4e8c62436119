"""How agencies write times: `gold/dates_newswire.txt` has each expression, its TIMEX3 value and its days."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from claimcheck.dates.times import find_times
from claimcheck.documents.sentences import split
from claimcheck.model import Document, Mention

GOLD = (Path(__file__).parent / "gold" / "dates_newswire.txt").read_text("utf-8")
PARTS = (part.splitlines() for part in GOLD.split("## ")[1:])
CASES = [(case, head) for head, *cases in PARTS for case in cases if case]


def read(text: str, own: date) -> list[Mention]:
    return find_times(Document(id="d", text=text, date=own), split(text))


def days(m: Mention) -> str:
    """The days that a date's words and those in front of it leave."""
    if m.kind == "date" and m.qualifier is not None:
        return str(m.edtf)
    if m.date_start is None and m.date_end is None:
        return "-"
    return f"{m.date_start or '..'}/{m.date_end or '..'}"


@pytest.mark.parametrize(("case", "day"), [c for c in CASES if c[1] != "no time"])
def test_newswire(case: str, day: str) -> None:
    check(case, date.fromisoformat(day))


def check(case: str, own: date) -> None:
    """The expressions, values and days of a case, and no other, in a document of a day."""
    marked, _, expected = case.partition(" -> ")
    found = read(re.sub(r"[\[\]]", "", marked), own)
    assert [m.text for m in found] == re.findall(r"\[([^\]]*)\]", marked)
    for m, wanted in zip(found, expected.split(" | "), strict=True):
        value, _, interval = wanted.partition(" ")
        assert value in ("*", m.timex)
        if interval:
            assert days(m) == (f"{value}/{value}" if interval == "=" else interval)


@pytest.mark.parametrize("text", [c for c, head in CASES if head == "no time"])
def test_names_and_scores_are_no_times(text: str) -> None:
    assert [m.text for m in read(text, date(1993, 11, 2))] == []
