"""judge(claim, candidates, document) -> Verdict. Pure: rows are found and linked before.

Every candidate is weighed alone (`relations`), then the relations are combined: supports only is
`supported`, refutes only `refuted`, both `conflicting_evidence`, neither `not_enough_evidence`. What
the text does not assert is never decided, and what only the document's own signatories say decides
nothing. The order of the candidates never matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from claimcheck.judging.bounds import softened
from claimcheck.judging.computed import calendar_verdict, count_verdict
from claimcheck.judging.event_dates import date_relation, may_be_another, without_a_day
from claimcheck.judging.explaining import evidence_of, explain
from claimcheck.judging.falls import turned
from claimcheck.judging.incidents import before_it_settled, is_wrongly_dated, of_an_incident
from claimcheck.judging.jointly import of_all, of_one_place
from claimcheck.judging.moments import at_its_end
from claimcheck.judging.parts import without_less_than_a_part
from claimcheck.judging.relations import (
    Candidate,
    Outcome,
    admitted,
    aggregate_relation,
    has_number,
    is_dated,
    number_relation,
    own_period,
    stated,
    time_fit,
)
from claimcheck.judging.totals import as_a_part, nearest_of_each, still_rising, superseded, usual_start
from claimcheck.judging.units import in_unit
from claimcheck.model import Attribution, Claim, Document, Interval, Period, Relation, Verdict, VerdictName

__all__ = ["Candidate", "judge", "weigh"]

SHOWN_NEUTRAL = 12
"""How many undecided rows a verdict shows beside the deciding ones."""


def judge(
    claim: Claim,
    candidates: Sequence[Candidate],
    document: Document,
    missing: str = "no_reference",
) -> Verdict:
    """The verdict on `claim` from the rows linked to it; `missing` names the link that failed where there
    are none (`no_measure`, `no_place`, `no_time`, `no_reference`)."""
    parts, candidates = [c for c in candidates if c.of_part], [c for c in candidates if not c.of_part]
    if not claim.asserted:
        outcomes = [replace(o, relation="neutral") for o in weigh(claim, candidates, document)]
        return _undecided(claim, outcomes, "not_asserted")
    if claim.kind == "calendar":
        return calendar_verdict(claim)
    if claim.kind == "count":
        return count_verdict(claim, document)
    if not candidates:
        return _undecided(claim, [], missing)
    alike = [c.row for c in candidates]
    claim = in_unit(claim, [row.unit for row in alike])
    claim = turned(claim, alike, document)
    claim = at_its_end(claim, alike, document)
    outcomes = _one_of_several(of_one_place(of_all(claim, weigh(claim, candidates, document))))
    outcomes = without_less_than_a_part(claim, _independent(outcomes), parts, document)
    return _combined(claim, outcomes, missing)


def weigh(claim: Claim, candidates: Sequence[Candidate], document: Document) -> list[Outcome]:
    """What each candidate says to the claim, in the order of their keys. Rows of several units (tonnes of one
    table, kilograms of another) each meet the claim in their own."""
    start = usual_start(candidates)
    several = len({c.row.unit for c in candidates if c.row.unit is not None}) > 1
    ordered = sorted(candidates, key=_rank) if len(candidates) > 1 else candidates
    pairs = [(in_unit(claim, [c.row.unit]) if several else claim, c) for c in ordered]
    outcomes = [_weigh_one(own, candidate, document, start) for own, candidate in pairs]
    by_actor = any(c.actor == "same" and c.row.kind == "figure" for c in candidates)
    outcomes = [
        as_a_part(own, o) if by_actor or o.candidate.actor == "claim_only" else o
        for (own, _), o in zip(pairs, outcomes, strict=True)
    ]
    outcomes = superseded(claim, still_rising(claim, nearest_of_each(claim, outcomes), document.date))
    return before_it_settled(claim, outcomes, document.date)


def _rank(candidate: Candidate) -> tuple[str, str, str, str]:
    row = candidate.row
    return row.key, row.measure or "", row.sql or "", candidate.how


def _weigh_one(claim: Claim, candidate: Candidate, document: Document, start: Period | None) -> Outcome:
    if candidate.how == "about":
        return _about_outcome(claim, candidate)
    kind = candidate.row.kind
    is_its_day = claim.kind == "event" and kind == "incident" and candidate.how == "name"
    if kind in ("event", "gazetteer") or candidate.how == "kind" or is_its_day:
        return _event_outcome(claim, candidate, document)
    return _figure_outcome(claim, candidate, document, start)


# --- one candidate -----------------------------------------------------------------------------------


def _figure_outcome(claim: Claim, candidate: Candidate, document: Document, start: Period | None) -> Outcome:
    """A figure, incident or aggregate against a number."""
    row, interval = candidate.row, claim.interval
    if interval is None or claim.kind not in ("quantity", "rank"):
        return Outcome(candidate, "neutral", "the claim states no number", "unknown")
    if hindrance := _hindrance(candidate):
        return Outcome(candidate, "neutral", hindrance[1], "apart", hindrance[0])
    if row.kind == "aggregate":
        relation = softened(claim, aggregate_relation(interval, row), row)
        return Outcome(candidate, relation, row.label or "", "at", "aggregate")
    fit, note = time_fit(claim, row, document.date, start)
    if candidate.named:
        fit, note = "at", ""
    relation = softened(claim, number_relation(interval, row, fit), row, fit)
    if relation == "supports" and _is_at_open_end(claim, candidate):
        relation, note = "neutral", "is the very number that the claim leaves out"
    if relation == "supports" and _is_far_below(claim, candidate):
        relation, note = "neutral", "is less than half of the most that the claim allows"
    if row.kind == "incident" and relation == "refutes":
        relation, note = of_an_incident(interval, candidate, document.date)
    reason = "no_time" if fit in ("unknown", "apart") else "as_of_bound" if fit in ("before", "after") else ""
    return Outcome(candidate, relation, note, fit, reason)


def _is_at_open_end(claim: Claim, candidate: Candidate) -> bool:
    """Whether a row states the number that a claim says it is more or less than. Of what is counted the next
    number is known ("fewer than 40 people": 39); of hectares, euros and per cent there is none."""
    quantity, row = claim.quantity, candidate.row
    if quantity is None or quantity.comparator not in ("lt", "gt") or (row.low, row.high) != (None, None):
        return False
    return row.best is not None and row.best in (quantity.low, quantity.high)


def _is_far_below(claim: Claim, candidate: Candidate) -> bool:
    """Whether a row is below half of the most that a claim names ("as many as 93", "up to 12 per cent"): who
    says so expects about as many, and four support it as little as they refute it."""
    quantity, row = claim.quantity, candidate.row
    if quantity is None or quantity.comparator != "le" or quantity.low is not None or quantity.high is None:
        return False
    most = row.best if row.high is None else row.high
    return most is not None and 2 * most < quantity.high


def _hindrance(candidate: Candidate) -> tuple[str, str] | None:
    """Why a row that shares the measure does not answer the claim: (reason code, words)."""
    row = candidate.row
    if candidate.place == "mismatch":
        return "place_mismatch", "is about another place"
    if candidate.place in ("inside", "contains") and row.kind != "aggregate":
        extent = "part of" if candidate.place == "inside" else "more than"
        return "place_mismatch", f"is about {extent} the place"
    if candidate.place == "unstated":
        return "no_place", "the claim names no place"
    if candidate.place == "row_silent":
        return "no_place", "does not say where"
    if row.kind == "aggregate" and not candidate.unique:
        return "ambiguous", "adds up more than the text may tell of"
    if candidate.actor in ("mismatch", "doubtful"):
        return "actor_mismatch", f"is about deeds of {row.actor}"
    if candidate.before is not None:
        return "direction_mismatch", f"stood at {candidate.before} before"
    if candidate.actor == "row_only" and row.kind == "figure":
        return "actor_mismatch", f"is about deeds of {row.actor} alone"
    return None


def _event_outcome(claim: Claim, candidate: Candidate, document: Document) -> Outcome:
    """A happening against a rank or a date. A contradicted place or actor never ends in support."""
    row, named = candidate.row, candidate.how in ("name", "number")
    if claim.kind == "rank" and claim.interval is not None:
        if row.number is None or not named:
            return Outcome(candidate, "neutral", "carries no number in a series", "unknown")
        if is_dated(claim) and date_relation(claim, row, candidate.phase) == "refutes":
            return Outcome(candidate, "neutral", "is of another date", "apart", "no_time")
        fits = claim.interval.contains(Decimal(row.number))
        return Outcome(candidate, "supports" if fits else "refutes", f"is number {row.number}", "at", "rank")
    if claim.kind != "event":
        return Outcome(candidate, "neutral", "is a happening, not a number", "unknown")
    for match, reason in ((candidate.place, "place_mismatch"), (candidate.actor, "actor_mismatch")):
        if match == "mismatch":
            contradicts: Relation = "refutes" if named and candidate.unique else "neutral"
            what = "place" if reason == "place_mismatch" else "actor"
            return Outcome(candidate, contradicts, f"names another {what}", "at", reason)
    if candidate.actor == "doubtful":
        return Outcome(candidate, "neutral", "may name another actor", "at", "actor_mismatch")
    if candidate.place == "contains" and row.kind == "incident":
        return Outcome(candidate, "neutral", "may be of another part of the place", "at", "place_mismatch")
    if claim.time is not None and claim.time.anchor and claim.time.anchor in (row.name, *row.names):
        return Outcome(candidate, "neutral", "the claim takes its date from it", "unknown", "no_time")
    relation = date_relation(claim, row, candidate.phase)
    if relation == "refutes" and (why := without_a_day(claim, row, document.date)):
        return Outcome(candidate, "neutral", why, "unknown", "no_time")
    if (
        relation == "refutes"
        and candidate.how == "kind"
        and (may_be_another(claim, row) or (row.kind == "incident" and not is_wrongly_dated(claim, row)))
    ):
        return Outcome(candidate, "neutral", "the text tells of one of the kind", "at", "ambiguous")
    reason = "date_mismatch" if relation == "refutes" else ""
    return Outcome(candidate, relation, "", "at" if own_period(claim) else "unknown", reason)


def _about_outcome(claim: Claim, candidate: Candidate) -> Outcome:
    """The row that the document says it is about: its date and its numbers, nothing else asked."""
    row, interval = candidate.row, claim.interval
    dated = date_relation(claim, row) if is_dated(claim) and candidate.dated else "neutral"
    if dated == "refutes":
        return Outcome(candidate, "refutes", "", "at", "date_mismatch")
    if claim.kind == "event":
        return Outcome(candidate, dated, "", "at")
    if interval is None or not has_number(row):
        return Outcome(candidate, "neutral", "states no number for it", "unknown")
    return Outcome(candidate, softened(claim, number_relation(interval, row), row), "", "at")


# --- all candidates together -------------------------------------------------------------------------


def _one_of_several(outcomes: list[Outcome]) -> list[Outcome]:
    """Happenings linked by kind and place, or by an ambiguous name: one that fits supports, and they
    refute only where the link is unique."""
    happenings = (o for o in outcomes if o.row.kind in ("event", "gazetteer") or o.candidate.how == "kind")
    loose = [o for o in happenings if _is_loose(o.candidate)]
    if not loose:
        return outcomes
    fits = any(o.relation == "supports" for o in loose)
    other: set[int] = set()
    for incident in (True, False):  # a table of incidents may hold the happening that another one names
        group = [o for o in loose if (o.row.kind == "incident") is incident]
        unique = len(group) == 1 and group[0].candidate.unique and group[0].candidate.place == "same"
        if fits or not unique:
            other |= {id(o) for o in group if o.relation == "refutes"}
    return [_loosened(o) if id(o) in other else o for o in outcomes]


def _loosened(outcome: Outcome) -> Outcome:
    return replace(outcome, relation="neutral", note="may be another of the kind", reason="ambiguous")


def _is_loose(candidate: Candidate) -> bool:
    return candidate.how in ("kind", "measure") or not (candidate.unique or candidate.joined)


def _independent(outcomes: list[Outcome]) -> list[Outcome]:
    """Where only the document's own author or signatories say it, nothing is decided."""
    if not any(o.row.own for o in outcomes):
        return outcomes
    for side in ("supports", "refutes"):
        deciding = [o for o in outcomes if o.relation == side]
        if deciding and all(o.row.own for o in deciding):
            outcomes = [_set_aside(o) if o.relation == side else o for o in outcomes]
    return outcomes


