"""The output contract: what `extract` and `check` print, one JSON object a document.

Consumers rely on these names; fields may be added, none may change its meaning. Numbers are JSON numbers:
whole ones as integers, others as the shortest decimal that reads back the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
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
    Slot,
    Suggestion,
    ToldIncident,
    Verdict,
    WaterfallStep,
)


def line(checked: CheckedDocument) -> str:
    """One line of JSON for a document, without its newline."""
    return json.dumps(document_dict(checked), ensure_ascii=False)


def document_dict(checked: CheckedDocument) -> dict[str, Any]:
    """The contract's object for a document; verdict fields are null where it was extracted only."""
    reading = checked.reading
    return {
        "id": reading.document.id,
        "date": _day(reading.document.date),
        "date_origin": reading.document.date_origin,
        "sha256": reading.document.sha256,
        "address": reading.document.address,
        "encoding": reading.document.encoding,
        "mentions": [mention_dict(m) for m in reading.mentions],
        "claims": [claim_dict(c, checked.verdicts) for c in reading.claims],
        "findings": [finding_dict(f) for f in reading.findings],
        "incidents": [incident_dict(i) for i in reading.incidents],
    }


def mention_dict(m: Mention) -> dict[str, Any]:
    """The contract's Mention, with `edtf`, `mod`, `anchor` and `qualifier` added."""
    return {
        "start": m.start,
        "end": m.end,
        "text": m.text,
        "kind": m.kind,
        "value": number(m.value),
        "low": number(m.low),
        "high": number(m.high),
        "comparator": m.comparator,
        "unit": m.unit,
        "noun": m.noun,
        "timex": m.timex,
        "date_start": _day(m.date_start),
        "date_end": _day(m.date_end),
        "inferred": list(m.inferred),
        "status": m.status,
        "reason": m.reason,
        "rule": m.rule,
        "edtf": m.edtf,
        "mod": m.mod,
        "anchor": m.anchor,
        "qualifier": None if m.qualifier is None else [m.qualifier.start, m.qualifier.end],
        "cumulative": m.cumulative,
    }


def claim_dict(c: Claim, verdicts: Mapping[str, Verdict]) -> dict[str, Any]:
    """The contract's Claim with the verdict that it met, null where there is none."""
    verdict = verdicts.get(c.claim_id)
    return {
        "claim_id": c.claim_id,
        "kind": c.kind,
        "start": c.start,
        "end": c.end,
        "text": c.text,
        "measure": c.measure,
        "quantity": _quantity(c.quantity),
        "time": _time(c.time),
        "place": _link(c.place),
        "actor": _link(c.actor),
        "subject": _link(c.subject),
        "speaker": _link(c.speaker),
        "asserted": c.asserted,
        "hedge": c.hedge,
        "comparison": comparison_dict(c.comparison),
        "part_of": c.part_of,
        "rule": c.rule,
        "slots": [slot_dict(s) for s in c.slots],
        "unread": [[s.start, s.end] for s in c.unread],
        "said_on": _day(c.said_on),
        "verdict": verdict.verdict if verdict else None,
        "reason": verdict.reason if verdict else None,
        "explanation": verdict.explanation if verdict else None,
        "stage": verdict.stage if verdict else None,
        "attribution": verdict.attribution if verdict else None,
        "unexplained": list(verdict.unexplained) if verdict else [],
        "evidence": [evidence_dict(e) for e in verdict.evidence] if verdict else [],
        "probability": verdict.probability if verdict else None,
        "likely": likely_dict(verdict.likely) if verdict else None,
        "suggestions": [suggestion_dict(s) for s in verdict.suggestions] if verdict else [],
    }


def likely_dict(likely: Likely | None) -> dict[str, Any] | None:
    """The contract's likely verdict, with the sum that gives its probability added."""
    if likely is None:
        return None
    return {
        "verdict": likely.verdict,
        "probability": likely.probability,
        "rows": [suggestion_dict(row) for row in likely.rows],
        "waterfall": [waterfall_dict(step) for step in likely.waterfall],
        "told": likely.told,
    }


