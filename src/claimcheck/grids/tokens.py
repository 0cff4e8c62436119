"""Words and numbers of sentences, headers and cells, made comparable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from claimcheck import calendar_names
from claimcheck.dates import words as english
from claimcheck.lexicon import pattern
from claimcheck.propositions.stems import stem

_WORD = re.compile(r"[^\W_]+(?:(?:(?<=\d)[.,:](?=\d)|(?<=[^\W\d_])['’](?=[^\W\d_]))[^\W_]+)*")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ORDINAL = pattern("grid_cells", "ordinal")
_OWN = re.compile(r"['’]s?$")
_ENTRIES = pattern("grid_cells", "between entries")
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number: `text` as it is compared (lower case, no accents, no thousands commas), where it
    stands, and its stem. Initials are one: "T. J." is tj."""

    text: str
    start: int
    end: int

    @property
    def stem(self) -> str:
        """The word without its inflection; a number is its own."""
        return self.text if self.text[0].isdigit() else stem(self.text)

    @property
    def number(self) -> Decimal | None:
        """The number that it is, in digits or as a word; None where it is none."""
        if _NUMBER.fullmatch(self.text):
            return Decimal(self.text)
        return None if self.text in ("a", "an") else english.number(self.text)

    @property
    def ordinal(self) -> int | None:
        """The place that it is: 3 of "3rd" and "third"; None where it is none."""
        found = _ORDINAL.fullmatch(self.text)
        return int(found[1]) if found else None

    @property
    def name(self) -> str:
        """As it is compared in names: without a plural's or possessive's s ("Lakers", "the Laker")."""
        return self.text.rstrip("s") if len(self.text) > 4 and self.text.isalpha() else self.text


_ORDINALS = {
    word: f"{n}{({1: 'st', 2: 'nd', 3: 'rd'}).get(n, 'th')}"
    for n, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        1,
    )
}


def tokens(text: str) -> tuple[Token, ...]:
    """The words and numbers of a text, in order."""
    found: list[Token] = []
    for match in _WORD.finditer(text):
        plain = _OWN.sub("", _plain(match[0])) or match[0]
        if _GROUPED.fullmatch(plain):
            plain = plain.replace(",", "")
        plain = _ORDINALS.get(plain, plain)
        token = Token(plain, match.start(), match.end())
        before = found[-1] if found else None
        if (
            before is not None
            and _is_initial(token)
            and before.text.isalpha()
            and _joins(text, before, token)
        ):
            found[-1] = Token(before.text + token.text, before.start, token.end)
        else:
            found.append(token)
    return tuple(found)


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c)).replace("’", "'")


def _is_initial(token: Token) -> bool:
    return len(token.text) == 1 and token.text.isalpha()


def _joins(text: str, before: Token, token: Token) -> bool:
    """True if two single letters are initials of one name: only a full stop or a blank between them."""
    lone = before.end - before.start
    letters = len(before.text)
    return (
        lone <= 3 * letters - 2
        and letters <= 3
        and text[before.end : token.start] in (" ", ". ", ".")
        and (letters == 1 or text[before.start : before.end] != before.text)
    )


def names(found: Sequence[Token]) -> tuple[str, ...]:
    """The words as they are compared in names."""
    return tuple(token.name for token in found)


def texts(found: Sequence[Token]) -> tuple[str, ...]:
    """The words as they are compared."""
    return tuple(token.text for token in found)


def entries(cell: str) -> list[str]:
    """The entries of a cell that holds several: "Ann Lee & Bo Ek" are two; one is none."""
    parts = [part.strip() for part in _ENTRIES.split(_BRACKET.sub(" ", cell)) if part.strip()]
    return parts if len(parts) > 1 else []


def without_brackets(text: str) -> str:
    """A text without what stands in brackets: "Ann Lee (25)" is Ann Lee."""
    return _BRACKET.sub(" ", text)


@dataclass(frozen=True, slots=True)
class PartialDay:
    """What a text says of a day: year, month, day of the month, each None where it does not say."""

    year: int | None
    month: int | None
    day: int | None

    def fits(self, other: PartialDay) -> bool:
        """True if everything said here is said there: "in May" fits 3 May 2016."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine is None or mine == theirs for mine, theirs in pairs)


def day_at(found: Sequence[Token], at: int) -> tuple[PartialDay, int] | None:
    """The day or month written at a place of a sentence, and how many words it takes; None where none is.

    Day and month in both orders, with a year or without; a month with a year; a lone month unless it is
    "may" or "march"; three numbers as in 2016-05-03.
    """
    here = found[at].text
    month = _month(here)
    if month is not None:
        after = _small(found, at + 1)
        if after is not None:
            year = _year(found, at + 2)
            return PartialDay(year, month, after), 2 + (year is not None)
        year = _year(found, at + 1)
        before = found[at - 1].text if at else ""
        if year is None and here in ("may", "march", "mar") and before not in ("in", "of", "during"):
            return None
        return PartialDay(year, month, None), 1 + (year is not None)
    day = _small(found, at)
    if day is not None:
        skip = 1 + (at + 1 < len(found) and found[at + 1].text == "of" and found[at].ordinal is not None)
        month = _month(found[at + skip].text) if at + skip < len(found) else None
        if month is not None:
            year = _year(found, at + skip + 1)
            return PartialDay(year, month, day), skip + 1 + (year is not None)
    year = _year(found, at)
    if year is not None and at + 2 < len(found) and _NUMBER.fullmatch(found[at + 1].text):
        month, day = _small(found, at + 1), _small(found, at + 2)
        if month is not None and day is not None and month <= 12 and len(found[at + 1].text) == 2:
            return PartialDay(year, month, day), 3
    return None


def _month(word: str) -> int | None:
    if not word.isalpha() or len(word) < 3:
        return None
    return _MONTHS.get(word)


_MONTHS = {name.lower(): number for name, number in calendar_names.MONTHS.items()}


def _small(found: Sequence[Token], at: int) -> int | None:
    if at >= len(found):
        return None
    token = found[at]
    number = int(token.text) if token.text.isdigit() and len(token.text) <= 2 else None
    if number is None and _ORDINAL.fullmatch(token.text):
        number = token.ordinal
    return number if number is not None and 1 <= number <= 31 else None


def _year(found: Sequence[Token], at: int) -> int | None:
    if at >= len(found) or not re.fullmatch(r"1[5-9]\d\d|20\d\d", found[at].text):
        return None
    return int(found[at].text)
