"""What a list item takes from the line above its list: "Executions in 2014" governs "- Iran: 289"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from claimcheck.model import Claim, ClaimTime, Document, Mention, Part, Span

_BULLET = re.compile(r"[ \t]*(?:[-*•·‣▪–—]|\(?\d{1,2}[.)])\s+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONGEST = 160
_MOST_LINES = 60
_SMALL = frozenset(
    [
        "in",
        "of",
        "the",
        "a",
        "an",
        "on",
        "at",
        "by",
        "for",
        "to",
        "and",
        "or",
        "from",
        "with",
        "so",
        "far",
        "as",
        "is",
        "are",
        "were",
        "was",
    ]
)


def lead_in(document: Document, start: int) -> Span | None:
    """The line that governs the list in which a sentence stands, None where it stands in none."""
    return _lead_in(document.text, start)


@lru_cache(maxsize=1 << 10)
def _lead_in(text: str, start: int) -> Span | None:
    line = text.rfind("\n", 0, start) + 1
    if _BULLET.match(text, line) is None:
        return None
    end = line - 1
    for _ in range(_MOST_LINES):
        if end <= 0:
            return None
        begin = text.rfind("\n", 0, end) + 1
        written = text[begin:end].strip()
        if written and _BULLET.match(text, begin) is None:
            short = len(written) <= _LONGEST and written[-1] not in ".!?"
            return Span(begin, end) if short or written.endswith(":") else None
        end = begin - 1
    return None


def with_lead_in(document: Document, claim: Claim, mentions: Sequence[Mention]) -> Claim:
    """A claim of a list item with the words, and where it has none the time, of the line above its list."""
    if claim.proposition is None or claim.kind in ("calendar", "count"):
        return claim
    span = lead_in(document, claim.context.start)
    if span is None:
        return claim
    starts = [m.start for m in mentions]
    here = mentions[bisect_right(starts, span.start - 1) : bisect_right(starts, span.end - 1)]
    times = [m for m in here if m.is_time and m.date_start is not None]
    taken = [m.span for m in here if m.is_time or m.kind in ("number", "ordinal")]
    parts = tuple(
        Part(
            start=w.start(), end=w.end(), lemma=w.group().lower(), role="heading", level=5, unit=9999,
            pos="PROPN" if w.group()[0].isupper() and w.start() > span.start + 2 else "NOUN",
        )
        for w in _WORD.finditer(document.text, span.start, span.end)
        if w.group().lower() not in _SMALL and not any(t.start <= w.start() < t.end for t in taken)
    )  # fmt: skip
    proposition = replace(claim.proposition, parts=(*parts, *claim.proposition.parts))
    time = claim.time
    if len(times) == 1:
        time = _time(claim.time, times[0])
    return replace(claim, proposition=proposition, time=time)


def _time(own: ClaimTime | None, above: Mention) -> ClaimTime | None:
    """The time of a list item: its own, in the year of the line above where it leaves the year out."""
    if own is None or own.basis in ("document", "discourse") or own.start is None:
        return ClaimTime(
            start=above.start, end=above.end, timex=above.timex, date_start=above.date_start,
            date_end=above.date_end, inferred=above.inferred, anchor=above.anchor, basis="sentence",
        )  # fmt: skip
    year = above.date_start.year if above.date_start is not None else None
    if "year" not in own.inferred or year is None or own.date_start is None or own.date_end is None:
        return own
    moved = year - own.date_start.year
    if not moved:
        return own
    try:
        first = own.date_start.replace(year=own.date_start.year + moved)
        last = own.date_end.replace(year=own.date_end.year + moved)
    except ValueError:
        return own
    timex = own.timex
    if timex is not None:
        timex = timex.replace(str(own.date_start.year), str(year))
    return replace(own, date_start=first, date_end=last, timex=timex)
