"""The happening that a number is told of, the incident that it means, and how many a table holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from claimcheck.judging.relations import Candidate, own_period
from claimcheck.matching.accounting import Concepts, concepts_of, of_text, of_words, unexplained
from claimcheck.matching.candidates import WantedKind, count_row
from claimcheck.matching.doers import speaker_parts
from claimcheck.matching.events import kinds_of, kinds_said, read, verbs_of_kind
from claimcheck.matching.item import Item
from claimcheck.matching.known import Known
from claimcheck.matching.places import PlaceSlot
from claimcheck.matching.slots import is_indefinite
from claimcheck.model import Claim, ClaimTime, Proposition, ReferenceRow
from claimcheck.names import WORD, key_of, keys_of_row
from claimcheck.propositions import stem
from claimcheck.wording import sentence_around, stem_set, word_set

# ----------------------------------------------------------------------------------------------------
# The happening that a number is told of, and its rows: by its name, or by one of its days.
#
# "Cyclone Ara killed 310 people in Tarn" asks for the rows of that storm; "the flood that struck Tarn on 14
# May killed 61" for the flood of 14 to 17 May. A day on which they died is no name of the whole: "on 15 May
# the flood killed 12".


def rows_of_named(items: Sequence[Item], known: Known) -> dict[int, list[ReferenceRow]]:
    """The figures and incidents of the one happening that the sentence of each item names."""
    named: dict[int, tuple[str, str]] = {}
    for number, item in enumerate(items):
        rows = [m.candidates[0] for m in item.happenings if len(m.candidates) == 1]
        keys = {(r.package, r.key) for r in rows}
        if len(keys) == 1:
            named[number] = keys.pop()
    found = known.finder.of_events(named.values())
    return {number: found[key] for number, key in named.items() if key in found}


def is_told_again(item: Item) -> bool:
    """Whether a clause tells of what the sentence before tells of: what "it" did, or "the *disaster*"."""
    parts = item.proposition.parts
    near = [p for p in parts if p.is_head and not p.context]
    did = [p for p in near if p.role in ("subject", "agent")]
    again = any(stem(p.lemma) in stem_set("told of again") for p in near if p in did or p.prep in _BY_IT)
    return again or (not did and item.proposition.role == "object")


_BY_IT = ("in", "by", "from")


def of_its_place(item: Item, rows: Sequence[ReferenceRow]) -> list[ReferenceRow]:
    """Those of a happening's rows that are of the place which a sentence says, all where it says none."""
    if item.place.text is None:
        return list(rows)
    return [r for r in rows if any(item.place.keys & narrowest for narrowest in keys_of_row(r)[:1])]


def give_all_days(items: Sequence[Item], known: Known) -> None:
    """Give the numbers that are told of an incident by one of its days all of them."""
    wanted: list[WantedKind] = []
    for number, item in enumerate(items if known.kinds else ()):
        period = own_period(item.claim)
        if period is None or period.start is None or period.end is None or not item.fits:
            continue
        _, concepts = read(item.claim)
        said = item.told.union(*concepts, _said_at_its_date(item))
        wanted += [
            WantedKind(number, package, kind, key, period.start, period.end)
            for package, kind in kinds_said(known.kinds, said)
            for key in sorted(item.place.keys)
            if key.startswith(key_of(package, ""))
        ]
    for number, near in known.finder.incident_candidates(wanted).items():
        item, period = items[number], own_period(items[number].claim)
        around = {r.key: r for r, _ in near if r.period and period and r.period.meets(period)}
        rows = of_its_place(item, list(around.values())) or list(around.values())
        days = rows[0].period if len(rows) == 1 else None
        if days is None or item.claim.time is None or period is None or days == period:
            continue
        time = replace(item.claim.time, date_start=days.start, date_end=days.end)
        if days.covers(period) and is_told_of_all(item, rows[0]):
            item.claim = replace(item.claim, time=time)
        elif period.start in (days.start, days.end) or period.end in (days.start, days.end):
            item.all_days = replace(item.claim, time=time)


