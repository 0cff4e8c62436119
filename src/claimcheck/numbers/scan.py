"""One cheap pass over a text: where digits stand, and the words that can start or make a number.

Every pattern of this package hangs on a digit or on a word of its tables, so that patterns are tried only
where one of these stands. The pass is remembered for the text read last: ages and quantities share it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from claimcheck.lexicon import load
from claimcheck.numbers.digits import VULGAR
from claimcheck.numbers.tokens import number_words

_ITEM = re.compile(rf"\d+|[{VULGAR}]|[^\W\d_{VULGAR}]+")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class Scan:
    """Where a text may hold numbers, each list in text order.

    `digits` are the starts of runs of digits, `numbers` those and the starts of number words, `vague` the
    starts of words of vague quantities, `units` those of units that an article counts ("a mile"), `phrases`
    the key words of set phrases with their starts.
    """

    digits: tuple[int, ...]
    numbers: tuple[int, ...]
    vague: tuple[int, ...]
    units: tuple[int, ...]
    phrases: tuple[tuple[int, str], ...]


def between(places: tuple[int, ...], start: int, end: int) -> tuple[int, ...]:
    """The places from `start` to before `end`."""
    return places[bisect_left(places, start) : bisect_left(places, end)]


def occurrences(text: str, words: Iterable[str]) -> list[int]:
    """Where any of the words begins, inside other words too, in text order."""
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    return sorted(found)


@lru_cache(maxsize=2)
def scan(text: str) -> Scan:
    """The places of a text."""
    digits: list[int] = []
    numbers: list[int] = []
    vague: list[int] = []
    units: list[int] = []
    phrases: list[tuple[int, str]] = []
    get = _vocabulary().get
    for found in _ITEM.finditer(text):
        word = found.group()
        uses = get(word)
        if uses is None:
            if not word[0].isdecimal():
                continue
            uses = get(word, _DIGITS)
        start = found.start()
        if "d" in uses:
            digits.append(start)
        if "n" in uses:
            numbers.append(start)
        if "v" in uses:
            vague.append(start)
        if "u" in uses:
            units.append(start)
        if "p" in uses:
            phrases.append((start, word.lower()))
    return Scan(tuple(digits), tuple(numbers), tuple(vague), tuple(units), tuple(phrases))


_DIGITS = "dn"


@cache
def _vocabulary() -> dict[str, str]:
    """Every word that matters -> what it matters for, in small letters, with a capital and in capitals."""
    uses: dict[str, set[str]] = {}
    for word in number_words():
        uses.setdefault(word, set()).add("n")
    for sign in VULGAR:
        uses.setdefault(sign, set()).add("n")
    for row in load("vague_quantities"):
        for phrase in row["words"]:
            uses.setdefault(first_word(phrase), set()).add("v")
    for topic in ("units", "currencies"):
        for row in load(topic):
            for word in row.get("article", ()):
                uses.setdefault(word, set()).add("u")
    for row in load("not_quantities"):
        for phrase in row["phrases"]:
            key, _ = key_of(phrase)
            uses.setdefault(key.lower(), set()).add("p")
            uses.setdefault(key, set()).add("p")
    for word, kinds in uses.items():
        if word.isdecimal():
            kinds.update(_DIGITS)
    return {
        form: "".join(sorted(kinds))
        for word, kinds in sorted(uses.items(), key=lambda item: item[0].islower())
        for form in (word, word.capitalize(), word.upper())
    }


def first_word(phrase: str) -> str:
    """The first word of a phrase that is no article."""
    return next(word for word in phrase.split() if word not in _ARTICLES)


def key_of(phrase: str) -> tuple[str, int]:
    """The word by which a set phrase is looked up and where it stands: a number word, else the longest."""
    words = [(found.group(), found.start()) for found in _WORD.finditer(phrase)]
    known = [item for item in words if item[0].lower() in number_words()]
    return max(known or words, key=lambda item: (len(item[0]), -item[1]))


def offsets(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Key word -> how far before it the phrases that it finds may start, farthest first."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        key, start = key_of(phrase)
        found.setdefault(key.lower(), set()).add(start)
    return {key: tuple(sorted(starts, reverse=True)) for key, starts in found.items()}
