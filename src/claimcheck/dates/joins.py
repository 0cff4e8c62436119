"""Neighbouring expressions that are one: "late" + March, two weeks + before + Christmas, Friday + at + 14:00,
March + last year, 3 March + to + 5 April.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.timex import When
from claimcheck.lexicon import pattern, written
from claimcheck.numbers.quantities import says_change

# ----------------------------------------------------------------------------------------------------
# Expressions that only their neighbour fixes: March + last year, a week + starting on Friday, three weeks
# after Christmas + on Friday, the night + of 3 March.
#
# Pure joins of two expressions of one sentence, or of one with the words in front of it.


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression in the text: its span, its reading and the rule that made it."""

    start: int
    end: int
    when: When
    rule: str


_PART_OF = pattern("attached", "part of the day")
_ENDED = pattern("attached", "ended")
_NEAR = 45  # days in which a week is meant though its first day is no Monday


def of_year(text: str, last: Found, item: Found, gap: str) -> Found | None:
    """ "March last year", "3 May of that year", "last year in March": the year is the neighbour's."""
    if _points_at_year(text, item) and pattern("attached", "of the year").fullmatch(gap):
        dated, pointed = last.when, item.when
    elif _points_at_year(text, last) and pattern("attached", "in the year").fullmatch(gap):
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
        and pattern("attached", "year words").search(text, found.start, found.end) is not None
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
    found = pattern("attached", "starting").fullmatch(gap)
    if found is None or length.kind != "duration" or length.value is None or length.comparator != "eq":
        return None
    if start.kind not in ("date", "time") or start.unit != "day" or start.first is None or start.reason:
        return None
    if found["from"] and not pattern("attached", "for").search(text, max(0, last.start - 16), last.start):
        return None  # "two weeks from 5 May" is a day
    count, unit = length.value, length.unit
    if unit not in ("days", "weeks", "months", "years") or count != int(count) or count < 1:
        return None
    end = timex.add(timex.shift(start.first, int(count), unit), -1)
    made = replace(timex.days(start.first, max(start.first, end), length.timex), inferred=start.inferred)
    return Found(last.start, item.end, replace(made, explicit=start.explicit), f"{item.rule}+lasting")


def on_the_day(last: Found, item: Found, gap: str) -> Found | None:
    """ "ten years ago today", "six months ago yesterday": the day itself."""
    if last.rule != "dates.ago" or item.rule != "dates.today" or not _ON.fullmatch(gap):
        return None
    first, day = last.when.first, item.when.first
    if first is None or day is None or item.when.unit != "day" or last.when.unit not in ("year", "month"):
        return None
    back = 12 * (first.year - day.year) + (first.month - day.month) * (last.when.unit == "month")
    made = replace(timex.day(timex.shift(day, back, "months")), inferred=last.when.inferred)
    return Found(last.start, item.end, made, f"{last.rule}+the_day")


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


def week_of(text: str, item: Found, low: int, own: date | None) -> Found:
    """the week of 5 March, the week ending 4 June, the year ended March 31, the month of May."""
    when = item.when
    if when.kind != "date" or when.first is None or when.unit not in ("day", "month", "year"):
        return item
    found = pattern("attached", "week of").search(text, max(low, item.start - 40), item.start)
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
        made = _one_unit(when.first, unit, back)
    made = replace(made, inferred=when.inferred, explicit=when.explicit)
    return replace(item, start=found.start(), when=made, rule=item.rule + "+week")


def _from_monday(when: When, own: date | None) -> When:
    """The day in the year beside in which it is a Monday, as the first day of a week is, where the text
    leaves the year out and the day is in the middle of a week else, months off the document's own."""
    if when.inferred != ("year",) or when.first is None or when.first.isoweekday() in (1, 7):
        return when
    if own is None or abs((when.first - own).days) <= _NEAR:
        return when
    beside = [in_year(when, when.first.year + by) for by in (-1, 1)]
    return next((w for w in beside if w is not None and w.first and w.first.isoweekday() == 1), when)


