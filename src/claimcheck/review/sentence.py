"""One card a sentence: its claims in order, the reading of a date folded into the number that has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimcheck.model import CheckedDocument, Claim
from claimcheck.report.statements import dates_of_numbers
from claimcheck.report.view import standing_of

if TYPE_CHECKING:
    from claimcheck.review.desk import Desk, Found


def siblings(desk: Desk, found: Found) -> list[dict[str, Any]]:
    """The claims of a claim's sentence, in the order of their numbers and dates: the words of each, how it
    stands, and what its date is where that is folded in."""
    checked, own = found.checked, found.claim
    claims = [c for c in checked.reading.claims if c.context == own.context]
    claims.sort(key=lambda c: (_at(c), c.claim_id))
    folded = {d.claim_id: number.claim_id for d, number in dates_of_numbers(claims, checked.verdicts)}
    out = []
    for claim in claims:
        if claim.claim_id in folded and claim.claim_id != own.claim_id:
            continue
        verdict = checked.verdicts.get(claim.claim_id)
        date = next((d for d, number in folded.items() if number == claim.claim_id), None)
        out.append(
            {
                "claim_id": claim.claim_id,
                "words": _words(claim),
                "standing": standing_of(claim, verdict),
                "likely": None if verdict is None else verdict.likely,
                "state": desk.overlay.review(claim.claim_id).state,
                "here": claim.claim_id == own.claim_id,
                "date": "" if date is None else _stated(checked, date),
            }
        )
    return out


def _stated(checked: CheckedDocument, claim_id: str) -> str:
    verdict = checked.verdicts.get(claim_id)
    if verdict is None or (verdict.verdict == "not_enough_evidence" and verdict.likely is None):
        return "open"
    return verdict.verdict if verdict.likely is None else f"likely {verdict.likely.verdict}"


def _at(claim: Claim) -> int:
    if claim.quantity is not None:
        return claim.quantity.start
    return claim.start if claim.time is None or claim.time.start is None else claim.time.start


def _words(claim: Claim) -> str:
    """The number or the time in the text's own words, else the clause."""
    if claim.quantity is not None and claim.quantity.text:
        return claim.quantity.text
    time = claim.time
    if time is not None and time.start is not None and time.end is not None and time.start >= claim.start:
        return claim.text[time.start - claim.start : time.end - claim.start] or claim.text
    return claim.text
