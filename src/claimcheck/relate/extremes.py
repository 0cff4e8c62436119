"""Superlatives, ranks and moves time after time: a row is held against the others of its table or series."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from claimcheck.comparisons.words import rows as words_that_compare
from claimcheck.judging.comparing import Computed, stated
from claimcheck.judging.relations import half_unit
from claimcheck.linking.rows import Tables
from claimcheck.model import Comparison, Evidence, Interval, Operand, Relation, Verdict
from claimcheck.names import folded, key_of
from claimcheck.relate.operands import (
    Outcome,
    Side,
    interval_of,
    low_to_high,
    row_as_evidence,
    shown,
    undecided,
    verdict_of,
)
from claimcheck.store.migrations import literal

# ----------------------------------------------------------------------------------------------------
# Which rows of a table are of one series: of one place, one doer, one way, in one unit. SQL alone.

PLACE_OF_R = (
    "(SELECT arg_min(p.place, p.rank) FROM reference_place AS p WHERE p.package = r.package "
    "AND p.resource = r.resource AND p.row_id = r.row_id AND p.measure = r.measure)"
)
"""The narrowest place of the row `r`."""
WHO_OF_R = (
    "coalesce(r.actor, (SELECT g.name FROM reference_row AS g WHERE g.package = r.package "
    f"AND g.kind = 'gazetteer' AND g.resource || ':' || g.row_id = {PLACE_OF_R} LIMIT 1), {PLACE_OF_R})"
)
"""Whose number the row `r` is, by name: its doer's, else its place's."""
SAME_PLACE = f"{PLACE_OF_R} IS NOT DISTINCT FROM {PLACE_OF_R.replace(' r.', ' own.')}"
"""Whether the rows `r` and `own` are of one place."""
SAME_KIND = " AND ".join(
    f"r.{column} IS NOT DISTINCT FROM own.{column}"
    for column in ("unit", "origins", "destinations", "series")
)
"""Whether they count alike: what comes from one place is no more of what comes from another."""
SAME_SERIES = f"{SAME_PLACE} AND r.actor IS NOT DISTINCT FROM own.actor AND {SAME_KIND}"
"""Whether they differ in their time alone."""


# ----------------------------------------------------------------------------------------------------
# Superlatives and ranks: a row is held against the others of its table, which are found in SQL.
#
# The others are those of the same time elsewhere ("the most of any state"), those of the same place before
# ("the highest since 1990"), or a set that the text names ("the most of the neighbours").

_SHOWN = 6
"""Others that are shown beside what decides."""
_A_DAY = len("2009-12-31")
_A_YEAR = 360
"""Days that a whole year has at least."""


@dataclass(frozen=True, slots=True)
class Others:
    """The rows with which one is compared, as joins and conditions; `complete` if they are all there are,
    `each` if that is told row by row; `series` if they differ in their times alone. `since`: the day behind
    which those of a series stand, `begun`: the first of its rows of which the package says that none is
    missing."""

    sql: str
    complete: bool = False
    each: bool = False
    series: bool = False
    since: date | None = None
    begun: date | None = None

    def are_all(self, row: Evidence, found: Sequence[Mapping[str, Any]]) -> bool:
        """Whether no other may be missing: the package says so, or of a yearly series every year is there."""
        if self.complete or not self.each:
            return self.complete
        told = row.complete and all(r["complete"] for r in found)
        if self.since is None:
            return told
        begun = self.begun is not None and self.begun <= self.since + timedelta(days=1)
        return (told and begun) or _is_every_year(row, found, self.since)


def _is_every_year(row: Evidence, found: Sequence[Mapping[str, Any]], since: date) -> bool:
    """Whether rows tell of whole years, or of one day of each, and no year is missing up to a row's own."""
    own = (
        date.fromisoformat(row.as_of) if row.as_of is not None and len(row.as_of) == _A_DAY else row.date_end
    )
    if own is None or any(r["day"] is None for r in found):
        return False
    if row.as_of is None and (row.date_start is None or (own - row.date_start).days < _A_YEAR):
        return False
    alike = all((r["day"].month, r["day"].day) == (own.month, own.day) for r in found)
    years = {r["day"].year for r in found}
    return alike and years >= set(range(since.year + 1, own.year))


