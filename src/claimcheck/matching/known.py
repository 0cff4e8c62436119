"""What the published tables hold, as propositions meet it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from claimcheck.dates.events import EventIndex
from claimcheck.documents.signatories import Signatories
from claimcheck.judging.explaining import publisher
from claimcheck.judging.units import comparable, is_counted, unit_named
from claimcheck.matching.accounting import counted_words, word_set
from claimcheck.matching.candidates import CandidateFinder, Tables
from claimcheck.matching.concepts import concepts_of, undergone
from claimcheck.matching.doers import Doers
from claimcheck.matching.events import (
    EventRows,
)
from claimcheck.matching.frames import MeasureFit, Measures
from claimcheck.matching.item import Item
from claimcheck.matching.label_names import LabelNames
from claimcheck.matching.places import Places
from claimcheck.matching.says import Saying
from claimcheck.matching.vocabulary import Key, Vocabulary
from claimcheck.model import (
    Document,
    Mention,
    Part,
    ReferenceRow,
)
from claimcheck.propositions.stems import stem
from claimcheck.reference.name_index import WORD, Named, NameIndex
from claimcheck.reference.table_places import key_of

_HUNDREDTHS = 100
"""No share is higher."""


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
        self.countables = self.finder.countables
        self.kinds = self.finder.incident_kinds
        self.label_names = LabelNames(self.finder.incident_labels(), self.index.lookup)
        self._row_places: dict[tuple[str, str], frozenset[str]] = {}
        self._reporters: dict[tuple[str, ...], tuple[frozenset[str], frozenset[str]]] = {}

    def _countries(self, places: Mapping[tuple[str, str], frozenset[str]]) -> dict[str, frozenset[str]]:
        """The outermost places around those of each actor's rows."""
        out: dict[str, frozenset[str]] = defaultdict(frozenset)
        around = self.finder.containers
        for (_, actor), keys in places.items():
            outer = {k for key in keys for k in around.get(key, frozenset()) or {key} if not around.get(k)}
            out[actor] |= outer
        return dict(out)

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
            span = stem(quantity.unit)
            return [f for f in fits if self._counts_spans(f, span)] or fits
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

    def _counts_spans(self, fit: MeasureFit, span: str) -> bool:
        """Whether a measure comes in a span of time, as its unit or its name says: "years in prison"."""
        units = self.units.get((fit.package, fit.measure), (None,))
        return any(span in fit.concepts if u is None else stem(u.split()[-1]) == span for u in units)

    def organisations(self, item: Item) -> list[Named]:
        """The bodies and persons that a claim's sentence names."""
        named = [n for n in item.names if n.entity == "organisation"]
        context = item.claim.context
        found = self.doers.index.named_in(item.document, context.start, context.end)
        return [*named, *found, *self.whose(item)]

    def is_body(self, item: Item, named: Named) -> bool:
        """Whether a name of a place is that of those whose number a claim gives, as its measures have it:
        "*France* won 9 medals", where the table has France for a team and no medals of the place."""
        parts = [p for p in item.proposition.parts if named.start <= p.start < named.end]
        if not parts or parts[-1].prep in word_set("where"):
            return False
        return self._are_bodies(item, named.keys, self.doers.index.lookup(named.text))

    def whose(self, item: Item) -> list[Named]:
        """The words for a people that say whose number it is: "the *French* team won 9 medals"."""
        out = []
        for p in item.proposition.parts if self._bodies_by_place else ():
            places = frozenset() if p.role == "head" or p.context else self.places.people_of(p.lemma)
            bodies = frozenset(k for key in places for k in self._bodies_by_place.get(key, ()))
            if bodies and self._are_bodies(item, places, bodies):
                out.append(Named(p.start, p.end, p.lemma, bodies, "organisation"))
        return out

    def _are_bodies(self, item: Item, places: frozenset[str], bodies: frozenset[str]) -> bool:
        measures = [(f.package, f.measure) for f in item.best_fits if not f.concepts & undergone()]
        return bool(measures) and all(
            bodies & self.bodies_of.get(m, frozenset()) and not places & self.rows_at.get(m, frozenset())
            for m in measures
        )

    def place_of_bodies(self, item: Item, bodies: Collection[str]) -> frozenset[str]:
        """The one place of the rows that the measures of a claim have of bodies; none where they have
        several: the budget of a mission that is in one country, and left its bases in others."""
        told = [self._at_deeds.get((f.package, f.measure), {}) for f in item.best_fits]
        there = {of_measure[k] for of_measure in told for k in bodies if k in of_measure}
        return next(iter(there)) if len(there) == 1 and all(len(keys) == 1 for keys in there) else frozenset()

    def of_its_own(self, item: Item, names: Sequence[Named]) -> list[Named]:
        """The bodies among names of which the measures of a claim have rows: what *Coastline* reports of
        delays is of its own."""
        bodies = frozenset(k for f in item.best_fits for k in self.bodies_of.get((f.package, f.measure), ()))
        return [n for n in names if n.keys & bodies]

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

    def reporters(self, row: ReferenceRow) -> tuple[frozenset[str], frozenset[str]]:
        """Who counted what a row says, by its source and its `reported_by`: their keys, and the words of
        their names."""
        told = tuple(filter(None, (publisher(row), row.reported_by)))
        if told not in self._reporters:
            named = (n for text in told for n in self.doers.index.find(text, 0, len(text)))
            keys = frozenset(key for name in named for key in name.keys)
            words = frozenset(stem(w) for text in told for w in WORD.findall(text) if w[0].isupper())
            self._reporters[told] = keys, words
        return self._reporters[told]

    def marked(self, row: ReferenceRow, document: Document) -> ReferenceRow:
        """The row, marked as the document's own where its source is one of the document's authors alone."""
        own = row.own or self.signatories.are_alone_behind(row.source, document)
        return replace(row, own=True) if own else row
