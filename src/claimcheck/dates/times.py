"""Text -> time mentions: dates, times of day, durations, what recurs. No parser, no library, no "today".

    trigger pass -> sentences with time words -> rules (data/time_expressions.toml) -> readers -> joins

Where a document tells a story of other years, its undated days lie on the story's way.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, lru_cache
from heapq import heappop, heappush
from itertools import islice, pairwise
from typing import Any, Literal

import claimcheck.dates.clock_readers
import claimcheck.dates.holiday_readers
import claimcheck.dates.readers
import claimcheck.dates.relative_readers  # noqa: F401  the imports register the readers
from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.clock_readers import words_of
from claimcheck.dates.context import NO_DATE, Place, tense_at
from claimcheck.dates.foreign import as_mention, foreign_dates
from claimcheck.dates.joins import Found, join, on_day
from claimcheck.dates.readers import READERS, Groups, Reader
from claimcheck.dates.timex import When
from claimcheck.dates.words import company, expand, table
from claimcheck.lexicon import alternatives, load, pattern
from claimcheck.model import Document, Mention, Span, replace
from claimcheck.numbers.not_quantities import no_claim
from claimcheck.numbers.numerals import scan
from claimcheck.numbers.units import admitted, qualifier_before, qualifier_behind

# ----------------------------------------------------------------------------------------------------
# Open ends: "since August", "after 2014", "until Friday", "before 3 May" leave one end of a date open.
#
# The words are data (`data/date_bounds.toml`). They stay outside the mention and become its qualifier: the
# mention's days are those of its own words ("2014"), its `edtf` and the time of a claim carry what stands
# in front ("after 2014" is 2015 and on).

_LOOK_BACK = 28
_COUNTED = pattern("bound_company", "counted")
# Behind the date the clause ends or goes on with a word of grammar; any other may be what the date is of.
_FREE = pattern("bound_company", "free")


@dataclass(frozen=True, slots=True)
class Bound:
    """Words that open an end of a date: their characters, and the days that are left, as EDTF."""

    span: Span
    edtf: str


def gives_of(words: str) -> str | None:
    """What the words of a qualifier make of a date (`onwards`, `beyond`, `up_to`, `short_of`), else None."""
    return _bound_words()[1].get(re.sub(r"\s+", " ", words.lower()))


@cache
def _bound_words() -> tuple[re.Pattern[str], dict[str, str]]:
    gives = {word: row["gives"] for row in load("date_bounds") for word in row["words"]}
    words = alternatives(gives, r"\s{1,3}")
    return re.compile(rf"(?<![\w'’-])(?P<lead>{words})\s{{1,3}}(?P<the>the\s{{1,3}})?$", re.IGNORECASE), gives


@cache
def _last_words() -> frozenset[str]:
    """What stands directly in front of a date that words bound: a quick look before the pattern's."""
    return frozenset({"the"} | {word.rpartition(" ")[2] for word in _bound_words()[1]})


def bound_of(text: str, start: int, end: int, when: When) -> Bound | None:
    """What the words in front of `start` make of a date; None without them or where it is not alone."""
    if when.kind != "date" or when.first is None or when.last is None or when.reason is not None:
        return None
    if when.unit in ("range", "reference") and "/" in (when.timex or "/"):
        return None
    said = text[max(0, start - 16) : start].lower().split()
    if not said or said[-1] not in _last_words():
        return None
    found = _bound_words()[0].search(text, max(0, start - _LOOK_BACK), start)
    if found is None or (found["the"] and when.unit in ("year", "month", "day")):
        return None
    if not is_alone(text, end):
        return None
    lead = gives_of(found["lead"])
    if lead in ("beyond", "short_of") and _COUNTED.search(text, max(0, found.start() - 12), found.start()):
        return None  # "the days before 3 March"
    first, last = opened(lead or "", when.first, when.last)
    return Bound(Span(found.start("lead"), found.end("lead")), f"{first or '..'}/{last or '..'}")


def is_alone(text: str, end: int) -> bool:
    """Whether a date that ends at a character is none of what stands behind it: "after 2014, they", not
    "after the 2014 *floods*"."""
    return _FREE.match(text, end) is not None


