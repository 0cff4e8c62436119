"""What a package holds, for `claimcheck reference show`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from claimcheck.model import Period, ReferenceRow
from claimcheck.reference.package import Package
from claimcheck.reference.schema import Measure, Resource

WORDS_SHOWN = 6
_OPTIONAL = ("everywhere", "same as")


def describe(package: Package) -> dict[str, list[dict[str, Any]]]:
    """The package in numbers: for each part, its lines as names and plain values.

    `package`: one line. `resources`: each table's kind, number of rows (an incident counts once) and the days
    that it covers. `measures`: each measure's type, number of rows that state it, days and first words.
    `vocabulary`: what else is said of the measures.
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
        "resources": _used(
            {
                "name": resource.name,
                "kind": resource.kind,
                "entity": resource.entity,
                "rows": len({row.row_id for row in tables[resource.name]}),
                "period": _covered(tables[resource.name]),
                "complete": _complete_words(resource),
                "everywhere": resource.everywhere,
                "same as": resource.same_as,
            }
            for resource in package.resources
            if resource.kind != "sources"
        ),
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
        "vocabulary": [line for measure in package.vocabulary for line in _stated(measure)],
        "sources": [
            {"id": source.key, "rows": per_source[source.key], "source": str(source), "url": source.url}
            for source in package.sources
        ],
    }


def _stated(measure: Measure) -> Iterator[dict[str, Any]]:
    """What a measure's vocabulary says beside its words and type, a line each."""
    stated: list[tuple[str, str]] = [("says", sentence) for sentence in measure.says]
    stated += [("part_of", measure.part_of)] if measure.part_of else []
    stated += [("ratio_of", " ÷ ".join(measure.ratio_of))] if measure.ratio_of else []
    stated += [("counts", ", ".join(measure.counts))] if measure.counts else []
    stated += [("revised", "corrected downwards at times")] if measure.revised else []
    stated += [("vague", f"{word}: {low} to {high}") for word, low, high in measure.vague]
    stated += [
        ("learned", f"{one.text} (from: {one.source}; {one.day}, {one.by})") for one in measure.learned
    ]
    for key, value in stated:
        yield {"measure": measure.name, "key": key, "value": value}


def _used(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines without what a package may say and this one says nowhere."""
    stated = list(lines)
    unused = {key for key in _OPTIONAL if not any(line.get(key) for line in stated)}
    return [{key: value for key, value in line.items() if key not in unused} for line in stated]


def _shortened(words: Sequence[str]) -> str:
    """The first words of a measure, and how many more there are: a vocabulary may fill pages."""
    rest = len(words) - WORDS_SHOWN
    return ", ".join(words[:WORDS_SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def _complete_words(resource: Resource) -> bool | str:
    """Of what no row is missing: of all (none) of it, or of which measures since when."""
    stated = resource.complete
    if not stated or any(c.measure is None and c.since is None for c in stated):
        return bool(stated)
    return "; ".join((c.measure or "all") + ("" if c.since is None else f" since {c.since}") for c in stated)


def _covered(rows: Iterable[ReferenceRow]) -> str | None:
    """From the first to the last day that any of the rows speaks of, as EDTF; None where none is dated."""
    periods = [period for row in rows for period in (row.first, row.last, row.as_of) if period is not None]
    days: list[date] = [day for period in periods for day in (period.start, period.end) if day is not None]
    return str(Period(min(days), max(days))) if days else None
