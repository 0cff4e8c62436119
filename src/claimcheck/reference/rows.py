"""From cells to `ReferenceRow`s: numbers as decimals, dates as periods, places as gazetteer keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from claimcheck.model import Period, ReferenceRow
from claimcheck.reference.cells import number_fault, parse_period, parse_timestamp
from claimcheck.reference.descriptor import lacks_measure
from claimcheck.reference.gazetteer import Gazetteer
from claimcheck.reference.problems import Problems
from claimcheck.reference.schema import Binding, Measure, Resource, Roles
from claimcheck.reference.tables import Record

Cells = Mapping[str, str]
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A row of a table of sources."""

    key: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    date: Period | None = None

    def __str__(self) -> str:
        return " · ".join(part for part in (self.title, self.publisher) if part) or self.key


@dataclass(frozen=True, slots=True)
class Context:
    """What a package's tables point to. `sources` is None where the package has no table of them."""

    package: str
    vocabulary: Mapping[str, Measure]
    places: Gazetteer
    sources: Mapping[str, Source] | None
    problems: Problems
    events: Mapping[str, tuple[ReferenceRow, ...]] = field(
        default_factory=dict
    )  # by key, alone and qualified


class Cell:
    """The cells of one record, read through the roles of its table."""

    __slots__ = ("cells", "line", "resource")

    def __init__(self, resource: Resource, line: int, cells: Cells) -> None:
        self.resource, self.line, self.cells = resource, line, cells

    def of(self, binding: Binding) -> str | None:
        """The text of a column or constant without the space around it; None where it is not given."""
        if binding.column is None:
            return binding.constant
        value = self.cells[binding.column].strip()
        return None if value in self.resource.missing else value

    def text(self, role: str, roles: Roles | None = None) -> str | None:
        """The first given value of a role."""
        for binding in (self.resource.roles if roles is None else roles).get(role, ()):
            if (value := self.of(binding)) is not None:
                return value
        return None

    def texts(self, role: str) -> list[tuple[str, str | None]]:
        """Every given value of a role, with the column that it stands in."""
        found = [(self.of(binding), binding.column) for binding in self.resource.roles.get(role, ())]
        return [(value, column) for value, column in found if value is not None]

    def joined(self, role: str, by: str) -> str | None:
        """Every given value of a role once, in one text; None where there is none."""
        if role not in self.resource.roles:
            return None
        return by.join(dict.fromkeys(value for value, _ in self.texts(role))) or None

    def key(self, number: int) -> str | None:
        """The key of the row: its cells joined by "-" ("LBN-2013"), or the row's number where the table names
        no column for it. None where a cell of it is not given."""
        bindings = self.resource.roles.get("key", ())
        parts = [part for binding in bindings if (part := self.of(binding)) is not None]
        if not bindings:
            return str(number)
        return "-".join(parts) if len(parts) == len(bindings) else None

    def column(self, role: str, roles: Roles | None = None) -> str | None:
        """The column of a role, for a message."""
        bindings = (self.resource.roles if roles is None else roles).get(role, ())
        return bindings[0].column if bindings else None

    def number(self, role: str, roles: Roles) -> Decimal | None:
        """A number; None where it is not given, or is none (which the type check has reported)."""
        value = self.text(role, roles)
        return None if value is None else decimal(value)

    def period(self, role: str) -> Period | None:
        """A date's days; None where it is not given, or is no date (which the type check has reported)."""
        value = self.text(role)
        return None if value is None else period(value)


_INTERVAL = re.compile(r"[\d-]{4,10}/[\d-]{4,10}")


@lru_cache(maxsize=1 << 16)
def decimal(text: str) -> Decimal | None:
    """A table's number, None where it is none."""
    return Decimal(text) if number_fault(text) is None else None


@lru_cache(maxsize=1 << 16)
def period(text: str) -> Period | None:
    """A table's date or timestamp as days, None where it is neither."""
    for parse in (parse_period, parse_timestamp):
        try:
            return parse(text)
        except ValueError:
            continue
    return None


