"""Whether a number is of what was to be, and not of what was: "the target of 300", "the goal was 87 per
cent", "its 2 per cent ceiling"."""

from __future__ import annotations

import re
from functools import cache

from claimcheck.linking.cues import cue
from claimcheck.linking.narrowing_words import any_phrase, phrases_of, stems_of
from claimcheck.linking.words import head_words, stem
from claimcheck.model import Claim

GOAL_CUE = cue("goal", lambda: phrases_of("goal"))
_BEFORE = 60


def is_a_goal(claim: Claim, text: str, words: frozenset[str]) -> bool:
    """Whether a claim's number is said to be a target, a limit or a forecast. `words`: the stems of what the
    row measures (that may be a target itself), and of the vocabulary that linked the two."""
    quantity = claim.quantity
    if quantity is None or words & stems_of("goal"):
        return False
    if _goal_behind().match(text, quantity.end):
        return True
    if _goal_before().search(
        text, max(claim.context.start, quantity.wide_start - _BEFORE), quantity.wide_start
    ):
        return True
    if claim.subject is None or claim.role == "subject" or claim.predicate not in phrases_of("says a goal"):
        return False
    head = head_words(claim.subject.text)
    return bool(head) and stem(head[-1]) in stems_of("goal")


@cache
def _goal_behind() -> re.Pattern[str]:
    return re.compile(rf"\s(?:[\w-]+\s){{0,2}}?{any_phrase('goal').pattern}")


@cache
def _goal_before() -> re.Pattern[str]:
    small = r"(?:of|at|was|is|were|stood|set|for|to|about|some|around|in|\d{4}|[A-Z]\w+)"
    return re.compile(rf"{any_phrase('goal').pattern},?\s+(?:{small}\s+){{0,4}}\Z")
