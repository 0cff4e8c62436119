"""Common axes for the pictures: where a value stands, in per cent of the width, and which ticks to print.

Positions are per cent because the pictures have no fixed width: the bars stretch with the window while the
letters keep their size.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from typing import Protocol

from claimcheck.model import WIDE, plain
from claimcheck.report.words import SCALES

MARGIN = 6.0  # per cent kept free on either side: an open end's arrow needs somewhere to go
_MONTHS = calendar.month_abbr[1:]


class Axis(Protocol):
    """A scale from values to positions. Dates are passed as their ordinal day."""

    def at(self, value: Decimal) -> float:
        """The position of a value in per cent of the width, within 0 and 100."""
        ...

    def ticks(self) -> list[tuple[float, str]]:
        """Positions and labels to print below."""
        ...


def _spread(share: float) -> float:
    return round(min(100.0, max(0.0, MARGIN + share * (100 - 2 * MARGIN))), 3)


@dataclass(frozen=True, slots=True)
class NumberAxis:
    """From `low` to `high`, logarithmic where the values span more than two orders of magnitude."""

    low: Decimal
    high: Decimal
    log: bool = False

    @classmethod
    def over(cls, values: Iterable[Decimal]) -> NumberAxis | None:
        """The axis that shows all finite values; None where there is none."""
        known = [v for v in values if v.is_finite()]
        if not known:
            return None
        low, high = min(known), max(known)
        if low == high:
            around = max(abs(low) / 10, Decimal(1))
            return cls(low - around, high + around)
        return cls(low, high, log=low > 0 and high / low > 100)

    def at(self, value: Decimal) -> float:
        with localcontext() as context:
            context.prec = WIDE.prec
            low, high, here = self.low, self.high, min(max(value, self.low), self.high)
            if self.log:
                low, high, here = low.log10(), high.log10(), here.log10()
            return _spread(float((here - low) / (high - low)))

    def ticks(self) -> list[tuple[float, str]]:
        with localcontext() as context:
            context.prec = WIDE.prec
            values = list(self._powers() if self.log else self._steps())
        return [(self.at(v), short_number(v)) for v in values]

    def _steps(self) -> Iterator[Decimal]:
        """Round values, one to five of them: the step is 1, 2 or 5 times a power of ten."""
        raw = (self.high - self.low) / 4
        power = Decimal(10) ** raw.adjusted()
        step = next(power * m for m in (1, 2, 5, 10) if power * m >= raw)
        first, last = (self.low / step).to_integral_value("ROUND_CEILING"), self.high / step
        yield from (n * step for n in map(Decimal, range(int(first), int(last) + 1)))

    def _powers(self) -> Iterator[Decimal]:
        """Powers of ten, thinned to at most five; they always number two, the span being over two orders."""
        first = self.low.adjusted() + (self.low != Decimal(10) ** self.low.adjusted())
        last = self.high.adjusted()
        for exponent in range(first, last + 1, max(1, -(-(last - first + 1) // 5))):
            yield Decimal(10) ** exponent


def short_number(value: Decimal) -> str:
    """A number for a tick: thousands separated, "2.5 million", and a power of ten from 10^15 on."""
    value += 0  # minus nought is nought
    size = abs(value)
    if size >= Decimal(10) ** 15 or (size and size < Decimal(10) ** -6):
        return f"{value.normalize():.0e}".replace("e+", " × 10^").replace("e-", " × 10^-")
    for unit, word in SCALES:
        if size >= unit:
            return f"{plain(value / unit)} {word}"
    return plain(value)


@dataclass(frozen=True, slots=True)
class DateAxis:
    """Days from `low` to `high`, both as ordinals; the day `d` takes the width from d to d + 1."""

    low: int
    high: int

    @classmethod
    def over(cls, days: Iterable[date]) -> DateAxis | None:
        """The axis that shows all days; None where there is none."""
        known = [day.toordinal() for day in days]
        return cls(min(known), max(known) + 1) if known else None

    def at(self, value: Decimal) -> float:
        return _spread((float(value) - self.low) / (self.high - self.low))

    def ticks(self) -> list[tuple[float, str]]:
        return [(self.at(Decimal(d.toordinal())), label) for d, label in date_ticks(self.low, self.high)]


def date_ticks(low: int, high: int) -> list[tuple[date, str]]:
    """At most six days, months or years between two ordinals (the second exclusive) to print on an axis."""
    first, days = date.fromordinal(low), high - low
    last = date.fromordinal(high - 1)
    if days <= 62:
        step = next(s for s in (1, 2, 5, 7, 14) if days <= 5 * s or s == 14)
        return _named([first + timedelta(days=n) for n in range(0, days, step)])
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= 30:
        step = next(s for s in (1, 2, 3, 6) if months <= 5 * s or s == 6)
        starts = [_month(first, n) for n in range(0, months, step)]
        return [(d, f"{_MONTHS[d.month - 1]} {d.year}") for d in starts if low <= d.toordinal() < high]
    years = last.year - first.year + 1
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if years <= 5 * s), 2500)
    begins = [date(y, 1, 1) for y in range(-(-first.year // step) * step or step, last.year + 1, step)]
    return [(d, str(d.year)) for d in begins if low <= d.toordinal() < high]


def _month(first: date, more: int) -> date:
    index = first.year * 12 + first.month - 1 + more
    return date(index // 12, index % 12 + 1, 1)


def _named(days: list[date]) -> list[tuple[date, str]]:
    """Days with their names; the year is printed at the first and where it changes."""
    return [
        (day, short_day(day, with_year=n == 0 or days[n - 1].year != day.year)) for n, day in enumerate(days)
    ]


def short_day(day: date, *, with_year: bool = True) -> str:
    """ "3 Jan 2018" or "3 Jan"."""
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if with_year else "")
