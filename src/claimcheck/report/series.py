"""The figures of one measure in one place over time, with the claims on them, as an SVG.

Across runs time, upwards the figure. A figure is a dot, or a bar as high as its interval and as wide as the
days that it holds for; an arrow goes where it has no end. Claims are diamonds on a dashed line in the colour
of their verdict. Dots carry numbers, diamonds letters: the table beside the picture says what they are.

Nothing has a fixed width, as in `picture`: what must not overlap is placed twice, for a narrow window and for
a wide one, and the style sheet shows the one that fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from claimcheck.report.svg import (
    ROUND,
    BrokenAxis,
    NumberAxis,
    across,
    bar,
    broken_axis,
    dot,
    draw_axis,
    draw_cuts,
    frame,
    safe,
    shape,
    upright,
)
from claimcheck.report.words.values import short_range

_TOP = 14
_BASES = (300, 430)  # where the axis stands, of a picture with few points and of one with many
_MANY = 12  # points
_LINES = 4  # values of claims that are drawn across: more of them are a fence before the figures
_WINDOWS = (("px-short", 330), ("px-long", 640))  # how wide the picture is there, about, in pixels
_STEPS = ((9, 4), (-9, 4), (0, -9), (0, 17), (9, -7), (-9, -7), (9, 15), (-9, 15), (18, 4), (-18, 4))
_DIGIT = 7  # pixels of a character

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Point:
    """A figure or a claim: its mark ("3" or "B"), its words for `<desc>`, its days and its interval.

    `label` is what stands beside it where there is room ("B 765"), else its mark. `kind` is "figure", or a
    claim's standing. An end that is None is open; `best` is where the dot stands.
    """

    mark: str
    label: str
    words: str
    kind: str
    start: date
    end: date | None
    low: Decimal | None
    high: Decimal | None
    best: Decimal | None

    @property
    def at(self) -> Decimal | None:
        """Where its dot stands: its best value, else the middle of its interval, else the end that it has."""
        if self.best is not None:
            return self.best
        if self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        return self.low if self.low is not None else self.high


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where values stand: per cent across, pixels upwards."""

    days: BrokenAxis
    values: NumberAxis
    base: int

    def x(self, day: date, more: float = 0.5) -> float:
        """The middle of a day, or its start (0) or end (1)."""
        first, last = self.days.stretches[0].low, self.days.stretches[-1].high
        place = min(max(day.toordinal() + more, first), last)
        return self.days.at(Decimal(str(place)))

    def y(self, value: Decimal) -> float:
        share = (self.values.at(value) - 6) / 88  # the axis keeps a margin of six per cent
        return round(self.base - 8 - share * (self.base - _TOP - 24), 1)

    def left(self, point: Point) -> float:
        return self.x(point.start, 0)

    def right(self, point: Point) -> float:
        return 100.0 if point.end is None else self.x(point.end, 1)

    def middle(self, point: Point) -> float:
        return round((self.left(point) + self.right(point)) / 2, 3)


def series_picture(title: str, points: Sequence[Point], ident: str) -> str | None:
    """The picture as an `<svg>` element; None where nothing has a value and a day.

    `ident` must be unique in the page. Figures come first, claims are drawn over them.
    """
    known = [p for p in points if p.at is not None and p.at.is_finite()]
    days = broken_axis([(p.start, p.end) for p in known])
    values = NumberAxis.over(v for p in known for v in (p.low, p.best, p.high) if v is not None)
    if days is None or values is None:
        return None
    plot = _Plot(days, values, _BASES[len(known) > _MANY])
    drawn = [*_scale(plot), *_claim_lines(plot, known)]
    for point in sorted(known, key=lambda p: p.kind != "figure"):
        drawn += _drawn(plot, point)
    drawn += [
        *_marks(plot, known),
        *draw_cuts(days.edges, _TOP, plot.base),
        *draw_axis(days.ticks(), plot.base),
    ]
    return frame("px px-series", plot.base + 40, ident, title, _description(known, values), drawn)


def _description(points: Iterable[Point], values: NumberAxis) -> str:
    said = [f"{p.mark}: {p.words}, {short_range(p.start, p.end)}" for p in points]
    return ". ".join([*said, *(["The upward axis is logarithmic"] if values.log else [])]) + "."


