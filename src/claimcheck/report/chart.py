"""What all charts are drawn with: the frame, words, bars, marks, cuts and the axis, as pieces of SVG.

No width is fixed: every horizontal place is a percentage, so that letters keep their size in a narrow window.
Nothing is told by colour alone, and the frame's `<desc>` says in words what a chart shows. Colours come from
classes (templates/report.css), since the page's Content-Security-Policy allows no style attributes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape
from itertools import pairwise

from claimcheck.report.axes import Axis
from claimcheck.report.safe import visible

_NARROW = 38  # code points that a line holds in a narrow window, label and value together
_WIDE = 80
_FAR = 20.0  # per cent between the ticks that a narrow window keeps


def frame(classes: str, height: int, ident: str, title: str, description: str, drawn: Iterable[str]) -> str:
    """The `<svg>` element of a chart; `ident` must be unique in the page."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{classes}" width="100%" height="{height}" role="img"'
        f' aria-labelledby="{ident}-t {ident}-d"><title id="{ident}-t">{safe(title)}</title>'
        f'<desc id="{ident}-d">{safe(description)}</desc>{"".join(drawn)}</svg>'
    )


def mark(x: float, y: float, classes: str, path: str) -> str:
    """A shape of fixed size at a place: a path, in pixels around it."""
    return f'<svg x="{x}%" y="{y}" overflow="visible"><path class="{classes}" d="{path}"/></svg>'


def draw_cuts(edges: Sequence[tuple[float, float]], top: int, base: int) -> Iterator[str]:
    """Where a long silence was cut out of an axis, between stretches from `left` to `right` per cent."""
    for (_, right), (left, _) in pairwise(edges):
        x = round((right + left) / 2, 3)
        yield f'<line class="px-break" x1="{x}%" x2="{x}%" y1="{top}" y2="{base - 6}"/>'
        yield mark(x, base, "px-arrow", "M-5 6L-1-6M1 6L5-6")


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
        parts.append(
            f'<rect class="px-bar" x="{left}%" width="{width}%" y="{middle - 4}" height="8" rx="2"/>'
        )
    if low is None:
        parts.append(mark(0, middle, "px-arrow", "M9-7L1 0L9 7"))
    if high is None:
        parts.append(mark(100, middle, "px-arrow", "M-9-7L-1 0L-9 7"))
    return parts


def draw_axis(ticks: Sequence[tuple[float, str]], base: int) -> list[str]:
    """The line at the bottom with its ticks.

    Labels near an edge are anchored so that none is cut off; those too near their neighbour for a narrow
    window are left to a wide one.
    """
    parts = [f'<line class="px-axis" x1="0" x2="100%" y1="{base}" y2="{base}"/>']
    kept = -100.0
    for x, label in ticks:
        half = 1.1 * len(label)  # per cent, in the narrowest window
        anchor = "start" if x < half else "end" if x > 100 - half else "middle"
        name = "px-tick"
        if x - kept >= _FAR:
            kept = x
        else:
            name += " px-long"
        parts.append(f'<line class="px-axis" x1="{x}%" x2="{x}%" y1="{base}" y2="{base + 4}"/>')
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
