"""What a package holds, for `claimcheck reference show`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from claimcheck.model import Period, ReferenceRow
from claimcheck.reference.package import Package

WORDS_SHOWN = 6


def describe(package: Package) -> dict[str, list[dict[str, Any]]]:
    """The package in numbers: for each part, its lines as names and plain values.

    `package`: one line. `resources`: each table's kind, number of rows (an incident counts once) and the days
    that it covers. `measures`: each measure's type, number of rows that state it, days and first words.
    `sources`: how many rows rest on each.
    """
    tables: dict[str, list[ReferenceRow]] = defaultdict(list)
    measured: dict[str, list[ReferenceRow]] = defaultdict(list)
    for row in package.rows:
        tables[row.table].append(row)
        if row.measure is not None and not (row.low is row.best is row.high is None):
            measured[row.measure].append(row)
    rested = {(row.key, row.source_id) for row in package.rows}
    per_source = Counter(source_id for _, source_id in rested)
    return {
        "package": [
            {
                "name": package.name,
                "title": package.title,
                "folder": str(package.folder),
                "digest": package.digest,
                "rows": len(rested) + len(package.sources),
                "without a source": per_source[None],
            }
        ],
        "resources": [
            {
                "name": resource.name,
                "kind": resource.kind,
                "entity": resource.entity,
                "rows": len({row.row_id for row in tables[resource.name]}),
                "period": _covered(tables[resource.name]),
                "complete": resource.complete,
            }
            for resource in package.resources
            if resource.kind != "sources"
        ],
        "measures": [
            {
                "name": measure.name,
                "type": measure.type,
                "rows": len(measured[measure.name]),
                "period": _covered(measured[measure.name]),
                "words": _shortened(measure.words),
            }
            for measure in package.vocabulary
        ],
        "sources": [
            {"id": source.key, "rows": per_source[source.key], "source": str(source), "url": source.url}
            for source in package.sources
        ],
    }


def _shortened(words: Sequence[str]) -> str:
    """The first words of a measure, and how many more there are: a vocabulary may fill pages."""
    rest = len(words) - WORDS_SHOWN
    return ", ".join(words[:WORDS_SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def _covered(rows: Iterable[ReferenceRow]) -> str | None:
    """From the first to the last day that any of the rows speaks of, as EDTF; None where none is dated."""
    periods = [period for row in rows for period in (row.first, row.last, row.as_of) if period is not None]
    days: list[date] = [day for period in periods for day in (period.start, period.end) if day is not None]
    return str(Period(min(days), max(days))) if days else None
