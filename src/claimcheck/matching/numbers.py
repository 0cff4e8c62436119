"""Numbers against figures and incidents, slot by slot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from claimcheck.judging.explaining import publisher
from claimcheck.judging.relations import ActorMatch, Candidate, PlaceMatch, behaviour, moment, own_period
from claimcheck.matching.accounting import (
    Concepts,
    befallen,
    concepts_of,
    contradicted,
    counted_match,
    counted_words,
    doers_of,
    harms,
    manners_in,
    number_said,
    of_parts,
    of_text,
    said_in_a_manner,
    says_counted,
    scene_of,
    tells_nothing,
    undergone,
    unexplained,
    words_in,
)
from claimcheck.matching.candidates import Sum, Wanted, sum_row
from claimcheck.matching.doers import (
    match_doer,
    match_subject,
    speaker_parts,
)
from claimcheck.matching.events import ORDINALS, kinds_of, read, verbs_of
from claimcheck.matching.frames import MeasureFit, is_beside
from claimcheck.matching.happenings import (
    give_all_days,
    is_told_of_all,
    meant_incidents,
    of_its_place,
    rows_of_named,
)
from claimcheck.matching.item import Item, Suggested
from claimcheck.matching.known import Known, wanted_parts
from claimcheck.matching.slots import (
    elsewhere,
    is_at_most,
    is_base_of_a_share,
    is_of_one_day,
    is_of_one_summand,
    is_only_plural,
    refutes,
    scope_words,
    weighed,
)
from claimcheck.matching.times import narrower_times, settled_times
from claimcheck.model import Part, Proposition, ReferenceRow
from claimcheck.names import WORD, Named, key_of
from claimcheck.propositions import DETERMINING, names_somebody, same_deed, stem
from claimcheck.wording import (
    organisations,
    states_of,
    stem_set,
    word_set,
    words_between,
)

_ROLES_OF_HEADERS = ("subject", "agent", "oblique", "adverb", "object", "noun")


class NumberMatcher:
    """Finds the figures, incidents and sums that answer a number, every word accounted for."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._of_incidents: dict[str, Concepts] = {}
        self._of_deeds: dict[str, list[tuple[ReferenceRow, Concepts]]] = {}

    def match(self, items: Sequence[Item]) -> None:
        """Give the items the rows that may answer them: of the measure that says the most, and where no row
        of it does, of one that says less."""
        give_all_days(items, self._known)
        of_named = rows_of_named(items, self._known)
        told = [item.fits for item in items]
        for number, item in enumerate(items):
            item.fits = item.best_fits
            before = items[number - 1] if number and items[number - 1].document is item.document else None
            if before is not None and len(before.fits) == 1:
                item.follows = (before.fits[0].package, before.fits[0].measure)
            item.of_named = [r for r in of_named.get(number, ()) if self._fit_of(item, r)]
        self._match(items)
        self._match_all_days([i for i in items if i.all_days is not None and not i.candidates])
        self._match_meant([i for i in items if not (i.candidates or i.suggested)])
        self._match_wider(items, told, of_named)
        self._match_parts(items, told)
        for item in items:
            if besides := self._told_besides(item):
                item.suggested += [Suggested(c, besides) for c in item.candidates]
                item.candidates = []

    def _told_besides(self, item: Item) -> tuple[str, ...]:
        """The words that may tell some of those whom rows count from the others, where a number is lower than
        all of theirs: "20 died in 2016 *after the election*", "*on the roads*", "*to silence them*" does not
        deny that 412 died. Where and how it was, which narrows nothing of the very number, is asked here."""
        own, parts = item.claim.interval, item.proposition.parts
        if own is None or own.high is None or not item.candidates or not _counts_what_may_be_of_some(item):
            return ()
        explained: set[int] = set()
        for c in item.candidates:
            least, fit = c.row.best if c.row.low is None else c.row.low, self._fit_of(item, c.row)
            if least is None or own.high >= least or fit is None or not refutes(item, c):
                return ()
            explained |= fit.explained | self._by_label(item, c.row, fit)
        if (so_far := _tells_of_some(item)) is not None:
            return (so_far,)
        return tuple(
            p.lemma
            for at, p in enumerate(parts)
            if at not in explained and (_is_beside_it(p) if p.context else _is_where_or_how(p, parts))
        )

    def _match_parts(self, items: Sequence[Item], told: Sequence[list[MeasureFit]]) -> None:
        """Numbers that count some of those of another once more, now that it is known what answers that."""
        parts = []
        for item, fits in zip(items, told, strict=True):
            if item.whole is None or item.candidates or not item.whole.candidates:
                continue
            before = item.fits
            item.fits = fits
            item.fits = item.best_fits or before
            item.suggested = []
            parts.append(item)
        self._match(parts)

    def _match_wider(
        self, items: Sequence[Item], told: Sequence[list[MeasureFit]], of_named: dict[int, list[ReferenceRow]]
    ) -> None:
        """Give the items that met no row, or only rows of other times, those of measures that say less of
        what they tell (`told`): rows of other times stay, where no other bears the number out."""
        wider: list[Item] = []
        as_they_were: dict[int, tuple[list[Candidate], list[MeasureFit]]] = {}
        for number, (item, fits) in enumerate(zip(items, told, strict=True)):
            less = _says_less(item, fits)
            if not less or item.candidates:
                continue
            told_here = (at for f in item.fits for at in f.explained)
            item.asked = frozenset(at for at in told_here if not item.proposition.parts[at].context)
            item.fits = less
            item.of_named = [r for r in of_named.get(number, ()) if self._fit_of(item, r)]
            wider.append(item)
        self._match(wider)
        for number, (candidates, fits) in as_they_were.items():
            item = items[number]
            if all(weighed(item, c) != "supports" for c in item.candidates):
                item.candidates, item.fits, item.asked = candidates, fits, frozenset()

    def _match_all_days(self, items: Sequence[Item]) -> None:
        """Numbers told on the first or last day of a happening, of which the table has the whole: "the fire
        killed 61 people on 3 May". What they may be of some days alone refutes nothing."""
        told = [item.claim for item in items]
        for item in items:
            assert item.all_days is not None
            item.claim = item.all_days
        self._match(items)
        for item, claim in zip(items, told, strict=True):
            item.candidates = [c for c in item.candidates if weighed(item, c) == "supports"]
            item.claim = item.claim if item.candidates else claim

    def _match_meant(self, items: Sequence[Item]) -> None:
        """Numbers told of the one incident of their kind, place and time, as if they said all of it."""
        found = meant_incidents(items, self._known)
        told = {n: (items[n].claim, items[n].place, items[n].candidates) for n in found}
        for number, one in found.items():
            item = items[number]
            item.claim, item.place, item.candidates = one.claim, one.place, []
        self._match([items[number] for number in found])
        for number, one in found.items():
            item = items[number]
            item.candidates = [
                c for c in item.candidates if not one.bears_out or weighed(item, c) == "supports"
            ]
            if not item.candidates:
                item.claim, item.place, item.candidates = told[number]

    def _match(self, items: Sequence[Item]) -> None:
        wanted: list[Wanted] = []
        for number, item in enumerate(items):
            self._meet_named(item)
            wanted += self._wanted(number, item)
        parts = [*wanted_parts(wanted), *self._known.vocabulary.wanted_parts(wanted)]
        for number, rows in self._known.finder.figures([*wanted, *parts]).items():
            item = items[number]
            placed = {(r.package, r.measure) for r in rows if r.places}
            doers: dict[tuple[str, str | None], set[str | None]] = defaultdict(set)
            for row in rows:
                doers[row.package, row.measure].add(row.actor)
            item.sole_doers = {key for key, actors in doers.items() if len(actors) == 1}
            for row in rows:
                if self._fit_of(item, row) is None:
                    self._meet_part(item, row)
                    if item.candidates and row.places:
                        part = Candidate(
                            row=self._known.marked(row, item.document), place="same", of_part=True
                        )
                        item.candidates.append(part)
                    continue
                beside = not row.places and (row.package, row.measure) in placed
                self._meet(item, row, beside)
            self._of_one_day(item)
        if self._known.finder.incident_packages:
            summed = [
                w
                for w in wanted
                if w.place is not None and w.first_day and w.last_day and not items[w.claim].of_named
            ]
            for number, sums in self._known.finder.sums(summed).items():
                for found in sums:
                    self._meet_sum(items[number], found)
        for item in items:
            item.candidates = _figures_first(item)

    def match_about(self, items: Sequence[Item], found: Iterable[ReferenceRow]) -> None:
        """Settle the first claim of each measure, and those of the first day, in a document that says which
        row it is about: by that row alone. Where and how it happened the text may tell as it likes."""
        rows = {row.measure: row for row in found}
        by_day = rows.get(None) or next(iter(rows.values()), None)
        first_day: int | None = None
        for item in items if by_day is not None else ():
            if not item.claim.asserted or item.claim.kind not in ("quantity", "event"):
                continue
            period, time = own_period(item.claim), item.claim.time
            start = None if time is None or period is None or period.days != 1 else time.start
            first_day = start if first_day is None else first_day
            dates_it = start is not None and start == first_day
            fit = next((f for f in item.best_fits if f.measure in rows), None)
            if fit is not None and item.claim.kind == "quantity":
                row = rows.pop(fit.measure)
                candidate = self._candidate(item, row, False, True)
                if candidate is not None:
                    item.candidates = [replace(candidate, how="about", dated=dates_it)]
                    item.settled = True
            elif dates_it and by_day is not None and item.claim.kind == "event":
                item.candidates, item.settled = [Candidate(row=by_day, how="about")], True

    def _wanted(self, number: int, item: Item) -> Iterable[Wanted]:
        period = own_period(item.claim)
        first, last = (None, None) if period is None else (period.start, period.end)
        for fit in item.fits:
            prefix = key_of(fit.package, "")
            places = item.place.keys | item.movement.keys
            keys: Sequence[str | None] = sorted(k for k in places if k.startswith(prefix))
            for place in keys or (None,):
                yield Wanted(number, fit.package, fit.measure, place, first, last)

    def _fit_of(self, item: Item, row: ReferenceRow) -> MeasureFit | None:
        return next((f for f in item.fits if (f.package, f.measure) == (row.package, row.measure)), None)

    def _is_of_the_speaker(self, item: Item, row: ReferenceRow) -> bool:
        """Whether the one who is said to have said or counted it gave a row's number, or else published it:
        "*according to the union*, 16,500"."""
        by, told, index = row.reported_by or publisher(row), item.claim.speaker, self._known.index
        if by is None:
            return False
        theirs, parts = organisations(by, index), item.proposition.parts
        if told is None:
            spoken = {parts[at].start for at in speaker_parts(parts)}
            named = {n.keys for n in self._known.organisations(item) if n.start in spoken}
            return len(named) == 1 and not theirs.isdisjoint(*named)
        if told.text.islower() or row.reported_by:
            same = set(map(stem, WORD.findall(told.text))) <= set(map(stem, WORD.findall(by)))
            if same or told.text.islower():
                return same
        return not theirs.isdisjoint(organisations(told.text, index))

    def _meet(self, item: Item, row: ReferenceRow, beside: bool) -> None:
        """A figure against a claim, slot by slot."""
        candidate = self._candidate(item, row, beside)
        if candidate is None or (
            moment(row) is None and own_period(item.claim) is None and refutes(item, candidate)
        ):
            return  # a row without a date is no measure of what happened or changed once
        item.candidates.append(_of_sole_doer(item, candidate))

    def _meet_named(self, item: Item) -> None:
        """The rows of the happening that a sentence names; of several the text may mean any, and none
        refutes."""
        rows = of_its_place(item, item.of_named)
        met = [(row, self._candidate(item, row, False)) for row in rows if is_told_of_all(item, row)]
        told = [replace(c, named=True, place="same" if r.places else "none") for r, c in met if c is not None]
        own = [c for c in told if c.actor == "same"]  # "Arvia won 12 medals at the Tarn Games"
        period = own_period(item.claim)
        sure = not item.by_label or any(r.period is not None and r.period == period for r in rows)
        sure = sure or all(self._says_the_kind(item, row) for row in rows)
        told, alone = (own, len(own) == 1) if own else (told, len(rows) == 1 and sure)
        if not alone and is_at_most(item):
            return  # what it did in each of several places is less than what it did in all
        item.candidates += [c for c in told if alone or not refutes(item, c)]

    def _meet_part(self, item: Item, row: ReferenceRow) -> None:
        """A figure of a part of those whom a claim counts: the whole is at least that, whatever it is."""
        whole = self._known.vocabulary.wholes.get((row.package, row.measure or ""))
        least = row.best if row.low is None else row.low
        if whole is None or least is None:
            return
        bound = replace(row, measure=whole[1], unit=None, low=least, best=None, high=None)
        if (candidate := self._candidate(item, bound, False)) is not None:
            item.candidates.append(candidate)

    def _candidate(
        self, item: Item, row: ReferenceRow, beside: bool, about: bool = False
    ) -> Candidate | None:
        """A row with how it fits a claim's slots, or None: suggested, where only words stand against it.
        `about`: the document says that it is of that row, so that only what is counted must be explained."""
        fit, claim = self._fit_of(item, row), item.claim
        if fit is None or claim.quantity is None or is_only_plural(claim.quantity):
            return None
        if item.asked and any(s.candidate.row.row_id == row.row_id for s in item.suggested):
            return None  # "the dead and *injured*": of the very row that does not say all
        if is_base_of_a_share(item, fit) or is_of_one_summand(item, fit):
            return None
        actor, by_doer = self._doer(item, row, fit)
        if actor == "mismatch" and not _is_deed(row, fit):
            return None
        by_way = self._way(item, row)
        if by_way is None:
            return None
        counted, by_head = self._counted(item, row, fit)
        explained = {*fit.explained, *by_doer, *by_head, *by_way, *self._by_label(item, row, fit)}
        of_body = actor == "same" and not _is_deed(row, fit)
        words = (*self._left(item, row, fit, explained), *self._against(item, row, fit, of_body, False))
        if counted == "other":
            words = (*words, item.head.lemma if item.head is not None else "")
        if item.proposition.prep in ("with", "on"):  # "came second with 73 seats": the rank is told apart
            words = tuple(w for w in words if stem(w) not in stem_set("ranks"))
        if words and item.claim.kind == "rank":
            words = ()
        if words:
            if fit.explained:  # a measure that only the sentence before tells comes near nothing
                item.suggested.append(Suggested(Candidate(row=row, how="measure"), words))
            return None
        if counted == "part":
            return None
        place: PlaceMatch = "row_silent" if beside else "none"
        if row.places:
            place = "same" if item.place.keys else "unstated"
        named = row.kind == "incident" and self._is_the_incident(item, row) and self._says_the_kind(item, row)
        found = Candidate(
            row=self._known.marked(row, item.document),
            place=place,
            actor=actor,
            named=named,
            by_speaker=self._is_of_the_speaker(item, row),
        )
        if counted == "some" and row.kind != "incident":
            return None
        if _may_be_of_some(item, row, fit) and refutes(item, found):
            return None
        return found

    def _doer(self, item: Item, row: ReferenceRow, fit: MeasureFit) -> tuple[ActorMatch, frozenset[int]]:
        """Whether the doer or subject that a claim names is the row's, and the words that say so."""
        claim, parts = item.claim, item.proposition.parts
        ends = item.movement.from_parts | item.movement.to_parts
        ends |= frozenset() if _is_deed(row, fit) else item.place.parts
        ends |= {at for at in fit.explained if parts[at].prep == "to"}  # "signed a letter to the *Council*"
        organisations = [n for n in self._known.organisations(item) if not _is_within(n, parts, ends)]
        row_keys = self._known.doers.keys_of_row(row)
        if not _is_deed(row, fit):
            speakers = speaker_parts(parts)
            has_object = any(parts[at].role in ("object", "noun") for at in fit.explained)
            if row.actor and (
                item.proposition.role == "object" or has_object
            ):  # "Malta collected nine golds", "Guild reported revenue of 4.65 billion": its own
                speakers -= {at for at, p in enumerate(parts) if p.role == "subject" and p.level == 1}
            actor, said = match_subject(parts, organisations, row_keys, item.bodies, speakers)
            if actor == "row_only":  # "*Coastline* said that 71 % of its trains were on time"
                spoken = match_subject(parts, organisations, row_keys, item.bodies, frozenset())
                actor, said = spoken if spoken[0] == "same" else (actor, said)
            return (actor, said)
        people = frozenset(at for at, p in enumerate(parts) if self._known.places.people_of(p.lemma))
        is_done = item.proposition.role == "object"
        own_verbs = {at for at in fit.explained if is_done and parts[at].role == "predicate"}
        if fit.concepts & harms():  # "the monitor *documented* 12 killings"
            own_verbs = {at for at in own_verbs if stem(parts[at].lemma) not in words_in("saying verbs")}
        actor, said = match_doer(
            claim,
            organisations,
            row_keys,
            row,
            people - item.place.parts,
            True,
            self._known.doers.words_of_row(row),
            own_verbs,
        )
        return (actor, said)

    def _way(self, item: Item, row: ReferenceRow) -> frozenset[int] | None:
        """The words that a row's origin and destination explain; None where it is of another way."""
        keys_of = self._known.finder.keys_of
        origins, goals = keys_of(row.package, row.origins[:1]), keys_of(row.package, row.destinations[:1])
        own = item.place.keys if item.place.stated and not row.places else frozenset()
        return item.movement.meets(frozenset(origins), frozenset(goals), own, row.kind == "incident")

    def _counted(
        self, item: Item, row: ReferenceRow, fit: MeasureFit
    ) -> tuple[Literal["same", "some", "part", "other"], set[int]]:
        """How what a number counts meets what a row counts, and the words that this explains."""
        parts, head = item.proposition.parts, item.head
        at = next((at for at, p in enumerate(parts) if p is head), None)
        assert item.claim.quantity is not None
        is_told = at in fit.explained and (head is None or says_counted(head, row, fit.concepts))
        counted = counted_match(item.claim.quantity, head, is_told, row, fit.concepts, fit.counts)
        people = frozenset() if head is None else self._known.places.people_of(head.lemma)
        home = self._known.finder.keys_of(row.package, row.origins[:1])
        if counted == "other" and people & (self._known.places_of(row) | home):
            counted = "same"  # "60,000 Pakistanis died"
        fate = frozenset() if head is None else concepts_of(head.lemma) & undergone()
        told = head is not None and stem(head.lemma) in counted_words("people")
        named = head is not None and stem(head.lemma) in fit.counts
        if told and fate and not named and not fate & (fit.concepts | _label(row)):
            counted = "other"  # a row of prisoners counts no "deaths"
        return counted, {at} if at is not None and counted in ("same", "some") else set()

    def _by_label(self, item: Item, row: ReferenceRow, fit: MeasureFit) -> set[int]:
        """The words of a claim that a row's label, place, day and happening say, or that tell who says it."""
        parts = item.proposition.parts
        concepts = of_parts(parts)
        said = _label(row) | self._said_of_day(row) | _in_its_columns(row)
        if row.kind == "incident":  # "the *clearance* of the camp", of a camp that was cleared
            said |= frozenset(deed for one in said for deed in same_deed(one))
        if row.kind == "figure" and row.period is not None and row.period.days == 1:
            said |= self._incident_words(row.package)
        out = {at for at, c in enumerate(concepts) if c & said}
        topic = self._known.topics.get(row.package, frozenset())
        out |= {at for at, p in enumerate(parts) if _is_what_all_is_about(p) and concepts[at] & topic}
        headers = self._known.columns_of(row)
        told = fit.concepts | _label(row)
        scene, doers = scene_of(told), doers_of(told)
        out |= {at for at, p in enumerate(parts) if _is_of_scene(p, scene) or _is_header(p, parts, headers)}
        for m in item.happenings:
            here = {at for at, p in enumerate(parts) if m.start <= p.start < m.end}
            of_it = row.event is not None and any(r.key == row.event for r in m.candidates)
            named = m.how != "kind_place"  # else anything may stand between its kind and its place
            if of_it and item.proposition.role != "object":  # "the congress *opened* with 1,400 delegates"
                verbs = {v for r in m.candidates if r.key == row.event for v in verbs_of(r)}
                out |= {at for at, p in enumerate(parts) if p.role == "predicate" and stem(p.lemma) in verbs}
            if of_it or (named and any(concepts[at] & fit.concepts for at in here)):
                out |= here  # "signed the joint letter to the Secretary-General"
        out |= _usual_doers(parts, doers, told) | self._of_its_deed(parts, concepts, row)
        return (
            out
            | set(item.place.parts)
            | self._around(item, not fit.concepts & harms())
            | (speaker_parts(parts) - _who_did(parts, fit))
        )

    def _of_its_deed(
        self, parts: Sequence[Part], concepts: Sequence[Concepts], row: ReferenceRow
    ) -> set[int]:
        """The words that tell of a deed in which what a row counts happened, as an event of its place has it:
        "died because of *Ada's* siege" of that which Ada's army laid; "*Bo's* siege" is another."""
        named = {at for at, p in enumerate(parts) if p.pos == "NOUN" and stem(p.lemma) in stem_set("deeds")}
        if not named or row.actor:
            return set()
        units = {parts[at].unit for at in named}
        out: set[int] = set()
        for deed, said in self._deeds(row.package):
            there = self._known.places_of(deed) & self._known.places_of(row)
            if there and any(stem(parts[at].lemma) in said for at in named):
                out |= {
                    at
                    for at, p in enumerate(parts)
                    if concepts[at] & said
                    and p.pos in ("NOUN", "PROPN")
                    and (p.role == "subject" or (p.unit in units and p.pos == "PROPN"))
                }
        return out

    def _deeds(self, package: str) -> list[tuple[ReferenceRow, Concepts]]:
        """The events of a package that are somebody's deed, with what their rows and the names of their doers
        say."""
        if package not in self._of_deeds:
            rows = (r for r in self._known.rows if r.package == package and r.kind == "event" and r.actor)
            told = [(r, self._known.events.explains(r)) for r in rows]
            self._of_deeds[package] = [
                (
                    r,
                    said
                    | _column_words(_short_texts(r))
                    | of_text(" ".join(self._known.doers.names_of_row(r))),
                )
                for r, said in told
                if said & stem_set("deeds")
            ]
        return self._of_deeds[package]

    def _around(self, item: Item, harmless: bool) -> set[int]:
        """The words that say in which part of which larger place the claim's own lies: "in Kidal, in the
        *north of Mali*"."""
        parts, own = item.proposition.parts, item.place.keys
        within = self._known.places.within
        above = {p.start for p in parts if p.role == "heading"}
        outer = [
            n
            for n in item.names
            if n.entity == "place"
            and (within(own, n.keys) or ((not item.place.stated or n.start in above) and n.keys & own))
        ]
        here = {
            at
            for at, p in enumerate(parts)
            if any(n.start <= p.start < n.end for n in outer) and p.prep not in word_set("to where")
            if item.place.stated or p.prep not in word_set("beside it") | word_set("from where")
        }
        again = [n for n in item.names if n.entity == "place" and n.keys & own]
        here |= {  # "*Arvia* GDP – the GDP of Arvia", "12 Arvians *in Arvia*": the same place again
            at
            for at, p in enumerate(parts)
            if p.level > 0
            and (
                p.role in ("noun", "apposition")
                or (harmless and p.role == "subject")
                or (p.role == "oblique" and p.prep in word_set("where"))
            )
            if any(n.start <= p.start < n.end for n in again)
        }
        units = {parts[at].unit for at in here if parts[at].prep == "of"}
        return here | {
            at
            for at, p in enumerate(parts)
            if p.unit in units and p.role == "oblique" and stem(p.lemma) in stem_set("parts of a place")
        }

    def _left(self, item: Item, row: ReferenceRow, fit: MeasureFit, explained: set[int]) -> list[str]:
        """The words of a claim that nothing explains."""
        more = _neutral_slots(item, row, fit)
        quantity = item.claim.quantity
        explained = explained | settled_times(item, row, fit)
        left = unexplained(item.proposition.parts, explained, frozenset(more), item.between)
        of_change = quantity is not None and quantity.kind == "percent"  # "prices rose by 6.4 %"
        of_change = of_change or not _CHANGES.isdisjoint(fit.concepts)
        stock = behaviour(row) == "stock"
        left += _narrowing(item.proposition, fit.explained, left, of_change, stock)
        own = {item.proposition.parts[at].start for at in fit.explained}  # "before their fifth *birthday*"
        left += [p for p in narrower_times(item, row) if p.start not in own]
        left += _of_others(item, fit.concepts, explained, left)
        if fit.concepts & undergone() and item.proposition.role == "object":
            left = _but_what_describes_doers(left, item.proposition.parts)
        if item.asked:
            concepts = of_parts(item.proposition.parts)
            own = {at for at in fit.explained if not concepts[at] & (fit.concepts | _label(row))}
            left += [item.proposition.parts[at] for at in sorted(item.asked - (explained - own))]
        if "per" in (row.unit or "").lower().split():
            span = (row.unit or "").lower().split()[-1]  # "32,000 rupees *a month*", in rupees per month
            left = [p for p in left if p.lemma not in (*word_set("per so many"), f"a {span}")]
        if item.follows is not None and item.follows != (fit.package, fit.measure):
            left = [p for p in left if stem(p.lemma) not in stem_set("added")]
        beside = elsewhere(item, explained, self._known.places, fit, "vicinity" in more)
        return list(dict.fromkeys((*(p.lemma for p in left), *beside)))

    def _against(
        self, item: Item, row: ReferenceRow, fit: MeasureFit, of_body: bool, of_doer: bool
    ) -> list[str]:
        """The words that say something else than a row: another fate, a part, a difference, an exception."""
        parts = item.proposition.parts
        concepts, said = of_parts(parts), fit.concepts | _label(row)
        out = []
        befell = befallen(parts)
        if befell and not any(concepts[at] & said for at in befell):
            out += [parts[at].lemma for at in befell]
        told = frozenset(c for at, p in enumerate(parts) if not is_beside(p) for c in concepts[at])
        other = contradicted(told, _label(row) | self._said_of_day(row)) | contradicted(told, fit.concepts)
        out += [p.lemma for at, p in enumerate(parts) if concepts[at] & other]
        return out + scope_words(item, fit, of_body, of_doer)

    def _is_the_incident(self, item: Item, row: ReferenceRow) -> bool:
        """Whether a claim tells of the very incident of a row: its day, and its narrowest place."""
        period = own_period(item.claim)
        here = self._known.finder.keys_of(row.package, row.places[:1])
        return (
            period is not None and period.days == 1 and row.period == period and bool(here & item.place.keys)
        )

    def _says_the_kind(self, item: Item, row: ReferenceRow) -> bool:
        """Whether a clause names a happening of a row's kind: "the *earthquake* at Pisco in August 2007". Of
        its very place and day also a verb does, a heading, what happened besides, or the sentence before."""
        _, concepts = read(item.claim)
        kinds = [k for k in kinds_of(row) if k]
        said = list(concepts) if self._is_the_incident(item, row) else []
        if said:
            kinds += [k[-1:] for k in kinds if len(k) > 1]  # the *crash* at Pisco, of plane crashes
        parts = item.proposition.parts
        said += [
            c
            for p, c in zip(parts, concepts, strict=True)
            if not is_beside(p) and p.role not in ("predicate", "relative")
        ]
        if item.claim.time is not None and item.claim.time.basis == "discourse":
            said.append(item.told)
        return any(all(any(c & need for c in said) for need in kind) for kind in kinds)

    def _of_one_day(self, item: Item) -> None:
        """Take the figures of the one day that a claim's month or year holds for those of that day."""
        period = own_period(item.claim)
        if period is None or period.days == 1 or any(c.row.period == period for c in item.candidates):
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
        events = self._known.events_on.get((row.package, row.period.start or date.min), ())
        there = [e for e in events if self._known.places_of(e) & self._known.places_of(row)]
        return frozenset(c for e in there for c in self._known.events.explains(e))

    def _incident_words(self, package: str) -> Concepts:
        """What the incidents of a package are counted as: a figure of a day is of one of them."""
        if package not in self._of_incidents:
            kinds = " ".join({c for p, _, c in self._known.countables if p == package})
            self._of_incidents[package] = of_text(kinds)
        return self._of_incidents[package]

    def _meet_sum(self, item: Item, found: Sum) -> None:
        """The incidents of a claim's place and period: the one that there is, or what they add up to."""
        first = self._known.finder.row(found.first_row)
        candidate = self._candidate(item, first, False)
        if candidate is None:
            return
        if found.rows == 1:
            named = candidate.named or self._says_the_kind(item, first)
            period = own_period(item.claim)
            whole = period is not None and first.period is not None and period.covers(first.period)
            whole = whole and period != first.period
            alone = replace(candidate, named=named or whole)  # the only one of a year adds up to its sum
            if not (named or is_of_one_day(item)) and refutes(item, alone):
                return  # of others a text may tell, where it names none
            item.candidates.append(alone)
            if named and first.period is not None:
                item.candidates = [
                    replace(c, named=True) if c.row.kind == "figure" and c.row.period == first.period else c
                    for c in item.candidates
                ]
            return
        own = all(self._known.signatories.are_alone_behind(s, item.document) for s in found.sources)
        written = self._known.finder.written(found.wanted.place or "")
        row = sum_row(found, first, written, item.place.text or "", own)
        one = is_of_one_day(item) or self._says_the_kind(item, first)
        summed = replace(candidate, row=row, unique=not one)
        of_all = is_at_most(item)
        of_all = of_all or (row.complete and _is_more_than_all(item, row))
        if not of_all and refutes(item, summed):
            return  # of some of them a text may tell without saying so
        item.candidates.append(summed)


