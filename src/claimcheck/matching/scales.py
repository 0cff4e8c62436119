"""Whether a number can be a value of a row at all: money, a length, a share, people.

Where a table states no unit, the words of its measure say what it holds: no number of metres or dollars is a
size of armed forces, and no percentage is in the millions.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache

from claimcheck import lexicon
from claimcheck.judging.units import comparable, dimension_of, unit_named
from claimcheck.matching.accounting import counted_words
from claimcheck.model import Mention, ReferenceRow
from claimcheck.propositions.stems import stem
from claimcheck.reference.name_index import WORD

_SHARES_BELOW = Decimal(1000)
"""No percentage that texts tell of is larger."""


def scale_fits(quantity: Mention, row: ReferenceRow, said: frozenset[str]) -> bool:
    """Whether a share, a sum of money, a length of time or a physical quantity is one that the row's numbers
    can be compared with; a row that counts people or things has none."""
    if row.unit is not None and unit_named(row.unit) is not None:
        return comparable(quantity, row.unit)
    if row.unit is not None and stem(row.unit.split()[-1]) not in counted_words("scales"):
        return False
    words = _words_of(row.measure, row.unit) | said
    if quantity.unit is not None and any(stem(w) in words for w in WORD.findall(quantity.unit)):
        return True
    wanted = _kind_words(quantity.kind, dimension_of(quantity.unit) if quantity.kind == "measure" else None)
    return bool(words & wanted)


@cache
def _kind_words(kind: str, dimension: str | None) -> frozenset[str]:
    """The stems that tell of measures which hold numbers of a kind, and of a dimension."""
    rows = (
        row
        for row in lexicon.load("measure_kinds")
        if row["kind"] == kind and (dimension is None or dimension in row.get("dimensions", ()))
    )
    return frozenset(stem(word) for row in rows for words in row["words"] for word in words.split())


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


@lru_cache(maxsize=1 << 12)
def _words_of(measure: str | None, unit: str | None) -> frozenset[str]:
    """The stems of what a row measures, and in what."""
    return frozenset(map(stem, WORD.findall(f"{measure or ''} {unit or ''}".replace("_", " "))))
