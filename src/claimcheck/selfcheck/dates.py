"""Dates that check themselves: a weekday beside its date, two own dates, a period whose ends are swapped."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from claimcheck.calendar_names import PIECES, WEEKDAYS
from claimcheck.documents.datelines import full_dates, own_dates
from claimcheck.lexicon import pattern
from claimcheck.model import Document, Finding, Mention, Span
from claimcheck.selfcheck.base import noted, spoken_day

NAMES = tuple(calendar.day_name)
_LAST_JULIAN = 1924  # by then the last European calendars were Gregorian
_WEEKDAY = PIECES["WEEKDAYS"]
_BEHIND = pattern("own_checks", "weekday behind")
_BEFORE = re.compile(rf"\b({_WEEKDAY}) \(\Z", re.IGNORECASE)
_DAY_NUMBER = pattern("own_checks", "number of a day")  # not "the last Sunday of May 2012"
_IN_MENTION = re.compile(rf"\b({_WEEKDAY})\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")
_TOGETHER = 200  # characters between two days that are told together
_UPDATED = pattern("own_checks", "updated")


@dataclass(frozen=True, slots=True)
class CalendarPair:
    """A weekday and a full date that stand together: both their characters, and whether they agree.

    `stated` and `actual` are English names; the calendar is the proleptic Gregorian one.
    """

    span: Span
    stated: str
    day: date
    actual: str

    @property
    def agrees(self) -> bool:
        """Whether the date fell on the weekday."""
        return self.stated == self.actual


def calendar_pairs(text: str, mentions: Sequence[Mention] = ()) -> list[CalendarPair]:
    """Weekdays that stand with a date, in text order: "Wednesday, 31 January 2018", "3 May 2016 (a Tuesday)".

    A date whose year the text leaves out ("Friday 3 May") comes from `mentions`, and only where it agrees:
    another year might be meant. So do days that agree by the Julian calendar, before 1924.
    """
    found: list[CalendarPair] = []
    for stated in full_dates(text):
        span, weekday = stated.span, stated.weekday
        if weekday is None:
            behind, before = _BEHIND.match(text, span.end), _bracketed(text, span)
            if behind is not None:
                span = Span(span.start, behind.end())
                weekday = WEEKDAYS[(behind[1] or behind[2]).title()]
            elif before is not None:
                span = Span(before.start(), span.end + 1)
                weekday = WEEKDAYS[before[1].title()]
            else:
                continue
        if stated.day.weekday() == weekday or _julian_weekday(stated.day) != weekday:
            found.append(_pair(span, weekday, stated.day))
    named = [pair for pair in map(_mention_pair, mentions) if pair is not None]
    pairs: list[CalendarPair] = []
    for pair in sorted([*found, *named], key=lambda pair: pair.span.start):  # stable: full dates first
        if not pairs or pairs[-1].span.end <= pair.span.start:
            pairs.append(pair)
    return pairs


def _bracketed(text: str, day: Span) -> re.Match[str] | None:
    """The weekday before a date in brackets of its own: "on Sunday (1 June 2019)"."""
    before = _BEFORE.search(text, max(0, day.start - 16), day.start)
    return before if before is not None and text[day.end : day.end + 1] == ")" else None


def date_findings(document: Document, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """Weekdays, own dates and periods of a document, against the calendar and each other."""
    text = document.text
    for pair in calendar_pairs(text, mentions):
        told = f"{spoken_day(pair.day)} was a {pair.actual}"
        told += "." if pair.agrees else f", not a {pair.stated}."
        yield noted(text, "weekday", pair.span, told, problem=not pair.agrees)
    yield from _of_one_month(text, mentions)
    yield from _datelines(document)


def _pair(span: Span, weekday: int, day: date) -> CalendarPair:
    return CalendarPair(span, NAMES[weekday], day, NAMES[day.weekday()])


def _mention_pair(mention: Mention) -> CalendarPair | None:
    """A date mention that names its weekday, where the two agree or its year is written."""
    day = mention.date_start
    if mention.kind != "date" or day is None or mention.date_end != day or mention.status == "not_claim":
        return None
    named = _IN_MENTION.search(mention.text)
    if named is None or not _DAY_NUMBER.search(mention.text):
        return None
    pair = _pair(mention.span, WEEKDAYS[named[1].title()], day)
    return pair if pair.agrees or not mention.inferred else None


def _of_one_month(text: str, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """ "Monday, 6 May, and Friday, 9 May": three days apart, whatever the year that the text leaves out."""
    named = [(m, found[1]) for m in mentions if (found := _named_day(m)) is not None]
    for (first, one), (second, other) in pairwise(named):
        day, later = _day(first), _day(second)
        if day is None or later is None or day.month != later.month:
            continue  # the years were chosen to fit each weekday, and say nothing
        if not second.inferred or (not first.inferred and later.day <= day.day):
            continue  # a day before may be one of another year
        if second.start - first.end > _TOGETHER or _PARAGRAPH.search(text, first.end, second.start):
            continue
        apart = later.day - day.day
        fits = (WEEKDAYS[one.title()] + apart) % 7 == WEEKDAYS[other.title()]
        if not fits:
            told = f"From {_short(day)} to {_short(later)} is {apart} days in any year"
            told += f", which is not from a {one.title()} to a {other.title()}."
            yield noted(text, "weekday", Span(first.start, second.end), told, problem=True)


def _named_day(mention: Mention) -> re.Match[str] | None:
    """The weekday in a mention of one day, with its year only where the two agree."""
    if mention.kind != "date" or _day(mention) is None or mention.inferred not in ((), ("year",)):
        return None
    pair = None if mention.inferred else _mention_pair(mention)
    if pair is not None and not pair.agrees:
        return None
    return _IN_MENTION.search(mention.text) if _DAY_NUMBER.search(mention.text) else None


def _day(mention: Mention) -> date | None:
    """The day that a mention names, also as one end of a time ("until Thursday, 8 September")."""
    ends = (mention.date_start, mention.date_end)
    return next((day for day in ends if day is not None and day.isoformat() == mention.timex), None)


def _short(day: date) -> str:
    return f"{day.day} {day:%B}"


def _julian_weekday(day: date) -> int | None:
    """The weekday of the same date in the Julian calendar, None once nobody used that."""
    if day.year >= _LAST_JULIAN:
        return None
    return (day + timedelta(days=day.year // 100 - day.year // 400 - 2)).weekday()


def _datelines(document: Document) -> Iterator[Finding]:
    """Two or more dates that the document gives itself; a date of revision may differ from the rest."""
    text = document.text
    own = [
        stated
        for stated in own_dates(text, document.zones)
        if not _UPDATED.search(text, max(0, stated.span.start - 30), stated.span.start)
    ]
    for stated in own[1:]:
        if stated.day == own[0].day:
            told = f"The dates of the document agree: {spoken_day(stated.day)}."
            yield noted(text, "datelines", stated.span, told)
        else:
            told = f"The document dates itself {spoken_day(own[0].day)} and {spoken_day(stated.day)}."
            yield noted(text, "datelines", stated.span, told, problem=True)
