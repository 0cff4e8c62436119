"""A change beside its two ends: "rose by 40, from 90 to 130", "doubled from 400 to 800"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from claimcheck.comparisons.words import part, qualifier
from claimcheck.lexicon import pattern
from claimcheck.model import Finding, Interval, plain
from claimcheck.numbers.numerals import find_numerals
from claimcheck.selfcheck.base import noted
from claimcheck.selfcheck.marked import Found, Marked

_ABOUT = Decimal("0.2")  # "doubled" is said of 1.7 and of 2.4 times as much
_NEAR_LOW, _NEAR_HIGH = Decimal("0.95"), Decimal("1.05")
_NEARLY = pattern("own_checks", "nearly")
_MORE = pattern("own_checks", "more than")
_HUNDRED = Decimal(100)


def change_findings(text: str, marks: Marked) -> Iterator[Finding]:
    """Increases and decreases that stand beside the value before and the value after."""
    for found in marks.holding("change"):
        ends = _ends(found)
        if ends is None:
            continue
        before, after = ends
        finding = _times(text, found, before, after) if "times" in found.row.fields else None
        if "by" in found.slots:
            finding = _by(text, found, before, after)
        if finding is not None:
            yield finding


def _ends(found: Found) -> tuple[Interval, Interval] | None:
    """The value before and the value after; None where their units differ or one is open."""
    pair = found.slots.get("pair")
    if pair is not None:
        values = [numeral.value for numeral in find_numerals(pair.text)]
        if len(values) != 2 or sorted(values) != [pair.low, pair.high]:
            return None  # "from 2 to 3 million" gives its first number in millions too
        return _exactly(values[0]), _exactly(values[1])
    before, after = found["before"], found["after"]
    if (before.unit or after.unit) != (after.unit or before.unit) or before.kind != after.kind:
        return None
    if None in (before.low, before.high, after.low, after.high):
        return None
    return before.interval, after.interval


def _exactly(value: Decimal) -> Interval:
    return Interval(value, value)


def _by(text: str, found: Found, before: Interval, after: Interval) -> Finding | None:
    """By so much, so many per cent, or a part; of percentages by points or by a share of their value."""
    by = found["by"]
    low, high = _difference(before, after, found.row["direction"])
    if by.low is None or by.high is None or by.value is None:
        return None
    if high <= 0:
        return None  # the words tell of something else than these two ends
    ends = found.slots.get("pair") or found["before"]
    if by.kind == "percent":
        ratio = _ratio(before, low, high)
        meets = ratio is not None and ratio.meets(Interval(by.low - 1, by.high + 1))
        if ends.kind == "percent":
            meets = meets or Interval(low, high).meets(by.interval)
        told = "" if ratio is None else f"From {before} to {after} is {_spread(ratio)} %"
    elif ends.kind != "percent" and 0 < by.value < 1:  # "by a third", as near as a comparison takes it
        ratio, admitted = _ratio(before, low, high), part(by.value, None, qualifier(text, by.start)[0])
        if ratio is None:
            return None
        outer = (admitted.outer_low, admitted.outer_high)
        meets = ratio.meets(Interval(*(None if end is None else _HUNDRED * end for end in outer)))
        told = f"From {before} to {after} is {_spread(ratio)} %"
    elif by.kind != ends.kind or (by.unit is not None and ends.unit is not None and by.unit != ends.unit):
        return None
    else:
        meets = Interval(low, high).meets(by.interval)
        told = f"From {before} to {after} is {_spread(Interval(low, high))}"
    told += ", as stated." if meets else f", not {by.wide.of(text)}."
    return noted(text, "change", found.span, told, problem=not meets)


def _difference(before: Interval, after: Interval, direction: str) -> tuple[Decimal, Decimal]:
    first, last = (before, after) if direction == "up" else (after, before)
    zero = Decimal(0)
    low = (last.low or zero) - (first.high or zero)
    return low, (last.high or zero) - (first.low or zero)


def _ratio(before: Interval, low: Decimal, high: Decimal) -> Interval | None:
    if not before.low or not before.high:
        return None
    ends = sorted([_HUNDRED * low / before.low, _HUNDRED * high / before.low, _HUNDRED * low / before.high])
    return Interval(ends[0], ends[-1])


def _spread(interval: Interval) -> str:
    low, high = interval.low or Decimal(0), interval.high or Decimal(0)
    if low == high:
        return plain(round(low, 2))
    return f"{plain(round(low, 1))} to {plain(round(high, 1))}"


def _is_times(found: Found, ratio: Interval, admitted: Interval) -> bool:
    """Whether the ratio as written is near enough, or the precision of the digits alone explains it: the
    latitude of the word and that of rounded digits are not added up."""
    if "pair" in found.slots:
        return True
    before, after = found["before"], found["after"]
    if (
        before.value is None
        or after.value is None
        or not before.value
        or before.comparator != after.comparator
    ):
        return True
    written = after.value / before.value
    stated = Decimal(str(found.row["times"]))
    return admitted.contains(written) or ratio.meets(Interval(stated * _NEAR_LOW, stated * _NEAR_HIGH))


def _times(text: str, found: Found, before: Interval, after: Interval) -> Finding | None:
    """ "doubled": the ratio of the two, with the latitude that such words have."""
    if not before.low or not before.high or after.low is None or after.high is None:
        return None
    stated = Decimal(str(found.row["times"]))
    slack = _ABOUT if _NEARLY.match(found.words) is None else 2 * _ABOUT
    admitted = Interval(stated * (1 - slack), stated * (1 + slack))
    if _MORE.match(found.words):
        admitted = Interval(stated, None)
    ratio = Interval(after.low / before.high, after.high / before.low)
    meets = ratio.meets(admitted) and _is_times(found, ratio, admitted)
    told = f"From {before} to {after} is {_spread(ratio)} times as much"
    told += ", as stated." if meets else f', not "{found.row.id}".'
    return noted(text, "change", found.span, told, problem=not meets)
