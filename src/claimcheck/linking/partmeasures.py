"""Measures of a part of those whom another measure counts: "civilians killed" beside "people killed". A part
is never more than the whole, whoever counted it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from claimcheck.linking.found import Wanted
from claimcheck.matching.accounting import word_set

_WHOLE = "people "


def whole_of(measure: str) -> str | None:
    """The measure of which one is a part: "people killed" of "civilians killed"."""
    noun, _, rest = measure.partition(" ")
    return f"{_WHOLE}{rest}" if rest and noun in word_set("measured apart") else None


def wanted_parts(wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """What claims about people may be held against besides: figures of a part of them."""
    for one in wanted:
        if one.measure.startswith(_WHOLE) and one.place is not None:
            rest = one.measure.removeprefix(_WHOLE)
            yield from (one._replace(measure=f"{noun} {rest}") for noun in word_set("measured apart"))
