"""Periods of the calendar with their TIMEX3 value, EDTF and closed days: pure arithmetic, no text.

A period keeps the unit it was named in: a month stays a month. TIMEX3 values follow TimeML 1.2.1
(Saurí et al., 2006), EDTF is ISO 8601-2 level 2. Days before year 1 and after 9999 have a TIMEX3 value but
no days. Weeks are ISO weeks; seasons are the meteorological ones of the northern hemisphere (winter 2016 is
December 2016 to February 2017); a century and a decade are counted by their digits (1800-1899, 1990-1999).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from claimcheck.model import Comparator, MentionKind, replace

SEASONS = {"SP": (3, "21"), "SU": (6, "22"), "FA": (9, "23"), "WI": (12, "24")}
_SYMBOL = {
    "years": "Y", "months": "M", "weeks": "W", "days": "D", "hours": "H", "minutes": "M", "seconds": "S",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """What a time expression denotes. `unit` is the unit it was named in; `stated` are the parts of a date
    that the text itself gives (year, month, day), so that a range can lend the missing year."""

    kind: MentionKind = "date"
    timex: str | None = None
    first: date | None = None
    last: date | None = None
    edtf: str | None = None
    unit: str = "day"
    stated: tuple[int | None, int | None, int | None] = (None, None, None)
    inferred: tuple[str, ...] = ()
    mod: str | None = None
    reason: str | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    measured_in: str | None = None
    comparator: Comparator = "eq"
    explicit: bool = False  # its year stands in the text, or is carried on from one that does
    keep: bool = True  # False: only a base for "the end of the year", nothing by itself

    @property
    def timex_is_length(self) -> bool:
        """Whether its TIMEX3 value is a length ("the last two years" is P2Y with days)."""
        return (self.timex or "").startswith("P") and not (self.timex or "").endswith("_REF")


def day(d: date) -> When:
    """One day."""
    return When(timex=d.isoformat(), first=d, last=d, edtf=d.isoformat(), stated=(d.year, d.month, d.day))


def month(y: int, m: int) -> When:
    """A calendar month."""
    last = date(y, m, calendar.monthrange(y, m)[1])
    name = f"{y:04d}-{m:02d}"
    return When(timex=name, first=date(y, m, 1), last=last, edtf=name, unit="month", stated=(y, m, None))


def year(y: int) -> When:
    """A calendar year."""
    name = f"{y:04d}"
    return When(
        timex=name, first=date(y, 1, 1), last=date(y, 12, 31), edtf=name, unit="year", stated=(y, None, None)
    )


def decade(start: int) -> When:
    """The ten years that share their first three digits: decade(1990)."""
    name = f"{start // 10:03d}"
    return When(
        timex=name, first=date(max(start, 1), 1, 1), last=date(start + 9, 12, 31), edtf=f"{name}X",
        unit="decade", stated=(start, None, None), explicit=True,
    )  # fmt: skip


def century(nth: int, before: bool = False) -> When:
    """The nth century; `before` the common era it has no days."""
    if before:
        return When(timex=f"BC{nth:02d}", unit="century", explicit=True)
    start = (nth - 1) * 100
    return When(
        timex=f"{nth - 1:02d}", first=date(max(start, 1), 1, 1), last=date(start + 99, 12, 31),
        edtf=f"{nth - 1:02d}XX", unit="century", explicit=True,
    )  # fmt: skip


def week(d: date) -> When:
    """The ISO week that holds a day, Monday to Sunday."""
    monday = add(d, 1 - d.isoweekday())
    sunday = add(monday, 6)
    y, w, _ = d.isocalendar()
    return When(timex=f"{y:04d}-W{w:02d}", first=monday, last=sunday, edtf=f"{monday}/{sunday}", unit="week")


def weekend(d: date) -> When:
    """The Saturday and Sunday of the ISO week that holds a day."""
    base = week(d)
    assert base.first is not None
    saturday, sunday = add(base.first, 5), add(base.first, 6)
    return When(
        timex=f"{base.timex}-WE", first=saturday, last=sunday, edtf=f"{saturday}/{sunday}", unit="weekend"
    )


def quarter(y: int, q: int) -> When:
    """A quarter of a calendar year, 1-4."""
    return _months(f"{y:04d}-Q{q}", y, 3 * q - 2, 3, f"{y:04d}-{32 + q}", "quarter")


def half(y: int, h: int) -> When:
    """A half of a calendar year, 1-2."""
    return _months(f"{y:04d}-H{h}", y, 6 * h - 5, 6, f"{y:04d}-{39 + h}", "half")


def season(y: int, code: str) -> When:
    """A season: SP, SU, FA or WI of a year."""
    start, edtf = SEASONS[code]
    return _months(f"{y:04d}-{code}", y, start, 3, f"{y:04d}-{edtf}", "season")


def _months(timex: str, y: int, start: int, count: int, edtf: str, unit: str) -> When:
    first = month(y, start).first
    assert first is not None
    last = add(shift(first, count, "months"), -1)
    return When(timex=timex, first=first, last=last, edtf=edtf, unit=unit, stated=(y, None, None))


def span(first: When, last: When) -> When:
    """From the first day of one period to the last day of another. Order is the caller's business."""
    ends = [
        e if e and "/" not in e else str(d or "..")
        for e, d in ((first.edtf, first.first), (last.edtf, last.last))
    ]
    edtf = "/".join(ends)
    inferred = tuple(dict.fromkeys([*first.inferred, *last.inferred]))
    return When(
        timex=f"{first.timex}/{last.timex}", first=first.first, last=last.last, edtf=edtf, unit="range",
        inferred=inferred, reason=first.reason or last.reason, explicit=first.explicit and last.explicit,
        stated=first.stated,
    )  # fmt: skip