def _one_unit(day: date | None, unit: str, back: bool) -> When:
    """The week, quarter or year that ends with a day, or begins with it."""
    assert day is not None
    many, times = {"half": ("months", 6), "weekend": ("days", 2)}.get(unit) or words.unit(unit)
    if back:
        first, last = timex.shift(timex.add(day, 1), -times, many), day
    else:
        first, last = day, timex.add(timex.shift(day, times, many), -1)
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


# ----------------------------------------------------------------------------------------------------
# A day and a clock beside it, and what lasts from one such moment to another: "Friday at 14:00", "from 9
# p.m. on Monday to 6 a.m. on Tuesday".

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


# ----------------------------------------------------------------------------------------------------
# Neighbouring expressions that are one: "late" + March, two weeks + before + Christmas, Friday + at +
# 14:00, 3 March + to + 5 April.
#
# Works on the expressions of one sentence, in text order; what is joined keeps the rule of its main part
# with the join's name behind it ("month+part").

_TO = pattern("date_joins", "to")
_PART = pattern("date_joins", "part")
_NOUNS = frozenset(
    [
        "beginning", "start", "end", "close", "turn", "dawn", "outset", "middle", "latter part",
        "latter half", "early part", "late part",
    ]
)  # fmt: skip
_MODS = {
    "early": "START", "earlier": "START", "beginning": "START", "start": "START", "turn": "START",
    "dawn": "START", "outset": "START", "early part": "START", "mid": "MID", "middle": "MID",
}  # fmt: skip
_OFFSET = pattern("date_joins", "offset")
_LATER = pattern("date_joins", "or later")
_LISTED = pattern("date_joins", "listed")
_COARSE = frozenset(["month", "year", "decade", "century", "week", "quarter", "half", "season", "weekend"])


def join(text: str, found: Sequence[Found], low: int, high: int, own: date | None) -> list[Found]:
    """The expressions of a sentence (`low`..`high`), neighbours that are one expression made one."""
    out: list[Found] = []
    for item in found:
        before = next((o.end for o in reversed(out) if o.when.keep), low)
        item = _with_low_end(text, item, before)
        item = part_of_day(text, week_of(text, item, before, own), before)
        item = _with_part(text, item, before, own)
        merged = (
            _with_last(text, out[-1], item, low, own)
            if out and out[-1].when.keep and item.when.keep
            else None
        )
        if merged is None:
            if out and out[-1].when.keep:
                out[-1] = ending(out[-1], item, text[out[-1].end : item.start])
            out.append(_one_unit_off(text, item, before))
            merged = out[-1]
        out[-1] = merged
        if len(out) > 1:
            gap = text[out[-2].end : merged.start]
            both = on_the_day(out[-2], merged, gap) or clock_range(text, out[-2], merged, gap, low)
            out[-2:] = [both] if both else out[-2:]
    return [_onwards(text, f, high) for f in _years_lent(text, [f for f in out if f.when.keep])]


def _with_low_end(text: str, item: Found, low: int) -> Found:
    """between 5 and 7 years, three or four weeks, 25 – 40min: the number before is the lower end."""
    when = item.when
    if when.kind != "duration" or when.value is None or when.comparator != "eq":
        return item
    found = _low_end().search(text, max(low, item.start - 40), item.start)
    if found is None or (found["way"].lower() == "and") != (found["lead"] is not None):
        return item
    if found["way"].lower() == "to" and says_change(text, found.start("all")):
        return item  # "extended from two to three years"
    least = words.number(found["num"])
    if least is None or not 0 < least < when.value or found["num"].lower() in ("a", "an"):
        return item
    made = replace(when, value=None, low=least, high=when.value, comparator="range", timex=None)
    return replace(item, start=found.start("all"), when=made, rule=item.rule + "+range")


