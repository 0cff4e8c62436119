"""Text -> time mentions: dates, times of day, durations, what recurs. No parser, no library, no "today".

    trigger pass -> sentences with time words -> rules (data/time_expressions.toml) -> readers -> joins

Leftmost longest match wins among the matches that a reader accepts. Every expression is read against the
document's date and the last period that the text named; where neither helps it comes back unresolved with
a reason. dateparser reads full dates of other languages (`foreign`); on English spans it adds a millisecond
each and errs on what remains hard ("2014" takes today's day, "1990s" are seconds, "early 2020" is nothing).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from heapq import heappop, heappush
from typing import Literal

from claimcheck.dates import timex as timex
from claimcheck.dates.attached import Found
from claimcheck.dates.bounds import bound_of
from claimcheck.dates.context import NO_DATE, Place, tense_at
from claimcheck.dates.days_with_clocks import on_day
from claimcheck.dates.foreign import as_mention, foreign_dates
from claimcheck.dates.joins import join
from claimcheck.dates.rules import Candidate, again, candidates, kinds_in
from claimcheck.dates.story import first_year, is_story, quotations
from claimcheck.dates.storyline import year_in, years_along
from claimcheck.dates.timex import When
from claimcheck.dates.words import company
from claimcheck.lexicon import pattern
from claimcheck.model import Document, Mention, Span
from claimcheck.numbers.masks import no_claim
from claimcheck.numbers.qualifiers import admitted, qualifier_before, qualifier_behind
from claimcheck.numbers.scan import scan

_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](?:[12]\d{3})(?![\d/-])")
_ASIDE = 200  # days
_LATER = pattern("storylines", "later")
_CLOSE = 400  # characters behind a day told with its year in which the days after it are told
_OPENING = 12  # characters in which a sentence leads with its year: "By early 2014, …"
_DETERMINED = pattern("storylines", "determined")
_NOUN_BEHIND = pattern("storylines", "noun behind")
_POINTED = pattern("storylines", "of the year pointed at")
NAMED = "name"
_GROUP = re.compile(r"[ -]([A-Za-z]{3,15})\b(?:[ ]([A-Za-z]{3,15})\b)?")
_LED = pattern("storylines", "led")
QUOTED = "said in a quotation whose day is not known"


def find_times(document: Document, sentences: Sequence[Span], taken: Sequence[Span] = ()) -> list[Mention]:
    """The time expressions of a document, in text order, without overlap.

    `sentences` are its sentences in order; `taken` are characters that belong to something else (ages, list
    numbering). `status` is "unresolved" throughout: with a `reason` where the expression cannot be resolved,
    else without one, for a later stage to decide.
    """
    text = document.text
    found_in = kinds_in(text, sentences)
    if not found_in:
        return []
    out = [
        as_mention(text, found)
        for found in foreign_dates(text, scan(text).digits, document.locale, document.date)
        if not any(found.span.overlaps(span) for span in taken)
    ]
    others = sorted([*taken, *(m.span for m in out)])
    reading = _Reading(document, numeric_order(document), is_story(document), others)
    if reading.story and document.date is not None:
        reading.quoted = quotations(text)
        year = first_year(text, document.date)
        reading.timeline = None if year is None else replace(timex.year(year), explicit=True)
    if reading.story:
        reading.line = years_along(text, document.date)
    for i in sorted(found_in):
        out.extend(mention(text, f) for f in reading.sentence(sentences[i], found_in[i]))
    return sorted(out, key=lambda m: m.start)


def numeric_order(document: Document) -> Literal["mdy", "dmy"] | None:
    """Whether 3/4/2018 is in March or April: the locale, else what the document's other dates show."""
    if document.locale != "unknown":
        return document.locale
    shown = {
        "dmy" if int(a) > 12 else "mdy"
        for a, b in _NUMERIC.findall(document.text)
        if (int(a) > 12) != (int(b) > 12) and int(a) < 32 and int(b) < 32
    }
    if shown == {"dmy"}:
        return "dmy"
    return "mdy" if shown == {"mdy"} else None


