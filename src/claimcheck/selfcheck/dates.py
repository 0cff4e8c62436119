"""Dates that check themselves: a weekday beside its date, two own dates, a period whose ends are swapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from claimcheck.documents.datelines import MONTHS, WEEKDAYS, full_dates, own_dates
from claimcheck.model import Document, Finding, Mention, Span
from claimcheck.selfcheck.base import noted

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LAST_JULIAN = 1924  # by then the last European calendars were Gregorian
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_BEHIND = re.compile(rf"\s?\((?:an? )?({_WEEKDAY})\.?\)|, an? ({_WEEKDAY})\b(?!-)", re.IGNORECASE)
_IN_MENTION = re.compile(rf"\b({_WEEKDAY})\b", re.IGNORECASE)
_UPDATED = re.compile(r"\b(?:updated|revised|amended|modified)\b", re.IGNORECASE)
_DAY_MONTH = rf"(?:(\d{{1,2}})(?:st|nd|rd|th)? )?({_MONTH})\b(?:\.(?= ))?(?: (\d{{1,2}})(?:st|nd|rd|th)?\b)?"
_SAME_MONTH = re.compile(
    rf"\b(?:from|between) {_DAY_MONTH} (?:to|until|through|and) {_DAY_MONTH}", re.IGNORECASE
)
_TO = {"from": re.compile(r" (?:to|until|till|through) "), "between": re.compile(r" and ")}

_MOVED = re.compile(
    r"\b(?:mov|chang|reschedul|postpon|advanc|brought|bring|shift|revis|correct|delay|put|push|pull|amend)\w*",
    re.IGNORECASE,
)
_NEXT_YEAR = re.compile(r",? (?:of )?(?:the )?(?:next|following) year", re.IGNORECASE)


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
            behind = _BEHIND.match(text, span.end)
            if behind is None:
                continue
            span = Span(span.start, behind.end())
            weekday = WEEKDAYS[(behind[1] or behind[2]).title()]
        if stated.day.weekday() == weekday or _julian_weekday(stated.day) != weekday:
            found.append(_pair(span, weekday, stated.day))
    named = [pair for pair in map(_mention_pair, mentions) if pair is not None]
    pairs: list[CalendarPair] = []
    for pair in sorted([*found, *named], key=lambda pair: pair.span.start):  # stable: full dates first
        if not pairs or pairs[-1].span.end <= pair.span.start:
            pairs.append(pair)
    return pairs


def date_findings(document: Document, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """Weekdays, own dates and periods of a document, against the calendar and each other."""
    text = document.text
    for pair in calendar_pairs(text, mentions):
        told = f"{_spoken(pair.day)} was a {pair.actual}"
        told += "." if pair.agrees else f", not a {pair.stated}."
        yield noted(text, "weekday", pair.span, told, problem=not pair.agrees)
    yield from _datelines(document)
    yield from _swapped(text, mentions)


def _pair(span: Span, weekday: int, day: date) -> CalendarPair:
    return CalendarPair(span, NAMES[weekday], day, NAMES[day.weekday()])


def _mention_pair(mention: Mention) -> CalendarPair | None:
    """A date mention that names its weekday, where the two agree or its year is written."""
    day = mention.date_start
    if mention.kind != "date" or day is None or mention.date_end != day or mention.status == "not_claim":
        return None
    named = _IN_MENTION.search(mention.text)
    if named is None or not re.search(r"\d", mention.text):
        return None
    pair = _pair(mention.span, WEEKDAYS[named[1].title()], day)
    return pair if pair.agrees or not mention.inferred else None


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
            told = f"The dates of the document agree: {_spoken(stated.day)}."
            yield noted(text, "datelines", stated.span, told)
        else:
            told = f"The document dates itself {_spoken(own[0].day)} and {_spoken(stated.day)}."
            yield noted(text, "datelines", stated.span, told, problem=True)


def _swapped(text: str, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """Periods that end before they begin: "from 5 May to 3 May", "between June 2014 and May 2013".

    Where a year is left out, only days of one month are compared: "from 28 December to 3 January" is right.
    What was moved "from 5 May to 3 May" is no period.
    """
    dates = [mention for mention in mentions if mention.kind == "date" and mention.period is not None]
    pairs = ((first, second) for first, second in pairwise(dates) if _is_swapped(text, first, second))
    spans = {second.end: Span(first.start, second.end) for first, second in pairs}
    for match in _SAME_MONTH.finditer(text):
        if _NEXT_YEAR.match(text, match.end()) is None and _runs_backwards(match):
            spans.setdefault(match.end(), Span(match.start(), match.end()))
    for span in sorted(spans.values()):
        if _MOVED.search(text, max(0, span.start - 60), span.start) is None:
            told = f'The period ends before it begins: "{span.of(text)}".'
            yield noted(text, "date_order", span, told, problem=True)


def _is_swapped(text: str, first: Mention, second: Mention) -> bool:
    """Whether two neighbouring dates with their years are the ends of one period, in the wrong order."""
    if second.start < first.end or "year" in (*first.inferred, *second.inferred):
        return False
    lead = text[max(0, first.start - 8) : first.start].lower().split()[-1:]
    joint = _TO.get(lead[0]) if lead else None
    if joint is None or joint.fullmatch(text, first.end, second.start) is None:
        return False
    begins, ends = first.date_start, second.date_end
    return begins is not None and ends is not None and begins > ends


def _runs_backwards(match: re.Match[str]) -> bool:
    day, month, day_behind, other_day, other_month, other_behind = match.groups()
    first, second = day or day_behind, other_day or other_behind
    if first is None or second is None or MONTHS[month.title()] != MONTHS[other_month.title()]:
        return False
    return 31 >= int(first) > int(second) > 0


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
