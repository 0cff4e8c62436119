"""Numbers that two rows or more give together: a difference, a share, how many times as much, a sum.

A row that a claim may mean stands beside its partners: the same series at another time, the same measure
of another place or body, another measure of the same place and time. What they give together is compared
with the claim's number; how such a pair was met has levels, and the levels weights, as those of a row have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from claimcheck.frames import Frame
from claimcheck.lexicon import words_of
from claimcheck.linking.levels import Levels, digits
from claimcheck.linking.rows import Book, Portrait
from claimcheck.model import Period
from claimcheck.propositions import root

Form = Literal["difference", "change", "ratio", "share", "sum", "greater", "less"]
_BESIDE = 5  # words on either side of a number among which its cues stand
_MOST = 6  # partners of a kind
_YEAR = 366


@dataclass(frozen=True, slots=True)
class Computed:
    """What rows give together: its form, the rows, the number, whether the claim's number admits it, and the
    levels by which they were met."""

    form: Form
    rows: tuple[Portrait, ...]
    value: Decimal
    agrees: bool
    levels: dict[str, str]
    anchor: int


def computed(frame: Frame, levels: Levels, ranked: Sequence[Portrait], book: Book) -> Iterator[Computed]:
    """What the rows that a claim may mean, the likeliest first, give together with their partners.

    Only what the claim's number admits is given, and the comparisons without a number.
    """
    admits = _admits(frame)
    if admits is None:
        return
    cues = _cues(frame)
    for at, anchor in enumerate(ranked):
        one = _number(anchor)
        if one is None:
            continue
        for how, partner in _partners(anchor, frame, levels, book):
            other = _number(partner)
            if other is None:
                continue
            for form, value in _forms(one, other, frame):
                agrees = admits(form, value)
                if agrees is None:
                    continue
                found = {
                    "form": form, "cue": f"{form}, {'said' if form in cues else 'not said'}",
                    "partner": how, "partner, form": f"{form}, {how}",
                    "other cue": "said" if cues - {form} else "not said",
                    "digits": str(_digits(frame)), "time": levels.time(anchor), "place": levels.place(anchor),
                    "measure": levels.measure(anchor), "against": levels.against(anchor),
                    "their place": levels.place(partner), "their year": levels.year(partner),
                    "their name": levels.name(partner), "their cells": levels.cells(partner),
                    "their measure": levels.against(partner),
                    "agrees": f"{form}, {agrees}", "rank": str(min(at, 4)),
                }  # fmt: skip
                yield Computed(form, (anchor, partner), value, agrees, found, at)
        yield from _sums(frame, anchor, at, levels, book, admits, cues)


def _sums(
    frame: Frame, anchor: Portrait, at: int, levels: Levels, book: Book,
    admits: Callable[[Form, Decimal], bool | None], cues: frozenset[str],
) -> Iterator[Computed]:  # fmt: skip
    """The sum of the rows of the anchor's table, measure and time that the text names, or of all of them."""
    alike = [
        p
        for p in book.by_measure.get(anchor.measure, ())
        if p.row.table == anchor.row.table and _number(p) is not None
    ]
    here = [p for p in alike if anchor.days is not None and p.days is not None and anchor.days.meets(p.days)]
    named = [
        p for p in here if levels.place(p).startswith("same") or levels.name(p).startswith("named")
        or levels.cells(p) in ("all said", "some said") or levels.actor(p).startswith("named")
    ]  # fmt: skip
    year = [p for p in alike if _years(p.days) & (frame.years or frame.years_before)]
    for how, rows in (("named", named), ("of its time", here), ("of the year", year)):
        if not 2 <= len(rows) <= 12 or anchor not in rows:
            continue
        value = sum((_number(p) or Decimal(0) for p in rows), Decimal(0))
        if admits("sum", value):
            yield Computed(
                "sum", tuple(rows), value, True,
                {
                    "form": "sum", "cue": f"sum, {'said' if 'sum' in cues else 'not said'}", "partner": how,
                    "partner, form": f"sum, {how}", "digits": str(_digits(frame)),
                    "time": levels.time(anchor),
                    "place": levels.place(anchor), "measure": levels.measure(anchor),
                    "against": levels.against(anchor), "agrees": "sum, True", "rank": str(min(at, 4)),
                    "other cue": "said" if cues - {"sum"} else "not said",
                }, at,
            )  # fmt: skip


def _years(days: Period | None) -> frozenset[int]:
    return frozenset() if days is None else frozenset(d.year for d in (days.start, days.end) if d is not None)


def _number(row: Portrait) -> Decimal | None:
    """The number of a row at scale one: its best, else the middle of its ends."""
    low, best, high = row.numbers
    if best is not None:
        return best
    return (low + high) / 2 if low is not None and high is not None else low if low is not None else high


