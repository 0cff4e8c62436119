"""What the rows of two operands or more say to a comparison: arithmetic on intervals. Pure.

Supported only where every value that the rows state fulfils it; refuted only where none does, the precision
of the rows' digits taken in; else neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from claimcheck.judging.relations import admitted, coarse, spoken_interval, unit_and_scale
from claimcheck.model import Comparison, Evidence, Interval, Relation, to_places

_SHOWN = 12
"""Steps of a series up to which each is shown."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A relation computed over rows: the interval of its value, what that says, the arithmetic in words."""

    relation: Relation
    value: Interval
    words: str


def stated(row: Evidence) -> Interval:
    """low..high as a row says it; `best` stands for an end that is not there."""
    return Interval(
        row.low if row.low is not None else row.best, row.high if row.high is not None else row.best
    )


def _whole(row: Evidence, says: Interval) -> Interval:
    """What a row says at scale 1, as comparisons have it: 531.9 of "EUR million" are 531,900,000."""
    _, scale = unit_and_scale(row.unit)
    low, high = (None if end is None else end * scale for end in (says.low, says.high))
    return Interval(low, high)


def pair(comparison: Comparison, first: Evidence, second: Evidence) -> Computed:
    """What two rows say to a comparison of two."""
    one, other = (_whole(row, stated(row)) for row in (first, second))
    wide, far = (_whole(row, admitted(stated(row))) for row in (first, second))
    divides = comparison.relation in ("ratio", "change", "share", "average")
    if divides and (far.low is None or far.low <= 0):
        return Computed("neutral", Interval(None, None), "nothing can be divided by zero or less")
    value, loose = _value(comparison, one, other), _value(comparison, wide, far)
    relation = _relation(comparison, value, loose)
    return Computed(relation, value, _words(comparison, one, other, value))


def total(comparison: Comparison, rows: Sequence[Evidence]) -> Computed:
    """What several rows add up to, or their mean."""
    says = [_whole(r, stated(r)) for r in rows]
    value, loose = added(says), added(_whole(r, admitted(stated(r))) for r in rows)
    words = " + ".join(map(_number, says))
    if comparison.relation == "average":
        of = Decimal(len(rows))
        value, loose = (Interval(_over(i.low, of), _over(i.high, of)) for i in (value, loose))
        words = f"({words}) ÷ {len(rows)}"
    return Computed(_relation(comparison, value, loose), value, f"{words} = {_number(value)}")


def place(comparison: Comparison, rows: Sequence[Evidence]) -> Computed:
    """The place of the first of rows among them all, the most first, or the least; one of several that are
    alike has any of theirs."""
    says, wide = ([_whole(row, of(stated(row))) for row in rows] for of in (lambda one: one, admitted))
    value, loose = _place(comparison, says), _place(comparison, wide)
    alone, at = value.low == value.high == comparison.rank, Interval(*[Decimal(comparison.rank)] * 2)
    relation: Relation = "supports" if alone else "neutral" if at.meets(loose) else "refutes"
    least = "least" if comparison.way == "less" else "most"
    those = ", ".join(map(_number, says[1:][:_SHOWN])) + (", …" if len(says) > _SHOWN + 1 else "")
    words = f"{_number(says[0])} beside {those}: place {_number(value)} of {len(says)}, the {least} first"
    return Computed(relation, value, words)


def _place(comparison: Comparison, says: Sequence[Interval]) -> Interval:
    turned = [Interval(_less(Decimal(0), i.high), _less(Decimal(0), i.low)) for i in says]
    first, *others = turned if comparison.way == "less" else says
    before = sum((_less(o.low, first.high) or 0) > 0 for o in others)
    behind = sum((_less(first.low, o.high) or 0) > 0 for o in others)
    return Interval(Decimal(1 + before), Decimal(len(says) - behind))


def steps(comparison: Comparison, pairs: Sequence[tuple[Evidence, Evidence]]) -> Computed:
    """What pairs of rows of a series say to a comparison of each two: the least that they give."""
    found = [pair(comparison, *two) for two in pairs]
    relation = min((one.relation for one in found), key=("refutes", "neutral", "supports").index)
    least = min(found, key=lambda one: (one.value.low is not None, one.value.low or 0))
    few = len(found) <= _SHOWN
    words = [one.words for one in found] if few else [least.words, f"the least of {len(found)}"]
    return Computed(relation, least.value, "; ".join(words))


