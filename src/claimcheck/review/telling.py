"""A claim's clause as a sentence that tells a measure: what a reviewer's correction of the measure says.

"29 patients were bused out of Douma on 3 May" tells "{n} patients were bused out of {place}".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimcheck.lexicon import pattern
from claimcheck.matching.item import Item
from claimcheck.matching.known import Key, Known
from claimcheck.model import Claim, Document, Span

_BEFORE_TIME = pattern("around_times", "before a time")
_WRITTEN = pattern("around_times", "number")
_SPACE = re.compile(r"\s+")


def sentence_of(known: Known, claim: Claim, document: Document, measures: Sequence[Key]) -> str | None:
    """The sentence that measures could learn from a claim; None where its clause gives none."""
    return template(claim, document.text, _bodies(known, claim, document, measures))


def _bodies(known: Known, claim: Claim, document: Document, measures: Sequence[Key]) -> list[Span]:
    """Where a clause names somebody whose number its measures have."""
    item = Item(claim, document)
    theirs = frozenset(k for m in measures for k in known.bodies_of.get(m, ()))
    return [Span(n.start, n.end) for n in known.organisations(item) if n.keys & theirs]


def template(claim: Claim, text: str, bodies: Sequence[Span] = ()) -> str | None:
    """The clause of a claim with slots for its number, place and whose number it is, and without its time:
    "{n} patients were bused out of {place}"; None where its number does not stand in it."""
    number = claim.quantity
    if number is None or not claim.start <= number.wide_start <= number.end <= claim.end:
        return None
    unit = _WRITTEN.sub("", number.text) if number.kind != "number" else ""
    cuts = [(Span(number.wide_start, number.end), f"{{n}} {unit}")]
    cuts += [(body, "{actor}") for body in bodies[:1]]
    if (place := _place(claim, text)) is not None:
        cuts.append((place, "{place}"))
    time = claim.time
    if time is not None and time.start is not None and time.end is not None:
        before = _BEFORE_TIME.search(text, claim.start, time.start)
        cuts.append((Span(time.start if before is None else before.start(), time.end), ""))
    inside = [(s, put) for s, put in cuts if claim.start <= s.start and s.end <= claim.end]
    if any(one.overlaps(other) for at, (one, _) in enumerate(inside) for other, _ in inside[:at]):
        return None
    out, at = "", claim.start
    for span, put in sorted(inside):
        out, at = out + text[at : span.start] + put, span.end
    sentence = _SPACE.sub(" ", out + text[at : claim.end]).strip(" ,;.–—")
    return sentence if "{n}" in sentence and not any(c.isdigit() for c in sentence) else None


def _place(claim: Claim, text: str) -> Span | None:
    """Where a clause names its place, linked or not."""
    for slot in claim.slots:
        if slot.slot == "place" and slot.start is not None and slot.end is not None and slot.text:
            return Span(slot.start, slot.end)
    name = "" if claim.place is None else claim.place.text or ""
    at = text.find(name, claim.start, claim.end) if name else -1
    return None if at < 0 else Span(at, at + len(name))
