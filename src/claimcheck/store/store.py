"""The store: one DuckDB database with everything that was read, judged and published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from claimcheck.model import CheckedDocument, Claim, RunInfo
from claimcheck.reference.package import Package
from claimcheck.store import loading, migrations, packages, saving
from claimcheck.store.database import (
    Connection,
    DatabaseError,
    append,
    cells,
    connect,
    damaged,
    interruptible,
    records,
    transaction,
)
from claimcheck.store.errors import NO_DATABASE, MemoryLimitError, StoreError
from claimcheck.store.loading import LATEST
from claimcheck.store.migrations import literal, quoted
from claimcheck.store.saving import Saver, SaveResult

WRITER_MEMORY = 256_000_000
"""Bytes that DuckDB may take in a process that writes; by default it takes most of the machine's."""
KEPT_MEMORY = 16_000_000
"""Bytes that DuckDB may keep between two batches. What it has read from the file it would else keep up to its
limit, and a run would take more the more there is."""
FRUGAL_MEMORY = 48_000_000
"""Bytes for work on the whole database, a copy or an overview, as long as that will do."""
UPGRADE_MEMORY = 4_000_000_000
"""Bytes for an upgrade of a database of texts as long as books, once."""
WAITING = 16_000_000
"""Bytes of changes that wait in the log, and in memory, until DuckDB writes them to the file. It keeps each
such part as a group of rows; many small ones make a large file."""
MANY_GROUPS = 8
SMALL_GROUP = 500  # documents
STREAMED = 50  # documents of a stream that are in memory at once
STREAM_MEMORY = 24_000_000
"""Bytes for reading those, and for a part of an overview. Of documents that lie far apart DuckDB else keeps
all that is between them."""
ROW_MEMORY = 400
"""Bytes that a writer may take for each reference row: linking holds them in tables of its own."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ViewDescription:
    """A view for people: its name, what a row of it is, and its columns with their meaning."""

    name: str
    comment: str
    columns: tuple[tuple[str, str, str], ...]  # name, type, comment


def open_store(path: str | Path | None = None, *, read_only: bool = False) -> Store:
    """Open the database file, making it where there is none; None is a database in memory.

    An older schema is upgraded, unless `read_only`. Raises StoreError where the file is no database of
    ours, is of a newer schema, or is open in another process.
    """
    file = None if path is None else Path(path)
    if read_only and (file is None or not file.is_file()):
        raise StoreError(f"{file}: {NO_DATABASE}")
    connection = connect(file, read_only=read_only)
    try:
        store = Store(connection, file)
        if not read_only:
            if file is not None:
                _sweep(file)
                store.limit()
            _upgrade(store)
        elif pending := migrations.check(connection, file):
            raise StoreError(f"{file}: the database lacks {pending[0].name}; the next run upgrades it")
    except BaseException as error:
        connection.close()
        if (harm := damaged(file, error)) is not None:
            raise harm from error
        raise
    return store


def _sweep(file: Path) -> None:
    """Delete what a killed process set aside of this database: only one at a time has it open to write."""
    left = file.with_name(file.name + ".tmp")
    with suppress(OSError):  # there is none, or something else is in it
        for part in left.glob("duckdb_temp_*"):
            part.unlink()
        left.rmdir()


def _upgrade(store: Store) -> None:
    """Bring the schema up to date. A table is copied in one statement, and DuckDB takes 2,048 texts at once,
    however long: where a writer's memory is too little for them, the copy gets more.
    """
    try:
        migrations.migrate(store.connection, store.path)
    except MemoryLimitError:  # the file is as it was before that table
        with store.tight(UPGRADE_MEMORY):
            migrations.migrate(store.connection, store.path)


class Store:
    """An open database. Close it, or use it in a `with` block: nobody else can open the file meanwhile."""

    def __init__(self, connection: Connection, path: Path | None) -> None:
        self.connection = connection
        self.path = path
        self._tables = 0  # bytes for the tables of linking
        self._limit: str | None = None  # a writer's, to the byte
        self._now: str | None = None  # what holds now, where it is known to the byte

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        self.refuse_damage(error)

    def refuse_damage(self, error: BaseException | None) -> None:
        """Raise DamagedError where an error that came out of this store says that its file is damaged."""
        if (harm := damaged(self.path, error)) is not None:
            raise harm from error

    def limit(self) -> None:
        """Let DuckDB have what a writer may take, with the tables of linking."""
        self._limit = self._now = f"{WRITER_MEMORY + self._tables}B"
        limit_memory(self.connection, self._limit)

    @contextmanager
    def tight(self, most: int) -> Iterator[None]:
        """DuckDB keeps to so many bytes inside the block, and lets go of what it has read beyond that.

        What does not fit goes to a temporary file, or raises MemoryLimitError. Nothing changes for a database
        in memory.
        """
        if self.path is None:
            yield
            return
        [(own,)] = self.cells("SELECT current_setting('memory_limit')")  # of a reader: DuckDB's own
        before, now = self._now or own, f"{most + self._tables}B"
        with suppress(DatabaseError):  # what is in use at this moment is more
            self.connection.execute(f"SET memory_limit = '{now}'")
        self._now = now
        try:
            yield
        finally:
            self.connection.execute(f"SET memory_limit = '{before}'")
            self._now = before

    def trim(self) -> None:
        """Have DuckDB let go of what it has read from the file, beyond `KEPT_MEMORY`."""
        with self.tight(KEPT_MEMORY):
            pass

    def frugally(self, work: Callable[[], T], most: int = FRUGAL_MEMORY) -> T:
        """What `work` returns, done with `most` bytes, and once more with all where that is too little."""
        try:
            with self.tight(most):
                return work()
        except MemoryLimitError:  # a text of many megabytes, say
            return work()

    def settle(self) -> None:
        """Have a writer's changes that wait in memory written to the file."""
        if self._limit is not None:
            self.connection.execute("CHECKPOINT")

    def close(self) -> None:
        """Write everything to the file and let it go. Closing twice does no harm."""
        if self._limit is not None:
            with suppress(DatabaseError):
                self._merge()
        self.connection.close()

    def _merge(self) -> None:
        """Have DuckDB merge its groups of rows, where there are many small ones: each run adds one at least.

        A checkpoint after which nothing changed does nothing, and a run that was published ends with one: so
        a comment is written again. Very long texts may need more memory than DuckDB may take; then it gives
        the open database up, of which nothing is wanted any more: what is in the log stays there, and the
        next checkpoint writes it.
        """
        [(groups, rows, said)] = self.cells(GROUPS)
        if groups >= MANY_GROUPS and rows < groups * SMALL_GROUP:
            with self.tight(FRUGAL_MEMORY):
                self.connection.execute("SET max_vacuum_tasks = 100")
                self.connection.execute(f"COMMENT ON TABLE run_document IS {literal(said)}")
                self.connection.execute("CHECKPOINT")

    def save(self, run: RunInfo, documents: Iterable[CheckedDocument]) -> SaveResult:
        """Store a run's documents (`saving.save`): idempotent, in batches of one transaction each."""
        return saving.save(self.saver(run), documents)

    def saver(self, run: RunInfo) -> Saver:
        """A run that is saved bit by bit; end it with `close("finished")`. Until then it is `running`."""
        return Saver(self.connection, run, self.trim)

    def run_keys(self, number: int) -> list[int]:
        """The document versions that the run of this number saw, in its order."""
        return loading.keys_of_run(self.connection, number)

    def stream(self, keys: Sequence[int]) -> Iterator[CheckedDocument]:
        """Document versions with the verdicts that hold now, a few in memory at a time."""
        for first in range(0, len(keys), STREAMED):
            part = keys[first : first + STREAMED]
            yield from self.frugally(partial(loading.load_versions, self.connection, part), STREAM_MEMORY)

    def publish_packages(self, published: Iterable[Package]) -> packages.Published:
        """Make these packages the reference tables (`packages.publish`), in one transaction.

        Rows that are a list are taken out of it.
        """
        wanted = tuple(published)
        if self.path is not None:
            self._tables = ROW_MEMORY * sum(len(p.rows) for p in wanted)
            self.limit()
        done = packages.publish(self.connection, wanted, logged=self.path is not None)
        self.trim()
        return done

    def load_document(self, doc_id: str) -> CheckedDocument:
        """The current version of a document with its latest verdicts. Raises StoreError."""
        return loading.load_document(self.connection, doc_id)

    def load_run(self, run_id: str = LATEST) -> tuple[RunInfo, list[CheckedDocument]]:
        """A run and its documents, with the verdicts that held at its end. Raises StoreError."""
        return loading.load_run(self.connection, run_id)

    def find_claim(self, claim_id: str) -> tuple[CheckedDocument, Claim]:
        """The claim with this id, or the only one whose id begins so. Raises StoreError."""
        return loading.find_claim(self.connection, claim_id)

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[dict[str, Any]]:
        """What a statement of our own returns, each row by column name. Not for SQL that users type."""
        return records(self.connection, sql, parameters)

    def cells(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """What a statement of our own returns, each row as its values: for very many rows."""
        return cells(self.connection, sql, parameters)

    def arrays(self, sql: str) -> dict[str, Any]:
        """What a statement of our own returns, each column as an array: for very many numbers."""
        with interruptible():
            return dict(self.connection.execute(sql).fetchnumpy())

    def views(self) -> tuple[ViewDescription, ...]:
        """The views that people read, with their comments."""
        return describe_views(self.connection)

    @contextmanager
    def temporary_table(
        self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]
    ) -> Iterator[str]:
        """A temporary table with these columns (name: SQL type), filled in bulk, dropped after the block.

            with store.temporary_table("wanted", {"claim_id": "VARCHAR", "low": "DECIMAL(38, 9)"}, rows) as t:
                store.rows(f"SELECT * FROM {t} JOIN …")

        Yields the name as SQL writes it. A table of that name from before is replaced.
        """
        declared = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {quoted(name)} ({declared})")
        try:
            with transaction(self.connection):
                append(self.connection, name, tuple(columns), rows)
            yield quoted(name)
        finally:
            self.connection.execute(f"DROP TABLE IF EXISTS {quoted(name)}")


