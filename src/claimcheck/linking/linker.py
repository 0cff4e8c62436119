"""From readings to verdicts: every claim linked to the rows that may decide it, and judged.

The text is linked in Python (`claimlinks`, `vocabulary`), the rows are found in SQL for a
whole batch of claims (`candidates`), and each claim is judged with its rows (`judging`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from claimcheck.dates.events import EventIndex
from claimcheck.documents.signatories import Signatories
from claimcheck.judging.judge import judge
from claimcheck.judging.relations import Candidate, PlaceMatch, is_dated, own_period
from claimcheck.linking.actorplaces import ActorPlaces
from claimcheck.linking.actors import actor_match, actor_names, named_actor
from claimcheck.linking.addressed import is_to_another, names_known
from claimcheck.linking.agents import has_other_agent
from claimcheck.linking.aggregates import count_row, sum_row
from claimcheck.linking.anaphora import Parties
from claimcheck.linking.candidates import CandidateFinder, Tables
from claimcheck.linking.claimlinks import NOWHERE, PlaceFinder, PlaceLink, is_of_one_day
from claimcheck.linking.counted_apart import inner_clauses, inner_counts, told_of_some
from claimcheck.linking.counting import (
    are_of_others,
    by_word,
    counted_days,
    hands_out,
    is_a_name,
    is_open_ended,
    most_told,
    says_how_often,
)
from claimcheck.linking.directions import mark_those_before
from claimcheck.linking.found import Count, Sum
from claimcheck.linking.gc_pause import garbage_collection_paused
from claimcheck.linking.implied import ImpliedPlaces, names_nobody_else
from claimcheck.linking.incidents import is_of_the_incident
from claimcheck.linking.items import (
    Item,
    is_guessed,
    linked,
    missing_link,
    numbers_by_sentence,
    said_by,
    wanted_of,
)
from claimcheck.linking.kinds import counts_more, same_unit
from claimcheck.linking.located import is_inside, is_located
from claimcheck.linking.matching import (
    counts_the_same,
    deed_of,
    happened_at,
    packages_of_several,
    place_of_figure,
)
from claimcheck.linking.otherkinds import OtherKinds
from claimcheck.linking.owners import is_of_the_speaker
from claimcheck.linking.partmeasures import as_part, wanted_parts
from claimcheck.linking.places import NameIndex
from claimcheck.linking.sameday import add_incidents
from claimcheck.linking.tableplaces import key_of
from claimcheck.linking.totals import is_all_there_was, is_somebody
from claimcheck.linking.vocabulary import Vocabulary
from claimcheck.linking.whose_time import is_of_another, is_of_one_report
from claimcheck.model import CheckedDocument, Claim, Document, Reading, ReferenceRow, Verdict
from claimcheck.numbers.ordinals import RANKS

__all__ = ["Item", "Linker"]


class Linker:
    """Links and judges claims against the packages published in a store.

    Building it reads the names, vocabularies and happenings once; `check` may then be called for any
    number of batches.
    """

    def __init__(self, store: Tables) -> None:
        self._finder = CandidateFinder(store)
        self._index = NameIndex((n.name, n.key, n.entity) for n in self._finder.names)
        self._places = PlaceFinder(self._index, self._finder.containers)
        self._vocabulary = Vocabulary(self._finder.vocabulary)
        self._placed = self._finder.placed_measures
        self.rows: list[ReferenceRow] = self._finder.of_kind("event", "gazetteer")
        self.event_index = EventIndex(self.rows)
        self._happened_at = happened_at(self.rows)
        self._names_known = names_known(self.rows)
        self._written_actors = self._finder.actors
        self._actors = actor_names(self._written_actors)
        organisations_named = [(n.name, n.key) for n in self._finder.names if n.entity == "organisation"]
        self._parties = Parties([*organisations_named, *((a, a) for a in self._written_actors)])
        self._implied = ImpliedPlaces(self._places, self._index, ActorPlaces(store))
        self._same_actors: dict[str, list[str]] = {}
        self._countables = {table: by_word(kinds) for table, kinds in self._finder.countables.items()}
        self._signatories = Signatories(self._index)
        self._other_kinds = OtherKinds(self._finder)

    def check(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        """The readings with a verdict for every claim, their claims with the links that were found."""
        with garbage_collection_paused():
            return self._checked(readings)

    def _checked(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        self._signatories.forget()
        self._places.forget()
        items = [[Item(claim, r.document) for claim in r.claims] for r in readings]
        about = self._finder.about(r.document.about for r in readings if r.document.about is not None)
        for reading, mine in zip(readings, items, strict=True):
            self._link_text(mine)
            self._about(about.get(reading.document.about or "", []), mine)
        open_items = [item for mine in items for item in mine if not item.settled]
        self._figures(open_items)
        self._counts(open_items)
        add_incidents(open_items, self._finder, self._places, self._candidate)
        self._other_kinds.set_aside(open_items)
        mark_those_before(open_items, self._finder)
        return [self._judged(r, mine) for r, mine in zip(readings, items, strict=True)]

    # --- what stored claims may depend on ------------------------------------------------------------

    def keys_of(self, package: str, places: Iterable[str]) -> set[str]:
        """The keys of places as the tables of a package write them."""
        return self._finder.keys_of(package, places)

    def place_keys(self, text: str) -> frozenset[str]:
        """All places that a claim's place of these words may mean: those that it names, and where the
        happening of that name took place."""
        lead = "in "  # a name may be found by its sound only behind a preposition
        named = self._index.find(lead + text, len(lead), len(lead) + len(text))
        return frozenset(k for n in named for k in n.keys) | self._happened_at.get(text, frozenset())

    def entries(self, package: str, measure: str) -> list[tuple[str, ...]]:
        """The stems of each vocabulary entry of a measure."""
        return self._vocabulary.of(package, measure)

    # --- links of the text ---------------------------------------------------------------------------

    def _link_text(self, items: Sequence[Item]) -> None:
        for item in items:
            item.claim = self._parties.carried(item.claim, item.document)
        counting = numbers_by_sentence(items)
        for item in items:
            claim = item.claim
            if claim.kind not in ("quantity", "rank") or (claim.quantity and claim.quantity.rule == RANKS):
                continue
            beside = counting.get(claim.context, ())
            item.beside = beside
            if not hands_out(item.document, claim):
                clauses = inner_clauses(claim, item.beside)
                inner = inner_counts(claim, item.beside) + clauses
                inner += told_of_some(item.document.text, claim.start, claim.end)
                item.measures = self._vocabulary.matches(claim, item.document, inner, clauses)
            if item.measures:
                item.place = self._places.place_of(claim, item.document, beside)
            if item.measures and not is_inside(item.place, claim):
                item.place = self._implied.of_actor(item, self._deeds) or item.place
            if item.measures and not (is_inside(item.place, claim) and is_located(item.place, claim)):
                item.place = self._implied.of_people(item) or item.place

    def _about(self, found: Sequence[ReferenceRow], items: Sequence[Item]) -> None:
        """The row that the document is about, alone, for the first claim of each measure and for the claims
        of the first date."""
        if not found:
            return
        rows = {r.measure: r for r in found}
        seen: set[str] = set()
        first_date: int | None = None
        for item in items:
            claim = item.claim
            if not claim.asserted or claim.kind in ("calendar", "count"):
                continue
            measure = next((m.measure for m in item.measures if m.measure in rows), None)
            row = None if measure is None or measure in seen else rows[measure]
            if measure is not None:
                seen.add(measure)
            start = claim.time.start if is_dated(claim) and claim.time is not None else None
            if first_date is None and start is not None and is_of_one_day(claim):
                first_date = start
            dates_it = start is not None and start == first_date
            if row is None and dates_it and rows:
                row = rows.get(None) or next(iter(rows.values()))
            item.settled = item.settled or row is not None
            if row is not None:
                said = said_by(item, row)
                if counts_more(claim, item.document.text, row, said):
                    item.counts_other = True
                    continue
                fits = same_unit(claim, row, item.document, said)
                item.candidates.append(Candidate(row=row, how="about", same_unit=fits, dated=dates_it))

    # --- rows ----------------------------------------------------------------------------------------

    def _figures(self, items: Sequence[Item]) -> None:
        """The figures that may decide each claim, and sums over incidents."""
        wanted = [w for n, item in enumerate(items) for w in wanted_of(n, item)]
        for number, rows in self._finder.figures([*wanted, *wanted_parts(wanted)]).items():
            item = items[number]
            several = packages_of_several(item.place, self._finder.containers)
            placed = {(row.package, row.measure) for row in rows if row.places and row.kind == "figure"}
            for row in rows:
                if row.origins or row.destinations:
                    continue  # from where to where is told by propositions alone
                beside = not row.places and (row.package, row.measure) in placed
                candidate = self._candidate(item, row, "row_silent" if beside else place_of_figure(row, item))
                if row.package in several and row.kind == "figure" and row.places:
                    candidate = replace(candidate, unique=False)
                candidate = as_part(item, candidate)
                if candidate.same_unit:
                    item.candidates.append(candidate)
                else:
                    item.counts_other = True
        if not self._finder.incident_packages:
            return
        summed = [w for w in wanted if w.place is not None and w.first_day and w.last_day]
        deeds = [(n, a) for n in {w.claim for w in summed} for a in self._deeds(items[n].claim)]
        for number, sums in self._finder.sums(summed, deeds).items():
            items[number].candidates += [self._sum_candidate(items[number], s) for s in sums]

    def _sum_candidate(self, item: Item, found: Sum) -> Candidate:
        first = self._finder.row(found.first_row)
        whole = is_all_there_was(item.claim, item.document, [first], item.place.at)
        named = found.rows == 1 and is_of_the_incident(item, first)
        if named or (found.rows == 1 and first.period == own_period(item.claim)):
            return replace(self._candidate(item, first, "same"), unique=named or whole, named=named)
        all_own = all(self._signatories.are_alone_behind(s, item.document) for s in found.sources)
        written = self._finder.written(found.wanted.place or "")
        row = sum_row(found, first, written, item.place.text or "", all_own, self._deeds(item.claim))
        candidate = self._candidate(item, row, "same")
        one = found.rows > 1 and is_of_one_day(item.claim)
        one = one or has_other_agent(item.claim, first, item.document.text)
        return replace(candidate, unique=whole and not one and self._sure_whose(item.claim))

    def _sure_whose(self, claim: Claim) -> bool:
        """Whether the rows that were added up are of the actor whom the claim names, if it names one."""
        return named_actor(claim, self._actors, self._index) is None or bool(self._deeds(claim))

    def _deeds(self, claim: Claim) -> list[str]:
        """The actors of the tables whom a claim names, as the tables write them; none: it names nobody, or
        nobody that they know."""
        if claim.actor is None or named_actor(claim, self._actors, self._index) != "known":
            return []
        text = claim.actor.text
        if text not in self._same_actors:
            matches = ((a, actor_match(claim, a, self._actors, self._index)) for a in self._written_actors)
            self._same_actors[text] = [a for a, match in matches if match == "same"]
        return self._same_actors[text]

    def _counts(self, items: Sequence[Item]) -> None:
        """How many rows there are of what a claim counts: attacks, rounds of talks, resolutions."""
        wanted: list[tuple[int, str, str, str, str, str | None, date, date]] = []
        for number, item in enumerate(items if self._countables else ()):
            if (days := counted_days(item)) is None:
                continue
            for (package, resource, counted_as), kinds in self._countables.items():
                if (kind := most_told(kinds, item.claim, item.document)) is None:
                    continue
                place = self._place(item)
                here = sorted(k for k in place.keys if k.startswith(key_of(package, "")))
                keys = here if place.stated else [None]
                counted = (package, resource, counted_as, kind)
                wanted += [(number, *counted, k, *days) for k in keys]
        deeds = [(n, a) for n in {w[0] for w in wanted} for a in self._deeds(items[n].claim)]
        for count in self._finder.counts(wanted, deeds):
            item = items[count.claim]
            own = all(self._signatories.are_alone_behind(s, item.document) for s in count.sources)
            written = None if count.place is None else self._finder.written(count.place)
            name = None if count.place is None else item.place.text
            row = count_row(count, written, name, own, self._deeds(item.claim))
            sure = self._is_count_of_all(item, count)
            item.candidates.append(Candidate(row=row, place="same", unique=sure))

    def _is_count_of_all(self, item: Item, count: Count) -> bool:
        """Whether what was counted is all that the claim counts, and nothing else."""
        claim = item.claim
        theirs = count.complete and bool(self._deeds(claim)) and names_nobody_else(claim)
        anywhere = is_open_ended(claim) or (not item.place.stated and (theirs or is_a_name(count.kind)))
        if (count.place is None and not anywhere) or not self._sure_whose(claim) or not says_how_often(claim):
            return False
        one = self._finder.row(count.first_row)
        return not are_of_others(claim, item.document, count.kind, one, self._index)

    def _place(self, item: Item) -> PlaceLink:
        """The place within which a claim counts: one that its own clause names."""
        if item.place is NOWHERE:
            item.place = self._places.place_of(item.claim, item.document)
        return item.place if is_inside(item.place, item.claim) else NOWHERE

    def _candidate(self, item: Item, row: ReferenceRow, place: PlaceMatch) -> Candidate:
        claim = item.claim
        return Candidate(
            row=self._marked(row, item.document),
            place=place,
            actor=deed_of(item, row, self._actors, self._index),
            same_unit=counts_the_same(item, row)
            and not is_to_another(claim, row, said_by(item, row), self._names_known),
            by_speaker=is_of_the_speaker(claim, row, self._index, item.document.text),
            guessed=is_of_another(claim, item.document.text)
            or is_of_one_report(claim, item.document.text, row)
            or (bool(row.places) and row.kind != "incident" and is_guessed(item, row)),
            somebody=is_somebody(claim),
        )

    def _marked(self, row: ReferenceRow, document: Document) -> ReferenceRow:
        own = row.own or self._signatories.are_alone_behind(row.source, document)
        return replace(row, own=True) if own else row

    # --- verdicts ------------------------------------------------------------------------------------

    def _judged(self, reading: Reading, items: Sequence[Item]) -> CheckedDocument:
        claims = tuple(linked(item, self._index) for item in items)

        def verdict(item: Item, candidates: Sequence[Candidate]) -> Verdict:
            missing = "no_reference" if candidates else missing_link(item, self._placed)
            return judge(item.claim, candidates, item.document, missing)

        verdicts = {item.claim.claim_id: verdict(item, item.candidates) for item in items}
        return CheckedDocument(reading=replace(reading, claims=claims), verdicts=verdicts)
