"""A reference row as linking compares it: its slots, each by the key of what it holds, and its own words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from math import nan
from typing import Any, NamedTuple, Protocol

from claimcheck.frames.words import stems
from claimcheck.judging.relations import admitted, numbers_of, stated, unit_named
from claimcheck.linking.concepts import K, Rarity, V, concepts_in, gathered
from claimcheck.linking.lexis import Lexis, Value
from claimcheck.model import Period, ReferenceRow
from claimcheck.names import other_names
from claimcheck.store.rows import reference_row_of


class Tables(Protocol):
    """What is needed of the store."""

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """The rows that a statement returns."""

    def cells(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows that a statement returns, each as its values."""

    def arrays(self, sql: str) -> dict[str, Any]:
        """The columns that a statement returns, each as an array."""

    def temporary_table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> Any:
        """A context manager: a temporary table filled with rows."""


Measured = tuple[str, str]
"""(package, measure)"""


class Measure(NamedTuple):
    """What a package says of a measure: its phrases as bags of concepts, the nouns that it counts, and the
    words of its sentences."""

    key: Measured
    phrases: tuple[frozenset[str], ...]
    bag: frozenset[str]
    counts: frozenset[str]
    says: frozenset[str]


@dataclass(frozen=True, slots=True)
class Portrait:
    """A row by its slots. `places` are its place and those around it, `cells` the values of its further
    columns, `words` the concepts of its name, label, series and cells, `series` the number of what it shares
    with the rows of other times, `numbers` its low, best, high at scale 1, `number` the best of them, else
    their middle, `span` what is less than all that it states and what is more, the number by which it is told
    apart, and by which others are reckoned where it tells a measure, `digits` those of the one that tells it
    apart; `proper` the proper names in its own that are not its place's or body's, as stems; `parts` the
    incidents that a row counts or adds up."""

    row: ReferenceRow
    measure: Measured | None
    places: tuple[Value, ...]
    actor: Value | None
    source: Value | None
    cells: tuple[Value, ...]
    names: tuple[Value, ...]
    words: frozenset[str]
    series: int
    days: Period | None
    numbers: tuple[Decimal | None, Decimal | None, Decimal | None]
    number: Decimal | None
    span: tuple[float, float, float, float]
    digits: str
    proper: frozenset[str] = frozenset()
    parts: tuple[Portrait, ...] = ()

    @property
    def is_count(self) -> bool:
        """Whether a row counts incidents: what it counts is no measure of theirs."""
        return bool(self.parts) and all(part.measure != self.measure for part in self.parts)


NUMBERED = frozenset({"figure", "incident"})
"""The kinds of rows that a number may mean."""
INCIDENTS = 20_000
"""Rows of incidents that are counted and added up; of more, none."""
FEW = 2000
"""Rows that are all held in memory and all compared; of more, those that blocking rules bring together."""
_ROWS = """
SELECT row.*, named.names, placed.places, measured.revised
FROM {chosen} AS row
LEFT JOIN measure AS measured USING (package, measure)
LEFT JOIN (
    SELECT package, resource, row_id, list(name ORDER BY rank) AS names FROM reference_name GROUP BY ALL
) AS named USING (package, resource, row_id)
LEFT JOIN (
    SELECT package, resource, row_id, measure, list(place ORDER BY rank) AS places
    FROM reference_place GROUP BY ALL
) AS placed USING (package, resource, row_id, measure)
ORDER BY row.package, row.resource, row.row_id, row.measure
"""
# Of many rows those that names are read from: gazetteers and events, and some of each other table.
_SOME = """(
    SELECT * FROM reference_row WHERE kind IN ('gazetteer', 'event')
    UNION ALL
    SELECT * FROM reference_row WHERE kind NOT IN ('gazetteer', 'event')
    QUALIFY row_number() OVER (PARTITION BY package, resource ORDER BY row_id, measure) <= 1000
)"""
_MEASURES = """
SELECT package, measure, counts, says, list(word ORDER BY rank) AS words
FROM measure LEFT JOIN measure_word USING (package, measure) GROUP BY ALL ORDER BY ALL
"""
_ASIDE = frozenset(
    {"measure", "unit", "source", "counted_as", "url", "note", "notes", "quote", "confidence", "id"}
)
ALIKE: dict[str, Callable[[Portrait], Hashable]] = {
    "series": lambda p: p.series, "measure": lambda p: p.measure, "place": lambda p: p.places[:1],
    "days": lambda p: p.series, "key": lambda p: (p.row.package, p.row.key),
}  # fmt: skip
"""By what rows are alike; by all but days and key those alone that tell a measure."""
_EXACT = 1e-9
_ROUNDED = 0.11, 0.5
"""By how much of itself, and by how much at all, a row's number that is not whole may be rounded before it is
compared; a whole one by nothing but what floats round."""
DIGITS = 24
"""Digits of a number by which it may be another but for a slip."""
_MOST_WORDS = 12  # of a cell that is a value; a longer one is a description


