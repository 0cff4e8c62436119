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
