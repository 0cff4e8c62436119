"""The words of data/narrowing.toml, by their use."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from claimcheck import lexicon
from claimcheck.linking.places import WORD
from claimcheck.linking.vocabulary import stem


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
