"""What rows of incidents come to: how many there are, and what their numbers add up to.

A text says when, where and of whom; the incidents of a table of which that holds are counted, and their
numbers added, as a row of figures would tell it. Of a table too large to be held nothing is added up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from claimcheck.judging.relations import unit_named
from claimcheck.linking.levels import SLOTS, Levels
from claimcheck.linking.rows import Portrait
from claimcheck.model import Period

_LEAST = 0.2  # of a measure's words, that its numbers are added up
_MOST = 400  # incidents that are added up


@dataclass(frozen=True, slots=True)
class Total:
    """What incidents come to, as a row; the incidents, and the levels by which they were chosen."""

    row: Portrait
    parts: tuple[Portrait, ...]
    chosen: dict[str, str]

    @property
    def is_count(self) -> bool:
        """Whether the incidents are counted."""
        return self.row.measure is None

    def levels(self, levels: Levels) -> dict[str, str]:
        """The levels of the row by slot; a count is of what its table's rows are called."""
        noted = {slot: level(levels, self.row) for slot, level in SLOTS.items()}
        if self.is_count:
            noted |= _COUNTED[self.chosen["noun"]]
        return noted


_COUNTED = {
    "called so": {"measure": "all", "against": "first", "counted": "counted"},
    "of some rows": {"measure": "most", "against": "first", "counted": "of the measure"},
    "said beside": {"measure": "much", "against": "close", "counted": "another word"},
    "not said": {"measure": "none", "against": "far behind", "counted": "another word"},
}
"""The levels of a count by how its noun is said."""


def totals(levels: Levels) -> Iterator[Total]:
    """What the incidents come to that a claim may mean, by its time, its places and all else that it names."""
    nouns = levels.nouns_said
    for (package, table), incidents in levels.book.incidents.items() if levels.of_number else ():
        seen: set[tuple[str, ...]] = set()
        called = levels.book.called[package, table]
        for when, window in _windows(levels):
            inside = [rows for rows in incidents if _is_in(window, rows[0].days)]
            for how, chosen in _chosen(levels, inside, nouns - called):
                keys = tuple(rows[0].row.row_id for rows in chosen)
                if 1 < len(chosen) <= _MOST and keys not in seen:
                    seen.add(keys)
                    noun = (
                        "called so" if nouns & called else "of some rows" if how["noun"]
                        else "said beside" if called & levels.concepts_beside else "not said"
                    )  # fmt: skip
                    yield from _of_rows(chosen, window, {"when": when, **how, "noun": noun}, levels)


def _windows(levels: Levels) -> Iterator[tuple[str, Period]]:
    """The times that a claim may mean, with how they are told: its own, up to it, and up to the document."""
    own, written = levels.period, levels.frame.written
    if own is not None and own.days != 1:
        yield f"said{levels.carried}", own
    last = own.end if own is not None and own.end is not None else written
    if last is not None:
        yield "of the year", Period(date(last.year, 1, 1), last)
        yield "until then", Period(None, last)


def _is_in(window: Period, days: Period | None) -> bool:
    return days is not None and window.covers(days)


Rows = Sequence[Portrait]
"""One incident: a row of each of its measures."""


def _chosen(
    levels: Levels, incidents: Sequence[Rows], nouns: frozenset[str]
) -> Iterator[tuple[dict[str, str], list[Rows]]]:
    """The incidents of which holds what the sentence names, and those of which that holds with what stands
    before it; with how they were chosen."""
    of_noun = [rows for rows in incidents if rows[0].words & nouns]
    noun = "of some" if 0 < len(of_noun) < len(incidents) else ""
    found = of_noun if noun else list(incidents)
    for carried in (False, True):
        how, kept = {"noun": noun}, found
        for slot, holds in FACETS.items():
            said = levels.nearest_places(carried) if slot == "place" else levels.values_beside(carried)
            mine = [rows for rows in kept if not said.isdisjoint(holds(levels, rows[0]))]
            how[slot] = "all" if not said or not mine else "some" if len(mine) < len(kept) else "all, said"
            kept = mine or kept
        yield {**how, "carried": str(carried)}, kept
    yield {"noun": noun, **dict.fromkeys(FACETS, "all"), "carried": "all"}, found


FACETS: Mapping[str, Callable[[Levels, Portrait], Iterable[object]]] = {
    "place": lambda levels, row: {*row.places, *levels.book.wider(row)},
    "actor": lambda levels, row: () if row.actor is None else (row.actor,),
    "cells": lambda levels, row: row.cells,
}
"""What of an incident may be named."""


def _of_rows(
    chosen: Sequence[Rows], window: Period, how: dict[str, str], levels: Levels
) -> Iterator[Total]:
    """How many incidents there are, and what each of their measures adds up to."""
    parts, many = [rows[0] for rows in chosen], Decimal(len(chosen))
    if how["noun"] != "not said" or "some" in (how["place"], how["actor"], how["cells"]):
        yield Total(_as_a_row(parts, None, (many, many), window), tuple(parts), how)
    for measure in dict.fromkeys(row.measure for rows in chosen for row in rows):
        mine = [row for rows in chosen for row in rows if row.measure == measure and row.number is not None]
        if measure is not None and len(mine) > 1 and levels.scores.get(measure, 0.0) >= _LEAST:
            ends = [[n for n in (p.row.low, p.row.best, p.row.high) if n is not None] for p in mine]
            whole = sum(map(min, ends), Decimal(0)), sum(map(max, ends), Decimal(0))
            yield Total(_as_a_row(mine, measure[1], whole, window), tuple(mine), how)


def _as_a_row(
    parts: Sequence[Portrait], measure: str | None, whole: tuple[Decimal, Decimal], window: Period
) -> Portrait:
    """What incidents come to, from the least to the most, as a row: of what all of them have alike."""
    like, (low, high) = parts[0], whole
    days = [row.days for row in parts if row.days is not None]
    start = window.start or min((d.start for d in days if d.start is not None), default=None)
    end = window.end or max((d.end for d in days if d.end is not None), default=None)
    best = low if low == high else None
    row = replace(
        like.row, row_id=", ".join(part.row.row_id for part in parts), kind="figure", name=None, names=(),
        label=None, measure=measure, unit=like.row.unit if measure else None, low=low, best=best, high=high,
        first=None if start is None else Period.day(start), last=None if end is None else Period.day(end),
        as_of=None, quote=None, number=None,
    )  # fmt: skip
    named = None if row.unit is None else unit_named(row.unit)
    many = Decimal(1) if named is None else named.many
    return replace(
        like, row=row, measure=like.measure if measure else None, names=(), days=Period(start, end),
        words=frozenset.intersection(*(part.words for part in parts)),
        cells=tuple(cell for cell in like.cells if all(cell in part.cells for part in parts)),
        actor=like.actor if all(part.actor == like.actor for part in parts) else None,
        places=tuple(place for place in like.places if all(place in part.places for part in parts)),
        numbers=(low * many, None if best is None else best * many, high * many),
        number=(low + high) / 2 * many,
    )  # fmt: skip
