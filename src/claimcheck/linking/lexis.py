"""Where a text says the values of a package's slots: places, bodies, people, sources, names of rows, cells.

A value is said by its whole name, by a part of it ("Odetta" of "Storm Odetta", "OPW" of "Office of Public
Works"), or by the people of a place ("Peruvians"). Names are met by the stems of their words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from claimcheck import lexicon
from claimcheck.frames import Word, Words
from claimcheck.linking.concepts import gathered
from claimcheck.names import folded
from claimcheck.syntax.stems import root

LONGEST = 12  # words of a name
_FEW = 2  # values of a slot that may share a word that names each of them in part
_LONG = 4  # letters of a word that may stand for a longer name


class Value(NamedTuple):
    """A value of a slot: ("place", "places:P001"), ("cell", "wheat")."""

    slot: str
    key: str


class Said(NamedTuple):
    """Where a text says values: the words `first`..`last` (exclusive), by their whole name or by a part."""

    start: int
    end: int
    values: frozenset[Value]
    whole: bool
    text: str


class _Name(NamedTuple):
    stems: tuple[str, ...]
    capital: bool
    values: frozenset[Value]
    whole: bool


class Lexis:
    """The names of the values of a package, for finding them in texts."""

    def __init__(self, names: Iterable[tuple[str, Value]]) -> None:
        """`names`: each name as a table writes it, and its value."""
        whole: dict[tuple[tuple[str, ...], bool], set[Value]] = defaultdict(set)
        part: dict[tuple[tuple[str, ...], bool], set[Value]] = defaultdict(set)
        for name, value in dict.fromkeys(names):
            words = [w for w in Words(name) if w.stem]
            while words and words[0].small:
                words = words[1:]
            if not words or len(words) > LONGEST:
                continue
            stems = tuple(w.stem for w in words)
            whole[stems, words[0].capital].add(value)
            for other in _parts(words):
                part[other].add(value)
            if words[-1].capital:
                for other_name in peoples_of(name) if value.slot == "place" else places_of(name):
                    one = other_name.lower()
                    of = (root(one),) if one.isalpha() else (w.stem for w in Words(other_name))
                    part[tuple(of), True].add(value)
            elif len(words) == 2 and not any(w.small for w in words):
                part[("".join(stems),), False].add(value)
        self._by_first: dict[str, list[_Name]] = defaultdict(list)
        for (stems, capital), values in whole.items():
            self._by_first[stems[0]].append(_Name(stems, capital, frozenset(values), True))
        for (stems, capital), values in part.items():
            few = _few(values)
            if few and (stems, capital) not in whole:
                self._by_first[stems[0]].append(_Name(stems, capital, few, False))
        for known in self._by_first.values():
            known.sort(key=lambda n: (-len(n.stems), not n.whole, n.stems, n.capital))

    def said_in(self, words: Words) -> list[Said]:
        """Where a text says values, in order; of names that begin at one word the longest."""
        out: list[Said] = []
        at, many = 0, len(words)
        while at < many:
            first: Word = words[at]
            met = None
            for name in self._by_first.get(first.stem, ()):
                stop = at + len(name.stems)
                if stop > many or (
                    name.capital and not first.capital and (not name.whole or len(name.stems) == 1)
                ):
                    continue
                if all(words[at + n].stem == one for n, one in enumerate(name.stems)):
                    met = name, stop
                    break
            if met is None:
                at += 1
                continue
            name, stop = met
            out.append(Said(first.start, words[stop - 1].end, name.values, name.whole, " ".join(name.stems)))
            at = stop
        return out


def _parts(words: Sequence[Word]) -> Iterable[tuple[tuple[str, ...], bool]]:
    """By which single words and initials a longer name is said in part."""
    content = [w for w in words if not w.small]
    if len(content) < 2:
        return
    for w in content:
        if w.capital and len(w.stem) >= _LONG:
            yield (w.stem,), True
    capitals = [w for w in content if w.capital]
    if len(capitals) > 1:
        yield ("".join(w.stem[0] for w in capitals),), True


def _few(values: Iterable[Value]) -> frozenset[Value]:
    """The values of the slots of which few share the word."""
    by_slot = gathered((value.slot, value) for value in values)
    return frozenset(v for found in by_slot.values() if len(found) <= _FEW for v in found)


def peoples_of(place: str) -> frozenset[str]:
    """What a place's people and things are called: "Peruvian" of "Peru", "Estavian" of "Estavia".

    Example:
        >>> "Estavian" in peoples_of("Estavia")
        True
    """
    known = _peoples().get(folded(place), frozenset())
    words = place.split()
    if known or len(words) > 2 or len(words[-1]) < _LONG:
        return known
    bases = {words[-1], words[-1].rstrip("aeiouy")}
    return frozenset(
        base + end for base in bases for end in lexicon.words_of("linking_words", "endings of peoples")
    )


def places_of(people: str) -> frozenset[str]:
    """The place whose people or things a cell names: "Chile" of "Chilean".

    Example:
        >>> sorted(places_of("Chilean"))
        ['chile']
    """
    return _places().get(folded(people), frozenset())


@cache
def _places() -> dict[str, frozenset[str]]:
    found = gathered((folded(people), place) for place, known in _peoples().items() for people in known)
    return {people: places for people, places in found.items() if len(places) == 1}


@cache
def _peoples() -> dict[str, frozenset[str]]:
    lines = (line.partition(":") for row in lexicon.load("peoples") for line in row["words"])
    return gathered((folded(place.strip()), word) for word, _, places in lines for place in places.split(","))
