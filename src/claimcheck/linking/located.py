"""Whether a clause says that something was in the place that it names, or only names it."""

from __future__ import annotations

import re
from functools import cache

from claimcheck.linking.claimlinks import PlaceLink
from claimcheck.linking.words import any_of
from claimcheck.model import Claim

_LOCATES = re.compile(r"\b(?:in|at|near)\s+(?:the\s+)?\Z")
_SET_OUT = 30
"""Characters before a place in which it may be said that something set out from there."""


def is_inside(place: PlaceLink, claim: Claim) -> bool:
    """Whether the place is named in the claim's own clause."""
    return place.text is not None and place.text in claim.text


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
