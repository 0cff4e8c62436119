"""Whether a number can be a value of a measure at all: a share of it, a change in it, so much a head, or a
number on another scale is none.

A table that leaves out its units says on which scale a row is by its size alone: no percentage is in the
millions.
"""

from __future__ import annotations

from decimal import Decimal

from claimcheck.judging.units import unit_named
from claimcheck.linking.words import stem
from claimcheck.matching.accounting import counted_words
from claimcheck.model import Mention, ReferenceRow

_SHARES_BELOW = Decimal(1000)
"""No percentage that texts tell of is larger."""


def is_part_of_a_whole(quantity: Mention, row: ReferenceRow) -> bool:
    """Whether a number is a percentage or a fraction against a row that is no such thing: "more than half of
    the prisoners" are no 14,870 people."""
    own = (quantity.value, quantity.low)
    part = quantity.kind == "number" and any(n is not None and 0 < n < 1 for n in own)
    if quantity.kind != "percent" and not part:
        return False
    numbers = [n for n in (row.low, row.best, row.high) if n is not None]
    if row.unit is None:
        return any(abs(n) > _SHARES_BELOW for n in numbers)
    words = row.unit.split()
    counts = (
        unit_named(row.unit) is None and "per" not in words and stem(words[-1]) not in counted_words("scales")
    )
    return part and counts and all(n == n.to_integral_value() for n in numbers)