@cache
def _low_end() -> re.Pattern[str]:
    return re.compile(
        words.expand(
            rf"(?P<all>{written('date_joins', 'before a low end')}(?<![\w.,$€£-])"
            rf"(?P<num><NUM:>)\s?{written('date_joins', 'behind a low end')}\s?)$"
        ),
        re.IGNORECASE,
    )


def _years_lent(text: str, found: list[Found]) -> list[Found]:
    """ "in July, August and September 2015": what stands before an "and" takes the year behind it."""
    for i in range(len(found) - 2, -1, -1):
        a, b = found[i], found[i + 1]
        listed = b.start - a.end < 24 and _LISTED.fullmatch(text[a.end : b.start])
        if (
            not listed
            or "year" not in a.when.inferred
            or not b.when.explicit
            or b.when.unit not in ("day", "month", "season")
        ):
            continue
        if a.when.unit == b.when.unit == "season" and b.when.first is not None:
            named = timex.season(b.when.first.year, (a.when.timex or "")[-2:])
            found[i] = replace(a, when=replace(named, inferred=("year",)))
        if a.when.kind == "date" and a.when.stated[1] is not None and a.when.unit in ("day", "month"):
            found[i] = replace(a, when=replace(_lend_year(a.when, b.when), inferred=("year",)))
    return found


def _with_part(text: str, item: Found, low: int, own: date | None) -> Found:
    """Early March, the end of 2017, late on Friday, earlier in the week."""
    when = item.when
    if when.kind not in ("date", "time") or when.unit not in _COARSE | {"day"} or when.mod:
        return item
    found = _PART.search(text, max(low, item.start - 40), item.start)
    if found is None:
        return item
    word = re.sub(r"\s+", " ", found["mod"].lower())
    link = found["link"].lower()
    if when.kind == "time" and (link.strip() or word not in ("early", "late") or when.first != when.last):
        return item  # "*early* Sunday morning"
    if word in ("late", "early", "later", "earlier") and "of" in link:
        return item
    if (
        word in _NOUNS
        and "of" not in link
        and not (word in ("end", "middle") and when.unit in ("month", "year"))
    ):
        return item
    if word in ("end", "middle") and "of" not in link and " in " in f" {link}":
        return item
    if when.unit == "day" and (
        word not in ("early", "late", "earlier", "later", "end") or ("of" in found["link"] and word != "end")
    ):
        return item
    mod = _MODS.get(word, "START" if word.startswith("early") else "END")
    two = pattern("date_joins", "between two parts").fullmatch(word)
    start = found.start("at") + (len(found["at"]) - len(found["at"].lstrip()))
    start = _skip(text, start, ("towards ", "around ", "about "))
    made = timex.part(when, mod)
    if two:
        ends = timex.part(when, "MID" if two[2] == "mid" else "END")
        made = timex.part(when, "START" if two[1] == "early" else "MID")
        made = replace(made, last=ends.last, mod=None, edtf=f"{made.first}/{ends.last}")
    if own and when.first and when.last and when.first < own <= when.last and word in ("earlier", "later"):
        made = replace(made, first=when.first, last=timex.add(own, -1))
        made = made if word == "earlier" else replace(made, first=own, last=when.last)
    elif word in ("earlier", "later"):  # than what the text tells of, on whatever day that was
        made = replace(made, first=when.first, last=when.last)
    return replace(item, start=start, when=replace(made, keep=True), rule=item.rule + "+part")


def _skip(text: str, start: int, words_out: tuple[str, ...]) -> int:
    for word in words_out:
        if text[start : start + len(word)].lower() == word:
            return start + len(word)
    return start


