"""Which rules may say something of a sentence, by its words alone: the cues that it holds.

Most rules look for phrases that few sentences hold. Such a rule has a cue: words of which at least one stands
in every sentence that the rule speaks of. A sentence is asked once which cues it holds, and a rule whose own
is not among them need not look, which takes a twentieth of the time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from claimcheck.linking.places import WORD
from claimcheck.linking.words import stem
from claimcheck.model import Claim

_ENDS = ' .!?:;,\n"”’)'
_PLAIN = frozenset(
    ("were", "was", "have", "had", "has", "are", "is", "been", "with", "from", "that", "this", "to", "of")
)
"""Words that say little: every other sentence holds one."""
_PART = re.compile(r"[^\W_]+")
_WORDS: dict[str, Callable[[], Iterable[str]]] = {}
_STEMS: dict[str, Callable[[], frozenset[str]]] = {}


def cue(name: str, phrases: str | Callable[[], Iterable[str]]) -> str:
    """Register a cue: words separated by spaces, or what gives the phrases of a lexicon, of each of which its
    longest word is one, if possible none that every other sentence holds. Returns the name."""
    words = phrases.split() if isinstance(phrases, str) else ()
    _WORDS[name] = (lambda: words) if isinstance(phrases, str) else phrases
    _forget()
    return name


def cue_of_stems(name: str, stems: Callable[[], frozenset[str]]) -> str:
    """Register a cue of words that have these stems. Returns the name."""
    _STEMS[name] = stems
    _forget()
    return name


def cues_of(claim: Claim, text: str) -> frozenset[str]:
    """The cues that the sentence of a claim holds, with its clause where that reaches further."""
    context = claim.context
    return cues_in(text[min(context.start, claim.start) : max(context.end, claim.end)])


def cues_in(text: str) -> frozenset[str]:
    """The cues that a text holds."""
    return _cues_in(text.rstrip(_ENDS))  # a sentence and its only clause are asked once


@lru_cache(maxsize=1 << 8)
def _cues_in(sentence: str) -> frozenset[str]:
    words = set(WORD.findall(sentence))
    if "'" in sentence or "’" in sentence:  # "the year's" is both "year's" and "year"
        words.update(_PART.findall(sentence))
    return frozenset().union(*map(_of_word, words))


@lru_cache(maxsize=1 << 13)
def _of_word(word: str) -> frozenset[str]:
    one = stem(word)
    return frozenset((*_by_word().get(word.lower(), ()), *(n for n, all_ in _by_stems() if one in all_)))


@cache
def _by_word() -> dict[str, set[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for name, phrases in _WORDS.items():
        for phrase in phrases():
            out[max(_PART.findall(phrase.lower()), key=_tells)].add(name)
    return dict(out)


def _tells(word: str) -> tuple[bool, int]:
    return word not in _PLAIN, len(word)


@cache
def _by_stems() -> list[tuple[str, frozenset[str]]]:
    return [(name, stems()) for name, stems in _STEMS.items()]


def _forget() -> None:
    for known in (_cues_in, _of_word, _by_word, _by_stems):
        known.cache_clear()
