"""The date that a document states about itself, and the order in which it writes day and month.

Strict on purpose: a full day, month and year that stands alone on a line of the letterhead, or opens the
first paragraph as a dateline ("GENEVA, 3 May 2016 —"). Dates inside the text are `dates`'s, which reads
them against the one found here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from claimcheck.calendar_names import MONTHS, WEEKDAYS
from claimcheck.dates.foreign import foreign_dates, normalised
from claimcheck.documents.layout import lines
from claimcheck.lexicon import pattern
from claimcheck.model import Span, Zone

Locale = Literal["mdy", "dmy", "unknown"]

_HEAD = 6000  # characters within which a document dates itself
_PROSE = 2  # paragraphs of body, of which the first may open with a dateline
_LINE = 120  # characters: a longer line is no letterhead
_CHRONOLOGY = 3  # so many different days alone on lines head the sections of a chronology
_LANGUAGES: dict[str, Locale] = {"en-us": "mdy", "en-gb": "dmy", "en-ie": "dmy", "en-au": "dmy"}
_SAMPLE = 300_000  # characters read to tell the order of day and month

FULL_DATE = pattern("datelines", "full date")
_YEAR = re.compile(r"[12]\d{3}")  # without which there is no full date
_BEFORE_YEAR, _BEHIND_YEAR = 64, 8  # characters of a full date on either side of its year, and more
_LABEL = pattern("datelines", "label")
_AFTER = pattern("datelines", "after the date")
_DATELINE_END = pattern("datelines", "end of a dateline")
_PLACE = pattern("datelines", "place of a dateline")
_DMY = pattern("datelines", "day before month")
_MDY = pattern("datelines", "month before day")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(?:19|20)\d\d(?![\d/-]|\.\d)")


_OF_DAY = r"(?:,\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8})(?:,?\s\d{4})?)?"
_TOWN = r"[A-Z][A-Z.'’-]{2,20}(?:[ /-][A-Z.'’-]{2,20}){0,2}(?:,\s[A-Z][\w.]{1,15}(?:\s[A-Z][\w.]{1,15})?)?"
_REPORTED_FROM = re.compile(
    rf"((?:{_TOWN}{_OF_DAY}(?:\s\([^()\n]{{2,40}}\))?|[A-Z][\w.'’-]{{2,20}}\s\([A-Z][^()\n]{{1,30}}\))\s[-–—]{{1,2}})\s+(?=\S)"
)

_DIGITS = re.compile(r"\d+")
_FOREIGN_ENDS = frozenset("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹日일.г")


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A full date: its characters, the day, and the weekday (0 is Monday) where one is written."""

    span: Span
    day: date
    weekday: int | None


@lru_cache(maxsize=1)  # the same text is asked for claims and for findings, one behind the other
def full_dates(text: str) -> tuple[StatedDate, ...]:
    """Every full date (day, month and year in words, or ISO) of a text that the calendar has."""
    found, done = [], 0
    for year in _YEAR.finditer(text):
        if year.start() < done:
            continue
        match = FULL_DATE.search(text, max(done, year.start() - _BEFORE_YEAR), year.end() + _BEHIND_YEAR)
        if match is None or (match := FULL_DATE.match(text, match.start())) is None:
            continue
        done = match.end()
        if (stated := _stated(match)) is not None:
            found.append(stated)
    return tuple(found)


def own_dates(text: str, zones: Sequence[Zone]) -> tuple[StatedDate, ...]:
    """The dates that the document states about itself, in text order; empty where it states none.

    A document whose lines are headed by several different days is a chronology, and has none.
    """
    alone = _dates_alone(text)
    if len({stated.day for stated in alone}) >= _CHRONOLOGY:
        return ()
    heads = [zone for zone in zones if zone.kind == "letterhead" and zone.start < _HEAD]
    early = [stated for stated in alone if stated.span.start < _HEAD]
    found = [stated for stated in early if any(zone.start <= stated.span.start < zone.end for zone in heads)]
    for zone in [zone for zone in zones if zone.kind == "body"][:_PROSE]:
        dateline = _dateline(text, zone) if zone.start < _HEAD else None
        if dateline is not None:
            found.append(dateline)
    return tuple(sorted(found, key=lambda stated: stated.span.start))


