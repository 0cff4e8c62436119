"""Whose people or things a word names: "French inflation" was in France."""

from __future__ import annotations

from functools import cache, lru_cache

from claimcheck import lexicon
from claimcheck.model import Document
from claimcheck.propositions.stems import stem
from claimcheck.reference.name_index import WORD
from claimcheck.reference.names import folded


@cache
def peoples() -> dict[str, tuple[str, ...]]:
    """The names of the places of each word for a people, by its stem."""
    rows = (entry.partition(": ") for row in lexicon.load("peoples") for entry in row["words"])
    return {stem(word): tuple(name.strip() for name in names.split(",")) for word, _, names in rows}


@lru_cache(maxsize=1 << 12)
def states_of(word: str) -> frozenset[str]:
    """The folded names of the places of a people's word: "Syrian" is of Syria."""
    return frozenset(map(folded, peoples().get(stem(word), ())))


@cache
def _states() -> frozenset[str]:
    return frozenset(folded(name) for names in peoples().values() for name in names)


def _is_state(place: str | None) -> bool:
    """Whether a place, as a text names it, is a state whose people has a word of its own."""
    return folded((place or "").strip().removesuffix("'s").removesuffix("’s")) in _states()


def states_named(document: Document) -> list[frozenset[str]]:
    """The folded names of each state that a text names, or whose people it does: "Libyan" is of Libya."""
    out = []
    for word in WORD.findall(document.text):
        if word[0].isupper():
            bare = word.removesuffix("'s").removesuffix("’s")
            out.append(states_of(bare) or (frozenset({folded(bare)}) if _is_state(bare) else frozenset()))
    return [homes for homes in out if homes]
