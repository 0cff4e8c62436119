"""Numbers that two rows give together: a difference, a share, how many times as much.

A row that a claim may mean stands beside its partners: the same series at another time, the same measure
of another place or body, another measure of the same place and time. What they give together is compared
with the claim's number; how such a pair was met has levels, and the levels weights, as those of a row have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain, combinations, pairwise
from math import inf, nan
from typing import Literal, NamedTuple

import numpy as np

from claimcheck.frames import Frame
from claimcheck.judging.relations import SPANS, in_unit
from claimcheck.lexicon import words_of
from claimcheck.linking.columns import Columns, ranges
from claimcheck.linking.levels import SLOTS, Levels, digits, years_of
from claimcheck.linking.rows import ALIKE, Book, Portrait, begins
from claimcheck.model import Claim, Likely, Mention
from claimcheck.syntax.stems import root

Form = Literal["difference", "change", "ratio", "share", "length", "place", "sum", "operands"]
ANCHORS = 6
"""Rows, the likeliest but for their number, of which is looked for what they give with others."""
_SAID = 4  # more of them, that tell a number which the text gives
_LEAST_SAID = 10  # such a number: smaller ones stand in many rows
_BESIDE = 5  # words on either side of a number among which its cues stand
_MOST = 6  # partners of a kind
_ROWS = 500  # rows of a measure that are added up; of more, none
_ROOM = 1e-9
"""By how much of the numbers a rough reckoning may be wrong, and more."""
_ROUGHLY: Mapping[Form, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "difference": lambda one, other: abs(one - other),
    "change": lambda one, other: 100 * abs(one - other) / abs(other),
    "ratio": lambda one, other: one / other, "share": lambda one, other: 100 * (one / other),
}  # fmt: skip
"""What two numbers give in a form."""
_Ends = tuple[Decimal | None, Decimal | None]
_SHARES = (0.9, 0.8, 0.6, 0.4, 0.2, 0.1)
"""Of what the operands of a comparison mean: from which probability on it is another level."""


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
    explanation: str = ""
    share: float | None = None
    """How probable the rows of a comparison's operands are, where these were linked by themselves."""


def computed(levels: Levels, ranked: Sequence[Portrait], known: Reckoned | None = None) -> Iterator[Computed]:
    """What the rows that a claim may mean, the likeliest first, give together with their partners.

    Only what the claim's number admits is given. `known`: what `reckoned` gives for these rows.
    """
    yield from _lengths(levels)
    yield from _places_in_series(levels)
    yield from _sums(levels, ranked)
    if known is None:
        known = [{id(p): p for p in levels.book.portraits if p.number is not None}] * len(ranked)
    admits = admitted(frame := levels.frame) if any(known) else None
    if admits is None:
        return
    cues, many = _cues(frame), str(_digits(frame))
    for at, (anchor, mates) in enumerate(zip(ranked, known, strict=True)):
        one = anchor.number
        for how, partner in _partners(anchor, levels, mates) if one is not None else ():
            other = partner.number if id(partner) in mates else None
            if one is None or other is None:
                continue
            for form, value in _forms(one, other):
                if _within(value, admits.get(form)) is None:
                    continue
                found = {
                    "form": form, "cue": f"{form}, {'said' if form in cues else 'not said'}",
                    "partner": how, "partner, form": f"{form}, {how}",
                    "other cue": "said" if cues - {form} else "not said", "digits": many,
                    **_met(levels, anchor, ("time", "place", "measure", "against")),
                    **_met(levels, partner, ("place", "year", "name", "cells"), "their "),
                    "their measure": levels.against(partner),
                    "way": _way(anchor, partner, frame),
                    "agrees": f"{form}, True", "rank": str(min(at, 4)) if at < ANCHORS else "said",
                    "operands": f"{form}, {_said(anchor, frame)} and {_said(partner, frame)}",
                }  # fmt: skip
                yield Computed(form, (anchor, partner), value, True, found, at)


