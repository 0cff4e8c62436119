"""Of tables with many rows those that a claim may mean: blocking rules in SQL, for a batch of claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any

from claimcheck.judging.relations import own_period
from claimcheck.linking.levels import Levels
from claimcheck.linking.rows import Book, Tables, read_rows

MOST = 50
"""Rows that a claim is compared with."""
_MEASURES, _PLACES, _NAMES = 3, 4, 6  # of each so many are asked for
_WANTED = {
    "claim": "INTEGER", "package": "VARCHAR", "measure": "VARCHAR", "place": "VARCHAR", "name": "VARCHAR",
    "first_day": "DATE", "last_day": "DATE", "value": "DECIMAL(38, 9)", "dated": "BOOLEAN",
}  # fmt: skip
_BOUND = 10**20
_THEIR_ROWS = """(
    SELECT DISTINCT row.*
    FROM linking_found AS found
    JOIN reference_row AS row USING (package, resource, row_id, measure)
)"""
_FOUND = "SELECT claim, package, resource, row_id, measure FROM linking_found ORDER BY ALL"


class Candidates:
    """The rows of a store that blocking rules bring together with claims."""

    def __init__(self, store: Tables, book: Book) -> None:
        self._store, self._book = store, book
        self._packages = sorted({key[0] for key in book.measures} | {p.row.package for p in book.portraits})

    def books(self, asked: Sequence[Levels]) -> list[Book]:
        """For each claim the book of the rows that it may mean, at most `MOST` of them."""
        lines = [line for n, levels in enumerate(asked) for line in self._wanted(n, levels)]
        with (
            self._store.temporary_table("linking_wanted", _WANTED, lines),
            self._store.temporary_table("linking_limit", {"most": "INTEGER"}, [[MOST]]),
        ):
            self._store.rows(_sql())
            found = self._store.cells(_FOUND)
            rows = read_rows(self._store, _THEIR_ROWS)
            self._store.rows("DROP TABLE linking_found")
        whole = self._book.with_rows(rows)
        by_key = {(p.row.package, p.row.table, p.row.row_id, p.row.measure or ""): p for p in whole.portraits}
        mine: dict[int, list[Any]] = defaultdict(list)
        for number, *key in found:
            portrait = by_key.get(tuple(key))
            if portrait is not None:
                mine[number].append(portrait)
        return [whole.of(mine[number]) for number in range(len(asked))]

    def _wanted(self, number: int, levels: Levels) -> Iterator[list[Any]]:
        """What a claim asks for: its likeliest measures, its places and names, its days and its number."""
        near = levels.said()
        places = list(dict.fromkeys(v.key for s in near for v in sorted(s.values) if v.slot == "place"))[
            :_PLACES
        ]
        names = list(
            dict.fromkeys(v.key for s in near for v in sorted(s.values) if v.slot in ("name", "actor"))
        )[:_NAMES]
        period = own_period(levels.claim)
        own = levels.claim.quantity
        value = None if own is None else own.value
        if value is not None and not (value.is_finite() and abs(value) < _BOUND):
            value = None
        days = [None, None] if period is None else [period.start, period.end]
        rest = [*days, value, own is None]
        for package, measure in levels.measures()[:_MEASURES] if own is not None else ():
            for place in places or (None,):
                yield [number, package, measure, _plain(place), None, *rest]
        for key in names:
            yield [number, key.split("|", 1)[0], None, None, _plain(key), *rest]
        for package in self._packages:
            yield [number, package, None, _plain(places[0]) if places else None, None, *rest]


def _plain(key: str | None) -> str | None:
    return None if key is None else key.split("|", 1)[1]


@cache
def _sql() -> str:
    return resources.files("claimcheck").joinpath("sql", "linking_candidates.sql").read_text(encoding="utf-8")
