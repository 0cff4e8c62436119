"""How a claim's date meets the days of an event: on D, in a month, from A to B, began, ended. Pure."""

from __future__ import annotations

from datetime import date

from claimcheck.judging.relations import own_period, phase_words, timex_period
from claimcheck.model import Claim, Period, ReferenceRow, Relation
from claimcheck.wording import gives_both_ends


def date_relation(claim: Claim, row: ReferenceRow) -> Relation:
    """How the claim's time meets the row's: on D, in a month, from A to B, began, ended."""
    period = own_period(claim)
    if claim.time is None or period is None:
        return "neutral"
    relation = claim.time.relation
    stretch = _from_to(claim)
    if stretch is not None:
        ends = {_end_relation(stretch[0], row.first), _end_relation(stretch[1], row.last)}
        return "refutes" if "refutes" in ends else "neutral" if "neutral" in ends else "supports"
    if relation in ("since", "until"):
        edge = timex_period(claim.time.timex) or _edge(period.start if relation == "since" else period.end)
        stated_of = _end_relation(edge, row.first if relation == "since" else row.last)
        is_to_come = row.first is not None and period.before(row.first)
        return "neutral" if stated_of == "supports" and is_to_come else stated_of
    first, last = (_end_relation(period, end) for end in (row.first, row.last))
    if claim.predicate in phase_words("begins"):
        return first
    if claim.predicate in phase_words("ends"):
        return last
    if claim.predicate in phase_words("sets_in") and (first, last) == ("refutes", "supports"):
        return "neutral"  # "was declared on 3 June", its last day: "declared over" is said of that
    within, days = _during(period, row), (row.first, row.last)
    is_span = (claim.time.timex or "").startswith("P")  # "for two days from 13 July" is all of it
    is_all = all(end is not None and period.covers(end) for end in days)
    return "neutral" if is_span and within == "supports" and not is_all else within


def _from_to(claim: Claim) -> tuple[Period | None, Period | None] | None:
    """The first and the last day (month, year) of a claim that gives both: "from 25 to 26 January",
    "25–26 January"; "between 3 and 31 January", "5 or 6 May" and "the days leading up to the talks" only say
    within which days."""
    time = claim.time
    if (
        time is None
        or time.anchor not in (None, "document")
        or time.relation not in ("from_to", "on", "in")
        or claim.predicate in phase_words("goes_on")
    ):
        return None
    first, _, last = (time.timex or "").partition("/")
    if time.relation == "from_to":
        return timex_period(first) or _edge(time.date_start), timex_period(last) or _edge(time.date_end)
    ends = timex_period(first), timex_period(last)
    return None if None in ends or not gives_both_ends(claim) else ends


def _edge(day: date | None) -> Period | None:
    return None if day is None else Period.day(day)


def _end_relation(claimed: Period | None, end: Period | None) -> Relation:
    """One end: inside what is claimed supports, disjoint refutes, blank or coarser decides nothing."""
    if claimed is None or end is None:
        return "neutral"
    if not claimed.meets(end):
        return "refutes"
    return "supports" if claimed.covers(end) else "neutral"


def _during(period: Period, row: ReferenceRow) -> Relation:
    """An event within a period."""
    first, last = row.first, row.last
    if first is None and last is None:
        return "neutral"
    hull = Period(first.start if first else None, last.end if last else None)
    if not period.meets(hull):
        return "refutes"
    if (first is not None and period.covers(first)) or (last is not None and period.covers(last)):
        return "supports"
    if first is None or last is None or first.end is None or last.start is None:
        return "neutral"
    certain = first.end <= last.start and period.meets(Period(first.end, last.start))
    return "supports" if certain else "neutral"
