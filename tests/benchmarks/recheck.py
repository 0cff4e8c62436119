"""Judging again 1,000,000 stored claims after one row of the tables changed, and reading a snapshot of them.

A part of the claims is linked and judged by the tables of `linking`, saved, and then copied inside the
database under other ids, so that making the database does not take an hour. What is measured is `recheck`
alone (finding what the row can touch, judging it, noting the rest).
"""

from __future__ import annotations

import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from claimcheck import provenance
from claimcheck.model import CheckedDocument, claim_key
from claimcheck.pipeline import Checker
from claimcheck.recheck import recheck
from claimcheck.store import inbox
from claimcheck.store.inbox import State
from claimcheck.store.snapshots import publish_snapshot
from tests.benchmarks import linking as tables
from tests.benchmarks.figures import CLAIMCHECK, Section, process

JUDGED = 20_000  # claims that are judged one by one
ROWS = 10_000
QUERIES = (
    "SELECT verdict, count(*) FROM claims GROUP BY ALL", "SELECT * FROM claims WHERE doc_id = '7-3'",
    "SELECT doc_id, text, explanation FROM claims WHERE verdict = 'supported' LIMIT 20",
)  # fmt: skip
COPIES = {
    "document": "document_key + {step}, doc_id || '-{copy}'",
    "run_document": "doc_id || '-{copy}', document_key + {step}, position + {step}",
    "mention": "document_key + {step}",
    "claim": "document_key + {step}, claim_id || '-{copy}'",
    "verdict": "verdict_key + {claims}, claim_id || '-{copy}'",
    "evidence": "verdict_key + {claims}",
    "inbox_document": "doc_id || '-{copy}', document_key + {step}, position + {step}",
}


def copied(checker: Checker, copies: int, documents: int, claims: int) -> None:
    """Copy everything that is stored, under other keys."""
    checker.store.rows("SET preserve_insertion_order = false")
    for copy in range(1, copies):
        for table, keys in COPIES.items():
            changed = keys.format(copy=copy, step=copy * documents, claims=copy * claims)
            names = [part.split(" ", 1)[0] for part in changed.split(", ")]
            parts = ", ".join(
                f"{part} AS {name}" for part, name in zip(changed.split(", "), names, strict=True)
            )
            first = f"document_key <= {documents}" if "document_key" in names else f"verdict_key <= {claims}"
            checker.store.rows(
                f"INSERT INTO {table} BY NAME SELECT * REPLACE ({parts}) FROM {table} WHERE {first}"
            )


def fill(checker: Checker, number: int, names: list[str]) -> None:
    """A database of `number` claims, ten a document."""
    chance = random.Random(2)
    judged = min(JUDGED, number)
    readings = []
    for i in range(judged // tables.CLAIMS_A_DOCUMENT):
        reading = tables.reading(i, chance, names)
        mentions = tuple(c.quantity for c in reading.claims if c.quantity is not None)
        claims = tuple(
            replace(c, claim_id=claim_key(reading.document, "quantity", i, k))
            for k, c in enumerate(reading.claims)
        )
        readings.append(replace(reading, claims=claims, mentions=mentions))
    checked: list[CheckedDocument] = checker.linker.check(readings)
    run = checker.new_run()
    saver = checker.store.saver(run)
    saver.save(checked)
    judged_with = provenance.judging(run.packages)
    states = [
        State(r.document.id, "", provenance.content(r.document), "read", judged_with, inbox.as_read(r))
        for r in readings
    ]
    inbox.mark(checker.store.connection, saver.number, states)
    copied(checker, number // judged, len(readings), judged)
    saver.close("finished")
    checker.store.rows("CHECKPOINT")


def again(number: int) -> Section:
    """`number` stored claims judged again after one row changed, then asked from the command line."""
    names = tables.places(random.Random(1))
    with tempfile.TemporaryDirectory() as place:
        package, database = Path(place) / "package", Path(place) / "claims.duckdb"
        package.mkdir()
        tables.write_package(package, ROWS, names)
        with Checker([package], database) as checker:
            fill(checker, number, names)
        table = package / "table.csv"
        lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
        lines[2] = lines[2].rsplit(",", 1)[0] + ",31\n"
        table.write_text("".join(lines), encoding="utf-8")
        with Checker([package], database) as checker:
            published, work = time.perf_counter(), time.process_time()
            said = str(recheck(checker))
            judged, worked = time.perf_counter() - published, time.process_time() - work
            publish_snapshot(checker.store)
        rows = [(f"re-check: {said}", f"{judged:.2f}", f"{worked:.2f}")]
        for sql in QUERIES:
            used = process([*CLAIMCHECK, "query", "--database", str(database), sql])
            rows.append((f'`claimcheck query "{sql}"`', f"{used.seconds:.2f}", f"{used.processor:.2f}"))
    return Section(
        "Stored claims",
        f"{number:,} claims in a database. One figure of the tables changes, and the claims that it can "
        "touch are judged again; then the snapshot is asked, each time by a process from nothing.",
        ("what", "s", "processor s"),
        rows,
    )
