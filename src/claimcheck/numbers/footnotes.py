"""Marks of footnotes: "waiting.1 The", "the ruins.”7", "were killed,5 and", "[^1]". They count nothing.

A PDF loses that the digits stand raised, and a web page too; Markdown writes its own. A digit after a digit
("3.5") and what follows an abbreviation ("No.1", "p.12") is no mark, nor is "were gone.5 people died", where
a blank is missing: behind a mark a new sentence begins, or the same one goes on with a small word.
"""

from __future__ import annotations

import re
from functools import cache

from claimcheck.lexicon import load, pattern

MARK = r"\d{1,3}(?:[,–-]\d{1,3}){0,3}"
"""One mark, or some: "14,15", "3–5"."""

_NOTE = pattern("digits", "footnote")
_BEHIND = re.compile(r"(?P<word>[^\W\d_]{1,30})[)”\"’]{0,2}(?:[.!?][)”\"’]{0,2}|(?P<comma>,)[”\"’]?)\Z")
_NEXT = re.compile(r"\s*(\S)")
_MARKDOWN = re.compile(r"\d{1,3}(?=\])")


@cache
def _abbreviated() -> frozenset[str]:
    return frozenset(word.lower() for row in load("abbreviations") for word in row["words"])


def note_mark(text: str, place: int) -> int | None:
    """Where the mark ends that begins with the digit at `place`; None where these digits are none."""
    if text[max(0, place - 2) : place] == "[^":
        found = _MARKDOWN.match(text, place)
        return None if found is None else found.end()
    found = _NOTE.match(text, place)
    before = None if found is None else _BEHIND.search(text, max(0, place - 36), place)
    if found is None or before is None:
        return None
    behind = _NEXT.match(text, found.end())
    goes_on = behind is not None and behind[1].islower()
    if (before["comma"] is not None) != goes_on or before["word"].lower() in _abbreviated():
        return None
    plain = len(before["word"]) > 2 and before["word"][-1].islower()
    return found.end() if plain else None
