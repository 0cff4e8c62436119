"""From readings to verdicts: every claim linked to the rows that may decide it, and judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimcheck.linking.directions import mark_those_before
from claimcheck.linking.gc_pause import garbage_collection_paused
from claimcheck.matching.answers import answered
from claimcheck.matching.counts import CountMatcher
from claimcheck.matching.dates import DateMatcher
from claimcheck.matching.fractions import as_share
from claimcheck.matching.item import Item
from claimcheck.matching.known import Known
from claimcheck.matching.numbers import NumberMatcher
from claimcheck.matching.ranks import is_of_series, match_ranks
from claimcheck.matching.slots import SlotReader
from claimcheck.model import (
    CheckedDocument,
    Mention,
    Proposition,
    Reading,
)


class Linker:
    """Links and judges claims against the packages published in a store."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._slots = SlotReader(self._known)
        self._numbers = NumberMatcher(self._known)
        self._counts = CountMatcher(self._known)
        self._dates = DateMatcher(self._known)

    def check(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        """The readings with a verdict for every claim, their claims with the links that were found."""
        with garbage_collection_paused():
            return self._checked(readings)

    def as_coded(self, reading: Reading) -> Reading:
        """The reading with its vague numbers as the packages code them: "dozens" of their own."""
        known = self._known
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

    def _checked(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        self._known.places.forget()
        self._known.signatories.forget()
        items = [[Item(as_share(claim), r.document) for claim in r.claims] for r in readings]
        for reading, mine in zip(readings, items, strict=True):
            self._slots.fill(reading.document, mine)
        flat = [item for mine in items for item in mine]
        match_ranks([i for i in flat if i.claim.kind == "rank"], self._known)
        numbers = [i for i in flat if i.claim.kind in ("quantity", "rank") and not is_of_series(i.claim)]
        self._numbers.match(numbers)
        self._counts.match([i for i in flat if i.claim.kind == "quantity"])
        numbered = [i for i in flat if i.claim.kind == "quantity" and i.candidates]
        mark_those_before(numbered, self._known.finder)  # type: ignore[arg-type]
        for reading, mine in zip(readings, items, strict=True):
            self._dates.match(reading.document, mine)
        return [answered(r, mine, self._known) for r, mine in zip(readings, items, strict=True)]
