"""What one reference row says to one claim: supports, refutes, or neither; when, and in which unit. Pure."""

from __future__ import annotations

import calendar
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache, lru_cache, partial
from typing import Literal, NamedTuple

from claimcheck import lexicon
from claimcheck.model import (
    WIDE,
    Claim,
    Document,
    Interval,
    Mention,
    MentionKind,
    Period,
    ReferenceRow,
    Relation,
    Span,
)
from claimcheck.numbers.quantities import find_quantities
from claimcheck.numbers.tabled import before_rate, spellings, times_and_rest
from claimcheck.wording import is_an_end, moment_told_before, words_of

# ----------------------------------------------------------------------------------------------------
# Days and periods as people write them, for the sentences of verdicts.


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


# ----------------------------------------------------------------------------------------------------
# The day of which a claim tells how something stood: "at the end of 2023" is 31 December, "a year earlier"
# the same day of the year before; "late 2023" is no day.

_YEAR = 365
_STANDING = frozenset({"stock", "cumulative"})


@cache
def windows() -> dict[str, int]:
    """The windows of data/judging.toml, in days."""
    return {row.id: int(row["days"]) for row in lexicon.load("judging") if row.get("days") is not None}


def at_its_end(claim: Claim, rows: Iterable[ReferenceRow], document: Document) -> Claim:
    """The claim at the last day of its time where that is the end of a period ("at the end of 2023"), or
    years before or after a moment that its sentence names ("a year earlier"), and all its rows say how
    something stood at a moment. What happened at the end of 2023 has all those days."""
    time = claim.time
    if time is None or time.start is None or time.end is None or time.date_end is None:
        return claim
    if time.relation != "in":
        return claim
    rows = list(rows)
    if not rows or not {row.measure_type for row in rows} <= _STANDING:
        return claim
    written = Span(time.start, time.end)
    at = time.date_end if is_an_end(document, written) else _years_off(claim, document)
    at = at or _only_moment(claim, rows)
    return claim if at is None else replace(claim, time=replace(time, date_start=at, date_end=at))


def _only_moment(claim: Claim, rows: Iterable[ReferenceRow]) -> date | None:
    """The last day of the one day, month or quarter of a claim's year of which the tables say how a stock
    stood: that of a yearly series."""
    period = claim.time.period if claim.time is not None else None
    if period is None or not _YEAR <= (period.days or 0) <= _YEAR + 1:
        return None
    moments = [row.as_of for row in rows if row.measure_type == "stock" and row.as_of is not None]
    coarsest = windows()["as_of_coarsest"]
    inside = {day.end for day in moments if (day.days or _YEAR) <= coarsest and period.covers(day)}
    return inside.pop() if len(inside) == 1 else None


def _years_off(claim: Claim, document: Document) -> date | None:
    """The day of a claim's year on which its sentence says before that another number stood so: "3,045 at the
    end of 2023, down from 3,180 a year earlier"; of a month its last day. None where it names no moment."""
    time = claim.time
    if time is None or time.start is None or time.end is None or time.date_start is None:
        return None
    if time.period is None or (time.period.days or 0) < _YEAR or time.date_end is None:
        return None
    told = moment_told_before(document, claim.context, Span(time.start, time.end))
    if told is None or time.date_start.year != time.date_end.year:
        return None
    day, month = told
    last = calendar.monthrange(time.date_start.year, month)[1]
    return date(time.date_start.year, month, min(max(1, last if day is None else day), last))


_LATELY = 3
"""Days by which what a row counts may have ended before the day up to which a claim counts."""


def began_alike(period: Period, counted: Period) -> bool:
    """Whether what a row counts began on the day since which a claim counts, and ended hardly before it."""
    if period.start != counted.start or period.end is None or counted.end is None:
        return False
    return 0 <= (period.end - counted.end).days <= _LATELY


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
    if rest.lower() in _fractions():  # a cell of 0.93 means 93 per cent
        return Unit("percent", "percent", 100 * times)
    of = unit_named(priced) if (priced := before_rate(rest)) != rest else None
    if of is not None and of.kind == "money":
        return of._replace(many=of.many * times)
    found: Unit | None = None
    for words in spellings(rest):
        other = _named(words)
        if found is None or ((found.many == 1 or found.kind == "number") and _is_scaled(other)):
            found = other
    if times == 1:
        return found
    return Unit("number", None, times) if found is None else found._replace(many=found.many * times)


@cache
def _fractions() -> frozenset[str]:
    return frozenset(lexicon.words_of("linking_words", "fraction of one"))


