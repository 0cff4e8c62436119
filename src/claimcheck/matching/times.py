"""Every time of a clause accounted for: its own, those of its other numbers, and those that narrow it."""

from __future__ import annotations

from collections.abc import Iterator

from claimcheck.judging.relations import moment
from claimcheck.matching.accounting import words_in
from claimcheck.matching.item import Item
from claimcheck.model import ClaimTime, Part, ReferenceRow
from claimcheck.propositions import stem


def settled_times(item: Item, row: ReferenceRow) -> frozenset[int]:
    """The times beside a claim's own that say nothing of its number: those of the other numbers of its
    sentence ("12 in 2016, *in 2017* 14"), those that hold all that a row tells of, that from which it counts
    ("by 3 May, 12 *since January*"), and those since when nothing was like it ("the most *since 2008*")."""
    parts = item.proposition.parts
    times = [(at, p) for at, p in enumerate(parts) if p.pos == "TIME"]
    return frozenset(at for at, p in times if _is_settled(p, item, row)) if times else frozenset()


def _is_settled(part: Part, item: Item, row: ReferenceRow) -> bool:
    own = item.claim.quantity
    others = (c for c in item.beside if own is None or c.quantity is None or c.quantity.span != own.span)
    if any(c.time is not None and c.time.start == part.start for c in others):
        return True
    beside = (p for p in item.proposition.parts if p.unit == part.unit or p.role == "attribute")
    ranks = words_in("what a number was among others")
    if part.prep == "since" and any(stem(p.lemma) in ranks for p in beside):
        return True
    return any(_holds(time, row) for time in _told(part, item))


def _told(part: Part, item: Item) -> Iterator[ClaimTime]:
    """What the time of a part says, as the claim of its day has it."""
    for claim in item.dated:
        if claim.time is not None and claim.time.start == part.start:
            yield claim.time


def _holds(time: ClaimTime, row: ReferenceRow) -> bool:
    """Whether a time holds all of a row's, or is where it begins, which a row of a moment does not say."""
    begins = time.relation == "since" and moment(row) is not None
    if row.period is None or time.period is None:
        return begins
    begins |= time.relation == "since" and time.period.start == row.period.start
    return begins or time.period.covers(row.period)
