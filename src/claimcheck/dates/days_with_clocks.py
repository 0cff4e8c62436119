"""A day and a clock beside it, and what lasts from one such moment to another: "Friday at 14:00", "from
9 p.m. on Monday to 6 a.m. on Tuesday"."""

from __future__ import annotations

import re
from dataclasses import replace

from claimcheck.dates.attached import Found
from claimcheck.dates.timex import When
from claimcheck.lexicon import pattern

TO = pattern("clocks", "to")
AND = pattern("clocks", "and")
FROM = pattern("clocks", "from")
_AT = pattern("clocks", "at the clock")
_ON = pattern("clocks", "on the day")


def clocked(last: Found, item: Found, gap: str) -> Found | None:
    """A day and a clock beside it: "Friday at 14:00", "14:00 on Friday"."""
    if item.when.unit == "time" and _has_day(last.when) and _AT.fullmatch(gap):
        day, clock = last, item
    elif last.when.unit == "time" and _has_day(item.when) and _ON.fullmatch(gap):
        day, clock = item, last
    else:
        return None
    return Found(last.start, item.end, on_day(clock.when, day.when), f"{day.rule}+{clock.rule}")


def _has_day(when: When) -> bool:
    return when.unit == "day" and when.kind in ("date", "time") and when.timex is not None


def on_day(clock: When, day: When) -> When:
    """A clock on a day: 2018-01-25T14:30, with the day's own inferred parts."""
    code = (clock.timex or "T").rpartition("T")[2]
    base = (day.timex or "").partition("T")[0]
    part = (day.timex or "").rpartition("T")[2]
    if part in ("AF", "EV", "NI") and re.match(r"0?\d:|1[01]:", code) and int(code[:2]) < 12:
        code = f"{int(code[:2]) + 12:02d}{code[2:]}"
    return replace(day, kind="time", timex=f"{base}T{code}")


def clock_range(text: str, last: Found, item: Found, gap: str, low: int) -> Found | None:
    """ "from 9 p.m. on Monday to 6 a.m. on Tuesday", "between 10 a.m. and 4 p.m. on Friday": one period.

    A clock alone in front is on the other end's day, unless that day's name stands before its own clock
    ("from 2 p.m. till tomorrow 4 p.m."): then it is on its own, the document's."""
    a, b = last.when, item.when
    lead = FROM.search(text, max(low, last.start - 14), last.start)
    between = lead is not None and lead["lead"].lower() == "between"
    if lead is None or not (TO.fullmatch(gap) or (between and AND.fullmatch(gap))):
        return None
    if a.kind != "time" or b.kind != "time" or not _has_day(b) or "T" not in (b.timex or ""):
        return None
    if a.unit == "time" and text[item.start].isdigit():
        a = on_day(a, b)
    if a.first is None or b.last is None or a.first > b.last or a.reason or b.reason:
        return None
    made = replace(b, first=a.first, timex=f"{a.timex}/{b.timex}", edtf=f"{a.first}/{b.last}", unit="range")
    return Found(lead.start(), item.end, made, f"{last.rule}+{item.rule}+range")