def _scale(plot: _Plot) -> Iterator[str]:
    """Lines across with their values, from the axis that the other pictures have below."""
    for place, label in plot.values.ticks():
        y = round(plot.base - 8 - (place - 6) / 88 * (plot.base - _TOP - 24), 1)
        yield across("px-track", y)
        yield f'<text class="px-tick" x="0" y="{y - 3}">{safe(label)}</text>'


def _claim_lines(plot: _Plot, points: Iterable[Point]) -> Iterator[str]:
    """What the claims admit, across the whole picture: a figure on it agrees. The first claims, which are the
    gravest, have their lines; more would hide the figures."""
    drawn: dict[Decimal, str] = {}
    for point in points:
        if point.kind != "figure":
            for value in (v for v in (point.low, point.high) if v is not None):
                drawn.setdefault(value, point.kind)
    for value, kind in list(drawn.items())[:_LINES]:
        yield across(f"px-said px-{kind}", plot.y(value))


def _drawn(plot: _Plot, point: Point) -> list[str]:
    """The interval with its arrows, and the dot or diamond on it."""
    left, right, middle = plot.left(point), plot.right(point), plot.middle(point)
    low, high = (plot.y(v) if v is not None else None for v in (point.low, point.high))
    y = plot.y(_at(point))
    figure = point.kind == "figure"
    parts = [f'<g class="px-{point.kind}">']
    long = point.end is None or (point.end - point.start).days > 3
    if figure and (long or (low is not None and high is not None and low - high > 1)):
        top = high if high is not None else y if low is None else min(y, low)
        bottom = low if low is not None else y if high is None else max(y, high)
        width, height = max(right - left, 0.6), max(bottom - top, 5)
        y_bar = f"{(top + bottom - height) / 2:.1f}"
        parts.append(bar("px-bar", f"{left:.3f}", f"{width:.3f}", y_bar, f"{height:.1f}", ROUND))
    elif not figure and low is not None and high is not None and low - high > 1:
        parts.append(upright("px-stem", middle, low, high))
    if point.low is not None and point.high is None:
        parts.append(_arrow(middle, y, -1))
    if point.high is not None and point.low is None:
        parts.append(_arrow(middle, y, 1))
    parts.append(dot(middle, y) if figure else shape(middle, y, "px-dot", "M0-7.5L7.5 0L0 7.5L-7.5 0Z"))
    return [*parts, "</g>"]


def _arrow(x: float, y: float, way: int) -> str:
    return shape(x, y, "px-arrow", f"M0 0L0 {way * 20}M-4 {way * 15}L0 {way * 20}L4 {way * 15}")


def _marks(plot: _Plot, points: Sequence[Point]) -> Iterator[str]:
    """The numbers and letters, placed for each width beside their dots where nothing else stands."""
    for name, width in _WINDOWS:
        boxes = [_box(plot, p, width) for p in points]
        for point in sorted(points, key=lambda p: p.kind == "figure"):  # claims choose first
            found = _room(plot, point, boxes, width)
            if found is None:
                continue  # the table has it
            words, dx, dy, box = found
            boxes.append(box)
            anchor = "start" if dx > 0 else "end" if dx < 0 else "middle"
            yield (
                f'<svg x="{plot.middle(point)}%" y="{plot.y(_at(point))}" overflow="visible">'
                f'<text class="px-mark px-{point.kind} {name}" x="{dx}" y="{dy}" text-anchor="{anchor}">'
                f"{safe(words)}</text></svg>"
            )


def _room(plot: _Plot, point: Point, boxes: Sequence[Box], width: int) -> tuple[str, int, int, Box] | None:
    """The words for a point and where they fit: the offset from its dot, and the place that they take."""
    x, y = plot.middle(point) / 100 * width, plot.y(_at(point))
    for words in dict.fromkeys((point.label, point.mark)):
        size = _DIGIT * len(words)
        for dx, dy in _STEPS:
            left = x + dx - (0 if dx > 0 else size if dx < 0 else size / 2)
            box = (left, y + dy - 11, left + size, y + dy + 1)
            if box[0] >= 0 and box[2] <= width and not any(_overlap(box, other) for other in boxes):
                return words, dx, dy, box
    return None


def _at(point: Point) -> Decimal:
    assert point.at is not None, "only points with a value are drawn"
    return point.at


def _box(plot: _Plot, point: Point, width: int) -> Box:
    """The dot's own place."""
    x, y = plot.middle(point) / 100 * width, plot.y(_at(point))
    return x - 6, y - 6, x + 6, y + 6


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
