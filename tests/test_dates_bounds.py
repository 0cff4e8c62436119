"""Open ends ("since May"), what a neighbour fixes ("March last year"), and how a claim takes its time.

In a document of Wednesday 31 January 2018, unless a case says otherwise.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from claimcheck.claims.time import claim_time, is_stretch
from claimcheck.dates.times import find_times
from claimcheck.documents.sentences import split
from claimcheck.lexicon import load
from claimcheck.model import Document, Mention

OWN = date(2018, 1, 31)


def read(text: str, own: date | None = OWN) -> list[Mention]:
    found = find_times(Document(id="d", text=text, date=own), split(text))
    assert all(text[m.start : m.end] == m.text for m in found)
    return found


def days(m: Mention) -> str:
    """The days that a date's words and those in front of it leave."""
    if m.kind == "date" and m.qualifier is not None:
        return str(m.edtf)
    return f"{m.date_start or '..'}/{m.date_end or '..'}"


ROWS = load("date_bounds")


@pytest.mark.parametrize(
    "case", [case for row in ROWS for case in (*row.examples, *row.counter_examples)], ids=str
)
def test_examples_of_the_lexicon(case: str) -> None:
    marked, _, expected = case.partition(" -> ")
    (span,) = re.findall(r"\[([^\]]*)\]", marked)
    (m,) = read(re.sub(r"[\[\]]", "", marked))
    assert (m.text, days(m)) == (span, expected)
    assert (m.qualifier is None) == (".." not in expected)
    alone = read(f"It was in {span}.")[0] if m.qualifier is not None and m.timex else m
    assert (m.date_start, m.date_end) == (alone.date_start, alone.date_end) or "year" in m.inferred


@pytest.mark.parametrize(
    ("text", "span", "interval"),
    [
        ("It was hit in March last year.", "March last year", "2017-03-01/2017-03-31"),
        ("It was hit on 3 March last year.", "3 March last year", "2017-03-03/2017-03-03"),
        ("It opens in March this year.", "March this year", "2018-03-01/2018-03-31"),
        ("It was shut in June of this year.", "June of this year", "2018-06-01/2018-06-30"),
        ("Last year in June, it was shut.", "Last year in June", "2017-06-01/2017-06-30"),
        ("It ran from April to June last year.", "from April to June last year", "2017-04-01/2017-06-30"),
        ("He is away for three days from today.", "three days from today", "2018-01-31/2018-02-02"),
        ("He sits three days from today.", "three days from today", "2018-02-03/2018-02-03"),
        ("It is shut for a week starting tomorrow.", "a week starting tomorrow", "2018-02-01/2018-02-07"),
        (
            "It was shut for two weeks from 5 May 2016.",
            "two weeks from 5 May 2016",
            "2016-05-05/2016-05-18",
        ),
        ("He died two weeks from 5 May 2016.", "two weeks from 5 May 2016", "2016-05-19/2016-05-19"),
        ("It fell the week before Christmas.", "the week before Christmas", "2017-12-18/2017-12-24"),
        ("It fell a week before Christmas.", "a week before Christmas", "2017-12-18/2017-12-18"),
        ("It fell the month after 3 May 2016.", "the month after 3 May 2016", "2016-05-04/2016-06-03"),
        (
            "He sits three weeks after Christmas on Friday.",
            "three weeks after Christmas on Friday",
            "2018-01-19/2018-01-19",
        ),
        ("It fell in the night of 3 March 2016.", "the night of 3 March 2016", "2016-03-03/2016-03-03"),
        ("It fell in early to mid March 2016.", "early to mid March 2016", "2016-03-01/2016-03-20"),
        ("It was more than two years ago.", "more than two years ago", "../2016-12-31"),
        ("It was less than two weeks ago.", "less than two weeks ago", "2018-01-15/2018-01-31"),
        ("It was built in 2012 or earlier.", "2012 or earlier", "../2012-12-31"),
        ("They sat this Friday, 2 February, in vain.", "this Friday, 2 February", "2018-02-02/2018-02-02"),
        ("It ended on Tuesday 30 January.", "Tuesday 30 January", "2018-01-30/2018-01-30"),
        ("It ended on Monday 30 January.", "Monday 30 January", "2018-01-30/2018-01-30"),  # not 2017
        ("It ended on Monday 6 March.", "Monday 6 March", "2017-03-06/2017-03-06"),
        ("He sits on 10/1–10/7.", "10/1–10/7", "2017-10-01/2017-10-07"),
        ("He sits from 1/10 to 7/10.", "from 1/10 to 7/10", "2017-10-01/2017-10-07"),
        ("He sits from 10/1 to 10/25.", "from 10/1 to 10/25", "2017-10-01/2017-10-25"),
    ],
)
def test_what_a_neighbour_fixes(text: str, span: str, interval: str) -> None:
    (m,) = read(text)
    assert (m.text, days(m), m.reason) == (span, interval, None)


