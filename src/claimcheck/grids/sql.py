"""The SELECTs by which an answer over a grid can be had again from the published tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimcheck.grids.grid import Column, Grid
from claimcheck.matching.aggregates import literal

Filter = Mapping[int, frozenset[int]]
"""Where a named cell stands: the rows by column, any of which will do."""


def cell(column: Column) -> str:
    """A column of the rows as the file gives them."""
    path = '$."' + column.name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"json_extract_string(raw, {literal(path)})"


def number(column: Column) -> str:
    """The number of a cell, its unit and thousands commas aside."""
    return f"TRY_CAST(regexp_replace({cell(column)}, '[^0-9.-]', '', 'g') AS DECIMAL(38, 6))"


def rows(grid: Grid, filters: Sequence[Filter], extra: Sequence[str] = ()) -> str:
    """FROM and WHERE of the rows that pass all filters."""
    conditions = [condition for f in filters if (condition := _condition(grid, f))]
    kept = set(grid.rows)
    repeated = [literal(grid.row_ids[n]) for n in range(len(grid.row_ids)) if n not in kept]
    if repeated:
        conditions.append(f"row_id NOT IN ({', '.join(repeated)})")
    conditions += extra
    inner = (
        f"SELECT DISTINCT row_id, raw FROM reference_row WHERE package = {literal(grid.package)} "
        f"AND resource = {literal(grid.resource)}"
    )
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"FROM ({inner}){where}"


def _condition(grid: Grid, passed: Filter) -> str:
    parts = []
    for at, found in passed.items():
        written = sorted({grid.cells[n][at] for n in found})
        if written:
            parts.append(f"trim({cell(grid.columns[at])}) IN ({', '.join(map(literal, written))})")
    return f"({' OR '.join(parts)})" if len(parts) > 1 else parts[0] if parts else "false"
