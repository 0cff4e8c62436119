"""Sorts of what is measured that a claim names by a noun: "84 dairy farms" are no farms of all sorts, those
who died "in police custody" not all who died in custody."""

from __future__ import annotations

from claimcheck.linking.narrowing_words import stems_of, words_of_row
from claimcheck.linking.places import WORD
from claimcheck.linking.vocabulary import stem
from claimcheck.model import Claim, ReferenceRow


def is_of_one_sort(claim: Claim, row: ReferenceRow, words: frozenset[str]) -> bool:
    """Whether a noun before what is counted or measured, that the row's measure does not name, picks out
    some; not one that says what they all are ("war victims"). `words`: the stems of what the row measures,
    and of the vocabulary that linked the two."""
    quantity = claim.quantity
    if quantity is None:
        return False
    noun = stem((quantity.noun or "").split(" ")[-1])
    unit = frozenset(map(stem, WORD.findall(quantity.text)))  # "degrees Celsius" are of no sort
    measured = words_of_row((row.measure or "").split(" by ")[0], row.unit) | {noun}
    for term in claim.terms:
        sort, _, whole = term.partition(" ")
        if whole and stem(whole) in measured and stem(sort) not in words | unit | stems_of("any sort"):
            return True
    return False
