"""Whether a clause says that something was in the place that it names, or only names it."""

from __future__ import annotations

import re
from functools import cache

from claimcheck.linking.claimlinks import PlaceLink
from claimcheck.linking.places import WORD
from claimcheck.linking.words import any_of, stem
from claimcheck.model import Claim

_NOUN_BEHIND = re.compile(r"\s+([a-z]+(?<!ing))\b")
_LOCATES = re.compile(r"\b(?:in|at|near)\s+(?:the\s+)?\Z")
_BROUGHT_FORWARD = re.compile(r"\bit\s+(?:was|is)\s+(?:in|at|near)\s+(?:the\s+)?\Z", re.IGNORECASE)
_SET_OUT = 30
"""Characters before a place in which it may be said that something set out from there."""


def is_inside(place: PlaceLink, claim: Claim) -> bool:
    """Whether the place is named in the claim's own clause."""
    return place.text is not None and place.text in claim.text


def is_brought_forward(place: PlaceLink, claim: Claim, text: str) -> bool:
    """Whether the words before a clause say where it was: "it was in Tarn that the talks opened"."""
    if place.text is None or not 0 <= place.at < claim.start or not claim.text.startswith("that "):
        return False
    before = text[max(0, place.at - _SET_OUT) : place.at]
    between = text[place.at + len(place.text) : claim.start]
    return not between.strip() and _BROUGHT_FORWARD.search(before) is not None


def is_located(place: PlaceLink, claim: Claim) -> bool:
    """Whether the clause says that something was in or near the place, and does not only name it."""
    if place.text is None:
        return False
    text, at = claim.text, claim.text.find(place.text)
    while at >= 0 and not (_LOCATES.search(text, max(0, at - 12), at) or _sets_out(text, at)):
        at = text.find(place.text, at + 1)
    return at >= 0


def _sets_out(text: str, at: int) -> bool:
    """Whether a place is that from which something set out: there it happened ("launched from Tarn")."""
    near = text[max(0, at - _SET_OUT) : at]
    return "from" in near and _from_there().search(near) is not None


@cache
def _from_there() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('sets out from')})\s+(?:the\s+)?\Z")


def is_struck_or_located(place: PlaceLink, claim: Claim) -> bool:
    """The same, or the place is what the clause's verb befell: "the attack hit Saraqib", not "the round
    created the Idlib zone"."""
    if is_located(place, claim) or place.text is None or claim.predicate is None:
        return is_located(place, claim)
    before, _, behind = claim.text.partition(place.text)
    verb = [w for w in WORD.findall(before)[-2:] if w.lower() != "the"][-1:]
    if not verb or stem(verb[0]) != stem(claim.predicate):
        return False
    thing = _NOUN_BEHIND.match(behind)
    return thing is None or stem(thing[1]) not in {stem(term) for term in claim.terms}
