"""A run's documents into the database: in batches, each one transaction, and nothing twice.

A *version* of a document is its text, its metadata and what was read in it. The same version adds no rows
but the run's own line; another one is added beside the old, which the views then leave out. A verdict is
added only where it differs from the claim's latest.
"""

from __future__ import annotations

import json
import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from claimcheck.lots import lots
from claimcheck.model import CheckedDocument, RunInfo
from claimcheck.store import rows
from claimcheck.store.codec import Row
from claimcheck.store.database import Bulk, Connection, transaction
from claimcheck.store.errors import StoreError

Change = Literal["new", "changed", "unchanged"]

BATCH_DOCUMENTS = 400  # which wait in memory, with their rows: ten times as many store one in twenty faster
BATCH_ROWS = 16_000
WITHDRAWN: Row = (
    None, "not_judged", "The run judged this claim no longer.", "store.withdrawn", None, None, None, None,
    None, None, None,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What a save added. `claims` and `mentions` count the rows of new and changed documents only."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    mentions: int = 0
    claims: int = 0
    findings: int = 0
    verdicts: int = 0
    evidence: int = 0

    @property
    def documents(self) -> int:
        """How many documents the save was given."""
        return self.new + self.changed + self.unchanged

    @property
    def added_nothing(self) -> bool:
        """Whether the database already held every document, reading and verdict."""
        return not (self.new or self.changed or self.verdicts)

    def __add__(self, other: SaveResult) -> SaveResult:
        return SaveResult(*(getattr(self, name) + getattr(other, name) for name in SaveResult.__slots__))

    def __str__(self) -> str:
        seen = f"{self.documents} document{'s' * (self.documents != 1)}"
        if self.added_nothing:
            return f"{seen}, nothing new"
        return (
            f"{seen}: {self.new} new, {self.changed} changed, {self.unchanged} unchanged;"
            f" {self.claims} claim{'s' * (self.claims != 1)},"
            f" {self.verdicts} verdict{'s' * (self.verdicts != 1)} added"
        )


@dataclass(slots=True)
class Prepared:
    """A checked document as rows, before it is known which of them are new."""

    document: Row
    mentions: list[Row]
    claims: list[Row]
    findings: list[Row]
    fingerprint: str
    verdicts: dict[str, tuple[str, Row, list[Row]]]

    @property
    def doc_id(self) -> str:
        """The document's id as stored."""
        return str(self.document[0])

    def size(self) -> int:
        """How many rows it is."""
        return 1 + len(self.mentions) + len(self.claims) + len(self.findings)


@dataclass(slots=True)
class Known:
    """What the database holds of a batch's documents: versions, the current one, the run's own, verdicts."""

    versions: dict[tuple[str, str], int] = field(default_factory=dict)
    current: dict[str, int] = field(default_factory=dict)
    this_run: dict[str, tuple[int, int]] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Owned:
    """Rows with the keys of what owns them, which are their first column."""

    rows: list[Row] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)

    def add(self, owner: int, rows: Sequence[Row]) -> None:
        """Add the rows of one owner."""
        self.rows.extend(rows)
        self.owners.extend([owner] * len(rows))


@dataclass(slots=True)
class Batch:
    """The rows that a batch adds, by table."""

    documents: list[Row] = field(default_factory=list)
    run_documents: list[Row] = field(default_factory=list)
    mentions: Owned = field(default_factory=Owned)
    claims: Owned = field(default_factory=Owned)
    findings: Owned = field(default_factory=Owned)
    verdicts: list[Row] = field(default_factory=list)
    evidence: Owned = field(default_factory=Owned)
    replaced: list[str] = field(default_factory=list)


DOCUMENT = ("document_key", *rows.DOCUMENT.columns, "fingerprint", "first_run")
RUN_DOCUMENT = ("run_number", "doc_id", "position", "document_key", "change")
MENTION = ("document_key", *rows.MENTION.columns)
CLAIM = ("document_key", *rows.CLAIM.columns)
FINDING = ("document_key", *rows.FINDING.columns)
VERDICT = ("verdict_key", "claim_id", "run_number", *rows.VERDICT.columns, "fingerprint")
EVIDENCE = ("verdict_key", *rows.EVIDENCE.columns)


