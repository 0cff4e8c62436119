"""Happenings of a series that a clause only numbers: "the third Tarn round was in May, the fourth in June".

Behind the first, the name of the series and often the verb are left out; a date behind such a number is that
of the happening of this number, and never of the one that was named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from claimcheck.dates.event_words import is_ordinal, keys_of
from claimcheck.dates.events import EventMention
from claimcheck.linking.happening import Happening
from claimcheck.linking.words import any_of, nouns, stem
from claimcheck.model import Claim, Document, ReferenceRow, Span

_REACH = 90
"""Characters before a date in which its bare number stands."""


class Numbered:
    """The rows of the series, by number."""

    def __init__(self, rows: Iterable[ReferenceRow]) -> None:
        self._rows: dict[tuple[str, str, int], list[ReferenceRow]] = defaultdict(list)
        for row in rows:
            if row.series and row.number is not None:
                self._rows[row.package, row.series, row.number].append(row)

    def of(self, claim: Claim, document: Document, named: Sequence[EventMention]) -> list[Happening] | None:
        """The happenings of the bare number that stands before a claim's date, none where nobody can tell
        which they are; None where no such number stands there. `named`: what the sentence names."""
        time, text = claim.time, document.text
        if claim.kind != "event" or time is None or time.start is None:
            return None
        start = max(claim.context.start, time.start - _REACH)
        found = _bare_number().search(text, start, time.start)
        if found is None or not _is_number(found[1]):
            return None
        before = [m for m in named if m.end <= found.start(1)]
        longer = (m for m in named if m.start <= found.start(1) and found.end(1) < m.end)
        if not before or any(longer):
            return None
        span = Span(found.start(1), found.end(1))
        rows = [
            row
            for series in {(r.package, r.series) for r in before[-1].candidates if r.series}
            for row in self._rows.get((series[0], str(series[1]), _value(found[1])), ())
        ]
        return [Happening(row, "number", span, alone=True) for row in rows]


@cache
def _bare_number() -> re.Pattern[str]:
    """ "the fourth", up to a date, with nothing between but that it was held."""
    held = rf"(?:(?:{any_of('held')})\s+){{0,5}}"
    when = r"(?:(?:on|in|from|at|during|between|by|the|,)\s*){0,3}"
    return re.compile(rf"\b[Tt]he\s+([a-z]{{3,14}}|\d{{1,3}}(?:st|nd|rd|th))\s*,?\s+{held}{when}\Z")


def _is_number(word: str) -> bool:
    return is_ordinal(word) or stem(word) in nouns("one of two")


def _value(word: str) -> int:
    """The number that an ordinal says, 0 where it says none ("the latter")."""
    key = next(iter(keys_of(word)), "")
    return int(key[1:]) if key.startswith("#") and key[1:].isdigit() else 0