def _partners(anchor: Portrait, frame: Frame, levels: Levels, book: Book) -> Iterator[tuple[str, Portrait]]:
    series = [p for p in book.by_series.get(anchor.series, ()) if p is not anchor and p.days is not None]
    days = anchor.days
    if days is not None and days.start is not None:
        start = days.start
        before = [
            p for p in series if p.days is not None and p.days.start is not None and p.days.start < start
        ]
        before.sort(key=lambda p: p.days.start, reverse=True)  # type: ignore[union-attr, arg-type, return-value]
        told = frame.years | frame.years_before
        for n, partner in enumerate(before[:_MOST]):
            gap = (start - partner.days.start).days  # type: ignore[union-attr, operator]
            how = "a year before" if 350 <= gap <= 380 else "before" if n == 0 else "earlier"
            if partner.days is not None and _years(partner.days) & told:
                how += ", said"
            yield how, partner
        later = [p for p in series if p not in before]
        for partner in later[:3]:
            yield "later", partner
    same = [
        p for p in book.by_measure.get(anchor.measure, ())
        if p.series != anchor.series and p.row.key != anchor.row.key
        and (p.days is None or days is None or p.days.meets(days))
    ]  # fmt: skip
    same.sort(key=lambda p: not (levels.place(p).startswith("same") or levels.name(p).startswith("named")))
    for partner in same[:_MOST]:
        said = levels.place(partner).startswith("same") or levels.name(partner).startswith("named")
        yield ("another's, named" if said else "another's"), partner
    beside = [
        p for p in book.by_place.get(anchor.places[:1], ())
        if p.measure != anchor.measure and p.row.unit == anchor.row.unit
        and p.days is not None and days is not None and p.days.meets(days)
    ]  # fmt: skip
    beside.sort(key=lambda p: -levels.score(p))
    for partner in beside[:_MOST]:
        yield "another measure", partner


def _forms(one: Decimal, other: Decimal, frame: Frame) -> Iterator[tuple[Form, Decimal]]:
    comparison = frame.claim.comparison
    if comparison is not None and comparison.relation in ("greater", "less"):
        yield "greater" if comparison.relation == "greater" else "less", one - other
        return
    yield "difference", abs(one - other)
    if other:
        yield "change", 100 * abs(one - other) / abs(other)
        yield "ratio", one / other
        if 0 < one <= other:
            yield "share", 100 * one / other


def _admits(frame: Frame) -> Callable[[Form, Decimal], bool | None] | None:
    """Whether the claim's number admits what rows give in a form; None where it is of another form."""
    claim = frame.claim
    comparison, own = claim.comparison, claim.quantity
    if comparison is not None and comparison.relation in ("greater", "less"):
        return lambda form, value: (value > 0) == (form == "greater") if value else None
    if comparison is not None and comparison.relation in ("difference", "ratio", "change", "share", "sum"):
        low, high = comparison.low, comparison.high
        percent = comparison.relation in ("change", "share")
        return lambda form, value: (
            True if form == comparison.relation and _within(value, low, high, 100 if percent else 1) else None
        )
    if own is None or own.kind in ("ordinal", "age", "duration") or own.comparator == "vague":
        return None
    share = own.kind == "percent"
    fraction = own.kind == "number" and own.value is not None and 0 < own.value < 1

    def plain(form: Form, value: Decimal) -> bool | None:
        if form in ("greater", "less"):
            return None
        many = Decimal(1)
        if form in ("change", "share"):
            if not share and not fraction:
                return None
            many = Decimal(100) if fraction else many
        elif (
            (form == "difference" and fraction)
            or (form == "ratio" and (share or fraction or own.kind != "number" or (own.value or 0) > 60))
            or (form == "sum" and fraction)
        ):
            return None
        return True if _within(value, own.low, own.high, many) else None

    return plain


def _within(value: Decimal, low: Decimal | None, high: Decimal | None, many: Decimal | int) -> bool:
    """Whether a number lies between two ends, each with half a unit of its last digit more."""
    if low is None and high is None:
        return False
    least = None if low is None else low * many - _half(low * many)
    most = None if high is None else high * many + _half(high * many)
    return (least is None or value >= least) and (most is None or value <= most)


def _half(end: Decimal) -> Decimal:
    exponent = end.normalize().as_tuple().exponent
    return Decimal(5).scaleb(min(0, exponent if isinstance(exponent, int) else 0) - 1)


def _digits(frame: Frame) -> int:
    own = frame.claim.quantity
    return 0 if own is None else min(4, digits(own.value if own.value is not None else own.low))


def _cues(frame: Frame) -> frozenset[str]:
    """The forms of which words stand beside the claim's number, or in its own words."""
    own = frame.claim.quantity
    start = frame.at
    end = frame.claim.end if own is None else own.wide.end
    words = frame.words
    first, last = words.index(start), words.index(end)
    near = {
        w.stem for w in words[max(0, first - _BESIDE) : last + _BESIDE] if frame.start <= w.start < frame.end
    }
    return frozenset(
        form for form in ("difference", "change", "ratio", "share", "sum") if near & _stems(form)
    )


@cache
def _stems(form: str) -> frozenset[str]:
    return frozenset(root(word) for word in words_of("linking_words", form))
