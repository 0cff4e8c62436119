"""Dates of other languages in delimited spans: "31 janvier 2018", "3. März 2014", "٢٥ يناير ٢٠١٨".

A pattern delimits the span (day, a word or two that no English month is, year); dateparser, which knows the
months of two hundred languages, says which day it is. It is imported when the first such span turns up, with
the languages alone that have such a month (all of them take ten megabytes), reads strictly, never sees
running text and never today's date. English dates have rules of their own.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from claimcheck.dates.words import table
from claimcheck.lexicon import load, pattern
from claimcheck.model import Mention, Period, Span

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

Order = Literal["mdy", "dmy", "unknown"]

_LANGUAGES = (
    "fr", "de", "es", "it", "pt", "nl", "ru", "uk", "ar", "fa", "tr", "pl", "sv", "da", "nb", "fi", "cs",
    "ro", "el", "he", "hu", "id", "zh", "ja", "ko",
)  # fmt: skip
_DATE = pattern("foreign_dates", "date")
_YEAR = re.compile(r"\d{4}")
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = frozenset("/.,-–$€£#:")
_SHORT_MONTHS = frozenset(["mai", "mei", "maj"])  # other words of three letters are English more often
_FALLBACK = datetime(2000, 1, 1)  # where a document has no date; a full date takes nothing from it


@dataclass(frozen=True, slots=True)
class ForeignDate:
    """A span and the days it names; `period` is dateparser's word for its grain ("day", "month")."""

    span: Span
    days: Period
    period: str


@lru_cache(maxsize=4096)
def normalised(span: str, order: Order = "unknown", reference: date | None = None) -> ForeignDate | None:
    """The days that a delimited span names, None where no language reads it as a day or month of a year.

    `order` is the document's order of day and month, `reference` its date; both only break ties.
    """
    if _YEAR.search(span) is None:
        return None
    written = span
    for row in load("foreign_months"):
        written = written.replace(row["name"], row["known_as"])
    languages = languages_of(written)
    if not languages:
        return None
    data = _parser(order, reference, languages).get_date_data(written)
    if data.date_obj is None or data.period not in ("day", "month"):
        return None
    day = data.date_obj.date()
    if data.period == "month":
        last = calendar.monthrange(day.year, day.month)[1]
        days = Period(day.replace(day=1), day.replace(day=last))
    else:
        days = Period.day(day)
    return ForeignDate(Span(0, len(span)), days, data.period)


def languages_of(written: str) -> tuple[str, ...]:
    """The languages in which a month is called by words of the span."""
    words = _words(written)
    return tuple(language for language, months in _months().items() if any(m <= words for m in months))


@cache
def _months() -> dict[str, frozenset[frozenset[str]]]:
    """What each language calls its months, by dateparser's own tables, each name as its words."""
    out = {}
    for language in _LANGUAGES:
        info = import_module(f"dateparser.data.date_translation_data.{language}").info
        names = (name for month in calendar.month_name[1:] for name in info.get(month.lower(), ()))
        out[language] = frozenset(words for name in names if (words := _words(name)))
    return out


def _words(text: str) -> frozenset[str]:
    """The words of a text in lower case and without accents, as dateparser compares them."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return frozenset(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


@lru_cache(maxsize=16)
def _parser(order: Order, reference: date | None, languages: tuple[str, ...]) -> DateDataParser:
    from dateparser.date import DateDataParser

    base = _FALLBACK if reference is None else datetime(reference.year, reference.month, reference.day)
    settings: dict[str, object] = {
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["month", "year"],
        "RELATIVE_BASE": base,
    }
    if order != "unknown":
        settings["DATE_ORDER"] = order.upper()
    return DateDataParser(languages=list(languages), settings=settings)


def foreign_dates(
    text: str, places: Sequence[int], order: Order = "unknown", reference: date | None = None
) -> Iterator[ForeignDate]:
    """The full dates of other languages that start at `places`, the starts of runs of digits, in order."""
    last = 0
    for place in places:
        if place < last or text[place - 1 : place] in _BEFORE:
            continue
        found = _DATE.match(text, place)
        if found is None or not _may_be(found):
            continue
        read = normalised(found[0], order, reference)
        if read is not None and read.period == "day" and _agrees(found, read.days):
            last = found.end()
            yield ForeignDate(Span(place, last), read.days, read.period)


def _may_be(found: re.Match[str]) -> bool:
    """Whether the word between day and year can be a month of another language, by its look."""
    if found["cjk"]:
        return True
    word = found["month"].lower()
    if word in table("month") or not 1000 <= int(found["year"]) <= 2100 or not 1 <= int(found["day"]) <= 31:
        return False
    return len(word) > 3 or not word.isascii() or word in _SHORT_MONTHS


def _agrees(found: re.Match[str], days: Period) -> bool:
    """Whether the library took day and year from where they stand."""
    if days.start is None or found["cjk"]:
        return days.start is not None and days.start.year == int(found["cjk"])
    return (days.start.day, days.start.year) == (int(found["day"]), int(found["year"]))


def as_mention(text: str, found: ForeignDate) -> Mention:
    """The date as a mention, all its parts stated."""
    start = found.days.start
    iso = None if start is None else start.isoformat()
    return Mention(
        start=found.span.start, end=found.span.end, text=found.span.of(text), kind="date", timex=iso,
        date_start=start, date_end=found.days.end, edtf=iso, rule="dates.foreign",
    )  # fmt: skip
