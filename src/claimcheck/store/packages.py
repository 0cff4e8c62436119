"""Reference packages into the tables that cross-referencing and people read.

Publishing replaces: the packages that are given are the reference from then on, all others go, in one
transaction. A package that is there already, byte for byte, is left as it is. Runs keep the digests that they
used.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from claimcheck.model import Period, ReferenceRow
from claimcheck.names import folded
from claimcheck.reference.package import Package
from claimcheck.reference.schema import Measure
from claimcheck.store.codec import ENCODE, Row, Table, cells
from claimcheck.store.database import ROWS_AT_ONCE, Bulk, Connection, records, transaction
from claimcheck.store.publications import Log

_JSON = json.JSONEncoder(ensure_ascii=False, default=str).encode
TABLES = (
    "reference_package", "measure", "measure_word", "source", "reference_row", "reference_place",
    "reference_name", "resource_link", "resource_column",
)  # fmt: skip
PACKAGE = ("package", "digest", "title", "path", "resources", "loaded_at")
MEASURE = ("package", "measure", "type", "says", "part_of", "counts", "revised", "vague", "learned")
MEASURE_WORD = ("package", "measure", "rank", "word", "folded")
SOURCE = ("package", "source_id", "title", "publisher", "url", "date_start", "date_end")
REFERENCE_ROW = Table(
    ReferenceRow,
    "package resource=table row_id measure= kind entity= name label measure_type unit low best high actor "
    "first_start=first.start first_end=first.end last_start=last.start last_end=last.end "
    "as_of_start=as_of.start as_of_end=as_of.end number series source_id source url confidence complete raw= "
    "beyond= quote origins= destinations= event reported_by",
)
RESOURCE_LINK = ("package", "resource", "role", "target")
RESOURCE_COLUMN = ("package", "resource", "role", "name")
NAMED_COLUMNS = ("key", "start", "end", "as_of", "place", "actor", "event")
"""Keys of a descriptor whose columns' names say what a text may call their cells: season, team."""
HEADER = "header"
"""The role of every column of a table that is read by its headers, in the order of the table."""
REFERENCE_PLACE = ("package", "resource", "row_id", "measure", "rank", "place", "folded")
REFERENCE_NAME = ("package", "resource", "row_id", "rank", "name", "folded")


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did, by the packages' names."""

    loaded: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def publish(connection: Connection, packages: Iterable[Package], *, logged: bool = True) -> Published:
    """Make these packages the reference tables. Raises StoreError, and the database is as it was.

    The packages come from `reference.load_all`, which gives each a name of its own. Rows that are a list are
    taken out of it as they are stored, so that a million are not held twice. `logged`: what changes is
    recorded, so that only claims that it can touch need be judged again.
    """
    wanted = {package.name: package for package in packages}
    held = {
        r["package"]: (r["digest"], r["resources"])
        for r in records(connection, "SELECT package, digest, resources FROM reference_package")
    }
    same = {name for name, package in wanted.items() if held.get(name) == _identity(package)}
    for name in same:  # of a copy the rows are written where it is, not where it was
        folder = str(wanted[name].folder)
        connection.execute(MOVED, [folder, name, folder])
    changing = (held.keys() | wanted.keys()) - same
    digests = {name: digest for name, (digest, _) in held.items()}
    log = Log(connection) if logged else None
    if not changing and (log is None or log.knows(digests)):
        return Published((), tuple(wanted), ())
    bulk = Bulk(connection)
    with transaction(connection):
        if log is not None:
            log.begin(digests, changing)
        for name in changing & held.keys():
            for table in TABLES:
                connection.execute(f"DELETE FROM {table} WHERE package = ?", [name])
        for name in changing & wanted.keys():
            _load(bulk, wanted[name])
        if log is not None and changing:
            log.end({name: package.digest for name, package in wanted.items()}, changing)
    return Published(
        tuple(name for name in wanted if name not in same),
        tuple(name for name in wanted if name in same),
        tuple(sorted(held.keys() - wanted.keys())),
    )


MOVED = "UPDATE reference_package SET path = ? WHERE package = ? AND path IS DISTINCT FROM ?"


def _identity(package: Package) -> tuple[str, list[str]]:
    """Digest and tables: a table is renamed where another package has one of the same name and keys."""
    return package.digest, [resource.name for resource in package.resources]


