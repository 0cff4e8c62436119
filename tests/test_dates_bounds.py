"""Open ends ("since May"), what a neighbour fixes ("March last year"), and how a claim takes its time.

In a document of Wednesday 31 January 2018, unless a case says otherwise.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from claimcheck.dates.times import find_times
from claimcheck.documents.sentences import split
from claimcheck.lexicon import load
from claimcheck.model import Document, Mention

OWN = date(2018, 1, 31)


def read(text: str, own: date | None = OWN) -> list[Mention]:
    found = find_times(Document(id="d", text=text, date=own), split(text))
    assert all(text[m.start : m.end] == m.text for m in found)
    return found


def days(m: Mention) -> str:
    """The days that a date's words and those in front of it leave."""
    if m.kind == "date" and m.qualifier is not None:
        return str(m.edtf)
    return f"{m.date_start or '..'}/{m.date_end or '..'}"


ROWS = load("date_bounds")


@pytest.mark.parametrize(
    "case", [case for row in ROWS for case in (*row.examples, *row.counter_examples)], ids=str
)
def test_examples_of_the_lexicon(case: str) -> None:
    marked, _, expected = case.partition(" -> ")
    (span,) = re.findall(r"\[([^\]]*)\]", marked)
    (m,) = read(re.sub(r"[\[\]]", "", marked))
    assert (m.text, days(m)) == (span, expected)
    assert (m.qualifier is None) == (".." not in expected)
    alone = read(f"It was in {span}.")[0] if m.qualifier is not None and m.timex else m
    assert (m.date_start, m.date_end) == (alone.date_start, alone.date_end) or "year" in m.inferred


