"""Runs that are killed at any moment, and what must hold afterwards: shared by the short and the long test.

The process that is killed is a fork of this one, so that the language model is there already and the kills
fall into the run itself.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from claimcheck import inbox, publishing
from claimcheck.claims.parsing import model
from claimcheck.pipeline import Checker
from claimcheck.store import latest_snapshot, open_store
from tests.reader import ROOT

REFERENCE = ROOT / "reference_data"
BATCH = 3  # documents, so that a run has several batches


def document(number: int, version: int = 0) -> str:
    """A short text with three claims; two versions differ in a number."""
    return (
        f"Douma, {1 + number % 28} March 2017\n\n"
        f"On 3 March 2017, {number + 2 + 1000 * version} people were killed in Douma. "
        f"Dozens of houses burned. The hospital treated {number + 40} patients in Idlib."
    )


@dataclass
class Ground:
    """A folder with an inbox, the texts that it should hold, and a database."""

    folder: Path
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        """The database under test."""
        return self.folder / "claims.duckdb"

    def put(self, number: int, version: int = 0) -> None:
        """Write a document into the inbox, whole or not at all."""
        name = f"d{number:04}.txt"
        self.texts[name] = document(number, version)
        (self.folder / "inbox").mkdir(exist_ok=True)
        partial = self.folder / f"{name}.partial"
        partial.write_text(self.texts[name], encoding="utf-8")
        os.replace(partial, self.folder / "inbox" / name)

    def run(self) -> inbox.Outcome:
        """A whole run: check, publish, report."""
        with Checker([REFERENCE], self.database) as checker:
            outcome = inbox.run_inbox(checker, [self.folder / "inbox"])
            publishing.publish_if_news(checker.store)
            publishing.write(checker.store, outcome.run, self.folder / "reports")
        return outcome


def forked(work: Callable[[], object]) -> int:
    """Start `work` in a process of its own; its id. It ends with 0, or 1 where `work` raised."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(code)
    return child


def ended(child: int, within: float = 60.0) -> int:
    """How a process ended: its exit code, or minus the signal."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise AssertionError(f"the process took over {within} seconds")


def kill_often(ground: Ground, kills: int, seed: int, check_each: bool = True) -> int:
    """Start runs with work to do and kill each at a random moment; how many were killed before their end."""
    inbox.BATCH = BATCH
    model()
    chance = random.Random(seed)
    took, killed = 0.6, 0
    for round in range(kills):
        for number in range(4):
            ground.put(4 * round + number)
        ground.put(chance.randrange(4 * round + 4), version=round + 1)
        started = time.monotonic()
        child = forked(ground.run)
        time.sleep(chance.uniform(0.0, took))
        os.kill(child, signal.SIGKILL)
        code = ended(child)
        assert code in (0, -signal.SIGKILL), f"round {round}: the run failed"
        killed += code != 0
        # later next time where the kill came too soon to tell how long a run takes
        took = max(0.2, time.monotonic() - started) if code == 0 else min(took * 1.1, 6.0)
        if check_each and round % 4 == 0:
            print(f"{round + 1} runs, {killed} killed", flush=True)
            assert ended(forked(lambda: whole(ground))) == 0, f"round {round}: the database is torn"
    return killed


def whole(ground: Ground) -> None:
    """What holds whenever a run was killed: nothing is doubled, no document is there in part."""
    if ground.database.exists():
        with open_store(ground.database) as store:
            for what, sql in LAWS.items():
                assert not store.rows(sql), what
    snapshot = latest_snapshot(ground.database)
    if snapshot is not None:
        with open_store(snapshot, read_only=True) as store:
            for what, sql in LAWS.items():
                assert not store.rows(sql), f"snapshot: {what}"


def complete(ground: Ground) -> None:
    """What holds after a run that came to its end: every text, once, as it stands, judged."""
    whole(ground)
    for file in (ground.database, latest_snapshot(ground.database)):
        assert file is not None
        with open_store(file, read_only=True) as store:
            held = {r["doc_id"]: r["text"] for r in store.rows("SELECT doc_id, text FROM current_document")}
            assert held == ground.texts
            assert not store.rows("SELECT claim_id FROM claims WHERE verdict IS NULL")
            per_document = store.rows("SELECT DISTINCT count(*) AS n FROM claims GROUP BY doc_id")
            assert len(per_document) == 1, per_document
    assert not list((ground.folder / "snapshots").glob(".*partial*"))


LAWS = {
    "a version is there twice": "SELECT 1 FROM document GROUP BY doc_id, fingerprint HAVING count(*) > 1",
    "a document without mentions": "SELECT 1 FROM document ANTI JOIN mention USING (document_key)",
    "mentions are missing": """SELECT 1 FROM mention GROUP BY document_key
        HAVING count(*) <> max(position) + 1""",
    "claims are missing": "SELECT 1 FROM claim GROUP BY document_key HAVING count(*) <> max(position) + 1",
    "a document that no run saw": "SELECT 1 FROM document ANTI JOIN run_document USING (document_key)",
    "a claim without a verdict": "SELECT 1 FROM claim ANTI JOIN verdict USING (claim_id)",
    "a verdict without its claim": "SELECT 1 FROM verdict ANTI JOIN claim USING (claim_id)",
    "the same verdict twice in a row": """SELECT 1 FROM (
        SELECT fingerprint = lag(fingerprint) OVER (PARTITION BY claim_id ORDER BY verdict_key) AS same
        FROM verdict) WHERE same""",
    "the inbox remembers a version that is not there": """SELECT 1 FROM inbox_document
        ANTI JOIN document USING (document_key)""",
    "the inbox remembers a document twice": """SELECT 1 FROM inbox_document
        GROUP BY doc_id HAVING count(*) > 1""",
}
