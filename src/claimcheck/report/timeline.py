"""The timeline: the document's dated claims and the events that met them, in order of their days.

Long silences are cut out of the axis and marked with a break, else a founding date of 2011 would press the
January of 2018 into a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from claimcheck.report.axes import MARGIN, date_ticks
from claimcheck.report.chart import draw_axis, draw_bar, draw_cuts, draw_words, frame, shortened
from claimcheck.report.words import day_range, short_range

MOST = 48  # a longer timeline is no picture any more
_ROW = 38
_TOP = 6
_SHORT = 92  # days: a longer period says nothing about where things crowd
_SILENCE = 45  # days without anything before the axis may be cut
_BREAK = 5.0  # per cent of the width that a break takes
_LEAST = 9.0  # per cent of the width that a stretch gets at least


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the timeline: a claim (`kind` is its standing) or an event of the evidence ("event")."""

    label: str
    sign: str
    kind: str
    start: date | None
    end: date | None


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


def _between(day: float, s: Stretch) -> float:
    return round(s.left + (day - s.low) / max(1, s.high - s.low) * (s.right - s.left), 3)


def _ticks(stretch: Stretch) -> list[tuple[float, str]]:
    """As many ticks as the stretch has room for: one for every eighth of the width, at least one."""
    found = date_ticks(stretch.low, stretch.high) or date_ticks(stretch.low, stretch.low + 1)
    room = max(1, int((stretch.right - stretch.left) / 13))
    step = -(-len(found) // room)
    return [(_between(day.toordinal(), stretch), label) for day, label in found[::step]]


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


def timeline(moments: Sequence[Moment], ident: str) -> str | None:
    """The timeline as an `<svg>` element, at most 48 moments in their order; None for fewer than two."""
    shown = sorted(moments[:MOST], key=lambda m: (m.start or date.min, m.end or date.max))
    axis = broken_axis([(m.start, m.end) for m in shown])
    if axis is None or len(shown) < 2:
        return None
    base = _TOP + _ROW * len(shown) - 3
    drawn = list(draw_cuts(axis.edges, _TOP, base))
    for n, moment in enumerate(shown):
        drawn += _line(moment, axis, _TOP + _ROW * n)
    title = "Timeline of the dated claims and of the events that met them"
    drawn += draw_axis(axis.ticks(), base)
    return frame("px px-time", base + 26, ident, title, _description(shown), drawn)


def _description(moments: Sequence[Moment]) -> str:
    return ". ".join(f"{day_range(m.start, m.end)}: {shortened(m.label, 120)} ({m.kind})" for m in moments)


def _line(moment: Moment, axis: BrokenAxis, top: int) -> list[str]:
    middle = top + 23
    first, last = axis.stretches[0].low, axis.stretches[-1].high
    start = None if moment.start is None else moment.start.toordinal()
    end = None if moment.end is None else moment.end.toordinal() + 1
    # what goes on beyond the axis ends in an arrow, as what has no end does
    low = None if start is None or start < first else Decimal(start)
    high = None if end is None or end > last else Decimal(end)
    when = short_range(moment.start, moment.end)
    return [
        f'<g class="px-{moment.kind}">',
        *draw_words(f"{moment.sign} ", moment.label, when, top + 13),
        f'<line class="px-track" x1="0" x2="100%" y1="{middle}" y2="{middle}"/>',
        *draw_bar(low, high, axis, middle),
        "</g>",
    ]
