"""What a claim says in plain words, how it came by its place and time, and where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace

from claimcheck.documents.layout import paragraphs
from claimcheck.model import Claim, Document, Interval, Link, Slot, Verdict, to_places
from claimcheck.report.words.values import (
    HEDGE_WORDS,
    KIND_WORDS,
    day_words,
    interval_words,
    period_words,
    plural,
    quantity_words,
    time_words,
)

LIGHT = frozenset({None, "be", "become", "do", "have", "make", "take", "see", "get"})
"""Verbs that do not say what happened."""
_DETERMINED = frozenset({"the", "a", "an", "this", "that", "his", "her", "its", "their", "our", "people"})
"""First words of a name that needs no article."""


@dataclass(frozen=True, slots=True)
class Part:
    """One aspect of a reading: what it is called ("How many"), what was read, and the key of the row of the
    tables that it links to, empty where there is none. `found`: how the claim came by it."""

    label: str
    words: str
    key: str = ""
    found: str = ""


def claim_parts(claim: Claim, verdict: Verdict | None = None) -> tuple[Part, ...]:
    """How a claim was read, aspect by aspect; never empty. By the verdict a measure may be in no table, or a
    place, which is looked up only where the measure is."""
    quantity, time = claim.quantity, claim.time
    unknown = " (in no table)" if verdict is not None and verdict.reason == "no_measure" else ""
    parts = [
        Part("How many", _many(claim)),
        Part("Measured as", f"“{claim.measure}”{unknown}" if claim.measure else ""),
        Part("When", time_words(time) if time else ""),
        _linked("Where", claim.place, verdict is not None and verdict.reason == "no_place"),
        _linked("By whom" if claim.actor != claim.subject or quantity else "Who", _apart(claim, claim.actor)),
        _linked("About", _apart(claim, claim.subject) if claim.subject != claim.actor else None),
        _linked("Said by", claim.speaker),
        Part("Standing", "" if claim.asserted else standing_words(claim.hedge)),
    ]
    return tuple(part for part in parts if part.words) or (Part("Read as", KIND_WORDS[claim.kind]),)


def _many(claim: Claim) -> str:
    """What a claim admits, of a comparison as it is said of its operands: "at least 4 times as much"."""
    stated = claim.comparison
    if stated is None or stated.relation not in ("ratio", "change", "share"):
        return quantity_words(claim.quantity) if claim.quantity is not None else ""
    by, unit = (1, "times as much") if stated.relation == "ratio" else (100, "%")
    ends = (None if end is None else to_places(by * end, 1) for end in (stated.low, stated.high))
    return f"{interval_words(Interval(*ends))} {unit}"


def _linked(label: str, link: Link | None, unknown: bool = True) -> Part:
    if link is None:
        return Part(label, "")
    if link.id or not unknown:
        return Part(label, link.text, link.id or "")
    return Part(label, f"{link.text} (not a listed name)")


def claim_words(claim: Claim, verdict: Verdict | None = None) -> str:
    """The reading as one phrase: "at least 131 groups signing a joint letter in Syria, on 3 January 2018".

    What fixed the time, and what was inferred, is left to `claim_parts`. Where no table has the measure, by
    the verdict, only what is counted is said: the text's own words in a row are no name.
    """
    time, what = claim.time, claim_gist(claim, verdict)
    if claim.kind == "calendar" or claim.comparison is not None:
        return what
    found = (
        _placed(claim, what),
        period_words(time.period) if time and time.period else None,
        f"by {_named(claim.actor)}" if claim.actor and _does(claim) and not _is_there(claim) else None,
        f"according to {claim.speaker.text}" if claim.speaker else None,
        None if claim.asserted else standing_words(claim.hedge),
    )
    return ", ".join(words for words in found if words)


def _placed(claim: Claim, what: str) -> str:
    """What is claimed, with its place: "12 people killed in Idlib", of a word for its people "(Syrian)"."""
    place = claim.place
    if place is None:
        return what
    if place.text.islower():
        return f"{what} ({place.text.capitalize()})"
    return f"{what}{',' if claim.kind == 'event' and ':' in what else ''} in {place.text}"


def _is_there(claim: Claim) -> bool:
    """Whether a claim's actor is its place: "in Damascus, by Damascus" says one thing twice."""
    return claim.actor is not None and claim.place is not None and claim.actor.text == claim.place.text


