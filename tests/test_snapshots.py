"""Snapshots: what readers get while the pipeline holds the database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from claimcheck.atomic_files import alone
from claimcheck.decisions import Journal, decide, journal_file
from claimcheck.store import (
    Store,
    StoreError,
    copying,
    latest_snapshot,
    open_latest,
    open_store,
    publish_snapshot,
    query,
    snapshot_folder,
)
from claimcheck.store.decisions import import_decisions
from claimcheck.store.migrations import FIXED
from tests.store_cases import RUN, harbour


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "claims.duckdb") as opened:
        opened.save(RUN, [harbour()])
        yield opened


def manifest(folder: Path) -> dict[str, dict[str, object]]:
    loaded: dict[str, dict[str, object]] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return loaded


def described(store: Store) -> object:
    """Everything a reader can learn from the catalogue, whether a relation is a view or a table."""
    tables = "SELECT table_name AS name, comment FROM duckdb_tables() WHERE NOT internal"
    views = "SELECT view_name AS name, comment FROM duckdb_views() WHERE NOT internal"
    columns = (
        "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() "
        "WHERE NOT internal AND database_name = current_database() ORDER BY ALL"
    )
    return store.rows(f"{tables} UNION ALL {views} ORDER BY ALL"), store.rows(columns)


def test_a_snapshot_is_the_database_with_views_and_comments(store: Store, tmp_path: Path) -> None:
    file = publish_snapshot(store)
    assert file == snapshot_folder(tmp_path / "claims.duckdb") / "claims-2018-02-01T10.duckdb"
    with open_store(file, read_only=True) as copy:
        assert described(copy) == described(store)
        assert copy.load_run() == store.load_run()
        for view in store.views():
            assert copy.rows(f"FROM {view.name}") == store.rows(f"FROM {view.name}")
    keys = "SELECT table_name, constraint_text FROM duckdb_constraints() ORDER BY ALL"
    with open_store(file, read_only=True) as copy:
        assert copy.rows(keys) == store.rows(keys)


@pytest.mark.parametrize(("claims", "text"), [(1, 10**9), (10**6, 1), (5, 150)])
def test_what_a_snapshot_holds_as_tables_is_what_the_views_say(
    store: Store, monkeypatch: pytest.MonkeyPatch, claims: int, text: int
) -> None:
    """Whatever the parts: versions that were replaced, claims without a verdict, verdicts of several runs."""
    store.save(replace(RUN, run_id="next"), [harbour(ships=13), harbour("z", reason=None), harbour("a", 9)])
    last = [harbour("z", reason="overstated"), harbour("m"), harbour("b", 7)]
    store.save(replace(RUN, run_id="last"), last)
    monkeypatch.setattr(copying, "AT_ONCE", claims)
    monkeypatch.setattr(copying, "AT_ONCE_WHOLE", claims)
    monkeypatch.setattr(copying, "AT_ONCE_TEXT", text)
    held = "SELECT table_name FROM duckdb_tables() WHERE table_name IN $names"
    with open_store(publish_snapshot(store), read_only=True) as copy:
        assert len(copy.rows(held, {"names": FIXED})) == len(FIXED)
        for view in (*FIXED, "evidence_rows", "mentions"):
            wanted = store.rows(f"FROM {view} ORDER BY ALL")
            assert wanted
            assert copy.rows(f"FROM {view} ORDER BY ALL") == wanted
        verdicts = copy.rows("SELECT doc_id, low, verdict, reason, verdict_run FROM claims ORDER BY doc_id")
        assert copy.views() == store.views()
    assert [tuple(row.values()) for row in verdicts] == [
        ("a", 9, "supported", "exact", "next"),
        ("b", 7, "supported", "exact", "last"),
        ("harbour", 13, "supported", "exact", "next"),
        ("m", 12, "supported", "exact", "last"),
        ("z", 12, "supported", "overstated", "last"),
    ]


def test_the_manifest_names_the_latest(store: Store, tmp_path: Path) -> None:
    file = publish_snapshot(store)
    entry = manifest(file.parent)["claims.duckdb"]
    assert entry["latest"] == file.name
    assert entry["run_id"] == RUN.run_id
    assert entry["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert str(entry["published_at"]).endswith("+00:00")
    assert latest_snapshot(tmp_path / "claims.duckdb") == file


def test_a_snapshot_cannot_be_written(store: Store) -> None:
    file = publish_snapshot(store)
    assert not file.stat().st_mode & 0o222
    with open_store(file, read_only=True) as copy, pytest.raises(duckdb.Error, match="read-only"):
        copy.rows("DELETE FROM verdict")


def test_an_open_snapshot_keeps_its_rows_when_the_next_is_published(store: Store, tmp_path: Path) -> None:
    publish_snapshot(store, keep=1)
    with open_latest(tmp_path / "claims.duckdb") as reader:
        store.save(replace(RUN, run_id="next"), [harbour(ships=13)])
        publish_snapshot(store, keep=1)
        assert [row["value"] for row in reader.rows("SELECT value FROM claims")] == [12]
    with open_latest(tmp_path / "claims.duckdb") as reader:
        assert [row["value"] for row in reader.rows("SELECT value FROM claims")] == [13]


def test_a_manifest_cannot_lead_out_of_its_folder(store: Store, tmp_path: Path) -> None:
    file = publish_snapshot(store)
    outside = tmp_path / "outside.duckdb"
    outside.write_bytes(file.read_bytes())
    for name in ("../outside.duckdb", str(outside), "..", 7, None):
        entry = {"latest": file.name, "snapshots": [file.name] * 4 + [name]}
        (file.parent / "manifest.json").write_text(json.dumps({"claims.duckdb": entry}))
        for act in (lambda: latest_snapshot(tmp_path / "claims.duckdb"), lambda: publish_snapshot(store)):
            with pytest.raises(StoreError, match="no manifest of snapshots; delete it and publish again"):
                act()
    assert outside.exists()


def test_databases_of_one_folder_note_their_snapshots_in_turn(store: Store, tmp_path: Path) -> None:
    place = snapshot_folder(tmp_path / "claims.duckdb")
    place.mkdir()
    other = {"other.duckdb": {"latest": "other-1.duckdb"}}
    with ThreadPoolExecutor(1) as pool:
        with alone(place):
            published = pool.submit(publish_snapshot, store)
            with pytest.raises(TimeoutError):
                published.result(timeout=1)
            (place / "manifest.json").write_text(json.dumps(other))
        published.result()
    assert manifest(place).keys() == {"claims.duckdb", "other.duckdb"}


def test_a_failed_snapshot_leaves_the_old_one_and_no_litter(store: Store, tmp_path: Path) -> None:
    file = publish_snapshot(store)
    before = sorted(file.parent.iterdir())
    store.rows("CREATE SCHEMA other")
    store.rows("CREATE TABLE other.words AS SELECT 1 AS n")
    store.rows("CREATE VIEW other.broken AS FROM other.words")
    store.rows("ATTACH ':memory:' AS claimcheck_snapshot")  # its name is taken
    with pytest.raises(StoreError, match="snapshot cannot be written"):
        publish_snapshot(store)
    store.rows("DETACH claimcheck_snapshot")
    assert sorted(file.parent.iterdir()) == before
    assert latest_snapshot(tmp_path / "claims.duckdb") == file
    assert publish_snapshot(store) != file


def test_a_deleted_database_is_not_answered_from_an_old_snapshot(tmp_path: Path) -> None:
    database = tmp_path / "claims.duckdb"
    with open_store(database) as store:
        store.save(RUN, [harbour()])
        file = publish_snapshot(store)
    assert query(database, "SELECT count(*) FROM claims").rows == [(1,)]
    database.unlink()
    with pytest.raises(StoreError, match="there is no database here") as caught:
        query(database, "SELECT 1")
    assert str(file) in str(caught.value)
    assert query(file, "SELECT count(*) FROM claims").rows == [(1,)]
    with pytest.raises(StoreError, match="there is no database here"):
        open_latest(database)


def test_a_verdict_is_final_by_the_tables_and_then_the_reviewers(tmp_path: Path) -> None:
    database = tmp_path / "claims.duckdb"
    claim = harbour().reading.claims[0]
    journal = Journal(journal_file(database))
    sql = """SELECT verdict, verdict_final, review, assignee, measure_id, place_id, value_double,
        typeof(value) AS exact, typeof(value_double) AS plain FROM claims"""
    with open_store(database) as store:
        store.save(RUN, [harbour()])
        publish_snapshot(store)
        before = query(database, sql).rows
        journal.append(decide(claim, "harbour", "override", "Amal", verdict="refuted", made_on="supported"))
        journal.append(decide(claim, "harbour", "assign", "Amal", assignee="Basma"))
        import_decisions(store, journal.file)
        publish_snapshot(store)
    assert before == [
        ("supported", "supported", None, None, None, "places:P1", 12.0, "DECIMAL(38,9)", "DOUBLE")
    ]
    [row] = query(database, sql).rows
    assert row[:4] == ("supported", "refuted", "overridden", "Basma")
    kinds = query(database, "SELECT typeof(started), typeof(finished) FROM runs").rows
    assert kinds == [("TIMESTAMP", "TIMESTAMP")]
