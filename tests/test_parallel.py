"""Several processes read what one reads, in the same order; a worker that dies is said in one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from claimcheck import parallel
from claimcheck.claims.reading import read
from claimcheck.documents.files import read as read_files
from claimcheck.model import CheckedDocument, Document
from claimcheck.parallel import Spread, WorkerError, parcels
from claimcheck.pipeline import Checker

ROOT = Path(__file__).resolve().parent.parent
TABLES = ("document", "mention", "claim", "verdict", "evidence", "finding")
PIECES = (
    "On 3 March 2017 at least 12 people were killed in Douma.",
    "",
    "No figure at all here.",
    "More than 40 of them had waited for two weeks, and dozens left on the following day.",
)

KILLED = """
import multiprocessing, time
from claimcheck.model import Document
from claimcheck.parallel import Spread
spread = Spread(2)
list(spread.read(Document(id=str(n), text="On 3 March 2017 twelve people died.") for n in range(600)))
print(*(worker.pid for worker in multiprocessing.active_children()), flush=True)
time.sleep(900)
"""


def pieces(count: int) -> list[Document]:
    letter = next(iter(read_files(ROOT / "documents")))
    made = [
        replace(letter, id=f"{i}", text=PIECES[i % len(PIECES)], zones=(), items=()) for i in range(count)
    ]
    return [*made, letter]


def test_workers_end_with_a_run_that_is_killed() -> None:
    run = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    workers = [int(pid) for pid in run.stdout.readline().split()]
    assert len(workers) == 2
    run.kill()
    run.wait()
    for _ in range(1200):  # a busy machine may take its time
        if not any(map(is_there, workers)):
            break
        time.sleep(0.05)
    assert not any(map(is_there, workers))


def test_threads_that_read_at_once_read_what_one_does() -> None:
    names = [f"On 3 March 2017 at least 12 {n}ites of Dou{n}ma fled." for n in ("Ar", "Bel", "Cor", "Den")]
    lots = [[Document(id=name, text=f"{name} " * 40)] * 8 for name in names]
    alone = [list(read(lot)) for lot in lots]
    with ThreadPoolExecutor(len(lots)) as threads:
        assert list(threads.map(lambda lot: list(read(lot)), lots)) == alone


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_processes_check_and_write_down_what_one_process_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "DOCUMENTS", 20)
    kept: list[list[object]] = []
    done: list[list[CheckedDocument]] = []
    ticks: list[int] = []
    for processes in (1, 2):
        database = tmp_path / f"{processes}.duckdb"
        with Checker([ROOT / "reference_data"], database, processes=processes) as checker:
            checked = list(checker.check(pieces(50), ticks.append, []))
            assert all((c.rows is None) is (processes == 1) for c in checked)
            done.append([replace(c) for c in checked])
            checker.save(checker.new_run(), checked)
            rows = [checker.store.cells(f"SELECT * FROM {table} ORDER BY ALL") for table in TABLES]
            kept.append(rows)
    assert done[0] == done[1]
    assert all(c.rows is None for c in done[1])
    assert sum(ticks) == 2 * len(done[0]) == 2 * 51
    assert kept[0] == kept[1]
    assert all(kept[0][:-1])


def test_tables_that_changed_meanwhile_are_refused(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "reference_data", tmp_path / "tables")
    with Checker([tmp_path / "tables"]) as checker:
        assert checker.tables.packed().loaded()[0].rows
        with (tmp_path / "tables" / "sources.csv").open("a") as table:
            table.write("\n")
        with pytest.raises(WorkerError, match="changed since this run began"):
            checker.tables.packed()


def test_parcels_hold_every_document_once_and_in_order() -> None:
    documents = pieces(450)
    lots = list(parcels(documents))
    assert [d for lot in lots for d in lot] == documents
    assert [len(lot) for lot in lots] == [200, 200, 51]


def test_a_number_of_processes_is_positive() -> None:
    with pytest.raises(ValueError, match="1 or more, not 0"):
        Spread(0)
