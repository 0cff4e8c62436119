"""The process that answers one statement for another one (`query`): confined, and ended at its deadline.

DuckDB counts the memory of its tables, not that of the values it makes on the way, and some functions hear no
interrupt. So the system holds the limits: so much address space, and an alarm that ends the process.

It takes one line of JSON on its standard input and answers with pickled parts on its standard output.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import duckdb

from claimcheck.store.database import OFFLINE, Connection, damaged
from claimcheck.store.database import connect as connect_file
from claimcheck.store.errors import QueryError, StoreError

HEADROOM = 500_000_000  # bytes of address space beyond what DuckDB may take: for rows as Python has them
AT_ONCE = 10_000  # rows
LOCKED = {
    **OFFLINE,
    "enable_external_access": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "temp_directory": "",
    "max_temp_directory_size": "0B",
    "lock_configuration": "true",
}
TELLING = frozenset(
    {"current_setting", "duckdb_databases", "duckdb_extension_repositories", "duckdb_extensions",
     "duckdb_settings", "pg_settings", "pragma_database_list"}
)  # fmt: skip
"""What tells paths of this machine."""
RUNNING = frozenset({"json_execute_serialized_sql", "query", "query_table"})
"""What runs a statement that only running it shows."""
EXPLAIN = re.compile(
    r"\s*EXPLAIN\s+(?:ANALYZE\s+)?(?:\([^()]{0,200}\)\s*)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)


def main() -> None:
    """Answer the one request: columns, rows in parts, and an end; or what is wrong instead of the rest."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asks hears Ctrl-C
    asked = json.loads(sys.stdin.buffer.readline())
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    try:
        for part in _parts(asked):
            _send(answers, part)
    except StoreError as error:
        _send(answers, ("refused", type(error).__name__, str(error)))
    except MemoryError:
        _send(answers, ("memory",))
    answers.flush()
    os._exit(0)  # what DuckDB holds is given back at once, and not piece by piece


def _parts(asked: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    settings = {**LOCKED, "memory_limit": f"{asked['memory']}B"}
    connection = connect_file(Path(asked["database"]), read_only=True, settings=settings)
    _confine(asked["memory"], asked["seconds"])
    try:
        connection.execute(_only_reading(connection, asked["sql"]))
        yield "columns", tuple(column[0] for column in connection.description or ())
        found = 0
        while chunk := connection.fetchmany(AT_ONCE):
            found += len(chunk)
            if found > asked["rows"]:
                raise QueryError(
                    f"the query returns more than {asked['rows']:,} rows; add a LIMIT or count them"
                )
            yield "rows", chunk
        yield ("end",)
    except duckdb.OutOfMemoryException:
        raise MemoryError from None
    except duckdb.Error as error:
        unknown = isinstance(error, (duckdb.CatalogException, duckdb.BinderException))
        stated = (
            f"{error}\n`claimcheck query --list` names the views, DESCRIBE … the columns of one" * unknown
        )
        raise damaged(Path(asked["database"]), error) or QueryError(stated or str(error)) from error


def _send(answers: BinaryIO, part: tuple[Any, ...]) -> None:
    pickle.dump(part, answers, pickle.HIGHEST_PROTOCOL)


def _confine(memory: int, seconds: float) -> None:
    """From here on so much more address space, no core dump, and an end after so many seconds."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)  # not caught: it ends the process, whatever that does
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        has = int(Path("/proc/self/statm").read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        most = has + memory + HEADROOM
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


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
            _refuse_telling(connection, inner)
    else:
        _refuse_unless_select(statement)
        _refuse_telling(connection, statement)
    return statement


def _refuse_telling(connection: Connection, statement: duckdb.Statement) -> None:
    """Refuse a statement that asks for settings or paths, or runs another one."""
    [(parsed,)] = connection.execute("SELECT json_serialize_sql(?)", [statement.query]).fetchall()
    tree = json.loads(parsed)
    if tree["error"]:  # nobody can look through it
        raise QueryError(f"{tree.get('error_message', 'this statement cannot be read')}")
    asked = set(_names(tree)) & (TELLING | RUNNING)
    if asked:
        raise QueryError(f"{min(asked)} is refused: a query reads claims, and no settings of this machine")


def _names(tree: Any) -> Iterator[str]:
    """The functions and tables that a parsed statement names."""
    waiting = [tree]
    while waiting:  # no recursion: a statement may nest deep
        here = waiting.pop()
        if isinstance(here, dict):
            named = (here.get("function_name"), here.get("table_name"))
            yield from (name.lower() for name in named if isinstance(name, str))
            waiting += here.values()
        elif isinstance(here, list):
            waiting += here


def _refuse_unless_select(statement: duckdb.Statement) -> None:
    """FROM, VALUES, WITH, DESCRIBE, SHOW and SUMMARIZE are SELECT to DuckDB."""
    if statement.type == duckdb.StatementType.MULTI:
        raise QueryError("PIVOT needs its values here: PIVOT … ON verdict IN ('supported', 'refuted') …")
    if statement.type != duckdb.StatementType.SELECT:
        raise QueryError(
            f"{statement.type.name} is refused: a query only reads (SELECT, FROM, DESCRIBE, SHOW, EXPLAIN)"
        )
