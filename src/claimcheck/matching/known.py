"""What the published tables hold, as propositions meet it: vocabularies, happenings, names in labels."""

from __future__ import annotations

import calendar
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Any

from claimcheck import lexicon
from claimcheck.dates.events import EventIndex
from claimcheck.frames.held import holdings
from claimcheck.judging.relations import comparable, is_counted, unit_named
from claimcheck.matching.accounting import Concepts, concepts_of, counted_words, of_text, undergone
from claimcheck.matching.candidates import CandidateFinder, Tables, Wanted
from claimcheck.matching.doers import Doers
from claimcheck.matching.events import EventRows
from claimcheck.matching.frames import MeasureFit, Measures, Saying, read_sayings
from claimcheck.matching.item import Item
from claimcheck.matching.places import Places
from claimcheck.model import Document, Mention, Part, ReferenceRow
from claimcheck.names import WORD, Named, NameIndex, key_of
from claimcheck.propositions import stem
from claimcheck.wording import Signatories, stem_set, word_set

# ----------------------------------------------------------------------------------------------------
# Names of persons, ships and bodies inside the labels of incidents: "murder of *Ada Quill* in the square".
#
# An incident has no name of its own, but whom it befell often has, and then that name tells which incident
# a text means: "Ada Quill was murdered on 12 October".

_CALENDAR = frozenset(w.lower() for w in (*calendar.month_name, *calendar.day_name) if w)
_INSIDE = frozenset({"al", "el", "bin", "ibn", "de", "da", "di", "del", "van", "von", "der", "la"})
_LONGEST = 5  # words of a name
_SEVERAL = 3  # a name in the labels of so many incidents tells none of them apart


class LabelNames:
    """The incidents with a name that is in no gazetteer in their labels, or in a cell of its own."""

    def __init__(
        self,
        labels: Iterable[tuple[str, str]],
        cells: Iterable[tuple[str, str]],
        known: Callable[[str], object],
    ) -> None:
        """`labels`: (key of an incident, its label); `cells`: (key, a name); `known` whether a gazetteer has
        a name."""
        keys: dict[str, set[str]] = defaultdict(set)
        named = ((key, name) for key, label in labels for name in names_in(label))
        alone = ((key, cell) for key, cell in cells)
        for key, name in (*named, *alone):
            if not known(name) and not any(_is_calendar(w) for w in name.split()):
                keys[name].add(key)
        few = ((name, key) for name, found in keys.items() if len(found) <= _SEVERAL for key in found)
        self._index = NameIndex((name, key, "organisation") for name, key in few)

    def named_in(self, document: Document, start: int, end: int) -> list[Named]:
        """The names between two characters of a document, with the keys of their incidents."""
        return self._index.named_in(document, start, end)


def names_in(label: str) -> list[str]:
    """The proper names of two words and more in a label.

    >>> names_in("murder of Ada Quill in the Sylvanian consulate")
    ['Ada Quill']
    >>> names_in("Drone Strike")
    []
    """
    runs: list[list[str]] = [[]]
    end = 0
    for word in WORD.finditer(label):
        beside = label[end : word.start()] == " "
        end = word.end()
        is_name = word[0][0].isupper() or word[0][:3] in ("al-", "el-")
        if (is_name and (beside or not runs[-1])) or (beside and runs[-1] and word[0] in _INSIDE):
            runs[-1].append(word[0])
        else:
            runs.append([word[0]] if is_name else [])
    out = []
    for run in runs:
        while run and run[-1] in _INSIDE:
            run.pop()
        capitals = [w for w in run if w[0].isupper()]
        if len(capitals) > 1 and len(run) <= _LONGEST and (not any(_is_calendar(w) for w in capitals)):
            out.append(" ".join(run))
    return out


def _is_calendar(word: str) -> bool:
    """Whether a word with a capital is a month, a day of the week or a feast ("Monday's"), and no name."""
    plain = word.lower().removesuffix("'s").removesuffix("’s")
    return plain in _CALENDAR or stem(plain) in _feasts()


@cache
def _feasts() -> frozenset[str]:
    """The stems of the feasts of one word: those that fix a day, and the movable ones."""
    fixed = (words for row in lexicon.load("holidays") for words in row["words"])
    return stem_set("feasts") | frozenset(stem(word) for word in fixed if word.isalpha())


