"""Many rows compared with a claim at once: what several of them hold alike in a slot is compared once.

The levels are those of `levels.py`, row by row the same; here a slot is asked once for each thing that rows
hold there, and what most rows say to a number, that they are far from it, is found for all of them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, log, nan

import numpy as np

from claimcheck.judging.judge import is_bare_beside
from claimcheck.judging.relations import as_rows_have_it, comparable, in_unit
from claimcheck.linking.levels import APART, SLOTS, Levels, is_slip, said_by
from claimcheck.linking.rows import Book, Portrait, digits_of
from claimcheck.linking.weights import START, Weights
from claimcheck.model import Claim, Interval

_HELD: dict[str, Callable[[Portrait], Hashable]] = {
    "unit": lambda p: p.row.unit, "days of a series": lambda p: (p.days, p.series), "days": lambda p: p.days,
    "places": lambda p: p.places, "actor": lambda p: p.actor, "source": lambda p: p.source,
    "names": lambda p: p.names, "cells": lambda p: p.cells, "measure": lambda p: p.measure,
    "measure and unit": lambda p: (p.measure, p.row.unit), "words": lambda p: p.words,
    "kind": lambda p: p.row.kind, "row": lambda p: (p.row.package, p.row.key), "nothing": lambda p: None,
}  # fmt: skip
"""What of a row slots compare; the rows of which it is the same have the same level."""
_COMPARED = {
    "unit": "unit", "year": "days", "place": "places", "read place": "places", "actor": "actor",
    "read actor": "actor", "source": "source", "name": "names", "cells": "cells", "measure": "measure",
    "against": "measure", "counted": "measure and unit", "kind": "kind",
}  # fmt: skip
"""Which of these each slot compares."""
_ROUNDED = 0.11, 0.5
"""By how much of itself, and by how much at all, a row's number may be rounded before it is compared."""
_NONE = frozenset[int]()
_NOTHING: Mapping[str, float] = {}
_LIMITS = [limit for limit, _ in APART[:-1]]
Slot = tuple[list[str], np.ndarray]
"""The levels that a slot gives, and which of them each row has."""
Held = tuple[np.ndarray, list[Portrait], Sequence[int]]
"""For each row which of the things held in a slot it has; of each one row, and its number among all rows."""


class Columns:
    """Rows, and for each slot which of them hold the same there; what is known of a row of `whole` columns,
    to which more can be added, is known of it here."""

    def __init__(self, rows: Iterable[Portrait], whole: Columns | None = None) -> None:
        self.rows = list(rows)
        self._whole = whole or self
        self._at = list(range(len(self.rows))) if whole is None else [row.at for row in self.rows]
        self._numbered: dict[str, tuple[list[int], dict[Hashable, int], list[Portrait]]] = {}
        self._held: dict[str, Held] = {}
        self._by_word: dict[str, set[int]] = defaultdict(set)
        self._worded = 0
        self._spans = np.empty((4, 0))

    def held(self, what: str) -> Held:
        """For each row the number of what it holds, and one row for each such number."""
        if what not in self._held:
            which, _, first = self._whole.numbered(what)
            mine = [which[at] for at in self._at] if len(first) > 1 else [0] * len(self._at)
            numbers = {number: n for n, number in enumerate(dict.fromkeys(mine))}
            numbered = np.array([numbers[number] for number in mine], dtype=np.int32)
            self._held[what] = numbered, [first[number] for number in numbers], tuple(numbers)
        return self._held[what]

    def numbered(self, what: str) -> tuple[list[int], dict[Hashable, int], list[Portrait]]:
        """For each row the number of what it holds, these numbers, and one row for each."""
        of = _HELD[what]
        which, numbers, first = known = self._numbered.setdefault(what, ([], {}, []))
        for row in self.rows[len(which) :]:
            which.append(numbers.setdefault(of(row), len(first)))
            if which[-1] == len(first):
                first.append(row)
        return known

    def by_word(self) -> dict[str, set[int]]:
        """Of the bags of words that rows hold, those with a word, by their numbers."""
        whole = self._whole
        bags = whole.numbered("words")[2]
        for n in range(whole._worded, len(bags)):
            for word in bags[n].words:
                whole._by_word[word].add(n)
        whole._worded = len(bags)
        return whole._by_word

    def spans(self) -> np.ndarray:
        """For each row what is less than all that it states, what is more, the number by which it is told
        apart, and its logarithm: 4 × rows."""
        whole = self._whole
        if (known := whole._spans.shape[1]) < len(whole.rows):
            least, most, theirs = np.array([row.span for row in whole.rows[known:]], dtype=float).T
            share, plain = _ROUNDED
            with np.errstate(invalid="ignore", divide="ignore"):
                least, most = least - share * abs(least) - plain, most + share * abs(most) + plain
                more = np.array([least, most, theirs, np.log(abs(theirs))])
            whole._spans = np.concatenate((whole._spans, more), axis=1)
        return whole._spans[:, self._at]

    @cached_property
    def digits(self) -> dict[int, list[tuple[int, str]]]:
        """The rows by how many digits their number has, with these digits."""
        out: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for n, row in enumerate(self.rows):
            if row.digits:
                out[len(row.digits)].append((n, row.digits))
        return out


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim's levels with every row."""

    of: Levels
    rows: Sequence[Portrait]
    slots: dict[str, Slot]

    def relation(self, n: int) -> str:
        """What a row says by arithmetic alone: supports, refutes, neutral."""
        if not self.of.of_number:
            return self.of.relation(self.rows[n])
        names, which = self.slots["value"]
        return said_by(names[which[n]])

    def levels(self, n: int) -> dict[str, str]:
        """The levels of a row by its number."""
        return {slot: names[which[n]] for slot, (names, which) in self.slots.items()}

    def sums(self, total: str, weights: Weights) -> tuple[np.ndarray, np.ndarray]:
        """The sum of each row, and what its number adds to it."""
        sums = np.full(len(self.rows), weights.of(total, START, ""))
        value = np.zeros(len(self.rows))
        for slot, (names, which) in self.slots.items():
            known = weights.slots.get((total, slot), _NOTHING)
            part = np.array([known.get(name, 0.0) for name in names])[which]
            sums += part
            if slot == "value":
                value = part
        return sums, value


