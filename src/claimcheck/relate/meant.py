"""The rows that an operand of a comparison means, whatever its number, and how well operands go together.

Two sums: which row of the table answers an operand's sentence, learned from statements whose number was
covered ("row of an operand"); and which rows of all operands are compared with each other ("operands
together"). Rows that nothing in the sentence tells apart may be meant all together: what they add up to is
one more answer, with the probability of all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claimcheck.judging.comparing import added, stated
from claimcheck.judging.explaining import evidence_of
from claimcheck.judging.relations import Candidate, Outcome
from claimcheck.linking.account import Account
from claimcheck.linking.columns import columns_of, compare
from claimcheck.linking.decide import barred, sum_of
from claimcheck.linking.levels import Levels
from claimcheck.linking.rows import Portrait
from claimcheck.linking.weights import OPERAND, Weights
from claimcheck.model import ReferenceRow, replace
from claimcheck.store.migrations import literal

_FIRST = 6
"""Rows, the likeliest first, that an operand may mean."""
OF_NUMBER = ("value",)
"""The slot that a covered number leaves open."""
_WHICH = ("time", "place", "read place", "name", "actor", "cells", "unit")
"""Slots by which a sentence tells one row from another: rows that are alike in all are meant together."""
_LONGER = "around"
"""A time that is longer than a row's: of an incident others may be meant, too."""
_NEXT_TO = ("time", "place", "read place", "year", "name", "actor", "read actor")
"""Slots in which operands differ."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A row that an operand may mean, or several that add up, with those that they are; how probable it is
    that it is meant, given that some row is; whether a slot or a word of the sentence bars to decide by it;
    its levels, and how its rows lie beside each other."""

    row: ReferenceRow
    parts: tuple[ReferenceRow, ...]
    share: float
    clear: bool
    levels: dict[str, str]
    how: str = "one"


def meant(levels: Levels, weights: Weights) -> list[Meant]:
    """The rows that an operand may mean, the likeliest first: by its number where the text gives one, else
    whatever it is."""
    compared = compare(levels, columns_of(levels.book, of_number=True))
    if not compared.rows:
        return []
    own = levels.claim.quantity
    given = own is not None and (own.low is not None or own.high is not None)
    sums, _ = compared.sums(sum_of(levels.claim) if given else OPERAND, weights)
    shares = np.exp(sums - sums.max())
    shares /= shares.sum()
    account, out = Account(levels), []
    tellers = [compared.slots[slot][1] for slot in _WHICH]
    alike: dict[tuple[object, ...], Meant] = {}
    for n in np.argsort(-shares, kind="stable")[:_FIRST].tolist():
        one, noted, share = compared.rows[n], compared.levels(n), float(shares[n])
        clear = not barred(noted, (*OF_NUMBER, "unit", "counted")) and not account.narrowing(one)
        clear = clear and (one.row.kind == "figure" or not noted["time"].startswith(_LONGER))
        out.append(Meant(one.row, (one.row,), share, clear, noted))
        key = (one.measure, one.row.table, one.row.source, *(noted[slot] for slot in _WHICH))
        if key not in alike:
            same = np.all([which == which[n] for which in tellers], axis=0)
            beside = ((m, compared.rows[m]) for m in np.nonzero(same)[0].tolist())
            found = [(m, p) for m, p in beside if (p.measure, p.row.table, p.row.source) == key[:3]]
            if len(found) > 1:
                rows, whole = [p for _, p in found], float(shares[[m for m, _ in found]].sum())
                alike[key] = Meant(_added(rows), tuple(p.row for p in rows), whole, False, noted, _how(rows))
    return sorted([*alike.values(), *out], key=lambda one: -one.share)


def _how(rows: Sequence[Portrait]) -> str:
    """In what rows differ that a sentence does not tell apart, and what their measure is."""
    held: dict[str, set[object]] = {
        "days": {p.days for p in rows}, "places": {p.places[:1] for p in rows},
        "doers": {p.actor for p in rows},
    }  # fmt: skip
    apart = [name for name, values in held.items() if len(values) > 1]
    return f"{rows[0].row.kind} {rows[0].row.measure_type}, {' and '.join(apart) or 'apart'}"


def _added(rows: Sequence[Portrait]) -> ReferenceRow:
    """What rows of one measure and table add up to, with its SELECT."""
    first, own = rows[0].row, [p.row for p in rows]
    ids = ", ".join(literal(row.row_id) for row in own)
    sql = (
        "SELECT sum(coalesce(low, best)) AS low, NULL AS best, sum(coalesce(high, best)) AS high "
        f"FROM reference_row WHERE package = {literal(first.package)} AND resource = {literal(first.table)} "
        f"AND measure = {literal(first.measure or '')} AND row_id IN ({ids})"
    )
    says = added(stated(evidence_of(Outcome(Candidate(row=row), "neutral"))) for row in own)
    many = f"{first.row_id} … {own[-1].row_id} ({len(own)} rows)"
    name = " + ".join(row.row_id for row in own) if len(own) <= _FIRST else many
    return replace(
        first, kind="aggregate", row_id=name, low=says.low, best=None, high=says.high, sql=sql,
        quote=None, url=None, complete=all(row.complete for row in own),
    )  # fmt: skip


def beside(one: Meant, other: Meant) -> list[tuple[str, str]]:
    """How the rows of two operands go together: the levels of a sum.

    Example:
        >>> beside(people_in_2019, people_in_2020)
        [('measure', 'same'), ('table', 'same'), ('source', 'same'), ('rows', 'another'), ...]
    """
    unlike = [s for s, level in one.levels.items() if s not in _NEXT_TO and level != other.levels[s]]
    noted: dict[str, tuple[object, object]] = {
        "measure": (one.row.measure, other.row.measure), "table": (one.row.table, other.row.table),
        "source": (one.row.source, other.row.source), "rows": (one.parts, other.parts),
    }  # fmt: skip
    alike = [(slot, "same" if a == b else "another") for slot, (a, b) in noted.items()]
    both = f"{one.how == 'one'}, {other.how == 'one'}"
    return [*alike, ("unlike", str(min(3, len(unlike)))), ("both", both)]
