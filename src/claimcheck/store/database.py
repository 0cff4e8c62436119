"""One connection to DuckDB: opening, errors that say what to do, transactions, bulk loading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from claimcheck import faults
from claimcheck.regular_files import NOT_A_FILE, is_other
from claimcheck.store.errors import NO_DATABASE, BusyError, DamagedError, MemoryLimitError, StoreError

# ----------------------------------------------------------------------------------------------------
# Extensions are neither installed nor loaded on demand, so that no statement tries the network.

Connection = duckdb.DuckDBPyConnection
DatabaseError = duckdb.Error

OFFLINE: Mapping[str, str] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",  # a table name in SQL never means a Python variable
}
FULL = (duckdb.IOException, duckdb.FatalException)  # a full disk, a folder that became read-only
SPILLED = "duckdb_temp_"  # a file for what memory does not hold
LACKING = re.compile(r"(failed to (pin|allocate)|could not allocate) ")  # memory, as a commit says it
DAMAGE = (
    "Corrupt database file", "Corrupted ", "Failed to load metadata pointer", "Could not read enough bytes",
    "erialization Error", "INTERNAL Error",
)  # fmt: skip
HOLDER = re.compile(r"Conflicting lock is held in (?P<program>[^\n]{1,300}?) \(PID (?P<pid>\d{1,10})\)")


def connect(
    path: Path | None, *, read_only: bool = False, settings: Mapping[str, str] = OFFLINE
) -> Connection:
    """A connection to the file, or to memory where `path` is None. Raises StoreError."""
    if path is not None:
        _may_be_opened(path)
    name = ":memory:" if path is None else str(path)
    try:
        return duckdb.connect(name, read_only=read_only, config=dict(settings))
    except duckdb.Error as error:
        if (harm := damaged(path, error)) is not None:
            raise harm from error
        kind = BusyError if HOLDER.search(str(error)) else StoreError
        raise kind(_opening(path, str(error))) from error


def register(connection: Connection, name: str, frame: Any) -> None:
    """Let SQL call a frame by a name. Raises StoreError where a table or view has it, or it is no frame."""
    [(taken,)] = connection.execute(
        "SELECT count(*) FROM information_schema.tables WHERE lower(table_name) = lower(?)", [name]
    ).fetchall()
    if taken:
        raise StoreError(f"the database has a table or view {name}: give the frame another name")
    try:
        connection.register(name, frame)
    except duckdb.Error as error:
        first = str(error).split("\n", 1)[0]
        raise StoreError(
            f"{name} is no frame that DuckDB reads ({first}); give a DataFrame, a table of Arrow or a dict "
            f"of numpy arrays"
        ) from error


def _may_be_opened(path: Path) -> None:
    """Raise StoreError where a path cannot be a database's: no folder, no file, no right to look there."""
    try:
        if path.parent != path and not path.parent.is_dir():
            raise StoreError(f"{path}: the folder {path.parent} does not exist; make it first")
        if is_other(path):
            raise StoreError(f"{path}: cannot be opened: {NOT_A_FILE}, or name another file")
    except OSError as error:
        raise StoreError(faults.sentence(error)) from error


def damaged(path: Path | None, error: BaseException | None) -> DamagedError | None:
    """What it means for the user where an error says that the file itself is damaged, else None.

    DuckDB checks each block that it reads against the checksum that it wrote with it.
    """
    if path is None or not isinstance(error, duckdb.Error) or not _tells_damage(error):
        return None
    reason = str(error).split("\n", 1)[0]
    snapshot = path.parent.name == "snapshots"
    todo = (
        "delete it: readers take the one before, and the next run publishes another"
        if snapshot
        else "put a backup in its place with `claimcheck restore`, or move it away and check again"
    )
    return DamagedError(f"{path}: the {'snapshot' if snapshot else 'database'} is damaged ({reason}); {todo}")


def _tells_damage(error: BaseException) -> bool:
    """Whether DuckDB's message says that the file is not as it was written."""
    return any(words in str(error) for words in DAMAGE)


def _opening(path: Path | None, message: str) -> str:
    """What DuckDB's message on opening means for the user."""
    if held := HOLDER.search(message):
        return (
            f"{path}: another process has it open: {held['program']}, process {held['pid']}. "
            f"Wait for it or end it; to read meanwhile, use the latest snapshot"
        )
    if "different configuration" in message:
        return f"{path}: this process has it open already; close that store first"
    if "not a valid DuckDB database" in message:
        return f"{path}: this is no DuckDB database; name another file, or move this one away"
    if "in read-only mode" in message or "does not exist" in message:
        return f"{path}: {NO_DATABASE}"
    return f"{path}: the database cannot be opened: {faults.from_library(message)[1]}"


