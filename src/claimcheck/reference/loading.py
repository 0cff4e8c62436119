"""Curated tables that claims are held against: loading a package, strictly, into rows."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from claimcheck.judging.relations import admitted, stated
from claimcheck.model import WIDE, Interval, ReferenceRow, countable
from claimcheck.reference.descriptor import DescriptorReader
from claimcheck.reference.gazetteer import Entry, Gazetteer
from claimcheck.reference.json import read_json
from claimcheck.reference.package import Package
from claimcheck.reference.problems import PackageError, Problem, Problems
from claimcheck.reference.rows import Cell, Context, RowMaker, Source, gazetteer_row, names_of
from claimcheck.reference.schema import DESCRIPTOR, Descriptor, Measure, Resource
from claimcheck.reference.tables import Record, read_table
from claimcheck.regular_files import bytes_of

# ----------------------------------------------------------------------------------------------------
# Measures that a package calls a ratio of two others: a row for each two of their rows that belong
# together.
#
# Turnout is what was cast, of those who might have voted: where one table has the first and another the
# second for a place and a time, the ratio is a row as well, in per cent. Its `raw` names the two rows.

UNIT = "percent"
_FOUR = Decimal("0.0001")


def ratio_rows(vocabulary: Iterable[Measure], rows: Sequence[ReferenceRow]) -> Iterator[ReferenceRow]:
    """The rows of the ratios that a vocabulary names, none where a row says the ratio itself: 70,314 votes of
    100,000 voters are 70.314 per cent."""
    wanted = [m for m in vocabulary if m.ratio_of is not None]
    if not wanted:
        return
    measured: dict[str, dict[Hashable, list[ReferenceRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.kind == "figure" and row.measure is not None:
            where, when = (row.places, row.origins, row.destinations), row.period or row.as_of
            measured[row.measure][where, row.actor, when, row.event].append(row)
    taken = {row.table for row in rows}
    for measure in wanted:
        assert measure.ratio_of is not None
        table = measure.name if measure.name not in taken else f"{measure.name} (ratio)"
        of, to = (measured[name] for name in measure.ratio_of)
        for key in of.keys() & to.keys() - measured[measure.name].keys():
            yield from _of_each_two(measure, table, of[key], to[key])


def with_tables(raw: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """What a ratio's row says of its two rows, their tables called by other names."""
    return {key: names.get(value, value) if key.endswith("_table") else value for key, value in raw.items()}


def _of_each_two(
    measure: Measure, table: str, of: Sequence[ReferenceRow], to: Sequence[ReferenceRow]
) -> Iterator[ReferenceRow]:
    """A row for each two of one source, of all where no source gives both."""
    both = [(a, b) for a in of for b in to]
    same = [(a, b) for a, b in both if (a.source_id, a.source) == (b.source_id, b.source)]
    for a, b in same or both:
        parts = _per_hundred(admitted(stated(a)), admitted(stated(b)))
        if parts is not None:
            yield _row(measure, table, a, b, parts)


def _per_hundred(of: Interval, to: Interval) -> Interval | None:
    """100 times one interval, divided by another; None where that holds zero, is beyond
    exact arithmetic, or either has no number."""
    if to.low is None or to.low <= 0 or (of.low is None and of.high is None):
        return None
    low = None if of.low is None or to.high is None else 100 * of.low / to.high
    high = None if of.high is None else 100 * of.high / to.low
    if not (countable(low) and countable(high)):
        return None
    return Interval(*(None if end is None else end.quantize(_FOUR, context=WIDE) for end in (low, high)))


