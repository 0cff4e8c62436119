"""Which of several happenings in a clause its several dates are of, and which name a clause only denies.

"Resolution 2393 was adopted on 19 December and resolution 2401 on 24 February" dates each by the date behind
it; "resolution 2393, not resolution 2401" is about the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from claimcheck.dates.events import EventMention
from claimcheck.linking.vocabulary import any_of
from claimcheck.model import Claim, Span

_BEFORE = 20


def is_denied(text: str, start: int) -> bool:
    """Whether what is named from here on is only denied: "resolution 2393, not resolution 2401"."""
    return _denied().search(text, max(0, start - _BEFORE), start) is not None


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('denies')}|unlike)\s+(?:the\s+)?$", re.IGNORECASE)


def of_the_time(claim: Claim, named: Sequence[EventMention], times: Sequence[Span]) -> list[EventMention]:
    """The happenings of a clause that the claim's own date is of. `times`: the dates of its sentence.

    Names between the date before and this one; where all stand before the dates, the one of the same rank,
    if there are as many of each; where none stands before the dates, those up to the next date.
    """
    own = claim.time
    if own is None or own.start is None or own.end is None or len({m.start for m in named}) < 2:
        return list(named)
    dates = [t for t in times if claim.start <= t.start < claim.end]
    rank = next((i for i, t in enumerate(dates) if t.start == own.start), None)
    if rank is None or len(dates) < 2:
        return list(named)
    ahead = [m for m in named if m.start < dates[0].start]
    if not ahead:
        end = dates[rank + 1].start if rank + 1 < len(dates) else claim.end
        return [m for m in named if own.end <= m.start < end]
    if rank and (between := [m for m in named if dates[rank - 1].end <= m.start < own.start]):
        return between
    if len(ahead) == len(dates) == len(named):
        return [ahead[rank]]
    return ahead if rank == 0 else list(named)
