"""Days without a year that take theirs from the date of the sentence before: "The round began on 23 February
2017. It closed on 3 March."

A day without a year is else read against the document's own date; one that is told of "it", or of the talks
just named, comes after the day on which they began.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from claimcheck.lexicon import alternatives, load, written
from claimcheck.model import Document, Mention, Span

_FULL = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_IT = written("claim_times", "it")
_THE = written("claim_times", "the happening")
_SHORTLY = 15  # days
_YEAR = 4  # characters of a timex


def with_inherited_years(
    document: Document, sentence: Span, mentions: Sequence[Mention], before: Sequence[Mention]
) -> list[Mention]:
    """The mentions of a sentence, days without a year in that of the day from which it goes on. `before`: the
    mentions of the sentence before."""
    stated = [m for m in before if m.is_time and m.date_start is not None and "year" not in m.inferred]
    stated = [m for m in stated if _FULL.fullmatch(m.timex or "")]
    if not stated or _goes_on().match(document.text, sentence.start, sentence.end) is None:
        return list(mentions)
    return [_after(m, stated[-1].date_start, document.date) for m in mentions]


def _after(mention: Mention, start: date | None, published: date | None) -> Mention:
    """A day without a year as the first one not long before another, if before the text was written."""
    first, last, timex = mention.date_start, mention.date_end, mention.timex or ""
    if mention.inferred != ("year",) or first is None or last is None or start is None:
        return mention
    if not mention.is_time or _FULL.fullmatch(timex) is None:
        return mention
    begun = start - timedelta(days=_SHORTLY)  # what led to it is a few days before
    if begun.year < start.year:
        begun = start
    year = start.year + ((last.month, last.day) < (begun.month, begun.day))
    try:
        moved = first.replace(year=year), last.replace(year=year)
    except ValueError:  # 29 February
        return mention
    if published is not None and moved[0] > published:
        return mention
    edtf = mention.edtf if mention.edtf is None else f"{year:04}{mention.edtf[_YEAR:]}"
    moved_timex = f"{year:04}{timex[_YEAR:]}"
    return replace(mention, timex=moved_timex, date_start=moved[0], date_end=moved[1], edtf=edtf)


@cache
def _goes_on() -> re.Pattern[str]:
    """A sentence whose subject is "it", or a kind of happening, whatever stands before."""
    kinds = {word.split()[-1] for row in load("event_kinds") for word in row.get("bare", ())}
    nouns = alternatives(kinds)
    fronted = r"(?:[A-Z][a-z]+\s[^,.;:]{0,40}?,?\s)?"
    return re.compile(rf"\W*{fronted}(?:{_IT}|{_THE}(?:{nouns}))\s+[a-z]", re.IGNORECASE)