class Book:
    """The rows of a store as portraits, with the names by which texts say what they hold.

    `portraits` are all rows where the tables have few, else those that `some` puts there.
    """

    def __init__(self, store: Tables) -> None:
        [(many,)] = store.cells("SELECT count(*) FROM reference_row WHERE kind <> 'gazetteer'")
        self.few = many <= FEW
        self.names: dict[str, list[str]] = {}
        self._gazetteers: dict[str, list[str]] = {}
        self._series: dict[tuple[Any, ...], int] = {}
        self._events: dict[tuple[str, str], ReferenceRow] = {}
        self.called: dict[tuple[str, str], tuple[str, frozenset[str]]] = {}
        """What the rows of a table of incidents are called when they are counted."""
        self.counts: dict[Measured, frozenset[str]] = {}
        """What is counted, by the measures of rows that are counts."""
        self._store = store
        self.root: Book | None = self
        self._publishers = {
            (r["package"], r["source_id"]): r["publisher"] or r["title"]
            for r in store.rows("SELECT package, source_id, title, publisher FROM source")
        }
        found = read_rows(store, "reference_row" if self.few else _SOME)
        self._note_names(row for row, _ in found)
        self.named = [row for row, _ in found if row.kind in ("gazetteer", "event")]
        named: dict[tuple[str, Value], None] = {}
        around: dict[Value, set[Value]] = defaultdict(set)
        for row, _ in found:
            if row.kind == "gazetteer" and row.label == "place" and row.places:
                inner, *outer = (self._value("place", row.package, p, named) for p in row.places)
                around[inner] |= set(outer)
        if not self.few:
            places = store.cells("SELECT DISTINCT package, place FROM reference_place ORDER BY ALL")
            for package, place in places:
                self._value("place", package, place, named)
        portraits = [self._portrait(row, raw, named) for row, raw in found if _answers(row)]
        for one in portraits:
            for at, place in enumerate(one.places):
                around[place] |= set(one.places[at + 1 :])
        self.within = {inner: frozenset(outer - {inner}) for inner, outer in around.items()}
        self.lexis = Lexis(named)
        self.measures = {m.key: m for m in map(_measure, store.rows(_MEASURES))}
        self.counted = gathered((c, m.key) for m in self.measures.values() for c in m.counts)
        """By concepts that are counted the measures that count them."""
        self.rarity = Rarity(m.bag for m in self.measures.values())
        self.row_rarity = Rarity(p.words for p in portraits)
        self.portraits = sorted(portraits, key=_order)
        self.whole: Any = None
        self._of_measures = frozenset(concept for m in self.measures.values() for concept in m.bag)
        self._scores = lru_cache(1 << 12)(self._scored)  # many texts say the same of what is measured

    def portraits_of(self, found: Iterable[tuple[ReferenceRow, Mapping[str, Any]]]) -> list[Portrait | None]:
        """The rows as portraits; None for those that answer no claim."""
        return [self._portrait(row, raw, {}) if _answers(row) else None for row, raw in found]

    def of(self, portraits: Iterable[Portrait]) -> Book:
        """The same names with some of its rows, which alone are meant: nothing is added up."""
        other = self.some(sorted(portraits, key=_order))
        other.root = None
        return other

    def some(self, portraits: list[Portrait], whole: Any = None) -> Book:
        """The same names with other rows, in order; `whole`: columns that hold them, and where."""
        other, of_rows = Book.__new__(Book), {"by_number", "groups", "dated", "columns", "incidents"}
        other.__dict__ |= {name: one for name, one in self.__dict__.items() if name not in of_rows}
        other.portraits, other.whole = portraits, whole
        return other

    def wider(self, row: Portrait) -> frozenset[Value]:
        """The places around a row's own."""
        return frozenset(row.places[1:]).union(*(self.within.get(place, ()) for place in row.places[:1]))

    def scores(
        self, near: frozenset[str], sentence: frozenset[str], context: frozenset[str]
    ) -> Mapping[Measured, float]:
        """How much of what packages say of each measure is among concepts beside a number, in its sentence
        and before it, most first; the same value for texts that say the same of all measures."""
        mine = self._of_measures
        return self._scores(near & mine, sentence & mine, context & mine)

    def _scored(self, *said: frozenset[str]) -> Mapping[Measured, float]:
        found = ((key, self._score(measure, *said)) for key, measure in self.measures.items())
        return dict(sorted(found, key=lambda one: (-one[1], one[0])))

    def _score(
        self, measure: Measure, near: frozenset[str], sentence: frozenset[str], context: frozenset[str]
    ) -> float:
        weight, noted = self.rarity, measure.bag & (near | sentence | context)
        if not noted:
            return 0.0
        best = 0.0
        for phrase in measure.phrases:
            if said := phrase & noted:
                much, here, before = (weight.of(said & part) for part in (near, sentence, context))
                much += 0.6 * max(0.0, here - much) + 0.3 * max(0.0, before - here)
                best = max(best, much / weight.of(phrase))
        spread = (
            weight.of(noted & near) + 0.5 * weight.of(noted & sentence) + 0.2 * weight.of(noted & context)
        )
        return best + 0.08 * min(6.0, spread)

    @cached_property
    def columns(self) -> dict[bool, Any]:
        """The rows that numbers and dates may mean, kept by `columns.columns_of`."""
        return {}

    @cached_property
    def by_number(self) -> dict[Decimal, frozenset[tuple[str, str]]]:
        """The keys of the rows that state a number, at scale one."""
        stated = ((n, p) for p in self.portraits for n in p.numbers if n)
        return gathered((number, (p.row.package, p.row.key)) for number, p in stated)

    def alike(self, what: str, held: Hashable) -> Sequence[Portrait]:
        """The rows that hold this as what `ALIKE` names."""
        if what not in self.groups:
            every, of = what in ("days", "key"), ALIKE[what]
            mine = (p for p in self.portraits if every or p.measure is not None)
            self.groups[what] = _grouped((of(p), p) for p in mine)
        return self.groups[what].get(held, ())

    @cached_property
    def groups(self) -> dict[str, Mapping[Hashable, Sequence[Portrait]]]:
        """The rows by what they are alike in, where that was asked for."""
        return {}

    @cached_property
    def dated(self) -> list[Portrait]:
        """The rows that a date may mean, each once."""
        dated = {(p.row.package, p.row.key): p for p in reversed(self.portraits) if p.days is not None}
        return [dated[key] for key in sorted(dated)]

    @cached_property
    def incidents(self) -> dict[tuple[str, str], list[list[Portrait]]]:
        """The rows of tables whose rows may be counted, by their tables and keys, the first begun first; of a
        store with very many incidents none."""
        if self.root is not self:
            return {} if self.root is None else self.root.incidents
        rows: Iterable[Portrait | None] = self.portraits
        if not self.few:
            (many,) = self._store.cells("SELECT count(*) FROM reference_row WHERE kind = 'incident'")[0]
            chosen = "(SELECT * FROM reference_row WHERE kind = 'incident')"
            rows = () if many > INCIDENTS else self.portraits_of(read_rows(self._store, chosen))
        mine = (p for p in rows if p is not None and (p.row.package, p.row.table) in self.called)
        by_key = _grouped(((p.row.package, p.row.key), p) for p in mine if p.days and p.days.start)
        begun = sorted(by_key.values(), key=lambda one: (begins(one[0]), one[0].row.row_id))
        return _grouped(((rows[0].row.package, rows[0].row.table), rows) for rows in begun)

    def counting(self, package: str, word: str, called: frozenset[str]) -> Measured:
        """The measure of a count of incidents that a word calls."""
        measure = package, f"{word} (count)"
        self.counts[measure] = called
        return measure

    def _note_names(self, rows: Iterable[ReferenceRow]) -> None:
        for row in rows:
            if row.kind == "gazetteer":
                self.names[_value_key(row.package, row.key)] = [n for n in (row.name, *row.names) if n]
                resources = self._gazetteers.setdefault(row.package, [])
                if row.table not in resources:
                    resources.append(row.table)
            elif row.kind == "event":
                self._events[row.package, row.key] = row

    def _portrait(
        self, row: ReferenceRow, raw: Mapping[str, Any], named: dict[tuple[str, Value], None]
    ) -> Portrait:
        places = tuple(self._value("place", row.package, p, named) for p in row.places)
        actor = self._value("actor", row.package, row.actor, named) if row.actor else None
        source = None
        if row.source_id:
            source = Value("source", _value_key(row.package, row.source_id))
            publisher = self._publishers.get((row.package, row.source_id))
            for name in () if not publisher else (publisher, *self._names_of(row.package, publisher)):
                named[name, source] = None
        noted = list(dict.fromkeys(filter(None, (*row.names, row.name, row.series))))
        if (called := raw.get("counted_as")) and row.number is None:  # no series that numbers its own
            self.called[row.package, row.table] = called, concepts_in(called)
        event = self._events.get((row.package, row.event or ""))
        if event is not None:
            noted += [name for name in (event.name, *event.names) if name and name not in noted]
        names = tuple(Value("name", _value_key(row.package, name)) for name in noted)
        for name, value in zip(noted, names, strict=True):
            named[name, value] = None
        seen = {row.measure, row.unit, row.source_id, row.actor, *row.places, *noted}
        seen |= {p.split(":", 1)[-1] for p in row.places}
        cells: list[Value] = []
        texts = [row.label or "", *noted]
        for column, cell in raw.items():
            if not isinstance(cell, str) or column in _ASIDE or cell in seen or not _is_text(cell):
                continue
            shown = self._names_of(row.package, cell)
            texts += shown
            if len(cell.split()) <= _MOST_WORDS:
                value = Value(f"cell {column}", _value_key(row.package, cell))
                cells.append(value)
                named.update(dict.fromkeys((one, value) for one in shown))
        series = (row.package, row.table, row.measure, places[:1], actor, tuple(cells))
        return Portrait(
            row=row, measure=(row.package, row.measure) if row.measure else None, places=places,
            actor=actor, source=source, cells=tuple(cells), names=names,
            words=frozenset(c for text in texts for c in concepts_in(text)),
            series=self._series.setdefault(series, len(self._series)),
            days=row.period or row.as_of or row.last or row.first, **stated_by(row),
            proper=self._proper(row, [row.label or "", *noted]),
        )  # fmt: skip

    def _proper(self, row: ReferenceRow, noted: Sequence[str]) -> frozenset[str]:
        """The stems of words within its names that begin with a capital, as the name of a part does."""
        within = " ".join(word for name in noted for word in name.split()[1:] if word[:1].isupper())
        whole = (n for key in (*row.places, row.actor) if key for n in self._names_of(row.package, key))
        return frozenset(stems(within)) - frozenset(stems(" ".join(whole)))

    def _value(self, slot: str, package: str, cell: str, named: dict[tuple[str, Value], None]) -> Value:
        value = Value(slot, _value_key(package, cell))
        named.update(dict.fromkeys((name, value) for name in self._names_of(package, cell)))
        return value

    def _names_of(self, package: str, key: str) -> list[str]:
        """The names of what a cell holds: a gazetteer's row's, or the cell and a state's others."""
        for whole in (key, *(f"{resource}:{key}" for resource in self._gazetteers.get(package, ()))):
            if known := self.names.get(_value_key(package, whole)):
                return known
        name = key.split(":", 1)[-1] if ":" in key else key
        return [name, *sorted(other_names(name))]


