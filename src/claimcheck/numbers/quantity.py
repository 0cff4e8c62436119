"""A number or a range as a quantity: what was read of it before it becomes a mention."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from claimcheck.model import Span
from claimcheck.numbers.atoms import Atom
from claimcheck.numbers.qualifiers import Qualifier


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range with its qualifier; `value` is None for a range. `margin` is a stated ±."""

    atom: Atom
    start: int
    end: int
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    qualifier: Qualifier | None = None
    behind: Span | None = None
    margin: Decimal | None = None
    rule: str = "number"
    lent: bool = False  # the qualifier is that of the measure before: "over 30 miles (48 km)"
