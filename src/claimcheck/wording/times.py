"""How a text words a time: as the end of a period, as two days, from a moment before it, by its weekday."""

from __future__ import annotations

import calendar

from claimcheck.lexicon import pattern
from claimcheck.model import Claim, Document, Span

_END_OF = pattern("judged_times", "end of")
_YEARS_OFF = pattern("judged_times", "years off")
_MOMENT = pattern("judged_times", "moment named")
_STRETCH = pattern("judged_times", "stretch")
_AND = pattern("judged_times", "and")
_MONTHS = calendar.month_name[1:]
_WEEKDAYS = tuple(calendar.day_name)
_SHORTEST = 3  # letters of a weekday: "Mon"


def stated_weekday(claim: Claim) -> str | None:
    """The weekday that a claim names first, None where it names none."""
    words = "".join(c if c.isalnum() or c == "_" else " " for c in claim.text.lower()).split()
    long = (word for word in words if len(word) >= _SHORTEST)
    return next((name for word in long for name in _WEEKDAYS if name.lower().startswith(word)), None)


def is_an_end(document: Document, time: Span) -> bool:
    """Whether a time is worded as the end of its period: "at *the end of 2023*"."""
    return _END_OF.match(document.text, time.start, time.end) is not None


def moment_told_before(document: Document, sentence: Span, time: Span) -> tuple[int | None, int] | None:
    """Day (None: the last) and month of the moment from which a time counts years that its sentence names
    before: "3,045 on *3 May* 2023, down from 3,180 *a year earlier*". None where it counts none."""
    if _YEARS_OFF.fullmatch(document.text, time.start, time.end) is None:
        return None
    named = list(_MOMENT.finditer(document.text, sentence.start, time.start))
    if not named:
        return None
    first, month, behind = named[-1].groups()
    day = first or behind
    return int(day) if day else None, _MONTHS.index(month) + 1 if month else len(_MONTHS)


def gives_both_ends(claim: Claim) -> bool:
    """Whether a claim's time is worded by its first and its last day: "25 to 26 January", "25–26 January",
    not "between 3 and 31 January", "5 or 6 May"."""
    time = claim.time
    if time is None or time.start is None or time.end is None:
        return False
    written = claim.text[max(0, time.start - claim.start) :]
    between = written[: len("between")].lower() == "between"
    return not between and _STRETCH.search(written[: time.end - time.start]) is not None


def names_two(claim: Claim) -> bool:
    """Whether a claim's time is worded as two: "on 14 *and* 21 April"."""
    time = claim.time
    if time is None or time.start is None or time.end is None:
        return False
    start, end = (max(0, at - claim.start) for at in (time.start, time.end))
    return _AND.search(claim.text[start:end]) is not None
