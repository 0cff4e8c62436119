"""The one incident that a number is told of, where its text says neither its name nor all its days.

"In Chile the February 2010 earthquake drove 800,000 people from their homes" is told of the one that the
table has there and then; "The Oren fire: 61 houses destroyed", in the news, of the last; "The disaster killed
560" of that which the sentence before tells of; "when the Marsh Fire was out, on 3 May" of all its days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from claimcheck.judging.relations import own_period
from claimcheck.matching.accounting import stem_set
from claimcheck.matching.concepts import concepts_of
from claimcheck.matching.events import kinds_of, read
from claimcheck.matching.found import WantedKind
from claimcheck.matching.happenings import is_told_again, is_told_of_all
from claimcheck.matching.item import Item
from claimcheck.matching.known import Known
from claimcheck.matching.places import PlaceSlot
from claimcheck.model import Claim, ClaimTime, Period, ReferenceRow
from claimcheck.propositions.stems import stem
from claimcheck.reference.name_index import Named
from claimcheck.reference.table_places import key_of

_NEWS = timedelta(days=45)  # what a text without a date tells of was not longer ago
_A_YEAR = timedelta(days=366)  # of what was longer ago than that a text without a date contradicts nothing


@dataclass(frozen=True, slots=True)
class Meant:
    """A claim and its place as they are where it is told of an incident. `bears_out`: it may be of a part of
    it, or of another one, and contradicts nothing."""

    claim: Claim
    place: PlaceSlot
    bears_out: bool


def met_inside(item: Item, known: Known) -> ReferenceRow | None:
    """The one incident that a number met, where it was in a part of the place that the text says: what other
    tables say of it stands under that part."""
    rows = {(c.row.package, c.row.key): c.row for c in item.candidates}
    row = next(iter(rows.values())) if len(rows) == 1 else None
    if row is None or row.kind != "incident" or row.period is None or not row.places:
        return None
    keys = frozenset(known.finder.keys_of(row.package, row.places[:1]))
    return row if keys.isdisjoint(item.place.keys) else None


def meant(items: Sequence[Item], known: Known) -> dict[int, Meant]:
    """What the numbers of a batch are, told of the one incident of their kind, place and time."""
    kinds = known.kinds
    wanted: list[WantedKind] = []
    called: dict[int, bool] = {}
    for number, item in enumerate(items if kinds else ()):
        first, last = _days(item)
        if first is None or last is None or not item.fits or item.candidates:
            continue
        again = is_told_again(item)
        _, concepts = read(item.claim)
        said = frozenset().union(*concepts, item.told if again else ())
        beside = _named_by_place(item, kinds)
        keys = beside or item.place.keys
        called[number] = bool(beside) or again
        packages = {f.package for f in item.fits}
        wanted += [
            WantedKind(number, package, kind, key, first, last)
            for package, kind in kinds
            if package in packages and all(concepts_of(w) & said for w in kind.split())
            for key in sorted(keys)
            if key.startswith(key_of(package, ""))
        ]
    out = {
        number: found for number, item in enumerate(items) if (found := _of_named(item, known)) is not None
    }
    for number, item in enumerate(items):
        if (inner := met_inside(item, known)) is not None:
            keys = frozenset(known.finder.keys_of(inner.package, inner.places[:1]))
            out[number] = _with_days(item, inner, keys, False)
    for number, near in known.finder.incident_candidates(wanted).items():
        rows = {(r.package, r.key): r for r, _ in near if _may_be_of(items[number], r, called[number])}
        if len(rows) == 1:
            found = _as_told(items[number], next(iter(rows.values())), known)
            if found is not None:
                out[number] = found
    return out


def _days(item: Item) -> tuple[date | None, date | None]:
    """The days on which what a number is told of may have been: its own, or any up to the text's."""
    period = own_period(item.claim)
    if period is not None:
        return period.start, period.end
    published = item.document.date
    return (None, None) if published is None else (published - _NEWS, published)


def _may_be_of(item: Item, row: ReferenceRow, called: bool) -> bool:
    """Whether an incident may be that of which a number is told: of its time, or, where it has none, of the
    last weeks; longer ago, if it is `called` by its place or goes on with the sentence before."""
    period, days, published = own_period(item.claim), row.period, item.document.date
    if days is None or days.start is None:
        return False
    if period is not None:
        return days.meets(period)
    if published is None or days.start > published:
        return False
    return called or (days.end or days.start) >= published - _NEWS


