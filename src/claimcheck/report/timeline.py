"""The dated claims and the events that met them, one below the other; long silences are cut out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from claimcheck.report.svg import BrokenAxis, Line, broken_axis, draw_cuts, lines_chart, shortened
from claimcheck.report.words.values import day_range, short_range

MOST = 48  # a longer timeline is no picture any more
_ROW = 38
_TOP = 6


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the timeline: a claim (`kind` is its standing) or an event of the evidence ("event")."""

    label: str
    sign: str
    kind: str
    start: date | None
    end: date | None


def timeline(moments: Sequence[Moment], ident: str) -> str | None:
    """The timeline as an `<svg>` element, at most 48 moments in their order; None for fewer than two."""
    shown = sorted(moments[:MOST], key=lambda m: (m.start or date.min, m.end or date.max))
    axis = broken_axis([(m.start, m.end) for m in shown])
    if axis is None or len(shown) < 2:
        return None
    said = ". ".join(f"{day_range(m.start, m.end)}: {shortened(m.label, 120)} ({m.kind})" for m in shown)
    return lines_chart(
        "px px-time", ident, "Timeline of the dated claims and of the events that met them", said,
        [_line(moment, axis) for moment in shown], axis, top=_TOP, row=_ROW, below=(-3, 26),
        behind=lambda base: draw_cuts(axis.edges, _TOP, base),
    )  # fmt: skip


def _line(moment: Moment, axis: BrokenAxis) -> Line:
    first, last = axis.stretches[0].low, axis.stretches[-1].high
    start = None if moment.start is None else moment.start.toordinal()
    end = None if moment.end is None else moment.end.toordinal() + 1
    # what goes on beyond the axis ends in an arrow, as what has no end does
    low = None if start is None or start < first else Decimal(start)
    high = None if end is None or end > last else Decimal(end)
    when = short_range(moment.start, moment.end)
    return Line(moment.label, when, moment.kind, low, high, sign=f"{moment.sign} ")
