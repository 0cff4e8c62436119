"""Whether the date beside a name is that of what is named: taken for granted by what asserts nothing ("build
on the Tarn congress of 30 January"), or that of something about it, of another day, of one among several.
"""

from __future__ import annotations

from datetime import date

from claimcheck.judging.relations import own_period
from claimcheck.matching.accounting import stem_set, word_set
from claimcheck.model import Claim, Document
from claimcheck.propositions.stems import stem
from claimcheck.wording.around import words_between
from claimcheck.wording.clauses import first_word, words_behind
from claimcheck.wording.sentences import is_in_quotation

_OF_A_TALE = "assertion.possibility.fiction"
_OF_A_PLAN = frozenset({"assertion.plan.for_day", "assertion.plan.scheduled"})


def is_taken_for_granted(claim: Claim, published: date | None, named: str) -> bool:
    """Whether a clause that asserts nothing takes the date of what it names for granted: not where it denies,
    calls off or plans the happening itself, and not where the day had yet to come when the text was
    `published`."""
    period = own_period(claim)
    first = None if period is None else period.start
    if claim.hedge == "negation" or first is None or _is_planned(claim) or claim.rule == _OF_A_TALE:
        return False
    if claim.hedge == "plan" and claim.predicate is not None and stem(claim.predicate) in stem_set("planned"):
        return False  # "Geneva VIII, scheduled for 28 November, was put off"
    undone = claim.predicate is not None and stem(claim.predicate) in stem_set("unhappening")
    if undone and claim.subject is not None and named in claim.subject.text:
        return False
    return published is None or first <= published


def _is_planned(claim: Claim) -> bool:
    """Whether a date is only that of a plan: "the round, scheduled for 3 May"."""
    return claim.rule in _OF_A_PLAN or (claim.hedge == "plan" and first_word(claim) in word_set("planned"))


def is_singled_out(claim: Claim, kinds: frozenset[str]) -> bool:
    """Whether the clause says more of a happening than that it was one of its kind: "*the deadliest* strike".
    `kinds`: the stems that say of which kind it is."""
    return any(
        stem(word.strip(_MARKS)) in kinds
        for phrase in word_set("extremes")
        for word in words_behind(claim, phrase)[:_WITHIN]
    )


_MARKS = ".,;:()"
_WITHIN = 4  # words behind "the deadliest" in which the kind is named


def is_spoken(claim: Claim, document: Document) -> bool:
    """Whether only the day of somebody who is quoted fixes the claim's time: "by approving it *today*," he
    said. The quotation may be of another day than the text that holds it."""
    time = claim.time
    if time is None or time.start is None or time.end is None:
        return False
    said = f" {' '.join(words_between(document, time.start, time.end))} "
    if not any(f" {phrase} " in said for phrase in word_set("days of speakers")):
        return False
    return is_in_quotation(document, time.start)
