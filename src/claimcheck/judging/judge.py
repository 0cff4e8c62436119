"""judge(claim, candidates, document) -> Verdict. Pure: rows are found and linked before.

Every candidate is weighed alone (`relations`), then beside the others; the relations are combined at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from claimcheck.judging.event_dates import date_relation
from claimcheck.judging.explaining import evidence_of, explain
from claimcheck.judging.relations import (
    Candidate,
    Outcome,
    admitted,
    in_unit,
    number_relation,
    numbers_of,
    share,
    spoken,
    stated,
    unit_named,
    windows,
)
from claimcheck.model import (
    Attribution,
    Claim,
    Document,
    Interval,
    Mention,
    Period,
    ReferenceRow,
    Relation,
    Verdict,
    VerdictName,
    plain,
    replace,
)
from claimcheck.selfcheck.findings import lists
from claimcheck.wording import stated_weekday

# ----------------------------------------------------------------------------------------------------
# Where a number that misses a row's refutes nothing: "several" (3 to 9) beside ten, a bare "33.5" beside
# millions, "shrank by 0.3 per cent" beside a growth of -0.3, what was known on the day after.


def softened(interval: Interval, claim: Claim, row: ReferenceRow) -> Relation:
    """The relation of a claim's number, in the row's unit, to a row; neutral where it misses the row by less
    than the words say."""
    relation, quantity = number_relation(interval, row), claim.quantity
    if relation != "refutes" or quantity is None:
        return relation
    falls = row.best is not None and row.best < 0 and replace(row, low=None, best=-row.best, high=None)
    if is_bare_beside(quantity, row.unit) or (falls and number_relation(interval, falls) == "supports"):
        return "neutral"
    if quantity.comparator != "vague":
        return relation
    play = share("vague_play")
    low = None if interval.low is None else interval.low * (1 - play)
    high = None if interval.high is None else interval.high / (1 - play)
    return "refutes" if number_relation(Interval(low, high), row) == "refutes" else "neutral"


def is_bare_beside(quantity: Mention, unit: str | None) -> bool:
    """Whether a number without unit or noun meets a row of so many millions: "33.5" may be so many."""
    named = None if unit is None or quantity.kind != "number" or quantity.noun else unit_named(unit)
    return quantity.unit is None and named is not None and named.many != 1


def of_an_incident(interval: Interval, candidate: Candidate, published: date | None) -> tuple[Relation, str]:
    """What an incident says against a number that misses its own: a claim that names it is held to its own,
    any other only that it was no less, for the table may lack what else happened there. A text that appeared
    in the days after it may state what was known by then."""
    row, says = candidate.row, admitted(stated(candidate.row))
    if not (candidate.named or row.complete or interval.below(says)):
        return "neutral", ""
    days = None if published is None or row.last is None or row.last.end is None else published - row.last.end
    if days is not None and days.days <= windows()["toll_settles"] and interval.below(says):
        return "neutral", f"the text appeared {days.days} days after it, and the toll may have risen since"
    return "refutes", ""


# ----------------------------------------------------------------------------------------------------
# Claims that need no table: a weekday beside its date, and how many items a list of the document has.

OWN_NUMBERING = "claims.list"
"""The rule of claims that a list makes by its own last number."""


def calendar_verdict(claim: Claim) -> Verdict:
    """Whether the weekday that the claim names is the weekday of its date (proleptic Gregorian)."""
    named, time = stated_weekday(claim), claim.time
    day = None if time is None or time.date_start != time.date_end else time.date_start
    if named is None or day is None:
        return _undecided(claim, [], "no_time")
    actual = f"{day:%A}"
    noted = f"{spoken(day)} was a {actual}" + ("." if actual == named else f", not a {named}.")
    row = ReferenceRow(
        package="", table="calendar", row_id=day.isoformat(), kind="event", name=actual,
        first=Period.day(day), last=Period.day(day),
    )  # fmt: skip
    return _by_itself(claim, row, actual == named, noted)


def count_verdict(claim: Claim, document: Document) -> Verdict:
    """A stated number of items against its list: for a list's own numbering the list that the claim is made
    of, else the list that follows the number, else the last list before it."""
    found = [check.items for check in lists(document)]
    if claim.rule == OWN_NUMBERING:
        found = [i for i in found if i[0].number_start < claim.end and claim.start < i[-1].end]
    following = [items for items in found if items[0].number_start >= claim.end]
    if claim.interval is None or not found:
        return _undecided(claim, [], "no_reference")
    items = following[0] if following else found[-1]
    many = Decimal(len(items))
    says = claim.quantity.text if claim.quantity is not None else str(claim.interval)
    noted = (
        f"{says} claimed; the list of the document has {plain(many)} items, numbered {items[0].number} to "
    )
    row = ReferenceRow(
        package="", table="document", row_id=f"list@{items[0].number_start}", kind="figure",
        name="the document's own list", low=many, best=many, high=many,
    )  # fmt: skip
    return _by_itself(claim, row, claim.interval.contains(many), f"{noted}{items[-1].number}.")


def _by_itself(claim: Claim, row: ReferenceRow, agrees: bool, noted: str) -> Verdict:
    """The verdict of what the calendar or the document itself says."""
    outcome = Outcome(Candidate(row=row), "supports" if agrees else "refutes")
    evidence = replace(evidence_of(outcome), note=noted, package=None)
    return Verdict(
        verdict="supported" if agrees else "refuted", reason="computed", explanation=noted,
        evidence=(evidence,), rule=f"judging.{claim.kind}",
    )  # fmt: skip


# ----------------------------------------------------------------------------------------------------
# Every candidate is weighed alone (`relations`), then the relations are combined: supports only is
# `supported`, refutes only `refuted`, both `conflicting_evidence`, neither `not_enough_evidence`. What the
# text does not assert is never decided, and what only the document's own signatories say decides nothing.
# The order of the candidates never matters.

_SHOWN = ("supports", "refutes", "neutral")
"""The order in which a verdict shows what rows say."""


def judge(claim: Claim, candidates: Sequence[Candidate], document: Document) -> Verdict:
    """The verdict on `claim` from the rows linked to it."""
    if not claim.asserted:
        outcomes = [replace(o, relation="neutral") for o in weigh(claim, candidates, document)]
        return _undecided(claim, outcomes, "not_asserted")
    if claim.kind == "calendar":
        return calendar_verdict(claim)
    if claim.kind == "count":
        return count_verdict(claim, document)
    if not candidates:
        return _undecided(claim, [], "no_measure")
    outcomes = _independent(weigh(claim, candidates, document))
    return _combined(in_unit(claim, [c.row.unit for c in candidates]), outcomes)


def weigh(claim: Claim, candidates: Sequence[Candidate], document: Document) -> list[Outcome]:
    """What each candidate says to the claim. Rows of several units (tonnes of one, kilograms of another)
    each meet the claim in their own."""
    return [_weigh_one(in_unit(claim, [c.row.unit]), c, document) for c in candidates]


def _weigh_one(claim: Claim, candidate: Candidate, document: Document) -> Outcome:
    """An event against a date; a figure or an incident against a number."""
    row, interval = candidate.row, claim.interval
    if row.kind in ("event", "gazetteer") or (claim.kind == "event" and row.kind == "incident"):
        if claim.kind != "event":
            return Outcome(candidate, "neutral", "is an event, not a number")
        relation = date_relation(claim, row)
        return Outcome(candidate, relation, reason="date_mismatch" if relation == "refutes" else "")
    if interval is None or claim.kind not in ("quantity", "rank"):
        return Outcome(candidate, "neutral", "the claim states no number")
    relation, note = softened(interval, claim, row), ""
    if row.kind == "incident" and relation == "refutes":
        relation, note = of_an_incident(interval, candidate, document.date)
    return Outcome(candidate, relation, note)


# --- all candidates together -------------------------------------------------------------------------


def _independent(outcomes: list[Outcome]) -> list[Outcome]:
    """Where only the document's own author or signatories say it, nothing is decided."""
    sides: list[Relation] = ["supports", "refutes"]
    alone = [side for side in sides if all(o.row.own for o in outcomes if o.relation == side)]
    note = "comes from the document's own signatories alone"
    return [
        replace(o, relation="neutral", note=note, reason="own_source") if o.relation in alone else o
        for o in outcomes
    ]


