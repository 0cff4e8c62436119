"""The rows of the operands of comparisons, and what is computed over them, with its SELECT."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import log

from claimcheck.judging.comparing import Computed
from claimcheck.judging.explaining import evidence_of
from claimcheck.judging.judge import judge
from claimcheck.judging.relations import Candidate, Outcome, unit_and_scale
from claimcheck.model import (
    COMPUTED,
    Claim,
    Comparison,
    Evidence,
    Operand,
    Reading,
    ReferenceRow,
    Relation,
    Verdict,
    VerdictName,
    to_places,
)
from claimcheck.relate.meant import Meant, beside
from claimcheck.store.migrations import literal

# ----------------------------------------------------------------------------------------------------
# The SELECT that gives a computed value again: of a row, of two rows, of what several add up to.


def row_sql(row: Evidence) -> str:
    """The SELECT of what a row says at scale 1, or what rows come to: low, high."""
    if row.sql is not None:
        return row.sql
    _, scale = unit_and_scale(row.unit)
    by = "" if scale == 1 else f" * {scale:f}"
    return (
        f"SELECT coalesce(low, best){by} AS low, coalesce(high, best){by} AS high FROM reference_row "
        f"WHERE package = {literal(row.package or '')} AND resource = {literal(row.table)} "
        f"AND row_id = {literal(row.row_id)} AND measure = {literal(row.measure or '')}"
    )


def pair_sql(comparison: Comparison, first: Evidence, second: Evidence) -> str:
    """The SELECT of the relation's value over two rows: low, high."""
    relation, less = comparison.relation, comparison.way == "less"
    if relation in ("greater", "less", "equal", "difference"):
        ends = "a.low - b.high AS low, a.high - b.low AS high"
        if less and relation in ("less", "difference"):
            ends = "b.low - a.high AS low, b.high - a.low AS high"
        if relation == "difference" and comparison.way == "equal":
            ends = "greatest(0, a.low - b.high, b.low - a.high) AS low, "
            ends += "greatest(a.high - b.low, b.high - a.low) AS high"
    elif relation == "change":
        ends = "a.low / nullif(b.high, 0) - 1 AS low, a.high / nullif(b.low, 0) - 1 AS high"
        if less:
            ends = "1 - a.high / nullif(b.low, 0) AS low, 1 - a.low / nullif(b.high, 0) AS high"
    else:
        ends = "a.low / nullif(b.high, 0) AS low, a.high / nullif(b.low, 0) AS high"
    return f"SELECT {ends} FROM ({row_sql(first)}) AS a, ({row_sql(second)}) AS b"


def total_sql(row: ReferenceRow, parts: Sequence[ReferenceRow], is_count: bool) -> str:
    """The SELECT of how many incidents there are, or of what they add up to at scale 1: low, high."""
    ids = ", ".join(literal(part.row_id) for part in parts)
    rows = (
        f"FROM reference_row WHERE package = {literal(row.package)} AND resource = {literal(row.table)} "
        f"AND row_id IN ({ids})"
    )
    if is_count:
        return f"SELECT count(DISTINCT row_id) AS low, count(DISTINCT row_id) AS high {rows}"
    _, scale = unit_and_scale(row.unit)
    low, high = (f"sum({which}(low, best, high)) * {scale:f}" for which in ("least", "greatest"))
    return f"SELECT {low} AS low, {high} AS high {rows} AND measure = {literal(row.measure or '')}"


def sum_sql(rows: Iterable[Evidence]) -> str:
    """The SELECT of what rows add up to: low, high."""
    return f"SELECT sum(low) AS low, sum(high) AS high FROM ({' UNION ALL '.join(row_sql(r) for r in rows)})"


def place_sql(comparison: Comparison, row: Evidence, others: str) -> str:
    """The SELECT of the place of a row among others, by the SELECT of these, the most first, or the least:
    low, high."""
    before, behind = ("o.high < a.low", "o.low > a.high")[:: 1 if comparison.way == "less" else -1]
    ends = f"1 + count(*) FILTER ({before}) AS low, 1 + count(*) - count(*) FILTER ({behind}) AS high"
    return f"SELECT {ends} FROM ({others}) AS o, ({row_sql(row)}) AS a"


def steps_sql(comparison: Comparison, pairs: Sequence[tuple[Evidence, Evidence]]) -> str:
    """The SELECT of the least that pairs of rows of a series give: low, high."""
    each = " UNION ALL ".join(pair_sql(comparison, *pair) for pair in pairs)
    return f"SELECT low, high FROM ({each}) ORDER BY low NULLS FIRST LIMIT 1"


# ----------------------------------------------------------------------------------------------------
# Verdicts of what is computed over rows, each with its evidence and the SELECT that gives it again.


