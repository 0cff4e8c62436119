"""Whether a number is of the kind that a row holds: money, a length, a share, people; killed, or wounded.

Where a table states no unit, the words of its measure and of the measure's vocabulary say what it holds: no
number of metres or dollars is a size of armed forces. Each rule only takes a row away.
"""

from __future__ import annotations

from functools import cache

from claimcheck import lexicon
from claimcheck.judging.units import comparable, dimension_of, unit_named
from claimcheck.linking.narrowing_words import words_of_row
from claimcheck.linking.places import WORD
from claimcheck.linking.words import stem
from claimcheck.matching.accounting import counted_words
from claimcheck.model import Mention, ReferenceRow

# --- money, lengths, shares --------------------------------------------------------------------------


def scale_fits(quantity: Mention, row: ReferenceRow, said: frozenset[str]) -> bool:
    """Whether a share, a sum of money, a length of time or a physical quantity is one that the row's numbers
    can be compared with; a row that counts people or things has none."""
    if row.unit is not None and unit_named(row.unit) is not None:
        return comparable(quantity, row.unit)
    if row.unit is not None and stem(row.unit.split()[-1]) not in counted_words("scales"):
        return False
    words = words_of_row(row.measure, row.unit) | said
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


# --- what befell people ------------------------------------------------------------------------------
