"""A bare number that a sentence compares with one before it is of the same unit and scale: "15.6 million
tonnes, up from 14.2" tells of 14.2 million tonnes, "57 square kilometres, against 41.5" of no 41.5 mines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from claimcheck.lexicon import pattern
from claimcheck.model import Claim, Mention, Reading, Span
from claimcheck.numbers.tokens import number_words
from claimcheck.reference.name_index import WORD

_COMPARED = pattern("whose_time", "compared")
_BARE = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_LEAD = 40
"""Characters before a number in which the words of a comparison stand."""
_LIKELY = 20
"""A number so many times as great or as small as the one it is compared with is of another scale."""
_UNITS = frozenset({"percent", "money", "measure"})


def with_scales(reading: Reading) -> Reading:
    """A reading whose bare numbers have the unit and the scale of what they are compared with."""
    beside: dict[Span, list[Claim]] = defaultdict(list)
    for claim in reading.claims:
        if claim.quantity is not None:
            beside[claim.context].append(claim)
    if all(len(claims) < 2 for claims in beside.values()):
        return reading
    text = reading.document.text
    return replace(reading, claims=tuple(as_compared(c, beside[c.context], text) for c in reading.claims))


def as_compared(claim: Claim, beside: Sequence[Claim], text: str) -> Claim:
    """The claim with the unit and the scale of the number that its own is compared with. `beside`: the claims
    with a number of the sentence."""
    quantity = claim.quantity
    if quantity is None or quantity.kind != "number" or quantity.noun is not None:
        return claim
    if _BARE.fullmatch(quantity.text) is None or quantity.value is None:
        return claim
    start = max(claim.context.start, quantity.wide_start - _LEAD)
    if _COMPARED.search(text, start, quantity.wide_start) is None:
        return claim
    before = [c.quantity for c in beside if c.quantity is not None and c.quantity.end <= quantity.start]
    other = max(before, key=lambda q: q.end, default=None)
    if other is None:
        return claim
    scaled = _scaled(quantity, other)
    if other.kind in _UNITS:
        scaled = replace(scaled, kind=other.kind, unit=other.unit)
    return claim if scaled is quantity else replace(claim, quantity=scaled)


def _scaled(quantity: Mention, other: Mention) -> Mention:
    """The number times the scale word of another, where both are then of one magnitude."""
    words = (number_words().get(word.lower()) for word in WORD.findall(other.text))
    scale = next((word[1] for word in words if word is not None and word[0] == "scale"), Decimal(1))
    value = Decimal(0) if quantity.value is None else quantity.value * scale
    if scale == 1 or not value or not other.value or not 1 / _LIKELY < value / other.value < _LIKELY:
        return quantity
    if quantity.low is None or quantity.low != quantity.high:
        return quantity if quantity.low is None else _times(quantity, scale, Decimal(0))
    half = Decimal(1).scaleb(min(0, int(quantity.value.as_tuple().exponent))) / 2 if quantity.value else 0
    return _times(quantity, scale, Decimal(half))


def _times(quantity: Mention, scale: Decimal, half: Decimal) -> Mention:
    """A number at a scale, with half a unit of its last digit on either side."""
    low = None if quantity.low is None else (quantity.low - half) * scale
    high = None if quantity.high is None else (quantity.high + half) * scale
    value = None if quantity.value is None else quantity.value * scale
    return replace(quantity, value=value, low=low, high=high)
