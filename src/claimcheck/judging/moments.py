"""At which moment a claim says that something stood so: the end of a year is its last day, late 2023 none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from claimcheck.model import Claim, Period, ReferenceRow

_END_OF = re.compile(r"(?:the\s)?(?:very\s)?end\sof\b|(?:the\s)?(?:year|month)[- ]?end\b", re.IGNORECASE)
_STANDING = frozenset({"stock", "cumulative"})


def at_its_end(claim: Claim, rows: Iterable[ReferenceRow], text: str) -> Claim:
    """The claim at the last day of its time where that is the end of a period ("at the end of 2023") and all
    its rows say how something stood at a moment. What happened at the end of 2023 has all those days."""
    time = claim.time
    if time is None or time.start is None or time.end is None or time.date_end is None:
        return claim
    if time.relation != "in" or _END_OF.match(text, time.start, time.end) is None:
        return claim
    types = {row.measure_type for row in rows}
    if not types or not types <= _STANDING:
        return claim
    return replace(claim, time=replace(time, date_start=time.date_end))


_LATELY = 3
"""Days by which what a row counts may have ended before the day up to which a claim counts."""


def began_alike(period: Period, counted: Period) -> bool:
    """Whether what a row counts began on the day since which a claim counts, and ended hardly before it."""
    if period.start != counted.start or period.end is None or counted.end is None:
        return False
    return 0 <= (period.end - counted.end).days <= _LATELY
