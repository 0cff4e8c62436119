"""Which number another one is part of: "23 people, including nine children", "12 of them women", "of the 87
inmates freed, 31 were women".

A part never says more than its whole: a number that is larger than the one before it is no part of that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from claimcheck.claims.clauses import Token
from claimcheck.claims.measures import counted
from claimcheck.claims.members import before_included, behind_included
from claimcheck.model import Claim

SUMMED = ("casualties.sum", "casualties.including")  # rules whose claims hold other claims' people
_TAKEN_UP = frozenset({"them", "whom", "which", "those", "these"})
_COUNTS = frozenset({"quantity", "rank"})


def with_wholes(claims: Sequence[Claim], tokens: Mapping[int, Token]) -> list[Claim]:
    """The claims of a sentence, each part with the claim that it is part of.

    `tokens`: what each quantity hangs on, by where it starts.
    """
    sums = [c for c in claims if c.quantity and c.rule in SUMMED]
    out = []
    for claim in claims:
        whole = _sum_around(claim, sums) or _whole(claim, claims, tokens)
        out.append(claim if whole is None else replace(claim, part_of=whole.claim_id))
    return out


def _sum_around(claim: Claim, sums: Sequence[Claim]) -> Claim | None:
    if claim.quantity is None:
        return None
    span = claim.quantity.span
    return next((s for s in sums if s is not claim and s.quantity and s.quantity.span.contains(span)), None)


def _whole(claim: Claim, claims: Sequence[Claim], tokens: Mapping[int, Token]) -> Claim | None:
    """The number that a sentence takes this one from: the base of "three of the five", else the nearest
    before "including", "among them" or "of whom" that counts and is not smaller."""
    token = None if claim.quantity is None else tokens.get(claim.quantity.start)
    if token is None or claim.kind not in _COUNTS:
        return None
    noun = counted(token)
    base = _base_of(token, noun)
    if base is not None:
        ahead = [c for c in claims if c is not claim and _counts(c, base, tokens)]
        if ahead or not _is_included(token):
            return ahead[0] if ahead and _may_hold(ahead[0], claim) else None
    elif not _takes_up(token) and not _is_included(token if noun is None else noun):
        return None
    before = [c for c in claims if _is_before(c, claim, tokens) and _may_hold(c, claim)]
    return before[-1] if before else None


def _base_of(token: Token, noun: Token | None) -> Token | None:
    """The noun of which the number is a part: in "three of the dams", in "of the 87 inmates, 31 left"."""
    if noun is not None and noun.dep_ == "pobj" and noun.head.head.i == token.i:
        return None if noun.pos_ == "PRON" or noun.lower_ in _TAKEN_UP else noun
    subject = token if noun is None else noun
    if subject.dep_ not in {"nsubj", "nsubjpass", "dobj"}:
        return None
    first = subject.head.doc[0]
    if first.lower_ != "of" or first.dep_ != "prep" or first.head.i != subject.head.i:
        return None
    return next((p for p in first.children if p.dep_ == "pobj"), None)


def _counts(claim: Claim, noun: Token, tokens: Mapping[int, Token]) -> bool:
    token = None if claim.quantity is None else tokens.get(claim.quantity.start)
    return token is not None and any(c.i == token.i for c in noun.children)


def _takes_up(token: Token) -> bool:
    """Whether "of them" or "of whom" stands behind the number."""
    behind = (p for c in token.children if c.lower_ == "of" for p in c.children)
    return any(p.lower_ in _TAKEN_UP for p in behind)


def _is_included(noun: Token) -> bool:
    first = last = noun
    while first.dep_ == "conj" and first.head.i < first.i:
        first = first.head
    while (joined := next((c for c in last.children if c.dep_ == "conj"), None)) is not None:
        last = joined
    if before_included(last):
        return bool(
            noun.i != first.i
        )  # "nine people, a nurse and two boys among them": the first is the whole
    return behind_included(first)


def _is_before(other: Claim, claim: Claim, tokens: Mapping[int, Token]) -> bool:
    """Whether another number stands before this one and is no such part itself."""
    if other.quantity is None or claim.quantity is None or other.quantity.start >= claim.quantity.start:
        return False
    token = tokens.get(other.quantity.start)
    if token is None or other.kind not in _COUNTS or other.quantity.kind != "number":
        return False
    noun = counted(token)
    return not _takes_up(token) and not _is_included(token if noun is None else noun)


def _may_hold(whole: Claim, part: Claim) -> bool:
    """Whether the whole can be as large as the part."""
    if whole.quantity is None or part.quantity is None or part.quantity.kind != whole.quantity.kind:
        return False
    high, low = whole.quantity.high, part.quantity.low
    return high is None or low is None or low <= high
