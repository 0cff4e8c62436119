"""The rows that come nearest to a claim that stays open, by what both say: words, place, time and number.

They are shown beside the claim and never decide it. Three of the four must agree, or two that tell: days
within a month with the place or the very number, words that few rows say with any other. So a text on other
things has few rows beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from heapq import nlargest
from math import log

from claimcheck.judging.explaining import evidence_of
from claimcheck.judging.judge import weigh
from claimcheck.judging.relations import Candidate, own_period
from claimcheck.matching.concepts import Concepts, of_parts, of_text
from claimcheck.matching.item import Item
from claimcheck.matching.known import Known
from claimcheck.model import Period, ReferenceRow, Suggestion

_MOST_ROWS = 20_000  # of larger stores nothing is ranked: it would cost more than what is decided
_SHOWN = 3
_SCORED = 400  # rows whose words are told most, of which the place, time and number are looked at
_COMMON = 2_000  # rows: a concept that more of them say tells none of them from others
_MONTH = 31  # days


class Nearest:
    """Ranks the rows of a store by what they share with a claim."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._rows: list[ReferenceRow] | None = None
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
        told_most = nlargest(_SCORED, words.items(), key=lambda told: (told[1], -told[0]))
        scored = ((self._score(item, rows[n], told), -n) for n, told in told_most)
        found: dict[str, ReferenceRow] = {}
        for score, number in nlargest(_SHOWN * 8, scored):
            if score > 0 and len(found) < _SHOWN:
                found.setdefault(rows[-number].key, rows[-number])
        return tuple(self._shown(item, row) for row in found.values())

    def _shown(self, item: Item, row: ReferenceRow) -> Suggestion:
        marked = Candidate(row=self._known.marked(row, item.document), how="measure")
        evidence = evidence_of(weigh(item.claim, [marked], item.document)[0])
        return Suggestion(row=replace(evidence, relation="neutral"))

    def _read(self) -> list[ReferenceRow]:
        """The rows, each concept with those that say it."""
        if self._rows is None:
            self._rows = self._known.finder.all_rows(_MOST_ROWS)
            said = [_said(row) for row in self._rows]
            often = Counter(one for concepts in said for one in concepts)
            for number, concepts in enumerate(said):
                for one in concepts:
                    if often[one] <= _COMMON:
                        self._having[one].append(number)
            self._weight = {one: log(1 + len(said) / n) for one, n in often.items()}
            for number, row in enumerate(self._rows):
                for where in self._known.finder.keys_of(row.package, row.places[:1]):
                    self._having[_at(where)].append(number)
        return self._rows

    def _score(self, item: Item, row: ReferenceRow, words: float) -> float:
        """How near a row comes, 0 where too little agrees."""
        is_number = item.claim.kind != "event"
        if is_number != (row.measure is not None):
            return 0.0
        place, time, number = self._place(item, row), _time(item, row), _number(item, row)
        agree = (words > 0) + (place > 0) + (time > 0) + (number > 2)
        firm = time >= _SHORT and (place > 0 or number > 2)  # the day and the place, the day and the number
        firm = firm or (words >= _TELLING and (place > 0 or time > 1 or number > 2))
        return words + place + time + number if agree >= _AGREE or firm else 0.0

    def _place(self, item: Item, row: ReferenceRow) -> float:
        """What a place that both name is worth; another place takes as much away."""
        if not row.places or not item.place.keys:
            return 0.0
        theirs, places = self._known.places_of(row), self._known.places
        if item.place.keys & theirs or places.within(theirs, item.place.keys):
            return 3.0
        return -1.5 if item.place.stated else 0.0


_AGREE = 3
_TELLING = 5.0  # what the words of a happening or measure are worth that few rows say
_SHORT = 3.0  # what days within a month of both are worth


def _at(place: str) -> str:
    """Under what the rows of a place are kept, apart from those of a word."""
    return f"at {place}"


def _said(row: ReferenceRow) -> Concepts:
    """What a row's own words say: its name, kind, measure, unit, who did it and what series it is of."""
    told = (row.name, *row.names, row.label, row.measure, row.unit, row.actor, row.series)
    return of_text(" ".join(filter(None, told)).replace("|", " ").replace("_", " "))


def _time(item: Item, row: ReferenceRow) -> float:
    """What a time that both have is worth: the same days more than the same year."""
    own, theirs = own_period(item.claim), row.period or row.as_of
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


def _number(item: Item, row: ReferenceRow) -> float:
    """What a number that both give is worth: the very one more than one like it."""
    own = item.claim.interval
    theirs = [n for n in (row.low, row.best, row.high) if n is not None]
    if own is None or own.low is None or not theirs:
        return 0.0
    high = own.high if own.high is not None else own.low
    if any(own.low <= n <= high for n in theirs):
        return 4.0
    return 1.0 if any(n and own.low / 2 <= n <= high * 2 for n in theirs) else 0.0