def _tells_of_some(item: Item) -> str | None:
    """The word by which a clause tells only what was so by an hour of the day ("*by* noon, 85 were confirmed
    dead"), or whose part a number is ("the state *accounted* for 900")."""
    time, proposition = item.claim.time, item.proposition
    if time is not None and time.start is not None and "T" in (time.timex or ""):
        lead = words_between(item.document, max(0, time.start - len("by the ")), time.start)
        if "by" in lead:
            return "by"
    accounts = (p for p in proposition.parts if p.role == "predicate" and p.level == 1 and not p.context)
    return "account" if proposition.prep == "for" and any(p.lemma == "account" for p in accounts) else None


def _counts_what_may_be_of_some(item: Item) -> bool:
    """Whether a number counts or measures what there may be some of: people, hectares, not a rate or an index
    ("1.87 births per woman")."""
    own = item.claim.quantity
    return own is not None and own.kind != "percent" and (own.kind != "number" or item.head is not None)


def _is_beside_it(part: Part) -> bool:
    """Whether a word is of a phrase or clause that tells when, why or what for: "*after the election*"; an
    infinitive has the form of its lemma ("*to silence* them", not "*ranked* 114th")."""
    aims = part.role == "clause" and part.level <= _NEAR and part.pos == "VERB" and part.prep is None
    aims = aims and part.end - part.start == len(part.lemma)
    when = part.prep in word_set("besides") and part.pos in ("NOUN", "VERB")
    return (aims or when) and not tells_nothing(part)


