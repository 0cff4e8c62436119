"""An event of the tables that a claim mentions, and the nouns that carry a date of their own: "the
opening of Geneva VIII on 28 November" dates the talks whatever the rest of the clause says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from claimcheck.judging.relations import How
from claimcheck.linking.places import WORD
from claimcheck.linking.surroundings import own_words
from claimcheck.linking.words import any_of, nouns, stem
from claimcheck.model import Claim, Document, ReferenceRow, Span
from claimcheck.reference.names import folded

_LEAD = re.compile(
    r"(?:(?:after|before|since|following|with|until|upon|and|but)\s+)?(?:the\s+)?"
    r"(?:([a-z]{3,12})\s+of\s+(?:the\s+)?((?:[A-Z][\w’'-]*\s+){0,3}))?",
    re.IGNORECASE,
)
_OWNED = re.compile(r"['’]s\s+([a-z]{3,12})\b")
_UP_TO_DATE = re.compile(r"((?:\s+[A-Z][\w’'-]*){0,3})\s+(?:on|in)\s+(?:the\s+)?")
_EDGE_OF = re.compile(r"\b(first|opening|last|final|closing)\s+day\s+of\s+(?:the\s+)?\Z", re.IGNORECASE)
_WAS = re.compile(r"(?:\s+[a-z]{3,12})?,?\s+(?:was|is|fell\s+on|came\s+on)\s+(?:on\s+)?(?:the\s+)?")
KINDRED = {stem("death"): stem("die"), stem("killing"): stem("kill")}
_WITHIN = 60
"""Characters between a name and the date that belongs to it."""


@dataclass(frozen=True, slots=True)
class MentionedEvent:
    """A row that a claim may speak of, how it was recognised, and where in the text."""

    row: ReferenceRow
    how: How
    span: Span
    words: int = 1  # of the kind that recommends it
    alone: bool = False  # its name carries the date; what the clause says is another matter
    phase: str | None = None  # the word for the day that is meant, where the predicate is another
    by_deed: bool = False  # only told by a verb and what was used: one of its kind, not the one
    only_fits: bool = False  # told by a verb alone: any one of its kind, which another day does not refute
    joined: bool = False  # one of several that the clause names together, with one date for all
    misnumbered: bool = False  # the text gives it another number than the row does
    told_apart: bool = False  # its date tells it from others of its name: "the 30 January congress"
    doubtful: bool = (
        False  # its date may be that of what is said to be about it: "the report on resolution 2401"
    )
    granted: bool = False  # its date hangs on its name: taken for granted, whatever the clause only asks for


def dated_noun(
    claim: Claim, document: Document, found: Span, row: ReferenceRow, kinds: frozenset[str]
) -> str | None:
    """The noun of a named happening whose date is the claim's: "the adoption of resolution 2118 on D",
    "Geneva II's opening in M", "the death of Hadieh on D". Only at the head of the clause: behind a verb the
    date may as well be the verb's. `kinds`: the stems of the words for the row's kind."""
    time, text = claim.time, document.text
    if time is None or time.start is None or not found.end < time.start <= found.end + _WITHIN:
        return None
    lead = _LEAD.fullmatch(text, claim.start, found.start)
    if lead is None or not text[time.end or time.start : claim.end].strip(" ,"):
        return None
    behind = found.end
    owned = _OWNED.match(text, found.end)
    if owned is not None:
        behind = owned.end()
    between = _UP_TO_DATE.fullmatch(text, behind, time.start)
    own = own_words(row)
    names = (lead[2] or "") + (between[1] if between is not None else "")
    if between is None or any(folded(w).removesuffix("s") not in own for w in WORD.findall(names)):
        return None
    return _noun(lead[1] or (owned[1] if owned is not None else None), found.of(text), kinds)


def edge_day(claim: Claim, document: Document, found: Span) -> str | None:
    """Whether the clause says which was the first or the last day of a named happening, and which of the two:
    "the last day of Geneva VI was 19 May"."""
    time, text = claim.time, document.text
    if time is None or time.start is None or not found.end < time.start <= found.end + _WITHIN:
        return None
    lead = _EDGE_OF.search(text, max(claim.context.start, found.start - _WITHIN), found.start)
    if lead is None or _WAS.fullmatch(text, found.end, time.start) is None:
        return None
    return "begin" if lead[1].lower() in ("first", "opening") else "end"


def _noun(said: str | None, name: str, kinds: frozenset[str]) -> str | None:
    """The noun that carries the date: one for a stretch of a happening or for its kind, or a word for its
    kind within the name."""
    if said is not None:
        return said.lower() if _kind(said) in nouns("stretches") | kinds else None
    words = [w for w in WORD.findall(name) if _kind(w) in kinds]
    return words[0].lower() if words else None


def begins_by_phrase(claim: Claim) -> bool:
    """Whether a clause says by a phrase that something began: "got under way"."""
    return _phrase("begins_phrases").search(claim.text) is not None


def ends_by_phrase(claim: Claim) -> bool:
    """Whether a clause says by a phrase that something ended: "was extinguished"."""
    return _phrase("ends_phrases").search(claim.text) is not None


def dies_by_phrase(claim: Claim) -> bool:
    """Whether a clause says by a phrase that somebody died: "lost his life"."""
    return _phrase("dies_phrases").search(claim.text) is not None


@cache
def _phrase(topic: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(topic)})\b")


def _kind(word: str) -> str:
    return KINDRED.get(stem(word), stem(word))


def is_singled_out(claim: Claim, kinds: frozenset[str]) -> bool:
    """Whether the clause says more of a happening than that it was one of its kind: that it was the only one,
    the last or the deadliest. `kinds`: the stems that say of which kind it is."""
    found = _extreme().search(claim.text)
    return found is not None and not kinds.isdisjoint(map(stem, WORD.findall(found[1])))


def is_narrower_rank(claim: Claim, text: str) -> bool:
    """Whether an ordinal counts only some of a series: "its first resolution to speak of aid", "the third
    round in as many months"; "the 21st patient to die" counts them all."""
    if claim.kind != "rank" or claim.quantity is None or claim.quantity.noun is None:
        return False
    noun = stem(claim.quantity.noun.split()[-1])
    if noun in nouns("people", "part_of_people"):
        return False
    return _narrower().match(text, claim.quantity.end, claim.context.end) is not None


@cache
def _narrower() -> re.Pattern[str]:
    words = r"(?:\s+[\w-]{2,20}){1,3}?"
    return re.compile(rf"{words}\s+(?:{any_of('narrower rank')})\b")


@cache
def _extreme() -> re.Pattern[str]:
    words = r"((?:[\w-]{2,20}\s){0,3}[\w-]{2,20})"
    return re.compile(rf"\b(?:{any_of('extremes')})\s+{words}", re.IGNORECASE)
