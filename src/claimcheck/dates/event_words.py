"""The words of happenings: tokens in a normal form, kinds ("talks", "siege"), and which event is meant.

A number in any writing is one token: "IX", "9", "9th" and "ninth" are "#9".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from claimcheck.dates.words import table
from claimcheck.lexicon import load, pattern, words_of
from claimcheck.model import ReferenceRow

NEAR_DAYS = 183  # "the talks", never named before: unique so near the document's date
_CLEARLY = 4  # the nearest event must be so many times nearer than the next to be meant

_TOKEN = re.compile(r"[^\W_]+(?:[-'’/.](?=[^\W_])[^\W_]+){0,4}")
_POSSESSIVE = re.compile(r"['’]s?$")
_ARTICLES = frozenset(words_of("event_words", "article"))
_ROMAN = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11,
    "XII": 12, "XIII": 13, "XIV": 14, "XV": 15, "XVI": 16, "XVII": 17, "XVIII": 18, "XIX": 19, "XX": 20,
}  # fmt: skip
_CARDINALS = {word: number for number, word in enumerate(words_of("event_words", "cardinal"), 1)}
_NAMED_BEHIND = pattern("event_words", "named behind")
_IS = frozenset(words_of("event_words", "is"))
_VERBS = _IS | frozenset(words_of("event_words", "held"))
_DIGITS = pattern("event_words", "ordinal number")
_ORDINAL = pattern("event_words", "ordinal ending")


class Token(NamedTuple):
    """A word of the text with its normal form; a number in any writing is "#9"."""

    start: int
    end: int
    key: str


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of a stretch of text, articles left out, possessives cut, numbers normalised."""
    found = []
    for m in _TOKEN.finditer(text, start, len(text) if end is None else end):
        key = _normal(m.group())
        if key not in _ARTICLES:
            found.append(Token(m.start(), m.end(), key))
    return found


@lru_cache(maxsize=1 << 14)
def _normal(word: str) -> str:
    bare = _POSSESSIVE.sub("", word)
    if bare in _ROMAN:
        return f"#{_ROMAN[bare]}"
    low = bare.casefold()
    digits = _DIGITS.match(low)
    if digits:
        return f"#{int(digits.group(1))}"
    if low in _CARDINALS:
        return f"#{_CARDINALS[low]}"
    ordinal = table("ordinal").get(low)
    return f"#{ordinal['value']}" if ordinal is not None else low


def counts(written: str, word: Token) -> bool:
    """Whether a word says how many, and begins no name: "one Tarn round" is not the first."""
    return word.key.startswith("#") and written.isalpha() and written.islower() and not is_ordinal(written)


def stem(key: str) -> str:
    """A word without the s of its plural: "talks" is "talk", "congress" stays."""
    return key[:-1] if len(key) > 3 and key.endswith("s") and not key.endswith("ss") else key


@cache
def kinds() -> dict[tuple[str, ...], tuple[str, bool]]:
    """Every kind phrase, stemmed -> its kind and whether it may stand bare."""
    out: dict[tuple[str, ...], tuple[str, bool]] = {}
    for row in load("event_kinds"):
        bare = set(row.get("bare", ()))
        for phrase in row["words"]:
            out[tuple(stem(t.key) for t in tokens(phrase))] = (row.id, phrase in bare)
    return out


@cache
def _kind_openers() -> frozenset[str]:
    return frozenset(phrase[0] for phrase in kinds())


_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_LAST_YEAR = pattern("event_words", "last year")
_FIRST_YEAR = re.compile(rf"{_YEAR} (?P<rest>[^\W\d_].*)")


@lru_cache(maxsize=1 << 14)
def keys_of(name: str) -> tuple[str, ...]:
    """The words of a name in their normal form: "the Geneva IX talks" is geneva, #9, talks."""
    return tuple(t.key for t in tokens(name))


def with_year(name: str) -> Iterator[str]:
    """A name in all the ways in which it may be written with its year: "general election 2024", "2024 general
    election", "general election of 2024"."""
    yield name
    year = _LAST_YEAR.fullmatch(name) or _FIRST_YEAR.fullmatch(name)
    if year is not None:
        rest = year["rest"]
        [of] = words_of("event_words", "last year")
        yield from (f"{rest} {year['year']}", f"{year['year']} {rest}", f"{rest} {of} {year['year']}")


