"""What words for peoples say: "two Russian envoys" in Kyiv are not all who were there, and "French inflation"
was in France."""

from __future__ import annotations

from functools import cache

from claimcheck import lexicon
from claimcheck.linking.places import WORD
from claimcheck.linking.words import stem
from claimcheck.reference.names import folded


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
