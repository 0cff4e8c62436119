"""Whether a number is of some whom a table's total may not hold: "11 people aged 60 and over".

Unlike most words that narrow a figure (`narrowing`), these take away a single incident as well: its toll is
that of all whom it befell. The words are rows of data/narrowing.toml.
"""

from __future__ import annotations

import re
from functools import cache

from claimcheck.linking.cues import cue, cues_of
from claimcheck.linking.narrowing_words import any_phrase, persons, phrases_of
from claimcheck.linking.places import WORD
from claimcheck.linking.words import nouns, stem
from claimcheck.model import Claim, Mention

_AHEAD = 60
_ONLY_CUE = cue("only such", lambda: phrases_of("such people"))
_END = re.compile(r"[,;:.]|\b(?:and|but|while|were|was|are|is|had|have|has)\b")


def is_apart(claim: Claim, text: str, words: frozenset[str]) -> bool:
    """Whether a claim's number is of others than those of whom a row tells. `words`: the stems of what the
    row measures, and of the vocabulary that linked the two."""
    quantity = claim.quantity
    if quantity is None or quantity.kind == "ordinal":
        return False
    cues = cues_of(claim, text)
    return _ONLY_CUE in cues and _are_such(quantity, text, claim.context.end, words)


def _are_such(quantity: Mention, text: str, end: int, words: frozenset[str]) -> bool:
    """Whether people are told apart by words right behind: "11 people aged 60 and over"."""
    noun = None if quantity.noun is None else stem(quantity.noun.split()[-1])
    if noun is None or noun not in _people():
        return False
    behind = _END.split(text[quantity.end : min(end, quantity.end + _AHEAD)], maxsplit=1)[0]
    found = any_phrase("such people").search(behind)
    return found is not None and words.isdisjoint(map(stem, WORD.findall(found.group())))


@cache
def _people() -> frozenset[str]:
    return nouns("people", "part_of_people") | persons()
