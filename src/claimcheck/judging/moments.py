"""The day of which a claim tells how something stood: "at the end of 2023" is 31 December, "a year earlier"
the same day of the year before; "late 2023" is no day."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

from claimcheck import lexicon
from claimcheck.model import Claim, Document, Period, ReferenceRow, Span
from claimcheck.wording.times import is_an_end, moment_told_before

_YEAR = 365
_STANDING = frozenset({"stock", "cumulative"})


@cache
def settings() -> dict[str, int]:
    """The windows of data/judging.toml, in days."""
    return {row.id: int(row["days"]) for row in lexicon.load("judging") if row.get("days") is not None}


def at_its_end(claim: Claim, rows: Iterable[ReferenceRow], document: Document) -> Claim:
    """The claim at the last day of its time where that is the end of a period ("at the end of 2023"), or
    years before or after a moment that its sentence names ("a year earlier"), and all its rows say how
    something stood at a moment. What happened at the end of 2023 has all those days."""
    time = claim.time
    if time is None or time.start is None or time.end is None or time.date_end is None:
        return claim
    if time.relation != "in":
        return claim
    rows = list(rows)
    if not rows or not {row.measure_type for row in rows} <= _STANDING:
        return claim
    written = Span(time.start, time.end)
    at = time.date_end if is_an_end(document, written) else _years_off(claim, document)
    at = at or _only_moment(claim, rows)
    return claim if at is None else replace(claim, time=replace(time, date_start=at, date_end=at))


def _only_moment(claim: Claim, rows: Iterable[ReferenceRow]) -> date | None:
    """The last day of the one day, month or quarter of a claim's year of which the tables say how a stock
    stood: that of a yearly series."""
    period = claim.time.period if claim.time is not None else None
    if period is None or not _YEAR <= (period.days or 0) <= _YEAR + 1:
        return None
    moments = [row.as_of for row in rows if row.measure_type == "stock" and row.as_of is not None]
    coarsest = settings()["as_of_coarsest"]
    inside = {day.end for day in moments if (day.days or _YEAR) <= coarsest and period.covers(day)}
    return inside.pop() if len(inside) == 1 else None


def _years_off(claim: Claim, document: Document) -> date | None:
    """The day of a claim's year on which its sentence says before that another number stood so: "3,045 at the
    end of 2023, down from 3,180 a year earlier"; of a month its last day. None where it names no moment."""
    time = claim.time
    if time is None or time.start is None or time.end is None or time.date_start is None:
        return None
    if time.period is None or (time.period.days or 0) < _YEAR or time.date_end is None:
        return None
    told = moment_told_before(document, claim.context, Span(time.start, time.end))
    if told is None or time.date_start.year != time.date_end.year:
        return None
    day, month = told
    last = calendar.monthrange(time.date_start.year, month)[1]
    return date(time.date_start.year, month, min(max(1, last if day is None else day), last))


_WEEK = 7
_LATELY = 3
"""Days by which what a row counts may have ended before the day up to which a claim counts."""


def began_alike(period: Period, counted: Period) -> bool:
    """Whether what a row counts began on the day since which a claim counts, and ended hardly before it."""
    if period.start != counted.start or period.end is None or counted.end is None:
        return False
    return 0 <= (period.end - counted.end).days <= _LATELY


def may_have_grown(claim: Claim, period: Period, row: ReferenceRow) -> bool:
    """Whether a row that counts from some day on may have reached a claim's least number only after the day
    that the claim is of: 90,000 on 9 May are no proof of "more than 70,000 by 5 May"."""
    least = claim.interval is not None and claim.interval.high is None
    at = row.last or row.as_of
    to_a_day = claim.time is not None and "/" in (claim.time.timex or "")  # "between 1 May and 4 June"
    short = to_a_day or (period.days is not None and period.days <= _WEEK)
    return least and short and row.first is not None and at is not None and period.before(at)
