"""The day on which a number was reported: "the UN said on 10 December 2015 that 137 needed help" holds as of
then, and not as of the day on which the document was written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from claimcheck.judging.relations import is_dated, own_period, settings
from claimcheck.linking.items import Item
from claimcheck.linking.words import nouns, stem
from claimcheck.model import Claim, Document, Period

_BESIDE = frozenset({"", ",", "that", ", that", ":"})
"""What may stand between a clause that only tells and what it tells."""


def dated_by_report(items: Iterable[Item]) -> dict[str, Document]:
    """The documents of the claims whose number was told long before or after they were written, as of the day
    on which it was told (without a day where only its month or year is given), by the claims' ids."""
    telling: dict[tuple[int, int], list[Claim]] = {}
    open_items: list[Item] = []
    for item in items:
        claim = item.claim
        if claim.kind == "event" and is_dated(claim) and stem(claim.predicate or "") in nouns("reports"):
            telling.setdefault((claim.context.start, claim.context.end), []).append(claim)
        elif claim.kind in ("quantity", "rank") and item.candidates and own_period(claim) is None:
            open_items.append(item)
    out: dict[str, Document] = {}
    for item in open_items if telling else ():
        claim, document = item.claim, item.document
        for clause in telling.get((claim.context.start, claim.context.end), ()):
            if _tells(clause, claim, document.text) and _is_far(clause, document.date):
                out[claim.claim_id] = replace(document, date=_day(clause))
    return out


def _tells(clause: Claim, claim: Claim, text: str) -> bool:
    """Whether a clause stands right before or behind what it tells."""
    if clause.end <= claim.start:
        return text[clause.end : claim.start].strip() in _BESIDE
    return claim.end <= clause.start and text[claim.end : clause.start].strip() in _BESIDE


def _is_far(clause: Claim, written: date | None) -> bool:
    """Whether what is told of the day of the document would not do for the day of the clause."""
    period = own_period(clause)
    if period is None or written is None:
        return period is not None
    return not period.widened(settings()["as_of_window"]).covers(Period.day(written))


def _day(clause: Claim) -> date | None:
    period = own_period(clause)
    return None if period is None or period.days != 1 else period.start
