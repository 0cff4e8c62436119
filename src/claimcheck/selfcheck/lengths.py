"""Lengths of time beside their dates, ages beside dates of birth, and what came so much later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from claimcheck.lexicon import pattern
from claimcheck.model import Document, Finding, Mention, Period, plain
from claimcheck.selfcheck.base import ends_of, noted, spoken
from claimcheck.selfcheck.marked import Found, Marked

_DAYS = {
    "day": Decimal(1), "night": Decimal(1), "week": Decimal(7), "month": Decimal("30.44"),
    "year": Decimal("365.25"), "decade": Decimal("3652.5"),
}  # fmt: skip
_HALF = Decimal("0.5")  # "a two-year project" of twenty months
_ROUND = Decimal("0.1")  # "a 100-day siege" of 92 days
_BETWEEN = pattern("own_checks", "between")
_LATER = pattern("own_checks", "later")
_DAYS_LATER = pattern("own_checks", "days later")
_ANOTHER_CLAUSE = pattern("own_checks", "another clause")


def length_findings(text: str, marks: Marked) -> Iterator[Finding]:
    """Lengths of time that stand with their first and last day (month, year): "the two-day talks (4–5 May)".

    Both ends may be counted or one; an end that is only a year or a month may be any day of it. Weeks, months
    and years are rounded, and a large number is a round one. "Between" says only within which days.
    """
    for found in marks.holding("length"):
        length, span = found["length"], found["span"]
        ends, per = ends_of(span), _DAYS.get(length.unit or "")
        if length.comparator != "eq" or length.value is None or ends is None or per is None:
            continue
        least, most = _days_between(*ends)
        if _BETWEEN.match(span.text) or length.value != length.value.to_integral_value() or most < 1:
            continue
        slack = length.value * _ROUND + (0 if per == 1 else _HALF)
        fits = Decimal(least) / per - slack <= length.value <= Decimal(most) / per + slack
        told = f"{spoken(Period(ends[0].start, ends[1].end))} is {_counted(least, most, per, length.unit)}"
        told += ", as stated." if fits else f', not "{length.text}".'
        yield noted(text, "duration", found.span, told, problem=not fits)


def _days_between(first: Period, last: Period) -> tuple[int, int]:
    """The least and the greatest number of days from one to the other, one end or both ends counted."""
    if None in (first.start, first.end, last.start, last.end):
        return 0, 0
    least = (last.start or date.max) - (first.end or date.min)
    most = (last.end or date.min) - (first.start or date.min)
    return max(0, least.days), most.days + 1


def _counted(least: int, most: int, per: Decimal, unit: str | None) -> str:
    days = f"{least} or {most}" if most == least + 1 else f"{least} to {most}"
    if per == 1:
        return f"{days} days, as one end is counted or both" if most == least + 1 else f"{days} days"
    low, high = (plain(round(Decimal(days) / per, 1)) for days in (least, most))
    return f"{days} days, or {low if low == high else f'{low} to {high}'} {unit}s"


def later_findings(text: str, marks: Marked) -> Iterator[Finding]:
    """ "The truce of 3 May collapsed two days later, on 9 May": counted on from the clause's only date."""
    for found in marks.holding("later"):
        told, stated = found["begin"], found["end"]
        if _LATER.search(told.text) is None:
            continue
        anchor = _anchor(text, told, marks)
        if anchor is None or anchor.date_start is None or told.date_start is None:
            continue
        expected, period = told.period, stated.period
        if expected is None or period is None or stated.inferred:
            continue
        step = (told.date_start - anchor.date_start).days
        gap = _gap(expected, period)
        exact = (
            expected.start == expected.end and period.start == period.end and _DAYS_LATER.search(told.text)
        )
        agrees = gap <= (1 if exact else max(1, step // 2))
        says = f"{told.text} than {anchor.text} is {spoken(expected)}"
        says += ", as stated." if agrees else f", not {stated.text}."
        yield noted(text, "duration", found.span, says, problem=not agrees)


def _anchor(text: str, told: Mention, marks: Marked) -> Mention | None:
    """The only date in front of "two days later" in its clause."""
    before = [m for m in marks.mentions if told.start - 150 < m.start < told.start and m.is_time]
    if not before or _ANOTHER_CLAUSE.search(text, before[-1].end, told.start) is not None:
        return None
    return before[-1] if before[-1].inferred == () else None


def _gap(one: Period, other: Period) -> int:
    """How many days lie between two periods, 0 where they meet."""
    first, second = (one, other) if (one.start or date.min) <= (other.start or date.min) else (other, one)
    if first.end is None or second.start is None:
        return 0
    return max(0, (second.start - first.end).days)


def age_findings(document: Document, marks: Marked) -> Iterator[Finding]:
    """Ages at death beside birth and death; the age of who is alive against the document's date.

    An age now may be one that somebody had when something happened: only one that nobody of that birth can
    have reached is a problem.
    """
    text = document.text
    for found in marks.holding("age"):
        birth, death = _life(found)
        ages, age = _ages(birth, death), found["age"].value
        if ages is None or age is None or birth is None or death is None:
            continue
        fits = ages[0] <= age <= ages[1]
        told = f"From {spoken(birth)} to {spoken(death)} is {_years(ages)}"
        told += ", as stated." if fits else f", not {plain(age)}."
        yield noted(text, "age", found.span, told, problem=not fits)
    own = None if document.date is None else Period.day(document.date)
    for found in marks.holding("age_now"):
        ages, age = _ages(found["begin"].period, own), found["age"].value
        if ages is None or age is None or own is None or found["begin"].inferred or age < ages[0]:
            continue
        fits = age <= ages[1]
        told = f"From {found['begin'].text} to {spoken(own)} is {_years(ages)}"
        told += ", as stated." if fits else f", not {plain(age)}."
        yield noted(text, "age", found.span, told, problem=not fits)


def _life(found: Found) -> tuple[Period | None, Period | None]:
    """The days of birth and of death, None where a year is left out."""
    if any(mention.inferred for mention in found.slots.values()):
        return None, None
    span = found.slots.get("span")
    if span is None:
        return found["begin"].period, found["end"].period
    return ends_of(span) or (None, None)


def _ages(birth: Period | None, then: Period | None) -> tuple[int, int] | None:
    """The least and the greatest age in full years that the two periods admit."""
    if birth is None or then is None or None in (birth.start, birth.end, then.start, then.end):
        return None
    least = _full_years(birth.end, then.start)
    most = _full_years(birth.start, then.end)
    return (max(0, least), most) if most >= 0 else None


def _full_years(birth: date | None, then: date | None) -> int:
    if birth is None or then is None:
        return 0
    return then.year - birth.year - ((then.month, then.day) < (birth.month, birth.day))


def _years(ages: tuple[int, int]) -> str:
    least, most = ages
    return f"{most} years" if least == most else f"{least} to {most} years"
