"""Readers of calendar dates: the groups of a rule -> the period they denote, None where they are no date.

A reader sees the groups of its rule and the place where they stand. It answers None when the words are
something else in this place ("May we"), and a period with a `reason` when they are a date that cannot be
resolved ("03/04/2017" in a document of unknown locale).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import replace

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.context import (
    Place,
    assumed,
    place_day,
    place_month,
    relative,
    unresolved,
)
from claimcheck.dates.timex import When
from claimcheck.lexicon import pattern

_DATE_OF_A_MEASURE = pattern("month_words", "measure behind")
_CLOCKED = pattern("month_words", "clock with a preposition")
_LEADING_THIS = pattern("month_words", "the month")
Groups = dict[str, str]
Reader = Callable[[Groups, Place], When | None]
READERS: dict[str, Reader] = {}

_RANKED = pattern("month_words", "ranked")
_CLOCK_BEHIND = pattern("month_words", "clock behind")
_NEAR_WEEKDAY = 45  # days within which "Friday 23 at 4" must fall on a Friday
MONTHS = calendar.month_name[1:]
_DETERMINERS = frozenset(["the", "a", "an", "its", "his", "her", "their", "our", "that"])
_RARE_MONTH = pattern("month_words", "between months")
_OF_A_YEAR = pattern("month_words", "of a year")
_HYPHENED = pattern("month_words", "hyphened")
_NAME_AFTER_MONTH = pattern("month_words", "name behind a month")
_YEAR_BEHIND = pattern("month_words", "year behind")
_NAME_BEFORE = pattern("month_words", "name before a month")


def reader(function: Reader) -> Reader:
    """Register a reader under its name, which is what a rule's `reads` calls it."""
    READERS[function.__name__] = function
    return function


@reader
def odd_order(m: Groups, at: Place) -> When | None:
    """23-2020-September and September-2020-23."""
    return calendar_date({key.rstrip("2"): value for key, value in m.items()}, at)


@reader
def calendar_date(m: Groups, at: Place) -> When | None:
    """A day and a named month, with or without year and weekday."""
    if not _month_word(m["month"], at, _stated_year(m) is not None, m.get("day", "")):
        return None
    month, day = words.month(m["month"]), _day_number(m["day"])
    if day is None or not 1 <= day <= 31:
        return None
    year = _stated_year(m)
    if year is None:
        if _counts_people(m, at):
            return None
        return place_day(month, day, at, words.weekday(m["weekday"]) if "weekday" in m else None)
    found = timex.safe_date(year, month, day)
    if found is None:
        return unresolved(
            f"{year:04d}-{month:02d}-{day:02d}", f"there is no {day} {MONTHS[month - 1]} {year}"
        )
    return replace(timex.day(found), explicit=True)


def _day_number(written: str) -> int | None:
    if written[:1].isdigit() or written.lower().replace("-", " ") in _ordinal_words():
        return words.ordinal(written)
    number = words.number(written)
    return int(number) if number is not None else None


def _ordinal_words() -> frozenset[str]:
    return frozenset(w.replace("-", " ") for w in words.table("ordinal"))


def _stated_year(m: Groups) -> int | None:
    written = m.get("year") or m.get("shortyear") or m.get("shortyear2")
    return words.year(written) if written else None


def _counts_people(m: Groups, at: Place) -> bool:
    """ "In March 12 people fled": a month and a count, not the twelfth of March."""
    month_first = at.text.find(m["month"], at.start) <= at.start + 1
    if month_first and m["day"].isalpha() and at.word_after()[:1].isupper():
        return True  # "in November the second United Nations conference"
    ordinal = m["day"][-2:].lower() in ("st", "nd", "rd", "th")
    if not month_first or ordinal:
        return False
    led = at.word_before() in ("in", "during", "throughout", "mid", "early", "late", "this", "last")
    return led or (not m["day"].isdigit() and at.word_after().islower())