_NEAR = 2  # levels up to which a clause is of the one that holds a number


def _is_where_or_how(part: Part, parts: Sequence[Part]) -> bool:
    """Whether a noun heads a phrase that tells where or how some of them were: "*in their cars*"."""
    if part.role != "oblique" or part.pos != "NOUN" or not part.is_head or part.level > 1:
        return False
    named = any(p.unit == part.unit and p.pos in ("PROPN", "TIME") for p in parts)
    return not named and stem(part.lemma) not in words_in("nouns of adjuncts") | words_in("documents")


def _neutral_slots(item: Item, row: ReferenceRow, fit: MeasureFit) -> set[str]:
    """The slots of data/neutral_words.toml whose words narrow nothing between a claim and a row."""
    more = {"incident", "suspected"} if row.kind == "incident" else {"fighting"}
    if row.kind == "incident" and (row.actor or _label(row) & _attacks()):
        more |= {"means", "fighting"}  # nobody crashes by "troops", no flood kills in "wars"
    if row.kind == "incident" and _label(row) & stem_set("happens to a region"):
        more.discard("incident")  # a flood kills here "on a *bridge*" and there in a house
    if row.kind == "incident" and (_label(row) | fit.concepts) & stem_set("happens beside a place"):
        more.add("vicinity")
    if row.kind == "figure" and row.period is not None and row.period.days == 1:
        more.add("suspected")
    if fit.concepts & undergone() and item.proposition.role in ("object", "oblique"):
        more.add("doer")
    told = any(item.proposition.parts[at].role in ("predicate", "relative") for at in fit.explained)
    if behaviour(row) == "flow" and (told or item.head is None or _is_happening(item.head)):
        more.add("flow")  # "*new* homes were built"; of doctors who are there the new ones are but some
    if not fit.concepts & harms():
        more.add("maker")
    has_object = item.head is not None or any(
        p.role == "object" and p.level == 1 and not p.context for p in item.proposition.parts
    )
    if item.proposition.prep in word_set("levels") and (item.proposition.passive or has_object):
        more.add("changed")
    if not fit.concepts & undergone():
        more.add("changing")
    if item.claim.quantity is not None and item.claim.quantity.kind != "number":
        more.add("rate")  # "rents *averaged* 900 euros"
    if "with" in {item.proposition.prep, *(p.prep for p in item.proposition.parts if p.pos == "NUM")}:
        more.add("outcome")  # "the raid ended with 12 arrests and three dead"
    if item.proposition.role not in ("subject", "patient"):
        if item.proposition.role != "object":
            more.add("amount")  # "the herd rose to 12", not "12 goats rose"
        if item.proposition.prep in (None, "of"):  # "passed *the mark of* 12"
            more.add("reached")
    nouns = [p for p in item.proposition.parts if p.role == "noun" and p.level == 1 and not p.context]
    if item.proposition.prep in ("of", "about"):
        more.add("spoken of")  # "the mayor *warned* of 12 fevers"
    happens = item.head is None or any(map(_is_happening, (item.head, *nouns)))
    if happens or _counts_what_is_done(item, row, fit):
        more.add("befalling")
        if item.proposition.prep == "in":
            more.add("ending")  # "the raid *ended* in 12 arrests"
    if item.proposition.prep == "to" and any(
        p.role == "predicate" and stem(p.lemma) in stem_set("raising") for p in item.proposition.parts
    ):
        more.add("flow")  # "*new* deaths brought the toll to 12"
    quantity = item.claim.quantity
    if (quantity is not None and quantity.kind == "percent") or item.proposition.share == "part":
        more.add("share")
    if item.head is not None and stem(item.head.lemma) in _people():
        more |= {"counted people", "people"}
    return more


