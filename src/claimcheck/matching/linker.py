"""From readings to verdicts: every claim linked to the rows that may decide it, and judged."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import NamedTuple

from claimcheck import lexicon
from claimcheck.dates.events import EventIndex, EventMention
from claimcheck.documents.signatories import Signatories
from claimcheck.judging.event_dates import date_relation, may_be_counted_apart
from claimcheck.judging.explaining import evidence_of
from claimcheck.judging.judge import judge, weigh
from claimcheck.judging.relations import Candidate, PlaceMatch, own_period, settings
from claimcheck.linking.aggregates import count_row, sum_row
from claimcheck.linking.candidates import CandidateFinder, Tables, public_key
from claimcheck.linking.directions import mark_those_before
from claimcheck.linking.found import Sum, Wanted, WantedKind
from claimcheck.linking.partmeasures import wanted_parts
from claimcheck.linking.places import WORD, Named, NameIndex
from claimcheck.linking.tableplaces import key_of
from claimcheck.linking.undisturbed import undisturbed
from claimcheck.linking.words import stem
from claimcheck.matching.accounting import is_neutral, neutral_words, unexplained
from claimcheck.matching.concepts import Concepts, concepts_of, contradicted, of_parts, of_text, undergone
from claimcheck.matching.counted import counted_match
from claimcheck.matching.doers import Doers, match_doer, match_subject, proper_words, speaker_parts
from claimcheck.matching.frames import MeasureFit, Measures, is_beside
from claimcheck.matching.happenings import (
    ORDINALS,
    Happenings,
    Hold,
    hold,
    kinds_of,
    left_over,
    phase_of,
    read,
    verbs_of,
    verbs_of_kind,
)
from claimcheck.matching.places import Places, PlaceSlot
from claimcheck.model import (
    CheckedDocument,
    Claim,
    ClaimTime,
    Document,
    Link,
    Mention,
    Part,
    Period,
    Proposition,
    Reading,
    ReferenceRow,
    Slot,
    Span,
    Suggestion,
    Verdict,
)
from claimcheck.model.reading import Basis

_ADDED = frozenset(map(stem, ("another", "more", "further", "additional", "other", "others", "furth")))
_AGAIN = frozenset(map(stem, ("again", "anew", "afresh", "repeat")))
_MOVES = frozenset({"=displace", "=refugee", "=return", "=export", "=import", "=evacuate"})
_ARRIVES = frozenset({"=return", "=import", "=cross", "=host"})
_NUMBERS = {
    w: n
    for n, w in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 2
    )
}
_DOING = frozenset(
    map(
        stem,
        (
            "carry",
            "commit",
            "perpetrate",
            "behind",
            "conduct",
            "launch",
            "stage",
            "blame",
            "accuse",
            "deed",
            "responsible",
            "pin",
        ),
    )
)
_RIGHT_BEHIND = 8
_DEED_NEAR = 31
"""Days within which a deed that only other words tell is the row's, wrongly dated."""
_ORDINAL_WORDS = frozenset(ORDINALS) | frozenset(f"the {o}" for o in ORDINALS)
_SHOWN = 3
_WEIGHED = 12
NEAR_SENTENCES = 400
"""Characters behind a claim's sentence within which a clause without a measure goes on with its own."""


class Suggested(NamedTuple):
    """A row that comes near a claim, and the words of the claim that it does not explain."""

    candidate: Candidate
    words: tuple[str, ...]


@dataclass(slots=True)
class Item:
    """A claim of a batch, with the slots that its text fills and what was found for it."""

    claim: Claim
    document: Document
    names: list[Named] = field(default_factory=list)
    fits: list[MeasureFit] = field(default_factory=list)
    place: PlaceSlot = field(default_factory=PlaceSlot)
    candidates: list[Candidate] = field(default_factory=list)
    suggested: list[Suggested] = field(default_factory=list)
    settled: bool = False
    happenings: list[EventMention] = field(default_factory=list)
    beside: Sequence[Claim] = ()  # the claims with a number of its sentence
    bodies: list[Named] = field(default_factory=list)  # that stand bare before its number
    follows: tuple[str, str] | None = None  # the measure of the number before it

    @property
    def proposition(self) -> Proposition:
        """The claim's proposition, an empty one where it has none."""
        return self.claim.proposition or Proposition()

    @property
    def head(self) -> Part | None:
        """The noun that the claim's number counts."""
        own = self.claim.quantity
        start, end = (-1, -1) if own is None else (own.start, own.end)
        places = [n for n in self.names if n.entity == "place"]
        heads = (
            p
            for p in self.proposition.parts
            if p.role == "head" and p.is_head and not any(n.start <= p.start < n.end for n in places)
        )  # "Turkey 609,900" counts no Turkeys
        return next(
            (p for p in heads if own is None or own.kind == "number" or not start <= p.start < end), None
        )

    @property
    def is_gapped(self) -> bool:
        """Whether a number has a place in the stead of a noun: "Jordan had 641,900, Turkey 609,900"."""
        places = [n for n in self.names if n.entity == "place"]
        return any(
            p.role in ("head", "noun") and p.level <= 1 and any(n.start <= p.start < n.end for n in places)
            for p in self.proposition.parts
        )