def _month_word(word: str, at: Place, with_year: bool, day: str = "") -> bool:
    """Whether a month's name beside a number is one: "12 may be" is not."""
    if word.lower() not in ("may", "march", "mar", "dec", "sep") or not word.islower() or with_year:
        return True
    if at.word_before() == "on" and at.word_after() in ("that", "this", "last", "the"):
        return True  # "on 1 may that year"
    return not day.isdigit() or not at.word_after().islower()


@reader
def calendar_month(m: Groups, at: Place) -> When | None:
    """A month and a year."""
    year = _stated_year(m)
    if year is None or (
        m["month"] in ("may", "march") and at.word_before() not in words.company("leads_month")
    ):
        return None
    return replace(timex.month(year, words.month(m["month"])), explicit=True)


@reader
def bare_month(m: Groups, at: Place) -> When | None:
    """A month alone, unless it is a verb, a name or part of one."""
    word = m["month"]
    if not _is_month(word, at):
        return None
    behind = _YEAR_BEHIND.match(at.after(40)) if at.word_before() in _DETERMINERS else None
    if behind is not None:  # "the April revolution of 2010"
        return replace(timex.month(int(behind[1]), words.month(word)), explicit=True)
    return place_month(words.month(word), at)


@reader
def month_pointed_at(m: Groups, at: Place) -> When | None:
    """last June, next March: before or after the document's own month; this June is this year's."""
    number, rel = words.month(m["month"]), _LEADING_THIS.sub("", m["rel"].lower())
    if not m["month"][0].isupper():
        return None
    if at.own is None:
        return replace(unresolved(f"XXXX-{number:02d}", unit="month"), inferred=("year",))
    step = 0
    if rel in ("last", "past"):
        step = -1 if number >= at.own.month else 0
    elif rel in ("next", "coming"):
        step = 1 if number <= at.own.month else 0
    made = timex.month(at.own.year + step, number)
    return replace(assumed(made, "year"), stated=(None, number, None))


def _is_month(word: str, at: Place) -> bool:
    name = word.lower().rstrip(".")
    led = at.word_before() in words.company("leads_month") or _HYPHENED.search(at.before(8)) is not None
    if at.before(1) in ("$", "#", "@", "-", "/") and not _HYPHENED.search(at.before(8)):
        return False
    if _NAME_AFTER_MONTH.match(at.after(30)) or _NAME_BEFORE.search(at.before(20)):
        return False
    if len(name) < 5 and name not in ("may", "june", "july"):
        return led and not at.word_after()[:1].isdigit() and (word[0].isupper())
    careful = words.table("month")[name].get("care", ())
    if name not in careful:
        return word[0].isupper() or led
    if word.islower():
        of_year = _OF_A_YEAR.match(at.after(16)) is not None  # "in march last year"
        return (
            at.word_before() in ("in", "since", "until", "last", "next", "of", "the", "from", "after", "mid")
            and (name in ("april", "june") or of_year or not at.word_after().islower())
            and name != "august"
            and at.word_after() != "of"
            and not (at.word_before() == "the" and name in ("may", "march"))
        )
    if word.isupper() and name == "may" and not led:
        return False
    return _careful_month(name, at, led)


def _careful_month(name: str, at: Place, led: bool) -> bool:
    """April, May, June, August and March are also people and verbs."""
    after, before = at.word_after(), at.word_before()
    if _RARE_MONTH.search(at.before(20)) or _RARE_MONTH.match(at.after(30)):
        return True
    if after in ("von", "van", "de", "der", "bin", "ibn", "al"):
        return False  # "August von Mackensen"
    if led and at.word_before() in ("and", "or") and after[:1].isupper():
        return False  # "Karl Brandt and June Whitlow"
    if led:
        return not (name == "march" and after in ("on", "for", "of", "against")) or before in ("in", "since")
    if before in _DETERMINERS or re.search(r"['’]s\s$", at.before(4)):
        return (
            bool(after) and after.islower() and after not in ("on", "of", "for", "to", "against", "in", "and")
        )
    if name in ("march", "may"):
        return at.start == at.sentence.start and after in ("was", "is", "saw") and name == "may"
    capital_before = re.search(r"[A-Z][\w'’-]*\s$", at.before(30))
    return not capital_before and not after[:1].isupper()