def _set_aside(outcome: Outcome) -> Outcome:
    note = "comes from the document's own signatories alone"
    return replace(outcome, relation="neutral", note=note, reason="own_source")


def _combined(claim: Claim, outcomes: list[Outcome], missing: str) -> Verdict:
    supports = [o for o in outcomes if o.relation == "supports"]
    refutes = [o for o in outcomes if o.relation == "refutes"]
    if supports and refutes:
        return _verdict(claim, "conflicting_evidence", _conflict_reason(claim, refutes), outcomes)
    if supports:
        return _verdict(claim, "supported", _support_reason(claim, supports), outcomes)
    if refutes:
        if _within_spread(claim, outcomes):
            return _verdict(claim, "conflicting_evidence", "sources_disagree", outcomes)
        return _verdict(claim, "refuted", _refute_reason(claim, refutes), outcomes)
    return _undecided(claim, outcomes, _silence(outcomes, missing))


def _support_reason(claim: Claim, supports: Sequence[Outcome]) -> str:
    if claim.kind == "event" or claim.interval is None:
        return "exact"
    if all(o.row.kind == "aggregate" for o in supports):
        return "aggregate"
    if all(o.fit in ("before", "after") for o in supports):
        return "as_of_bound"
    interval, quantity = claim.interval, claim.quantity
    if interval.low is not None and interval.low == interval.high:
        rounded = all(o.row.best is not None and o.row.best != interval.low for o in supports)
        return "within_precision" if rounded and claim.kind == "quantity" else "exact"
    stated_so = quantity is not None and quantity.comparator in ("gt", "ge", "lt", "le", "range")
    return "exact" if stated_so else "within_precision"


