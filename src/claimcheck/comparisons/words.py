"""The words that compare (`data/comparisons.toml`), what the ratios that they tell admit, and what a pattern
finds: a relation, its words, and its operands as sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from claimcheck.lexicon import Row, by_letter, load, pattern, written
from claimcheck.model import PROBE, ComparisonRelation, Mention, Operand, Span, Way

# ----------------------------------------------------------------------------------------------------
# The words that compare (`data/comparisons.toml`), and what the ratios that they tell admit.

_TWICE = Decimal("0.05")
"""How far twice may be from 2, as a part of it: 1.9 to 2.1."""
_TIMES = Decimal("0.083")
"""The same of more than twice: sixfold is 5.5 to 6.5."""
_MOST = Decimal("0.5")
_DIGITS = Decimal("0.025")
"""How far a ratio may be off at most for the digits that it leaves out: 34,300 is 34,250 to 34,350."""
_FRACTION = Decimal("0.02")
"""How far a third may be from a third; of less by a tenth of it: one in twenty is 0.045 to 0.055."""
_PARTS = written("comparison_forms", "part of")
_BEFORE = 24
"""Characters before a ratio in which its qualifier stands."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """What a word admits: `low`..`high` fulfil it, what lies outside of `outer_low`..`outer_high` refutes
    it."""

    low: Decimal | None
    high: Decimal | None
    outer_low: Decimal | None
    outer_high: Decimal | None


@cache
def rows(use: str) -> dict[str, Row]:
    """The rows of a use, by each of their words."""
    return {word: row for row in load("comparisons") if row["use"] == use for word in row["words"]}


@cache
def may_compare() -> re.Pattern[str]:
    """What a text must hold to compare anything: one of the words that tell of a relation."""
    words: set[str] = set()
    for use in (
        "more",
        "degree",
        "multiple",
        "exceeds",
        "gap",
        "extreme",
        "together",
        "move",
        "unchanged",
        "in a row",
        "straight",
        "ahead",
    ):
        words |= {re.escape(w) for w in rows(use)}
    for use in ("change", "exceeds", "agrees"):
        words |= {re.escape(w.split()[0][:-1]) + r"\w*" for w in rows(use)}
    units = "|".join(rows("unit"))
    told = rf"{written('comparison_forms', 'told')}|(?:\d|{units}){written('comparison_forms', 'for each')}"
    as_many = written("comparison_forms", "as many")
    return re.compile(rf"\b(?:{by_letter(words)}|{told}|{as_many}|{_PARTS})\b|% of\b", re.IGNORECASE)


@cache
def _qualifiers() -> re.Pattern[str]:
    words = sorted(rows("roughly"), key=len, reverse=True)
    return re.compile(
        rf"\b({'|'.join(map(re.escape, words))}){written('comparison_forms', 'a')}$", re.IGNORECASE
    )


def qualifier(text: str, start: int) -> tuple[Row | None, int]:
    """The row of the words right before a ratio that say how near it is ("more than"), and where they
    begin."""
    low = max(0, start - _BEFORE)
    found = _qualifiers().search(text[low:start])
    return (None, start) if found is None else (rows("roughly")[found[1].lower()], low + found.start())


def ratio(times: Decimal, roughly: Row | None) -> Admitted:
    """How many times as much "twice", "nearly three times", "more than sixfold" may be."""
    part = _TWICE if times <= 2 else _TIMES
    last = Decimal(1).scaleb(int(times.normalize().as_tuple().exponent)) / 2
    return _within(times, max(min(times * part, _MOST), min(last, times * _DIGITS)), roughly)


def part(value: Decimal, digits: Decimal | None, roughly: Row | None) -> Admitted:
    """What a change by a part admits: "by a third", "by 15 per cent" (0.15, with `digits` half a unit of its
    last digit)."""
    return _within(value, min(_FRACTION, value / 10) if digits is None else digits, roughly)


def number(mention: Mention) -> Admitted:
    """What a difference admits, which is a number like any other."""
    return Admitted(mention.low, mention.high, mention.low, mention.high)


def _within(value: Decimal, slack: Decimal, roughly: Row | None) -> Admitted:
    under = over = slack
    if roughly is not None:
        under, over = (value * Decimal(roughly[end]) for end in ("low", "high"))
    low = None if under.is_infinite() else value - under
    high = None if over.is_infinite() else value + over
    if low is None or high is None:
        return Admitted(low, high, low, high)
    return Admitted(low, high, value - max(2 * under, slack), value + max(2 * over, slack))


# ----------------------------------------------------------------------------------------------------
# What a pattern finds: a relation, the words that say it, and its operands as sentences.

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
