"""Words that the climb itself must know: determiners, and prepositions that only lend context."""

from __future__ import annotations

from functools import cache

from claimcheck import lexicon


@cache
def word_set(row_id: str) -> frozenset[str]:
    """The words of a row of data/proposition_words.toml."""
    return next(frozenset(row["words"]) for row in lexicon.load("proposition_words") if row.id == row_id)


DETERMINING = word_set("determining")
