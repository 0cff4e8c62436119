"""One stem for all forms of a word, so that those of texts and tables compare."""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial

from claimcheck import lexicon
from claimcheck.lexicon import words_of
from claimcheck.names import folded

word_set = partial(lexicon.entries, "proposition_words", "id", "words")
"""The words of a row of data/proposition_words.toml."""


_VOWEL = re.compile(r"[aeiouy]")
_ENDINGS = (
    ("ies", "y"), ("sses", "ss"), ("ied", "y"), ("ings", ""), ("ing", ""), ("ed", ""), ("s", ""),
)  # fmt: skip


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A word without its inflection, roughly: "injured", "injuring", "injures" and "injure" are one."""
    word = _stem_pairs("irregular plurals").get(plain := folded(word), plain)
    if len(word) <= 3:
        return word
    if len(word) == 4 and word.endswith(("ied", "ies")):  # died, dies, tied
        return word[:3]
    if word.endswith("eed") and word in words_of("stems", "whole words"):
        return word
    for ending, put in _ENDINGS:
        if word.endswith(ending) and _VOWEL.search(word[: -len(ending)]):
            if ending == "s" and word.endswith(("ss", "us", "is")):
                break
            word = word[: -len(ending)] + put
            break
    if word.endswith(("xe", "che", "she", "sse")):
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith(("e", "y")) else word


def verb_of(word: str) -> str:
    """The verb of a participle that does not end like others, and any other word as it is.

    Example:
        >>> verb_of("won"), verb_of("seats")
        ('win', 'seats')
    """
    return _stem_pairs("participles").get(word, word)


@lru_cache(maxsize=1 << 14)
def root(word: str) -> str:
    """The stem of a word, of a participle that of its verb: "built" of "build"."""
    return stem(verb_of(word.lower()))


@cache
def _stem_pairs(row: str) -> dict[str, str]:
    """The base of each form of a row of data/stems.toml."""
    return dict(pair.split() for pair in words_of("stems", row))