def unwritten(error: Exception) -> str:
    """The sentence for a transaction that could not be written."""
    file, reason = faults.from_library(str(error))
    place = file or "the database"
    return f"{place}: cannot be written: {reason}; what was kept is whole, and the next run does the rest"


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All statements of the block or none; Ctrl-C inside DuckDB arrives as KeyboardInterrupt."""
    done = False
    try:
        connection.begin()
        with interruptible():
            yield
            connection.commit()
        done = True
    except duckdb.OutOfMemoryException as error:
        first = str(error).split("\n", 1)[0]
        raise StoreError(f"too little memory: {first}; check against fewer or smaller packages") from error
    except (*FULL, duckdb.TransactionException) as error:
        if isinstance(error, duckdb.TransactionException) and "Failed to commit" not in str(error):
            raise
        if _tells_damage(error):
            raise
        raise StoreError(unwritten(error)) from error
    finally:
        if not done:
            rollback(connection)


def rollback(connection: Connection) -> None:
    """Leave an open transaction; nothing of it stays."""
    # DuckDB has rolled back by itself already, or gave the whole database up
    with suppress(duckdb.TransactionException, duckdb.FatalException):
        connection.rollback()


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C inside DuckDB arrives as KeyboardInterrupt, not as the RuntimeError that DuckDB makes of it; too
    little memory, and a disk too full to help it out, as MemoryLimitError."""
    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.TransactionException) as error:
        first = str(error).split("\n", 1)[0]
        if isinstance(error, duckdb.TransactionException) and not LACKING.search(first):
            raise
        raise MemoryLimitError(f"the database has too little memory for this: {first}") from error
    except duckdb.IOException as error:
        if SPILLED not in str(error):
            raise
        raise MemoryLimitError(unwritten(error)) from error
    except RuntimeError as error:
        if "interrupted" in str(error).lower():
            raise KeyboardInterrupt from error
        raise


def append(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows in bulk to the named columns of `table`; raises StoreError naming the table."""
    try:
        with connection.appender(table, columns=list(columns)) as appender:
            appender.append_rows(rows)
    except (duckdb.Error, TypeError, ValueError) as error:
        raise StoreError(f"a row of the table {table} cannot be stored: {error}") from error


def cells(
    connection: Connection, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> list[tuple[Any, ...]]:
    """The rows that `sql` returns, each as its values."""
    with interruptible():
        return connection.execute(sql, parameters or None).fetchall()


def records(
    connection: Connection, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> list[dict[str, Any]]:
    """The rows that `sql` returns, each by column name."""
    with interruptible():
        cursor = connection.execute(sql, parameters or None)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


# ----------------------------------------------------------------------------------------------------
# Rows into a table in bulk, column by column: some three times as fast as DuckDB's appender on wide tables.
#
# Rows hold texts, integers, truths and NULL (see `rows`); DuckDB reads numbers and days from their texts,
# exactly, and lists from JSON.

ROWS_AT_ONCE = 8_000  # so that a chunk's values stay in the processor's cache
NEW = "new_rows"


class Bulk:
    """Inserts into the tables of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._types: dict[str, Mapping[str, str]] = {}
        connection.execute("SET pandas_analyze_sample = 0")  # a column of objects is text, whatever is in it

    def insert(
        self,
        table: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[Any]],
        owners: Iterable[int] | None = None,
    ) -> None:
        """Add rows to the named columns of `table`; raises StoreError naming the table.

        `owners`: the key that the first column takes for each row, where the rows do not hold it.
        """
        if table not in self._types:
            self._types[table] = dict(self._connection.execute(TYPES, [table]).fetchall())
        types = [self._types[table][column] for column in columns]
        values = (_read(column, kind) for column, kind in zip(columns, types, strict=True))
        into = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {NEW}"
        stream, keys = iter(rows), iter(owners or ())
        while chunk := list(islice(stream, ROWS_AT_ONCE)):
            first = [] if owners is None else [tuple(islice(keys, len(chunk)))]
            given = zip(columns, types, [*first, *zip(*chunk, strict=True)], strict=True)
            self._run(table, into, {column: _array(kind, cells) for column, kind, cells in given})

    def _run(self, table: str, into: str, arrays: dict[str, Any]) -> None:
        try:
            self._connection.register(NEW, arrays)
            try:
                self._connection.execute(into)
            finally:
                self._connection.unregister(NEW)
        except duckdb.OutOfMemoryException:
            raise  # `transaction` tells it from a row that is wrong
        except duckdb.Error as error:
            raise StoreError(f"a row of the table {table} cannot be stored: {error}") from error


def _read(column: str, kind: str) -> str:
    """How a column's value is read from what a row holds."""
    return f"""from_json({column}, '["VARCHAR"]')""" if kind == "VARCHAR[]" else column


def _array(kind: str, cells: Sequence[Any]) -> Any:
    """The cells of a column as DuckDB takes them in at once."""
    import numpy as np  # only a process that writes needs it

    if kind in ("INTEGER", "BIGINT") and None not in cells:
        return np.array(cells, dtype=np.int64)
    if kind == "BOOLEAN":
        return np.array(cells, dtype=bool)
    return np.fromiter(cells, dtype=object, count=len(cells))  # takes each as it is and looks into none


TYPES = """
SELECT column_name, data_type FROM duckdb_columns()
WHERE table_name = ? AND database_name = current_database() AND schema_name = current_schema()
"""
