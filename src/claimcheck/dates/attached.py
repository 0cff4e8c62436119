"""Expressions that only their neighbour fixes: March + last year, a week + starting on Friday, three weeks
after Christmas + on Friday, the night + of 3 March.

Pure joins of two expressions of one sentence, or of one with the words in front of it; `joins` calls them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.timex import When
from claimcheck.lexicon import pattern


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression in the text: its span, its reading and the rule that made it."""

    start: int
    end: int
    when: When
    rule: str


_OF_YEAR = pattern("attached", "of the year")
_IN_YEAR = pattern("attached", "in the year")
_STARTING = pattern("attached", "starting")
_FOR = pattern("attached", "for")
_ON_DAY = pattern("attached", "on the day")
_PART_OF = pattern("attached", "part of the day")
_BESIDE = pattern("attached", "beside")
_THE_NTH = pattern("attached", "the nth")
_WEEK_OF = pattern("attached", "week of")
_ENDED = pattern("attached", "ended")
_NEAR = 45  # days in which a week is meant though its first day is no Monday
_YEAR_WORDS = pattern("attached", "year words")


def of_year(text: str, last: Found, item: Found, gap: str) -> Found | None:
    """ "March last year", "3 May of that year", "last year in March": the year is the neighbour's."""
    if _points_at_year(text, item) and _OF_YEAR.fullmatch(gap):
        dated, pointed = last.when, item.when
    elif _points_at_year(text, last) and _IN_YEAR.fullmatch(gap):
        dated, pointed = item.when, last.when
    else:
        return None
    year_open = dated.kind in ("date", "time") and "year" in dated.inferred and dated.stated[0] is None
    if not year_open or dated.stated[1] is None or dated.first is None or pointed.first is None:
        return None
    made = in_year(dated, pointed.first.year)
    if made is None:
        return None
    part = item if dated is item.when else last
    made = replace(made, inferred=("year",), explicit=pointed.explicit)
    return Found(last.start, item.end, made, f"{part.rule}+year")


def _points_at_year(text: str, found: Found) -> bool:
    when = found.when
    return (
        when.unit == "year"
        and when.kind == "date"
        and when.mod is None
        and not when.timex_is_length
        and len(when.timex or "") == 4
        and _YEAR_WORDS.search(text, found.start, found.end) is not None
    )


def in_year(when: When, year: int) -> When | None:
    """A day, month or range of either in another year; None where the calendar has no such day."""
    if when.first is None or when.last is None or not 1 <= year <= 9999:
        return None
    by = year - when.first.year
    first, last = timex.shift(when.first, by, "years"), timex.shift(when.last, by, "years")
    if first.day != when.first.day:
        return None
    if when.unit == "month" and when.mod is None:
        made = timex.month(first.year, first.month)
        first, last = made.first or first, made.last or last

    def moved(written: str | None) -> str | None:
        return re.sub(r"\b\d{4}(?=-)", lambda m: f"{int(m.group()) + by:04d}", written) if written else None

    return replace(when, first=first, last=last, timex=moved(when.timex), edtf=moved(when.edtf))


def lasting(text: str, last: Found, item: Found, gap: str) -> Found | None:
    """ "a week starting on Friday", "for three days from 5 May": the days from there on."""
    length, start = last.when, item.when
    found = _STARTING.fullmatch(gap)
    if found is None or length.kind != "duration" or length.value is None or length.comparator != "eq":
        return None
    if start.kind not in ("date", "time") or start.unit != "day" or start.first is None or start.reason:
        return None
    if found["from"] and not _FOR.search(text, max(0, last.start - 16), last.start):
        return None  # "two weeks from 5 May" is a day
    count, unit = length.value, length.unit
    if unit not in ("days", "weeks", "months", "years") or count != int(count) or count < 1:
        return None
    end = timex.add(timex.shift(start.first, int(count), unit), -1)
    made = replace(timex.days(start.first, max(start.first, end), length.timex), inferred=start.inferred)
    return Found(last.start, item.end, replace(made, explicit=start.explicit), f"{item.rule}+lasting")


def on_weekday(last: Found, item: Found, gap: str) -> Found | None:
    """ "three weeks after Christmas on Friday": the Friday of that week."""
    if not _ON_DAY.fullmatch(gap):
        return None
    if item.rule == "dates.weekday" and last.rule == "dates.ago" and last.when.unit == "week":
        counted, named = last, item  # "a week ago Monday"
    elif last.rule.endswith("+offset") and item.rule == "dates.weekday":
        counted, named = last, item
    elif item.rule.endswith("+offset") and last.rule == "dates.weekday":
        counted, named = item, last
    else:
        return None
    day, weekday = counted.when.first, named.when.first
    if day is None or weekday is None or counted.when.unit not in ("day", "week") or named.when.unit != "day":
        return None
    made = timex.day(timex.add(day, weekday.isoweekday() - day.isoweekday()))
    made = replace(made, inferred=counted.when.inferred, explicit=counted.when.explicit)
    return Found(last.start, item.end, made, f"{counted.rule}+weekday")


def weekday_beside(text: str, last: Found, item: Found, gap: str) -> Found | None:
    """ "the Sunday before Christmas", "the first Monday after 3 May": without the day itself."""
    way = _BESIDE.fullmatch(gap)
    if way is None or last.rule != "dates.weekday" or last.when.unit != "day" or last.when.first is None:
        return None
    named = _THE_NTH.search(text, max(0, last.start - 14), last.start)
    if named is None or item.when.kind != "date" or item.when.first is None or item.when.last is None:
        return None
    back = way[1].lower() not in ("after", "following")
    nth = words.ordinal(named["nth"]) if named["nth"] else 1
    base = item.when.first if back else item.when.last
    made = timex.day(timex.weekday_beside(base, last.when.first.isoweekday(), nth, back))
    made = replace(made, inferred=item.when.inferred, explicit=item.when.explicit)
    return Found(named.start(), item.end, made, item.rule + "+weekday_beside")


