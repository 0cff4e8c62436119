"""What a pattern finds: a relation, the words that say it, and its operands as sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from claimcheck.comparisons.words import Admitted, rows
from claimcheck.lexicon import pattern, written
from claimcheck.model import PROBE, ComparisonRelation, Mention, Operand, Span, Way

Token = Any
NUMBER = str(PROBE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A comparison as it stands in a sentence. `anchor` is the word that compares, `span` its words,
    `quantity` the number that says how much, None where none does, `scope` the clause."""

    pattern: Literal[
        "pair",
        "ellipsis",
        "change",
        "within",
        "rate",
        "per",
        "extreme",
        "rank",
        "sum",
        "share",
        "streak",
        "implied",
        "period",
    ]
    relation: ComparisonRelation
    anchor: Token
    span: Span
    scope: Span
    way: Way = "greater"
    admits: Admitted = field(default_factory=lambda: Admitted(None, None, None, None))
    quantity: Mention | None = None
    operands: tuple[Operand, ...] = ()
    rank: int = 1
    months: int = 0
    nobody: bool = False  # says it of none of the others: "no flood killed more"
    unread: str | None = None


_YEAR = pattern("comparison_forms", "year alone")
"""A year as a time: what holds at a moment is told of its end."""


def operand(role: Any, *sentences: str, number: Span | None = None) -> Operand:
    """An operand with the ways to say it, each once: of a year also what stood at its end."""
    told = [recorded(s) for s in sentences if s]
    ways = [way for sentence, who, plain in told for way in ((plain, sentence) if who else (sentence,))]
    recorder = next((who for _, who, _ in told if who), None)
    ends = [] if role == "set" else [_YEAR.sub(r"at the end of \1", s) for s in ways]
    return Operand(
        role=role, sentences=tuple(dict.fromkeys([*ways, *ends])), number=number, recorder=recorder
    )


def recorded(sentence: str) -> tuple[str, str | None, str]:
    """A sentence, who counts in it, and what is counted without that: "The Bureau recorded 45 strikes" is
    "There were 45 strikes"."""
    main, inner = _records()
    if (found := main.match(sentence)) is not None:
        lead = (found["lead"] or "").strip(" ,")
        lead = f" {lead[:1].lower()}{lead[1:]}" if lead else ""
        lead = lead.replace(" for ", " in ", 1) if lead.startswith(" for ") else lead
        return sentence, found["who"], f"There were {found['rest'].rstrip('.')}{lead}."
    if (found := inner.search(sentence)) is not None:
        return sentence, found["who"], sentence[: found.start()] + sentence[found.end() :]
    return sentence, None, sentence


@cache
def _records() -> tuple[re.Pattern[str], re.Pattern[str]]:
    verbs = "|".join(sorted(rows("records")))
    who = written("comparison_forms", "who records")
    main = rf"{written('comparison_forms', 'lead of a record')}{who}(?:{verbs}) (?P<rest>{NUMBER} .+)"
    inner = rf"{written('comparison_forms', 'that')}{who}(?:{verbs})\b"
    return re.compile(main), re.compile(inner)
