"""Decimals in and out of DECIMAL(38,9), without a lost digit.

A number that the column cannot hold exactly is rounded to nine places, or NULL beyond 10^29, and its text
goes into the row's `beyond` column under the column's name. `loaded` prefers that text.
"""

from __future__ import annotations

import json
from decimal import Context, Decimal, InvalidOperation

PLACES = Decimal("1E-9")
BOUND = Decimal("1E29")
ZERO = Decimal("0E-9")
WIDE = Context(prec=60)


class Beyond:
    """The numbers of one row that DECIMAL(38,9) cannot hold exactly, as text by column."""

    __slots__ = ("texts",)

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def stored(self, column: str, value: Decimal | None) -> Decimal | None:
        """What the column takes for `value`; notes the text where that is not the value itself."""
        if value is None:
            return None
        try:
            rounded = value.quantize(PLACES, context=WIDE)
        except InvalidOperation:  # infinite, or too many digits
            self.texts[column] = str(value)
            return None
        if rounded == value and -BOUND < rounded < BOUND:
            return rounded or ZERO  # one zero, so that a fingerprint does not depend on its sign
        self.texts[column] = str(value)
        return rounded if rounded.is_finite() and -BOUND < rounded < BOUND else None

    def json(self) -> str | None:
        """The `beyond` column, NULL where every number fits."""
        return json.dumps(self.texts, sort_keys=True) if self.texts else None


def loaded(column: str, value: Decimal | None, beyond: str | None) -> Decimal | None:
    """The number that was stored: without trailing zeros, without an exponent where it is whole."""
    if beyond is not None:
        text = json.loads(beyond).get(column)
        if text is not None:
            return Decimal(text)
    if value is None:
        return None
    whole = value.to_integral_value(context=WIDE)
    return whole if whole == value else value.normalize(WIDE)
