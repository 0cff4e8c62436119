"""What one reference row says to one claim: supports, refutes, or neither; when, and in which unit. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache, lru_cache, partial
from typing import NamedTuple

from claimcheck import lexicon
from claimcheck.model import (
    WIDE,
    Claim,
    Interval,
    Mention,
    MentionKind,
    Period,
    ReferenceRow,
    Relation,
    plain,
)
from claimcheck.numbers.quantities import find_quantities
from claimcheck.numbers.tabled import before_rate, spellings, times_and_rest
from claimcheck.reference.cells import parse_period

# ----------------------------------------------------------------------------------------------------
# Numbers, days and periods as people write them, for the sentences of verdicts.


def spoken_interval(interval: Interval) -> str:
    """ "131", "at least 131", "at most 400,000", "24 to 99"."""
    low, high = (None if end is None else plain(end) for end in (interval.low, interval.high))
    if low is None:
        return "any number" if high is None else f"at most {high}"
    return f"at least {low}" if high is None else low if low == high else f"{low} to {high}"


def spoken(day: date) -> str:
    """ "3 January 2018"."""
    return f"{day.day} {day:%B} {day.year}"


@lru_cache(maxsize=1 << 12)
def spoken_period(period: Period | None) -> str:
    """ "25 January 2018", "January 2018", "2017", "25 to 26 January 2018", "from 25 January 2018"; empty for
    none, and for one without ends."""
    if period is None:
        return ""
    start, end = period.start, period.end
    if start is None:
        return f"up to {spoken(end)}" if end is not None else ""
    if end is None:
        return f"from {spoken(start)}"
    if start == end:
        return spoken(start)
    return _whole_months(start, end) or _days(start, end)


def _whole_months(start: date, end: date) -> str:
    """Months or years that the two days begin and end; empty where they do not."""
    if start.day != 1 or (end != date.max and (end + timedelta(days=1)).day != 1):
        return ""
    if (start.month, end.month) == (1, 12):
        return f"{start.year}" if start.year == end.year else f"{start.year} to {end.year}"
    last = f"{end:%B} {end.year}"
    if start.year != end.year:
        return f"{start:%B} {start.year} to {last}"
    return last if start.month == end.month else f"{start:%B} to {last}"


def _days(start: date, end: date) -> str:
    if start.year != end.year:
        return f"{spoken(start)} to {spoken(end)}"
    first = f"{start.day}" if start.month == end.month else f"{start.day} {start:%B}"
    return f"{first} to {spoken(end)}"


@cache
def windows() -> dict[str, int]:
    """The windows of data/judging.toml, in days."""
    return {row.id: int(row["days"]) for row in lexicon.load("judging") if row.get("days") is not None}


# ----------------------------------------------------------------------------------------------------
# Whether a claim's unit is the row's, and the claim's number in the row's unit.
#
# A table writes its units as it likes ("ha", "hectares", "°C", "KSh", "EUR bn"): they are read as a text's
# are. What measures the same thing is converted (`data/conversions.toml`), and a converted number keeps no
# more digits than the text gave; what measures another thing, or money in another currency, is no answer.
# Thus 104.5 degree Fahrenheit are 40.25 to 40.31 degree Celsius, and 71.8 billion euros 71.75 to 71.85 in
# "EUR bn".

_PREFIXES = {"kilo": 3, "mega": 6, "giga": 9, "centi": -2, "milli": -3, "hecto": 2, "tera": 12}
_POWERS = {"square": 2, "cubic": 3}
_SCALES = frozenset({"money", "measure", "percent", "duration"})
SPANS = frozenset({"duration", "age"})
"""Kinds of numbers that are lengths of time."""
_DEGREES = frozenset({"degree"})
_TRIED = 1000


class Unit(NamedTuple):
    """A unit as a table writes it: "EUR bn" is money, EUR, and a thousand million of them make one."""

    kind: MentionKind
    name: str | None
    many: Decimal


@lru_cache(maxsize=1 << 10)
def unit_named(written: str) -> Unit | None:
    """What a table's unit means, None where it only says what is counted ("people").

    "EUR million", "€m", "m EUR" and "EUR (millions)" are one unit; "'000 people" and "1000 people" another. A
    scale that is not read would let the row say a millionth. A price ("EUR per m2") is money.
    """
    times, rest = times_and_rest(written)
    if rest.lower() in lexicon.words_of("linking_words", "fraction of one"):  # 0.93 is 93 %
        return Unit("percent", "percent", 100 * times)
    of = unit_named(priced) if (priced := before_rate(rest)) != rest else None
    if of is not None and of.kind == "money":
        return of._replace(many=of.many * times)
    found: Unit | None = None
    for words in spellings(rest):
        other = _named(words)
        is_scaled = other is not None and other.many != 1 and other.name is not None  # "EUR m"
        if found is None or (is_scaled and (found.many == 1 or found.kind == "number")):
            found = other
    if times == 1:
        return found
    return Unit("number", None, times) if found is None else found._replace(many=found.many * times)



def _named(words: Sequence[str]) -> Unit | None:
    """What the words of a unit mean, in this order."""
    for at in range(len(words) + 1):  # "1000 hectares", "EUR 1000 bn", "KSh 1000"
        for gap in (" ", ""):
            before, behind = " ".join(words[:at]), " ".join(words[at:])
            text = f"{before}{gap if before else ''}{_TRIED}{gap if behind else ''}{behind}"
            if (unit := _read(text, whole=True)) is not None:
                return unit
    return _read(f"{_TRIED} {' '.join(words)}", whole=False)  # "million people", "% of GDP"


def _read(written: str, whole: bool) -> Unit | None:
    found = find_quantities(written, [])
    if len(found) != 1 or not found[0].value or (whole and found[0].wide.end < len(written.rstrip("."))):
        return None
    one, many = found[0], found[0].value / _TRIED
    scaled = many != 1 and one.kind == "number"
    return (
        Unit(one.kind, one.unit, many) if scaled or (one.kind in _SCALES and one.unit is not None) else None
    )


def unit_and_scale(written: str | None) -> tuple[str | None, Decimal]:
    """A table's unit without its scale, and the scale.

    Example:
        >>> unit_and_scale("EUR million"), unit_and_scale("people")
        (('EUR', Decimal('1000000')), ('people', Decimal('1')))
    """
    named = None if written is None else unit_named(written)
    return (written, Decimal(1)) if named is None else (named.name or written, named.many)


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
    if not _of_a_kind(quantity, kind) or unit is None:
        return False
    if kind not in ("measure", "duration") or unit == quantity.unit:
        return unit == quantity.unit
    if quantity.unit in _DEGREES:  # "40 degrees" are those of the table
        return unit.startswith("degree")
    one, other = _base(quantity.unit), _base(unit)
    return one is not None and other is not None and one.unit == other.unit


def as_rows_have_it(claim: Claim, row_unit: str | None) -> Claim:
    """The claim with that part of its unit which a text leaves to its reader as rows of a unit have it; the
    claim itself where there is none: "263 million" beside "EUR million" is money, and "312 litres" beside
    "litres per day" such of a day. A bare "33.5" stays what it is."""
    own, named = claim.quantity, None if row_unit is None else unit_named(row_unit)
    if own is None or named is None or own.value is None:
        return claim
    if own.kind == "number" and own.unit is None and not own.noun and 1 < named.many <= abs(own.value):
        return replace(claim, quantity=replace(own, kind=named.kind, unit=named.name))
    if own.kind == named.kind == "measure" and own.unit is not None and named.name is not None:
        (one, per, _), (other, theirs, _) = own.unit.partition(" per "), named.name.partition(" per ")
        if one == other and per != theirs:
            return replace(claim, quantity=replace(own, unit=named.name))
    return claim


def _of_a_kind(quantity: Mention, kind: MentionKind) -> bool:
    """Whether a number is of a unit's kind; an age is a length of time."""
    return quantity.kind == kind or (kind == "duration" and quantity.kind in SPANS)