def limit_memory(connection: Connection, most: str) -> None:
    """Let DuckDB have so much ("250MB"), and one thread: each further one needs its own, and gains little.

    It merges no groups of rows meanwhile: that takes memory by the length of their texts, and too little of
    it ends the open database in the middle of a run.
    """
    connection.execute(f"SET threads = 1; SET memory_limit = '{most}'")
    connection.execute(f"SET checkpoint_threshold = '{WAITING}B'; SET max_vacuum_tasks = 0")


def describe_views(connection: Connection) -> tuple[ViewDescription, ...]:
    """The views of the database in alphabetical order."""
    views = records(connection, VIEWS)
    columns: dict[str, list[tuple[str, str, str]]] = {view["name"]: [] for view in views}
    for column in records(connection, COLUMNS):
        if column["view"] in columns:
            columns[column["view"]].append((column["name"], column["type"], column["comment"] or ""))
    return tuple(ViewDescription(v["name"], v["comment"] or "", tuple(columns[v["name"]])) for v in views)


GROUPS = """
SELECT count(DISTINCT row_group_id), (SELECT count(*) FROM run_document), (SELECT coalesce(max(comment), '')
    FROM duckdb_tables() WHERE table_name = 'run_document' AND database_name = current_database())
FROM pragma_storage_info('run_document')
"""
VIEWS = f"""
SELECT view_name AS name, comment FROM duckdb_views()
WHERE NOT internal AND database_name = current_database()
UNION ALL SELECT table_name, comment FROM duckdb_tables()
WHERE table_name IN {migrations.FIXED} AND database_name = current_database() ORDER BY name
"""
COLUMNS = """
SELECT table_name AS view, column_name AS name, data_type AS type, comment FROM duckdb_columns()
WHERE NOT internal AND database_name = current_database() ORDER BY table_name, column_index
"""
