"""Numbers whose verb is left out: "Poland took in 2 million refugees, Czechia some 375,000".

Behind the first number each name is followed by its own; the verb and what is counted are said once. Such a
number is told of its own name, and counts what the first one counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claimcheck.claims.clauses import Clause, Token

_LINKS = frozenset({",", ";", "and"})
_BETWEEN = 5  # tokens: "some", "more than", "an estimated"
_OF_NUMBER = frozenset({"quantmod", "advmod", "det", "amod", "nummod", "compound", "prep"})
_LONGEST_NAME = 4  # tokens


@dataclass(frozen=True, slots=True)
class Gap:
    """A number with the name that it is told of, and the noun that the first number of its clause counts."""

    name: Token
    first: Token  # where the name starts
    noun: Token


def gaps(placed: Sequence[Token], found: Mapping[int, Clause]) -> dict[int, Gap]:
    """The gapped numbers among the tokens of a sentence's numbers, by their index."""
    out: dict[int, Gap] = {}
    for token in placed:
        name = _name_before(token)
        if name is None:
            continue
        clause = next((c for c in found.values() if token.i in {t.i for t in c.tokens}), None)
        subject = None if clause is None else clause.subject()
        if clause is None or subject is None or subject.pos_ != "PROPN" or subject.i >= clause.head.i:
            continue
        noun = _counted_by(clause, name[0])
        if noun is not None and token.i > noun.i and not _counts(token):
            out[token.i] = Gap(name[-1], name[0], noun)
    return out


def _name_before(number: Token) -> list[Token] | None:
    """The name right before a number, with only words of the number between, behind a comma or "and"."""
    doc, at = number.doc, number.i - 1
    while at > number.i - _BETWEEN and at > 0 and doc[at].pos_ != "PROPN" and doc[at].dep_ in _OF_NUMBER:
        at -= 1
    name: list[Token] = []
    while at > 0 and doc[at].pos_ == "PROPN" and len(name) < _LONGEST_NAME:
        name.insert(0, doc[at])
        at -= 1
    return name if name and doc[at].lower_ in _LINKS else None


def _counted_by(clause: Clause, before: Token) -> Token | None:
    """What the number before the gap counts: the object of the verb."""
    objects = (c for c in clause.head.children if c.dep_ == "dobj" and c.i < before.i)
    return next((c for c in objects if any(d.dep_ == "nummod" for d in c.children)), None)


def _counts(number: Token) -> bool:
    """Whether a number counts a noun of its own."""
    return number.dep_ in {"nummod", "compound"} and number.head.pos_ == "NOUN" and number.head.i > number.i
