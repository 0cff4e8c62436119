"""A text as the eye reads it: letters that look alike are one, and so are the kinds of dash and of space.

Which letters look alike is Unicode's own table (UTS 39, by confusable-homoglyphs); accents and characters
that show as nothing are left out. Every character of the folded text knows where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from unicodedata import category, normalize

_APOSTROPHES = frozenset("'’‘ʼʻ`´ˈ′＇")
_SPACES = frozenset("\u1680\u180e\u3164\u2800\xa0")  # besides what Unicode calls a space
_LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")
_ARABIC = {"\u0649": "\u064a", "\u0629": "\u0647", "\u0640": "\u200b"}  # final forms; one stretches
_NOTHING = frozenset(("Mn", "Me", "Cf", "Cc"))
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f`]")  # of ASCII, what is folded


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and for each of its characters where that stood; `None` where all stand as they did."""

    text: str
    places: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the folded text, not empty, stood."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """The text with letters, dashes, spaces and line ends of one kind each, in the case they have.

    `fold("Аna‑Bell").text` (a Cyrillic А, U+2011) is "Ana-Bell".
    """
    if text.isascii() and _ODD.search(text) is None:
        return Folded(text, None)
    pieces = [character(c) for c in text]
    if all(len(piece) == 1 for piece in pieces):
        return Folded("".join(pieces), None)
    return Folded("".join(pieces), [at for at, piece in enumerate(pieces) for _ in piece])


@cache
def character(c: str) -> str:
    """What a character folds to: one character mostly, none for what shows as nothing."""
    c = _ARABIC.get(c, c)
    if c in _LINE_ENDS:
        return "\n"
    if c in _APOSTROPHES:
        return "'"
    if c == "\t" or (c.isascii() and c.isprintable()):
        return c
    kind = category(c)
    if kind == "Zs" or c in _SPACES:
        return " "
    if kind == "Pd" or c in "\u2212\u2043\u02d7\ufe63":
        return "-"
    if kind == "Pc":
        return "_"
    if kind in _NOTHING:
        return ""
    return _letters(c)


def _letters(c: str) -> str:
    """The letters of a character without accents, each as the Latin one that it looks like."""
    plain = [p for p in normalize("NFKD", c) if category(p) not in _NOTHING]
    return "".join(p if p.isascii() else _lookalike(p) for p in plain)


def _lookalike(c: str) -> str:
    """The Latin letter that a letter looks like, whatever stands over or through that, else the letter."""
    for row in _confusables().get(c, ()) if c.isalpha() else ():
        bare = "".join(p for p in normalize("NFKD", row["c"]) if category(p) != "Mn")
        if len(bare) == 1 and bare.isascii() and bare.isalpha():
            return bare
    return c


@cache
def _confusables() -> dict[str, list[dict[str, str]]]:
    from confusable_homoglyphs import confusables  # a second table of a megabyte: only where names are masked

    found: dict[str, list[dict[str, str]]] = confusables.confusables_data
    return found