def _value(comparison: Comparison, one: Interval, other: Interval) -> Interval:
    """The interval of the relation's value: a difference, a ratio, a part of the second."""
    if comparison.relation in ("greater", "less", "equal", "difference"):
        low, high = _less(one.low, other.high), _less(one.high, other.low)
        back = Interval(_less(other.low, one.high), _less(other.high, one.low))
        if comparison.way == "less" and comparison.relation in ("less", "difference"):
            return back
        if comparison.way == "equal" and comparison.relation == "difference":
            return _apart(Interval(low, high), back)
        return Interval(low, high)
    low = _over(one.low, other.low if one.low is not None and one.low < 0 else other.high)
    high = _over(one.high, other.high if one.high is not None and one.high < 0 else other.low)
    if comparison.relation == "change":
        if comparison.way == "less":
            low, high = (None if high is None else 1 - high), (None if low is None else 1 - low)
        else:
            low, high = (None if low is None else low - 1), (None if high is None else high - 1)
    return Interval(low, high)


def _apart(there: Interval, back: Interval) -> Interval:
    """How far two lie apart, whichever is more: the difference one way, or the other."""
    lows = [x for x in (there.low, back.low) if x is not None]
    highs = [x for x in (there.high, back.high) if x is not None]
    return Interval(max([Decimal(0), *lows]), max(highs) if len(highs) == 2 else None)


def _relation(comparison: Comparison, value: Interval, loose: Interval) -> Relation:
    if comparison.relation in ("greater", "less"):
        if value.low is not None and value.low > 0 and (loose.low is None or loose.low > 0):
            return "supports"
        return "refutes" if loose.high is not None and loose.high <= 0 else "neutral"
    if comparison.relation == "equal":
        if value.low == value.high == 0:
            return "supports"
        return "neutral" if loose.meets(Interval(Decimal(0), Decimal(0))) else "refutes"
    inner = Interval(comparison.low, comparison.high)
    outer = Interval(comparison.outer_low, comparison.outer_high)
    if value.low is None and value.high is None:
        return "neutral"
    if inner.low is not None and inner.low == inner.high:  # "27 less" says 27.1
        value, loose = (Interval(*(coarse(n, inner.low) for n in (i.low, i.high))) for i in (value, loose))
    if inner.covers(value):
        return "supports"
    return "neutral" if outer.meets(loose) else "refutes"


def added(intervals: Iterable[Interval]) -> Interval:
    """What intervals add up to; an end that one of them leaves open is open."""
    ends = [(one.low, one.high) for one in intervals]
    return Interval(_all([low for low, _ in ends]), _all([high for _, high in ends]))


def _all(ends: Sequence[Decimal | None]) -> Decimal | None:
    known = [end for end in ends if end is not None]
    return sum(known, Decimal(0)) if len(known) == len(ends) else None


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _over(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None or other == 0 else one / other


def _number(interval: Interval) -> str:
    low, high = (None if end is None else to_places(end, 3) for end in (interval.low, interval.high))
    return spoken_interval(Interval(low, high))


def _words(comparison: Comparison, one: Interval, other: Interval, value: Interval) -> str:
    first, second = _number(one), _number(other)
    if comparison.relation in ("greater", "less", "equal", "difference"):
        if comparison.way == "less" and comparison.relation in ("less", "difference"):
            first, second = second, first
        return f"{first} − {second} = {_number(value)}"
    if comparison.relation == "change":
        hundred = Interval(*(None if x is None else to_places(100 * x, 1) for x in (value.low, value.high)))
        difference = f"{second} − {first}" if comparison.way == "less" else f"{first} − {second}"
        return f"({difference}) ÷ {second} = {_number(hundred)} %"
    rounded = (None if x is None else to_places(x, 2) for x in (value.low, value.high))
    return f"{first} ÷ {second} = {_number(Interval(*rounded))}"
