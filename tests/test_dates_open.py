"""Times against a document: what stays open, what the text decides, and that no text breaks it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.dates.foreign import normalised
from claimcheck.dates.times import find_times
from claimcheck.model import Document, Span
from tests.date_case import OWN, days, only, read
from tests.pace import grows_in_line


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


@pytest.mark.long
@pytest.mark.usefixtures("dateparser_is_loaded")
@given(
    st.lists(
        st.sampled_from(
            [
                "Monday", "May", "2014", "12", "of", "the", "last", "two", "weeks", "ago", "-", "/", ",",
                "and", "between", "from", "to", "3rd", "March", ".",
            ]
        ),
        max_size=30,
    )
)
def test_no_heap_of_time_words_breaks_it(words: list[str]) -> None:
    for m in read(" ".join(words)):
        assert m.date_start is None or m.date_end is None or m.date_start <= m.date_end


@pytest.mark.long
@pytest.mark.parametrize(
    "unit", ["1234567890", "May ", "2014-", "3/4/", "the last two weeks ago ", "between 2011 and ", "１２３ "]
)
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    def work(text: str) -> object:
        return find_times(Document(id="d", text=text, date=OWN), [Span(0, len(text))])

    assert grows_in_line(work, unit, 20_000, 160_000)


