"""Of tables with many rows those that a claim may mean: blocking rules, each a look-up in sorted columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib import resources
from itertools import islice, pairwise

import numpy as np

from claimcheck.linking.columns import Columns, ranges
from claimcheck.linking.levels import Levels
from claimcheck.linking.lexis import Said
from claimcheck.linking.rows import Book, Tables, read_rows

MOST = 50
"""Rows that a claim is compared with."""
HELD = 100_000
"""Rows that stay in memory for the claims that come, some 3 kB each."""
RULES = 6
_UNREAD, _SILENT = -1, -2
"""Of a row that is not read yet, and of one that answers no claim, instead of its place among columns."""
_MEASURES, _PLACES, _NAMES = 3, 4, 6  # of each so many are asked for
_OF_A_NUMBER, _OF_A_DAY = 20, 30  # rows
_TOGETHER = 500  # claims whose rows are looked up at once: what a processor has near it
_CLOSE = 1e-14
"""By how much of itself a number may differ from a row's that is the same, as both are rounded."""
_LAST = date.max.toordinal()
_CHOSEN = """(
    SELECT row.* FROM linking_chosen JOIN linking_row AS numbered USING (number)
    JOIN reference_row AS row USING (package, resource, row_id, measure)
)"""
_KEYS = """
SELECT rule, package, key, min(line) AS first, max(line) + 1 FROM linking_keyed GROUP BY ALL ORDER BY first
"""
_VALUES = {
    4: ("best::DOUBLE", "best", _OF_A_NUMBER),
    5: ("(first_start - DATE '0001-01-01')::DOUBLE", "first_start", _OF_A_DAY),
}
"""What the rules of a number and of a day look up: a value, its column, and how many rows of each."""
_SORTED = """
SELECT package, number, {0} AS value FROM linking_row WHERE {1} IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY package, {1} ORDER BY number) <= {2}
ORDER BY package, {1}, number
"""
Key = tuple[str, str]
"""(package, key)"""
Asked = tuple[int, str | None, tuple[float, float, float]]
"""(rule, no package: rows that share a key, by their number, a day, how many rows around it; or a package:
of the values of a column the least and the greatest)"""


