"""What a number is said to be the number of: "520 is the number of people who died", "3,000: that is how many
delegates came", "Civilians killed in May: 774".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from claimcheck.claims.clauses import Token
from claimcheck.claims.members import is_person
from claimcheck.lexicon import load

_BESIDE = frozenset({"nsubj", "dep", "meta", "npadvmod", "dislocated", "parataxis", "ccomp", "nummod"})


@dataclass(frozen=True, slots=True)
class Equated:
    """The noun that such a number counts, and the verb that says of it what is counted, where one does."""

    noun: Token
    verb: Token | None = None


def equated(number: Token) -> Equated | None:
    """What a bare number is said to be the number of, None where it is said of none."""
    if number.dep_ == "appos":
        return _labelled(number)
    verb = number.head
    if number.dep_ not in _BESIDE or verb.lemma_ != "be" or (verb.i < number.i and number.dep_ == "nsubj"):
        return None
    for child in verb.children:
        if child.dep_ == "attr" and child.lemma_ in _numbers():
            noun = _of(child)
            return None if noun is None else Equated(noun, _said_of(noun))
        if child.dep_ == "ccomp" and (asked := _how_many(child)) is not None:
            return Equated(asked, child)
    return None


def labelled_verb(number: Token) -> Token | None:
    """The participle of a label before its number: the killed of "Civilians killed in May: 774"."""
    if number.dep_ != "appos" or _labelled(number) is None:
        return None
    return next((c for c in number.head.children if c.dep_ == "acl"), None)


def _labelled(number: Token) -> Equated | None:
    noun = number.head
    colon = any(c.text == ":" and noun.i < c.i < number.i for c in noun.children)
    if not colon or noun.dep_ != "ROOT" or noun.tag_ not in {"NNS", "NN"}:
        return None
    return Equated(noun) if is_person(noun) else None


def _of(noun: Token) -> Token | None:
    return next((p for c in noun.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"), None)


def _said_of(noun: Token) -> Token | None:
    """The clause or participle that says what befell those who are counted."""
    told = (c for c in noun.children if c.dep_ == "relcl" or (c.dep_ == "acl" and c.tag_ == "VBN"))
    return next(told, None)


def _how_many(verb: Token) -> Token | None:
    """The people of "how many people died"."""
    subjects = (c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"})
    return next((s for s in subjects if any(c.lower_ == "many" for c in s.children)), None)


@cache
def _numbers() -> frozenset[str]:
    return frozenset(w for row in load("measuring") if row["use"] == "equates" for w in row["lemmas"])