@reader
def days_of_month(m: Groups, at: Place) -> When | None:
    """3–5 May 2016, from 3 to 5 May, 3 and 4 May (a set of days)."""
    first, last = words.ordinal(m["day"]), words.ordinal(m["day2"])
    link = m["link"].strip().lower()
    listed = "more" in m or (link == "and" and m.get("lead", "").lower() != "between") or link == "or"
    if (
        "lead" in m
        and m["lead"].lower() == "between"
        and link != "and"
        and len(link) > 1
        and link != "through"
    ):
        return None
    if _DATE_OF_A_MEASURE.match(at.after(8)):
        return None  # "on June 3 to 25 years in prison"
    end = calendar_date({**m, "day": m["day2"]}, at)
    if end is None or end.first is None:
        return end
    wraps = last < first  # "from April 27th to the 3rd"
    month_first = at.text.find(m["month"]) < at.text.find(m["day"], at.start)
    begin = timex.safe_date(end.first.year, end.first.month, first)
    if wraps and begin is not None:
        if month_first:
            end = replace(
                timex.day(timex.shift(end.first, 1, "months")), inferred=end.inferred, explicit=end.explicit
            )
        else:
            begin = timex.shift(begin, -1, "months")
    if begin is None or end.first is None or begin > end.first:
        return None
    whole = timex.span(replace(timex.day(begin), explicit=end.explicit), end)
    if listed:  # EDTF: all of a set in braces, one of a set in brackets
        left, right = ("[", "]") if link == "or" else ("{", "}")
        between = [
            timex.safe_date(end.first.year, end.first.month, int(d)) for d in _digits(m.get("more", ""))
        ]
        if None in between or wraps:
            return None
        days = ",".join(str(d) for d in (begin, *between, end.first))
        whole = replace(whole, edtf=f"{left}{days}{right}")
    return replace(whole, inferred=end.inferred, stated=(end.stated[0], begin.month, begin.day))


def _digits(written: str) -> list[str]:
    return re.findall(r"\d{1,2}", written)


@reader
def months_of_year(m: Groups, at: Place) -> When | None:
    """from January to March 2015; November-February 2016 begins the year before."""
    between = m.get("lead", "").lower() == "between"
    if m["link"].strip().lower() == "and" and not between:
        return None
    if any(m[key].islower() and len(m[key]) < 6 for key in ("month", "month2")) and "lead" not in m:
        return None
    first, last = words.month(m["month"]), words.month(m["month2"])
    year = _stated_year(m)
    end = place_month(last, at) if year is None else replace(timex.month(year, last), explicit=True)
    if end.first is None:
        return timex.span(unresolved(f"XXXX-{first:02d}", unit="month"), end)
    begin = timex.month(end.first.year - (first > last), first)
    begin = replace(begin, explicit=end.explicit, inferred=end.inferred)
    return replace(timex.span(begin, end), stated=(end.stated[0], first, None))


@reader
def day_of_month(m: Groups, at: Place) -> When | None:
    """on the 18th: of the month that the text is in, the past one where the tense says so."""
    if _RANKED.match(at.after(24)):
        return None  # "on the second and last day"
    if at.text[at.start : at.end].lower().endswith(" day"):
        return None  # "on the third day": of something
    return _in_known_month(words.ordinal(m["day"]), m.get("rel", ""), at)