def is_told_of_all(item: Item, row: ReferenceRow) -> bool:
    """Whether a number is of all the days of a happening: its text gives it no day, all of them, or one by
    which it dates the happening, in another clause or right behind its name."""
    period, time = own_period(item.claim), item.claim.time
    if period is None or time is None or time.start is None or row.period is None:
        return True
    if not row.period.meets(period) or period.covers(row.period):
        return period.covers(row.period)
    parts, concepts = read(item.claim)
    kinds = frozenset(c for kind in kinds_of(row) for need in kind for c in need)
    named = [
        p
        for p, c in zip(parts, concepts, strict=True)
        if c & kinds or any(m.start <= p.start < m.end for m in item.happenings)
    ]
    if time.basis != "clause":
        own, told = item.claim.quantity, time.start
        apart = own is not None and time.anchor is None and own.end <= told
        apart = apart and own is not None and all(p.end <= own.start for p in named)
        return (bool(named) and not apart) or time.basis == "discourse"  # "was 60 % contained on 10 August"
    verb = next((p.start for p in parts if p.role == "predicate" and not p.context), -1)
    return any(p.end <= time.start < verb for p in named)


def _said_at_its_date(item: Item) -> Concepts:
    """What the sentence says from which a number's time is carried: "The *fire* was out on 14 May. … In all,
    310 people had fled"."""
    time = item.claim.time
    if time is None or time.start is None or time.basis != "discourse":
        return frozenset()
    return of_words(sentence_around(item.document, time.start))


# ----------------------------------------------------------------------------------------------------
# The one incident that a number is told of, where its text says neither its name nor all its days.
#
# "In Chile the February 2010 earthquake drove 800,000 people from their homes" is told of the one that the
# table has there and then; "The Oren fire: 61 houses destroyed", in the news, of the last; "The disaster
# killed 560" of that which the sentence before tells of; "when the Marsh Fire was out, on 3 May" of all its
# days.

_NEWS = timedelta(days=45)  # what a text without a date tells of was not longer ago


@dataclass(frozen=True, slots=True)
class Meant:
    """A claim and its place as they are where it is told of an incident. `bears_out`: it may be of a part of
    it, or of another one, and contradicts nothing."""

    claim: Claim
    place: PlaceSlot
    bears_out: bool


def meant_incidents(items: Sequence[Item], known: Known) -> dict[int, Meant]:
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
        keys = item.place.keys
        called[number] = again
        packages = {f.package for f in item.fits}
        wanted += [
            WantedKind(number, package, kind, key, first, last)
            for package, kind in kinds_said(kinds, said)
            if package in packages
            for key in sorted(keys)
            if key.startswith(key_of(package, ""))
        ]
    out = {}
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


def _as_told(item: Item, row: ReferenceRow, known: Known) -> Meant | None:
    """A number with the place and days of an incident; None where it has both already."""
    days, period = row.period, own_period(item.claim)
    assert days is not None
    keys = frozenset(known.finder.keys_of(row.package, row.places[:1]))
    inside = keys & item.place.keys or known.places.within(keys, item.place.keys)
    if not inside or (keys == item.place.keys and period == days):
        return None
    of_some = period is not None and not (period.covers(days) or is_told_of_all(item, row))
    return None if of_some else _with_days(item, row, keys, False)


def _with_days(item: Item, row: ReferenceRow, keys: frozenset[str], bears_out: bool) -> Meant:
    days, claim = row.period, item.claim
    assert days is not None
    time = claim.time or ClaimTime(start=None, end=None, timex=None, date_start=None, date_end=None)
    basis = "discourse" if time.basis == "document" else time.basis
    time = replace(time, date_start=days.start, date_end=days.end, basis=basis)
    place = replace(item.place, keys=keys, stated=True, basis="sentence")
    return Meant(replace(claim, time=time), place, bears_out)


# ----------------------------------------------------------------------------------------------------
# Counts of rows: how many attacks, rounds of talks or resolutions a table holds.


