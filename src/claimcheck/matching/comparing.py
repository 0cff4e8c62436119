"""Judges comparisons over the rows of their operands.

The rows are found in `operands`. The relation is computed for each two of one source (of one table, where no
source is shared), and each piece of evidence carries the SELECT that gives it again. Superlatives are in
`extremes`, what a comparison says of the claims beside it in `neighbours`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from claimcheck.comparisons.reading import IMPLIED, RATES, WITHIN
from claimcheck.judging.comparing import pair, stated, total
from claimcheck.judging.units import is_counted, unit_named
from claimcheck.matching.accounting import stem_set
from claimcheck.matching.candidates import PlaceName, Tables
from claimcheck.matching.computed import Outcome, combined, interval_of, undecided
from claimcheck.matching.extremes import Extremes
from claimcheck.matching.neighbours import with_comparison
from claimcheck.matching.operands import Check, Read, Side, from_the_text, link_operands, shown
from claimcheck.matching.selects import pair_sql, sum_sql
from claimcheck.matching.streaks import judge_streak
from claimcheck.model import CheckedDocument, Claim, Comparison, Evidence, Interval, Mention, Reading, Verdict
from claimcheck.propositions.stems import stem
from claimcheck.reference.name_index import WORD

_RATES = frozenset({"percent", "per cent", "%"})


class Comparing:
    """Judges the comparisons of documents. `check` is the linker for what is no comparison, `read` reads the
    sentences of operands."""

    def __init__(
        self,
        store: Tables,
        check: Check,
        read: Read,
        containers: Mapping[str, frozenset[str]],
        names: Sequence[PlaceName],
    ) -> None:
        self._check = check
        self._read = read
        self._store = store
        self._extremes = Extremes(store, containers, names)

    def check(self, readings: Sequence[Reading], done: Sequence[CheckedDocument]) -> list[CheckedDocument]:
        """The documents with their comparisons judged, and what each says of the claims beside it."""
        compared = [(n, c) for n, r in enumerate(readings) for c in r.claims if c.comparison is not None]
        if not compared:
            return list(done)
        numbers = {
            n: {c.quantity.span: c.quantity for c in done[n].reading.claims if c.quantity is not None}
            for n in {n for n, _ in compared}
        }
        told = [(c, readings[n].document, numbers[n]) for n, c in compared]
        sides = link_operands(told, self._check, self._read)
        out = list(done)
        for number, claim in compared:
            own = [from_the_text(side, out[number]) for side in sides[claim.claim_id]]
            out[number] = with_comparison(out[number], claim, self._verdict(claim, own), own)
        return out

    def _verdict(self, claim: Claim, sides: Sequence[Side]) -> Verdict:
        comparison = claim.comparison
        assert comparison is not None
        if not claim.asserted:
            return undecided("not_asserted", "The text does not assert this.")
        if comparison.unread is not None or not sides:
            return undecided("not_read", "What is compared here could not be read.")
        missing = [s for s in sides if not s.rows and s.operand.role not in ("others", "times")]
        if missing:
            said = "; ".join(shown(s.operand) for s in missing)
            return undecided("no_reference", f"No row answers: {said}", [e for s in sides for e in s.rows])
        if comparison.relation in ("extreme", "rank"):
            return self._extremes.judge(comparison, sides)
        if sides[-1].operand.role == "others":
            return self._extremes.against_all(comparison, sides)
        if comparison.relation == "streak":
            return judge_streak(self._store, comparison, sides[0])
        if comparison.relation == "sum" or all(s.operand.role == "part" for s in sides):
            return _of_sums(comparison, sides, implied=claim.rule == IMPLIED)
        amount = claim.quantity
        if comparison.relation == "difference" and amount is not None and amount.kind in ("money", "measure"):
            sides = [replace(s, rows=tuple(e for e in s.rows if _is_in(e, amount))) for s in sides]
            if not all(s.rows for s in sides):  # no dollars of euros
                return undecided("unit_mismatch", "The rows are in another unit than the difference.")
        verdict = _of_pairs(comparison, sides, claim.quantity if claim.rule in RATES else None)
        told = [s.said for s in sides if s.said is not None and s.said.verdict == "supported"]
        if (
            claim.rule == WITHIN
            and len(told) < len(sides)
            and verdict.verdict in ("refuted", "conflicting_evidence")
        ):
            return undecided("ambiguous", f"The text names one time: {verdict.explanation}", verdict.evidence)
        return verdict


def _of_pairs(comparison: Comparison, sides: Sequence[Side], each: Mention | None = None) -> Verdict:
    """The verdict on a relation of two operands, over each two of their rows that may be compared. Several
    behind the first are added up. `each` is the number of a rate."""
    added = (
        sides[1] if len(sides) == 2 else replace(sides[1], rows=tuple(map(_added, _rows_of_parts(sides[1:]))))
    )
    met = _pairs(comparison, sides[0], added, each)
    rows = [e for s in sides for e in s.rows]
    if comparison.relation == "change" and any(a.unit in _RATES for a, _ in met):
        return undecided("ambiguous", "Of a rate, a change in per cent may be one in points.", rows)
    if not met:
        units = sorted({e.unit for e in rows if e.unit is not None})
        why = f": they are in {' and '.join(units)}" if len(units) > 1 else ""
        return undecided("unit_mismatch", f"The rows of the two sides cannot be compared{why}.", rows)
    outcomes: list[Outcome] = []
    for a, b in met:
        computed = pair(comparison, a, b)
        evidence = [
            replace(_by_place(row, side), relation=computed.relation)
            for row, side in ((a, sides[0]), (b, added))
        ]
        outcomes.append(Outcome(computed, evidence, pair_sql(comparison, a, b)))
    return _with_its_numbers(combined(outcomes), sides)


def _by_place(row: Evidence, side: Side) -> Evidence:
    """A row without a name of its own by the place that its operand names."""
    place = None if side.claim is None else side.claim.place
    return row if place is None or row.name not in (None, row.measure) else replace(row, name=place.text)


def _is_contested(side: Side) -> bool:
    """True if rows contradict the number that the text gives an operand, and those that are compared are not
    all among the ones that support it: of the very day they are."""
    said = side.said
    if said is None or said.verdict != "conflicting_evidence":
        return False
    fits = {(e.table, e.row_id, e.measure) for e in said.evidence if e.relation == "supports"}
    return not side.rows or not {(e.table, e.row_id, e.measure) for e in side.rows} <= fits


def _pairs(
    comparison: Comparison, first: Side, second: Side, each: Mention | None
) -> list[tuple[Evidence, Evidence]]:
    """Each two rows that may be compared: of one measure before others, of one source before one table, and
    of two tables only where neither row adds up many, or the text says of each who counted."""
    both = [(a, b) for a in first.rows for b in second.rows]
    if comparison.relation == "average":  # what all did, by how many there were
        met = [(a, b) for a, b in both if a.table == b.table and a.sql and b.sql]
    else:
        shared = {_key(e) for e in first.rows} & {_key(e) for e in second.rows}
        met = [
            (a, b)
            for a, b in both
            if (_comparable(a, b) or _is_rate(a, b, each)) and shared.isdisjoint((_key(a), _key(b)))
        ]
    met = [(a, b) for a, b in met if (a.package, a.measure) == (b.package, b.measure)] or met
    table = [(a, b) for a, b in met if a.table == b.table]
    source = [(a, b) for a, b in table if a.source is not None and a.source == b.source]
    told = all(s.operand.recorder is not None for s in (first, second)) and comparison.relation != "share"
    return source or table or [(a, b) for a, b in met if told or (a.sql is None and b.sql is None)]


def _with_its_numbers(verdict: Verdict, sides: Sequence[Side]) -> Verdict:
    """A comparison that holds is supported only where the numbers that the text gives its operands are."""
    numbers = [s.said for s in sides if s.operand.number is not None]
    if verdict.verdict != "supported":
        return verdict
    refuted = next((v for v in numbers if v is not None and v.verdict == "refuted"), None)
    if refuted is not None:
        return replace(refuted, rule="judging.comparison")
    if any(_is_contested(s) for s in sides if s.operand.number is not None):
        return replace(verdict, verdict="conflicting_evidence", reason="sources_disagree")
    if any(v is None or v.verdict not in ("supported", "conflicting_evidence") for v in numbers):
        return replace(verdict, verdict="not_enough_evidence", reason="undecided")
    return verdict


def _comparable(one: Evidence, other: Evidence) -> bool:
    """True if two rows are of one package, and of one unit or of things that are counted both."""
    alike = one.unit == other.unit or (is_counted(one.unit) and is_counted(other.unit))
    return one.package == other.package and alike


def _is_in(row: Evidence, amount: Mention) -> bool:
    """True if a row is told in the unit of an amount, one by one; where it names none, nobody can tell."""
    named = None if row.unit is None else unit_named(row.unit)
    return named is None or (named.kind, named.name, named.many) == (amount.kind, amount.unit, Decimal(1))


def _is_rate(one: Evidence, other: Evidence, each: Mention | None) -> bool:
    """True if so much of one row for each of another is of the unit of a rate: euros, for each of what is
    counted."""
    if each is None or one.package != other.package or not is_counted(other.unit):
        return False
    return _is_in(one, each) and (each.kind == "number" or not is_counted(one.unit))


def _key(row: Evidence) -> tuple[str, str, str | None, str | None]:
    """What tells a row, or what is added up of rows, from others."""
    return row.table, row.row_id, row.measure, row.sql


def _of_sums(comparison: Comparison, sides: Sequence[Side], implied: bool) -> Verdict:
    """The verdict on what the parts add up to. Where no word says that they are added up (`implied`), a
    number that fits one of them alone is not refuted, and it is told of several times or places: of what
    several did, some may be what they did together."""
    if implied and not _are_apart(sides):
        return undecided("ambiguous", "The text may mean what they did together, or each of them.")
    outcomes: list[Outcome] = []
    for rows in _rows_of_parts(sides):
        computed = total(comparison, rows)
        if implied and computed.relation == "refutes" and any(_fits(comparison, e) for e in rows):
            computed = replace(computed, relation="neutral", why="one of them alone fits")
        evidence = [replace(e, relation=computed.relation) for e in rows]
        sql = sum_sql(rows)
        if comparison.relation == "average":
            sql = f"SELECT low / {len(rows)} AS low, high / {len(rows)} AS high FROM ({sql})"
        outcomes.append(Outcome(computed, evidence, sql))
    if not outcomes:
        why = f"The rows of the parts cannot be added up: {_why_apart(sides)}."
        return undecided("ambiguous", why, [e for s in sides for e in s.rows])
    return combined(outcomes)


def _why_apart(sides: Sequence[Side]) -> str:
    """What keeps the rows of several parts from being added up, in words."""
    units = sorted({e.unit for s in sides for e in s.rows if e.unit is not None})
    if len(units) > 1:
        return f"they are in {' and '.join(units)}"
    for side in sides:
        tables = [e.table for e in side.rows]
        double = [e for e in side.rows if tables.count(e.table) > 1]
        if double:
            said = ", ".join(f"{interval_of(e)} ({e.table} {e.row_id})" for e in double)
            return f"{shown(side.operand)} has {said}"
    if set.intersection(*({e.table for e in s.rows} for s in sides)):
        return "they are rates or averages, or of several days"
    return "they are in several tables"


def _rows_of_parts(sides: Sequence[Side]) -> list[list[Evidence]]:
    """The rows that may be added up, one of each part: of one source, or of one table."""
    sources = [frozenset((e.table, e.source) for e in side.rows) for side in sides]
    shared = frozenset.intersection(*sources)
    tables = frozenset.intersection(*(frozenset(e.table for e in side.rows) for side in sides))
    out: list[list[Evidence]] = []
    for key in sorted(shared, key=str) or [(t, None) for t in sorted(tables)]:
        rows = []
        for side in sides:
            fits = [e for e in side.rows if e.table == key[0] and (not shared or e.source == key[1])]
            if len(fits) != 1:
                break
            rows.append(fits[0])
        apart = len(rows) == len(sides) and len({(e.table, e.row_id, e.sql) for e in rows}) == len(rows)
        if apart and _add_up(rows):
            out.append(rows)
    return out


def _added(rows: Sequence[Evidence]) -> Evidence:
    """Several rows as the one that they add up to."""
    says = [i for i in map(stated, rows) if i is not None]
    whole = len(says) == len(rows)
    return replace(
        rows[0],
        row_id=" + ".join(r.row_id for r in rows),
        low=_sum([i.low for i in says]) if whole else None,
        best=None,
        high=_sum([i.high for i in says]) if whole else None,
        complete=all(r.complete or r.sql is None for r in rows),
        sql=f"SELECT low, NULL AS best, high FROM ({sum_sql(rows)})",
    )


def _sum(ends: Sequence[Decimal | None]) -> Decimal | None:
    known = [x for x in ends if x is not None]
    return sum(known, Decimal(0)) if len(known) == len(ends) else None


def _are_apart(sides: Sequence[Side]) -> bool:
    """True if parts differ in their times or in their places."""
    claims = [s.claim for s in sides if s.claim is not None]
    times = {c.time.period for c in claims if c.time is not None}
    places = {c.place.text for c in claims if c.place is not None}
    return len(claims) == len(sides) and len(sides) in (len(times), len(places))


def _add_up(rows: Sequence[Evidence]) -> bool:
    """True if rows may be added: of one measure and unit, no rates or averages, no stock of several days."""
    words = {stem(w) for r in rows for w in WORD.findall(r.measure or "")}
    if words & stem_set("having a value"):
        return False
    kinds = {(e.unit, e.measure) for e in rows}
    days = {e.as_of for e in rows}
    return len(kinds) == 1 and rows[0].unit not in _RATES and (len(days) == 1 or None in days)


def _fits(comparison: Comparison, row: Evidence) -> bool:
    """True if what a row says meets what the number told admits."""
    says = stated(row)
    return says is not None and says.meets(Interval(comparison.low, comparison.high))
