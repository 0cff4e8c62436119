"""The query door: one reading statement, nothing else, whatever is tried."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from claimcheck.store import (
    Limits,
    QueryError,
    StoreError,
    connect,
    latest_snapshot,
    open_store,
    publish_snapshot,
    query,
)
from claimcheck.store.answering import LOCKED, _only_reading, _refuse_telling
from claimcheck.store.database import connect as connect_file
from tests.reader import ROOT
from tests.store_cases import RUN, harbour

SOURCE = ROOT / "src"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database with a snapshot, in a folder with files that no query may see; the working folder."""
    folder = tmp_path_factory.mktemp("query")
    path = folder / "claims.duckdb"
    with open_store(path) as store:
        store.save(RUN, [harbour(), harbour("other", reason="no_measure")])
        publish_snapshot(store)
    (folder / "secret.csv").write_text("name,word\nsecret,canary\n")
    (folder / "secret.json").write_text('[{"word": "canary"}]')
    before = Path.cwd()
    os.chdir(folder)
    yield path
    os.chdir(before)


def listing(folder: Path) -> list[tuple[str, int, int]]:
    """Every file below the folder with its size and time of change."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files]


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT verdict FROM claims ORDER BY verdict", [("not_enough_evidence",), ("supported",)]),
        ("WITH c AS (FROM claims) SELECT count(*) FROM c", [(2,)]),
        ("VALUES (1), (2)", [(1,), (2,)]),
        ("SELECT supported FROM (PIVOT (SELECT verdict FROM claims) ON verdict IN ('supported'))", [(1,)]),
        ("SELECT 'a;b; DROP TABLE claim'", [("a;b; DROP TABLE claim",)]),
    ],
)  # fmt: skip
def test_reading_works(database: Path, sql: str, rows: list[tuple[object, ...]]) -> None:
    assert query(database, sql).rows == rows


STATEMENTS = (ROOT / "tests" / "gold" / "refused.sql").read_text(encoding="utf-8").splitlines()
SEVERAL = ["SELECT 1; SELECT 2", "SELECT 1; DROP TABLE claim", "", "  ", "-- nothing", ";",
           "SELECT " + "(" * 5_000 + "1" + ")" * 5_000]  # fmt: skip


REFUSED = [*(sql for sql in STATEMENTS if sql and not sql.startswith("--")), *SEVERAL]


def test_everything_else_is_refused_and_touches_nothing(database: Path) -> None:
    """By one connection as the answering process opens it: to start a process for each takes ten seconds."""
    before = listing(database.parent)
    with connect_file(latest_snapshot(database), read_only=True, settings=LOCKED) as connection:
        for sql in REFUSED:
            with pytest.raises((QueryError, duckdb.Error)) as refused:
                connection.execute(_only_reading(connection, sql.format(folder=database.parent))).fetchall()
            assert str(refused.value), sql
            assert "canary" not in str(refused.value), sql
            assert listing(database.parent) == before, sql


@pytest.mark.parametrize("sql", REFUSED[::14])
def test_the_door_refuses_it_too(database: Path, sql: str) -> None:
    before, started = listing(database.parent), time.monotonic()
    with pytest.raises(QueryError) as refused:
        query(database, sql.format(folder=database.parent))
    assert "canary" not in str(refused.value)
    assert time.monotonic() - started < 30, "nothing waits for a network"
    assert listing(database.parent) == before


def test_the_settings_are_locked(database: Path) -> None:
    wanted = {
        "enable_external_access": "false", "lock_configuration": "true", "autoload_known_extensions": "false",
        "autoinstall_known_extensions": "false", "python_enable_replacements": "false", "temp_directory": "",
        "allow_persistent_secrets": "false",
    }  # fmt: skip
    with connect_file(database, read_only=True, settings=LOCKED) as connection:
        found = dict(connection.execute("SELECT name, value FROM duckdb_settings()").fetchall())
    assert wanted.items() <= found.items()


TELLING_SQL = [
    "SELECT value FROM duckdb_settings()", 'SELECT (SELECT max(path) FROM "DuckDB_Databases"())',
    "WITH x AS MATERIALIZED (FROM system.main.pragma_database_list) FROM x",
    "EXPLAIN ANALYZE SELECT current_setting('allowed_paths')",
    "SELECT 'secret_directory'.current_setting()", "SUMMARIZE FROM pg_settings",
    "FROM query('FROM duckdb_' || 'settings()')", "FROM query_table('pragma_database_' || 'list')",
    "FROM json_execute_serialized_sql(json_serialize_sql('FROM duckdb_' || 'settings()'))",
]  # fmt: skip


@pytest.mark.parametrize("sql", TELLING_SQL)
def test_no_query_asks_where_files_are(database: Path, sql: str) -> None:
    with pytest.raises(QueryError, match="is refused: a query reads claims, and no settings"):
        query(database, sql)


LISTED = """
SELECT 'FROM "' || function_name || '"()' FROM duckdb_functions()
WHERE function_type IN ('table', 'pragma', 'table_macro')
UNION SELECT 'SELECT "' || function_name || '"()' FROM duckdb_functions()
WHERE function_type IN ('scalar', 'macro') AND len(parameters) = 0
UNION SELECT 'FROM "' || schema_name || '"."' || view_name || '"' FROM duckdb_views() WHERE internal
"""


def test_nothing_that_duckdb_lists_tells_a_path(database: Path) -> None:
    """Whatever function or view a later DuckDB adds."""
    file = latest_snapshot(database)
    assert file is not None
    homes = (str(file.parent), str(Path.home()))
    with connect_file(file, read_only=True, settings=LOCKED) as connection:
        for (sql,) in connection.execute(LISTED).fetchall():
            try:
                _refuse_telling(connection, connection.extract_statements(sql)[0])
                stated = str(connection.execute(sql).fetchmany(1_000))
            except (QueryError, duckdb.Error) as error:
                stated = str(error)
            assert not any(home in stated for home in homes), sql


def test_an_error_shows_the_place(database: Path) -> None:
    with pytest.raises(QueryError) as failed:
        query(database, "SELECT verdikt FROM claims")
    message = str(failed.value)
    assert 'column "verdikt" not found' in message
    assert "verdict" in message, "DuckDB's suggestion"
    assert "LINE 1: SELECT verdikt FROM claims\n               ^^^^^^^\n`claimcheck query --list`" in message
    with pytest.raises(QueryError, match='syntax error at or near "SELEC"'):
        query(database, "SELEC 1")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM range(100000000000) AS r WHERE r.range % 7 = 3",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
        "SELECT range FROM range(100000000000) WHERE range < 0",
    ],
)
def test_a_long_query_is_stopped(database: Path, sql: str) -> None:
    started = time.monotonic()
    with pytest.raises(QueryError, match=r"over 0\.3 seconds and was stopped"):
        query(database, sql, limits=Limits(seconds=0.3))
    assert time.monotonic() - started < 30


def test_a_query_is_bounded_in_rows_and_memory(database: Path) -> None:
    with pytest.raises(QueryError, match="more than 1,000 rows; add a LIMIT"):
        query(database, "SELECT * FROM range(100000000000)", limits=Limits(rows=1_000))
    assert len(query(database, "SELECT * FROM range(1000)", limits=Limits(rows=1_000)).rows) == 1_000
    with pytest.raises(QueryError, match="more than its 50 MB of memory"):
        query(
            database,
            "SELECT count(*) FROM (SELECT DISTINCT range FROM range(100000000))",
            limits=Limits(memory=50_000_000),
        )


def test_without_a_snapshot_the_database_is_read(tmp_path: Path) -> None:
    path = tmp_path / "claims.duckdb"
    with pytest.raises(StoreError, match="no database here"):
        query(path, "SELECT 1")
    with open_store(path) as store:
        store.save(RUN, [harbour()])
        with pytest.raises(StoreError, match=f"has it open: .*process {os.getpid()}"):
            query(path, "SELECT 1")
    assert query(path, "SELECT doc_id FROM claims") == (("doc_id",), [("harbour",)])


def test_ctrl_c_is_a_keyboard_interrupt(database: Path) -> None:
    code = f"""
