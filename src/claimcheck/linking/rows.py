"""A reference row as linking compares it: its slots, each by the key of what it holds, and its own words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from claimcheck.frames.words import stems
from claimcheck.judging.relations import unit_named
from claimcheck.linking.concepts import Rarity, concepts
from claimcheck.linking.lexis import Lexis, Value
from claimcheck.model import Period, ReferenceRow
from claimcheck.store.rows import reference_row_of


class Tables(Protocol):
    """What is needed of the store."""

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """The rows that a statement returns."""

    def cells(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows that a statement returns, each as its values."""

    def temporary_table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> Any:
        """A context manager: a temporary table filled with rows."""


Measured = tuple[str, str]
"""(package, measure)"""


class Measure(NamedTuple):
    """What a package says of a measure: its phrases as bags of concepts, and the nouns that it counts."""

    key: Measured
    phrases: tuple[frozenset[str], ...]
    bag: frozenset[str]
    counts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Portrait:
    """A row by its slots. `places` are its place and those around it, `cells` the values of its further
    columns, `words` the concepts of its name, label, series and cells, `series` what it shares with the rows
    of other times, `numbers` its low, best, high at scale 1."""

    row: ReferenceRow
    measure: Measured | None
    places: tuple[Value, ...]
    actor: Value | None
    source: Value | None
    cells: tuple[Value, ...]
    names: tuple[Value, ...]
    words: frozenset[str]
    series: tuple[Any, ...]
    days: Period | None
    numbers: tuple[Decimal | None, Decimal | None, Decimal | None]


_ROWS = """
SELECT row.*, named.names, placed.places, told.revised
FROM reference_row AS row
LEFT JOIN measure AS told USING (package, measure)
LEFT JOIN (
    SELECT package, resource, row_id, list(name ORDER BY rank) AS names FROM reference_name GROUP BY ALL
) AS named USING (package, resource, row_id)
LEFT JOIN (
    SELECT package, resource, row_id, measure, list(place ORDER BY rank) AS places
    FROM reference_place GROUP BY ALL
) AS placed USING (package, resource, row_id, measure)
ORDER BY row.package, row.resource, row.row_id, row.measure
"""
_MEASURES = """
SELECT package, measure, counts, list(word ORDER BY rank) AS words
FROM measure LEFT JOIN measure_word USING (package, measure) GROUP BY ALL ORDER BY ALL
"""
_ASIDE = frozenset(
    {"measure", "unit", "source", "counted_as", "url", "note", "notes", "quote", "confidence", "id"}
)
_MOST_WORDS = 12  # of a cell that is a value; a longer one is a description


