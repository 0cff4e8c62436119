"""Where a claim is that names no place of its own: of its actor, or of a people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claimcheck.judging.relations import is_dated, own_period
from claimcheck.linking.actorplaces import ActorPlaces
from claimcheck.linking.actors import as_deed_of
from claimcheck.linking.claimlinks import PlaceFinder, PlaceLink
from claimcheck.linking.items import Item
from claimcheck.linking.located import is_inside
from claimcheck.linking.peoples import state_of, states_of
from claimcheck.linking.places import WORD, NameIndex
from claimcheck.linking.words import is_calendar, nouns, stem
from claimcheck.model import Claim


class ImpliedPlaces:
    """The places that the tables and the words of a claim imply."""

    def __init__(self, finder: PlaceFinder, index: NameIndex, actors: ActorPlaces) -> None:
        self._finder = finder
        self._index = index
        self._actors = actors

    def of_people(self, item: Item) -> PlaceLink | None:
        """The state whose people's word stands before what is measured: "French unemployment"."""
        stems = frozenset(s for m in item.measures for s in m.stems)
        found = state_of(item.claim, item.document.text, stems)
        if found is None:
            return None
        span, names = found
        if is_inside(item.place, item.claim) and item.place.at > span.end:
            return None
        keys = frozenset(key for name in names for key in self._index.lookup(name))
        return PlaceLink(keys, span.of(item.document.text), True, at=span.start)

    def _home(self, actor: str) -> frozenset[str]:
        """The state whose people's word begins the name of an actor: Galdia of "the Galdian army"."""
        first = WORD.search(actor)
        names = states_of(first.group()) if first is not None and first.group()[0].isupper() else ()
        return frozenset(key for name in names for key in self._index.lookup(name))

    def of_actor(self, item: Item, deeds: Callable[[Claim], Sequence[str]]) -> PlaceLink | None:
        """Where the actor of a claim that names no place is by all that the table has of it, or had a figure
        on the claim's day. `deeds`: the actors of a claim as the tables write them."""
        period, link = own_period(item.claim), item.claim.actor
        if item.place.stated or link is None:
            return None
        actor = link.text
        named = [n for n in self._index.find(actor, 0, len(actor)) if n.entity == "place"]
        if len(named) == 1 and self._actors.are_of(deeds(item.claim), named[0].keys):
            return PlaceLink(named[0].keys, named[0].text, True)  # "Alden police killed two"
        home = self._home(actor) if names_nobody_else(item.claim) else None
        if home and self._actors.are_within(deeds(item.claim), home, self._finder.contains):
            return PlaceLink(home, actor, True)  # "the Galdian army"
        has = stem(item.claim.predicate or "") in nouns("owns")  # a museum, not who gave or hit
        alone = has and names_nobody_else(item.claim)
        if alone and (keys := self._actors.standing(deeds(as_deed_of(item.claim, actor)))):
            return PlaceLink(keys, None, False)
        if period is None or period.start is None or period.days != 1:
            return None
        keys = self._actors.keys(deeds(item.claim), period.start)
        return PlaceLink(keys, None, False) if keys and is_dated(item.claim) else None


def names_nobody_else(claim: Claim) -> bool:
    """Whether a clause has no name beside those of its actor and its speaker: a name that the tables do not
    know may be a place."""
    known = {w for link in (claim.actor, claim.speaker) if link is not None for w in WORD.findall(link.text)}
    first = claim.start == claim.context.start
    words = WORD.findall(claim.text)[1 if first else 0 :]
    return all(w in known or not w[0].isupper() or is_calendar(w) for w in words)
