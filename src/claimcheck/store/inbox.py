"""What the store remembers of the inbox: each document's content and what it was checked with, and failures.

A document that is as it was, checked with what is there now, is left alone: its line only notes the run that
saw it last.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from claimcheck.model import Claim, Link, Reading, Slot
from claimcheck.store.codec import Row
from claimcheck.store.database import Connection, append, records, transaction
from claimcheck.store.rows import proposition_cells, proposition_of

Stage = Literal["read", "check"]
STATE = ("doc_id", "path", "content", "read_with", "judged_with", "as_read", "seen_run", "position")
FAILURE = ("path", "doc_id", "stage", "reason", "content", "first_run", "last_run")


@dataclass(frozen=True, slots=True)
class State:
    """A document of the inbox as it was last checked. `current`: its version is the one readers see."""

    doc_id: str
    path: str
    content: str
    read_with: str
    judged_with: str
    as_read: str = "[]"
    position: int = 0
    current: bool = True


@dataclass(frozen=True, slots=True)
class Failure:
    """A document in quarantine: where it is, at which step it failed, and why."""

    path: str
    doc_id: str | None
    stage: Stage
    reason: str
    content: str | None = None
    first_run: int = 0


def as_read(reading: Reading) -> str:
    """What linking needs and the claims' columns do not hold, as JSON: for each claim its measure and its
    place as the text has them, its proposition, and whether it is one only where a row answers it."""
    latent = {c.claim_id for c in reading.latent}
    rows = [
        [
            c.claim_id, c.measure, c.place.text if c.place else None, proposition_cells(c.proposition),
            *_stated_besides(c, c.claim_id in latent),
        ]
        for c in (*reading.claims, *reading.latent)
    ]
    return json.dumps(rows, ensure_ascii=True, separators=(",", ":"))


COUNTED = "counted noun"


def unlinked(reading: Reading, kept: str) -> Reading:
    """A stored reading with its claims as the text alone gave them, ready to be linked again."""
    before = {claim_id: rest for claim_id, *rest in json.loads(kept)}
    claims = tuple(
        _unlinked(claim, before.get(claim.claim_id, [claim.measure, None])) for claim in reading.claims
    )
    latent = {claim_id for claim_id, rest in before.items() if rest[3:4] == [True]}
    return replace(
        reading,
        claims=tuple(claim for claim in claims if claim.claim_id not in latent),
        latent=tuple(claim for claim in claims if claim.claim_id in latent),
    )


def _stated_besides(claim: Claim, latent: bool) -> list[Any]:
    """Whether a claim waits for a row, and the noun that another sentence gives of its bare number."""
    carried = [[s.text, s.start, s.end, s.basis] for s in claim.slots if s.slot == COUNTED]
    if carried and not (claim.quantity and claim.quantity.noun):
        return [latent, carried]
    return [True] if latent else []


def _unlinked(claim: Claim, kept: list[Any]) -> Claim:
    measure, place, proposition, _, carried = [*kept, *[None] * 5][:5]
    return replace(
        claim,
        proposition=proposition_of(proposition),
        slots=tuple(
            Slot(COUNTED, text, start, end, basis=basis) for text, start, end, basis in carried or ()
        ),
        unread=(),
        measure=measure,
        place=None if place is None else Link(place),
        actor=_bare(claim.actor),
        subject=_bare(claim.subject),
        speaker=_bare(claim.speaker),
    )


def _bare(link: Link | None) -> Link | None:
    return None if link is None else Link(link.text)


def known(connection: Connection, doc_ids: Iterable[str]) -> dict[str, State]:
    """What is remembered of these documents, by id."""
    found = records(connection, KNOWN, [list(doc_ids)])
    return {row["doc_id"]: State(**row) for row in found}


def count(connection: Connection) -> int:
    """How many documents are remembered."""
    return int(records(connection, "SELECT count(*) AS n FROM inbox_document")[0]["n"])


def outdated(connection: Connection, judged_with: str) -> list[int]:
    """The current versions of documents that were not judged with these tables, by their key."""
    return [row["document_key"] for row in records(connection, OUTDATED, [judged_with])]


def mark(connection: Connection, run_number: int, states: Sequence[State]) -> None:
    """Remember documents as checked by a run, in one transaction."""
    rows = [
        (s.doc_id, s.path, s.content, s.read_with, s.judged_with, s.as_read, run_number, s.position)
        for s in states
    ]
    ids = [s.doc_id for s in states]
    with transaction(connection):
        connection.execute("DELETE FROM inbox_document WHERE doc_id IN (SELECT unnest(?::VARCHAR[]))", [ids])
        append(connection, "inbox_document", STATE, rows)
        connection.execute(KEYS, [run_number, ids])


def seen(connection: Connection, run_number: int, ids: Sequence[str], positions: Sequence[int]) -> None:
    """Note that a run saw these documents as they were."""
    if ids:
        with transaction(connection):
            connection.execute(SEEN, [run_number, list(ids), list(positions)])


def failures(connection: Connection) -> list[Failure]:
    """The documents in quarantine, by path."""
    return [Failure(**row) for row in records(connection, FAILURES)]


def record_failures(
    connection: Connection, run_number: int, found: Sequence[Failure], inside: Sequence[str]
) -> None:
    """Make these the failures under the paths `inside`: what is not among them is out of quarantine."""
    held = {(f.path, f.doc_id, f.reason): f.first_run for f in failures(connection)}

    def row(f: Failure) -> Row:
        first = held.get((f.path, f.doc_id, f.reason), run_number)
        return f.path, f.doc_id, f.stage, f.reason, f.content, first, run_number

    rows = [row(f) for f in found]
    if not rows and not held:
        return
    with transaction(connection):
        connection.execute(FORGET, [list(inside), list(inside)])
        append(connection, "inbox_failure", FAILURE, rows)


KNOWN = """
SELECT i.doc_id, i.path, i.content, i.read_with, i.judged_with, i.as_read::VARCHAR AS as_read, i.position,
    i.document_key IS NOT NULL AND i.document_key = (
        SELECT arg_max(r.document_key, r.run_number) FROM run_document AS r WHERE r.doc_id = i.doc_id
    ) AS current
FROM inbox_document AS i
WHERE i.doc_id IN (SELECT unnest(?::VARCHAR[]))
"""
OUTDATED = """
SELECT document_key FROM current_document
WHERE document_key NOT IN (
    SELECT document_key FROM inbox_document WHERE judged_with = ? AND document_key IS NOT NULL
)
ORDER BY document_key
"""
KEYS = """
UPDATE inbox_document SET document_key = r.document_key
FROM run_document AS r
WHERE r.run_number = ? AND r.doc_id = inbox_document.doc_id
    AND inbox_document.doc_id IN (SELECT unnest(?::VARCHAR[]))
"""
SEEN = """
UPDATE inbox_document SET seen_run = ?, position = s.position
FROM (SELECT unnest(?::VARCHAR[]) AS doc_id, unnest(?::INTEGER[]) AS position) AS s
WHERE s.doc_id = inbox_document.doc_id
"""
FAILURES = """
SELECT path, doc_id, stage, reason, content, first_run FROM inbox_failure ORDER BY path, doc_id, reason
"""
FORGET = """
DELETE FROM inbox_failure
WHERE path IN (SELECT unnest(?::VARCHAR[]))
    OR EXISTS (SELECT 1 FROM unnest(?::VARCHAR[]) AS folder(name) WHERE starts_with(path, folder.name || '/'))
"""