def stated_by(row: ReferenceRow) -> dict[str, Any]:
    """What a portrait has of its row's numbers."""
    numbers = _at_scale_one(row)
    number = _middle(*numbers)
    is_stated = number is not None and row.measure and row.kind in NUMBERED
    span = *_span(row), float(number) if number is not None and is_stated else nan
    return {"numbers": numbers, "number": number, "span": span, "digits": digits_of(set_apart_by(row))}


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    out: dict[K, list[V]] = {}
    for key, value in pairs:
        out.setdefault(key, []).append(value)
    return out


def begins(row: Portrait) -> date:
    """The first day of a row, that of a row without one before all others."""
    return date.min if row.days is None or row.days.start is None else row.days.start


def _order(row: Portrait) -> tuple[str, str, str]:
    return row.row.package, row.row.key, row.row.measure or ""


def _answers(row: ReferenceRow) -> bool:
    """Whether a claim may mean a row; of those of gazetteers the ones that say since when something is."""
    return row.kind in ("figure", "incident", "event") or row.first is not None


def read_rows(store: Tables, chosen: str) -> list[tuple[ReferenceRow, Mapping[str, Any]]]:
    """Rows with their cells as the table writes them. `chosen`: a table of `reference_row`'s columns."""
    return [(reference_row_of(r), json.loads(r["raw"])) for r in store.rows(_ROWS.format(chosen=chosen))]