import sys, threading, os, signal
from claimcheck.store import query
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
long = "SELECT count(*) FROM range(100000000000) AS r WHERE r.range % 7 = 3"
threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    query({str(database)!r}, long)
except KeyboardInterrupt:
    sys.exit(42)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        timeout=60,
        check=False,
    )
    assert done.returncode == 42


ENDLESS = "SELECT jaro_winkler_similarity(repeat('ab', 6000000), repeat('ba', 6000000))"


def test_what_hears_no_interrupt_is_gone_at_its_deadline(database: Path) -> None:
    started = time.monotonic()
    with pytest.raises(QueryError, match=r"over 0\.5 seconds and was stopped"):
        query(database, ENDLESS, limits=Limits(seconds=0.5))
    assert time.monotonic() - started < 10
    assert not processes_of_ours()


@pytest.mark.parametrize(
    "sql",
    ["SELECT len(range(150000000))", "SELECT length(repeat('x', 3000000000))",
     "SELECT list_sort(list_reverse(range(200000000)))[1]", "SELECT bit_count(repeat('1', 4000000000)::BIT)",
     "SELECT repeat('x', 900000000) FROM range(10)"],
)  # fmt: skip
def test_what_duckdb_does_not_count_is_bounded_too(database: Path, sql: str) -> None:
    before = largest_child()  # other tests of this process have children too
    with pytest.raises(QueryError, match=r"more than its 200 MB of memory|returns more than 500 MB"):
        query(database, sql, limits=Limits(memory=200_000_000))
    assert largest_child() < max(1_300_000, before + 1), "the kernel held it"
    assert query(database, "SELECT 1").rows == [(1,)]


def test_an_answer_is_bounded_in_bytes(database: Path) -> None:
    wide = "SELECT repeat('x', 1000) || range AS x FROM range({many})"
    assert len(query(database, wide.format(many=900), limits=Limits(bytes=1_000_000)).rows) == 900
    with pytest.raises(QueryError, match=r"returns more than 1 MB; narrow it, or export the views"):
        query(database, wide.format(many=90_000), limits=Limits(bytes=1_000_000))


def test_every_kind_of_value_comes_back(database: Path) -> None:
    sql = (
        "SELECT 1::HUGEINT, 1.50::DECIMAL(9, 2), 0.5, DATE '2018-01-25', TIMESTAMP '2018-01-25 10:00:00', "
        "INTERVAL 3 DAY, [1, 2], {'a': 1}, MAP {'k': 2}, 'ab'::BLOB, uuid(), NULL, true, TIME '10:00:00'"
    )
    with connect(database) as connection:
        expected = connection.execute(sql).fetchone()
    [found] = query(database, sql).rows
    assert expected is not None
    assert [type(value) for value in found] == [type(value) for value in expected]
    assert found[:10] == expected[:10]


def processes_of_ours() -> list[int]:
    """Children of this process that answer queries."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and "store.answering" in (folder / "cmdline").read_text():
                found.append(int(folder.name))
    return found


def largest_child() -> int:
    """Kilobytes of memory that the largest child so far had."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
