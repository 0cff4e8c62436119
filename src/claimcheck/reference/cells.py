"""What a cell may hold, by the type of its column, and which period a date of a table denotes."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from claimcheck.model import MAGNITUDE, Period, countable

# ----------------------------------------------------------------------------------------------------
# Dates of reference tables: ISO 8601 days, months and years, and EDTF intervals of them.
#
# A month stays a month: every date is the closed period of days that it denotes. An interval
# ("2018-01/2018-03", ISO 8601-2 level 0) is the period from its first to its last day; ".." leaves an end
# open. Other spellings ("3 January 2018", "01/03/2018", "2018-1-3") are refused: a table is not guessed at.

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


# ----------------------------------------------------------------------------------------------------
# What a cell may hold, by the type of its column: each check says what is wrong, or None.

Check = Callable[[str], str | None]

_INTEGER = re.compile(r"[+-]?[0-9]{1,28}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,28}(?:\.[0-9]{0,28})?|\.[0-9]{1,28})(?:[eE][+-]?[0-9]{1,2})?")
_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def anything(_: str) -> str | None:
    """Text is never wrong."""
    return None


def _matching(pattern: re.Pattern[str], message: str) -> Check:
    return lambda cell: None if pattern.fullmatch(cell) else message


@lru_cache(maxsize=1 << 16)
def period_fault(cell: str) -> str | None:
    """What is wrong with a date, None where nothing is."""
    try:
        parse_period(cell)
    except ValueError as error:
        return str(error)
    return None


def _day(cell: str) -> str | None:
    return period_fault(cell) if _DAY.fullmatch(cell) else "not a day; write it like 2018-01-25"


def _month(cell: str) -> str | None:
    return period_fault(cell) if _MONTH.fullmatch(cell) else "not a month; write it like 2018-01"


def _timestamp(cell: str) -> str | None:
    try:
        parse_timestamp(cell)
    except ValueError as error:
        return str(error)
    return None


@lru_cache(maxsize=1 << 16)
def number_fault(cell: str) -> str | None:
    """What is wrong with a number, None where nothing is."""
    if not _NUMBER.fullmatch(cell):
        return "not a number; write digits and a point (6.8), and leave it empty if unknown"
    if not countable(Decimal(cell)):
        return f"a number too large or too small to count with (10 to the {MAGNITUDE} is the most)"
    return None


_BOOLEAN = re.compile(r"true|True|TRUE|1|false|False|FALSE|0")
TYPES: Mapping[str, Check] = {
    "string": anything, "any": anything,
    "integer": _matching(_INTEGER, "not an integer; write digits only (99569), leave it empty if unknown"),
    "number": number_fault, "boolean": _matching(_BOOLEAN, "not a boolean; write true or false"),
    "year": _matching(_YEAR, "not a year; write it like 2018"), "yearmonth": _month, "date": _day,
    "datetime": _timestamp,
}  # fmt: skip
