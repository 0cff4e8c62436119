"""From one happening or day to another: "between Geneva VIII and Geneva IX", "from the siege to 5 May 2018".

"Between" two happenings is the time that lies between them, "from … to …" takes both in. A day as an end
counts in either way, as it does between two days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from claimcheck.dates import timex as timex
from claimcheck.dates.events import EventMention
from claimcheck.lexicon import pattern
from claimcheck.model import Mention

_AND_END = pattern("event_series", "and its end")
_TO_END = pattern("event_series", "to its end")
_LEAD = pattern("event_series", "opens a range")
_LINK = {
    "between": _AND_END,
    "from": _TO_END,
}
_REACH = 16  # characters in front in which "between the" stands


@dataclass(frozen=True, slots=True)
class End:
    """One end of a range: its characters and days; `name` of the happening, None for a day."""

    start: int
    end: int
    first: date | None
    last: date | None
    name: str | None


def find_ranges(
    text: str,
    events: Iterable[tuple[int, EventMention]],
    fixed: Iterable[Mention],
    times: Iterable[Mention],
) -> Iterator[Mention]:
    """The ranges of which one end at least is a happening, by name (`events`) or by a cue (`fixed`)."""
    ends: dict[int, End] = {}
    for m in times:
        if m.period is not None and not m.reason and m.kind in ("date", "time"):
            ends[m.start] = End(m.start, m.end, m.date_start, m.date_end, None)
    for _, found in events:
        if found.row is not None:
            row = found.row
            first = row.first.start if row.first is not None else None
            last = row.last.end if row.last is not None else None
            ends[found.start] = End(found.start, found.end, first, last, row.name or found.text)
    for m in fixed:
        if m.period is not None and not m.reason:
            ends[m.start] = End(m.start, m.end, m.date_start, m.date_end, m.anchor or m.text)
    for a, b in pairwise(_outermost(ends.values())):
        if a.name is None and b.name is None:
            continue
        lead = _LEAD.search(text, max(0, a.start - _REACH), a.start)
        if (
            lead is not None
            and a.end < b.start
            and _LINK[lead["lead"].lower()].fullmatch(text, a.end, b.start)
        ):
            yield _range(text, lead, a, b)


def _outermost(ends: Iterable[End]) -> list[End]:
    """In text order, without those inside another: "Geneva VIII" in "the start of Geneva VIII"."""
    out: list[End] = []
    for end in sorted(ends, key=lambda e: (e.start, -e.end)):
        if not out or end.start >= out[-1].end:
            out.append(end)
    return out


def _range(text: str, lead: re.Match[str], a: End, b: End) -> Mention:
    start, between = lead.start("lead"), lead["lead"].lower() == "between"
    first = a.first if a.name is None or not between else (timex.add(a.last, 1) if a.last else None)
    last = b.last if b.name is None or not between else (timex.add(b.first, -1) if b.first else None)
    unknown = a if first is None else b if last is None else None
    reason = None
    if unknown is not None:
        reason = f"the days of {unknown.name or text[unknown.start : unknown.end]} are not all known"
    elif first is not None and last is not None and first > last:
        reason = "nothing lies between: the first had not ended when the second began"
    known = reason is None
    return Mention(
        start=start,
        end=b.end,
        text=text[start : b.end],
        kind="date",
        timex=f"{first}/{last}" if known else None,
        date_start=first if known else None,
        date_end=last if known else None,
        inferred=("year", "month", "day"),
        status="unresolved",
        reason=reason,
        rule="eventtime.range",
        edtf=f"{first}/{last}" if known else None,
        anchor=a.name or b.name,
    )