def _measure(r: Mapping[str, Any]) -> Measure:
    phrases = tuple(
        bag for text in (r["measure"], *(w for w in r["words"] or () if w)) if (bag := concepts_in(text))
    )
    counts = frozenset(c for text in r["counts"] or () for c in concepts_in(text))
    return Measure(
        (r["package"], r["measure"]), phrases, frozenset(c for p in phrases for c in p) | counts, counts,
        frozenset(c for text in r["says"] or () for c in concepts_in(_without_slots(text))),
    )  # fmt: skip


def _without_slots(sentence: str) -> str:
    """The words of a sentence that says a measure: "{n} died in {place}" has two."""
    return " ".join(part.rpartition("}")[2] for part in sentence.split("{"))


@lru_cache(maxsize=1 << 14)
def _value_key(package: str, key: str) -> str:
    return f"{package}|{key}"


def _is_text(cell: str) -> bool:
    return not cell[:4].isdigit() and "://" not in cell and any(map(str.isalpha, cell))


def _at_scale_one(row: ReferenceRow) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    named = unit_named(row.unit) if row.unit else None
    many = Decimal(1) if named is None else named.many
    low, best, high = (None if n is None else n * many for n in (row.low, row.best, row.high))
    return low, best, high


def _middle(low: Decimal | None, best: Decimal | None, high: Decimal | None) -> Decimal | None:
    """The number of a row: its best, else the middle of its ends."""
    if best is not None:
        return best
    return (low + high) / 2 if low is not None and high is not None else low if low is not None else high


def _span(row: ReferenceRow) -> tuple[float, float, float]:
    says, theirs = admitted(stated(row)), set_apart_by(row)
    if theirs is None or row.kind not in NUMBERED:
        return nan, nan, nan
    low = float("-inf" if says.low is None else says.low)
    high = float("inf" if says.high is None else says.high)
    is_whole = all(n == n.to_integral_value() for n in numbers_of(row))
    share, plain = (_EXACT, 0.0) if is_whole else _ROUNDED
    return low - share * abs(low) - plain, high + share * abs(high) + plain, float(theirs)


def set_apart_by(row: ReferenceRow) -> Decimal | None:
    """The number by which a row is told apart from others."""
    return next((n for n in (row.best, row.low, row.high) if n is not None), None)


def digits_of(value: Decimal | None) -> str:
    """The digits of a number, to a thousandth, without the zeros at its end: the first of very many.

    Example:
        >>> digits_of(Decimal(1200)), digits_of(Decimal("8.34"))
        ('12', '834')
    """
    return "" if value is None else str(abs(int(value * 1000))).rstrip("0")[:DIGITS]
