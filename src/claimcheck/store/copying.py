"""The whole database into a new file, in little memory: a part of a table's rows at a time.

DuckDB holds some thousand rows at once, and of documents as long as books those are gigabytes: then the parts
get smaller. Each part is written to the file before the next, outside that bound: a checkpoint that lacks
memory would end the open database. A few short rows wait for the next such part, or for the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from claimcheck import faults
from claimcheck.store.database import Connection, DatabaseError, interruptible
from claimcheck.store.errors import MemoryLimitError, StoreError
from claimcheck.store.fixing import fix
from claimcheck.store.migrations import comment, literal, quoted
from claimcheck.store.store import FRUGAL_MEMORY, WAITING, WRITER_MEMORY, Store

ALIAS = "claimcheck_snapshot"
SIZES = "document_size"  # a temporary table: how long each document's text is
ROWS_AT_ONCE = 122_880  # as many as DuckDB keeps in a group of rows: each group is written once
LONG_ROWS_AT_ONCE = 24_576
LONG_ROWS = frozenset({"document", "inbox_document"})  # tables with a text, or what was read in it, a row
FEW_ROWS = 2_048  # as many as DuckDB works on at once: for fewer a checkpoint takes longer than their writing
PART_MEMORY = 24_000_000  # bytes for a part; one for which that is too little is divided
TABLES = """
SELECT schema_name, table_name FROM duckdb_tables()
WHERE database_name = current_database() AND NOT temporary ORDER BY table_oid
"""


def copy_database(store: Store, target: Path, *, final: bool = False, then: str = "") -> None:
    """The database with its views and comments into a new file; `final`: nobody will write to that.

    Raises StoreError; `then` is what becomes of it.
    """
    if store.path is None:
        comment(store.connection)  # a database in memory does without
    try:
        with interruptible():
            store.settle()
            try:
                _copy(store, target, final, FRUGAL_MEMORY)
            except MemoryLimitError:  # the tables of a snapshot that are made from others
                _copy(store, target, final, WRITER_MEMORY)
    except (DatabaseError, MemoryLimitError) as error:
        store.refuse_damage(error)
        reason = faults.from_library(str(error))[1]
        what = "snapshot" if final else "copy"
        raise StoreError(f"{target.parent}: the {what} cannot be written: {reason}{then}") from error


def _copy(store: Store, target: Path, final: bool, most: int) -> None:
    connection = store.connection
    [(name,)] = store.cells("SELECT current_database()")
    for file in (target, target.with_name(f"{target.name}.wal")):
        file.unlink(missing_ok=True)  # of an attempt that lacked memory
    connection.execute(f"ATTACH {literal(str(target))} AS {ALIAS} (READ_WRITE)")
    try:
        connection.execute(f"COPY FROM DATABASE {quoted(name)} TO {ALIAS} (SCHEMA)")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {SIZES} (document_key BIGINT, bytes BIGINT)")
        with _written_when_told(connection):
            for names in store.cells(TABLES):
                many = LONG_ROWS_AT_ONCE if names[-1] in LONG_ROWS else ROWS_AT_ONCE
                _copy_table(store, ".".join(map(quoted, names)), many, sizes=names[-1] == "document")
            if final:
                with interruptible(), store.tight(most):
                    fix(connection, ALIAS, SIZES)
    finally:
        connection.execute(f"DETACH {ALIAS}")  # writes the file's last page
        connection.execute(f"DROP TABLE IF EXISTS {SIZES}")


@contextmanager
def _written_when_told(connection: Connection) -> Iterator[None]:
    """DuckDB writes nothing to a file by itself meanwhile."""
    connection.execute("SET checkpoint_threshold = '1TB'")
    try:
        yield
    finally:
        connection.execute(f"SET checkpoint_threshold = '{WAITING}B'")


def _copy_table(store: Store, table: str, many: int, sizes: bool) -> None:
    """The rows of a table in order, `many` at a time or as many as there is memory for; `sizes` of its texts
    are noted."""
    [(end,)] = store.cells(f"SELECT coalesce(max(rowid) + 1, 0) FROM {table}")
    few = end <= FEW_ROWS and many == ROWS_AT_ONCE
    first = 0
    while first < end:
        part = f"FROM {table} WHERE rowid BETWEEN {first} AND {first + many - 1}"
        try:
            if many == 1:
                store.frugally(partial(_insert, store, table, part, sizes))  # it may take all the memory
            else:
                with store.tight(PART_MEMORY):
                    _insert(store, table, part, sizes)
        except MemoryLimitError:
            if many == 1:
                raise
            many = max(1, many // 4)
        else:
            if not few:
                store.connection.execute(f"CHECKPOINT {ALIAS}")
            first += many


def _insert(store: Store, table: str, part: str, sizes: bool) -> None:
    with interruptible():
        if sizes:
            known = (
                f"document_key NOT IN (SELECT document_key FROM {SIZES})"  # from a part that was too large
            )
            noted = f"SELECT document_key, strlen(text) {part} AND {known}"
            store.connection.execute(f"INSERT INTO {SIZES} {noted}")
        store.connection.execute(f"INSERT INTO {ALIAS}.{table} {part}")