def said_beside(levels: Levels, rows: Sequence[Portrait]) -> list[int]:
    """The rows, by their places, that tell a number which the text gives beside the claim's own or before it:
    those of "31,900 in 2022 and 36,700 in 2023. That is an increase of 15 per cent"."""
    frame = levels.frame
    given = (m.value for m in (*frame.numbers, *frame.numbers_before))
    numbers = {n for n in given if n is not None and abs(n) >= _LEAST_SAID}
    keys = {key for n in numbers for key in levels.book.by_number.get(n, ())}
    return [
        n for n, row in enumerate(rows if keys else ())
        if (row.row.package, row.row.key) in keys and not numbers.isdisjoint(row.numbers)
    ]  # fmt: skip


def anchors(first: Sequence[int], said: Sequence[int], bare: np.ndarray) -> list[int]:
    """The rows, by their places, of which is looked for what they give with others: the `first`, and the
    likeliest of those whose number is `said`."""
    chosen = list(first[:ANCHORS])
    return chosen + sorted({*said}.difference(chosen), key=lambda n: (-bare[n], n))[:_SAID]


def _met(levels: Levels, row: Portrait, slots: Sequence[str], whose: str = "") -> dict[str, str]:
    """The levels of some slots of a row; `whose` goes before the slots' names."""
    return {whose + slot: SLOTS[slot](levels, row) for slot in slots}


def _places_in_series(levels: Levels) -> Iterator[Computed]:
    """Whether an event has the number in its series that a claim gives as an ordinal: "the 29th Lantern
    Festival"."""
    own = levels.claim.quantity
    if own is None or own.kind != "ordinal" or own.value is None:
        return
    rows = (p for p in levels.book.dated if p.row.kind == "event" and p.row.number is not None)
    for at, (much, row) in enumerate(_nearest(levels, rows, _MOST)):
        number = Decimal(row.row.number or 0)
        agrees = number == own.value
        found = {
            "form": "place", **_met(levels, row, ("name", "words", "words before", "place", "year")),
            "near": f"place, {min(8, much)}", "agrees": f"place, {agrees}", "rank": str(min(at, 4)),
        }  # fmt: skip
        yield Computed("place", (row,), number, agrees, found, 0)


def _sums(levels: Levels, ranked: Sequence[Portrait]) -> Iterator[Computed]:
    """What the rows of a measure come to of which the text tells most, two of them and more, where a word
    says that a number is a sum: "together the two ports moved 11.9 million"."""
    frame, own = levels.frame, levels.claim.quantity
    if own is None or own.kind in ("ordinal", "percent", *SPANS) or "sum" not in _cues(frame):
        return
    ends = None if own.comparator == "vague" else _ends(own.low, own.high, 1)
    given = {m.value for m in (*frame.numbers, *frame.numbers_before)}
    measures = dict.fromkeys(row.measure for row in ranked if row.measure is not None)
    for at, measure in enumerate(measures if ends else ()):
        rows = [p for p in levels.book.alike("measure", measure) if p.number and not p.parts]
        rows = rows if len(rows) <= _ROWS else []
        told = [(3 * (not given.isdisjoint(p.numbers)) + _nearness(levels, p), p) for p in rows]
        told = sorted(told, key=lambda pair: -pair[0])[:_MOST]
        for group in chain(*(combinations(told, many) for many in range(2, len(told) + 1))):
            some, many = tuple(p for _, p in group), len(group)
            value = sum((p.number or Decimal(0) for p in some), Decimal(0))
            if _within(value, ends) is None or len({(p.series, p.days) for p in some}) < many:
                continue  # of two rows of one thing one alone counts
            (least, last), first = group[-1], list(group) == told[:many]
            apart = "times" if len({p.series for p in some}) == 1 else "things"
            found = {
                "form": "sum", "cue": "sum, said", "partner": f"sum, {min(many, 4)} {apart}",
                "partner, form": f"sum, {'of the first' if first else 'of others'}",
                **_met(levels, some[0], ("time", "place", "measure", "against")),
                **_met(levels, last, ("place", "year", "name", "cells"), "their "),
                "unit": f"sum, {'as many' if Decimal(many) in given else 'many not'} said",
                "kind": f"sum, {last.row.kind}", "near": f"sum, {min(8, least)}", "agrees": "sum, True",
                "digits": str(_digits(frame)), "rank": str(min(at, 4)),
            }  # fmt: skip
            yield Computed("sum", some, value, True, found, 0)