class Book:
    """The rows of a store as portraits, with the names by which texts say what they hold."""

    def __init__(self, store: Tables) -> None:
        self._read(store)

    def _read(self, store: Tables) -> None:
        found = [(reference_row_of(r), json.loads(r["raw"])) for r in store.rows(_ROWS)]
        rows = [row for row, _ in found]
        self.names: dict[str, list[str]] = {}
        for row in rows:
            if row.kind == "gazetteer":
                self.names[_value_key(row.package, row.key)] = [n for n in (row.name, *row.names) if n]
        events = {(r.package, r.key): r for r in rows if r.kind == "event"}
        publishers = {
            (r["package"], r["source_id"]): r["publisher"] or r["title"]
            for r in store.rows("SELECT package, source_id, title, publisher FROM source")
        }
        named: list[tuple[str, Value]] = []
        self.portraits: list[Portrait] = []
        self.within: dict[Value, frozenset[Value]] = {}
        around: dict[Value, set[Value]] = defaultdict(set)
        for row, raw in found:
            if row.kind == "gazetteer":
                if row.label == "place" and row.places:
                    inner, *outer = (self._place(row.package, p, named) for p in row.places)
                    around[inner] |= set(outer)
                continue
            if row.kind not in ("figure", "incident", "event", "aggregate"):
                continue
            places = tuple(self._place(row.package, p, named) for p in row.places)
            for at, place in enumerate(places):
                around[place] |= set(places[at + 1 :])
            actor = None
            if row.actor:
                actor = Value("actor", _value_key(row.package, row.actor))
                for name in self._names_of(row.package, row.actor):
                    named.append((name, actor))
            source = None
            if row.source_id:
                source = Value("source", _value_key(row.package, row.source_id))
                for name in filter(None, (publishers.get((row.package, row.source_id)),)):
                    named.append((name, source))
                    for n in self._names_of(row.package, name):
                        named.append((n, source))
            names = []
            told = [*row.names, row.name, row.series]
            event = events.get((row.package, row.event or ""))
            if event is not None:
                told += [event.name, *event.names]
            for name in dict.fromkeys(filter(None, told)):
                value = Value("name", _value_key(row.package, name))
                names.append(value)
                named.append((name, value))
            cells, texts = [], [row.label or "", *filter(None, told)]
            for column, cell in raw.items():
                if not isinstance(cell, str) or column in _ASIDE or not _is_text(cell):
                    continue
                if cell in (row.measure, row.unit, row.source_id, row.actor, *row.places) or cell in told:
                    continue
                if any(cell == p.split(":", 1)[-1] for p in row.places):
                    continue
                shown = self._names_of(row.package, cell)
                texts += shown
                if len(cell.split()) <= _MOST_WORDS and column != "key":
                    value = Value(f"cell {column}", _value_key(row.package, cell))
                    cells.append(value)
                    named += [(one, value) for one in shown]
            words = concepts(s for text in texts for s in stems(text))
            days = row.period or row.as_of or row.last or row.first
            self.portraits.append(
                Portrait(
                    row=row, measure=(row.package, row.measure) if row.measure else None, places=places,
                    actor=actor, source=source, cells=tuple(cells), names=tuple(names), words=words,
                    series=(row.package, row.table, row.measure, places[:1], actor, tuple(cells)),
                    days=days, numbers=_at_scale_one(row),
                )
            )  # fmt: skip
        self.series: dict[tuple[Any, ...], list[Period]] = defaultdict(list)
        for one in self.portraits:
            if one.days is not None:
                self.series[one.series].append(one.days)
        self.by_series: dict[tuple[Any, ...], list[Portrait]] = defaultdict(list)
        self.by_measure: dict[Measured | None, list[Portrait]] = defaultdict(list)
        self.by_place: dict[tuple[Value, ...], list[Portrait]] = defaultdict(list)
        for one in self.portraits:
            if one.measure is not None:
                self.by_series[one.series].append(one)
                self.by_measure[one.measure].append(one)
                self.by_place[one.places[:1]].append(one)
        self.within = {inner: frozenset(outer - {inner}) for inner, outer in around.items()}
        self.lexis = Lexis(named)
        self.measures: dict[Measured, Measure] = {}
        for r in store.rows(_MEASURES):
            phrases = tuple(
                bag
                for text in (r["measure"], *(w for w in r["words"] or () if w))
                if (bag := concepts(stems(text)))
            )
            counts = concepts(s for text in r["counts"] or () for s in stems(text))
            bag = frozenset(c for phrase in phrases for c in phrase) | counts
            key = (r["package"], r["measure"])
            self.measures[key] = Measure(key, phrases, bag, counts)
        self.rarity = Rarity(m.bag for m in self.measures.values())
        self.row_rarity = Rarity(p.words for p in self.portraits)

    def _place(self, package: str, place: str, named: list[tuple[str, Value]]) -> Value:
        value = Value("place", _value_key(package, place))
        for name in self._names_of(package, place):
            named.append((name, value))
        return value

    def _names_of(self, package: str, key: str) -> list[str]:
        """The names of what a cell holds: those of a gazetteer's row, or the cell itself."""
        known = self.names.get(_value_key(package, key))
        if known:
            return known
        for resource in _resources_of(self.names, package):
            known = self.names.get(_value_key(package, f"{resource}:{key}"))
            if known:
                return known
        return [key]


def _resources_of(names: Mapping[str, Any], package: str) -> list[str]:
    return sorted({k.split("|", 1)[1].split(":", 1)[0] for k in names if k.startswith(package + "|")})


@lru_cache(maxsize=1 << 14)
def _value_key(package: str, key: str) -> str:
    return f"{package}|{key}"


def _is_text(cell: str) -> bool:
    return any(c.isalpha() for c in cell) and "://" not in cell and not cell[:4].isdigit()


def _at_scale_one(row: ReferenceRow) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    named = unit_named(row.unit) if row.unit else None
    many = Decimal(1) if named is None else named.many
    low, best, high = (None if n is None else n * many for n in (row.low, row.best, row.high))
    return low, best, high
