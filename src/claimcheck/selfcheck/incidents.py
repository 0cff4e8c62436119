"""What a document tells of one incident over all its sources: the fewest and the most killed and injured.

Incident databases record a range over the sources of a report. A number of people killed or injured tells of
the incident whose day it names, and without a day of its own of the one told before. Parts ("among them nine
children") and persons who are only named stand aside where a source gives a number of them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Literal

from claimcheck.lexicon import load
from claimcheck.model import Claim, Interval, Reading, ToldIncident

Fate = Literal["killed", "injured"]

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = timedelta(days=3)  # a raid through the night; what lasts longer is no single incident
_NEAR = timedelta(days=1)  # "died of his wounds the next day"
_OPENING = 40  # characters in which a sentence says of when it tells
_CEILINGS = frozenset({"le", "lt", "range"})
_WITHIN = frozenset({"in", "on", "during", "from_to", None})


@dataclass(frozen=True, slots=True)
class _Toll:
    """A number of people killed or injured, as one claim gives it."""

    claim: Claim
    fate: Fate
    low: Decimal | None
    high: Decimal | None
    stated: bool  # by a number of its own


@dataclass(slots=True)
class _Incident:
    """The tolls that tell of one incident."""

    day: date | None
    place: str | None
    tolls: list[_Toll] = field(default_factory=list)


def told_incidents(reading: Reading) -> tuple[ToldIncident, ...]:
    """The incidents that several sentences of a document tell of, in text order, or its only one."""
    groups = _groups(reading.claims)
    several = [g for g in groups if len({t.claim.context for t in g.tolls}) > 1]
    return tuple(_summed(g, reading.document.text) for g in (several or (groups if len(groups) == 1 else [])))


def _tolls(claim: Claim) -> Iterator[_Toll]:
    """The tolls that a claim gives: two of "14 were killed or injured", which may be none or all of both."""
    quantity = claim.quantity
    if quantity is None or claim.part_of is not None:
        return
    low, high = quantity.interval.low, quantity.interval.high
    if low != high and quantity.value is not None:  # "at least 14", "more than 14", "some 14"
        bound = quantity.value
        low, high = (None, bound) if quantity.comparator in ("le", "lt") else (bound, bound)
    high = high if high is not None else low
    if high is not None and 0 < high < 1:
        return  # "a third of the dead"
    stated = claim.rule not in ("casualties.named", "casualties.none")
    fates = _fates(claim)
    for fate in fates:
        yield _Toll(claim, fate, Decimal(0) if len(fates) > 1 else low, high, stated)


def _fates(claim: Claim) -> tuple[Fate, ...]:
    """What befell the people whom a claim counts: both for "killed or injured", none for other numbers."""
    if claim.kind != "quantity" or claim.quantity is None or claim.quantity.kind != "number":
        return ()
    words = _in(claim.measure or "")
    fates: tuple[Fate, ...] = ("killed", "injured")
    return tuple(fate for fate in fates if words & _words(fate))


def _groups(claims: Iterable[Claim]) -> list[_Incident]:
    """The tolls by the incident that they tell of; a dated clause before them says when and where it was."""
    groups: list[_Incident] = []
    here = _Incident(None, None)
    claims = list(claims)
    telling = {toll.claim.context for claim in claims for toll in _tolls(claim)}
    for claim in claims:
        if here.tolls and claim.context not in telling and not _leads(claim):
            continue  # "he was blamed for the raids of 7 October": told beside
        days = _days(claim) if claim.asserted else None
        if days is None:
            continue
        day, last = days
        where = None if claim.place is None else claim.place.text
        if day is not None and last is not None and (claim.kind == "event" or not _is_near(here, day, last)):
            here = _of_day(groups, here, day, last, where)
        for toll in _tolls(claim):
            if groups and _is_told_again(toll):
                continue
            here.place = here.place or where
            here.tolls.append(toll)
            if here not in groups:
                groups.append(here)
    return groups


def _is_told_again(toll: _Toll) -> bool:
    """Whether who was killed or injured has been told of before: "*the victim* was killed at noon"."""
    quantity = toll.claim.quantity
    return not toll.stated and quantity is not None and quantity.text.lower().startswith("the ")


def _leads(claim: Claim) -> bool:
    """Whether the day of a claim opens its sentence."""
    at = None if claim.time is None else claim.time.start
    return at is not None and at - claim.context.start <= _OPENING


def _is_near(incident: _Incident, first: date, last: date) -> bool:
    return incident.day is not None and first - _NEAR <= incident.day <= last


def _of_day(
    groups: Sequence[_Incident], here: _Incident, first: date, last: date, where: str | None
) -> _Incident:
    """The incident of some days: one told of before, the one at hand where nothing dated it, or a new."""
    told = next((g for g in groups if _is_near(g, first, last)), None)
    if told is not None:
        return told
    if here.day is None and here.tolls and len(groups) == 1:
        here.day = first
        return here
    return _Incident(first, where)


def _days(claim: Claim) -> tuple[date | None, date | None] | None:
    """The days of the incident that a claim's own words give, (None, None) where they give none; None where
    they give a stretch that is none of one incident ("since May", "in 2016")."""
    time = claim.time
    if time is None or time.start is None or time.basis in ("document", "discourse"):
        return None, None
    if time.relation not in _WITHIN or time.date_start is None or time.date_end is None:
        return None
    if time.date_end - time.date_start > _LONGEST:
        return None
    return time.date_start, time.date_end


def _summed(group: _Incident, text: str) -> ToldIncident:
    named = [t.claim.speaker.text for t in group.tolls if t.claim.speaker is not None]
    return ToldIncident(
        day=group.day,
        place=group.place,
        killed=_range(group.tolls, "killed", text),
        injured=_range(group.tolls, "injured", text),
        sources=tuple(dict.fromkeys(named)),
        claims=tuple(t.claim.claim_id for t in group.tolls),
    )


def _range(tolls: Sequence[_Toll], fate: Fate, text: str) -> Interval | None:
    """The fewest and the most, over the first toll and those that somebody else gives of them all.

    What the document says first in its own name weighs its sources: "at least 16" is not undercut by an
    early report of 7, which may tell of a part, and "up to 16" not passed by one of 20.
    """
    mine = [t for t in tolls if t.fate == fate]
    first = next((t for t in mine if t.stated), mine[0] if mine else None)
    if first is None:
        return None
    told = [t for t in mine[mine.index(first) + 1 :] if _is_total(t, first, text)]
    lows = [v for t in [first, *told] if (v := t.low) is not None]
    highs = [v for t in [first, *told] if (v := t.high) is not None]
    if not first.stated and first.high is not None:
        more = (t for t in mine if t is not first and _is_added(t))
        highs.append(sum((t.low or Decimal(0) for t in more), first.high))
    bound = "eq" if first.claim.quantity is None else first.claim.quantity.comparator
    own = first.claim.speaker is None
    low = first.low if own and first.low is not None else min(lows, default=None)
    high = first.high if own and bound in _CEILINGS else max(highs, default=None)
    return Interval(low, high if low is None or high is None else max(low, high))


def _is_total(toll: _Toll, first: _Toll, text: str) -> bool:
    """Whether a later toll is somebody's number of them all: of a source or called a toll, exact, and not
    of another kind of people than the first ("children", "soldiers")."""
    claim, quantity = toll.claim, toll.claim.quantity
    if quantity is None or not toll.high or quantity.comparator == "vague":
        return False
    if claim.rule.startswith("casualties") and quantity.low != quantity.high:
        return False  # what an enumeration makes
    if _words("remains") & _in(claim.measure or ""):
        return False
    told = claim.speaker is not None or _is_quoted(text, quantity.start)
    if not told and not _words("tolls") & _in(claim.context.of(text)):
        return False
    same = first.claim.quantity is not None and quantity.noun == first.claim.quantity.noun
    return quantity.noun is None or same or quantity.noun in _words("whole")


def _is_added(toll: _Toll) -> bool:
    """Whether a source names somebody besides: "a radio said that his son was *also* killed"."""
    return not toll.stated and toll.claim.speaker is not None and "also" in _in(toll.claim.text)


def _is_quoted(text: str, at: int) -> bool:
    """Whether somebody's words stand there: in quotation marks that its paragraph opened before it."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return before.rfind("“") > before.rfind("”") or before.count('"') % 2 == 1


def _in(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


@cache
def _words(row: str) -> frozenset[str]:
    return next(frozenset(r["words"]) for r in load("tolls") if r.id == row)
