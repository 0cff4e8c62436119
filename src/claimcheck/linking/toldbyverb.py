"""Kinds of happenings that a clause tells of by its verb alone: "warplanes bombed a market", "a plane
crashed".

The words are in `data/told_by_verb.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from claimcheck import lexicon
from claimcheck.linking.deeds import weapons
from claimcheck.linking.places import WORD
from claimcheck.linking.words import head_words, nouns, stem
from claimcheck.model import Claim, Link

_FROM = re.compile(r"\s+(?:from|of|for)\s+((?:[\w’'-]+\s+){1,6})")
_WITH = re.compile(r"\s+with\s")


@dataclass(frozen=True, slots=True)
class _Way:
    """A row of the data, as stems and patterns."""

    verbs: frozenset[str]
    phrases: re.Pattern[str]
    doers: frozenset[str]
    befalls: bool
    kinds: frozenset[str]
    whence: frozenset[str]


def told_by_verb(claim: Claim) -> frozenset[str]:
    """The stems of the words for the kinds that a clause tells of by its verb, with those of who did it; none
    where it tells of none."""
    verb = "" if claim.predicate is None else stem(claim.predicate)
    out: set[str] = set()
    for way in _ways() if verb in _verbs() or (verb and _any_phrase().search(claim.text)) else ():
        said = verb in way.verbs or way.phrases.search(claim.text) is not None
        if said and _is_done(claim, way):
            out |= way.kinds
    return frozenset(out | _words(claim.subject) | _words(claim.actor)) if out else frozenset()


def names_nobody(doer: str) -> bool:
    """Whether a doer is told by common words alone, the first of them at the head of a sentence: "Warplanes",
    "government and opposition delegates", not "Turkish warplanes"."""
    words = head_words(doer)
    first = stem(words[0].split("-")[0]) if words else ""
    common = first in weapons() or any(first in way.doers for way in _ways())
    if words and stem(words[-1]) in nouns("perpetrators"):
        return False
    return not any(word[0].isupper() for word in words[common:])


def _is_done(claim: Claim, way: _Way) -> bool:
    """Whether those did it who can, or it befell somebody whom the clause names alone."""
    if any(way.doers & _words(link, 1) for link in (claim.subject, claim.actor)):
        return not way.whence or not _are_of_others(claim, way)
    passive = claim.subject is not None and claim.actor is None
    return way.befalls and passive and _WITH.search(claim.text) is None


def _are_of_others(claim: Claim, way: _Way) -> bool:
    """Whether those who did it are sent by others than the kind is of: "delegates from twelve ski clubs"."""
    subject = claim.subject.text if claim.subject is not None else ""
    found = (
        _FROM.match(claim.text, claim.text.find(subject) + len(subject)) if subject in claim.text else None
    )
    words = [] if found is None else WORD.findall(found[1])
    return any(w[0].islower() and stem(w) not in way.whence for w in words)


def _words(link: Link | None, last: int = 0) -> frozenset[str]:
    """The stems of a party's words, or of so many of its last, without what hangs on them."""
    words = head_words(link)
    return frozenset(map(stem, words[-last:]))


@cache
def _ways() -> tuple[_Way, ...]:
    def stems(phrases: list[str]) -> frozenset[str]:
        return frozenset(stem(word) for phrase in phrases for word in phrase.split())

    return tuple(
        _Way(
            stems(row["verbs"]),
            _pattern(row.get("phrases", ())),
            stems(row.get("doers", [])),
            bool(row.get("befalls")),
            stems(row["kinds"]),
            stems(row.get("whence", [])),
        )
        for row in lexicon.load("told_by_verb")
    )


@cache
def _verbs() -> frozenset[str]:
    """The verbs of all rows together, asked first: most clauses have none of them."""
    return frozenset(verb for way in _ways() for verb in way.verbs)


@cache
def _any_phrase() -> re.Pattern[str]:
    return _pattern([phrase for row in lexicon.load("told_by_verb") for phrase in row.get("phrases", ())])


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b" if phrases else r"(?!)")
