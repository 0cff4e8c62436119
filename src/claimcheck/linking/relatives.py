"""Numbers of those alone of whom a relative clause tells something: "600 people, who need a doctor, are under
siege" are not all who are."""

from __future__ import annotations

import re

from claimcheck.linking.places import WORD
from claimcheck.linking.words import nouns, stem
from claimcheck.model import Claim

_WHO = re.compile(
    r"[^.,;:()\d]{1,40}?(?:,\s)?\b(?:who(?:se)?\s|(?=(?:suffering|needing|requiring|awaiting|lacking)\s))([^.,;:()]{3,80})"
)


def are_those_who(claim: Claim, text: str, words: frozenset[str]) -> bool:
    """Whether the people of a claim are told apart by a clause that says nothing of what the row counts, and
    not only where they are ("people who live in Tarn"). `words`: the stems of what the row counts, and of the
    vocabulary that linked the two."""
    quantity = claim.quantity
    if quantity is None or quantity.kind != "number" or quantity.noun is None:
        return False
    if stem(quantity.noun.split()[-1]) not in nouns("people"):
        return False  # "patients, who fled a town, wait for evacuation" are told apart already
    found = _WHO.match(text, quantity.end, claim.context.end)
    if found is None:
        return False
    told = [one for one in map(stem, WORD.findall(found[1])) if one not in nouns("auxiliaries of who")]
    if not told or told[0] in nouns("dwells"):
        return False
    return words.isdisjoint(told[:6])
