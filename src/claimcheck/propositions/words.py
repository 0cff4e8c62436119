"""Words that the climb itself must know: determiners, and prepositions that only lend context."""

from __future__ import annotations

from functools import cache

from claimcheck import lexicon


@cache
def word_set(row_id: str) -> frozenset[str]:
    """The words of a row of data/proposition_words.toml."""
    return next(frozenset(row["words"]) for row in lexicon.load("proposition_words") if row.id == row_id)


DETERMINING = word_set("determining")


@cache
def verb_of(word: str) -> str:
    """The verb of a participle that does not end like others, and any other word as it is.

    Example:
        >>> verb_of("won"), verb_of("seats")
        ('win', 'seats')
    """
    pairs = next(row["words"] for row in lexicon.load("linking") if row.id == "participles")
    return dict(map(str.split, pairs)).get(word, word)
