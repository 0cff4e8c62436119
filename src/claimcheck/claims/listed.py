"""Claims that a document makes by its form: a weekday beside its date, and how many items a list has."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from claimcheck.claims.time import claim_time
from claimcheck.model import Claim, Document, Mention, Span, claim_key
from claimcheck.selfcheck.findings import calendar_pairs, lists

LEAST_ITEMS = 3


def list_and_calendar_claims(
    document: Document, mentions: Sequence[Mention]
) -> tuple[list[Claim], tuple[Mention, ...]]:
    """The claims, and the mentions with the dates and numbers that these claims use marked."""
    calendar = list(_calendar(document, mentions))
    counts = list(_counts(document))
    dated = {c.time.start for c in calendar if c.time is not None}
    marked = tuple(
        replace(m, status="claim", reason=None) if m.is_time and m.start in dated else m for m in mentions
    )
    return [*calendar, *counts], marked


def _calendar(document: Document, mentions: Sequence[Mention]) -> Iterator[Claim]:
    days = [m for m in mentions if m.is_time and m.date_start is not None and m.date_start == m.date_end]
    starts = [m.start for m in days]
    for pair in calendar_pairs(document.text, mentions):
        near = days[max(0, bisect_left(starts, pair.span.start) - 1) : bisect_left(starts, pair.span.end)]
        mention = next((m for m in near if m.span.overlaps(pair.span)), None)
        if mention is None:
            continue
        start, end = min(pair.span.start, mention.start), max(pair.span.end, mention.end)
        time = replace(claim_time(mention, document.text, document.date), relation="on")
        yield Claim(
            claim_id=claim_key(document, "calendar", start, end),
            kind="calendar",
            start=start,
            end=end,
            text=document.text[start:end],
            measure="weekday",
            time=time,
            context=Span(start, end),
            rule="claims.calendar",
        )


def _counts(document: Document) -> Iterator[Claim]:
    """A numbered list says by its last number how many items it has."""
    for found in lists(document):
        if found.count < LEAST_ITEMS:
            continue
        last = found.items[-1]
        stated = Decimal(last.number - found.items[0].number + 1)
        quantity = Mention(
            start=last.number_start,
            end=last.number_end,
            text=document.text[last.number_start : last.number_end],
            kind="number",
            value=stated,
            low=stated,
            high=stated,
            noun="item",
            status="claim",
            rule="claims.list",
        )
        yield Claim(
            claim_id=claim_key(document, "count", found.start, found.end),
            kind="count",
            start=found.start,
            end=found.end,
            text=document.text[found.start : found.end],
            measure="items of the list",
            quantity=quantity,
            context=Span(found.start, found.end),
            rule="claims.list",
        )
