"""What the words of a claim's own clause say, beside those that have a slot."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import Literal

from claimcheck import lexicon
from claimcheck.lexicon import pattern
from claimcheck.model import Claim

Edge = Literal["begins", "ends"]

_EDGES: tuple[Edge, ...] = ("begins", "ends")
_ONE_OF_A_KIND = pattern("judged_times", "one of a kind")
_THOSE_MEANT = pattern("judged_times", "those meant")
_BETWEEN = 3  # words between an article and its noun
_MARKS = '.,;:!?()[]"”“'


def words_of(claim: Claim) -> frozenset[str]:
    """The words of a claim in small letters, as blanks part them."""
    return frozenset(claim.text.lower().split())


def first_word(claim: Claim) -> str:
    """The word with which a claim begins, in small letters."""
    return "".join(claim.text.lower().split()[:1])


def edge_told(claim: Claim) -> Edge | None:
    """Which end of a happening a phrase of the clause tells of: "lifted off", "was over by May"."""
    return _edge_told(claim.text.lower())


@lru_cache(maxsize=1 << 12)
def _edge_told(text: str) -> Edge | None:
    return next((e for e in _EDGES if any(_says(text, phrase) for phrase in _phrases_of(e))), None)


@cache
def _phrases_of(edge: Edge) -> tuple[str, ...]:
    """The phrases of `data/judging.toml` that speak of the first (last) day of a happening."""
    return tuple(phrase.lower() for phrase in lexicon.words_of("judging", f"{edge}_by_phrase"))


def _says(text: str, phrase: str) -> bool:
    """Whether a text holds a phrase in whole words, and no number behind it: "was over by May", and not "was
    over 40"."""
    at = text.find(phrase)
    while at >= 0:
        before, behind = text[at - 1 : at] if at else "", text[at + len(phrase) :]
        number = behind[:1].isspace() and behind.lstrip()[:1].isdecimal()
        if not (_is_of_a_word(before) or _is_of_a_word(behind[:1]) or number):
            return True
        at = text.find(phrase, at + 1)
    return False


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _words(text: str) -> list[str]:
    return "".join(c if _is_of_a_word(c) else " " for c in text).split()


def brings_up_one(claim: Claim, kinds: Collection[str]) -> bool:
    """Whether a clause brings up something of one of the kinds as one, or some, of several: "*a round* of
    talks was held", "*strikes* hit the town"; not "the round". `kinds`: nouns in small letters."""
    told = [found[1].lower() for found in _ONE_OF_A_KIND.finditer(claim.text)]
    if any(kind.rstrip("s") in words for words in told for kind in kinds):
        return True
    return any(_is_without_article(kind, claim.text.lower()) for kind in kinds)


def _is_without_article(kind: str, text: str) -> bool:
    """Whether a text says a kind as something there was some of ("strikes hit the town", "fighting broke
    out"), not as the one that is known ("the fighting"). A headline's single "Summit opens" is that one, and
    so are "talks", which the row itself calls so."""
    forms = (kind,) if kind.endswith("ing") else (f"{kind}s", f"{kind}es")
    meant = any(_is_meant(text[found.start() :], forms) for found in _THOSE_MEANT.finditer(text))
    return any(word in forms for word in _words(text)) and not meant


def _is_meant(text: str, forms: tuple[str, ...]) -> bool:
    """Whether the word that a text begins with tells which ones a form means: "*the* last two rounds"."""
    for word in text.split()[1 : 2 + _BETWEEN]:
        said = word.strip(_MARKS)
        if said in forms:
            return True
        if said != word:
            break
    return False


def words_before(claim: Claim, at: int) -> list[str]:
    """The words of a claim before a character in small letters, as blanks part them."""
    return claim.text[: max(0, at - claim.start)].lower().split()


def words_behind(claim: Claim, phrase: str) -> list[str]:
    """The words of a claim behind a phrase in small letters; none where it does not say it."""
    return f" {claim.text.lower()} ".partition(f" {phrase} ")[2].split()


def says_any(claim: Claim, phrases: Iterable[str]) -> bool:
    """Whether the words of a claim hold one of some phrases, be it within other words."""
    said = claim.text.lower()
    return any(phrase in said for phrase in phrases)


def is_before_comma(claim: Claim, at: int) -> bool:
    """Whether a comma stands in a claim behind what ends at a character."""
    return claim.text[max(0, at - claim.start) :].lstrip().startswith(",")
