"""Of tables with many rows those that a claim may mean: blocking rules, each a look-up in sorted columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib import resources
from itertools import chain

import numpy as np

from claimcheck.judging.relations import own_period
from claimcheck.linking.columns import Columns
from claimcheck.linking.levels import Levels
from claimcheck.linking.lexis import Said
from claimcheck.linking.rows import Book, Portrait, Tables, read_rows

MOST = 50
"""Rows that a claim is compared with."""
HELD = 100_000
"""Rows that stay in memory for the claims that come, some 3 kB each."""
_MEASURES, _PLACES, _NAMES = 3, 4, 6  # of each so many are asked for
_OF_A_NUMBER, _OF_A_DAY = 20, 30  # rows
_CLOSE = 1e-14
"""By how much of itself a number may differ from a row's that is the same, as both are rounded."""
_LAST = date.max.toordinal() - 1
_CHOSEN = """(
    SELECT row.* FROM linking_chosen JOIN linking_row AS numbered USING (number)
    JOIN reference_row AS row USING (package, resource, row_id, measure)
)"""
_KEYS = "SELECT rule, package, key, min(line), max(line) + 1 FROM linking_keyed GROUP BY ALL"
_SORTED = """
SELECT package, number, {0} AS value FROM linking_row WHERE {1} IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY package, {1} ORDER BY number) <= {2}
ORDER BY package, {1}, number
"""
Key = tuple[str, str]
"""(package, key)"""


class Candidates:
    """The rows of a store that blocking rules bring together with claims."""

    def __init__(self, store: Tables, book: Book) -> None:
        self._store, self._book = store, book
        self._packages = sorted({key[0] for key in book.measures} | {p.row.package for p in book.portraits})
        store.rows(resources.files("claimcheck").joinpath("sql", "linking_candidates.sql").read_text("utf-8"))
        keyed = store.arrays("SELECT number, day FROM linking_keyed ORDER BY line")
        self._number, self._day = keyed["number"].astype(np.int32), keyed["day"].astype(np.int32)
        self._runs = {(rule, package, key): ends for rule, package, key, *ends in store.cells(_KEYS)}
        store.rows("DROP TABLE linking_keyed")
        self._order = store.arrays("SELECT place FROM linking_row ORDER BY number")["place"].tolist()
        self._values = self._sorted("best::DOUBLE", "best", _OF_A_NUMBER)
        self._days = self._sorted("(first_start - DATE '0001-01-01')::DOUBLE", "first_start", _OF_A_DAY)
        self._forget()

    def _sorted(self, value: str, column: str, most: int) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Of each package the values of a column in order, and the first rows of each by their numbers."""
        found = self._store.arrays(_SORTED.format(value, column, most))
        packages, values, numbers = found["package"], found["value"], found["number"]
        return {p: (values[packages == p], numbers[packages == p]) for p in set(packages.tolist())}

    def _forget(self) -> None:
        self._met: dict[int, Portrait | None] = {}
        self._columns = Columns([])

    def books(self, asked: Sequence[Levels]) -> list[Book]:
        """For each claim the book of the rows that it may mean, at most `MOST` of them."""
        if len(self._met) > HELD:
            self._forget()
        found = [self._found(levels) for levels in asked]
        missing = sorted(set(chain.from_iterable(found)) - self._met.keys())
        if missing:
            with self._store.temporary_table("linking_chosen", {"number": "INTEGER"}, ([n] for n in missing)):
                rows = read_rows(self._store, _CHOSEN)
            portraits = self._book.portraits_of(rows, len(self._columns.rows))
            self._columns.rows += filter(None, portraits)
            self._met.update(zip(missing, portraits, strict=True))
        met, order = self._met, self._order.__getitem__
        return [
            self._book.some([row for n in sorted(numbers, key=order) if (row := met[n])], self._columns)
            for numbers in found
        ]

    def _found(self, levels: Levels) -> list[int]:
        """The rows of a claim by their numbers: those that most rules bring together with it."""
        met: dict[int, int] = {}
        for rule in self._rules(levels):
            for number in rule:
                met[number] = met.get(number, 0) + 1
        if len(met) <= MOST:
            return list(met)
        many = len(self._order)
        return [n % many for n in sorted([n - times * many for n, times in met.items()])[:MOST]]

    def _rules(self, levels: Levels) -> Iterator[set[int]]:
        """What each rule gives: by a claim's likeliest measures, its places, names, days and number."""
        near, own, period = levels.said(), levels.claim.quantity, own_period(levels.claim)
        first, last = (None, None) if period is None else (period.start, period.end)
        end = _LAST if last is None else last.toordinal() - 1
        start = end if first is None else first.toordinal() - 1
        places = [place for _, place in _keys(near, "place")[:_PLACES]]
        names = _keys(near, "name", "actor")[:_NAMES]
        measures = levels.measures()[:_MEASURES] if own is not None else []
        packages = {*self._packages, *(package for package, _ in (*names, *measures))}
        both = [(p, f"{measure}\x1f{place}") for p, measure in measures for place in places]
        yield self._beside("measure", both, end, 12) | self._beside("measure", measures, end, 7)
        there = {(package, place) for package, _ in measures for place in places}
        there |= {(p, place) for p in {*self._packages, *(p for p, _ in names)} for place in places[:1]}
        yield self._beside("there", there, start, 7)
        if own is None:
            yield self._beside("when", [(package, "") for package in packages], start, 10)
        yield self._beside("name", names, end, 7)
        value = None if own is None or own.value is None or not own.value.is_finite() else float(own.value)
        if value is not None:
            yield _equal(self._values, packages, value, _CLOSE * abs(value))
        if first is not None:
            yield _equal(self._days, packages, start, 0)

    def _beside(self, rule: str, keys: Iterable[Key], day: int, around: int) -> set[int]:
        """Of the rows of each key those next to a day: so many behind it, twice as many before it."""
        out: set[int] = set()
        for package, key in keys:
            if (ends := self._runs.get((rule, package, key))) is not None:
                at = bisect_right(self._day, day, *ends)
                first, last = max(ends[0], at - 2 * around - 1), min(ends[1], at + around)
                out.update(self._number[first:last].tolist())
        return out


def _equal(
    columns: dict[str, tuple[np.ndarray, np.ndarray]], packages: Iterable[str], value: float, by: float
) -> set[int]:
    """The rows of packages that hold a value, or one that differs `by` so much at most."""
    out: set[int] = set()
    for package in packages:
        if package in columns:
            values, numbers = columns[package]
            first, last = np.searchsorted(values, value - by), np.searchsorted(values, value + by, "right")
            out.update(numbers[first:last].tolist())
    return out


def _keys(near: Sequence[Said], *slots: str) -> list[Key]:
    """The values of slots that a text says, in order, each once, by package and key."""
    found = dict.fromkeys(v.key for s in near for v in sorted(s.values) if v.slot in slots)
    return [(package, key) for package, _, key in (one.partition("|") for one in found)]
