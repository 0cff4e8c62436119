"""Readers of days with a name: Christmas Day, Good Friday 2016, last Easter, Ramadan.

Feasts that the sighting of the moon begins are read by the tabular Islamic calendar, which is a day off at
most; their days are an interval with that day on either side.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from claimcheck.dates import timex as timex
from claimcheck.dates.clock_readers import words_of
from claimcheck.dates.context import Place, assumed, place_day, unresolved
from claimcheck.dates.readers import Groups, reader
from claimcheck.dates.timex import When
from claimcheck.lexicon import pattern

_LEADING_THE = pattern("day_names", "the holiday")

_NAMED = pattern("day_names", "name before a holiday")
_PERSONS = frozenset(["ramadan", "ashura", "epiphany"])  # also names of people


def easter(year: int) -> date:
    """Western Easter Sunday (Meeus/Jones/Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


def hijri(year: int, month: int, day: int) -> date:
    """A day of the tabular Islamic calendar (in thirty years, 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 are
    leap years), which is within a day of what the sighting of the moon gives."""
    julian = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day + 1948440 - 385
    return date.fromordinal(julian - 1721425)


def holiday_in(rule: str, year: int) -> date | None:
    """The day on which a holiday's rule falls (or begins) in a year; None where it does not."""
    if rule.startswith("moon"):
        month, day = map(int, rule.split()[1:3])
        about = (year - 622) * 33 // 32
        days = (hijri(h, month, day) for h in range(max(1, about - 1), about + 3) if 622 < year < 9990)
        return next((d for d in days if d.year == year), None)
    if rule.startswith("easter"):
        return timex.add(easter(year), int(rule.removeprefix("easter")))
    if rule.startswith("nth"):
        nth, weekday, month = map(int, rule.split()[1:])
        if nth < 0:
            last = timex.month(year, month).last
            assert last is not None
            return timex.add(last, -((last.isoweekday() - weekday) % 7))
        first = date(year, month, 1)
        return timex.add(first, (weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    month, day = map(int, rule.split("-"))
    return date(year, month, day)


@reader
def september_11(m: Groups, at: Place) -> When | None:
    """The plural attacks of that day are those of 2001, whatever the document's date."""
    return assumed(timex.day(date(2001, 9, 11)), "year")


@reader
def holiday(m: Groups, at: Place) -> When | None:
    """Christmas Day, Good Friday 2016, Thanksgiving, last Easter, Ramadan."""
    name = re.sub(r"\s+", " ", m["holiday"].lower().replace("’", "'"))
    row = words_of("holidays")[name]
    rel = _LEADING_THE.sub("", re.sub(r"\s+", " ", m.get("rel", "").lower()))
    if pattern("day_names", "name behind a holiday").match(at.after(20)) or _is_name(name, at):
        return None
    if m["holiday"][0].islower() and not rel and "wend" not in m and not _small_holiday(name, at):
        return None
    year = int(m["year"]) if "year" in m else row.get("year")
    if year is not None:
        found = holiday_in(row["rule"], year)
        made = None if found is None else replace(timex.day(found), explicit="year" in m)
    else:
        made = _beside(row["rule"], rel, at) if rel else _nearest_holiday(row["rule"], at)
    if made is not None and row["rule"].startswith("moon"):
        return _by_the_moon(made, int(row["rule"].split()[3]))
    return _weekend_of(made) if "weekend" in m or "wend" in m else made


def _is_name(name: str, at: Place) -> bool:
    if at.before(3).lower() == "al-":
        return True  # "Jabal al-Arbaeen", a place
    followed = ("new year", "new year's", "christmas", "easter", *_PERSONS)
    if name in followed and at.word_after()[:1].isupper():
        return True
    named = name in _PERSONS or name.startswith("new year")  # "the Chinese New Year"
    return named and _NAMED.search(at.before(24)) is not None


def _by_the_moon(made: When, length: int) -> When:
    """A feast of so many days from about a day on, a day more on either side."""
    if made.first is None:
        return made
    end = timex.add(made.first, length - 1)
    first, last = timex.add(made.first, -1), timex.add(end, 1)
    name = made.timex if length == 1 else f"{made.first}/{end}"
    return replace(
        made, timex=name, first=first, last=last, edtf=f"{first}/{last}", mod="APPROX", unit="range"
    )


def _beside(rule: str, rel: str, at: Place) -> When | None:
    """Last Christmas, next Easter, the following Easter: the one before or after the day it is seen from."""
    base = at.now if rel in ("following", "previous") else at.own
    if base is None:
        return unresolved("XXXX-XX-XX")
    days = _around(rule, base.year)
    if rel in ("last", "past", "previous"):
        days = [d for d in days if d < base][-1:]
    elif rel in ("next", "coming", "following"):
        days = [d for d in days if d > base][:1]
    else:
        days = [d for d in days if d.year == base.year]
    return assumed(timex.day(days[0]), "year") if days else None


def _around(rule: str, year: int) -> list[date]:
    return [
        d for y in (year - 1, year, year + 1) if 1 <= y <= 9999 and (d := holiday_in(rule, y)) is not None
    ]


def _weekend_of(made: When | None) -> When | None:
    """The weekend beside a holiday: with the holiday where that is its Monday, or a Thursday or Friday."""
    if made is None or made.first is None:
        return made
    weekend = timex.weekend(timex.add(made.first, -1) if made.first.isoweekday() == 1 else made.first)
    last = max(weekend.last or made.first, made.first)
    first = made.first if made.first.isoweekday() in (4, 5) else weekend.first
    return replace(weekend, first=first, last=last, inferred=made.inferred, explicit=made.explicit)


def _small_holiday(name: str, at: Place) -> bool:
    if name in ("epiphany", "thanksgiving", "easter") and at.word_before() not in ("at", "on", "easter"):
        return name == "easter" and at.word_before() in ("previous", "following", "next", "last")
    return name not in ("new year", "may day") or at.word_before() in ("before", "after", "until")


def _nearest_holiday(rule: str, at: Place) -> When | None:
    if at.own is None:
        base = at.reference.first if at.reference is not None else None
        found = holiday_in(rule, base.year) if base is not None else None
        return assumed(timex.day(found), "year") if found else unresolved("XXXX-XX-XX")
    if not rule.startswith(("easter", "nth", "moon")):
        month, day = map(int, rule.split("-"))
        return place_day(month, day, at)
    line = at.timeline.first if at.timeline is not None and at.narrative else None
    if line is not None and (stated := holiday_in(rule, line.year)) is not None:
        return assumed(timex.day(stated), "year")
    days = _around(rule, at.own.year)
    past = [d for d in days if d <= at.own]
    later = [d for d in days if d > at.own]
    chosen = later[:1] if at.tense() == "future" else past[-1:]
    return assumed(timex.day((chosen or days)[0]), "year") if days else None
