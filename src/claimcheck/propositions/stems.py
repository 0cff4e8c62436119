"""One stem for all forms of a word, so that those of texts and tables compare."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from claimcheck.lexicon import words_of
from claimcheck.reference.names import folded

_VOWEL = re.compile(r"[aeiouy]")
_ENDINGS = (
    ("ies", "y"), ("sses", "ss"), ("ied", "y"), ("ings", ""), ("ing", ""), ("ed", ""), ("s", ""),
)  # fmt: skip


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A word without its inflection, roughly: "injured", "injuring", "injures" and "injure" are one."""
    word = folded(word)
    word = _pairs("irregular plurals").get(word, word)
    if len(word) <= 3:
        return word
    if len(word) == 4 and word.endswith(("ied", "ies")):  # died, dies, tied
        return word[:3]
    if word.endswith("eed") and word in _whole():
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
    return _pairs("participles").get(word, word)


def same_deed(one: str) -> frozenset[str]:
    """The stems of the verb and nouns of one deed, by any of them: those of "extend" and "extension"."""
    return _deeds().get(one, frozenset())


@cache
def _deeds() -> dict[str, frozenset[str]]:
    families: dict[str, set[str]] = {}
    for noun, verb in _pairs("nouns of verbs").items():
        families.setdefault(stem(verb), {stem(verb)}).add(stem(noun))
    return {one: frozenset(family) for family in families.values() for one in family}


def root(word: str) -> str:
    """The stem of a word, of a participle that of its verb: "built" of "build"."""
    return stem(verb_of(word.lower()))


@cache
def _pairs(row: str) -> dict[str, str]:
    """The base of each form of a row of data/stems.toml."""
    return dict(pair.split() for pair in words_of("stems", row))


@cache
def _whole() -> frozenset[str]:
    """Words whose ending only looks like that of a past tense."""
    return frozenset(words_of("stems", "whole words"))
