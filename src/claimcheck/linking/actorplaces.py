"""Where a deed was, told by who did it and when: a party's seats "on 23 February 2025" are those of the
election of that day, a museum's visitors those at the place where it is.

Only where the table leaves no choice: all rows of the actor are of one place, and all figures of the day too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from claimcheck.linking.candidates import Tables

_ROWS = """
SELECT row.row_number, row.package, row.actor, row.first_start AS day, place.key
FROM linked_row AS row
JOIN linked_place AS place USING (row_number)
WHERE row.kind = 'figure' AND place.depth = 0 AND row.first_start = row.last_end
ORDER BY ALL
"""
_ACTORS_ELSEWHERE = """
SELECT DISTINCT row.package, row.actor, place.key
FROM linked_row AS row
JOIN linked_place AS place USING (row_number)
WHERE row.actor IS NOT NULL AND place.depth = 0
"""


class ActorPlaces:
    """The places of figures of one day, by who they are of."""

    def __init__(self, store: Tables) -> None:
        rows = store.rows(_ROWS)
        self._of_day = _sets((r["package"], r["day"], r["row_number"], r["key"]) for r in rows)
        elsewhere: dict[tuple[str, str], set[str]] = defaultdict(set)
        for r in store.rows(_ACTORS_ELSEWHERE):
            elsewhere[r["package"], r["actor"]].add(r["key"])
        self._of_actor: Mapping[tuple[str, str], set[str]] = elsewhere
        self._days = {(r["package"], r["actor"], r["day"]) for r in rows if r["actor"] is not None}

    def are_of(self, actors: Sequence[str], place: Collection[str]) -> bool:
        """Whether all rows of these actors are of one place, a key of which is among these."""
        found = [keys for (_, actor), keys in self._of_actor.items() if actor in actors]
        return bool(found) and all(keys <= set(place) for keys in found)

    def are_within(
        self, actors: Sequence[str], place: Collection[str], contains: Callable[[Collection[str], str], bool]
    ) -> bool:
        """Whether these actors have rows at a place, and all their rows are there or at places within it."""
        found = [keys for (_, actor), keys in self._of_actor.items() if actor in actors]
        inside = all(key in place or contains(place, key) for keys in found for key in keys)
        return inside and any(not keys.isdisjoint(place) for keys in found)

    def standing(self, actors: Sequence[str]) -> frozenset[str]:
        """The keys of the one place of which all rows of these actors are, none where there are several or a
        figure is of one day: where a museum is, but not where a party won its seats."""
        found = [(who, keys) for who, keys in self._of_actor.items() if who[1] in actors]
        daily = {(package, actor) for package, actor, _ in self._days}
        if not found or any(who in daily for who, _ in found):
            return frozenset()
        places = {frozenset(keys) for _, keys in found}
        return next(iter(places)) if len(places) == 1 and len(next(iter(places))) == 1 else frozenset()

    def keys(self, actors: Sequence[str], day: date) -> frozenset[str]:
        """The keys of the one place where the actors had a figure on a day, none where there are several."""
        out: set[frozenset[str]] = set()
        for package, actor, known in self._days if actors else ():
            if actor not in actors or known != day:
                continue
            places = self._of_day[package, day]
            if len(places) != 1 or not self._of_actor[package, actor] <= next(iter(places)):
                return frozenset()
            out |= places
        return next(iter(out)) if len(out) == 1 else frozenset()


def _sets(rows: Iterable[tuple[str, Any, int, str]]) -> dict[tuple[str, Any], set[frozenset[str]]]:
    """The places of each package and day, each as the keys of a row."""
    keys: dict[tuple[str, Any, int], set[str]] = defaultdict(set)
    for package, day, number, key in rows:
        keys[package, day, number].add(key)
    out: dict[tuple[str, Any], set[frozenset[str]]] = defaultdict(set)
    for (package, day, _), found in keys.items():
        out[package, day].add(frozenset(found))
    return out
