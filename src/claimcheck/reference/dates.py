"""Dates of reference tables: ISO 8601 days, months and years, and EDTF intervals of them.

A month stays a month: every date is the closed period of days that it denotes. An interval
("2018-01/2018-03", ISO 8601-2 level 0) is the period from its first to its last day; ".." leaves an end
open. Other spellings ("3 January 2018", "01/03/2018", "2018-1-3") are refused: a table is not guessed at.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from claimcheck.model import Period

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_CLOCK = re.compile(r"[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?")
FORMS = "write a day (2018-01-25), a month (2018-01), a year (2018) or an interval of them (2018-01/2018-03)"


@lru_cache(maxsize=1 << 16)
def parse_period(text: str) -> Period:
    """The days that a table's date denotes. Raises ValueError that says what is wrong and what to write."""
    first, slash, last = text.partition("/")
    if not slash:
        return _simple(text)
    if first == last == "..":
        raise ValueError(f"an interval needs at least one end; {FORMS}")
    start = None if first == ".." else _simple(first).start
    end = None if last == ".." else _simple(last).end
    if start is not None and end is not None and start > end:
        raise ValueError("the interval ends before it starts")
    return Period(start, end)


def parse_timestamp(text: str) -> Period:
    """The day of a timestamp ("2018-01-25T10:00:00Z", "2018-01-25 10:00"). Raises ValueError."""
    if not _CLOCK.fullmatch(text[10:]):
        raise ValueError("not a timestamp; write it like 2018-01-25T10:00:00")
    return _simple(text[:10])


def _simple(text: str) -> Period:
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(f"not a date; {FORMS}")
    year, month, day = (None if part is None else int(part) for part in found.groups())
    assert year is not None
    try:
        if month is None:
            return Period(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        return Period.day(date(year, month, day))
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError("no such day in the calendar") from None
