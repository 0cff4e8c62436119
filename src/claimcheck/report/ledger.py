"""The ledger: what became of every number and every time expression of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from claimcheck.model import Mention, Reading
from claimcheck.report.words.values import mention_words

_GROUPED = 3  # so many list numbers in a row become one line
_STATUS = {"claim": "in a claim", "not_claim": "no claim", "unresolved": "unresolved"}


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One expression, or several list numbers together."""

    text: str
    span: str
    kind: str
    reading: str
    status: str
    status_key: str
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of every number and time of the document."""

    total: int
    claims: int
    not_claims: int
    unresolved: int
    rows: tuple[LedgerRow, ...]

    @property
    def sentence(self) -> str:
        """The ledger in a line: "37 expressions: 14 in claims, 21 in none, 2 unresolved"."""
        noun = "expression" if self.total == 1 else "expressions"
        return (
            f"{self.total} {noun}: {self.claims} in claims, {self.not_claims} in none, "
            f"{self.unresolved} unresolved"
        )


def ledger(reading: Reading) -> Ledger:
    """What became of every expression; the numbers of a list share a line, the sums count each."""
    counts = Counter(m.status for m in reading.mentions)
    mentions = sorted(reading.mentions, key=lambda m: (m.start, m.end))
    rows: list[LedgerRow] = []
    for listed, run in groupby(mentions, key=_is_list_number):
        members = list(run)
        if listed and len(members) >= _GROUPED:
            rows.append(_grouped(members))
        else:
            rows += map(_ledger_row, members)
    return Ledger(len(mentions), counts["claim"], counts["not_claim"], counts["unresolved"], tuple(rows))


def _is_list_number(m: Mention) -> bool:
    return m.status == "not_claim" and m.reason == "list numbering"


def _ledger_row(m: Mention) -> LedgerRow:
    return LedgerRow(
        text=m.text,
        span=f"{m.start}–{m.end}",
        kind=m.kind,
        reading=mention_words(m),
        status=_STATUS[m.status],
        status_key=m.status,
        reason=m.reason or "",
        rule=m.rule,
    )


def _grouped(members: Sequence[Mention]) -> LedgerRow:
    first, last = members[0], members[-1]
    row = _ledger_row(first)
    return replace(
        row,
        text=f"{first.text} … {last.text}",
        span=f"{first.start}–{last.end}",
        reading=f"{len(members)} numbers of a list",
    )
