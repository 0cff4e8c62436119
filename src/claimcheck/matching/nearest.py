"""The rows that come nearest to a claim that stays open, by what both say: words, place, time and number.

They are shown beside the claim and never decide it. Three of the four must agree, or two that tell: days
within a month with the place or the very number, words that few rows say with any other. So a text on other
things has few rows beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from heapq import nlargest
from math import log
from typing import Any

from claimcheck.judging.explaining import evidence_of
from claimcheck.judging.judge import weigh
from claimcheck.judging.relations import Candidate, own_period
from claimcheck.matching.concepts import Concepts, of_parts, of_text
from claimcheck.matching.item import Item
from claimcheck.matching.known import Known
from claimcheck.matching.places import PlaceSlot
from claimcheck.model import Interval, Period, ReferenceRow, Suggestion

_MOST_ROWS = 20_000  # of larger stores nothing is ranked: it would cost more than what is decided
_SHOWN = 3
_SCORED = 400  # rows whose words are told most, of which the place, time and number are looked at
_COMMON = 2_000  # rows: a concept that more of them say tells none of them from others
_MONTH = 31  # days


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with what is asked of it for every claim; equal times and places are one."""

    row: ReferenceRow
    time: Period | None
    places: frozenset[str] | None
    numbers: tuple[Decimal, ...]


class Nearest:
    """Ranks the rows of a store by what they share with a claim."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._rows: list[_Row] | None = None
        self._having: dict[str, list[int]] = defaultdict(list)
        self._weight: dict[str, float] = {}

    def to(self, item: Item) -> tuple[Suggestion, ...]:
        """The rows nearest to a claim, the nearest first; none where nothing comes near."""
        rows = self._read()
        if not rows or item.claim.kind not in ("quantity", "event", "rank"):
            return ()
        words: dict[int, float] = defaultdict(float)
        for one in frozenset().union(*of_parts(item.proposition.parts), item.told):
            for number in self._having.get(one, ()):
                words[number] += self._weight[one]
        for number in (n for key in item.place.keys for n in self._having.get(_at(key), ())):
            words[number] += 0.0
        score = self._scoring(item)
        scored = [(near, -n) for n in _told_most(words) if (near := score(rows[n], words[n])) > 0]
        found: dict[str, ReferenceRow] = {}
        for _, number in nlargest(_SHOWN * 8, scored):
            if len(found) < _SHOWN:
                found.setdefault(rows[-number].row.key, rows[-number].row)
        return tuple(self._shown(item, row) for row in found.values())

    def _shown(self, item: Item, row: ReferenceRow) -> Suggestion:
        marked = Candidate(row=self._known.marked(row, item.document), how="measure")
        evidence = evidence_of(weigh(item.claim, [marked], item.document)[0])
        return Suggestion(row=replace(evidence, relation="neutral"))

    def _read(self) -> list[_Row]:
        """The rows, each concept with those that say it."""
        if self._rows is None:
            every = self._known.finder.all_rows(_MOST_ROWS)
            shared: dict[object, Any] = {}
            self._rows = [self._asked(row, shared) for row in every]
            said = [_said(row) for row in every]
            often = Counter(one for concepts in said for one in concepts)
            for number, concepts in enumerate(said):
                for one in concepts:
                    if often[one] <= _COMMON:
                        self._having[one].append(number)
            self._weight = {one: log(1 + len(said) / n) for one, n in often.items()}
            for number, row in enumerate(every):
                for where in self._known.finder.keys_of(row.package, row.places[:1]):
                    self._having[_at(where)].append(number)
        return self._rows

    def _asked(self, row: ReferenceRow, shared: dict[object, Any]) -> _Row:
        time, places = row.period or row.as_of, self._known.places_of(row) if row.places else None
        numbers = tuple(n for n in (row.low, row.best, row.high) if n is not None)
        return _Row(row, shared.setdefault(time, time), shared.setdefault(places, places), numbers)

    def _scoring(self, item: Item) -> Callable[[_Row, float], float]:
        """How near a row comes to a claim, by what its words are worth; 0 where too little agrees."""
        is_number, own, where = item.claim.kind != "event", own_period(item.claim), item.place
        numbers = item.claim.interval
        at_time: dict[int, float] = {}  # what is told of a time or a place many rows share
        at_place: dict[int, float] = {}

        def score(row: _Row, words: float) -> float:
            if is_number != (row.row.measure is not None):
                return 0.0
            if (place := at_place.get(id(row.places))) is None:
                place = at_place[id(row.places)] = self._place(where, row.places)
            if (time := at_time.get(id(row.time))) is None:
                time = at_time[id(row.time)] = _time(own, row.time)
            agree = (words > 0) + (place > 0) + (time > 0)
            if agree + 1 < _AGREE and time < _SHORT and words < _TELLING:
                return 0.0  # whatever its number
            number = 0.0 if numbers is None else _number(numbers, row.numbers)
            agree += number > 2
            firm = time >= _SHORT and (place > 0 or number > 2)  # the day and the place, or the number
            firm = firm or (words >= _TELLING and (place > 0 or time > 1 or number > 2))
            return words + place + time + number if agree >= _AGREE or firm else 0.0

        return score

    def _place(self, own: PlaceSlot, theirs: frozenset[str] | None) -> float:
        """What a place that both name is worth; another place takes as much away."""
        if theirs is None or not own.keys:
            return 0.0
        if own.keys & theirs or self._known.places.within(theirs, own.keys):
            return 3.0
        return -1.5 if own.stated else 0.0


_AGREE = 3
_TELLING = 5.0  # what the words of a happening or measure are worth that few rows say
_SHORT = 3.0  # what days within a month of both are worth


def _told_most(words: dict[int, float]) -> list[int]:
    """The rows whose words are told most, of several alike the first."""
    if len(words) <= _SCORED:
        return list(words)
    least = sorted(words.values(), reverse=True)[_SCORED - 1]
    more = [n for n, told in words.items() if told > least]
    return more + sorted(n for n, told in words.items() if told == least)[: _SCORED - len(more)]


def _at(place: str) -> str:
    """Under what the rows of a place are kept, apart from those of a word."""
    return f"at {place}"


def _said(row: ReferenceRow) -> Concepts:
    """What a row's own words say: its name, kind, measure, unit, who did it and what series it is of."""
    told = (row.name, *row.names, row.label, row.measure, row.unit, row.actor, row.series)
    return of_text(" ".join(filter(None, told)).replace("|", " ").replace("_", " "))


def _time(own: Period | None, theirs: Period | None) -> float:
    """What a time that both have is worth: the same days more than the same year."""
    if own is None or theirs is None:
        return 0.0
    if own == theirs:
        return 4.0
    if own.meets(theirs):
        short = (own.days or _MONTH + 1) <= _MONTH and (theirs.days or _MONTH + 1) <= _MONTH
        return _SHORT if short else 2.0
    return 0.5 if _year(own) == _year(theirs) is not None else -1.0


def _year(period: Period) -> int | None:
    day = period.start or period.end
    return None if day is None else day.year


def _number(own: Interval, theirs: tuple[Decimal, ...]) -> float:
    """What a number that both give is worth: the very one more than one like it."""
    low, high, worth = own.low, own.high if own.high is not None else own.low, 0.0
    if low is None or high is None:
        return worth
    for n in theirs:
        if low <= n <= high:
            return 4.0
        if n and low / 2 <= n <= high * 2:
            worth = 1.0
    return worth
