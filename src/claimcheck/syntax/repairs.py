"""What the parser often takes wrong in a tree is put right: `data/tree_repairs.toml` holds the patterns."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from claimcheck.lexicon import load

if TYPE_CHECKING:
    from claimcheck.syntax.tree import Word, Words


def mend(words: Words) -> None:
    """Hang the words of a sentence as the rows that fit them say.

    Example: of "Activists put the toll at 104; the army denied it" the parser makes "put" what was denied;
    both are roots then.
    """
    rows = _by_dep()
    for word in words:
        for row in rows.get(word.dep_, ()):
            if _fits(word, row):
                _hang(word, row)
                break


@cache
def _by_dep() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in load("tree_repairs"):
        for dep in row["deps"]:
            found[dep].append(row)
    return found


def _fits(word: Word, row: Any) -> bool:
    head, tags, words, heads, signs = word.head, *(row.get(n) for n in ("tags", "words", "heads", "signs"))
    between = (c for c in head.children if signs and word.i < c.i < head.i)
    return (
        ((tags is None and words is None) or word.tag_ in (tags or ()) or word.lower_ in (words or ()))
        and (heads is None or head.lemma_ in heads)
        and (not row.get("behind") or word.i == head.i + 1)
        and not (row.get("leaf") and word.children)
        and (signs is None or any(c.text in signs for c in between))
    )


def _hang(word: Word, row: Any) -> None:
    if not row.get("beside"):
        word.dep_ = row["becomes"]
        return
    behind = word.head
    behind.children.remove(word)
    above, dep = (behind.head, behind.dep_) if behind.head is not behind else (word, "ROOT")
    if above.i > word.i:  # what it would hang on stands behind both: a sentence of its own
        above, dep = word, "ROOT"
    word.head, word.dep_ = above, dep
    if above is not word:
        above.children.append(word)
        above.children.sort(key=lambda w: w.i)
