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
_OF_THE = re.compile(r"Of\s+(?:the|all|these|those)\s+[\d,.]+\s+((?:[\w-]{1,20} ){1,3})(?![^;:]*[;:])")


def things_before(claim: Claim, text: str) -> str | None:
    """The stem of the plural of which a bare number is said to be the number, where its sentence has no other
    such phrase: the horses of "put the number of horses injured on 4 May at 24"."""
    quantity, found = claim.quantity, _number_of(claim, text)
    if quantity is None or found is None or not found[0].startswith("number"):
        return None
    if _CLAUSE.search(text, found.end(), quantity.wide_start):
        return None
    plural = (w for w in WORD.findall(found[1]) if len(w) > 3 and w.endswith("s") and not w.endswith("ss"))
    return next((stem(w) for w in plural if w.islower()), None)


def _number_of(claim: Claim, text: str) -> re.Match[str] | None:
    """Where it is said before a bare number what it is the number of."""
    quantity = claim.quantity
    if quantity is None or quantity.noun is not None or quantity.kind != "number":
        return None
    start = max(claim.context.start, quantity.wide_start - _BEFORE)
    here = text.find("of ", start, quantity.wide_start) >= 0
    return _COUNTED.search(text, start, quantity.wide_start) if here else None


def _without_time(claim: Claim, text: str, start: int, end: int) -> str:
    """A stretch of a text without the claim's time, whose digits count nothing."""
    time = claim.time
    if time is None or time.start is None or time.end is None or not start <= time.start < end:
        return text[start:end]
    return text[start : time.start] + text[time.end : max(time.end, end)]


def told_of_number(claim: Claim, text: str) -> str:
    """What is told of those of whom a bare number is the number, "" where it is of none: the "killed in
    prison in Tarn was" of "the number of civilians killed in prison in Tarn was 42"."""
    found = _number_of(claim, text) if counted_before(claim, text) is not None else None
    return "" if found is None or claim.quantity is None else text[found.start(1) : claim.quantity.wide_start]


def counted_before(claim: Claim, text: str) -> str | None:
    """The stem of the noun for people of whom a bare number is the number, None where it says of none."""
    quantity = claim.quantity
    if quantity is None or quantity.noun is not None or quantity.kind != "number":
        return None
    found = _number_of(claim, text)
    if found is None or _ANOTHER.search(_without_time(claim, text, found.end(), quantity.wide_start)):
        found = _OF_THE.match(text, claim.context.start, quantity.wide_start)
    if found is None:
        return None
    people = nouns("people", "part_of_people")
    return next((one for one in map(stem, WORD.findall(found[1])) if one in people), None)
