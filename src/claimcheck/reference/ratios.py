"""Measures that a package calls a ratio of two others: a row for each two of their rows that belong together.

Turnout is what was cast, of those who might have voted: where one table has the first and another the second
for a place and a time, the ratio is a row as well, in per cent. Its `raw` names the two rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from claimcheck.judging.relations import admitted, stated
from claimcheck.model import Interval, ReferenceRow
from claimcheck.reference.schema import Measure

UNIT = "percent"
_FOUR = Decimal("0.0001")


def ratio_rows(vocabulary: Iterable[Measure], rows: Sequence[ReferenceRow]) -> Iterator[ReferenceRow]:
    """The rows of the ratios that a vocabulary names, none where a row says the ratio itself: 70,314 votes of
    100,000 voters are 70.314 per cent."""
    wanted = [m for m in vocabulary if m.ratio_of is not None]
    if not wanted:
        return
    measured: dict[str, dict[Hashable, list[ReferenceRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.kind == "figure" and row.measure is not None:
            measured[row.measure][_where_and_when(row)].append(row)
    taken = {row.table for row in rows}
    for measure in wanted:
        assert measure.ratio_of is not None
        table = measure.name if measure.name not in taken else f"{measure.name} (ratio)"
        of, to = (measured[name] for name in measure.ratio_of)
        for key in of.keys() & to.keys() - measured[measure.name].keys():
            yield from _of_each_two(measure, table, of[key], to[key])


def with_tables(raw: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """What a ratio's row says of its two rows, their tables called by other names."""
    return {key: names.get(value, value) if key.endswith("_table") else value for key, value in raw.items()}


def _where_and_when(row: ReferenceRow) -> Hashable:
    return row.places, row.actor, row.period or row.as_of, row.origins, row.destinations, row.event


def _of_each_two(
    measure: Measure, table: str, of: Sequence[ReferenceRow], to: Sequence[ReferenceRow]
) -> Iterator[ReferenceRow]:
    """A row for each two of one source, of all where no source gives both."""
    both = [(a, b) for a in of for b in to]
    same = [(a, b) for a, b in both if (a.source_id, a.source) == (b.source_id, b.source)]
    for a, b in same or both:
        parts = _per_hundred(admitted(stated(a)), admitted(stated(b)))
        if parts is not None:
            yield _row(measure, table, a, b, parts)


def _per_hundred(of: Interval, to: Interval) -> Interval | None:
    """100 times one interval, divided by another; None where that holds zero, or either has no number."""
    if to.low is None or to.low <= 0 or (of.low is None and of.high is None):
        return None
    low = None if of.low is None or to.high is None else 100 * of.low / to.high
    high = None if of.high is None else 100 * of.high / to.low
    return Interval(*(None if end is None else end.quantize(_FOUR) for end in (low, high)))


def _row(measure: Measure, table: str, of: ReferenceRow, to: ReferenceRow, parts: Interval) -> ReferenceRow:
    exact = of.low is of.high is to.low is to.high is None
    best = _per_hundred(stated(of), stated(to)) if exact else parts if parts.low == parts.high else None
    sources = dict.fromkeys(row.source for row in (of, to) if row.source)
    raw: Mapping[str, str] = {"of": of.row_id, "of_table": of.table, "to": to.row_id, "to_table": to.table}
    return ReferenceRow(
        package=of.package,
        table=table,
        row_id=f"{of.row_id}/{to.row_id}",
        kind="figure",
        measure=measure.name,
        measure_type=measure.type,
        unit=UNIT,
        low=None if parts.low == parts.high else parts.low,
        best=None if best is None else best.low,
        high=None if parts.low == parts.high else parts.high,
        places=of.places,
        actor=of.actor,
        first=of.first,
        last=of.last,
        as_of=of.as_of or (to.as_of if of.period is None else None),
        complete=of.complete and to.complete,
        source_id=of.source_id if of.source_id == to.source_id else None,
        source="; ".join(sources) or None,
        url=of.url if of.source_id == to.source_id else None,
        origins=of.origins,
        destinations=of.destinations,
        event=of.event,
        reported_by=of.reported_by if of.reported_by == to.reported_by else None,
        raw=raw,
    )
