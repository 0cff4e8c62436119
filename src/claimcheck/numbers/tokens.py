"""Number words and digit literals as tokens, in runs that may make a number together.

Words come from `data/number_words.toml`. "a" and "an" belong to what they multiply ("a hundred") and to
a share ("a third").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from claimcheck.lexicon import load, pattern, written
from claimcheck.numbers.digits import LITERAL, POINT, read_literal

Class = Literal[
    "literal", "unit", "teen", "ten", "hundred", "scale", "dozen", "ordinal", "part", "point", "fold"
]

_GAP = pattern("digits", "gap")
_ARTICLE = written("digits", "article of a number")
_POINT = written("digits", "point")
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Token:
    kind: Class
    start: int
    end: int
    value: Decimal
    plural: bool = False
    step: Decimal = Decimal(1)
    scale: Decimal = Decimal(1)
    exact: bool = False
    article: bool = False
    bare_start: int = 0  # where the word itself starts, behind its article


@cache
def number_words() -> dict[str, tuple[Class, Decimal, bool]]:
    """Every number word with its class, value, and whether it is a plural."""
    table: dict[str, tuple[Class, Decimal, bool]] = {}
    for row in load("number_words"):
        value = Decimal(row["value"])
        for word in row["cardinal"]:
            table[word] = (row["kind"], value, word.endswith("s") and word not in ("doz",))
            if row["kind"] in ("unit", "teen", "ten", "hundred") and value > 1:
                table[word + "fold"] = ("fold", value, False)
        for word in row.get("ordinal", ()):
            table[word] = ("ordinal", value, False)
            if word not in ("first", "second"):
                table[word + "s"] = ("part", value, True)
        for word in row.get("denominator", ()):
            table[word] = ("part", value, word == "halves")
            if word == "quarter":
                table["quarters"] = ("part", value, True)
    table["firsts"] = ("part", Decimal(1), True)
    table["point"] = ("point", Decimal(0), False)
    return table


@cache
def _counting() -> dict[str, frozenset[str]]:
    """Words that are numbers only before what they count -> the plurals before which they are none."""
    rows = (row for row in load("number_words") if "counts" in row.fields)
    return {word: frozenset(row["counts"]) for row in rows for word in row["cardinal"]}


_MULTIPLIED = ("hundred", "scale", "dozen")
_ANOTHER = pattern("digits", "another")  # "another dozen" is twelve, as "a dozen" is
_AND_MORE = pattern("digits", "and more")
_COUNTED = pattern("digits", "counted")


def _counts(text: str, end: int, none: frozenset[str]) -> bool:
    """Whether a word like "score" multiplies: "three score villagers", "three score and ten"."""
    more = _AND_MORE.match(text, end)
    if more is not None:
        word = next(iter(text[more.end() : more.end() + _LONGEST_WORD].split()), "")
        return number_words().get(word.rstrip(".,;:"), ("", 0, False))[0] in ("unit", "teen")
    found = _COUNTED.match(text, end)
    return found is not None and found[1] not in none


def word_table(words: Iterable[str]) -> str:
    """A piece of a pattern that matches each word, longest first, by first letter to fail fast."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in sorted(by_letter.items()))


@cache
def _token_pattern() -> re.Pattern[str]:
    """Literals, number words, and "a" or "half" before what they multiply."""
    words = [word for word in number_words() if word != "point"]
    table = word_table(words)
    return re.compile(
        rf"(?:{LITERAL})|(?<![^\W_])(?:(?P<article>{_ARTICLE})"
        rf"|{_POINT}"
        rf"|(?P<word>{table})(?![^\W_]))",
        re.IGNORECASE | re.VERBOSE,
    )


_ARTICLE_BEFORE = re.compile(r"(?<![^\W_])[aA][nN]?(?:[ ]{1,3}|-)\Z")


def _found(text: str, start: int, end: int, places: Sequence[int] | None) -> Iterator[re.Match[str]]:
    """The matches of the token pattern; only at `places` (starts of digits and number words) where given."""
    pattern = _token_pattern()
    if places is None:
        yield from pattern.finditer(text, start, end)
        return
    last = start
    for place in places:
        if place < last:
            continue
        before = text[place - 1] if place > last else ""
        if before and before in POINT:
            found = pattern.match(text, place - 1, end)
            if found is not None:
                yield found
                last = found.end()
                continue
        elif before in (" ", "-"):
            led = _ARTICLE_BEFORE.search(text, max(last, place - 5), place)
            article = None if led is None else pattern.match(text, led.start(), end)
            if article is not None:
                yield article
        found = pattern.match(text, place, end)
        if found is not None:
            yield found
            last = found.end()


def runs(text: str, start: int, end: int, places: Sequence[int] | None = None) -> Iterator[list[Token]]:
    """Runs of number words and literals that only spaces, hyphens, commas or "and" separate.

    `places` are the starts of the digits and number words between the offsets, where they are known.
    """
    run: list[Token] = []
    article: re.Match[str] | None = None
    for found in _found(text, start, end, places):
        if found["article"]:
            article = found
            continue
        near = article is not None and article.end() == found.start()
        token = _token(found, text, article.start() if article is not None and near else None)
        article = None
        if token is None:
            continue
        if run and (len(run) > 40 or _GAP.fullmatch(text, run[-1].end, token.start) is None):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _token(found: re.Match[str], text: str, article: int | None) -> Token | None:
    if found["point"]:
        return Token("point", found.start(), found.end(), Decimal(0))
    if found["word"]:
        word = found["word"].lower()
        if word in _counting() and not _counts(text, found.end(), _counting()[word]):
            return None
        kind, value, plural = number_words()[word]
        begin = found.start() if article is None else article
        counts_one = article is not None or (
            kind in _MULTIPLIED and not plural and _ANOTHER.search(text, max(0, begin - 9), begin) is not None
        )
        return Token(kind, begin, found.end(), value, plural, article=counts_one, bare_start=found.start())
    literal = read_literal(found, text)
    if literal is None:
        return None
    kind = "ordinal" if literal.ordinal else "literal"
    return Token(
        kind, literal.start, literal.end, literal.value, False, literal.step, literal.scale, literal.exact
    )
