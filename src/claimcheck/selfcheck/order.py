"""Dates in the wrong order: periods that end before they begin, in one phrase or over two clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from claimcheck.calendar_names import MONTHS
from claimcheck.lexicon import pattern, written
from claimcheck.model import Finding, Mention, Span
from claimcheck.selfcheck.base import noted, spoken
from claimcheck.selfcheck.marked import Marked

_FROM_TO = pattern("own_checks", "from to")
_BETWEEN_AND = pattern("own_checks", "between and")
_DAY_MONTH = written("own_checks", "day and month")
_SAME_MONTH = pattern("own_checks", "same month")
_TO = {"from": _FROM_TO, "between": _BETWEEN_AND}
_MOVED = pattern("own_checks", "moved")
_NEXT_YEAR = pattern("own_checks", "next year")
_BEFORE_CHRIST = pattern("own_checks", "before Christ")


def order_findings(text: str, mentions: Sequence[Mention], marks: Marked) -> Iterator[Finding]:
    """Periods whose ends are swapped, and what ended before it began: "opened on 12 May, closed on 9 May"."""
    yield from _swapped(text, mentions)
    seen: set[Span] = set()
    for found in marks.holding("order"):
        if "span" in found.slots:
            continue  # read as one time: its ends are in order
        begin, end = found["begin"], found["end"]
        first, last = begin.period, end.period
        if first is None or last is None or found.span in seen or not _comparable(text, begin, end):
            continue
        seen.add(found.span)
        if last.before(first):
            told = f"The end, {spoken(last)}, is before the beginning, {spoken(first)}."
            yield noted(text, "date_order", found.span, told, problem=True)


def _comparable(text: str, begin: Mention, end: Mention) -> bool:
    """Whether the years are known, or both dates are days of one month: "opened on 12 December and closed on
    9 March" may tell of two years. Years before Christ run backwards."""
    if _BEFORE_CHRIST.match(text, end.end) is not None or _BEFORE_CHRIST.match(text, begin.end) is not None:
        return False
    if not begin.inferred and not end.inferred:
        return True
    first, last = begin.date_start, end.date_start
    day = begin.date_start == begin.date_end and end.date_start == end.date_end
    written = {"year"} >= {*begin.inferred, *end.inferred} and end.inferred == ("year",)
    if first is None or last is None or not day or not written:
        return False
    return (first.year, first.month) == (last.year, last.month) and _NEXT_YEAR.match(text, end.end) is None


def _swapped(text: str, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """Periods that end before they begin: "from 5 May to 3 May", "between June 2014 and May 2013".

    Where a year is left out, only days of one month are compared: "from 28 December to 3 January" is right.
    What was moved "from 5 May to 3 May" is no period.
    """
    dates = [mention for mention in mentions if mention.kind == "date" and mention.period is not None]
    pairs = ((first, second) for first, second in pairwise(dates) if _is_swapped(text, first, second))
    spans = {second.end: Span(first.start, second.end) for first, second in pairs}
    for match in _SAME_MONTH.finditer(text):
        if _NEXT_YEAR.match(text, match.end()) is None and _runs_backwards(match):
            spans.setdefault(match.end(), Span(match.start(), match.end()))
    for span in sorted(spans.values()):
        if _MOVED.search(text, max(0, span.start - 60), span.start) is None:
            told = f'The period ends before it begins: "{span.of(text)}".'
            yield noted(text, "date_order", span, told, problem=True)


def _is_swapped(text: str, first: Mention, second: Mention) -> bool:
    """Whether two neighbouring dates with their years are the ends of one period, in the wrong order."""
    if second.start < first.end or "year" in (*first.inferred, *second.inferred):
        return False
    lead = text[max(0, first.start - 8) : first.start].lower().split()[-1:]
    joint = _TO.get(lead[0]) if lead else None
    if joint is None or joint.fullmatch(text, first.end, second.start) is None:
        return False
    begins, ends = first.date_start, second.date_end
    return begins is not None and ends is not None and begins > ends


def _runs_backwards(match: re.Match[str]) -> bool:
    day, month, day_behind, other_day, other_month, other_behind = match.groups()
    first, second = day or day_behind, other_day or other_behind
    if first is None or second is None or MONTHS[month.title()] != MONTHS[other_month.title()]:
        return False
    return 31 >= int(first) > int(second) > 0
