"""Every time of a clause accounted for: its own, those of its other numbers, and those that narrow it."""

from __future__ import annotations

from claimcheck.matching.accounting import words_in
from claimcheck.matching.frames import MeasureFit
from claimcheck.matching.item import Item
from claimcheck.model import Part, ReferenceRow
from claimcheck.propositions import stem


def settled_times(item: Item, row: ReferenceRow, fit: MeasureFit) -> frozenset[int]:
    """The times beside a claim's own that say nothing of its number: those of the other numbers of its
    sentence ("12 in 2016, *in 2017* 14"), those that hold all that a row tells of, that from which it counts
    ("by 3 May, 12 *since January*"), and those since when nothing was like it ("the most *since 2008*")."""
    parts = item.proposition.parts
    times = [(at, p) for at, p in enumerate(parts) if p.pos == "TIME"]
    own, told = item.claim.time, set[int]()
    if own is not None and own.start is not None and own.end is not None:  # "*five months* after 12 died"
        told = {at for at, p in enumerate(parts) if own.start <= p.start < own.end and p.pos != "TIME"}
    return frozenset(at for at, p in times if _is_settled(p, item, row, fit)) | told


def _is_settled(part: Part, item: Item, row: ReferenceRow, fit: MeasureFit) -> bool:
    if item.claim.time is not None and item.claim.time.start == part.start:  # "sold 12 boats built *in 2016*"
        told = [item.proposition.parts[at] for at in fit.explained]
        above = any(p.role == "predicate" and p.level == 1 and not p.context for p in told)
        return not above or any(p.role == "relative" and p.unit == part.unit for p in told)
    own = item.claim.quantity
    others = (c for c in item.beside if own is None or c.quantity is None or c.quantity.span != own.span)
    if any(c.time is not None and c.time.start == part.start for c in others):
        return True
    beside = (p for p in item.proposition.parts if p.unit == part.unit or p.role == "attribute")
    ranks = words_in("what a number was among others")
    return part.prep == "since" and any(stem(p.lemma) in ranks for p in beside)
