"""Time that a happening fixes. Brixen IX ran from 10 to 12 May 2016; the document is of 1 June 2016."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from claimcheck.dates.events import EventIndex
from claimcheck.dates.eventtime import find_event_times
from claimcheck.dates.times import find_times
from claimcheck.documents.sentences import split
from claimcheck.lexicon import load
from claimcheck.model import Document, Mention
from tests.pace import keeps_pace
from tests.reader import of_all
from tests.test_events import INDEX, OWN


def read(text: str, index: EventIndex | None = INDEX, own: date | None = OWN) -> list[Mention]:
    document = Document(id="d", text=text, date=own)
    sentences = split(text)
    out = find_event_times(document, sentences, find_times(document, sentences), index)
    assert all(text[m.start : m.end] == m.text for m in out)
    return out


def days(m: Mention) -> str:
    return f"{m.date_start}/{m.date_end}"


@of_all([e for row in load("event_time_cues") for e in row.examples])
def test_examples(case: str) -> None:
    marked, _, expected = case.partition(" -> ")
    (span,) = re.findall(r"\[([^\]]*)\]", marked)
    text = re.sub(r"[\[\]]", "", marked).replace("in Brixen", "in Trento")
    (m,) = read(text)
    assert m.text == span.replace("in Brixen", "in Trento")
    assert days(m) == expected
    assert (m.kind, m.anchor, m.reason, m.status) == ("date", "Brixen IX", None, "unresolved")


@of_all([c for row in load("event_time_cues") for c in row.counter_examples])
def test_counter_examples(text: str) -> None:
    assert read(text) == []


def test_several_events_are_a_refusal_with_their_names() -> None:
    (m,) = read("In the days after the chlorine attack on Merano, hospitals closed.")
    assert m.period is None
    assert m.reason == "several events fit: Gas attack of 9 May; Gas attack of 2 May"


@pytest.mark.long
@pytest.mark.parametrize(
    "unit", ["the eve of ", "the days leading up to Brixen IX ", "during the talks ", "3 March "]
)
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    def work(size: int) -> Callable[[], object]:
        document = Document(id="d", text=unit * (size // len(unit)), date=OWN)
        sentences = split(document.text)
        mentions = find_times(document, sentences)
        return lambda: find_event_times(document, sentences, mentions, INDEX)

    assert keeps_pace(work(80_000), work(10_000), 24)
