"""Paragraphs of incident prose read whole: the day, how many were killed, how many injured.

`gold/incidents.toml` was written before any result was seen; a paragraph that is still read otherwise says
why (`known`), and such a word is removed where it no longer holds.
"""

from __future__ import annotations

from typing import Any

import pytest

from claimcheck.claims.reading import read
from claimcheck.documents.files import make
from claimcheck.frames.held import all_held
from claimcheck.lexicon import load
from claimcheck.model import Claim, Interval, Reading, ReportedIncident
from tests.reader import gold, of_all, read_text

CASES: list[dict[str, Any]] = gold("incidents")["case"]
KILLED = ("kill", "die", "dead", "death", "perish", "drown", "lives", "shot", "burn")
INJURED = ("injur", "wound", "hurt", "maim")


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    documents = [make(f"case {i}", c["text"].strip(), meta={"date": c["date"]}) for i, c in enumerate(CASES)]
    return list(read(documents))


def first(reading: Reading, words: tuple[str, ...]) -> Claim | None:
    """The first claim of how many met such a fate."""
    return next(
        (c for c in reading.claims if c.quantity and any(w in (c.measure or "").lower() for w in words)), None
    )


def agrees(claim: Claim | None, wanted: list[int]) -> bool:
    """Whether a claim counts so many: an open end above fits one number, "up to 12" begins at none."""
    if claim is None or claim.quantity is None or not wanted:
        return claim is None and not wanted
    low, high = claim.quantity.low, claim.quantity.high
    most = wanted[1] if len(wanted) > 1 else None
    begins = low == wanted[0] or (low is None and wanted[0] == 0)
    return begins and (high == most or (high is None and most == wanted[0]))


def day_of(reading: Reading) -> str:
    """The first day that a claim is dated to, "" where it is no single one."""
    times = [c.time for c in all_held(reading).claims if c.time is not None and c.time.date_start is not None]
    return str(times[0].date_start) if times and times[0].date_start == times[0].date_end else ""


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_paragraph_counts_its_victims_on_their_day(number: int, readings: list[Reading]) -> None:
    case, reading = CASES[number], readings[number]
    faults = [
        name
        for name, words in (("killed", KILLED), ("injured", INJURED))
        if not agrees(first(reading, words), case[name])
    ]
    faults += ["day"] if case["day"] and day_of(reading) != case["day"] else []
    known = case.get("known", "")
    assert faults == ([known.removeprefix("the ").partition(":")[0]] if known else [])


@pytest.mark.parametrize(
    "text",
    [
        "Parties to the conflict will continue to kill, starve and gas civilians.",
        "Both sides starve and gas towns.",
    ],
)
def test_whoever_does_it_to_others_is_not_counted(text: str) -> None:
    counted = [c for c in read_text(text).claims if c.quantity]
    assert not [c for c in counted if text.startswith(c.quantity.text[:7] if c.quantity else "")]


# --- One incident by several sources ---


def summed(text: str) -> tuple[ReportedIncident, ...]:
    return read_text(text).incidents


def ends(over: Interval | None) -> tuple[int | None, int | None]:
    assert over is not None
    return tuple(None if end is None else int(end) for end in (over.low, over.high))  # type: ignore[return-value]


@pytest.mark.parametrize("fate", ["killed", "injured"])
def test_examples_of_the_lexicon(fate: str) -> None:
    row = next(r for r in load("tolls") if r.id == fate)
    for example in row.examples:
        assert [ends(getattr(i, fate)) for i in summed(example)] == [(14, 14)], example
    for example in row.counter_examples:
        found = [over for i in summed(example) if (over := getattr(i, fate)) is not None and over.low]
        assert found == [], example


@of_all([e for r in load("tolls") if r.id == "whole" for e in r.examples], parsed=True)
def test_nouns_that_count_all(example: str) -> None:
    (incident,) = summed(f"At least 12 people were killed and 12 people were injured. Police said: {example}")
    assert 14 in (ends(incident.killed)[1], ends(incident.injured)[1])


def test_a_toll_counts_without_a_speaker_and_remains_do_not() -> None:
    toll, remains = (next(r for r in load("tolls") if r.id == name) for name in ("tolls", "remains"))
    first = "At least 12 people were killed in Tarn."
    assert [ends(i.killed) for i in summed(f"{first} {toll.examples[0]}")] == [(12, 14)]
    assert [ends(i.killed) for i in summed(f"{first} {remains.examples[0]}")] == [(12, 12)]
