"""Many rows compared with a claim at once: what several of them hold alike in a slot is compared once.

The levels are those of `levels.py`, row by row the same; here a slot is asked once for each thing that rows
hold there, and what most rows say to a number, that they are far from it, is found for all of them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from claimcheck.judging.judge import is_bare_beside
from claimcheck.judging.relations import as_rows_have_it, comparable, in_unit
from claimcheck.linking.levels import APART, SLOTS, Levels, is_slip, said_by
from claimcheck.linking.rows import Book, Portrait, digits_of
from claimcheck.linking.weights import START, Weights
from claimcheck.model import Interval

_HELD: dict[str, Callable[[Portrait], Hashable]] = {
    "unit": lambda p: p.row.unit, "time of a series": lambda p: (p.days, p.series),
    "year": lambda p: p.days, "place": lambda p: p.places, "read place": lambda p: p.places,
    "actor": lambda p: p.actor, "read actor": lambda p: p.actor,
    "source": lambda p: p.source, "name": lambda p: p.names, "cells": lambda p: p.cells,
    "measure": lambda p: p.measure, "against": lambda p: p.measure,
    "counted": lambda p: (p.measure, p.row.unit), "words": lambda p: p.words,
    "words before": lambda p: p.words, "kind": lambda p: p.row.kind,
    "row": lambda p: (p.row.package, p.row.key),
    "nothing": lambda p: None,
}  # fmt: skip
"""What of a row each slot compares; the rows of which it is the same have the same level."""
_ROUNDED = 0.11, 0.5
"""By how much of itself, and by how much at all, a row's number may be rounded before it is compared."""
_LIMITS = [limit for limit, _ in APART[:-1]]
Slot = tuple[list[str], np.ndarray]
"""The levels that a slot gives, and which of them each row has."""


class Columns:
    """Rows, and for each slot which of them hold the same there."""

    def __init__(self, rows: Sequence[Portrait]) -> None:
        self.rows = rows
        self._held: dict[str, tuple[np.ndarray, list[Portrait]]] = {}

    def held(self, what: str) -> tuple[np.ndarray, list[Portrait]]:
        """For each row the number of what it holds, and one row for each such number."""
        known = self._held.get(what)
        if known is None:
            of, numbers, first = _HELD[what], dict[Hashable, int](), list[Portrait]()
            which = np.empty(len(self.rows), dtype=np.int32)
            for n, row in enumerate(self.rows):
                key = of(row)
                number = numbers.get(key)
                if number is None:
                    number = numbers[key] = len(first)
                    first.append(row)
                which[n] = number
            known = self._held[what] = which, first
        return known

    @cached_property
    def spans(self) -> np.ndarray:
        """The least and the most that each row states, and the number by which it is told apart: 3 × rows."""
        return np.array([row.span for row in self.rows], dtype=float).reshape(-1, 3).T

    @cached_property
    def digits(self) -> dict[int, list[tuple[int, str]]]:
        """The rows by how many digits their number has, with these digits."""
        out: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for n, row in enumerate(self.rows):
            if row.digits:
                out[len(row.digits)].append((n, row.digits))
        return out

    @cached_property
    def by_word(self) -> dict[str, np.ndarray]:
        """Of the bags of words that rows hold, those with a word, by their numbers."""
        found: dict[str, list[int]] = defaultdict(list)
        for n, row in enumerate(self.held("words")[1]):
            for word in row.words:
                if not word.startswith("="):
                    found[word].append(n)
        return {word: np.array(numbers) for word, numbers in found.items()}


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
            part = np.array([weights.of(total, slot, name) for name in names])[which]
            sums += part
            if slot == "value":
                value = part
        return sums, value


def columns_of(book: Book, of_number: bool) -> Columns:
    """The rows of a book that a number, or a date, may mean."""
    known: Columns | None = book.columns.get(of_number)
    if known is None:
        known = book.columns[of_number] = Columns(book.numbers if of_number else book.dated)
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
            which, first = columns.held(_what(slot, levels))
            slots[slot] = [level(levels, row) for row in first], which
    return Compared(levels, columns.rows, slots)


def _what(slot: str, levels: Levels) -> str:
    if slot == "time":
        return "nothing" if not levels.of_number else "time of a series"
    if slot == "numbers beside":
        return "nothing" if levels.of_number else "row"
    return "row" if slot == "value" else slot


def _words(levels: Levels, columns: Columns, slot: str) -> Slot:
    which, first = columns.held(slot)
    sums = np.zeros(len(first))
    for word, rarity in levels.rare_words(slot == "words before"):
        numbers = columns.by_word.get(word)
        if numbers is not None:
            sums[numbers] += rarity
    return [levels.words_level(row, total) for row, total in zip(first, sums.tolist(), strict=True)], which


def _values(levels: Levels, columns: Columns) -> Slot:
    """How the claim's number meets each row's: those that it may meet are asked one by one."""
    names: dict[str, int] = {name: n for n, (_, name) in enumerate(APART)}
    out = np.full(len(columns.rows), -1, dtype=np.int32)
    least, most, theirs = columns.spans
    unit_of, units = columns.held("unit")
    for n, row in enumerate(units):
        mine = (unit_of == n) & np.isfinite(theirs)
        told = as_rows_have_it(levels.claim, row.row.unit)
        own = told.quantity
        assert own is not None
        if row.row.unit is not None and not comparable(own, row.row.unit):
            out[mine] = names.setdefault("another unit", len(names))
            continue
        claim = in_unit(told, [row.row.unit])
        interval = claim.interval or Interval(None, None)
        value = claim.quantity.value if claim.quantity is not None else None
        if value is None:
            value = interval.low if interval.low is not None else interval.high
        if value is None or not value.is_finite():
            continue
        low = -np.inf if interval.low is None else float(interval.low)
        high = np.inf if interval.high is None else float(interval.high)
        share, plain = _ROUNDED
        with np.errstate(invalid="ignore", divide="ignore"):
            apart = (most + share * abs(most) + plain < low) | (least - share * abs(least) - plain > high)
            number = float(value)
            ratio = abs(np.log(abs(theirs)) - np.log(abs(number))) if number else np.full(len(out), np.inf)
        ratio[theirs * number <= 0] = np.inf
        chosen = mine & apart
        if told is levels.claim and is_bare_beside(own, row.row.unit):
            out[chosen] = names.setdefault("another unit", len(names))
            continue
        out[chosen] = np.searchsorted(_LIMITS, ratio[chosen], side="right")
        written = digits_of(value)
        for at, digits in columns.digits.get(len(written), ()):
            if chosen[at] and is_slip(written, digits):
                out[at] = names.setdefault("slip", len(names))
    for at in np.flatnonzero(out < 0).tolist():
        out[at] = names.setdefault(levels.value(columns.rows[at]), len(names))
    return list(names), out
