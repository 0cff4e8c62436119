"""What incidents come to: how many there are, what their numbers add up to, as rows that a claim may mean.

A text says when, where and of whom; the incidents of a table of which that holds are counted and their
numbers added, and the result is weighed as a row of figures is.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import accumulate

import numpy as np

from claimcheck.linking.columns import Chosen, columns_of
from claimcheck.linking.levels import Levels
from claimcheck.linking.rows import Book, Measured, Portrait, begins, stated_by
from claimcheck.model import Period, countable

_LEAST = 0.2  # of what a text says of a measure, that its numbers are added up
_MOST, _LOOKED_AT = 400, 1000  # incidents that are added up, and among which these are looked for
_KEPT = 20_000  # of such rows, until they are made anew
_ROOM = 4_000  # characters for the keys of what is added up
_Incident = Sequence[Portrait]
"""A row of each of its measures."""


def rows_of(levels: Levels, of_number: bool) -> Chosen:
    """The rows that a claim may mean, behind those of its book what incidents come to."""
    return levels.once(("rows", of_number), lambda: _rows_of(levels, columns_of(levels.book, of_number)))


def _rows_of(levels: Levels, chosen: Chosen) -> Chosen:
    if not levels.of_number or not levels.book.incidents:
        return chosen
    at, rows, known = [], chosen.whole.rows, chosen.whole.totals
    for key, made in _totals(levels):
        if key not in known:
            known[key] = len(rows)
            rows.append(made())
        at.append(known[key])
    return Chosen(chosen.whole, np.concatenate((chosen.at, np.array(at, dtype=np.int64))))


def forget(book: Book) -> None:
    """Begin anew where many such rows were made."""
    if book.whole is not None and len(book.whole[0].totals) > _KEPT:
        book.whole = None
        book.columns.clear()


def _totals(levels: Levels) -> Iterator[tuple[tuple[object, ...], Callable[[], Portrait]]]:
    """What incidents come to, by the time that a claim may mean, and by the places and all else that the text
    names; with what tells it apart."""
    nouns = levels.nouns_said
    for (package, table), incidents in levels.book.incidents.items():
        word, called = levels.book.called[package, table]
        seen: set[tuple[str, ...]] = set()
        for window in _windows(levels):
            inside = _within(incidents, window)
            of_noun = [rows for rows in inside if rows[0].words & nouns - called]
            named = nouns - called if 0 < len(of_noun) < len(inside) else frozenset[str]()
            for chosen in _chosen(levels, of_noun if named else inside):
                keys = tuple(rows[0].row.row_id for rows in chosen)
                if 1 < len(chosen) <= _MOST and keys not in seen:
                    seen.add(keys)
                    counted = levels.nouns[0] if named else word
                    measure = levels.book.counting(package, counted, called | named)
                    yield from _of_rows(levels, chosen, window, measure)


def _within(incidents: Sequence[_Incident], window: Period) -> list[_Incident]:
    """Those of incidents, the first begun first, that lie in a time; none where very many might."""
    first, last = window.start or date.min, window.end or date.max
    mine = incidents[bisect_left(incidents, first, key=_begun) : bisect_right(incidents, last, key=_begun)]
    few = mine if len(mine) <= _LOOKED_AT else ()
    return [one for one in few if one[0].days and window.covers(one[0].days)]


def _begun(incident: _Incident) -> date:
    return begins(incident[0])


def _windows(levels: Levels) -> Iterator[Period]:
    """The times that a claim may mean: its own; where it says none, or which incident it is, the year up to
    then or to the document, and all up to that."""
    own, written = levels.period, levels.frame.written
    if own is not None:
        yield own
    last = own.end if own is not None and own.end is not None else written
    if last is not None and (own is None or levels.claim.kind == "rank"):
        yield Period(date(last.year, 1, 1), last)
        yield Period(None, last)


_FACETS: Sequence[Callable[[Levels, Portrait], Iterable[object]]] = (
    lambda levels, row: {*row.places, *levels.book.wider(row)},
    lambda levels, row: () if row.actor is None else (row.actor,),
    lambda levels, row: row.cells,
)
"""What of an incident a text may name."""


def _chosen(levels: Levels, incidents: Sequence[_Incident]) -> Iterator[list[_Incident]]:
    """The incidents of which holds what the sentence names, then those of which holds what stands before it
    as well, then all."""
    for carried in (False, True):
        kept = list(incidents)
        for n, holds in enumerate(_FACETS):
            said = levels.values_beside(carried) if n else levels.nearest_places(carried)
            mine = [rows for rows in kept if not said.isdisjoint(holds(levels, rows[0]))]
            kept = mine or kept
        yield kept
    yield list(incidents)


def _of_rows(
    levels: Levels, chosen: Sequence[_Incident], window: Period, measure: Measured
) -> Iterator[tuple[tuple[object, ...], Callable[[], Portrait]]]:
    parts, many = [rows[0] for rows in chosen], Decimal(len(chosen))
    if levels.book.counts[measure] & (levels.nouns_said | levels.concepts_beside):
        yield _made(parts, measure, None, (many, many), window)
    for known in dict.fromkeys(row.measure for rows in chosen for row in rows):
        mine = [row for rows in chosen for row in rows if row.measure == known and row.number is not None]
        if known is not None and len(mine) > 1 and levels.scores.get(known, 0.0) >= _LEAST:
            ends = [[n for n in (p.row.low, p.row.best, p.row.high) if n is not None] for p in mine]
            whole = sum(map(min, ends), Decimal(0)), sum(map(max, ends), Decimal(0))
            if all(map(countable, whole)):
                yield _made(mine, known, mine[0].row.unit, whole, window)


def _made(
    parts: Sequence[Portrait], measure: Measured, unit: str | None, whole: tuple[Decimal, Decimal],
    window: Period,
) -> tuple[tuple[object, ...], Callable[[], Portrait]]:  # fmt: skip
    """What incidents come to, from the least to the most, as a row of what all of them have alike; where the
    table may lack some, more is not ruled out."""
    days = [row.days for row in parts if row.days is not None]
    start = window.start or min((d.start for d in days if d.start is not None), default=None)
    end = window.end or max((d.end for d in days if d.end is not None), default=None)
    key = array("Q", map(id, parts)).tobytes(), measure, start, end

    def made() -> Portrait:
        like, (low, high) = parts[0], whole
        row = replace(
            like.row, row_id=_named(parts), kind="figure", name=None, names=(), label=None,
            measure=measure[1], unit=unit, low=low, best=low if low == high else None,
            high=None if low == high and not all(part.row.complete for part in parts) else high,
            first=None if start is None else Period.day(start), last=None if end is None else Period.day(end),
            as_of=None, quote=None, number=None, url=None,
        )  # fmt: skip
        if any(part.source != like.source or part.row.source != row.source for part in parts):
            row = replace(row, source_id=None, source=None, reported_by=None, own=False)
        return replace(
            like, row=row, source=like.source if row.source else None, measure=measure, names=(), series=-1,
            days=Period(start, end), parts=tuple(parts),
            words=frozenset.intersection(*(part.words for part in parts)),
            cells=tuple(cell for cell in like.cells if all(cell in part.cells for part in parts)),
            actor=like.actor if all(part.actor == like.actor for part in parts) else None,
            places=tuple(place for place in like.places if all(place in part.places for part in parts)),
            **stated_by(row),
        )  # fmt: skip

    return key, made


def _named(parts: Sequence[Portrait]) -> str:
    """The keys of rows, those that find room: a table may have keys of a page each."""
    keys = [part.row.row_id for part in parts]
    many = sum(end <= _ROOM for end in accumulate(len(key) + 2 for key in keys))
    return ", ".join(keys[:many]) + (f" … ({len(keys)} in all)" if many < len(keys) else "")
