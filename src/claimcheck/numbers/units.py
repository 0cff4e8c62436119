"""Units behind a number: percent, physical units, lengths of time.

The table is `data/units.toml`. A unit read here has a normalised name ("kilometre per hour"); compounds are
put together by rule ("km/s²", "square miles", "barrels a day"). No value is converted: the text's own
number stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from claimcheck.lexicon import alternatives, load, pattern
from claimcheck.model import MentionKind

_PREFIX = {
    "k": "kilo",
    "K": "kilo",
    "M": "mega",
    "G": "giga",
    "T": "tera",
    "P": "peta",
    "E": "exa",
    "h": "hecto",
    "d": "deci",
    "c": "centi",
    "m": "milli",
    "µ": "micro",
    "μ": "micro",
    "n": "nano",
    "p": "pico",
    "f": "femto",
}
_LONG_PREFIX = alternatives(_PREFIX.values())
_SYMBOL_END = r"(?![^\W\d_²³]|[014-9]|\d\d|\d[^\W_])"
_POWER = pattern("unit_forms", "power")
_POWER_NAME = {
    "2": "square",
    "²": "square",
    "squared": "square",
    "3": "cubic",
    "³": "cubic",
    "cubed": "cubic",
}
_AREA = pattern("unit_forms", "area")
_PERCENT = pattern("unit_forms", "percent")
_RATE = pattern("unit_forms", "rate")
_RATE_NAME = {"sec": "second", "s": "second", "min": "minute", "hr": "hour", "h": "hour", "daily": "day"}
# 5'10": feet only before inches, inches only behind feet; a lone quotation mark is no inch.
_FOOT_MARK = re.compile(r"['’′](?=[ ]?\d{1,2}(?:[.]\d{1,2})?(?:[\"”″]|''|’’))")
_INCH_MARK = re.compile(r"[\"”″]|''|’’")
_FEET_BEFORE = re.compile(r"\d['’′][ ]?\d{1,2}(?:[.]\d{1,2})?\Z")
_SHORT_INCH = pattern("unit_forms", "short inch")


_PAGES = re.compile(r"\.?[ ]?\d")
_HOURS = pattern("unit_forms", "hours")  # "within 48h", but "at 18h"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as the text writes it: where it ends (or starts, where it stands before), its name and kind."""

    edge: int
    name: str
    kind: MentionKind


def _past_gap(text: str, end: int) -> int:
    """Behind one hyphen, or up to three spaces or a line end, between a number and its unit."""
    if text[end : end + 1] == "-":
        return end + 1
    at = end
    while at < end + 3 and text[at : at + 1] in (" ", "\n", "\u00a0", "\u202f", "\u2009"):
        at += 1
    return at


@cache
def _symbols() -> dict[str, tuple[str, MentionKind]]:
    """Every symbol with its prefixes: "km" is the kilometre."""
    table: dict[str, tuple[str, MentionKind]] = {}
    for row in load("units"):
        kind = _kind_of(row["dimension"])
        for symbol in row["symbols"]:
            table[symbol] = (row.id, kind)
            for letter in row.get("prefixes", ""):
                table.setdefault(letter + symbol, (_PREFIX[letter] + row.id, kind))
    return table


def _kind_of(dimension: str) -> MentionKind:
    return "duration" if dimension == "time" else "percent" if dimension == "points" else "measure"


@cache
def _unit_words() -> dict[str, tuple[str, MentionKind]]:
    table: dict[str, tuple[str, MentionKind]] = {}
    for row in load("units"):
        for word in row["words"]:
            table[word.lower().replace("-", " ")] = (row.id, _kind_of(row["dimension"]))
    return table