def _in_known_month(day: int, rel: str, at: Place) -> When:
    base = at.own if rel else at.now
    if base is None:
        return unresolved(f"XXXX-XX-{day:02d}")
    step = {"last": -1, "next": 1}.get(rel.lower(), 0)
    if not rel and at.reference is None:
        tense = at.tense()
        step = -1 if tense == "past" and day > base.day else 1 if tense == "future" and day < base.day else 0
    month = timex.shift(base.replace(day=1), step, "months")
    found = timex.safe_date(month.year, month.month, day)
    return (
        assumed(timex.day(found), "year", "month")
        if found
        else unresolved(f"XXXX-XX-{day:02d}", "no such day")
    )


@reader
def days_of_known_month(m: Groups, at: Place) -> When | None:
    """from the 3rd to the 9th: of the month that the text is in."""
    if (m["lead"].lower() == "between") != (m["link"].lower() == "and"):
        return None
    first = _in_known_month(words.ordinal(m["day"]), "", at)
    last = _in_known_month(words.ordinal(m["day2"]), "", at)
    if first.first is None or last.first is None:
        return first if first.reason else last
    if first.first > last.first:  # "from the 27th to the 3rd"
        last = replace(timex.day(timex.shift(last.first, 1, "months")), inferred=last.inferred)
    return timex.span(first, last)


@reader
def weekday_day(m: Groups, at: Place) -> When | None:
    """Friday the 26th: the nearest such day that falls on that weekday."""
    clocked = _CLOCKED.match(at.after(10)) is not None
    if "the" not in m and m["day"].isdigit() and (at.word_after() or not m["day"]) and not clocked:
        return None
    after = at.word_after()
    if (
        not m["day"].isdigit()
        and after.islower()
        and after not in ("at", "and", "from", "to", "in", "between", "or", "around", "about", "by", "until")
        and _CLOCK_BEHIND.match(at.after(16)) is None
    ):
        return None  # "on Tuesday the first witness spoke"
    day, weekday = words.ordinal(m["day"]), words.weekday(m["weekday"])
    if at.own is None:
        return unresolved(f"XXXX-XX-{day:02d}")
    options = []
    for step in range(-14, 15):
        month = timex.shift(at.own.replace(day=1), step, "months")
        found = timex.safe_date(month.year, month.month, day)
        if found and found.isoweekday() == weekday:
            options.append(found)
    if not options:
        return unresolved(f"XXXX-XX-{day:02d}", "no such weekday near the document's date")
    own, tense = at.own, at.tense()
    sided = [d for d in options if (d >= own if tense == "future" else d <= own)] or options
    far = min(abs((d - own).days) for d in sided) > _NEAR_WEEKDAY
    if tense in ("none", "open") or (tense == "past" and far):
        sided = options
    if clocked and "the" not in m and min(abs((d - own).days) for d in options) > _NEAR_WEEKDAY:
        return None
    if clocked and "the" not in m:
        sided = options
    return assumed(timex.day(min(sided, key=lambda d: abs((d - own).days))), "year", "month")


@reader
def nth_weekday(m: Groups, at: Place) -> When | None:
    """the second Tuesday of May 2016, the last Friday of this month."""
    if "month" in m:
        base = calendar_month(m, at) if "year" in m else place_month(words.month(m["month"]), at)
    elif at.own is None:
        return unresolved("XXXX-XX")
    else:
        step = {"last": -1, "next": 1}.get(m["rel"].lower(), 0)
        base = relative(timex.period_of(timex.shift(at.own.replace(day=1), step, "months"), "month"))
    if base is None or base.first is None or base.last is None:
        return base
    weekday = words.weekday(m["weekday"])
    if m["nth"].lower() == "last":
        found = timex.add(base.last, -((base.last.isoweekday() - weekday) % 7))
    else:
        found = timex.add(
            base.first, (weekday - base.first.isoweekday()) % 7 + 7 * (words.ordinal(m["nth"]) - 1)
        )
    made = replace(timex.day(found), inferred=base.inferred, explicit=base.explicit)
    part = m.get("part")
    return replace(made, kind="time", timex=f"{made.timex}T{words.value('part', part)}") if part else made
