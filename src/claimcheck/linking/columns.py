"""Many claims compared with many rows at once: a slot is asked once for all pairs that are alike in it.

The levels are those of `levels.py`, pair by pair the same. Pairs stand in arrays, and what rows hold is
numbered once; a slot is asked for each claim and each thing that its rows hold there. What no text says is
alike to a claim whatever it is, so of places, names and cells only those that are said are asked one by one.
Times and numbers are compared by arithmetic, all pairs together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from math import inf, log, nan
from typing import Any

import numpy as np

from claimcheck.linking.levels import APART, ASKED, MONTH, SLOTS, YEAR, Levels, said_by, slips, written
from claimcheck.linking.lexis import Value
from claimcheck.linking.rows import Book, Portrait, digits_of
from claimcheck.linking.weights import START, Weights
from claimcheck.model import Evidence, Period

_HELD: dict[str, Callable[[Portrait], Hashable]] = {
    "unit": lambda p: p.row.unit, "days": lambda p: p.days, "digits": lambda p: p.digits,
    "days of a series": lambda p: (p.days, p.series),
    "places": lambda p: p.places, "place": lambda p: p.places[:1],
    "actor": lambda p: p.actor, "source": lambda p: p.source,
    "names": lambda p: p.names, "cells": lambda p: p.cells, "measure": lambda p: p.measure,
    "measure and unit": lambda p: (p.measure, p.row.unit), "words": lambda p: p.words,
    "kind": lambda p: (p.row.kind, bool(p.parts), p.row.confidence), "rank": lambda p: p.row.number,
    "row": lambda p: (p.row.package, p.row.key),
    "dates": lambda p: (p.days, p.row.first, p.row.last, p.row.name, p.row.names),
}  # fmt: skip
"""What of a row slots compare; the rows of which it is the same have the same level."""
_COMPARED = {
    "unit": "unit", "place": "places", "read place": "places", "actor": "actor", "read actor": "actor",
    "source": "source", "name": "names", "cells": "cells", "measure": "measure", "against": "measure",
    "counted": "measure and unit", "kind": "kind", "rank": "rank", "value": "dates", "words": "words",
    "words before": "words", "year": "days", "numbers beside": "row",
}  # fmt: skip
"""Which of these each slot compares."""
_SHAPES: dict[str, Callable[[Portrait, Book], Hashable]] = {
    "places": lambda p, book: (bool(p.places), bool(book.wider(p))),
    "actor": lambda p, book: p.actor is None, "source": lambda p, book: p.source is None,
    "names": lambda p, book: bool(p.names), "cells": lambda p, book: tuple(v.slot for v in p.cells),
    "row": lambda p, book: None, "words": lambda p, book: bool(p.words),
}  # fmt: skip
"""What of a row makes a level where the text says nothing that the row holds."""
_VALUES: dict[str, Callable[[Portrait, Book], Iterable[Hashable]]] = {
    "places": lambda p, book: {*p.places, *book.wider(p)}, "names": lambda p, book: p.names,
    "actor": lambda p, book: () if p.actor is None else (p.actor,), "cells": lambda p, book: p.cells,
    "source": lambda p, book: () if p.source is None else (p.source,),
    "row": lambda p, book: ((p.row.package, p.row.key),), "words": lambda p, book: p.words,
}  # fmt: skip
"""The values by which a text says what a row holds."""
PAIRS = 20_000
"""Pairs that are compared at once, some 100 bytes each, and ten times as many of rows: what a processor has
near it."""
_SPARSE = 8
"""How many times as many numbers as pairs there may be for them to be counted in an array."""
_FAR = 10_000_000  # days: an end that is open
_LIMITS = [limit for limit, _ in APART[:-1]]


class Line(dict[str, str]):
    """The levels of pairs by slot: those of equal levels share one, and it stands for itself."""

    __slots__ = ()
    __hash__ = object.__hash__  # type: ignore[assignment]  # never changed


@lru_cache(maxsize=1 << 13)
def _line(levels: tuple[str, ...]) -> Line:
    """The levels, given in the order of the slots, by slot."""
    return Line(zip(SLOTS, levels, strict=True))


Slot = tuple[list[str], np.ndarray]
"""The levels that a slot gives, and which of them each row has."""
_Groups = tuple[list[int], list[int], np.ndarray]
"""(of each group of pairs the claim of one, its row, and of each pair which group it is of)"""
Ranked = tuple[list[int], list[float], list[float], list[float]]
"""(places of rows, sums, sums without the number, probabilities)"""


def _among(known: Sequence[int] | np.ndarray, asked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which of numbers are among those known, in order; and the place of each there."""
    if not len(known):
        return np.zeros(len(asked), dtype=bool), np.zeros(len(asked), dtype=np.int64)
    numbers = np.asarray(known)
    at = np.searchsorted(numbers, asked)
    at[at == len(numbers)] = 0
    return numbers[at] == asked, at


