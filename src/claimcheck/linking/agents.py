"""Which weapon a clause names against which a row does: who was hurt by sarin was hurt in no chlorine attack,
and a row of all who were killed says nothing of those whom chlorine killed.

The words are the rows `agents` and `weapons` of data/deeds.toml.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from claimcheck import lexicon
from claimcheck.linking.cues import cue_of_stems, cues_of
from claimcheck.linking.denied import without_denied
from claimcheck.linking.places import WORD
from claimcheck.linking.words import stem
from claimcheck.model import Claim, ReferenceRow

_STOP = re.compile(r"[.,;:()]|\b(?:and|while|but|when|which|who|that)\b")
_BEHIND = 80


def has_other_agent(claim: Claim, row: ReferenceRow, text: str) -> bool:
    """Whether a clause of a document's text names a weapon, and its row names another; a number of people is
    not held against a row that knows of no weapon."""
    if _CUE not in cues_of(claim, text):
        return False
    said = _agents_in(claim.text)
    if claim.quantity is not None and not said:  # "left 30 people killed by chlorine": of a clause within
        said = _agents_in(_STOP.split(text[claim.quantity.end : claim.quantity.end + _BEHIND])[0])
    if not said:
        return False
    stems = _stems_of(row.label, row.measure, row.name, *row.names)
    named = stems & _words("agents")
    if named:
        return said.isdisjoint(named)
    return claim.quantity is not None and stems.isdisjoint(_words("weapons") | _words("chemical"))


@lru_cache(maxsize=1 << 8)
def _agents_in(text: str) -> frozenset[str]:
    """The stems of the weapons that a clause names and does not deny."""
    return frozenset(map(stem, WORD.findall(without_denied(text)))) & _words("agents")


@lru_cache(maxsize=1 << 8)
def _stems_of(*texts: str | None) -> frozenset[str]:
    return frozenset(stem(word) for text in texts if text for word in WORD.findall(text.replace("_", " ")))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(stem(w) for row in lexicon.load("deeds") if row.id == name for w in row["words"])


_CUE = cue_of_stems("agent", lambda: _words("agents"))
