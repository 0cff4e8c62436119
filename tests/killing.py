"""Work that is killed at any moment, and what must hold afterwards: shared by the short and the long test.

The work: runs over an inbox, and publications that take reviewers' decisions in.

The process that is killed is a fork of this one, so that the language model is there already and the kills
fall into the run itself.
"""

from __future__ import annotations

import gc
import os
import random
import re
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from claimcheck import inbox, pipeline, publishing
from claimcheck.decisions import Journal, decide, journal_file
from claimcheck.documents.files import Unreadable
from claimcheck.pipeline import Checker, documents
from claimcheck.reference.editing import Sheet, table_of
from claimcheck.reference.loading import load
from claimcheck.review.row_edits import RowEdits
from claimcheck.store import Store, latest_snapshot, open_latest, open_store, rows
from claimcheck.store.backups import backup, restore
from claimcheck.store.decisions import import_decisions
from claimcheck.store.loading import LATEST_RUN
from claimcheck.syntax.parser import model
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


def run_inbox(checker: Checker, folders: Sequence[Path]) -> inbox.Outcome:
    """A whole run over an inbox."""
    with inbox.InboxRun(checker, folders) as run:
        for batch in run.batches():
            run.check(batch)
        return run.finish()


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
            outcome = run_inbox(checker, [self.folder / "inbox"])
            publishing.publish_if_news(checker.store)
            publishing.write(checker.store, outcome.run, self.folder / "reports")
        return outcome

    def check(self) -> None:
        """What `claimcheck check --database` does: everything kept, published, and handed on."""
        with Checker([REFERENCE], self.database) as checker:
            failures: list[Unreadable] = []
            found = checker.check(documents([self.folder / "inbox"], failures), failures=failures)
            assert len(list(checker.kept(found))) == len(self.texts)
            assert not failures

    def check_killed_behind_its_commit(self, seconds: float) -> None:
        """The same, killed so long after everything was kept and before or while it is published."""
        publish = pipeline.publish_snapshot

        def killed(store: Store) -> Path:
            threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGKILL)).start()
            return publish(store)

        pipeline.publish_snapshot = killed  # type: ignore[attr-defined,assignment]
        self.check()

    def restore(self) -> None:
        """Put back the backup that was made of an earlier state."""
        restore(self.folder / "backup.duckdb", self.database)

    def decide(self, seed: int, count: int) -> None:
        """A reviewer's decisions on some claims of the latest snapshot."""
        chance = random.Random(seed)
        journal = Journal(journal_file(self.database))
        with open_latest(self.database) as store:
            named = [row["doc_id"] for row in store.rows("SELECT doc_id FROM current_document ORDER BY 1")]
            for doc_id in chance.choices(named, k=count):
                checked = store.load_document(doc_id)
                claim = chance.choice(checked.reading.claims)
                verdict = checked.verdicts[claim.claim_id].verdict
                journal.append(decide(claim, doc_id, "confirm", "Amal", made_on=verdict, verdict=verdict))

    def edit_rows(self, package: Path, seed: int) -> None:
        """A curator's rows in a copy of the package: three added, one with a new source, and one mended."""
        edits = RowEdits(self.folder / "row_edits.jsonl")
        for number in range(3):
            figures = Sheet.of(package, table_of(package, "figures"))
            sources = Sheet.of(package, table_of(package, "sources"))
            source = {"source_id": sources.next_key(), "title": f"Told in {seed}"}
            row = {**figures.row("F001"), "figure_id": figures.next_key(), "source_id": source["source_id"]}
            edits.make("Amal", package, "added a row", [sources.added(source), figures.added(row)])
            figures = Sheet.of(package, table_of(package, "figures"))
            mended = {"notes": f"{seed}.{number}"}
            edits.make("Amal", package, "mended a row", [figures.mended(row["figure_id"], mended)])

    def publish(self) -> None:
        """What the flow `publish_report` does: decisions taken in, a snapshot, the reports."""
        with open_store(self.database) as store:
            import_decisions(store, journal_file(self.database))
            publishing.publish_if_news(store)
            publishing.write(store, rows.run_of(store.rows(LATEST_RUN)[0]), self.folder / "reports")