def _compared(claim: Claim) -> str:
    """ "that “more refugees than Belland” (more refugees hosted)"."""
    stated = f" of “{claim.measure}”" if claim.measure else ""
    standing = "" if claim.asserted else f", {standing_words(claim.hedge)}"
    return f"a comparison{stated}: “{claim.text}”{standing}"


def claim_gist(claim: Claim, verdict: Verdict | None = None) -> str:
    """What is claimed, without its place and time: "765 patients needing medical evacuation"."""
    quantity, measure, time = claim.quantity, claim.measure, claim.time
    if claim.kind == "calendar" and time and time.date_start:
        return f"the weekday that the text gives for {day_words(time.date_start)}"
    if claim.comparison is not None:
        return _compared(claim)
    known = verdict is None or verdict.reason != "no_measure"
    if quantity is None:
        return f"“{measure}”" if measure else _event(claim)
    if not measure or not (known or quantity.cumulative):
        return quantity_words(quantity)
    if quantity.cumulative and quantity.value is not None:
        return quantity_words(quantity).split(" of a running total")[0] + f" in the running total “{measure}”"
    words, counted = quantity_words(quantity), plural(quantity.noun)
    if counted and words.endswith(f" {counted}") and f"{measure} ".startswith(f"{counted} "):
        return words.removesuffix(counted) + measure
    return f"{words} (“{measure}”)"


def _event(claim: Claim) -> str:
    """What a claim without number and measure is about: "a dated event: talks, “hold”"."""
    subject = claim.subject or claim.actor
    verb = claim.predicate if claim.predicate not in LIGHT else None
    stated = ([subject.text] if subject else []) + ([f"“{verb}”"] if verb else [])
    return f"{KIND_WORDS[claim.kind]}: {', '.join(stated)}" if stated else KIND_WORDS[claim.kind]


def _does(claim: Claim) -> bool:
    """Whether naming the actor says more than what is claimed: "641 patients, by patients" does not."""
    if claim.quantity is None and claim.measure is None:
        return claim.subject is not None and claim.subject != claim.actor  # an event names its subject
    return _apart(claim, claim.actor) is not None


def _apart(claim: Claim, link: Link | None) -> Link | None:
    """The link, unless it is of those who are counted anyway."""
    noun = claim.quantity.noun if claim.quantity else None
    counted = link is not None and not link.id and link.text.casefold() in (noun or "", plural(noun))
    return None if counted else link


def _named(actor: Link) -> str:
    """The actor as a sentence names it: "the regime", "Assad's forces", "rebels"."""
    text = actor.text
    bare = text[:1].islower() and not text.endswith("s") and text.split()[0] not in _DETERMINED
    return f"the {text}" if bare else text


def standing_words(hedge: str | None) -> str:
    """Why a claim is not asserted."""
    return f"not asserted: {HEDGE_WORDS.get(hedge, hedge)}" if hedge else "not asserted"


BASIS_WORDS = {
    "clause": "stated", "sentence": "from its sentence", "carried": "carried over",
    "heading": "from a heading", "dateline": "from the dateline",
    "about": "from what the document is about",
}  # fmt: skip
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


def whereabouts(document: Document) -> Callable[[int], str]:
    """For an offset into the text "page 3 of 9", without pages "paragraph 4"; "" where there is only one.

    A heading, an item of a list and a row of a table are paragraphs too.
    """
    pages = document.pages
    if pages:
        return lambda offset: f"page {max(1, bisect_right(pages, offset))} of {len(pages)}"
    starts = [line.start for line in paragraphs(document.text)]
    if len(starts) < 2:
        return lambda _: ""
    return lambda offset: f"paragraph {max(1, bisect_right(starts, offset))}"
