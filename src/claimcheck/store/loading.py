"""Stored documents and runs as model values again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from claimcheck.model import CheckedDocument, Claim, Evidence, Finding, Mention, Reading, RunInfo, Verdict
from claimcheck.store import rows
from claimcheck.store.database import Connection, cells, records
from claimcheck.store.errors import StoreError
from claimcheck.store.saving import SEEN_BY_RUN

LATEST = "latest"


def load_document(connection: Connection, doc_id: str) -> CheckedDocument:
    """The current version of a document with its latest verdicts. Raises StoreError."""
    found = records(connection, "SELECT document_key FROM current_document WHERE doc_id = ?", [doc_id])
    if not found:
        raise StoreError(f"the database holds no document {doc_id!r}")
    return _documents(connection, [found[0]["document_key"]], None)[0]


def load_version(connection: Connection, document_key: int, verdict_keys: Sequence[int]) -> CheckedDocument:
    """A version of a document with these verdicts, for readers who know the keys: several times faster."""
    [reading] = _readings(connection, [document_key])
    return CheckedDocument(reading=reading, verdicts=_verdicts(connection, verdict_keys))


def load_run(connection: Connection, run_id: str = LATEST) -> tuple[RunInfo, list[CheckedDocument]]:
    """A run and its documents in the run's order, with the verdicts that held then. Raises StoreError.

    `latest` is the last run that finished. The run's `documents` and `new_documents` are as the store
    counted them.
    """
    if run_id == LATEST:
        found = records(connection, LATEST_RUN)
        if not found:
            raise StoreError("the database holds no finished run")
    else:
        found = records(connection, "SELECT * FROM run WHERE run_id = ?", [run_id])
        if not found:
            raise StoreError(f"the database holds no run {run_id!r}")
    number = found[0]["run_number"]
    return rows.run_of(found[0]), _documents(connection, keys_of_run(connection, number), number)


def keys_of_run(connection: Connection, number: int) -> list[int]:
    """The document versions that a run saw, in its order."""
    order = f"SELECT document_key FROM ({SEEN_BY_RUN}) ORDER BY position, doc_id"
    return [key for (key,) in cells(connection, order, {"run": number})]


def load_versions(connection: Connection, keys: Sequence[int]) -> list[CheckedDocument]:
    """Document versions in the order of `keys`, with the verdicts of now."""
    return _documents(connection, keys, None)


def find_claim(connection: Connection, claim_id: str) -> tuple[CheckedDocument, Claim]:
    """The claim with this id or the only one whose id begins so, and its document. Raises StoreError.

    A claim of an earlier version of its document is found too, where no current claim has the id.
    """
    matches = records(connection, MATCHING, [claim_id])
    if not matches or not claim_id:
        raise StoreError(f"the database holds no claim {claim_id!r}")
    ids = list(dict.fromkeys(match["claim_id"] for match in matches))
    if len(ids) > 1 and claim_id not in ids:
        some = ", ".join(ids[:5])
        raise StoreError(f"{len(ids)} claims begin with {claim_id!r}: {some}; give more of the id")
    wanted = claim_id if claim_id in ids else ids[0]
    match = next(match for match in matches if match["claim_id"] == wanted)
    checked = _documents(connection, [match["document_key"]], None)[0]
    return checked, next(claim for claim in checked.reading.claims if claim.claim_id == wanted)


MATCHING = """
SELECT claim.claim_id, claim.document_key, max(run_document.run_number) AS last_run
FROM claim JOIN run_document USING (document_key)
WHERE starts_with(claim.claim_id, ?)
GROUP BY claim.claim_id, claim.document_key
ORDER BY claim.claim_id, last_run DESC, claim.document_key DESC
LIMIT 1000
"""


def _documents(connection: Connection, keys: Sequence[int], run_number: int | None) -> list[CheckedDocument]:
    """The document versions in the order of `keys`, with the verdicts as of a run (None: the latest)."""
    readings = _readings(connection, keys)
    claim_ids = [claim.claim_id for reading in readings for claim in reading.claims]
    verdicts = _verdicts(connection, _held(connection, claim_ids, run_number))
    return [
        CheckedDocument(
            reading=reading,
            verdicts={c.claim_id: verdicts[c.claim_id] for c in reading.claims if c.claim_id in verdicts},
        )
        for reading in readings
    ]


def _readings(connection: Connection, keys: Sequence[int]) -> list[Reading]:
    """What was read in these document versions, in the order of `keys`."""
    found = _own(connection, "document", rows.DOCUMENT.columns, keys)
    documents = {r["document_key"]: rows.DOCUMENT.value(r) for r in found}
    incidents = {r["document_key"]: rows.incidents_of(r) for r in found}
    mentions: dict[int, list[Mention]] = defaultdict(list)
    listed: dict[int, list[Mention]] = defaultdict(list)
    for r in _own(connection, "mention", rows.MENTION.columns, keys):
        mention = rows.MENTION.value(r)
        mentions[r["document_key"]].append(mention)
        if r["listed"]:
            listed[r["document_key"]].append(mention)
    claims: dict[int, list[Claim]] = defaultdict(list)
    for r in _own(connection, "claim", rows.CLAIM.columns, keys):
        claims[r["document_key"]].append(rows.claim_of(r, mentions[r["document_key"]]))
    findings: dict[int, list[Finding]] = defaultdict(list)
    for r in _own(connection, "finding", rows.FINDING.columns, keys):
        findings[r["document_key"]].append(rows.FINDING.value(r))
    return [
        Reading(
            document=documents[key],
            mentions=tuple(listed[key]),
            claims=tuple(claims[key]),
            findings=tuple(findings[key]),
            incidents=incidents[key],
        )
        for key in keys
    ]


def _own(
    connection: Connection, table: str, columns: Sequence[str], keys: Sequence[int]
) -> list[dict[str, Any]]:
    """The rows of these document versions, in the order of their position where they have one."""
    one = len(keys) == 1  # a plain comparison is planned faster, and reads one part of the table
    which = "= ?" if one else "IN (SELECT unnest(?::BIGINT[]))"
    sql = f"SELECT document_key, {', '.join(columns)} FROM {table} WHERE document_key {which}"
    found = records(connection, sql, [keys[0] if one else list(keys)])
    return sorted(found, key=lambda r: r["position"]) if "position" in columns else found


def _held(connection: Connection, claim_ids: Sequence[str], run_number: int | None) -> list[int]:
    """The key of each claim's verdict at the end of the run (None: now)."""
    last = 2**31 - 1 if run_number is None else run_number
    found = records(connection, HELD, {"claims": list(claim_ids), "run": last})
    return [r["verdict_key"] for r in found]


