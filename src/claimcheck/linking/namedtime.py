"""A year that belongs to a name ("the 2021 federal election") says which happening is meant, not when.

A number that the clause ties to that happening holds on its days; the year is no date that it gives.
"""

from __future__ import annotations

from dataclasses import replace

from claimcheck.linking.event_finder import EventFinder
from claimcheck.linking.items import changed
from claimcheck.model import Claim, Document, ReferenceRow, Span


def is_in_name(claim: Claim, event_finder: EventFinder, document: Document) -> bool:
    """Whether the claim's time is a piece of the name of a happening, and not the whole of it."""
    time = claim.time
    if time is None or time.start is None or time.end is None or time.anchor:
        return False
    if time.timex is None or not time.timex.isdigit():  # only years stand in such names
        return False
    at, names = Span(time.start, time.end), event_finder.spans(document, claim.context)
    return any(n.start <= at.start and at.end <= n.end and n != at for n in names)


def on_its_days(claim: Claim, row: ReferenceRow) -> Claim:
    """The claim at the days of the happening in whose name its year stands, the claim itself where these are
    not known."""
    first, last = row.first, row.last or row.first
    if claim.time is None or first is None or last is None or first.start is None or last.end is None:
        return claim
    time = replace(
        claim.time, date_start=first.start, date_end=last.end, timex=None, anchor=row.name, relation="during"
    )
    return changed(claim, time=time)