def _one_unit_off(text: str, item: Found, low: int) -> Found:
    """the day after 3 March, the week before Christmas."""
    when = item.when
    if when.kind != "date" or when.first is None or when.unit not in ("day", "month", "year"):
        return item
    found = _OFFSET.search(text, max(low, item.start - 40), item.start)
    if found is None or not found["one"]:
        return item
    unit, back = found["unit"].lower(), way_back(found["way"])
    if unit in ("night", "morning") or back is None:
        return item
    if found["way"].lower() == "from" and found["one"].lower().startswith("the"):
        return item  # "the month from 27 December" begins on that day
    whole = found["one"].lower().startswith("the") and found["way"].lower() != "from"
    if whole and when.unit == "day" and unit != "day":  # "the week before Christmas", not "a week before"
        made = stretch_beside(when, 1, unit, back)
        return replace(item, start=found.start("one"), when=made, rule=item.rule + "+offset")
    return _moved(item, found.start("one"), "1", unit, found["way"], "+offset")


def way_back(way: str) -> bool | None:
    """Whether a preposition between a length and a date goes back in time; None where it says neither."""
    word = way.lower()
    if word in ("before", "prior to", "preceding"):
        return True
    return False if word in ("after", "from", "following", "following on", "since") else None


def _moved(item: Found, start: int, count: str, unit: str, way: str, name: str) -> Found:
    many, times = words.unit(unit)
    number = words.number(count)
    first = item.when.first
    if number is None or first is None or many in ("hours", "minutes", "seconds") or number != int(number):
        return item
    base = first if way_back(way) or item.when.last is None else item.when.last
    moved = timex.shift(base, int(number) * times * (-1 if way_back(way) else 1), many)
    unit_of_result = item.when.unit if many in ("days", "weeks") else many.removesuffix("s")
    made = (
        timex.day(moved)
        if item.when.unit == "day"
        else timex.period_of(moved, unit_of_result if unit_of_result != "range" else "day")
    )
    made = replace(made, inferred=item.when.inferred, explicit=item.when.explicit, mod=None)
    return replace(item, start=start, when=made, rule=item.rule + name)


def _with_last(text: str, last: Found, item: Found, low: int, own: date | None) -> Found | None:
    """The last expression and this one as one: offset, clock, range; None where they stay two."""
    gap = text[last.end : item.start]
    if len(gap) > 24 or "\n\n" in gap:
        return None
    return (
        lasting(text, last, item, gap)
        or _offset(text, last, item, gap, low)
        or of_year(text, last, item, gap)
        or clocked(last, item, gap)
        or _apposed(last, item, gap)
        or _range(text, last, item, gap, low, own)
    )


def _offset(text: str, last: Found, item: Found, gap: str, low: int) -> Found | None:
    found = _OFFSET.fullmatch(gap)
    if last.when.kind != "duration" or last.when.value is None or found is None or found["one"]:
        return None
    if item.when.kind != "date" or item.when.unit not in ("day", "week") or item.when.first is None:
        return None
    if found["way"].lower() == "since":
        return None
    unit, count = last.when.unit, last.when.value
    if unit in ("hours", "minutes", "seconds") or count != int(count):
        return None
    back = way_back(found["way"])
    bound = pattern("date_joins", "bound").search(text, max(low, last.start - 16), last.start)
    if back is not None and (bound or text[last.start : last.start + 4].lower() == "the "):
        made = stretch_beside(item.when, int(count), unit, back)
        return Found(last.start, item.end, made, item.rule + "+stretch")
    return _moved(item, last.start, str(int(count)), unit, found["way"], "+offset")


def stretch_beside(when: When, count: int, unit: str, back: bool) -> When:
    """ "the two weeks before Christmas", "within two weeks of it": all the days, where "two weeks before
    Christmas" is one."""
    assert when.first is not None
    many, times = words.unit(unit)
    base = when.first if back else timex.add(when.last or when.first, 1)
    far = timex.shift(base, count * times * (-1 if back else 1), many)
    made = timex.days(far, timex.add(base, -1)) if back else timex.days(base, timex.add(far, -1))
    return replace(made, inferred=when.inferred, explicit=when.explicit)


