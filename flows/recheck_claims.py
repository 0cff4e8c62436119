"""Judge the stored claims again where tables changed: no document is read, and the diff is shown.

`python flows/recheck_claims.py`, or nightly with `deploy.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
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
from claimcheck.pipeline import Checker
from claimcheck.recheck import Rechecked, recheck
from claimcheck.store import StoreError
from flows.common import KNOWN, WAIT, announce, log, once, refused, rename, show_table, the_writer, unfit


@task(cache_policy=NO_CACHE)
def judge_again(checker: Checker) -> Rechecked:
    """Every claim that was judged with other tables, judged with those of now."""
    return recheck(checker, refuse=lambda error: console.complain(str(error)))


@task(cache_policy=NO_CACHE)
def publish(checker: Checker, done: Rechecked, reports: Path) -> None:
    """A snapshot and the reports where there is news, and the diff as a table of Prefect's interface."""
    publishing.publish_if_news(checker.store)
    if done.run is not None:
        publishing.write(checker.store, done.run, reports)
    rows = [
        {"document": c.doc_id, "claim": c.text, "before": c.said_before, "after": c.said_after}
        for c in done.changes[:500]
    ]
    if done.run is not None:
        show_table("changed-verdicts", rows, f"Verdicts that differ by the tables of now. {done}")


@flow(name="recheck-claims", version=__version__, validate_parameters=False)
def recheck_claims(
    reference: Sequence[Path | str] = ("reference_data",),
    database: Path | str = "claims.duckdb",
    reports: Path | str = "reports",
    wait: float = WAIT,
) -> State[object]:
    """Judge the stored claims again where tables changed: no document is read.

    Completed: what changed. Failed: one sentence that says why.

    Args:
        reference: Folders of reference packages, each with a datapackage.json.
        database: The claims database.
        reports: The folder that the reports are written to.
        wait: Seconds to wait for another process that writes the database.
    """
    if (odd := unfit(locals())) is not None:
        return refused(odd)
    try:
        if not Path(database).is_file():
            raise StoreError(f"{database}: there is no database here; run check_documents first")
        packages = [Path(folder) for folder in reference]
        with the_writer(wait), Checker(packages, Path(database), wait=wait, say=console.complain) as checker:
            done = judge_again(checker)
            log(f"judged again: {done}")
            publish(checker, done, Path(reports))
            refuted = [
                {"document": c.doc_id, "claim": c.text[:200], "claim_id": c.claim_id}
                for c in done.changes
                if c.after == "refuted" and c.before != "refuted"
            ]
            if refuted:
                announce("claims.refuted", database, len(refuted), refuted)
    except KNOWN as error:
        rename("re-check: refused")
        return refused(error)
    rename(f"re-check: {len(done.changes)} verdict{'s' * (len(done.changes) != 1)} changed")
    return Completed(message=str(done), data=done)


def say(done: Rechecked) -> int:
    """What differs, a line a claim."""
    for change in done.changes:
        line = f"{change.claim_id[:8]} {change.doc_id}: {change.said_before} -> {change.said_after}"
        console.say(line)
    console.say(done, console.err)
    return 0


def main() -> int:
    """Run once; 2 when it could not be done."""
    return once(lambda: recheck_claims(return_state=True), say)


if __name__ == "__main__":
    sys.exit(main())