# ----------------------------------------------------------------------------------------------------
# What the packages' vocabularies say of their measures beside words: sentences, counted nouns, wholes.

Key = tuple[str, str]
"""(package, measure)"""


class Vocabulary:
    """The vocabularies of all packages, their sentences read."""

    def __init__(self, lines: Iterable[Mapping[str, Any]]) -> None:
        """`lines`: package, measure, says, part_of, counts of each measure."""
        told = {(line["package"], line["measure"]): line for line in lines}
        self.counts: dict[Key, tuple[str, ...]] = {
            key: tuple(line["counts"]) for key, line in told.items() if line["counts"]
        }
        self.sayings = _read_sayings({key: tuple(line["says"]) for key, line in told.items() if line["says"]})
        self.vague: dict[Key, dict[str, tuple[Decimal, Decimal]]] = {
            key: _coding(line["vague"]) for key, line in told.items() if line["vague"]
        }
        self.wholes: dict[Key, Key] = {
            key: (key[0], line["part_of"]) for key, line in told.items() if line["part_of"]
        }

    def wanted_parts(self, wanted: Iterable[Wanted]) -> Iterator[Wanted]:
        """What claims about a whole may be held against besides: figures of its parts."""
        parts: dict[Key, list[str]] = defaultdict(list)
        for (_, part), whole in self.wholes.items():
            parts[whole].append(part)
        for one in wanted if parts else ():
            for part in parts.get((one.package, one.measure), ()):
                yield one._replace(measure=part)

    def coded(self, item: Item) -> Mention | None:
        """The vague number of a claim as the package of its measures codes it; None where none does."""
        number = item.claim.quantity
        if number is None or number.comparator != "vague" or not self.vague:
            return None
        codings = {
            self.vague.get((f.package, f.measure), {}).get(number.text.lower()) for f in item.best_fits
        }
        found = codings.pop() if len(codings) == 1 else None
        return None if found is None else replace(number, low=found[0], high=found[1])


def _coding(written: str) -> dict[str, tuple[Decimal, Decimal]]:
    """What vague words of a package stand for, as the store keeps it: {"dozens": ["24", "99"]}."""
    return {word: (Decimal(low), Decimal(high)) for word, (low, high) in json.loads(written).items()}


def _read_sayings(says: Mapping[Key, tuple[str, ...]]) -> dict[Key, list[Saying]]:
    """The sentences that can be read; of the others `reference check` tells."""
    found = iter(read_sayings([s for sentences in says.values() for s in sentences]))
    return {
        key: [one for _ in sentences if isinstance(one := next(found), Saying)]
        for key, sentences in says.items()
    }


_WHOLE = "people "


def whole_of(measure: str) -> str | None:
    """The measure of which one is a part: "people killed" of "civilians killed"."""
    noun, _, rest = measure.partition(" ")
    return f"{_WHOLE}{rest}" if rest and noun in word_set("measured apart") else None