def _row(measure: Measure, table: str, of: ReferenceRow, to: ReferenceRow, parts: Interval) -> ReferenceRow:
    exact = of.low is of.high is to.low is to.high is None
    best = _per_hundred(stated(of), stated(to)) if exact else parts if parts.low == parts.high else None
    sources = dict.fromkeys(row.source for row in (of, to) if row.source)
    raw: Mapping[str, str] = {"of": of.row_id, "of_table": of.table, "to": to.row_id, "to_table": to.table}
    return ReferenceRow(
        package=of.package, table=table, row_id=f"{of.row_id}/{to.row_id}", kind="figure",
        measure=measure.name, measure_type=measure.type, unit=UNIT,
        low=None if parts.low == parts.high else parts.low, best=None if best is None else best.low,
        high=None if parts.low == parts.high else parts.high, places=of.places, actor=of.actor,
        first=of.first, last=of.last, as_of=of.as_of or (to.as_of if of.period is None else None),
        complete=of.complete and to.complete,
        source_id=of.source_id if of.source_id == to.source_id else None, source="; ".join(sources) or None,
        url=of.url if of.source_id == to.source_id else None, origins=of.origins,
        destinations=of.destinations, event=of.event,
        reported_by=of.reported_by if of.reported_by == to.reported_by else None, raw=raw,
    )  # fmt: skip


# ----------------------------------------------------------------------------------------------------
#     package = load(Path("reference_data"))
#     package.rows          # every row of every table, normalised
#     package.vocabulary    # what is measured, and in which words
#
# A package is a folder with `datapackage.json` and CSV files (a Data Package,
# https://specs.frictionlessdata.io/), each table with a `claimcheck` block that says what its columns mean.
# Whatever is wrong with it comes in one `PackageError` with file, line, column and value, and then nothing
# is loaded. Nothing in a package is ever executed, and no file outside its folder is read.


def load(folder: Path) -> Package:
    """The package in the folder. Raises PackageError with every fault that it has."""
    problems = Problems()
    descriptor, blob = _descriptor(folder, problems)
    if descriptor is None:
        problems.raise_if_any(folder)
        raise AssertionError("a descriptor that cannot be read has a problem")
    loader = _Loader(folder, descriptor, problems)
    rows = loader.rows()
    problems.raise_if_any(folder)
    return Package(
        name=descriptor.name, digest=loader.digest(blob), folder=folder, vocabulary=descriptor.vocabulary,
        sources=tuple((loader.sources or {}).values()),
        rows=(*rows, *ratio_rows(descriptor.vocabulary, rows)), resources=descriptor.resources,
        title=descriptor.title,
    )  # fmt: skip


def read_descriptor(folder: Path) -> Descriptor:
    """What a package's descriptor says, without its tables. Raises PackageError with every fault of it."""
    problems = Problems()
    descriptor, _ = _descriptor(folder, problems)
    problems.raise_if_any(folder)
    assert descriptor is not None, "a descriptor that cannot be read has a problem"
    return descriptor


def places_in_descriptor(folder: Path, paths: Iterable[Sequence[str | int]]) -> list[tuple[int, int]]:
    """Line and column of parts of a package's descriptor, by path ("vocabulary", "deaths", "says", 0)."""
    located = read_json(DESCRIPTOR, bytes_of(folder / DESCRIPTOR).decode("utf-8-sig"), Problems())
    assert located is not None, "a descriptor that was loaded is JSON"
    return [located.place(*path) for path in paths]


def load_all(folders: Sequence[Path]) -> tuple[Package, ...]:
    """Several packages, to be used together. Raises PackageError with the faults of all of them.

    Two packages may have tables of the same name. Where they also share a row's key ("events:E1" in
    both), these tables are renamed to "package/table" in both, so that a key names one row. Two packages
    of one name cannot be told apart, and are an error.
    """
    packages: list[Package] = []
    problems: list[Problem] = []
    for folder in folders:
        try:
            packages.append(load(folder))
        except PackageError as error:
            problems += [replace(problem, file=str(folder / problem.file)) for problem in error.problems]
    first: dict[str, Package] = {}
    for package in packages:
        other = first.setdefault(package.name, package)
        if other is not package:
            message = f"the package in {other.folder} has this name too: give each its own"
            problems.append(Problem(str(package.folder / DESCRIPTOR), 1, None, package.name, message))
    if problems:
        raise PackageError(", ".join(map(str, folders)), problems)
    return tuple(_qualified(packages))