def columns_of(book: Book, of_number: bool) -> Columns:
    """The rows of a book that a number, or a date, may mean."""
    known: Columns | None = book.columns.get(of_number)
    if known is None:
        rows = book.numbers if of_number else book.dated
        known = book.columns[of_number] = Columns(rows, book.whole)
    return known


def compare(levels: Levels, columns: Columns) -> Compared:
    """The levels of a claim with every row, as `Levels.of` gives them one by one."""
    if not columns.rows:
        return Compared(levels, (), {})
    slots: dict[str, Slot] = {}
    for slot, level in SLOTS.items():
        if slot == "value" and levels.of_number:
            slots[slot] = _values(levels, columns)
        elif slot in ("words", "words before"):
            slots[slot] = _words(levels, columns, slot)
        else:
            which, first, _ = columns.held(_what(slot, levels))
            slots[slot] = [level(levels, row) for row in first], which
    return Compared(levels, columns.rows, slots)


def _what(slot: str, levels: Levels) -> str:
    if slot == "time":
        return "nothing" if not levels.of_number else "days of a series"
    if slot == "numbers beside":
        return "nothing" if levels.of_number else "row"
    return "row" if slot == "value" else _COMPARED[slot]


def _words(levels: Levels, columns: Columns, slot: str) -> Slot:
    which, first, numbers = columns.held("words")
    sums, by_word = dict.fromkeys(numbers, 0.0), columns.by_word()
    for word, rarity in levels.rare_words(slot == "words before"):
        for number in by_word.get(word, _NONE) & sums.keys():
            sums[number] += rarity
    return [levels.words_level(row, total) for row, total in zip(first, sums.values(), strict=True)], which


def _values(levels: Levels, columns: Columns) -> Slot:
    """How the claim's number meets each row's: those that it may meet are asked one by one."""
    unit_of, units, _ = columns.held("unit")
    asked = [_in(row.row.unit, levels.claim) for row in units]
    least, most, theirs, logarithm = columns.spans()
    way, low, high, number, own = np.array([one[:-1] for one in asked], dtype=float).T[:, unit_of]
    finite = np.isfinite(theirs)
    apart = finite & (way >= _PLAIN) & ((most < low) | (least > high))
    names = {name: n for n, name in enumerate([*(name for _, name in APART), "another unit", "slip"])}
    out = np.full(len(columns.rows), -1, dtype=np.int32)
    out[finite & (way == _NEVER)] = names["another unit"]
    with np.errstate(invalid="ignore"):
        ratio = abs(logarithm[apart] - own[apart])
    ratio[(theirs * number)[apart] <= 0] = np.inf
    out[apart] = np.searchsorted(_LIMITS, ratio, side="right")
    out[apart & (way == _BARE)] = names["another unit"]
    may, units_of = apart.tolist(), unit_of.tolist()
    for written in {one[-1] for one in asked if one[0] == _PLAIN}:
        plain = {n for n, one in enumerate(asked) if one[0] == _PLAIN and one[-1] == written}
        for at, digits in columns.digits.get(len(written), ()):
            if may[at] and units_of[at] in plain and is_slip(written, digits):
                out[at] = names["slip"]
    for at in np.flatnonzero(out < 0).tolist():
        out[at] = names.setdefault(levels.value(columns.rows[at]), len(names))
    return list(names), out


_ASK, _NEVER, _PLAIN, _BARE = range(4)
"""How rows of a unit are compared: each by itself, not at all, by their numbers, or without the unit."""


def _in(unit: str | None, claim: Claim) -> tuple[int, float, float, float, float, str]:
    """How a claim's number is compared with rows of a unit: its ends in it, the number by which it is told
    apart, that one's logarithm and its digits."""
    told = as_rows_have_it(claim, unit)
    own = told.quantity
    assert own is not None
    if unit is not None and not comparable(own, unit):
        return _NEVER, nan, nan, nan, nan, ""
    one = in_unit(told, [unit])
    interval = one.interval or Interval(None, None)
    value = one.quantity.value if one.quantity is not None else None
    if value is None:
        value = interval.low if interval.low is not None else interval.high
    if value is None or not value.is_finite():
        return _ASK, nan, nan, nan, nan, ""
    low = -inf if interval.low is None else float(interval.low)
    high = inf if interval.high is None else float(interval.high)
    number = float(value)
    way = _BARE if told is claim and is_bare_beside(own, unit) else _PLAIN
    return way, low, high, number, log(abs(number)) if number else -inf, digits_of(value)