def _counts_what_is_done(item: Item, row: ReferenceRow, fit: MeasureFit) -> bool:
    """Whether a noun alone tells a measure of what is done in a time, and that noun is of no people: "*red
    cards*", "*launches*"."""
    head, parts = item.head, item.proposition.parts
    if head is None or behaviour(row) != "flow" or stem(head.lemma) in _people():
        return False
    nominal = all(parts[at].role in ("head", "modifier", "of") for at in fit.explained)
    return nominal and any(parts[at] is head for at in fit.explained)


def _is_happening(head: Part) -> bool:
    """Whether a counted noun is that of what happens: "12 *deaths*", "12 *storms*", "12 *extensions*"."""
    one = stem(head.lemma)
    return one in _happenings() or bool(concepts_of(head.lemma) & undergone()) or bool(same_deed(one))


@cache
def _happenings() -> frozenset[str]:
    told = stem_set("deeds") | stem_set("happens beside a place") | stem_set("befalls")
    return told | counted_words("occurrences")


@cache
def _attacks() -> Concepts:
    return stem_set("deeds") | of_text("attack")


@cache
def _people() -> frozenset[str]:
    return counted_words("people") | counted_words("some people") | counted_words("parts")


def _says_less(item: Item, fits: Sequence[MeasureFit]) -> list[MeasureFit]:
    """The measures that a clause tells in fewer words than its best, of the same thing: "killings" of
    "killings documented". One that says another thing, or of which a clause tells some alone, is none."""
    return [f for f in fits if f not in item.fits and f.explained]


