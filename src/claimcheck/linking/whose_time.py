"""Whether the time of a claim is that of something else in its sentence: of the first of two values ("from 40
per cent in 2004 to 6 per cent"), of a beginning ("since the war began in 2011"), or one of several years.

Such a time links to no row: what is left of the claim is undecided.
"""

from __future__ import annotations

import re

from claimcheck.model import Claim

_TO = re.compile(r"\s*,?\s*to\s+(?:[a-z]{1,12}\s+){0,3}")
_SINCE = re.compile(r"\b(?:since|until|till|before|after)\s+(?:[\w’'-]{1,20}\s+){2,8}$")
_ANOTHER_BEHIND = re.compile(r"\s*(?:,|and|or|&|,\s*and)\s*(?:in\s+)?(?:19|20)\d\d\b(?![,.]?\d)")
_ANOTHER_BEFORE = re.compile(r"\b(?:19|20)\d\d\s*(?:,|and|or|&|,\s*and)\s*(?:in\s+)?$")


def is_of_another(claim: Claim, text: str) -> bool:
    """Whether the time that the claim was given is not when its number holds."""
    time, quantity = claim.time, claim.quantity
    if time is None or quantity is None or time.start is None or time.end is None:
        return False
    if time.basis not in ("clause", "sentence"):
        return False
    if time.end <= quantity.start and _TO.fullmatch(text, time.end, quantity.wide.start):
        return True
    if time.relation in ("in", "on") and _SINCE.search(
        text, max(claim.context.start, time.start - 80), time.start
    ):
        return True
    return time.relation == "in" and _is_one_of_several(text, time.start, time.end)


def _is_one_of_several(text: str, start: int, end: int) -> bool:
    """Whether another year is joined to a year: a number of both is the number of neither."""
    year = text[start:end].strip()
    if not (year.isdigit() and len(year) == 4):
        return False
    behind, before = _ANOTHER_BEHIND.match(text, end), _ANOTHER_BEFORE.search(text, max(0, start - 16), start)
    return behind is not None or before is not None
