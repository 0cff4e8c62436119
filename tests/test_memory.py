"""A run's memory: what DuckDB may take while it writes, and what happens where that is too little."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.inbox import run_inbox
from claimcheck.pipeline import Checker
from claimcheck.store import MemoryLimitError, Store, open_store
from claimcheck.store import store as store_module
from claimcheck.store.database import transaction
from tests.reader import ROOT

REFERENCE = ROOT / "reference_data"


def limit(checker: Checker) -> tuple[str, int]:
    row = checker.store.rows(
        "SELECT current_setting('memory_limit') AS most, current_setting('threads') AS n"
    )[0]
    return row["most"], row["n"]


def test_a_run_keeps_duckdb_to_what_the_tables_take_and_some_room(tmp_path: Path) -> None:
    with Checker([REFERENCE], tmp_path / "claims.duckdb") as checker:
        before, _ = limit(checker)
        run_inbox(checker, [])
        after, threads = limit(checker)
    assert before == "244.1 MiB"
    assert 45 < float(after.removesuffix(" MiB")) < 100
    assert threads == 1


def test_a_batch_that_needs_more_gets_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the first attempt stays: the rows are those of a run with room enough."""
    (tmp_path / "inbox").mkdir()
    text = " ".join(f"On {1 + n % 28} May 2016, {n + 2} people were killed in Homs." for n in range(400))
    (tmp_path / "inbox" / "a.txt").write_text(text, encoding="utf-8")
    counted = "SELECT (SELECT count(*) FROM mention), (SELECT count(*) FROM evidence), count(*) FROM claim"
    found = []
    for name, room in (("roomy", store_module.ROOM), ("tight", 300_000)):
        monkeypatch.setattr(store_module, "ROOM", room)
        with Checker([REFERENCE], tmp_path / f"{name}.duckdb") as checker:
            outcome = run_inbox(checker, [tmp_path / "inbox"])
            assert (outcome.saved.new, outcome.failures) == (1, ())
            found.append((outcome.saved, checker.store.cells(counted), limit(checker)[0] == "244.1 MiB"))
    (saved, rows, unsettled), (saved_tight, rows_tight, unsettled_tight) = found
    assert (saved, rows) == (saved_tight, rows_tight)
    assert (unsettled, unsettled_tight) == (False, True)


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