def _is_scaled(unit: Unit | None) -> bool:
    """Whether so many of a named unit make one: "EUR m"."""
    return unit is not None and unit.many != 1 and unit.name is not None


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
# time depends on how its measure behaves (flow, stock, cumulative, constant).

How = Literal["about", "name", "number", "measure"]
Fit = Literal["at", "reached", "undated", "ending", "before", "after", "unclear", "apart", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A reference row that may decide a claim, and how the two were linked.

    `how`: the row that the document says it is about, a happening by its name, a series with its number, or
    a measure. `by_speaker` marks the figure of the source to which the text attributes the claim. `named`:
    the claim tells of the very time or incident of the row."""

    row: ReferenceRow
    how: How = "measure"
    by_speaker: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a candidate says to a claim; `note` says why in words, `fit` how its time meets the claim's."""

    candidate: Candidate
    relation: Relation
    note: str = ""
    fit: Fit = "at"
    reason: str = ""

    @property
    def row(self) -> ReferenceRow:
        """The candidate's row."""
        return self.candidate.row


@cache
def precision_cap() -> Decimal:
    """The largest share of a number that its trailing zeros may admit."""
    return next(Decimal(row["share"]) for row in lexicon.load("judging") if row.id == "precision_cap")

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
    return min(unit / 2, abs(value) * precision_cap())


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


def has_number(row: ReferenceRow) -> bool:
    """Whether the row states any number."""
    return not (row.low is None and row.best is None and row.high is None)


def _as_coarse(row: ReferenceRow, claim: Interval) -> ReferenceRow:
    """The row rounded to the decimals of an exact claim that gives fewer: "1.9 %" says 1.8858."""
    if claim.low is None or claim.low != claim.high:
        return row
    least = min(0, _exponent(claim.low))
    numbers = (row.low, row.best, row.high)
    if not any(n is not None and _exponent(n) < least for n in numbers):
        return row
    unit = Decimal(1).scaleb(least)
    low, best, high = (None if n is None else n.quantize(unit, ROUND_HALF_UP, WIDE) for n in numbers)
    return replace(row, low=low, best=best, high=high)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def number_relation(claim: Interval, row: ReferenceRow, fit: Fit = "at") -> Relation:
    """How the row's number meets the claim's interval; an earlier total bounds from below, a later one
    from above. The number of a period that ends on the day by which the claim counts is `reached`: it
    supports ("by the 29th, 29 had been evacuated") and refutes nothing, for more may have been before; a
    total of a month on whose last day the claim ends is `ending`. Other times than `at` decide nothing."""
    if not has_number(row) or fit in ("unclear", "apart", "unknown"):
        return "neutral"
    says = stated(row := _as_coarse(row, claim))
    if fit == "reached":
        exact = row.best is not None and claim.contains(row.best) and claim.high is not None
        return "supports" if exact or number_relation(claim, row, "before") == "supports" else "neutral"
    if fit in ("undated", "ending") and number_relation(claim, row) == "supports":
        return "supports"
    if fit == "undated":
        return "neutral"
    if fit in ("ending", "before"):
        says = Interval(says.low if says.low is not None else row.best, None)
    elif fit == "after":
        says = Interval(None, says.high)
    at_most = admitted(says)
    if at_most.below(claim) or claim.below(at_most):
        return "refutes"
    best_lies_in = fit == "at" and row.best is not None and claim.contains(row.best)
    bounded = says.low is not None or says.high is not None
    return "supports" if best_lies_in or (bounded and claim.covers(says)) else "neutral"


def aggregate_relation(claim: Interval, row: ReferenceRow) -> Relation:
    """A count or sum over a table: an incomplete one supports what it holds, and refutes only by holding more
    than the claim admits, never by what it does not hold. So it supports no "fewer than 100" alone."""
    relation = number_relation(claim, row)
    if row.complete:
        return relation
    if relation == "supports" and not claim.low and claim.high:
        return "neutral"
    if relation != "refutes":
        return relation
    low = stated(row).low if stated(row).low is not None else row.best
    above = claim.high is not None and low is not None and low - half_unit(low) > claim.high
    return "refutes" if above else "neutral"


# --- the time of a figure ----------------------------------------------------------------------------


def own_period(claim: Claim) -> Period | None:
    """The claim's time where the text states one, None where it is only the document's."""
    return None if claim.time is None or claim.time.basis == "document" else claim.time.period


def is_dated(claim: Claim) -> bool:
    """Whether the claim's own clause or sentence says when."""
    own = own_period(claim) is not None
    return own and claim.time is not None and claim.time.basis in ("clause", "sentence")


def moment(row: ReferenceRow) -> Period | None:
    """When a total or a stock holds: the end of its period, else its `as_of`."""
    return row.last if row.last is not None else row.as_of


def time_fit(claim: Claim, row: ReferenceRow, published: date | None) -> tuple[Fit, str]:
    """How the row's time meets the claim's, and why. `published` is the document's date."""
    kind = behaviour(row)
    if kind == "flow":
        return _flow_fit(claim, row)
    if kind == "stock":
        return _stock_fit(claim, row, published)
    if kind == "cumulative":
        return _total_fit(claim, row, published)
    return _constant_fit(claim, row, published)


def _constant_fit(claim: Claim, row: ReferenceRow, published: date | None) -> tuple[Fit, str]:
    """A constant holds at any time; one that the table dates is that of a single happening, and answers no
    claim that says another time for its own ("300 delegates met in May"). One without any date
    refutes nothing that is said of a time ("in 2022 it had 300 beds", "two people were killed on Friday")."""
    period = own_period(claim)
    if period is None:
        return "at", ""
    if row.period is None:
        dated = row.as_of is not None or published is None
        return ("at", "") if dated else ("undated", "does not say of when it is")
    if not is_dated(claim):
        return "at", ""
    of_days = period.days == 1 and (row.period.days or 0) <= windows()["same_happening"]
    window = windows()["dated_constant" if of_days and row.period.days else "as_of_window"]
    if period.meets(row.period.widened(window)):
        return "at", ""
    return "apart", f"is about {spoken_period(row.period)}, not {spoken_period(period)}"


def behaviour(row: ReferenceRow) -> str:
    """How what a row measures behaves over time: what its package says, else by whether it has a period."""
    if row.measure_type:
        return row.measure_type
    if row.first is not None:
        return "flow"
    return "constant" if row.as_of is None else "stock"


def _flow_fit(claim: Claim, row: ReferenceRow) -> tuple[Fit, str]:
    period = own_period(claim)
    if period is None:
        return "unknown", "the claim states no period"
    counted = row.period
    if counted is None:
        return "unknown", "the row states no whole period"
    if counted == period or _is_named_alike(claim, counted):
        return "at", ""
    if (
        claim.time is not None
        and claim.time.relation == "by"
        and len(claim.time.timex or "") == _DAY  # "by May 200 had died" counts from nobody knows when
        and row.last == Period.day(period.end or date.max)
    ):
        return "reached", f"counts {spoken_period(counted)}"
    if claim.time is not None and claim.time.relation == "since" and began_alike(period, counted):
        return "reached", f"counts {spoken_period(counted)}"
    if period.covers(counted):
        return "apart", f"covers only {spoken_period(counted)}, not all of {spoken_period(period)}"
    return "apart", f"is about {spoken_period(counted)}, not {spoken_period(period)}"


def _stock_fit(claim: Claim, row: ReferenceRow, published: date | None) -> tuple[Fit, str]:
    window = windows()["as_of_window"]
    period = _moment_claimed(claim) or (None if published is None else Period.day(published))
    as_of = row.as_of or row.last
    if period is None or as_of is None:
        return "unknown", "no date to compare"
    alike = _is_named_alike(claim, as_of)
    if (as_of.days or _LONGER) > windows()["as_of_coarsest"] and alike:
        return "at", ""
    for days, what in ((as_of, "its date"), (period, "the claim's time")):
        if days.days is None or days.days > windows()["as_of_coarsest"]:
            return "unknown", f"{what}, {spoken_period(days)}, is coarser than a quarter"
    if row.first is not None and _is_within(claim) and (period.days or 0) > 1 and row.first.before(period):
        return "apart", f"counts from {spoken_period(row.first)} on already"
    if as_of.meets(period.widened(window)):
        return "at", ""
    return "apart", f"more than {window} days away from {spoken_period(period)}"


def _is_named_alike(claim: Claim, period: Period) -> bool:
    """Whether a claim says the very months or year of a row: "31 % in 2019", "in the school year 2018/19" of
    September 2018 to July 2019."""
    own = own_period(claim)
    if own is None or claim.time is None or (period.days or _LONGER) > _LEAP_YEAR or period.start is None:
        return False
    first, _, second = (claim.time.timex or "").partition("/")
    years = [str(d.year) for d in (period.start, period.end) if d is not None]
    split = len(second) == len("2018") and [first, second] == years and first != second
    return claim.time.relation in ("in", "on", "during", "from_to", None) and (own == period or split)


_LEAP_YEAR = 366
_LONGER = _LEAP_YEAR + 1


def _total_fit(claim: Claim, row: ReferenceRow, published: date | None) -> tuple[Fit, str]:
    window, at = _total_window(claim, published), moment(row)
    if window is None or at is None:
        return "unknown", "no date to compare"
    if at.before(window):
        fit: Fit = "before"
    elif window.before(at):
        fit = "after"
    else:
        within: Fit = "ending" if window.end == at.end else "undated"  # one day of it may be the claim's
        within = within if (at.days or 366) <= windows()["as_of_window"] else "unclear"
        fit = "at" if window.covers(at) else within
        if fit == "at" and _is_within(claim) and at.widened(windows()["as_of_window"]).before(_end(window)):
            fit = "before"  # "between 2021 and 2023 150 died" against 100 by June 2022
    if row.revised and fit in ("before", "after"):
        return "apart", "is corrected at times, and says nothing of other days"
    if row.revised and fit == "ending":
        fit = "undated"
    return _same_start(claim, row, fit)


def _end(period: Period) -> Period:
    """The last day of a period, that of one without an end after all others."""
    return Period.day(period.end or date.max)


def _moment_claimed(claim: Claim) -> Period | None:
    """The days at which a claim says that something stood so: of "by 9 January" and "since May" the last."""
    period = own_period(claim)
    if period is None or claim.time is None or claim.time.relation not in ("since", "by", "until", "before"):
        return period
    return None if period.end is None else Period.day(period.end)


def _total_window(claim: Claim, published: date | None) -> Period | None:
    """The days at which a running total is claimed. A text that does not say when speaks of the latest
    figures: the days before it, as far as a stock's window reaches."""
    period = _moment_claimed(claim)
    if period is None:
        period = None if published is None else Period.day(published)
    if period is None or is_dated(claim):
        return period
    return Period(period.widened(windows()["as_of_window"]).start, period.end)


def _is_within(claim: Claim) -> bool:
    """Whether a claim counts what happened within a period of its own ("14 were killed on 13 October")."""
    if claim.kind != "quantity" or claim.time is None or not is_dated(claim):
        return False
    subject = (claim.subject.text if claim.subject is not None else "").split()[-1:]
    told = {claim.predicate or "", *(word.lower() for word in subject)}
    said = words_of(claim)
    brought = told & phase_words("brings") and phase_words("totals") & said
    if brought or (told & phase_words("stands") and "alone" not in said):
        return False  # "the toll stood at 14 on 13 October", "a death on 13 October brought the toll to 14"
    days = None if claim.time.period is None else claim.time.period.days
    return claim.time.relation in (("on",) if days == 1 else ("in", "on", "during", "from_to"))


def _same_start(claim: Claim, row: ReferenceRow, fit: Fit) -> tuple[Fit, str]:
    """A total that counts from a later day than the claim bounds it from below only; one that counts from
    an earlier day bounds nothing, nor does one without a first day bound what happened within a period."""
    within = _is_within(claim)
    explicit = within or (claim.time is not None and claim.time.relation in ("since", "from_to"))
    if explicit and row.first is None:
        return "unclear", "says not from when it counts"
    start: Period | None = None
    if explicit and claim.time is not None and claim.time.date_start is not None:
        written = (claim.time.timex or "").split("/", 1)[0]  # "2012-12/2018-04": some day of December 2012
        start = timex_period(written) or Period.day(claim.time.date_start)
    if start is None or row.first is None or row.first.meets(start):
        return fit, ""
    if start.before(row.first):
        note = f"counts only from {spoken_period(row.first)} on"
        return ("before", note) if fit in ("before", "at") else ("unclear", note)
    return ("apart", f"counts from {spoken_period(row.first)} on already") if explicit else (fit, "")


_DAY = len("2018-01-31")
_TIMEX = {4: "dddd", 7: "dddd-dd", _DAY: "dddd-dd-dd"}
"""How a plain year, month and day are written, by their length."""


@lru_cache(maxsize=1 << 12)
def timex_period(timex: str | None) -> Period | None:
    """The days of a plain TIMEX3 year, month or day, else None."""
    said = timex or ""
    if "".join("d" if c.isdecimal() and c.isascii() else c for c in said) != _TIMEX.get(len(said)):
        return None
    year, month, day = (*map(int, said.split("-")), None, None)[:3]
    try:
        if not year or month is None:
            return Period(date(year or 0, 1, 1), date(year or 0, 12, 31))
        if day is None:
            return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return Period.day(date(year, month, day))
    except ValueError:
        return None
