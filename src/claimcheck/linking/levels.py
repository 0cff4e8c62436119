"""How a claim and a row compare, slot by slot: each slot gives one named level of data/levels.toml.

No level decides: each has a weight that was learned (data/evidence.toml), and the weights add up. A level is
found once for all rows that hold the same in its slot.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, lru_cache, partial
from math import inf, log
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

import numpy as np

from claimcheck.frames import Frame
from claimcheck.frames.words import Words, stems
from claimcheck.judging.event_dates import date_relation
from claimcheck.judging.judge import is_bare_beside
from claimcheck.judging.relations import (
    as_rows_have_it,
    comparable,
    in_unit,
    number_relation,
    own_period,
    unit_named,
)
from claimcheck.lexicon import pattern, words_of
from claimcheck.linking.concepts import Phrase, concepts, concepts_in, kind_of, phrases_of
from claimcheck.linking.lexis import Said, Value
from claimcheck.linking.rows import DIGITS, Book, Measured, Portrait, digits_of, set_apart_by
from claimcheck.model import Interval, Link, Mention, Period
from claimcheck.reference.schema import UNCHECKED
from claimcheck.syntax.stems import root

MONTH, YEAR = 31, 400
"""Days up to which times lie within a month, or a year."""
_LONG = 62
"""Days from which on an event lasts so long that many dates lie in it."""
_NEVER = frozenset[Any]()
_start = attrgetter("start")
T = TypeVar("T")
_OF_NAMES = frozenset({"name", "address", "reference number", "document number"})
"""Why a number counts nothing where it is part of a name."""
_LED = 40  # characters before a number in which "by more than" stands
REMEMBERED = 60
"""Values that were said before a sentence, of which the last may be carried into it."""


class Number(NamedTuple):
    """A claim's number as rows of a unit have it: what it admits there, its own value, and that by which it
    is told apart; `is_bare`: it says no unit where rows have one."""

    own: Mention
    interval: Interval
    bound: Decimal | None
    value: Decimal | None
    is_bare: bool


class Levels:
    """The levels of one claim with any row."""

    def __init__(self, frame: Frame, book: Book, said: Sequence[Said]) -> None:
        """`said`: where the claim's document says values."""
        self.frame, self.book = frame, book
        self.of_number, self.claim = frame.of_number, frame.claim
        self._memory: dict[Hashable, Any] = {}
        first = bisect_left(said, frame.start, key=_start)
        self._here = said[first : bisect_left(said, frame.end, first, key=_start)]
        self._before = said[max(0, first - REMEMBERED) : first]
        self._phrases = phrases_of(frame.near)
        self.concepts_beside = concepts(frame.near) | {phrase.frame for phrase in self._phrases}
        self._sentence = concepts(frame.sentence) | {phrase.frame for phrase in phrases_of(frame.sentence)}
        self._context = concepts(frame.before)
        self.period = own_period(frame.claim)
        self._written = None if frame.written is None else Period.day(frame.written)

    @cached_property
    def said(self) -> list[Said]:
        """Where the sentence says values, and the last three before it."""
        return [*self._here, *self._before[-3:]]

    def values_beside(self, carried: bool) -> frozenset[Value]:
        """The values that the sentence says; where `carried` those of what stands before it as well."""
        return frozenset(v for one in (self.said if carried else self._here) for v in one.values)

    def nearest_places(self, carried: bool) -> frozenset[Value]:
        """The places that are said nearest to the claim; where `carried` the last before its sentence."""
        mentioned = self._mentioned("place")
        said = mentioned.get(", carried", [])[-3:] if carried else mentioned.get("", [])
        return self._nearest(said) if said else _NEVER

    @cached_property
    def carried(self) -> str:
        """What a level of the claim's time ends with where that is said elsewhere than in its sentence."""
        time = self.claim.time
        return "" if time is not None and time.basis in ("clause", "sentence") else ", carried"

    @cached_property
    def around(self) -> str:
        """The level of a row within the claim's time: of "since January" that month is one of several."""
        open_ended = (time := self.claim.time) is not None and time.relation not in ("in", "on", "during")
        return "over the row's" if open_ended else "around the row's"

    @cached_property
    def other_times(self) -> tuple[Period, ...]:
        """The other times of a year or less that the sentence tells."""
        return tuple(t for t in self.frame.times if (t.days or 999) <= YEAR)

    @cached_property
    def values_said(self) -> frozenset[Value]:
        """All values that the sentence says, or what stands before."""
        return frozenset(v for said in (self._here, self._before) for s in said for v in s.values)

    def values_of(self, slot: str) -> AbstractSet[Hashable]:
        """The values, or keys of rows, by which a slot has another level than of what the text does not
        say."""
        if slot == "numbers beside":
            return set() if self.of_number else {key for _, keys in self._stated_beside for key in keys}
        if slot in ("words", "words before"):
            return self._rare[slot].keys()
        return self.values_read(slot) if slot.startswith("read ") else self.values_said

    def values_read(self, slot: str) -> frozenset[Value]:
        """The values that the claim was read to have: its places ("read place"), or its actors."""
        if slot == "read place":
            return self._read("place", self.claim.place)
        return self._read("actor", self.claim.actor) | self._read("actor", self.claim.subject)

    def once(self, key: Hashable, find: Callable[[], T]) -> T:
        """What is found, by a key: it is looked for once."""
        if key not in self._memory:
            self._memory[key] = find()
        found: T = self._memory[key]
        return found

    # ------------------------------------------------------------------------------------------------
    # The number, or the date of a claim that gives no number.

    def relation(self, row: Portrait) -> str:
        """What the row says to the claim by arithmetic alone: supports, refutes, neutral."""
        if self.of_number:
            return said_by(self.value(row))
        return date_relation(self.claim, row.row) if self.period is not None else "neutral"

    def value(self, row: Portrait) -> str:
        """How the number (the date) meets the row's."""
        if not self.of_number:
            return self._dates(row)
        if all(n is None for n in row.numbers):
            return "no number"
        number, best = self.number_in(row.row.unit), row.row.best
        if number is None:
            return "another unit"
        relation, own = number_relation(number.interval, row.row), number.own
        if relation == "supports" or (
            relation == "neutral" and best is not None and number.interval.contains(best)
        ):
            if own.comparator in ("gt", "lt") and best is not None and best == number.bound:
                return "at its bound"
            if own.comparator in ("gt", "ge", "lt", "le", "vague"):
                return "loosely"
            return f"equal {min(4, digits(own.value if own.value is not None else own.low))}"
        if relation == "neutral":
            return "overlaps"
        if number.is_bare:
            return "another unit"
        theirs = set_apart_by(row.row)
        return "other" if number.value is None or theirs is None else _apart(number.value, theirs)

    def number_in(self, unit: str | None) -> Number | None:
        """The claim's number as it is compared with rows of a unit; None where it is not."""
        return self.once(("number", unit), lambda: self._number_in(unit))

    def _number_in(self, unit: str | None) -> Number | None:
        claim = as_rows_have_it(self.claim, unit)
        own = claim.quantity
        assert own is not None
        if unit is not None and not comparable(own, unit):
            return None
        one = in_unit(claim, [unit])
        interval = one.interval or Interval(None, None)
        bound = None if one.quantity is None else one.quantity.value
        value = next((n for n in (bound, interval.low, interval.high) if n is not None), None)
        return Number(own, interval, bound, value, claim is self.claim and is_bare_beside(own, unit))

    def _dates(self, row: Portrait) -> str:
        days, own = row.days, self.period
        if days is None or own is None:
            return "no number"
        relation = self.relation(row)
        if relation == "supports" or days.meets(own):
            if relation == "refutes":
                return "overlaps"
            if "T" in str(self.claim.time and self.claim.time.timex):  # of an hour
                return "equal 1"
            if (days.days or _LONG) >= _LONG and (own.days or _LONG) <= MONTH:
                return "in a long time"
            return "equal 4" if own.days == 1 else "equal 3" if (own.days or 999) <= MONTH else "equal 2"
        gap = _gap(own, days)
        return "near" if gap <= MONTH else "alike" if gap <= YEAR else "far"

    def unit(self, row: Portrait) -> str:
        """Whether both are of one kind: per cent, money, a measure, or a plain count."""
        own = self.claim.quantity
        if own is None:
            return "no number"
        named = None if row.row.unit is None else unit_named(row.row.unit)
        kind = "number" if named is None else named.kind
        scaled = named is not None and named.name is None
        if as_rows_have_it(self.claim, row.row.unit) is not self.claim:
            return "unsaid in part"
        if own.kind in ("number", "ordinal"):
            return "plain, as the row" if kind == "number" or scaled else "plain, the row has a unit"
        if own.kind == kind and named is not None and named.name == own.unit:
            return "same"
        if own.kind == kind:
            return "of one kind"
        return "with a unit, the row without" if named is None else "another"

    # ------------------------------------------------------------------------------------------------
    # When.

    def time(self, row: Portrait) -> str:
        """How the claim's time meets the row's; of a claim that gives no number, that is its value."""
        if not self.of_number:
            return "of a date"
        days, own = row.days, self.period
        if days is None:
            return "row silent"
        if own is None:
            return self._recency(row)
        gap = _gap(own, days)
        lies = (
            ("same", (own.start, own.end) == (days.start, days.end)), ("within the row's", days.covers(own)),
            (self.around, own.covers(days)), ("overlaps", own.meets(days)), ("within a month", gap <= MONTH),
            ("within a year", gap <= YEAR), ("farther", True),
        )  # fmt: skip
        return next(level for level, holds in lies if holds) + self.carried

    def _recency(self, row: Portrait) -> str:
        written = self._written
        if written is None or row.days is None or row.days.end is None:
            return "not said"
        series = (p.days for p in self.book.alike("days", row.series))
        before = [d for d in series if d and d.end and written.end is not None and d.end <= written.end]
        if row.days.start is not None and written.end is not None and row.days.start > written.end:
            return "not said, later"
        if not before or max(before, key=lambda d: d.end or date.min) == row.days:
            gap = _gap(written, row.days)
            return "not said, newest" if gap <= YEAR else "not said, newest and old"
        return "not said, older"

    def stale(self, row: Portrait) -> dict[str, str]:
        """Of what stands at a moment, where the text does not say when: that the row is of long before it; of
        a longer time than the row's, that it is one of several: "in the past five years". Of any row, that
        the sentence says when and nobody knows which days those are: "on 31 November"."""
        own, days = self.period, row.days
        if self.frame.unread and self.carried:
            return {"time": "not said, old"}
        if own and days and own != days and (days.days or 0) > 27 and own.covers(days):
            season = len(years_of(days)) > 1 and years_of(days) == years_of(own)
            return {} if season else {"time": "over the row's"}
        if own is not None or row.row.measure_type not in ("stock", "cumulative"):
            return {}
        held = days is None or self._written is None or _gap(self._written, days) <= MONTH
        return {} if held else {"time": "not said, old"}

    def narrower(self, row: Portrait) -> dict[str, str]:
        """Of a row that the sentence calls by another number ("Hornsea 1", of Hornsea 2), that it does; of
        one of a part, that no name of its own is said ("the museum opened", of its Harbour Wing); of a
        figure, that some of the things are counted that it counts: "helicopters" of aircraft; of a number
        that is one half of a score, that it is: "3-0" is true where both are."""
        words, of, one = self.frame.words, row.row, self.claim.quantity
        beside = {at for m in self.frame.numbers for at in (m.start - 1, m.end + 1)}
        out = {"value": "of a score"} if one is not None and {one.start, one.end} & beside else {}
        texts = (of.name, of.label, *of.names, *(v.key for v in row.cells))
        own = {w.stem for text in texts if text for w in Words(text)} | {str(of.number)}
        named = [m for m in self.frame.numbers if m.kind == "ordinal" and m.reason in _OF_NAMES and m.value]
        before = [concepts([words[max(0, words.index(m.start) - 1)].stem]) for m in named]
        if any(b & row.words and f"{m.value:f}" not in own for m, b in zip(named, before, strict=True)):
            out["name"] = "another number"
        elif row.proper and row.proper.isdisjoint(self._sentence | self._context):
            out["name"] = "its own unsaid"
        if of.kind == "figure" and self.counted(row).startswith("of its kind, things"):
            out["counted"] = "of its kind, parts"
        if one is not None and self._by_so_much(one):
            out["value"] = "by so much"
        if of.kind == "event":
            out |= self._turned(row)
        return out

    def _by_so_much(self, one: Mention) -> str | None:
        """The words by which a number says by how much something changed, or how many each had."""
        text, said = self.frame.words.text, self.claim.proposition
        led = pattern("ranges", "by so much").search(text, max(0, one.start - _LED), one.start)
        if led is None or (said is not None and said.role == "subject"):  # "seen by 40 people"
            led = pattern("ranges", "each or more than others").match(text, one.end)
        return None if led is None else led.group()

    def _turned(self, row: Portrait) -> dict[str, str]:
        """Of an event, that the text has its agent as what it befell, or the other way ("Sunder bought
        Telvia", of "Telvia buys Sunder"); that a word of its name is unsaid that turns the others ("was
        convicted", of "conviction quashed")."""
        out: dict[str, str] = {}
        parts = () if self.claim.proposition is None else self.claim.proposition.parts
        names = [list(Words(name)) for name in dict.fromkeys((row.row.name, *row.row.names)) if name]
        mine = [s for s in self.said if row.actor in s.values] if row.actor is not None else []
        done = any(p.role == "object" for p in parts)
        for role, spot in (("object", 0), ("subject", 2)):  # "Telvia buys Sunder", "arrest of Doyle"
            at = [p.start for p in parts if p.role == role and not p.prep and done]
            spans = [s for s in mine if any(s.start <= start < s.end for start in at)]
            words = {w.stem for s in spans for w in self.frame.words if s.start <= w.start < s.end}
            called = (w for w in names if len(w) > spot and (spot == 0 or w[1].stem == "of"))
            if any(w[spot].stem in words for w in called):
                out["read actor"] = "the other way"
        unsaid = [[w for w in name if concepts([w.stem]).isdisjoint(self._sentence)] for name in names]
        turned = [any(w.stem in _turns() for w in left) for left in unsaid]
        others = [(n, left) for n, left, turns in zip(names, unsaid, turned, strict=True) if not turns]
        if any(turned) and all(w.capital or w.small or w in left for name, left in others for w in name):
            out["words"] = "its turn unsaid"
        return out

    @cached_property
    def years(self) -> tuple[Hashable, ...]:
        """What the years and days of rows are compared with."""
        frame, written = self.frame, self.frame.written
        return frame.years, frame.years_before, written and written.year, self.other_times

    def year(self, row: Portrait) -> str:
        """Whether the sentence, or what stands before, gives the row's year."""
        if row.days is None:
            return "row silent"
        years = years_of(row.days)
        frame, written = self.frame, self.frame.written
        if any(t.meets(row.days) for t in self.other_times):
            return "another time of the sentence"
        if frame.years:
            return "said" if years & frame.years else "another said"
        if frame.years_before:
            return "said before" if years & frame.years_before else "another said before"
        return "of the document" if written is not None and written.year in years else "not said"

    # ------------------------------------------------------------------------------------------------
    # Where, who, what by name.

    def place(self, row: Portrait) -> str:
        """Whether the text says where the row is."""
        if not row.places:
            return "row silent"
        inner, wider = row.places[0], self.book.wider(row)
        for how, said in self._mentioned("place").items():
            said = said[-3:] if how else said
            values = frozenset(v for _, v in said)
            level = self._lies(inner, wider, self._nearest(said))
            if level != "same" and inner in values:
                level = "same, another nearer"
            elif level == "another" and values & wider:
                level = "wider, another nearer"
            return level + how
        return "not said" if wider else "not said, widest"

    def _lies(self, inner: Value, wider: frozenset[Value], said: frozenset[Value]) -> str:
        """How places that are said lie to a row's, and to those around it."""
        if inner in said:
            return "same"
        if said & wider:
            return "wider"
        return "narrower" if any(inner in self.book.within.get(v, _NEVER) for v in said) else "another"

    def _nearest(self, said: list[tuple[int, Value]]) -> frozenset[Value]:
        at = self.frame.at
        least = min(abs(start - at) for start, _ in said)
        return frozenset(v for start, v in said if abs(start - at) == least)

    def _mentioned(self, slot: str) -> dict[str, list[tuple[int, Value]]]:
        """Where values of a slot are said: in the sentence (""), or carried from before it."""
        stated = (("", self._here), (", carried", self._before))
        return self.once(("mentioned", slot), lambda: {
            how: values for how, said in stated
            if (values := [(s.start, v) for s in said for v in sorted(s.values) if v.slot == slot])
        })  # fmt: skip

    def _silent(self, slot: str) -> str:
        """The level of a row that holds nothing in a slot."""
        return "row silent, one named" if "" in self._mentioned(slot) else "row silent"

    def actor(self, row: Portrait) -> str:
        """Whether the text names the row's actor or body."""
        return self._silent("actor") if row.actor is None else self._named(row.actor)

    def source(self, row: Portrait) -> str:
        """Whether the text names the row's source."""
        return "row silent" if row.source is None else self._named(row.source)

    def read_place(self, row: Portrait) -> str:
        """Whether the row is where the claim was read to be."""
        if not row.places:
            return "row silent"
        read = self.values_read("read place")
        return self._lies(row.places[0], self.book.wider(row), read) if read else "none read"

    def read_actor(self, row: Portrait) -> str:
        """Whether the row's actor is the one that the claim was read to have."""
        read = self.values_read("read actor")
        if row.actor is None:
            return "row silent, one read" if read else "row silent"
        return "none read" if not read else "same" if row.actor in read else "another"

    def _read(self, slot: str, link: Link | None) -> frozenset[Value]:
        """The values of the names that the claim was read to have in a slot."""
        if link is None:
            return _NEVER
        said = self.once(("read", link.text), lambda: self.book.lexis.said_in(Words(link.text)))
        return frozenset(v for s in said for v in s.values if v.slot == slot)

    def _named(self, value: Value) -> str:
        for how, values in self._mentioned(value.slot).items():
            if not any(v == value for _, v in values):
                return "another" + how
            last = values[-1][0]
            nearest = self._nearest(values if not how else [pair for pair in values if pair[0] == last])
            return ("named" if value in nearest else "named, another nearer") + how
        return "not named"

    def name(self, row: Portrait) -> str:
        """Whether the text names the row, or another row instead; of a body, which has one date, whether the
        sentence names others, whose date it may be."""
        found = {self._called(name) for name in row.names}
        others = (v for _, v in self._mentioned("name").get("", ()) if v not in row.names)
        if "named" in found and row.row.kind == "gazetteer" and any(others):
            return "named, others too"
        return next((level for level in _NAME_ORDER if level in found), "") or self._silent("name")

    def _called(self, value: Value) -> str:
        for said, how in ((self._here, ""), (self._before, ", carried")):
            mine = [s for s in said if value in s.values] if value in self.values_said else None
            if mine:
                return ("named" if any(s.whole for s in mine) else "named in part") + how
        return next((f"another{how}" for how in self._mentioned("name")), "not named")

    def cells(self, row: Portrait) -> str:
        """Whether the text says what the row's further columns hold, or what others hold instead."""
        if not row.cells:
            return "row silent"
        begun = {origin.split(":", 1)[-1] for origin in row.row.origins}
        if any(
            v in self._read(v.slot, self.claim.place)
            for v in row.cells if v.key.partition("|")[2] in begun
        ):  # fmt: skip
            return "the other way"
        here = [self._cell(value) for value in row.cells]
        good, bad = here.count("said"), here.count("another")
        if good:
            return ("all said" if good == len(here) else "some said") + (", another besides" if bad else "")
        if bad:
            return "another"
        return "carried" if "carried" in here else "not said"

    def _cell(self, value: Value) -> str:
        for how, values in self._mentioned(value.slot).items():
            if any(v == value for _, v in values):
                return "carried" if how else "said"
            return "not said" if how else "another"
        return "not said"

    # ------------------------------------------------------------------------------------------------
    # What is counted, and the row's own words.

    def measure(self, row: Portrait) -> str:
        """How much of what a package says of the row's measure stands beside the number."""
        if row.measure is None:
            return "row silent"
        return next(level for least, level in _SCORES if self.score(row) >= least)

    def against(self, row: Portrait) -> str:
        """Whether another measure's words stand there rather."""
        if row.measure is None:
            return "row silent"
        mine = self.score(row)
        best = max(mine, next(iter(self.scores.values()), 0.0))
        if best < 0.2:
            return "none said"
        level = next(level for least, level in _SHARES if mine / best >= least)
        return f"{level}, part said" if level == "close" and mine < _ALL else level

    def score(self, row: Portrait) -> float:
        """How much of what a package says of the row's measure stands around the number, as a number."""
        if row.measure in self.book.counts:
            called = self.book.counts[row.measure]
            return _ALL if called & self.nouns_said else 1.0 if called & self.concepts_beside else 0.0
        return 0.0 if row.measure is None else self.scores.get(row.measure, 0.0)

    @cached_property
    def scores(self) -> Mapping[Measured, float]:
        """How much of what a package says of each measure stands around the number, most first."""
        return self.book.scores(self.concepts_beside, self._sentence, self._context)

    def counted(self, row: Portrait) -> str:
        """Whether the noun behind the number is one that the measure counts."""
        if row.measure is None or self.claim.quantity is None:
            return "row silent"
        noun, how, _ = self.nouns
        return f"{self._of_noun(noun, row)}{how}" if noun else "none said"

    @cached_property
    def nouns(self) -> tuple[str, str, tuple[Phrase, ...]]:
        """The noun behind the number, or that another sentence gives; how it is given, and what phrases
        of the clause may be about it."""
        own = self.claim.quantity
        if own is not None and own.noun:
            return own.noun, "", self._phrases
        carried = next((s.text for s in self.claim.slots if s.slot == "counted noun"), "")
        return carried, ", carried", self._phrases

    def _of_noun(self, noun: str, row: Portrait) -> str:
        own, nouns = self.once(("nouns", noun), lambda: self._nouns(noun))
        assert row.measure is not None
        measure = self.book.measures.get(row.measure)
        unit = self.book.counts.get(row.measure, _NEVER) or concepts_in(row.row.unit or "")
        if nouns & (unit if measure is None else measure.counts | unit):
            return "counted"
        if measure is not None and nouns & measure.bag:
            return "of the measure"
        whole = unit if measure is None else measure.bag | unit
        if (kind := kind_of(own, whole)) is not None:
            return f"of its kind, {kind}"
        counted = self.book.counted
        if any(key != row.measure for concept in nouns & counted.keys() for key in counted[concept]):
            return "another's"
        return "another word"

    @property
    def nouns_said(self) -> frozenset[str]:
        """What the noun behind the number may mean."""
        noun = self.nouns[0]
        return self.once(("nouns", noun), lambda: self._nouns(noun))[1] if noun else _NEVER

    def _nouns(self, noun: str) -> tuple[frozenset[str], frozenset[str]]:
        own = frozenset(stems(noun))
        return own, concepts(own) | {phrase.frame for phrase in self._phrases if phrase.stems & own}

    def numbers_beside(self, row: Portrait) -> str:
        """Of a date: whether a number of the sentence is one of the row's, and with how many digits."""
        if self.of_number:
            return "of a number"
        if not self.frame.numbers:
            return "none said"
        key = row.row.package, row.row.key
        return next((f"equal {many}" for many, keys in self._stated_beside if key in keys), "no")

    def rank(self, row: Portrait) -> str:
        """Of a date: whether an ordinal of the sentence is the row's number in its series."""
        if self.of_number or row.row.number is None:
            return "row silent"
        said = {m.value for m in self.frame.numbers if m.kind == "ordinal"}
        return "none said" if not said else "said" if row.row.number in said else "another"

    @cached_property
    def _stated_beside(self) -> list[tuple[int, frozenset[tuple[str, str]]]]:
        """The keys of rows that tell a number of the sentence, by how many digits it has, most first."""
        found = (
            (min(3, digits(m.value)), self.book.by_number.get(m.value))
            for m in self.frame.numbers if m.value is not None
        )  # fmt: skip
        return sorted(((many, keys) for many, keys in found if keys), key=lambda one: -one[0])

    def words(self, row: Portrait, slot: str = "words") -> str:
        """How much the row's own words, rare ones more, stand in the sentence, or ("words before") before."""
        rare, total = self._rare[slot], 0.0
        for word in sorted(row.words & rare.keys()):  # in one order always
            total += rare[word]
        return next(level for least, level in _WORDS if total >= least) if row.words else "row silent"

    @cached_property
    def _rare(self) -> dict[str, dict[str, float]]:
        """The words of the sentence, and of what stands before, and how rare they are."""
        bags, rarity = {"words": self._sentence, "words before": self._context}, self.book.row_rarity
        return {slot: {c: rarity[c] for c in bag if c[0] != "="} for slot, bag in bags.items()}

    def said_of(self, row: Portrait) -> dict[str, tuple[str, ...]]:
        """The words of the text that slots compared with a row, by slot; of some slots none."""
        out: dict[str, tuple[str, ...]] = {}
        for slot, held in _SAID_OF.items():
            if not self.values_said.isdisjoint(values := held(row)):
                found = (s.text for s in self.said for v in values if v in s.values)
                out[slot] = tuple(dict.fromkeys(found))
        if row.words:
            out |= {slot: tuple(sorted(row.words & rare.keys())) for slot, rare in self._rare.items()}
        if (measure := row.measure) is not None:
            out["measure"] = out["against"] = self.once(("stated", measure), lambda: self._stated(measure))
        if self.claim.time is not None and self.claim.time.timex:
            out["time"] = out["year"] = (self.claim.time.timex,)
        return out

    def _stated(self, measure: Measured) -> tuple[str, ...]:
        """The words of a measure that the text says."""
        known = self.book.measures.get(measure)
        shared = frozenset[str]() if known is None else known.bag & (self._sentence | self._context)
        return tuple(sorted(word for word in shared if not word.startswith("=")))

    def kind(self, row: Portrait) -> str:
        """What kind of row answers what kind of claim."""
        number = "rank" if self.claim.kind == "rank" else "number"
        kind = f"{'total' if row.parts else row.row.kind}, {number if self.of_number else 'date'}"
        return f"{kind}, guessed" if row.row.confidence == UNCHECKED else kind