def comparison_dict(c: Comparison | None) -> dict[str, Any] | None:
    """The contract's comparison, with the way, the clause and what each operand was read as added."""
    if c is None:
        return None
    return {
        "relation": c.relation,
        "way": c.way,
        "low": number(c.low),
        "high": number(c.high),
        "rank": c.rank,
        "scope": [c.scope.start, c.scope.end],
        "operands": [operand_dict(o) for o in c.operands],
    }


def operand_dict(o: Operand) -> dict[str, Any]:
    """The contract's operand, with its part and its sentences."""
    claim = o.claim
    return {
        "role": o.role,
        "text": list(o.sentences),
        "measure": None if claim is None else claim.measure,
        "place": None if claim is None else _link(claim.place),
        "actor": None if claim is None else _link(claim.actor),
        "time": None if claim is None else _time(claim.time),
        "rows": list(o.rows),
    }


def slot_dict(s: Slot) -> dict[str, Any]:
    """The contract's slot."""
    return {
        "slot": s.slot,
        "text": s.text,
        "start": s.start,
        "end": s.end,
        "value": s.value,
        "basis": s.basis,
    }


def suggestion_dict(s: Suggestion) -> dict[str, Any]:
    """A suggested row as evidence is given, with the words that it does not explain."""
    return {**evidence_dict(s.row), "missing": list(s.missing), "probability": s.probability}


def evidence_dict(e: Evidence) -> dict[str, Any]:
    """The contract's evidence, with the source's name and link and the row's own arithmetic added; its
    numbers are at scale 1."""
    unit, scale = unit_and_scale(e.unit)
    return {
        "table": e.table,
        "row_id": e.row_id,
        "source_id": e.source_id,
        "relation": e.relation,
        "low": number(e.low, scale),
        "best": number(e.best, scale),
        "high": number(e.high, scale),
        "unit": unit,
        "scale": number(scale),
        "date_start": _day(e.date_start),
        "date_end": _day(e.date_end),
        "as_of": e.as_of,
        "sql": e.sql,
        "note": e.note,
        "own": e.own,
        "name": e.name,
        "source": e.source,
        "reported_by": e.reported_by,
        "url": e.url,
        "confidence": e.confidence,
        "quote": e.quote,
        "waterfall": [waterfall_dict(step) for step in e.waterfall],
    }


def waterfall_dict(step: WaterfallStep) -> dict[str, Any]:
    """The contract's step of a waterfall."""
    weight = {"points": step.points, "weight": step.points}
    return {"slot": step.slot, "level": step.level, **weight, "words": list(step.words)}


def incident_dict(i: ToldIncident) -> dict[str, Any]:
    """The contract's summary of an incident over its sources."""
    return {
        "day": _day(i.day),
        "place": i.place,
        "killed": _limits(i.killed),
        "injured": _limits(i.injured),
        "sources": list(i.sources),
        "claims": list(i.claims),
    }


def _limits(over: Interval | None) -> dict[str, Any] | None:
    return None if over is None else {"lowest": number(over.low), "highest": number(over.high)}


def finding_dict(f: Finding) -> dict[str, Any]:
    """The contract's Finding."""
    return {
        "kind": f.kind,
        "start": f.start,
        "end": f.end,
        "text": f.text,
        "status": f.status,
        "explanation": f.explanation,
    }


def number(value: Decimal | None, scale: Decimal = Decimal(1)) -> int | float | None:
    """A decimal as a JSON number, at scale 1."""
    if value is None:
        return None
    value *= scale
    return int(value) if value == value.to_integral_value() else float(value)


def _quantity(m: Mention | None) -> dict[str, Any] | None:
    if m is None:
        return None
    return {
        "start": m.start,
        "end": m.end,
        "value": number(m.value),
        "low": number(m.low),
        "high": number(m.high),
        "comparator": m.comparator,
        "unit": m.unit,
        "noun": m.noun,
    }


def _time(t: ClaimTime | None) -> dict[str, Any] | None:
    if t is None:
        return None
    return {
        "start": t.start,
        "end": t.end,
        "timex": t.timex,
        "date_start": _day(t.date_start),
        "date_end": _day(t.date_end),
        "inferred": list(t.inferred),
        "anchor": t.anchor,
        "relation": t.relation,
        "basis": t.basis,
    }


def _link(link: Link | None) -> dict[str, Any] | None:
    return None if link is None else {"text": link.text, "id": link.id}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