def _is_what_all_is_about(part: Part) -> bool:
    """Whether a word is where the topic of all tables may stand and narrows nothing: "*shutdowns* cost Tarn
    12 million", of a package on shutdowns; not before or behind what is counted ("12 *shutdown* victims")."""
    return part.pos in ("NOUN", "ADJ") and part.level > 0 and part.role in ("subject", "oblique", "noun")


def _is_header(part: Part, parts: Sequence[Part], headers: frozenset[str]) -> bool:
    """Whether a text calls a cell what its column is called: "the 2020 *games*", "the *player* Ada"; of who
    did it that says nothing without the cell ("killed by *countries*")."""
    if part.role not in _ROLES_OF_HEADERS or stem(part.lemma) not in headers:
        return False
    return part.role != "agent" or any(
        p.unit == part.unit and p.prep == part.prep and p.pos == "PROPN" for p in parts
    )


def _is_of_scene(part: Part, scene: frozenset[str]) -> bool:
    """Whether a word is of a measure's scene and narrows nothing: "*won* 63 seats", "votes *cast*"."""
    narrows = part.role == "head" or (part.role == "modifier" and part.level == 0)
    return not narrows and stem(part.lemma) in scene


def _who_did(parts: Sequence[Part], fit: MeasureFit) -> set[int]:
    """The subject of a verb of saying that tells a deed here: "Tarn's *women conceded* 12 goals"."""
    does = any(
        parts[at].role == "predicate"
        and parts[at].level == 1
        and stem(parts[at].lemma) not in words_in("verbs of recording")
        for at in fit.explained
    )
    return {at for at, p in enumerate(parts) if does and p.role == "subject" and p.level == 1}