def _combined(claim: Claim, outcomes: list[Outcome]) -> Verdict:
    supports = [o for o in outcomes if o.relation == "supports"]
    refutes = [o for o in outcomes if o.relation == "refutes"]
    if not (supports or refutes):
        reasons = {o.reason or "undecided" for o in outcomes}
        return _undecided(claim, outcomes, next(r for r in ("own_source", "undecided") if r in reasons))
    if not refutes:
        return _verdict(claim, "supported", _support_reason(claim, supports), outcomes)
    if not supports and _within_spread(claim, outcomes):
        return _verdict(claim, "conflicting_evidence", "sources_disagree", outcomes)
    return _verdict(claim, "conflicting_evidence" if supports else "refuted", _side(claim, refutes), outcomes)


def _support_reason(claim: Claim, supports: Sequence[Outcome]) -> str:
    if claim.kind == "event" or claim.interval is None:
        return "exact"
    interval, quantity = claim.interval, claim.quantity
    if interval.low is not None and interval.low == interval.high:
        rounded = all(o.row.best is not None and o.row.best != interval.low for o in supports)
        return "within_precision" if rounded and claim.kind == "quantity" else "exact"
    stated_so = quantity is not None and quantity.comparator in ("gt", "ge", "lt", "le", "range")
    return "exact" if stated_so else "within_precision"


