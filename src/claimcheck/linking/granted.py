"""What a clause that asserts nothing takes for granted: "build on the Tarn congress of 30 January"."""

from __future__ import annotations

from datetime import date

from claimcheck.judging.relations import own_period
from claimcheck.linking.words import nouns, stem, words_of
from claimcheck.model import Claim

_OF_A_PLAN = frozenset({"assertion.plan.for_day", "assertion.plan.scheduled"})


def is_taken_for_granted(claim: Claim, published: date | None, named: str) -> bool:
    """Whether a clause that asserts nothing takes the date of what it names for granted: not where it denies,
    calls off or plans the happening itself, and not where the day had yet to come when the text was
    `published`."""
    period = own_period(claim)
    first = None if period is None else period.start
    if claim.hedge == "negation" or first is None or _is_planned(claim):
        return False
    if claim.hedge == "plan" and claim.predicate is not None and stem(claim.predicate) in nouns("foreseen"):
        return False  # "Geneva VIII, scheduled for 28 November, was put off"
    undone = claim.predicate is not None and stem(claim.predicate) in nouns("unhappens")
    if undone and claim.subject is not None and named in claim.subject.text:
        return False
    return published is None or first <= published


def _is_planned(claim: Claim) -> bool:
    """Whether a date is only that of a plan: "the round, scheduled for 3 May"."""
    return claim.rule in _OF_A_PLAN or (
        claim.hedge == "plan" and claim.text.split(" ", 1)[0].lower() in words_of("planned")
    )
