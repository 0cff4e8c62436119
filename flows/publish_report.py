"""The reports of the latest run anew, with what reviewers decided since: nothing is read and nothing judged.

`python flows/publish_report.py`, or on a schedule with `deploy.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script, `flows` is not found
import flows  # before Prefect

if __name__ == "__main__":
    flows.log_from("CRITICAL")

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from claimcheck import __version__, console, publishing
from claimcheck.decisions import journal_file
from claimcheck.model import RunInfo
from claimcheck.pipeline import open_when_free
from claimcheck.store import Store, StoreError, rows
from claimcheck.store.decisions import import_decisions
from claimcheck.store.loading import LATEST_RUN
from flows.common import KNOWN, WAIT, log, may_pass, once, refused, rename, show_reports, the_writer, unfit

LONGEST = 3600.0  # seconds; a run that reads texts has no such limit, for each document has its own


@task(cache_policy=NO_CACHE, retries=2, retry_delay_seconds=1, retry_condition_fn=may_pass)
def publish_latest(store: Store, reports: Path) -> tuple[str, list[Path]]:
    """New decisions into the database, then snapshot and reports: what was done, and the paths."""
    if store.path is None:
        raise StoreError("a database in memory has no journal of decisions")
    taken = import_decisions(store, journal_file(store.path))
    for problem in taken.problems:
        console.complain(str(problem))
    run = latest(store)
    publishing.publish_if_news(store)
    paths = publishing.write(store, run, reports)
    decisions = f"{taken.total} decision{'s' * (taken.total != 1)}"
    return f"run {run.run_id}: {decisions}, {taken.new} of them new", paths


def latest(store: Store) -> RunInfo:
    """The last run that came to its end. Raises StoreError where there is none."""
    found = store.rows(LATEST_RUN)
    if not found:
        raise StoreError(f"{store.path}: no run came to its end yet; run check_documents first")
    return rows.run_of(found[0])


@flow(name="publish-report", version=__version__, timeout_seconds=LONGEST, validate_parameters=False)
def publish_report(
    database: Path | str = "claims.duckdb",
    reports: Path | str = "reports",
    wait: float = WAIT,
    address: str | None = None,
) -> State[object]:
    """Publish the reports of the latest run anew, with what reviewers decided since.

    Completed: what was published and the paths. Failed: one sentence that says why.

    Args:
        database: The claims database.
        reports: The folder that the reports are written to.
        wait: Seconds to wait for another process that writes the database.
        address: Where a web server shows the folder of the reports, for links in this interface.
    """
    if (odd := unfit(locals())) is not None:
        return refused(odd)
    try:
        if not Path(database).is_file():
            raise StoreError(f"{database}: there is no database here; run check_documents first")
        with the_writer(wait), open_when_free(Path(database), wait, console.complain) as store:
            done, paths = publish_latest(store, Path(reports))
        log(f"published: {done}; {len(paths)} files")
        show_reports("published", done, paths, address)
    except KNOWN as error:
        rename("publish: refused")
        return refused(error)
    rename(f"publish {done}")
    return Completed(message=done, data=(done, paths))


def say(result: tuple[str, list[Path]]) -> int:
    """What was published, and where."""
    done, paths = result
    console.say(done, console.err)
    console.say(f"report: {paths[0]}")
    return 0


def main() -> int:
    """Publish once; 2 when it could not be done."""
    return once(lambda: publish_report(return_state=True), say)


if __name__ == "__main__":
    sys.exit(main())