def wanted_parts(wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """What claims about people may be held against besides: figures of a part of them."""
    for one in wanted:
        if one.measure.startswith(_WHOLE) and one.place is not None:
            rest = one.measure.removeprefix(_WHOLE)
            yield from (one._replace(measure=f"{noun} {rest}") for noun in word_set("measured apart"))


# ----------------------------------------------------------------------------------------------------
# What the published tables hold, as propositions meet it.

_HUNDREDTHS = 100
"""No share is higher."""


def topic_of(title: str) -> Concepts:
    """What all the tables of a package are about, as its title says up to a colon, comma or bracket: of
    "Internet shutdowns: annual counts" the internet, and shutdowns."""
    first = next(iter(title.split(":")), "").split(",")[0].split("(")[0]
    return of_text(" ".join(word for word in WORD.findall(first) if not word[1:2].isupper()))


@lru_cache(maxsize=1 << 8)
def _stems_of(columns: tuple[str, ...]) -> frozenset[str]:
    return frozenset(stem(w) for name in columns for w in WORD.findall(name.replace("_", " ")))


class Known:
    """The tables of a store: names, measures, rows and doers, each read once."""

    def __init__(self, store: Tables) -> None:
        self.finder = CandidateFinder(store)
        self.index = NameIndex((n.name, n.key, n.entity) for n in self.finder.names)
        self.places = Places(self.index, self.finder.containers, self.finder.everywhere())
        self.vocabulary = Vocabulary(self.finder.told_of_measures())
        self.placed = self.finder.placed_measures
        self.measures = Measures(
            self.finder.vocabulary, self.vocabulary.sayings, self.vocabulary.counts, self.placed
        )
        self.rows = self.finder.of_kind("event", "gazetteer")
        self.event_index = EventIndex(self.rows)
        organisations = [(n.name, n.key) for n in self.finder.names if n.entity == "organisation"]
        places_of_actors = self.finder.places_of_actors()
        self.doers = Doers(organisations, self.finder.actors, self._countries(places_of_actors))
        self.signatories = Signatories(self.index)
        self.events = EventRows(self.rows)
        self.rows_at = self.finder.places_of_measures()
        placed: dict[str, set[str]] = defaultdict(set)
        for (package, actor), places in places_of_actors.items():
            for key in self.doers.keys_of_actor(package, actor):
                placed[key] |= places
        self.places_by_body = {key: frozenset(places) for key, places in placed.items()}
        self._at_deeds: dict[tuple[str, str], dict[str, frozenset[str]]] = defaultdict(dict)
        for (package, measure, actor), there in self.finder.places_of_deeds().items():
            for key in self.doers.keys_of_actor(package, actor):
                self._at_deeds[package, measure][key] = (
                    self._at_deeds[package, measure].get(key, there) | there
                )
        self.events_on: dict[tuple[str, date], list[ReferenceRow]] = defaultdict(list)
        for r in self.rows:
            if r.kind == "event" and r.first is not None and r.first.start is not None:
                self.events_on[r.package, r.first.start].append(r)
        self.events_by_day: dict[date, list[ReferenceRow]] = defaultdict(list)
        for r in self.rows:
            days = {r.period.start, r.period.end} if r.kind == "event" and r.period else ()
            for day in filter(None, days):
                self.events_by_day[day].append(r)
        self.dated_bodies = {
            key_of(r.package, r.key): r for r in self.rows if r.kind == "gazetteer" and r.first is not None
        }
        self.ways = self.finder.measures_with_ways()
        self.units = self.finder.units_of_measures()
        self.holdings = holdings(self.units, any(r.kind == "event" and r.period for r in self.rows))
        self.bodies_of = {
            (package, measure): frozenset(
                key for actor in actors for key in self.doers.keys_of_actor(package, actor)
            )
            for (package, measure), actors in self.finder.actors_of_measures().items()
        }
        self._bodies_by_place: dict[str, set[str]] = defaultdict(set)
        for actor in self.finder.actors:
            for key in self.index.lookup(actor):
                self._bodies_by_place[key] |= self.doers.index.lookup(actor)
        self.headers = {
            table: frozenset(stem(w) for name in names for w in WORD.findall(name.replace("_", " ")))
            for table, names in self.finder.headers().items()
        }
        self.topics = {package: topic_of(title) for package, title in self.finder.titles().items()}
        self.countables = self.finder.countables
        self.kinds = self.finder.incident_kinds
        self.label_names = LabelNames(
            self.finder.incident_labels(), self.finder.incident_names(), self.index.lookup
        )
        self._row_places: dict[tuple[str, str], frozenset[str]] = {}

    def _countries(self, places: Mapping[tuple[str, str], frozenset[str]]) -> dict[str, frozenset[str]]:
        """The outermost places around those of each actor's rows."""
        out: dict[str, frozenset[str]] = defaultdict(frozenset)
        around = self.finder.containers
        for (_, actor), keys in places.items():
            outer = {k for key in keys for k in around.get(key, frozenset()) or {key} if not around.get(k)}
            out[actor] |= outer
        return dict(out)

    @cached_property
    def place_names(self) -> dict[str, str]:
        """What the tables call each place, by its key."""
        return {
            f"{row.package}|{row.key}": row.name for row in self.rows if row.kind == "gazetteer" and row.name
        }

    @contextmanager
    def taught(self, sayings: Mapping[Key, Sequence[Saying]], alone: bool = False) -> Iterator[None]:
        """The measures told by further sentences, too, for the length of a block; `alone`: and no other
        measure told by anything."""
        if not sayings and not alone:
            yield
            return
        before, told = self.measures, dict(self.vocabulary.sayings)
        for key, more in sayings.items():
            told[key] = [*told.get(key, ()), *more]
        words = self.finder.vocabulary
        if alone:
            words = [line for line in words if (line[0], line[1]) in sayings]
            told = {key: told[key] for key in sayings}
        self.measures = Measures(words, told, self.vocabulary.counts, self.placed)
        try:
            yield
        finally:
            self.measures = before

    def in_its_unit(self, fits: list[MeasureFit], quantity: Mention | None) -> list[MeasureFit]:
        """Of measures that a clause says, those that come in a number's unit, where there are some:
        "coverage fell to 35 *percent*" is of no measles cases."""
        if quantity is not None and quantity.kind == "duration" and quantity.unit is not None:
            return fits
        if quantity is not None and quantity.kind == "number" and (quantity.value or 0) > _HUNDREDTHS:
            return [f for f in fits if not self._is_of_shares(f)] or fits
        if quantity is None or quantity.kind not in ("percent", "money", "measure"):
            return fits
        own = [
            f for f in fits
            if any(
                u is None or (not is_counted(u) and comparable(quantity, u))
                for u in self.units.get((f.package, f.measure), (None,))
            )
        ]  # fmt: skip
        return own or fits

    def of_counted(self, fits: list[MeasureFit], head: Part | None) -> list[MeasureFit]:
        """Of measures that a clause says, those that may count people where a number does: "the fire drove
        38,000 *people* from their homes" is of no houses."""
        people = counted_words("people") | counted_words("some people") | counted_words("parts")
        if head is None or stem(head.lemma) not in people:
            return fits
        own = [f for f in fits if stem(head.lemma) in f.counts or self._may_count_people(f, people)]
        return own or fits

    def _may_count_people(self, fit: MeasureFit, people: frozenset[str]) -> bool:
        """Whether a measure comes in people, in those whom something befell, or in no unit."""
        counted = people | counted_words("attendants")
        units = self.units.get((fit.package, fit.measure), (None,))
        return any(
            u is None
            or stem(u.split()[-1]) in counted
            or not undergone().isdisjoint(concepts_of(u.split()[-1]))
            or not is_counted(u)
            for u in units
        )

    def _is_of_shares(self, fit: MeasureFit) -> bool:
        """Whether a measure comes in hundredths alone: "6.6 million Swedes *voted*" is of no vote share."""
        units = self.units.get((fit.package, fit.measure), (None,))
        return all(
            u is not None and (scale := unit_named(u)) is not None and scale.kind == "percent" for u in units
        )

    def organisations(self, item: Item) -> list[Named]:
        """The bodies and persons that a claim's sentence names."""
        named = [n for n in item.names if n.entity == "organisation"]
        context = item.claim.context
        found = self.doers.index.named_in(item.document, context.start, context.end)
        return [*named, *found]

    def whose(self, item: Item) -> list[Named]:
        """The words for a people that say whose number it is: "the *French* team won 9 medals"."""
        return []

    def place_of_bodies(self, item: Item, bodies: Collection[str]) -> frozenset[str]:
        """The one place of the rows that the measures of a claim have of bodies; none where they have
        several: the budget of a mission that is in one country, and left its bases in others."""
        told = [self._at_deeds.get((f.package, f.measure), {}) for f in item.best_fits]
        there = {of_measure[k] for of_measure in told for k in bodies if k in of_measure}
        return next(iter(there)) if len(there) == 1 and all(len(keys) == 1 for keys in there) else frozenset()

    def columns_of(self, row: ReferenceRow) -> frozenset[str]:
        """The stems of what a table calls its columns, of an incident those that nothing reads, too: "mine"
        of the *Tarn mine*."""
        own = self.headers.get((row.package, row.table), frozenset())
        return own | _stems_of(tuple(row.raw)) if row.kind == "incident" else own

    def incident(self, key: str) -> ReferenceRow:
        """The incident of a key (package|resource:row), whatever is measured of it."""
        package, _, key = key.partition("|")
        return next(row for row in self.finder.about([key])[key] if row.package == package)

    def places_of(self, row: ReferenceRow) -> frozenset[str]:
        """The keys of a row's places."""
        key = row.package, row.key
        if key not in self._row_places:
            self._row_places[key] = frozenset(self.finder.keys_of(row.package, row.places))
        return self._row_places[key]

    def marked(self, row: ReferenceRow, document: Document) -> ReferenceRow:
        """The row, marked as the document's own where its source is one of the document's authors alone."""
        own = row.own or self.signatories.are_alone_behind(row.source, document)
        return replace(row, own=True) if own else row
