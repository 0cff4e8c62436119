"""What a run leaves for people: a snapshot for readers, and reports, written a document at a time."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from claimcheck.model import CheckedDocument, RunInfo
from claimcheck.report.render import render_csv, render_html, render_overview, write_reports
from claimcheck.report.safe import file_stem
from claimcheck.report.view import Summary, summary_of
from claimcheck.store import Store, latest_snapshot, open_store, publish_snapshot

FORMATS = ("html", "markdown", "csv", "json")
MANY = 200
"""Documents: with more, a run writes pages for the new and changed ones only, and one table for all."""


def publish_if_news(store: Store) -> Path | None:
    """A new snapshot, unless the latest holds all that the database does; None then. Raises StoreError."""
    latest = None if store.path is None else latest_snapshot(store.path)
    if latest is not None:
        with open_store(latest, read_only=True) as snapshot:
            if snapshot.rows(NEWS) == store.rows(NEWS):
                return None
    return publish_snapshot(store)


NEWS = """
SELECT
    (SELECT max(run_number) FROM run_document WHERE change <> 'unchanged') AS run,
    (SELECT max(document_key) FROM document) AS document,
    (SELECT max(verdict_key) FROM verdict) AS verdict,
    (SELECT list(package || digest ORDER BY package) FROM reference_package) AS packages,
    (SELECT list(path || reason ORDER BY path, reason) FROM inbox_failure) AS failures,
    (SELECT count(*) FROM decision) AS decisions,
    (SELECT list(number || sha256 ORDER BY number) FROM schema_migration) AS schema
"""


def write(store: Store, run: RunInfo, folder: Path) -> list[Path]:
    """The reports of a run, the page to open first in front. Raises OSError, StoreError.

    Up to `MANY` documents: everything (`write_reports`). With more: `pages/` with a page for each document
    that the run added or changed (or that has none), `index.html` over those, and `claims.csv` over all.
    A run that changed nothing leaves them as they are.
    """
    number = store.rows("SELECT run_number FROM run WHERE run_id = ?", [run.run_id])[0]["run_number"]
    keys = store.run_keys(number)
    if len(keys) <= MANY:
        kept, documents = store.load_run(run.run_id)
        return write_reports(folder, kept, documents, FORMATS)
    index, table = folder / "index.html", folder / "claims.csv"
    names = {row["document_key"]: _name(row["doc_id"]) for row in store.rows(NAMES, [keys])}
    told = {row["document_key"] for row in store.rows(FRESH, [number])}
    fresh = [key for key in keys if key in told or not (folder / names[key]).is_file()]
    if not fresh and index.is_file() and table.is_file():
        return [index, table]
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    run = replace(run, documents=len(keys), new_documents=len(fresh))
    rows = [_page(folder / names[key], run, c) for key, c in zip(fresh, store.stream(fresh), strict=True)]
    index.write_text(render_overview(run, rows), encoding="utf-8", newline="")
    with table.open("w", encoding="utf-8-sig", newline="") as out:
        for position, checked in enumerate(store.stream(keys)):
            text = render_csv([checked])
            out.write(text if position == 0 else text.split("\r\n", 1)[1])
    return [index, table]


def _page(file: Path, run: RunInfo, checked: CheckedDocument) -> tuple[Summary, str]:
    file.write_text(render_html(run, [checked]), encoding="utf-8", newline="")
    return summary_of(checked), f"pages/{file.name}"


def _name(doc_id: str) -> str:
    """A document's page: readable, and told apart from all others by the digest of its id."""
    last = re.split(r"[/\\]", doc_id)[-1]
    digest = sha256(doc_id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"pages/{file_stem(last, set())[:80]}-{digest}.html"


NAMES = "SELECT document_key, doc_id FROM document WHERE document_key IN (SELECT unnest(?::BIGINT[]))"
FRESH = """
SELECT r.document_key FROM run_document AS r
WHERE r.run_number = $1
    AND (r.change <> 'unchanged' OR EXISTS (
        SELECT 1 FROM claim JOIN verdict USING (claim_id)
        WHERE claim.document_key = r.document_key AND verdict.run_number = $1))
"""
