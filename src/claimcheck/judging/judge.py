"""judge(claim, candidates, document) -> Verdict. Pure: rows are found and linked before.

Every candidate is weighed alone (`relations`), then beside the others; the relations are combined at the end.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import takewhile

from claimcheck import lexicon
from claimcheck.judging.event_dates import date_relation, without_a_day
from claimcheck.judging.explaining import evidence_of, explain
from claimcheck.judging.relations import (
    Candidate,
    Fit,
    Outcome,
    admitted,
    aggregate_relation,
    at_its_end,
    has_number,
    in_unit,
    is_dated,
    number_relation,
    own_period,
    phase_words,
    spoken,
    stated,
    time_fit,
    unit_named,
    windows,
)
from claimcheck.model import (
    WIDE,
    Attribution,
    Claim,
    Comparator,
    Document,
    Evidence,
    Interval,
    Mention,
    ReferenceRow,
    Relation,
    Verdict,
    VerdictName,
    plain,
)
from claimcheck.selfcheck.findings import lists
from claimcheck.wording import is_reached, stated_weekday

# ----------------------------------------------------------------------------------------------------
# How firm the ends of a number are: "several" (3 to 9) is not refuted by ten, "less than 81.9" is not borne
# out by a row that says 81.9, and "6.0" is no rounding of 5.9.


_DIGITS = 3  # before the point of a number whose zeros behind it mean something


def softened(claim: Claim, relation: Relation, row: ReferenceRow, fit: Fit = "at") -> Relation:
    """The relation of a number to a row, corrected at its ends: neutral where a vague word would be refuted
    by little ("several" by ten), or where the row says the very bound that the text excludes ("less than
    81.9" by 81.9); refuted where the digits that the text writes out are not the row's ("6.0" by 5.9)."""
    quantity = claim.quantity
    if quantity is None:
        return relation
    if relation == "supports" and fit == "at" and _is_missed_by_a_digit(quantity, row):
        return "refutes"
    if relation == "refutes" and is_bare_beside(quantity, row.unit):
        return "neutral"
    if relation != "refutes" or quantity.comparator != "vague":
        return relation
    play = vague_play()
    low = None if quantity.low is None else quantity.low * (1 - play)
    high = None if quantity.high is None else quantity.high / (1 - play)
    return "refutes" if number_relation(Interval(low, high), row, fit) == "refutes" else "neutral"


def is_bare_beside(quantity: Mention, unit: str | None) -> bool:
    """Whether a number without unit or noun meets a row of so many millions: "33.5" may be so many."""
    named = None if unit is None or quantity.kind != "number" or quantity.noun else unit_named(unit)
    return quantity.unit is None and named is not None and named.many != 1


def _is_missed_by_a_digit(quantity: Mention, row: ReferenceRow) -> bool:
    """Whether a number written with a zero behind its point is no rounding of the row's: "6.0" is not 5.9."""
    written = "".join(takewhile(lambda c: c.isdecimal() or c == ".", quantity.text))
    whole, _, zeros = written.partition(".")
    if zeros not in ("0", "00") or not 1 <= len(whole) <= _DIGITS:
        return False
    if row.best is None or row.low is not None or row.high is not None:
        return False
    if quantity.low != quantity.high or quantity.value != Decimal(written):
        return False
    unit = Decimal(1).scaleb(-len(zeros))
    return row.best.quantize(unit, ROUND_HALF_UP, WIDE) != quantity.value


@cache
def vague_play() -> Decimal:
    """How far a vague word may miss before a row refutes it, as a share of its least value."""
    return next(Decimal(row["share"]) for row in lexicon.load("judging") if row.id == "vague_play")


# ----------------------------------------------------------------------------------------------------
# The sign of a change: "the economy shrank by 0.3 per cent" is a growth of -0.3 per cent.
#
# A table of growth says -0.3 where a text says that the economy shrank by 0.3 percent. Against a measure
# that is itself a change, the number of a fall is turned: "shrank by more than 3 percent" is growth of less
# than -3. A fall of the change itself ("growth fell by 0.3 points") is another thing, and is held against
# no growth.

_LEAST = Decimal("0.0001")
_TURNED: dict[Comparator, Comparator] = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}


def is_a_fall(claim: Claim, document: Document) -> bool:
    """Whether the claim's number says by how much something fell: "shrank by 3 percent", not "fell to 3
    percent"."""
    quantity = claim.quantity
    if quantity is None or claim.predicate not in phase_words("falls") or claim.role == "subject":
        return False
    return not is_reached(document, claim.context, quantity)


