"""The output contract: what `extract` and `check` print, one JSON object a document.

Consumers rely on these names; fields may be added, none may change its meaning. Numbers are JSON numbers:
whole ones as integers, others as the shortest decimal that reads back the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from claimcheck.judging.relations import unit_and_scale
from claimcheck.model import (
    CheckedDocument,
    Claim,
    ClaimTime,
    Comparison,
    Evidence,
    Finding,
    Interval,
    Likely,
    Link,
    Mention,
    Operand,
    ReportedIncident,
    Slot,
    Span,
    Suggestion,
    Verdict,
    WaterfallStep,
)


def line(checked: CheckedDocument) -> str:
    """One line of JSON for a document, without its newline."""
    return json.dumps(document_dict(checked), ensure_ascii=False)


MENTION = (
    "start", "end", "text", "kind", "value", "low", "high", "comparator", "unit", "noun", "timex",
    "date_start", "date_end", "inferred", "status", "reason", "rule", "edtf", "mod", "anchor", "qualifier",
    "cumulative",
)  # fmt: skip
QUANTITY = ("start", "end", "value", "low", "high", "comparator", "unit", "noun")
CLAIM = (
    "claim_id", "kind", "start", "end", "text", "measure", "quantity", "time", "place", "actor", "subject",
    "speaker", "asserted", "hedge", "comparison", "part_of", "rule", "slots", "unread", "said_on",
)  # fmt: skip
VERDICT = (
    "verdict", "reason", "explanation", "stage", "attribution", "unexplained", "evidence", "probability",
    "likely", "suggestions", "waterfall",
)  # fmt: skip
LIKELY = ("verdict", "probability", "rows", "waterfall")
LINKED = ("measure", "place", "actor", "time")
COMPARISON = ("relation", "way", "low", "high", "rank", "scope", "operands")
EVIDENCE = (
    "date_start", "date_end", "as_of", "sql", "note", "own", "name", "source", "reported_by", "url",
    "confidence", "quote", "waterfall",
)  # fmt: skip


def document_dict(checked: CheckedDocument) -> dict[str, Any]:
    """The contract's object for a document; verdict fields are null where it was extracted only."""
    reading = checked.reading
    return {
        **_fields(reading.document, ("id", "date", "date_origin", "sha256", "address", "encoding")),
        "mentions": [_fields(m, MENTION) for m in reading.mentions],
        "claims": [claim_dict(c, checked.verdicts.get(c.claim_id)) for c in reading.claims],
        "findings": as_json(reading.findings),
        "incidents": as_json(reading.incidents),
    }


def claim_dict(claim: Claim, verdict: Verdict | None) -> dict[str, Any]:
    """The contract's Claim with the verdict that it met, null where there is none."""
    lists = ("unexplained", "evidence", "suggestions", "waterfall")
    met: dict[str, Any] = {name: [] if name in lists else None for name in VERDICT}
    return _fields(claim, CLAIM) | (met if verdict is None else _fields(verdict, VERDICT))


def as_json(value: Any) -> Any:
    """A value as the contract has it: by its fields, but for those that it calls or cuts otherwise."""
    match value:
        case Decimal():
            return number(value)
        case date():
            return value.isoformat()
        case tuple():
            return [as_json(one) for one in value]
        case Span():
            return [value.start, value.end]
        case Interval():
            return {"lowest": number(value.low), "highest": number(value.high)}
        case Mention():
            return _fields(value, QUANTITY)
        case Comparison():
            return _fields(value, COMPARISON)
        case Operand():
            linked = {name: as_json(getattr(value.claim, name, None)) for name in LINKED}
            return {"role": value.role, "text": [value.text], **linked, "rows": as_json(value.rows)}
        case Evidence():
            return evidence_dict(value)
        case Likely():
            return {**_fields(value, LIKELY), "told": value.explanation}
        case Suggestion():
            return {**evidence_dict(value.row), **_fields(value, ("missing", "probability"))}
        case WaterfallStep():
            weight = {"points": value.points, "weight": value.points}
            return {"slot": value.slot, "level": value.level, **weight, "words": as_json(value.words)}
        case Link() | ClaimTime() | Slot() | Finding() | ReportedIncident():
            return _fields(value, (f.name for f in fields(value)))
    return value


def evidence_dict(e: Evidence) -> dict[str, Any]:
    """The contract's evidence, with the source's name and link and the row's own arithmetic added; its
    numbers are at scale 1."""
    unit, scale = unit_and_scale(e.unit)
    return {
        **_fields(e, ("table", "row_id", "source_id", "relation")),
        "low": number(e.low, scale),
        "best": number(e.best, scale),
        "high": number(e.high, scale),
        "unit": unit,
        "scale": number(scale),
        **_fields(e, EVIDENCE),
    }


def _fields(value: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: as_json(getattr(value, name)) for name in names}


def number(value: Decimal | None, scale: Decimal = Decimal(1)) -> int | float | None:
    """A decimal as a JSON number, at scale 1."""
    if value is None:
        return None
    value *= scale
    return int(value) if value == value.to_integral_value() else float(value)
