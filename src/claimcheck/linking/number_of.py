"""Whom a bare number counts that is said to be their number: "put the number of sick children at 137"."""

from __future__ import annotations

import re

from claimcheck.linking.places import WORD
from claimcheck.linking.words import nouns, stem
from claimcheck.model import Claim

NUMBER_OF = r"\b(?:number|toll|total|count|tally)\s+of\s+(?:the\s+)?"
_BEFORE = 160
"""Characters before a number in which it is said what it is the number of."""
_COUNTED = re.compile(rf"{NUMBER_OF}((?:[\w-]{{1,20}} ){{1,3}})(?![^;:.]*\bnumber of\b)", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:]|\.\s|,\s+(?:and|but|while)\s|\b(?:against|compared|from)\b")
_ANOTHER = re.compile(r"[;:\d]|\.\s")


def things_before(claim: Claim, text: str) -> str | None:
    """The stem of the plural of which a bare number is said to be the number, where its sentence has no other
    such phrase: the horses of "put the number of horses injured on 4 May at 24"."""
    quantity = claim.quantity
    if quantity is None or quantity.noun is not None or quantity.kind != "number":
        return None
    start = max(claim.context.start, quantity.wide_start - _BEFORE)
    if text.find("number of ", start, quantity.wide_start) < 0:
        return None
    found = _COUNTED.search(text, start, quantity.wide_start)
    if found is None or _CLAUSE.search(text, found.end(), quantity.wide_start):
        return None
    plural = (w for w in WORD.findall(found[1]) if len(w) > 3 and w.endswith("s") and not w.endswith("ss"))
    return next((stem(w) for w in plural if w.islower()), None)


def counted_before(claim: Claim, text: str) -> str | None:
    """The stem of the noun for people of whom a bare number is the number, None where it says of none."""
    quantity = claim.quantity
    if quantity is None or quantity.noun is not None or quantity.kind != "number":
        return None
    start = max(claim.context.start, quantity.wide_start - _BEFORE)
    if text.find(" of ", start, quantity.wide_start) < 0:
        return None
    found = _COUNTED.search(text, start, quantity.wide_start)
    if found is None or _ANOTHER.search(text, found.end(), quantity.wide_start):
        return None
    people = nouns("people", "part_of_people")
    return next((one for one in map(stem, WORD.findall(found[1])) if one in people), None)
