"""The happening that a number is told of, and its rows: by its name, or by one of its days.

"Cyclone Ara killed 310 people in Tarn" asks for the rows of that storm; "the flood that struck Tarn on 14
May killed 61" for the flood of 14 to 17 May. A day on which they died is no name of the whole: "on 15 May
the flood killed 12".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimcheck.judging.relations import own_period
from claimcheck.matching.accounting import stem_set
from claimcheck.matching.concepts import Concepts, concepts_of, of_words
from claimcheck.matching.events import kinds_of, read
from claimcheck.matching.found import WantedKind
from claimcheck.matching.item import Item
from claimcheck.matching.known import Known
from claimcheck.model import ReferenceRow
from claimcheck.propositions.stems import stem
from claimcheck.reference.table_places import key_of, keys_of_row
from claimcheck.wording.sentences import sentence_around


def rows_of_named(items: Sequence[Item], known: Known) -> dict[int, list[ReferenceRow]]:
    """The figures and incidents of the one happening that the sentence of each item names."""
    named: dict[int, tuple[str, str]] = {}
    for number, item in enumerate(items):
        rows = [m.candidates[0] for m in item.happenings if len(m.candidates) == 1]
        keys = {(r.package, r.key) for r in rows}
        if len(keys) == 1:
            named[number] = keys.pop()
    found = known.finder.of_events(named.values())
    out = {number: found[key] for number, key in named.items() if key in found}
    called = {n: key for n, item in enumerate(items) if n not in out and (key := _called(item, known))}
    about = known.finder.about(key.partition("|")[2] for key in called.values())
    for number, key in called.items():
        package, _, row = key.partition("|")
        out[number] = [r for r in about[row] if r.package == package]
    return out


def _called(item: Item, known: Known) -> str | None:
    """The key of the one incident that a clause calls by its own name, of which its kind is a part: "the
    *Marsh Fire* burned 12 barns"; not by that of whom it befell. Where it goes on with "it", that which the
    sentence before calls so."""
    keys = _keys_called(item, known) if item.fits else frozenset()
    if not keys and item.fits and item.previous and is_told_again(item):
        keys = _keys_called(item.previous[0], known)
    return next(iter(keys)) if len(keys) == 1 else None


def _keys_called(item: Item, known: Known) -> frozenset[str]:
    context = item.claim.context
    found = known.label_names.named_in(item.document, context.start, context.end)
    return frozenset().union(*(n.keys for n in found if _says_its_kind(n.text, known)))


def is_told_again(item: Item) -> bool:
    """Whether a clause tells of what the sentence before tells of: what "it" did, or "the *disaster*"."""
    parts = item.proposition.parts
    near = [p for p in parts if p.is_head and not p.context]
    did = [p for p in near if p.role in ("subject", "agent")]
    again = any(stem(p.lemma) in stem_set("told of again") for p in near if p in did or p.prep in _BY_IT)
    return again or (not did and item.proposition.role == "object")


_BY_IT = ("in", "by", "from")


def _says_its_kind(name: str, known: Known) -> bool:
    """Whether a name ends with what its package counts its rows as: "Marsh *Fire*"."""
    last = concepts_of(name.split()[-1])
    return any(last & concepts_of(counted.split()[-1]) for _, _, counted in known.countables)


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
            for package, kind in known.kinds
            if all(concepts_of(w) & said for w in kind.split())
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


def _said_at_its_date(item: Item) -> Concepts:
    """What the sentence says from which a number's time is carried: "The *fire* was out on 14 May. … In all,
    310 people had fled"."""
    time = item.claim.time
    if time is None or time.start is None or time.basis != "discourse":
        return frozenset()
    return of_words(sentence_around(item.document, time.start))


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
