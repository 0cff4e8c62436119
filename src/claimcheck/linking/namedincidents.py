"""Incidents that have a name of their own in their table: "the Ridge Fire burned 48,200 acres".

A number told of such an incident is that of its row, wherever the table says it was, and no other row or sum
answers it. A label that several rows share ("drone strike") is a kind and no name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from claimcheck.judging.relations import Candidate, PlaceMatch, is_dated, own_period
from claimcheck.linking.actors import doer
from claimcheck.linking.candidates import CandidateFinder
from claimcheck.linking.claimlinks import PlaceFinder
from claimcheck.linking.items import Item, said_by
from claimcheck.linking.located import is_inside, is_located
from claimcheck.linking.matching import is_a_part
from claimcheck.linking.places import WORD, NameIndex
from claimcheck.linking.tableplaces import keys_of_row
from claimcheck.linking.words import is_calendar, nouns, stem
from claimcheck.model import Claim, ReferenceRow

_OF_IT = re.compile(r"\b(?:in|of|by|from|during|at|to|on)\s+(?:the\s+)?\Z", re.IGNORECASE)
_BESIDE = re.compile(r"[\w’'-]+\s+(?:the\s+)?\Z")
_WHICH = re.compile(r",\s(?:which|that)\s(?:\w+\s){1,3}(?:on|in)\s\Z")
_WHERE = re.compile(r"\b(?:in|over|near|at|off|into|outside)\s+(?:the\s+)?\Z")
_LEAD = 12
_SMALL = frozenset({"of", "the", "de", "la", "on", "in", "and", "at"})


Make = Callable[[Item, ReferenceRow, PlaceMatch], Candidate]


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    package: str
    key: str  # resource:row


class NamedIncidents:
    """The names of the incident tables, and the incidents that claims tell of by name."""

    def __init__(self, finder: CandidateFinder, index: NameIndex, places: PlaceFinder) -> None:
        self._finder = finder
        self._places = places
        self._names: dict[str, list[_Name]] = defaultdict(list)
        for package, key, name in finder.incident_names():
            words = tuple(WORD.findall(name))
            if _is_proper(name) and not index.lookup(name):
                self._names[words[0]].append(_Name(words, package, key))

    def told(self, items: Sequence[Item], make: Make) -> set[int]:
        """Give each claim whose number belongs to an incident that it names the row of that incident; the
        positions of these claims, which no other row and no sum answers."""
        named = {n: one for n, item in enumerate(items) if (one := self._named(item)) is not None}
        rows = self._finder.about(one.key for one in named.values())
        for number, one in named.items():
            item = items[number]
            wanted = {(m.package, m.measure) for m in item.measures}
            for row in rows[one.key]:
                if (row.package, row.measure) in wanted:
                    self._add(item, make(item, row, self._place(item, row)), one)
        return set(named)

    def _add(self, item: Item, candidate: Candidate, one: _Name) -> None:
        row = candidate.row
        if not candidate.same_unit or is_a_part(item, row, said_by(item, row)):
            item.counts_other = True
            return
        whole = _is_of_its_time(item, row)
        actor = "none" if _is_its_deed(item.claim, one) else candidate.actor
        item.candidates.append(replace(candidate, unique=True, named=whole, actor=actor))

    def _named(self, item: Item) -> _Name | None:
        """The one incident whose number a claim tells."""
        claim = item.claim
        if not self._names or claim.quantity is None or not item.measures:
            return None
        texts = [claim.text, *(link.text for link in (claim.subject, claim.actor) if link is not None)]
        found = {one: (text, at) for text in texts for one, at in self._in(text)}
        if len(found) != 1:
            return None
        [(one, (text, at))] = found.items()
        hangs = text is claim.text and _BESIDE.search(text[:at]) and not _OF_IT.search(text[:at])
        told = doer(claim) or ("" if claim.subject is None else claim.subject.text)
        return None if hangs and not any(one == other for other, _ in self._in(told)) else one

    def _in(self, text: str) -> list[tuple[_Name, int]]:
        words = [(found.group(), found.start()) for found in WORD.finditer(text)]
        plain = tuple(word for word, _ in words)
        return [
            (one, at)
            for i, (word, at) in enumerate(words)
            for one in self._names.get(word, ())
            if plain[i : i + len(one.words)] == one.words
        ]

    def _place(self, item: Item, row: ReferenceRow) -> PlaceMatch:
        """How the place that the clause states meets the incident's; a name alone is enough. A place that no
        table knows may be another."""
        keys, place, told = keys_of_row(row), item.place, item.claim.place
        if (
            keys
            and not place.keys
            and told is not None
            and told.text[:1].isupper()
            and not self._in(told.text)
        ):
            return "unstated"
        stated = bool(place.keys) and is_inside(place, item.claim) and is_located(place, item.claim)
        if not stated and keys and self._is_elsewhere(item, keys):
            return "mismatch"
        if not keys or not stated or any(place.keys & wider for wider in keys):
            return "same"
        return "contains" if self._places.contains(keys[0], next(iter(place.keys))) else "mismatch"

    def _is_elsewhere(self, item: Item, keys: Sequence[frozenset[str]]) -> bool:
        """Whether the sentence says that the incident was at another place: "Flight AB12 was shot down over
        Arvia, killing all 40". A place that the row has as well leaves it open."""
        text, context = item.document.text, item.claim.context
        named = [n for n in self._places.names(item.document, context.start, context.end) if n.keys]
        if any(n.keys & wider for n in named for wider in keys):
            return False
        if any(self._places.contains(keys[0], key) for n in named for key in n.keys):
            return False
        return any(_WHERE.search(text, max(context.start, n.start - _LEAD), n.start) for n in named)


def _is_proper(name: str) -> bool:
    """Whether a label is a name: several words, the main ones with a capital, or a capital and digits
    ("MH17"). A kind that is written so ("Drone Strike") and a month ("May 2018") are none."""
    words = [word for word in WORD.findall(name) if word.lower() not in _SMALL]
    if len(words) == 1:
        return any(c.isdigit() for c in words[0]) and words[0][0].isupper()
    kinds = nouns("deeds", "occurrences", "aircraft", "vehicles", "weapon_kinds", "describes")
    own = [w for w in words if w[0].isupper() and not is_calendar(w) and stem(w) not in kinds]
    return bool(own) and all(word[0].isupper() or word[0].isdigit() for word in words)


def _is_of_its_time(item: Item, row: ReferenceRow) -> bool:
    """Whether a claim is of all that the incident was: it states no time, one in which it lies, or only when
    it began ("the Ridge Fire, which started on 14 July, burned …")."""
    claim, text = item.claim, item.document.text
    period, own, time = own_period(claim), row.period, claim.time
    if not is_dated(claim) or period is None or own is None or time is None or period.covers(own):
        return True
    start = claim.context.start if time.start is None else time.start
    return period == row.first and _WHICH.search(text, claim.context.start, start) is not None


def _is_its_deed(claim: Claim, one: _Name) -> bool:
    """Whether what is told to have done it is the incident itself."""
    told = WORD.findall(doer(claim) or "")
    return bool(told) and frozenset(told) <= {*one.words, "the", "The"}