SLOTS: dict[str, Callable[[Levels, Portrait], str]] = {
    "value": Levels.value, "unit": Levels.unit, "time": Levels.time, "year": Levels.year,
    "place": Levels.place, "read place": Levels.read_place, "read actor": Levels.read_actor,
    "actor": Levels.actor, "source": Levels.source, "name": Levels.name, "cells": Levels.cells,
    "measure": Levels.measure, "against": Levels.against, "counted": Levels.counted, "words": Levels.words,
    "words before": partial(Levels.words, slot="words before"), "kind": Levels.kind,
    "numbers beside": Levels.numbers_beside, "rank": Levels.rank,
}  # fmt: skip
ASKED: dict[str, Callable[[Levels], Hashable]] = {
    **dict.fromkeys(("measure", "against"), lambda asked: (
        id(asked.scores), (asked.nouns_said, asked.concepts_beside) if asked.book.counts else None
    )),
    "counted": lambda asked: asked.nouns, "time": lambda asked: (asked.carried, asked.around),
    "year": lambda asked: asked.years,
}  # fmt: skip
"""What of a claim a slot compares; claims of which it is the same have the same level with each row."""
_SAID_OF: dict[str, Callable[[Portrait], Sequence[Value]]] = {
    "place": lambda row: row.places[:1], "name": lambda row: row.names, "cells": lambda row: row.cells,
    "actor": lambda row: () if row.actor is None else (row.actor,),
    "source": lambda row: () if row.source is None else (row.source,),
}  # fmt: skip
"""The values of a row that a slot compares with those that a text says."""
_NAME_ORDER = (
    "named", "named in part", "named, carried", "named in part, carried", "another", "another, carried",
    "not named",
)  # fmt: skip
_ALL = 1.3
_SCORES = ((_ALL, "all"), (1.0, "most"), (0.7, "much"), (0.45, "some"), (0.2, "little"), (-1.0, "none"))
_SHARES = ((0.999, "first"), (0.75, "close"), (0.4, "behind"), (-1.0, "far behind"))
_WORDS = ((9.0, "very many"), (6.0, "many"), (3.5, "some"), (1.5, "few"), (0.01, "common"), (-1.0, "none"))


