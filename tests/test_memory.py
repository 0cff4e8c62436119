"""A run's memory: what DuckDB may take while it writes, and what happens where that is too little."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.store import MemoryLimitError, Store, open_store
from claimcheck.store import store as store_module
from claimcheck.store.database import transaction


def test_too_little_memory_is_one_sentence_and_nothing_is_written(tmp_path: Path) -> None:
    with open_store(tmp_path / "claims.duckdb") as store:
        store_module.limit_memory(store.connection, 3_000_000)
        store.connection.execute("SET temp_directory = ''")
        store.connection.execute("CREATE TABLE wide (i BIGINT, t VARCHAR)")
        with pytest.raises(MemoryLimitError, match="too little memory"):
            _fill(store)
        assert store.cells("SELECT count(*) FROM wide") == [(0,)]


def _fill(store: Store) -> None:
    with transaction(store.connection):
        store.connection.execute("INSERT INTO wide VALUES (1, 'one')")
        rows = "SELECT i, repeat('x', 900) FROM range(200000) AS r(i) ORDER BY 2, 1"
        store.connection.execute(f"INSERT INTO wide {rows}")