def _apposed(last: Found, item: Found, gap: str) -> Found | None:
    """ "tomorrow, 13 April 2021": two names of one day beside each other; a year behind a day or month."""
    a, b = last.when, item.when
    if not re.fullmatch(r",?\s{1,2}\(?|\s?\(", gap) or a.kind != "date" or b.kind != "date":
        return None
    if a.unit == b.unit == "day" and a.first == b.first and a.first is not None and "(" not in gap:
        return replace(item, start=last.start, rule=f"{last.rule}+{item.rule}")
    return None


def _range(text: str, last: Found, item: Found, gap: str, low: int, own: date | None) -> Found | None:
    """from X to Y, between X and Y, X–Y: one period from X's first day to Y's last."""
    a, b = last.when, item.when
    if a.kind not in ("date",) or b.kind not in ("date",) or "/" in (a.timex or "") + (b.timex or ""):
        return None
    lead = FROM.search(text, max(low, last.start - 14), last.start)
    between = lead is not None and lead["lead"].lower() == "between"
    if lead is not None and a.explicit:
        gap = gap.removeprefix(",")  # "from May 8, 2014, to May 9, 2015"
    to_date = text[item.start : item.end].lower() == "to date" and gap.isspace()
    if not (to_date or TO.fullmatch(gap) or (between and AND.fullmatch(gap))):
        return None
    if any(w.unit == "reference" and w.timex != "PRESENT_REF" for w in (a, b)):
        return None
    if lead is None and _TO.fullmatch(gap) and a.unit != b.unit:
        return None
    a, b = _same_week(_lend_year(a, b), b, own)
    backwards = a.first is None or b.last is None or a.first > b.last
    if backwards and a.reason is None and b.reason is None:
        return None
    start = last.start if lead is None else lead.start()
    return Found(start, item.end, timex.span(a, b), f"{last.rule}+range")


def _lend_year(a: When, b: When) -> When:
    """The first end takes the second's year ("18 November to 19 December 2015"), or the year before."""
    year, month, day = a.stated
    if year is not None or month is None or b.first is None:
        return a
    if not (b.explicit or "year" in b.inferred):
        return a
    y = b.first.year
    made = _dated(y, month, day)
    if made is None or (made.first is not None and b.last is not None and made.first > b.last):
        made = _dated(y - 1, month, day)
    if made is None:
        return a
    made = replace(made, inferred=b.inferred, explicit=b.explicit)
    return timex.part(made, a.mod) if a.mod in ("START", "MID", "END") else made


def _same_week(a: When, b: When, own: date | None) -> tuple[When, When]:
    """ "from Monday to Friday" runs forward: the week before in the past, the week after in the future."""
    weekdays = all(w.unit == "day" and len(w.inferred) == 3 and w.first is not None for w in (a, b))
    if not weekdays or a.first is None or b.first is None or not 0 < (a.first - b.first).days < 7:
        return a, b
    if own is not None and b.first <= own:
        return replace(timex.day(timex.add(a.first, -7)), inferred=a.inferred), b
    return a, replace(timex.day(timex.add(b.first, 7)), inferred=b.inferred)


def _dated(year: int, month: int, day: int | None) -> When | None:
    if day is None:
        return timex.month(year, month)
    found = timex.safe_date(year, month, day)
    return None if found is None else timex.day(found)


def _onwards(text: str, item: Found, high: int) -> Found:
    """ "2016 or later", "from 2016 onwards": no last day; "2016 or earlier": no first."""
    found = _LATER.match(text, item.end, min(high, item.end + 20))
    if found is None or item.when.kind != "date" or item.when.first is None:
        return item
    if found["back"]:
        made = replace(item.when, first=None, edtf=f"../{item.when.edtf}", mod="BEFORE")
    else:
        made = replace(item.when, last=None, edtf=f"{item.when.edtf}/..", mod="AFTER")
    return replace(item, end=found.end(), when=made, rule=item.rule + "+onwards")
