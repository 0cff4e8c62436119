"""The door for SQL that a person types: one reading statement, on a read-only file, cut off from everything.

The connection can neither open files nor the network nor change its settings; DuckDB enforces that, and the
statement's kind is checked before. A query is bounded in time, memory and rows.
"""

from __future__ import annotations

import re
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from claimcheck.store.database import OFFLINE, Connection, StoreError
from claimcheck.store.database import connect as connect_file
from claimcheck.store.manifest import latest_snapshot

SECONDS = 60.0
ROWS = 1_000_000
MEMORY = "2GB"
GRACE = 2.0  # seconds that a stopped query has to end
LOCKED = {
    **OFFLINE,
    "enable_external_access": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "temp_directory": "",
    "max_temp_directory_size": "0B",
    "lock_configuration": "true",
}
EXPLAIN = re.compile(
    r"\s*EXPLAIN\s+(?:ANALYZE\s+)?(?:\([^()]{0,200}\)\s*)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)


class QueryError(StoreError):
    """The statement is refused or fails; the message is DuckDB's, with the position where it gives one."""


class QueryResult(NamedTuple):
    """The names of the columns, and the rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def connect(database: str | Path) -> Connection:
    """A read-only DuckDB connection to the latest snapshot, for notebooks. Raises StoreError."""
    return connect_file(readable(database), read_only=True)


def readable(database: str | Path) -> Path:
    """The file that readers open: the latest snapshot, else the database itself. Raises StoreError."""
    file = latest_snapshot(database) or Path(database)
    if not file.is_file():
        raise StoreError(f"{file}: there is no database here; run a check with this database first")
    return file


def query(
    database: str | Path, sql: str, *, seconds: float = SECONDS, rows: int = ROWS, memory: str = MEMORY
) -> QueryResult:
    """What one reading statement returns (SELECT, WITH, FROM, VALUES, DESCRIBE, SHOW, SUMMARIZE, EXPLAIN).

    Raises QueryError where the statement is another, is several, fails, takes more than `seconds`, needs
    more than `memory` ("2GB", "500MB") or returns more than `rows` rows; StoreError where the database
    cannot be opened.
    """
    settings = {**LOCKED, "memory_limit": memory}
    connection = connect_file(readable(database), read_only=True, settings=settings)
    worker = ThreadPoolExecutor(1)
    work = worker.submit(_answer, connection, sql, rows)
    try:
        return work.result(timeout=seconds)
    except TimeoutError:
        raise QueryError(f"the query took over {seconds:g} seconds and was stopped; narrow it") from None
    finally:
        worker.shutdown(wait=False)
        _end(connection, work)


def _end(connection: Connection, work: Future[QueryResult]) -> None:
    """Stop what still runs, and close. A function that DuckDB cannot interrupt is left behind to end."""
    until = time.monotonic() + GRACE
    while not work.done() and time.monotonic() < until:
        connection.interrupt()  # again: between two chunks there is nothing to interrupt
        wait([work], timeout=0.05)
    if work.done():
        connection.close()
    else:
        work.add_done_callback(lambda _: connection.close())


def _answer(connection: Connection, sql: str, limit: int) -> QueryResult:
    """Check the statement and run it. Its own thread, so that the main one hears Ctrl-C whatever runs."""
    try:
        connection.execute(_only_reading(connection, sql))
        columns = tuple(column[0] for column in connection.description or ())
        rows: list[tuple[Any, ...]] = []
        while chunk := connection.fetchmany(10_000):
            rows.extend(chunk)
            if len(rows) > limit:
                raise QueryError(f"the query returns more than {limit:,} rows; add a LIMIT or count them")
    except duckdb.OutOfMemoryException as error:
        raise QueryError("the query needs more memory than it may take; narrow it") from error
    except duckdb.Error as error:
        raise QueryError(str(error)) from error
    return QueryResult(columns, rows)


def _only_reading(connection: Connection, sql: str) -> duckdb.Statement:
    """The one statement, if it only reads."""
    statements = connection.extract_statements(sql)
    if not statements:
        raise QueryError("there is no statement; try FROM claims")
    if len(statements) > 1:
        raise QueryError(f"there are {len(statements)} statements; give one")
    statement = statements[0]
    if statement.type == duckdb.StatementType.EXPLAIN:  # EXPLAIN ANALYZE runs what it explains
        explained = EXPLAIN.match(statement.query)
        if explained is None:
            raise QueryError("EXPLAIN comes first, with nothing but space around it")
        for inner in connection.extract_statements(explained["rest"]):
            _refuse_unless_select(inner)
    else:
        _refuse_unless_select(statement)
    return statement


def _refuse_unless_select(statement: duckdb.Statement) -> None:
    """FROM, VALUES, WITH, DESCRIBE, SHOW and SUMMARIZE are SELECT to DuckDB."""
    if statement.type == duckdb.StatementType.MULTI:
        raise QueryError("PIVOT needs its values here: PIVOT … ON verdict IN ('supported', 'refuted') …")
    if statement.type != duckdb.StatementType.SELECT:
        raise QueryError(
            f"{statement.type.name} is refused: a query only reads (SELECT, FROM, DESCRIBE, SHOW, EXPLAIN)"
        )
