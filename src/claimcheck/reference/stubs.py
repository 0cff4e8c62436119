"""Rows that a package lacks, as lines of its own table of figures: filled in as far as they are known."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from claimcheck.model import MeasureType
from claimcheck.reference.loading import read_descriptor
from claimcheck.reference.schema import Resource


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row that claims ask for: its measure, the key of its place, and the days that they speak of."""

    measure: str
    place: str | None
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Stub:
    """Lines for a table of a package, `file`, with its header; `text` is CSV as the package writes it."""

    file: str
    text: str


def stub(folder: Path, wanted: Iterable[Wanted]) -> Stub:
    """The wanted rows in the columns of the package's table of figures.

    A stock or a running total gets the last day as its `as_of`, others their first and last day. Keys,
    numbers and sources are for the curator to fill in. Raises PackageError where the package cannot be read,
    LookupError where it has no table of figures with a column for the measure.
    """
    descriptor = read_descriptor(folder)
    table = next((r for r in descriptor.resources if r.kind == "figures" and _column(r, "measure")), None)
    if table is None:
        raise LookupError(f"{folder}: the package has no table of figures with a column for the measure")
    types = {measure.name: measure.type for measure in descriptor.vocabulary}
    out = io.StringIO()
    writer = csv.DictWriter(
        out, [field.name for field in table.fields], delimiter=table.delimiter, lineterminator="\n"
    )
    writer.writeheader()
    for row in wanted:
        if row.measure in types:
            writer.writerow(cells_of(table, row, types[row.measure]))
    return Stub(table.path, out.getvalue())


def cells_of(table: Resource, row: Wanted, kind: MeasureType) -> Mapping[str, str]:
    """The cells of a wanted row that are known, by column; `kind` is the type of its measure."""
    first, last = (day.isoformat() if day else "" for day in (row.first, row.last))
    moment = kind in ("stock", "cumulative") and _column(table, "as_of") is not None
    told = {
        "measure": row.measure,
        "place": (row.place or "").rpartition(":")[2],
        "start": "" if moment else first,
        "end": "" if moment else last,
        "as_of": last or first if moment else "",
    }
    return {column: cell for role, cell in told.items() if (column := _column(table, role)) is not None}


def _column(table: Resource, role: str) -> str | None:
    """The column of a role, None where it has none or a constant."""
    bindings = table.roles.get(role, ())
    return next((binding.column for binding in bindings if binding.column is not None), None)
