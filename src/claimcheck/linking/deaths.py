"""Of what those died whom a row counts: "people killed in rail accidents" are not all who were killed."""

from __future__ import annotations

import re

from claimcheck.linking.narrowing_words import words_of_row
from claimcheck.linking.places import WORD
from claimcheck.linking.words import nouns, stem
from claimcheck.model import Claim, ReferenceRow

_TOLD_WITHIN = 1500
"""Characters before a claim within which the text may have told of a cause."""
_STATED = re.compile(r"\b(?:killed|injured|wounded|died|dead)\s+(?:by|of|from)\s+[a-z]")


def is_of_a_cause(claim: Claim, text: str, row: ReferenceRow, said: frozenset[str]) -> bool:
    """Whether a row counts those of one cause alone ("people killed in rail accidents") of which the sentence
    of a claim says nothing, or says another; where it says none, the text before may have told of it. `said`:
    the stems of the vocabulary that linked the two; a cause among them is told by the clause."""
    measured, causes = words_of_row(row.measure, None), nouns("other_causes", "deeds")
    if measured.isdisjoint(nouns("fate_killed", "fate_injured")):
        return False
    if measured.isdisjoint(causes) or said & causes:
        return False
    known = measured - nouns("people") - nouns("fate_killed") - nouns("fate_injured") - {"in", "by", "of"}
    if not known or not known.isdisjoint(map(stem, WORD.findall(claim.context.of(text)))):
        return False  # "people drowned" names the fate by the cause
    stated = _STATED.search(text, claim.start, claim.context.end) is not None
    return stated or known.isdisjoint(
        map(stem, WORD.findall(text[max(0, claim.start - _TOLD_WITHIN) : claim.start]))
    )