def can_be_turned(claim: Claim, row: ReferenceRow) -> bool:
    """Whether a fall is a negative value of the row's measure: a percentage of what the row measures the
    change of in percent, and no fall of that change itself ("growth fell by 0.3 points")."""
    quantity = claim.quantity
    if quantity is None or quantity.kind != "percent" or "point" in quantity.text:
        return False
    if _has_change(claim.measure) or claim.role not in ("object", "other"):
        return False
    return row.kind == "figure" and _has_change(row.measure)


def turned(claim: Claim, rows: Iterable[ReferenceRow], document: Document) -> Claim:
    """The claim with the number of its fall made negative where each row measures a change, else itself."""
    met = list(rows)
    quantity = claim.quantity
    if quantity is None or not met or not is_a_fall(claim, document):
        return claim
    by_nothing = quantity.high is not None and quantity.high < _LEAST  # "shrank by 0 percent"
    if by_nothing or not all(can_be_turned(claim, row) for row in met):
        return claim
    least = _LEAST if quantity.low is None or quantity.low <= 0 else quantity.low  # it fell, if by little
    low, high = (None if quantity.high is None else -quantity.high), -least
    value = None if quantity.value is None else -quantity.value
    comparator = _TURNED.get(quantity.comparator, quantity.comparator)
    return replace(claim, quantity=replace(quantity, low=low, high=high, value=value, comparator=comparator))


def _has_change(measure: str | None) -> bool:
    words = set("".join(c if c.isalpha() else " " for c in (measure or "").lower()).split())
    return not words.isdisjoint(phase_words("growths"))


# ----------------------------------------------------------------------------------------------------
# What one incident of a table says to a claim that may tell of it. An incomplete table may lack others.


def of_an_incident(interval: Interval, candidate: Candidate, published: date | None) -> tuple[Relation, str]:
    """What an incident says against a number: a claim that names it is told its number, any other only that
    it was no less, for the table may lack what else happened there. A text that appeared in the days after it
    may state what was known by then."""
    row = candidate.row
    relation: Relation = "refutes" if candidate.named else aggregate_relation(interval, row)
    last = None if row.last is None or not _counts_victims(row) else row.last.end
    if relation == "refutes" and published is not None and last is not None:
        days = (published - last).days
        if days <= windows()["toll_settles"] and interval.below(admitted(stated(row))):
            return "neutral", f"the text appeared {days} days after it, and the toll may have risen since"
    return relation, ""


def _counts_victims(row: ReferenceRow) -> bool:
    """Whether a row counts people, whose toll may rise in the days after: nobody finds further medals."""
    return row.unit is None or not lexicon.entries("counted_nouns", "id", "words", "people").isdisjoint(
        {row.unit.lower(), row.unit.lower().removesuffix("s")}
    )


# ----------------------------------------------------------------------------------------------------
# Claims that need no table: a weekday beside its date, and how many items a list of the document has.

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
        table="calendar", row_id=day.isoformat(), source_id=None,
        relation="supports" if agrees else "refutes", date_start=day, date_end=day, note=explanation,
        name=actual,
    )  # fmt: skip
    return Verdict(
        verdict="supported" if agrees else "refuted", reason="computed", explanation=explanation,
        evidence=(evidence,), rule="judging.calendar",
    )  # fmt: skip


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
        table="document", row_id=f"list@{items[0].number_start}", source_id=None,
        relation="supports" if fits else "refutes", low=Decimal(len(items)), best=Decimal(len(items)),
        high=Decimal(len(items)), note=explanation, name="the document's own list",
    )  # fmt: skip
    return Verdict(
        verdict="supported" if fits else "refuted", reason="computed", explanation=explanation,
        evidence=(evidence,), rule="judging.count",
    )  # fmt: skip


# ----------------------------------------------------------------------------------------------------
# Every candidate is weighed alone (`relations`), then the relations are combined: supports only is
# `supported`, refutes only `refuted`, both `conflicting_evidence`, neither `not_enough_evidence`. What the
# text does not assert is never decided, and what only the document's own signatories say decides nothing.
# The order of the candidates never matters.

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
    return _combined(claim, _independent(weigh(claim, candidates, document)), missing)