def of_operands(likely: Likely, claim: Claim, book: Book) -> Computed | None:
    """What a comparison says of the rows that its operands mean, each linked by itself."""
    found = {(s.row.package or "", f"{s.row.table}:{s.row.row_id}"): s.row.measure for s in likely.rows}
    rows = tuple(
        next((p for p in mine if p.row.measure == measure), mine[0])
        for key, measure in found.items() if (mine := book.alike("key", key))
    )  # fmt: skip
    if not rows or likely.verdict == "conflicting_evidence" or claim.comparison is None:
        return None
    agrees = likely.verdict == "supported"
    share = next((f"at least {least}" for least in _SHARES if likely.probability >= least), "less")
    levels = {
        "form": f"operands, {agrees}", "partner": f"operands, {share}",
        "partner, form": f"operands, {agrees}, {share}",
        "relation": f"operands, {claim.comparison.relation}, {agrees}", "agrees": f"operands, {agrees}",
    }  # fmt: skip
    number, why = rows[0].number or Decimal(0), likely.explanation
    return Computed("operands", rows, number, agrees, levels, 0, why, likely.probability)


def _said(row: Portrait, frame: Frame) -> str:
    """Whether the text gives a row's number beside the claim's own: "585 million, down 4 per cent"."""
    for where, numbers in (("here", frame.numbers), ("before", frame.numbers_before)):
        if any(_within(row.number, _ends(m.low, m.high, 1)) is not None for m in numbers):
            return where
    return "not said"


def _way(anchor: Portrait, partner: Portrait, frame: Frame) -> str:
    """Whether a number went up or down from one row of a series to the next as the claim says."""
    comparison = frame.claim.comparison
    apart = (anchor.number or Decimal(0)) - (partner.number or Decimal(0))
    if comparison is None or comparison.relation not in ("difference", "change") or not apart:
        return "not said"
    if anchor.series == partner.series and begins(anchor) < begins(partner):
        apart = -apart
    return "as said" if (apart > 0) == (comparison.way == "greater") else "the other way"


def _lengths(levels: Levels) -> Iterator[Computed]:
    """How long something in a dated row went on, goes on, or came after another, where that is what the claim
    says: "the strike ended after three weeks"."""
    frame, own = levels.frame, levels.claim.quantity
    days = in_unit(frame.claim, ["days"]).quantity if own is not None and own.kind in SPANS else None
    if own is None or days is None or days.unit != "day":
        return
    near = _nearest(levels, (p for p in levels.book.dated if p.days is not None), 2 * _MOST)
    cue = f"length, {'said' if 'length' in _cues(frame) else 'not said'}"
    now = frame.written
    for at, (much, row) in enumerate(near):
        first, last = row.days.start, row.days.end  # type: ignore[union-attr]
        spans: list[tuple[str, Portrait | None, date | None, date | None]] = [
            ("alone", None, first, last), ("until now", None, first, now), ("since its end", None, last, now),
        ]  # fmt: skip
        for _, other in near[: _MOST - 1] if at < _MOST - 1 else ():
            if other is not row and other.days is not None and first is not None:
                begun = other.days.start
                spans += [("to another", other, first, begun), ("from its end", other, last, begun)]
        for how, partner, start, end in spans:
            value = _span(start, end, days, inclusive=how == "alone")
            if value is None:
                continue
            found = {
                "form": "length", "cue": cue, "partner": how, "partner, form": f"length, {how}",
                "digits": str(_digits(frame)),
                **_met(levels, row, ("time", "place", "words", "words before", "name")),
                **_met(levels, partner or row, ("name", "cells", "year"), "their "),
                "kind": f"length, {row.row.kind}", "unit": f"length, {own.unit}",
                "near": f"length, {min(8, much)}", "agrees": "length, True", "rank": str(min(at, 4)),
            }  # fmt: skip
            yield Computed("length", (row, partner) if partner else (row,), value, True, found, 0)


def _span(start: date | None, end: date | None, days: Mention, inclusive: bool) -> Decimal | None:
    """The days from one to another, where a claim's number of days admits so many; of an event from its
    first to its last day both ways of counting are said."""
    if start is None or end is None or end <= start:
        return None
    many = Decimal((end - start).days)
    counts = (many, many + 1) if inclusive else (many,)
    ends = _ends(days.low, days.high, 1)
    return next((n for n in counts if _within(n, ends) is not None), None)


