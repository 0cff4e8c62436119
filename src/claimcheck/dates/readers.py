"""Readers of calendar dates, in words and digits, of years and quarters: the groups of a rule -> the period.

A reader sees the groups of its rule and the place where they stand. It answers None where they are no date.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache, partial

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.context import NO_DATE, Place, assumed, place_day, place_month, relative, unresolved
from claimcheck.dates.timex import When
from claimcheck.lexicon import alternatives, entries, pattern, written

# ----------------------------------------------------------------------------------------------------
# Readers of calendar dates: the groups of a rule -> the period they denote, None where they are no date.
#
# A reader sees the groups of its rule and the place where they stand. It answers None when the words are
# something else in this place ("May we"), and a period with a `reason` when they are a date that cannot be
# resolved ("03/04/2017" in a document of unknown locale).

Groups = dict[str, str]
Reader = Callable[[Groups, Place], When | None]
READERS: dict[str, Reader] = {}

_NEAR_WEEKDAY = 45  # days within which "Friday 23 at 4" must fall on a Friday
MONTHS = calendar.month_name[1:]
_DETERMINERS = frozenset(["the", "a", "an", "its", "his", "her", "their", "our", "that"])
_RARE_MONTH = pattern("month_words", "between months")
_HYPHENED = pattern("month_words", "hyphened")
_NAME_AFTER_MONTH = pattern("month_words", "name behind a month")
_YEAR_BEHIND = pattern("month_words", "year behind")
_NAME_BEFORE = pattern("month_words", "name before a month")


def reader(function: Reader) -> Reader:
    """Register a reader under its name, which is what a rule's `reads` calls it."""
    READERS[function.__name__] = function
    return function


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
    number, rel = words.month(m["month"]), pattern("month_words", "the month").sub("", m["rel"].lower())
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
        of_year = pattern("month_words", "of a year").match(at.after(16)) is not None  # "in march last year"
        return (
            at.word_before() in ("in", "since", "until", "last", "next", "of", "the", "from", "after", "mid")
            and (name in ("april", "june") or of_year or not at.word_after().islower())
            and name != "august"
            and at.word_after() != "of"
            and not (at.word_before() == "the" and name in ("may", "march"))
        )
    return _careful_month(name, at, led)


