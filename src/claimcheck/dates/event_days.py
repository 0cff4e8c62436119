"""The days that a cue makes of a happening's days: its eve, the week before it, three days into it."""

from __future__ import annotations

import re
from datetime import date

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words

Days = tuple[date | None, date | None]

_HALF = {"years": (6, "months"), "months": (15, "days"), "weeks": (3, "days"), "days": (0, "days")}
_UP_TO = frozenset(["less than", "within", "barely", "under", "no more than"])
_BEYOND = frozenset(["more than", "over", "at least", "well over"])


def days_of(
    gives: str, count: int, found: re.Match[str], first: date | None, last: date | None
) -> Days | None:
    """The first and last day that a cue (`gives`, `days` of its row; its match `found`) makes of a happening
    from `first` to `last`; None where the days that it needs are not known, or where there is no such day."""
    if gives == "whole":
        return first, last
    if gives == "around":
        if first is None or last is None:
            return None
        return timex.add(first, -count), timex.add(last, count)
    base = last if gives in _FROM_END else first
    if base is None:
        return None
    if gives in ("onwards", "beyond"):
        return (base if gives == "onwards" else timex.add(base, 1)), None
    if gives in ("up_to", "short_of"):
        return None, (base if gives == "up_to" else timex.add(base, -1))
    if gives in ("first_day", "last_day"):
        return base, base
    if gives in ("day_before", "day_after"):
        day = timex.add(base, -1 if gives == "day_before" else 1)
        return day, day
    if gives == "days_before":
        return timex.add(base, -count), timex.add(base, -1)
    if gives == "days_after":
        return timex.add(base, 1), timex.add(base, count)
    if gives in ("hours_before", "hours_after"):
        return (timex.add(base, -1), base) if gives == "hours_before" else (base, timex.add(base, 1))
    if gives == "week_of":
        week = timex.week(base)
        return week.first, week.last
    if gives == "anniversary":
        day = timex.shift(base, words.ordinal(found["nth"]), "years")
        return day, day
    if gives in ("weekday_before", "weekday_after"):
        return _weekday(base, found, back=gives == "weekday_before")
    if gives in ("nth", "first_n", "last_n", "first_days", "last_days", "middle"):
        return _inside(gives, count, found, first, last)
    return _counted(gives, found, base, last)


_FROM_END = frozenset(
    [
        "last_day",
        "beyond",
        "day_after",
        "weekday_after",
        "days_after",
        "after_by",
        "hours_after",
        "last_n",
        "last_days",
    ]
)


def _inside(
    gives: str, count: int, found: re.Match[str], first: date | None, last: date | None
) -> Days | None:
    """A part of the happening itself: its third week, its first two days, its final days, its middle."""
    if gives == "middle":
        if first is None or last is None:
            return None
        third = ((last - first).days + 1) // 3
        return timex.add(first, third), timex.add(last, -third)
    if gives in ("last_n", "last_days"):
        number = _number(found) if gives == "last_n" else count
        if last is None or number is None:
            return None
        begin = timex.add(timex.shift(last, -number, _unit(found)), 1)
        return (begin if first is None else max(begin, first)), last
    assert first is not None
    begin = first
    if gives == "nth":
        written = found["nth"].lower()
        nth = (
            words.ordinal(written) if not written.isalpha() or written in _ordinals() else _cardinal(written)
        )
        if nth is None:
            return None
        begin, number = timex.shift(first, nth - 1, _unit(found)), 1
    else:
        counted = _number(found) if gives == "first_n" else count
        if counted is None:
            return None
        number = counted
    end = timex.add(timex.shift(begin, number, _unit(found)), -1)
    if last is not None and begin > last:
        return None
    return begin, end if last is None else min(end, last)


def _weekday(base: date, found: re.Match[str], back: bool) -> Days:
    """The Friday after it, the second Sunday before it: the day itself does not count."""
    nth = words.ordinal(found["nth"]) if found["nth"] else 1
    day = timex.weekday_beside(base, words.weekday(found["weekday"]), nth, back)
    return day, day


def _ordinals() -> frozenset[str]:
    return frozenset(words.table("ordinal"))


def _cardinal(written: str) -> int | None:
    number = words.number(written)
    return None if number is None else int(number)


def _number(found: re.Match[str]) -> int | None:
    number = words.number(found.groupdict().get("num") or "one")
    return None if number is None or number != int(number) else int(number)


def _unit(found: re.Match[str]) -> str:
    return words.unit(found["unit"])[0] if "unit" in found.re.groupindex and found["unit"] else "days"


def _counted(gives: str, found: re.Match[str], base: date, last: date | None) -> Days | None:
    """Three days into, two weeks before, a month after: a day for days, the unit's period else. With an
    article the whole stretch ("the two weeks before"); "less than" reaches up to it, "more than" goes on."""
    groups = found.groupdict()
    number = words.number(groups.get("num") or "one")
    if number is None:
        return None
    unit, times = words.unit(found["unit"])
    count = int(number) * times
    if unit == "hours":
        unit, count = "days", -(-count // 24)
    back = gives == "before_by"
    if groups.get("the") and not groups.get("num") and found["unit"].lower().endswith("s"):
        return (None, timex.add(base, -1)) if back else (timex.add(base, 1), None)  # "the years since"
    way = -1 if back else 1
    moved = timex.shift(base, count * way, unit)
    if groups.get("half"):  # "a month and a half after"
        more, of = _HALF[unit]
        moved = timex.shift(moved, more * way, of)
    if groups.get("exact"):  # "a year to the day after"
        return moved, moved
    bound = re.sub(r"\s+", " ", (groups.get("bound") or "").lower())
    if gives == "into":
        if last is not None and moved > last:
            return None
        if unit == "days":
            return moved, moved
        end = timex.add(timex.shift(moved, times, unit), -1)
        return moved, end if last is None else min(end, last)
    if groups.get("the") or bound in _UP_TO:
        return (moved, timex.add(base, -1)) if back else (timex.add(base, 1), moved)
    if bound in _BEYOND:
        return (None, moved) if back else (moved, None)
    made = timex.period_of(moved, unit.removesuffix("s"))
    return made.first, made.last