def _descriptor(folder: Path, problems: Problems) -> tuple[Descriptor | None, bytes]:
    file = folder / DESCRIPTOR
    try:
        blob = bytes_of(file)
        text = blob.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = blob.count(b"\n", 0, error.start) + 1
        column = error.start - blob.rfind(b"\n", 0, error.start)
        byte = f"0x{blob[error.start]:02x}"
        problems.add(DESCRIPTOR, line, column, byte, "not UTF-8: save it as UTF-8 text")
        return None, b""
    except OSError as error:
        message = f"cannot be read ({error.strerror}); `claimcheck reference init FILE.csv` writes one"
        problems.add(DESCRIPTOR, None, None, None, message)
        return None, b""
    located = read_json(DESCRIPTOR, text, problems)
    return (None if located is None else DescriptorReader(located, problems).read()), blob


class _Loader:
    """Reads the tables of one package in the order in which they point to each other."""

    def __init__(self, folder: Path, descriptor: Descriptor, problems: Problems) -> None:
        self._folder, self._descriptor, self._problems = folder, descriptor, problems
        self._hashes = {resource.name: hashlib.sha256() for resource in descriptor.resources}
        self._places = Gazetteer(given=any(table.entity == "place" for table in descriptor.resources))
        self.sources: dict[str, Source] | None = None

    def rows(self) -> tuple[ReferenceRow, ...]:
        """The rows in the order of the descriptor's tables."""
        tables = self._descriptor.resources
        for resource in tables:
            if resource.kind == "sources":
                self._read_sources(resource)
        context = Context(
            self._descriptor.name, {measure.name: measure for measure in self._descriptor.vocabulary},
            self._places, self.sources, self._problems,
        )  # fmt: skip
        made = self._gazetteer_rows([table for table in tables if table.kind == "gazetteer"], context)
        for resource in sorted(tables, key=lambda table: table.kind != "events"):  # others point to them
            if resource.kind not in ("sources", "gazetteer"):
                if resource.kind != "events" and not context.events:
                    context = replace(context, events=_by_key(made, tables))
                maker = RowMaker(resource, context)
                made[resource.name] = [row for record in self._table(resource) for row in maker.rows(record)]
        return tuple(row for resource in tables for row in made.get(resource.name, ()))

    def _check_everywhere(self, resource: Resource, keys: Iterable[str]) -> None:
        """Note where the row that is to stand for the whole is not there."""
        if resource.everywhere is not None and resource.everywhere not in keys:
            message = "everywhere is the key of a row of this table, and none has it"
            self._problems.add(resource.path, None, None, resource.everywhere, message)

    def digest(self, descriptor: bytes) -> str:
        """Hash over the descriptor and every table, in the descriptor's order."""
        total = hashlib.sha256(descriptor)
        for resource in self._descriptor.resources:
            total.update(f"\0{resource.path}\0".encode("utf-8", "surrogatepass"))
            total.update(self._hashes[resource.name].digest())
        return total.hexdigest()[:12]

    def _table(self, resource: Resource) -> Iterable[Record]:
        file = self._inside(resource)
        return () if file is None else read_table(resource, file, self._hashes[resource.name], self._problems)

    def _inside(self, resource: Resource) -> Path | None:
        """The table's file, if it is one in the package's folder (links followed)."""
        home = self._folder.resolve()
        message = None
        try:
            file = (home / resource.path).resolve()
            if "://" in resource.path or not file.is_relative_to(home):
                message = "a table's path names a file in the package's folder, not elsewhere"
            elif not file.is_file():
                message = "there is no such file in the package's folder"
        except (OSError, ValueError) as error:  # a name too long, or with NUL
            message = f"not a usable file name ({error})"
        if message is None:
            return file
        self._problems.add(resource.path, None, None, resource.path, message)
        return None

    def _read_sources(self, resource: Resource) -> None:
        context = Context(self._descriptor.name, {}, self._places, None, self._problems)
        maker = RowMaker(resource, context)
        self.sources = {} if self.sources is None else self.sources
        for line, cells in self._table(resource):
            key, cell = maker.key(line, cells), Cell(resource, line, cells)
            if key is None:
                continue
            if key in self.sources:
                message = "another table of sources has this key"
                self._problems.add(resource.path, line, cell.column("key"), key, message)
            self.sources[key] = Source(
                key, cell.text("title"), cell.text("publisher"), cell.text("url"), cell.period("date")
            )

    def _gazetteer_rows(self, tables: Sequence[Resource], context: Context) -> dict[str, list[ReferenceRow]]:
        """Two passes: every name must be known before a container can be found."""
        kept: list[tuple[Resource, RowMaker, Record, str]] = []
        entries: list[Entry] = []
        for resource in tables:
            maker = RowMaker(resource, context)
            for record in self._table(resource):
                key, cell = maker.key(*record), Cell(resource, *record)
                if key is None:
                    continue
                names = names_of(cell)
                if not names:
                    column = cell.column("names")
                    self._problems.add(resource.path, cell.line, column, "", "every row needs a name")
                entry = Entry(
                    f"{resource.name}:{key}", key, names, cell.text("within"), resource.path, cell.line,
                    cell.column("within"),
                )  # fmt: skip
                entries.append(entry)
                kept.append((resource, maker, record, key))
                if resource.entity == "place":
                    self._places.add(entry)
        self._places.link(entries, self._problems)
        rows: dict[str, list[ReferenceRow]] = {resource.name: [] for resource in tables}
        for resource, maker, record, key in kept:
            rows[resource.name].append(gazetteer_row(maker, context, resource, record, key))
        for resource in tables:
            self._check_everywhere(resource, {row.row_id for row in rows[resource.name]})
        return rows


