"""What a clause counts beside a claim's own number: stretches of it that belong to another number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from claimcheck.linking.number_of import NUMBER_OF
from claimcheck.linking.places import WORD
from claimcheck.linking.vocabulary import STOP
from claimcheck.linking.words import any_of, stem
from claimcheck.model import Claim, Mention, Span

_NUMBER_OF = re.compile(rf"{NUMBER_OF}\Z", re.IGNORECASE)
"""Before a clause whose people are those that the claim's own number counts."""
_WHO = re.compile(r"\s+(?:who|whom|whose|that|which)\b")
"""Behind a bare number, before what is told of those alone: "25 came out, of a thousand *who* need care"."""


def told_of_some(text: str, start: int, end: int) -> list[Span]:
    """Where a stretch of text says in an aside of some of those counted, without a number, how it went with
    them: "12 died, *most of them in air strikes*" tells of all who died, and not only of air strikes."""
    if "of" not in text[start:end] and "ly " not in text[start:end]:
        return []
    return [Span(found.start(), found.end()) for found in _of_some().finditer(text, start, end)]


@cache
def _of_some() -> re.Pattern[str]:
    some = rf"(?:{any_of('vague parts')})\s+of\s+(?:them|whom|which|these|those)"
    return re.compile(rf",\s+(?:{some}|{any_of('vague shares')})\b[^,.;:()]*")


def inner_counts(claim: Claim, others: Sequence[Claim]) -> list[Span]:
    """Where within a clause something else is counted, but for clauses of their own (`inner_clauses`):
    the parts of the claim's own number and what else has a number.

    In "400,000 people are trapped in the enclave, where 700 patients wait for evacuation, says the UN" nobody
    says that 400,000 wait; in "216 civilians were killed, among them two volunteers" 216 are no volunteers.
    """
    if len(others) < 2:
        return []
    mine, number = Span(claim.start, claim.end), claim.quantity
    inner = []
    for other in others:
        if number is None or other.quantity is None or not _counts(other):
            continue
        clause = Span(other.start, other.end)
        if other.part_of == claim.claim_id and mine.start <= other.quantity.start > number.end:
            inner.append(
                Span(other.quantity.start, max(other.quantity.end, _end_of_part(claim, other.quantity.end)))
            )
        elif clause == mine and other.quantity.start != number.start and other.quantity.noun is not None:
            inner.append(Span(other.quantity.start, _end_of_counted(claim, other.quantity)))
        elif (
            clause == mine
            and other.quantity.start != number.start
            and (told := _WHO.match(claim.text, max(0, other.quantity.end - claim.start))) is not None
        ):
            inner.append(Span(other.quantity.start, _end_of_part(claim, claim.start + told.end())))
    return inner


def inner_clauses(claim: Claim, others: Sequence[Claim]) -> list[Span]:
    """The clauses within a claim's own that count something themselves. `others`: the claims with a number of
    its sentence, itself among them."""
    if len(others) < 2:
        return []
    mine, number = Span(claim.start, claim.end), claim.quantity
    clauses = {Span(o.start, o.end) for o in others if o.predicate is not None and _counts(o)}
    if number is None:
        return []
    apart = (c for c in clauses if c != mine and mine.contains(c) and not c.overlaps(number.wide))
    return sorted(c for c in apart if not _NUMBER_OF.search(claim.text, 0, c.start - claim.start))


def _counts(claim: Claim) -> bool:
    return claim.quantity is not None and claim.quantity.kind == "number"


def _end_of_counted(claim: Claim, number: Mention) -> int:
    """Where the noun ends that another number of the clause counts: "84,600 farms with 215,000 *workers*"."""
    noun = stem((number.noun or "").split()[-1])
    behind = list(WORD.finditer(claim.text, max(0, number.end - claim.start)))[:4]
    ends = [w.end() for w in behind if stem(w.group()) == noun]
    return claim.start + ends[0] if ends else number.end


def _end_of_part(claim: Claim, after: int) -> int:
    """Where the words behind the number of a part end: with its stretch of the sentence."""
    stop = STOP.search(claim.text, max(0, after - claim.start))
    return claim.end if stop is None else claim.start + stop.start()
