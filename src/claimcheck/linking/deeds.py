"""Kinds of happenings that a clause tells of by a verb and what was used: "forces deployed chemical weapons"
tells of a chemical attack, and "was bombed with chlorine" of a chlorine attack.

The words are in `data/deeds.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from claimcheck import lexicon
from claimcheck.linking.denied import without_denied
from claimcheck.linking.places import WORD
from claimcheck.linking.words import nouns, stem
from claimcheck.model import Claim

_ATTACK = stem("attack")
_BREAK = re.compile(
    r"\s+(?:in|on|at|against|near|over|into|from|during|by|across|around|upon|and|or|once|twice|thrice|again|"
    r"repeatedly|[\w-]+\s+times)\b|[,;:()]"
)
_AS_WEAPON = re.compile(r"\s+as\s+(?:an?\s+)?(?:chemical\s+)?weapons?\b")
_WITH = re.compile(r"\bwith\s+")
_WITHIN = 60
_MOST_WORDS = 5


@cache
def _words(name: str) -> frozenset[str]:
    return next(frozenset(map(stem, row["words"])) for row in lexicon.load("deeds") if row.id == name)


def weapons() -> frozenset[str]:
    """The stems of words for weapons."""
    return _words("weapons")


def deed(claim: Claim) -> frozenset[str]:
    """The stems of the kind of attack that a clause tells of by its verb and what was used, none where it
    tells of none: {chemical, weapon, attack} of "deployed chemical weapons in Douma"."""
    verb = None if claim.predicate is None else stem(claim.predicate)
    if verb is None:
        return frozenset()
    if verb in _words("alone"):
        return frozenset((verb, _ATTACK))
    if verb in _words("strikes"):
        text = without_denied(claim.text)
        found = _WITH.search(text)
        if found is None and claim.subject is not None and claim.subject == claim.actor:
            return _of(without_denied(claim.subject.text).lower())  # "chemical weapons hit Tarn twice"
        return frozenset() if found is None else _of(_before_verb(text[found.end() :], verb))
    if verb not in _words("uses"):
        told = verb in nouns("happens") and claim.subject is not None
        found = use_of(claim.text) if told else None
        return frozenset() if found is None else _of(found[1])
    text = without_denied(claim.text)
    for word in WORD.finditer(text):
        if stem(word.group()) == verb or word.group().lower() in (claim.predicate, f"{claim.predicate}d"):
            behind = text[word.end() :]
            return _of(behind.lstrip()) or _of_subject(claim, behind)
    return frozenset()


def use_of(text: str) -> re.Match[str] | None:
    """What a text says was used, where that is a weapon: "the use of chemical weapons"; None elsewhere."""
    found = _use_of().search(text)
    return found if found is not None and _of(found[1]) else None


@cache
def _use_of() -> re.Pattern[str]:
    nominal = next(row["words"] for row in lexicon.load("deeds") if row.id == "use of")
    breaks = _BREAK.pattern
    return re.compile(
        rf"\b(?:{'|'.join(nominal)})\s+of\s+(?:the\s+|an?\s+)?((?:(?!{breaks}).)+)", re.IGNORECASE
    )


def _before_verb(text: str, verb: str) -> str:
    """What stands before the clause's verb, where that is behind: "rockets filled with *chlorine* hit"."""
    at = next((w.start() for w in WORD.finditer(text) if stem(w.group()) == verb), len(text))
    return text[:at].rstrip()


def _of_subject(claim: Claim, behind: str) -> frozenset[str]:
    """What the subject says was used: "chlorine was used in Tarn", unless the words behind the verb say for
    what."""
    if claim.subject is None or _has_aim(behind):
        return frozenset()
    return _of(without_denied(claim.subject.text), _AS_WEAPON.match(behind) is not None)


def _of(text: str, is_weapon: bool = False) -> frozenset[str]:
    """The kind of attack with what the text begins with, if that is a weapon, or the text calls it one."""
    is_weapon = is_weapon or _AS_WEAPON.search(text, 0, _WITHIN) is not None
    text = _AS_WEAPON.sub("", text[:_WITHIN])
    end = _BREAK.search(text)
    used = text if end is None else text[: end.start()]
    words = WORD.findall(used)
    aims = [at for at, word in enumerate(words) if word.lower() in _words("aims")]
    if aims or not words or len(words) > _MOST_WORDS:
        return frozenset()
    if not is_weapon and stem(words[-1]) not in _words("weapons"):
        return frozenset()
    return frozenset(stem(word) for word in words if len(word) > 2) | {_ATTACK}


def _has_aim(behind: str) -> bool:
    word = WORD.search(_AS_WEAPON.sub("", behind))
    return word is not None and word.group().lower() in _words("aims")
