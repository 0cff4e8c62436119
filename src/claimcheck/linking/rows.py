"""Records of the table reference_row as values."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from claimcheck.model import Period, ReferenceRow

Record = dict[str, Any]


def whole(value: Decimal | None) -> Decimal | None:
    """A stored number without the zeros that the column adds."""
    if value is None:
        return None
    value = Decimal(value)
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


def reference_row(r: Record) -> ReferenceRow:
    """A record of the table reference_row as a value."""
    return ReferenceRow(
        package=r["package"],
        table=r["resource"],
        row_id=r["row_id"],
        kind=r["kind"],
        name=r["name"],
        names=tuple(r["names"] or ()),
        measure=r["measure"] or None,
        measure_type=r["measure_type"],
        unit=r["unit"],
        low=_number(r, "low"),
        best=_number(r, "best"),
        high=_number(r, "high"),
        places=tuple(r["places"] or ()),
        actor=r["actor"],
        first=_period(r["first_start"], r["first_end"]),
        last=_period(r["last_start"], r["last_end"]),
        as_of=_period(r["as_of_start"], r["as_of_end"]),
        number=r["number"],
        series=r["series"],
        complete=r["complete"],
        source_id=r["source_id"],
        source=r["source"],
        url=r["url"],
        confidence=r["confidence"],
        label=r["label"],
        raw=json.loads(r["raw"]) if r["kind"] in ("event", "incident") else {},
    )


def _number(r: Record, column: str) -> Decimal | None:
    """A stored number; what the column cannot hold exactly stands in `beyond`."""
    exact = json.loads(r["beyond"]).get(column) if r["beyond"] else None
    return whole(r[column]) if exact is None else Decimal(exact)


def _period(start: date | None, end: date | None) -> Period | None:
    return None if start is None and end is None else Period(start, end)