def days(first: date, last: date, timex: str | None = None) -> When:
    """A stretch of days with a TIMEX3 value of its own, else `first/last`."""
    name = first.isoformat() if first == last else f"{first}/{last}"
    return When(timex=timex or name, first=first, last=last, edtf=name, unit="range")


def add(d: date, count: int) -> date:
    """`count` days later; the calendar's own ends stay."""
    try:
        return d + timedelta(days=count)
    except OverflowError:
        return date.max if count > 0 else date.min


def shift(d: date, count: int, unit: str) -> date:
    """`count` days, weeks, months or years later; a day that does not exist becomes its month's last."""
    if unit in ("days", "weeks"):
        return add(d, count * (7 if unit == "weeks" else 1))
    months = d.year * 12 + d.month - 1 + count * (12 if unit == "years" else 1)
    y, m = divmod(months, 12)
    if not 1 <= y <= 9999:
        return date.max if count > 0 else date.min
    return date(y, m + 1, min(d.day, calendar.monthrange(y, m + 1)[1]))


def period_of(d: date, unit: str) -> When:
    """The period of a unit that holds a day: day, week, weekend, month, quarter, half, year, decade ..."""
    makers = {
        "day": lambda: day(d), "week": lambda: week(d), "weekend": lambda: weekend(d),
        "month": lambda: month(d.year, d.month), "quarter": lambda: quarter(d.year, (d.month + 2) // 3),
        "half": lambda: half(d.year, (d.month + 5) // 6), "year": lambda: year(d.year),
        "decade": lambda: decade(d.year // 10 * 10), "century": lambda: century(d.year // 100 + 1),
    }  # fmt: skip
    return makers[unit]()


def safe_date(y: int, m: int, d: int) -> date | None:
    """The day, None where the calendar has none (30 February)."""
    if not (1 <= y <= 9999 and 1 <= m <= 12 and 1 <= d <= calendar.monthrange(y, m)[1]):
        return None
    return date(y, m, d)


def duration(count: Decimal | None, unit: str, times: int = 1) -> When:
    """A length of time; None counts an unnamed number of units ("several years" is PXY)."""
    value = None if count is None else count * times
    amount = "X" if value is None else _plain(value)
    symbol = _SYMBOL[unit]
    if unit == "hours" and value is not None and value != value.to_integral_value():
        amount, symbol = _plain(value * 60), "M"  # half an hour is PT30M
    elif unit == "years" and count == Decimal("0.5") and times == 1:
        amount, symbol = "6", "M"
    time = "T" if unit in ("hours", "minutes", "seconds") else ""
    low = value if value is not None else Decimal(2)
    return When(
        kind="duration", timex=f"P{time}{amount}{symbol}", unit=unit, value=value, low=low, high=value,
        measured_in=unit.removesuffix("s"), comparator="eq" if value is not None else "vague",
    )  # fmt: skip


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def part(when: When, mod: str) -> When:
    """The START, MID or END third of a period: early March is its first ten days, late 2017 September on.

    A narrower reading than the whole period on purpose: "late March" must not be supported by 3 March.
    """
    if when.first is None or when.last is None or when.unit == "day":
        return replace(when, mod=mod)
    first, last = when.first, when.last
    if when.unit == "month":
        cuts = (
            replace_day(first, 10), replace_day(first, 10), replace_day(first, 20), replace_day(first, 21),
        )  # fmt: skip
    elif when.unit == "year":
        y = first.year
        cuts = (date(y, 4, 30), date(y, 5, 1), date(y, 8, 31), date(y, 9, 1))
    elif when.unit == "decade":
        y = first.year
        cuts = (date(y + 3, 12, 31), date(y + 4, 1, 1), date(y + 6, 12, 31), date(y + 7, 1, 1))
    else:
        third = ((last - first).days + 1) // 3
        cuts = (add(first, third - 1), add(first, third), add(last, -third), add(last, 1 - third))
    bounds = {"START": (first, cuts[0]), "MID": (cuts[1], cuts[2]), "END": (cuts[3], last)}
    low, high = bounds[mod]
    return replace(when, mod=mod, first=low, last=max(low, high), edtf=f"{low}/{max(low, high)}")


def replace_day(d: date, number: int) -> date:
    """The day of the same month with another number."""
    return d.replace(day=number)
