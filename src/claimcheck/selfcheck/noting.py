"""How every self-check reports: a finding at characters of the text."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cache

from claimcheck.lexicon import alternatives, load
from claimcheck.model import Finding, Mention, Period, Span


@cache
def any_of(row: str) -> str:
    """The words of a row of data/finding_words.toml as alternatives of a pattern, longest first."""
    words = next(r["words"] for r in load("finding_words") if r.id == row)
    return alternatives(words, "[ ]").replace(r"\*", r"\w*")


def noted(text: str, kind: str, span: Span, stated: str, *, problem: bool = False) -> Finding:
    """A finding at `span`; its text is always the characters that the span covers."""
    return Finding(
        kind=kind, start=span.start, end=span.end, text=span.of(text),
        status="problem" if problem else "ok", explanation=stated,
    )  # fmt: skip


def spoken_day(day: date) -> str:
    """A day as people write it: "25 January 2018"."""
    return f"{day.day} {day:%B} {day.year}"


def ends_of(mention: Mention) -> tuple[Period, Period] | None:
    """The first and the last day (month, year) of a time that gives both: "1880–1948" is two years."""
    first, _, last = (mention.timex or "").partition("/")
    start, end = mention.date_start, mention.date_end
    if start is None or end is None or not {len(first), len(last)} <= {4, 7, 10}:
        return None
    whole = {
        4: date(start.year, 12, 31),
        7: start.replace(day=monthrange(start.year, start.month)[1]),
        10: start,
    }
    begun = {4: date(end.year, 1, 1), 7: end.replace(day=1), 10: end}
    return Period(start, whole[len(first)]), Period(begun[len(last)], end)