def ranges(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """The numbers from each first to before its last, one behind the other."""
    lengths = last - first
    return np.asarray(np.arange(lengths.sum()) + np.repeat(first - np.cumsum(lengths) + lengths, lengths))


class _Held:
    """What rows hold in a slot: of each row its number, of each number a row; with what the text must say for
    a level of its own, and the number of its shape where it does not."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.which = np.empty(0, dtype=np.int64)
        self.first: list[Portrait] = []
        self.numbers: dict[Hashable, int] = {}
        self.shapes: dict[Hashable, int] = {}
        self.shape = np.empty(0, dtype=np.int64)
        self.by_value: dict[Hashable, set[int]] = defaultdict(set)
        self.inner: dict[Value, set[int]] = defaultdict(set)

    def note(self, rows: Sequence[Portrait], book: Book) -> None:
        """Number what further rows hold."""
        of, numbers, begun = _HELD[self.what], self.numbers, len(self.first)
        which = []
        for row in rows:
            which.append(number := numbers.setdefault(of(row), len(numbers)))
            if number == len(self.first):
                self.first.append(row)
        self.which = np.concatenate((self.which, np.array(which, dtype=np.int64)))
        new = self.first[begun:]
        if self.what in _SHAPES:
            shape, values = _SHAPES[self.what], _VALUES[self.what]
            shapes = [self.shapes.setdefault(shape(row, book), len(self.shapes)) for row in new]
            self.shape = np.concatenate((self.shape, np.array(shapes, dtype=np.int64)))
            for n, row in enumerate(new, begun):
                for value in values(row, book):
                    self.by_value[value].add(n)
                if self.what == "places" and row.places:
                    self.inner[row.places[0]].add(n)


class Columns:
    """Rows, and for each slot which of them hold the same there; more rows can be added behind them."""

    def __init__(self, rows: Iterable[Portrait], book: Book) -> None:
        self.rows, self.book = list(rows), book
        self._held: dict[str, _Held] = {}
        self._spans = np.empty((5, 0))
        self.shown: dict[tuple[int, str], Evidence] = {}
        """Rows as evidence, by their identity and what they say, once shown."""
        self.totals: dict[Hashable, int] = {}
        """Where rows stand that tell what incidents come to."""
        self._days = np.empty((2, 0), dtype=np.int64)

    def held(self, what: str) -> _Held:
        """What all rows hold in a slot."""
        known = self._held.setdefault(what, _Held(what))
        if len(known.which) < len(self.rows):
            known.note(self.rows[len(known.which) :], self.book)
        return known

    def spans(self) -> np.ndarray:
        """For each row what is less than all that it states, what is more, the number by which it is told
        apart, its logarithm, and the number by which others are reckoned: 5 × rows."""
        if (known := self._spans.shape[1]) < len(self.rows):
            least, most, theirs, number = np.array([row.span for row in self.rows[known:]], dtype=float).T
            with np.errstate(invalid="ignore", divide="ignore"):
                more = np.array([least, most, theirs, np.log(abs(theirs)), number])
            self._spans = np.concatenate((self._spans, more), axis=1)
        return self._spans

    def days(self) -> np.ndarray:
        """The first and the last day of each row, open ends far away; of a row without days the last comes
        before the first: 2 × rows."""
        if (known := self._days.shape[1]) < len(self.rows):
            ends = [(_FAR, -_FAR) if row.days is None else _ends(row.days) for row in self.rows[known:]]
            self._days = np.concatenate((self._days, np.array(ends, dtype=np.int64).T), axis=1)
        return self._days

    def meant(self, at: np.ndarray, of_number: bool) -> np.ndarray:
        """Of rows in the order of their keys those that a number may mean; or a date, each key once."""
        if of_number:
            return np.asarray(at[~np.isnan(self.spans()[2, at])])
        begun, ended = self.days()[:, at]
        at = at[begun <= ended]
        return np.asarray(at[np.diff(self.held("row").which[at], prepend=-1) != 0])


@dataclass(frozen=True)
class Chosen:
    """Those of rows that a claim may mean, by their places."""

    whole: Columns
    at: np.ndarray

    @cached_property
    def rows(self) -> list[Portrait]:
        """The rows that the claim may mean."""
        return list(map(self.whole.rows.__getitem__, self.at.tolist()))


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim's levels with every row: a part of what was compared together."""

    of: Levels
    rows: Sequence[Portrait]
    batch: Batch
    first: int

    @property
    def _mine(self) -> slice:
        return slice(self.first, self.first + len(self.rows))

    def levels(self, n: int) -> Line:
        """The levels of a row by its number."""
        return self.batch.levels([self.first + n])[0]

    def met(self, places: Sequence[int]) -> list[tuple[Portrait, Line, str]]:
        """Some of the rows with their levels, and what each says by arithmetic alone."""
        found, lines = [self.rows[n] for n in places], self.batch.levels([self.first + n for n in places])
        if self.of.of_number:
            return [(row, line, said_by(line["value"])) for row, line in zip(found, lines, strict=True)]
        return [(row, line, self.of.relation(row)) for row, line in zip(found, lines, strict=True)]

    def sums(self, total: str, weights: Weights) -> tuple[np.ndarray, np.ndarray]:
        """The sum of each row, and what its number adds to it."""
        sums, value = self.batch.sums(total, weights)
        return sums[self._mine], value[self._mine]

    def likeliest(self, total: str, weights: Weights, many: int) -> Ranked:
        """The first of the rows."""
        return self.batch.likeliest(total, weights, many)[self.first] if self.rows else ([], [], [], [])


class Batch:
    """The levels of many claims, each with its rows: pair behind pair."""

    def __init__(self, slots: dict[str, Slot], starts: Sequence[int]) -> None:
        """`starts`: the first pair of each claim that has any."""
        self.slots, self._starts = slots, starts
        self._sums: dict[tuple[str, Weights], tuple[np.ndarray, np.ndarray]] = {}
        self._likeliest: dict[tuple[str, Weights, int], dict[int, Ranked]] = {}
        self._levels: dict[bytes, Line] = {}

    @cached_property
    def _lines(self) -> np.ndarray:
        lines = np.array([which for _, which in self.slots.values()]).T.astype(np.int16, order="C")
        return lines.view(f"V{2 * len(self.slots)}")[:, 0]

    def levels(self, pairs: Sequence[int]) -> list[Line]:
        """The levels of pairs."""
        keys: list[bytes] = self._lines[pairs].tolist() if self.slots else []  # no claim has any row
        for key in keys:
            if key not in self._levels:
                levels = zip(self.slots.values(), np.frombuffer(key, np.int16).tolist(), strict=True)
                self._levels[key] = _line(tuple([names[which] for (names, _), which in levels]))
        return [self._levels[key] for key in keys]

    def sums(self, total: str, weights: Weights) -> tuple[np.ndarray, np.ndarray]:
        """The sum of each pair, and what the number adds to it."""
        if (total, weights) not in self._sums:
            sums = np.full(len(self.slots["value"][1]), weights.of(total, START, ""))
            for slot, (names, which) in self.slots.items():
                part = np.array([weights.of(total, slot, name) for name in names])[which]
                sums += part
                if slot == "value":
                    value = part
            self._sums[total, weights] = sums, value
        return self._sums[total, weights]

    def likeliest(self, total: str, weights: Weights, many: int) -> dict[int, Ranked]:
        """The first rows of each claim, by where its pairs begin, by a sum and by that without the number."""
        key = total, weights, many
        if key not in self._likeliest:
            sums, value = self.sums(total, weights)
            found = likeliest(sums, sums - value, self._starts, many)
            self._likeliest[key] = dict(zip(self._starts, found, strict=True))
        return self._likeliest[key]


def likeliest(sums: np.ndarray, bare: np.ndarray, starts: Sequence[int], many: int) -> list[Ranked]:
    """Of claims whose rows begin at `starts` the first rows by their sums, and by those without the number,
    the likeliest first: their places among the claim's rows, sums, bare sums, and probabilities."""
    if not len(sums):
        return []
    begin = np.array(starts)
    claim = np.repeat(np.arange(len(begin)), np.diff(begin, append=len(sums)))
    most = np.maximum(0.0, np.maximum.reduceat(sums, begin))
    parts = np.exp(sums - most[claim])
    share = parts / (np.add.reduceat(parts, begin) + np.exp(-most))[claim]
    first = np.zeros(len(sums), dtype=bool)
    for one in (bare, share):
        order = np.lexsort((-one, claim))
        first[order[np.arange(len(sums)) - begin[claim] < many]] = True
    at = order[first[order]]
    stated = [(at - begin[claim[at]]).tolist(), *(one[at].tolist() for one in (sums, bare, share))]
    cuts = [*np.searchsorted(claim[at], np.arange(len(begin))).tolist(), len(at)]
    return [tuple(one[a:b] for one in stated) for a, b in pairwise(cuts)]


def columns_of(book: Book, of_number: bool) -> Chosen:
    """The rows of a book that a number, or a date, may mean."""
    known: Chosen | None = book.columns.get(of_number)
    if known is None:
        whole, at = whole_of(book)
        known = book.columns[of_number] = Chosen(whole, whole.meant(at, of_number))
    return known


def whole_of(book: Book) -> tuple[Columns, np.ndarray]:
    """The columns that hold a book's rows, and where these are in them."""
    if book.whole is None:
        book.whole = Columns(book.portraits, book), np.arange(len(book.portraits))
    whole: tuple[Columns, np.ndarray] = book.whole
    return whole


def compare(levels: Levels, chosen: Chosen) -> Compared:
    """The levels of a claim with every row, as `SLOTS` give them one by one."""
    return compare_all([levels], [chosen])[0]


def compare_all(asked: Sequence[Levels], chosen: Sequence[Chosen]) -> list[Compared]:
    """The same of many claims, each with its rows; all give a number, or none does, and all rows are of the
    same columns."""
    lengths = [len(one.at) for one in chosen]
    slots = _Pairs(asked, chosen).slots() if any(lengths) else {}
    starts = list(accumulate(lengths, initial=0))
    batch = Batch(slots, [start for start, many in zip(starts, lengths, strict=False) if many])
    return [Compared(of, one.rows, batch, at) for of, one, at in zip(asked, chosen, starts, strict=False)]


class _Pairs:
    """Pairs of claims and rows: `claim` and `row` are their numbers."""

    def __init__(self, asked: Sequence[Levels], chosen: Sequence[Chosen]) -> None:
        self.asked, self.chosen, self.whole = asked, chosen, chosen[0].whole
        self.of_number = asked[0].of_number
        self.claim = np.repeat(np.arange(len(asked)), [len(one.at) for one in chosen])
        self.row = np.concatenate([one.at for one in chosen])
        self._sets: dict[str, list[set[int]]] = {}
        self._known: dict[Hashable, _Groups] = {}

    def slots(self) -> dict[str, Slot]:
        """The levels of each slot."""
        return {slot: self._slot(slot, level) for slot, level in SLOTS.items()}

    def _slot(self, slot: str, level: Callable[[Levels, Portrait], str]) -> Slot:
        if slot == "value" and self.of_number:
            return self._values()
        groups = self._times() if slot == "time" and self.of_number else self._groups(slot)
        return self._of(groups, level)

    def _groups(self, slot: str) -> _Groups:
        """Which pairs are alike in a slot: those of claims that give the same to compare, with rows that hold
        the same."""
        held, asks = self.whole.held(_COMPARED.get(slot, "kind")), ASKED.get(slot)
        many = len(held.first)
        if held.what in _SHAPES and many > 1:
            return self._grouped(self._said(held, slot))
        key = many > 1 and held.what, asks
        if key not in self._known:
            alike = self._asked(asks) * many
            self._known[key] = self._grouped(alike + held.which[self.row] if many > 1 else alike)
        return self._known[key]

    def _asked(self, asks: Callable[[Levels], Hashable] | None) -> np.ndarray:
        """Of each pair the number of what its claim gives to compare."""
        if asks is None:
            return self.claim
        numbers: dict[Hashable, int] = {}
        alike = [numbers.setdefault(asks(levels), len(numbers)) for levels in self.asked]
        return np.array(alike)[self.claim]

    def _grouped(self, alike: np.ndarray) -> _Groups:
        """Pairs by those that are alike: of each group a claim and a row, and of each pair its group."""
        most = int(alike.max()) + 1
        if most <= _SPARSE * len(alike) + 1000:
            one = np.full(most, -1)
            one[alike] = np.arange(len(alike))
            met = np.flatnonzero(one >= 0)
            numbered = np.empty(most, dtype=np.int64)
            numbered[met] = np.arange(len(met))
            first, which = one[met], numbered[alike]
        else:
            _, first, which = np.unique(alike, return_index=True, return_inverse=True)
        return self.claim[first].tolist(), self.row[first].tolist(), which

    def _of(self, groups: _Groups, level: Callable[[Levels, Portrait], str]) -> Slot:
        """The levels of pairs, each found once for those that are alike."""
        names: dict[str, int] = {}
        asked, rows = self.asked, self.whole.rows
        found = [
            names.setdefault(level(asked[claim], rows[row]), len(names))
            for claim, row in zip(*groups[:2], strict=True)
        ]
        return list(names), np.array(found, dtype=np.int16)[groups[2]]

    def _said(self, held: _Held, slot: str) -> np.ndarray:
        """Numbers of pairs that are alike: of what a claim's rows hold that its text says, or that says or
        holds such, the same one, else one shape."""
        keys: list[int] = []
        own, many = held.which[self.row], len(held.first)
        within: Mapping[Any, frozenset[Value]] = self.whole.book.within if held.what == "places" else {}
        for n, levels in enumerate(self.asked):
            said = levels.values_of(slot)
            met = [held.by_value[value] for value in held.by_value.keys() & said]
            inner = (within[value] & held.inner.keys() for value in said & within.keys())
            met += [held.inner[one] for values in inner for one in values]
            if met:
                mine = self._own(held)[n]
                keys += sorted(n * many + number for number in set().union(*(one & mine for one in met)))
        stated, at = _among(keys, self.claim * many + own)
        return np.where(stated, at, len(keys) + self.claim * len(held.shapes) + held.shape[own])

    def _own(self, held: _Held) -> list[set[int]]:
        """What each claim's rows hold, as numbers."""
        if held.what not in self._sets:
            own = held.which[self.row].tolist()
            ends = list(accumulate((len(one.at) for one in self.chosen), initial=0))
            self._sets[held.what] = [set(own[a:b]) for a, b in pairwise(ends)]
        return self._sets[held.what]

    def _times(self) -> _Groups:
        """By how the ends of times lie to those of rows, and how far; without a time of the claim row by
        row."""
        asked, held = self.asked, self.whole.held("days of a series")
        own = np.array([(_FAR, -_FAR) if x.period is None else _ends(x.period) for x in asked]).T
        first, last = own[:, self.claim]
        begun, ended = self.whole.days()[:, self.row]
        gap = np.where(ended < first, first - ended, begun - last)
        ends = 4 + np.sign(begun - first) + 3 * np.sign(ended - last)  # the claim's beside the row's
        lies = ends + 9 * (np.searchsorted((0, MONTH, YEAR), gap) + 4 * (ended < begun))
        each = np.array([x.period is None for x in asked])[self.claim]
        alone = self.claim * len(held.first) + held.which[self.row]
        return self._grouped(np.where(each, 72 * len(asked) + alone, 72 * self._asked(ASKED["time"]) + lies))

    def _values(self) -> Slot:
        """How a claim's number meets each row's: those that it may meet are asked one by one."""
        rows = self.whole.rows
        claims, ofs, unit_of = self._groups("unit")
        asked = [_in(rows[n].row.unit, self.asked[claim]) for claim, n in zip(claims, ofs, strict=True)]
        least, most, theirs, logarithm = self.whole.spans()[:4, self.row]
        way, low, high, number, own = np.array([one[:-1] for one in asked], dtype=float).T[:, unit_of]
        finite = np.isfinite(theirs)
        apart = finite & (way >= _PLAIN) & ((most < low) | (least > high))
        names = {name: n for n, name in enumerate([*(name for _, name in APART), "another unit", "slip"])}
        out = np.full(len(self.row), -1, dtype=np.int64)
        out[finite & (way == _NEVER)] = names["another unit"]
        with np.errstate(invalid="ignore"):
            ratio = abs(logarithm[apart] - own[apart])
        ratio[(theirs * number)[apart] <= 0] = np.inf
        out[apart] = np.searchsorted(_LIMITS, ratio, side="right")
        out[apart & (way == _BARE)] = names["another unit"]
        plain = np.flatnonzero(apart & (way == _PLAIN))
        out[plain[self._slips([one[-1] for one in asked], unit_of[plain], self.row[plain])]] = names["slip"]
        at = np.flatnonzero(out < 0)
        pairs = zip(self.claim[at].tolist(), self.row[at].tolist(), strict=True)
        out[at] = [names.setdefault(self.asked[claim].value(rows[row]), len(names)) for claim, row in pairs]
        return list(names), out

    def _slips(self, stated: Sequence[str], asked: np.ndarray, row: np.ndarray) -> np.ndarray:
        """Which of pairs have numbers that are one but for a slip; `asked`: which of `stated` are each's
        digits."""
        held = self.whole.held("digits")
        one, other = (written(digits) for digits in (stated, [row.digits for row in held.first]))
        theirs = held.which[row]
        alike = np.flatnonzero((one > 0).sum(axis=1)[asked] == (other > 0).sum(axis=1)[theirs])
        return np.asarray(alike[slips(one[asked[alike]], other[theirs[alike]])])


def _ends(days: Period) -> tuple[int, int]:
    return (
        -_FAR if days.start is None else days.start.toordinal(),
        _FAR if days.end is None else days.end.toordinal(),
    )


_ASK, _NEVER, _PLAIN, _BARE = range(4)
"""How rows of a unit are compared: each by itself, not at all, by their numbers, or without the unit."""


def _in(unit: str | None, levels: Levels) -> tuple[int, float, float, float, float, str]:
    """How a claim's number is compared with rows of a unit: its ends in it, the number by which it is told
    apart, that one's logarithm and its digits."""
    own = levels.number_in(unit)
    if own is None or own.value is None or not own.value.is_finite():
        return (_NEVER if own is None else _ASK), nan, nan, nan, nan, ""
    interval, number = own.interval, float(own.value)
    low = -inf if interval.low is None else float(interval.low)
    high = inf if interval.high is None else float(interval.high)
    way = _BARE if own.is_bare else _PLAIN
    return way, low, high, number, log(abs(number)) if number else -inf, digits_of(own.value)