def test_the_order_of_day_and_month_stays_open_where_nothing_shows_it() -> None:
    (m,) = read("He sits from 10/1 to 11/7.")
    assert m.date_start is None
    assert "1 October or 10 January" in (m.reason or "")


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("In 1914 he fled. Under the 1839 treaty, they met. On 3 August he died.", "1914-08-03/1914-08-03"),
        ("In 1914 he fled. In 1916 he came back. On 3 August he died.", "1916-08-03/1916-08-03"),
        ("In 1914 he fled. During the 1917 revolt, he rose. On 3 August he died.", "1917-08-03/1917-08-03"),
    ],
)
def test_a_year_that_names_something_older_does_not_lead_the_story(text: str, interval: str) -> None:
    assert days(read(text, own=None)[-1]) == interval


@pytest.mark.parametrize(
    ("text", "relation", "interval"),
    [
        ("The talks ran from 25 to 26 January.", "from_to", "2018-01-25/2018-01-26"),
        ("The talks ran from 25 January to 3 February 2016.", "from_to", "2016-01-25/2016-02-03"),
        ("The talks of 25–26 January failed.", "from_to", "2018-01-25/2018-01-26"),
        ("He ruled from 2004 until 2009.", "from_to", "2004-01-01/2009-12-31"),
        ("It ran from March to May 2016.", "from_to", "2016-03-01/2016-05-31"),
        ("It ran from the 3rd to the 9th.", "from_to", "2018-01-03/2018-01-09"),
        ("It ran from April to June last year.", "from_to", "2017-04-01/2017-06-30"),
        ("It was hit between 3 and 5 May 2016.", "in", "2016-05-03/2016-05-05"),
        ("It was hit on 3 or 4 May 2016.", "on", "2016-05-03/2016-05-04"),
        ("It was hit on 3 and 4 May 2016.", "on", "2016-05-03/2016-05-04"),
        ("It was hit in the first week of March 2016.", "in", "2016-03-01/2016-03-07"),
        ("It was shut since 3 May 2016.", "since", "2016-05-03/2018-01-31"),
        ("It will be shut after March 2018.", "after", "2018-04-01/.."),
        ("It was shut after March 2016.", "after", "2016-04-01/2018-01-31"),
        ("It was shut before March 2016.", "before", "../2016-02-29"),
        ("It was shut prior to March 2016.", "before", "../2016-02-29"),
        ("It was shut until March 2016.", "until", "../2016-03-31"),
        ("It was shut by March 2016.", "by", "../2016-03-31"),
        ("From 2014, it was shut.", "since", "2014-01-01/2018-01-31"),
        ("It was shelled from March 2016.", "since", "2016-03-01/2018-01-31"),
        ("A film from March 2016 shows it.", "in", "2016-03-01/2016-03-31"),
        ("It was hit on 3 May 2016.", "on", "2016-05-03/2016-05-03"),
        ("After the 2003 invasion it was shut.", "since", "2003-01-01/2018-01-31"),
    ],
)
def test_the_time_of_a_claim(text: str, relation: str, interval: str) -> None:
    (m,) = read(text)
    made = claim_time(m, text, OWN)
    assert (made.relation, f"{made.date_start or '..'}/{made.date_end or '..'}") == (relation, interval)
    assert is_stretch(m) == (relation == "from_to")


@pytest.mark.parametrize(
    "text",
    [
        "From August 8, 2014, to August 29, 2015, it was shut.",
        "Between August 8, 2014, and August 29, 2015, it was shut.",
    ],
)
def test_a_comma_behind_a_year_parts_no_range(text: str) -> None:
    assert [days(m) for m in read(text)] == ["2014-08-08/2015-08-29"]