def _verdicts(connection: Connection, verdict_keys: Sequence[int]) -> dict[str, Verdict]:
    """The verdicts of these keys by the id of their claim; one that was withdrawn is left out."""
    wanted = set(verdict_keys)
    if not wanted:
        return {}
    first, last = min(wanted), max(wanted)
    if last - first < 4 * len(wanted):  # a run's own: read in one stretch, which is planned faster
        which = "verdict_key BETWEEN ? AND ?"
        given: list[Any] = [first, last]
    else:
        which, given = "verdict_key IN (SELECT unnest(?::BIGINT[]))", [list(wanted)]
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for r in records(connection, MET.format(which=which), given):
        if r["verdict_key"] in wanted:
            evidence[r["verdict_key"]].append(rows.evidence_of(r))
    return {
        r["claim_id"]: rows.verdict_of(r, evidence[r["verdict_key"]])
        for r in records(connection, f"SELECT * FROM verdict WHERE {which}", given)
        if r["verdict"] is not None and r["verdict_key"] in wanted
    }


# A source's day only where its id means one source in all packages: evidence does not name its package.
MET = """
SELECT evidence.*, dated.published_start, dated.published_end
FROM evidence
LEFT JOIN (
    SELECT source_id, any_value(date_start) AS published_start, any_value(date_end) AS published_end
    FROM source GROUP BY source_id HAVING count(*) = 1
) AS dated USING (source_id)
WHERE {which}
ORDER BY verdict_key, position
"""
LATEST_RUN = "SELECT * FROM run WHERE status = 'finished' ORDER BY run_number DESC LIMIT 1"
HELD = """
SELECT max(verdict_key) AS verdict_key FROM verdict
WHERE run_number <= $run AND claim_id IN (SELECT unnest($claims::VARCHAR[])) GROUP BY claim_id
"""
