"""The words of data/narrowing.toml, by their use."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from claimcheck import lexicon
from claimcheck.linking.places import WORD
from claimcheck.linking.words import stem


@cache
def phrases_of(use: str) -> tuple[str, ...]:
    """The phrases of all rows of a use."""
    return tuple(w for row in lexicon.load("narrowing") if row["use"] == use for w in row["words"])


@cache
def stems_of(use: str) -> frozenset[str]:
    """The stems of the words of a use."""
    return frozenset(map(stem, phrases_of(use)))


@cache
def any_phrase(use: str) -> re.Pattern[str]:
    """Any phrase of a use."""
    phrases = (re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases_of(use), key=len, reverse=True))
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


@cache
def phrase_before(use: str) -> re.Pattern[str]:
    """Any phrase of a use right before what is asked about."""
    return re.compile(rf"{any_phrase(use).pattern}\s+$", re.IGNORECASE)


@cache
def listed(row: str) -> frozenset[str]:
    """The words of one row."""
    return next(frozenset(r["words"]) for r in lexicon.load("narrowing") if r.id == row)


@lru_cache(maxsize=1 << 12)
def words_of_row(measure: str | None, unit: str | None) -> frozenset[str]:
    """The stems of what a row measures, and in what."""
    return frozenset(map(stem, WORD.findall(f"{measure or ''} {unit or ''}".replace("_", " "))))


@cache
def persons() -> frozenset[str]:
    """The stems of nouns that stand for one person of a kind."""
    return frozenset(
        stem(noun) for row in lexicon.load("person_nouns") if row.id == "person" for noun in row["nouns"]
    )


def stands_for_people(noun: str) -> bool:
    """Whether a noun, as a stem, stands for people by itself or by its ending: "volunteer", not "case"."""
    return noun in persons() or (len(noun) > _SUFFIX_FROM and noun.endswith(_suffixes()))


_SUFFIX_FROM = 5  # a shorter noun is listed, not guessed from its ending ("order")


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(one for row in lexicon.load("person_nouns") for one in row.get("suffixes", ()))
