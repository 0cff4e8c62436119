"""The year of a day that is written without one.

"27 January" in a text of February 2018 is read in the year that the text named last, or in its own. Where
that decides nothing, or refutes, the other may be meant: the last such day before the text was written, or
that of the year named before ("Five rounds were held in 2017. The fourth ended on 3 March"); a row that
answers to it then tells which. A sentence that names a year leaves no such choice.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from claimcheck.model import CheckedDocument, Claim, Document, Reading, Verdict

_NEAR = 600  # characters behind a year that the text names in which it may be meant


def with_latest_years(reading: Reading, checked: CheckedDocument) -> Reading | None:
    """A reading in which the days without a year are of another year, for the claims that are not supported
    as they were read: the last such days before the document was written, else those of the year that the
    text named before them. None where there is no such claim."""
    years = _named_years(reading)
    dated = [c.context for c in reading.claims]
    stated = [s for s in dated if any(s.start <= at < s.end for at in years)]
    later = {
        claim.claim_id: moved
        for claim in reading.claims
        if checked.verdicts[claim.claim_id].verdict != "supported"
        and not any(s.start <= _stands(claim) < s.end for s in stated)
        and (moved := in_latest_year(claim, reading.document) or _in_told_year(claim, reading)) is not None
    }
    if not later:
        return None
    return replace(reading, claims=tuple(later.get(c.claim_id, c) for c in reading.claims))


def with_later_readings(first: CheckedDocument, again: CheckedDocument) -> CheckedDocument:
    """The first reading with its verdicts; claims that only the second supports are as that one has them."""
    moved = {c.claim_id: c for c in again.reading.claims}
    claims: list[Claim] = []
    verdicts: dict[str, Verdict] = {}
    for claim in first.reading.claims:
        verdict, other = first.verdicts[claim.claim_id], moved.get(claim.claim_id, claim)
        later = again.verdicts.get(claim.claim_id, verdict)
        is_better = later.verdict == "supported" != verdict.verdict and other.time != claim.time
        claims.append(other if is_better else claim)
        verdicts[claim.claim_id] = later if is_better else verdict
    return replace(first, reading=replace(first.reading, claims=tuple(claims)), verdicts=verdicts)


def in_latest_year(claim: Claim, document: Document) -> Claim | None:
    """A claim with its day moved to the last such day before the document was written; None where that is its
    day already, or where it states the year.

    >>> moved = in_latest_year(claim, document)  # "27 January", read as of 2016, in a text of 6 February 2018
    >>> moved.time.timex
    '2018-01-27'
    """
    time, written = claim.time, document.date
    if time is None or written is None or time.date_start is None:
        return None
    is_past = _in(time.date_start, written.year) <= written
    return in_year(claim, document, written.year if is_past else written.year - 1)


def _in_told_year(claim: Claim, reading: Reading) -> Claim | None:
    """A claim with its day moved to the year that the text names last before it."""
    at = _stands(claim)
    told = [start for start in _named_years(reading) if at - _NEAR < start < at]
    days = [m.date_start for m in reading.mentions if told and m.is_time and m.start == told[-1]]
    return in_year(claim, reading.document, days[0].year) if days and days[0] is not None else None


def in_year(claim: Claim, document: Document, year: int) -> Claim | None:
    """A claim with its day moved to another year; None where that is its year already or yet to come, or
    where it states the year."""
    time, written = claim.time, document.date
    if time is None or written is None or time.date_start is None or time.date_end is None:
        return None
    if time.inferred != ("year",) or time.start is None or time.basis == "document":
        return None
    over = time.date_end.year - time.date_start.year
    if year == time.date_start.year or over > 1 or _in(time.date_end, year + over) > written:
        return None
    timex = (time.timex or "").replace(str(time.date_end.year), str(year + over))
    timex = timex.replace(str(time.date_start.year), str(year), 1)
    first, last = _in(time.date_start, year), _in(time.date_end, year + over)
    return replace(claim, time=replace(time, timex=timex, date_start=first, date_end=last))


def _stands(claim: Claim) -> int:
    """Where the date of a claim stands: it may be carried from the sentence before."""
    time = claim.time
    return claim.context.start if time is None or time.start is None else time.start


def _in(day: date, year: int) -> date:
    """The same day of another year; of 29 February the last of the month."""
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _named_years(reading: Reading) -> list[int]:
    """Where the text says which year it is."""
    return [m.start for m in reading.mentions if m.is_time and m.date_start is not None and not m.inferred]
