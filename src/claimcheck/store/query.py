"""The door for SQL that a person types: one reading statement, on a read-only file, cut off from everything.

The statement is answered by a process of its own (`answering`), which can neither open files nor the network
nor change its settings, and is ended where it takes too long or too much memory. A query is bounded in time,
memory, rows and bytes. This side loads no DuckDB: while the other does, it has nothing to wait for.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from claimcheck.store import errors
from claimcheck.store.errors import QueryError, StoreError
from claimcheck.store.manifest import readable

if TYPE_CHECKING:
    from claimcheck.store.database import Connection

SECONDS = 60.0
ROWS = 1_000_000
MEMORY = 2_000_000_000  # bytes
BYTES = 500_000_000  # of an answer
GRACE = 10.0  # seconds for a process to start, and to end by itself
BEGIN = "import sys; sys.path[:] = {path!r}; from claimcheck.store.answering import main; main()"


class QueryResult(NamedTuple):
    """The names of the columns, and the rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class Limits(NamedTuple):
    """What a query may take."""

    seconds: float = SECONDS
    rows: int = ROWS
    memory: int = MEMORY
    bytes: int = BYTES


LIMITS = Limits()


def connect(database: str | Path, *, frames: Mapping[str, Any] | None = None) -> Connection:
    """A read-only DuckDB connection to the latest snapshot, for notebooks. Raises StoreError.

    `frames`: tables of your own to be joined, by the names that SQL has for them: DataFrames of pandas or
    Polars, tables of Arrow, relations of DuckDB.

        with connect("claims.duckdb", frames={"desk": frame}) as db:
            db.sql("SELECT who, verdict FROM claims JOIN desk USING (doc_id)").show()
    """
    from claimcheck.store.database import connect as connect_file
    from claimcheck.store.database import register

    connection = connect_file(readable(database), read_only=True)
    try:
        for name, frame in (frames or {}).items():
            register(connection, name, frame)
    except StoreError:
        connection.close()
        raise
    return connection


def query(
    database: str | Path,
    sql: str,
    *,
    limits: Limits = LIMITS,
    meanwhile: Callable[[], object] | None = None,
) -> QueryResult:
    """What one reading statement returns (SELECT, WITH, FROM, VALUES, DESCRIBE, SHOW, SUMMARIZE, EXPLAIN).

    `meanwhile` is called while the other process starts. Raises QueryError where the statement is another, is
    several, fails, or goes beyond one of the limits; StoreError where the database cannot be opened.
    """
    asked = {"database": str(readable(database)), "sql": sql, **limits._asdict()}
    begun = time.monotonic()
    with _process(limits.seconds + GRACE) as process:
        assert process.stdin is not None
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps(asked).encode("ascii") + b"\n")
            process.stdin.flush()
        if meanwhile is not None:
            meanwhile()
        return _gathered(process, begun, limits)


@contextmanager
def _process(seconds: float) -> Iterator[subprocess.Popen[bytes]]:
    """A process that answers; it is gone when the block ends, and so long after its start at the latest."""
    with subprocess.Popen(
        [sys.executable, "-c", BEGIN.format(path=sys.path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        timer = threading.Timer(seconds, process.kill)
        timer.daemon = True
        timer.start()
        try:
            yield process
        finally:
            timer.cancel()
            process.kill()


class _Counted:
    """The answer's bytes as `pickle` reads them, up to so many."""

    def __init__(self, process: subprocess.Popen[bytes], most: int) -> None:
        assert process.stdout is not None
        self._file = process.stdout
        self._most = self._left = most

    def read(self, size: int) -> bytes:
        self._take(size)
        return self._file.read(size)

    def readline(self) -> bytes:
        line = self._file.readline()
        self._take(len(line))
        return line

    def _take(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            most = f"{self._most // 1_000_000:,} MB"
            raise QueryError(f"the query returns more than {most}; narrow it, or export the views")


def _gathered(process: subprocess.Popen[bytes], begun: float, limits: Limits) -> QueryResult:
    columns: tuple[str, ...] = ()
    rows: list[tuple[Any, ...]] = []
    answer = _Counted(process, limits.bytes)
    while True:
        try:
            what, *stated = pickle.load(answer)
        except (EOFError, pickle.UnpicklingError):
            _refuse_ended(process.wait(), time.monotonic() - begun >= limits.seconds, limits)
        if what == "columns":
            [columns] = stated
        elif what == "rows":
            rows.extend(stated[0])
        elif what == "end":
            return QueryResult(columns, rows)
        elif what == "memory":
            raise QueryError(_too_big(limits))
        else:
            kind, message = stated
            raise getattr(errors, kind)(message)


def _refuse_ended(code: int, late: bool, limits: Limits) -> NoReturn:
    """Raise what it means that the process ended without an answer."""
    if late:
        raise QueryError(f"the query took over {limits.seconds:g} seconds and was stopped; narrow it")
    if code < 0:  # a function that lacks memory ends its process
        raise QueryError(f"{_too_big(limits)} (its process ended by signal {-code})")
    raise StoreError(f"the process that answers queries ended with exit code {code}; run `make install`")


def _too_big(limits: Limits) -> str:
    return f"the query needs more than its {limits.memory // 1_000_000:,} MB of memory; narrow it"
