"""Which way a text says that a number was reached."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal

from claimcheck import lexicon
from claimcheck.lexicon import pattern
from claimcheck.model import Document, Mention, Span
from claimcheck.propositions.stems import stem
from claimcheck.reference.name_index import WORD
from claimcheck.wording.figures import lead

_REACHED = pattern("directions", "reached")
_FROM_BEFORE = pattern("directions", "from before")
_APART = pattern("directions", "apart")
_LOOKED_BACK = 90
_LOOKED_AHEAD = 50


def way_reached(
    document: Document, sentence: Span, number: Mention, others: Iterable[int]
) -> Literal["up", "down"] | None:
    """Which way a sentence says that its number was reached: "rose to 3", "3, down from 4". `others`: where
    its other numbers begin."""
    end = number.wide.end
    behind = _FROM_BEFORE.match(document.text, end, min(sentence.end, end + _LOOKED_AHEAD))
    if behind is not None and not any(end <= start < behind.end() for start in others):
        return "up" if behind[1] == "up" else "down"
    before = lead(document, sentence, number, _LOOKED_BACK)
    if _REACHED.search(before) is None:
        return None
    for word in reversed(WORD.findall(_APART.split(before)[-1])):
        if stem(word) in _verbs("rises"):
            return "up"
        if stem(word) in _verbs("falls"):
            return "down"
    return None


@cache
def _verbs(way: str) -> frozenset[str]:
    return frozenset(map(stem, lexicon.words_of("judging", way)))
