"""Readers of lengths of time, of what recurs, of clocks and of words like "recently"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.context import Place, relative
from claimcheck.dates.readers import Groups, reader
from claimcheck.dates.relative_readers import present
from claimcheck.dates.timex import When
from claimcheck.lexicon import Row, load, pattern

_AGE_BEFORE = pattern("clocks", "age before")
_CLOSES = pattern("clocks", "closes")
# An article counts one unit only where a length of time is said: "for a week", "a week later".
_UNIT_NEAR = pattern("clocks", "unit near")


_MONTHS = {"years": Decimal(12), "months": Decimal(1)}
_HOURS = {  # of the mean Gregorian year
    "years": Decimal("8765.82"),
    "months": Decimal("730.485"),
    "weeks": Decimal(168),
    "days": Decimal(24),
    "hours": Decimal(1),
    "minutes": Decimal(1) / 60,
    "seconds": Decimal(1) / 3600,
}


_MOST = {"days": 10_000, "hours": 100_000}
"""What is longer is given in years."""


@reader
def duration(m: Groups, at: Place) -> When | None:
    """two weeks, 27-year, two and a half years, 2 years and 3 months."""
    if pattern("clocks", "age behind").match(at.after(9)) or _AGE_BEFORE.search(at.before(12)):
        return None
    if m["unit"][0].isupper() and m["unit"][1:].islower() and at.word_after()[:1].isupper():
        return None  # "the Six-Day War" is a name
    number, unit = m["num"].lower(), m["unit"].lower().rstrip(".")
    if not _is_length(number, unit, m, at):
        return None
    count = words.number(m["num"])
    many, times = words.unit(m["unit"])
    if count is not None and count >= _MOST.get(many, count + 1):
        return None  # "40,000 days of work were lost": they are counted
    if "half" in m and count is not None:
        count += words.number("half") or 0
    made = timex.duration(count, many, times)
    for i in ("2", "3"):
        if f"unit{i}" in m:
            made = _plus(made, m[f"num{i}"], m[f"unit{i}"])
    return made


def _is_length(number: str, unit: str, m: Groups, at: Place) -> bool:
    if unit == "quarters" and number.endswith("three"):
        lead = at.word_before()
        return lead in ("last", "past", "next", "previous", "first", "consecutive", "straight") or (
            lead in ("for", "over", "within") and at.word_after() != "of"
        )
    if unit in ("quarter", "min", "sec") and not number[:1].isdigit() and number not in ("two", "three"):
        return False
    if "quarter" in number.split():
        return True
    singular = unit in words.table("unit")
    if number in ("a", "an"):
        if unit in ("second", "quarter", "minute") or (
            at.word_after() in ("in", "when", "of") and unit == "day"
        ):
            return False
        return (
            bool(m.get("long"))
            or at.word_before() in words.company("leads_length")
            or at.word_after() in ("after", "before", "since")
            or at.text[at.start : at.end].count("-") > 0
        )
    if number in ("half", "half a", "half an", "one"):
        return not (number == "half" and not singular) and not (
            number == "one" and unit == "day" and at.start == at.sentence.start
        )
    behind = at.text.find(m["num"], at.start) + len(number)
    hyphenated = "-" in at.text[behind : behind + 2]
    if (
        singular
        and not hyphenated
        and number not in ("half", "½", "¼")
        and not (number.isdigit() and unit in ("min", "sec", "yr"))
    ):
        # "two year sentence" is common enough; "12 day" beside a name is not
        return (
            unit in ("year", "month", "week", "day", "hour", "minute", "second")
            and (at.word_after().islower() or (number == "1" and not at.word_after()))
        )
    return True


def _plus(made: When, number: str, unit: str) -> When:
    count = words.number(number)
    many, times = words.unit(unit)
    if count is None or made.timex is None:
        return made
    more = timex.duration(count, many, times).timex
    assert more is not None
    date_part, _, time_part = made.timex.partition("T")
    extra_date, _, extra_time = more.partition("T")
    joined = date_part + extra_date.removeprefix("P")
    clock = time_part + extra_time
    keep = made.value
    if keep is not None and made.unit in _HOURS:
        per = _MONTHS if made.unit in _MONTHS and many in _MONTHS else _HOURS
        keep += count * times * per[many] / per[made.unit]
    return replace(made, timex=joined + (f"T{clock}" if clock else ""), value=keep, low=keep, high=keep)


@reader
def vague_duration(m: Groups, at: Place) -> When | None:
    """for years, decades-long, week-long."""
    written = (m.get("long") or m.get("unit") or m["rest"]).lower()
    many, times = words.unit(written)
    single = "long" in m and written == words.singular(written)
    if (
        m.get("lead", "").lower() in ("in", "over", "after")
        and at.word_after() == "of"
        and written == "hours"
    ):
        return None
    return timex.duration(words.number("one") if single else None, many, times if single else 1)


@reader
def all_unit(m: Groups, at: Place) -> When | None:
    """all day, the whole week."""
    many, times = words.unit(m["unit"])
    return timex.duration(words.number("one"), many, times)


@reader
def every(m: Groups, at: Place) -> When | None:
    """every week, every Friday, each March, every two years."""
    if "weekday" in m:
        return When(kind="set", timex=f"XXXX-WXX-{words.weekday(m['weekday'])}")
    if "month" in m:
        return (
            When(kind="set", timex=f"XXXX-{words.month(m['month']):02d}") if m["month"][0].isupper() else None
        )
    if "season" in m:
        return When(kind="set", timex=f"XXXX-{words.value('season', m['season'])}")
    if "part" in m and "unit" not in m:
        return When(kind="set", timex=f"XXXX-XX-XXT{words.value('part', m['part'])}")
    many, times = words.unit(m["unit"])
    count = words.number(m.get("num", "two" if "other" in m else "one"))
    return _set(timex.duration(count, many, times))


def _set(made: When) -> When:
    return When(kind="set", timex=made.timex)


@reader
def frequency(m: Groups, at: Place) -> When | None:
    """daily, annually; a capital inside a sentence is a name ("the Daily Courier")."""
    word = at.text[at.start : at.end]
    if word[0].isupper() and (at.start != at.sentence.start or at.word_after()[:1].isupper()):
        return None
    if pattern("clocks", "not often").match(at.after(12)):
        return None
    return When(kind="set", timex=words_of("time_references")[word.lower()]["value"])


@cache
def words_of(topic: str) -> dict[str, Row]:
    """Every phrase of a lexicon -> its row."""
    return {word: row for row in load(topic) for word in row["words"]}


@reader
def per_unit(m: Groups, at: Place) -> When | None:
    """15 a year, twice a day, per annum."""
    unit = (m.get("unit2") or m.get("unit3") or m["unit"]).lower()
    many, times = words.unit("year" if unit == "annum" else unit)
    return _set(timex.duration(words.number("one"), many, times))


_CLAUSE_BEHIND = pattern("clocks", "clause behind")


@reader
def reference(m: Groups, at: Place) -> When | None:
    """now, recently, in the near future."""
    word, known = re.sub(r"\s+", " ", m["keep"]), words_of("time_references")
    if word[0].isupper() and (at.start != at.sentence.start or at.word_after()[:1].isupper()):
        return None
    row = known.get(f"{m.get('lead', '').lower()} {word.lower()}") or known.get(word.lower())
    if row is None or (word.lower() in ("the time", "that time") and not _CLOSES.match(at.after(6))):
        return None
    value = row["value"]
    if word.lower() == "the moment" and at.tense() == "past" and _CLAUSE_BEHIND.match(at.after(20)):
        return None  # "at the moment one of the buildings was destroyed"
    if word.lower() in ("the past", "future", "the future") and _UNIT_NEAR.match(at.after(24)):
        return None
    if word.lower() == "now" and pattern("clocks", "now that").match(at.after(10)):
        return None
    if value != "PRESENT_REF" or (
        at.revised and word.lower() in ("this time", "now", "the moment")
    ):  # a story's own time
        return When(timex=value, unit="reference")
    return present(at)


# --- clocks ------------------------------------------------------------------------------------------------


@reader
def clock(m: Groups, at: Place) -> When | None:
    """14:30, 6:40 p.m., 18:00 UTC. Without am, pm or zone it needs a preposition ("at 3:16")."""
    hour, minute = m["clock"].split(":")[:2]
    known = (
        "meridiem" in m
        or "zone" in m
        or "zone2" in m
        or at.word_before() in words.company("leads_clock")
        or (len(hour) == 2 and m["clock"].count(":") == 1)
    )
    if not known and not pattern("clocks", "day near").search(at.before(12)):
        return None
    rest = m["clock"].split(":")[2:]
    return _time(int(hour), minute + (":" + rest[0] if rest else ""), m, at)


@reader
def clock_meridiem(m: Groups, at: Place) -> When | None:
    """2 pm, 6.40 p.m."""
    return _time(int(m["hour"]), m.get("minute", "00"), m, at)


@reader
def clock_hours(m: Groups, at: Place) -> When | None:
    """0430 GMT, six o'clock."""
    hour = words.number(m["hour2"]) if "hour2" in m else int(m["hour"])
    if hour is None or hour > 24:
        return None
    if "zone" not in m and "hour" in m and at.word_before() not in words.company("leads_clock"):
        return None
    return _time(int(hour), m.get("minute", "00"), m, at)


