"""Readers of what is counted from a day: two weeks ago, a year later, Monday two weeks from now."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.context import NO_DATE, Place, relative, unresolved
from claimcheck.dates.readers import Groups, reader
from claimcheck.dates.relative_readers import NO_START
from claimcheck.dates.timex import When
from claimcheck.lexicon import pattern

_FROM_A_DAY = pattern("relative_times", "from a day")
_FEW = 31  # days that a range may last from whose end "a week later" is counted
NO_CALENDAR = "it lies before the common era, where no days are counted"


@reader
def ago(m: Groups, at: Place) -> When | None:
    """two weeks ago, three days later, a year earlier: a period as coarse as the smallest unit named."""
    way = re.sub(r"\s+", " ", m["way"].lower())
    back = way in (
        "ago",
        "earlier",
        "beforehand",
        "before now",
        "before",
        "previously",
        "back",
        "before that",
    ) or way.startswith("before")
    if way in ("later", "earlier") and at.word_after() == "than":
        return None  # "three days later than planned" is a length
    pairs = [(m[f"num{i}"], m[f"unit{i}"]) for i in ("", "2", "3") if f"unit{i}" in m and f"num{i}" in m]
    if not pairs or any(words.number(n) is None for n, _ in pairs):
        if back or way in ("from now", "hence"):
            return When(timex="PAST_REF" if back else "FUTURE_REF", unit="reference")
        return When(
            timex=timex.duration(None, *words.unit(m["unit"])).timex, unit="reference"
        )  # "years later"
    base = _origin(way, at)
    if base is None:
        return unresolved(
            "PAST_REF" if way == "ago" else "XXXX-XX-XX", NO_DATE if at.own is None else NO_START
        )
    moment, finest = base, "years"
    order = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
    for written, name in pairs:
        many, times = words.unit(name)
        count = ((words.number(written) or 0) + (words.number("half") or 0) * ("half" in m)) * times
        if count != int(count) and many in ("years", "weeks"):
            many, count = ("months", count * 12) if many == "years" else ("days", count * 7)
        finest = max(finest, many, key=order.index)
        if back and many == "years" and count >= moment.year:
            return unresolved(f"BC{int(count - moment.year) + 1:04d}", NO_CALENDAR, unit="year")
        if many not in ("hours", "minutes", "seconds"):
            moment = timex.shift(moment, int(count) * (-1 if back else 1), many)
    if base is at.now and _is_finer(finest, at):
        return unresolved("XXXX-XX-XX", NO_START)  # "In June 2011 …. Two days later …"
    if finest in ("hours", "minutes", "seconds"):
        return replace(relative(timex.day(moment)), kind="time") if way != "later" else None
    if at.word_before() == "for" and way.startswith("from t") and not back:
        amount = timex.duration(words.number(m["num"]), *words.unit(m["unit"])).timex
        return relative(timex.days(base, timex.add(moment, -1), amount)) if moment > base else None
    if (len(pairs) > 1 and finest != "months") or _FROM_A_DAY.search(way):
        finest = "days"
    made = relative(timex.period_of(moment, finest.removesuffix("s")))
    if not back and way.startswith(("later", "after")) and _is_yet_to_come(made, base, at):
        return unresolved("XXXX-XX-XX", NO_START)  # "today, 150 years later, the law is broken"
    return _bounded(made, re.sub(r"\s+", " ", m.get("bound", "").lower()), base, back)


def _is_yet_to_come(made: When, base: date, at: Place) -> bool:
    """Whether what is told as having come about would lie ahead of the text: it counts from another day."""
    if at.reference is None or at.own is None or made.first is None or at.tense() == "future":
        return False
    return base <= at.own < made.first


def _is_finer(unit: str, at: Place) -> bool:
    """Whether the text last named a period that is too coarse to count such units from."""
    told = None if at.reference is None else at.reference.unit
    if told in ("year", "decade", "century"):
        return unit != "years"
    return told in ("month", "quarter", "half", "season") and unit not in ("years", "months")


def _bounded(made: When, bound: str, base: date, back: bool) -> When:
    """ "more than two years ago" leaves the far end open, "less than a week ago" reaches up to the base."""
    first, last = made.first, made.last
    if first is None or last is None or bound in ("", "just", "only", "exactly"):
        return made
    if bound in ("more than", "over", "well over", "at least"):
        if back:
            return replace(made, first=None, mod="BEFORE", edtf=f"../{last}")
        return replace(made, last=None, mod="AFTER", edtf=f"{first}/..")
    if bound in ("less than", "under"):
        short = 1 if first == last else 0  # "less than three days after today" is not the third day
        low, high = (
            (min(timex.add(first, short), base), base) if back else (base, max(timex.add(last, -short), base))
        )
        return replace(made, first=low, last=high, mod="AFTER" if back else "BEFORE", edtf=f"{low}/{high}")
    return replace(made, mod="APPROX")


@reader
def weekday_ago(m: Groups, at: Place) -> When | None:
    """Monday two weeks from now: the Monday of that week; counted in months or years, the first behind it."""
    number = words.weekday(m.get("weekday") or m["weekday2"])
    way = re.sub(r"\s+", " ", (m.get("way") or m["way2"]).lower())
    count = words.number(m.get("num") or m["num2"])
    many, times = words.unit(m.get("unit") or m["unit2"])
    base = _origin(way, at)
    if base is None:
        return unresolved(f"XXXX-WXX-{number}")
    if count is None or count != int(count) or many in ("hours", "minutes", "seconds"):
        return None
    moment = timex.shift(base, int(count) * times * (-1 if way == "ago" else 1), many)
    if many in ("days", "weeks"):
        return relative(timex.day(timex.add(moment, number - moment.isoweekday())))
    return relative(timex.day(timex.add(moment, (number - moment.isoweekday()) % 7)))


def _origin(way: str, at: Place) -> date | None:
    if way in ("ago", "before now", "from now", "hence", "back"):
        return at.own
    for name, step in (("today", 0), ("tomorrow", 1), ("yesterday", -1)):
        if name in way:
            return None if at.own is None else timex.add(at.own, step)
    if at.reference is None and way.startswith(("later", "after")) and at.tense() == "past":
        return None
    told = at.reference
    ahead = way.startswith(("later", "after")) and told is not None and told.unit == "range"
    if ahead and told is not None and told.first and told.last and (told.last - told.first).days < _FEW:
        return told.last  # "held from 23 to 27 September and annexed a week later"
    return at.now


@reader
def in_units(m: Groups, at: Place) -> When | None:
    """in three days, where the sentence looks forward; else "built in three days" is a length of time."""
    count = words.number(m["num"])
    many, times = words.unit(m["unit"])
    if m["num"].lower() in ("a", "an") and (
        many == "seconds" or at.word_after() in ("that", "when", "which")
    ):
        return None  # "in a second conference", "in a year that marks …"
    tense = at.tense()
    alone = tense == "none" and at.text[at.sentence.start : at.start].strip().lower() in ("in", "within")
    forward = "time" in m or tense == "future" or (alone and not at.word_after())
    if at.own is None or count is None or count != int(count) or not forward:
        return timex.duration(count, many, times)
    if many in ("hours", "minutes", "seconds"):
        return replace(relative(timex.day(at.own)), timex=timex.duration(count, many).timex, kind="time")
    if m["lead"].lower() == "within":
        last = timex.add(timex.shift(at.own, int(count) * times, many), -1)
        return relative(timex.days(at.own, max(at.own, last), timex.duration(count, many, times).timex))
    return relative(timex.period_of(timex.shift(at.own, int(count) * times, many), many.removesuffix("s")))
