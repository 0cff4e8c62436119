"""Which single incident a claim of one day tells of: the day, and a place that the text names near by.

The nearest in place counts; where several are equally near, all stay. A text that means a part of a place
("east Tarn") finds the incidents of the place too, as ones that may have been elsewhere in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from claimcheck.judging.relations import Candidate, PlaceMatch, own_period
from claimcheck.linking.candidates import CandidateFinder
from claimcheck.linking.claimlinks import PlaceFinder
from claimcheck.linking.found import Near
from claimcheck.linking.incidents import is_of_the_incident, is_there
from claimcheck.linking.items import Item
from claimcheck.linking.tableplaces import keys_of_row
from claimcheck.model import ReferenceRow

LONG_DOCUMENT = 8000
"""Characters: in a longer text an incident's place is looked for in the claim's paragraph only."""
_MOST = 5  # incidents shown where several are equally near

Made = Callable[[Item, ReferenceRow, PlaceMatch], Candidate]


def add_incidents(items: Sequence[Item], finder: CandidateFinder, places: PlaceFinder, made: Made) -> None:
    """Give the claims of one day that nothing else answers their incidents. `made`: a row as a candidate."""
    days: list[tuple[int, str, str | None, date, date]] = []
    names: list[tuple[int, str, bool]] = []
    for number, item in enumerate(items if finder.incident_packages else ()):
        period = own_period(item.claim)
        if item.candidates or period is None or period.start is None or period.days != 1:
            continue
        days += [(number, m.package, m.measure, period.start, period.start) for m in item.measures]
        names += [(number, key, is_whole) for key, is_whole in _named_near(item, places).items()]
    told: set[tuple[int, str | None]] = set()  # later numbers of a text are mostly parts of the first
    for number, found in sorted(finder.incidents(days, names).items()):
        there = [near for near in found if is_there(items[number], near.row)]
        best, place = _nearest(there or found)
        place = place if there else "contains"  # the text may mean another place: shown, and nothing decided
        if any(_is_elsewhere(items[number], row, places) for row in best):
            place = "contains"
        for row in best[:_MOST]:
            part = (id(items[number].document), row.measure)
            unique = len(best) == 1 and part not in told
            told.add(part)
            named = unique and place != "contains" and is_of_the_incident(items[number], row)
            candidate = made(items[number], row, place)
            items[number].candidates.append(replace(candidate, unique=unique, named=named))


def _is_elsewhere(item: Item, row: ReferenceRow, places: PlaceFinder) -> bool:
    """Whether a sentence of several days puts the claim at a known place that has nothing to do with the
    row's: "12 died in Tarn on 3 May and nine in Arvia on 4 May" has no twelve in Arvia."""
    mine, sentence, theirs = item.place, item.claim.context, keys_of_row(row)
    days = {
        c.time.timex for c in (item.claim, *item.beside) if c.time is not None and c.time.start is not None
    }
    if len(days) < 2 or not mine.keys or not theirs or not sentence.start <= mine.at < sentence.end:
        return False
    if any(mine.keys & keys for keys in theirs):
        return False
    return not any(places.contains(theirs[0], key) for key in mine.keys)


def _nearest(found: Sequence[Near]) -> tuple[list[ReferenceRow], PlaceMatch]:
    """The incidents at the narrowest place, most of whose places are named; one whose whole place is meant
    before one of which only a part is."""

    def how_far(near: Near) -> tuple[int, bool, int]:
        return near.depth, not near.is_whole, -near.named

    least = min(map(how_far, found))
    best = [near.row for near in found if how_far(near) == least]
    if least[1]:
        return best, "contains"
    return best, "same" if least[0] == 0 and len(best) == 1 else "inside"


def _named_near(item: Item, places: PlaceFinder) -> dict[str, bool]:
    """The places named around a claim, by key, and whether the text means the whole place."""
    text, at = item.document.text, item.claim.context
    start, end = 0, len(text)
    if len(text) > LONG_DOCUMENT:
        start, end = max(at.start - LONG_DOCUMENT, text.rfind("\n\n", 0, at.start), 0), at.end
    named = places.names(item.document, start, end)
    parts = {key: False for n in named for key in n.part_of}
    return parts | {key: True for n in named for key in n.keys}