def part_of_day(text: str, item: Found, low: int) -> Found:
    """The night of 3 March, the early morning of Friday: the day with its part."""
    when = item.when
    if when.kind != "date" or when.unit != "day" or when.first is None or when.mod is not None:
        return item
    if (
        not text[max(low, item.start - 4) : item.start]
        .lower()
        .endswith(("of ", "on ", "of\n", "on\n", "the "))
    ):
        return item
    found = _PART_OF.search(text, max(low, item.start - 40), item.start)
    if found is None:
        return item
    if found["part"] is None:  # "the early hours of Sunday"
        made = replace(when, mod="START")
    else:
        made = replace(when, kind="time", timex=f"{when.timex}T{words.value('part', found['part'])}")
    return replace(item, start=found.start(), when=made, rule=item.rule + "+part_of_day")


def unit_beside(first: date, unit: str, back: bool) -> When:
    """The week, month or year that ends the day before a day, or begins the day after it."""
    many, times = words.unit(unit)
    if back:
        return timex.days(timex.shift(first, -times, many), timex.add(first, -1))
    begin = timex.add(first, 1)
    return timex.days(begin, timex.add(timex.shift(begin, times, many), -1))


def stretch_beside(when: When, count: int, unit: str, back: bool) -> When:
    """ "the two weeks before Christmas": all the days of it, where "two weeks before Christmas" is one."""
    assert when.first is not None
    base = when.first if back else timex.add(when.last or when.first, 1)
    far = timex.shift(base, -count if back else count, unit)
    made = timex.days(far, timex.add(base, -1)) if back else timex.days(base, timex.add(far, -1))
    return replace(made, inferred=when.inferred, explicit=when.explicit)


def within(base: When, far: When, back: bool, strict: bool) -> When:
    """ "fewer than five days after 3 March", "within two weeks before it": from the day to the far end, which
    is left out where it is not reached."""
    assert base.first is not None
    assert far.first is not None
    assert far.last is not None
    short = 1 if strict else 0
    if back:
        last = base.last or base.first
        made = timex.days(min(timex.add(far.first, short), last), last)
    else:
        made = timex.days(base.first, max(base.first, timex.add(far.last, -short)))
    return replace(made, inferred=base.inferred, explicit=base.explicit)


def week_of(text: str, item: Found, low: int, own: date | None) -> Found:
    """the week of 5 March, the week ending 4 June, the year ended March 31, the month of May."""
    when = item.when
    if when.kind != "date" or when.first is None or when.unit not in ("day", "month", "year"):
        return item
    found = _WEEK_OF.search(text, max(low, item.start - 40), item.start)
    if found is None:
        return item
    unit, way = (found["unit"] or "week").lower(), (found["way"] or "commencing").lower()
    if when.unit != "day":
        return replace(item, start=found.start()) if unit == when.unit and way == "of" else item
    if way == "of":
        if unit not in ("week", "weekend"):
            return item
        made = timex.period_of(when.first, unit)
    else:
        back = way.startswith("end")
        when = _from_monday(when, own) if unit == "week" and not back else when
        assert when.first is not None
        made = _one_unit(when.first, unit, back)
    made = replace(made, inferred=when.inferred, explicit=when.explicit)
    return replace(item, start=found.start(), when=made, rule=item.rule + "+week")


def _from_monday(when: When, own: date | None) -> When:
    """The day in the year beside in which it is a Monday, as the first day of a week is, where the text
    leaves the year out and the day is in the middle of a week else, months off the document's own."""
    if when.inferred != ("year",) or when.explicit or when.first is None:
        return when
    if when.first.isoweekday() in (1, 7) or own is None or abs((when.first - own).days) <= _NEAR:
        return when
    beside = [in_year(when, when.first.year + by) for by in (-1, 1)]
    return next((w for w in beside if w is not None and w.first and w.first.isoweekday() == 1), when)


def _one_unit(day: date, unit: str, back: bool) -> When:
    """The week, quarter or year that ends with a day, or begins with it."""
    many, times = {"half": ("months", 6), "weekend": ("days", 2)}.get(unit) or words.unit(unit)
    if back:
        first, last = timex.shift(timex.add(day, 1), -times, many), day
    else:
        first, last = day, timex.add(timex.shift(day, times, many), -1)
    whole = timex.period_of(first, unit) if unit in ("month", "quarter", "half", "year") else None
    if whole is not None and (whole.first, whole.last) == (first, last):
        return whole
    return timex.days(first, last)


def ending(last: Found, item: Found, gap: str) -> Found:
    """ "the nine months ended Sept. 30": the length has days; the day it ends on stays a date."""
    length, end = last.when, item.when
    if length.kind != "duration" or length.value is None or length.comparator != "eq" or length.first:
        return last
    if _ENDED.fullmatch(gap) is None or end.kind != "date" or end.unit != "day" or end.first is None:
        return last
    if length.unit not in ("days", "weeks", "months", "years") or length.value != int(length.value):
        return last
    if end.reason:
        return last
    first = timex.shift(timex.add(end.first, 1), -int(length.value), length.unit)
    return replace(last, when=replace(length, first=first, last=end.first), rule=last.rule + "+ended")
