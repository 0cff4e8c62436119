"""The words of data/narrowing.toml, by their use."""

from __future__ import annotations

from functools import lru_cache

from claimcheck.linking.places import WORD
from claimcheck.linking.words import stem


@lru_cache(maxsize=1 << 12)
def words_of_row(measure: str | None, unit: str | None) -> frozenset[str]:
    """The stems of what a row measures, and in what."""
    return frozenset(map(stem, WORD.findall(f"{measure or ''} {unit or ''}".replace("_", " "))))
