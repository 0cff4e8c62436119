"""The claims beside a comparison: what its verdict means for the numbers and dates of the same clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from claimcheck.comparisons.reading import CHANGE, IMPLIED, MAY_BE_A_ROW
from claimcheck.matching.operands import Side
from claimcheck.model import CheckedDocument, Claim, Relation, Span, Verdict
from claimcheck.wording.around import is_parted_by_comma

_DECIDED = frozenset({"supported", "refuted", "conflicting_evidence"})


def with_comparison(
    document: CheckedDocument,
    claim: Claim,
    verdict: Verdict,
    sides: Sequence[Side],
) -> CheckedDocument:
    """The document with a comparison's verdict. No number and no date of the clause that compares is
    supported alone, by half of what is said; a number that its operand's sentence links is judged by that.
    Where a row holds the number of a change itself, there is nothing to compute."""
    verdicts = dict(document.verdicts)
    comparison = claim.comparison
    assert comparison is not None
    if claim.rule in MAY_BE_A_ROW and claim.quantity is not None:
        own = [c for c in document.reading.claims if c.quantity and c.quantity.span == claim.quantity.span]
        if claim.rule == IMPLIED and verdict.reason in ("no_reference", "not_asserted", "ambiguous"):
            return replace(
                document, verdicts=verdicts | {c.claim_id: _of_all(verdicts[c.claim_id]) for c in own}
            )
        decided = any(_is_of_a_row(claim, verdict, verdicts[c.claim_id], sides) for c in own)
        if claim.rule != IMPLIED and (decided or (own and verdict.reason == "no_reference")):
            return document
        gone = {c.claim_id for c in own}
        kept = tuple(c for c in document.reading.claims if c.claim_id not in gone)
        document = replace(document, reading=replace(document.reading, claims=kept))
        verdicts = {key: v for key, v in verdicts.items() if key not in gone}
    # "fell from 62 in 2019 to 35 in 2020", where 53 is right: the 62 are told of their own year
    other_is_wrong = claim.rule == CHANGE and any(
        said.verdict == "refuted" for s in sides if (said := s.said) is not None
    )
    told = {s.operand.number: s.said for s in sides if s.operand.number is not None and s.said is not None}
    for other in document.reading.claims:
        old = verdicts.get(other.claim_id)
        if old is None or other.kind in ("calendar", "count", "comparison"):
            continue
        at = None if other.quantity is None else other.quantity.span
        said = told.get(at) if at is not None else None
        if said is not None and other.asserted and _is_better(said, old, verdict):
            old = verdicts[other.claim_id] = said
        if old.verdict == "supported" and not other_is_wrong and _is_half(document, claim, verdict, other):
            verdicts[other.claim_id] = _half(old, claim, verdict)
    verdicts[claim.claim_id] = verdict
    reading = replace(document.reading, claims=_in_order([*document.reading.claims, _linked(claim, sides)]))
    return replace(document, reading=reading, verdicts=verdicts)


def _is_of_a_row(claim: Claim, verdict: Verdict, own: Verdict, sides: Sequence[Side]) -> bool:
    """Whether a row holds the number of a change itself. That a row of an operand refutes it, as if "fell by
    5 points" said that 5 were left, says nothing of a difference, nor where the comparison is decided."""
    if own.verdict != "refuted":
        return own.verdict != "not_enough_evidence"
    compared = {(e.table, e.row_id, e.measure) for s in sides for e in s.rows}
    against = {(e.table, e.row_id, e.measure) for e in own.evidence if e.relation == "refutes"}
    relation = claim.comparison.relation if claim.comparison is not None else None
    is_level = against <= compared and (relation in ("difference", "ratio") or verdict.verdict in _DECIDED)
    return not is_level


def _of_all(verdict: Verdict) -> Verdict:
    """The verdict on a number that may be told of all that its clause names: a row of one refutes it not."""
    if verdict.verdict not in ("refuted", "conflicting_evidence"):
        return verdict
    return replace(
        verdict,
        verdict="not_enough_evidence",
        reason="ambiguous",
        explanation=f"The number may be that of all together: {verdict.explanation}",
        evidence=tuple(replace(e, relation="neutral") for e in verdict.evidence),
        stage="",  # type: ignore[arg-type]  # the verdict fills it
    )


