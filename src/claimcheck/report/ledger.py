"""The ledger: what became of every number and every time expression of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from itertools import groupby
from typing import Any

from claimcheck.model import Mention, Reading
from claimcheck.report.words.values import mention_words

_GROUPED = 3  # so many list numbers in a row become one line
STATUS = {"claim": "in a claim", "not_claim": "no claim", "unresolved": "unresolved"}


def ledger(reading: Reading) -> list[dict[str, Any]]:
    """What became of every number and every time expression of a document; the numbers of a list share a
    line, whose `mention` is the first."""
    mentions = sorted(reading.mentions, key=lambda m: (m.start, m.end))
    rows: list[dict[str, Any]] = []
    numbering = "not_claim", "list numbering"
    for listed, run in groupby(mentions, key=lambda m: (m.status, m.reason) == numbering):
        members = list(run)
        if listed and len(members) >= _GROUPED:
            first, last = members[0], members[-1]
            rows.append(_row(first, last, f"{first.text} … {last.text}", f"{len(members)} numbers of a list"))
        else:
            rows += (_row(m, m, m.text, mention_words(m)) for m in members)
    return rows


def _row(first: Mention, last: Mention, text: str, reading: str) -> dict[str, Any]:
    span = f"{first.start}–{last.end}"
    return {"mention": first, "text": text, "span": span, "reading": reading, "status": STATUS[first.status]}


def ledger_words(mentions: Collection[Mention]) -> str:
    """The ledger in a sentence."""
    many = Counter(m.status for m in mentions)
    stated = f"{many['claim']} in claims, {many['not_claim']} in none, {many['unresolved']} unresolved"
    return f"{len(mentions)} expression{'s' * (len(mentions) != 1)}: {stated}"
