"""Opening a database: the schema, its comments, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from claimcheck.store import Store, StoreError, open_store
from claimcheck.store.migrations import STEP_BY_STEP, Migration, migrate, shipped
from tests.store_cases import RUN, harbour

pytestmark = pytest.mark.makes_schema


def test_every_table_view_and_column_is_explained(tmp_path: Path) -> None:
    with open_store(tmp_path / "claims.duckdb") as store:
        views = {view.name: view for view in store.views()}
        silent = store.rows(
            """
        SELECT table_name AS relation, NULL AS name FROM duckdb_tables() WHERE comment IS NULL
        UNION ALL SELECT view_name, NULL FROM duckdb_views() WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL
        """
        )
    assert silent == []
    assert {"claims", "ledger", "gaps", "evidence_rows", "verdicts_history", "runs"} <= views.keys()
    assert views["claims"].comment.startswith("Every claim")
    assert ("verdict", "VARCHAR") in [column[:2] for column in views["claims"].columns]


def test_a_database_that_came_step_by_step_to_this_schema_opens(tmp_path: Path) -> None:
    path = tmp_path / "claims.duckdb"
    with open_store(path) as store:
        store.save(RUN, [harbour()])
        store.rows("UPDATE schema_migration SET sha256 = ? WHERE number = 16", [STEP_BY_STEP])
        for number in range(1, 16):
            store.rows(f"INSERT INTO schema_migration VALUES ({number}, 'of then', 'x', now()::TIMESTAMP)")
    for read_only in (True, False):
        with open_store(path, read_only=read_only) as store:
            assert len(store.rows("FROM claims")) == 1


def test_an_older_database_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "claims.duckdb"
    with open_store(path) as store:
        store.rows("DELETE FROM schema_migration WHERE number > 16")
        store.rows("UPDATE schema_migration SET number = 15 WHERE number = 16")
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"schema 15.*begins with.*16; move it away.*decisions\.jsonl"):
            open_store(path, read_only=read_only)
    assert path.read_bytes() == before


def test_an_old_database_is_upgraded_with_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "claims.duckdb"
    with open_store(path) as store:
        store.save(RUN, [harbour()])
        newer = Migration(
            shipped()[-1].number + 1, "9999_extra.sql", "CREATE TABLE extra AS SELECT 1 AS name"
        )
        with pytest.raises(KeyError):  # a table without a comment is not let through
            migrate(store.connection, path, [*shipped(), newer])
        column = replace(newer, sql="ALTER TABLE run ADD COLUMN note VARCHAR DEFAULT 'kept'")
    path.unlink()
    with open_store(path) as store:
        store.save(RUN, [harbour()])
        assert migrate(store.connection, path, [*shipped(), column]) == ["9999_extra.sql"]
        assert store.rows("SELECT note FROM run") == [{"note": "kept"}]
        assert len(store.rows("FROM claims")) == 1


def test_a_failing_migration_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "claims.duckdb"
    with open_store(path) as store:
        store.save(RUN, [harbour()])
        half = "ALTER TABLE run ADD COLUMN note VARCHAR; SELECT * FROM there_is_no_such_table"
        with pytest.raises(duckdb.Error):
            migrate(store.connection, path, [*shipped(), Migration(9000, "9000_half.sql", half)])
    with open_store(path) as store:
        assert "note" not in store.rows("SELECT * FROM run")[0]
        assert len(store.rows("FROM claims")) == 1  # the views are back


def test_changed_views_are_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "claims.duckdb"
    with open_store(path) as store:
        store.rows("DROP VIEW claims")
        store.rows("CREATE VIEW claims AS SELECT 'old' AS claim_id")
        store.rows("UPDATE schema_migration SET sha256 = 'old' WHERE number = 0")
    with open_store(path) as store:
        assert store.rows("SELECT * FROM claims") == []


def test_a_newer_database_is_refused_with_both_versions(tmp_path: Path) -> None:
    path = tmp_path / "claims.duckdb"
    with open_store(path) as store:
        store.rows("INSERT INTO schema_migration VALUES (4711, 'later.sql', 'x', now()::TIMESTAMP)")
    for read_only in (False, True):
        with pytest.raises(StoreError, match=rf"schema 4711.*knows schema {shipped()[-1].number}.*install"):
            open_store(path, read_only=read_only)


def test_a_changed_migration_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "claims.duckdb"
    with open_store(path) as store:
        store.rows("UPDATE schema_migration SET sha256 = 'other' WHERE number = 16")
    with pytest.raises(StoreError, match=r"another text of 0016_tables\.sql"):
        open_store(path)


def test_what_is_no_database_of_ours_is_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("To whom it may concern. " * 300)
    with pytest.raises(StoreError, match="no DuckDB database"):
        open_store(text)
    assert text.read_text().startswith("To whom")
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as connection:
        connection.execute("CREATE TABLE customers AS SELECT 1 AS id")
    with pytest.raises(StoreError, match="holds other tables"):
        open_store(other)
    with duckdb.connect(str(other)) as connection:
        assert connection.execute("SHOW TABLES").fetchall() == [("customers",)]
    with pytest.raises(StoreError, match="does not exist; make it"):
        open_store(tmp_path / "nowhere" / "claims.duckdb")
    with pytest.raises(StoreError, match="no file of data"):
        open_store(tmp_path)
    with pytest.raises(StoreError, match="no database here"):
        open_store(tmp_path / "new.duckdb", read_only=True)
    assert not (tmp_path / "new.duckdb").exists()


def test_no_extension_is_fetched(store: Store) -> None:
    with pytest.raises(duckdb.Error):
        store.rows("SELECT * FROM read_xlsx('a.xlsx')")
    wanted = ("autoinstall_known_extensions", "autoload_known_extensions")
    for name in wanted:
        assert store.rows(f"SELECT current_setting('{name}')::VARCHAR AS v") == [{"v": "false"}]
