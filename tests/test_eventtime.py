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
from tests.test_events import INDEX, OWN


def read(text: str, index: EventIndex | None = INDEX, own: date | None = OWN) -> list[Mention]:
    document = Document(id="d", text=text, date=own)
    sentences = split(text)
    out = find_event_times(document, sentences, find_times(document, sentences), index)
    assert all(text[m.start : m.end] == m.text for m in out)
    return out


def days(m: Mention) -> str:
    return f"{m.date_start}/{m.date_end}"


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("Four days after the start of 2015", "2015-01-05/2015-01-05"),
        ("Three days before the end of March 2015", "2015-03-28/2015-03-28"),
    ],
)
def test_the_start_and_the_end_of_a_period_are_days(span: str, expected: str) -> None:
    (m,) = read(f"{span}, shells fell.")
    assert (m.text, days(m)) == (span, expected)


@pytest.mark.parametrize("case", [e for row in load("event_time_cues") for e in row.examples])
def test_examples(case: str) -> None:
    marked, _, expected = case.partition(" -> ")
    (span,) = re.findall(r"\[([^\]]*)\]", marked)
    text = re.sub(r"[\[\]]", "", marked).replace("in Brixen", "in Trento")
    (m,) = read(text)
    assert m.text == span.replace("in Brixen", "in Trento")
    assert days(m) == expected
    assert (m.kind, m.anchor, m.reason, m.status) == ("date", "Brixen IX", None, "unresolved")


@pytest.mark.parametrize("text", [c for row in load("event_time_cues") for c in row.counter_examples])
def test_counter_examples(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "span", "timex"),
    [
        (
            "He spoke the day before the end of Brixen IX.",
            "the day before the end of Brixen IX",
            "2016-05-11",
        ),
        (
            "On the eve of the last day of Brixen IX, he left.",
            "the eve of the last day of Brixen IX",
            "2016-05-11",
        ),
        (
            "In the run-up to the Congress of Cities, he left.",
            "the run-up to the Congress of Cities",
            "2016-05-06/2016-05-19",
        ),
        ("In the run-up to Trento, he left.", "the run-up to Trento", "2016-05-06/2016-05-19"),
        (
            "In the days before 3 March 2016 it rained.",
            "the days before 3 March 2016",
            "2016-02-18/2016-03-02",
        ),
        (
            "Three weeks into the siege of Merano they ate grass.",
            "Three weeks into the siege of Merano",
            "2015-06-22/2015-06-28",
        ),
        (
            "In the third week of the siege of Merano they ate grass.",
            "the third week of the siege of Merano",
            "2015-06-15/2015-06-21",
        ),
        ("Hours after Brixen IX began, he left.", "Hours after Brixen IX", "2016-05-10/2016-05-11"),
        ("Two days before Brixen IX ended, he left.", "Two days before Brixen IX", "2016-05-10"),
        ("After Brixen IX collapsed, he left.", "Brixen IX", "2016-05-13/.."),
        (
            "Two days before the eve of the ninth round, he left.",
            "Two days before the eve of the ninth round",
            "2016-05-07",
        ),
        ("A few days before Brixen IX, he left.", "A few days before Brixen IX", "2016-04-26/2016-05-09"),
        ("The night before Brixen IX, he left.", "The night before Brixen IX", "2016-05-09"),
        ("In the years since Brixen IX, he left.", "the years since Brixen IX", "2016-05-13/.."),
    ],
)
def test_nested_and_chained(text: str, span: str, timex: str) -> None:
    (m,) = read(text)
    assert (m.text, m.timex, m.reason) == (span, timex, None)


def test_the_talks_take_the_event_named_last() -> None:
    first, second = read(
        "In the days leading up to Brixen IX, shells fell. During the talks, a bridge burned."
    )
    assert (first.text, days(first)) == ("the days leading up to Brixen IX", "2016-04-26/2016-05-09")
    assert (second.text, days(second), second.anchor) == ("the talks", "2016-05-10/2016-05-12", "Brixen IX")


def test_an_unknown_event_is_named_where_the_words_are_a_time_anyway() -> None:
    for index in (None, INDEX):
        (m,) = read("On the eve of the Bolzano summit, he left.", index)
        assert (m.text, m.reason, m.period) == (
            "the eve of the Bolzano summit",
            "event not known: the Bolzano summit",
            None,
        )
        assert read("During the Bolzano summit, he left.", index) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Two days before the Bolzano summit, he left.", "Two days before the Bolzano summit"),
        ("Three days into the Bolzano siege, he left.", "Three days into the Bolzano siege"),
        ("On the second day of the Bolzano talks, he left.", "the second day of the Bolzano talks"),
        ("In the week before the Bolzano vote, he left.", "the week before the Bolzano vote"),
    ],
)
def test_a_happening_that_a_word_names_is_refused_by_name(text: str, span: str) -> None:
    (m,) = read(text)
    assert (m.text, m.period) == (span, None)
    assert (m.reason or "").startswith("event not known: the Bolzano")


@pytest.mark.parametrize(
    "text",
    [
        "Two weeks before he died, they left.",
        "A day after Rome declared war, they left.",
        "Ten years after the adoption of the charter, they met.",
        "In the week before the vote-count error, they met in the hall of the day.",
        "On the second day of rain, they left.",
        "It was so with the lead-up to 3G and 4G networks.",
    ],
)
def test_a_sentence_behind_a_length_is_no_happening(text: str) -> None:
    assert read(text) == []


def test_several_events_are_a_refusal_with_their_names() -> None:
    (m,) = read("In the days after the chlorine attack on Merano, hospitals closed.")
    assert m.period is None
    assert m.reason == "several events fit: Gas attack of 9 May; Gas attack of 2 May"


def test_a_blank_day_is_said_and_not_guessed() -> None:
    (m,) = read("In the days after the siege of Merano, they left.")
    assert (m.period, m.reason) == (None, "the days of Siege of Merano are not all known")
    (since,) = read("During the siege of Merano, they starved.")
    assert (since.date_start, since.date_end, since.timex) == (date(2015, 6, 1), None, "2015-06-01/..")


def test_a_day_beyond_the_event_does_not_exist() -> None:
    assert [m for m in read("On the ninth day of Brixen IX, he left.") if m.period] == []


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
