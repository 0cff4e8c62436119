"""Events in texts: by name, series and number, kind and place, and "the talks"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.dates.events import EventIndex, EventMention
from claimcheck.dates.eventtime import find_event_times
from claimcheck.dates.times import find_times
from claimcheck.documents.sentences import split
from claimcheck.lexicon import Row, load
from claimcheck.model import Document, Mention, Period, ReferenceRow, Span
from tests.pace import keeps_pace
from tests.reader import of_all

OWN = date(2016, 6, 1)


def place(key: str, *names: str) -> ReferenceRow:
    return ReferenceRow(package="p", table="places", row_id=key, kind="gazetteer", name=names[0], names=names)


def event(
    key: str,
    names: str,
    first: str,
    last: str | None,
    where: str | None = None,
    label: str | None = None,
    series: str | None = None,
    number: int | None = None,
) -> ReferenceRow:
    return ReferenceRow(
        package="p", table="events", row_id=key, kind="event", name=names.split("|")[0],
        names=tuple(names.split("|")), places=(f"places:{where}",) if where else (),
        first=Period.day(date.fromisoformat(first)),
        last=Period.day(date.fromisoformat(last)) if last else None, label=label, series=series,
        number=number,
    )  # fmt: skip


TALKS = "peace talks, round of talks"
ROWS = (
    place("P1", "Brixen", "Bressanone"),
    place("P2", "Trento"),
    place("P3", "Merano"),
    event("E8", "Brixen VIII|Brixen 8", "2015-11-02", "2015-11-20", "P1", TALKS, "Brixen talks", 8),
    event(
        "E9", "Brixen IX|special round in Trento", "2016-05-10", "2016-05-12", "P2", TALKS, "Brixen talks", 9
    ),
    event("E10", "Merano 9", "2014-02-01", "2014-02-02", "P3", TALKS, "Merano talks", 9),
    event(
        "E20", "Trento congress|Congress of Cities", "2016-05-20", "2016-05-22", "P2", "conference, congress"
    ),
    event("E21", "Congress of Cities plenary", "2016-05-21", "2016-05-21", "P2", "conference, congress"),
    event("E30", "Siege of Merano", "2015-06-01", None, "P3", "siege, blockade"),
    event("E40", "Gas attack of 2 May", "2016-05-02", "2016-05-02", "P3", "chemical attack, chlorine attack"),
    event("E41", "Gas attack of 9 May", "2016-05-09", "2016-05-09", "P3", "chemical attack, chlorine attack"),
    event(
        "E50",
        "Council resolution 2501",
        "2015-01-05",
        "2015-01-05",
        None,
        "resolution",
        "Council resolutions",
        2501,
    ),
    event("E60", "Merano", "2010-01-01", "2010-01-01", "P3", "earthquake"),
)
INDEX = EventIndex(ROWS)


def found(text: str, own: date | None = OWN) -> list[EventMention]:
    hits = INDEX.find(text, Span(0, len(text)), own)
    assert all(text[h.start : h.end] == h.text for h in hits)
    return hits


@pytest.mark.parametrize(
    ("text", "span", "keys", "how"),
    [
        ("After Brixen IX, he left.", "Brixen IX", ["E9"], "name"),
        (
            "The ninth round of the talks in Trento failed.",
            "ninth round of the talks in Trento",
            ["E9"],
            "number",
        ),
        ("The 8th round of talks in Brixen failed.", "8th round of talks in Brixen", ["E8"], "number"),
        ("The Congress of Cities met.", "Congress of Cities", ["E20"], "name"),
        (
            "While talks were slowly under way in Trento, he left.",
            "talks were slowly under way in Trento",
            ["E9"],
            "kind_place",
        ),
        (
            "The chlorine attack on Merano sickened many.",
            "chlorine attack on Merano",
            ["E41", "E40"],
            "kind_place",
        ),
    ],
)
def test_found(text: str, span: str, keys: list[str], how: str) -> None:
    (hit,) = found(text)
    assert (hit.text, [r.row_id for r in hit.candidates], hit.how) == (span, keys, how)


@pytest.mark.parametrize(
    "text",
    [
        "Merano fell silent.",  # a place is no event
        "In Brixen I met nine of them.",
        "The talks in Bolzano failed.",
        "Nine rounds were fired.",
        "A siege of Bolzano began.",
        "The Congress (of Cities) is a poem.",
    ],
)
def test_not_found(text: str) -> None:
    assert found(text) == []


def kinds_in(row: Row, text: str) -> list[str]:
    """What a text calls the event of a row's kind, the only one of a table, in Trento."""
    known = event("X", "Some happening", "2016-05-30", "2016-06-02", "P2", label=row["words"][0])
    index = EventIndex((place("P2", "Trento"), known))
    return [hit.text for hit in index.find(text, Span(0, len(text)), OWN) if hit.candidates[0].row_id == "X"]


def test_kinds_by_example() -> None:
    for row in load("event_kinds"):
        for said in row.examples:
            before, _, rest = said.partition("[the ")
            name, _, behind = rest.partition("]")
            assert kinds_in(row, f"{before}the {name}{behind}") == [name], said
        for said in row.counter_examples:
            assert kinds_in(row, said) == [], said


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    found(text)


@pytest.mark.long
def test_many_rows_cost_no_more_per_word() -> None:
    many = EventIndex(
        (
            *ROWS,
            *(
                event(f"M{i}", f"Meeting {i} of Vipiteno", "2001-01-01", None, label=TALKS)
                for i in range(3000)
            ),
        )
    )
    text = "The delegation slept in the valley and wrote to nine towns about the talks. " * 300

    def work(index: EventIndex) -> object:
        return index.find(text, Span(0, len(text)), OWN)

    assert keeps_pace(lambda: work(many), lambda: work(INDEX), 10)


# --- Time that an event fixes. Brixen IX ran from 10 to 12 May 2016; the document is of 1 June 2016 ---


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