@dataclass
class _Reading:
    """What runs through a document: the last period named, and what is taken."""

    document: Document
    order: Literal["mdy", "dmy"] | None
    story: bool
    taken: list[Span]
    reference: When | None = None
    quoted: list[Span] = field(default_factory=list)
    timeline: When | None = None
    former: When | None = None  # the timeline before it went a long way on
    groups: set[tuple[int | None, ...]] = field(default_factory=set)  # days after which groups are named
    line: Sequence[tuple[int, int]] = ()  # in a story: where undated days stand, and in which year they lie
    line_starts: int = -1  # where the text states the timeline's year: it leads inside its own sentence

    def sentence(self, span: Span, kinds: set[str]) -> list[Found]:
        """The expressions of one sentence; the running reference moves on with each."""
        text, found, last = self.document.text, [], span.start
        waiting = candidates(text, span, kinds)
        while waiting:
            c = heappop(waiting)
            if c.start < last < c.end:  # its front is taken: "last 3 months and | 2 days ago"
                for inner in again(c, text, last):
                    heappush(waiting, inner)
                continue
            if c.start < last or self._is_taken(c.start, c.end):
                continue
            place = Place(
                text,
                c.start,
                c.end,
                span,
                None if (quoted := self._is_quoted(c.start)) else self.document.date,
                self.order,
                self.reference,
                self.timeline,
                self.former,
                self.story or (self.line_starts >= span.start and self._is_lent(c, span)),
                0 <= c.start - self.line_starts < _CLOSE,
                self.story and self.document.date is not None,
                year_in(self.line, c.start, c.end) if self.line else None,
            )
            when = c.rule.read(c.groups, place)
            if when is None:
                continue
            if self._is_name(when, place):
                found.append(Found(c.start, c.end, replace(when, reason=NAMED), f"dates.{c.rule.id}"))
                last = c.end
                continue
            if quoted and when.reason == NO_DATE:
                when = replace(when, reason=QUOTED)
            found.append(Found(c.start, c.end, when, f"dates.{c.rule.id}"))
            last = c.end
            self._move(when, c.start, c.end, span)
        joined = join(text, found, span.start, span.end, self.document.date)
        for f in joined:
            self._move(f.when, f.start, f.end, span)
        return _clocks_take_day(joined)

    def _is_name(self, when: When, place: Place) -> bool:
        """Whether a day without a year names a group here ("the 14 March alliance"), or one named before."""
        if when.unit != "day" or when.inferred != ("year",) or when.stated is None:
            return False
        key = when.stated[1:]
        if names_group(place.after()):
            self.groups.add(key)
            return True
        return key in self.groups and _LED.search(place.before(16)) is None and place.word_after() != "at"

    def _is_quoted(self, start: int) -> bool:
        """Whether a story quotes here: "today" and "now" are not its own."""
        i = bisect_right(self.quoted, Span(start, len(self.document.text))) - 1
        return i >= 0 and start < self.quoted[i].end

    def _is_lent(self, c: Candidate, sentence: Span) -> bool:
        """Whether a date takes the year of its sentence: not the state of today, nor what is yet to come."""
        text = self.document.text
        return not _is_as_of(text, c.start) and (
            self.document.date is None or tense_at(text, c.start, c.end, sentence) != "future"
        )

    def _is_taken(self, start: int, end: int) -> bool:
        i = bisect_right(self.taken, Span(end, end))
        return any(s.start < end and start < s.end for s in self.taken[max(0, i - 3) : i + 1])

    def _move(self, when: When, start: int, end: int, sentence: Span) -> None:
        if when.kind not in ("date", "time") or when.first is None or when.unit in ("reference", "time"):
            return
        if not when.keep or when.timex_is_length:
            return
        if "year" in when.inferred and _POINTED.match(self.document.text, end):
            return
        self.reference = when
        if self._looks_ahead(when, start):
            return
        cited = self.document.text[end : end + 1] == ")" and when.unit == "year"
        if cited or self._leads_astray(when, start, end, sentence):
            return
        if when.explicit and when.unit not in ("decade", "century"):
            self._tell(when, start, end)

    def _tell(self, when: When, start: int, end: int) -> None:
        """The timeline moves to a period whose year the text gives; "later" a long way on is an aside."""
        line = self.timeline
        if line is not None and line.first is not None and when.first is not None:
            if (when.first - line.first).days > _ASIDE:
                aside = _LATER.search(self.document.text, max(0, start - _OPENING), end) is not None
                self.former = line if aside else None
            elif when.first > line.first:
                self.former = None  # the story goes on from there
        self.timeline, self.line_starts = when, start

    def _looks_ahead(self, when: When, start: int) -> bool:
        """ "not revealed until November 2021": a later year behind "until" is no step of the story. And "the
        worst since 2015" lends its year to nothing that a report tells."""
        line = self.timeline
        if self.document.date is not None and not self.story:
            since = self.document.text[max(0, start - 6) : start].lower() == "since "
            if since and when.first is not None and when.first.year < self.document.date.year:
                return True
        if line is None or line.first is None or when.first is None or when.first.year <= line.first.year:
            return False
        return self.document.text[max(0, start - 6) : start].lower() in ("until ", " till ")

    def _leads_astray(self, when: When, start: int, end: int, sentence: Span) -> bool:
        """Whether a year is an aside: it lies before the story or behind the document, and names something
        ("the 1839 treaty") or stands within its sentence ("…, lost in 1839, …"). A story moves on."""
        text, line, own = self.document.text, self.timeline, self.document.date
        if when.unit != "year" or when.first is None:
            return False
        ahead = own is not None and when.first.year > own.year  # "the 2030 Agenda"
        if not ahead and (line is None or line.first is None):
            return False
        if ahead or line is None or line.first is None:
            return ahead
        if when.first.year >= line.first.year and (own is None or when.first.year <= own.year):
            return False
        opens = start - sentence.start <= _OPENING
        names = _DETERMINED.search(text, max(0, start - 12), start) and _NOUN_BEHIND.match(text, end)
        return not opens or names is not None