@reader
def clock_words(m: Groups, at: Place) -> When | None:
    """10 in the morning, half past six, a quarter to ten at night, six pm."""
    hour = words.number(m.get("hour") or m.get("hour2") or m["hour3"])
    part = (m.get("part") or m.get("part2") or "").lower()
    meridiem = (m.get("meridiem") or m.get("meridiem3") or "").lower()
    if hour is None or not 1 <= hour <= 12:
        return None
    if not m.get("past") and not meridiem and at.word_before() not in words.company("leads_clock"):
        return None
    minute = int(m.get("minute", "0"))
    past = m.get("past", "").lower()
    if past:
        minute = 30 if "half" in past else 45 if past.endswith("to") else 15
        hour -= 1 if past.endswith("to") else 0
    late = (
        meridiem.startswith("p")
        or part[-9:] in ("afternoon", "e evening")
        or (part == "at night" and hour > 5)
    )
    if meridiem or part:
        hour = hour % 12 + (12 if late else 0)
    return clock_on(f"{int(hour):02d}:{minute:02d}", at)


@reader
def noon(m: Groups, at: Place) -> When | None:
    """at noon, by midnight, at dawn."""
    code = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}.get(m["word"].lower(), "DAWN")
    part = {"dusk": "EV", "sunset": "EV"}.get(m["word"].lower(), "MO")
    return clock_on(part if code == "DAWN" else code, at)


