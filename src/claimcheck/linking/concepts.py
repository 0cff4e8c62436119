"""What words stand for: their stem, the frames of data/frames.toml that have it; and how rare they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from math import fsum, log
from typing import NamedTuple, TypeVar

from claimcheck import lexicon
from claimcheck.frames.words import small_words, stems
from claimcheck.syntax.stems import root

K = TypeVar("K")
V = TypeVar("V")


def gathered(pairs: Iterable[tuple[K, V]]) -> dict[K, frozenset[V]]:
    """The second of pairs by their first.

    Example:
        >>> sorted(gathered([("a", 1), ("b", 2), ("a", 3)])["a"])
        [1, 3]
    """
    out: dict[K, set[V]] = defaultdict(set)
    for one, other in pairs:
        out[one].add(other)
    return {one: frozenset(found) for one, found in out.items()}


@cache
def _frames() -> dict[str, frozenset[str]]:
    """The frames that each stem tells, with what they entail."""
    rows = {row.id: row for row in lexicon.load("frames")}
    return gathered(
        (root(word), f"={name}")
        for row in rows.values() for name in (row.id, *(e for e in row.get("entails", ()) if e in rows))
        for word in row["words"] if " " not in word
    )  # fmt: skip


class Phrase(NamedTuple):
    """Words that tell a frame together: "claim" and "life" that somebody was killed."""

    stems: frozenset[str]
    frame: str


@lru_cache(maxsize=1 << 14)
def phrases_of(said: frozenset[str]) -> tuple[Phrase, ...]:
    """The phrases of data/frames.toml all of whose words are among stems.

    Example:
        >>> [phrase.frame for phrase in phrases_of(frozenset({"claim", "lif", "fire"}))]
        ['=kill']
    """
    found = [
        Phrase(frozenset(one for place in places for one in place & said), frame)
        for first in said for places, frame in frame_phrases().get(first, ())
        if all(place & said for place in places)
    ]  # fmt: skip
    return tuple(sorted(set(found), key=lambda phrase: (phrase.frame, sorted(phrase.stems))))


@cache
def frame_phrases() -> dict[str, list[tuple[list[frozenset[str]], str]]]:
    """The phrases of frames, by the words that stand for their rarest place; words that are everywhere and
    classes of words left out."""
    written: list[tuple[list[frozenset[str]], str]] = []
    for row in lexicon.load("frames"):
        for words in (text.split() for field in ("phrases", "manners") for text in row.get(field, ())):
            places = [
                frozenset(root(word) for word in place.replace("|", "/").split("/"))
                for place in words if place.lower() not in small_words()
            ]  # fmt: skip
            if len(places) > 1 and not any("{" in word for word in words):
                written.append((places, f"={row.id}"))
    often = Counter(one for places, _ in written for place in places for one in place)
    out: dict[str, list[tuple[list[frozenset[str]], str]]] = defaultdict(list)
    for places, frame in written:
        for one in min(places, key=lambda place: sum(often[one] for one in place)):
            out[one].append((places, frame))
    return out


@cache
def contrasts() -> list[frozenset[str]]:
    """Frames of which one is not the other, by group: chlorine is not sarin."""
    rows = [row for row in lexicon.load("frames") if row.get("contrast")]
    return list(gathered((row["contrast"], f"={row.id}") for row in rows).values())


@lru_cache(maxsize=1 << 14)
def concepts_of(stem: str) -> frozenset[str]:
    """A stem and the frames that it tells.

    Example:
        >>> sorted(concepts_of("perish"))
        ['=kill', 'perish']
    """
    return _frames().get(stem, frozenset()) | {stem}


def concepts(stems: Iterable[str]) -> frozenset[str]:
    """All that the stems stand for."""
    return frozenset[str]().union(*map(concepts_of, stems))


@lru_cache(maxsize=1 << 14)
def concepts_in(text: str) -> frozenset[str]:
    """What the words of a text stand for that say something."""
    return concepts(stems(text))


@lru_cache(maxsize=1 << 12)
def kind_of(nouns: frozenset[str], whole: frozenset[str]) -> str | None:
    """Of which kind a counted noun is that a measure of these concepts counts: "some people" of "fishermen"
    where people are counted, "vessels" of "trawlers" where boats are; None of another.

    Example:
        >>> kind_of(frozenset({"trawler"}), frozenset({"boat"}))
        'things'
    """
    for kind, wholes, words in _kinds():
        if nouns & words and whole & wholes:
            return kind
    return None


@cache
def _kinds() -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Kinds of counted nouns: the concepts of what is counted, and the nouns that it may be."""
    classes = {row.id: frozenset(map(root, row["words"])) for row in lexicon.load("counted_nouns")}
    befall = {f"={row.id}" for row in lexicon.load("frames") if row.get("undergone")}
    persons = frozenset(root(noun) for row in lexicon.load("person_nouns") for noun in row["nouns"])
    of_people = classes["people"] | befall
    out = [(kind, of_people, classes[kind]) for kind in ("people", "some people", "parts")]
    out.append(("some people", of_people, persons))
    for row in lexicon.load("kinds_of_things"):
        out.append(("things", frozenset(map(root, row["wholes"])), frozenset(map(root, row["kinds"]))))
    return out


class Rarity:
    """How much a concept says: the logarithm of among how many bags it is in one; a new one says the most."""

    def __init__(self, bags: Iterable[frozenset[str]]) -> None:
        bags = list(bags)
        seen = Counter(c for bag in bags for c in bag)
        self._most = log(len(bags) + 1) + 0.3
        self._weights = {c: log((len(bags) + 1) / n) + 0.3 for c, n in seen.items()}

    def __getitem__(self, concept: str) -> float:
        return self._weights.get(concept, self._most)

    def of(self, bag: Iterable[str]) -> float:
        """The sum over a bag."""
        if not bag:
            return 0.0
        weight, most = self._weights.get, self._most
        return fsum([weight(concept, most) for concept in bag])  # in whatever order a set gives them