def _in_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=lambda c: (c.context.start, c.start, c.kind != "event")))


def _linked(claim: Claim, sides: Sequence[Side]) -> Claim:
    own = next((s.claim for s in sides if s.claim is not None), None)
    operands = tuple(
        replace(s.operand, claim=s.claim, rows=tuple(f"{e.table}:{e.row_id}" for e in s.rows)) for s in sides
    )
    comparison = claim.comparison
    if comparison is not None and operands:
        claim = replace(claim, comparison=replace(comparison, operands=operands))
    return claim if own is None else replace(claim, measure=own.measure, place=own.place)


def _is_better(said: Verdict, old: Verdict, verdict: Verdict) -> bool:
    """Whether what the rows say to a number in its operand's sentence goes before what they say to it in the
    longer sentence: there it was open, or taken for another."""
    if old.verdict == "not_enough_evidence":
        return said.verdict == "refuted" or verdict.verdict == "supported"
    return old.verdict == "refuted" and said.verdict == "supported"


def _is_half(document: CheckedDocument, claim: Claim, verdict: Verdict, other: Claim) -> bool:
    """Whether another claim of the clause says but half of what a comparison says that is not supported. A
    number beside the amount of a change ("rose by 3 per cent to 412,000") says a whole, and so does one
    that a comma parts from a superlative ("was 82 per cent, the highest since 1990")."""
    comparison = claim.comparison
    if verdict.verdict == "supported" or comparison is None or not _is_in(other, comparison.scope):
        return False
    if claim.rule in (CHANGE, "comparisons.ellipsis"):
        return claim.quantity is None and verdict.verdict == "refuted"
    if comparison.relation == "share":  # "half of *the 774 who died*" is one statement
        return verdict.verdict == "refuted" and _is_in(other, Span(claim.start, claim.end))
    if comparison.relation == "sum":
        return False
    if claim.rule in (
        "comparisons.rate",
        "comparisons.per",
    ):  # "has 9,800 guards, one for every five prisoners"
        return other.quantity is None
    if claim.rule == "comparisons.rank":  # "came second *with 55 seats*" says a whole
        return other.quantity is None and verdict.verdict == "refuted"
    behind = other.quantity is not None and claim.start > other.quantity.end
    if verdict.verdict == "not_enough_evidence" and behind and _is_parted(document, other, claim):
        return False  # "killed 12 people, *fewer than in Tarn*"
    if comparison.relation in ("extreme", "rank") and other.quantity is not None:
        if other.quantity.start >= claim.start:  # "became the biggest group *with 49 seats*"
            return False
        return not _is_parted(document, other, claim)
    return True


def _is_parted(document: CheckedDocument, number: Claim, claim: Claim) -> bool:
    """Whether a comma stands between a number and what is compared with it."""
    if number.quantity is None:
        return False
    _, *between, _ = sorted([number.quantity.end, claim.start, number.quantity.start, claim.end])
    return is_parted_by_comma(document.document, *between)


def _is_in(claim: Claim, scope: Span) -> bool:
    own = claim.quantity or claim.time
    if own is None or own.start is None or own.end is None:
        return scope.start <= claim.start and claim.end <= scope.end
    return scope.start <= own.start and own.end <= scope.end


def _half(old: Verdict, claim: Claim, verdict: Verdict) -> Verdict:
    state = "refuted" if verdict.verdict == "refuted" else "not decided"
    relation: Relation = "neutral"
    return Verdict(
        verdict="not_enough_evidence",
        reason="part_of_comparison",
        explanation=f"This fits; what is said with it is {state}: “{claim.text}”. {old.explanation}",
        evidence=tuple(replace(e, relation=relation) for e in old.evidence),
        rule="judging.comparison",
        stage="unexplained",
        unexplained=(claim.text,),
    )