def digits(value: Decimal | None) -> int:
    """How many significant digits a number has, the zeros at its end left out.

    Example:
        >>> digits(Decimal(1200)), digits(Decimal("8.34"))
        (2, 3)
    """
    if value is None or not value.is_finite():
        return 1
    return max(1, len(str(int("".join(map(str, value.as_tuple().digits)).rstrip("0") or "0"))))


@cache
def said_by(level: str) -> str:
    """What a row says to a claim by the level of its number: supports, refutes, neutral.

    Example:
        >>> said_by("equal 3"), said_by("far")
        ('supports', 'refutes')
    """
    if level.startswith(("equal", "loosely")):
        return "supports"
    return "neutral" if level in ("overlaps", "another unit") else "refutes"


APART = ((0.1, "near"), (0.7, "alike"), (2.4, "other"), (inf, "far"))
"""Up to which difference of their logarithms two numbers are how far apart."""


def _apart(value: Decimal, theirs: Decimal) -> str:
    """How far two numbers are apart that are not the same."""
    if slips(*(written([digits_of(number)]) for number in (value, theirs)))[0]:
        return "slip"
    if value * theirs <= 0:
        return "far"
    ratio = abs(log(abs(float(value))) - log(abs(float(theirs))))
    return next(level for limit, level in APART if ratio < limit)