def _nearest(levels: Levels, rows: Iterable[Portrait], many: int) -> list[tuple[int, Portrait]]:
    """The dated rows of which the text says most, with how much that is."""
    return sorted(((_nearness(levels, p), p) for p in rows), key=lambda pair: -pair[0])[:many]


def _nearness(levels: Levels, row: Portrait) -> int:
    """How much of a dated row the text says."""
    name, place, cells = levels.name(row), levels.place(row), levels.cells(row)
    words = {"very many": 4, "many": 3, "some": 2, "few": 1}
    return (
        (3 if name == "named" else 2 if name.startswith("named") else 0)
        + (2 if place.startswith("same") and "carried" not in place else 1 if place.startswith("same") else 0)
        + ("said" in cells and "not said" not in cells)
        + words.get(levels.words(row), 0)
        + words.get(levels.words(row, "words before"), 0) // 2
    )


def _partners(
    anchor: Portrait, levels: Levels, mates: Mapping[int, Portrait]
) -> Iterator[tuple[str, Portrait]]:
    """The rows beside a row, with how they lie to it: before and after it in its series, another's at its
    time, another measure of its place. None where none of `mates` is."""
    days, stated, book = anchor.days, levels.frame.years | levels.frame.years_before, levels.book
    if not mates:
        return

    def alike(what: str, holds: Callable[[Portrait], bool]) -> list[Portrait]:
        return [p for p in book.alike(what, ALIKE[what](anchor)) if holds(p)]

    series = alike("series", lambda p: p is not anchor and p.days is not None)
    if days is not None and days.start is not None:
        before = sorted((p for p in series if date.min < begins(p) < days.start), key=begins, reverse=True)
        for n, partner in enumerate(before[:_MOST]):
            gap = (days.start - begins(partner)).days
            how = "a year before" if 350 <= gap <= 380 else "before" if n == 0 else "earlier"
            yield how + (", said" if years_of(partner.days) & stated else ""), partner
        known = set(map(id, before))
        yield from (("later", partner) for partner in [p for p in series if id(p) not in known][:3])
    same = alike("measure", lambda p: (
        p.series != anchor.series and p.row.key != anchor.row.key
        and (p.days is None or days is None or p.days.meets(days))
    ))  # fmt: skip
    said = [levels.place(p).startswith("same") or levels.name(p).startswith("named") for p in same]
    for is_said, partner in sorted(zip(said, same, strict=True), key=lambda pair: not pair[0])[:_MOST]:
        yield ("another's, named" if is_said else "another's"), partner
    beside = alike("place", lambda p: (
        p.measure != anchor.measure and p.row.unit == anchor.row.unit
        and p.days is not None and days is not None and p.days.meets(days)
    ))  # fmt: skip
    beside.sort(key=lambda p: -levels.score(p))
    for partner in beside[:_MOST]:
        yield "another measure", partner


def _forms(one: Decimal, other: Decimal) -> Iterator[tuple[Form, Decimal]]:
    yield "difference", abs(one - other)
    if other:
        yield "change", 100 * abs(one - other) / abs(other)
        yield "ratio", one / other
        if 0 < one <= other:
            yield "share", 100 * one / other


def admitted(frame: Frame) -> Mapping[Form, _Ends] | None:
    """From the least to the most that the claim's number admits in each form; None where it is of none."""
    claim = frame.claim
    comparison, own = claim.comparison, claim.quantity
    if comparison is not None and comparison.relation in ("difference", "ratio", "change", "share"):
        percent = comparison.relation in ("change", "share")
        ends = _ends(comparison.low, comparison.high, 100 if percent else 1)
        return {} if ends is None else {comparison.relation: ends}
    of_sums = comparison is not None and comparison.relation == "sum"
    if own is None or of_sums or own.kind in ("ordinal", *SPANS) or own.comparator == "vague":
        return None
    share = own.kind == "percent"
    fraction = own.kind == "number" and own.value is not None and 0 < own.value < 1
    plainly = own.kind == "number" and not fraction and (own.value or 0) <= 60
    once, many = _ends(own.low, own.high, 1), _ends(own.low, own.high, 100 if fraction else 1)
    forms: tuple[tuple[Form, bool, _Ends | None], ...] = (
        ("change", share or fraction, many), ("share", share or fraction, many),
        ("difference", not fraction, once), ("ratio", plainly, once),
    )  # fmt: skip
    return {form: ends for form, is_meant, ends in forms if is_meant and ends is not None}


