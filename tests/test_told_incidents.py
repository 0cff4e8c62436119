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


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Nine people were killed in Tarn on 3 May 2019.", [(9, 9)]),
        ("Some 14 people were killed or injured in Tarn on 3 May 2019.", [(0, 14)]),
        ("Up to 14 people were killed in Tarn on 3 May 2019.", [(None, 14)]),
        (
            "On 3 May 2019 nine people were killed in Tarn. Police said ten people were killed there. "
            "On 9 May 2019 four people were killed in Arvia. Police said five people were killed there.",
            [(9, 10), (4, 5)],
        ),
        ("Some 400 people have been killed since May 2018. In 2016 it was 300 people killed.", []),
        ("The firm sold 14 boats on 3 May 2019.", []),
        (  # the day of another attack, told beside
            "At least 26 people were killed in Tarn on 4 August 2024. The mayor said that Omar Aziz, who was"
            " blamed for the raid of 7 October 2023, was not there. Radio Arvia first spoke of six deaths."
            " Police put the number of people killed at 27.",
            [(26, 27)],
        ),
        (  # who is told of again on another day
            "A young man was killed in Tarn on 3 May 2019. The name of the man killed was found on a list"
            " published on 26 May 2019.",
            [(1, 1)],
        ),
        (
            "At least 26 people were killed in Tarn on 3 May 2019. One comment read: “It claimed the lives"
            " of 32 people.”",
            [(26, 32)],
        ),
        (
            "Omar Aziz was killed in Tarn on 3 May 2019. Radio Arvia said that his son Sami Aziz was also"
            " killed.",
            [(1, 2)],
        ),
        (
            "At least eight people were killed in Tarn on 3 May 2019. Arvia News assessed that the death toll"
            " was 13 civilians.",
            [(8, 13)],
        ),
        (  # a share is no toll
            "As many as a third of all deaths occurred in the town of Tarn. On 3 May 2019, a study found"
            " that at least 310 people had been killed.",
            [(310, 310)],
        ),
    ],
)
def test_incidents_of_a_text(text: str, killed: list[tuple[int | None, int | None]]) -> None:
    assert [ends(incident.killed) for incident in told(text)] == killed


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


