"""A claim on its way to a verdict: its slots, and the rows that it met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from claimcheck.dates.events import EventMention
from claimcheck.judging.relations import Candidate
from claimcheck.matching.accounting import (
    Concepts,
    befallen,
    of_parts,
    unexplained,
)
from claimcheck.matching.doers import speaker_parts, telling_parts
from claimcheck.matching.frames import MeasureFit
from claimcheck.matching.places import Movement, PlaceSlot
from claimcheck.model import (
    Claim,
    Document,
    Part,
    Proposition,
    ReferenceRow,
)
from claimcheck.names import Named
from claimcheck.propositions import stem
from claimcheck.wording import stem_set


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
    on_its_day: list[Candidate] = field(default_factory=list)  # happenings of its very day, told with more
    settled: bool = False  # the row that the document is about decides it alone
    happenings: list[EventMention] = field(default_factory=list)
    beside: Sequence[Claim] = ()  # the claims with a number of its sentence
    dated: Sequence[Claim] = ()  # those with a date of its sentence
    bodies: list[Named] = field(default_factory=list)  # that stand bare before its number
    sole_doers: Collection[tuple[str, str | None]] = ()  # measures whose rows there are all of one doer
    of_named: Sequence[ReferenceRow] = ()  # the rows of the happening that its sentence names
    by_label: bool = False  # it is named but by somebody in its label
    all_days: Claim | None = (
        None  # as it would be of all the days of the happening on whose first or last it is
    )
    previous: Sequence[Item] = ()  # those of the sentence right before its own
    whole: Item | None = None  # the number of which it is "of them" that it counts
    told: Concepts = frozenset()  # what the nouns of the sentence before say, where the claim goes on with it
    asked: frozenset[int] = frozenset()  # the words by which another measure, without rows here, says more
    follows: tuple[str, str] | None = None  # the measure of the number before it
    movement: Movement = field(default_factory=Movement)  # from where and to where, for measures of what goes
    proposition: Proposition = field(init=False)  # an empty one where the claim has none
    _best: tuple[list[MeasureFit], PlaceSlot, list[MeasureFit]] | None = None  # of these fits, at this place
    _head: tuple[list[Named], Part | None] | None = None  # beside these names

    def __post_init__(self) -> None:
        self.proposition = self.claim.proposition or Proposition()

    @property
    def head(self) -> Part | None:
        """The noun that the claim's number counts."""
        if self._head is None or self._head[0] is not self.names:
            self._head = self.names, self._counted()
        return self._head[1]

    def _counted(self) -> Part | None:
        own = self.claim.quantity
        for p in self.proposition.parts:
            if p.role != "head" or not p.is_head:
                continue
            inside = own is not None and own.kind != "number" and own.start <= p.start < own.end
            if not inside and not any(n.start <= p.start < n.end for n in self.names if n.entity == "place"):
                return p  # "Turkey 609,900" counts no Turkeys
        return None

    @property
    def between(self) -> frozenset[int]:
        """The words that stand between the claim's number and what it counts: "774 *weary* civilians"."""
        own = self.claim.quantity
        if own is None:
            return frozenset()
        return frozenset(
            at
            for at, p in enumerate(self.proposition.parts)
            if p.role == "modifier" and p.level == 0 and not p.context and p.start >= own.end
        )

    @property
    def best_fits(self) -> list[MeasureFit]:
        """The measures of each package that say what befell those who are counted, leave the fewest words
        unexplained, and say the most: "40 protesters were hurt" is of the hurt, not of the protesters."""
        if len(self.fits) < 2:
            return self.fits
        if self._best is not None and self._best[0] is self.fits and self._best[1] is self.place:
            return self._best[2]
        self._best = self.fits, self.place, self._chosen()
        return self._best[2]

    def _chosen(self) -> list[MeasureFit]:
        parts = self.proposition.parts
        speakers, concepts = speaker_parts(parts), of_parts(parts)
        fates = befallen(parts)
        dead = self.head is not None and stem(self.head.lemma) in stem_set("the dead")
        telling = telling_parts(parts)
        by_package: dict[str, list[tuple[tuple[bool, int, int, bool, int, int], MeasureFit]]] = defaultdict(
            list
        )
        for fit in self.fits:
            other_fate = bool(fates) and all(concepts[at].isdisjoint(fit.concepts) for at in fates)
            other_fate |= dead and "=kill" not in fit.concepts  # no "*bodies* pulled out" were rescued
            explained = set(fit.explained) | set(self.place.parts) | speakers
            left = [p for p in unexplained(parts, explained) if p.pos != "PROPN"]
            says = fit.explained - telling  # that it was recorded tells no measure from another
            near = sum(1 for at in says if parts[at].level <= 1 and not parts[at].context)
            exact = sum(1 for at in says if stem(parts[at].lemma) in concepts[at] & fit.concepts)
            words = fit.words - len(fit.explained & telling)
            rank = (other_fate, len(left), -near, False, -exact, -words)
            by_package[fit.package].append((rank, fit))
        out: list[MeasureFit] = []
        for fits in by_package.values():
            best = min(rank for rank, _ in fits)
            out += self._nearest([f for rank, f in fits if rank == best])
        return out

    def _nearest(self, fits: list[MeasureFit]) -> list[MeasureFit]:
        """Of measures that a clause says alike ("*pledged* 250 million but *delivered* 110"), the one whose
        own words stand nearest to the number; all of them where one has no words of its own."""
        quantity, parts = self.claim.quantity, self.proposition.parts
        concepts = of_parts(parts)
        own = []
        for fit in fits:
            others = frozenset(c for f in fits if f is not fit for c in f.concepts)
            own.append([parts[at].start for at in fit.explained if concepts[at] & fit.concepts - others])
        if len(fits) < 2 or quantity is None or not all(own):
            return fits
        away = [min(abs(start - quantity.start) for start in starts) for starts in own]
        return [f for f, far in zip(fits, away, strict=True) if far == min(away)]
