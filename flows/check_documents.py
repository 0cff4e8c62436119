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
from pathlib import Path
from typing import Literal, cast
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script, `flows` is not found
import flows  # before Prefect

if __name__ == "__main__":
    flows.log_from("CRITICAL")

from prefect import flow, task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from claimcheck import console, publishing
from claimcheck.inbox import InboxRun, Outcome, Work
from claimcheck.pipeline import Checker
from claimcheck.store import SaveResult, Store
from flows.common import KNOWN, WAIT, is_scheduled, may_pass, once, refused, the_writer
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


@flow(name="check-documents", validate_parameters=False)
def check_documents(
    inbox: Sequence[Path | str] = ("documents",),
    reference: Sequence[Path | str] = ("reference_data",),
    database: Path | str = "claims.duckdb",
    reports: Path | str = "reports",
    wait: float = WAIT,
    runner: Runner = "here",
    scheduler: str | None = None,
) -> State[object]:
    """Check the inbox. Completed: the outcome and the report's paths. Failed: one sentence that says why.

    `runner` "dask" reads on the workers of `scheduler` (`tcp://host:8786`), or of a cluster of this machine's
    own where none is named.
    """
    try:
        with (
            the_writer(wait),
            Checker([Path(p) for p in reference], Path(database), wait=wait, say=console.complain) as checker,
        ):
            with _run(checker, [Path(p) for p in inbox], runner, scheduler) as run:
                outcome = checked(run)
            paths = publish(checker.store, outcome, Path(reports))
            show_in_prefect(checker.store, outcome, paths)
            if not is_scheduled():
                print_claims(checker.store, outcome)
    except KNOWN as error:
        return refused(error)
    return Completed(message=str(outcome), data=(outcome, paths))


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
            made = create_progress_artifact(done, key="progress", description="Share of the inbox")
            self._artifact = cast(UUID, made)
        elif done != self._shown and (whole or now - self._when > MOVES):
            update_progress_artifact(self._artifact, done)
        else:
            return
        self._shown, self._when = done, now


def show_in_prefect(store: Store, outcome: Outcome, paths: Sequence[Path]) -> None:
    """The gravest verdicts and the quarantine as tables of Prefect's interface, the report as a page."""
    rows = store.rows(GRAVEST, [SHOWN])
    create_table_artifact(key="verdicts", table=rows, description=f"{outcome}; the gravest {SHOWN} claims")
    bad = outcome.failures
    set_aside = [{"document": f.doc_id or f.path, "at": f.stage, "reason": f.reason} for f in bad[:SET_ASIDE]]
    create_table_artifact(key="quarantine", table=set_aside, description=f"{len(bad)} set aside")
    lines = [str(outcome), "", *(f"- [{path}]({path.absolute().as_uri()})" for path in paths[:50])]
    create_markdown_artifact(key="report", markdown="\n".join(lines))


GRAVEST = """
SELECT doc_id AS document, left(text, 200) AS claim, verdict, reason, claim_id FROM claims
WHERE verdict IS NOT NULL
ORDER BY list_position(['refuted', 'conflicting_evidence', 'supported', 'not_enough_evidence'], verdict), 1, 5
LIMIT ?
"""


def print_claims(store: Store, outcome: Outcome) -> None:
    """The claims and the ledger of each document, where there are few; then what the run did."""
    if outcome.documents <= PRINTED:
        for checked in store.load_run(outcome.run.run_id)[1]:
            console.out.print(console.claims_table(checked))
            console.out.print(console.ledger(checked.reading.mentions), highlight=False)
    for failure in outcome.failures:
        console.complain(failure.reason)
    console.err.print(str(outcome), highlight=False, soft_wrap=True)


def say(result: tuple[Outcome, list[Path]]) -> int:
    """Where the report is; 2 when a document could not be read."""
    outcome, paths = result
    console.out.print(f"report: {paths[0]}", highlight=False, soft_wrap=True)
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
    given = options.parse_args()
    if given.scheduler and given.runner != "dask":
        options.error("--scheduler needs --runner dask")
    return once(lambda: check_documents(**vars(given), return_state=True), say)


if __name__ == "__main__":
    sys.exit(main())
