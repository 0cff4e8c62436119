"""A claim's interval against each row's, as a chart; each row starts with its relation's sign (✓ ✗ ·)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import pairwise

from claimcheck.model import COMPUTED, PART, Claim, Evidence, Verdict
from claimcheck.report.svg import Axis, Line, NumberAxis, bar, date_axis, lines_chart, upright
from claimcheck.report.words.values import (
    as_of_words,
    days_opened,
    evidence_numbers,
    interval_words,
    short_range,
)

RELATIONS = ("refutes", "supports", "neutral")
"""The order in which rows are shown."""
SIGNS = {"claim": "", "supports": "✓ ", "refutes": "✗ ", "neutral": "· "}
MAX_ROWS = 8  # a picture of more is a wall; the table beside it has them all
_ROW = 30
_TOP = 4


def interval_picture(claim: Claim, verdict: Verdict | None, ident: str) -> str | None:
    """The picture of a claim and its rows as an `<svg>` element; None where nothing can be compared.

    Numbers are drawn where the claim states one and a row answers with one, else days where both have
    them. `ident` must be unique in the page. Refuting rows come first, then supporting ones, neutral
    ones last, eight at most; `<desc>` says how many were left out.
    """
    if claim.comparison is not None:
        return _compared_picture(verdict, ident)
    rows = sorted(verdict.evidence if verdict else (), key=lambda row: RELATIONS.index(row.relation))
    bars = _number_bars(claim, rows)
    axis: Axis | None = NumberAxis.over(v for bar in bars[: MAX_ROWS + 1] for v in _ends(bar))
    if len(bars) < 2 or axis is None:
        bars = _date_bars(claim, rows)
        axis = date_axis(
            date.fromordinal(int(v) - (end and v > 1))
            for bar in bars[: MAX_ROWS + 1]
            for end, v in ((0, bar.low), (1, bar.high))
            if v is not None
        )
    if len(bars) < 2 or axis is None:
        return None
    return _drawing(bars[: MAX_ROWS + 1], len(bars) - 1, axis, ident)


def _compared_picture(verdict: Verdict | None, ident: str) -> str | None:
    """The rows that a comparison compares, one below the other on one axis; None where there are not two, or
    they are counted in different units."""
    rows = [row for row in (verdict.evidence if verdict else ()) if row.name not in (COMPUTED, PART)]
    shown = verdict.evidence if verdict else ()
    ratios = [one for one, part in pairwise(shown) if part.name == PART != one.name]
    own = [row for row in rows if row.sql is None or row in ratios]
    stated = iter(_set_apart(own))
    bars: list[Line] = []
    for row in rows:
        label = next(stated) if row in own else days_opened(row.row_id)
        bars += _figure_bar(label, row)
    axis = NumberAxis.over(v for bar in bars[:MAX_ROWS] for v in _ends(bar))
    if len(bars) < 2 or axis is None:
        return None
    said = _description(bars[:MAX_ROWS], len(bars), axis)
    return _chart(ident, "The numbers that are compared", said, bars[:MAX_ROWS], axis)


def _set_apart(rows: Sequence[Evidence]) -> list[str]:
    """Labels of rows by what tells them apart: name, place, days, who says it; else their keys."""
    said = [
        (
            row.name or "",
            next((", ".join(step.words) for step in row.waterfall if step.slot == "place"), ""),
            short_range(row.date_start, row.date_end) if row.date_start else as_of_words(row.as_of),
            row.source.rsplit(" · ", 1)[-1] if row.source else "",
        )
        for row in rows
    ]
    differ = [n for n in range(4) if len({words[n] for words in said}) > 1]
    wanted = next(([n] for n in differ if len({words[n] for words in said}) == len(rows)), differ)
    labels = [", ".join(words[n] for n in wanted if words[n]) for words in said]
    keys = (f"{row.table}:{row.row_id}" for row in rows)
    return [
        label if label and labels.count(label) == 1 else f"{label} ({key})".lstrip()
        for label, key in zip(labels, keys, strict=True)
    ]


def _number_bars(claim: Claim, rows: Sequence[Evidence]) -> list[Line]:
    admits = claim.interval
    if claim.quantity is None or admits is None or (admits.low is None and admits.high is None):
        return []
    bars = [Line("The claim admits", interval_words(admits), "claim", admits.low, admits.high)]
    for row in (row for row in rows if row.name != PART):
        bars += _figure_bar(_row_label(row), row)
    return bars


def _figure_bar(label: str, row: Evidence) -> Iterator[Line]:
    """The bar of a row that states a number."""
    low, high = (row.low, row.high) if (row.low, row.high) != (None, None) else (row.best, row.best)
    if low is not None or high is not None:
        kind = row.relation
        yield Line(label, evidence_numbers(row), kind, low, high, row.best, SIGNS[kind])


def _date_bars(claim: Claim, rows: Sequence[Evidence]) -> list[Line]:
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


def _dated(label: str, words: str, kind: str, start: date | None, end: date | None) -> Line:
    low = None if start is None else Decimal(start.toordinal())
    high = None if end is None else Decimal(end.toordinal() + 1)
    return Line(label, words, kind, low, high, sign=SIGNS[kind])


def _row_label(row: Evidence) -> str:
    """Who says it: the publisher where the source is "title · publisher", since titles are long."""
    own = " (own source)" if row.own else ""
    who = row.source.rsplit(" · ", 1)[-1] if row.source else row.name
    as_of = f", {as_of_words(row.as_of)}" if row.as_of else ""
    return f"{who or f'{row.table}:{row.row_id}'}{as_of}{own}"


def _ends(bar: Line) -> Iterator[Decimal]:
    yield from (v for v in (bar.low, bar.best, bar.high) if v is not None)


def _drawing(bars: Sequence[Line], rows: int, axis: Axis, ident: str) -> str:
    title, said = "The claim’s interval against each row’s", _description(bars, rows, axis)
    return _chart(ident, title, said, bars, axis, behind=lambda base: _band(bars[0], axis, base))


_chart = partial(lines_chart, "px", top=_TOP, row=_ROW, below=(2, 24))


def _description(bars: Sequence[Line], rows: int, axis: Axis) -> str:
    verbs = {"supports": " (supports)", "refutes": " (refutes)", "neutral": " (decides nothing)"}
    said = [f"{bar.label} {bar.value}{verbs.get(bar.kind, '')}" for bar in bars]
    if isinstance(axis, NumberAxis) and axis.log:
        said.append("The axis is logarithmic")
    if rows > len(bars) - 1:
        said.append(f"{rows - len(bars) + 1} more rows are in the table")
    return ". ".join(said) + "."


def _band(claim: Line, axis: Axis, base: int) -> list[str]:
    """What the claim admits, as a band behind every row: a bar inside it supports."""
    left = 0.0 if claim.low is None else axis.at(claim.low)
    right = 100.0 if claim.high is None else axis.at(claim.high)
    if right - left < 0.5:
        return [upright("px-edge", left, _TOP, base)]
    return [bar("px-band", left, round(right - left, 3), _TOP, base - _TOP)]