def _named_by_place(item: Item, kinds: Sequence[tuple[str, str]]) -> frozenset[str]:
    """The keys of the place by which a clause calls what happened: "the *Oren* fire"."""
    parts, concepts = read(item.claim)
    nouns = frozenset(c for _, kind in kinds for c in concepts_of(kind.split()[-1]))
    starts = {p.start for p, c in zip(parts, concepts, strict=True) if c & nouns and p.role != "predicate"}

    def stands_before(n: Named) -> bool:
        return n.entity == "place" and n.end + 1 in starts

    return frozenset().union(*(n.keys for n in item.names if stands_before(n)))


def _of_named(item: Item, known: Known) -> Meant | None:
    """A number told of an incident by its name, on its first or last day or beside one: that may be of some
    days alone, and contradicts nothing."""
    rows = [r for r in item.of_named if r.kind == "incident" and r.period is not None]
    period, time = own_period(item.claim), item.claim.time
    days = rows[0].period if len(rows) == 1 else None
    if days is None or period is None or time is None or period == days or not days.meets(period):
        return None
    if time.basis == "clause" and period.start != days.start and period.end != days.end:
        return None
    return _with_days(
        item, rows[0], frozenset(known.finder.keys_of(rows[0].package, rows[0].places[:1])), True
    )


def _as_told(item: Item, row: ReferenceRow, known: Known) -> Meant | None:
    """A number with the place and days of an incident; None where it has both already."""
    days, period = row.period, own_period(item.claim)
    assert days is not None
    keys = frozenset(known.finder.keys_of(row.package, row.places[:1]))
    inside = keys & item.place.keys or known.places.within(keys, item.place.keys)
    if not inside or (keys == item.place.keys and period == days):
        return None
    bears_out = _is_old(item, days) if period is None else not _is_of_all(item, row, period, days)
    bears_out = bears_out or (period is not None and _is_done_in(item, row, period))
    if period is not None and not period.covers(days) and bears_out:
        return None
    return _with_days(item, row, keys, bears_out)


def _with_days(item: Item, row: ReferenceRow, keys: frozenset[str], bears_out: bool) -> Meant:
    days, claim = row.period, item.claim
    assert days is not None
    time = claim.time or ClaimTime(start=None, end=None, timex=None, date_start=None, date_end=None)
    basis = "discourse" if time.basis == "document" else time.basis
    time = replace(time, date_start=days.start, date_end=days.end, basis=basis)
    place = replace(item.place, keys=keys, stated=True, basis="sentence")
    return Meant(replace(claim, time=time), place, bears_out)


def _is_old(item: Item, days: Period) -> bool:
    last, published = days.end or days.start, item.document.date
    return last is None or published is None or last < published - _A_YEAR


def _is_of_all(item: Item, row: ReferenceRow, period: Period, days: Period) -> bool:
    """Whether a number is of all the days of an incident: of a time around them, or that which dates it."""
    return period.covers(days) or _dates_it(item) or is_told_of_all(item, row)


def _is_done_in(item: Item, row: ReferenceRow, period: Period) -> bool:
    """Whether a clause tells only by its verb what was done in a longer time, of which an incident may be but
    some: "in 2016 it *hanged* 12 people"."""
    if (period.days or _MONTH + 1) <= _MONTH:
        return False
    parts, concepts = read(item.claim)
    nouns = [c for p, c in zip(parts, concepts, strict=True) if p.role not in ("predicate", "relative")]
    kinds = [need for kind in kinds_of(row) for need in kind]
    told = [item.told] if is_told_again(item) else []
    return not any(c & need for need in kinds for c in [*nouns, *told])


def _dates_it(item: Item) -> bool:
    """Whether a date stands right before or behind what happened: "the *May 2010* flood", "the fire in
    *July*"."""
    time, parts = item.claim.time, item.proposition.parts
    if time is None or time.start is None or time.end is None:
        return False
    kinds = stem_set("happens beside a place") | stem_set("befalls") | stem_set("deeds")
    return any(
        (p.start - time.end == 1 or 0 < time.start - p.end <= _BEHIND)
        for p in parts
        if stem(p.lemma) in kinds and p.role != "predicate"
    )


_MONTH = 31  # days
_BEHIND = 4  # characters between a noun and its date: " of ", " in "