def in_unit(claim: Claim, row_units: Sequence[str | None]) -> Claim:
    """The claim with its number in the one unit of its rows, the claim itself where that is its own."""
    quantity, units = claim.quantity, {u for u in row_units if u is not None}
    named = unit_named(next(iter(units))) if len(units) == 1 else None
    if quantity is None or named is None or not _of_a_kind(quantity, named.kind):
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


# ----------------------------------------------------------------------------------------------------
# What one reference row says to one claim: supports, refutes, or neither. Pure.
#
# C is what the claim admits. A number supports when the row's `best` lies in C, or its low..high does; it
# refutes when low..high, with the precision of its digits, misses C. Whether the row speaks of the claim's
# time is a level, and bars that anything is decided where it does not.

@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A reference row that may decide a claim. `by_speaker` marks the figure of the source to which the text
    attributes the claim. `named`: the claim is of the very time or incident of the row."""

    row: ReferenceRow
    by_speaker: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a candidate says to a claim; `note` says why in words."""

    candidate: Candidate
    relation: Relation
    note: str = ""
    reason: str = ""

    @property
    def row(self) -> ReferenceRow:
        """The candidate's row."""
        return self.candidate.row


@cache
def share(of: str) -> Decimal:
    """A share of data/judging.toml: how far trailing zeros or a vague word may leave a number open."""
    return next(Decimal(row["share"]) for row in lexicon.load("judging") if row.id == of)