def _usual_doers(parts: Sequence[Part], doers: frozenset[str], told: Concepts) -> set[int]:
    """The words of a subject or agent who does as a rule what is told, with whose people it is: "*Spanish
    police* arrested 12 people"; so do those who are called after it: "*inspectors* made 12 inspections"."""
    units = {
        p.unit
        for p in parts
        if p.role in ("subject", "agent") and p.is_head and (not p.context) and (stem(p.lemma) in doers)
    }
    return {
        at
        for at, p in enumerate(parts)
        if p.unit in units
        and p.prep in (None, "by")
        and (
            p.is_head
            or stem(p.lemma) in doers | stem_set("kinds of forces")
            or (p.pos == "ADJ" and states_of(p.lemma))
        )
    }


def _but_what_describes_doers(left: Sequence[Part], parts: Sequence[Part]) -> list[Part]:
    """The words left over without those that only say what somebody or something was like that did it: "an
    *old* shell killed 12"; which of several it was ("the *second* shell") they do not say."""
    unsaid = {p.unit for p in left if p.is_head}

    def describes(p: Part) -> bool:
        return (
            p.pos == "ADJ" and p.role in ("subject", "agent") and not p.is_head and not p.lemma.endswith("ly")
            and p.unit not in unsaid and p.lemma not in DETERMINING and p.lemma not in ORDINALS
            and not states_of(p.lemma) and not any(c.startswith("=") for c in concepts_of(p.lemma))
            and stem(p.lemma) not in _no_descriptions()
        )  # fmt: skip

    return [p for p in left if not describes(p)]


