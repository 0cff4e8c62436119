"""Whether a number that is told to be reached by a rise or a fall fits the figure of the period before.

The number alone may be right while the sentence is not: "inflation rose to 2.2 per cent" where the table has
5.9 for the year before. Such a row decides nothing; its figure of the period before says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from claimcheck.judging.relations import number_relation, stated
from claimcheck.judging.spoken import spoken_period
from claimcheck.matching.candidates import CandidateFinder
from claimcheck.matching.item import Item
from claimcheck.model import ReferenceRow, plain
from claimcheck.wording.directions import way_reached


def mark_those_before(items: Sequence[Item], finder: CandidateFinder) -> None:
    """Mark the candidates whose number the claim states, but whose figure of the period before says that it
    moved the other way."""
    ways = ((n, direction(item)) for n, item in enumerate(items) if item.candidates)
    told = {n: way for n, way in ways if way is not None}
    wanted = [(n, c.row) for n in told for c in items[n].candidates if _states(items[n], c.row)]
    before: dict[tuple[int, str], list[ReferenceRow]] = {}
    for number, key, row in finder.before(wanted):
        before.setdefault((number, key), []).append(row)
    for number, way in told.items():
        item = items[number]
        for at, candidate in enumerate(item.candidates):
            earlier = before.get((number, candidate.row.key), ())
            if earlier and all(_moved_otherwise(candidate.row, row, way) for row in earlier):
                item.candidates[at] = replace(candidate, before=_stood(earlier[0]))


def direction(item: Item) -> Literal["up", "down"] | None:
    """Which way the text says that the claim's number was reached: "rose to 3", "3, down from 4"."""
    claim, quantity = item.claim, item.claim.quantity
    if quantity is None or claim.kind != "quantity" or not claim.asserted:
        return None
    others = (c.quantity.start for c in item.beside if c.quantity is not None)
    return way_reached(item.document, claim.context, quantity, others)


def _states(item: Item, row: ReferenceRow) -> bool:
    """Whether a figure has the number that the claim states."""
    interval = item.claim.interval
    return row.kind == "figure" and interval is not None and number_relation(interval, row) == "supports"


def _moved_otherwise(row: ReferenceRow, before: ReferenceRow, way: str) -> bool:
    """Whether a figure did not move that way from the one before: neither end of them leaves room for it."""
    now, then = stated(row), stated(before)
    if way == "up":
        return now.high is not None and then.low is not None and then.low >= now.high
    return now.low is not None and then.high is not None and then.high <= now.low


def _stood(row: ReferenceRow) -> str:
    number = row.best if row.best is not None else row.low if row.low is not None else row.high
    period = row.period or row.as_of
    when = "" if period is None else f" for {spoken_period(period)}"
    return f"{'' if number is None else plain(number)}{when} ({row.table} {row.row_id})"