def _by_key(
    made: Mapping[str, Sequence[ReferenceRow]], tables: Sequence[Resource]
) -> Mapping[str, tuple[ReferenceRow, ...]]:
    """The events by their keys, alone ("E1") and with their table ("events:E1")."""
    found: dict[str, tuple[ReferenceRow, ...]] = {}
    for table in tables:
        for row in made.get(table.name, ()) if table.kind == "events" else ():
            found[row.row_id] = (*found.get(row.row_id, ()), row)
            found[row.key] = (row,)
    return found


def _qualified(packages: Sequence[Package]) -> Iterable[Package]:
    """Tables renamed to "package/table" where two packages share a row's key."""
    owners: dict[str, str] = {}
    shared: set[str] = set()
    for package in packages:
        for row in package.rows:
            if owners.setdefault(row.key, package.name) != package.name:
                shared.add(row.table)
    for package in packages:
        yield _renamed(package, shared) if shared else package


def _renamed(package: Package, shared: set[str]) -> Package:
    own = {resource.name for resource in package.resources}
    tables = own | {row.table for row in package.rows}
    names: Mapping[str, str] = {table: f"{package.name}/{table}" for table in tables & shared}

    def place(key: str) -> str:
        table, colon, row_id = key.partition(":")
        return f"{names[table]}:{row_id}" if colon and table in names else key

    has_gazetteer = any(resource.entity == "place" for resource in package.resources)
    return replace(
        package,
        rows=tuple(
            replace(
                row,
                table=names.get(row.table, row.table),
                places=tuple(map(place, row.places)) if has_gazetteer else row.places,
                origins=tuple(map(place, row.origins)) if has_gazetteer else row.origins,
                destinations=tuple(map(place, row.destinations)) if has_gazetteer else row.destinations,
                event=None if row.event is None else place(row.event),
                raw=with_tables(row.raw, names) if row.table not in own else row.raw,
            )
            for row in package.rows
        ),
        resources=tuple(
            replace(
                resource,
                name=names.get(resource.name, resource.name),
                same_as=None if resource.same_as is None else names.get(resource.same_as, resource.same_as),
            )
            for resource in package.resources
        ),
    )
