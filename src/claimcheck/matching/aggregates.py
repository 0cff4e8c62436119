"""Sums and counts over tables as reference rows, each with the SQL that gives it.

The SQL reads the tables of the snapshot as they are published, its literals written out, and returns one
row: best, low, high, rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from claimcheck.matching.found import Count, Sum
from claimcheck.model import Period, ReferenceRow


def literal(value: str | date) -> str:
    """A text or day as SQL writes it; quotes inside are doubled."""
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return "'" + value.replace("'", "''") + "'"


def sum_row(total: Sum, first: ReferenceRow, written: Sequence[str], place: str, own: bool) -> ReferenceRow:
    """A sum as a row. `written`: how the table writes the place; `first`: one of the rows."""
    wanted = total.wanted
    period = Period(wanted.first_day, wanted.last_day)
    return ReferenceRow(
        package=wanted.package,
        table=total.resource,
        row_id=f"sum of {wanted.measure}, {place}, {period}",
        kind="aggregate",
        name=f"{total.resource}: {total.rows} rows",
        measure=wanted.measure,
        measure_type=first.measure_type,
        unit=first.unit,
        low=total.low,
        best=total.best,
        high=total.high,
        first=Period.day(wanted.first_day) if wanted.first_day else None,
        last=Period.day(wanted.last_day) if wanted.last_day else None,
        complete=total.complete,
        own=own,
        source=total.sources[0] if len(total.sources) == 1 else None,
        label=f"sum over {total.rows} rows of {total.resource} in {place}, {period}",
        sql=sum_sql(total, written),
        raw={k: v for k, v in first.raw.items() if k == "counted_as"},
    )


def sum_sql(total: Sum, written: Sequence[str]) -> str:
    """The SELECT that gives the sum again."""
    wanted = total.wanted
    return (
        "SELECT CASE WHEN count(best) = count(*) THEN sum(best) END AS best, "
        "sum(coalesce(low, best)) AS low, "
        "CASE WHEN count(coalesce(high, best)) = count(*) THEN sum(coalesce(high, best)) END AS high, "
        "count(*) AS rows FROM reference_row AS r "
        f"WHERE kind = 'incident' AND package = {literal(wanted.package)} "
        f"AND resource = {literal(total.resource)} AND measure = {literal(wanted.measure)} "
        "AND coalesce(low, best, high) IS NOT NULL "
        f"AND first_start >= {literal(wanted.first_day or date.min)} "
        f"AND last_end <= {literal(wanted.last_day or date.max)} AND {place_sql(written)}"
    )


def place_sql(written: Sequence[str]) -> str:
    """The condition that a row `r` lies in a place, by the ways in which its table writes it."""
    places = ", ".join(literal(w) for w in sorted(written))
    return (
        "EXISTS (SELECT 1 FROM reference_place AS p WHERE p.package = r.package AND p.resource = r.resource "
        f"AND p.row_id = r.row_id AND p.measure = r.measure AND p.place IN ({places}))"
    )


def actor_sql(actors: Sequence[str]) -> str:
    """The condition on whose deeds count, as the table writes them; nothing where all do."""
    return f" AND actor IN ({', '.join(map(literal, sorted(actors)))})" if actors else ""


def count_row(
    count: Count, written: Sequence[str] | None, place: str | None, own: bool, actors: Sequence[str]
) -> ReferenceRow:
    """A count as a row. `written`: how the table writes the place, None where the count is not of a place;
    `actors`: whose deeds were counted, everybody's where there are none."""
    number = Decimal(count.rows)
    since = None if count.first_day == date.min else count.first_day  # all that there was until then
    period = Period(since, count.last_day)
    where = f" in {place}" if place else ""
    return ReferenceRow(
        package=count.package,
        table=count.resource,
        row_id=f"count of {count.kind}{where}, {period}",
        kind="aggregate",
        name=f"{count.resource}: {count.rows} rows",
        low=number,
        best=number,
        high=number,
        first=None if since is None else Period.day(since),
        last=Period.day(count.last_day),
        complete=count.complete,
        own=own,
        source=count.sources[0] if len(count.sources) == 1 else None,
        label=f"rows of {count.resource} counted as {count.kind}{where}, {period}",
        sql=count_sql(count, written) + actor_sql(actors),
    )


def count_sql(count: Count, written: Sequence[str] | None) -> str:
    """The SELECT that counts again."""
    return (
        "SELECT count(DISTINCT row_id) AS best FROM reference_row AS r "
        f"WHERE package = {literal(count.package)} AND resource = {literal(count.resource)} AND measure = '' "
        f"AND json_extract_string(raw, '$.counted_as') = {literal(count.counted_as)} "
        f"AND first_start >= {literal(count.first_day)} "
        f"AND coalesce(last_end, first_end) <= {literal(count.last_day)}"
        + ("" if count.kind == count.counted_as else f" AND {kind_sql(count.kind)}")
        + ("" if written is None else f" AND {place_sql(written)}")
    )


def kind_sql(kind: str) -> str:
    """The condition that a row's label names a kind."""
    labels = "list_transform(string_split(label, ','), lambda x: lower(trim(x)))"
    return f"list_contains({labels}, {literal(kind)})"
