"""Charts as SVG: the axes, and what all are drawn with, three marks (bar, dot, shape), lines, words and cuts.

No width is fixed: every horizontal place is a percentage, so that bars stretch with the window while letters
keep their size. Nothing is said by colour alone, and the frame's `<desc>` says in words what a chart shows.
Colours come from classes (templates/report.css), since the page's Content-Security-Policy allows no style
attributes.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from html import escape
from itertools import pairwise

from claimcheck.model import WIDE, plain
from claimcheck.report.words.values import SCALES
from claimcheck.safe import visible

_NARROW = 38  # code points that a line holds in a narrow window, label and value together
_WIDE = 80
_FAR = 20.0  # per cent between the ticks that a narrow window keeps
ROUND = ' rx="2"'
_SHORT = 92  # days: a longer period says nothing about where things crowd
_SILENCE = 45  # days without anything before the axis may be cut
_BREAK = 5.0  # per cent of the width that a break takes
_LEAST = 9.0  # per cent of the width that a stretch gets at least
MARGIN = 6.0  # per cent kept free on either side: an open end's arrow needs somewhere to go
_MONTHS = calendar.month_abbr[1:]


def frame(classes: str, height: int, ident: str, title: str, description: str, drawn: Iterable[str]) -> str:
    """The `<svg>` element of a chart; `ident` must be unique in the page."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{classes}" width="100%" height="{height}" role="img"'
        f' aria-labelledby="{ident}-t {ident}-d"><title id="{ident}-t">{safe(title)}</title>'
        f'<desc id="{ident}-d">{safe(description)}</desc>{"".join(drawn)}</svg>'
    )


def bar(name: str, x: object, width: object, y: object, height: object, more: str = "") -> str:
    """A bar: `x` and `width` in per cent of the width, `y` and `height` in pixels."""
    return f'<rect class="{name}" x="{x}%" width="{width}%" y="{y}" height="{height}"{more}/>'


def dot(x: float, y: float) -> str:
    """A dot."""
    return f'<circle class="px-dot" cx="{x}%" cy="{y}" r="4.5"/>'


def across(name: str, y: float) -> str:
    """A line over the whole width."""
    return f'<line class="{name}" x1="0" x2="100%" y1="{y}" y2="{y}"/>'


def upright(name: str, x: float, y1: float, y2: float) -> str:
    """A line upwards."""
    return f'<line class="{name}" x1="{x}%" x2="{x}%" y1="{y1}" y2="{y2}"/>'


def shape(x: float, y: float, classes: str, path: str) -> str:
    """A shape of fixed size at a place: a path, in pixels around it."""
    return f'<svg x="{x}%" y="{y}" overflow="visible"><path class="{classes}" d="{path}"/></svg>'


def draw_cuts(edges: Sequence[tuple[float, float]], top: int, base: int) -> Iterator[str]:
    """Where a long silence was cut out of an axis, between stretches from `left` to `right` per cent."""
    for (_, right), (left, _) in pairwise(edges):
        x = round((right + left) / 2, 3)
        yield upright("px-break", x, top, base - 6)
        yield shape(x, base, "px-arrow", "M-5 6L-1-6M1 6L5-6")


def draw_words(sign: str, label: str, value: str, y: int) -> list[str]:
    """A label on the left, its value on the right; the style sheet shows the label that fits the window."""
    lengths = (("px-short", max(10, _NARROW - len(value))), ("px-long", _WIDE))
    return [
        *(
            f'<text class="px-label {name}" x="0" y="{y}">{safe(sign + shortened(label, most))}</text>'
            for name, most in lengths
        ),
        f'<text class="px-value" x="100%" y="{y}" text-anchor="end">{safe(value)}</text>',
    ]


