"""From readings to verdicts: every claim linked to the rows that may decide it, and judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from claimcheck.claims.compared import with_scales
from claimcheck.claims.reading import read_operands
from claimcheck.dates.events import EventIndex
from claimcheck.gc_pause import garbage_collection_paused
from claimcheck.grids.statements import Statements
from claimcheck.matching.answers import answered
from claimcheck.matching.candidates import Tables
from claimcheck.matching.comparing import Comparing
from claimcheck.matching.counts import CountMatcher
from claimcheck.matching.dates import DateMatcher
from claimcheck.matching.directions import mark_those_before
from claimcheck.matching.fractions import as_share
from claimcheck.matching.item import Item
from claimcheck.matching.known import Known
from claimcheck.matching.latest_years import with_later_readings, with_latest_years
from claimcheck.matching.nearest import Nearest
from claimcheck.matching.numbers import NumberMatcher
from claimcheck.matching.ranks import is_of_series, match_ranks
from claimcheck.matching.ratios import Ratios
from claimcheck.matching.remembered import forget
from claimcheck.matching.says import Saying
from claimcheck.matching.slots import SlotReader
from claimcheck.model import (
    CheckedDocument,
    Mention,
    Proposition,
    Reading,
    ReferenceRow,
)


class Linker:
    """Links and judges claims against the packages published in a store.

    Building it reads the names, vocabularies and happenings once; `check` may then be called for any
    number of batches.
    """

    def __init__(self, store: Tables) -> None:
        self.known = Known(store)
        self._nearest = Nearest(self.known)
        self._slots = SlotReader(self.known)
        self._numbers = NumberMatcher(self.known)
        self._counts = CountMatcher(self.known)
        self._dates = DateMatcher(self.known)
        self._comparing = Comparing(
            store,
            self._linked,
            lambda operands: read_operands(operands, self.event_index),
            self.known.finder.containers,
            self.known.finder.names,
        )
        self._statements = Statements(store)
        self._ratios = Ratios(store)

    @property
    def event_index(self) -> EventIndex:
        """The happenings that the packages name."""
        return self.known.event_index

    @property
    def rows(self) -> list[ReferenceRow]:
        """The rows of happenings and gazetteers."""
        return self.known.rows

    def taught(
        self, sayings: Mapping[tuple[str, str], Sequence[Saying]], alone: bool = False
    ) -> AbstractContextManager[None]:
        """The measures told by further sentences, too, for the length of a block; `alone`: and no other
        measure told by anything."""
        return self.known.taught(sayings, alone)

    def check(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        """The readings with a verdict for every claim, their claims with the links that were found."""
        plain = [replace(r, claims=tuple(c for c in r.claims if c.comparison is None)) for r in readings]
        with garbage_collection_paused():
            compared = self._comparing.check(readings, self._linked(plain))
        return self._ratios.shown(self._statements.check(compared))

    def _linked(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        """Documents with a verdict for every claim; one that compares nothing. A day without a year is also
        read in the latest year in which it may be meant."""
        readings = [self._as_coded(with_scales(reading)) for reading in readings]
        first = self._once(readings)
        later = [with_latest_years(r, checked) for r, checked in zip(readings, first, strict=True)]
        again = iter(self._once([reading for reading in later if reading is not None]))
        return [
            checked if reading is None else with_later_readings(checked, next(again))
            for checked, reading in zip(first, later, strict=True)
        ]

    def _as_coded(self, reading: Reading) -> Reading:
        """The reading with its vague numbers as the packages code them: "dozens" of their own."""
        known = self.known
        coded: dict[Mention, Mention] = {}
        claims = []
        for claim in reading.claims if known.vocabulary.vague else ():
            vague = claim.proposition is not None and claim.quantity is not None
            fits = known.measures.fits(claim.proposition or Proposition()) if vague else []
            number = known.vocabulary.coded(Item(claim, reading.document, fits=fits)) if fits else None
            if number is not None and claim.quantity is not None:
                coded[claim.quantity] = number
                claim = replace(claim, quantity=number)
            claims.append(claim)
        if not coded:
            return reading
        mentions = tuple(coded.get(mention, mention) for mention in reading.mentions)
        return replace(reading, claims=tuple(claims), mentions=mentions)

    def _once(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        forget()
        self.known.places.forget()
        self.known.signatories.forget()
        items = [[Item(as_share(claim), r.document) for claim in r.claims] for r in readings]
        for reading, mine in zip(readings, items, strict=True):
            self._slots.fill(reading.document, mine)
        about = self.known.finder.about(r.document.about for r in readings if r.document.about is not None)
        for reading, mine in zip(readings, items, strict=True):
            self._numbers.match_about(mine, about.get(reading.document.about or "", ()))
        flat = [item for mine in items for item in mine if not item.settled]
        match_ranks([i for i in flat if i.claim.kind == "rank"], self.known)
        numbers = [i for i in flat if i.claim.kind in ("quantity", "rank") and not is_of_series(i.claim)]
        self._numbers.match(numbers)
        self._counts.match([i for i in flat if i.claim.kind == "quantity"])
        numbered = [i for i in flat if i.claim.kind == "quantity" and i.candidates]
        mark_those_before(numbered, self.known.finder)
        for reading, mine in zip(readings, items, strict=True):
            self._dates.match(reading.document, mine)
        return [answered(r, mine, self.known, self._nearest) for r, mine in zip(readings, items, strict=True)]
