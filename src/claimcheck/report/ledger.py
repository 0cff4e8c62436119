"""The ledger: what became of every number and every time expression of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from claimcheck.model import Mention, Reading
from claimcheck.report.words.values import mention_words

_GROUPED = 3  # so many list numbers in a row become one line
STATUS = {"claim": "in a claim", "not_claim": "no claim", "unresolved": "unresolved"}


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One expression, or several list numbers together, of which `mention` is the first."""

    mention: Mention
    text: str
    span: str
    reading: str

    @property
    def status(self) -> str:
        """What became of it, in words."""
        return STATUS[self.mention.status]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of every number and time of the document. `sentence`: in a line, "37 expressions: 14 in
    claims, 21 in none, 2 unresolved"."""

    sentence: str
    rows: tuple[LedgerRow, ...]


def ledger(reading: Reading) -> Ledger:
    """What became of every expression; the numbers of a list share a line, the sums count each."""
    mentions = sorted(reading.mentions, key=lambda m: (m.start, m.end))
    rows: list[LedgerRow] = []
    for listed, run in groupby(mentions, key=_is_list_number):
        members = list(run)
        if listed and len(members) >= _GROUPED:
            first, last = members[0], members[-1]
            span, words = f"{first.start}–{last.end}", f"{len(members)} numbers of a list"
            rows.append(LedgerRow(first, f"{first.text} … {last.text}", span, words))
        else:
            rows += (LedgerRow(m, m.text, f"{m.start}–{m.end}", mention_words(m)) for m in members)
    return Ledger(ledger_words(mentions), tuple(rows))


def ledger_words(mentions: Collection[Mention]) -> str:
    """The ledger in a sentence."""
    many = Counter(m.status for m in mentions)
    stated = f"{many['claim']} in claims, {many['not_claim']} in none, {many['unresolved']} unresolved"
    return f"{len(mentions)} expression{'s' * (len(mentions) != 1)}: {stated}"


def _is_list_number(m: Mention) -> bool:
    return m.status == "not_claim" and m.reason == "list numbering"
