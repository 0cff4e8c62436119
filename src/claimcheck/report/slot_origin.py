"""How a claim came by its place and its time: stated, from its sentence, carried over, from the dateline."""

from __future__ import annotations

from dataclasses import replace

from claimcheck.model import Claim, Document, Slot

BASIS_WORDS = {
    "clause": "stated",
    "sentence": "from its sentence",
    "carried": "carried over",
    "heading": "from a heading",
    "dateline": "from the dateline",
    "about": "from what the document is about",
}
_QUOTED = 60  # characters around words that carry a place or a time
_BACK = 20_000  # characters before a claim in which its place is looked for


def place_found(claim: Claim, document: Document) -> str:
    """How the claim came by its place: "carried over from “…besieged enclave of Eastern Ghouta…”"."""
    if (slot := _slot(claim, "place")) is not None:
        return _slot_words(slot, claim)
    if claim.place is None:
        return ""
    name, text = claim.place.text, document.text
    if not name or name in claim.text:
        return BASIS_WORDS["clause"]
    if name in text[claim.context.start : claim.context.end]:
        return BASIS_WORDS["sentence"]
    at = text.rfind(name, max(0, claim.context.start - _BACK), claim.context.start)
    if at < 0:
        return BASIS_WORDS["about"] if document.about else ""
    zone = str(document.zone_at(at))
    if zone in ("dateline", "heading"):
        return BASIS_WORDS[zone]
    return f"{BASIS_WORDS['carried']} from {_quoted(text, at, at + len(name))}"


def time_found(claim: Claim, document: Document) -> str:
    """How the claim came by its time; empty where its words say so already."""
    if (slot := _slot(claim, "time")) is not None:
        return _slot_words(_as_written(slot, document), claim)
    time = claim.time
    if time is None or time.basis == "document" or time.anchor:
        return ""
    if time.basis == "discourse":
        if time.start is None or time.end is None:
            return ""
        return f"carried over from {_quoted(document.text, time.start, time.end)}"
    return BASIS_WORDS[time.basis]


def _slot(claim: Claim, name: str) -> Slot | None:
    return next((slot for slot in claim.slots if slot.slot == name), None)


def _as_written(slot: Slot, document: Document) -> Slot:
    """A slot of time with the document's words: its own text may be a timex ("2018-01-25/2018-01-26")."""
    if slot.start is None or slot.end is None or not slot.text[:4].isdigit():
        return slot
    return replace(slot, text=" ".join(document.text[slot.start : slot.end].split()))


def _slot_words(slot: Slot, claim: Claim) -> str:
    words = BASIS_WORDS[slot.basis]
    outside = slot.start is not None and not claim.start <= slot.start < claim.end
    return f"{words} by “{slot.text}”" if slot.basis == "carried" or (outside and slot.text) else words


def _quoted(text: str, start: int, end: int) -> str:
    """The words with a little of what stands around them, in one line."""
    first = max(text.rfind("\n", 0, start) + 1, start - _QUOTED // 2)
    stop = text.find("\n", end)
    last = min(len(text) if stop < 0 else stop, end + _QUOTED // 2)
    if first and text[first - 1] != "\n" and (space := text.find(" ", first, start)) >= 0:
        first = space + 1
    if last < len(text) and text[last] != "\n" and (space := text.rfind(" ", end, last)) >= 0:
        last = space
    before = "…" if first and text[first - 1] != "\n" else ""
    after = "…" if last < len(text) and text[last] != "\n" else ""
    return f"“{before}{' '.join(text[first:last].split())}{after}”"
