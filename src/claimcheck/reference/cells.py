"""What a cell may hold, by the type of its column: each check says what is wrong, or None."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

from claimcheck.reference.dates import parse_period, parse_timestamp

Check = Callable[[str], str | None]
MAGNITUDE = 28  # decimal places before or behind the point: what exact arithmetic holds

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
    value = Decimal(cell)
    if value and abs(value.adjusted()) >= MAGNITUDE:
        return f"a number too large or too small to count with (10 to the {MAGNITUDE} is the most)"
    return None


_BOOLEAN = re.compile(r"true|True|TRUE|1|false|False|FALSE|0")
TYPES: Mapping[str, Check] = {
    "string": anything,
    "any": anything,
    "integer": _matching(_INTEGER, "not an integer; write digits only (99569), leave it empty if unknown"),
    "number": number_fault,
    "boolean": _matching(_BOOLEAN, "not a boolean; write true or false"),
    "year": _matching(_YEAR, "not a year; write it like 2018"),
    "yearmonth": _month,
    "date": _day,
    "datetime": _timestamp,
}
