"""Verdicts over time: a stacked bar a run, all on one scale, as an SVG that stands in the overview.

Runs that changed nothing have no bar; the text beside the picture says how many those are. What the bars
tell by colour stands in them as a sign and a number where there is room, in `<desc>`, and in the table below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from claimcheck.report.svg import bar, draw_words, frame, safe
from claimcheck.report.view import STANDINGS
from claimcheck.report.words.values import day_words

_ROW = 46
_BAR = 18
_TOP = 2
_ROOM = (("", 2.6), (" px-long", 0.8))  # per cent of the width for a character: in any window, in a wide one
_GAP = 0.25  # per cent between two stretches


@dataclass(frozen=True, slots=True)
class Column:
    """The claims after a run by standing, the gravest first; `label` says when."""

    label: str
    counts: Sequence[tuple[str, int]]

    @property
    def total(self) -> int:
        """All claims."""
        return sum(number for _, number in self.counts)


def history_picture(columns: Sequence[Column], ident: str) -> str | None:
    """The bars as an `<svg>` element, the earliest run first; None for fewer than two, which tell nothing."""
    if len(columns) < 2:
        return None
    widest = max(column.total for column in columns) or 1
    drawn = [part for n, column in enumerate(columns) for part in _row(column, widest, _TOP + _ROW * n)]
    height = _TOP + _ROW * len(columns)
    title = "Verdicts over time, run by run"
    return frame("px px-runs", height, ident, title, _description(columns), drawn)


def _description(columns: Sequence[Column]) -> str:
    return " ".join(
        f"{c.label}: {c.total:,} claims, "
        + ", ".join(f"{n:,} {STANDINGS[key].name.lower()}" for key, n in c.counts)
        + "."
        for c in columns
    )


def _row(column: Column, widest: int, top: int) -> list[str]:
    claims = f"{column.total:,} claim{'' if column.total == 1 else 's'}"
    parts = ["<g>", *draw_words("", column.label, claims, top + 13)]
    x = 0.0
    for key, number in column.counts:
        width = 100 * number / widest
        shown = max(width - _GAP, 0.15)
        parts.append(bar(f"f-{key}", f"{x:.3f}", f"{shown:.3f}", top + 18, _BAR))
        text = f"{STANDINGS[key].sign} {number:,}"
        fits = next((name for name, room in _ROOM if width >= room * (len(text) + 1)), None)
        if fits is not None:
            parts.append(
                f'<text class="px-on o-{key}{fits}" x="{x + width / 2:.3f}%" y="{top + 18 + 13}"'
                f' text-anchor="middle">{safe(text)}</text>'
            )
        x += width
    return [*parts, "</g>"]


def moment_words(started: str) -> str:
    """When a run started, for people: "25 November 2026, 03:13 UTC"; as it stands where it is no ISO time."""
    try:
        when = datetime.fromisoformat(started)
    except ValueError:
        return started
    zone = " UTC" if when.utcoffset() is not None and not when.utcoffset() else ""
    return f"{day_words(when.date())}, {when:%H:%M}{zone}"