@cache
def heads() -> frozenset[str]:
    return frozenset(word for row in load("event_kinds") for word in row["words"] if " " not in word)


@cache
def stemmed_heads() -> frozenset[str]:
    """The stems of the words that are a kind by themselves."""
    return frozenset(map(stem, heads()))


@lru_cache(maxsize=1 << 12)
def kinds_in_label(label: str) -> frozenset[str]:
    words = [Token(0, 0, t.key) for t in tokens(label)]
    return frozenset(k for i in range(len(words)) if (k := kind_at(words, i)[0]) is not None)


def opens_a_kind(key: str) -> bool:
    """Whether a kind phrase begins with a word."""
    return stem(key) in _kind_openers()


def kind_at(words: Sequence[Token], i: int) -> tuple[str | None, int]:
    """The longest kind phrase that begins at a token, and its length."""
    if not 0 <= i < len(words) or not opens_a_kind(words[i].key):
        return None, 0
    for count in (3, 2, 1):
        keys = tuple(stem(t.key) for t in words[i : i + count])
        if len(keys) == count and keys in kinds():
            return kinds()[keys][0], count
    return None, 0


def matches(words: Sequence[Token], i: int, keys: tuple[str, ...]) -> bool:
    return len(words) - i >= len(keys) and all(words[i + n].key == key for n, key in enumerate(keys))


def fits(row: ReferenceRow, phrase: set[str]) -> bool:
    """A qualified kind ("chlorine attack") needs its qualifier in the row's label or names."""
    said = phrase - stemmed_heads() - {*words_of("event_words", "last year")}
    texts = (row.label or "", row.name or "", *row.names)
    return said <= {stem(k) for text in texts for k in keys_of(text)} if said else True


def same_clause(text: str, start: int, end: int) -> bool:
    return end - start < 60 and not re.search(r"[.,;:!?()]", text[start:end])


def is_ordinal(word: str) -> bool:
    """Whether a number is written as a rank: "ninth", "9th"."""
    return _ORDINAL.search(word) is not None or word.casefold() in table("ordinal")


def elsewhere(text: str, end: int) -> bool:
    """Whether a definite kind is followed by a name that says which one ("the talks in Lima")."""
    found = _NAMED_BEHIND.match(text, end)
    return found is not None and found.group(1).casefold() not in table("month")


def interrupted(text: str, words: Sequence[Token]) -> bool:
    """Whether a bracket or full stop stands between the words of a name."""
    return any(re.search(r"[.;:!?()\[\]\"“”]", text[a.end : b.start]) for a, b in pairwise(words))


def broken(words: Sequence[Token], start: int, end: int) -> bool:
    """Whether words do not go on without a break, or hold a verb: "round | was held in Geneva"."""
    apart = any(words[n + 1].start - words[n].end > 3 for n in range(start, end))
    return apart or any(words[n].key in _VERBS for n in range(start, end))


def wholes(rows: Sequence[ReferenceRow]) -> list[ReferenceRow]:
    """The rows without those that are part of another of them (the plenary of a congress)."""
    out = []
    for row in rows:
        period = row.period
        inside = any(
            o is not row
            and o.period is not None
            and period is not None
            and o.period != period
            and o.period.covers(period)
            and (o.period.days or 0) < 60
            for o in rows
        )
        if not inside:
            out.append(row)
    return out


def distance(row: ReferenceRow, day: date) -> int | None:
    """Days between a day and a happening, 0 inside it, None where its days are not known."""
    first = row.first.start if row.first is not None else None
    last = row.last.end if row.last is not None else (row.first.end if row.first is not None else None)
    if first is None or last is None:
        return None
    if first <= day <= last:
        return 0
    return (first - day).days if day < first else (day - last).days


def clearly_nearest(rows: Sequence[ReferenceRow], day: date | None) -> tuple[ReferenceRow, ...]:
    """The one row that is near the document's date and several times nearer than the next; else all rows."""
    known = sorted(
        ((d, r.key, r) for r in rows if day and (d := distance(r, day)) is not None), key=lambda t: t[:2]
    )
    if len(rows) < 2 or len(known) < len(rows):
        return tuple(rows)
    if known[0][0] <= NEAR_DAYS and known[1][0] > _CLEARLY * max(known[0][0], 7):
        return (known[0][2],)
    return tuple(r for _, _, r in known)