def _counted_days(item: Item) -> tuple[date, date] | None:
    """The days within which a claim counts what happened: its own time, up to the day of the text; all until
    then, where it says "so far"."""
    period, written = own_period(item.claim), item.document.date
    dated = item.claim.time is not None and item.claim.time.basis != "document"
    so_far = any(p.lemma in word_set("until today") for p in item.proposition.parts)
    if so_far and not dated and written is not None:
        return date.min, written
    if period is None or period.start is None or period.end is None:
        return None
    goes_on = written is not None and period.start <= written <= period.end
    return period.start, written if goes_on and written is not None else period.end


def _kind_counted(
    proposition: Proposition, concepts: Sequence[Concepts], kinds: Sequence[str]
) -> tuple[str, set[int]] | None:
    """The narrowest kind of a table that a number counts, and the words that say so: the noun it counts
    ("22 drone strikes"), what a number is of ("the number of strikes"), or how often ("struck ten times")."""
    parts = proposition.parts
    often = any(p.role == "head" and p.is_head and p.lemma in word_set("occasions") for p in parts)
    head = next((at for at, p in enumerate(parts) if p.role == "head" and p.is_head), None)
    best: tuple[int, str, set[int]] | None = None
    for kind in kinds:
        words = [w for w in WORD.findall(kind) if w.lower() not in ("of", "the", "a")]
        needs = [concepts_of(w) for w in words]
        where: set[int] = set()
        for need in needs:
            here = {
                at
                for at, c in enumerate(concepts)
                if c & need and not parts[at].context and parts[at].level <= 2
            }
            if not here:
                break
            where |= here
        else:
            counted = head is not None and head in where and any(concepts[head] & need for need in needs)
            told = head is None and any(parts[at].role in ("subject", "of", "noun") for at in where)
            if not (counted or told or often):
                continue
            if best is None or len(needs) > best[0]:
                best = (len(needs), kind, where | ({head} if head is not None else set()))
    return None if best is None else (best[1], best[2])


class CountMatcher:
    """Counts the rows of what a number counts."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def match(self, items: Sequence[Item]) -> None:
        """How many rows there are of what a claim counts: attacks, rounds of talks, resolutions."""
        if not self._known.countables:
            return
        wanted: list[tuple[int, str, str, str, str, str | None, date, date]] = []
        deeds: list[tuple[int, str]] = []
        for number, item in enumerate(items):
            days = _counted_days(item)
            counts = item.claim.quantity is not None and item.claim.quantity.kind == "number"
            if days is None or not counts or is_indefinite(item):
                continue
            parts, concepts = read(item.claim)
            for (package, resource, counted_as), kinds in self._known.countables.items():
                found = _kind_counted(item.proposition, concepts, kinds)
                if found is None:
                    continue
                kind, explained = found
                said = of_text(f"{kind} {counted_as}")
                explained |= set(item.place.parts)
                explained |= speaker_parts(parts) | {at for at, c in enumerate(concepts) if c & said}
                verbs = verbs_of_kind(f"{kind} {counted_as}") | stem_set("tells that it was")
                explained |= {
                    at for at, p in enumerate(parts) if p.role == "predicate" and stem(p.lemma) in verbs
                }
                left = unexplained(
                    tuple(parts), explained, frozenset({"suspected", "fighting"}), item.between
                )
                other_verb = any(
                    p.role == "predicate" and not p.context and at not in explained
                    for at, p in enumerate(parts)
                )  # fmt: skip
                left_out = left or []
                if left_out or other_verb or item.proposition.share == "part":
                    continue
                here = sorted(k for k in item.place.keys if k.startswith(key_of(package, "")))
                if item.place.stated and not here:
                    continue
                keys: list[str | None] = list(here) if item.place.stated or here else [None]
                wanted += [(number, package, resource, counted_as, kind, k, *days) for k in keys]
        for count in self._known.finder.counts(wanted, sorted(set(deeds))):
            item = items[count.claim]
            own = all(self._known.signatories.are_alone_behind(s, item.document) for s in count.sources)
            written = None if count.place is None else self._known.finder.written(count.place)
            mine = sorted({a for n, a in deeds if n == count.claim})
            row = count_row(count, written, None if count.place is None else item.place.text, own, mine)
            everywhere = count.place is not None or count.complete or bool(mine)
            item.candidates.append(Candidate(row=row, place="same", unique=everywhere))
