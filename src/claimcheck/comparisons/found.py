"""What a pattern finds: a relation, the words that say it, and its operands as sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from claimcheck.comparisons.words import Admitted
from claimcheck.model import PROBE, ComparisonRelation, Mention, Operand, Span, Way

Token = Any
NUMBER = str(PROBE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A comparison as it stands in a sentence. `anchor` is the word that compares, `span` its words,
    `quantity` the number that says how much, None where none does, `scope` the clause."""

    pattern: Literal["pair", "ellipsis", "change", "extreme", "sum", "share"]
    relation: ComparisonRelation
    anchor: Token
    span: Span
    scope: Span
    way: Way = "greater"
    admits: Admitted = field(default_factory=lambda: Admitted(None, None, None, None))
    quantity: Mention | None = None
    operands: tuple[Operand, ...] = ()
    rank: int = 1
    nobody: bool = False  # says it of none of the others: "no flood killed more"
    unread: str | None = None


_YEAR = re.compile(r"(?<!\bend )\b(?:in|of|for|during|by) ((?:19|20)\d\d)\b", re.IGNORECASE)
"""A year as a time: what holds at a moment is told of its end."""


def operand(role: Any, *sentences: str, number: Span | None = None) -> Operand:
    """An operand with the ways to say it, each once: of a year also what stood at its end."""
    ways = [s for s in sentences if s]
    ends = [] if role == "set" else [_YEAR.sub(r"at the end of \1", s) for s in ways]
    return Operand(role=role, sentences=tuple(dict.fromkeys([*ways, *ends])), number=number)