phase_words = partial(lexicon.entries, "judging", "id", "words")
"""The words of a row of data/judging.toml."""


# --- numbers -----------------------------------------------------------------------------------------


def half_unit(value: Decimal) -> Decimal:
    """How far the digits of `value` leave it open: half a unit of the last significant digit of a whole
    number of four digits or more that ends in zeros, at most a tenth of it; else nothing."""
    if value != value.to_integral_value() or abs(value) < 1000 or value % 10 != 0:
        return Decimal(0)
    digits = str(abs(int(value)))
    unit = Decimal(10) ** (len(digits) - len(digits.rstrip("0")))
    return min(unit / 2, abs(value) * share("precision_cap"))


def stated(row: ReferenceRow) -> Interval:
    """low..high as the row says it; `best` alone stands for both."""
    if row.low is None and row.high is None:
        return Interval(row.best, row.best)
    return Interval(row.low, row.high)


def admitted(interval: Interval) -> Interval:
    """The interval with the precision of its own digits."""
    low, high = interval.low, interval.high
    under = Decimal(0) if low is None else half_unit(low)
    over = Decimal(0) if high is None else half_unit(high)
    if not under and not over:
        return interval
    return Interval(None if low is None else low - under, None if high is None else high + over)


def numbers_of(row: ReferenceRow) -> list[Decimal]:
    """The least, the best and the greatest number of a row, those that it states."""
    return [number for number in (row.low, row.best, row.high) if number is not None]


def _as_coarse(row: ReferenceRow, claim: Interval) -> ReferenceRow:
    """The row rounded to the decimals of an exact claim that gives fewer: "1.9 %" says 1.8858."""
    if claim.low is None or claim.low != claim.high:
        return row
    low, best, high = (coarse(n, claim.low) for n in (row.low, row.best, row.high))
    return replace(row, low=low, best=best, high=high)


def coarse(number: Decimal | None, stated: Decimal) -> Decimal | None:
    """A number rounded to the decimals of one that is stated.

    Example:
        >>> coarse(Decimal("27.1"), Decimal(27))
        Decimal('27')
    """
    unit = Decimal(1).scaleb(min(0, int(stated.as_tuple().exponent)))
    return None if number is None else number.quantize(unit, ROUND_HALF_UP, WIDE)


def number_relation(claim: Interval, row: ReferenceRow) -> Relation:
    """How the row's number meets the claim's interval."""
    if not numbers_of(row):
        return "neutral"
    says = stated(row := _as_coarse(row, claim))
    at_most = admitted(says)
    if at_most.below(claim) or claim.below(at_most):
        return "refutes"
    bounded = says.low is not None or says.high is not None
    best_lies_in = row.best is not None and claim.contains(row.best)
    return "supports" if best_lies_in or (bounded and claim.covers(says)) else "neutral"


# --- the time of a figure ----------------------------------------------------------------------------


def own_period(claim: Claim) -> Period | None:
    """The claim's time where the text states one, None where it is only the document's."""
    return None if claim.time is None or claim.time.basis == "document" else claim.time.period


def moment(row: ReferenceRow) -> Period | None:
    """When a total or a stock holds: the end of its period, else its `as_of`."""
    return row.last if row.last is not None else row.as_of


@lru_cache(maxsize=1 << 12)
def timex_period(timex: str | None) -> Period | None:
    """The days of a plain TIMEX3 year, month or day, else None."""
    try:
        return None if timex is None or "/" in timex else parse_period(timex)
    except ValueError:
        return None
