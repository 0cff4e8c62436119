"""Whether a document tells of other years than its own: then "on 3 March" is the story's, not the last one.

An encyclopaedia's article is dated by its last revision; a report or a speech tells of its own days and says
so: "this year", "yesterday", "on Friday". Those words (`data/date_company.toml`, row told_from_today) decide
where the dates alone leave it open.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import cache
from itertools import islice

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.storyline import dates_in
from claimcheck.lexicon import alternatives, pattern
from claimcheck.model import Document, Span

_MONTH = "|".join(calendar.month_name[1:])
_UNDATED = pattern("storylines", "undated day")
_LOOKED_AT, _MANY, _SOME = 200, 6, 3  # undated days: so many are looked at, so many make a story
_FAR = 60  # days before the document's date within which a report's undated days lie
_NEAR, _YEAR = 45, 365  # days on either side of the document's date in which a short report's days lie
_DATED = pattern("storylines", "dated")
_BARE = re.compile(r"(?<![\d.,/$€£-])\b(1[89]\d\d|20\d\d)\b(?![\d/%]|[.,]\d)(?<!00(?=\s[a-z]))")
_SOON = 100  # days by which one day of a story follows another
_RECENT, _RECENT_SHARE = 100, 0.75  # days back, and the share of undated days in them that make a report
_CENTURY = 100  # years
_STORY_DATES = 4  # so many full dates of earlier years, and twice as many as of its own, are a story
_TOLD = 6_000  # characters of a story in which one word may point from today
_QUOTED = re.compile(r"[\"“][^\"“”\n]{1,1500}[\"”]")


def is_story(document: Document) -> bool:
    """A narrative of other years: partial dates in it follow the text, not the document's date.

    It dates many things fully in earlier years; or it gives many days without a year, most of them far from
    the document's date; or some, and never names the document's year. A text that points from its own day
    ("this year", "on Friday") is none, nor one whose days without a year nearly all lie right before its own:
    a speech of February that tells of December and January, and names resolutions of years ago. Unless they
    go on from a day whose year it states, and it never names its own.
    """
    own = document.date
    if own is None:
        return True
    years = [int(y) for y in _DATED.findall(document.text)]
    earlier, same = sum(y < own.year for y in years), own.year in years
    if not earlier:
        return not same and _undated_story(document.text, own)
    back = [_days_back(own, m) for m in islice(_UNDATED.finditer(document.text), _LOOKED_AT)]
    recent = sum(days <= _RECENT for days in back)
    report = len(back) >= _SOME and _RECENT_SHARE * len(back) <= recent
    if (len(back) >= _MANY if report else back and not recent) and _goes_on(document.text, own):
        return True
    if report:
        return False
    if earlier >= _STORY_DATES and earlier > 2 * (len(years) - earlier):
        return _points(document.text) <= 1 + len(document.text) // _TOLD
    if len(back) >= _MANY and 2 * sum(days > _FAR for days in back) > len(back):
        return _points(document.text) <= 1 + len(document.text) // _TOLD
    if same or len(back) < _SOME:
        return False
    away = 2 * sum(_NEAR < days < _YEAR - _NEAR for days in back) >= len(back)
    few = _points(document.text) <= len(document.text) // _TOLD
    return few and (away or str(own.year) not in document.text)


def _undated_story(text: str, own: date) -> bool:
    """Many days without a year, and its own year nowhere in the text."""
    if str(own.year) in text or len(list(islice(_UNDATED.finditer(text), _MANY))) < _MANY:
        return False
    return _points(text) <= len(text) // _TOLD


def _goes_on(text: str, own: date) -> bool:
    """Whether a text that never names its own year, and seldom points from its own day, states the year of a
    day or a month and goes on from there: "on 31 May 2016 …. On 1 June …"."""
    if str(own.year) in text or _points(text) > len(text) // _TOLD:
        return False
    at: date | None = None
    followed = undated = 0
    for m in islice(dates_in(text), _LOOKED_AT):
        named, year = m["month"] or m["month2"] or m["month3"], m["year"] or m["year2"] or m["year3"]
        if named is None:
            continue
        month, day = words.month(named), int(m["day"] or m["day2"] or 1)
        if year is not None:
            at = timex.safe_date(int(year), month, day)
            continue
        undated += 1
        told = None if at is None else timex.safe_date(at.year + ((month, day) < (at.month, 1)), month, day)
        if at is not None and told is not None and (told - at).days <= _SOON:
            followed += 1
            at = told
    return undated > 0 and undated * _RECENT_SHARE <= followed


def first_year(text: str, own: date) -> int | None:
    """The year in which a story begins: of its first full date, else the first year of the past hundred."""
    dated = _DATED.search(text)
    if dated is not None:
        return int(dated[1])
    years = (int(m[1]) for m in _BARE.finditer(text))
    return next((y for y in years if own.year - _CENTURY < y < own.year), None)


@cache
def _pointing() -> re.Pattern[str]:
    weekdays = "|".join(name for name in words.table("weekday") if name.endswith("day"))
    joined = alternatives(words.company("told_from_today"), r"\s{1,3}")
    return re.compile(rf"\b(?:{joined}|(?:{weekdays})(?!,?\s(?:\d|{_MONTH})))\b", re.IGNORECASE)


def _points(text: str) -> int:
    """How often a text points from its own day, quotations left out."""
    return len(_pointing().findall(_QUOTED.sub(" ", text)))


def quotations(text: str) -> list[Span]:
    """The stretches in quotation marks: in a story, "today" in them is nobody's known day."""
    return [Span(*m.span()) for m in _QUOTED.finditer(text)]


def _days_back(own: date, undated: re.Match[str]) -> int:
    """How many days before a date the nearest such day and month lies, roughly."""
    number = words.month(undated["month"] or undated["month2"])
    day = int(undated["day"] or undated["day2"])
    return (round((own.month - number) * 30.4) + own.day - day) % 365
