"""Numbers that stand apart from what they count and are said to be its number: "520 is the number of people
who died", "3,000: that is how many delegates came", "Civilians killed in May: 774".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from claimcheck.claims.clauses import SUBJECTS, Clause, Token
from claimcheck.claims.members import is_person
from claimcheck.lexicon import load
from claimcheck.model import Mention

_ROW = frozenset({"ADP", "PROPN", "PUNCT", "CCONJ", "DET", "NUM", "ADV", "ADJ", "SYM"})
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
    if number.dep_ == "pobj" and number.head.lower_ == "to":
        return _brought_to(number)
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


def counts_there(number: Token, clause: Clause) -> Token | None:
    """What a bare number counts that has no noun of its own: the states of "the number of states rose to 40",
    the seats of "the old bus holds 20 seats; the new one holds 30", the jobs of "900 jobs in Spain, 400 in
    Italy"."""
    subject = clause.subject()
    noun = None if subject is None or subject.lemma_ not in _numbers() else _of(subject)
    noun = noun or _in_a_row(number) or _of_the_same_verb(number)
    return noun if noun is not None and noun.pos_ == "NOUN" else None


def _in_a_row(number: Token) -> Token | None:
    """What the first number of a row of places counts, where this one stands behind it: each number has its
    place behind a preposition, and nothing else stands between."""
    doc, at = number.doc, number.i
    if not _is_placed(number) or number.dep_ in SUBJECTS:
        return None
    while at > 0:
        at -= 1
        token = doc[at]
        if token.pos_ == "NOUN" and _is_placed(token):
            return token if any(c.dep_ == "nummod" for c in token.children) else None
        if token.pos_ not in _ROW:
            return None
    return None


def _is_placed(token: Token) -> bool:
    """Whether a name follows behind a preposition: "in Spain", "from the Congo"."""
    behind = [t for t in token.doc[token.i + 1 : token.i + 4] if t.pos_ != "DET"]
    return len(behind) > 1 and behind[0].pos_ == "ADP" and behind[1].pos_ == "PROPN"


def _of_the_same_verb(number: Token) -> Token | None:
    """What the object counts that the same verb had before: "holds 20 seats; the other holds *30*"."""
    verb = number.head
    if number.dep_ != "dobj" or number.pos_ != "NUM" or verb.pos_ != "VERB":
        return None
    former = (t for t in verb.doc[: verb.i] if t.lemma_ == verb.lemma_ and t.pos_ == "VERB")
    objects = (c for v in former for c in v.children if c.dep_ == "dobj" and c.i < verb.i)
    return next((o for o in objects if any(c.dep_ == "nummod" for c in o.children)), None)


def verbs_of(number: Token, noun: Token | None) -> list[Token]:
    """The verbs that tell of those whom a bare number counts elsewhere in its sentence: what befell them has
    no number of its own. `noun`: what it counts itself."""
    same = equated(number) if noun is None else None
    if same is None:
        return []
    label = [c for c in number.head.children if c.dep_ == "acl"] if number.dep_ == "appos" else []
    return [*label[:1], *([] if same.verb is None else [same.verb])]


def went_past(mention: Mention, number: Token, noun: Token | None, verb: Token) -> bool:
    """Whether what is counted went past a number: "cases passed 30,000", "crossed the 30,000 mark"."""
    if (
        mention.kind != "number"
        or mention.comparator not in ("eq", "gt")
        or verb.lemma_ not in _lemmas("passes")
    ):
        return False
    if noun is not None:
        return bool(noun.lemma_ in _lemmas("marks"))
    return bool(number.dep_ == "dobj" and number.head.i == verb.i)


def beyond(mention: Mention) -> Mention:
    """A number as what is more than it."""
    if mention.comparator == "gt":
        return replace(mention, noun=None)
    low = mention.value if mention.value is None else mention.value + 1
    return replace(mention, comparator="gt", low=low, high=None, noun=None)


def _brought_to(number: Token) -> Equated | None:
    """Of what a number is brought to so many, where the parse hangs the "to" on those who are counted: "took
    the number of patients who died in Tarn to seven"."""
    here = number.head
    while here.head.i != here.i:
        here = here.head
        if here.lemma_ in _numbers() and here.dep_ == "dobj" and here.i < number.i:
            noun = _of(here)
            brings = here.head.lemma_ in _lemmas("brings_to")
            return Equated(noun, here.head) if brings and noun is not None else None
    return None


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


def _numbers() -> frozenset[str]:
    return _lemmas("equates")


@cache
def _lemmas(use: str) -> frozenset[str]:
    return frozenset(w for row in load("measuring") if row["use"] == use for w in row["lemmas"])
