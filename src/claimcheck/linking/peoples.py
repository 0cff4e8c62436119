"""What words for peoples say: "two Russian envoys" in Kyiv are not all who were there, and "French inflation"
was in France."""

from __future__ import annotations

import re
from functools import cache

from claimcheck import lexicon
from claimcheck.linking.places import WORD
from claimcheck.linking.words import stem
from claimcheck.model import Claim, Mention, Span
from claimcheck.reference.names import folded

_WITHIN = 40
_WORDS = 3
_BEFORE = 120
_ABBREVIATED = re.compile(r" (?:U\.S\.|US|U\.K\.|UK) [a-z]")
_NUMBER_OF = re.compile(r"\bnumber of ((?:[\w-]{1,20} ){1,3})")


@cache
def _peoples() -> dict[str, frozenset[str]]:
    """The stem of each people's word, and the folded names of the places that are theirs."""
    out: dict[str, frozenset[str]] = {}
    for row in lexicon.load("peoples"):
        for entry in row["words"]:
            word, _, places = entry.partition(": ")
            out[stem(word)] = frozenset(folded(p.strip()) for p in places.split(","))
    return out


@cache
def _states() -> frozenset[str]:
    return frozenset(place for places in _peoples().values() for place in places)


def is_state(place: str | None) -> bool:
    """Whether a place, as a text names it, is a state whose people has a word of its own."""
    return folded((place or "").strip().removesuffix("'s").removesuffix("’s")) in _states()


def states_of(word: str) -> frozenset[str]:
    """The folded names of the places of a people's word: "Syrian" is of Syria."""
    return _peoples().get(stem(word), frozenset())


def states_named(text: str) -> list[frozenset[str]]:
    """The folded names of each state that a text names, or whose people it does: "Libyan" is of Libya."""
    out = []
    for word in WORD.findall(text):
        if word[0].isupper():
            bare = word.removesuffix("'s").removesuffix("’s")
            out.append(states_of(bare) or (frozenset({folded(bare)}) if is_state(bare) else frozenset()))
    return [homes for homes in out if homes]


def are_at_home(word: str, place: str | None) -> bool:
    """Whether a word is that of the people of a state: "Syrians" in Syria are no part of its people."""
    where = folded((place or "").strip().removesuffix("'s").removesuffix("’s"))
    return where in _peoples().get(stem(word), frozenset())


def are_others(quantity: Mention, text: str, place: str | None) -> bool:
    """Whether the number counts people of one state, and the place is another state."""
    where = folded((place or "").strip().removesuffix("'s").removesuffix("’s"))
    if quantity.kind not in ("number", "ordinal") or where not in _states():
        return False
    behind = text[quantity.end : quantity.end + _WITHIN]
    counted = _NUMBER_OF.search(text, max(0, quantity.start - _BEFORE), quantity.start)
    if _ABBREVIATED.match(behind):
        return where not in _peoples()[stem("American" if "S" in behind[:6] else "British")]
    words = WORD.findall(counted[1] if counted and quantity.noun is None else behind)
    noun = None if quantity.noun is None else stem(quantity.noun.split()[-1])
    for word in words[:_WORDS]:
        homes = _peoples().get(stem(word)) if word[0].isupper() else None
        if homes is not None:
            return where not in homes
        if stem(word) == noun:
            return False  # "142 civilians by Russian forces"
    return False


def state_of(claim: Claim, text: str, stems: frozenset[str]) -> tuple[Span, frozenset[str]] | None:
    """The word for a people that stands right before what a claim measures ("French unemployment"), and the
    folded names of its state. `stems`: those of the words that said what is measured. A number that counts
    people or things says nothing of where they were ("Syrian refugees")."""
    number = claim.quantity
    if number is None or (number.kind not in ("percent", "money") and number.noun is not None):
        return None
    words = list(WORD.finditer(text, claim.start, max(claim.start, number.start)))
    for i, word in enumerate(words):
        homes = _peoples().get(stem(word.group())) if word.group()[0].isupper() else None
        if homes is None or stem(word.group()) in stems:
            continue
        for measured in words[i + 1 : i + _WORDS]:
            between = text[word.end() : measured.start()]
            if stem(measured.group()) in stems and all(c.isalpha() or c.isspace() for c in between):
                return Span(word.start(), word.end()), homes
    return None
