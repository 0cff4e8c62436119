"""The SELECT that gives a computed value again: of a row, of two rows, of what several add up to."""

from __future__ import annotations

from collections.abc import Iterable

from claimcheck.matching.aggregates import literal
from claimcheck.model import Comparison, Evidence


def row_sql(row: Evidence) -> str:
    """The SELECT of what a row says: low, high."""
    if row.sql is not None and " AS low" not in row.sql:
        return f"SELECT best AS low, best AS high FROM ({row.sql})"
    if row.sql is not None:
        return f"SELECT coalesce(low, best) AS low, coalesce(high, best) AS high FROM ({row.sql})"
    return (
        "SELECT coalesce(low, best) AS low, coalesce(high, best) AS high FROM reference_row "
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


def sum_sql(rows: Iterable[Evidence]) -> str:
    """The SELECT of what rows add up to: low, high."""
    return f"SELECT sum(low) AS low, sum(high) AS high FROM ({' UNION ALL '.join(row_sql(r) for r in rows)})"