@cache
def _no_descriptions() -> frozenset[str]:
    sides = stem_set("the state's side") | stem_set("the rebels' side")
    return sides | stem_set("which of several") | stem_set("kinds of forces")


def _figures_first(item: Item) -> list[Candidate]:
    """The candidates, where the figure of a claim's own time and place bears it out, without the incidents
    that the table happens to have of that time: of 121 killed in a year it may tell of one day with three."""
    period, near = own_period(item.claim), [s.candidate for s in item.suggested]
    if all(c.row.kind == "figure" for c in item.candidates):
        return item.candidates
    if period is None or not any(
        c.row.kind == "figure" and c.row.period == period and weighed(item, c) == "supports"
        for c in (*item.candidates, *near)
    ):
        return item.candidates
    return [
        c for c in item.candidates
        if c.row.kind == "figure" or c.row.complete or c.row.period == period or weighed(item, c) != "refutes"
    ]  # fmt: skip


def _of_sole_doer(item: Item, candidate: Candidate) -> Candidate:
    """A row that alone tells of its measure there and then, of one doer, where the claim names none: what one
    did there is what was done. Others may have done more, so that it refutes no higher number."""
    row, own = candidate.row, item.claim.interval
    alone = candidate.actor == "row_only" and (row.package, row.measure) in item.sole_doers
    most = row.best if row.high is None else row.high
    if not alone or own is None or own.low is None or most is None or own.low > most:
        return candidate
    return replace(candidate, actor="none")


_CHANGES = frozenset({"=loss", "=forest loss", "=growth", "=inflation", "=recession", "=melt"})
"""Measures that are changes themselves: the forest "shrank by 300 hectares"."""


def _narrowing(
    proposition: Proposition, explained: Collection[int], left: Sequence[Part], of_change: bool, stock: bool
) -> list[Part]:
    """The words that make a number another one whatever else explains them: a difference ("fell *by* 12",
    "was *down* 12"), a rate ("*one* in 12", "12 *each*"), a part of a place ("in Tarn's *capital*")."""
    parts, found = proposition.parts, []
    for at, p in enumerate(parts):
        if p in left or (p.context and p.role != "oblique"):
            continue
        one = stem(p.lemma)
        if p.role in ("oblique", "of") and p.is_head and one in stem_set("places inside a place"):
            found += [p] if p.prep in word_set("where") and _is_some_of_it(parts, at) else []
        by = p.role == "predicate" and proposition.prep == "by" and proposition.role != "subject"
        if by and not (at in explained and of_change):
            found.append(p)
        if at in explained:
            continue
        went = p.role == "predicate" and p.level == 1 and not p.context and not proposition.passive
        somebody = any(q.role == "head" and stem(q.lemma) in counted_words("people") for q in parts)
        gone = one in stem_set("going") and (not somebody or (stock and one in stem_set("leaving a place")))
        if went and proposition.role == "subject" and gone:
            found.append(p)  # of 12 doctors who are there "12 doctors *left*"
        moved = p.lemma in word_set("ways of change") and p.role in ("noun", "adverb")
        moved = moved and proposition.prep in (None, "by") and _is_of_being(parts)
        single = p.lemma == "one" and p.pos == "NUM" and p.role in ("of", "oblique")
        single = single and not p.context and _is_one_alone(parts, at, explained)
        rate = number_said(p.lemma) == 1 and p.role == "noun" and proposition.prep == "in"
        alone = one in stem_set("narrow by themselves") and (p.pos != "ADJ" or one == stem("average"))
        alone = alone and (at > 0 or p.pos != "ADV") and p.role != "predicate"  # "*hardly* had 12 died"
        if moved or single or rate or (alone and not p.context):
            found.append(p)
    return found


