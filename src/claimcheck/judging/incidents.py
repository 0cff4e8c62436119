"""What one incident of a table says to a claim that may tell of it. An incomplete table may lack others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from claimcheck import lexicon
from claimcheck.judging.moments import settings
from claimcheck.judging.relations import (
    Candidate,
    Outcome,
    admitted,
    aggregate_relation,
    own_period,
    stated,
)
from claimcheck.model import Claim, Interval, Period, ReferenceRow, Relation


def of_an_incident(interval: Interval, candidate: Candidate, published: date | None) -> tuple[Relation, str]:
    """What an incident says against a number: a claim that names it is told its number, any other only that
    it was no less, for the table may lack what else happened there. A text that appeared in the days after it
    may state what was known by then."""
    row = candidate.row
    if not candidate.unique:
        return "neutral", ""
    relation: Relation = "refutes" if candidate.named else aggregate_relation(interval, row)
    last = None if row.last is None or not _counts_victims(row) else row.last.end
    if relation == "refutes" and published is not None and last is not None:
        days = (published - last).days
        if days <= settings()["toll_settles"] and interval.below(admitted(stated(row))):
            return "neutral", f"the text appeared {days} days after it, and the toll may have risen since"
    return relation, ""


def _counts_victims(row: ReferenceRow) -> bool:
    """Whether a row counts people, whose toll may rise in the days after: nobody finds further medals."""
    return row.unit is None or not _people().isdisjoint(
        {row.unit.lower(), row.unit.lower().removesuffix("s")}
    )


@cache
def _people() -> frozenset[str]:
    return frozenset(w for r in lexicon.load("counted_nouns") if r.id == "people" for w in r["words"])


def before_it_settled(claim: Claim, outcomes: list[Outcome], published: date | None) -> list[Outcome]:
    """The outcomes, where nothing supports a number of the victims of one day: a figure counted after the
    text, which appeared in the days after them, does not refute what was known by then."""
    interval = claim.interval
    if interval is None or published is None or any(o.relation == "supports" for o in outcomes):
        return outcomes
    note = "was counted after the text appeared, and the toll may have risen since"
    return [
        replace(o, relation="neutral", note=note, reason="")
        if o.relation == "refutes" and _is_counted_since(interval, o.row, published)
        else o
        for o in outcomes
    ]


def _is_counted_since(interval: Interval, row: ReferenceRow, published: date) -> bool:
    """Whether a figure of what happened on one day is of a later day than a text soon after it that states
    fewer."""
    day, as_of = row.last, row.as_of
    if row.kind != "figure" or day is None or day.end is None or row.first != day or day.days != 1:
        return False
    if as_of is None or not Period.day(published).before(as_of):
        return False
    soon = 0 <= (published - day.end).days <= settings()["toll_settles"]
    return soon and interval.below(admitted(stated(row)))


def is_wrongly_dated(claim: Claim, row: ReferenceRow) -> bool:
    """Whether a date is so near to the incident's that it can only be a wrong one: a few days off, or the
    same day of another year. Further off it may be another incident that the table lacks."""
    period, first = own_period(claim), row.first
    if period is None or first is None or first.start is None or period.start is None:
        return False
    same_day = period.days == 1 and first.days == 1
    same_day = same_day and (period.start.month, period.start.day) == (first.start.month, first.start.day)
    return same_day or first.meets(period.widened(settings()["wrongly_dated"]))
