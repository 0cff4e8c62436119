"""Two quantities of which one says more about the other: two bounds, the same in another unit."""

from __future__ import annotations

import re
from dataclasses import replace

from claimcheck.lexicon import pattern
from claimcheck.numbers.qualifiers import admitted
from claimcheck.numbers.quantity import Quantity

_BOUND_GAP = pattern("number_surroundings", "between two bounds")
_CONVERSION = re.compile(r"[ ]?\(|[ ]?/[ ]?")


def converted(text: str, first: Quantity, second: Quantity) -> Quantity:
    """The second measure with the qualifier of the first where it says the same in another unit.

    Money in another currency is a sum of its own: rates move.
    """
    measured = first.atom.kind == second.atom.kind == "measure"
    if (
        not measured
        or first.atom.unit == second.atom.unit
        or first.qualifier is None
        or second.qualifier is not None
        or second.value is None
    ):
        return second
    if _CONVERSION.fullmatch(text, first.end, second.start) is None:
        return second
    return replace(second, qualifier=first.qualifier, lent=True)


def bounded(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """The interval of two bounds: "larger than 20 and less than or equal to 35"."""
    one, two = first.qualifier, second.qualifier
    if (
        one is None
        or two is None
        or first.value is None
        or second.value is None
        or first.atom.unit not in (None, second.atom.unit)
    ):
        return None
    directions = {"gt": 1, "ge": 1, "lt": -1, "le": -1}
    if (
        directions.get(one.comparator, 0) + directions.get(two.comparator, 0) != 0
        or one.comparator not in directions
    ):
        return None
    if (
        two.span.end > second.start
        or one.span.end > first.start
        or _BOUND_GAP.fullmatch(text, first.end, two.span.start) is None
    ):
        return None
    whole = first.atom.unit is None and not first.atom.exact and not second.atom.exact
    sides = {
        directions[bound.comparator]: admitted(quantity.value, bound.row["low"], bound.row["high"], whole)
        for quantity, bound in ((first, one), (second, two))
        if quantity.value is not None
    }
    low, high = sides[1].low, sides[-1].high
    if low is None or high is None or low > high:
        return None
    return Quantity(second.atom, one.span.start, second.end, None, low, high, rule="range.bounds")
