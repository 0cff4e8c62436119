"""Superlatives: in "the greatest number of deaths in Arvia, 39, was in Tarn" the number is of Tarn."""

from __future__ import annotations

import re
from functools import cache

from claimcheck.linking.narrowing_words import any_phrase
from claimcheck.linking.places import WORD
from claimcheck.linking.words import stem
from claimcheck.model import Claim

_BEFORE = 140
_MOST = re.compile(
    r"\b(?:the\s+most|most\s+of(?:\s+the|\s+those)?|the\s+fewest)\s+((?:[\w-]{2,20}\s*){1,4})", re.IGNORECASE
)
_WAS_SOMEWHERE = re.compile(
    r"[^\w;.]{0,3}\s?(?:was|were|is|are|came|died|fell|occurred|happened|took\s+place)\s"
    r"(?:[a-z]{2,12}\s+){0,2}(?:in|at|from|by|around|near)\s"
)


def is_of_the_largest_member(claim: Claim, text: str, words: frozenset[str], place_at: int) -> bool:
    """True if a number is that of the largest member, and the place behind it holds all the members: "the
    most deaths in Arvia, 39, were in Tarn"; not "Arvia had the most refugees, 900".
    `words`: what the row counts; `place_at`: where the claim's place stands."""
    quantity = claim.quantity
    if quantity is None:
        return False
    start = max(claim.context.start, quantity.wide_start - _BEFORE)
    lead = text[start : quantity.wide_start]
    if (found := _most_of().search(lead)) is None:
        found = _MOST.search(lead)
        if found is None or words.isdisjoint(map(stem, WORD.findall(found[1]))):
            return False
    behind = _WAS_SOMEWHERE.match(text, quantity.end, claim.context.end)
    return place_at >= start + found.start() or behind is not None


@cache
def _most_of() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:the|its|their)\s+{any_phrase('most').pattern}\s+(?:single\s+)?"
        r"(?:number|share|proportion|part|count|toll|total|amount|figure)s?\s+of\b|\b(?:the|a)\s+(?:bulk|majority)\s+of\b",
        re.IGNORECASE,
    )
