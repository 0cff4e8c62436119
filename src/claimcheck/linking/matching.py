"""How a claim meets a row that was found for it: what both count, where, and whose deed it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from claimcheck.judging.relations import ActorMatch, PlaceMatch
from claimcheck.linking.actors import actor_match, doer, is_of_authority, names_a_party
from claimcheck.linking.candidates import public_key
from claimcheck.linking.claimlinks import PlaceLink
from claimcheck.linking.deaths import is_of_a_cause
from claimcheck.linking.items import Item, said_by
from claimcheck.linking.kinds import is_what_is_measured, same_unit
from claimcheck.linking.located import is_inside, is_located
from claimcheck.linking.narrowing import is_narrowed_down
from claimcheck.linking.narrowing_words import words_of_row
from claimcheck.linking.owners import is_the_source, owner_match
from claimcheck.linking.peoples import are_others
from claimcheck.linking.places import WORD, NameIndex
from claimcheck.linking.scales import can_be_a_value
from claimcheck.linking.sorts import is_an_accident
from claimcheck.linking.tableplaces import keys_of_row
from claimcheck.linking.totals import LONG, is_some_of_them
from claimcheck.model import Claim, ReferenceRow


def counts_the_same(item: Item, row: ReferenceRow) -> bool:
    """Whether a claim's number is of the kind of the row's. What the words say is asked once for all rows
    that differ in their numbers, places and days alone."""
    said = said_by(item, row)
    period = row.period if row.kind == "figure" else None
    short = period is not None and (period.days or LONG) < LONG
    alike = (row.package, row.kind, row.measure, row.unit, row.measure_type, row.label, row.actor, short)
    key = (*alike, row.raw.get("counted_as"), id(item.place))
    if key not in item.counts:
        item.counts[key] = _says_the_same(item, row, said)
    return item.counts[key] and can_be_a_value(item.claim, item.document, row, said)


def _says_the_same(item: Item, row: ReferenceRow, said: frozenset[str]) -> bool:
    quantity, where = item.claim.quantity, item.place.text
    if quantity is not None and are_others(quantity, item.document.text, where) and not _names_them(row):
        return False
    if not same_unit(item.claim, row, item.document, said):
        return False
    if row.kind == "figure":
        return not is_a_part(item, row, said)
    return not is_an_accident(item.claim, row, said | words_of_row(row.measure, row.unit))


def is_a_part(item: Item, row: ReferenceRow, said: frozenset[str]) -> bool:
    """Whether the words around a claim's number make it a part of what a figure counts."""
    where = (item.place.text, item.place.at)
    return (
        is_narrowed_down(item.claim, item.document.text, row, said, where)
        or is_of_a_cause(item.claim, item.document.text, row, said)
        or is_some_of_them(item.claim, item.document, row, said, where[0])
    )


def _names_them(row: ReferenceRow) -> bool:
    """Whether a row's measure is of one people itself ("Syrian refugees")."""
    return any(word[0].isupper() for word in WORD.findall(row.measure or "")[:1])


def place_of_figure(row: ReferenceRow, item: Item) -> PlaceMatch:
    """How the place of a figure that was found for a claim meets the claim's."""
    if row.places:
        return "same"
    located = is_inside(item.place, item.claim) and is_located(item.place, item.claim)
    return "row_silent" if located else "none"


def packages_of_several(place: PlaceLink, containers: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The packages in which a place's name is that of several rows of the gazetteer, none within another: two
    towns called Springfield."""
    if len(place.keys) < 2:
        return frozenset()
    found: set[str] = set()
    for one, other in combinations(sorted(k for k in place.keys if public_key(k) is not None), 2):
        package = one.split("|", 1)[0]
        nested = other in containers.get(one, ()) or one in containers.get(other, ())
        if package == other.split("|", 1)[0] and not nested:
            found.add(package)
    return frozenset(found)


def deed_of(item: Item, row: ReferenceRow, known: frozenset[str], index: NameIndex) -> ActorMatch:
    """Whose deed it was; what is measured does none ("temperatures reached 48.8 degrees"), unless it is
    somebody's ("a rebel gas attack")."""
    claim = item.claim
    if claim.actor is not None and is_what_is_measured(claim, row, said_by(item, row)):
        by_itself = doer(claim) in (None, claim.actor.text)
        if by_itself and not names_a_party(claim.actor.text, known, index):
            return _whose(item, row, known, index) if row.actor else "none"
    if row.kind == "incident" and _is_its_label(claim, row):
        return "row_only" if row.actor else "none"
    match = actor_match(claim, row.actor, known, index)
    if match == "claim_only" and row.period is not None and is_of_authority(claim, index):
        return "none"
    if match == "claim_only" and is_the_source(claim, row, said_by(item, row), index):
        return "none"
    return _whose(item, row, known, index) if match == "row_only" and row.actor else match


def _is_its_label(claim: Claim, row: ReferenceRow) -> bool:
    """Whether the clause's actor is no party, but what an incident is labelled with: the ship that sank, the
    rocket that flew."""
    told = [] if claim.actor is None else WORD.findall(claim.actor.text)
    return bool(told) and told[0][0].isupper() and frozenset(told) <= frozenset(WORD.findall(row.label or ""))


def _whose(item: Item, row: ReferenceRow, known: frozenset[str], index: NameIndex) -> ActorMatch:
    """Whose the figure is where the claim tells of no deed."""
    if row.kind != "figure":
        return "row_only"
    return owner_match(item.claim, row, said_by(item, row), known, index)


def happened_at(rows: Iterable[ReferenceRow]) -> dict[str, frozenset[str]]:
    """The places of happenings, by the name of the happening."""
    out: dict[str, frozenset[str]] = {}
    for row in rows:
        if row.name is not None and row.places:
            keys = keys_of_row(row)[0]
            out[row.name] = out.get(row.name, frozenset()) | keys
    return out