def save(saver: Saver, documents: Iterable[CheckedDocument]) -> SaveResult:
    """Store a run with all its documents. Saving more documents under the same run id continues that run.

    Raises StoreError where two documents of the run have one id and different content, or a verdict names
    no claim of its document. Batches that were committed before stay, and the run is marked `failed`.
    """
    status = "failed"
    try:
        result = saver.save(documents)
        status = "finished"
    finally:
        saver.close(status)
    return result


class Saver:
    """One run being saved: hands out the keys and remembers which documents it has seen.

    `rest` is called after each batch.
    """

    def __init__(self, connection: Connection, run: RunInfo, rest: Callable[[], None] = lambda: None) -> None:
        self._connection = connection
        self._run = run
        self._rest = rest
        with transaction(connection):
            self._number = _register(connection, run)
        self._document_key = _highest(connection, "document_key", "document")
        self._verdict_key = _highest(connection, "verdict_key", "verdict")
        self._position = _highest(
            connection, "position", "run_document", f"WHERE run_number = {self._number:d}"
        )
        self._seen: dict[str, str] = {}
        self._bulk = Bulk(connection)

    @property
    def number(self) -> int:
        """The run's number in the database."""
        return self._number

    def save(self, documents: Iterable[CheckedDocument]) -> SaveResult:
        """Store the documents batch by batch; what was added."""
        result = SaveResult()
        for prepared in lots(self._distinct(documents), BATCH_DOCUMENTS, (Prepared.size, BATCH_ROWS)):
            with transaction(self._connection):
                result += self._save_batch(prepared)
            self._rest()
        return result

    def close(self, status: str) -> None:
        """Write the run's end and its counts."""
        finished = self._run.finished or datetime.now(UTC).isoformat(timespec="seconds")
        with transaction(self._connection):
            self._connection.execute(FINISH, {"status": status, "finished": finished, "run": self._number})

    def _distinct(self, documents: Iterable[CheckedDocument]) -> Iterator[Prepared]:
        for checked in documents:
            prepared = _prepare(checked)
            before = self._seen.setdefault(prepared.doc_id, prepared.fingerprint)
            if before != prepared.fingerprint:
                raise StoreError(
                    f"two different documents of this run have the id {prepared.doc_id!r}; "
                    f"give each document an id of its own"
                )
            yield prepared

    def _save_batch(self, prepared: Sequence[Prepared]) -> SaveResult:
        known = _known(self._connection, self._number, prepared)
        batch = Batch()
        result = SaveResult()
        for item in prepared:
            result += self._add(batch, known, item)
        _write(self._connection, self._bulk, self._number, batch)
        return result

    def _add(self, batch: Batch, known: Known, item: Prepared) -> SaveResult:
        doc_id = item.doc_id
        key = known.versions.get((doc_id, item.fingerprint))
        change: Change = "unchanged"
        if key is None or key != known.current.get(doc_id):
            change = "changed" if doc_id in known.current else "new"
        added = key is None
        if key is None:
            key = self._new_version(batch, item)
            known.versions[doc_id, item.fingerprint] = key
        known.current[doc_id] = key
        verdicts, evidence = self._add_verdicts(batch, known, item)
        self._add_to_run(batch, known, doc_id, key, change)
        return SaveResult(
            **{change: 1}, mentions=len(item.mentions) if added else 0,
            claims=len(item.claims) if added else 0, findings=len(item.findings) if added else 0,
            verdicts=verdicts, evidence=evidence,
        )  # fmt: skip

    def _new_version(self, batch: Batch, item: Prepared) -> int:
        self._document_key += 1
        key = self._document_key
        batch.documents.append((key, *item.document, item.fingerprint, self._number))
        batch.mentions.add(key, item.mentions)
        batch.claims.add(key, item.claims)
        batch.findings.add(key, item.findings)
        return key

    def _add_verdicts(self, batch: Batch, known: Known, item: Prepared) -> tuple[int, int]:
        """Add the verdicts that differ from the claims' latest; how many, and how much evidence."""
        verdicts = evidence = 0
        given = item.verdicts
        claim_ids = {row[1] for row in item.claims}
        if strangers := given.keys() - claim_ids:
            raise StoreError(f"document {item.doc_id!r}: a verdict names no claim of it: {min(strangers)!r}")
        for claim_id in dict.fromkeys(row[1] for row in item.claims):
            verdict = given.get(claim_id)
            before = known.verdicts.get(claim_id)
            if verdict is None and before in (None, ""):
                continue
            fingerprint, row, own = ("", WITHDRAWN, []) if verdict is None else verdict
            if fingerprint == before:
                continue
            self._verdict_key += 1
            batch.verdicts.append((self._verdict_key, claim_id, self._number, *row, fingerprint))
            batch.evidence.add(self._verdict_key, own)
            known.verdicts[claim_id] = fingerprint
            verdicts += 1
            evidence += len(own)
        return verdicts, evidence

    def _add_to_run(self, batch: Batch, known: Known, doc_id: str, key: int, change: Change) -> None:
        before = known.this_run.get(doc_id)
        if before is None:
            self._position += 1
            known.this_run[doc_id] = (key, self._position)
            batch.run_documents.append((self._number, doc_id, self._position, key, change))
        elif before[0] != key:  # the same run saved again, after its reading changed
            batch.replaced.append(doc_id)
            batch.run_documents.append((self._number, doc_id, before[1], key, change))


