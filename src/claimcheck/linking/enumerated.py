"""Numbers that are parts of one told before them: "58 people, including 11 children", "112 of the staff: 64
medics, 44 drivers and four cooks"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimcheck.linking.narrowing_words import words_of_row
from claimcheck.linking.words import nouns, stem
from claimcheck.model import Claim, ReferenceRow

_INCLUDED = re.compile(
    r"\b(?:including|among them|among whom|of whom|of which|of them|of these)\s+"
    r"(?:at least\s+|some\s+|about\s+)?\Z",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"[A-Z][\w’'-]*\s\(\Z")
_LEAD = 40


def is_enumerated(claim: Claim, text: str, row: ReferenceRow, beside: Sequence[Claim]) -> bool:
    """Whether a claim's number is a part of another of its sentence, and not what the row counts. `beside`:
    the claims with a number of the sentence."""
    quantity = claim.quantity
    if quantity is None or quantity.kind != "number" or quantity.noun is None:
        return False
    before = [
        c.quantity
        for c in beside
        if c.quantity is not None and c.quantity.kind == "number" and c.quantity.end <= quantity.start
    ]
    if not before:
        return False
    noun = stem(quantity.noun.split()[-1])
    lead = text[max(claim.context.start, quantity.wide_start - _LEAD) : quantity.wide_start]
    if _INCLUDED.search(lead) and noun not in words_of_row(row.measure, row.unit) | nouns("people"):
        return True
    colon = text.find(": ", before[0].end, quantity.start)
    return colon >= 0 and claim.start <= before[0].start and ";" not in text[colon : quantity.start]


def is_of_a_breakdown(claim: Claim, text: str, beside: Sequence[Claim]) -> bool:
    """Whether a bare number in brackets behind a name is one of the parts of a number before them, of whose
    time the sentence says nothing: "9,300 displacements, including Tarn (4,100) and Ozer (900)"."""
    quantity, time = claim.quantity, claim.time
    if quantity is None or quantity.noun is not None or quantity.kind != "number":
        return False
    if time is not None and time.basis in ("clause", "sentence"):
        return False
    start, end = quantity.start, quantity.end
    if text[start - 1 : start] != "(" or text[end : end + 1] != ")":
        return False
    if _NAME_BEFORE.search(text, max(claim.context.start, start - _LEAD), start) is None:
        return False
    numbers = (c.quantity for c in beside if c.quantity is not None)
    return any(q.noun is not None and q.end <= start and q.kind == "number" for q in numbers)
