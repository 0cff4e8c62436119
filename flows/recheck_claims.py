"""Judge the stored claims again where tables changed: no document is read, and the diff is shown.

`python flows/recheck_claims.py`, or nightly with `deploy.py`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault(
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180"
)  # 20 is too few on a busy machine
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL" if __name__ == "__main__" else "INFO")

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.concurrency.sync import concurrency
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Completed, Failed

from claimcheck import console, publishing
from claimcheck.claims.parsing import ModelError
from claimcheck.lexicon import LexiconError
from claimcheck.pipeline import Checker
from claimcheck.recheck import Rechecked, recheck
from claimcheck.reference.problems import PackageError
from claimcheck.store import StoreError

WRITER = "claimcheck-writer"  # as in check_documents: one flow writes at a time
REFUSED = "Refused"
KNOWN = (PackageError, StoreError, LexiconError, ModelError, OSError)


@task(cache_policy=NO_CACHE, tags=["recheck"])
def judge_again(checker: Checker) -> Rechecked:
    """Every claim that was judged with other tables, judged with those of now."""
    return recheck(checker)


@task(cache_policy=NO_CACHE, tags=["publish"])
def publish(checker: Checker, done: Rechecked, reports: Path) -> None:
    """A snapshot and the reports where there is news, and the diff as a table of Prefect's interface."""
    if publishing.publish_if_news(checker.store) is not None and done.run is not None:
        publishing.write(checker.store, done.run, reports)
    rows = [
        {"document": c.doc_id, "claim": c.text, "before": c.said_before, "after": c.said_after}
        for c in done.changes[:500]
    ]
    create_table_artifact(key="changed-verdicts", table=rows, description=str(done))


@flow(name="recheck-claims", validate_parameters=False)
def recheck_claims(
    reference: Sequence[Path | str] = ("reference_data",),
    database: Path | str = "claims.duckdb",
    reports: Path | str = "reports",
    wait: float = 600.0,
) -> State[object]:
    """Judge again. Completed: what changed. Failed: one sentence that says why."""
    try:
        if not Path(database).is_file():
            raise StoreError(f"{database}: there is no database here; run check_documents first")
        with concurrency(WRITER, occupy=1, strict=False):
            packages = [Path(folder) for folder in reference]
            with Checker(packages, Path(database), wait=wait, say=console.complain) as checker:
                done = judge_again(checker)
                publish(checker, done, Path(reports))
    except KNOWN as error:
        return Failed(name=REFUSED, message=str(error))
    return Completed(message=str(done), data=done)


def main() -> int:
    """Run once; 2 when it could not be done."""
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        state = recheck_claims(return_state=True)
    if state.name == REFUSED:
        console.complain(state.message or "the run failed")
        return 2
    done = cast(Rechecked, state.result())
    for change in done.changes:
        line = f"{change.claim_id[:8]} {change.doc_id}: {change.said_before} -> {change.said_after}"
        console.out.print(line, highlight=False, markup=False, soft_wrap=True)
    console.err.print(str(done), highlight=False, soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