def written(numbers: Sequence[str]) -> np.ndarray:
    """Numbers by their digits, a row each."""
    return np.array(numbers, dtype=f"S{DIGITS}").view(np.uint8).reshape(-1, DIGITS)


def slips(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Which of numbers with as many digits are one but for a digit, or for two that are exchanged."""
    differ, many, each = one != other, (one > 0).sum(axis=1), np.arange(len(one))
    times, first = differ.sum(axis=1), differ.argmax(axis=1)
    last = DIGITS - 1 - differ[:, ::-1].argmax(axis=1)
    turned = (one[each, first] == other[each, last]) & (one[each, last] == other[each, first])
    found = ((times == 1) & (many > 2)) | ((times == 2) & turned)
    return np.asarray(found & (many == (other > 0).sum(axis=1)))


@lru_cache(maxsize=1 << 12)
def years_of(days: Period | None) -> frozenset[int]:
    """The years in which days begin and end."""
    return frozenset() if days is None else frozenset(d.year for d in (days.start, days.end) if d is not None)


def _gap(one: Period, other: Period) -> int:
    if one.start is not None and other.end is not None and other.end < one.start:
        return (one.start - other.end).days
    if other.start is not None and one.end is not None and one.end < other.start:
        return (other.start - one.end).days
    return 0


@cache
def _turns() -> frozenset[str]:
    return frozenset(root(word) for word in words_of("linking_words", "turns"))
