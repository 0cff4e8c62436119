"""A claim's interval against each row's, as an SVG that stands in the report.

No width is fixed: every horizontal place is a percentage, so that letters keep their size in a narrow
window. Nothing is told by colour alone: each row starts with the sign of its relation (✓ ✗ ·), an open end
is an arrow, and the picture's `<desc>` says in words what it shows. Colours come from classes
(templates/report.css), since the page's Content-Security-Policy allows no style attributes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape

from claimcheck.model import Claim, Evidence, Verdict
from claimcheck.report.axes import Axis, DateAxis, NumberAxis
from claimcheck.report.safe import visible
from claimcheck.report.words import (
    as_of_words,
    evidence_numbers,
    interval_words,
    short_range,
)

RELATIONS = ("refutes", "supports", "neutral")
"""The order in which rows are shown."""
SIGNS = {"claim": "", "supports": "✓ ", "refutes": "✗ ", "neutral": "· "}
MAX_ROWS = 12  # a picture of more is a wall; the table below it has them all
_ROW = 33
_TOP = 4
_NARROW = 38  # code points that a line holds in a narrow window, label and value together
_WIDE = 80
_FAR = 20.0  # per cent between the ticks that a narrow window keeps


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a picture: an interval on the axis, an end that is None open."""

    label: str
    value: str
    kind: str  # "claim" or a relation
    low: Decimal | None
    high: Decimal | None
    best: Decimal | None = None


def interval_picture(claim: Claim, verdict: Verdict | None, ident: str) -> str | None:
    """The picture of a claim and its rows as an `<svg>` element; None where nothing can be compared.

    Numbers are drawn where the claim states one and a row answers with one, else days where both have
    them. `ident` must be unique in the page. Refuting rows come first, then supporting ones, neutral
    ones last, twelve at most; `<desc>` says how many were left out.
    """
    rows = sorted(verdict.evidence if verdict else (), key=lambda row: RELATIONS.index(row.relation))
    bars = _number_bars(claim, rows)
    axis: Axis | None = NumberAxis.over(v for bar in bars[: MAX_ROWS + 1] for v in _ends(bar))
    if len(bars) < 2 or axis is None:
        bars = _date_bars(claim, rows)
        axis = DateAxis.over(
            date.fromordinal(int(v) - (end and v > 1))
            for bar in bars[: MAX_ROWS + 1]
            for end, v in ((0, bar.low), (1, bar.high))
            if v is not None
        )
    if len(bars) < 2 or axis is None:
        return None
    return _drawing(bars[: MAX_ROWS + 1], len(bars) - 1, axis, ident)


def _number_bars(claim: Claim, rows: Sequence[Evidence]) -> list[Bar]:
    admits = claim.interval
    if claim.quantity is None or admits is None or (admits.low is None and admits.high is None):
        return []
    bars = [Bar("The claim admits", interval_words(admits), "claim", admits.low, admits.high)]
    for row in rows:
        if row.low is None and row.best is None and row.high is None:
            continue
        low, high = row.low, row.high
        if low is None and high is None:
            low = high = row.best
        bars.append(Bar(_row_label(row), evidence_numbers(row), row.relation, low, high, row.best))
    return bars


def _date_bars(claim: Claim, rows: Sequence[Evidence]) -> list[Bar]:
    """Days as ordinals; a bar ends where its last day ends."""
    period = claim.time.period if claim.time else None
    if period is None:
        return []
    bars = [
        _dated("The claim says", short_range(period.start, period.end), "claim", period.start, period.end)
    ]
    for row in rows:
        if row.date_start is not None or row.date_end is not None:
            words = short_range(row.date_start, row.date_end)
            label = row.name or _row_label(row)
            bars.append(_dated(label, words, row.relation, row.date_start, row.date_end))
    return bars


def _dated(label: str, words: str, kind: str, start: date | None, end: date | None) -> Bar:
    low = None if start is None else Decimal(start.toordinal())
    high = None if end is None else Decimal(end.toordinal() + 1)
    return Bar(label, words, kind, low, high)


def _row_label(row: Evidence) -> str:
    """Who says it: the publisher where the source is "title · publisher", since titles are long."""
    own = " (own source)" if row.own else ""
    who = row.source.rsplit(" · ", 1)[-1] if row.source else row.name
    as_of = f", {as_of_words(row.as_of)}" if row.as_of else ""
    return f"{who or f'{row.table}:{row.row_id}'}{as_of}{own}"


def _ends(bar: Bar) -> Iterator[Decimal]:
    yield from (v for v in (bar.low, bar.best, bar.high) if v is not None)


def _drawing(bars: Sequence[Bar], rows: int, axis: Axis, ident: str) -> str:
    height = _TOP + _ROW * len(bars) + 26
    base = _TOP + _ROW * len(bars) + 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="px" width="100%" height="{height}" role="img"'
        f' aria-labelledby="{ident}-t {ident}-d">',
        f'<title id="{ident}-t">The claim’s interval against each row’s</title>',
        f'<desc id="{ident}-d">{safe(_description(bars, rows, axis))}</desc>',
        *_band(bars[0], axis, base),
    ]
    for n, bar in enumerate(bars):
        parts += _line(bar, axis, _TOP + _ROW * n)
    parts += draw_axis(axis.ticks(), base)
    return "".join([*parts, "</svg>"])


def _description(bars: Sequence[Bar], rows: int, axis: Axis) -> str:
    verbs = {"supports": " (supports)", "refutes": " (refutes)", "neutral": " (decides nothing)"}
    said = [f"{bar.label} {bar.value}{verbs.get(bar.kind, '')}" for bar in bars]
    if isinstance(axis, NumberAxis) and axis.log:
        said.append("The axis is logarithmic")
    if rows > len(bars) - 1:
        said.append(f"{rows - len(bars) + 1} more rows are in the table")
    return ". ".join(said) + "."


def _band(claim: Bar, axis: Axis, base: int) -> list[str]:
    """What the claim admits, as a band behind every row: a bar inside it supports."""
    left = 0.0 if claim.low is None else axis.at(claim.low)
    right = 100.0 if claim.high is None else axis.at(claim.high)
    if right - left < 0.5:
        return [f'<line class="px-edge" x1="{left}%" x2="{left}%" y1="{_TOP}" y2="{base}"/>']
    return [
        f'<rect class="px-band" x="{left}%" width="{round(right - left, 3)}%" y="{_TOP}"'
        f' height="{base - _TOP}"/>'
    ]


def _line(bar: Bar, axis: Axis, top: int) -> list[str]:
    middle = top + 23
    parts = [
        f'<g class="px-{bar.kind}">',
        *draw_words(SIGNS[bar.kind], bar.label, shortened(bar.value, 34), top + 13),
        f'<line class="px-track" x1="0" x2="100%" y1="{middle}" y2="{middle}"/>',
        *draw_bar(bar.low, bar.high, axis, middle),
    ]
    dot = bar.best if bar.best is not None else bar.low if bar.low == bar.high else None
    if dot is not None:
        parts.append(f'<circle class="px-dot" cx="{axis.at(dot)}%" cy="{middle}" r="4.5"/>')
    return [*parts, "</g>"]


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
        parts.append(_arrow("0%", middle, "M9-7L1 0L9 7"))
    if high is None:
        parts.append(_arrow("100%", middle, "M-9-7L-1 0L-9 7"))
    return parts


def _arrow(x: str, y: int, path: str) -> str:
    return f'<svg x="{x}" y="{y}" overflow="visible"><path class="px-arrow" d="{path}"/></svg>'


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
