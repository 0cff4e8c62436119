"""Which stored documents were judged with other tables than those of now, and which need not be again.

Where the tables differ by figures and incidents alone, a document that none of these can touch would get the
verdicts that it has: it is noted as judged with the tables of now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from claimcheck import provenance
from claimcheck.store import Store
from claimcheck.store.database import Connection, records, transaction
from claimcheck.store.publications import changed_since, history


def any_left(connection: Connection, judged_with: str) -> bool:
    """Whether any current document was not judged with these tables."""
    return bool(records(connection, f"{OUTDATED} LIMIT 1", {"now": judged_with}))


def keys(connection: Connection, judged_with: str) -> list[int]:
    """The current versions of documents that were not judged with these tables, by their key."""
    found = records(connection, f"{OUTDATED} ORDER BY document_key", {"now": judged_with})
    return [r["document_key"] for r in found]


def carry_over(store: Store, judged_with: str, run_number: int | None = None, learned: str = "") -> None:
    """Note as judged with the tables of now the documents that no changed row can touch.

    `run_number`: the run that saw them as they were; None where a run says so itself. `learned`: which of
    what decisions teach holds now; what was judged with other is judged again.
    """
    connection = store.connection
    publications = history(connection)
    for found in records(connection, JUDGED_WITH, {"now": judged_with}):
        before = found["judged_with"]
        then = next((p for p in publications if provenance.judging(p.packages, learned) == before), None)
        changes = None if then is None else changed_since(connection, then)
        if changes is None:
            continue
        with _pending(connection, before):
            touched = sorted(_touched(store, changes))
            with transaction(connection):
                connection.execute(CARRY_OVER, {"now": judged_with, "touched": touched, "run": run_number})


def _touched(store: Store, changes: Sequence[tuple[Any, ...]]) -> set[int]:
    """The pending documents of which something else may be said: one compares, is about such a row, or has a
    claim that has such a row's number, its days, or rows of its measure or table beside it."""
    with store.temporary_table("changed", _CHANGED, changes):
        return {r["document_key"] for r in store.rows(TOUCHED)}


@contextmanager
def _pending(connection: Connection, before: str) -> Iterator[None]:
    connection.execute(PENDING, {"before": before})
    try:
        yield
    finally:
        connection.execute("DROP TABLE pending")


_CHANGED = {
    "resource": "VARCHAR", "row_id": "VARCHAR", "measure": "VARCHAR", "first_day": "DATE", "last_day": "DATE",
}  # fmt: skip
# A table may write thousands or millions; numbers within a tenth are near (data/levels.toml). A row of the
# measure of those that stand beside a claim may take their place.
TOUCHED = """
WITH now AS (
    SELECT 0.9 * coalesce(low, best) * scale.times AS low, 1.1 * coalesce(high, best) * scale.times AS high
    FROM reference_row SEMI JOIN changed USING (resource, row_id)
    CROSS JOIN (VALUES (1), (1000), (1000000)) AS scale (times)
)
SELECT document_key FROM pending JOIN claim USING (document_key)
WHERE claim.kind = 'comparison' OR EXISTS (SELECT 1 FROM now WHERE claim.value BETWEEN now.low AND now.high)
OR EXISTS (
    SELECT 1 FROM changed WHERE claim.date_start BETWEEN first_day AND last_day AND claim.date_end <= last_day
        AND (last_day - first_day <= 31 OR (claim.date_start = first_day AND claim.date_end = last_day))
)
UNION
SELECT document_key FROM pending JOIN document USING (document_key)
SEMI JOIN changed ON document.about = changed.resource || ':' || changed.row_id
UNION
SELECT near.document_key
FROM (
    SELECT claim.document_key, unnest(json_extract(verdict.suggestions, '$[*]')) AS row
    FROM pending JOIN claim USING (document_key) JOIN current_verdict AS verdict USING (claim_id)
) AS near
LEFT JOIN reference_row AS near_row ON near_row.resource = near.row ->> 1 AND near_row.row_id = near.row ->> 2
SEMI JOIN changed ON changed.resource = near.row ->> 1
    AND (changed.row_id = near.row ->> 2 OR (changed.measure <> '' AND changed.measure = near_row.measure))
UNION
SELECT claim.document_key
FROM evidence JOIN verdict USING (verdict_key) JOIN claim USING (claim_id) JOIN pending USING (document_key)
SEMI JOIN changed ON evidence.resource = changed.resource
    AND (evidence.row_id = changed.row_id OR claim.measure = changed.measure)
"""
LATEST = "SELECT arg_max(document_key, run_number) AS document_key FROM run_document GROUP BY doc_id"
OUTDATED = f"""
SELECT document_key FROM ({LATEST}) AS latest
WHERE document_key NOT IN (
    SELECT document_key FROM inbox_document WHERE judged_with = $now AND document_key IS NOT NULL
)
"""
JUDGED_WITH = """
SELECT DISTINCT judged_with FROM inbox_document WHERE judged_with <> $now AND document_key IS NOT NULL
ORDER BY judged_with
"""
PENDING = f"""
CREATE OR REPLACE TEMP TABLE pending AS
SELECT document_key FROM ({LATEST}) AS latest
WHERE document_key IN (SELECT document_key FROM inbox_document WHERE judged_with = $before)
"""
CARRY_OVER = """
UPDATE inbox_document SET judged_with = $now, seen_run = coalesce($run, seen_run)
WHERE document_key IN (SELECT document_key FROM pending)
    AND document_key NOT IN (SELECT unnest($touched::BIGINT[]))
"""