def locale_of(text: str, language: str | None = None) -> Locale:
    """Whether the document writes the month or the day first; "unknown" where it does both, or neither.

    Numbers that can be read one way only ("25/01/2018") weigh more than dates in words, and those more
    than the language that a page declares ("en-US").
    """
    sample = text[:_SAMPLE]
    numeric = set()
    for first, _, second in _NUMERIC.findall(sample):
        if int(first) > 12 >= int(second):
            numeric.add("dmy")
        elif int(second) > 12 >= int(first):
            numeric.add("mdy")
    day_first, month_first = _DMY.search(sample) is not None, _MDY.search(sample) is not None
    words = {name for name, seen in (("dmy", day_first), ("mdy", month_first)) if seen}
    for evidence in (numeric, words):
        if evidence:
            return "unknown" if len(evidence) > 1 else ("dmy" if "dmy" in evidence else "mdy")
    return _LANGUAGES.get((language or "").lower(), "unknown")


def _dates_alone(text: str) -> list[StatedDate]:
    """Dates that fill their line, but for a label, a place and a time of day."""
    found = []
    for line in lines(text):
        if line.length > _LINE:
            continue
        year = _YEAR.search(text, line.start, line.end)
        match = None if year is None else FULL_DATE.search(text, line.start, line.end)
        if match is None and text[line.end - 1 : line.end].rstrip() and text[line.end - 1] in _FOREIGN_ENDS:
            found.extend(_foreign(text, line.start, line.end))
        if match is None or _AFTER.fullmatch(text, match.end(), line.end) is None:
            continue
        stated = _stated(match)
        if stated is not None and _LABEL.fullmatch(text, line.start, match.start()):
            found.append(stated)
    return found


def _foreign(text: str, start: int, end: int) -> list[StatedDate]:
    """The date of another language that ends a line: "Genève, le 31 janvier 2018"."""
    places = [run.start() for run in _DIGITS.finditer(text, start, end)]
    return [
        StatedDate(read.span, read.days.start, None)
        for read in foreign_dates(text, places)
        if read.days.start is not None
        and pattern("datelines", "before a date in another language").fullmatch(text, start, read.span.start)
        and not text[read.span.end : end].strip(" .г")
    ]


def metadata_day(value: str) -> date | None:
    """The day that a value of metadata states, ISO or in words of any language; None where it states none."""
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        pass  # not ISO
    stated = full_dates(value)
    if stated:
        return stated[0].day
    read = normalised(value.strip())
    return read.days.start if read is not None and read.period == "day" else None


def dateline_end(text: str, start: int, end: int, day: date) -> int | None:
    """Where the dateline of `day` ends that opens a paragraph ("KABUL, 3 May 2016 (Agency) — "), None where
    there is none. Another day may be when it happened: "Aleppo, 5 May: …" in a list of events."""
    match = FULL_DATE.search(text, start, min(end, start + _LINE))
    stated = None if match is None else _stated(match)
    if match is None or stated is None or stated.day != day:
        return None
    closing = _DATELINE_END.match(text, match.end(), end)
    before = text[start : match.start()]
    opens = _PLACE.fullmatch(before) or not before.strip("( ")
    return closing.end() if closing is not None and opens else None


def reported_from(text: str, span: Span) -> Span | None:
    """Where a sentence only says from where it is reported: "GENEVA (Reuters) - More than 240 people"."""
    found = _REPORTED_FROM.match(text, span.start, span.end)
    return None if found is None else Span(span.start, found.end(1))


def is_dateline(text: str, start: int, end: int, day: date | None) -> bool:
    """Whether a stretch says nothing but where, on `day` and by whom a document was written."""
    match = FULL_DATE.search(text, start, min(end, start + _LINE))
    stated = None if match is None else _stated(match)
    if match is None or stated is None or day is None or stated.day != day:
        return False
    closed = dateline_end(text, start, min(len(text), end + 2), day)  # the blank behind the dash is outside
    if closed is not None and closed >= end:
        return True
    labelled = _LABEL.fullmatch(text, start, match.start())
    return labelled is not None and _AFTER.fullmatch(text, match.end(), end) is not None


def _dateline(text: str, zone: Zone) -> StatedDate | None:
    """ "KABUL, 3 May 2016 (Agency) —" at the head of a paragraph."""
    match = FULL_DATE.search(text, zone.start, min(zone.end, zone.start + _LINE))
    if match is None or _DATELINE_END.match(text, match.end(), zone.end) is None:
        return None
    before = text[zone.start : match.start()]
    return _stated(match) if _PLACE.fullmatch(before) or not before.strip("( ") else None


def _stated(match: re.Match[str]) -> StatedDate | None:
    year = match["year"] or match["year2"] or match["year3"]
    named = match["month"] or match["month2"]
    month = MONTHS[named.title()] if named else int(match["month3"])
    day = match["day"] or match["day2"] or match["day3"]
    try:
        when = date(int(year), month, int(day))
    except ValueError:
        return None
    weekday = None if match["weekday"] is None else WEEKDAYS[match["weekday"].title()]
    return StatedDate(Span(match.start(), match.end()), when, weekday)
