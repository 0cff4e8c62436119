"""Measures of a part of those whom another measure counts: "civilians killed" beside "people killed". A part
is never more than the whole, whoever counted it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from claimcheck.judging.relations import Candidate
from claimcheck.linking.found import Wanted
from claimcheck.linking.items import Item
from claimcheck.linking.words import words_of

_WHOLE = "people "


def whole_of(measure: str) -> str | None:
    """The measure of which one is a part: "people killed" of "civilians killed"."""
    noun, _, rest = measure.partition(" ")
    return f"{_WHOLE}{rest}" if rest and noun in words_of("measured_apart") else None


def wanted_parts(wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """What claims about people may be held against besides: figures of a part of them."""
    for one in wanted:
        if one.measure.startswith(_WHOLE) and one.place is not None:
            rest = one.measure.removeprefix(_WHOLE)
            yield from (one._replace(measure=f"{noun} {rest}") for noun in words_of("measured_apart"))


def as_part(item: Item, candidate: Candidate) -> Candidate:
    """The candidate, marked where its row counts a part of those of whom the claim may speak."""
    row = candidate.row
    if any((m.package, m.measure) == (row.package, row.measure) for m in item.measures):
        return candidate
    return replace(candidate, of_part=True, same_unit=True)
