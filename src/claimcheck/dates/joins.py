"""Neighbouring expressions that are one: "late" + March, two weeks + before + Christmas, Friday + at + 14:00,
3 March + to + 5 April.

Works on the expressions of one sentence, in text order; what is joined keeps the rule of its main part
with the join's name behind it ("month+part").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.attached import (
    Found,
    ending,
    lasting,
    of_year,
    on_weekday,
    part_of_day,
    stretch_beside,
    unit_beside,
    week_of,
    weekday_beside,
    within,
)
from claimcheck.dates.days_with_clocks import AND, FROM, TO, clock_range, clocked
from claimcheck.dates.timex import When
from claimcheck.lexicon import pattern, written
from claimcheck.numbers.ranges import says_change

_BETWEEN_MODS = pattern("date_joins", "between two parts")
_TO = pattern("date_joins", "to")
_PART = pattern("date_joins", "part")
_NOUNS = frozenset(
    [
        "beginning",
        "start",
        "end",
        "close",
        "turn",
        "dawn",
        "outset",
        "middle",
        "latter part",
        "latter half",
        "early part",
        "late part",
    ]
)
_MODS = {
    "early": "START",
    "earlier": "START",
    "beginning": "START",
    "start": "START",
    "turn": "START",
    "dawn": "START",
    "outset": "START",
    "early part": "START",
    "mid": "MID",
    "middle": "MID",
}
_BOUND = pattern("date_joins", "bound")
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
            both = on_weekday(out[-2], merged, gap) or clock_range(text, out[-2], merged, gap, low)
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
    two = _BETWEEN_MODS.fullmatch(word)
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
        made = unit_beside(when.first, unit, back)
        made = replace(made, inferred=when.inferred, explicit=when.explicit)
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
        or weekday_beside(text, last, item, gap)
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
    if text[last.start : last.start + 4].lower() == "the " and back is not None:
        made = stretch_beside(item.when, int(count), unit, back)
        return Found(last.start, item.end, made, item.rule + "+stretch")
    moved = _moved(item, last.start, str(int(count)), unit, found["way"], "+offset")
    bound = _BOUND.search(text, max(low, last.start - 16), last.start)
    if bound is None or back is None or moved.when.first is None or moved.when.last is None:
        return moved
    return replace(moved, when=within(item.when, moved.when, back, strict=bound["strict"] is not None))


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