def _load(bulk: Bulk, package: Package) -> None:
    name = package.name
    digest, resources = _identity(package)
    loaded_at = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ")
    line = (name, digest, package.title, str(package.folder), ENCODE(resources), loaded_at)
    bulk.insert("reference_package", PACKAGE, [line])
    bulk.insert("measure", MEASURE, (_measure(name, m) for m in package.vocabulary))
    words = (
        (name, m.name, rank, word, folded(word))
        for m in package.vocabulary
        for rank, word in enumerate(m.all_words)
    )
    bulk.insert("measure_word", MEASURE_WORD, words)
    sources = ((name, s.key, s.title, s.publisher, s.url, *_days(s.date)) for s in package.sources)
    bulk.insert("source", SOURCE, sources)
    links = (
        (name, resource.name, role, target)
        for resource in package.resources
        for role, target in (("everywhere", resource.everywhere), ("same_as", resource.same_as))
        if target is not None
    )
    bulk.insert("resource_link", RESOURCE_LINK, links)
    columns = (
        (name, resource.name, role, binding.column)
        for resource in package.resources
        for role in NAMED_COLUMNS
        for binding in resource.roles.get(role, ())
        if binding.column is not None
    )
    bulk.insert("resource_column", RESOURCE_COLUMN, columns)
    headers = (
        (name, resource.name, HEADER, field.name)
        for resource in package.resources
        if resource.by_headers
        for field in resource.fields
    )
    bulk.insert("resource_column", RESOURCE_COLUMN, headers)
    before: tuple[str, str] | None = None
    for rows in _parts(package.rows):
        bulk.insert("reference_row", REFERENCE_ROW.columns, map(reference_row, rows))
        bulk.insert("reference_place", REFERENCE_PLACE, _places(rows))
        bulk.insert("reference_name", REFERENCE_NAME, _names(rows, before))
        before = rows[-1].table, rows[-1].row_id


def _measure(package: str, measure: Measure) -> Row:
    """`MEASURE` of a measure: vague words as {"dozens": ["24", "99"]}, learned ones as a list."""
    learned = [
        {"says" if one.is_sentence else "word": one.text, "from": one.source, "on": one.day, "by": one.by}
        for one in measure.learned
    ]
    vague = {word: [low, high] for word, low, high in measure.vague}
    return (
        package, measure.name, measure.type, _list(measure.all_says), measure.part_of,
        _list(measure.counts), measure.revised, _JSON(vague) if vague else None,
        _JSON(learned) if learned else None,
    )  # fmt: skip


def _list(values: Sequence[str]) -> str | None:
    return ENCODE(list(values)) if values else None


def _parts(rows: Sequence[ReferenceRow]) -> Iterator[Sequence[ReferenceRow]]:
    """The rows, so many at a time; a list gets shorter meanwhile."""
    if isinstance(rows, list):
        while rows:
            yield rows[:ROWS_AT_ONCE]
            del rows[:ROWS_AT_ONCE]
    for first in range(0, len(rows), ROWS_AT_ONCE):
        yield rows[first : first + ROWS_AT_ONCE]


def reference_row(row: ReferenceRow) -> Row:
    """The row of a row of a package."""
    entity = row.label if row.kind == "gazetteer" else None
    ways = _list(row.origins), _list(row.destinations)
    return REFERENCE_ROW.row(row, row.measure or "", entity, _JSON(dict(row.raw)), *ways)


def _days(period: Period | None) -> Row:
    return (None, None) if period is None else (cells(period.start), cells(period.end))


def _places(rows: Iterable[ReferenceRow]) -> Iterator[Row]:
    for row in rows:
        for rank, place in enumerate(row.places):
            yield (row.package, row.table, row.row_id, row.measure or "", rank, place, folded(place))


def _names(rows: Iterable[ReferenceRow], before: tuple[str, str] | None) -> Iterator[Row]:
    """The names of each row once: an incident has a row for each measure. `before`: the row before these."""
    for row in rows:
        key = (row.table, row.row_id)
        if key != before:
            for rank, name in enumerate(row.names):
                yield (row.package, row.table, row.row_id, rank, name, folded(name))
        before = key
