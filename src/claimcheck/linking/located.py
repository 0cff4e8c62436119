"""Whether a clause says that something was in the place that it names, or only names it."""

from __future__ import annotations

import re

from claimcheck.linking.claimlinks import PlaceLink
from claimcheck.model import Claim

_LOCATES = re.compile(r"\b(?:in|at|near)\s+(?:the\s+)?\Z")


def is_inside(place: PlaceLink, claim: Claim) -> bool:
    """Whether the place is named in the claim's own clause."""
    return place.text is not None and place.text in claim.text


def is_located(place: PlaceLink, claim: Claim) -> bool:
    """Whether the clause says that something was in or near the place, and does not only name it."""
    if place.text is None:
        return False
    text, at = claim.text, claim.text.find(place.text)
    while at >= 0 and not (_LOCATES.search(text, max(0, at - 12), at)):
        at = text.find(place.text, at + 1)
    return at >= 0
