"""Readers of dates in digits: 2016-03-05, 20160305, 25/01/2018, 25/1.

The order of day and month is the document's, else what the weekday or the other end of a range shows; where
it stays open, the answer names both days.
"""

from __future__ import annotations

import re
from dataclasses import replace

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.context import Place, place_day, unresolved
from claimcheck.dates.readers import MONTHS, Groups, reader
from claimcheck.dates.timex import When
from claimcheck.lexicon import pattern

_OTHER_END_BEFORE = pattern("month_words", "other end before")
_OTHER_END_BEHIND = pattern("month_words", "other end behind")
_OTHER_END = (
    _OTHER_END_BEFORE,
    _OTHER_END_BEHIND,
)


@reader
def iso_date(m: Groups, at: Place) -> When | None:
    """2016-03-05, 2016/3/5, with or without a clock."""
    if m["sep"] == " " and at.word_before() not in ("on", "dated", "date"):
        return None
    if "-" in (at.before(1), at.after(1)) and m["sep"] != "-":
        return None
    found = timex.safe_date(int(m["year"]), int(m["month"]), int(m["day"]))
    if found is None:
        return unresolved(
            f"{m['year']}-{int(m['month']):02d}-{int(m['day']):02d}", "no such day in the calendar"
        )
    made = replace(timex.day(found), explicit=True)
    if "clock" in m:
        return replace(made, kind="time", timex=f"{made.timex}T{m['clock']}{m.get('zone', '')}")
    return made


@reader
def compact_date(m: Groups, at: Place) -> When | None:
    """20160305 (ISO 8601's basic form): not behind a word that numbers things ("case") or that calls
    ("tel.")."""
    named = re.search(r"(\w{1,12})\.?[\s:]{0,2}$", at.before(16))
    if named is not None and named[1].lower() in words.company("numbers_things"):
        return None
    found = timex.safe_date(int(m["year"]), int(m["month"]), int(m["day"]))
    return None if found is None else replace(timex.day(found), explicit=True)


@reader
def iso_month(m: Groups, at: Place) -> When | None:
    """2017-04; "2010-11" is the range of two years that English writes so."""
    year, month = int(m["year"]), int(m["month"])
    if (month > year % 100 and len(m["month"]) == 2) or not 1900 <= year <= 2100:
        return None
    return replace(timex.month(year, month), explicit=True)


@reader
def numeric_date(m: Groups, at: Place) -> When | None:
    """25/01/2018: the order of day and month by what is possible, the weekday, the locale."""
    if m["sep"] == "." and len(m["year"]) == 2 and at.word_before() not in ("on", "dated", "until", "since"):
        return None
    if m["sep"] == "-" and len(m["year"]) == 2 and at.word_before() not in ("on", "dated", "date"):
        return None
    year = words.year(m["year"])
    if year is None:
        return None
    return _ordered(int(m["a"]), int(m["b"]), year, m, at)


@reader
def numeric_day(m: Groups, at: Place) -> When | None:
    """25/1 behind a preposition or a weekday; a fraction otherwise."""
    a, b = int(m["a"]), int(m["b"])
    alone = at.before(1) == "" and re.match(r"\s?(?:[-–.,;?!]|$)", at.after(3)) and max(a, b) > 12
    leads = ("on", "by", "before", "since", "until", "from", "to", "dated", "this", "next", "till", "between")
    ranged = re.search(r"\d{1,2}/\d{1,2}\s?[-–]\s?$", at.before(10))
    closed = not at.word_after().islower() or at.word_after() in ("to", "and", "at", "in", "from", "between")
    if ("weekday" not in m and at.word_before() not in leads and not ranged and not alone) or (a, b) == (
        9,
        11,
    ):
        return None
    if (
        "weekday" not in m
        and not closed
        and not alone
        and at.word_before() not in ("on", "since", "until", "by", "dated")
    ):
        return None
    return _ordered(a, b, None, m, at)


def _ordered(a: int, b: int, year: int | None, m: Groups, at: Place) -> When | None:
    readings = [(month, day) for month, day in ((a, b), (b, a)) if 1 <= month <= 12 and 1 <= day <= 31]
    if not readings:
        return None
    if len(readings) == 2 and a != b:
        readings = _by_weekday(readings, year, m, at) or _by_neighbour(readings, at) or readings
    if len(readings) == 2 and a != b and at.order:
        readings = readings[:1] if at.order == "mdy" else readings[1:]
    month, day = readings[0]
    if len(readings) == 2 and a != b:
        text = " or ".join(f"{d} {MONTHS[mo - 1]}" + (f" {year}" if year else "") for mo, d in readings)
        return unresolved(f"{year or 'XXXX'}-XX-XX", f"the order of day and month is open: {text}")
    if year is None:
        return place_day(month, day, at, words.weekday(m["weekday"]) if "weekday" in m else None)
    found = timex.safe_date(year, month, day)
    if found is None:
        return unresolved(f"{year:04d}-{month:02d}-{day:02d}", "no such day in the calendar")
    return replace(timex.day(found), explicit=True)


def _by_weekday(
    readings: list[tuple[int, int]], year: int | None, m: Groups, at: Place
) -> list[tuple[int, int]]:
    """The readings that fall on the weekday beside them, or on the document's own date."""
    fits = []
    for month, day in readings:
        found = timex.safe_date(year or (at.own.year if at.own else 1), month, day)
        if found is None:
            continue
        if ("weekday" in m and found.isoweekday() == words.weekday(m["weekday"])) or (
            "weekday" not in m and found == at.own
        ):
            fits.append((month, day))
    return fits if len(fits) == 1 else []


def _by_neighbour(readings: list[tuple[int, int]], at: Place) -> list[tuple[int, int]]:
    """The reading that the other end of a range allows: "10/1 to 10/25" is in October; of two ends that
    share a part and the year, the shared part is the month ("10/1–10/7")."""
    before, after = _OTHER_END
    other = before.search(at.before(24)) or after.match(at.after(24))
    if other is None:
        return []
    mine = re.search(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d\d))?$", at.text[at.start : at.end])
    a, b = int(other[1]), int(other[2])
    if mine is None or other[3] != mine[3]:
        return []
    if (a > 12) != (b > 12):
        return readings[:1] if b > 12 else readings[1:]
    if (a == int(mine[1])) != (b == int(mine[2])):
        return readings[:1] if a == int(mine[1]) else readings[1:]
    return []
