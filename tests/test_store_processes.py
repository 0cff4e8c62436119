"""The store and other processes: who holds the file, and what a killed run leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimcheck.store import StoreError, open_store
from claimcheck.store.database import connect
from tests.store_cases import SOURCE, harbour, numbered


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A second process that saves documents one by one, says so, and then waits with the file open."""
    code = f"""
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
sys.path[:0] = [{str(SOURCE)!r}, {str(SOURCE.parent)!r}]
from tests.store_cases import RUN, harbour
from claimcheck.store import open_store, saving
saving.BATCH_DOCUMENTS = 1
def documents():
    for n in range(4):
        yield harbour(f"d{{n}}")
    print("ready", flush=True)
    time.sleep(60)
open_store({str(tmp_path / "claims.duckdb")!r}).save(RUN, documents())
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    yield process
    process.kill()
    process.wait(timeout=60)
    process.stdout.close()


def test_a_second_process_is_told_who_has_the_file(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    for read_only in (False, True):
        with pytest.raises(
            StoreError, match=rf"another process has it open: .*python.*, process {holder.pid}\."
        ):
            open_store(tmp_path / "claims.duckdb", read_only=read_only)


def test_a_killed_run_loses_no_committed_batch(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait(timeout=60)
    deadline = time.monotonic() + 60
    while True:
        try:
            store = open_store(tmp_path / "claims.duckdb")
            break
        except StoreError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    with store:
        assert [row["doc_id"] for row in store.rows("SELECT doc_id FROM documents")] == [
            "d0",
            "d1",
            "d2",
            "d3",
        ]
        assert store.rows("SELECT status FROM runs") == [{"status": "running"}]
        store.save(numbered(2), [harbour("d0")])
        assert [row["status"] for row in store.rows("SELECT status FROM runs")] == ["finished", "interrupted"]


def test_an_interrupted_run_is_marked_and_keeps_its_batches(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    os.kill(holder.pid, signal.SIGINT)
    assert holder.wait(timeout=60) == -signal.SIGINT
    with open_store(tmp_path / "claims.duckdb") as store:
        assert store.rows("SELECT status, documents FROM runs") == [{"status": "failed", "documents": 4}]


def test_a_file_open_in_this_process_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "claims.duckdb"
    with open_store(path), pytest.raises(StoreError, match="this process has it open already"):
        connect(path, read_only=True)


def test_what_a_killed_process_set_aside_is_deleted(tmp_path: Path) -> None:
    left = tmp_path / "claims.duckdb.tmp"
    left.mkdir()
    (left / "duckdb_temp_1_0_storage_DEFAULT-0.tmp").write_bytes(b"rows")
    open_store(tmp_path / "claims.duckdb").close()
    assert not left.exists()


def test_a_folder_that_somebody_else_uses_stays(tmp_path: Path) -> None:
    left = tmp_path / "claims.duckdb.tmp"
    left.mkdir()
    (left / "notes.txt").write_text("mine", encoding="utf-8")
    open_store(tmp_path / "claims.duckdb").close()
    assert (left / "notes.txt").is_file()
