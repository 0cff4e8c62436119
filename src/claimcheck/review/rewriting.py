"""A document as it would read with a reviewer's words in it, read again like any text.

A corrected place is written where the claim names its place: over the name, for "there" as "in …", else at
the end of the clause. Of a long document only what stands around the claim is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from claimcheck.claims.reading import read
from claimcheck.dates.events import EventIndex
from claimcheck.frames.held import all_held
from claimcheck.model import Claim, Document, Reading, Span

MOST = 12_000
"""Characters that are read again: a page must not wait for a whole book."""


def read_with(
    document: Document, claim: Claim, place: str | None, index: EventIndex
) -> tuple[Reading, Claim] | None:
    """The document read again around a claim, with its place written in, and the claim in it; None where it
    is not read there any more.

    Example:
        >>> read_with(document, claim, "Eastern Ghouta", index)[1].text  # "29 were evacuated from Douma"
        '29 were evacuated from Eastern Ghouta'
    """
    text, cut = document.text, _window(document.text, claim.context)
    span, words = (Span(cut.end, cut.end), "") if place is None else _written(claim, text, place)
    new = text[cut.start : span.start] + words + text[span.end : cut.end]

    def moved(offset: int) -> int:
        if offset >= span.end:
            offset += len(words) - (span.end - span.start)
        elif offset > span.start:
            offset = span.start
        return min(max(offset - cut.start, 0), len(new))

    found = next(read([_moved(document, new, moved)], index, refuse=lambda overrun: None), None)
    found = None if found is None else all_held(found)
    own = None if found is None else _same(claim, found.claims, moved)
    return None if found is None or own is None else (found, own)


def _window(text: str, around: Span) -> Span:
    """The paragraphs around a sentence that are read again; the whole text where it is short."""
    if len(text) <= MOST:
        return Span(0, len(text))
    start, end = max(0, around.start - MOST // 2), min(len(text), around.end + MOST // 2)
    first = text.find("\n\n", start, around.start) if start else 0
    last = text.rfind("\n\n", around.end, end) if end < len(text) else end
    return Span(start if first < 0 else first, end if last < 0 else last)


def _written(claim: Claim, text: str, place: str) -> tuple[Span, str]:
    """Which characters a place is written over, and as which words."""
    slot = next(
        (s for s in claim.slots if s.slot == "place" and s.start is not None and s.end is not None), None
    )
    if slot is not None and claim.context.start <= slot.start < claim.context.end:  # type: ignore[operator]
        span = Span(slot.start, slot.end)  # type: ignore[arg-type]
    else:
        name = "" if claim.place is None else claim.place.text or ""
        at = text.find(name, claim.context.start, claim.context.end) if name else -1
        if at < 0:
            return Span(claim.end, claim.end), f" in {place}"
        span = Span(at, at + len(name))
    return span, f"in {place}" if span.of(text).lower() in ("there", "here") else place


def _moved(document: Document, text: str, moved: Callable[[int], int]) -> Document:
    """The document with another text, its zones and numbered items where they stand in it."""
    zones = (replace(z, start=moved(z.start), end=moved(z.end)) for z in document.zones)
    items = (
        replace(
            item,
            number_start=moved(item.number_start),
            number_end=moved(item.number_end),
            start=moved(item.start),
            end=moved(item.end),
        )
        for item in document.items
    )
    return replace(
        document,
        text=text,
        zones=tuple(z for z in zones if z.start < z.end),
        items=tuple(item for item in items if item.number_start < item.number_end),
        pages=(),
    )


def _same(claim: Claim, claims: Iterable[Claim], moved: Callable[[int], int]) -> Claim | None:
    """The claim of one kind that tells the same number, else day; the one whose clause is nearest."""
    at = _stated_at(claim)
    same = [
        c for c in claims if c.kind == claim.kind and _stated_at(c) == (None if at is None else moved(at))
    ]
    return min(same, key=lambda c: abs(c.start - moved(claim.start)), default=None)


def _stated_at(claim: Claim) -> int | None:
    """Where the number or the day stands that a claim is about."""
    if claim.quantity is not None:
        return claim.quantity.start
    return None if claim.time is None else claim.time.start
