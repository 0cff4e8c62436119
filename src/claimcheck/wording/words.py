"""The word lists of `data/matching_words.toml`."""

from __future__ import annotations

from functools import cache

from claimcheck import lexicon
from claimcheck.propositions.stems import stem


@cache
def word_set(row_id: str) -> frozenset[str]:
    """The words of a row of data/matching_words.toml, as they are written: "against" of "compared with"."""
    return next(frozenset(row["words"]) for row in lexicon.load("matching_words") if row.id == row_id)


@cache
def stem_set(row_id: str) -> frozenset[str]:
    """The stems of the words of a row of data/matching_words.toml."""
    return frozenset(map(stem, word_set(row_id)))
