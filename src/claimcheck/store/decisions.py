"""Reviewers' decisions in the database, for analysts and for reports; the journal stays the original."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.decisions import Decision, Journal, Problem
from claimcheck.decisions.record import from_line, to_line
from claimcheck.store.database import append, records, transaction

if TYPE_CHECKING:
    from claimcheck.store.store import Store

COLUMNS = (
    "decision_number", "decision_id", "decided_at", "reviewer", "kind", "claim_id", "doc_id", "text",
    "verdict", "made_on", "note", "undoes", "line",
)  # fmt: skip


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


def _row(number: int, d: Decision) -> tuple[object, ...]:
    return (
        number,
        d.id,
        d.time,
        d.reviewer,
        d.kind,
        d.claim_id,
        d.document,
        d.text,
        d.verdict,
        d.made_on,
        d.note,
        d.undoes,
        to_line(d),
    )
