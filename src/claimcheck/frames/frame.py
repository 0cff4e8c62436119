"""A claim with the words around it: of its clause, of its sentence, and of what stands before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from claimcheck.frames.words import Word, Words, doubts, words_in
from claimcheck.model import Claim, Mention, Period, Reading, Span
from claimcheck.syntax.headings import headings
from claimcheck.syntax.stems import root

BEFORE = 300
"""Characters before a sentence whose words are its context, within the document."""
NEAR = 6
"""Words on either side of a number that stand beside it."""
_start = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a text says around a claim.

    `near` are the stems of the number's own clause and of the words beside it, `sentence` those of its
    sentence, `before` those of what stands before and of the headings above, none twice. `start`..`end` is
    the sentence and `at` the claim's number or date, all in characters. `times` are the other periods that
    the sentence tells, `years` the years that the sentence gives and `years_before` those of what stands
    before. `numbers` are the other numbers of the sentence, `numbers_before` those of what stands before,
    `unread` its times of which nobody knows the days. `written` is the document's own day.
    """

    claim: Claim
    start: int
    end: int
    at: int
    near: frozenset[str]
    sentence: frozenset[str]
    before: frozenset[str]
    times: tuple[Period, ...]
    years: frozenset[int]
    years_before: frozenset[int]
    numbers: tuple[Mention, ...]
    numbers_before: tuple[Mention, ...]
    unread: tuple[Mention, ...]
    written: date | None
    words: Words

    @property
    def of_number(self) -> bool:
        """Whether the claim gives a number, and not only a time."""
        return self.claim.quantity is not None

    @property
    def doubts(self) -> list[list[Word]]:
        """The words of the sentence that call something untrue, take it back or invent it."""
        found = doubts().finditer(self.words.text, self.start, self.end)
        return [self.words.between(*one.span()) for one in found]


def frames_of(
    reading: Reading, claims: Sequence[Claim] | None = None, without: Sequence[Span] = ()
) -> Iterator[Frame]:
    """The frames of all (or some) claims of a document, in order; those of lists and of weekdays have none.
    `without`: characters that say nothing of these claims.

    Example:
        >>> [frame.claim.text for frame in frames_of(reading)]
        ['774 civilians were killed']
    """
    document = reading.document
    words = words_in(document.text)

    def stated(start: int, end: int) -> tuple[list[Mention], list[Mention]]:
        """The times and the numbers that begin there."""
        first, last = (bisect_left(reading.mentions, at, key=_start) for at in (start, end))
        mine = [m for m in reading.mentions[first:last] if not any(s.overlaps(m.span) for s in without)]
        return [m for m in mine if m.is_time], [m for m in mine if not m.is_time and m.value is not None]

    for claim in reading.claims if claims is None else claims:
        if claim.kind in ("calendar", "count"):
            continue
        at = _place_of(claim)
        start, end = min(claim.context.start, claim.start), max(claim.context.end, claim.end)
        if claim.context.end <= claim.context.start:
            start, end = claim.start, claim.end
        inside, beside = stated(start, end)
        own = None if claim.time is None else claim.time.start
        others = tuple(m.period for m in inside if m.start != own and m.period is not None)
        earlier, numbers_before = stated(start - BEFORE, start)
        sentence = _said(words.between(start, end), without)
        near = _near(claim, words, at, start, end, without)
        before = _said(words.between(max(0, start - BEFORE), start))
        for span in headings(document, start):
            before |= _said(words.between(span.start, span.end))
        yield Frame(
            claim=claim, start=start, end=end, at=at, near=near, sentence=sentence, before=before - sentence,
            times=others, years=_years(inside), years_before=_years(earlier),
            numbers=tuple(m for m in beside if m.start != at), numbers_before=tuple(numbers_before),
            unread=tuple(m for m in inside if m.status == "unresolved"), written=document.date, words=words,
        )  # fmt: skip


def _place_of(claim: Claim) -> int:
    if claim.quantity is not None:
        return claim.quantity.start
    if claim.time is not None and claim.time.start is not None:
        return claim.time.start
    return claim.start


def _near(
    claim: Claim, words: Words, at: int, start: int, end: int, without: Sequence[Span]
) -> frozenset[str]:
    """The words of the claim's own clause, and those beside its number."""
    parts = () if claim.proposition is None else claim.proposition.parts
    own = {root(p.lemma) for p in parts if p.level <= 1 and not p.context}
    place = words.index(at)
    beside = [w for w in words[max(0, place - NEAR) : place + NEAR + 1] if start <= w.start < end]
    if claim.quantity is not None and claim.quantity.noun:
        own |= {root(word) for word in claim.quantity.noun.split()}
    return frozenset(own) | _said(beside, without)


def _said(words: Sequence[Word], without: Sequence[Span] = ()) -> frozenset[str]:
    kept = (w for w in words if not any(s.start <= w.start < s.end for s in without)) if without else words
    return frozenset(w.stem for w in kept if not w.small)


def _years(mentions: Sequence[Mention]) -> frozenset[int]:
    return frozenset(
        day.year
        for m in mentions
        for day in (m.date_start, m.date_end)
        if day is not None and "year" not in m.inferred
    )