def weigh(claim: Claim, candidates: Sequence[Candidate], document: Document) -> list[Outcome]:
    """What each candidate says to the claim, in the order of their keys. Rows of several units (tonnes of one
    table, kilograms of another) each meet the claim in their own."""
    several = len({c.row.unit for c in candidates if c.row.unit is not None}) > 1
    ordered = sorted(candidates, key=_rank) if len(candidates) > 1 else candidates
    pairs = [(in_unit(claim, [c.row.unit]) if several else claim, c) for c in ordered]
    return [_weigh_one(own, candidate, document) for own, candidate in pairs]


def _rank(candidate: Candidate) -> tuple[str, str, str, str]:
    row = candidate.row
    return row.key, row.measure or "", row.sql or "", candidate.how


def _weigh_one(claim: Claim, candidate: Candidate, document: Document) -> Outcome:
    if candidate.how == "about":
        return _about_outcome(claim, candidate)
    kind = candidate.row.kind
    is_its_day = claim.kind == "event" and kind == "incident" and candidate.how == "name"
    if kind in ("event", "gazetteer") or is_its_day:
        return _event_outcome(claim, candidate, document)
    return _figure_outcome(claim, candidate, document)


# --- one candidate -----------------------------------------------------------------------------------


def _figure_outcome(claim: Claim, candidate: Candidate, document: Document) -> Outcome:
    """A figure or an incident against a number."""
    row, interval = candidate.row, claim.interval
    if interval is None or claim.kind not in ("quantity", "rank"):
        return Outcome(candidate, "neutral", "the claim states no number", "unknown")
    fit, note = time_fit(claim, row, document.date)
    if candidate.named and fit not in ("before", "after"):  # a running total bounds those of other days
        fit, note = "at", ""
    relation = softened(claim, number_relation(interval, row, fit), row, fit)
    if row.kind == "incident" and relation == "refutes":
        relation, note = of_an_incident(interval, candidate, document.date)
    reason = "no_time" if fit in ("unknown", "apart") else "as_of_bound" if fit in ("before", "after") else ""
    return Outcome(candidate, relation, note, fit, reason)


def _event_outcome(claim: Claim, candidate: Candidate, document: Document) -> Outcome:
    """A happening against a rank or a date."""
    row, named = candidate.row, candidate.how in ("name", "number")
    if claim.kind == "rank" and claim.interval is not None:
        if row.number is None or not named:
            return Outcome(candidate, "neutral", "carries no number in a series", "unknown")
        if is_dated(claim) and date_relation(claim, row) == "refutes":
            return Outcome(candidate, "neutral", "is of another date", "apart", "no_time")
        fits = claim.interval.contains(Decimal(row.number))
        return Outcome(candidate, "supports" if fits else "refutes", f"is number {row.number}", "at", "rank")
    if claim.kind != "event":
        return Outcome(candidate, "neutral", "is an event, not a number", "unknown")
    if claim.time is not None and claim.time.anchor and claim.time.anchor in (row.name, *row.names):
        return Outcome(candidate, "neutral", "the claim takes its date from it", "unknown", "no_time")
    relation = date_relation(claim, row)
    if relation == "refutes" and (why := without_a_day(claim, row, document.date)):
        return Outcome(candidate, "neutral", why, "unknown", "no_time")
    reason = "date_mismatch" if relation == "refutes" else ""
    return Outcome(candidate, relation, "", "at" if own_period(claim) else "unknown", reason)


def _about_outcome(claim: Claim, candidate: Candidate) -> Outcome:
    """The row that the document says it is about: its date and its numbers, nothing else asked."""
    row, interval = candidate.row, claim.interval
    dated = date_relation(claim, row) if is_dated(claim) else "neutral"
    if dated == "refutes":
        return Outcome(candidate, "refutes", "", "at", "date_mismatch")
    if claim.kind == "event":
        return Outcome(candidate, dated, "", "at")
    if interval is None or not has_number(row):
        return Outcome(candidate, "neutral", "states no number for it", "unknown")
    return Outcome(candidate, softened(claim, number_relation(interval, row), row), "", "at")


# --- all candidates together -------------------------------------------------------------------------


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
    now = [o for o in rows if o.fit in ("at", "unclear")]
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
    for code in ("own_source", "undecided", "as_of_bound", "no_time"):
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
        verdict=verdict, reason=reason, explanation=explain(claim, verdict, reason, shown, said),
        evidence=evidence, rule=f"judging.{claim.kind}", attribution=_attribution(claim, outcomes),
    )  # fmt: skip


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
