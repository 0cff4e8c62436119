"""Builds a checked document by hand: spans are found by their words, so that a fixture states no offset."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from claimcheck.model import (
    CheckedDocument,
    Claim,
    ClaimTime,
    Document,
    Evidence,
    Finding,
    Mention,
    Reading,
    Span,
    Verdict,
    claim_key,
)


def D(text: str | None) -> Decimal | None:
    """A decimal, or None."""
    return None if text is None else Decimal(text)


def day(text: str | None) -> date | None:
    """An ISO day, or None."""
    return None if text is None else date.fromisoformat(text)


class Builder:
    """Finds spans in a document by their words, so that the fixture states no offset."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.claims: list[Claim] = []
        self.mentions: list[Mention] = []
        self.verdicts: dict[str, Verdict] = {}
        self.findings: list[Finding] = []

    def span(self, words: str, near: str | None = None) -> Span:
        """Where `words` stand, the first time, or the first time at or after `near`."""
        start = self.document.text.index(words, self.document.text.index(near) if near else 0)
        return Span(start, start + len(words))

    def number(self, words: str, near: str | None = None, **fields: Any) -> Mention:
        """A quantity mention; `low`, `high`, `value` as text: `value` alone is all three."""
        span = self.span(words, near)
        if not {"low", "high"} & fields.keys():
            fields["low"] = fields["high"] = fields.get("value")
        for name in ("value", "low", "high"):
            fields[name] = D(fields.get(name))
        mention = Mention(start=span.start, end=span.end, text=words, **fields)
        self.mentions.append(mention)
        return mention

    def when(self, words: str, first: str, last: str, near: str | None = None, **fields: Any) -> ClaimTime:
        """A time mention and the claim's time that it gives."""
        span, timex = self.span(words, near), fields.pop("timex", first)
        fields["inferred"] = inferred = tuple(fields.get("inferred", ()))
        self.mentions.append(
            Mention(
                start=span.start, end=span.end, text=words, kind="date", timex=timex, inferred=inferred,
                date_start=day(first), date_end=day(last), status="claim", rule="dates.day",
            )
        )  # fmt: skip
        return ClaimTime(
            start=span.start, end=span.end, timex=timex, date_start=day(first), date_end=day(last), **fields
        )

    def claim(
        self, words: str, near: str | None = None, verdict: Verdict | None = None, **fields: Any
    ) -> Claim:
        """A claim over `words`, in the paragraph's sentence, with its verdict."""
        span = self.span(words, near)
        text = self.document.text
        first = max(text.rfind(". ", 0, span.start) + 2, text.rfind("\n", 0, span.start) + 1)
        ends = [n for n in (text.find(". ", span.end - 1), text.find("\n", span.end)) if n >= 0]
        kind = fields.setdefault("kind", "quantity")
        fields.setdefault("measure", None)
        claim = Claim(
            claim_id=claim_key(self.document, kind, span.start, span.end, fields["measure"]),
            start=span.start, end=span.end, text=words,
            context=Span(first, min(ends, default=len(text) - 1) + 1), rule=f"claims.{kind}", **fields,
        )  # fmt: skip
        self.claims.append(claim)
        if verdict is not None:
            self.verdicts[claim.claim_id] = verdict
        return claim

    def finding(self, kind: str, words: str, status: Any, explanation: str) -> None:
        """A finding over `words`."""
        span = self.span(words)
        self.findings.append(
            Finding(
                kind=kind, start=span.start, end=span.end, text=words, status=status, explanation=explanation
            )
        )

    def checked(self) -> CheckedDocument:
        """Everything together."""
        reading = Reading(
            document=self.document,
            mentions=tuple(sorted(self.mentions, key=lambda m: m.start)),
            claims=tuple(self.claims),
            findings=tuple(self.findings),
        )
        return CheckedDocument(reading=reading, verdicts=self.verdicts)


def figure(row: str, relation: Any, source: str, note: str, **fields: Any) -> Evidence:
    """A row of the figures table; `day` is its first and its last."""
    if on := fields.pop("day", None):
        fields["date_start"] = fields["date_end"] = on
    for name in ("low", "best", "high"):
        fields[name] = D(fields.get(name))
    for name in ("date_start", "date_end"):
        fields[name] = day(fields.get(name))
    fields.setdefault("url", f"https://example.org/reports/{row.lower()}")
    fields.setdefault("confidence", "seen")
    table = fields.pop("table", "figures")
    return Evidence(
        table=table, row_id=row, source_id=f"S{row[1:]}", relation=relation, source=source, note=note,
        **fields,
    )  # fmt: skip


def verdict(name: Any, reason: str, explanation: str, *rows: Evidence) -> Verdict:
    """A verdict over rows."""
    return Verdict(
        verdict=name, reason=reason, explanation=explanation, evidence=rows, rule=f"judging.{reason}"
    )
