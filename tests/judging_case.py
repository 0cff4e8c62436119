"""Claims, rows and candidates made by hand, for the tests of judging."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from claimcheck.judging.relations import Candidate, timex_period
from claimcheck.model import (
    Claim,
    ClaimTime,
    Document,
    Mention,
    Period,
    ReferenceRow,
    Span,
    Verdict,
)

LETTER = Document(id="doc", text="…", date=date(2018, 1, 31))


def dec(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def period(text: str | None) -> Period | None:
    """ "2018-01", "2018-01-25", "2018-01/2018-03" as the days they cover."""
    if text is None:
        return None
    first, _, last = text.partition("/")
    start, end = timex_period(first), timex_period(last or first)
    assert start is not None
    assert end is not None
    return Period(start.start, end.end)


def quantity(low: Any, high: Any = "same", words: str = "N", comparator: Any = "eq") -> Mention:
    high = low if high == "same" else high
    return Mention(
        start=0, end=len(words), text=words, kind="number", low=dec(low), high=dec(high),
        comparator=comparator,
    )  # fmt: skip


def when(text: str | None, relation: Any = "in", basis: Any = "clause") -> ClaimTime | None:
    days = period(text)
    if text is None or days is None:
        return None
    return ClaimTime(
        start=0, end=1, timex=text, date_start=days.start, date_end=days.end, relation=relation, basis=basis
    )


def claim(kind: Any = "quantity", **fields: Any) -> Claim:
    fields.setdefault("text", "…")
    return Claim(claim_id="c", kind=kind, start=0, end=1, measure="m", context=Span(0, 1), **fields)


def figure(key: str, **fields: Any) -> ReferenceRow:
    for name in ("low", "best", "high"):
        fields[name] = dec(fields.get(name))
    for name in ("first", "last", "as_of"):
        fields[name] = period(fields.get(name))
    fields.setdefault("kind", "figure")
    return ReferenceRow(
        package="p", table="figures", row_id=key, source_id="S" + key, source="Source " + key, **fields
    )


def event(key: str, first: str | None, last: str | None = None, **fields: Any) -> ReferenceRow:
    return ReferenceRow(
        package="p", table="events", row_id=key, kind="event", name=f"Happening {key}", first=period(first),
        last=period(last or first) if last != "" else None, **fields,
    )  # fmt: skip


def rows(*given_rows: ReferenceRow, **links: Any) -> list[Candidate]:
    return [Candidate(row=row, **links) for row in given_rows]


def short(verdict: Verdict) -> tuple[str, str]:
    return verdict.verdict, verdict.reason


FLOW = {"measure_type": "flow", "first": "2018-01-01", "last": "2018-01-31"}


STOCK = {"measure_type": "stock"}


TOTAL = {"measure_type": "cumulative"}


days = st.sampled_from(["2017-12-25", "2018-01-05", "2018-01-25", "2018-01", "2018-01/2018-03", "2018-02-10"])
