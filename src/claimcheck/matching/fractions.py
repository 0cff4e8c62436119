"""A fraction in words is a share: "two thirds of the electorate voted" gives a turnout of some 67 percent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from claimcheck.model import Claim, Mention

_HUNDRED = Decimal(100)
_LOOSE = Decimal("0.025")
"""A bare fraction is a round figure: "half" of what comes to 48 percent."""


def is_fraction(quantity: Mention | None) -> bool:
    """Whether a number is a part of one: "two thirds", "seven in ten"."""
    value = None if quantity is None else quantity.value
    return quantity is not None and quantity.kind == "number" and value is not None and 0 < value < 1


def as_share(claim: Claim) -> Claim:
    """The claim with its fraction in percent; itself where its number is none."""
    quantity = claim.quantity
    if quantity is None or quantity.value is None or not is_fraction(quantity):
        return claim
    low, high = quantity.low, quantity.high
    if low is not None and low == high:
        low, high = low - _LOOSE, high + _LOOSE
    share = replace(
        quantity, kind="percent", unit="percent", value=quantity.value * _HUNDRED,
        low=None if low is None else low * _HUNDRED, high=None if high is None else high * _HUNDRED,
    )  # fmt: skip
    return replace(claim, quantity=share)
