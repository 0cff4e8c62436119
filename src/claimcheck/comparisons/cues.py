"""Comparisons without a digit, by their words alone: "more than doubled", "fell again", "the most since".

A sentence that says both operands is read by `comparisons`. Where one is left to the reader ("a year later
it was twice as many"), the words still say how two numbers relate, and `linking` weighs which rows they are
of. The words are rows of `data/comparison_cues.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from claimcheck.claims.assertion import assess
from claimcheck.claims.clauses import clause_of, clauses
from claimcheck.claims.parsing import Parsed
from claimcheck.claims.time import claim_time
from claimcheck.lexicon import Row, load
from claimcheck.model import Claim, Comparison, Document, Mention, Span, claim_key

RULE = "comparisons.cue"


def cue_in(text: str) -> re.Match[str] | None:
    """The first words of a sentence that compare without a digit."""
    return _any().search(text)


def cue_claims(
    document: Document, parsed: Parsed, mentions: Sequence[Mention], taken: Sequence[Claim]
) -> Iterator[Claim]:
    """The comparisons that a parsed sentence says by their words, but for those that are `taken` already."""
    start, end = parsed.span.start, parsed.span.end
    if cue_in(parsed.span.of(document.text)) is None:
        return
    found = clauses(parsed.doc)
    question = parsed.span.of(document.text).rstrip("\"'”’) \n").endswith("?")
    held = [Span(c.start, c.end) for c in taken]
    for row, pattern in _patterns():
        for match in pattern.finditer(document.text, start, end):
            span = Span(match.start(), match.end())
            shown = parsed.doc.at(*parsed.view.shown_at(span.start, span.end))
            if any(span.overlaps(other) for other in held) or not shown:
                continue
            held.append(span)
            anchor = next((t for t in shown if t.pos_ == "VERB"), shown[-1])
            clause = clause_of(anchor, found)
            status = assess(anchor, clause, question)
            times = [m for m in mentions if m.is_time and m.kind == "date" and m.period is not None]
            own = [m for m in times if m.start >= span.end][:1] or times[-1:]
            yield Claim(
                claim_id=claim_key(document, "comparison", span.start, span.end, row["relation"]),
                kind="comparison", start=span.start, end=span.end, text=span.of(document.text), measure=None,
                time=claim_time(own[0], document.text, document.date) if own else None,
                asserted=status.asserted, hedge=status.hedge, predicate=anchor.lemma_.lower(),
                context=parsed.span, rule=status.rule or RULE,
                comparison=Comparison(
                    relation=row["relation"], way=row.get("way", _way(row)), low=_number(row, "low"),
                    high=_number(row, "high"), scope=span, unread="operand",
                ),
            )  # fmt: skip


def _way(row: Row) -> str:
    return "less" if row["relation"] == "less" else "greater"


def _number(row: Row, end: str) -> Decimal | None:
    written = row.get(end)
    return None if written is None else Decimal(written)


@cache
def _patterns() -> tuple[tuple[Row, re.Pattern[str]], ...]:
    """The rows with their patterns, in the order of the file: the longer words first."""
    rows = load("comparison_cues")
    return tuple((row, re.compile(rf"(?<!\w)(?:{row['pattern']})(?!\w)", re.IGNORECASE)) for row in rows)


@cache
def _any() -> re.Pattern[str]:
    whole = "|".join(f"(?:{row['pattern']})" for row in load("comparison_cues"))
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)", re.IGNORECASE)
