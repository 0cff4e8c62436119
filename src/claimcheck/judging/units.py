"""Whether a claim's unit is the row's, and the claim's number in the row's unit.

A table writes its units as it likes ("ha", "hectares", "°C", "KSh", "EUR bn"): they are read as a text's are.
What measures the same thing is converted (`data/conversions.toml`), and a converted number keeps no more
digits than the text gave; what measures another thing, or money in another currency, is no answer. Thus 104.5
degree Fahrenheit are 40.25 to 40.31 degree Celsius, and 71.8 billion euros 71.75 to 71.85 in "EUR bn".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from typing import NamedTuple

from claimcheck import lexicon
from claimcheck.model import Claim, Mention, MentionKind
from claimcheck.numbers.quantities import find_quantities

_PREFIXES = {"kilo": 3, "mega": 6, "giga": 9, "centi": -2, "milli": -3, "hecto": 2, "tera": 12}
_POWERS = {"square": 2, "cubic": 3}
_SCALES = frozenset({"money", "measure", "percent"})
_DEGREES = frozenset({"degree"})
_TRIED = 1000


class Unit(NamedTuple):
    """A unit as a table writes it: "EUR bn" is money, EUR, and a thousand million of them make one."""

    kind: MentionKind
    name: str | None
    many: Decimal


@lru_cache(maxsize=1 << 10)
def unit_named(written: str) -> Unit | None:
    """What a table's unit means, None where it only says what is counted ("people")."""
    words = written.split()
    for at in range(len(words) + 1):  # "1000 hectares", "EUR 1000 bn", "KSh 1000"
        for gap in (" ", ""):
            before, behind = " ".join(words[:at]), " ".join(words[at:])
            text = f"{before}{gap if before else ''}{_TRIED}{gap if behind else ''}{behind}"
            if (unit := _read(text, whole=True)) is not None:
                return unit
    return _read(f"{_TRIED} {written.strip()}", whole=False)  # "million people", "% of GDP"


def _read(written: str, whole: bool) -> Unit | None:
    found = find_quantities(written, [])
    if len(found) != 1 or not found[0].value or (whole and found[0].wide.end < len(written.rstrip("."))):
        return None
    one, many = found[0], found[0].value / _TRIED
    scaled = many != 1 and one.kind == "number"
    return (
        Unit(one.kind, one.unit, many) if scaled or (one.kind in _SCALES and one.unit is not None) else None
    )


def is_counted(unit: str | None) -> bool:
    """Whether a table's unit only says what is counted, one by one: "people", "prison places"."""
    return unit is not None and "per" not in unit.split() and unit_named(unit) is None


def comparable(quantity: Mention, row_unit: str) -> bool:
    """Whether a number with a unit can be compared with a row of this unit; where nobody can tell what the
    table's unit is, it can."""
    named = unit_named(row_unit)
    if named is None or quantity.unit is None:
        return True
    kind, unit, _ = named
    if quantity.kind != kind or unit is None:
        return False
    if kind != "measure" or unit == quantity.unit:
        return unit == quantity.unit
    if quantity.unit in _DEGREES:  # "40 degrees" are those of the table
        return unit.startswith("degree")
    one, other = _base(quantity.unit), _base(unit)
    return one is not None and other is not None and one.unit == other.unit


def in_unit(claim: Claim, row_units: Sequence[str | None]) -> Claim:
    """The claim with its number in the one unit of its rows, the claim itself where that is its own."""
    quantity, units = claim.quantity, {u for u in row_units if u is not None}
    named = unit_named(next(iter(units))) if len(units) == 1 else None
    if quantity is None or named is None or quantity.kind != named.kind:
        return claim
    across = _across(quantity.unit, named)
    if across is None:
        return claim
    low, high = quantity.low, quantity.high
    if low is not None and low == high and named.name != quantity.unit:
        half = Decimal(5).scaleb(min(int(low.as_tuple().exponent), 0) - 1)
        low, high = low - half, low + half
    low, high, value = (None if end is None else across(end) for end in (low, high, quantity.value))
    return replace(
        claim, quantity=replace(quantity, low=low, high=high, value=value, unit=named.name or quantity.unit)
    )


def _across(unit: str | None, named: Unit) -> Callable[[Decimal], Decimal] | None:
    """How a value in a text's unit becomes one in the table's, None where nothing changes or nobody knows."""
    one = other = None
    if unit != named.name and unit is not None and named.name is not None:
        one, other = _base(unit), _base(named.name)
        if one is None or other is None or one.unit != other.unit:
            return None
    elif named.many == 1:
        return None

    def across(value: Decimal) -> Decimal:
        with localcontext() as context:
            context.prec = 24
            if one is not None and other is not None:
                value = (value + one.added) * one.factor / other.factor - other.added
            return value / named.many

    return across


@lru_cache(maxsize=1 << 10)
def dimension_of(unit: str | None) -> str | None:
    """What a unit measures ("kilometre": length), None where nobody can tell."""
    if unit is None:
        return None
    for power, dimension in (("square ", "area"), ("cubic ", "volume")):
        if unit.startswith(power):
            return dimension
    dimensions: dict[str, str] = {row.id: row["dimension"] for row in lexicon.load("units")}
    plain = (unit.removeprefix(prefix) for prefix in ("", *_PREFIXES))
    return next((dimensions[name] for name in plain if name in dimensions), None)


class Base(NamedTuple):
    """How many of a base unit one unit is, after something is added: "square kilometre" is 1,000,000 m²."""

    unit: str
    factor: Decimal
    added: Decimal = Decimal(0)


@cache
def _base(unit: str) -> Base | None:
    for power, exponent in _POWERS.items():
        if unit.startswith(power + " "):
            length = _base(unit.removeprefix(power + " "))
            if length is None or length.unit != "metre":
                return None
            return Base(f"{power} metre", length.factor**exponent)
    rows = {row.id: row for row in lexicon.load("conversions")}
    if unit in rows:
        row = rows[unit]
        return Base(row["base"], Decimal(row["factor"]), Decimal(row.get("offset", "0")))
    for prefix, digits in _PREFIXES.items():
        inner = _base(unit.removeprefix(prefix)) if unit.startswith(prefix) else None
        if inner is not None and inner.added == 0:
            return Base(inner.unit, inner.factor.scaleb(digits))
    return None