def opened(gives: str, first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """The days that words leave of a period: `beyond` a year is from the day after it."""
    if gives in ("onwards", "beyond"):
        return (first if gives == "onwards" or last is None else timex.add(last, 1)), None
    return None, (last if gives == "up_to" or first is None else timex.add(first, -1))


# ----------------------------------------------------------------------------------------------------
# In which year each undated day of a story lies: the way through all its dates that leaps the least.
#
# A story states a year now and then and goes on ("On 24 February 2022 …. By 2 March …"); its opening tells
# the whole before it begins, and asides name other years. Read one date at a time, an aside carries all
# that follows into its own year. Here every date is a step: an undated one has several years to choose
# from, one with its year may be passed over as an aside, and the cheapest way through all of them is taken.

_DATE = pattern("storylines", "date")
_ANCHOR = re.compile(r"[JFMASOND12][a-z\d]{2,8}")
_NAMES_OF_MONTHS = frozenset(calendar.month_name[1:])
_LEAST = 10  # characters in front of a month in which its day stands, or the word that leads to it
_BEFORE = pattern("storylines", "leads a date")
_TO = pattern("storylines", "to the end of a range")
_LONGEST_DAY = 20  # characters of a day, its month and the word behind that leads to another
_PARAGRAPH, _SENTENCE = re.compile(r"\n"), re.compile(r"\n|[.!?;]\s")
_HEADING = re.compile(r"\n[^\n.!?|]{2,80}\n")
_OPENS = pattern("storylines", "opens a section")
_NAMES = pattern("storylines", "names")
_TOP = 120  # characters in which a dateline stands
_LOOKED_BACK = 40  # characters in front in which a sentence leads with its date
_NEAR = 150  # characters behind a stated year in which an undated day takes it
_SOON = 6  # months by which it may follow one that is stated in its sentence, and take its year
_ENCLOSED = 600  # characters between two dates of one year
_YEARS = 24  # so many years at most are tried

# What it costs to pass over a date with its year: inside a sentence, at its start, in brackets. A year: half.
_ASIDE_COST, _OPENING_COST, _CITED = 0.6, 1.2, 0.2
_OTHER = 1.2  # what it costs to be in another year than was stated just before
_TAKEN_UP = 0.3  # … and to tell of a day in it and go on from where the story was
_LEFT_BEHIND = 1.5  # … and to stay in it where a heading follows
_UNBEGUN = 1.0  # … to begin with no date that the text gives
_RESTART = 0.8  # at most, what it costs to go back to a stated date behind a heading
_UNHEARD = 0.4  # … and to go back, or to another year, to days about which the text states none
_AROUND = 60  # days
_MONTHS = 12
_RARE = 0.5  # at most, what it costs to enter a year that the text seldom states
_HOPELESS = 4.0  # a way that costs so much more than the cheapest is given up
_UNSTATED = 1.5  # what it costs to enter a year that the text does not state
_ELSEWHERE = 1.0  # … and to leave at once a whole year that was just named
# Days up to which a leap on or back costs so much. A new section may go back at half the price.
_ON = ((75, 0.0), (150, 0.4), (240, 0.8), (330, 1.3), (420, 1.7))
_BACK = ((3, 0.1), (31, 0.5), (120, 1.0), (240, 1.6), (365, 2.2))
_FARTHER, _EACH = 2.6, 0.0008  # beyond them, and for each day


@dataclass(frozen=True, slots=True)
class _Step:
    """A date of the text; `passed` is the price of passing over it."""

    start: int
    month: int | None
    day: int | None
    year: int | None
    passed: float = 0.0
    leads: bool = False  # whether its sentence begins with it
    section: bool = False  # whether a heading stands before it
    lent: int | None = None  # the year stated just before it, in the same paragraph

    def days(self, year: int) -> tuple[int, int] | None:
        """The first and last day in a year, as ordinals; None where that year has no such day."""
        if self.day is not None and self.month is not None:
            found = timex.safe_date(year, self.month, self.day)
            return None if found is None else (found.toordinal(),) * 2
        first, last = self.month or 1, self.month or _MONTHS
        end = monthrange(year, last)[1]
        return date(year, first, 1).toordinal(), date(year, last, end).toordinal()


@dataclass(frozen=True, slots=True)
class _Way:
    """A way through the steps so far: its price, the days and the year it has come to, what it chose."""

    price: float
    at: tuple[int, int] | None = None
    year: int | None = None
    whole: bool = False  # it has come to a year as a whole
    chosen: Any = None  # (start, year, chosen before), innermost last


@dataclass(frozen=True, slots=True)
class _Known:
    """What the text states: the years to try, how often it states each, the days that it dates."""

    years: Sequence[int]
    stated: Mapping[int, int]
    days: Sequence[int]
    own: int | None

    def entering(self, year: int) -> float:
        """What it costs to enter a year: the more, the more seldom the text states it."""
        if year not in self.stated:
            return _UNSTATED
        return _RARE * (1 - self.stated[year] / max(self.stated.values()))

    def is_near(self, to: tuple[int, int]) -> bool:
        """Whether the text states a day or a month about then."""
        i = bisect_left(self.days, to[0] - _AROUND)
        return i < len(self.days) and self.days[i] <= to[1] + _AROUND


def years_along(text: str, own: date | None) -> list[tuple[int, int]]:
    """The undated days and months of a story: where each stands and the year it is taken to lie in.

    `own` is the day of the story's last revision: what it tells was before. Empty where no year is known.
    """
    steps = [step for step in _steps(text) if not _is_its_own(step, own)]
    steps = _enclosed(_ranged(text, steps))
    known = _known_years(steps, own)
    if not known.years:
        return []
    ways = [_Way(0.0)]
    for step in steps:
        ways = _onward(ways, step, known) or ways
    chosen, found = min(ways, key=lambda way: way.price).chosen, []
    while chosen is not None:
        start, year, chosen = chosen
        found.append((start, year))
    return found[::-1]


def _known_years(steps: Sequence[_Step], own: date | None) -> _Known:
    """What the dates with their years give. The years behind those are tried too; a text that states none
    tells of the year before its own and of that."""
    given = [(s, year) for s in steps if (year := s.year or s.lent) and (own is None or year <= own.year)]
    stated = Counter(year for _, year in given)
    if own is not None and stated:
        stated[own.year] += 1
    tried = [year for year, _ in stated.most_common(_YEARS)]
    tried += [y + 1 for y in tried if y + 1 not in tried and y + 1 <= (9999 if own is None else own.year)]
    if not tried and own is not None:
        tried = [own.year - 1, own.year]
    days = (step.days(year) for step, year in given if step.month is not None and step.year is not None)
    noted = sorted(d[0] for d in days if d is not None)
    return _Known(sorted(tried), stated or Counter(tried), noted, None if own is None else own.toordinal())


def _steps(text: str) -> Iterator[_Step]:
    """The dates of a text in order. A year alone is a step where it leads its sentence, or is its heading;
    inside a sentence it only lends itself to what stands behind it."""
    last = 0
    lent: tuple[int, int, bool] | None = None  # a year alone, where it ends, whether it leads its sentence
    said: tuple[int, int, int] | None = None  # a month with its year, and where it ends
    stated: int | None = None  # the year that was stated last
    on = [found.end() for found in pattern("storylines", "a year on").finditer(text)][::-1]
    for m in dates_in(text):
        while on and on[-1] <= m.start():
            end = on.pop()
            if stated is not None:  # "The following year was dry."
                stated += 1
                lent = (stated, end, True)
                yield _Step(end, None, None, stated, _OPENING_COST, leads=True)
        before = max(0, m.start() - _LOOKED_BACK)
        leads = _OPENS.search(text, before, m.start()) is not None
        alone = m["year5"]
        if alone and _counts(m):
            continue
        if alone:
            named = m["behind"] and not leads and _NAMES.search(text, before, m.start())
            lent = lent if named else (int(alone), m.end(), leads)
            stated = stated if named else int(alone)
            if not leads:
                continue
        month = m["month"] or m["month2"] or m["month3"] or m["month4"]
        day, year = m["day"] or m["day2"], m["year"] or m["year2"] or m["year3"] or alone
        price = _CITED if text[m.end() : m.end() + 1] == ")" else _OPENING_COST if leads else _ASIDE_COST
        yield _Step(
            start=m.start("month4") if m["month4"] else m.start(),
            month=None if month is None else words.month(month), day=None if day is None else int(day),
            year=None if year is None else int(year), passed=price / 2 if alone else price, leads=leads,
            section=_HEADING.search(text, last, m.start()) is not None,
            lent=None if year is not None else _lent(text, m.start(), month, lent, said),
        )  # fmt: skip
        last = m.end()
        said = (words.month(month), int(year), last) if month and year else said
        stated = stated if year is None else int(year)


def _is_its_own(step: _Step, own: date | None) -> bool:
    """Whether a day near the top is that on which the text was written: "OREN, 15 March – It began"."""
    same = own is not None and (step.month, step.day) == (own.month, own.day)
    return same and step.year is None and step.start < _TOP


def _ranged(text: str, steps: list[_Step]) -> list[_Step]:
    """The steps, the first day of a range with the year of its last: "from *28 November* to 3 May 2017"."""
    out = list(steps)
    for at, (first, last) in enumerate(pairwise(steps)):
        if first.year is not None or last.year is None or first.month is None or last.month is None:
            continue
        near = last.start - first.start <= _LONGEST_DAY and first.day is not None
        if near and _TO.search(text, first.start, last.start) is not None:
            year = last.year - (first.month > last.month)
            out[at] = replace(first, lent=year)
    return out


def _enclosed(steps: list[_Step]) -> list[_Step]:
    """The steps, an undated one between two dates of one year that it lies between lent that year: "in
    September 1918 …. By 25 September …. On 29 September 1918"."""
    dated = [i for i, step in enumerate(steps) if step.year is not None and step.month is not None]
    for a, b in pairwise(dated):
        first, last, year = steps[a], steps[b], steps[a].year
        if year is None or year != last.year or last.start - first.start > _ENCLOSED:
            continue
        low, high = first.days(year), last.days(year)
        for i in range(a + 1, b):
            days = steps[i].days(year) if steps[i].year is None else None
            if days is not None and low is not None and high is not None and low[0] <= days[0] <= high[1]:
                steps[i] = replace(steps[i], lent=year)
    return steps


def _lent(
    text: str,
    start: int,
    month: str | None,
    alone: tuple[int, int, bool] | None,
    said: tuple[int, int, int] | None,
) -> int | None:
    """The year that stands close before an undated day or month: alone, or with a month of its sentence that
    it follows ("beaten in June 1918, and by October …")."""
    if said is not None and (alone is None or alone[1] < said[2]):
        later = -1 if month is None else words.month(month) - said[0]
        return said[1] if 0 < later <= _SOON and _lends(text, said[2], start, False) else None
    return alone[0] if alone is not None and _lends(text, alone[1], start, alone[2]) else None


def dates_in(text: str) -> Iterator[re.Match[str]]:
    """The dates of a text, tried only where a month or four digits stand."""
    last = 0
    for anchor in _ANCHOR.finditer(text):
        at, word = anchor.start(), anchor[0]
        if at < last or not (word in _NAMES_OF_MONTHS or word.isdecimal()):
            continue
        led = _BEFORE.search(text, max(last, at - _LEAST), at) if word[0].isalpha() else None
        found = None if led is None else _DATE.match(text, led.start())
        found = found or _DATE.match(text, at)
        if found is not None:
            last = found.end()
            yield found


def _lends(text: str, end: int, start: int, leads: bool) -> bool:
    """Whether a year alone lends itself to an undated day close behind: in its sentence, and in the next ones
    where it leads its own ("In 2013 …. In August …")."""
    return start - end <= _NEAR and (_PARAGRAPH if leads else _SENTENCE).search(text, end, start) is None


def _counts(m: re.Match[str]) -> bool:
    """ "2000 people", "2000 sqkm": a number and no year."""
    return bool(m["year5"]) and m["year5"].endswith("00") and bool(m["behind"])


def _onward(ways: Sequence[_Way], step: _Step, known: _Known) -> list[_Way]:
    """The ways that a step leads to, the cheapest to each period."""
    reached: dict[Any, _Way] = {}
    for year in known.years if step.year is None else [step.year]:
        days = step.days(year)
        if days is None or (step.year is None and known.own is not None and days[0] > known.own):
            continue
        other = _OTHER if step.lent not in (None, year) else 0.0
        entering = known.entering(year)
        unheard = 0.0 if known.is_near(days) else _UNHEARD
        for way in ways:
            leap = _leap(way, step, days)
            if step.year is not None:
                _keep(reached, _Way(way.price + leap, days, year, step.month is None, way.chosen))
                continue
            price = way.price + leap + other + (entering if year != way.year else 0.0)
            if leap and way.at is not None and (year != way.year or days[0] < way.at[0]):
                price += unheard
            chosen = (step.start, year, way.chosen)
            _keep(reached, _Way(price, days, year, False, chosen))
            if year == step.lent:
                _keep(reached, replace(way, price=way.price + _TAKEN_UP, chosen=chosen))
    if step.year is not None:
        for way in ways:
            unbegun = _UNBEGUN if way.at is None else 0.0
            _keep(reached, replace(way, price=way.price + step.passed + unbegun))
    least = min((way.price for way in reached.values()), default=0.0)
    return [way for way in reached.values() if way.price <= least + _HOPELESS]


def _keep(reached: dict[Any, _Way], new: _Way) -> None:
    old = reached.get(new.at)
    if old is None or new.price < old.price:
        reached[new.at] = new


def _price(days: int, prices: tuple[tuple[int, float], ...]) -> float:
    for most, price in prices:
        if days <= most:
            return price
    return _FARTHER + _EACH * days


def _leap(way: _Way, step: _Step, to: tuple[int, int]) -> float:
    """What it costs to go from where a way has come to on to, or back to, the days of a step."""
    if way.at is None:
        return 0.0
    first, last = way.at
    on, back = to[0] - last, first - to[1]
    left_behind = way.whole and step.section  # "In 2009 it was built.", and then a heading
    if on <= 0 and back <= 0:
        return _LEFT_BEHIND if left_behind else 0.0
    price = _price(on, _ON) if on > 0 else _price(back, _BACK)
    if step.section and back > 0:
        price = min(price / 2, _RESTART) if step.year is not None and step.leads else price / 2
    if way.whole and not left_behind:
        price += _ELSEWHERE
    # a story may go on as far as it says
    return min(price, step.passed / 2) if step.year is not None and on > 0 else price


def year_in(line: Sequence[tuple[int, int]], start: int, end: int) -> int | None:
    """The year of the undated date that stands within some characters, None where the line has none there."""
    i = bisect_right(line, (start, 0))
    return line[i][1] if i < len(line) and line[i][0] < end else None


# ----------------------------------------------------------------------------------------------------
# Whether a document is about other years than its own: then "on 3 March" is the story's, not the last one.
#
# An encyclopaedia's article is dated by its last revision; a report or a speech is about its own days and
# says so: "this year", "yesterday", "on Friday". Those words (`data/date_company.toml`, row
# deictic) decide where the dates alone leave it open.

_MONTH = "|".join(calendar.month_name[1:])
_UNDATED = pattern("storylines", "undated day")
_LOOKED_AT, _MANY, _SOME = 200, 6, 3  # undated days: so many are looked at, so many make a story
_FAR = 60  # days before the document's date within which a report's undated days lie
_AROUND_OWN, _YEAR = 45, 365  # days on either side of the document's date in which a short report's days lie
_DATED = pattern("storylines", "dated")
_BARE = re.compile(r"(?<![\d.,/$€£-])\b(1[89]\d\d|20\d\d)\b(?![\d/%]|[.,]\d)(?<!00(?=\s[a-z]))")
_FOLLOWS_WITHIN = 100  # days by which one day of a story follows another
_RECENT, _RECENT_SHARE = 100, 0.75  # days back, and the share of undated days in them that make a report
_CENTURY = 100  # years
_STORY_DATES = 4  # so many full dates of earlier years, and twice as many as of its own, are a story
_DEICTIC_EVERY = 6_000  # characters of a story in which one word may point from today
_QUOTED = re.compile(r"[\"“][^\"“”\n]{1,1500}[\"”]")


def is_story(document: Document) -> bool:
    """A narrative of other years: partial dates in it follow the text, not the document's date.

    It dates many things fully in earlier years; or it gives many days without a year, most of them far from
    the document's date; or some, and never names the document's year. A text that points from its own day
    ("this year", "on Friday") is none, nor one whose days without a year nearly all lie right before its own:
    a speech of February that is about December and January, and names resolutions of years ago. Unless they
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
        return _points(document.text) <= 1 + len(document.text) // _DEICTIC_EVERY
    if len(back) >= _MANY and 2 * sum(days > _FAR for days in back) > len(back):
        return _points(document.text) <= 1 + len(document.text) // _DEICTIC_EVERY
    if same or len(back) < _SOME:
        return False
    away = 2 * sum(_AROUND_OWN < days < _YEAR - _AROUND_OWN for days in back) >= len(back)
    few = _points(document.text) <= len(document.text) // _DEICTIC_EVERY
    return few and (away or str(own.year) not in document.text)


def _undated_story(text: str, own: date) -> bool:
    """Many days without a year that do not lie right before its own, and its own year nowhere in the text."""
    back = [_days_back(own, m) for m in islice(_UNDATED.finditer(text), _LOOKED_AT)]
    recent = sum(days <= _RECENT for days in back) >= _RECENT_SHARE * len(back)
    if str(own.year) in text or len(back) < _MANY or recent:
        return False
    return _points(text) <= len(text) // _DEICTIC_EVERY


def _goes_on(text: str, own: date) -> bool:
    """Whether a text that never names its own year, and seldom points from its own day, states the year of a
    day or a month and goes on from there: "on 31 May 2016 …. On 1 June …"."""
    if str(own.year) in text or _points(text) > len(text) // _DEICTIC_EVERY:
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
        noted = None if at is None else timex.safe_date(at.year + ((month, day) < (at.month, 1)), month, day)
        if at is not None and noted is not None and (noted - at).days <= _FOLLOWS_WITHIN:
            followed += 1
            at = noted
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
    joined = alternatives(words.company("deictic"), r"\s{1,3}")
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


# ----------------------------------------------------------------------------------------------------
# The rules of `data/time_expressions.toml`, and the cheap look that says which can match.
#
# One pass over the text finds the words that any time expression must hold (digits, months, weekdays,
# units, "yesterday" ...). Only the sentences that hold one are read, and there only the rules whose `needs`
# are met, so that text without dates costs that one pass.


@dataclass(frozen=True)
class Rule:
    """A rule: what it matches, its reader, and the alternatives of word kinds that it needs."""

    id: str
    expression: str
    read: Reader
    needs: tuple[frozenset[str], ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a text first needs it: a letter needs few, and all take a tenth of a second."""
        return re.compile(self.expression, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match of a rule: its span (the group `keep` where the rule has one) and groups."""

    start: int
    end: int
    rule: Rule
    order: int
    groups: Groups

    def __lt__(self, other: Candidate) -> bool:
        """Leftmost first, then longest, then by the order of the rules."""
        return (self.start, -self.end, self.order) < (other.start, -other.end, other.order)


_LEAD = pattern("relative_times", "lead")  # stays outside a reference's mention


def _phrases(topic: str, want: tuple[str, ...] = ()) -> str:
    found = (w for w, row in words_of(topic).items() if not want or row["value"].startswith(want))
    words = alternatives((_LEAD.sub("", word) for word in found), r"\s{1,3}")
    return f"(?:{words})".replace("'", "['’]")


@cache
def rules() -> tuple[Rule, ...]:
    """All rules in file order. An unknown reader is an error at once."""
    special = {
        "<HOLIDAY>": rf"(?P<holiday>(?<!\w){_phrases('holidays')})",
        "<FREQUENCY>": _phrases("time_references", ("P1", "P2", "P3", "PT")),
        "<REFERENCE>": _phrases("time_references", ("PRESENT", "PAST", "FUTURE")),
    }
    made = []
    for row in load("time_expressions"):
        expression: str = row["pattern"]
        for name, piece in special.items():
            expression = expression.replace(name, piece)
        needs = tuple(frozenset(part.split("+")) for part in row["needs"].split("|"))
        made.append(Rule(row.id, expand(expression), READERS[row["reads"]], needs))
    return tuple(made)


_WORD = re.compile(r"\d+(?:[/.:–-]\d+)*|[½¼¾]|[^\W\d_]+")
_WAYS = (
    "ago earlier later hence before after afterwards afterward previously back beforehand now today tomorrow "
    "yesterday"
)
_RELATIVE = (
    "last past next previous preceding coming upcoming following first recent this that same current present "
    "these prior latest"
)
_COUNTS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty hundred thousand"
)
_SIGNS = {  # what stands with digits, or at them: "14 BC", "Q3", "W04", "0430 GMT", "18th", "the 90s"
    "era": "bc bce ce ad c d",
    "sign": "q h",
    "week": "week",
    "week_sign": "w",
    "hours": "gmt utc hrs hours",
    "suffix": "st nd rd th",
    "plural": "s",
    "attacks": "attacks",
    "alike": "same like corresponding comparable ago earlier prior previous",
}
_LONG = "hour day night week month year decade"
_EVERYDAY = (
    "women workers rights good president presidents mother mothers father fathers guy earth ve id holy"
)
_COMMON = "new day days year years night the all st saint of s april world international human"


@cache
def _kinds_of_words() -> dict[str, tuple[str, ...]]:
    """Every word that a time expression may need -> its kinds, in lower, title and upper case."""
    kinds: dict[str, set[str]] = {}

    def put(words: Iterable[str], *names: str) -> None:
        for word in words:
            kinds.setdefault(word, set()).update(names)

    for kind in ("month", "weekday", "part", "unit", "season", "decade", "weekend"):
        names = [w for w in table(kind) if " " not in w]
        put(names + [w + "s" for w in names], "unit" if kind == "weekend" else kind)
    put(["centuries", "century"], "unit", "century")
    put(["millennia"], "unit")
    put(table("part"), "unit")
    put(["annum", "half", "workweek", "season", *(f"{w}long" for w in _LONG.split())], "unit")
    put(["today", "tonight", "tonite", "yesterday", "tomorrow"], "point")
    put(["date", "period", "time"], "datum")
    put(["then", "time"], "then")
    put(["am", "pm", "m"], "meridiem")
    put(["half", "quarter"], "fraction")
    for kind, signs in _SIGNS.items():
        put(signs.split(), kind)
    put(["overnight"], "point")
    put(["rest", "remainder", "remaining", "balance"], "rest")
    put(["weekend"], "weekend")
    put(["noon", "midday", "midnight", "dawn", "dusk", "sunrise", "sunset", "clock"], "clock")
    put(_WAYS.split(), "way")
    put(_RELATIVE.split(), "relative")
    put(_COUNTS.split(), "count")
    put({part for word in table("ordinal") for part in re.split(r"[ -]", word)}, "ordinal")
    put(["last", "final", "opening", "closing"], "ordinal")
    put(["fiscal", "financial", "school", "academic", "fy", "cy"], "fiscal")
    for phrase, row in words_of("time_references").items():
        put([phrase.split()[-1]], "reference" if row["value"].endswith("_REF") else "frequency")
    for phrase in words_of("holidays"):
        parts = [w for w in re.split(r"[^a-z]+", phrase) if w]
        rare = [
            w
            for w in parts
            if w not in _COMMON.split() and w not in table("weekday") and w not in table("month")
        ]
        if rare and rare[0] not in _EVERYDAY.split():
            put(rare[:1], "holiday")
        else:  # "Women's Day", "new year": two everyday words that must stand in one sentence
            put((rare or parts)[:1], "feast")
            put([w for w in parts if w != "s"][-1:], "feastday")
    return {
        form: tuple(names)
        for word, names in kinds.items()
        for form in (word, word.capitalize(), word.upper())
    }


def kinds_in(text: str, sentences: Sequence[Span]) -> dict[int, set[str]]:
    """The kinds of time words in each sentence that holds any, by the sentence's index."""
    get = _kinds_of_words().get
    found: dict[int, set[str]] = {}
    i, count = 0, len(sentences)
    for hit in _WORD.finditer(text):
        word = hit.group()
        kinds = get(word)
        if kinds is None:
            if word[0].isalpha():
                continue
            kinds = _number_kinds(word)
        start = hit.start()
        while i < count and sentences[i].end <= start:
            i += 1
        if i == count:
            break
        if start < sentences[i].start:
            continue
        there = found.setdefault(i, set())
        for kind in kinds:
            there.add(kind + "2" if kind in there else kind)
    return found


@lru_cache(maxsize=4096)
def _number_kinds(word: str) -> tuple[str, ...]:
    """What digits may be: "2014" a year, "3/4" a date, "14:30" a clock."""
    kinds = {"digit"}
    if ":" in word:
        kinds.add("colon")
    if re.search(r"[/.–-]", word):
        kinds |= {"slash", "digit2"}
    if re.search(r"(?<!\d)\d{4}(?!\d)", word):
        kinds.add("year")
    if len(word) == 8 and word.isdigit():
        kinds.add("compact")
    if word == "9/11":
        kinds.add("holiday")
    return tuple(kinds)


def candidates(text: str, sentence: Span, kinds: set[str]) -> list[Candidate]:
    """Every match of every rule that the sentence's words admit: leftmost first, then longest."""
    bits = _bits()
    held = sum(bits[kind] for kind in kinds if kind in bits)
    found = [c for order, rule in _rules_for(held) for c in _matches(rule, order, text, sentence)]
    return sorted(found)


@cache
def _bits() -> dict[str, int]:
    """A bit for every kind of word that some rule needs."""
    kinds = sorted({kind for rule in rules() for need in rule.needs for kind in need})
    return {kind: 1 << i for i, kind in enumerate(kinds)}


@cache
def _needs() -> tuple[tuple[int, tuple[int, Rule]], ...]:
    """Every alternative of every rule's needs as bits, with the rule and its place in the file."""
    bits = _bits()
    return tuple(
        (sum(bits[kind] for kind in need), placed)
        for placed in enumerate(rules())
        for need in placed[1].needs
    )


@lru_cache(maxsize=2048)
def _rules_for(held: int) -> tuple[tuple[int, Rule], ...]:
    """The rules whose needs a sentence's words meet, with their place in the file."""
    return tuple({placed[0]: placed for need, placed in _needs() if need & held == need}.values())


def again(c: Candidate, text: str, start: int) -> list[Candidate]:
    """What the candidate's rule still finds inside it behind `start`."""
    return list(_matches(c.rule, c.order, text, Span(start, c.end)))


def _matches(rule: Rule, order: int, text: str, sentence: Span) -> Iterator[Candidate]:
    for m in rule.pattern.finditer(text, sentence.start, sentence.end):
        groups = {name: value for name, value in m.groupdict().items() if value is not None}
        start, end = m.span("keep") if "keep" in groups else m.span()
        while end > start and text[end - 1] in " \t\n":
            end -= 1
        yield Candidate(start, end, rule, order, groups)


# ----------------------------------------------------------------------------------------------------
# Leftmost longest match wins among the matches that a reader accepts. Every expression is read against the
# document's date and the last period that the text named; where neither helps it comes back unresolved with
# a reason. dateparser reads full dates of other languages (`foreign`); on English spans it adds a
# millisecond each and errs on what remains hard ("2014" takes today's day, "1990s" are seconds, "early
# 2020" is nothing).

_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](?:[12]\d{3})(?![\d/-])")
_CLOSE = 400  # characters behind a day stated with its year in which the days after it are stated
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
    groups: set[tuple[int | None, ...]] = field(default_factory=set)  # days after which groups are named
    line: Sequence[tuple[int, int]] = ()  # in a story: where undated days stand, and in which year they lie
    led: tuple[When, int] | None = None  # "last year", which leads inside its own sentence
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
            leads = self.led is not None and self.led[1] >= span.start
            place = Place(
                text, c.start, c.end, span,
                None if (quoted := self._is_quoted(c.start)) else self.document.date, self.order,
                self.reference, self.led[0] if leads and self.led is not None else self.timeline,
                leads or self.story or (self.line_starts >= span.start and self._is_lent(c, span)),
                0 <= c.start - self.line_starts < _CLOSE and "\n\n" not in text[self.line_starts : c.start],
                self.story and self.document.date is not None,
                year_in(self.line, c.start, c.end) if self.line else None,
            )  # fmt: skip
            when = _in_calendar(c, place)
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
        # "launched in 2013, and as of May it has …": the state at the document's date, not the story's
        return text[max(0, c.start - 6) : c.start].lower() != "as of " and (
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
        own = self.document.date
        if when.unit == "year" and not when.explicit and own is not None and when.first is not None:
            self.led = (when, start) if when.first.year < own.year else None
        if self._looks_ahead(when, start):
            return
        cited = self.document.text[end : end + 1] == ")" and when.unit == "year"
        if cited or self._leads_astray(when, start, end, sentence):
            return
        if when.explicit and when.unit not in ("decade", "century"):
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
        start=f.start, end=f.end, text=text[f.start : f.end], kind=w.kind, value=w.value, low=low,
        high=high, comparator=comparator, unit=w.measured_in, timex=w.timex, date_start=_known(w.first, w),
        date_end=_known(w.last, w), inferred=w.inferred, status="unresolved", reason=w.reason, rule=f.rule,
        mod=w.mod, qualifier=None if qualifier is None else qualifier.span,
        edtf=None if w.reason or w.kind in ("set", "duration") else w.edtf,
    )  # fmt: skip


def names_group(behind: str) -> bool:
    """Whether the words behind a day say that a group is named after it."""
    found = _GROUP.match(behind)
    if found is None:
        return False
    words = [word for word in found.groups() if word is not None]
    first, last = words[0], words[-1]
    group, upheaval = company("named_after_a_day"), company("upheavals_named_after_a_day")
    return first.lower() in group or first in upheaval or (first.istitle() and last in upheaval)


def _in_calendar(c: Candidate, place: Place) -> When | None:
    """What the expression says; None where its days lie beyond the calendar: "next season", of 9999."""
    try:
        return c.rule.read(c.groups, place)
    except (ValueError, OverflowError) as error:
        if not str(error).startswith(("year ", "date value ")):
            raise
        return None


def _known(day: date | None, when: When) -> date | None:
    beyond = when.first is not None and when.last is not None and when.first > when.last  # after 9999-12-31
    return None if when.reason or beyond else day