class Linker:
    """Links and judges claims against the packages published in a store."""

    def __init__(
        self,
        store: Tables,
        finder: CandidateFinder | None = None,
        index: NameIndex | None = None,
        rows: list[ReferenceRow] | None = None,
        event_index: EventIndex | None = None,
    ) -> None:
        """`finder`, `index`, `rows` and `event_index`: where they are built already."""
        self._finder = finder or CandidateFinder(store)
        self._index = index or NameIndex((n.name, n.key, n.entity) for n in self._finder.names)
        self._places = Places(self._index, self._finder.containers)
        self._measures = Measures(self._finder.vocabulary())
        self._placed = self._finder.placed_measures()
        self.rows = rows if rows is not None else self._finder.of_kind("event", "gazetteer")
        self.event_index = event_index or EventIndex(self.rows)
        organisations = [(n.name, n.key) for n in self._finder.names if n.entity == "organisation"]
        self._doers = Doers(organisations, self._finder.actors())
        self._signatories = Signatories(self._index)
        self._happenings = Happenings(self.rows)
        self._rows_at = self._finder.places_of_measures()
        self._places_by_body = {
            key: places
            for (package, actor), places in self._finder.places_of_actors().items()
            for key in self._doers.keys_of_actor(package, actor)
        }
        self._events_on: dict[tuple[str, date], list[ReferenceRow]] = defaultdict(list)
        for r in self.rows:
            if r.kind == "event" and r.first is not None and r.first.start is not None:
                self._events_on[r.package, r.first.start].append(r)
        self._dated_bodies = {
            key_of(r.package, r.key): r for r in self.rows if r.kind == "gazetteer" and r.first is not None
        }
        self._countables = self._finder.countables()
        self._kinds = self._finder.incident_kinds()
        self._row_places: dict[tuple[str, str], frozenset[str]] = {}
        self._of_incidents: dict[str, Concepts] = {}

    def check(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        """The readings with a verdict for every claim, their claims with the links that were found."""
        with undisturbed():
            return self._checked(readings)

    def _checked(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        self._places.forget()
        self._signatories.forget()
        items = [[Item(claim, r.document) for claim in r.claims] for r in readings]
        for reading, mine in zip(readings, items, strict=True):
            self._read(reading.document, mine)
        flat = [item for mine in items for item in mine]
        self._numbers([i for i in flat if i.claim.kind in ("quantity", "rank") and not i.settled])
        self._counts([i for i in flat if i.claim.kind == "quantity" and not i.settled])
        numbered = [i for i in flat if i.claim.kind == "quantity" and i.candidates]
        mark_those_before(numbered, self._finder)  # type: ignore[arg-type]
        for reading, mine in zip(readings, items, strict=True):
            self._dates(reading.document, mine)
        return [self._judged(r, mine) for r, mine in zip(readings, items, strict=True)]

    # --- slots -----------------------------------------------------------------------------------------

    def _read(self, document: Document, items: Sequence[Item]) -> None:
        """Fill the slots that the text fills: names, measures, place."""
        paragraphs = _paragraphs(document.text)
        before: list[Named] = []
        last: Span | None = None
        carried: tuple[Span, list[MeasureFit]] | None = None
        told: Concepts = frozenset()
        named: list[EventMention] = []
        of_sentence: dict[Span, list[Item]] = defaultdict(list)
        for item in items:
            of_sentence[item.claim.context].append(item)
        for item in items:
            claim = item.claim
            beside = of_sentence[claim.context]
            if claim.kind in ("calendar", "count") or claim.proposition is None:
                continue
            if claim.context != last:
                told = frozenset()
                if last is not None and claim.context.start - last.end < 3:
                    told = _nouns_of(of_sentence[last])
                before = self._named_before(document, claim.context.start)
                named = [
                    m
                    for m in self.event_index.find(document.text, claim.context, document.date)
                    if m.how in ("name", "number", "kind_place")
                ]
                last = claim.context
            item.names = self._places.names(document, claim.context)
            item.happenings = named
            if claim.kind in ("quantity", "rank"):
                near = carried is not None and claim.context.start - carried[0].end < NEAR_SENTENCES
                item.fits = self._measures.fits(claim.proposition)
                if not item.fits and told:
                    item.fits = self._measures.fits(claim.proposition, told)
                if not item.fits and near and carried is not None:
                    item.fits = self._carried(item, carried[1])
                if item.fits and all(f.words for f in item.fits):
                    carried = claim.context, item.fits
            told_of = {c for f in item.fits for c in f.concepts}
            moves = {"from" for _ in told_of & _MOVES} | {"to" for _ in told_of & _ARRIVES}
            item.place = self._places.slot(claim, item.names, lambda n: False, frozenset(moves))
            if (own := self._gapped(item, beside)) is not None:
                item.place = own
            item.bodies = self._bodies(item, beside)
            if claim.kind in ("quantity", "rank"):
                self._at_happening(item)
            if not item.place.stated:
                self._at_body(item)
            if not item.place.stated:
                start = paragraphs[bisect_right(paragraphs, claim.context.start) - 1]
                item.place = self._places.carried(claim, before, start, self._placed_of(item))
                only = self._placed_of(item)
                if not item.place.keys and only is not None and len(only) == 1:
                    item.place = PlaceSlot(only, None, False, "about")
                heading = [p for p in claim.proposition.parts if p.role == "heading"]
                if heading:
                    above = self._places.names(document, Span(heading[0].start, heading[-1].end))
                    found = self._places.slot(claim, above, lambda n: False, frozenset())
                    item.place = replace(found, basis="heading") if found.keys else item.place
                    item.names = [*above, *item.names]

    def _bodies(self, item: Item, beside: Sequence[Item]) -> list[Named]:
        """The body that stands bare between the number before in its sentence and a claim's own: "the CDU
        152"."""
        own = item.claim.quantity
        if own is None:
            return []
        ends = [i.claim.quantity.end for i in beside if i.claim.quantity]
        before = max((e for e in ends if e <= own.wide_start), default=None)
        if before is None:
            return []
        found = self._doers.index.find(item.document.text, before, own.wide_start)
        return [n for n in found if not _stands_behind_preposition(item.proposition.parts, n)][-1:]

    def _at_happening(self, item: Item) -> None:
        """Give a number the days, and where it names none the place, of the one happening that it names."""
        claim = item.claim
        rows = [
            m.candidates[0] for m in item.happenings if len(m.candidates) == 1 and m.how in ("name", "number")
        ]
        rows = [r for r in rows if r.period is not None]
        if len({id(r) for r in rows}) != 1 or all(" " not in m.text for m in item.happenings):
            return  # a single word may name the place as well: "in Fenmoor"
        row, period = rows[0], own_period(claim)
        if row.period is not None and (
            period is None or (period.covers(row.period) and period != row.period)
        ):
            time = claim.time or ClaimTime(start=None, end=None, timex=None, date_start=None, date_end=None)
            time = replace(
                time, date_start=row.period.start, date_end=row.period.end, anchor=row.name, basis="sentence"
            )
            item.claim = replace(claim, time=time)
        inside = {
            at
            for at, p in enumerate(item.proposition.parts)
            for m in item.happenings
            if m.start <= p.start < m.end
        }
        if row.places and (not item.place.stated or item.place.parts <= inside):
            keys = frozenset(self._finder.keys_of(row.package, row.places[:1]))
            item.place = PlaceSlot(keys, None, True, "clause", item.place.at, frozenset(inside))

    def _at_body(self, item: Item) -> None:
        """Give a claim that names no place that of the body whose number it is: a party's country."""
        claim = item.claim
        names = item.bodies or self._doers.index.find(
            item.document.text, claim.context.start, claim.context.end
        )
        speakers = speaker_parts(item.proposition.parts)
        spoken = {item.proposition.parts[at].start for at in speakers}
        keys = frozenset(k for n in names if n.start not in spoken for k in n.keys if ":" in k)
        places = {self._places_by_body[k] for k in keys if k in self._places_by_body}
        if len(places) == 1 and any(len(p) == 1 for p in places):
            item.place = PlaceSlot(next(iter(places)), None, True, "clause")

    def _gapped(self, item: Item, beside: Sequence[Item]) -> PlaceSlot | None:
        """The place that stands bare before a number which shares the verb of the number before it: "Jordan
        had 641,900 refugees, Turkey 609,900". Of two dates in a clause, the place before each is its own."""
        claim = item.claim
        own = claim.quantity if claim.quantity is not None else None
        if own is not None:
            starts = [i.claim.quantity.end for i in beside if i.claim.quantity]
            at = own.wide_start
        else:
            times = [i.claim.time for i in beside if i.claim.kind == "event"]
            starts = [t.end for t in times if t is not None and t.end is not None]
            at = -1 if claim.time is None or claim.time.start is None else claim.time.start
        before = max((s for s in starts if s <= at), default=None)
        if own is None:
            if len(set(starts)) < 2 or at < 0:
                return None
            before = before if before is not None else claim.context.start
        if before is None:
            return None
        parts = item.proposition.parts
        between = [n for n in item.names if n.entity == "place" and before <= n.start < at]
        if own is not None:
            behind = [
                n
                for n in item.names
                if n.entity == "place"
                and 0 < n.start - own.end <= _RIGHT_BEHIND
                and _stands_behind_preposition(parts, n)
            ]  # "124 people in Eastern Ghouta, 718 in Syria"
            if behind:
                here = frozenset(
                    p for p, q in enumerate(parts)
                    if any(n.start <= q.start < n.end for n in item.names if n.entity == "place")
                )  # fmt: skip
                return PlaceSlot(behind[0].keys, behind[0].text, True, "clause", behind[0].start, here)
            between = [n for n in between if not _stands_behind_preposition(parts, n)]
        if not between:
            return None
        last = between[-1]
        here = frozenset(
            p
            for p, q in enumerate(parts)
            if any(n.start <= q.start < n.end for n in item.names if n.entity == "place")
        )
        return PlaceSlot(last.keys, last.text, True, "clause", last.start, here)

    def _carried(self, item: Item, before: Sequence[MeasureFit]) -> list[MeasureFit]:
        """The measures of the number before, where a clause says nothing else: "A year later it was 154"."""
        proposition = item.proposition
        concepts = frozenset(c for f in before for c in f.concepts)
        found = self._measures.fits(proposition, concepts)
        if found:
            return [f for f in found if any((f.package, f.measure) == (b.package, b.measure) for b in before)]
        content = [
            p
            for at, p in enumerate(proposition.parts)
            if not is_neutral(p) and p.pos != "PROPN" and at not in speaker_parts(proposition.parts)
        ]
        return [replace(f, explained=frozenset()) for f in before] if not content else []

    def _placed_of(self, item: Item) -> frozenset[str] | None:
        """The places of the rows of a claim's measures, None where it has none or they have no place."""
        keys: set[str] = set()
        for fit in item.fits:
            keys |= self._rows_at.get((fit.package, fit.measure), frozenset())
        return frozenset(keys) or None

    def _named_before(self, document: Document, offset: int) -> list[Named]:
        start = max(0, offset - 1500)
        return self._places.names(document, Span(start, offset)) if offset > start else []

    # --- numbers ---------------------------------------------------------------------------------------

    def _numbers(self, items: Sequence[Item]) -> None:
        wanted: list[Wanted] = []
        for number, item in enumerate(items):
            item.fits = _best(item)
            before = items[number - 1] if number and items[number - 1].document is item.document else None
            if before is not None and len(before.fits) == 1:
                item.follows = (before.fits[0].package, before.fits[0].measure)
            wanted += self._wanted(number, item)
        for number, rows in self._finder.figures([*wanted, *wanted_parts(wanted)]).items():
            item = items[number]
            placed = {(r.package, r.measure) for r in rows if r.places}
            for row in rows:
                if self._fit_of(item, row) is None:
                    if item.candidates and row.places:
                        part = Candidate(row=self._marked(row, item.document), place="same", of_part=True)
                        item.candidates.append(part)
                    continue
                beside = not row.places and (row.package, row.measure) in placed
                self._meet(item, row, beside)
            self._of_one_day(item)
        if self._finder.incident_packages:
            summed = [w for w in wanted if w.place is not None and w.first_day and w.last_day]
            for number, sums in self._finder.sums(summed, []).items():
                for found in sums:
                    self._meet_sum(items[number], found)

    def _wanted(self, number: int, item: Item) -> Iterable[Wanted]:
        period = own_period(item.claim)
        first, last = (None, None) if period is None else (period.start, period.end)
        for fit in item.fits:
            prefix = key_of(fit.package, "")
            keys: Sequence[str | None] = sorted(k for k in item.place.keys if k.startswith(prefix))
            for place in keys or (None,):
                yield Wanted(number, fit.package, fit.measure, place, first, last)

    def _fit_of(self, item: Item, row: ReferenceRow) -> MeasureFit | None:
        return next((f for f in item.fits if (f.package, f.measure) == (row.package, row.measure)), None)

    def _meet(self, item: Item, row: ReferenceRow, beside: bool) -> None:
        """A figure against a claim, slot by slot."""
        candidate = self._candidate(item, row, beside)
        if candidate is None or (
            row.period is None and not _is_of_what_is(item) and _refutes(item, candidate)
        ):
            return  # a row without a date is no measure of what happened or changed once
        item.candidates.append(candidate)

    def _candidate(self, item: Item, row: ReferenceRow, beside: bool) -> Candidate | None:
        fit, claim = self._fit_of(item, row), item.claim
        if fit is None or claim.quantity is None or _is_only_plural(claim.quantity):
            return None
        parts = item.proposition.parts
        label = of_text(" ".join(filter(None, (row.label, str(row.raw.get("counted_as") or ""), row.unit))))
        by_unit = "per" in (row.unit or "").lower().split()
        concepts = of_parts(parts)
        by_label = {at for at, c in enumerate(concepts) if c & label}
        if row.kind == "figure" and row.period is not None and row.period.days == 1:
            by_label |= {at for at, c in enumerate(concepts) if c & self._incident_words(row.package)}
            for event in self._events_on.get((row.package, row.period.start or date.min), ()):
                if self._places_of(event) & self._places_of(row):
                    said = self._happenings.explains(event)
                    by_label |= {at for at, c in enumerate(concepts) if c & said}
        row_keys = self._doers.keys_of_row(row)
        organisations = [n for n in item.names if n.entity == "organisation"]
        organisations += self._doers.index.find(item.document.text, claim.context.start, claim.context.end)
        people = frozenset(at for at, p in enumerate(parts) if self._places.people_of(p.lemma))
        is_deed = bool(fit.concepts & undergone()) or row.kind == "incident"
        people = people - item.place.parts if is_deed else frozenset()
        if is_deed:
            actor, by_doer = match_doer(claim, organisations, row_keys, row, people, is_deed)
        else:
            actor, by_doer = match_subject(parts, organisations, row_keys, item.bodies)
            if actor == "mismatch":
                return None
        for m in item.happenings:
            here = {at for at, p in enumerate(parts) if m.start <= p.start < m.end}
            if any(concepts[at] & fit.concepts for at in here):
                by_label |= here  # "signed the joint letter to the Secretary-General"
        explained = set(fit.explained) | by_label | by_doer | set(item.place.parts) | speaker_parts(parts)
        if item.is_gapped:
            explained |= {
                at for at, p in enumerate(parts)
                if any(n.start <= p.start < n.end for n in item.names if n.entity == "place")
            }  # fmt: skip
        head = item.head
        head_at = next((at for at, p in enumerate(parts) if p is head), None)
        counted = counted_match(claim.quantity, head, head_at in fit.explained, row, fit.concepts)
        if (
            counted == "other"
            and head is not None
            and self._places.people_of(head.lemma) & self._places_of(row)
        ):
            counted = "same"  # "60,000 Pakistanis died"
        if head_at is not None and counted in ("same", "some"):
            explained.add(head_at)
        more = {"incident", "suspected"} if row.kind == "incident" else set()
        if row.kind == "figure" and row.period is not None and row.period.days == 1:
            more.add("suspected")
        if fit.concepts & undergone() and item.proposition.role in ("object", "oblique"):
            more.add("doer")
        if claim.quantity.kind == "percent" or item.proposition.share == "part":
            more.add("share")
        left = unexplained(parts, explained, frozenset(more))
        if by_unit:
            left = [p for p in left if p.lemma != "per"]
        if item.follows is not None and item.follows != (fit.package, fit.measure):
            left = [p for p in left if stem(p.lemma) not in _ADDED]
        words = tuple(dict.fromkeys(p.lemma for p in left))
        told = frozenset(c for at, p in enumerate(parts) if not is_beside(p) for c in concepts[at])
        befell = {c for at, p in enumerate(parts) if _may_befall(p) for c in concepts[at]} & undergone()
        if either := _either(item, concepts, fit.concepts | label):
            words = (*words, either)
        if befell and not befell & (fit.concepts | label):
            words = (
                *words,
                *(p.lemma for at, p in enumerate(parts) if _may_befall(p) and concepts[at] & befell),
            )
        if other := contradicted(told, label | self._said_of_day(row)):
            words = (*words, *(p.lemma for at, p in enumerate(parts) if concepts[at] & other))
        if counted == "other":
            words = (*words, head.lemma if head is not None else "")
        if item.proposition.share == "them" or _is_per_time(item.proposition):
            words = (*words, "of")
        if item.proposition.share == "part" and not _verb_is_said(item.proposition, fit):
            words = (*words, "of")
        if _is_difference(item.proposition, fit):
            words = (*words, "by")
        if item.proposition.prep in _COMPARED and _has_no_time_of_its_own(claim):
            words = (*words, item.proposition.prep or "")
        if any(p.pos == "NUM" and p.prep in _AGED and not p.context for p in parts):
            words = (*words, "under")
        if item.proposition.prep in _LISTING:
            words = (*words, item.proposition.prep or "")
        if item.proposition.prep == "with":  # "came second with 73 seats": what the rank was is told apart
            words = tuple(w for w in words if w not in _RANKS)
        if words:
            item.suggested.append(Suggested(Candidate(row=row, how="measure"), words))
            return None
        if counted == "part" or (counted == "some" and row.kind != "incident"):
            return None
        if row.places:
            place = "same" if item.place.keys else "unstated"
        else:
            place = "row_silent" if beside else "none"
        named = row.kind == "incident" and self._is_the_incident(item, row) and self._says_the_kind(item, row)
        return Candidate(row=self._marked(row, item.document), place=place, actor=actor, named=named)  # type: ignore[arg-type]

    def _is_the_incident(self, item: Item, row: ReferenceRow) -> bool:
        """Whether a claim tells of the very incident of a row: its day, and its narrowest place."""
        period = own_period(item.claim)
        here = self._finder.keys_of(row.package, row.places[:1])
        return (
            period is not None and period.days == 1 and row.period == period and bool(here & item.place.keys)
        )

    def _says_the_kind(self, item: Item, row: ReferenceRow) -> bool:
        """Whether a clause names a happening of a row's kind: "the *earthquake* at Pisco in August 2007"."""
        _, concepts = read(item.claim)
        kinds = [k for k in kinds_of(row) if k]
        said = [c for at, c in enumerate(concepts) if not is_beside(item.proposition.parts[at])]
        return any(all(any(c & need for c in said) for need in kind) for kind in kinds)

    def _of_one_day(self, item: Item) -> None:
        """Take the figures of the one day that a claim's month or year holds for those of that day."""
        period = own_period(item.claim)
        if period is None or period.days == 1:
            return
        figures = [
            c for c in item.candidates
            if c.row.kind == "figure" and c.row.period is not None and c.row.period.days == 1
            and c.actor in ("same", "none") and period.covers(c.row.period)
        ]  # fmt: skip
        if len({c.row.period for c in figures}) == 1:
            item.candidates = [replace(c, named=True) if c in figures else c for c in item.candidates]

    def _said_of_day(self, row: ReferenceRow) -> Concepts:
        """What the events of a row's day and place say of it: with what it was done."""
        if row.period is None or row.period.days != 1:
            return frozenset()
        events = self._events_on.get((row.package, row.period.start or date.min), ())
        there = [e for e in events if self._places_of(e) & self._places_of(row)]
        return frozenset(c for e in there for c in self._happenings.explains(e))

    def _incident_words(self, package: str) -> Concepts:
        """What the incidents of a package are counted as: a figure of a day is of one of them."""
        if package not in self._of_incidents:
            kinds = " ".join({c for p, _, c in self._countables if p == package})
            self._of_incidents[package] = of_text(kinds)
        return self._of_incidents[package]

    def _meet_sum(self, item: Item, found: Sum) -> None:
        """The incidents of a claim's place and period: the one that there is, or what they add up to."""
        first = self._finder.row(found.first_row)
        told = self._told_number(item, first)
        if told is not None and told != found.rows:
            return
        candidate = self._candidate(item, first, False)
        if candidate is None:
            return
        if found.rows == 1:
            named = candidate.named or self._says_the_kind(item, first)
            alone = replace(candidate, named=named)
            if not (named or _is_of_one_day(item) or _is_of_all(item)) and _refutes(item, alone):
                return  # of others a text may tell, where it names none
            item.candidates.append(alone)
            if named and first.period is not None:
                item.candidates = [
                    replace(c, named=True) if c.row.kind == "figure" and c.row.period == first.period else c
                    for c in item.candidates
                ]
            return
        own = all(self._signatories.are_alone_behind(s, item.document) for s in found.sources)
        written = self._finder.written(found.wanted.place or "")
        row = sum_row(found, first, written, item.place.text or "", own, [])
        one = _is_of_one_day(item) or (
            self._says_the_kind(item, first) and not self._tells_of_several(item, first)
        )
        summed = replace(candidate, row=row, unique=not one)
        if not _is_of_all(item) and _refutes(item, summed):
            return  # of some of them a text may tell without saying so
        item.candidates.append(summed)

    def _told_number(self, item: Item, row: ReferenceRow) -> int | None:
        """How many happenings a clause says that its number is of: "the *two* strikes killed"."""
        parts, concepts = read(item.claim)
        kinds = frozenset(c for kind in kinds_of(row) for need in kind for c in need)
        for at, p in enumerate(parts):
            if p.pos != "NUM" or p.context or at + 1 >= len(parts):
                continue
            behind = [n for n in range(at + 1, min(at + 4, len(parts))) if parts[n].unit == p.unit]
            if any(concepts[n] & kinds for n in behind):
                return _NUMBERS.get(p.lemma) or (int(p.lemma) if p.lemma.isdigit() else None)
        return None

    def _tells_of_several(self, item: Item, row: ReferenceRow) -> bool:
        """Whether a clause names happenings of a row's kind in the plural, or none at all."""
        text = item.claim.text.lower()
        words = [
            w
            for label in (row.label or "", str(row.raw.get("counted_as") or ""))
            for w in WORD.findall(label)
        ]
        return any(f"{w.lower()}s" in text for w in words)

    # --- counts ----------------------------------------------------------------------------------------

    def _counts(self, items: Sequence[Item]) -> None:
        """How many rows there are of what a claim counts: attacks, rounds of talks, resolutions."""
        if not self._countables:
            return
        wanted: list[tuple[int, str, str, str, str, str | None, date, date]] = []
        deeds: list[tuple[int, str]] = []
        for number, item in enumerate(items):
            days = _counted_days(item)
            if days is None or _is_indefinite(item):
                continue
            parts, concepts = read(item.claim)
            for (package, resource, counted_as), kinds in self._countables.items():
                found = _kind_counted(item.proposition, concepts, kinds)
                if found is None:
                    continue
                kind, explained = found
                said = of_text(f"{kind} {counted_as}")
                organisations = [n for n in item.names if n.entity == "organisation"]
                organisations += self._doers.index.find(
                    item.document.text, item.claim.context.start, item.claim.context.end
                )
                doers = self._deeds(item.proposition, organisations, package)
                explained |= {at for _, where in doers for at in where} | set(item.place.parts)
                explained |= speaker_parts(parts) | {at for at, c in enumerate(concepts) if c & said}
                verbs = verbs_of_kind(f"{kind} {counted_as}")
                explained |= {
                    at for at, p in enumerate(parts) if p.role == "predicate" and stem(p.lemma) in verbs
                }
                left = unexplained(tuple(parts), explained, frozenset({"suspected"}))
                other_verb = any(
                    p.role == "predicate" and not p.context and at not in explained
                    for at, p in enumerate(parts)
                )  # fmt: skip
                if left or other_verb or item.proposition.share == "part":
                    continue
                if item.proposition.prep in _COMPARED and _has_no_time_of_its_own(item.claim):
                    continue
                here = sorted(k for k in item.place.keys if k.startswith(key_of(package, "")))
                if item.place.stated and not here:
                    continue
                keys: list[str | None] = list(here) if item.place.stated or here else [None]
                wanted += [(number, package, resource, counted_as, kind, k, *days) for k in keys]
                deeds += [(number, actor) for actor, _ in doers]
        for count in self._finder.counts(wanted, sorted(set(deeds))):
            item = items[count.claim]
            own = all(self._signatories.are_alone_behind(s, item.document) for s in count.sources)
            written = None if count.place is None else self._finder.written(count.place)
            mine = sorted({a for n, a in deeds if n == count.claim})
            row = count_row(count, written, None if count.place is None else item.place.text, own, mine)
            item.candidates.append(Candidate(row=row, place="same"))

    def _deeds(
        self, proposition: Proposition, names: Sequence[Named], package: str
    ) -> list[tuple[str, frozenset[int]]]:
        """The actors of the tables whose deeds a clause counts, with the words that say so."""
        out = []
        parts = proposition.parts
        speakers = speaker_parts(parts)
        for actor in self._finder.actors():
            keys = self._doers.keys_of_actor(package, actor)
            where = frozenset(
                at
                for n in names
                if n.keys & keys
                for at, p in enumerate(parts)
                if n.start <= p.start < n.end and at not in speakers and not p.context
            )
            if where:
                out.append((actor, where))
        return out

    # --- dates -----------------------------------------------------------------------------------------

    def _dates(self, document: Document, items: Sequence[Item]) -> None:
        """The happenings that the dated clauses of a document tell of."""
        history: list[EventMention] = []
        found: list[EventMention] = []
        last: Span | None = None
        for item in items:
            claim = item.claim
            if claim.proposition is None:
                continue
            if claim.context != last:
                history += found
                found = self.event_index.find(document.text, claim.context, document.date, history)
                last = claim.context
            if claim.kind == "event" and not item.settled:
                self._date(item, [*found, *self._founded(item)], history, items)

    def _founded(self, item: Item) -> list[EventMention]:
        """The bodies that a sentence names, where it tells of a founding and a gazetteer has its day."""
        _, concepts = read(item.claim)
        if not any("=found" in c for c in concepts) and not any(
            stem(p.lemma) in ("dat", "exist", "activ") for p in item.proposition.parts
        ):
            return []
        out = []
        for n in item.names:
            rows = [self._dated_bodies[k] for k in n.keys if k in self._dated_bodies]
            if rows:
                out.append(EventMention(n.start, n.end, n.text, tuple(rows), "name"))
        return out

    def _date(
        self,
        item: Item,
        found: Sequence[EventMention],
        history: Sequence[EventMention],
        items: Sequence[Item],
    ) -> None:
        claim = item.claim
        parts, concepts = read(claim)
        time = claim.time
        if time is None or time.start is None or time.end is None:
            return
        phase = phase_of(claim, concepts)
        named = [m for m in found if not m.start <= time.start < m.end and m.how not in ("nearest", "place")]
        inside = {at for at, p in enumerate(parts) if any(m.start <= p.start < m.end for m in named)}
        paired = _pair(item, items, named)
        if inside:
            units = {parts[at].unit for at in inside}
            topic = {
                p.start
                for p in parts
                if p.unit in units and p.prep in ("on", "about", "for", "against", "to")
            }
            item.place = self._places.slot(
                claim,
                item.names,
                lambda n: any(m.start <= n.start < m.end for m in named) or n.start in topic,
                frozenset(),
            )
        speakers = speaker_parts(parts)
        met: list[tuple[ReferenceRow, str, bool, Hold | None]] = []
        told_of: list[EventMention] = []
        for mention in named:
            if paired is not None and mention is not paired:
                continue
            verbs = frozenset(v for r in mention.candidates[:1] for v in verbs_of(r))
            plain = frozenset(v for r in mention.candidates[:1] for v in verbs_of(r, False))
            where = {at for at, p in enumerate(parts) if mention.start <= p.start < mention.end}
            if where and where <= speakers:
                continue  # "the Office of the Special Envoy made clear": the clause is of something else
            held = hold(claim, mention, verbs, plain)
            if held is None and paired is mention:
                held = Hold("pair", 1, frozenset())
            if held is None and paired is None and any(_together(parts, mention, m) for m in told_of):
                held = Hold("subject", 1, frozenset())
            if held is not None and held.how == "own" and mention.text.lower() in _ORDINAL_WORDS:
                held = None  # "the sixth round, the fourth in 2017": that counts otherwise
            if held is not None:
                told_of.append(mention)
                met += [
                    (row, mention.how, len(mention.candidates) == 1, held) for row in mention.candidates[:8]
                ]
        if not met and (carried := self._pronoun(item, history, items)) is not None:
            met = [(carried.candidates[0], carried.how, True, None)]
        if len(met) > 1 and not any(unique for _, _, unique, _ in met):
            met = self._best_told(item, met, inside)
        for row, by, unique, held in met:
            if held is not None and held.how in ("through", "at") and _is_an_office(row):
                continue  # what was done in an office, or beside it, tells no day of it
            how = "name" if by == "name" else "number" if by in ("number", "definite") else "kind"
            period = own_period(claim)
            if how == "kind" and period is not None:
                unique = unique and _may_be_that_one(row, period)
            if row.number is not None and may_be_counted_apart(claim, row):
                unique = False
                if date_relation(claim, row, phase) == "refutes":
                    continue
            if _is_again(parts) and date_relation(claim, row, phase) == "refutes":
                continue
            self._meet_event(item, row, how, unique, phase, held, inside)
        if len(told_of) > 1 and paired is None:
            item.candidates = [replace(c, joined=True) for c in item.candidates]
        if not met:
            self._by_kind(item, parts, concepts, phase)
        if not item.candidates and not met:
            named_rows = {(r.package, r.key) for m in named for r in m.candidates}
            self._by_deed(item, parts, concepts, phase, named_rows)

    def _best_told(
        self, item: Item, met: list[tuple[ReferenceRow, str, bool, Hold | None]], inside: Collection[int]
    ) -> list[tuple[ReferenceRow, str, bool, Hold | None]]:
        """Of the rows that an ambiguous name may mean, those that explain the most of its words."""
        parts, concepts = read(item.claim)

        def unsaid(row: ReferenceRow) -> int:
            said = self._happenings.explains(row)
            return sum(1 for at in inside if not concepts[at] & said and parts[at].pos != "NUM")

        least = min(unsaid(row) for row, *_ in met)
        kept = [m for m in met if unsaid(m[0]) == least]
        return [(row, by, len(kept) == 1, held) for row, by, _, held in kept]

    def _meet_event(
        self, item: Item, row: ReferenceRow, how: str, unique: bool, phase: str | None, held: Hold | None,
        inside: Collection[int],
    ) -> None:  # fmt: skip
        """A happening against a dated clause, word by word."""
        parts, concepts = read(item.claim)
        said = self._happenings.explains(row)
        mine = self._places_of(row)
        others = set(inside) - (held.parts if held is not None else set())
        explained = others | speaker_parts(parts) | self._place_parts(item, parts, mine)
        organisations = self._doers.index.find(
            item.document.text, item.claim.context.start, item.claim.context.end
        )
        people = frozenset(
            at for at, p in enumerate(parts) if self._places.people_of(p.lemma) and at not in inside
        )
        row_keys = self._doers.keys_of_row(row)
        actor, by_doer = match_doer(item.claim, organisations, row_keys, row, people)
        if actor in (
            "mismatch",
            "doubtful",
        ):  # a body that the row names itself is no other doer ("the Council")
            words = {stem(parts[at].lemma)[:5] for at in by_doer}
            own = proper_words(" ".join((row.name or "", *row.names, row.series or "", row.label or "")))
            if (words and words <= own) or (actor == "doubtful" and not by_doer):
                actor = "none"
        if (
            held is not None
            and held.how == "own"
            and any(stem(p.lemma) in _DOING for p in parts if not p.context)
        ):
            held = replace(held, how="done")  # "rebels were behind the attack of 4 April": who did it is told
            known = proper_words(" ".join((row.actor or "", row.name or "", *row.names)))
            spoken = [parts[at].start for at in speaker_parts(parts)]
            theirs = [
                n
                for n in organisations
                if not n.keys & row_keys
                and not any(n.start <= at < n.end for at in spoken)
                and not proper_words(n.text) & known
            ]
            if theirs and row.actor:
                actor = "mismatch"
        own_verbs = self._happenings.verbs_in_name(row)
        acting = not item.proposition.passive
        left = left_over(parts, concepts, said, explained | by_doer, verbs_of(row), held, own_verbs, acting)
        told = frozenset(
            c for at, p in enumerate(parts) if not p.context or p.role == "relative" for c in concepts[at]
        )
        if other := contradicted(told, said):
            left = (*left, *(p.lemma for at, p in enumerate(parts) if concepts[at] & other))
        left = (*left, *_turned_round(parts, row))
        if actor == "mismatch" and not _is_a_deed(row):
            left = (*left, *(parts[at].lemma for at in sorted(by_doer)))
        if left:
            item.suggested.append(Suggested(Candidate(row=row, how=how), left))  # type: ignore[arg-type]
            return
        place: PlaceMatch = "none"
        slot = item.place
        keys = slot.keys
        if mine and slot.stated and slot.basis in ("clause", "sentence") and keys:
            first = frozenset(self._finder.keys_of(row.package, row.places[:1]))
            same = bool(mine & keys) or self._places.within(first, keys) or self._places.within(keys, first)
            place = "same" if same else "mismatch"
        if phase is None:
            phase = _office_phase(row, parts)
        item.candidates.append(
            Candidate(
                row=self._marked(row, item.document), how=how, unique=unique,  # type: ignore[arg-type]
                place=place, actor=actor, phase=phase,
            )
        )  # fmt: skip

    def _place_parts(self, item: Item, parts: Sequence[Part], mine: frozenset[str]) -> set[int]:
        """The words of a clause that name a place of a row, or the place that the clause says."""
        out = set(item.place.parts) if item.place.keys else set()
        for n in item.names:
            if n.entity == "place" and (n.keys & mine or self._places.within(mine, n.keys)):
                out |= {at for at, p in enumerate(parts) if n.start <= p.start < n.end}
        for at, p in enumerate(parts):
            keys = self._places.people_of(p.lemma)
            if keys & mine or (keys and self._places.within(mine, keys)):
                out.add(at)
        return out

    def _pronoun(
        self, item: Item, history: Sequence[EventMention], items: Sequence[Item]
    ) -> EventMention | None:
        """The happening that a pronoun means: "The congress opened on Monday. It closed on Tuesday"."""
        parts = item.proposition.parts
        verb = next((p for p in parts if p.role == "predicate"), None)
        if verb is None or not history or any(p.role == "subject" and p.level == verb.level for p in parts):
            return None
        last = history[-1]
        if len(last.candidates) != 1 or stem(verb.lemma) not in verbs_of(last.candidates[0]):
            return None
        start = item.claim.context.start
        before = [i for i in items if i.claim.context.end <= start and i.claim.proposition is not None]
        if not before or start - before[-1].claim.context.end > 3:
            return None
        told = before[-1].proposition.parts
        subject = [p for p in told if p.role == "subject" and p.level == 1 and p.is_head]
        return last if any(last.start <= p.start < last.end for p in subject) else None

    def _by_kind(
        self, item: Item, parts: Sequence[Part], concepts: Sequence[Concepts], phase: str | None
    ) -> None:
        """The happenings of a kind in a place: "chlorine was used in Douma on 13 January"."""
        if not item.place.keys or item.place.basis not in ("clause", "sentence"):
            return
        core = [at for at, p in enumerate(parts) if not p.context and p.level <= 2]
        said = frozenset(c for at in core for c in concepts[at])
        rows = self._happenings.of_kind(said, item.place.keys, self._places_of)
        period = own_period(item.claim)
        if period is None or period.start is None or period.end is None:
            return
        wanted = [
            WantedKind(0, package, kind, key, period.start, period.end)
            for package, kind in self._kinds
            if all(concepts_of(w) & said for w in kind.split())
            for key in sorted(item.place.keys)
            if key.startswith(key_of(package, ""))
        ]
        if (period.days or 0) <= 366:
            rows += [row for row, _ in self._finder.happened(wanted).get(0, [])]
        near = [r for r in rows if _is_near(r, period)]
        kinds = {c for r in near for kind in kinds_of(r) for need in kind for c in need}
        told = [at for at in core if concepts[at] & kinds]
        phases = neutral_words("phase of a happening")
        if any(p.context and p.role == "noun" and p.is_head and stem(p.lemma) not in phases for p in parts):
            return  # "a memorial for the crash"
        indefinite = _is_indefinite_at(item.document.text, parts, told) or _is_again(parts)
        for row in near:
            only = sum(r.kind == row.kind for r in near) == 1 and _may_be_that_one(row, period)
            if indefinite and date_relation(item.claim, row, phase) == "refutes":
                continue
            self._meet_event(item, row, "kind", only, phase, None, ())

    def _by_deed(
        self, item: Item, parts: Sequence[Part], concepts: Sequence[Concepts], phase: str | None,
        named: Collection[tuple[str, str]],
    ) -> None:  # fmt: skip
        """The happening whose deed a clause tells in words of its own. `named`: those that it names, of which
        it tells something else."""
        told = self._happenings.by_deed(parts, concepts)
        did = {stem(p.lemma) for p in parts if p.role == "predicate" and not p.context}
        found = [
            (row, where)
            for row, where in told
            if (row.package, row.key) not in named and (not _is_an_office(row) or did & _of_offices())
        ]
        for row, where in found:
            organisations = {
                at for n in item.names for at, p in enumerate(parts) if n.start <= p.start < n.end
                and n.entity == "organisation" and concepts[at] & self._happenings.explains(row)
            }  # fmt: skip
            period = own_period(item.claim)
            first = row.first
            near = period is not None and first is not None and first.meets(period.widened(_DEED_NEAR))
            self._meet_event(
                item, row, "name", len(found) == 1 and near, phase, None, set(where) | organisations
            )

    def _places_of(self, row: ReferenceRow) -> frozenset[str]:
        key = row.package, row.key
        if key not in self._row_places:
            self._row_places[key] = frozenset(self._finder.keys_of(row.package, row.places))
        return self._row_places[key]

    def _marked(self, row: ReferenceRow, document: Document) -> ReferenceRow:
        own = row.own or self._signatories.are_alone_behind(row.source, document)
        return replace(row, own=True) if own else row

    # --- verdicts --------------------------------------------------------------------------------------

    def _judged(self, reading: Reading, items: Sequence[Item]) -> CheckedDocument:
        claims = tuple(self._linked(item) for item in items)
        verdicts: dict[str, Verdict] = {}
        for item in items:
            missing = self._missing(item)
            verdict = judge(item.claim, item.candidates, item.document, missing)
            if verdict.verdict == "not_enough_evidence" and item.suggested and item.claim.asserted:
                verdict = self._suggested(item, verdict)
            verdicts[item.claim.claim_id] = verdict
        return CheckedDocument(reading=replace(reading, claims=claims), verdicts=verdicts)

    def _suggested(self, item: Item, verdict: Verdict) -> Verdict:
        """An open verdict with the rows that come nearest: those that leave the fewest words unexplained,
        what the number or date would fit first."""
        ranked = []
        for near in _few(item.suggested):
            outcome = weigh(item.claim, [near.candidate], item.document)[0]
            fits = {"supports": 0, "refutes": 1, "neutral": 2}[outcome.relation]
            ranked.append((len(near.words), fits, near.candidate.row.key, near, outcome))
        ranked.sort(key=lambda r: r[:3])
        best = ranked[:_SHOWN]
        if not best:
            return verdict
        words = tuple(w for w in best[0][3].words if w)
        said = ", ".join(f'"{w}"' for w in words)
        return replace(
            verdict,
            reason=verdict.reason if item.candidates else "unexplained",
            explanation=verdict.explanation if item.candidates else f"unexplained: {said}",
            stage="unexplained",
            unexplained=words,
            suggestions=tuple(
                Suggestion(row=evidence_of(outcome), missing=tuple(w for w in near.words if w))
                for *_, near, outcome in best
            ),
        )

    def _missing(self, item: Item) -> str:
        if item.claim.kind == "event":
            return "no_reference"
        if not item.fits:
            return "no_measure"
        if not item.place.keys and any((f.package, f.measure) in self._placed for f in item.fits):
            return "no_place"
        return "no_reference"

    def _linked(self, item: Item) -> Claim:
        claim = item.claim
        measures = {f.measure for f in item.fits}
        place = claim.place
        if item.place.text is not None:
            ids = sorted(filter(None, map(public_key, item.place.keys)))
            place = Link(item.place.text, ids[0] if len(ids) == 1 else None)
        return replace(
            claim,
            measure=next(iter(measures)) if len(measures) == 1 else claim.measure,
            place=place,
            slots=_slots(item),
            unread=_unread(item),
        )


_TIMES = frozenset(map(stem, ("second", "minute", "hour", "day", "night", "week", "month", "year", "decade")))


def _is_per_time(proposition: Proposition) -> bool:
    """Whether a number is of a span within its time: "in *two days* of January, 774 were killed"."""
    parts = proposition.parts
    return any(
        p.pos == "NUM" and not p.context and p.prep in ("in", "within", "over", "of")
        and any(q.unit == p.unit and stem(q.lemma) in _TIMES for q in parts[at : at + 3])
        for at, p in enumerate(parts)
    )  # fmt: skip


def _verb_is_said(proposition: Proposition, fit: MeasureFit) -> bool:
    """Whether a measure's own words are the predicate, which counts the part: "12 of the 40 died"."""
    return any(
        at in fit.explained and p.role == "predicate" and p.level == 1
        for at, p in enumerate(proposition.parts)
    )


_AGED = frozenset({"under", "over", "above", "below", "aged"})
_RATES = frozenset(
    map(stem, ("growth", "inflation", "rate", "unemployment", "mortality", "coverage", "turnout", "share"))
)
_LISTING = frozenset({"including", "among", "like"})
_RANKS = frozenset({"first", "second", "third", "fourth", "fifth", "last"})
_COMPARED = frozenset({"from", "against", "versus", "after", "to"})


def _has_no_time_of_its_own(claim: Claim) -> bool:
    """Whether what a number is compared from has no time behind it: "against 32", not "from 32 in 2015"."""
    proposition, time, own = claim.proposition, claim.time, claim.quantity
    if proposition is None or own is None or proposition.prep == "to":
        return False
    return time is None or time.start is None or time.start < own.start


@cache
def _change_verbs() -> frozenset[str]:
    rows = {row.id: row for row in lexicon.load("judging")}
    return frozenset(stem(w) for way in ("rises", "falls") for w in rows[way]["words"])


def _is_difference(proposition: Proposition, fit: MeasureFit) -> bool:
    """Whether a number is by how much something changed ("rose *by* 12"), of a measure that is no change."""
    if proposition.prep != "by":
        return False
    if any(p.is_head and p.role == "subject" and stem(p.lemma) in _RATES for p in proposition.parts):
        return True
    for at, p in enumerate(proposition.parts):
        if p.role == "predicate" and stem(p.lemma) in _change_verbs() and at not in fit.explained:
            return True
    return False


def _together(parts: Sequence[Part], one: EventMention, other: EventMention) -> bool:
    """Whether two happenings are named in one phrase: "resolutions 2042 and 2118"."""
    units = {p.unit for p in parts if other.start <= p.start < other.end}
    return any(one.start <= p.start < one.end and p.unit in units for p in parts)


def _pair(item: Item, items: Sequence[Item], named: Sequence[EventMention]) -> EventMention | None:
    """The happening that a list pairs with a date: the second name with the second date. None: no list."""
    if len(named) < 2:
        return None
    context = item.claim.context
    found = (i.claim.time for i in items if i.claim.context == context and i.claim.kind == "event")
    starts = {t.start for t in found if t is not None and t.start is not None}
    dates = sorted(d for d in starts if not any(m.start <= d < m.end for m in named))
    names = sorted(named, key=lambda m: m.start)
    time = item.claim.time
    if time is None or len(dates) != len(names):
        return None
    apart = names[-1].end <= dates[0] or dates[-1] < names[0].start
    first = dates[0] < names[0].start
    begins = [m.start for m in names]
    pairs = zip(*((dates, begins) if first else (begins, dates)), strict=True)
    order = [at for pair in pairs for at in pair]
    if not apart and order != sorted(order):
        return None
    return next((name for name, day in zip(names, dates, strict=True) if day == time.start), None)


def _may_be_that_one(row: ReferenceRow, period: Period) -> bool:
    """Whether a happening that only kind and place tell may be the row's, wrongly dated: a week off at most,
    or the same month of another year."""
    first = row.first
    if first is None or first.start is None or period.start is None:
        return False
    if first.meets(period.widened(settings()["same_happening"])):
        return True
    again = first.start.month == period.start.month and first.start.year != period.start.year
    return again and (period.days or 0) <= 31 and (first.days or 0) <= 31


def _is_an_office(row: ReferenceRow) -> bool:
    return "office" in (row.label or "").split()


@cache
def _of_offices() -> frozenset[str]:
    """Verbs of an office itself; its holder "made clear" something else."""
    own = next(r["words"] for r in lexicon.load("deed_verbs") if r.id == "offices")
    return frozenset(map(stem, (*own, "be", "serve", "hold", "resign")))


def _office_phase(row: ReferenceRow, parts: Sequence[Part]) -> str | None:
    """Of an office: "became", "took office" tell of its first day, "left" of its last."""
    if not _is_an_office(row):
        return None
    verbs = {stem(p.lemma) for p in parts if p.role == "predicate" and not p.context}
    if verbs & {"becom", "tak", "assum", "appoint", "nam", "enter", "swear", "succeed", "install"}:
        return "begin"
    return "end" if verbs & {"leav", "step"} else None


@cache
def _deeds() -> frozenset[str]:
    return frozenset(map(stem, (
        "attack", "strike", "airstrike", "raid", "bombing", "shelling", "killing", "siege", "violation",
        "massacre", "execution", "offensive", "bombardment", "assault",
    )))  # fmt: skip


def _is_a_deed(row: ReferenceRow) -> bool:
    """Whether a happening is somebody's deed, so that another doer contradicts it."""
    words = f"{row.label or ''} {row.raw.get('counted_as') or ''} {row.name or ''}"
    return any(stem(w) in _deeds() for w in WORD.findall(words))


def _is_near(row: ReferenceRow, period: Period) -> bool:
    """Whether a happening lies within a year of a time."""
    first = row.first
    return first is not None and first.meets(period.widened(366))


_ALL = frozenset({"total", "altogether", "all", "overall", "combined", "together", "only", "just", "fewer"})


def _turned_round(parts: Sequence[Part], row: ReferenceRow) -> tuple[str, ...]:
    """The words that go the other way in a row's name: "evacuated to Ghouta", where it says "from Ghouta"."""
    words = WORD.findall((row.name or row.label or "").lower())
    ways = {words[at + 1]: w for at, w in enumerate(words[:-1]) if w in ("from", "to", "into")}
    other = {"from": ("to", "into"), "to": ("from",), "into": ("from",)}
    return tuple(p.lemma for p in parts if not p.context and p.prep in other.get(ways.get(p.lemma, ""), ()))


def _is_again(parts: Sequence[Part]) -> bool:
    """Whether a clause tells of a happening after the one that a table may have: "was staged again"."""
    return any(stem(p.lemma) in _AGAIN for p in parts if not p.context)


def _is_indefinite_at(text: str, parts: Sequence[Part], told: Sequence[int]) -> bool:
    """Whether a clause brings in a happening as one of a kind: "a quake struck Amatrice"."""
    for unit in {parts[at].unit for at in told if parts[at].role in ("subject", "object")}:
        start = min(p.start for p in parts if p.unit == unit)
        if text[max(0, start - 8) : start].lower().split()[-1:] in (["a"], ["an"], ["another"]):
            return True
    return False


def _either(item: Item, concepts: Sequence[Concepts], said: Concepts) -> str | None:
    """The verb before "or" that a measure does not say: "killed or injured 2,960" counts more than those."""
    parts, text = item.proposition.parts, item.document.text
    own = next((p for p in parts if p.role == "predicate" and not p.context), None)
    for at, p in enumerate(parts):
        if own is None or p is own or not concepts[at] & undergone() or concepts[at] & said:
            continue
        if text[min(p.end, own.end) : max(p.start, own.start)].strip().lower() in ("or", "and/or", "or else"):
            return p.lemma
    return None


def _may_befall(part: Part) -> bool:
    """Whether a part says what befell those whom a number counts, or what they are."""
    roles = ("head", "modifier", "attribute", "predicate", "relative", "complement")
    return not part.context and part.level <= 1 and part.role in roles


def _is_of_all(item: Item) -> bool:
    """Whether a clause says that its number is of all that there were: "in all", "a total of", "only"."""
    return any(p.lemma in _ALL and not p.context for p in item.proposition.parts)


def _is_of_one_day(item: Item) -> bool:
    """Whether a clause says the day of what it tells."""
    period = own_period(item.claim)
    return period is not None and period.days == 1


def _is_of_what_is(item: Item) -> bool:
    """Whether a clause says what is or was so, and not that something happened or changed."""
    verbs = [p.lemma for p in item.proposition.parts if p.role == "predicate" and not p.context]
    return all(stem(v) in neutral_words("being") for v in verbs)


def _refutes(item: Item, candidate: Candidate) -> bool:
    return weigh(item.claim, [candidate], item.document)[0].relation == "refutes"


def _is_only_plural(quantity: Mention) -> bool:
    """Whether a text counts nobody and only says that there were several: "people were killed"."""
    return quantity.value is None and quantity.low in (1, 2) and quantity.high is None


def _is_indefinite(item: Item) -> bool:
    """Whether a number is an article rather than a count: "adopted one resolution", not "only one"."""
    own = item.claim.interval
    if own is None or own.low != 1 or own.high != 1:
        return False
    return not any(p.lemma in ("only", "just", "single", "exactly", "merely") for p in item.proposition.parts)


def _counted_days(item: Item) -> tuple[date, date] | None:
    """The days within which a claim counts what happened: its own time, up to the day of the text."""
    period, written = own_period(item.claim), item.document.date
    if period is None or period.start is None or period.end is None:
        return None
    goes_on = written is not None and period.start <= written <= period.end
    return period.start, written if goes_on and written is not None else period.end


def _kind_counted(
    proposition: Proposition, concepts: Sequence[Concepts], kinds: Sequence[str]
) -> tuple[str, set[int]] | None:
    """The narrowest kind of a table that a number counts, and the words that say so: the noun it counts
    ("22 drone strikes"), what a number is of ("the number of strikes"), or how often ("struck ten times")."""
    parts = proposition.parts
    often = any(p.role == "head" and p.is_head and p.lemma in ("time", "occasion") for p in parts)
    head = next((at for at, p in enumerate(parts) if p.role == "head" and p.is_head), None)
    best: tuple[int, str, set[int]] | None = None
    for kind in kinds:
        words = [w for w in WORD.findall(kind) if w.lower() not in ("of", "the", "a")]
        needs = [concepts_of(w) for w in words]
        where: set[int] = set()
        for need in needs:
            here = {
                at
                for at, c in enumerate(concepts)
                if c & need and not parts[at].context and parts[at].level <= 2
            }
            if not here:
                break
            where |= here
        else:
            counted = head is not None and head in where and any(concepts[head] & need for need in needs)
            told = head is None and any(parts[at].role in ("subject", "of", "noun") for at in where)
            if not (counted or told or often):
                continue
            if best is None or len(needs) > best[0]:
                best = (len(needs), kind, where | ({head} if head is not None else set()))
    return None if best is None else (best[1], best[2])


def _slots(item: Item) -> tuple[Slot, ...]:
    """The parts of a claim as they were found: what it counts, what it tells of it, where, and when."""
    claim, place = item.claim, item.place
    out = []
    head = item.head
    if head is not None:
        out.append(Slot("counted noun", head.lemma, head.start, head.end))
    verb = next((p for p in item.proposition.parts if p.role == "predicate"), None)
    if verb is not None:
        out.append(Slot("predicate", verb.lemma, verb.start, verb.end))
    if place.keys and place.basis != "none":
        ids = sorted(filter(None, map(public_key, place.keys)))
        at = place.at if place.at >= 0 and place.text is not None else None
        end = None if at is None else at + len(place.text or "")
        value = ids[0] if len(ids) == 1 else None
        out.append(Slot("place", place.text or "", at, end, value, place.basis))
    time = claim.time
    if time is not None and time.date_start is not None:
        basis: Basis = {"discourse": "carried", "document": "dateline"}.get(time.basis, time.basis)  # type: ignore[assignment]
        out.append(Slot("time", time.timex or "", time.start, time.end, str(time.period), basis))
    return tuple(out)


def _unread(item: Item) -> tuple[Span, ...]:
    """The words that nothing explains, of the row that comes nearest."""
    if not item.suggested or item.candidates:
        return ()
    words = set(_few(item.suggested)[0].words)
    return tuple(Span(p.start, p.end) for p in item.proposition.parts if p.lemma in words and not p.context)


def _few(suggested: Sequence[Suggested]) -> list[Suggested]:
    """The suggestions with the fewest unexplained words, so many as may be worth weighing."""
    return sorted(suggested, key=lambda s: (len(s.words), s.candidate.row.key))[:_WEIGHED]


def _best(item: Item) -> list[MeasureFit]:
    """The measures of each package that leave the fewest words unexplained, and say the most."""
    parts = item.proposition.parts
    speakers = speaker_parts(parts)
    by_package: dict[str, list[tuple[tuple[int, int, int], MeasureFit]]] = defaultdict(list)
    for fit in item.fits:
        explained = set(fit.explained) | set(item.place.parts) | speakers
        left = [p for p in unexplained(parts, explained) if p.pos != "PROPN"]
        near = sum(1 for at in fit.explained if parts[at].level <= 1 and not parts[at].context)
        by_package[fit.package].append(((len(left), -near, -fit.words), fit))
    out: list[MeasureFit] = []
    for fits in by_package.values():
        best = min(rank for rank, _ in fits)
        out += [f for rank, f in fits if rank == best]
    return out


def _stands_behind_preposition(parts: Sequence[Part], named: Named) -> bool:
    here = [p for p in parts if named.start <= p.start < named.end]
    return any(p.prep is not None for p in here)


def _nouns_of(items: Iterable[Item]) -> Concepts:
    """What the nouns of a sentence say, for the next one to go on with."""
    return frozenset(
        c
        for item in items
        for p in item.proposition.parts
        if p.pos == "NOUN" and not p.context and not is_neutral(p)
        for c in concepts_of(p.lemma)
    )


def _paragraphs(text: str) -> list[int]:
    out, at = [0], 0
    while (at := text.find("\n\n", at)) >= 0:
        at += 2
        out.append(at)
    return out
