"""Claims that need no table: a weekday beside its date, and how many items a list of the document has."""

from __future__ import annotations

import calendar
from decimal import Decimal

from claimcheck.judging.spoken import spoken
from claimcheck.model import Claim, Document, Evidence, Verdict, plain
from claimcheck.selfcheck.lists import lists
from claimcheck.wording.times import stated_weekday

WEEKDAYS = tuple(calendar.day_name)
OWN_NUMBERING = "claims.list"
"""The rule of claims that a list makes by its own last number."""


def calendar_verdict(claim: Claim) -> Verdict:
    """Whether the weekday that the claim names is the weekday of its date (proleptic Gregorian)."""
    named = stated_weekday(claim)
    day = claim.time.date_start if claim.time is not None else None
    if named is None or day is None or claim.time is None or claim.time.date_end != day:
        return Verdict(
            verdict="not_enough_evidence",
            reason="no_time",
            explanation="The text does not give both a weekday and a whole date.",
            rule="judging.calendar",
        )
    actual = WEEKDAYS[day.weekday()]
    agrees = actual == named
    explanation = f"{spoken(day)} was a {actual}" + ("." if agrees else f", not a {named}.")
    evidence = Evidence(
        table="calendar",
        row_id=day.isoformat(),
        source_id=None,
        relation="supports" if agrees else "refutes",
        date_start=day,
        date_end=day,
        note=explanation,
        name=actual,
    )
    return Verdict(
        verdict="supported" if agrees else "refuted",
        reason="computed",
        explanation=explanation,
        evidence=(evidence,),
        rule="judging.calendar",
    )


def count_verdict(claim: Claim, document: Document) -> Verdict:
    """A stated number of items against its list: for a list's own numbering the list that the claim is made
    of, else the list that follows the number, else the last list before it."""
    found = [check.items for check in lists(document)]
    if claim.rule == OWN_NUMBERING:
        found = [i for i in found if i[0].number_start < claim.end and claim.start < i[-1].end]
    following = [items for items in found if items[0].number_start >= claim.end]
    if claim.interval is None or not found:
        return Verdict(
            verdict="not_enough_evidence",
            reason="no_reference",
            explanation="The document has no numbered list to count.",
            rule="judging.count",
        )
    items = following[0] if following else found[-1]
    fits = claim.interval.contains(Decimal(len(items)))
    says = claim.quantity.text if claim.quantity is not None else str(claim.interval)
    explanation = (
        f"{says} claimed; the list of the document has {plain(Decimal(len(items)))} items, "
        f"numbered {items[0].number} to {items[-1].number}."
    )
    evidence = Evidence(
        table="document",
        row_id=f"list@{items[0].number_start}",
        source_id=None,
        relation="supports" if fits else "refutes",
        low=Decimal(len(items)),
        best=Decimal(len(items)),
        high=Decimal(len(items)),
        note=explanation,
        name="the document's own list",
    )
    return Verdict(
        verdict="supported" if fits else "refuted",
        reason="computed",
        explanation=explanation,
        evidence=(evidence,),
        rule="judging.count",
    )
