"""A reading corrected by a reviewer, judged again at once by the same rules and rows as the pipeline.

The correction takes the place of what was read; the rest of the claim stays. Numbers are read by the
project's own rules, so that "about 500" admits what it would admit in a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from claimcheck.decisions import Accepted, Correction, DecisionError
from claimcheck.linking.claimlinks import PlaceLink
from claimcheck.linking.linker import Item, Linker
from claimcheck.linking.vocabulary import Match
from claimcheck.linking.words import stem
from claimcheck.model import CheckedDocument, Claim, ClaimTime, Link, Mention, Reading, Verdict
from claimcheck.numbers.quantities import find_quantities
from claimcheck.store import Store

QUALIFIERS = ("exactly", "more than", "at least", "less than", "at most", "about", "almost")


class CorrectedLinker(Linker):
    """A linker that takes the measure and the place of a claim as the reviewer gave them."""

    correction = Correction()

    def _link_text(self, items: Iterable[Item]) -> None:
        wanted = list(items)
        super()._link_text(wanted)
        for item in wanted:
            claim, made = item.claim, self.correction
            if claim.measure is not None and (made.measure or not item.measures):
                item.measures = self._measured(claim.measure) or item.measures
            if made.place is not None:
                keys = self._index.lookup(made.place)
                item.place = PlaceLink(keys, made.place, True, len(keys) > 1)

    def _measured(self, measure: str) -> tuple[Match, ...]:
        """The measure of that very name in each package that has one."""
        return self._all_measures.get(measure, ())

    @cached_property
    def _all_measures(self) -> Mapping[str, tuple[Match, ...]]:
        """The measures of every package by name, with the stems of their words, of this snapshot."""
        words: dict[tuple[str, str], set[str]] = {}
        for package, name, text in self._finder.vocabulary():
            words.setdefault((package, name), set()).update(map(stem, text.split()))
        found: dict[str, tuple[Match, ...]] = {}
        for (package, name), stems in words.items():
            found[name] = (*found.get(name, ()), Match(package, name, frozenset(stems)))
        return found


class Rejudger:
    """Judges corrected claims against the packages of a snapshot."""

    def __init__(self, store: Store) -> None:
        self._linker = CorrectedLinker(store)

    def judge(self, checked: CheckedDocument, claim: Claim, made: Correction) -> tuple[Claim, Verdict]:
        """The claim as corrected and linked, and the verdict that it meets. Raises DecisionError."""
        corrected = apply(claim, made)
        claims = tuple(corrected if c.claim_id == claim.claim_id else c for c in checked.reading.claims)
        self._linker.correction = made
        reading = Reading(document=checked.document, mentions=checked.reading.mentions, claims=claims)
        result = self._linker.check([_alone(reading, corrected)])[0]
        return result.reading.claims[0], result.verdicts[claim.claim_id]

    def accept(self, checked: CheckedDocument, claim: Claim, words: Accepted) -> tuple[Claim, Verdict]:
        """The claim as it is judged where the words say the measure. Raises DecisionError."""
        return self.judge(checked, claim, Correction(measure=words.measure))


def _alone(reading: Reading, claim: Claim) -> Reading:
    """The reading with this claim only: a correction is of one claim."""
    return replace(reading, claims=(claim,))


def apply(claim: Claim, made: Correction) -> Claim:
    """The claim with the correction in place of what was read. Raises DecisionError."""
    quantity, time, place = claim.quantity, claim.time, claim.place
    if made.quantity is not None:
        quantity = _quantity(claim, made.quantity)
    if made.date_start is not None or made.date_end is not None:
        time = _time(claim, made)
    if made.place is not None:
        place = Link(made.place)
    return replace(claim, quantity=quantity, time=time, place=place, measure=made.measure or claim.measure)


def _quantity(claim: Claim, words: str) -> Mention:
    """The number that the words state, counted as the claim's own number was."""
    noun = claim.quantity.noun if claim.quantity and claim.quantity.noun else "people"
    plain = words.removeprefix("exactly ").strip()
    found = [m for m in find_quantities(f"There were {plain} {noun}.") if m.status != "not_claim"]
    if len(found) != 1 or found[0].wide.end - found[0].wide_start < len(plain) - 1:
        raise DecisionError(f"“{words}” does not read as one number: write 765, more than 130, or 500 to 600")
    read, old = found[0], claim.quantity
    if old is None:
        return replace(read, start=claim.start, end=claim.start, text="", qualifier=None)
    return replace(
        old,
        text=plain,  # the verdict's sentence quotes it
        value=read.value,
        low=read.low,
        high=read.high,
        comparator=read.comparator,
        rule="review.correction",
    )


def _time(claim: Claim, made: Correction) -> ClaimTime:
    old = claim.time
    start = made.date_start or (old.date_start if old else None)
    end = made.date_end or (old.date_end if old else None)
    if start is None or end is None:
        start = end = start or end
    assert start is not None
    assert end is not None
    if start > end:
        raise DecisionError(f"the first day, {start}, comes after the last, {end}")
    where = (old.start, old.end) if old else (None, None)
    return ClaimTime(
        start=where[0],
        end=where[1],
        timex=start.isoformat() if start == end else f"{start}/{end}",
        date_start=start,
        date_end=end,
        relation="on" if start == end else "in",
        basis="clause",
    )
