"""A reading corrected by a reviewer, judged again at once by the same rules and rows as the pipeline.

The correction takes the place of what was read; the rest of the claim stays. A place is written into the
text, which is read again (`rewriting`); numbers are read by the project's own rules, so that "about 500"
admits what it would admit in a text; of a measure the clause is taken for a sentence that tells it.
"""

from __future__ import annotations

from dataclasses import replace

from claimcheck.decisions import Correction, DecisionError
from claimcheck.linking.linker import Linker, garbage_collection_paused
from claimcheck.model import CheckedDocument, Claim, ClaimTime, Link, Mention, Verdict
from claimcheck.numbers.quantities import find_quantities
from claimcheck.review.rewriting import read_with
from claimcheck.store import Store

QUALIFIERS = ("exactly", "more than", "at least", "less than", "at most", "about", "almost")


class Rejudger:
    """Judges corrected claims against the packages of a snapshot."""

    def __init__(self, store: Store) -> None:
        self._linker = Linker(store, store.path)

    def judge(self, checked: CheckedDocument, claim: Claim, made: Correction) -> tuple[Claim, Verdict]:
        """The claim as corrected and linked, and the verdict that it meets. Raises DecisionError."""
        with garbage_collection_paused():
            return self._judged(checked, claim, made)

    def _judged(self, checked: CheckedDocument, claim: Claim, made: Correction) -> tuple[Claim, Verdict]:
        corrected = apply(claim, made)
        linker, found = self._linker, read_with(checked.document, claim, made.place, self._linker.event_index)
        reading, own = (checked.reading, claim) if found is None else found
        if found is None and made.place is not None:
            raise DecisionError(f"with “{made.place}” in it the sentence is not read as this claim any more")
        as_written = replace(made, place=None)
        asked = apply(own, as_written) if as_written else own
        known = linker.linking.book.measures
        mine = {key for key in known if key[1] == made.measure}
        claims = tuple(asked if c.claim_id == own.claim_id else c for c in reading.claims)
        measures = {} if made.measure is None else {asked.claim_id: mine}
        [result] = linker.check([replace(reading, claims=claims)], measures)
        judged = next(c for c in result.reading.claims if c.claim_id == asked.claim_id)
        place = judged.place or corrected.place
        return replace(corrected, measure=judged.measure, place=place), result.verdicts[asked.claim_id]


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
