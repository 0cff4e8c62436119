"""The scheduled pipeline: check an inbox of documents against reference packages, keep, publish, report.

Run it as it stands (`make run`) or serve it on a schedule (`deploy.py`). Only what is new or changed is read
again; a bad document is set aside with its reason and the rest goes on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast
from uuid import UUID

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault(
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180"
)  # 20 is too few on a busy machine
# run as a script, what goes wrong is said in one sentence, not in a log
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL" if __name__ == "__main__" else "INFO")

from prefect import flow, task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.concurrency.sync import concurrency
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Completed, Failed

from claimcheck import console, publishing
from claimcheck.claims.parsing import ModelError
from claimcheck.inbox import InboxRun, Outcome, Work
from claimcheck.lexicon import LexiconError
from claimcheck.pipeline import Checker
from claimcheck.reference.problems import PackageError
from claimcheck.store import SaveResult, Store, StoreError

WRITER = "claimcheck-writer"
"""The global concurrency limit of one: whoever writes the database holds it. `deploy.py` makes it."""
REFUSED = "Refused"  # the name of the state of a run that could not do its work; its message says why
WAIT = 600.0  # seconds that a run waits for another process to let the database go
SHOWN = 200  # claims in the table of Prefect's interface, the gravest first
PRINTED = 20  # documents; with more, their tables are not printed
KNOWN = (PackageError, StoreError, LexiconError, ModelError, OSError)


def is_passing(_task: object, _run: TaskRun, state: State[object]) -> bool:
    """Whether a failure may pass by itself: a disk that is full or away, and nothing that a text causes."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, StoreError | OSError)


class Batch:
    """A batch as one opaque value: Prefect looks into lists for results of other tasks."""

    def __init__(self, work: list[Work]) -> None:
        self.work = work


@task(cache_policy=NO_CACHE, retries=2, retry_delay_seconds=1, retry_condition_fn=is_passing, tags=["check"])
def check_batch(run: InboxRun, batch: Batch) -> SaveResult:
    """A batch of documents read, linked, judged and kept in one transaction; again, it adds nothing twice."""
    return run.check(batch.work)


@task(
    cache_policy=NO_CACHE, retries=2, retry_delay_seconds=1, retry_condition_fn=is_passing, tags=["publish"]
)
def publish_report(store: Store, outcome: Outcome, reports: Path) -> list[Path]:
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
) -> State[object]:
    """Check the inbox. Completed: the outcome and the report's paths. Failed: one sentence that says why."""
    try:
        with concurrency(WRITER, occupy=1, strict=False):
            outcome, paths = _check(
                [Path(p) for p in inbox], [Path(p) for p in reference], Path(database), Path(reports), wait
            )
    except KNOWN as error:
        return Failed(name=REFUSED, message=str(error))
    return Completed(message=str(outcome), data=(outcome, paths))


def _check(
    inbox: list[Path], reference: list[Path], database: Path, reports: Path, wait: float
) -> tuple[Outcome, list[Path]]:
    with Checker(reference, database, wait=wait, say=console.complain) as checker:
        with InboxRun(checker, inbox) as run, console.progress("checking") as tick:
            shown: UUID | None = None
            for work in run.batches():
                check_batch(run, Batch(work))
                shown = progress_in_prefect(shown, run)
                tick(len(work))
            outcome = run.finish()
        paths = publish_report(checker.store, outcome, reports)
        show_in_prefect(checker.store, outcome, paths)
        print_claims(checker.store, outcome)
    return outcome, paths


def progress_in_prefect(shown: UUID | None, run: InboxRun) -> UUID | None:
    """Move the bar of Prefect's interface, made with the first batch; it is full when the run ends."""
    seen = run.saved.documents + run.untouched
    done = 100 * seen / max(1, seen, run.expected)
    if shown is None:
        return cast(UUID, create_progress_artifact(done, key="progress", description="Share of the inbox"))
    update_progress_artifact(shown, done)
    return shown


def show_in_prefect(store: Store, outcome: Outcome, paths: Sequence[Path]) -> None:
    """The gravest verdicts as a table, the report and the quarantine as a page of Prefect's interface."""
    rows = store.rows(GRAVEST, [SHOWN])
    create_table_artifact(key="verdicts", table=rows, description=f"{outcome}; the gravest {SHOWN} claims")
    lines = [str(outcome), "", *(f"- [{path}]({path.absolute().as_uri()})" for path in paths[:50])]
    if outcome.failures:
        lines += ["", "In quarantine:", *(f"- {failure.reason}" for failure in outcome.failures[:50])]
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


def main() -> int:
    """Run once over `documents/`; 2 when something could not be read or done."""
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):  # its join costs a second
        state = check_documents(return_state=True)
    if state.name == REFUSED:
        console.complain(state.message or "the run failed")
        return 2
    outcome, paths = cast("tuple[Outcome, list[Path]]", state.result())
    console.out.print(f"report: {paths[0]}", highlight=False, soft_wrap=True)
    return 2 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
