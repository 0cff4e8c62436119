"""Shares beside their part and their whole: "30 of 60, or 50 %", "half of the 80 members, 40"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from claimcheck.model import Finding, Interval, Mention, plain
from claimcheck.selfcheck.base import noted
from claimcheck.selfcheck.marked import Found, Marked

_LOOSE = Decimal("0.05")  # "half of the 80, 43": a fraction in words is a round figure
_OPEN_ENDED = Decimal("0.2")
_HUNDRED = Decimal(100)


def share_findings(text: str, marks: Marked) -> Iterator[Finding]:
    """Percentages and fractions that stand beside their part and their whole, agreeing or not.

    The patterns see to it that the whole is the same in both: "45 % of capacity", "45 % in 2016" may have
    another one and are passed over.
    """
    seen: set[tuple[int, ...]] = set()
    for found in marks.holding("share"):
        stated = _stated(found)
        if stated is None:
            continue
        key = tuple(sorted(mention.start for mention in found.slots.values()))
        if key not in seen:
            seen.add(key)
            finding = _share(text, found, *stated)
            if finding is not None:
                yield finding


def _stated(found: Found) -> tuple[Mention, Interval] | None:
    """The mention that says how much, and the percentages that it admits."""
    slots = found.slots
    percent, fraction = slots.get("percent"), slots.get("fraction")
    if percent is not None:
        return (percent, _widened(percent)) if percent.value is not None else None
    if fraction is None or fraction.value is None:
        return None
    ends = [None if end is None else end * _HUNDRED for end in (fraction.low, fraction.high)]
    loose = _LOOSE * _HUNDRED
    low, high = (ends[0] - loose if ends[0] else None), (ends[1] + loose if ends[1] else None)
    if fraction.comparator in ("gt", "ge"):
        low = ends[0]
    if fraction.comparator in ("lt", "le"):
        high = ends[1]
    return fraction, Interval(low, high)


def _widened(percent: Mention) -> Interval:
    """What a percentage admits, one unit of its last digit more: some writers cut digits off instead of
    rounding. "Less than 30 %" of what is 12 % would be an odd thing to say, and is no contradiction."""
    value = percent.value if percent.value is not None else Decimal(0)
    slack = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
    low = None if percent.low is None else percent.low - slack
    high = None if percent.high is None else percent.high + slack
    if percent.comparator in ("lt", "le", "gt", "ge"):
        slack = max(slack, value * _OPEN_ENDED)
        low = value - slack if low is not None else None
        high = value + slack if high is not None else None
    return Interval(low, high)


def _share(text: str, found: Found, stated: Mention, admitted: Interval) -> Finding | None:
    if found.row.id == "fraction_or_percent":
        return _fraction(text, found, stated, admitted)
    part, whole = found["part"], found["whole"]
    if not _same_things(part, whole, found) or not whole.low or part.low is None or part.high is None:
        return None
    if whole.high is None or part.low > whole.high:
        return None
    actual = Interval(_HUNDRED * part.low / whole.high, _HUNDRED * part.high / whole.low)
    told = f"{plain(_value(part))} of {plain(_value(whole))} is {_percent(_value(part), _value(whole))} %"
    agrees = actual.meets(admitted)
    told += ", as stated." if agrees else f", not {stated.wide.of(text)}."
    return noted(text, "percentage", found.span, told, problem=not agrees)


def _fraction(text: str, found: Found, stated: Mention, admitted: Interval) -> Finding | None:
    """ "2 out of 3 schools (67 per cent)": the fraction is the share."""
    share = found["fraction"]
    if share.comparator != "eq" or share.value is None:
        return None
    actual = share.value * _HUNDRED
    loose = Decimal(0) if any(c.isdigit() for c in share.text) else _LOOSE * _HUNDRED
    agrees = Interval(actual - loose, actual + loose).meets(admitted)
    told = f"{share.text} is {plain(round(actual, 2))} %"
    told += ", as stated." if agrees else f", not {stated.wide.of(text)}."
    return noted(text, "percentage", found.span, told, problem=not agrees)


def _same_things(part: Mention, whole: Mention, found: Found) -> bool:
    """Whether the part counts what its whole counts, as far as the text says: "40 per cent of the 500
    families (250 women)" tells of two things."""
    if found.row.id in ("percent_of_whole_part", "part_or_percent_of_whole", "fraction_of_whole_part"):
        return part.noun is None or whole.noun is None or part.noun == whole.noun
    return True


def _value(mention: Mention) -> Decimal:
    return mention.value if mention.value is not None else Decimal(0)


def _percent(part: Decimal, whole: Decimal) -> str:
    return plain(round(_HUNDRED * part / whole, 2))