class Extremes:
    """Judges comparisons of one row with all others of its kind."""

    def __init__(
        self, store: Tables, containers: Mapping[str, frozenset[str]], names: Mapping[str, Sequence[str]]
    ) -> None:
        """`containers`: of each place (package|place) those around it; `names`: those of gazetteers' rows."""
        self._store = store
        self._containers = containers
        self._names = names

    def judge(self, comparison: Comparison, sides: Sequence[Side]) -> Verdict:
        """The verdict on "the most", "the third highest": `sides` are what is ranked, and the others."""
        item, others = sides
        row = item.rows[0]
        asked = self._others(row, item, others)
        if asked is None:
            return undecided("no_reference", f"The others are not known: {shown(others.operand)}", item.rows)
        return verdict_of(self._against(comparison, row, asked))

    def _others(self, row: Evidence, item: Side, others: Side) -> Others | None:
        """The rows with which one is compared; None where they cannot be told."""
        if row.sql is not None or row.package is None or row.measure is None:
            return None
        if others.operand.role == "set":
            return self._of_a_set(row, others)
        begun: date | None = None
        if others.operand.role == "times":
            chosen = _earlier(others.operand)
            begun = self._begun(row)
        else:
            chosen = _elsewhere(_is_of_places(item) or row.actor is None)
        series = others.operand.role == "times"
        return Others(
            f"{_beside(row)} WHERE {_of_its_table(row)} AND r.row_id <> own.row_id AND {chosen}",
            each=not series or others.operand.since is not None,
            series=series,
            since=others.operand.since if series else None,
            begun=begun,
        )

    def _begun(self, row: Evidence) -> date | None:
        """The first day of the rows of a series of which the package says that none is missing."""
        first = self._store.rows(
            "SELECT min(coalesce(r.first_start, r.as_of_start)) AS day FROM reference_row AS r "
            f"{_beside(row)} WHERE {_of_its_table(row)} AND r.complete AND {SAME_SERIES}"
        )
        day: date | None = first[0]["day"]
        return day

    def _of_a_set(self, row: Evidence, others: Side) -> Others:
        """The other rows of a table at the place and time that the text names."""
        claim, since = others.claim, others.operand.since
        days, chosen = "coalesce(r.first_start, r.as_of_start)", [_of_its_table(row)]
        period = None if claim is None or claim.time is None or since is not None else claim.time.period
        if since is not None:
            chosen.append(f"{days} > {literal(since)}")
        if period is not None and period.start is not None and period.end is not None:
            chosen.append(f"{days} BETWEEN {literal(period.start)} AND {literal(period.end)}")
        if claim is not None and claim.place is not None:
            named = folded(claim.place.text)
            keys = [k.split("|", 1)[1] for k, told in self._names.items() if named in map(folded, told)]
            there = ", ".join(map(literal, [claim.place.text, *keys]))
            chosen.append(
                "EXISTS (SELECT 1 FROM reference_place AS p WHERE (p.package, p.resource, p.row_id) "
                f"= (r.package, r.resource, r.row_id) AND p.place IN ({there}))"
            )
        return Others(f"WHERE {' AND '.join(chosen)} AND r.row_id <> {literal(row.row_id)}", each=True)

    def _against(self, comparison: Comparison, row: Evidence, others: Others) -> Outcome:
        """One row against the others: a counterexample refutes, and a complete table without one supports."""
        mine = stated(row)
        assert mine is not None
        sql = _rows_sql(others)
        found: list[Mapping[str, Any]] = [r for r in self._store.rows(sql) if r["row_id"] != row.row_id]
        found = found if others.series else self._of_its_kind(row, found)
        whole = others.are_all(row, found)
        more = comparison.way == "greater"
        above = [r for r in found if _is_above(r, mine, more)]
        if others.series:  # a day with two values that disagree says neither
            below = {r["day"] for r in found if not _is_above(r, mine, more)}
            above = [r for r in above if r["day"] not in below]
        maybe = [r for r in found if not _is_below(r, mine, more)]
        best = _in_order(above, more)[:3]
        says = f"{row.table} {row.row_id} says {interval_of(row)}"
        tip = "greater" if more else "smaller"
        if len(above) >= comparison.rank:
            named = ", ".join(f"{row.table} {r['row_id']} ({low_to_high(r)})" for r in best)
            computed = Computed("refutes", mine, f"{says}; {tip} is {named}")
        elif whole and found and len(maybe) == len(above) == comparison.rank - 1:
            words = f"{says}; of {len(found)} others {len(above) or 'none'} is {tip} ({row.table})"
            computed = Computed("supports", mine, words)
        else:
            words = f"{says}; of {len(found)} others {len(above)} is surely {tip}"
            computed = Computed("neutral", mine, words, "" if whole else "the table may lack some")
        relation = computed.relation
        evidence = [replace(self._named(row), relation=relation)]
        evidence += [row_as_evidence(row.table, r, relation) for r in best]
        told = {r["row_id"] for r in best}
        near = sorted(found, key=lambda r: r["day"] or date.max) if others.series else _in_order(found, more)
        rest = [r for r in near if r["row_id"] not in told]
        rest = rest[-_SHOWN:] if others.series else rest[:_SHOWN]
        evidence += [row_as_evidence(row.table, r, "neutral") for r in rest]
        return Outcome(computed, evidence, sql)

    def _named(self, row: Evidence) -> Evidence:
        """A row by the name of whose number it is."""
        found = self._store.rows(
            f"SELECT {WHO_OF_R} AS who FROM reference_row AS r "
            f"WHERE {_of_its_table(row)} AND r.row_id = {literal(row.row_id)}"
        )
        return replace(row, name=found[0]["who"] or row.name) if found else row

    def _of_its_kind(self, row: Evidence, found: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The others without those that hold the rest of them: the world and Europe are no other
        countries."""
        keys = [(r, key_of(row.package or "", r["place"] or "")) for r in found]
        inside = {key for _, key in keys}
        holding = {outer for key in inside for outer in self._containers.get(key, ()) if outer != key}
        wholes = words_that_compare("whole").keys()
        return [
            r
            for r, key in keys
            if key not in holding
            and not wholes & set(map(folded, self._names.get(key, (key.split("|", 1)[1],))))
        ]


def _rows_sql(others: Others) -> str:
    """The SELECT of the others, each with what it says."""
    return (
        f"SELECT r.row_id, r.source, {PLACE_OF_R} AS place, {WHO_OF_R} AS who, r.complete, "
        "coalesce(r.first_start, r.as_of_start) AS begun, coalesce(r.last_end, r.as_of_end) AS day, "
        "coalesce(r.low, r.best) AS low, coalesce(r.high, r.best) AS high "
        f"FROM reference_row AS r {others.sql} AND coalesce(r.low, r.best, r.high) IS NOT NULL ORDER BY 1"
    )


def _in_order(rows: Sequence[Mapping[str, Any]], more: bool) -> list[Mapping[str, Any]]:
    """Rows from the greatest (the smallest) on, those that are open there last."""
    end = "low" if more else "high"
    known = sorted((r for r in rows if r[end] is not None), key=lambda r: r[end], reverse=more)
    return [*known, *(r for r in rows if r[end] is None)]


def _beside(row: Evidence) -> str:
    """A row itself, as a join."""
    return (
        "JOIN reference_row AS own ON own.package = r.package AND own.resource = r.resource "
        f"AND own.measure = r.measure AND own.row_id = {literal(row.row_id)}"
    )


def _of_its_table(row: Evidence) -> str:
    """The rows of the table and measure of a row, as a condition."""
    return (
        f"r.package = {literal(row.package or '')} AND r.resource = {literal(row.table)} "
        f"AND r.measure = {literal(row.measure or '')}"
    )


def _earlier(times: Operand) -> str:
    """The rows of the same place and party before the row itself, since the year that the text names."""
    after = (
        "" if times.since is None else f" AND coalesce(r.first_start, r.as_of_start) > {literal(times.since)}"
    )
    return (
        f"{SAME_SERIES} AND coalesce(r.last_end, r.as_of_end) <= coalesce(own.last_end, own.as_of_end){after}"
    )


def _elsewhere(places: bool) -> str:
    """The rows of the same time in other places, or else of other parties in the same place."""
    when = " AND ".join(
        f"r.{c} IS NOT DISTINCT FROM own.{c}" for c in ("first_start", "last_end", "as_of_start", "as_of_end")
    )
    if places:
        return f"{when} AND NOT {SAME_PLACE} AND r.actor IS NOT DISTINCT FROM own.actor AND {SAME_KIND}"
    return f"{when} AND {SAME_PLACE} AND r.actor <> own.actor AND {SAME_KIND}"


def _is_of_places(item: Side) -> bool:
    """Whether one place is held against others, and not one party or origin against others there: the subject
    is the place."""
    claim = item.claim
    place, subject = (None, None) if claim is None else (claim.place, claim.subject)
    return place is not None and subject is not None and place.text in subject.text


def _is_above(row: Mapping[str, Decimal], mine: Interval, more: bool) -> bool:
    """True if a row is surely beyond one's own: greater, or smaller where `more` is false."""
    if more:
        return row["low"] is not None and mine.high is not None and row["low"] > mine.high
    return row["high"] is not None and mine.low is not None and row["high"] < mine.low


def _is_below(row: Mapping[str, Decimal], mine: Interval, more: bool) -> bool:
    """True if a row surely falls short of one's own."""
    return _is_above(row, mine, not more)


# ----------------------------------------------------------------------------------------------------
# Moves time after time: a row is held against those of the same series before it, one step after the other.
#
# Supported where every step surely goes the way that the text says, and the step before them does not;
# refuted where one of them surely does not go that way. A step without a row leaves it open.

_DAY = "coalesce(r.last_end, r.as_of_end)"
_LENGTH = "coalesce(date_diff('day', {0}.first_start, {0}.last_end), 0)"
_DAYS_OFF = 3
"""By how many days two periods of one length may differ: months, leap years."""


def judge_streak(store: Tables, comparison: Comparison, side: Side) -> Verdict:
    """The verdict on "fell for the third year in a row", over each row of its last time."""
    found = _outcome(store, comparison, side.rows[0]) if _is_of_the_time(side, side.rows[0]) else None
    if found is not None:
        return verdict_of(found)
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
    words = " ← ".join(
        " / ".join(low_to_high(r) for r in found) or "?" for found in rows[: comparison.rank + 1]
    )
    evidence = [replace(row, relation=relation)]
    evidence += [row_as_evidence(row.table, r, relation) for r in met if r["row_id"] != row.row_id]
    return Outcome(Computed(relation, mine, words, why), evidence, sql)


def _series_sql(row: Evidence) -> str:
    """The SELECT of the rows of a row's own series up to its day, periods of one length."""
    return (
        f"SELECT r.row_id, r.source, {_DAY} AS day, coalesce(r.low, r.best) AS low, "
        f"coalesce(r.high, r.best) AS high FROM reference_row AS r {_beside(row)} "
        f"WHERE {_of_its_table(row)} AND {SAME_SERIES} "
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
