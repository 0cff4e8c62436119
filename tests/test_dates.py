"""Dates, times, durations and sets, through the whole reader, in a document of Wednesday 31 January 2018.

A case is a sentence with the expected expressions in square brackets and their TIMEX3 values behind "->";
a "?" stands for a value that is not asserted because the expression must come back unresolved with a reason.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.dates.foreign import normalised
from claimcheck.dates.holiday_readers import easter, hijri, holiday_in
from claimcheck.dates.times import find_times
from claimcheck.dates.timex import shift
from claimcheck.documents.sentences import split
from claimcheck.lexicon import load
from claimcheck.model import Document, Mention, Span
from tests.pace import grows_in_line

OWN = date(2018, 1, 31)
LEXICONS = (
    "date_company",
    "time_expressions",
    "date_words",
    "holidays",
    "time_references",
    "tense_cues",
    "not_years",
)


def read(
    text: str, own: date | None = OWN, locale: str = "unknown", taken: tuple[Span, ...] = ()
) -> list[Mention]:
    document = Document(id="d", text=text, date=own, locale=locale)  # type: ignore[arg-type]
    found = find_times(document, split(text), taken)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    return found


def only(text: str, own: date | None = OWN, locale: str = "unknown") -> Mention:
    found = read(text, own, locale)
    assert len(found) == 1, [m.text for m in found]
    return found[0]


def days(m: Mention) -> str:
    return f"{m.date_start or ''}..{m.date_end or ''}"


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
        ("A plan for beyond 2015 was made.", "2015", "2015-01-01..2015-12-31", ()),
        ("It must be done by the end of the day.", "2018-01-31", "..2018-01-31", None),
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


def test_day_and_month_stay_open_until_something_decides() -> None:
    open_ = only("The form is dated 03/04/2017.")
    assert open_.period is None
    assert open_.reason is not None
    assert "4 March 2017" in open_.reason
    assert "3 April 2017" in open_.reason
    assert days(only("The form is dated 03/04/2017.", locale="dmy")) == "2017-04-03..2017-04-03"
    assert days(only("The form is dated 03/04/2017.", locale="mdy")) == "2017-03-04..2017-03-04"
    both = read("Forms of 25/12/2016 and 03/04/2017 differ.")
    assert days(both[1]) == "2017-04-03..2017-04-03"
    assert days(only("Dated Monday 03/04/2017.")) == "2017-04-03..2017-04-03"


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("He died on 25 January.", "XXXX-01-25"),
        ("He died in January.", "XXXX-01"),
        ("He died on Friday.", "XXXX-WXX-5"),
        ("He died last month.", "XXXX-XX"),
    ],
)
def test_without_a_date_of_its_own_nothing_is_guessed(text: str, timex: str) -> None:
    m = only(text, own=None)
    assert m.timex == timex
    assert m.period is None
    assert m.reason


def test_without_a_date_the_text_leads() -> None:
    found = read(
        "On 30 November 2012 he fled. On 4 December he died. In January they met. The next day it fell.", None
    )
    assert [m.timex for m in found[:3]] == ["2012-11-30", "2012-12-04", "2013-01"]


def test_a_story_of_other_years_follows_its_own_time_line() -> None:
    text = (
        "In March 2012 it began. In July 2012 it spread. In May 2013 it reached the coast. "
        "In June 2013 it stopped. "
        "On 9 July, rebels left. The next day, the town fell."
    )
    found = read(text)
    assert [m.timex for m in found[-2:]] == ["2013-07-09", "2013-07-10"]
    assert found[-2].inferred == ("year",)


def test_later_is_counted_from_the_end_of_a_few_days() -> None:
    found = read("Polls were held from 23 to 27 September 2016; about a week later it was annexed.")
    assert [days(m) for m in found] == ["2016-09-23..2016-09-27", "2016-10-03..2016-10-09"]


def test_a_letter_reads_against_its_own_date() -> None:
    found = read("The group, founded in June 2011, wrote twice. On 25 January, a patient died.")
    assert [m.timex for m in found] == ["2011-06", "2018-01-25"]


def test_lists_lend_their_year() -> None:
    found = read("In July, August and early September 2015, wells ran dry.")
    assert [m.timex for m in found] == ["2015-07", "2015-08", "2015-09"]


def test_clock_takes_the_day_of_its_sentence() -> None:
    found = read("On Tuesday the guards left; at 14:00 the gate was open.")
    assert [m.timex for m in found] == ["2018-01-30", "2018-01-30T14:00"]
    assert only("At 18:00 UTC it fell.", own=None).reason


def test_taken_characters_are_left_alone() -> None:
    text = "In 2014 and 2015 it rained."
    assert [m.text for m in read(text, taken=(Span(3, 7),))] == ["2015"]


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2059, 12, 31)))
def test_every_day_is_read_in_every_writing(day: date) -> None:
    month = day.strftime("%B")
    for written in (
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.strftime('%A')}, {day.day} {month} {day.year}",
    ):
        m = only(f"It was signed on {written}.")
        assert (m.text, m.date_start, m.date_end, m.timex) == (written, day, day, day.isoformat())


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    read(text)
    read(text, own=None)


@pytest.fixture(scope="module")
def dateparser_is_loaded() -> None:
    """ "12 last 2014" loads all its languages, which takes longer than one example may."""
    assert normalised("12 last 2014") is None


@pytest.mark.usefixtures("dateparser_is_loaded")
@given(
    st.lists(
        st.sampled_from(
            [
                "Monday",
                "May",
                "2014",
                "12",
                "of",
                "the",
                "last",
                "two",
                "weeks",
                "ago",
                "-",
                "/",
                ",",
                "and",
                "between",
                "from",
                "to",
                "3rd",
                "March",
                ".",
            ]
        ),
        max_size=30,
    )
)
def test_no_heap_of_time_words_breaks_it(words: list[str]) -> None:
    for m in read(" ".join(words)):
        assert m.date_start is None or m.date_end is None or m.date_start <= m.date_end


@given(st.dates(min_value=date(1, 2, 1), max_value=date(9999, 11, 30)), st.integers(-30000, 30000))
def test_shifting_never_leaves_the_calendar(day: date, count: int) -> None:
    for unit in ("days", "weeks", "months", "years"):
        assert date.min <= shift(day, count, unit) <= date.max


@pytest.mark.parametrize(
    ("year", "day"), [(2016, "2016-03-27"), (2017, "2017-04-16"), (2018, "2018-04-01"), (1943, "1943-04-25")]
)
def test_easter(year: int, day: str) -> None:
    assert easter(year).isoformat() == day


def test_holiday_rules() -> None:
    assert str(holiday_in("nth -1 1 5", 2016)) == "2016-05-30"
    assert str(holiday_in("easter-2", 2017)) == "2017-04-14"
    assert hijri(1400, 1, 1) == date(1979, 11, 21)
    assert holiday_in("moon 9 1 30", 2017) == date(2017, 5, 27)


@pytest.mark.parametrize(
    "unit", ["1234567890", "May ", "2014-", "3/4/", "the last two weeks ago ", "between 2011 and ", "１２３ "]
)
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    def work(text: str) -> object:
        return find_times(Document(id="d", text=text, date=OWN), [Span(0, len(text))])

    assert grows_in_line(work, unit, 20_000, 160_000)


def test_qualifiers_bound_a_duration() -> None:
    more = only("It lasted more than two weeks.")
    assert (more.text, more.comparator, more.low, more.high) == ("two weeks", "gt", Decimal(2), None)
    assert more.qualifier is not None
    assert more.value == 2
