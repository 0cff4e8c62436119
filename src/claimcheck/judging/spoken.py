"""Days and periods as people write them, for the sentences of verdicts."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from claimcheck.model import Period


def spoken(day: date) -> str:
    """ "3 January 2018"."""
    return f"{day.day} {day:%B} {day.year}"


@lru_cache(maxsize=1 << 12)
def spoken_period(period: Period | None) -> str:
    """ "25 January 2018", "January 2018", "2017", "25 to 26 January 2018", "from 25 January 2018"; empty for
    none, and for one without ends."""
    if period is None:
        return ""
    start, end = period.start, period.end
    if start is None:
        return f"up to {spoken(end)}" if end is not None else ""
    if end is None:
        return f"from {spoken(start)}"
    if start == end:
        return spoken(start)
    return _whole_months(start, end) or _days(start, end)


def _whole_months(start: date, end: date) -> str:
    """Months or years that the two days begin and end; empty where they do not."""
    if start.day != 1 or (end != date.max and (end + timedelta(days=1)).day != 1):
        return ""
    if (start.month, end.month) == (1, 12):
        return f"{start.year}" if start.year == end.year else f"{start.year} to {end.year}"
    last = f"{end:%B} {end.year}"
    if start.year != end.year:
        return f"{start:%B} {start.year} to {last}"
    return last if start.month == end.month else f"{start:%B} to {last}"


def _days(start: date, end: date) -> str:
    if start.year != end.year:
        return f"{spoken(start)} to {spoken(end)}"
    first = f"{start.day}" if start.month == end.month else f"{start.day} {start:%B}"
    return f"{first} to {spoken(end)}"
