"""Comparisons as JSON: what was read, and of each operand what it was linked to."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from claimcheck.model import Claim, Comparison, Link, Operand, Span


def written(comparison: Comparison | None) -> str | None:
    """A comparison as JSON, None where there is none."""
    if comparison is None:
        return None
    ends = (comparison.low, comparison.high, comparison.outer_low, comparison.outer_high)
    cells = {
        "relation": comparison.relation,
        "way": comparison.way,
        "ends": [None if x is None else str(x) for x in ends],
        "rank": comparison.rank,
        "scope": [comparison.scope.start, comparison.scope.end],
        "unread": comparison.unread,
        "operands": [_operand(o) for o in comparison.operands],
    }
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def read(text: str | None) -> Comparison | None:
    """The comparison that `written` gave; its operands are not read anew."""
    if text is None:
        return None
    cells: dict[str, Any] = json.loads(text)
    low, high, outer_low, outer_high = (None if x is None else Decimal(x) for x in cells["ends"])
    return Comparison(
        relation=cells["relation"],
        way=cells["way"],
        low=low,
        high=high,
        outer_low=outer_low,
        outer_high=outer_high,
        rank=cells["rank"],
        scope=Span(*cells["scope"]),
        unread=cells["unread"],
        operands=tuple(_read(o) for o in cells["operands"]),
    )


def _operand(o: Operand) -> dict[str, Any]:
    claim = o.claim
    place, actor = (None, None) if claim is None else (claim.place, claim.actor)
    return {
        "role": o.role,
        "sentences": list(o.sentences),
        "number": None if o.number is None else [o.number.start, o.number.end],
        "since": None if o.since is None else o.since.isoformat(),
        "rows": list(o.rows),
        "measure": None if claim is None else claim.measure,
        "place": None if place is None else [place.text, place.id],
        "actor": None if actor is None else [actor.text, actor.id],
        "text": None if claim is None else claim.text,
    }


def _read(cells: dict[str, Any]) -> Operand:
    claim = None
    if cells["text"] is not None:
        claim = Claim(
            claim_id="",
            kind="quantity",
            start=0,
            end=len(cells["text"]),
            text=cells["text"],
            measure=cells["measure"],
            place=None if cells["place"] is None else Link(*cells["place"]),
            actor=None if cells["actor"] is None else Link(*cells["actor"]),
        )
    return Operand(
        role=cells["role"],
        sentences=tuple(cells["sentences"]),
        number=None if cells["number"] is None else Span(*cells["number"]),
        since=None if cells["since"] is None else date.fromisoformat(cells["since"]),
        claim=claim,
        rows=tuple(cells["rows"]),
    )