def draw_bar(low: Decimal | None, high: Decimal | None, axis: Axis, middle: int) -> list[str]:
    """A bar from `low` to `high` with an arrow at each open end; a point gives nothing."""
    left = 0.0 if low is None else axis.at(low)
    right = 100.0 if high is None else axis.at(high)
    parts = []
    if low != high or low is None:
        width = max(round(right - left, 3), 1.0)
        parts.append(bar("px-bar", left, width, middle - 4, 8, ROUND))
    if low is None:
        parts.append(shape(0, middle, "px-arrow", "M9-7L1 0L9 7"))
    if high is None:
        parts.append(shape(100, middle, "px-arrow", "M-9-7L-1 0L-9 7"))
    return parts


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: an interval on the axis, an end that is None open, a dot at `best`."""

    label: str
    value: str
    kind: str  # a class of the style sheet
    low: Decimal | None
    high: Decimal | None
    best: Decimal | None = None
    sign: str = ""


def lines_chart(
    classes: str, ident: str, title: str, said: str, lines: Sequence[Line], axis: Axis, *, top: int, row: int,
    below: tuple[int, int], behind: Callable[[int], Iterable[str]] = lambda base: (),
) -> str:
    """Lines one below the other on one axis, each `row` pixels high; `below`: pixels over and under the axis.

    `behind` draws what stands behind all lines, down to the axis.
    """  # fmt: skip
    base = top + row * len(lines) + below[0]
    drawn = list(behind(base))
    for n, line in enumerate(lines):
        drawn += _draw_line(line, axis, top + row * n)
    return frame(classes, base + below[1], ident, title, said, [*drawn, *draw_axis(axis.ticks(), base)])


def _draw_line(line: Line, axis: Axis, top: int) -> list[str]:
    middle = top + 23
    best = line.best if line.best is not None else line.low if line.low == line.high else None
    return [
        f'<g class="px-{line.kind}">',
        *draw_words(line.sign, line.label, shortened(line.value, 34), top + 13),
        across("px-track", middle),
        *draw_bar(line.low, line.high, axis, middle),
        *([] if best is None else [dot(axis.at(best), middle)]),
        "</g>",
    ]


def draw_axis(ticks: Sequence[tuple[float, str]], base: int) -> list[str]:
    """The line at the bottom with its ticks.

    Labels near an edge are anchored so that none is cut off; those too near their neighbour for a narrow
    window are left to a wide one.
    """
    parts = [across("px-axis", base)]
    kept = -100.0
    for x, label in ticks:
        half = 1.1 * len(label)  # per cent, in the narrowest window
        anchor = "start" if x < half else "end" if x > 100 - half else "middle"
        name = "px-tick"
        if x - kept >= _FAR:
            kept = x
        else:
            name += " px-long"
        parts.append(upright("px-axis", x, base, base + 4))
        parts.append(
            f'<text class="{name}" x="{x}%" y="{base + 18}" text-anchor="{anchor}">{safe(label)}</text>'
        )
    return parts


def safe(text: str) -> str:
    """Text for an SVG: hidden characters written out, markup escaped."""
    return escape(visible(text))


def shortened(text: str, most: int) -> str:
    """The text in one line of at most `most` code points, an ellipsis where something was left out."""
    line = " ".join(text[: most * 8].split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


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
    years = ["" if n and days[n - 1].year == day.year else f" {day.year}" for n, day in enumerate(days)]
    named = zip(days, years, strict=True)
    return [(day, f"{day.day} {_MONTHS[day.month - 1]}{year}") for day, year in named]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days `low` to `high` (ordinals, the second exclusive) drawn from `left` to `right` per cent."""

    low: int
    high: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class BrokenAxis:
    """Stretches with breaks between them, each as wide as much happens in it; a break has its own days."""

    stretches: tuple[Stretch, ...]

    @property
    def edges(self) -> list[tuple[float, float]]:
        """Where each stretch is drawn: from and to so many per cent."""
        return [(stretch.left, stretch.right) for stretch in self.stretches]

    def at(self, value: Decimal) -> float:
        day = float(value)
        first, last = self.stretches[0], self.stretches[-1]
        if day <= first.low:
            return first.left
        for here, after in pairwise(self.stretches):
            if day <= here.high:
                return _between(day, here)
            if day < after.low:
                return _between(day, Stretch(here.high, after.low, here.right, after.left))
        return _between(min(day, last.high), last)

    def ticks(self) -> list[tuple[float, str]]:
        return [tick for stretch in self.stretches for tick in _ticks(stretch)]


Axis = NumberAxis | BrokenAxis
"""A scale from values to positions, in per cent of the width. Dates are passed as their ordinal day."""


def _between(day: float, s: Stretch) -> float:
    return round(s.left + (day - s.low) / max(1, s.high - s.low) * (s.right - s.left), 3)


def _ticks(stretch: Stretch) -> list[tuple[float, str]]:
    """As many ticks as the stretch has room for: one for every eighth of the width, at least one."""
    found = date_ticks(stretch.low, stretch.high) or date_ticks(stretch.low, stretch.low + 1)
    room = max(1, int((stretch.right - stretch.left) / 13))
    step = -(-len(found) // room)
    return [(_between(day.toordinal(), stretch), label) for day, label in found[::step]]


def date_axis(days: Iterable[date]) -> BrokenAxis | None:
    """The axis that shows all days, unbroken; None where there is none."""
    known = [day.toordinal() for day in days]
    return BrokenAxis((Stretch(min(known), max(known) + 1, MARGIN, 100 - MARGIN),)) if known else None


def broken_axis(periods: Sequence[tuple[date | None, date | None]]) -> BrokenAxis | None:
    """The axis for periods that may be open; None where no day is known."""
    closed = [(a.toordinal(), b.toordinal() + 1) for a, b in periods if a is not None and b is not None]
    halves = [(d.toordinal(), d.toordinal() + 1) for pair in periods for d in pair if d is not None]
    spans = [p for p in closed if p[1] - p[0] <= _SHORT] or closed or halves
    if not spans:
        return None
    groups = _groups(sorted(spans))
    room = 100 - 2 * MARGIN - _BREAK * (len(groups) - 1)
    wanted = [max(_LEAST, room * count / len(spans)) for _, _, count in groups]
    stretches, left = [], MARGIN
    for (low, high, _), width in zip(groups, wanted, strict=True):
        right = left + width * room / sum(wanted)
        stretches.append(Stretch(low, high, round(left, 3), round(right, 3)))
        left = right + _BREAK
    return BrokenAxis(tuple(stretches))


def _groups(spans: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """First day, last day and number of the spans between silences.

    A silence is longer than 45 days and than a sixth of the whole. `spans` are sorted.
    """
    silence = max(_SILENCE, (max(high for _, high in spans) - spans[0][0]) / 6)
    groups = [(*spans[0], 1)]
    for low, high in spans[1:]:
        first, last, count = groups[-1]
        if low - last > silence:
            groups.append((low, high, 1))
        else:
            groups[-1] = (first, max(last, high), count + 1)
    return groups
