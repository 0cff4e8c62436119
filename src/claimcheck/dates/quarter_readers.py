"""Readers of quarters and halves, and of how reports name periods: the latest quarter, the year-earlier
period, year-end, the fiscal third quarter, "in the quarter".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.context import NO_DATE, Place, relative, unresolved
from claimcheck.dates.readers import Groups, reader
from claimcheck.dates.timex import When
from claimcheck.dates.year_readers import base_of, nearest
from claimcheck.lexicon import pattern

_OF_WHAT = pattern("relative_times", "quarter of what")
_PERIODS = frozenset(["week", "month", "quarter", "half", "season", "range"])
NO_FISCAL = "the fiscal year's first day is not known"


@reader
def quarter(m: Groups, at: Place) -> When | None:
    """Q3 2016, 2017-H2; without a year the nearest by tense."""
    year = words.year(m.get("year") or m.get("year2") or "")
    nth, make = int(m["nth"]), timex.quarter if m["sign"] in "Qq" else timex.half
    if year is None:
        if m["sign"] in "Hh" or m["sign"] == "q" or not at.own:
            return None
        return nearest([timex.quarter(at.own.year + step, nth) for step in (-1, 0, 1)], at)
    if nth > 2 and m["sign"] in "Hh":
        return None
    return replace(make(year, nth), explicit=True)


def _reports_half(m: Groups, at: Place) -> bool:
    """ "first-half profit", not "a first-half goal"."""
    hyphened = "-" in at.text[at.start : at.end]
    return hyphened and at.word_after().lower() in words.company("reported_by_half")


@reader
def quarter_words(m: Groups, at: Place) -> When | None:
    """the first quarter of 2013, the second half of March, the first half of the 20th century; a quarter
    without its year is of the year told last."""
    base = base_of(m, at)
    nth, halves = m["nth"].lower(), m["sign"].lower() == "half"
    number = {"last": 2 if halves else 4, "final": 2 if halves else 4}.get(nth) or words.ordinal(nth)
    told = at.reference
    of_told = base is None and not halves and told is not None and told.unit == "year"
    if of_told and at.word_before() in ("in", "during", "over", "for") and not _OF_WHAT.match(at.after(5)):
        assert told is not None
        if told.first is not None:  # "40 in 2022, 12 in *the final quarter*"
            return relative(timex.quarter(told.first.year, number))
    if base is None and (
        (halves and not _reports_half(m, at))
        or nth in ("last", "final")
        or not at.own
        or _OF_WHAT.match(at.after(5))
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
    told = at.reference
    if (
        told is not None
        and told.first is not None
        and (unit == told.unit or (unit == "period" and told.unit in _PERIODS))
    ):
        return told
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
    if not back and unit in ("week", "month", "time"):
        return None  # "the same week" is told from the day that the text is at
    if unit == "time":
        base = timex.period_of(at.own, "month") if at.own is not None and back else None
    else:
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
    """the latest quarter: the last complete one; a fiscal one has no known days."""
    unit = m["unit"].lower()
    if unit == "period":
        told = (
            _running("quarter", at) if at.reference is not None and at.reference.unit == "quarter" else None
        )
        return None if told is None else relative(told)
    if at.own is None:
        return unresolved("XXXX", unit=unit)
    if "kind" in m and unit == "year":
        return When(timex=f"FY{at.own.year - 1}", unit="year", reason=NO_FISCAL)
    if "kind" in m:
        return unresolved("XXXX", NO_FISCAL, unit)
    return relative(_complete(at.own, unit))


@reader
def fiscal_year_said(m: Groups, at: Place) -> When | None:
    """the fiscal year: the one that the document's date lies in, by the name of its year."""
    if at.own is None:
        return unresolved("XXXX", NO_DATE, "year")
    return When(timex=f"FY{at.own.year}", unit="year", reason=NO_FISCAL)


@reader
def fiscal_quarter(m: Groups, at: Place) -> When | None:
    """its fiscal third quarter, the second fiscal quarter of 1998: whose calendar is not known."""
    written = (m.get("nth") or m["nth2"]).lower()
    nth = {"final": 4, "last": 4}.get(written) or words.ordinal(written)
    year = words.year(m.get("year") or "")
    if year is None and at.own is None:
        return unresolved(f"XXXX-Q{nth}", NO_DATE, "quarter")
    if year is None:
        assert at.own is not None
        year = at.own.year
    return When(timex=f"{year:04d}-Q{nth}", unit="quarter", reason=NO_FISCAL, inferred=("year",))


@reader
def quarter_of_year(m: Groups, at: Place) -> When | None:
    """1997's third quarter, the 1997 first half, last year's fourth quarter, the third quarter a year ago."""
    sign, nth = (m.get("sign") or m["sign2"]).lower(), (m.get("nth") or m["nth2"]).lower()
    halves = sign == "half"
    number = {"last": 2 if halves else 4, "final": 2 if halves else 4}.get(nth) or words.ordinal(nth)
    if number > (2 if halves else 4):
        return None
    make = timex.half if halves else timex.quarter
    if "year" in m:
        return replace(make(int(m["year"]), number), explicit=True)
    if at.own is None:
        return unresolved(f"XXXX-{'H' if halves else 'Q'}{number}", unit=sign)
    step = {"this": 0, "next": 1}.get(m.get("rel", "last").lower(), -1)
    return relative(make(at.own.year + step, number))


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
    told = at.reference
    if told is not None and told.unit == unit and told.first is not None and not told.reason:
        return relative(timex.period_of(told.first, unit))
    if at.own is None or (unit == "day" and at.revised):
        return None
    if unit == "quarter":
        return relative(timex.period_of(at.own, unit) if at.tense() == "future" else _complete(at.own, unit))
    return relative(timex.period_of(at.own, unit)) if lead == "for" else None
