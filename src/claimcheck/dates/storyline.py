"""In which year each undated day of a story lies: the way through all its dates that leaps the least.

A story states a year now and then and goes on ("On 24 February 2022 …. By 2 March …"); its opening tells the
whole before it begins, and asides name other years. Read one date at a time, an aside carries all that
follows into its own year. Here every date is a step: an undated one has several years to choose from, one
with its year may be passed over as an aside, and the cheapest way through all of them is taken.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.lexicon import pattern

_DATE = pattern("storylines", "date")
_ANCHOR = re.compile(r"[JFMASOND12][a-z\d]{2,8}")
_NAMES_OF_MONTHS = frozenset(calendar.month_name[1:])
_LEAST = 10  # characters in front of a month in which its day stands, or the word that leads to it
_BEFORE = pattern("storylines", "leads a date")
_TO = pattern("storylines", "to the end of a range")
_LONGEST_DAY = 20  # characters of a day, its month and the word behind that leads to another
_A_YEAR_ON = pattern("storylines", "a year on")
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
_ASIDE, _OPENING, _CITED = 0.6, 1.2, 0.2
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
    """What the text states: the years to try, how often it states each, the days around which it tells."""

    years: Sequence[int]
    stated: Mapping[int, int]
    told: Sequence[int]
    own: int | None

    def entering(self, year: int) -> float:
        """What it costs to enter a year: the more, the more seldom the text states it."""
        if year not in self.stated:
            return _UNSTATED
        return _RARE * (1 - self.stated[year] / max(self.stated.values()))

    def is_near(self, to: tuple[int, int]) -> bool:
        """Whether the text states a day or a month about then."""
        i = bisect_left(self.told, to[0] - _AROUND)
        return i < len(self.told) and self.told[i] <= to[1] + _AROUND


def years_along(text: str, own: date | None) -> list[tuple[int, int]]:
    """The undated days and months of a story: where each stands and the year it is taken to lie in.

    `own` is the day of the story's last revision: what it tells was before. Empty where no year is known.
    """
    steps = [step for step in _steps(text) if not _is_its_own(step, own)]
    steps = _enclosed(_ranged(text, steps))
    known = _known(steps, own)
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


def _known(steps: Sequence[_Step], own: date | None) -> _Known:
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
    told = sorted(d[0] for d in days if d is not None)
    return _Known(sorted(tried), stated or Counter(tried), told, None if own is None else own.toordinal())


def _steps(text: str) -> Iterator[_Step]:
    """The dates of a text in order. A year alone is a step where it leads its sentence, or is its heading;
    inside a sentence it only lends itself to what stands behind it."""
    last = 0
    lent: tuple[int, int, bool] | None = None  # a year alone, where it ends, whether it leads its sentence
    said: tuple[int, int, int] | None = None  # a month with its year, and where it ends
    stated: int | None = None  # the year that was stated last
    on = [found.end() for found in _A_YEAR_ON.finditer(text)][::-1]
    for m in dates_in(text):
        while on and on[-1] <= m.start():
            end = on.pop()
            if stated is not None:  # "The following year was dry."
                stated += 1
                lent = (stated, end, True)
                yield _Step(end, None, None, stated, _OPENING, leads=True)
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
        price = _CITED if text[m.end() : m.end() + 1] == ")" else _OPENING if leads else _ASIDE
        yield _Step(
            start=m.start("month4") if m["month4"] else m.start(),
            month=None if month is None else words.month(month),
            day=None if day is None else int(day),
            year=None if year is None else int(year),
            passed=price / 2 if alone else price,
            leads=leads,
            section=_HEADING.search(text, last, m.start()) is not None,
            lent=None if year is not None else _lent(text, m.start(), month, lent, said),
        )
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