@lru_cache(maxsize=1 << 12)
def _ends(low: Decimal | None, high: Decimal | None, many: int) -> _Ends | None:
    """Two ends, each with half a unit of its last digit more; None where there is neither."""
    least = None if low is None else low * many - _half(low * many)
    most = None if high is None else high * many + _half(high * many)
    return None if least is None and most is None else (least, most)


def _within(value: Decimal | None, ends: _Ends | None) -> Decimal | None:
    """The value where it lies between two ends, None elsewhere."""
    if value is None or ends is None:
        return None
    least, most = ends
    return value if (least is None or value >= least) and (most is None or value <= most) else None


class Asked(NamedTuple):
    """A claim and rows: of `whole` the places of the likeliest (`anchors`), and of all that it may mean."""

    admits: Mapping[Form, _Ends]
    whole: Columns
    anchors: np.ndarray
    rows: np.ndarray


Reckoned = list[Mapping[int, Portrait]]
"""For each row that a claim may mean those that may give an admitted number with it, by their identity."""


def reckoned(asked: Sequence[Asked]) -> list[Reckoned]:
    """What the rows of claims may give together, all being of the same columns: partners found, and reckoned
    roughly, for all pairs at once, so that few are left to be reckoned exactly."""
    whole, many = asked[0].whole, np.array([len(one.rows) for one in asked])
    claim = np.repeat(np.arange(len(asked)), [len(one.anchors) for one in asked])
    anchors, lasts = np.concatenate([one.anchors for one in asked]), many.cumsum()
    row = np.concatenate([one.rows for one in asked])[ranges((lasts - many)[claim], lasts[claim])]
    pair = np.repeat(np.arange(len(claim)), many[claim])
    found = np.flatnonzero(_partly(whole, anchors[pair], row))
    pair, row = pair[found], row[found]
    one, other = whole.spans()[4, anchors[pair]], whole.spans()[4, row]
    may = np.zeros(len(row), dtype=bool)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        room = _ROOM * (abs(one) + abs(other))
        for form, by in _ROUGHLY.items():
            low, high = np.array([_floats(x.admits.get(form)) for x in asked]).T[:, claim[pair]]
            value = by(one, other)
            about = room + _ROOM * abs(value)
            may |= (value >= low - about) & (value <= high + about)
            may |= ~np.isfinite(value) & ~np.isnan(low)  # of what no float holds it is not known
    may &= ~np.isnan(one + other)
    mates: dict[int, dict[int, Portrait]] = defaultdict(dict)
    for n, mate in zip(pair[may].tolist(), row[may].tolist(), strict=True):
        mates[n][id(whole.rows[mate])] = whole.rows[mate]
    known: Reckoned = [mates.get(n, {}) for n in range(len(claim))]
    cuts = np.searchsorted(claim, np.arange(len(asked) + 1)).tolist()
    return [known[first:last] for first, last in pairwise(cuts)]


def _partly(whole: Columns, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Which of pairs of rows may be partners, as `_partners` finds them."""

    def same(what: str) -> np.ndarray:
        which = whole.held(what).which
        return np.asarray(which[one] == which[other])

    (begun, ended), (first, last) = whole.days()[:, one], whole.days()[:, other]
    measure, place = same("measure"), same("place")
    meet = (begun <= last) & (first <= ended)
    silent = (begun > ended) | (first > last)
    return np.asarray((measure & ((place & (one != other)) | meet | silent)) | (place & meet))


@lru_cache(maxsize=1 << 12)
def _floats(ends: _Ends | None) -> tuple[float, float]:
    low, high = (nan, nan) if ends is None else ends
    return -inf if low is None else float(low), inf if high is None else float(high)


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
        form for form in ("difference", "sum", "change", "ratio", "share", "length") if near & _stems(form)
    )


@cache
def _stems(form: str) -> frozenset[str]:
    return frozenset(root(word) for word in words_of("linking_words", form))