def _refute_reason(claim: Claim, refutes: Sequence[Outcome]) -> str:
    given = min((o.reason for o in refutes if o.reason.endswith("_mismatch")), default=None)
    return given or _side(claim, refutes) or "sources_disagree"


def _conflict_reason(claim: Claim, refutes: Sequence[Outcome]) -> str:
    return _side(claim, refutes) or "sources_disagree"


def _side(claim: Claim, refutes: Sequence[Outcome]) -> str | None:
    """`understated` where all refuting rows lie above the claim, `overstated` where all lie below."""
    interval = claim.interval
    if interval is None:
        return "date_mismatch" if claim.kind == "event" else None
    if all(interval.high is not None and _least(o) > interval.high for o in refutes):
        return "understated"
    if all(interval.low is not None and _most(o) < interval.low for o in refutes):
        return "overstated"
    return None


def _least(outcome: Outcome) -> Decimal:
    row = outcome.row
    return next((x for x in (row.low, row.best, row.high) if x is not None), Decimal(0))


def _most(outcome: Outcome) -> Decimal:
    row = outcome.row
    return next((x for x in (row.high, row.best, row.low) if x is not None), Decimal(0))


def _within_spread(claim: Claim, outcomes: Sequence[Outcome]) -> bool:
    """Whether the claim lies between the values of rows that speak of its time and differ: the sources
    disagree, and the claim is no further off than they are from each other. An earlier total widens the
    spread only upwards (it is a least value by then), a later one only downwards."""
    interval = claim.interval
    rows = [o for o in outcomes if o.row.kind == "figure" and has_number(o.row) and not o.row.own]
    now = [o for o in rows if o.fit in ("at", "unclear") and o.reason != "actor_mismatch"]
    refuting = [o for o in outcomes if o.relation == "refutes"]
    if interval is None or len(now) < 2 or any(o.row.kind != "figure" for o in refuting):
        return False
    if not _differ(now):  # "more than 100" and 133 are no disagreement
        return False
    low, high = min(map(_least, now)), max(map(_most, now))
    measures = {(o.row.package, o.row.measure) for o in now}
    rows = [o for o in rows if (o.row.package, o.row.measure) in measures]
    high = max([high, *(_least(o) for o in rows if o.fit == "before")])
    low = min([low, *(_most(o) for o in rows if o.fit == "after" and o.row.high is not None)])
    return low < high and interval.meets(Interval(low, high))


