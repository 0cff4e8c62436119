"""Whether the time of a claim is that of something else in its sentence: of the first of two values ("from 40
per cent in 2004 to 6 per cent") or of a beginning ("since the war began in 2011").

Such a time links to no row: what is left of the claim is undecided.
"""

from __future__ import annotations

import re
from functools import cache

from claimcheck.judging.relations import is_dated
from claimcheck.lexicon import pattern
from claimcheck.linking.words import any_of
from claimcheck.model import Claim, Mention, ReferenceRow

_REPORT_WITHIN = 200
_TO = pattern("whose_time", "to")
_SINCE = pattern("whose_time", "since")
_WHEN = pattern("whose_time", "when")
_WITHIN = pattern("whose_time", "within")
_THEN = pattern("whose_time", "then")
COMPARED = pattern("whose_time", "compared")
_ANY_NUMBER = pattern("whose_time", "any number")
_TO_ANOTHER = pattern("whose_time", "to another")


def is_of_another(claim: Claim, text: str) -> bool:
    """Whether the time that the claim was given is not when its number holds."""
    time, quantity = claim.time, claim.quantity
    if quantity is not None and _is_of_before(claim, quantity, text):
        return True
    if quantity is not None and (time is None or time.basis not in ("clause", "sentence")):
        return _is_of_old(claim, text, quantity.start)
    if time is None or quantity is None or time.start is None or time.end is None:
        return False
    if time.basis not in ("clause", "sentence"):
        return False
    if time.basis == "sentence" and _WHEN.search(text, max(claim.context.start, time.end), quantity.start):
        return True  # "on 6 February … the deadliest since 1939, when 33,000 died"
    if time.end <= quantity.start and _TO.fullmatch(text, time.end, quantity.wide_start):
        return True
    if time.relation in ("in", "on") and _SINCE.search(
        text, max(claim.context.start, time.start - 80), time.start
    ):
        return True
    # "in 2000 … went from 20 to 55 per cent in only three years"
    return time.end <= quantity.start and _WITHIN.match(text, quantity.end) is not None


def is_of_one_report(claim: Claim, text: str, row: ReferenceRow) -> bool:
    """Whether a number without a time is what a report of every month counts, where a row counts from a
    beginning on: "the monthly report came out; it documented 1,400 deaths"."""
    if claim.quantity is None or row.measure_type != "cumulative" or is_dated(claim):
        return False
    start = max(0, claim.context.start - _REPORT_WITHIN)
    return _every_period().search(text, start, claim.quantity.start) is not None


@cache
def _every_period() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('of every period')})\b", re.IGNORECASE)


def _is_of_before(claim: Claim, quantity: Mention, text: str) -> bool:
    """Whether a number is what another one is compared with ("2.2 percent in 2024, against 5.9 percent")
    and has no time of its own behind it ("against 5.9 percent in 2023")."""
    lead = COMPARED.search(text, max(claim.context.start, quantity.wide_start - 40), quantity.wide_start)
    counts = quantity.kind == "number" and quantity.noun is not None
    if lead is not None and quantity.comparator == "range":
        return False  # "ranges from 9 to 24"
    if lead is None or (counts and lead[1].lower() in ("from", "after")):
        return False
    if not (
        _ANY_NUMBER.search(text, claim.context.start, lead.start()) or _TO_ANOTHER.match(text, quantity.end)
    ):
        return False
    time = claim.time
    if time is None or time.start is None or time.start < quantity.end:
        return True
    return _ANY_NUMBER.search(text, quantity.end, time.start) is not None


def _is_of_old(claim: Claim, text: str, at: int) -> bool:
    """Whether a claim without a time of its own tells of the year that its sentence named before ("since
    1988, when 200,000 marched and 21 died"), or of "then"."""
    return _WHEN.search(text, claim.context.start, at) is not None or _THEN.search(claim.text) is not None