def _side(claim: Claim, refutes: Sequence[Outcome]) -> str:
    """`understated` where all refuting rows lie above the claim, `overstated` where all lie below."""
    interval = claim.interval
    if interval is None:
        return "date_mismatch" if claim.kind == "event" else "sources_disagree"
    numbers = [number for o in refutes for number in numbers_of(o.row)]
    if interval.high is not None and min(numbers) > interval.high:
        return "understated"
    below = interval.low is not None and max(numbers) < interval.low
    return "overstated" if below else "sources_disagree"


def _within_spread(claim: Claim, outcomes: Sequence[Outcome]) -> bool:
    """Whether the claim lies between the values of rows that speak of its time and differ: the sources
    disagree, and the claim is no further off than they are from each other."""
    interval = claim.interval
    rows = [o for o in outcomes if o.row.kind == "figure" and numbers_of(o.row) and not o.row.own]
    refuting = [o for o in outcomes if o.relation == "refutes"]
    if interval is None or any(o.row.kind != "figure" for o in refuting) or not _differ(rows):
        return False  # "more than 100" and 133 are no disagreement
    numbers = [number for o in rows for number in numbers_of(o.row)]
    return interval.meets(Interval(min(numbers), max(numbers)))


def _differ(outcomes: Sequence[Outcome]) -> bool:
    """Whether two of the rows exclude each other, the precision of their digits taken in."""
    says = [admitted(stated(o.row)) for o in outcomes]
    return any(one.below(other) for one in says for other in says)


def _undecided(claim: Claim, outcomes: Sequence[Outcome], reason: str) -> Verdict:
    return _verdict(claim, "not_enough_evidence", reason, outcomes)


def _verdict(claim: Claim, verdict: VerdictName, reason: str, outcomes: Sequence[Outcome]) -> Verdict:
    shown = sorted(outcomes, key=lambda o: (_SHOWN.index(o.relation), o.row.key, o.row.measure or ""))
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

