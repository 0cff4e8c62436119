"""The year of a day that is written without one, where the text may mean another than the one it was read in.

"27 January" in a text of February 2018 is read in the year that the text named last, or in its own. The last
such day before the text was written may be meant, or that of the year named before ("Five rounds were held in
2017. The fourth ended on 3 March"). A sentence that names a year leaves no such choice.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from operator import attrgetter

from claimcheck.model import Claim, Document, Reading, replace

_YEAR_NEAR = 600  # characters behind a year that the text names in which it may be meant


def in_other_year(claim: Claim, reading: Reading) -> Claim | None:
    """The claim with its day in the other year that the text may mean: that of the last such day before the
    document was written, else that which the text names last before it; None where there is none.

    Example: "27 January", read as of 2016, in a text of 6 February 2018, is 2018-01-27.
    """
    time, document = claim.time, reading.document
    if time is None or time.inferred != ("year",) or time.start is None or time.basis == "document":
        return None
    if any(_named_years(reading, claim.context.start, claim.context.end)):
        return None
    if document.date is None or time.date_start is None:
        return None
    latest = document.date.year - (_in(time.date_start, document.date.year) > document.date)
    likeliest = [latest, *[*_named_years(reading, time.start - _YEAR_NEAR + 1, time.start)][-1:]]
    return next(filter(None, (in_year(claim, document, year) for year in likeliest)), None)


def in_year(claim: Claim, document: Document, year: int) -> Claim | None:
    """A claim with its day moved to another year; None where that is its year already or yet to come, or
    where it states the year."""
    time, written = claim.time, document.date
    if time is None or written is None or time.date_start is None or time.date_end is None:
        return None
    if time.timex is not None and len(time.timex) == len("2018"):
        return None  # "the following year" leaves no year out
    over = time.date_end.year - time.date_start.year
    if year == time.date_start.year or over > 1 or _in(time.date_end, year + over) > written:
        return None
    timex = (time.timex or "").replace(str(time.date_end.year), str(year + over))
    timex = timex.replace(str(time.date_start.year), str(year), 1)
    first, last = _in(time.date_start, year), _in(time.date_end, year + over)
    return replace(claim, time=replace(time, timex=timex, date_start=first, date_end=last))


def _in(day: date, year: int) -> date:
    """The same day of another year; of 29 February the last of the month."""
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _named_years(reading: Reading, start: int, end: int) -> Iterator[int]:
    """The years that the text names there, in order."""
    first, last = (bisect_left(reading.mentions, at, key=attrgetter("start")) for at in (start, end))
    for m in reading.mentions[first:last]:
        if m.is_time and m.date_start is not None and not m.inferred:
            yield m.date_start.year
