"""How many people a sentence counts without always writing a number.

"At least one woman and her three children were killed" counts at least 4, "a mother and her two sons" at
least 3, "others were wounded" at least 2. A total that the text itself states ("12 killed") is left to
the number; what is counted here is a lower bound, because nobody said that there were no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from claimcheck.claims.clauses import Clause, Token
from claimcheck.lexicon import load
from claimcheck.model import Interval, Mention

_PERSONAL = frozenset({"PROPN", "NOUN", "PRON", "ADJ", "NUM"})
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_SUFFIX_LENGTH = 6  # a noun shorter than this is listed, not guessed from its ending ("order", "tier")
_NO_PERSON = frozenset(
    {"who", "which", "that", "what", "it", "they", "he", "she", "them", "we", "i", "you", "him", "her"}
)


@dataclass(frozen=True, slots=True)
class Count:
    """The people that a phrase counts: lower bound (and upper, where it is written), its characters in the
    sentence, the mentions that it adds up."""

    interval: Interval
    start: int
    end: int
    parts: tuple[Mention, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Harm:
    """A verb of harm with the head of the phrase that names whom it befell."""

    verb: Token
    people: Token


def harm(clause: Clause) -> Harm | None:
    """The harm that a clause tells of, None where it tells of none.

    "was reported killed", "were found dead": the verb of harm is the complement of one of saying.
    """
    verb = clause.head
    role = _verbs().get(verb.lemma_.lower())
    if role is None and clause.passive:
        complements = (c for c in verb.children if c.dep_ in {"oprd", "xcomp", "ccomp", "acomp"})
        verb = next((c for c in complements if c.tag_ == "VBN" and c.lemma_.lower() in _verbs()), verb)
        role = "subject" if verb.i != clause.head.i else None
    if role is None or verb.pos_ not in {"VERB", "AUX"}:
        return None
    if role == "object" and not clause.passive:
        people = next((c for c in verb.children if c.dep_ == "dobj"), None)
    else:
        people = clause.subject()
    return None if people is None or people.lower_ in _NO_PERSON else Harm(verb, people)


def may_tell(text: str) -> bool:
    """Whether a sentence may tell of harm, by the beginnings of its words alone."""
    return _stems().search(text) is not None


@cache
def _stems() -> re.Pattern[str]:
    stems = sorted(stem for row in load("harm") for stem in row["stems"])
    return re.compile(rf"\b(?:{'|'.join(stems)})", re.IGNORECASE)


def count(found: Harm, numbers: Mapping[int, Mention], stated: bool) -> Count | None:
    """The people that a clause counts by enumeration.

    `numbers` are the counting mentions by the index of the noun (or the number) that they count, `stated`
    whether the clause holds a number of its own. None where one number alone says it, or nobody is named.
    """
    members = list(_coordinated(found.people))
    members += [m for m in _alongside(found.verb) if m.i not in {t.i for t in members}]
    numbered = [numbers[t.i] for t in members if t.i in numbers]
    if stated and len(numbered) in {0, len(members)} and len(numbered) < 2:
        return None
    low, high = Decimal(0), Decimal(0)
    closed = True
    for token in members:
        if token.i in numbers:
            interval = numbers[token.i].interval
            low += interval.low or 0
            closed = closed and interval.high is not None
            high += interval.high or 0
        else:
            least = _least(token)
            if least is None:
                return None
            low += least
            closed = False
    if low == 0:
        return None
    start = members[0].left_edge.idx
    end = max(max(t.idx + len(t) for t in _near(token)) for token in members)
    rule = "casualties.sum" if numbered else "casualties.named"
    return Count(Interval(low, high if closed and numbered else None), start, end, tuple(numbered), rule)


def _coordinated(head: Token) -> Iterator[Token]:
    """The phrase's members: "a mother, her two sons and a guard"; an apposition renames and adds nothing."""
    seen = {head.i}
    pending = [head]
    while pending:
        token = pending.pop(0)
        yield token
        joined = [c for c in token.children if c.dep_ == "conj"]
        joined += _alongside(token)
        for child in joined:
            if child.pos_ in _PERSONAL and child.i not in seen:
                seen.add(child.i)
                pending.append(child)


def _alongside(token: Token) -> list[Token]:
    """Who is named with the others by a preposition: "a woman alongside her grandchild"."""
    preps = (c for c in token.children if c.dep_ == "prep" and c.lower_ == "alongside")
    return [p for prep in preps for p in prep.children if p.dep_ == "pobj"]


def _least(token: Token) -> int | None:
    """The fewest people that a phrase without a number stands for; None where it names no people.

    "a number of villagers" is read through to what it is a number of.
    """
    if token.pos_ == "PROPN":
        return 1
    lemma = token.lower_ if token.lower_ in _persons() else token.lemma_.lower()
    within = next(
        (p for c in token.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"), None
    )
    if _persons().get(lemma) == 2 and within is not None and within.pos_ == "NOUN":
        return 2 if _least(within) else None
    least = _persons().get(lemma) or (1 if _agent(lemma) else None)
    if least is None:
        return None
    if token.tag_ in _PLURAL_TAGS:
        return 2
    determined = any(c.dep_ in {"det", "poss", "amod", "compound"} for c in token.children)
    return least if determined or least == 2 else None


def _agent(lemma: str) -> bool:
    return len(lemma) >= _SUFFIX_LENGTH and lemma.endswith(_suffixes())


def _near(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        if child.dep_ in {"compound", "amod", "flat", "nummod", "det", "poss"}:
            yield child


@cache
def _verbs() -> dict[str, str]:
    return {lemma: row["role"] for row in load("harm") for lemma in row["lemmas"]}


@cache
def _persons() -> dict[str, int]:
    return {noun: row["least"] for row in load("person_nouns") for noun in row["nouns"]}


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(suffix for row in load("person_nouns") for suffix in row.get("suffixes", ()))
