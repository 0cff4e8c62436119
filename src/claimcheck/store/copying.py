"""The whole database into a new file, in little memory, and what a snapshot holds as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from claimcheck import faults
from claimcheck.store.database import Connection, DatabaseError, interruptible, rollback
from claimcheck.store.errors import MemoryLimitError, StoreError
from claimcheck.store.migrations import comment, literal, quoted, said_of, text_of
from claimcheck.store.store import FRUGAL_MEMORY, WAITING, WRITER_MEMORY, Store

# ----------------------------------------------------------------------------------------------------
# What a snapshot holds as tables, because nothing in it changes any more: no query has to find it again.
#
# Counting a million claims then reads one column of one table instead of joining six. The tables are filled
# a part at a time, so that memory does not grow with the claims.

AT_ONCE = 122_880  # claims whose latest verdict is looked for: as many as DuckDB keeps in a group of rows
AT_ONCE_WHOLE = 10_240  # claims with all that is said of them
AT_ONCE_TEXT = 8_000_000  # bytes of the documents' text, of which each claim's sentence is cut

PARTS = """
SELECT min(document_key), max(document_key), min(first_row), max(last_row) FROM (
    SELECT *, greatest(last_row // {at_once_whole}, sum(bytes) OVER running // {at_once_text}) AS part
    FROM (SELECT document_key, min(rowid) AS first_row, max(rowid) AS last_row FROM {database}.claim
        GROUP BY document_key)
    JOIN {sizes} USING (document_key)
    WINDOW running AS (ORDER BY document_key)
) GROUP BY part ORDER BY 1
"""
LAST_ROW = "SELECT coalesce(max(rowid), -1) FROM {database}.claim"
BOUNDS = """
SELECT coalesce(min(verdict_key), 0), coalesce(max(verdict_key), 0) FROM {database}.latest_verdict
WHERE claim_row BETWEEN {2} AND {3}
"""
# The view `claims` says what a claim is; here each of its tables is the part of it that the part needs.
CLAIMS_OF_A_PART = """
WITH
    claim AS (SELECT rowid, * FROM {database}.claim WHERE document_key BETWEEN {0} AND {1}),
    current_document AS (FROM {database}.current_document WHERE document_key BETWEEN {0} AND {1}),
    latest_verdict AS (FROM {database}.latest_verdict WHERE claim_row BETWEEN {2} AND {3}),
    verdict AS (FROM {database}.verdict WHERE verdict_key BETWEEN {4} AND {5}),
    run AS (FROM {database}.run),
    review AS (FROM {database}.review),
    measure AS (FROM {database}.measure)
"""


def fix(connection: Connection, database: str, sizes: str) -> None:
    """Hold the views `migrations.FIXED` of an attached copy as tables, with their comments.

    `sizes` is a table of the documents' `document_key` and the `bytes` of their text.

    Claims are in the order in which they were stored, those of a part in the view's order.
    """
    connection.execute(f"CREATE TABLE {database}.fixed AS FROM {database}.latest_version")
    _name("latest_version", connection, database)
    connection.execute(f"CREATE TABLE {database}.fixed AS FROM {database}.latest_verdict LIMIT 0")
    [(last,)] = connection.execute(LAST_ROW.format(database=database)).fetchall()
    for first in range(0, last + 1, AT_ONCE):
        rows = f"claim_row BETWEEN {first} AND {first + AT_ONCE - 1}"
        connection.execute(f"INSERT INTO {database}.fixed FROM {database}.latest_verdict WHERE {rows}")
    _name("latest_verdict", connection, database)
    names = {
        "database": database, "sizes": sizes, "at_once_whole": AT_ONCE_WHOLE, "at_once_text": AT_ONCE_TEXT,
    }  # fmt: skip
    parts = connection.execute(PARTS.format(**names)).fetchall()
    with _joined_as_written(connection):
        connection.execute(f"CREATE TABLE {database}.fixed AS FROM {database}.claims LIMIT 0")
        with _together(connection):
            for part in parts:
                [bounds] = connection.execute(BOUNDS.format(*part, **names)).fetchall()
                claims = CLAIMS_OF_A_PART.format(*part, *bounds, **names) + _definition("claims")
                connection.execute(f"INSERT INTO {database}.fixed {claims}")
        connection.execute(f"CHECKPOINT {database}")
    _name("claims", connection, database)


@contextmanager
def _together(connection: Connection) -> Iterator[None]:
    """One transaction: DuckDB then writes full groups of rows, each once, which takes a quarter less time and
    room than a group for each part."""
    connection.begin()
    try:
        yield
        connection.commit()
    except BaseException:
        rollback(connection)
        raise


@contextmanager
def _joined_as_written(connection: Connection) -> Iterator[None]:
    """Claims stream past what they are joined with: the optimizer would rather hold the claims, each with its
    document's whole text."""
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    try:
        yield
    finally:
        connection.execute("RESET disabled_optimizers")


def _definition(view: str) -> str:
    """The SELECT of a view."""
    found = re.search(rf"^CREATE VIEW {view} AS\n(.*?);$", text_of("views.sql"), re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def _name(view: str, connection: Connection, database: str) -> None:
    """Let the table `fixed` take the view's name and comments."""
    relation = f"{database}.{view}"
    statements = [
        f"DROP VIEW {relation}",
        f"ALTER TABLE {database}.fixed RENAME TO {view}",
        f"COMMENT ON TABLE {relation} IS {literal(said_of(view))}",
    ]
    for column, *_ in connection.execute(f"DESCRIBE {database}.fixed").fetchall():
        said = literal(said_of(view, column))
        statements.append(f"COMMENT ON COLUMN {relation}.{quoted(column)} IS {said}")
    connection.execute(";\n".join(statements))


# ----------------------------------------------------------------------------------------------------
# The whole database into a new file, in little memory: a part of a table's rows at a time.
#
# DuckDB holds some thousand rows at once, and of documents as long as books those are gigabytes: then the
# parts get smaller. Each part is written to the file before the next, outside that bound: a checkpoint that
# lacks memory would end the open database. A few short rows wait for the next such part, or for the end.

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
        with _written_when_stated(connection):
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
def _written_when_stated(connection: Connection) -> Iterator[None]:
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