def _prepare(checked: CheckedDocument) -> Prepared:
    return Prepared(*(_rows(checked) if checked.rows is None else marshal.loads(checked.rows)))


def _rows(checked: CheckedDocument) -> tuple[Any, ...]:
    read = rows.reading_rows(checked.reading)
    document_rows = [rows.document_row(checked.document, checked.reading.incidents)]
    fingerprint, (document, mentions, claims, findings) = rows.sealed(document_rows, *read)
    verdicts = {key: rows.verdict_rows(verdict) for key, verdict in checked.verdicts.items()}
    return document[0], mentions, claims, findings, fingerprint, verdicts


def with_rows(checked: CheckedDocument) -> CheckedDocument:
    """The same value, its rows written down: by the worker that made it, for to make them takes four times as
    long as to store them. Not to be changed by anybody; a value made of it has none."""
    object.__setattr__(checked, "rows", marshal.dumps(_rows(checked)))
    return checked


def _known(connection: Connection, run_number: int, prepared: Sequence[Prepared]) -> Known:
    """What the database holds of these documents."""
    known = Known()
    doc_ids = list({item.doc_id for item in prepared})
    ask = connection.execute
    for doc_id, fingerprint, key in ask(VERSIONS, [doc_ids]).fetchall():
        known.versions[doc_id, fingerprint] = key
    if not known.versions:
        return known
    known.current = dict(ask(CURRENT, [doc_ids]).fetchall())
    for doc_id, key, position in ask(THIS_RUN, [run_number, doc_ids]).fetchall():
        known.this_run[doc_id] = (key, position)
    claim_ids = [row[1] for item in prepared if item.doc_id in known.current for row in item.claims]
    known.verdicts = dict(ask(LATEST_VERDICTS, [claim_ids]).fetchall())
    return known


