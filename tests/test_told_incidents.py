"""One incident by several sources: the fewest and the most killed and injured, printed, shown and stored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from claimcheck.lexicon import load
from claimcheck.model import CheckedDocument, Interval, Reading, ToldIncident
from claimcheck.output import document_dict
from claimcheck.report.render import render_html, render_markdown
from claimcheck.report.words import incident_words
from claimcheck.store import open_store
from tests.reader import read_text
from tests.store_cases import RUN

SEVERAL = (
    "On 3 May 2019 a raid hit the market of Tarn. The mayor said 14 people were killed and 20 were wounded. "
    "Medics put the number of dead at 17. The army said that nine people were killed and at least 30 injured."
)
OWN = (
    "At least 16 people, among them three children, were killed in a raid on Tarn on 3 May 2019. "
    "Radio Arvia first reported that seven people were killed. Activists said that 18 civilians were killed."
)


def told(text: str) -> tuple[ToldIncident, ...]:
    return read_text(text).incidents


def ends(over: Interval | None) -> tuple[int | None, int | None]:
    assert over is not None
    return tuple(None if end is None else int(end) for end in (over.low, over.high))  # type: ignore[return-value]


def test_the_range_spans_what_the_sources_say() -> None:
    (incident,) = told(SEVERAL)
    assert incident.day == date(2019, 5, 3)
    assert ends(incident.killed) == (9, 17)
    assert ends(incident.injured) == (20, 30)
    assert set(incident.sources) == {"mayor", "Medics", "army"}


def test_what_the_document_says_in_its_own_name_weighs_its_sources() -> None:
    (incident,) = told(OWN)
    assert ends(incident.killed) == (16, 18)


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


@pytest.mark.parametrize("example", [e for r in load("tolls") if r.id == "whole" for e in r.examples])
def test_nouns_that_count_all(example: str) -> None:
    (incident,) = told(f"At least 12 people were killed and 12 people were injured. Police said: {example}")
    assert 14 in (ends(incident.killed)[1], ends(incident.injured)[1])


def test_a_toll_counts_without_a_speaker_and_remains_do_not() -> None:
    toll, remains = (next(r for r in load("tolls") if r.id == name) for name in ("tolls", "remains"))
    first = "At least 12 people were killed in Tarn."
    assert [ends(i.killed) for i in told(f"{first} {toll.examples[0]}")] == [(12, 14)]
    assert [ends(i.killed) for i in told(f"{first} {remains.examples[0]}")] == [(12, 12)]


def test_it_is_printed_and_shown() -> None:
    checked = CheckedDocument(reading=read_text(SEVERAL))
    (shown,) = document_dict(checked)["incidents"]
    assert shown["day"] == "2019-05-03"
    assert shown["killed"] == {"lowest": 9, "highest": 17}
    assert len(shown["claims"]) == 5
    words = incident_words(checked.reading.incidents[0])
    assert words.startswith("3 May 2019, Tarn: 9 to 17 killed, 20 to 30 injured; according to ")
    for page in (render_html(RUN, [checked]), render_markdown(RUN, [checked])):
        assert words in page


def test_it_is_stored_and_found_by_sql(tmp_path: Path) -> None:
    reading: Reading = read_text(SEVERAL)
    with open_store(tmp_path / "claims.duckdb") as store:
        store.save(RUN, [CheckedDocument(reading=reading)])
        assert store.load_document(reading.document.id).reading.incidents == reading.incidents
        (row,) = store.rows("FROM told_incidents")
    assert (row["day"], row["killed_low"], row["killed_high"]) == (date(2019, 5, 3), Decimal(9), Decimal(17))
    assert len(row["claim_ids"]) == 5