def _is_as_of(text: str, start: int) -> bool:
    """ "launched in 2013, and as of May it has …": the state at the document's date, not the story's."""
    return text[max(0, start - 6) : start].lower() == "as of "


def _clocks_take_day(found: list[Found]) -> list[Found]:
    """A clock alone takes the day that its sentence names."""
    days = [f for f in found if f.when.unit == "day" and f.when.kind == "date" and f.when.first is not None]
    if not days:
        return found
    starts = [d.start for d in days]
    out = []
    for f in found:
        if f.when.unit == "time":
            i = bisect_right(starts, f.start)
            nearest = min(days[max(0, i - 1) : i + 1], key=lambda d: abs(d.start - f.start))
            f = replace(f, when=on_day(f.when, nearest.when))
        out.append(f)
    return out


def mention(text: str, f: Found) -> Mention:
    """A found expression as a mention."""
    w = f.when
    if w.reason == NAMED:
        return no_claim(text, f.start, f.end, NAMED, rule=f.rule)
    bound = None
    if w.kind == "duration" and w.value is not None:
        bound = qualifier_before(text, f.start) or qualifier_behind(text, f.end)
    low, high, comparator = w.low, w.high, w.comparator
    if bound is not None and w.value is not None:  # "more than a week"
        limits = admitted(w.value, bound.row["low"], bound.row["high"], whole=False)
        low, high, comparator = limits.low, limits.high, bound.comparator
    open_end = bound_of(text, f.start, f.end, w)  # "since May"
    if open_end is not None:
        w = replace(w, edtf=open_end.edtf)
    qualifier = bound if bound is not None else open_end
    return Mention(
        start=f.start,
        end=f.end,
        text=text[f.start : f.end],
        kind=w.kind,
        value=w.value,
        low=low,
        high=high,
        comparator=comparator,
        unit=w.measured_in,
        timex=w.timex,
        date_start=_known(w.first, w),
        date_end=_known(w.last, w),
        inferred=w.inferred,
        status="unresolved",
        reason=w.reason,
        rule=f.rule,
        mod=w.mod,
        qualifier=None if qualifier is None else qualifier.span,
        edtf=None if w.reason or w.kind in ("set", "duration") else w.edtf,
    )


def names_group(behind: str) -> bool:
    """Whether the words behind a day say that a group is named after it."""
    found = _GROUP.match(behind)
    if found is None:
        return False
    words = [word for word in found.groups() if word is not None]
    first, last = words[0], words[-1]
    group, upheaval = company("named_after_a_day"), company("upheavals_named_after_a_day")
    return first.lower() in group or first in upheaval or (first.istitle() and last in upheaval)


def _known(day: date | None, when: When) -> date | None:
    return None if when.reason else day