def _time(hour: int, minute: str, m: Groups, at: Place) -> When | None:
    meridiem = m.get("meridiem", "").lower()
    if meridiem.startswith("p") and hour < 12:
        hour += 12
    elif meridiem.startswith("a") and hour == 12:
        hour = 0
    if hour > 24:
        return None
    named = m.get("zone") or m.get("zone2") or ""
    zone = "Z" if named in ("UTC", "GMT") and "+" not in at.text[at.start : at.end] else ""
    return clock_on(f"{hour:02d}:{minute}{zone}", at)


def clock_on(code: str, at: Place) -> When:
    """A clock on the document's own day until a date beside it says otherwise; in the past on the day that
    the text stated last, where that was within the week before."""
    stated = at.reference.first if at.reference is not None and at.reference.unit == "day" else None
    ago = None if stated is None or at.own is None else (at.own - stated).days
    if stated is not None and (at.revised or (ago in range(8) and at.tense() == "past")):
        return replace(relative(timex.day(stated)), kind="time", timex=f"{stated}T{code}", unit="time")
    if at.own is None or at.revised:
        return When(kind="time", timex=f"T{code}", unit="time", reason="no day is known for this time")
    return replace(relative(timex.day(at.own)), kind="time", timex=f"{at.own}T{code}", unit="time")
