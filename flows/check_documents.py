"""The scheduled pipeline: check an inbox of documents against reference packages, keep, publish, report.

Run it as it stands (`make run`) or serve it on a schedule. A bad document is reported and the rest goes on;
a second run over the same inbox adds nothing and says so.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from claimcheck import console, output
from claimcheck.documents.files import Unreadable, read_all
from claimcheck.model import CheckedDocument, Document, RunInfo
from claimcheck.pipeline import BATCH, Checker
from claimcheck.report.render import write_reports
from claimcheck.store import SaveResult
from claimcheck.store.snapshots import publish_snapshot

FORMATS = ("html", "markdown", "csv", "json")


@task(cache_policy=NO_CACHE)
def read_inbox(inbox: Sequence[Path]) -> tuple[list[Document], list[Unreadable]]:
    """The documents of the inbox, and those that could not be read with the reason."""
    found = list(read_all(inbox))
    documents = [d for d in found if isinstance(d, Document)]
    return documents, [d for d in found if isinstance(d, Unreadable)]


@task(cache_policy=NO_CACHE)
def check_batch(checker: Checker, documents: list[Document]) -> list[CheckedDocument]:
    """A batch of documents read, linked and judged."""
    return list(checker.check(documents))


@task(cache_policy=NO_CACHE)
def save_batch(checker: Checker, run: RunInfo, checked: list[CheckedDocument]) -> SaveResult:
    """A batch kept, in one transaction."""
    return checker.save(run, checked)


@task(cache_policy=NO_CACHE)
def publish(checker: Checker) -> Path:
    """A read-only snapshot for reviewers and analysts."""
    return publish_snapshot(checker.store)


@task(cache_policy=NO_CACHE)
def report(checker: Checker, folder: Path) -> list[Path]:
    """The reports of the run, and its verdicts as an artifact in Prefect's interface."""
    run, documents = checker.store.load_run()
    paths = write_reports(folder, run, documents, FORMATS)
    create_table_artifact(key="verdicts", table=verdict_rows(documents), description="Claims and verdicts")
    create_markdown_artifact(key="report", markdown="\n".join(f"- `{path}`" for path in paths))
    return paths


def verdict_rows(documents: Sequence[CheckedDocument]) -> list[dict[str, str | None]]:
    """The claims of documents as rows for people: document, claim, verdict, reason."""
    rows: list[dict[str, str | None]] = []
    for checked in documents:
        for claim in checked.reading.claims:
            made = output.claim_dict(claim, checked.verdicts)
            rows.append(
                {
                    "document": checked.document.id,
                    "claim": console.short(claim.text, 200),
                    "verdict": made["verdict"],
                    "reason": made["reason"],
                    "claim_id": claim.claim_id,
                }
            )
    return rows


@flow(name="check-documents", validate_parameters=False)
def check_documents(
    inbox: Sequence[Path] = (Path("documents"),),
    reference: Sequence[Path] = (Path("reference_data"),),
    database: Path = Path("claims.duckdb"),
    reports: Path = Path("reports"),
) -> list[Path]:
    """Check the inbox and give back the paths of the reports."""
    documents, failures = read_inbox(inbox)
    with Checker(reference, database) as checker, console.progress("checking", len(documents)) as tick:
        run = checker.new_run()
        saved = save_batch(checker, run, [])
        for first in range(0, len(documents), BATCH):
            batch = documents[first : first + BATCH]
            saved = saved + save_batch(checker, run, check_batch(checker, batch))
            tick(len(batch))
        run = replace(run, finished=datetime.now(UTC).isoformat(timespec="seconds"))
        publish(checker)
        paths = report(checker, reports)
        _, kept = checker.store.load_run()
    for checked in kept:
        console.out.print(console.claims_table(checked))
        console.out.print(console.ledger(checked.reading.mentions), highlight=False)
    console.err.print(str(saved), highlight=False)
    for failure in failures:
        console.complain(str(failure.error))
    return paths


def main() -> int:
    """Run once over `documents/`; 2 when a document could not be read."""
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):  # its join costs a second
        paths = check_documents()
    for path in paths:
        if path.suffix == ".html":
            console.out.print(f"report: {path}", highlight=False, soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
