"""What a list item takes from the line above its list: "Executions in 2014" governs "- Iran: 289"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from claimcheck.claims.years import in_year
from claimcheck.model import Claim, ClaimTime, Document, Mention, Part, Span, replace
from claimcheck.syntax.headings import headings, is_prose
from claimcheck.syntax.stems import verb_of, word_set

_WORD = re.compile(r"[^\W\d_]\w*(?:['’-][^\W\d_]+)*")
_COUNTING = frozenset({"number", "ordinal"})
_SAID_IN_FULL = frozenset({"subject", "agent", "object"})
"""Roles of which a clause has some: an item that is one needs no more than the line above its list."""
_SMALL = word_set("small words of headings")


def with_lead_in(document: Document, claim: Claim, mentions: Sequence[Mention]) -> Claim:
    """A claim of a list item with the words, and where it has none the time, of the line above its list."""
    if claim.proposition is None or claim.kind in ("calendar", "count"):
        return claim
    own, above = claim.proposition.parts, headings(document.text, claim.context.start)
    if not above or (claim.kind == "event" and own and all(p.pos == "NUM" for p in own)):
        return claim  # "30 November: 500" is about no event
    counted = claim.proposition.role in ("subject", "patient", "object")
    if counted or any(p.role in _SAID_IN_FULL for p in own):
        above = above[:1]
    starts = [m.start for m in mentions]
    parts: list[Part] = []
    time = claim.time
    dated = thing = False  # whether a heading gave the time, and words besides names and times
    for span in above:
        here = mentions[bisect_right(starts, span.start - 1) : bisect_right(starts, span.end - 1)]
        times = [m for m in here if m.is_time and m.date_start is not None]
        said = [] if thing else _parts(document.text, span, here)
        if len(times) == 1 and not dated:
            time = _time(claim, document, times[0])
        parts = [*said, *parts]
        dated = dated or bool(times)
        thing = thing or any(document.text[p.start].islower() for p in said)
        if dated and thing:
            break
    if is_prose(document.text, claim.context.start):
        parts = [replace(p, context=True) for p in parts]
    return replace(claim, proposition=replace(claim.proposition, parts=(*parts, *own)), time=time)


def _parts(text: str, span: Span, mentions: Sequence[Mention]) -> list[Part]:
    """The words of a heading, but for its numbers and times."""
    taken = [m.span for m in mentions if m.is_time or (m.kind in _COUNTING and m.reason != "name")]
    return [
        Part(
            start=w.start(), end=w.end(), lemma=verb_of(w.group().lower()),
            role="heading", level=5, unit=9999,
            pos="PROPN" if w.group()[0].isupper() and w.start() > span.start + 2 else "NOUN",
        )
        for w in _WORD.finditer(text, span.start, span.end)
        if not {w.group().lower(), text[w.start() : w.end() + 1].lower()} & _SMALL  # "No. 7"
        if not any(t.start <= w.start() < t.end for t in taken)
    ]  # fmt: skip


def _time(claim: Claim, document: Document, above: Mention) -> ClaimTime | None:
    """The time of a list item: its own, in the year of the line above where it leaves the year out."""
    own, stated = claim.time, above.date_start
    if own is None or own.basis in ("document", "discourse") or own.start is None:
        return ClaimTime(
            start=above.start, end=above.end, timex=above.timex, date_start=stated, date_end=above.date_end,
            inferred=above.inferred, anchor=above.anchor, basis="sentence",
        )  # fmt: skip
    if "year" not in own.inferred or "year" in above.inferred or stated is None:
        return own
    moved = in_year(claim, document, stated.year)
    return own if moved is None else moved.time