def forked(work: Callable[[], object]) -> int:
    """Start `work` in a process of its own; its id. It ends with 0, or 1 where `work` raised."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        gc.freeze()  # what the parent's other threads held half-made is not collected here
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


class Killer:
    """Kills processes at random moments, and learns from those that came to their end how long they take."""

    def __init__(self, seed: int, took: float) -> None:
        self.chance = random.Random(seed)
        self.killed = self.ended = 0
        self._took, self._first = took, took

    def kill(self, work: Callable[[], object]) -> None:
        """Start the work and kill it; it may have come to its end before, and must not have failed."""
        started = time.monotonic()
        child = forked(work)
        time.sleep(self.chance.uniform(0.0, self._took))
        os.kill(child, signal.SIGKILL)
        code = ended(child)
        assert code in (0, -signal.SIGKILL), "the work failed"
        self.killed += code != 0
        self.ended += code == 0
        # later next time where the kill came too soon to tell how long the work takes
        took = time.monotonic() - started if code == 0 else self._took * 1.1
        self._took = min(max(self._first / 3, took), 10 * self._first)


def kill_often(ground: Ground, kills: int, seed: int, check_each: bool = True) -> int:
    """Start runs with work to do and kill each at a random moment; how many were killed before their end."""
    inbox.BATCH = BATCH  # type: ignore[attr-defined]
    model()
    killer = Killer(seed, 0.6)
    for round in range(kills):
        for number in range(4):
            ground.put(4 * round + number)
        ground.put(killer.chance.randrange(4 * round + 4), version=round + 1)
        killer.kill(ground.run)
        # looked at now and then only, since the next run could mend what it should not have to
        if check_each and round % 4 == 0:
            print(f"{round + 1} runs, {killer.killed} killed", flush=True)
            assert ended(forked(lambda: whole(ground))) == 0, f"round {round}: the database is torn"
    return killer.killed


def kill_publications(ground: Ground, kills: int, seed: int) -> int:
    """Start publications with new decisions to take in, and kill each; how many were killed."""
    killer = Killer(seed, 0.3)
    for round in range(kills):
        assert ended(forked(partial(ground.decide, seed + round, 5))) == 0
        killer.kill(ground.publish)
        assert ended(forked(lambda: whole(ground))) == 0, f"round {round}: the database is torn"
    return killer.killed


def kill_checks(ground: Ground, kills: int, seed: int) -> int:
    """Kill checks behind their commit: what was kept is there, and the next check adds nothing and publishes
    it. How many were killed."""
    chance = random.Random(seed)
    killed = 0
    for round in range(kills):
        ground.put(len(ground.texts))
        ground.put(chance.randrange(len(ground.texts)), version=5000 + round)
        code = ended(forked(partial(ground.check_killed_behind_its_commit, chance.uniform(0.0, 0.12))))
        assert code in (0, -signal.SIGKILL), "the work failed"
        killed += code != 0
        assert ended(forked(partial(_all_kept, ground))) == 0, f"round {round}: what was committed is lost"
        if round % 4 == 3 or round == kills - 1:
            assert ended(forked(ground.check)) == 0
            assert ended(forked(lambda: complete(ground, reported=False))) == 0, f"round {round}"
    return killed


def _all_kept(ground: Ground) -> None:
    whole(ground)
    with open_store(ground.database, read_only=True) as store:
        held = {r["doc_id"]: r["text"] for r in store.rows("SELECT doc_id, text FROM current_document")}
    assert held == ground.texts


def kill_restores(ground: Ground, kills: int, seed: int) -> int:
    """Kill restores of an earlier state: the database is that state or the later one, whole, and a restore
    that comes to its end makes it the earlier one. How many were killed."""
    backup_file = ground.folder / "backup.duckdb"
    assert ended(forked(lambda: backup(ground.database, backup_file))) == 0
    before = dict(ground.texts)
    ground.put(len(ground.texts))
    killer = Killer(seed, 0.2)
    for round in range(kills):
        assert ended(forked(ground.check)) == 0  # the later state again
        killer.kill(ground.restore)
        assert ended(forked(partial(_one_of, ground, before, ground.texts))) == 0, f"round {round}: torn"
    assert ended(forked(ground.restore)) == 0
    assert ended(forked(partial(_one_of, ground, before))) == 0
    assert ended(forked(ground.check)) == 0
    return killer.killed


def kill_row_edits(ground: Ground, kills: int, seed: int) -> int:
    """Kill who writes rows into a package: its tables are whole and sound, and every row that was not there
    before is noted with who wrote it. How many were killed."""
    package = ground.folder / "package"
    shutil.copytree(REFERENCE, package, dirs_exist_ok=True)
    killer = Killer(seed, 0.6)
    for round in range(kills):
        killer.kill(partial(ground.edit_rows, package, seed + round))
        assert ended(forked(partial(_all_noted, ground, package))) == 0, f"round {round}: rows are torn"
    return killer.killed


def _all_noted(ground: Ground, package: Path) -> None:
    load(package)
    edits = RowEdits(ground.folder / "row_edits.jsonl").all()
    noted = "".join(splice.new for edit in edits for splice in edit.splices)
    for name in ("figures.csv", "sources.csv"):
        before, now = (REFERENCE / name).read_text("utf-8"), (package / name).read_text("utf-8")
        assert now.startswith(before), "a row that was there is lost"
        assert all(row in noted for row in now.removeprefix(before).splitlines()), "a row is nobody's"


def _one_of(ground: Ground, *states: dict[str, str]) -> None:
    whole(ground)
    with open_store(ground.database, read_only=True) as store:
        held = {r["doc_id"]: r["text"] for r in store.rows("SELECT doc_id, text FROM current_document")}
    assert held in states


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


def complete(ground: Ground, reported: bool = True) -> None:
    """What holds after a run that came to its end: every text, once, as it stands, judged, and `reported`."""
    whole(ground)
    for file in (ground.database, latest_snapshot(ground.database)):
        assert file is not None
        with open_store(file, read_only=True) as store:
            held = {r["doc_id"]: r["text"] for r in store.rows("SELECT doc_id, text FROM current_document")}
            assert held == ground.texts
            assert not store.rows("SELECT claim_id FROM claims WHERE verdict IS NULL")
            assert not store.rows("SELECT doc_id FROM claims GROUP BY doc_id HAVING count(*) < 4")
            decided = [row["decision_id"] for row in store.rows("FROM decision ORDER BY decision_number")]
            assert decided == [d.id for d in Journal(journal_file(ground.database)).read()[0]]
    assert not list((ground.folder / "snapshots").glob(".*partial*"))
    if not reported:
        return
    reports = ground.folder / "reports"  # where there are many documents their pages have a folder
    for page in (reports / "pages" if (reports / "pages").is_dir() else reports).glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert text.rstrip().endswith("</html>"), f"{page} is torn"
        if stated := re.match(r"(d\d{4})\b", page.name):
            number = ground.texts[f"{stated[1]}.txt"].split(" people")[0].rsplit(" ", 1)[1]
            assert number in text or f"{int(number):,}" in text, f"{page} tells of an earlier text"


KEYS = {
    "document": "document_key", "run_document": "run_number, doc_id", "mention": "document_key, position",
    "claim": "document_key, position", "finding": "document_key, position", "verdict": "verdict_key",
    "evidence": "verdict_key, position", "reference_row": "package, resource, row_id, measure",
}  # fmt: skip
"""The keys that the program holds, not the database."""
LAWS = {
    f"a key of {table} is there twice": f"SELECT 1 FROM {table} GROUP BY {key} HAVING count(*) > 1"
    for table, key in KEYS.items()
} | {
    "a version is there twice": "SELECT 1 FROM document GROUP BY doc_id, fingerprint HAVING count(*) > 1",
    "a document without mentions": "SELECT 1 FROM document ANTI JOIN mention USING (document_key)",
    "mentions are missing": """SELECT 1 FROM mention GROUP BY document_key
        HAVING count(*) <> max(position) + 1""",
    "claims are missing": "SELECT 1 FROM claim GROUP BY document_key HAVING count(*) <> max(position) + 1",
    "a document that no run saw": "SELECT 1 FROM document ANTI JOIN run_document USING (document_key)",
    "a claim's id is there twice": "SELECT 1 FROM claim GROUP BY claim_id HAVING count(*) > 1",
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
