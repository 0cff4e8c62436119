"""The lexicons of grids: what headers and texts call the same, what rows are called, what a sentence asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from claimcheck.grids.tokens import Token
from claimcheck.lexicon import Row, load
from claimcheck.propositions.stems import stem


@dataclass(frozen=True, slots=True)
class Asking:
    """A phrase that asks something of a table, or nothing (`neutral`). `of`: the columns that it brings;
    `not_with`: those whose size a light verb does not tell (races that were won)."""

    use: str
    of: tuple[str, ...]
    not_with: frozenset[str]
    length: int


@cache
def _columns_called() -> Mapping[str, frozenset[str]]:
    called: dict[str, set[str]] = defaultdict(set)
    for row in load("grid_columns"):
        for word in row["words"]:
            called[word].add(row.id)
            if len(word) > 4:
                called[stem(word)].add(row.id)
    return {word: frozenset(ids) for word, ids in called.items()}


def _called(word: str) -> frozenset[str]:
    called = _columns_called()
    return called.get(word) or called.get(stem(word), frozenset())


@cache
def keys(word: str) -> frozenset[str]:
    """What a word is compared by: its stem, and the kinds of column that it calls ("crowd": attendance)."""
    return frozenset({stem(word)}) | {"=" + kind for kind in _called(word)}


@cache
def row_nouns() -> Mapping[str, tuple[frozenset[str], ...]]:
    """Each noun for a row, with the kinds of column that show a table to have such rows."""
    nouns: dict[str, list[frozenset[str]]] = defaultdict(list)
    for row in load("grid_rows"):
        for word in row["words"]:
            nouns[word].append(frozenset(row["shown_by"]))
    return {word: tuple(shown) for word, shown in nouns.items()}


@cache
def row_verbs() -> Mapping[str, tuple[frozenset[str], ...]]:
    """Each verb that says of a row only that it took place, with the kinds of column that show such rows."""
    verbs: dict[str, list[frozenset[str]]] = defaultdict(list)
    for row in load("grid_rows"):
        for word in row.get("verbs", ()):
            verbs[word].append(frozenset(row["shown_by"]))
    return {word: tuple(shown) for word, shown in verbs.items()}


@cache
def _phrases() -> Mapping[str, Sequence[tuple[tuple[str, ...], Row]]]:
    phrases: dict[str, list[tuple[tuple[str, ...], Row]]] = defaultdict(list)
    for row in load("grid_words"):
        for words in row["words"]:
            parts = tuple(words.split())
            phrases[parts[0]].append((parts, row))
    return {first: sorted(found, key=lambda f: -len(f[0])) for first, found in phrases.items()}


def asking_at(found: Sequence[Token], at: int) -> Asking | None:
    """The longest phrase of data/grid_words.toml that begins at a word of a sentence."""
    for parts, row in _phrases().get(found[at].text, ()):
        if tuple(token.text for token in found[at : at + len(parts)]) == parts:
            return Asking(
                row["use"], tuple(row.get("of", ())), frozenset(row.get("not_with", ())), len(parts)
            )
    return None


@cache
def _known_words() -> frozenset[str]:
    return frozenset(_columns_called()) | {"original", "no", "of", "in", "by", "date", "first", "last"}


def unglued(word: str) -> list[str]:
    """A header that has lost its blanks, as its words: "originalairdate" is original, air, date."""
    known = _known_words()
    if word in known or len(word) < 7:
        return [word]
    best: list[list[str] | None] = [[], *([None] * len(word))]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 14), end):
            before, part = best[start], word[start:end]
            if before is not None and part in known and len(part) > 1:
                joined = [*before, part]
                if best[end] is None or len(joined) < len(best[end] or ()):
                    best[end] = joined
    return best[-1] or [word]
