"""Moves time after time: a row is held against those of the same series before it, one step after the other.

Supported where every step surely goes the way that the text says, and the step before them does not;
refuted where one of them surely does not go that way. A step without a row leaves it open.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from claimcheck.judging.comparing import Computed, stated
from claimcheck.judging.relations import half_unit
from claimcheck.matching.aggregates import literal
from claimcheck.matching.candidates import Tables
from claimcheck.matching.computed import Outcome, combined, row_as_evidence, spread, undecided
from claimcheck.matching.operands import Side
from claimcheck.matching.series import SAME_SERIES
from claimcheck.model import Comparison, Evidence, Interval, Relation, Verdict

_DAY = "coalesce(r.last_end, r.as_of_end)"
_LENGTH = "coalesce(date_diff('day', {0}.first_start, {0}.last_end), 0)"
_DAYS_OFF = 3
"""By how many days two periods of one length may differ: months, leap years."""


def judge_streak(store: Tables, comparison: Comparison, side: Side) -> Verdict:
    """The verdict on "fell for the third year in a row", over each row of its last time."""
    rows = [row for row in side.rows if _is_of_the_time(side, row)]
    outcomes = [o for row in rows if (o := _outcome(store, comparison, row)) is not None]
    if outcomes:
        return combined(outcomes)
    return undecided("no_reference", "No row of one time is known, which others could precede.", side.rows)


def _is_of_the_time(side: Side, row: Evidence) -> bool:
    """True if a row tells of a moment or of all of the operand's time: one happening is no year's number."""
    period = None if side.claim is None or side.claim.time is None else side.claim.time.period
    if row.as_of is not None or period is None or period.days is None:
        return True
    if row.date_start is None or row.date_end is None:
        return False
    return abs((row.date_end - row.date_start).days + 1 - period.days) <= _DAYS_OFF


def _outcome(store: Tables, comparison: Comparison, row: Evidence) -> Outcome | None:
    """The steps that lead to one row; None of what a table adds up, and of a row without a day."""
    mine = stated(row)
    if row.sql is not None or row.package is None or row.measure is None or mine is None:
        return None
    sql = _series_sql(row)
    series: dict[date, list[Mapping[str, Any]]] = {}
    for other in store.rows(sql):
        series.setdefault(other["day"], []).append(other)
    own = next((day for day, rows in series.items() if any(r["row_id"] == row.row_id for r in rows)), None)
    if own is None:
        return None
    days = [months_before(own, n * comparison.months) for n in range(comparison.rank + 2)]
    rows = [series.get(day, []) for day in days]
    steps = [_step(later, earlier, comparison) for later, earlier in pairwise(rows)]
    told, before = steps[: comparison.rank], steps[comparison.rank]
    relation: Relation = "neutral"
    why = ""
    if "refutes" in told:
        relation = "refutes"
    elif set(told) == {"supports"}:
        relation = "neutral" if before == "supports" else "supports"
        why = "it moved so the time before, too" if before == "supports" else ""
    else:
        missing = [day.isoformat() for day, found in zip(days[:-1], rows[:-1], strict=True) if not found]
        why = f"no row for {', '.join(missing)}" if missing else "the rows leave open which way it moved"
    met = [r for found in rows[: comparison.rank + 1] for r in found]
    words = " ← ".join(" / ".join(spread(r) for r in found) or "?" for found in rows[: comparison.rank + 1])
    evidence = [replace(row, relation=relation)]
    evidence += [row_as_evidence(row.table, r, relation) for r in met if r["row_id"] != row.row_id]
    return Outcome(Computed(relation, mine, words, why), evidence, sql)


def _series_sql(row: Evidence) -> str:
    """The SELECT of the rows of a row's own series up to its day, periods of one length."""
    return (
        f"SELECT r.row_id, r.source, {_DAY} AS day, coalesce(r.low, r.best) AS low, "
        "coalesce(r.high, r.best) AS high FROM reference_row AS r "
        "JOIN reference_row AS own ON own.package = r.package AND own.resource = r.resource "
        f"AND own.measure = r.measure AND own.row_id = {literal(row.row_id)} "
        f"WHERE r.package = {literal(row.package or '')} AND r.resource = {literal(row.table)} "
        f"AND r.measure = {literal(row.measure or '')} AND {SAME_SERIES} "
        "AND r.source IS NOT DISTINCT FROM own.source "
        f"AND abs({_LENGTH.format('r')} - {_LENGTH.format('own')}) <= {_DAYS_OFF} "
        f"AND {_DAY} <= coalesce(own.last_end, own.as_of_end) "
        f"AND coalesce(r.low, r.best, r.high) IS NOT NULL ORDER BY {_DAY} DESC, 1"
    )


def months_before(day: date, months: int) -> date:
    """The day so many months before another; of the last day of a month the last one."""
    count = day.year * 12 + day.month - 1 - months
    year, month = max(1, count // 12), count % 12 + 1
    last = monthrange(year, month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if is_last else min(day.day, last))


def _step(
    later: Sequence[Mapping[str, Any]], earlier: Sequence[Mapping[str, Any]], told: Comparison
) -> Relation:
    """What the rows of two times say of the move between them: every two of them alike, or neither."""
    said = {_move(_interval(a), _interval(b), told.way == "less") for a in later for b in earlier}
    return said.pop() if len(said) == 1 else "neutral"


def _interval(row: Mapping[str, Any]) -> Interval:
    return Interval(*(None if row[end] is None else Decimal(row[end]) for end in ("low", "high")))


def _move(later: Interval, earlier: Interval, falls: bool) -> Relation:
    if falls:
        later, earlier = earlier, later
    if later.low is not None and earlier.high is not None and later.low > earlier.high:
        return "supports"
    if later.high is None or earlier.low is None:
        return "neutral"
    room = half_unit(later.high) + half_unit(earlier.low)
    return "refutes" if later.high + room <= earlier.low or later == earlier else "neutral"
