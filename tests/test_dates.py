"""Times in text: the examples of the lexicons, intervals, durations, and what is no time."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from claimcheck.dates.words import pieces, table
from claimcheck.lexicon import load, words_of
from claimcheck.model import Span
from tests.date_case import days, only, read

LEXICONS = (
    "date_company",
    "time_expressions",
    "date_words",
    "holidays",
    "time_references",
    "tense_cues",
    "not_years",
)


def check(case: str) -> None:
    marked, _, values = case.partition(" -> ")
    spans = re.findall(r"\[([^\]]*)\]", marked)
    found = read(re.sub(r"[\[\]]", "", marked))
    if values == "none":
        assert not [m for m in found if m.text in spans or any(s in m.text or m.text in s for s in spans)]
        return
    by_text = {m.text: m for m in found}
    assert spans, case
    for span, value in zip(spans, values.split(" | "), strict=False):
        assert span in by_text, (span, list(by_text))
        if value == "?":
            assert by_text[span].reason
        elif value:
            assert by_text[span].timex == value


@pytest.mark.parametrize("case", [e for topic in LEXICONS for row in load(topic) for e in row.examples])
def test_examples_of_the_lexicons(case: str) -> None:
    check(case)


@pytest.mark.parametrize(
    "text",
    [
        (topic, row.id, example)
        for topic in LEXICONS
        if topic not in ("tense_cues", "not_years")
        for row in load(topic)
        for example in row.counter_examples
    ],
)
def test_counter_examples_of_the_lexicons_hold_no_time(text: tuple[str, str, str]) -> None:
    assert [m.text for m in read(text[2]) if m.status != "not_claim"] == []


def test_a_group_named_after_a_day_is_a_name_and_its_day_stays_a_day() -> None:
    text = "The 14 March alliance won. Then 14 March leaders met. On 14 March, they left."
    found = read(text)
    assert [(m.text, m.reason, m.kind) for m in found] == [
        ("The 14 March", "name", "ordinal"),
        ("14 March", "name", "ordinal"),
        ("14 March", None, "date"),
    ]
    assert [m.reason for m in read("They met on 14 March. The alliance won.")] == [None]


@pytest.mark.parametrize("case", [e for row in load("tense_cues") for e in row.counter_examples])
def test_counter_examples_of_tenses_read_the_other_way(case: str) -> None:
    check(case)


NAMES = [
    "A 50-year old baker, 47 years old, aged 12.",
    "He became the 21st civilian to die.",
    "Signed: Syrian Concourse of Tomorrow; The Day After; Women Now for Development.",
    "You may go, and they may march again.",
    "The second man took the second road.",
    "The Sunday Herald and the Daily Courier and the Morning Post reported it.",
    "They counted 2000 people and 1987 prisoners.",
    "Some 1500 men held out; another 2011 fled.",
    "Under resolution 2042 and Article 1999, it is void.",
    "Call +44 20 7946 0018 or 555-2017.",
    "The ratio was 3:16 and the screen 16:9.",
    "Section 1.2.18, page 2011, room 1984.",
    "Two thousand homes and nineteen trucks burned.",
    "A spring feeds the well; prices fall.",
    "Temperatures were in the 30s.",
    "The film Black Friday and the poem Bloody Sunday.",
]


@pytest.mark.parametrize("text", NAMES)
def test_what_is_no_time(text: str) -> None:
    ages = (Span(2, 17), Span(24, 36), Span(38, 45)) if text.startswith("A 50") else ()
    assert [m.text for m in read(text, taken=ages)] == []


@pytest.mark.parametrize(
    ("text", "timex", "interval", "inferred"),
    [
        ("He died on 25 January.", "2018-01-25", "2018-01-25..2018-01-25", ("year",)),
        ("He died in January.", "2018-01", "2018-01-01..2018-01-31", ("year",)),
        ("He died on 25 January 2016.", "2016-01-25", "2016-01-25..2016-01-25", ()),
        ("He died in June 2011.", "2011-06", "2011-06-01..2011-06-30", ()),
        ("It began from 3 to 5 May.", "2017-05-03/2017-05-05", "2017-05-03..2017-05-05", ("year",)),
        ("It ran December 2017–January 2018.", "2017-12/2018-01", "2017-12-01..2018-01-31", ()),
        (
            "It ran from 18 November to 19 December 2015.",
            "2015-11-18/2015-12-19",
            "2015-11-18..2015-12-19",
            (),
        ),
        ("It ran from 30 December to 3 January 2016.", "2015-12-30/2016-01-03", "2015-12-30..2016-01-03", ()),
        ("It will run from Monday to Friday.", "2018-02-05/2018-02-09", "2018-02-05..2018-02-09", None),
        ("It was hit in early March.", "2017-03", "2017-03-01..2017-03-10", ("year",)),
        ("It was hit in late March 2016.", "2016-03", "2016-03-21..2016-03-31", ()),
        ("It was hit at the end of 2017.", "2017", "2017-09-01..2017-12-31", ()),
        ("Earlier this month it was hit.", "2018-01", "2018-01-01..2018-01-30", None),
        ("It was hit in the first half of 2017.", "2017-H1", "2017-01-01..2017-06-30", ()),
        ("It was hit last week.", "2018-W04", "2018-01-22..2018-01-28", None),
        ("Over the last two years it was hit.", "P2Y", "2016-01-31..2018-01-30", None),
        ("It was hit the day after 3 March 2016.", "2016-03-04", "2016-03-04..2016-03-04", ()),
        ("It was hit two weeks before Christmas 2016.", "2016-12-11", "2016-12-11..2016-12-11", ()),
        ("In the week of 5 March 2016 it was hit.", "2016-W09", "2016-02-29..2016-03-06", ()),
        ("It was hit at 2:30 pm on 25 January.", "2018-01-25T14:30", "2018-01-25..2018-01-25", ("year",)),
        ("In January 12 people were killed.", "2018-01", "2018-01-01..2018-01-31", ("year",)),
        ("It lasts from 2016 onwards.", "2016", "2016-01-01..", ()),
        ("Wednesday, January 31, 2018", "2018-01-31", "2018-01-31..2018-01-31", ()),
        (
            "Guns fell silent from 9 p.m. on Monday until 6 a.m. on Tuesday.",
            "2018-01-29T21:00/2018-01-30T06:00",
            "2018-01-29..2018-01-30",
            None,
        ),
        (
            "The road was open between 10 a.m. and 4 p.m. on Friday.",
            "2018-01-26T10:00/2018-01-26T16:00",
            "2018-01-26..2018-01-26",
            None,
        ),
        (
            "It will be shut from 2 pm till tomorrow 4:30 pm.",
            "2018-01-31T14:00/2018-02-01T16:30",
            "2018-01-31..2018-02-01",
            None,
        ),
        (
            "He died within five days after 3 March 2016.",
            "2016-03-03/2016-03-08",
            "2016-03-03..2016-03-08",
            (),
        ),
        (
            "He died fewer than five days after 3 March 2016.",
            "2016-03-03/2016-03-07",
            "2016-03-03..2016-03-07",
            (),
        ),
        (
            "He fled less than five days before 3 March 2016.",
            "2016-02-28/2016-03-03",
            "2016-02-28..2016-03-03",
            (),
        ),
        ("He died five days after 3 March 2016.", "2016-03-08", "2016-03-08..2016-03-08", ()),
        ("It will be done less than 3 days after tomorrow.", "2018-02-04", "2018-02-01..2018-02-03", None),
        ("It will be built within the next two weeks.", "P2W", "2018-01-31..2018-02-13", None),
        ("It will be built in the next two weeks.", "P2W", "2018-02-01..2018-02-14", None),
        ("They met over the weekend of Thanksgiving 2016.", "2016-W47-WE", "2016-11-24..2016-11-27", ()),
        ("They met over Good Friday 2016 weekend.", "2016-W12-WE", "2016-03-25..2016-03-27", ()),
        ("They went home for Labor Day 2016 weekend.", "2016-W35-WE", "2016-09-03..2016-09-05", ()),
        (
            "The week commencing 16 May was calm.",
            "2016-05-16/2016-05-22",
            "2016-05-16..2016-05-22",
            ("year",),
        ),
        (
            "The week commencing 17 May was calm.",
            "2017-05-17/2017-05-23",
            "2017-05-17..2017-05-23",
            ("year",),
        ),
        (
            "The week commencing 16 January was calm.",
            "2018-01-16/2018-01-22",
            "2018-01-16..2018-01-22",
            ("year",),
        ),
        ("Meet on Monday the 5th at six pm.", "2018-02-05T18:00", "2018-02-05..2018-02-05", None),
        (
            "They were let in on Monday the fifth at six pm.",
            "2018-02-05T18:00",
            "2018-02-05..2018-02-05",
            None,
        ),
        ("He took office less than six \nmonths ago.", "2017-07", "2017-07-01..2018-01-31", None),
        ("He cites a 2009 report.", "2009", "2009-01-01..2009-12-31", ()),
        ("A plan for beyond 2015 was made.", "2015", "2015-01-01..2015-12-31", ()),
        ("It must be done by the end of the day.", "2018-01-31", "2018-01-31..2018-01-31", None),
        ("He died on 3Mar2016.", "2016-03-03", "2016-03-03..2016-03-03", ()),
    ],
)
def test_intervals(text: str, timex: str, interval: str, inferred: tuple[str, ...] | None) -> None:
    m = only(text)
    assert (m.timex, days(m)) == (timex, interval)
    assert m.status == "unresolved"
    assert m.reason is None
    if inferred is not None:
        assert m.inferred == inferred


@pytest.mark.parametrize(
    ("text", "mod", "edtf"),
    [
        ("in early March 2016", "START", "2016-03-01/2016-03-10"),
        ("in mid-2016", "MID", "2016-05-01/2016-08-31"),
        ("in the 1990s", None, "199X"),
        ("in the 14th century", None, "13XX"),
        ("in summer 2016", None, "2016-22"),
        ("in Q3 2016", None, "2016-35"),
        ("on 3 and 9 May 2016", None, "{2016-05-03,2016-05-09}"),
    ],
)
def test_mod_and_edtf(text: str, mod: str | None, edtf: str) -> None:
    m = only(f"It happened {text}.")
    assert (m.mod, m.edtf) == (mod, edtf)


@pytest.mark.parametrize(
    ("text", "value", "unit", "timex"),
    [
        ("It lasted two weeks.", "2", "week", "P2W"),
        ("It lasted a decade.", "10", "year", "P10Y"),
        ("It lasted two and a half years.", "2.5", "year", "P2.5Y"),
        ("It lasted several years.", None, "year", "PXY"),
        ("It lasted 2 years and 3 months.", "2.25", "year", "P2Y3M"),
        ("It lasted 2 hours and 15 minutes.", "2.25", "hour", "PT2H15M"),
        ("It lasted 4 days and 6 hours.", "4.25", "day", "P4DT6H"),
    ],
)
def test_durations_are_quantities_too(text: str, value: str | None, unit: str, timex: str) -> None:
    m = only(text)
    assert (m.kind, m.unit, m.timex) == ("duration", unit, timex)
    assert m.value == (Decimal(value) if value else None)
    assert m.period is None
    if value:
        assert m.low == m.high == m.value
    else:
        assert m.comparator == "vague"


def test_pieces_begin_with_the_letters_at_which_they_look_first() -> None:
    words = {
        word for kind in ("month", "weekday", "unit", "season", "part", "decade") for word in table(kind)
    }
    words |= {w for name in ("units", "part of a day", "short month") for w in words_of("date_pieces", name)}
    words |= {f"{word}s" for word in words} | {"centuries", "yrs", "hr", "min", "sec", "tue", "thurs", "sept"}
    for name, piece in pieces().items():
        if piece.startswith("(?="):
            bare = re.sub(r"^\(\?=\[[^]]*\]\)", "", piece)
            taken = [word for word in words if re.match(bare, word, re.IGNORECASE)]
            assert [word for word in words if re.match(piece, word, re.IGNORECASE)] == taken != [], name
