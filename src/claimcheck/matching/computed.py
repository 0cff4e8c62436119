"""Verdicts of what is computed over rows, each with its evidence and the SELECT that gives it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from claimcheck.judging.comparing import Computed, stated
from claimcheck.model import COMPUTED, Evidence, Relation, Verdict, VerdictName, plain


@dataclass(frozen=True, slots=True)
class Outcome:
    """A relation computed over rows, the rows, and the SELECT of its value."""

    computed: Computed
    rows: list[Evidence]
    sql: str

    @property
    def decisive(self) -> list[Evidence]:
        """The rows that say it, without those that are only shown beside."""
        return [row for row in self.rows if row.relation == self.computed.relation]


def combined(outcomes: Sequence[Outcome]) -> Verdict:
    """The verdict of all that could be computed: supported or refuted where nothing says the contrary."""
    relations = {o.computed.relation for o in outcomes}
    verdict: VerdictName = "not_enough_evidence"
    reason = "undecided"
    if {"supports", "refutes"} <= relations:
        verdict, reason = "conflicting_evidence", "sources_disagree"
    elif "supports" in relations:
        verdict, reason = "supported", "computed"
    elif "refutes" in relations:
        verdict, reason = "refuted", "computed"
    evidence: list[Evidence] = []
    for outcome in outcomes:
        evidence.append(_computed_evidence(outcome))
        evidence += [e for e in outcome.rows if e not in evidence]
    told = "; ".join(dict.fromkeys(_told(o) for o in outcomes))
    return Verdict(
        verdict=verdict,
        reason=reason,
        explanation=told + ".",
        evidence=tuple(evidence),
        rule="judging.comparison",
    )


def undecided(reason: str, told: str, rows: Sequence[Evidence] = ()) -> Verdict:
    """A comparison left open, with its reason in a word and in a sentence, and the rows that were met."""
    return Verdict(
        verdict="not_enough_evidence",
        reason=reason,
        explanation=told,
        evidence=tuple(replace(e, relation="neutral") for e in dict.fromkeys(rows)),
        rule="judging.comparison",
        stage="not_read" if reason == "not_read" else "",  # type: ignore[arg-type]  # the verdict fills it
    )


def interval_of(row: Evidence) -> str:
    """What a row says, as text: "12", "10 to 14", "no number"."""
    says = stated(row)
    return "no number" if says is None else str(says)


def spread(row: Mapping[str, Decimal]) -> str:
    """The low and high of a row of the database, as text: "12", "10 to 14", "… to 14"."""
    low, high = ("…" if x is None else plain(Decimal(x)) for x in (row["low"], row["high"]))
    return low if low == high else f"{low} to {high}"


def row_as_evidence(table: str, row: Mapping[str, Any], relation: Relation) -> Evidence:
    """A row of the database as evidence."""
    return Evidence(
        table=table,
        row_id=row["row_id"],
        source_id=None,
        relation=relation,
        low=row["low"],
        high=row["high"],
        note=f"{table} {row['row_id']} says {spread(row)}",
        source=row["source"],
        name=row.get("who"),
        date_start=row.get("begun"),
        date_end=row.get("day"),
    )


def _told(outcome: Outcome) -> str:
    computed = outcome.computed
    where = ", ".join(dict.fromkeys(f"{e.table} {e.row_id}" for e in outcome.decisive))
    why = f" ({computed.why})" if computed.why else ""
    return f"{computed.words}{why} [{where}]" if computed.words else f"{computed.why} [{where}]"


def _computed_evidence(outcome: Outcome) -> Evidence:
    computed, rows = outcome.computed, outcome.decisive
    return Evidence(
        table=rows[0].table,
        row_id=" : ".join(dict.fromkeys(e.row_id for e in rows)),
        source_id=None,
        relation=computed.relation,
        low=_nine(computed.value.low),
        high=_nine(computed.value.high),
        sql=outcome.sql,
        note=computed.words or computed.why,
        name=COMPUTED,
    )


def _nine(value: Decimal | None) -> Decimal | None:
    """A value with the nine places that the database keeps."""
    return None if value is None else round(value, 9)
