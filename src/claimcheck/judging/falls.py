"""The sign of a change: "the economy shrank by 0.3 per cent" is a growth of -0.3 per cent.

A table of growth says -0.3 where a text says that the economy shrank by 0.3 percent. Against a measure that
is itself a change, the number of a fall is turned: "shrank by more than 3 percent" is growth of less than -3.
A fall of the change itself ("growth fell by 0.3 points") is another thing, and is held against no growth.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache

from claimcheck import lexicon
from claimcheck.model import Claim, Comparator, Document, ReferenceRow
from claimcheck.wording.figures import is_reached

_LEAST = Decimal("0.0001")
_TURNED: dict[Comparator, Comparator] = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}


def is_a_fall(claim: Claim, document: Document) -> bool:
    """Whether the claim's number says by how much something fell: "shrank by 3 percent", not "fell to 3
    percent"."""
    quantity = claim.quantity
    if quantity is None or claim.predicate not in _words("falls") or claim.role == "subject":
        return False
    return not is_reached(document, claim.context, quantity)


def can_be_turned(claim: Claim, row: ReferenceRow) -> bool:
    """Whether a fall is a negative value of the row's measure: a percentage of what the row measures the
    change of in percent, and no fall of that change itself ("growth fell by 0.3 points")."""
    quantity = claim.quantity
    if quantity is None or quantity.kind != "percent" or "point" in quantity.text:
        return False
    if _has_change(claim.measure) or claim.role not in ("object", "other"):
        return False
    return row.kind == "figure" and _has_change(row.measure)


def turned(claim: Claim, rows: Iterable[ReferenceRow], document: Document) -> Claim:
    """The claim with the number of its fall made negative where each row measures a change, else itself."""
    met = list(rows)
    quantity = claim.quantity
    if quantity is None or not met or not is_a_fall(claim, document):
        return claim
    by_nothing = quantity.high is not None and quantity.high < _LEAST  # "shrank by 0 percent"
    if by_nothing or not all(can_be_turned(claim, row) for row in met):
        return claim
    least = _LEAST if quantity.low is None or quantity.low <= 0 else quantity.low  # it fell, if by little
    low, high = (None if quantity.high is None else -quantity.high), -least
    value = None if quantity.value is None else -quantity.value
    comparator = _TURNED.get(quantity.comparator, quantity.comparator)
    return replace(claim, quantity=replace(quantity, low=low, high=high, value=value, comparator=comparator))


def _has_change(measure: str | None) -> bool:
    words = set("".join(c if c.isalpha() else " " for c in (measure or "").lower()).split())
    return not words.isdisjoint(_words("growths"))


@cache
def _words(row: str) -> frozenset[str]:
    return next(frozenset(r["words"]) for r in lexicon.load("judging") if r.id == row)