def _write(connection: Connection, bulk: Bulk, run_number: int, batch: Batch) -> None:
    if batch.replaced:
        connection.execute(
            "DELETE FROM run_document WHERE run_number = ? AND doc_id IN (SELECT unnest(?::VARCHAR[]))",
            [run_number, batch.replaced],
        )
    plain = {
        "document": (DOCUMENT, batch.documents),
        "run_document": (RUN_DOCUMENT, batch.run_documents),
        "verdict": (VERDICT, batch.verdicts),
    }
    owned = {
        "mention": (MENTION, batch.mentions),
        "claim": (CLAIM, batch.claims),
        "finding": (FINDING, batch.findings),
        "evidence": (EVIDENCE, batch.evidence),
    }
    for table, (columns, added) in plain.items():
        bulk.insert(table, columns, added)
    for table, (columns, given) in owned.items():
        bulk.insert(table, columns, given.rows, given.owners)


def _register(connection: Connection, run: RunInfo) -> int:
    """The run's number: the one it has, where it is being continued, else the next."""
    connection.execute(INTERRUPTED, [run.run_id])
    found = connection.execute("SELECT run_number FROM run WHERE run_id = ?", [run.run_id]).fetchone()
    if found is not None:
        connection.execute("UPDATE run SET status = 'running' WHERE run_number = ?", [found[0]])
        return int(found[0])
    number = _highest(connection, "run_number", "run") + 1
    packages = json.dumps(dict(run.packages), ensure_ascii=False)
    values: list[Any] = [number, run.run_id, run.started, run.version, run.model, run.lexicon, packages]
    connection.execute(REGISTER, values)
    return number


def _highest(connection: Connection, column: str, table: str, where: str = "") -> int:
    found = connection.execute(f"SELECT coalesce(max({column}), 0) FROM {table} {where}").fetchone()
    return 0 if found is None else int(found[0])


INTERRUPTED = "UPDATE run SET status = 'interrupted' WHERE status = 'running' AND run_id <> ?"
REGISTER = """
INSERT INTO run VALUES (?, ?, 'running', ?, NULL, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0)
"""
# A run over an inbox writes no line for a document that it left alone; the inbox notes that it saw it.
SEEN_BY_RUN = """
    SELECT r.doc_id, r.document_key, r.change, coalesce(i.position, r.position) AS position
    FROM run_document AS r
    LEFT JOIN inbox_document AS i ON i.doc_id = r.doc_id AND i.seen_run = r.run_number
    WHERE r.run_number = $run
    UNION ALL
    SELECT i.doc_id, i.document_key, 'unchanged', i.position
    FROM inbox_document AS i
    WHERE i.seen_run = $run AND i.document_key IS NOT NULL AND i.doc_id NOT IN
        (SELECT doc_id FROM run_document WHERE run_number = $run)
"""
FINISH = f"""
UPDATE run
SET status = $status, finished = $finished, documents = counted.documents, new_documents = counted.fresh,
    changed_documents = counted.changed, unchanged_documents = counted.unchanged,
    new_verdicts = counted.verdicts, claims = counted.claims
FROM (
    SELECT
        count(*) AS documents,
        count(*) FILTER (change = 'new') AS fresh,
        count(*) FILTER (change = 'changed') AS changed,
        count(*) FILTER (change = 'unchanged') AS unchanged,
        (SELECT count(*) FROM verdict WHERE run_number = $run) AS verdicts,
        (SELECT count(*) FROM claim WHERE document_key IN
            (SELECT document_key FROM ({SEEN_BY_RUN}))) AS claims
    FROM ({SEEN_BY_RUN})
) AS counted
WHERE run.run_number = $run
"""
VERSIONS = """
SELECT doc_id, fingerprint, document_key FROM document
WHERE doc_id IN (SELECT unnest(?::VARCHAR[]))
"""
CURRENT = """
SELECT doc_id, arg_max(document_key, run_number) FROM run_document
WHERE doc_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY doc_id
"""
THIS_RUN = """
SELECT doc_id, document_key, position FROM run_document
WHERE run_number = ? AND doc_id IN (SELECT unnest(?::VARCHAR[]))
"""
LATEST_VERDICTS = """
SELECT claim_id, arg_max(fingerprint, verdict_key) FROM verdict
WHERE claim_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY claim_id
"""