def _of_others(item: Item, said: Concepts, explained: Collection[int], left: Sequence[Part]) -> list[Part]:
    """The words that tell of others than a measure counts, whatever else explains them: what befell them
    besides ("12 prisoners were *executed*", "12 missing people were *found*"), and of which age or which
    alone they were ("12 people over *60*")."""
    parts, found = item.proposition.parts, []
    concepts = of_parts(parts)
    somebody = item.head is not None and names_somebody(item.head.lemma)  # not "*executed* 12 evictions"
    for at, p in enumerate(parts):
        if p in left or at in explained:
            continue
        fates = concepts[at] & undergone()
        befell = p.role == "predicate" and not p.context and bool(fates) and fates.isdisjoint(said)
        befell = befell and somebody
        back = p.role == "predicate" and "=vanish" in said and p.lemma in word_set("finding again")
        aged = p.level < _BESIDE_IT and p.role == "oblique" and p.pos == "NUM"
        over = p.level == 0 and p.prep in word_set("of ages")
        aged = aged and (over or _is_age(p, item))  # "under the age of *60*"
        alone = p.level == 0 and p.role == "apposition" and p.lemma == "only"
        but = p.lemma in word_set("counting in") and at > 0 and parts[at - 1].lemma == "not"
        if befell or back or aged or alone or but:
            found.append(p)
    return found


_BESIDE_IT = 2  # levels below which a phrase may be of those who are counted
_AGE_BEFORE = 12  # characters before a number in which "aged" or "age of" stands
_OWNING = 3  # characters between a name and what it owns: "Tarn's capital"


def _is_some_of_it(parts: Sequence[Part], at: int) -> bool:
    """Whether a noun that names a part of a place stands for one of its own, or for several: "Tarn's
    *capital*", "three *provinces* of Tarn"; not "Tarn city", "the city of Tarn"."""
    here, before = parts[at], parts[at - 1] if at else None
    owned = before is not None and before.unit == here.unit and here.start - before.end >= _OWNING
    several = here.end - here.start > len(here.lemma) or any(
        p.unit == here.unit and p.pos == "NUM" and p.prep == here.prep for p in parts
    )
    named = any(p.unit == here.unit and p.pos == "PROPN" for p in parts[:at])
    return several or (owned and named)


def _is_one_alone(parts: Sequence[Part], at: int, explained: Collection[int]) -> bool:
    """Whether "one" singles out a thing of which there are others: "12 people of *one* clan"; not "in *one*
    raid" of a raid."""
    behind = next((n for n in range(at + 1, len(parts)) if parts[n].prep == parts[at].prep), None)
    if behind is None or parts[behind].pos != "NOUN":
        return False
    return behind not in explained and stem(parts[behind].lemma) not in stem_set("spans")


def _is_of_being(parts: Sequence[Part]) -> bool:
    return any(p.role == "predicate" and p.lemma in ("be", "remain", "stay", "stand") for p in parts)


def _is_age(part: Part, item: Item) -> bool:
    words = words_between(item.document, part.start - _AGE_BEFORE, part.start)
    return not word_set("words for age").isdisjoint(words)


def _is_within(named: Named, parts: Sequence[Part], ends: Collection[int]) -> bool:
    """Whether a name is that of a place which a claim goes to or lies in, or begins with it, and not one that
    only ends with it: "Reform *UK*"."""
    here = [at for at, p in enumerate(parts) if named.start <= p.start < named.end]
    return any(at in ends for at in here[:1])


def _is_deed(row: ReferenceRow, fit: MeasureFit) -> bool:
    """Whether a row counts what somebody did or suffered, so that its doer may be told."""
    return bool(fit.concepts & undergone()) or row.kind == "incident"


def _is_more_than_all(item: Item, row: ReferenceRow) -> bool:
    """Whether a number is higher than a row's: of its people those who are counted are but some."""
    most, own = row.best if row.high is None else row.high, item.claim.interval
    return most is not None and own is not None and own.low is not None and own.low > most


def _may_be_of_some(item: Item, row: ReferenceRow, fit: MeasureFit) -> bool:
    """Whether a number may be of some of a row's people alone, by how a text says what befell them: "31 were
    *beheaded*" of the 400 who were killed in a year, but not 500, and not on one day at one place."""
    if row.period is not None and row.period.days == 1:
        return False
    return not _is_more_than_all(item, row) and said_in_a_manner(
        manners_in(item.proposition.parts), fit.concepts
    )


@lru_cache(maxsize=1 << 14)
def _column_words(written: tuple[str, ...]) -> Concepts:
    return of_text(" ".join(written))


def _in_its_columns(row: ReferenceRow) -> Concepts:
    """What the short texts of an incident's other columns say of it: whose plane crashed, which flight."""
    return frozenset() if row.kind != "incident" else _column_words(_short_texts(row))


def _short_texts(row: ReferenceRow) -> tuple[str, ...]:
    texts = (t for t in row.raw.values() if isinstance(t, str) and t != row.source)
    return tuple(t for t in texts if len(t) <= _SHORT and not t[:4].isdigit())


_SHORT = 40  # characters of a column that names something, and does not explain it


def _label(row: ReferenceRow) -> Concepts:
    """What a row's label, kind and unit say."""
    return of_text(" ".join(filter(None, (row.label, str(row.raw.get("counted_as") or ""), row.unit))))
