"""What stands before, behind and between characters of a document, in words and marks."""

from __future__ import annotations

from collections.abc import Iterable

from claimcheck.model import Document
from claimcheck.reference.name_index import WORD

_ARTICLE = 8  # characters before a phrase in which its article stands
_OF_THEM = 12  # characters
_THOSE = frozenset({"them", "these", "those", "whom", "which"})
_ENDS_A_CLAUSE = frozenset(";:.(")


def words_between(document: Document, start: int, end: int) -> list[str]:
    """The words between two characters in small letters, as blanks part them: ["of", "them", "in"]."""
    return document.text[max(0, start) : end].lower().split()


def words_behind(document: Document, end: int, most: int) -> list[str]:
    """The words in the characters behind one, so many at most, without a comma before them."""
    return document.text[end : end + most].lstrip(", ").lower().split()


def capitalised(document: Document, start: int, end: int) -> Iterable[str]:
    """The words between two characters that are written with a capital."""
    return (word for word in WORD.findall(document.text, start, end) if word[0].isupper())


def is_of_those_told(document: Document, start: int, end: int) -> bool:
    """Whether a number from one character to another is told of some of those before it: "12 *of them*", "*of
    which* 12", "12 *of these*"."""
    behind = [w.strip(".,;:)") for w in words_between(document, end, end + _OF_THEM)]
    before = [w.strip("(,") for w in words_between(document, start - _OF_THEM, start)]
    return any(pair[:1] == ["of"] and pair[-1] in _THOSE for pair in (behind[:2], before[-2:]))


def article_before(document: Document, start: int) -> str:
    """The article of a phrase that begins at a character, or what short word stands there: "the"."""
    return "".join(words_between(document, start - _ARTICLE, start)[-1:])


def goes_on_small(document: Document, end: int) -> bool:
    """Whether a word in small letters stands right behind: "the 3 May *ceasefire*"."""
    return document.text[end : end + 2].strip().islower()


def is_possessive(document: Document, end: int) -> bool:
    """Whether what ends at a character owns what stands behind it: "Tarn*'s* camps"."""
    return document.text[end : end + 2] in ("'s", "’s")


def is_hyphenated(document: Document, start: int, end: int) -> bool:
    """Whether a word is one of a compound: "*rebel*-held"."""
    return "-" in document.text[start - 1 : end + 1]


def is_joined_by_hyphen(document: Document, end: int, start: int) -> bool:
    """Whether a hyphen alone stands between two words: "long-awaited"."""
    return start == end + 1 and document.text[end] == "-"


def is_on_one_line(document: Document, start: int, end: int) -> bool:
    """Whether no line ends between two characters."""
    return "\n" not in document.text[start:end]


def is_parted_by_comma(document: Document, start: int, end: int) -> bool:
    """Whether a comma stands between two characters, and not within a number of thousands."""
    return "," in document.text[start:end].replace(",000", "")


def is_parted_by_semicolon(document: Document, start: int, end: int) -> bool:
    """Whether a semicolon stands between two characters."""
    return ";" in document.text[start:end]


def is_joined_by_and(document: Document, start: int, end: int, most: int) -> bool:
    """Whether one "and" joins what stands on both sides, with so many words behind it at most, and no mark
    ends the clause: "two died *and 40 were hurt*"."""
    between = document.text[start:end]
    _, _, behind = between.partition(" and ")
    joined = f"{between} ".count(" and ") == 1 and len(behind.split()) <= most
    return joined and _ENDS_A_CLAUSE.isdisjoint(between)
