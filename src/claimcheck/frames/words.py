"""The words of a text by their stems, with their places: cut once, asked by every claim."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from claimcheck.lexicon import by_letter, entries, words_of
from claimcheck.syntax.stems import root

_WORD = re.compile(r"[^\W\d_]+(?:['’.-](?=[^\W\d_])[^\W\d_]+)*|\d+\w*")
_POSSESSIVE = re.compile(r"['’]s?$")
_HYPHEN = re.compile(r"[-.]")


class Word(NamedTuple):
    """A word of a text: its characters `start`..`end`, its stem, whether a capital begins it, and whether it
    says nothing by itself ("the", "of")."""

    start: int
    end: int
    stem: str
    capital: bool
    small: bool


class Words(Sequence[Word]):
    """The words of a `text` in order.

    Example:
        >>> [word.stem for word in Words("The Peruvians' well-known ships sank.")]
        ['the', 'peruvian', 'wel', 'known', 'ship', 'sank']
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._words = [
            Word(found.start() + start, found.start() + end, stem, capital, small)
            for found in _WORD.finditer(text) for start, end, stem, capital, small in _cut(found[0])
        ]  # fmt: skip
        self._starts = [word.start for word in self._words]

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, at):  # type: ignore[no-untyped-def]  # as of every sequence
        return self._words[at]

    def between(self, start: int, end: int) -> list[Word]:
        """The words that begin between two characters."""
        return self._words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def index(self, offset: int) -> int:  # type: ignore[override]
        """How many words begin before a character."""
        return bisect_left(self._starts, offset)


@lru_cache(maxsize=1 << 14)
def _cut(found: str) -> list[Word]:
    """The words of one that hyphens part, as if a text began with it."""
    words: list[Word] = []
    start, small = 0, small_words()
    for piece in _HYPHEN.split(_POSSESSIVE.sub("", found)):
        if piece:
            low, end = piece.lower(), start + len(piece)
            is_small = low in small or not low[0].isalpha()
            words.append(Word(start, end, root(low), piece[0].isupper(), is_small))
        start += len(piece) + 1
    return words


@lru_cache(maxsize=8)
def words_in(text: str) -> Words:
    """The words of a text, of the last few texts once."""
    return Words(text)


@cache
def small_words() -> frozenset[str]:
    """Words that are everywhere and tell no row from another."""
    return frozenset(words_of("linking_words", "small"))


@lru_cache(maxsize=1 << 14)
def stems(text: str) -> tuple[str, ...]:
    """The stems of a text's words that say something, in order.

    Example:
        >>> stems("Killing of civilians")
        ('kill', 'civilian')
    """
    return tuple(word.stem for word in Words(text) if not word.small)


@cache
def doubts() -> re.Pattern[str]:
    """Words that call untrue, take back or tell of an invented world."""
    forms = ("false", "withdrawn", "invents", "wrongly", "fiction")
    words = (word for form in forms for word in entries("assertion", "form", "lemmas", form))
    return re.compile(rf"\b(?:{by_letter(words)})s?\b", re.IGNORECASE)
