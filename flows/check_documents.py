"""The scheduled pipeline: check an inbox of documents against reference packages, keep, publish, report.

Run it as it stands (`make run`) or serve it on a schedule (`deploy.py`). Only what is new or changed is read
again; a bad document is set aside with its reason and the rest goes on.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Literal, cast
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script, `flows` is not found
import flows  # before Prefect

if __name__ == "__main__":
    flows.log_from("CRITICAL")

from prefect import flow, task
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from claimcheck import __version__, console, publishing
from claimcheck.apart import apart
from claimcheck.inbox import InboxRun, Outcome, Work
from claimcheck.model import CheckedDocument
from claimcheck.pipeline import Checker
from claimcheck.store import SaveResult, Store
from flows.common import (
    KNOWN,
    NAMESPACE,
    QUARANTINE,
    WAIT,
    announce,
    is_scheduled,
    log,
    may_pass,
    once,
    refused,
    rename,
    show_reports,
    show_table,
    the_writer,
    unfit,
)
from flows.spreading import SpreadRun, cluster

SET_ASIDE = 500  # documents in the table of the quarantine
SHOWN = 200  # claims in the table of Prefect's interface, the gravest first
MOVES = 2.0  # seconds between two moves of the bar in Prefect's interface
PRINTED = 20  # documents; with more, their tables are not printed

Runner = Literal["here", "dask"]


class Batch:
    """A batch as one opaque value: Prefect looks into lists for results of other tasks."""

    def __init__(self, work: list[Work]) -> None:
        self.work = work


@task(cache_policy=NO_CACHE, retries=2, retry_delay_seconds=1, retry_condition_fn=may_pass)
def check_batch(run: InboxRun, batch: Batch) -> SaveResult:
    """A batch of documents read, linked, judged and kept in one transaction; again, it adds nothing twice."""
    return run.check(batch.work)


@task(cache_policy=NO_CACHE, retries=2, retry_delay_seconds=1, retry_condition_fn=may_pass)
def publish(store: Store, outcome: Outcome, reports: Path) -> list[Path]:
    """A snapshot for readers where there is news, and the reports. The page to open first is in front."""
    publishing.publish_if_news(store)
    return publishing.write(store, outcome.run, reports)


@flow(name="check-documents", version=__version__, validate_parameters=False)
def check_documents(
    inbox: Sequence[Path | str] = ("documents",),
    reference: Sequence[Path | str] = ("reference_data",),
    database: Path | str = "claims.duckdb",
    reports: Path | str = "reports",
    wait: float = WAIT,
    runner: Runner = "here",
    scheduler: str | None = None,
    everything: bool = False,
    address: str | None = None,
) -> State[object]:
    """Check the inbox: only what is new or changed is read. One that sets some aside ends as Quarantine.

    Completed: the outcome and the report's paths. Failed: one sentence that says why.

    Args:
        inbox: Folders of documents, or files.
        reference: Folders of reference packages, each with a datapackage.json.
        database: The claims database; it is made where there is none.
        reports: The folder that the reports are written to.
        wait: Seconds to wait for another process that writes the database.
        runner: Where texts are read: "here", or "dask" on the workers of a cluster.
        scheduler: The address of the Dask scheduler (tcp://host:8786); without it, a cluster of this machine.
        everything: Print every claim, not only what to look at first (a run from a terminal).
        address: Where a web server shows the folder of the reports, for links in this interface.
    """
    if (odd := unfit(locals())) is not None:
        return refused(odd)
    try:
        with (
            the_writer(wait),
            Checker([Path(p) for p in reference], Path(database), wait=wait, say=console.complain) as checker,
        ):
            log(f"tables: {', '.join(p.name for p in checker.packages) or 'none'}")
            with _run(checker, [Path(p) for p in inbox], runner, scheduler) as run:
                outcome = checked(run)
            log(f"checked: {outcome}")
            paths = publish(checker.store, outcome, Path(reports))
            log(f"published: {len(paths)} files of reports, {paths[0]} first")
            show_in_prefect(checker.store, outcome, paths, address)
            announce_news(checker.store, outcome, database)
            if not is_scheduled():
                print_claims(checker.store, outcome, everything)
    except KNOWN as error:
        rename(f"check {_named(inbox)}: refused")
        return refused(error)
    rename(f"check {_named(inbox)}: {did(outcome)}")
    name = QUARANTINE if outcome.failures else "Completed"
    return Completed(name=name, message=str(outcome), data=(outcome, paths))


def did(outcome: Outcome) -> str:
    """What a run did, as its name says it: "12 new, 1 changed, 1 set aside"."""
    saved = outcome.saved
    counts = {
        "new": saved.new,
        "changed": saved.changed,
        "judged again": outcome.rejudged,
        "set aside": len(outcome.failures),
    }
    return ", ".join(f"{number} {what}" for what, number in counts.items() if number) or "nothing new"


def _named(inbox: Sequence[Path | str]) -> str:
    return ", ".join(Path(path).name for path in inbox)


@contextmanager
def _run(checker: Checker, inbox: list[Path], runner: Runner, scheduler: str | None) -> Iterator[InboxRun]:
    if runner == "here":
        with InboxRun(checker, inbox) as run:
            yield run
    else:
        with cluster(scheduler) as workers, SpreadRun(checker, inbox, workers) as run:
            yield run


def checked(run: InboxRun) -> Outcome:
    """Every batch of the run checked, its end written; the bars of the terminal and of Prefect move along."""
    bar = Bar()
    with console.progress("checking") as tick:
        for work in run.batches():
            check_batch(run, Batch(work))
            bar.show(run)
            seen = run.saved.documents + run.untouched
            log(f"batch of {len(work)}: {seen} of {max(seen, run.expected)} documents done")
            tick(len(work))
        bar.show(run, whole=True)
        return run.finish()


class Bar:
    """The bar of Prefect's interface, made with the first batch. To move it is a call to the server, which a
    small batch would wait for as long as for its work: it moves every few seconds, and is full at the end.
    """

    def __init__(self) -> None:
        self._artifact: UUID | None = None
        self._shown = 0.0  # per cent
        self._when = 0.0

    def show(self, run: InboxRun, *, whole: bool = False) -> None:
        """Move the bar to where the run is, where it is time to; `whole`: no batch comes any more."""
        seen = run.saved.documents + run.untouched
        done = 100.0 if whole else 100 * seen / max(1, seen, run.expected)
        now = time.monotonic()
        if self._artifact is None:
            if whole:
                return  # no batch: nothing was new
            made = create_progress_artifact(
                done, key=f"{NAMESPACE}-progress", description="Share of the inbox's documents that is done"
            )
            self._artifact = cast(UUID, made)
        elif done != self._shown and (whole or now - self._when > MOVES):
            update_progress_artifact(self._artifact, done)
        else:
            return
        self._shown, self._when = done, now


def show_in_prefect(
    store: Store, outcome: Outcome, paths: Sequence[Path], address: str | None = None
) -> None:
    """The gravest verdicts and the quarantine as tables of Prefect's interface, the report as a page: each
    where it differs from what stands there."""
    rows = store.rows(GRAVEST, [SHOWN])
    show_table("verdicts", rows, f"The {len(rows)} gravest claims of all. {outcome}.")
    bad = outcome.failures
    set_aside = [{"document": f.doc_id or f.path, "at": f.stage, "reason": f.reason} for f in bad[:SET_ASIDE]]
    stated = f"{len(bad)} document{'s' * (len(bad) != 1)} set aside; tried again when text or code changes."
    show_table("quarantine", set_aside, stated)
    decided = outcome.decisions is not None and outcome.decisions.new
    if not outcome.saved.added_nothing or outcome.rejudged or decided:
        show_reports("report", str(outcome), paths, address)


def announce_news(store: Store, outcome: Outcome, database: Path | str) -> None:
    """Events for what a run found: claims that the tables refute, documents set aside for the first time."""
    run = [outcome.run.run_id]
    for what, sql in (("claims.refuted", REFUTED), ("documents.quarantined", SET_ASIDE_NOW)):
        if found := store.rows(sql, run):
            announce(what, database, len(found), found)


REFUTED = """
SELECT doc_id AS document, left(text, 200) AS claim, left(explanation, 400) AS explanation, claim_id
FROM claims WHERE verdict = 'refuted' AND verdict_run = ? ORDER BY doc_id, start_offset
"""
SET_ASIDE_NOW = """
SELECT coalesce(doc_id, path) AS document, stage AS "at", reason FROM quarantine
WHERE first_run = ? ORDER BY path, doc_id
"""
GRAVEST = """
SELECT doc_id AS document, left(text, 200) AS claim, verdict, reason, claim_id FROM claims
WHERE verdict IS NOT NULL
ORDER BY list_position(['refuted', 'conflicting_evidence', 'supported', 'not_enough_evidence'], verdict), 1, 5
LIMIT ?
"""


def print_claims(store: Store, outcome: Outcome, everything: bool = False) -> None:
    """What to look at first in each new or changed document, where there are few, or with `everything` every
    claim of every document; then how the claims of all stand, and what the run did."""
    ids = store.cells(EVERY) if everything else store.cells(NEWS, [outcome.run.run_id, PRINTED + 1])
    for (doc_id,) in ids if everything or len(ids) <= PRINTED else ():
        apart(doc_id, partial(_print, store.load_document(doc_id), everything), lambda stated: None)
    [row] = store.rows(STANDING)
    if row["documents"] != 1 or not ids:  # else the document's own summary said it
        console.say(
            "{claims:,} claims: {refuted:,} refuted, {contested:,} contested, {supported:,} supported, "
            "{open:,} undecided or not asserted".format(**row)
        )
    for failure in outcome.failures:
        console.complain(failure.reason)
    console.say(outcome, console.err)


def _print(checked: CheckedDocument, everything: bool) -> None:
    if everything:
        console.print_claims(checked)
    else:
        console.print_lines(console.summary(checked))


EVERY = "SELECT doc_id FROM documents ORDER BY doc_id"
NEWS = """
SELECT seen.doc_id FROM run JOIN run_document AS seen USING (run_number)
WHERE run.run_id = ? AND (seen.change <> 'unchanged' OR EXISTS (
    SELECT 1 FROM claim JOIN verdict USING (claim_id)
    WHERE claim.document_key = seen.document_key AND verdict.run_number = run.run_number))
ORDER BY seen.position LIMIT ?
"""
STANDING = """
SELECT
    count(DISTINCT doc_id) AS documents,
    count(*) AS claims,
    count(*) FILTER (verdict = 'refuted') AS refuted,
    count(*) FILTER (verdict = 'conflicting_evidence') AS contested,
    count(*) FILTER (verdict = 'supported') AS supported,
    count(*) FILTER (verdict IS NULL OR verdict = 'not_enough_evidence') AS open
FROM claims
"""


def say(result: tuple[Outcome, list[Path]]) -> int:
    """Where the report is; 2 when a document could not be read."""
    outcome, paths = result
    console.say(f"report: {paths[0]}")
    return 2 if outcome.failures else 0


def main() -> int:
    """Run once over `documents/`; 2 when something could not be read or done."""
    options = argparse.ArgumentParser(
        description="Check documents/ against reference_data/, keep and report."
    )
    options.add_argument("--runner", choices=("here", "dask"), default="here", help="where texts are read")
    options.add_argument(
        "--scheduler", metavar="ADDRESS", help="a Dask scheduler, such as tcp://10.0.0.5:8786"
    )
    options.add_argument("--all", dest="everything", action="store_true", help="print every claim")
    options.add_argument("--address", metavar="URL", help="where a web server shows the reports")
    given = options.parse_args()
    if given.scheduler and given.runner != "dask":
        options.error("--scheduler needs --runner dask")
    return once(lambda: check_documents(**vars(given), return_state=True), say)


if __name__ == "__main__":
    sys.exit(main())
