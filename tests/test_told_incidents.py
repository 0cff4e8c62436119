"""One incident by several sources: the fewest and the most killed and injured, printed, shown and stored."""

from __future__ import annotations

import pytest

from claimcheck.lexicon import load
from claimcheck.model import Interval, ToldIncident
from tests.reader import of_all, read_text


def told(text: str) -> tuple[ToldIncident, ...]:
    return read_text(text).incidents


def ends(over: Interval | None) -> tuple[int | None, int | None]:
    assert over is not None
    return tuple(None if end is None else int(end) for end in (over.low, over.high))  # type: ignore[return-value]


@pytest.mark.parametrize("fate", ["killed", "injured"])
def test_examples_of_the_lexicon(fate: str) -> None:
    row = next(r for r in load("tolls") if r.id == fate)
    for example in row.examples:
        assert [ends(getattr(i, fate)) for i in told(example)] == [(14, 14)], example
    for example in row.counter_examples:
        found = [over for i in told(example) if (over := getattr(i, fate)) is not None and over.low]
        assert found == [], example


@of_all([e for r in load("tolls") if r.id == "whole" for e in r.examples], parsed=True)
def test_nouns_that_count_all(example: str) -> None:
    (incident,) = told(f"At least 12 people were killed and 12 people were injured. Police said: {example}")
    assert 14 in (ends(incident.killed)[1], ends(incident.injured)[1])


def test_a_toll_counts_without_a_speaker_and_remains_do_not() -> None:
    toll, remains = (next(r for r in load("tolls") if r.id == name) for name in ("tolls", "remains"))
    first = "At least 12 people were killed in Tarn."
    assert [ends(i.killed) for i in told(f"{first} {toll.examples[0]}")] == [(12, 14)]
    assert [ends(i.killed) for i in told(f"{first} {remains.examples[0]}")] == [(12, 12)]


