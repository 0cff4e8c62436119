"""Reviewers' decisions in the database, for analysts and for reports; the journal stays the original."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimcheck.decisions import Decision, Facts, Journal, Problem, Review, RowKey, attach, review_of
from claimcheck.decisions.record import fingerprint_of, from_line, to_line
from claimcheck.store.codec import loaded_number
from claimcheck.store.database import append, records, transaction

if TYPE_CHECKING:
    from claimcheck.store.store import Store

COLUMNS = (
    "decision_number", "decision_id", "decided_at", "reviewer", "kind", "claim_id", "doc_id", "text",
    "verdict", "made_on", "note", "undoes", "row_answers", "row_package", "resource", "row_id", "row_measure",
    "line",
)  # fmt: skip
REVIEWED = ("claim_id", "state", "verdict", "assignee", "reviewed_row")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import found: decisions that the database had not, all of them, and lines that hold none."""

    new: int
    total: int
    problems: Sequence[Problem] = ()


def import_decisions(store: Store, file: Path) -> Imported:
    """Take the journal's new decisions into the database, in one transaction; a second time adds nothing.

    No file is no decision. Raises StoreError, OSError.
    """
    decisions, problems = Journal(file).read()
    known = {row["decision_id"] for row in records(store.connection, "SELECT decision_id FROM decision")}
    fresh = [decision for decision in decisions if decision.id not in known]
    if fresh:
        rows = [_row(number, decision) for number, decision in enumerate(fresh, len(known) + 1)]
        with transaction(store.connection):
            append(store.connection, "decision", COLUMNS, rows)
    return Imported(len(fresh), len(known) + len(fresh), problems)


def load_decisions(store: Store) -> list[Decision]:
    """Every decision that was imported, in the journal's order."""
    found = records(store.connection, "SELECT line::VARCHAR AS line FROM decision ORDER BY decision_number")
    return [from_line(row["line"]) for row in found]


def reviews(store: Store, decisions: Sequence[Decision]) -> dict[str, Review]:
    """How claims stand by decisions, by claim id, without loading a document."""
    ids = list({decision.claim_id for decision in decisions})
    known = {facts.claim_id: facts for facts in load_facts(store, ids)} if ids else {}
    found, _ = attach(decisions, known, cache(lambda document: load_facts(store, documents=[document])))
    moved = [claim_id for claim_id in found if claim_id not in known]
    known.update({facts.claim_id: facts for facts in load_facts(store, moved)} if moved else {})
    says = row_digests(store, (d.answer for d in decisions))
    return {claim_id: review_of(own, known[claim_id], says) for claim_id, own in found.items()}


def row_digests(store: Store, rows: Iterable[RowKey | None]) -> dict[RowKey, str | None]:
    """What rows say now, as digests; None of those that are gone."""
    keys = {key for key in rows if key is not None}
    found = store.cells(SAYS, [[key.row_id for key in keys]]) if keys else ()
    says = {RowKey(*key): str(digest) for *key, digest in found}
    return {key: says.get(key) for key in keys}


def settle(store: Store) -> None:
    """Write down how the reviewed claims stand now, for the views of the next snapshot."""
    decisions = load_decisions(store)
    if not decisions and not store.rows("SELECT 1 FROM review LIMIT 1"):
        return
    rows = [
        (claim_id, r.state, r.verdict, r.assignee, _row_of(r))
        for claim_id, r in reviews(store, decisions).items()
    ]
    with transaction(store.connection):
        store.connection.execute("DELETE FROM review")
        if rows:
            append(store.connection, "review", REVIEWED, rows)


def _row_of(review: Review) -> str | None:
    """The key of the row that answers by the reviewers: "figures:F003"."""
    return review.row.rows[0].key if review.row is not None and review.row.answers else None


def load_facts(store: Store, claim_ids: Sequence[str] = (), documents: Sequence[str] = ()) -> list[Facts]:
    """What decisions are held against: these claims, and every claim of these documents, as they stand.

    Only current versions count. The same facts as `decisions.facts_of` gives for a claim of the model, for
    thousands of claims in one query. Claims of a document come in its order.
    """
    given = {"claims": list(claim_ids), "documents": list(documents)}
    return [_facts(row) for row in records(store.connection, FACTS, given)]


def _facts(r: Mapping[str, Any]) -> Facts:
    reading = fingerprint_of(
        r["kind"], r["asserted"], r["measure"], r["place_text"],
        loaded_number("low", r["low"], r["beyond"]), loaded_number("high", r["high"], r["beyond"]),
        r["unit"], r["date_start"], r["date_end"], r["time_relation"],
    )  # fmt: skip
    where = (r["claim_id"], r["doc_id"], r["kind"], r["start_offset"], r["end_offset"])
    return Facts(*where, r["text"], reading, r["verdict"])


SAYS = """
SELECT package, resource, row_id, measure, 'row ' || left(md5(row(
    name, label, actor, unit, low, best, high, number, first_start, first_end, last_start, last_end,
    as_of_start, as_of_end
)::VARCHAR), 12)
FROM reference_row WHERE row_id IN (SELECT unnest(?::VARCHAR[]))
"""
FACTS = """
WITH wanted AS (
    SELECT claim.*, document.doc_id
    FROM claim JOIN current_document AS document USING (document_key)
    WHERE claim.claim_id IN (SELECT unnest($claims::VARCHAR[]))
        OR document.doc_id IN (SELECT unnest($documents::VARCHAR[]))
),
held AS (
    SELECT max(verdict_key) AS verdict_key FROM verdict
    WHERE claim_id IN (SELECT claim_id FROM wanted) GROUP BY claim_id
)
SELECT
    wanted.doc_id, wanted.claim_id, wanted.kind, wanted.start_offset, wanted.end_offset,
    substr(wanted.text, 1, 600) AS text, wanted.asserted, wanted.measure, wanted.place_text,
    wanted.low, wanted.high, wanted.unit, wanted.date_start, wanted.date_end, wanted.time_relation,
    mention.beyond, verdict.verdict
FROM wanted
LEFT JOIN mention ON mention.document_key = wanted.document_key
    AND mention.position = wanted.mention_position AND mention.beyond IS NOT NULL
LEFT JOIN (SELECT claim_id, verdict FROM verdict JOIN held USING (verdict_key)) AS verdict USING (claim_id)
ORDER BY wanted.document_key, wanted.position
"""


def _row(number: int, d: Decision) -> tuple[object, ...]:
    return (
        number, d.id, d.time, d.reviewer, d.kind, d.claim_id, d.document, d.text, d.verdict, d.made_on,
        d.note, d.undoes, None if d.row is None else d.row.answers,
        *((None,) * 4 if d.answer is None else d.answer), to_line(d),
    )  # fmt: skip
