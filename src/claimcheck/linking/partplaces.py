"""Places that are those of another number behind a claim's own: of some of those whom it counts ("900 were
killed, 124 of them in Tarn"), or of others whom the same befell ("…, and 124 died in Tarn").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimcheck.linking.places import WORD, Named
from claimcheck.linking.words import nouns, stem
from claimcheck.model import Claim, Mention

_IN = re.compile(
    r"\s+(?:of\s+(?:them|these|those|whom|which)\s+(?:(?!and\b|or\b)[a-z]+\s+){0,2})?"
    r"(?:in|at|from)\s+(?:the\s+(?:[a-z]+\s+of\s+)?)?"
)
_OF_THEM = re.compile(r"\s+of\s+(?:them|these|those|whom|which)\b")
_IS_OF_ANOTHER = re.compile(r"\b(?:of|to|from|between|than)\s+(?:(?:the|all|about|some|these)\s+){0,2}\Z")
_STOP = re.compile(r"[,;:]\s|\)")
_BEFORE = 40


def without_parts(claim: Claim, text: str, found: list[Named], beside: Sequence[Claim]) -> list[Named]:
    """The places without those of other numbers. `beside`: the claims with a number of the sentence."""
    number = claim.quantity
    if number is None or len(beside) < 2 or not found or found[-1].start < number.end:
        return found
    others = [c for c in beside if _counts_others(number, c.quantity, text)]
    return [n for n in found if not any(_is_theirs(claim, other, n, text) for other in others)]


def _counts_others(number: Mention, other: Mention | None, text: str) -> bool:
    """Whether a number stands behind the claim's own, and is no base or second value of it ("29 of 529")."""
    if other is None or other.start <= number.end or not other.kind == number.kind == "number":
        return False
    at = max(number.end, other.wide_start - _BEFORE)
    return _IS_OF_ANOTHER.search(text, at, other.wide_start) is None


def _is_theirs(claim: Claim, other: Claim, named: Named, text: str) -> bool:
    """Whether a place behind another number is where those were."""
    number = other.quantity
    if number is None or named.start < number.end:
        return False
    bare = number.noun is None or _OF_THEM.match(text, number.end)
    if bare and _IN.fullmatch(text, number.end, named.start):
        return True
    outside = named.start >= claim.end
    if not outside or _STOP.search(text, number.end, named.start):
        return False
    return other.part_of == claim.claim_id or (_tells_of_death(claim) and _tells_of_death(other))


def _tells_of_death(claim: Claim) -> bool:
    words = [claim.predicate or "", *WORD.findall("" if claim.subject is None else claim.subject.text)]
    return not nouns("fate_killed").isdisjoint(map(stem, words))
