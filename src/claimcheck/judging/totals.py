"""Figures of several days beside each other: an earlier running total is a least value of what came later,
and a stock of the very day that a claim names leaves the same source's others aside. And what is known of
all beside what a claim says of some.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from claimcheck.judging.moments import settings
from claimcheck.judging.relations import (
    Candidate,
    Outcome,
    admitted,
    is_dated,
    moment,
    own_period,
    stated,
)
from claimcheck.model import Claim, Interval, Period


def superseded(claim: Claim, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes, where a text that does not say when tells of the latest figures: an earlier total does
    not refute a claim that lies above it while a later one is there."""
    now = [o for o in outcomes if o.row.measure_type == "cumulative" and o.fit == "at"]
    if not now:
        return list(outcomes)
    interval = claim.interval
    moments = [at for o in now if (at := moment(o.row)) is not None]
    if interval is None or is_dated(claim) or not moments:
        return list(outcomes)
    latest = max(moments, key=lambda at: str(at.end))

    def is_earlier(outcome: Outcome) -> bool:
        at: Period | None = moment(outcome.row)
        if outcome not in now or outcome.relation != "refutes" or at is None:
            return False
        return at.before(latest) and admitted(stated(outcome.row)).below(interval)

    note = f"a later total, as of {latest.end}, is there"
    return [
        replace(o, relation="neutral", note=note, reason="as_of_bound") if is_earlier(o) else o
        for o in outcomes
    ]


def still_rising(claim: Claim, outcomes: Sequence[Outcome], published: date | None) -> list[Outcome]:
    """The outcomes, where a stock is one that the tables count from a first day: it rises, so that what it
    was before refutes no higher number, nor what it came to later a lower one; where a claim is about one
    moment, only if nothing supports it. A claim without a day of its own is of the document's."""
    interval, period = claim.interval, own_period(claim)
    day = published if period is None else period.end
    if interval is None or day is None or claim.kind != "quantity":
        return list(outcomes)
    if not any(o.row.measure_type == "stock" and o.row.first is not None for o in outcomes):
        return list(outcomes)
    if not _is_of_a_span(claim) and any(o.relation == "supports" for o in outcomes):
        return list(outcomes)  # DESIGN, Judging 1 and 6: rows of its window that differ conflict
    of = Period.day(day)
    starts = [o.row.first.start for o in outcomes if o.relation == "supports" and o.row.first is not None]
    first = min((start for start in starts if start is not None), default=None)

    def may_be(outcome: Outcome) -> bool:
        at: Period | None = moment(outcome.row)
        if outcome.row.measure_type != "stock" or outcome.relation != "refutes" or at is None:
            return False
        if admitted(stated(outcome.row)).below(interval):
            if at.before(of):
                return True
            if period is not None and period.start is not None:
                return _begins_later(outcome, claim, period.start)
            return of.before(at) and _begins_later(outcome, claim, first)  # "by 9 May" says not from when
        return of.before(at)

    note = "is of another day, and it rises"
    told = [
        replace(o, relation="neutral", note=note, reason="as_of_bound") if may_be(o) else o for o in outcomes
    ]
    aside = [at for o, was in zip(told, outcomes, strict=True) if o is not was and (at := moment(o.row))]
    if interval.high is None or any(o.relation == "refutes" for o in told):
        return told  # what it had reached by an earlier day is "more than" any less
    nearest = min((_days_off(at, day) for at in aside if not at.meets(of)), default=None)
    return [
        replace(o, relation="neutral", note=note, reason="as_of_bound")
        if nearest is not None
        and o.relation == "supports"
        and (at := moment(o.row))
        and _days_off(at, day) > nearest
        else o
        for o in told
    ]


def _days_off(at: Period, day: date) -> int:
    """How many days the last day of a figure's time lies from a day."""
    return 0 if at.meets(Period.day(day)) or at.end is None else abs((at.end - day).days)


def _begins_later(outcome: Outcome, claim: Claim, since: date | None) -> bool:
    """Whether a row counts only from a later day than that since which a claim does."""
    first = outcome.row.first
    if first is None or since is None or not _is_of_a_span(claim):
        return False
    return Period.day(since).widened(settings()["same_happening"]).before(first)


def _is_of_a_span(claim: Claim) -> bool:
    """Whether a claim says from when or up to when it counts: "since May", "from 1 to 9 May", "by 9 May"."""
    time = claim.time
    spans = ("since", "from_to", "by", "until")
    return time is not None and (time.relation in spans or "/" in (time.timex or ""))


def nearest_of_each(claim: Claim, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes, where a source has a stock as of the very day that the claim names: what it says of other
    days, though within the window, does not decide.

    DESIGN, Judging 1, gives a stock 31 days; a source with figures of 10 and 20 August would else contradict
    itself about 10 August.
    """
    period = own_period(claim)
    if len(outcomes) < 2 or period is None or period.end is None or not is_dated(claim):
        return list(outcomes)
    day = Period.day(period.end)

    def of_the_day(outcome: Outcome) -> bool:
        at = moment(outcome.row)
        return outcome.row.measure_type == "stock" and outcome.fit == "at" and at == day

    kept = {_series(o) for o in outcomes if of_the_day(o)}
    if not kept or (period.days or 0) > 1:
        return list(outcomes)
    note = f"the source has a figure of {day.end} itself"
    return [
        replace(o, relation="neutral", fit="apart", note=note, reason="no_time")
        if o.row.measure_type == "stock" and o.fit == "at" and _series(o) in kept and not of_the_day(o)
        else o
        for o in outcomes
    ]


def _series(outcome: Outcome) -> tuple[object, ...]:
    """What the figures of one source, measure, place and actor share."""
    row = outcome.row
    return row.package, row.source_id, row.measure, row.unit, row.places, row.actor


def as_a_part(claim: Claim, outcome: Outcome) -> Outcome:
    """Where the claim names whose deeds they were, a row about everybody's deeds only says that they cannot
    be more."""
    row, interval = outcome.row, claim.interval
    if row.kind != "figure" or row.actor is not None or outcome.relation == "neutral" or interval is None:
        return outcome
    if outcome.relation == "refutes" and admitted(Interval(None, stated(row).high)).below(interval):
        return outcome
    return replace(outcome, relation="neutral", note="counts the deeds of all", reason="actor_mismatch")


def usual_start(candidates: Iterable[Candidate]) -> Period | None:
    """The day from which most running totals among the rows count; the earliest where several tie."""
    found = [c.row.first for c in candidates if c.row.measure_type == "cumulative"]
    starts = Counter(first for first in found if first is not None) if found else None
    if not starts:
        return None
    return min(starts, key=lambda first: (-starts[first], str(first)))
