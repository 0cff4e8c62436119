"""The rows that an operand of a comparison means, whatever its number, and how well operands go together.

Two sums: which row of the table answers an operand's sentence, learned from statements whose number was
covered ("row of an operand"); and which rows of all operands are compared with each other ("operands
together").
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

import numpy as np

from claimcheck.linking.account import Account
from claimcheck.linking.columns import compare
from claimcheck.linking.decide import barred, sum_of
from claimcheck.linking.levels import Levels
from claimcheck.linking.rows import Book, Portrait, begins
from claimcheck.linking.totals import rows_of
from claimcheck.linking.weights import OPERAND, Weights
from claimcheck.model import ReferenceRow

_FIRST = 6
"""Rows, the likeliest first, that an operand may mean."""
OF_NUMBER = ("value",)
"""The slot that a covered number leaves open."""
_LONGER = "around"
"""A time that is longer than a row's: of an incident others may be meant, too."""
_NEXT_TO = ("time", "place", "read place", "year", "name", "actor", "read actor")
"""Slots in which operands differ."""
_TOLD_APART = ("measure", "places", "actor", "table", "source_id", "label")
"""What rows of one series have alike."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A row that an operand may mean; how probable it is that it is meant, given that some row is; whether a
    slot or a word of the sentence bars to decide by it; its levels."""

    row: ReferenceRow
    share: float
    clear: bool
    levels: dict[str, str]
    parts: tuple[ReferenceRow, ...] = ()
    """The incidents that the row counts, or adds up."""
    is_count: bool = False
    series: tuple[ReferenceRow, ...] = ()
    """The rows of its series, its own among them, where these are asked for."""
    others: tuple[ReferenceRow, ...] = ()
    """Those of other places or bodies at its time, one of each."""

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the row, or of the incidents in it."""
        return frozenset(row.key for row in self.parts or (self.row,))


def meant(levels: Levels, weights: Weights, of_series: bool = False) -> list[Meant]:
    """The rows that an operand may mean, the likeliest first: by its number where the text gives one, else
    whatever it is. `of_series`: each with the others of its series, where it stands at the claim's time, or
    last."""
    compared = compare(levels, rows_of(levels, of_number=True))
    if not compared.rows:
        return []
    own = levels.claim.quantity
    given = own is not None and (own.low is not None or own.high is not None)
    sums, _ = compared.sums(sum_of(levels.claim) if given else OPERAND, weights)
    shares = np.exp(sums - sums.max())
    shares /= shares.sum()
    account, out = Account(levels), []
    for n in np.argsort(-shares, kind="stable")[:_FIRST].tolist():
        one, noted, share = compared.rows[n], compared.levels(n), float(shares[n])
        clear = not barred(noted, (*OF_NUMBER, "unit", "counted")) and not account.narrowing(one)
        clear = clear and (one.row.kind == "figure" or not noted["time"].startswith(_LONGER))
        parts = tuple(part.row for part in one.parts)
        written = levels.frame.written or date.max
        series = [p for p in levels.book.alike("series", one.series) if of_series and begins(p) <= written]
        if levels.period is None and begins(one) < max(map(begins, series), default=date.min):
            series = []  # by now
        others = _others(levels.book, one) if of_series and levels.book.few else ()
        told = tuple(p.row for p in series)
        out.append(Meant(one.row, share, clear, noted, parts, one.is_count, told, others))
    return out


def _others(book: Book, one: Portrait) -> tuple[ReferenceRow, ...]:
    """The rows of a row's table that tell its measure at its time of other places or bodies, one of each, as
    like its own as there is; no totals of those, and none where it is one itself."""
    alike = _told_of(one)
    told = [other for other in book.alike("measure", one.measure) if _told_of(other) == alike]
    around: frozenset[Hashable] = frozenset().union(*map(book.wider, told))
    mine, each = _of_whom(one), dict[Hashable, ReferenceRow]()
    for other in sorted(told, key=lambda p: (p.cells != one.cells, p.source != one.source)):
        if around.isdisjoint(other.places[:1]) and _of_whom(other) != mine:
            each.setdefault(_of_whom(other), other.row)
    return tuple(each.values()) if around.isdisjoint(one.places[:1]) else ()


def _told_of(one: Portrait) -> tuple[Hashable, ...]:
    return one.row.table, one.row.unit, one.days, one.places == (), one.actor is None


def _of_whom(one: Portrait) -> tuple[Hashable, ...]:
    return one.places[:1], one.actor, one.row.name


def beside(one: Meant, other: Meant, relation: str) -> list[tuple[str, str]]:
    """How the rows of two operands of a relation go together: the levels of a sum.

    Example:
        >>> beside(people_in_2019, people_in_2020, "change")
        [('rows', 'another'), ('unlike', '0'), ('apart', ''), ('apart, relation', 'change: ')]
    """
    unlike = [s for s, level in one.levels.items() if s not in _NEXT_TO and level != other.levels[s]]
    first, second = (attrgetter(*_TOLD_APART)(m.row) for m in (one, other))
    apart = [what for what, a, b in zip(_TOLD_APART, first, second, strict=True) if a != b]
    noted = [("rows", "same" if one.row == other.row else "another"), ("unlike", str(min(3, len(unlike))))]
    return [*noted, ("apart", ", ".join(apart)), ("apart, relation", f"{relation}: {', '.join(apart)}")]