def _careful_month(name: str, at: Place, led: bool) -> bool:
    """April, May, June, August and March are also people and verbs."""
    after, before = at.word_after(), at.word_before()
    if _RARE_MONTH.search(at.before(20)) or _RARE_MONTH.match(at.after(30)):
        return True
    if after in ("von", "van", "de", "der", "bin", "ibn", "al"):
        return False  # "August von Mackensen"
    if led:
        verb = name == "march" and after in ("on", "for", "of", "against")
        return not verb or before in ("in", "since") or _HYPHENED.search(at.before(8)) is not None
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
    if pattern("month_words", "ranked").match(at.after(24)):
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
    clocked = pattern("month_words", "clock with a preposition").match(at.after(10)) is not None
    if "the" not in m and m["day"].isdigit() and (at.word_after() or not m["day"]) and not clocked:
        return None
    after = at.word_after()
    if (
        not m["day"].isdigit()
        and after.islower()
        and after not in ("at", "and", "from", "to", "in", "between", "or", "around", "about", "by", "until")
        and pattern("month_words", "clock behind").match(at.after(16)) is None
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


# ----------------------------------------------------------------------------------------------------
# Readers of dates in digits: 2016-03-05, 20160305, 25/01/2018, 25/1.
#
# The order of day and month is the document's, else what the weekday or the other end of a range shows;
# where it stays open, the answer names both days.

_OTHER_END = (pattern("month_words", "other end before"), pattern("month_words", "other end behind"))


@reader
def iso_date(m: Groups, at: Place) -> When | None:
    """2016-03-05, 2016/3/5, with or without a clock."""
    if m["sep"] == " " and at.word_before() not in ("on", "dated", "date"):
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


# ----------------------------------------------------------------------------------------------------
# Readers of years and what they name: ranges, decades, centuries, seasons, weeks.

_LEADING_THE = pattern("year_words", "the year")
_MUCH_ON = written("year_words", "much on")
_UNIT_BEHIND = pattern("year_words", "unit behind")
# Prepositions behind which a bare four-digit number is a year unless something is counted.
_HYPHEN_LEAD = pattern("year_words", "hyphened")
_OPEN_BRACKET = re.compile(r"(?:[(\[]|[(\[][^()\[\]\n]{1,60}[,;]\s)$")
_CLOSE_BRACKET = re.compile(r"\s?[)\],;:–-]")
_END_OF_ASIDE = re.compile(r"[)\],.;]|$")
_BOUNDED = pattern("year_words", "bounded")
_YEAR_DETERMINERS = frozenset(["the", "a", "an", "its", "his", "her", "their", "our", "this", "that"])
_DATED = frozenset(["ended", "ending", "dated", "published", "elections", "election", "olympics", "cup"])
_NAMED = re.compile(r"[A-Z][\w.&’'-]*\s$")
_POSSESSIVE = re.compile(r"['’]s?\s$")
_NEAR_YEAR = pattern("year_words", "year before")
_COLON = re.compile(r":\s")
_BEHIND_TITLE = re.compile(r"[^\W\d_][)\]\"'”’]?(?:,| [–—-])\s{1,2}$")
_NEXT_YEAR = pattern("year_words", "next year")


@cache
def _begun() -> re.Pattern[str]:
    """A word of beginning that opens an aside: "(founded ", ", est. "."""
    begun = alternatives(words.company("begins_aside"), "[ ]")
    return re.compile(rf"[(\[,]\s?(?:{begun})\s$", re.IGNORECASE)


@cache
def _compared() -> re.Pattern[str]:
    """A change that is measured against a year: "up 12 per cent on "."""
    compares = alternatives(words.company("compares_on_year"), "[ ]")
    return re.compile(rf"(?:\b|(?<=\d)|\s)(?:{compares}){_MUCH_ON}$", re.IGNORECASE)

_not_years = partial(entries, "not_years", "side", "words")


@reader
def bare_year(m: Groups, at: Place) -> When | None:
    """A four-digit number that its surroundings make a year."""
    number = int(m["year"])
    if not 1000 <= number <= 2100 or not _is_year(number, at):
        return None
    return replace(timex.year(number), explicit=True)


def _is_year(number: int, at: Place) -> bool:
    before, after = at.word_before(), at.word_after()
    fronted = at.before(3) == "In " or (before == "in" and after.endswith("ed"))
    if fronted and 1900 <= number <= 2060 and not _round(number, after):
        return True  # "In 2023 police arrested 406 people", "strikes in 2023 killed 13"
    if _counted(number, at, after):
        return False
    if before == "on" and _compared().search(at.before(48)):
        return 1900 <= number <= 2060 and not _plural(after)
    if _HYPHEN_LEAD.search(at.before(8)):
        return True
    if before in words.company("leads_year") and re.search(r"\w['\"“(]?\s{1,4}$", at.before(6)):
        return before in words.company("leads_year_surely") or (
            1700 <= number <= 2100 and not _round(number, after)
        )
    if after in words.company("year_as_subject") and at.before(2) == ", ":
        return 1800 <= number <= 2060
    if _BOUNDED.search(at.before(32)) or pattern("year_words", "or later").match(at.after(16)):
        return 1700 <= number <= 2100 and not _round(number, after)
    if before == "for" and 1800 <= number <= 2060 and _counts_nothing(after):
        return True
    if before in _not_years("before") or (before in _not_years("name") and _NAMED.search(at.before(40))):
        return False
    modern = 1800 <= number <= 2060
    if _begun().search(at.before(24)) and _END_OF_ASIDE.match(at.after(2)):
        return modern
    if _OPEN_BRACKET.search(at.before(64)) and _CLOSE_BRACKET.match(at.after(2)):
        return 1500 <= number <= 2060
    if _NEAR_YEAR.search(at.before(12)) or (_NEXT_YEAR.match(at.after(12)) and modern):
        return modern
    if before in _YEAR_DETERMINERS or _POSSESSIVE.search(at.before(3)):
        return modern and after.isalpha() and not _round(number, after)
    if _NAMED.search(at.before(40)):
        return 1900 <= number <= 2060 and (
            not after.islower() or after in words.company("follows_year") or not _plural(after)
        )
    ends = after == "" and at.after(3).strip() in ("", ":")
    headed = ends or at.after(1) == ":"
    if headed and _BEHIND_TITLE.search(at.before(8)):  # "Unemployment rate, 2021", "Tarn, 2021: 30 killed"
        return modern
    if (
        not any(map(str.isalnum, at.before(12))) and at.start - at.sentence.start < 12
    ):  # "## 2021", "- 2021: 4 %"
        return modern and (
            ends or after in words.company("follows_year") or _COLON.match(at.after(3)) is not None
        )
    return modern and before in _DATED


def _counted(number: int, at: Place, after: str) -> bool:
    if after.lower() in _not_years("after"):
        return True
    return bool(_UNIT_BEHIND.match(at.after(4))) or (at.before(2).endswith(("$", "£", "€", "#", "№")))


def _counts_nothing(after: str) -> bool:
    """ "profit for 2016 rose", "the plan for 2016 and 2017": no thing counted stands behind."""
    return after == "" or after in words.company("follows_year") or after in words.company("follows_season")


def _round(number: int, after: str) -> bool:
    """2000 in front of a plural counts ("by 1500 archers"); 1987 does not."""
    return number % 100 == 0 and _plural(after)


def _plural(word: str) -> bool:
    return (
        word.islower() and word.endswith("s") and word not in ("was", "is", "has", "as", "its", "this", "us")
    )


@reader
def year_range(m: Groups, at: Place) -> When | None:
    """between 2011 and 2018; 1918-19; from 1914 to 1918."""
    first, link, lead = int(m["year"]), m["link"].strip().lower(), m.get("lead", "").lower()
    two = m["year2"].lstrip("'’")
    short = len(two) == 2
    last = first // 100 * 100 + int(two) if short else int(two)
    if not (1000 <= first < last <= 2100) or _counted(first, at, at.word_after()):
        return None
    if short and two == m["year2"] and (len(link) > 1 or (link == "/" and last != first + 1)):
        return None
    if link == "and" and lead != "between":
        return None
    uncounted = at.word_before() == "for" and last - first <= 20 and _counts_nothing(at.word_after())
    if not lead and (
        (at.word_before() in _not_years("before") and not uncounted) or _round(first, at.word_after())
    ):
        return None
    if lead and _round(first, at.word_after()) and _round(last, at.word_after()):
        return None
    whole = timex.span(timex.year(first), timex.year(last))
    return replace(whole, explicit=True, stated=(first, None, None))


@reader
def year_named(m: Groups, at: Place) -> When | None:
    """the year 2030, CY18, in '87, in nineteen ninety-six."""
    written = m.get("year") or m.get("short") or m["keep"]
    year, after = words.year(written), at.word_after().lower()
    if year is None or not 1000 <= year <= 2100 or at.after(1) in ("-", "'", "’"):
        return None
    if "keep" in m and (_plural(after) or after in _not_years("after")):
        return None
    whole = timex.year(year)
    return assumed(whole, "century") if written[0] in "'’‘" else replace(whole, explicit=True)


@reader
def year_era(m: Groups, at: Place) -> When | None:
    """300 BC, AD 410."""
    year = int(m.get("year") or m["year2"])
    if m.get("era", "").upper().startswith("B"):
        return When(timex=f"BC{year:04d}", unit="year", edtf=f"-{year - 1:04d}", explicit=True)
    return replace(timex.year(year), explicit=True) if 1 <= year <= 2100 else None


@reader
def fiscal_year(m: Groups, at: Place) -> When | None:
    """fiscal 2017, the school year 2022/23: its first day is not known, so it is the calendar's year, or,
    with the year that it ends in, one from July to June."""
    year = words.year(m.get("year") or m["year3"])
    if year is None:
        return None
    two = "year2" in m or "year4" in m
    made = timex.days(date(year, 7, 1), date(year + 1, 6, 30)) if two else timex.year(year)
    return replace(assumed(made, "month", "day"), timex=f"FY{year}", unit="year", explicit=True)


@reader
def decade(m: Groups, at: Place) -> When | None:
    """the 1990s."""
    return timex.decade(int(m["decade"])) if 1000 <= int(m["decade"]) <= 2090 else None


@reader
def decade_short(m: Groups, at: Place) -> When | None:
    """the '80s."""
    start = int(m.get("decade") or m.get("decade2") or m["decade3"])
    written = at.text[at.start : at.end]
    if start < 50 and "decade2" not in m and not re.search(r"['’‘]\d", written):
        return None  # "temperatures in the 30s"
    return assumed(timex.decade(_decade_start(start)), "century")


@reader
def decade_word(m: Groups, at: Place) -> When | None:
    """the nineties, the nineteen-thirties."""
    if "the" not in m and "cent" not in m and at.word_before() not in ("in", "early", "late", "mid"):
        return None
    start = int(words.value("decade", m["dword"]))
    return assumed(timex.decade(_decade_start(start)), "century")


def _decade_start(two: int) -> int:
    return 1900 + two if two >= 20 else 2000 + two


@reader
def century(m: Groups, at: Place) -> When | None:
    """the 14th century."""
    nth = m["nth"].lower()
    if not nth[:1].isdigit() and nth in ("last", "final", "opening", "closing"):
        return None
    number = words.ordinal(m["nth"])
    if not 1 <= number <= 30:
        return None
    return timex.century(number, before=m.get("era", "").upper().startswith("B"))


def base_of(m: Groups, at: Place) -> When | None:
    """The period that a part is taken of."""
    year = m.get("year") or m.get("year2")
    if "month" in m:
        month = words.month(m["month"])
        return replace(timex.month(int(year), month), explicit=True) if year else place_month(month, at)
    if year:
        return replace(timex.year(words.year(year) or 0), explicit=True)
    if "century" in m:
        return timex.century(words.ordinal(m["century"]))
    if "decade" in m:
        return timex.decade(int(m["decade"]))
    unit = m.get("unit2") or (
        m.get("unit") if "rel" in m and m.get("unit") in ("year", "month", "decade") else None
    )
    if "year3" in m:
        unit = "year"
    if unit is None:
        return None
    rel = _LEADING_THE.sub("", m.get("rel", "").lower())
    anchor = at.now if rel in ("the", "same", "previous", "") else at.own
    if anchor is None:
        return unresolved("XXXX", unit="year")
    step = {"last": -1, "previous": -1, "a": -1, "next": 1}.get(rel, 0)
    size = 10 if unit == "decade" else 1
    return relative(
        timex.period_of(
            timex.shift(anchor.replace(day=1), step * size, "months" if unit == "month" else "years"), unit
        )
    )


def nearest(options: list[When], at: Place) -> When | None:
    """The one that the tense asks for, seen from the document's date."""
    assert at.own is not None
    past = [w for w in options if w.last is not None and w.last < at.own]
    later = [w for w in options if w.last is not None and w.last >= at.own]
    chosen = later[:1] if at.tense() == "future" else past[-1:]
    return assumed(chosen[0], "year") if chosen else None


@reader
def part_of_period(m: Groups, at: Place) -> When | None:
    """the first week of March 2016, the last two months of 2017: counted from the period's own ends."""
    base = base_of({k: v for k, v in m.items() if k != "unit"}, at)
    if base is None or base.first is None or base.last is None:
        return base
    count = int(words.number(m.get("num", "one")) or 1)
    unit, nth = m["unit"].lower().removesuffix("s"), m["nth"].lower()
    number = -1 if nth in ("last", "final", "closing") else 1 if nth == "opening" else words.ordinal(nth)
    if unit == "week" and base.unit == "year" and count == 1 and number in range(-1, 54) and number:
        return _iso_week(base, number)
    many = "days" if unit == "day" else unit + "s"
    if m["unit"].lower().endswith("s") and "num" not in m:
        return timex.part(base, "END" if number < 0 else "START")
    if number < 0:
        first, last = timex.add(timex.shift(timex.add(base.last, 1), -count, many), 0), base.last
    else:
        first = timex.shift(base.first, (number - 1) * count, many)
        last = timex.add(timex.shift(first, count, many), -1)
    if first > base.last or last < base.first:  # "the 13th month of 2018" is not the year
        return unresolved(base.timex or "", f"there is no {nth} {unit} of that")
    made = timex.days(max(first, base.first), min(last, base.last))
    return replace(made, explicit=base.explicit, inferred=base.inferred)


def _iso_week(base: When, number: int) -> When:
    assert base.first is not None
    anchor = date(base.first.year, 12, 28) if number < 0 else date(base.first.year, 1, 4)
    return replace(
        timex.week(timex.add(anchor, 7 * (number - 1) if number > 0 else 0)), explicit=base.explicit
    )


@reader
def season_year(m: Groups, at: Place) -> When | None:
    """the summer of 2016, winter 2016-17."""
    name, year = m["season"], words.year(m["year"]) or 0
    if not 1000 <= year <= 2100:
        return None
    return replace(timex.season(year, str(words.value("season", name))), explicit=True)


@reader
def season(m: Groups, at: Place) -> When | None:
    """in the summer: the one that the tense asks for."""
    if not m["season"].islower() or (
        at.word_after().islower() and at.word_after() not in words.company("follows_season")
    ):
        return None
    code = str(words.value("season", m["season"]))
    if m["keep"].lower() == m["season"].lower() and at.word_before() == "in" and at.tense() != "past":
        return When(timex=f"XXXX-{code}", unit="season")  # "in winter": every year
    if at.own is None:
        return unresolved(f"XXXX-{code}", unit="season")
    return nearest([timex.season(at.own.year + step, code) for step in (-2, -1, 0, 1)], at)


@reader
def week_number(m: Groups, at: Place) -> When | None:
    """week 31 of 2017, 2017-W31."""
    number, year = int(m.get("week") or m["week2"]), m.get("year") or m.get("year2")
    if "week" in m and not year and "rel" not in m and at.word_before() not in ("the", "in", ",", ""):
        return None
    base = int(year) if year else None
    if base is None and at.own is not None:
        base = at.own.year + {"last": -1, "next": 1}.get(m.get("rel", ""), 0)
    if base is None or not 1 <= number <= 53:
        return None
    try:
        monday = date.fromisocalendar(base, number, 1)
    except ValueError:
        return None
    return replace(timex.week(monday), explicit=bool(year), inferred=() if year else ("year",))


# ----------------------------------------------------------------------------------------------------
# Readers of quarters and halves, and of how reports name periods: the latest quarter, the year-earlier
# period, year-end, the fiscal third quarter, "in the quarter".

_QUARTER_OF_WHAT = pattern("relative_times", "quarter of what")
_PERIODS = frozenset(["week", "month", "quarter", "half", "season", "range"])
NO_FISCAL = "the fiscal year's first day is not known"


def _reports_half(m: Groups, at: Place) -> bool:
    """ "first-half profit", not "a first-half goal"."""
    hyphened = "-" in at.text[at.start : at.end]
    return hyphened and at.word_after().lower() in words.company("reported_by_half")


@reader
def quarter_words(m: Groups, at: Place) -> When | None:
    """the first quarter of 2013, Q3 2016, last year's fourth quarter, the second half of March, the first
    half of the 20th century; a quarter without its year is of the year mentioned last."""
    base = base_of(m, at)
    nth, halves = m["nth"].lower(), m["sign"].lower() in ("half", "h")
    number = {"last": 2 if halves else 4, "final": 2 if halves else 4}.get(nth) or words.ordinal(nth)
    year = at.reference if base is None and not halves else None
    if (
        (year is not None and year.unit == "year" and year.first is not None)
        and at.word_before() in ("in", "during", "over", "for")
        and not _QUARTER_OF_WHAT.match(at.after(5))
    ):  # "40 in 2022, 12 in *the final quarter*"
        return relative(timex.quarter(year.first.year, number))
    if base is None and (
        (halves and not _reports_half(m, at))
        or nth in ("last", "final")
        or not at.own
        or _QUARTER_OF_WHAT.match(at.after(5))
    ):
        return None
    if base is None or base.unit == "year":
        if halves and number > 2:
            return None
        make = timex.half if halves else timex.quarter
        if base is None:
            assert at.own is not None
            return nearest([make(at.own.year + step, number) for step in (-1, 0, 1)], at)
        if base.first is None:
            return base
        return replace(make(base.first.year, number), explicit=base.explicit, inferred=base.inferred)
    return _share(base, number, 2 if halves else 4)


def _share(base: When, number: int, of: int) -> When | None:
    if base.first is None or base.last is None or number > of:
        return base if number <= of else None
    total = (base.last - base.first).days + 1
    first = timex.add(base.first, total * (number - 1) // of)
    last = timex.add(base.first, total * number // of - 1)
    mod = "START" if number == 1 else "END" if number == of else "MID"
    return replace(base, first=first, last=last, mod=mod, edtf=f"{first}/{last}")


def _complete(own: date, unit: str) -> When:
    """The last period of a unit that ended before a day."""
    begin = timex.period_of(own, unit).first
    assert begin is not None
    return timex.period_of(timex.add(begin, -1), unit)


def _running(unit: str, at: Place) -> When | None:
    """The period of a unit that the text is in: the one named last, else the last complete one."""
    stated = at.reference
    if (
        stated is not None
        and stated.first is not None
        and (unit == stated.unit or (unit == "period" and stated.unit in _PERIODS))
    ):
        return stated
    if at.own is None or unit == "period":
        return None
    return timex.period_of(at.own, unit) if unit in ("week", "month") else _complete(at.own, unit)


def _years_on(when: When, count: int) -> When | None:
    """A period so many years later: a quarter stays a quarter."""
    if when.first is None or when.last is None:
        return None
    first = timex.shift(when.first, 12 * count, "months")
    if when.unit in ("day", "week", "month", "quarter", "half", "year"):
        return timex.period_of(first, when.unit)
    return timex.days(first, timex.shift(when.last, 12 * count, "months"))


@reader
def same_period(m: Groups, at: Place) -> When | None:
    """the same period last year, the year-earlier quarter, the 1997 quarter, the same period."""
    unit = m["unit"].lower()
    back = (
        "back" in m or "year" in m or m["which"].lower().startswith(("year", "prior", "previous", "1", "2"))
    )
    if not back and unit in ("week", "month"):
        return None  # "the same week" is counted from the day that the text is at
    base = _running(unit, at)
    if base is None or base.first is None:
        if unit != "period" or not back or at.own is None:
            return None
        return relative(timex.year(at.own.year - 1))
    year = m.get("year") or (m["which"] if m["which"][:1].isdigit() else None)
    made = _years_on(base, int(year) - base.first.year if year else -1 if back else 0)
    return None if made is None else relative(made)


@reader
def latest_unit(m: Groups, at: Place) -> When | None:
    """the latest quarter: the last complete one."""
    unit = m["unit"].lower()
    return unresolved("XXXX", unit=unit) if at.own is None else relative(_complete(at.own, unit))


@reader
def fiscal_period(m: Groups, at: Place) -> When | None:
    """the fiscal year, its fiscal third quarter, the second fiscal quarter of 1998: whose calendar is not
    known; named by the year of the document's date where they name none."""
    written = (m.get("nth") or m.get("nth2") or "").lower()
    nth = {"final": 4, "last": 4}.get(written) or (words.ordinal(written) if written else 0)
    year = words.year(m.get("year") or "") or (None if at.own is None else at.own.year)
    unit = "quarter" if nth else "year"
    if year is None:
        return unresolved(f"XXXX-Q{nth}" if nth else "XXXX", NO_DATE, unit)
    name = f"{year:04d}-Q{nth}" if nth else f"FY{year}"
    return When(timex=name, unit=unit, reason=NO_FISCAL, inferred=("year",))


@reader
def period_end(m: Groups, at: Place) -> When | None:
    """year-end, the month's end, year-end 1997: the last part of the year that the tense asks for."""
    unit = m["unit"].lower()
    if "year" in m:
        return replace(timex.part(timex.year(int(m["year"])), "END"), explicit=True)
    if at.own is None:
        return unresolved("XXXX", unit=unit)
    base = timex.period_of(at.own, unit)
    past = at.word_before() not in ("by", "before", "until", "till", "through") and at.tense() == "past"
    if past and base.last is not None and base.last > at.own:
        base = _complete(at.own, unit)
    return relative(timex.part(base, "END"))


@reader
def said_unit(m: Groups, at: Place) -> When | None:
    """in the quarter, for the year, during the week: the one that the text named last, else the document's.

    A mere "the year" with none named before is a time only behind "for"; a quarter is the last complete one.
    """
    unit, lead = m["unit"].lower(), m["lead"].lower()
    stated = at.reference
    if stated is not None and stated.unit == unit and stated.first is not None and not stated.reason:
        return relative(timex.period_of(stated.first, unit))
    if at.own is None or (unit == "day" and at.revised):
        return None
    if unit == "quarter":
        return relative(timex.period_of(at.own, unit) if at.tense() == "future" else _complete(at.own, unit))
    return relative(timex.period_of(at.own, unit)) if lead == "for" else None
