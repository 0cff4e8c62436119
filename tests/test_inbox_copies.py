"""What a run leaves: reports, copies, and readers that never wait."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimcheck import connect, publishing
from claimcheck.cli.app import app
from claimcheck.store import StoreError, open_store
from claimcheck.store.backups import backup, export_parquet, restore
from claimcheck.store.sqlite import export_sqlite
from tests import inbox_case
from tests.inbox_case import REFERENCE, ask, hold, run
from tests.killing import document

place, once, checked = inbox_case.place, inbox_case.once, inbox_case.checked


def test_a_big_run_writes_what_changed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "MANY", 2)
    run(place)
    pages = {p.name: p.stat().st_mtime_ns for p in (place / "reports" / "pages").iterdir()}
    assert len(pages) == 3
    (place / "inbox" / "d1.txt").write_text(document(1, version=1), encoding="utf-8")
    run(place)
    later = {p.name: p.stat().st_mtime_ns for p in (place / "reports" / "pages").iterdir()}
    assert [name for name in pages if pages[name] != later[name]] == [n for n in pages if n.startswith("d1")]
    rows = (place / "reports" / "claims.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + len(ask(place, "FROM claims"))
    assert "pages/d1" in (place / "reports" / "index.html").read_text(encoding="utf-8")


def test_backup_and_restore(place: Path) -> None:
    database, saved = place / "claims.duckdb", place / "monday.duckdb"
    run(place, reports=False)
    before = ask(place, "FROM claims")
    assert backup(database, saved) == saved
    with pytest.raises(StoreError, match="is there already"):
        backup(database, saved)
    (place / "inbox" / "d1.txt").write_text(document(1, version=1), encoding="utf-8")
    run(place, reports=False)
    replaced = restore(saved, database)
    assert ask(place, "FROM claims") == before
    assert replaced == place / "claims.duckdb.before-restore"
    with open_store(replaced, read_only=True) as store:
        assert store.rows("FROM claims") != before
    with connect(database) as readers:
        assert len(readers.execute("FROM claims").fetchall()) == len(before)
    assert run(place, reports=False).saved.changed == 1


def test_a_file_that_is_no_backup_changes_nothing(checked: Path) -> None:
    (checked / "notes.txt").write_text("no database", encoding="utf-8")
    before = (checked / "claims.duckdb").read_bytes()
    with pytest.raises(StoreError, match="no DuckDB database"):
        restore(checked / "notes.txt", checked / "claims.duckdb")
    assert (checked / "claims.duckdb").read_bytes() == before
    assert not list(checked.glob("*.before-restore"))


def test_parquet_holds_the_views(checked: Path) -> None:
    paths = export_parquet(checked / "claims.duckdb", checked / "parquet")
    assert {"claims.parquet", "evidence_rows.parquet", "runs.parquet"} <= {p.name for p in paths}
    with open_store() as store:
        found = store.rows(f"SELECT count(*) AS n FROM '{checked / 'parquet' / 'claims.parquet'}'")
    assert found == [{"n": len(ask(checked, "FROM claims"))}]


def test_sqlite_holds_the_views(checked: Path) -> None:
    file = export_sqlite(checked / "claims.duckdb", checked / "out" / "claims.sqlite")
    with closing(sqlite3.connect(file)) as lite:
        tables = {name for (name,) in lite.execute("SELECT name FROM sqlite_master")}
        values = lite.execute(
            "SELECT value, typeof(asserted), date_start FROM claims WHERE value > 0"
        ).fetchall()
        lists = lite.execute("SELECT words FROM measures").fetchall()
        [(claims,)] = lite.execute("SELECT count(*) FROM claims").fetchall()
    assert {"claims", "evidence_rows", "runs"} <= tables
    assert "current_document" not in tables
    assert claims == len(ask(checked, "FROM claims"))
    assert values
    assert all(value == int(value) and kind == "integer" for value, kind, _ in values)
    assert all(day is None or date.fromisoformat(day) for _, _, day in values)
    assert all(isinstance(json.loads(words), list) for (words,) in lists)
    assert export_sqlite(checked / "claims.duckdb", file) == file, "an export is replaced by the next"


def test_an_export_replaces_no_other_file(checked: Path) -> None:
    (checked / "notes.txt").write_text("not for you", encoding="utf-8")
    with pytest.raises(StoreError, match="no SQLite file"):
        export_sqlite(checked / "claims.duckdb", checked / "notes.txt")
    assert (checked / "notes.txt").read_text(encoding="utf-8") == "not for you"


def test_the_commands(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    (place / "inbox" / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    database = ["--database", str(place / "claims.duckdb")]
    say = CliRunner().invoke
    assert say(app, ["status", *database]).exit_code == 2  # there is none yet
    run_id = run(place, reports=False).run.run_id
    status = say(app, ["status", *database])
    assert status.exit_code == 0, status.output
    for part in (run_id, "finished", "scan.pdf", "1 document in quarantine"):
        assert part in status.output
    again = say(app, ["recheck", "--reference", str(REFERENCE), *database])
    assert again.exit_code == 0, again.output
    copied = place / "copy.duckdb"
    assert say(app, ["backup", str(copied), *database]).exit_code == 0
    assert say(app, ["restore", str(copied), *database]).exit_code == 0
    assert say(app, ["restore", str(place / "none.duckdb"), *database]).exit_code == 2
    assert say(app, ["export", "--parquet", str(place / "pq"), *database]).exit_code == 0
    assert say(app, ["export", "--sqlite", str(place / "c.sqlite"), *database]).exit_code == 0
    assert "--sqlite" in say(app, ["export", *database]).output
    with hold(place, 60) as holder:
        try:
            shown = say(app, ["status", *database])
        finally:
            holder.kill()
    assert shown.exit_code == 0
    assert run_id in shown.output


READ = """
import sys, time
import claimcheck
reads = 0
until = time.monotonic() + 60
while reads < 40 and time.monotonic() < until:
    with claimcheck.connect(sys.argv[1]) as readers:
        claims, documents = readers.execute("SELECT count(*), count(DISTINCT doc_id) FROM claims").fetchone()
    assert (claims, documents) == (12, 3), (claims, documents)
    reads += 1
    time.sleep(0.01)
print(reads)
"""


def test_readers_never_wait_and_never_err(place: Path) -> None:
    run(place, reports=False)
    arguments = [sys.executable, "-c", READ, str(place / "claims.duckdb")]
    readers = [subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    version = 1
    until = time.monotonic() + 60
    while any(r.poll() is None for r in readers) and time.monotonic() < until:
        (place / "inbox" / "d1.txt").write_text(document(1, version), encoding="utf-8")
        run(place, reports=False)
        version += 1
    assert [r.communicate()[0] for r in readers] == ["40\n", "40\n"]
    assert version > 1