class RowMaker:
    """Makes the rows of one table, and reports what does not hold together."""

    def __init__(self, resource: Resource, context: Context) -> None:
        self._resource, self._context = resource, context
        self._file = resource.path
        self._keys: dict[str, int] = {}
        self._read = 0
        self._stated: set[str] = set()
        self._dated = "end" in resource.roles
        self._same = resource.roles.get("start") == resource.roles.get("end")

    def key(self, line: int, cells: Cells) -> str | None:
        """The row's key; a problem where it is missing or was there before."""
        cell = Cell(self._resource, line, cells)
        self._read += 1
        value, column = cell.key(self._read), cell.column("key")
        if value is None:
            self._fault(line, column, "", "every row needs its key")
        elif column is None:  # the row's number, which no other row has
            return value
        elif value in self._keys:
            self._fault(line, column, value, f"duplicate key; line {self._keys[value]} has it too")
        else:
            self._keys[value] = line
            return value
        return None

    def rows(self, record: Record) -> Iterator[ReferenceRow]:
        """The reference rows of one record: one, or for an incident one and one for each measure."""
        line, cells = record
        row_id = self.key(line, cells)
        cell = Cell(self._resource, line, cells)
        common = self._common(cell)
        if self._resource.kind == "events":
            yield from self._event(row_id, cell, common)
        elif self._resource.kind == "figures":
            measure = self._measure(cell, self._resource.roles)
            unit = cell.text("unit")
            yield self._row(row_id, "figure", cell, common, cell.cells, measure, unit, self._resource.roles)
        else:
            yield from self._incident(row_id, cell, common)

    def _event(self, row_id: str | None, cell: Cell, common: Fields) -> Iterator[ReferenceRow]:
        names = names_of(cell)
        if not names:
            self._fault(cell.line, cell.column("names"), "", "an event needs a name")
        number = cell.text("number")
        yield ReferenceRow(
            **common, row_id=row_id or "", kind="event", name=names[0] if names else None, names=names,
            series=cell.text("series"),
            number=int(number) if number is not None and _is_integer(number) else None,
            complete=self._is_complete(None, common["first"]), raw=self._counted(cell),
        )  # fmt: skip

    def _incident(self, row_id: str | None, cell: Cell, common: Fields) -> Iterator[ReferenceRow]:
        raw = self._counted(cell)
        yield self._row(row_id, "incident", cell, common, raw, None, None, {})
        seen: set[str] = set()
        for roles in self._resource.measures:
            measure = self._measure(cell, roles)
            if measure is not None and measure.name in seen:
                self._once(cell, roles, measure.name, "the block's measures name this one twice")
            seen.add("" if measure is None else measure.name)
            yield self._row(row_id, "incident", cell, common, raw, measure, cell.text("unit", roles), roles)

    def _row(
        self, row_id: str | None, kind: Literal["figure", "incident"], cell: Cell, common: Fields,
        raw: Cells, measure: Measure | None, unit: str | None, roles: Roles,
    ) -> ReferenceRow:  # fmt: skip
        sizes: Fields = {role: cell.number(role, roles) for role in ("low", "best", "high")}
        for one, other in (("low", "high"), ("low", "best"), ("best", "high")):
            less, more = sizes[one], sizes[other]
            if less is not None and more is not None and less > more:
                column = cell.column(one, roles)
                self._fault(cell.line, column, f"{less} > {more}", f"{one} is more than {other}")
                break
        as_of, name = cell.period("as_of"), None if measure is None else measure.name
        return ReferenceRow(
            **common, **sizes, row_id=row_id or "", kind=kind, measure=name,
            measure_type=None if measure is None else measure.type, unit=unit, as_of=as_of,
            complete=self._is_complete(name, common["first"] or as_of), raw=raw,
        )  # fmt: skip

    def _is_complete(self, measure: str | None, when: Period | None) -> bool:
        """Whether the package says that none is missing of the rows of a measure and time."""
        start = None if when is None else when.start
        return any(c.holds(measure, start) for c in self._resource.complete)

    def _common(self, cell: Cell) -> Fields:
        """What all kinds of rows share, as the fields of a `ReferenceRow`."""
        first = cell.period("start")
        last = first if self._same or not self._dated else cell.period("end")
        if self._resource.kind == "incidents":
            last = last or first  # one event of a moment: a blank end is its own day
        stated = cell.text("start") or ""
        if self._resource.kind == "figures" and last is first and _INTERVAL.fullmatch(stated):
            begins, ends = stated.split("/")  # a running total from one day to another
            first, last = period(begins), period(ends)
        if first is not None and last is not None and last.before(first):
            start, end = cell.text("start"), cell.text("end")
            self._fault(cell.line, cell.column("start"), f"{start} > {end}", "starts after its end")
        said, places, happened = self.source(cell), self.places(cell), self._occurrence(cell)
        if happened is not None:
            places = places or happened.places
            if first is last is None and cell.text("as_of") is None:
                first, last = happened.first, happened.last
        return {
            "package": self._context.package, "table": self._resource.name, "places": places,
            "actor": cell.joined("actor", "|"), "first": first, "last": last,
            "origins": self.places(cell, "origin"), "destinations": self.places(cell, "destination"),
            "event": None if happened is None else happened.key, "label": cell.joined("label", ", "),
            "quote": cell.text("quote"), "reported_by": cell.text("reported_by"), **said,
        }  # fmt: skip

    def _occurrence(self, cell: Cell) -> ReferenceRow | None:
        """The event that the row's key of one points to; a problem where it points nowhere or to several."""
        key = cell.text("event")
        if key is None:
            return None
        found = self._context.events.get(key, ())
        if len(found) == 1:
            return found[0]
        stated = "no row of a table of events has this key"
        if found:
            keys = ", ".join(row.key for row in found)
            stated = f"several tables of events have this key: write one of {keys}"
        self._fault(cell.line, cell.column("event"), key, stated)
        return None

    def places(self, cell: Cell, role: str = "place") -> tuple[str, ...]:
        """The places of a row in a role, narrowest first, then what contains them."""
        if role not in cell.resource.roles:
            return ()
        gazetteer = self._context.places
        if not gazetteer.given:
            return tuple(dict.fromkeys(value for value, _ in cell.texts(role)))
        found = [
            gazetteer.resolve(value, self._file, cell.line, column, self._context.problems)
            for value, column in cell.texts(role)
        ]
        keys = [key for key in found if key is not None]
        around = [above for key in keys for above in gazetteer.containers(key)]
        return tuple(dict.fromkeys([*keys, *around]))

    def source(self, cell: Cell) -> Fields:
        """A row's source; a problem where it points nowhere. Without a table of sources it is text."""
        key, known = cell.text("source"), self._context.sources
        source = None
        if key is not None and known is None:
            source = Source(key)
        elif key is not None and known is not None and (source := known.get(key)) is None:
            self._fault(cell.line, cell.column("source"), key, "no row of the table of sources has this key")
        return {
            "source_id": key, "source": None if source is None else str(source),
            "url": None if source is None else source.url, "confidence": cell.text("confidence"),
        }  # fmt: skip

    def _measure(self, cell: Cell, roles: Roles) -> Measure | None:
        name, column = cell.text("measure", roles), cell.column("measure", roles)
        if name is None:
            self._fault(cell.line, column, "", "every figure needs its measure")
            return None
        measure = self._context.vocabulary.get(name)
        if measure is None and column is not None:  # a constant was looked up with the descriptor
            self._once(cell, roles, name, lacks_measure(name))
        return measure

    def _once(self, cell: Cell, roles: Roles, name: str, message: str) -> None:
        """A fault of a measure, at its first row: a million rows may have the same."""
        if name not in self._stated:
            self._stated.add(name)
            self._fault(cell.line, cell.column("measure", roles), name, message)

    def _counted(self, cell: Cell) -> Cells:
        """The cells, with the word for what a count of the rows counts."""
        word = cell.text("counted_as")
        return cell.cells if word is None else {**cell.cells, "counted_as": word}

    def _fault(self, line: int, column: str | None, value: str, message: str) -> None:
        self._context.problems.add(self._file, line, column, value, message)


def gazetteer_row(
    maker: RowMaker, context: Context, resource: Resource, record: Record, key: str
) -> ReferenceRow:
    """A place or organisation as a row: its names, its containers, the date of its founding.

    `label` is what it is (`place`, `organisation`, `person` …); `places` of a place begins with itself.
    """
    cell = Cell(resource, *record)
    names = names_of(cell)
    founded = cell.period("founded")
    qualified = f"{resource.name}:{key}"
    own = (qualified,) if resource.entity == "place" else ()
    return ReferenceRow(
        package=context.package, table=resource.name, row_id=key, kind="gazetteer",
        name=names[0] if names else None, names=names, places=(*own, *context.places.containers(qualified)),
        first=founded, last=founded, label=resource.entity, raw=cell.cells, **maker.source(cell),
    )  # fmt: skip


def names_of(cell: Cell) -> tuple[str, ...]:
    """All names of a row; a cell may hold several, split at "|"."""
    split = (name.strip() for value, _ in cell.texts("names") for name in value.split("|"))
    return tuple(dict.fromkeys(name for name in split if name))


def _is_integer(text: str) -> bool:
    return text.lstrip("+-").isascii() and text.lstrip("+-").isdigit() and len(text) <= 28
