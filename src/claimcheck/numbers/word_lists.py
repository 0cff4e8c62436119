"""The word lists of `data/number_context.toml`, as sets and pairs."""

from __future__ import annotations

from functools import cache

from claimcheck.lexicon import load


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a list. Raises KeyError where there is no such list."""
    return frozenset(_rows()[name])


@cache
def pairs_of(name: str) -> dict[str, str]:
    """A list whose entries are two words: the first leads to the second."""
    return dict(entry.split(" ", 1) for entry in _rows()[name])


@cache
def _rows() -> dict[str, tuple[str, ...]]:
    return {row.id: tuple(row["words"]) for row in load("number_context")}