class Candidates:
    """The rows of a store that blocking rules bring together with claims."""

    def __init__(self, store: Tables, book: Book) -> None:
        self._store, self._book = store, book
        self._packages = sorted({key[0] for key in book.measures} | {p.row.package for p in book.portraits})
        store.rows(resources.files("claimcheck").joinpath("sql", "linking_candidates.sql").read_text("utf-8"))
        keyed = store.arrays("SELECT number, day FROM linking_keyed ORDER BY line")
        runs = store.cells(_KEYS)
        self._number = keyed["number"].astype(np.int32)
        self._runs = {(rule, package, key): n for n, (rule, package, key, *_) in enumerate(runs)}
        self._ends = np.array([run[3:] for run in runs], dtype=np.int64).reshape(-1, 2).T
        run = np.repeat(np.arange(len(runs)), self._ends[1] - self._ends[0])
        self._days_of_runs = run * _LAST + keyed["day"]
        store.rows("DROP TABLE linking_keyed")
        self._order = store.arrays("SELECT place FROM linking_row ORDER BY number")["place"]
        self._at_place = np.argsort(self._order)
        self._sorted: dict[tuple[int, str], tuple[np.ndarray, np.ndarray]] = {}
        """By a rule and a package the values of a column in order, and the first rows of each."""
        for rule, (value, column, most) in _VALUES.items():
            found = store.arrays(_SORTED.format(value, column, most))
            for package in set(found["package"].tolist()):
                own = found["package"] == package
                self._sorted[rule, package] = found["value"][own], found["number"][own]
        self._forget()

    def _forget(self) -> None:
        self._columns = Columns([], self._book)
        self._at = np.full(len(self._order), _UNREAD)

    def books(self, asked: Sequence[Levels]) -> list[Book]:
        """For each claim the book of the rows that it may mean, at most `MOST` of them."""
        if len(self._columns.rows) > HELD:
            self._forget()
        lots = (self._found(asked, n) for n in range(0, max(1, len(asked)), _TOGETHER))
        claims, found = map(np.concatenate, zip(*lots, strict=True))
        missing = _once(found[self._at[found] == _UNREAD])
        if len(missing):
            numbers = ([n] for n in missing.tolist())
            with self._store.temporary_table("linking_chosen", {"number": "INTEGER"}, numbers):
                portraits = self._book.portraits_of(read_rows(self._store, _CHOSEN))
            tells = np.array([row is not None for row in portraits])
            at = len(self._columns.rows) + np.cumsum(tells) - 1
            self._at[missing] = np.where(tells, at, _SILENT)
            self._columns.rows += filter(None, portraits)
        at = self._at[found]
        claims, at = claims[at >= 0], at[at >= 0]
        ends = np.searchsorted(claims, np.arange(len(asked) + 1)).tolist()
        row = self._columns.rows.__getitem__
        return [
            self._book.some(list(map(row, mine.tolist())), (self._columns, mine))
            for mine in (at[first:last] for first, last in pairwise(ends))
        ]

    def _found(self, asked: Sequence[Levels], begun: int) -> tuple[np.ndarray, np.ndarray]:
        """Pairs of a claim, of `_TOGETHER` from one on, and a row that most rules bring together, by their
        numbers: the claims in turn, the rows of each in the order of their keys."""
        many = max(1, len(self._order))
        asking: dict[tuple[int, str] | None, list[float]] = defaultdict(list)
        for n, levels in enumerate(asked[begun : begun + _TOGETHER], begun):
            for rule, package, what in self._rules(levels):
                of = None if package is None else (rule, package)
                asking[of] += n * RULES + rule, *what
        rules, numbers = [self._number[:0]], [self._number[:0]]
        for of, whats in asking.items():
            by, least, most, around = np.array(whats, dtype=float).reshape(-1, 4).T
            if of is None:
                first, last = self._beside(least.astype(np.int64), most, around.astype(np.int64))
                known = self._number
            else:
                values, known = self._sorted[of]
                first, last = np.searchsorted(values, least), np.searchsorted(values, most, "right")
            rules.append(np.repeat(by.astype(np.int64), last - first))
            numbers.append(known[ranges(first, last)])
        met = _once(np.concatenate(rules, dtype=np.int64) * many + np.concatenate(numbers))
        pairs = np.sort(met // many // RULES * many + met % many)
        first = np.flatnonzero(np.diff(pairs, prepend=-1))
        pairs, times = pairs[first], np.diff(first, append=len(pairs))
        order = np.sort((pairs // many * (RULES + 1) + RULES - times) * many + pairs % many)
        claims = order // many // (RULES + 1)
        begin = np.searchsorted(claims, np.arange(len(asked) + 1))
        chosen = np.arange(len(order)) - begin[claims] < MOST
        in_order = np.sort(claims[chosen] * many + self._order[order[chosen] % many])
        return in_order // many, self._at_place[in_order % many]

    def _rules(self, levels: Levels) -> Iterator[Asked]:
        """What each rule gives, by its number: rows, or what they stand beside. Rules ask by a claim's
        likeliest measures, its places, names, days and number."""
        near, own, period = levels.said, levels.claim.quantity, levels.period
        first, last = (None, None) if period is None else (period.start, period.end)
        end = _LAST - 1 if last is None else last.toordinal() - 1
        start = end if first is None else first.toordinal() - 1
        places = [place for _, place in _keys(near, "place")[:_PLACES]]
        names = _keys(near, "name", "actor")[:_NAMES]
        likeliest = (measure for measure, score in levels.scores.items() if score > 0)
        measures = list(islice(likeliest, _MEASURES)) if own is not None else []
        packages = {*self._packages, *(package for package, _ in (*names, *measures))}
        both = [(p, f"{measure}\x1f{place}") for p, measure in measures for place in places]
        yield from self._keyed(0, "measure", both, end, 12)
        yield from self._keyed(0, "measure", measures, end, 7)
        there = {(package, place) for package, _ in measures for place in places}
        there |= {(p, place) for p in {*self._packages, *(p for p, _ in names)} for place in places[:1]}
        yield from self._keyed(1, "there", there, start, 7)
        if own is None:
            yield from self._keyed(2, "when", [(package, "") for package in packages], start, 10)
        yield from self._keyed(3, "name", names, end, 7)
        value = None if own is None or own.value is None or not own.value.is_finite() else float(own.value)
        if value is not None:
            by = _CLOSE * abs(value)
            yield from ((4, p, (value - by, value + by, 0)) for p in packages if (4, p) in self._sorted)
        if first is not None:
            yield from ((5, p, (start, start, 0)) for p in packages if (5, p) in self._sorted)

    def _keyed(self, number: int, rule: str, keys: Iterable[Key], day: int, around: int) -> Iterator[Asked]:
        """The rows of each key, and next to which day they are wanted: so many behind it, twice as many
        before it."""
        for package, key in keys:
            if (run := self._runs.get((rule, package, key))) is not None:
                yield number, None, (run, day, around)

    def _beside(self, run: np.ndarray, day: np.ndarray, around: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of runs of rows, days and how many around them: the first row of each, and the last."""
        begin, end = self._ends[:, run]
        at = np.searchsorted(self._days_of_runs, run * _LAST + day, "right")
        first = np.maximum(begin, at - 2 * around - 1)
        return first, np.maximum(first, np.minimum(end, at + around))


def _once(numbers: np.ndarray) -> np.ndarray:
    """Numbers in order, each once: `np.unique` takes ten times as long."""
    numbers = np.sort(numbers)
    return np.asarray(numbers[np.diff(numbers, prepend=-1) != 0])


def _keys(near: Sequence[Said], *slots: str) -> list[Key]:
    """The values of slots that a text says, in order, each once, by package and key."""
    found = dict.fromkeys(v.key for s in near for v in sorted(s.values) if v.slot in slots)
    return [(package, key) for package, _, key in (one.partition("|") for one in found)]