def verdict_of(computed: Computed, rows: Sequence[Evidence], sql: str) -> Verdict:
    """The verdict of what was computed over rows, with the SELECT of its value."""
    verdicts: dict[Relation, tuple[VerdictName, str]] = {
        "supports": ("supported", "computed"), "refutes": ("refuted", "computed"),
    }  # fmt: skip
    verdict, reason = verdicts.get(computed.relation, ("not_enough_evidence", "undecided"))
    where = ", ".join(dict.fromkeys(f"{e.table} {e.row_id}" for e in rows))
    low, high = (None if x is None else to_places(x, 9) for x in (computed.value.low, computed.value.high))
    whole = Evidence(
        table=rows[0].table, row_id=" : ".join(dict.fromkeys(e.row_id for e in rows)), source_id=None,
        relation=computed.relation, low=low, high=high, sql=sql, note=computed.words, name=COMPUTED,
    )  # fmt: skip
    return Verdict(
        verdict=verdict, reason=reason, explanation=f"{computed.words} [{where}].",
        evidence=(whole, *(replace(e, relation=computed.relation) for e in rows)), rule="judging.comparison",
    )  # fmt: skip


def undecided(reason: str, stated: str, rows: Sequence[Evidence] = ()) -> Verdict:
    """A comparison left open, with its reason in a word and in a sentence, and the rows that were met."""
    return Verdict(
        verdict="not_enough_evidence", reason=reason, explanation=stated, rule="judging.comparison",
        evidence=tuple(replace(e, relation="neutral") for e in dict.fromkeys(rows)),
        stage="not_read" if reason == "not_read" else "",  # type: ignore[arg-type]  # the verdict fills it
    )  # fmt: skip


# ----------------------------------------------------------------------------------------------------
# The rows of the operands of comparisons: each operand is a sentence that is read like any other, and means a
# row whatever its number.

Means = Callable[[Reading, Operand], Sequence[Meant]]
"""The rows that an operand of a document may mean, the likeliest first."""
_EACH, _ALL, _LEAST = 8, 64, 1e-6
"""Rows of an operand, and of all together, that are tried."""


@dataclass(frozen=True, slots=True)
class Side:
    """What was found for an operand: its rows, what they say to the number that the text gives it, and what
    of the tables they are."""

    operand: Operand
    rows: tuple[Evidence, ...] = ()
    said: Verdict | None = None
    meant: Meant | None = None

    @property
    def claim(self) -> Claim | None:
        """What is asked of the rows."""
        return self.operand.claim

    @property
    def named(self) -> tuple[Evidence, ...]:
        """The rows, each part of what rows come to by itself."""
        parts = () if self.meant is None else self.meant.parts
        return tuple(evidence_of(Outcome(Candidate(row=part), "neutral")) for part in parts) or self.rows

    @property
    def measured(self) -> Claim | None:
        """The same, of the measure of the row that answers it."""
        row = next(iter(self.rows), None)
        return self.claim if self.claim is None or row is None else replace(self.claim, measure=row.measure)


def answered(operand: Operand, reading: Reading, meant: Means) -> list[Side]:
    """An operand with each row that it may mean, the likeliest first, and what that says to the number of the
    text; the operand itself where there is none."""
    claim, out = operand.claim, []
    if claim is None:
        return [Side(operand)]
    for found in meant(reading, operand):
        own = Candidate(row=found.row)
        said = None if operand.number is None else judge(claim, [own], reading.document)
        row = evidence_of(Outcome(own, "neutral"))
        if found.parts:
            row = replace(row, sql=total_sql(found.row, found.parts, found.is_count))
        out.append(Side(operand, (row,), said, found))
    return out or [Side(operand)]


def together(sides: Sequence[Sequence[Side]]) -> list[tuple[list[Side], float]]:
    """Choices of a row for each operand, the likeliest first, with the logarithm of the probability that each
    means its own."""
    found: list[tuple[list[Side], float]] = [([], 0.0)]
    for own in sides:
        odds = [0.0 if s.meant is None else log(max(_LEAST, s.meant.share)) for s in own[:_EACH]]
        longer = [([*one, s], sum_ + more) for one, sum_ in found for s, more in zip(own, odds, strict=False)]
        found = sorted(longer, key=lambda pair: -pair[1])[:_ALL]
    return found


def levels_of(sides: Sequence[Side], relation: str) -> list[tuple[str, str]]:
    """The levels of the sum by which the rows of operands go together."""
    found = [side.meant for side in sides if side.meant is not None]
    steps = [replace(one, row=row) for one in found[:1] for row in one.series if row != one.row]
    found += steps[:1]  # a step of a series goes together like its two rows
    return [level for other in found[1:] for level in beside(found[0], other, relation)]


def shown(operand: Operand) -> str:
    """An operand in quotation marks."""
    return f"“{operand.text or operand.role}”"
