"""Words of texts and tables made comparable: stems, and the rows of data/linking.toml as stems or phrases."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from functools import cache, lru_cache

from claimcheck import lexicon
from claimcheck.linking.places import WORD
from claimcheck.model import Link
from claimcheck.reference.names import folded

_VOWEL = re.compile(r"[aeiouy]")
_CALENDAR = frozenset(w.lower() for w in (*calendar.month_name, *calendar.day_name) if w)
_ENDINGS = (
    ("ies", "y"), ("sses", "ss"), ("ied", "y"), ("ings", ""), ("ing", ""), ("ed", ""), ("s", ""),
)  # fmt: skip


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A word without its inflection, roughly: "injured", "injuring", "injures" and "injure" are one."""
    word = folded(word)
    word = _singulars().get(word, word)
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


@cache
def _singulars() -> dict[str, str]:
    """The singular of each irregular plural."""
    return {many: one for many, _, one in (pair.partition(" ") for pair in words_of("irregular plurals"))}


@cache
def participles() -> dict[str, str]:
    """The stem of the verb of each participle that does not end like others: "built" of "build"."""
    return {participle: stem(verb) for participle, verb in map(str.split, words_of("participles"))}


@cache
def _whole() -> frozenset[str]:
    """Words whose ending only looks like that of a past tense."""
    return frozenset(words_of("ends in eed"))


@lru_cache(maxsize=1 << 8)
def stems_in(text: str) -> tuple[str, ...]:
    """The stems of the words of a text, in order; a clause is asked for them again and again."""
    return tuple(map(stem, WORD.findall(text)))


@cache
def nouns(*topics: str) -> frozenset[str]:
    """The stems of rows of data/linking.toml, of all together."""
    return frozenset(stem(word) for topic in topics for word in words_of(topic))


def head_of(phrase: str) -> str:
    """What stands before the first word by which something hangs on a noun: "gas attack" of "gas attack on
    Tarn", "army" of "army which fled"."""
    return _hanging().split(phrase, maxsplit=1)[0].strip()


def head_words(phrase: Link | str | None) -> list[str]:
    """The words of the head of a phrase, the last of which is its noun; none where there is no phrase."""
    text = phrase.text if isinstance(phrase, Link) else phrase
    return [] if text is None else WORD.findall(head_of(text))


@cache
def _hanging() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{any_of('hangs on a noun')})\b")


def is_calendar(word: str) -> bool:
    """Whether a word with a capital is a month, a day of the week or a feast ("Monday's"), and no name."""
    plain = word.lower().removesuffix("'s").removesuffix("’s")
    return plain in _CALENDAR or stem(plain) in _feasts()


def is_plain_plural(text: str) -> bool:
    """Whether a subject of one word is a common noun for many that begins a sentence ("Donors", "Airlines"),
    and no name."""
    word = text[:1].isupper() and text[1:].islower() and text.isalpha()
    return word and text.endswith(tuple(words_of("endings of plurals")))


@cache
def _feasts() -> frozenset[str]:
    """The stems of the feasts of one word: those that fix a day, and the movable ones."""
    fixed = (words for row in lexicon.load("holidays") for words in row["words"])
    return nouns("feasts") | frozenset(stem(word) for word in fixed if word.isalpha())


def words_of(topic: str) -> Sequence[str]:
    """The words or phrases of a row of data/linking.toml, as they are written."""
    return next(row["words"] for row in lexicon.load("linking") if row.id == topic)


@cache
def any_of(topic: str) -> str:
    """The phrases of a row of data/linking.toml as alternatives of a regular expression, longest first."""
    phrases = words_of(topic)
    return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True))
