"""Decimals in and out of DECIMAL(38,9), without a lost digit.

A number that the column cannot hold exactly is rounded to nine places, or NULL beyond 10^29, and its text
goes into the row's `beyond` column under the column's name. `loaded` prefers that text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache

PLACES = Decimal("1E-9")
BOUND = Decimal("1E29")
ZERO = "0.000000000"  # one zero, so that a fingerprint does not depend on its sign
WIDE = Context(prec=60)


def stored(
    names: Sequence[str], values: Sequence[Decimal | None]
) -> tuple[tuple[str | None, ...], str | None]:
    """What the columns of these names take for the values, as text, and what the row's `beyond` takes: NULL
    where every number fits, else JSON of the texts of those that do not."""
    texts: list[str | None] = []
    beyond: dict[str, str] = {}
    for name, value in zip(names, values, strict=True):
        if value is None:
            texts.append(None)
            continue
        try:
            text, exact = _column(value)
        except TypeError:  # a signalling NaN has no hash
            text, exact = None, False
        texts.append(text)
        if not exact:
            beyond[name] = str(value)
    return tuple(texts), json.dumps(beyond, sort_keys=True) if beyond else None


@lru_cache(maxsize=1 << 12)
def _column(value: Decimal) -> tuple[str | None, bool]:
    """What a column takes for a number, with all nine places, and whether that is the number itself."""
    try:
        rounded = value.quantize(PLACES, context=WIDE)
    except InvalidOperation:  # infinite, or too many digits
        return None, False
    if not (rounded.is_finite() and -BOUND < rounded < BOUND):
        return None, False
    return f"{rounded:f}" if rounded else ZERO, rounded == value


@lru_cache(maxsize=1 << 12)
def whole(value: Decimal) -> Decimal:
    """A stored number without the zeros that its column adds, without an exponent where it is whole."""
    integral = value.to_integral_value(context=WIDE)
    return integral if integral == value else value.normalize(WIDE)


def loaded(column: str, value: Decimal | None, beyond: str | None) -> Decimal | None:
    """The number that was stored: without trailing zeros, without an exponent where it is whole."""
    if beyond is not None:
        text = json.loads(beyond).get(column)
        if text is not None:
            return Decimal(text)
    return None if value is None else whole(value)
