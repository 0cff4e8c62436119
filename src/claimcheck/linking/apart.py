"""Whether a number is told to be beside others, or of some whom a table's total may not hold: "another 12
tonnes", "the remaining 40", "nine people abroad", "11 people aged 60 and over".

Unlike most words that narrow a figure (`narrowing`), these take away a single incident as well: its toll is
that of all whom it befell. The words are rows of data/narrowing.toml.
"""

from __future__ import annotations

import re
from functools import cache

from claimcheck.linking.cues import cue, cues_of
from claimcheck.linking.narrowing_words import any_phrase, persons, phrase_before, phrases_of
from claimcheck.linking.places import WORD
from claimcheck.linking.words import nouns, stem
from claimcheck.model import Claim, Mention

_AHEAD = 60
_LEAD = 30
_BESIDE_CUE = cue("beside others", lambda: phrases_of("beside"))
_AWAY_CUE = cue("away", lambda: phrases_of("away"))
_RATE_CUE = cue("rate behind", lambda: phrases_of("rate"))
_ONLY_CUE = cue("only such", lambda: phrases_of("such people"))
_EXTRA = re.compile(r"\s+(?:other|additional|further|extra)\b(?!\s+than\b)")
_BOTH = re.compile(r"\b(?:and|or|from)\s+\Z")
_END = re.compile(r"[,;:.]|\b(?:and|but|while|were|was|are|is|had|have|has)\b")


def is_apart(claim: Claim, text: str, words: frozenset[str]) -> bool:
    """Whether a claim's number is of others than those of whom a row tells. `words`: the stems of what the
    row measures, and of the vocabulary that linked the two."""
    quantity = claim.quantity
    if quantity is None or quantity.kind == "ordinal":
        return False
    cues = cues_of(claim, text)
    return (
        (_BESIDE_CUE in cues and _is_beside(claim, quantity, text))
        or (_AWAY_CUE in cues and _is_away(claim, text, words))
        or (_RATE_CUE in cues and _is_a_rate(claim, quantity, text, words))
        or (_ONLY_CUE in cues and _are_such(quantity, text, claim.context.end, words))
    )


def _is_beside(claim: Claim, quantity: Mention, text: str) -> bool:
    """ "Another 12 tonnes", "at least another 12", "12 additional tonnes"."""
    start = max(claim.context.start, quantity.wide_start - _LEAD)
    leads = (text[start : quantity.wide_start], text[start : quantity.start])
    if any(phrase_before("beside").search(lead) for lead in leads):
        return True
    return _EXTRA.match(text, quantity.end) is not None


def _is_away(claim: Claim, text: str, words: frozenset[str]) -> bool:
    """Whether the clause leaves the place that it names: "executed nine people abroad"."""
    clause = text[claim.start : claim.end].lower()
    for found in any_phrase("away").finditer(clause):
        told = frozenset(map(stem, WORD.findall(found.group())))
        if _BOTH.search(clause, 0, found.start()) is None and told.isdisjoint(words):
            return True
    return False


def _is_a_rate(claim: Claim, quantity: Mention, text: str, words: frozenset[str]) -> bool:
    """Whether the clause says behind a count that it is one of many or a mean: "40 in 2019 each month"."""
    if quantity.kind != "number" or not words.isdisjoint(nouns("rates")):
        return False
    return any_phrase("rate").search(text, quantity.end, max(quantity.end, claim.end)) is not None


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
