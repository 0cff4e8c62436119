"""Every time of a clause accounted for: its own, those of its other numbers, and those that narrow it."""

from __future__ import annotations

from functools import cache

from claimcheck import lexicon
from claimcheck.judging.relations import behaviour
from claimcheck.matching.accounting import number_said, words_in
from claimcheck.matching.frames import MeasureFit
from claimcheck.matching.item import Item
from claimcheck.model import Part, ReferenceRow
from claimcheck.propositions import stem
from claimcheck.wording import word_set, words_between


def settled_times(item: Item, row: ReferenceRow, fit: MeasureFit) -> frozenset[int]:
    """The times beside a claim's own that say nothing of its number: those of the other numbers of its
    sentence ("12 in 2016, *in 2017* 14"), those that hold all that a row tells of, that from which it counts
    ("by 3 May, 12 *since January*"), and those since when nothing was like it ("the most *since 2008*")."""
    parts = item.proposition.parts
    times = [(at, p) for at, p in enumerate(parts) if p.pos == "TIME"]
    own, told = item.claim.time, set[int]()
    if own is not None and own.start is not None and own.end is not None:  # "*five months* after 12 died"
        told = {at for at, p in enumerate(parts) if own.start <= p.start < own.end and p.pos != "TIME"}
    return frozenset(at for at, p in times if _is_settled(p, item, row, fit)) | told


def _is_settled(part: Part, item: Item, row: ReferenceRow, fit: MeasureFit) -> bool:
    if item.claim.time is not None and item.claim.time.start == part.start:  # "sold 12 boats built *in 2016*"
        told = [item.proposition.parts[at] for at in fit.explained]
        above = any(p.role == "predicate" and p.level == 1 and not p.context for p in told)
        return not above or any(p.role == "relative" and p.unit == part.unit for p in told)
    own = item.claim.quantity
    others = (c for c in item.beside if own is None or c.quantity is None or c.quantity.span != own.span)
    if any(c.time is not None and c.time.start == part.start for c in others):
        return True
    beside = (p for p in item.proposition.parts if p.unit == part.unit or p.role == "attribute")
    ranks = words_in("what a number was among others")
    return part.prep == "since" and any(stem(p.lemma) in ranks for p in beside)


_TELLING_WHEN = ("oblique", "adverb", "subject")  # "*every week* of 2016 saw 12 raids"
_NEAR = 16  # characters between a span and the time that it is of, on either side
_ALIKE = 0.9, 1.1  # of a span's days, those that are still one: of a month 28 to 31


def narrower_times(item: Item, row: ReferenceRow) -> list[Part]:
    """The spans by which a clause tells of another time than its own: "in 2023 12 drowned *at night*", "in
    the *decade* to 2023"; not "on the *night* of 3 May", "in the same *week*", "on the *day*" of a day."""
    spans = _days_of_spans()
    return [
        p
        for p in item.proposition.parts
        if p.is_head and not p.context and p.pos == "NOUN" and p.role in _TELLING_WHEN
        if p.prep in word_set("when") or (p.prep is None and p.role != "oblique")
        if stem(p.lemma) in spans and not _is_its_own(p, item, spans[stem(p.lemma)])
        if not (p.prep == "for" and behaviour(row) == "stock")  # "have been besieged *for years*"
    ]


def _is_its_own(part: Part, item: Item, days: float) -> bool:
    """Whether a span of so many days is the claim's time, or the part of a day that is told with that day."""
    time, parts = item.claim.time, item.proposition.parts
    if any(p.unit == part.unit and p.lemma in ("same", "year-old") for p in parts):
        return True
    if time is None or time.start is None:
        return days > 1 and part.prep in ("in", "during", "for", "over")  # "in the season" that all is of
    if time.period is None or time.period.days is None:
        return False
    length = time.period.days
    counted = [p.lemma for p in parts if p.unit == part.unit and p.pos == "NUM" and p.start < part.start]
    if counted and (many := number_said(counted[-1])) is not None:  # "over *three days*, from 8 to 10 May"
        return _ALIKE[0] * length <= days * many <= _ALIKE[1] * length
    several = part.end - part.start > len(part.lemma)  # "*for years*"
    if _ALIKE[0] * length <= days <= _ALIKE[1] * length and not several:
        return True
    if time.start is None or time.end is None:
        return False
    before = 0 < time.start - part.end <= _NEAR
    behind = 0 < part.start - time.end <= _NEAR and word_set("when").isdisjoint(
        words_between(item.document, time.end, part.start)
    )
    return (before and length == 1) or behind  # "the night of 3 May", "in the 2022/23 *season*"


@cache
def _days_of_spans() -> dict[str, float]:
    """How many days the nouns of spans last, by their stems."""
    return {
        stem(word): days
        for row in lexicon.load("spans")
        for word in row["words"]
        for days in (float(row["days"]),)
    }