@cache
def _never_before() -> dict[str, tuple[str, ...]]:
    """Units -> the words before which they are no unit."""
    return {
        row.id: tuple(f" {word}" for word in row["not_before"])
        for row in load("units")
        if "not_before" in row.fields
    }


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Symbols in their exact case, and words with long prefixes in any case."""
    symbols = re.compile(rf"({alternatives(_symbols(), '[ -]')}){_SYMBOL_END}")
    words = re.compile(rf"({_LONG_PREFIX})?({alternatives(_unit_words(), '[ -]')})(?![^\W_])", re.IGNORECASE)
    return symbols, words


def percent_behind(text: str, end: int) -> Unit | None:
    """ "%", "per cent", "percent", "pct" behind a number."""
    found = _PERCENT.match(text, end)
    if found is None:
        return None
    return Unit(found.end(), "per mille" if found[0].endswith("‰") else "percent", "percent")


def unit_behind(text: str, end: int, digits: bool) -> Unit | None:
    """The physical unit or length of time behind a number, compounds included; None where there is none."""
    first = _simple(text, end, digits)
    if first is None:
        return _marked(text, end) if digits else None
    unit = first
    while unit.edge < len(text):
        joined = _joined(text, unit, digits)
        if joined is None:
            break
        unit = joined
    return unit


def _marked(text: str, end: int) -> Unit | None:
    """The feet and inches of 5'10"."""
    foot = _FOOT_MARK.match(text, end)
    if foot is not None:
        return Unit(foot.end(), "foot", "measure")
    inch = _INCH_MARK.match(text, end)
    if inch is None or _FEET_BEFORE.search(text, max(0, end - 8), end) is None:
        return None
    return Unit(inch.end(), "inch", "measure")


def _simple(text: str, end: int, digits: bool, bare: bool = False) -> Unit | None:
    """One unit with its power; `bare` where it follows "per" or "/" and no number."""
    begin = end if bare else _past_gap(text, end)
    area = _AREA.match(text, begin)
    at = begin if area is None else area.end()
    symbols, words = _patterns()
    found = words.match(text, at) if bare or begin > end or text[end : end + 1] not in ("", " ") else None
    name: str | None = None
    kind: MentionKind = "measure"
    edge = at
    if found is not None and (
        found[1] is None or found[2].lower() not in ("minute", "second", "foot", "feet", "mile", "miles")
    ):
        base, kind = _unit_words()[found[2].lower().replace("-", " ")]
        if base in _never_before() and text.startswith(_never_before()[base], found.end()):
            return None  # "eight barrel bombs"
        name, edge = (found[1] or "").lower() + base, found.end()
    if digits:
        symbol = symbols.match(text, at)
        if symbol is not None and symbol.end() > edge and _symbol_fits(text, symbol, end):
            sign = symbol[1]
            base, kind = _symbols().get(sign) or _symbols()[sign.replace("-", " ")]
            name, edge = base, symbol.end()
    if name is None:
        return None
    if area is not None:
        return Unit(edge, ("square " if area[1][0] in "sS" else "cubic ") + name, "measure")
    power = _POWER.match(text, edge) if kind == "measure" else None
    if power is not None:
        raised = power[1] or power[2]
        return Unit(power.end(), f"{_POWER_NAME[raised]} {name}" if raised else f"inverse {name}", kind)
    return Unit(edge, name, kind)


def _symbol_fits(text: str, symbol: re.Match[str], end: int) -> bool:
    """Whether a short symbol is a unit here: "2 in." and "5 in thick" are inches, "2 in Aleppo" is not."""
    sign, spaced = symbol[1], symbol.start() > end
    if sign == "pp" and _PAGES.match(text, symbol.end()):
        return False  # "2003 pp. 5"
    if sign == "in":
        return _SHORT_INCH.match(text, symbol.end()) is not None
    if sign in ("A", "K", "C", "F", "B", "V", "N", "M", "PS", "MP", "mb") and spaced:
        return (
            re.match(r"[ ]?(?:[A-Z]{2,}|[A-Z][a-z]|\d)|-\d", text[symbol.end() : symbol.end() + 3]) is None
            or text[symbol.end()] == "/"
        )
    if sign in ("s", "h") and not spaced and "." not in text[max(0, end - 4) : end]:
        return sign == "h" and _HOURS.search(text, max(0, end - 8), end) is not None
    return not (sign == "B" and not spaced)


def _joined(text: str, unit: Unit, digits: bool) -> Unit | None:
    """The compound that what stands behind makes with the unit: a rate, or a quotient of units."""
    rate = _RATE.match(text, unit.edge)
    if rate is not None and unit.kind == "measure":
        name = rate[1] or rate[2]
        power = _POWER.match(text, rate.end())
        if power is not None and (power[1] or power[2]):
            return Unit(power.end(), f"{unit.name} per square {_RATE_NAME.get(name, name)}", "measure")
        return Unit(rate.end(), f"{unit.name} per {_RATE_NAME.get(name, name)}", "measure")
    if unit.kind != "measure" or " per " in unit.name:
        return None
    for sign in ("/", " per "):
        if text.startswith(sign, unit.edge):
            below = _simple(text, unit.edge + len(sign), digits, bare=True)
            return None if below is None else Unit(below.edge, f"{unit.name} per {below.name}", "measure")
    return None