def _differ(outcomes: Sequence[Outcome]) -> bool:
    """Whether two of the rows exclude each other, the precision of their digits taken in."""
    says = [admitted(stated(o.row)) for o in outcomes]
    return any(one.below(other) for one in says for other in says)


def _silence(outcomes: Sequence[Outcome], missing: str) -> str:
    """The reason code of a claim that no row decides."""
    if not outcomes:
        return missing
    reasons = {o.reason or "undecided" for o in outcomes}
    for code in ("direction_mismatch", "own_source", "ambiguous", "undecided", "as_of_bound", "no_time"):
        if code in reasons:
            return code
    return "no_place" if "no_place" in reasons else min(reasons)


def _undecided(claim: Claim, outcomes: Sequence[Outcome], reason: str) -> Verdict:
    return _verdict(claim, "not_enough_evidence", reason, outcomes)


def _verdict(claim: Claim, verdict: VerdictName, reason: str, outcomes: Sequence[Outcome]) -> Verdict:
    shown = _shown(outcomes) if len(outcomes) > 1 else outcomes
    evidence = tuple(map(evidence_of, shown))
    said = {id(o): e.note for o, e in zip(shown, evidence, strict=True)}
    return Verdict(
        verdict=verdict,
        reason=reason,
        explanation=explain(claim, verdict, reason, shown, said),
        evidence=evidence,
        rule=f"judging.{claim.kind}",
        attribution=_attribution(claim, outcomes),
    )


def _attribution(claim: Claim, outcomes: Sequence[Outcome]) -> Attribution | None:
    """Whether the speaker's own row says what the text lets the speaker say; None where nobody is named."""
    if claim.speaker is None:
        return None
    own = {o.relation for o in outcomes if o.candidate.by_speaker}
    return "confirmed" if "supports" in own else "contradicted" if "refutes" in own else "unknown"


def _shown(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes that decide, those that support first, and the nearest of the others."""
    deciding = [o for o in outcomes if o.relation != "neutral"]
    neutral = sorted((o for o in outcomes if o.relation == "neutral"), key=_nearness)[:SHOWN_NEUTRAL]
    return [*sorted(deciding, key=lambda o: (o.relation == "refutes", o.row.key)), *neutral]


def _nearness(outcome: Outcome) -> tuple[int, str]:
    fits = ("at", "reached", "undated", "ending", "unclear", "before", "after", "unknown", "apart")
    return fits.index(outcome.fit), outcome.row.key
