"""Comparisons linked and judged: each operand is a sentence that the linker reads like any other.

An operand asks for its row by a number that admits every value: what would support it is its row. The
relation is computed over these rows, for each two of one source (of one table, where no source is shared),
and each piece of evidence carries the SELECT that gives it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from claimcheck.comparisons.reading import CHANGE, MAY_BE_A_ROW
from claimcheck.comparisons.words import rows as words_that_compare
from claimcheck.judging.comparing import Computed, pair, stated, total
from claimcheck.linking.aggregates import literal
from claimcheck.linking.candidates import PlaceName, Tables
from claimcheck.linking.tableplaces import key_of
from claimcheck.model import (
    PROBE,
    CheckedDocument,
    Claim,
    Comparison,
    Evidence,
    Mention,
    Operand,
    Reading,
    Relation,
    Span,
    Verdict,
    VerdictName,
    plain,
)
from claimcheck.reference.names import folded

Check = Callable[[Sequence[Reading]], list[tuple[CheckedDocument, CheckedDocument]]]
"""What the linker says to documents, and what its propositions alone say to them."""
_ANY = Decimal(10) ** 15
_WHERE = frozenset({"in", "at", "of", "on", "for", "from", "across", "within"})
_SHORT = 3
_MOST_WAYS = 40
"""Ways to say an operand that are tried."""
_RATES = frozenset({"percent", "per cent", "%"})
_NUMBERED = frozenset({"quantity", "rank"})


@dataclass(slots=True)
class _Side:
    """What was found for an operand: its rows, its claim as it was linked, and what the rows say to the
    number that the text gives it."""

    operand: Operand
    rows: tuple[Evidence, ...] = ()
    claim: Claim | None = None
    said: Verdict | None = None


@dataclass(slots=True)
class _Asked:
    """Readings of operands on their way to the linker, each with its place."""

    readings: list[Reading] = field(default_factory=list)
    places: list[tuple[int, bool]] = field(default_factory=list)


class Comparing:
    """Judges the comparisons of documents. `check` is the linker for what is no comparison."""

    def __init__(
        self,
        store: Tables,
        check: Check,
        containers: Mapping[str, frozenset[str]],
        names: Sequence[PlaceName],
    ) -> None:
        self._store = store
        self._check = check
        self._containers = containers
        wholes = words_that_compare("whole")
        self._wholes = frozenset(n.key for n in names if folded(n.name) in wholes)

    def check(self, readings: Sequence[Reading], done: Sequence[CheckedDocument]) -> list[CheckedDocument]:
        """The documents with their comparisons judged, and what each says of the claims beside it."""
        compared = [(n, c) for n, r in enumerate(readings) for c in r.claims if c.comparison is not None]
        if not compared:
            return list(done)
        sides = self._sides([c for _, c in compared])
        out = list(done)
        for number, claim in compared:
            own = sides[claim.claim_id]
            supports = out[number].verdicts
            own = [self._from_the_text(claim, side, out[number]) for side in own]
            verdict = self._verdict(claim, own)
            out[number] = _beside(out[number], claim, verdict, own, supports)
        return out

    # --- operands -----------------------------------------------------------------------------------

    def _sides(self, claims: Sequence[Claim]) -> dict[str, list[_Side]]:
        """What the rows say to each operand: one way to say it after the other, until a row answers."""
        sides = {
            c.claim_id: [_Side(o) for o in (c.comparison.operands if c.comparison else ())] for c in claims
        }
        open_ = [side for own in sides.values() for side in own]
        for way in range(_MOST_WAYS):
            open_ = [s for s in open_ if not s.rows and len(s.operand.readings) > way]
            asked = _Asked()
            for number, side in enumerate(open_):
                _ask(asked, number, side.operand.readings[way], side.operand)
            checked = self._check(asked.readings) if asked.readings else []
            for (number, is_open), (document, alone) in zip(asked.places, checked, strict=True):
                _answered(open_[number], is_open, document, alone)
        return sides

    def _from_the_text(self, claim: Claim, side: _Side, document: CheckedDocument) -> _Side:
        """The rows of a number that stands in the sentence itself ("the 3,000 refugees were the most")."""
        if side.operand.number is None or side.rows:
            return side
        at = side.operand.number
        for other in document.reading.claims:
            if other.kind in _NUMBERED and other.quantity is not None and other.quantity.span == at:
                verdict = document.verdicts[other.claim_id]
                rows = tuple(
                    e for e in verdict.evidence if e.relation == "supports" and e.package is not None
                )
                return _Side(side.operand, rows, other, verdict)
        return side

    # --- verdicts -----------------------------------------------------------------------------------

    def _verdict(self, claim: Claim, sides: Sequence[_Side]) -> Verdict:
        comparison = claim.comparison
        assert comparison is not None
        if not claim.asserted:
            return _open("not_asserted", "The text does not assert this.")
        if comparison.unread is not None or not sides:
            return _open("not_read", "What is compared here could not be read.")
        missing = [s for s in sides if not s.rows and s.operand.role not in ("others", "times")]
        if missing:
            said = "; ".join(_shown(s.operand) for s in missing)
            return _open("no_reference", f"No row answers: {said}", [e for s in sides for e in s.rows])
        if comparison.relation in ("extreme", "rank"):
            return self._extreme(comparison, sides)
        if comparison.relation == "sum":
            return _of_sums(comparison, sides)
        return _of_pairs(comparison, sides)

    def _extreme(self, comparison: Comparison, sides: Sequence[_Side]) -> Verdict:
        item, others = sides
        outcomes: list[tuple[Computed, list[Evidence], str]] = []
        for row in item.rows:
            asked = self._others(row, item, others)
            if asked is None:
                continue
            sql, complete = asked
            outcomes.append(self._against(comparison, row, sql, complete))
        if not outcomes:
            return _open(
                "no_reference", f"The others are not known: {_shown(others.operand)}", list(item.rows)
            )
        return _combined(outcomes)

    def _others(self, row: Evidence, item: _Side, others: _Side) -> tuple[str, bool] | None:
        """The SELECT of the rows with which one is compared, and whether the table holds them all."""
        if row.sql is not None or row.package is None or row.measure is None:
            return None
        same = (
            f"r.package = {literal(row.package)} AND r.resource = {literal(row.table)} "
            f"AND r.measure = {literal(row.measure)}"
        )
        if others.operand.role == "set":
            for member in others.rows:
                if member.sql is None or (member.package, member.table) != (row.package, row.table):
                    continue
                members = member.sql.replace("SELECT count(DISTINCT row_id) AS best", "SELECT row_id", 1)
                members = members.replace("reference_row AS r ", "reference_row AS s ", 1)
                members = members.replace(" r.", " s.")
                inside = self._store.rows(
                    f"SELECT count(*) AS n FROM ({members}) WHERE row_id = {literal(row.row_id)}"
                )
                if inside[0]["n"]:
                    return f"{same} AND r.row_id IN ({members})", member.complete
            return None
        own = (
            "JOIN reference_row AS own ON own.package = r.package AND own.resource = r.resource "
            f"AND own.measure = r.measure AND own.row_id = {literal(row.row_id)}"
        )
        if others.operand.role == "times":
            since = others.operand.since
            after = "" if since is None else f" AND coalesce(r.first_start, r.as_of_start) > {literal(since)}"
            condition = (
                f"{same} AND r.row_id <> own.row_id AND {_SAME_PLACE} "
                "AND r.actor IS NOT DISTINCT FROM own.actor "
                "AND coalesce(r.last_end, r.as_of_end) <= coalesce(own.last_end, own.as_of_end)"
                f"{after}"
            )
        else:
            when = " AND ".join(
                f"r.{c} IS NOT DISTINCT FROM own.{c}"
                for c in ("first_start", "last_end", "as_of_start", "as_of_end")
            )
            who = f"NOT {_SAME_PLACE} AND r.actor IS NOT DISTINCT FROM own.actor"
            if row.actor is not None and not _is_of_places(item, others.operand):
                who = f"{_SAME_PLACE} AND r.actor <> own.actor"
            condition = f"{same} AND r.row_id <> own.row_id AND {when} AND {who}"
        return f"{own} WHERE {condition}", False

    def _of_its_kind(self, row: Evidence, found: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The others without those that hold the rest of them: the world and Europe are no other
        countries."""
        keys = [(r, key_of(row.package or "", r["place"] or "")) for r in found]
        inside = {key for _, key in keys}
        holding = {outer for key in inside for outer in self._containers.get(key, ()) if outer != key}
        return [r for r, key in keys if key not in holding and not self._wholes & {key}]

    def _against(
        self, comparison: Comparison, row: Evidence, where: str, complete: bool
    ) -> tuple[Computed, list[Evidence], str]:
        """One row against the others: a counterexample refutes, and a complete table without one supports."""
        mine = stated(row)
        joined = where if where.startswith("JOIN") else f"WHERE {where}"
        sql = (
            f"SELECT r.row_id, r.source, {_PLACE_OF_R} AS place, "
            "coalesce(r.low, r.best) AS low, coalesce(r.high, r.best) AS high "
            f"FROM reference_row AS r {joined} AND coalesce(r.low, r.best, r.high) IS NOT NULL ORDER BY 1"
        )
        others = [r for r in self._store.rows(sql) if r["row_id"] != row.row_id]
        found = self._of_its_kind(row, others)
        more = comparison.way == "greater"
        assert mine is not None
        above = [r for r in found if _is_above(r, mine.low, mine.high, more)]
        maybe = [r for r in found if not _is_below(r, mine.low, mine.high, more)]
        best = sorted(above, key=lambda r: r["low"] if more else r["high"], reverse=more)[:3]
        name = f"{row.table} {row.row_id}"
        tip = "greater" if more else "smaller"
        named = ", ".join(f"{row.table} {r['row_id']} ({_spread(r)})" for r in best)
        if len(above) >= comparison.rank:
            words = f"{name} says {_interval(row)}; {tip} is {named}"
            computed = Computed("refutes", mine, words)
        elif complete and found and len(maybe) == len(above) == comparison.rank - 1:
            computed = Computed(
                "supports",
                mine,
                f"{name} says {_interval(row)}; of {len(found)} others "
                f"{len(above) or 'none'} is {tip} ({row.table})",
            )
        else:
            words = f"{name} says {_interval(row)}; of {len(found)} others {len(above)} is surely {tip}"
            computed = Computed("neutral", mine, words, "" if complete else "the table may lack some")
        evidence = [replace(row, relation=computed.relation)]
        evidence += [
            Evidence(
                table=row.table,
                row_id=r["row_id"],
                source_id=None,
                relation=computed.relation,
                low=r["low"],
                high=r["high"],
                note=f"{row.table} {r['row_id']} says {_spread(r)}",
                source=r["source"],
            )
            for r in best
        ]
        return computed, evidence, sql


_PLACE_OF_R = (
    "(SELECT arg_min(p.place, p.rank) FROM reference_place AS p WHERE p.package = r.package "
    "AND p.resource = r.resource AND p.row_id = r.row_id AND p.measure = r.measure)"
)
_SAME_PLACE = f"{_PLACE_OF_R} IS NOT DISTINCT FROM {_PLACE_OF_R.replace(' r.', ' own.')}"


def _is_of_places(item: _Side, others: Operand) -> bool:
    """Whether one place is held against others, and not one party or origin against others there: the text
    says so ("than any other country"), or its subject is the place."""
    kind = others.sentences[0]
    if kind in ("places", "actors"):
        return kind == "places"
    place = None if item.claim is None else item.claim.place
    if place is None or not item.operand.sentences:
        return False
    before, found, _ = item.operand.sentences[0].partition(place.text)
    return bool(found) and (before.split() or [""])[-1].lower() not in _WHERE


def _is_above(row: Mapping[str, Decimal], low: Decimal | None, high: Decimal | None, more: bool) -> bool:
    if more:
        return row["low"] is not None and high is not None and row["low"] > high
    return row["high"] is not None and low is not None and row["high"] < low


def _is_below(row: Mapping[str, Decimal], low: Decimal | None, high: Decimal | None, more: bool) -> bool:
    if more:
        return row["high"] is not None and low is not None and row["high"] < low
    return row["low"] is not None and high is not None and row["low"] > high


# --- operands ------------------------------------------------------------------------------------------


def _ask(asked: _Asked, number: int, reading: Reading, operand: Operand) -> None:
    """Put an operand's sentence among those to link: its number admitting anything, and as the text gives
    it."""
    start = next(
        (reading.document.text.rfind(s) for s in operand.sentences if reading.document.text.endswith(s)), 0
    )
    own = tuple(c for c in reading.claims if c.context.start >= start)
    reading = replace(reading, claims=own)
    claims = tuple(_probed(c) for c in own if c.kind in _NUMBERED and _is_the_number(c, operand))
    if not claims:
        return
    asked.readings.append(replace(reading, claims=claims))
    asked.places.append((number, True))
    if operand.number is not None:
        asked.readings.append(reading)
        asked.places.append((number, False))


def _is_the_number(claim: Claim, operand: Operand) -> bool:
    """Whether a claim's number is the operand's own, and not another of its sentence."""
    own = claim.quantity
    if own is None:
        return False
    return operand.number is not None or own.value == PROBE


def _probed(claim: Claim) -> Claim:
    quantity = claim.quantity
    assert quantity is not None
    wide: Mention = replace(quantity, value=None, low=-_ANY, high=_ANY, comparator="range")
    return replace(claim, quantity=wide, asserted=True, hedge=None)


def _answered(side: _Side, is_open: bool, document: CheckedDocument, alone: CheckedDocument) -> None:
    """Note what one way to say an operand met."""
    operand = side.operand
    for claim in document.reading.claims:
        if claim.kind not in _NUMBERED:
            continue
        verdict = document.verdicts[claim.claim_id]
        if not is_open:
            decided = verdict.verdict != "not_enough_evidence"
            side.said = verdict if side.said is None and decided else side.said
        elif not side.rows:
            found = _rows(verdict, alone.verdicts.get(claim.claim_id))
            if "at the end of" in document.document.text and "at the end of" not in operand.sentences[0]:
                found = tuple(e for e in found if e.as_of is not None)  # a year's stock
            side.rows = _of_the_day(claim, _recorded(operand, found))
            side.claim = claim if side.rows or side.claim is None else side.claim


def _of_the_day(claim: Claim, found: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Of what stands at a moment, the rows of the very day, where there are some."""
    day = None if claim.time is None else claim.time.date_end
    exact = tuple(e for e in found if day is not None and e.as_of == day.isoformat())
    return exact or found


def _recorded(operand: Operand, found: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Of whom the text says that they counted, their own rows: what they recorded, their table holds."""
    if operand.recorder is None:
        return found
    words = {w for w in folded(operand.recorder).split() if len(w) > _SHORT}
    own = [e for e in found if words & set(folded(e.source or "").replace("·", " ").split())]
    return tuple(replace(e, complete=True) for e in own) or found


def _rows(verdict: Verdict, alone: Verdict | None) -> tuple[Evidence, ...]:
    """The rows that would support any number: figures and single incidents before what a table adds up to."""
    if verdict.verdict != "supported":
        return ()
    found = [e for e in verdict.evidence if e.relation == "supports"]
    if alone is not None and alone.verdict == "supported":
        found += [e for e in alone.evidence if e.relation == "supports" and e not in found]
    single = [e for e in found if e.sql is None]
    return tuple(single or found)


def _shown(operand: Operand) -> str:
    return f"“{operand.sentences[0].replace(str(PROBE), '…', 1) if operand.sentences else operand.role}”"


# --- pairs, sums ---------------------------------------------------------------------------------------


def _of_pairs(comparison: Comparison, sides: Sequence[_Side]) -> Verdict:
    first, second = sides
    rows = [e for s in sides for e in s.rows]
    shared = {_key(e) for e in first.rows} & {_key(e) for e in second.rows}
    met = [
        (a, b)
        for a in first.rows
        for b in second.rows
        if _comparable(a, b) and shared.isdisjoint((_key(a), _key(b)))
    ]
    if comparison.relation == "average":  # what all did, by how many there were
        met = [(a, b) for a in first.rows for b in second.rows if a.table == b.table and a.sql and b.sql]
    same = [(a, b) for a, b in met if (a.package, a.measure) == (b.package, b.measure)]
    met = same or met
    alike = [(a, b) for a, b in met if a.source is not None and a.source == b.source and a.table == b.table]
    table = [(a, b) for a, b in met if a.table == b.table]
    told = all(s.operand.recorder is not None for s in sides) and comparison.relation != "share"
    alone = [(a, b) for a, b in met if told or (a.sql is None and b.sql is None)]
    met = alike or table or alone
    if comparison.relation == "change" and any(a.unit in _RATES for a, _ in met):
        return _open("ambiguous", "Of a rate, a change in per cent may be one in points.", rows)
    if not met:
        return _open(
            "unit_mismatch",
            "The rows of the two sides cannot be compared.",
            rows,
        )
    outcomes: list[tuple[Computed, list[Evidence], str]] = []
    for a, b in met:
        computed = pair(comparison, a, b)
        evidence = [replace(a, relation=computed.relation), replace(b, relation=computed.relation)]
        outcomes.append((computed, evidence, pair_sql(comparison, a, b)))
    verdict = _combined(outcomes)
    numbers = [s.said for s in sides if s.operand.number is not None]
    if not numbers or verdict.verdict != "supported":
        return verdict
    if any(v is not None and v.verdict == "refuted" for v in numbers):
        wrong = next(v for v in numbers if v is not None and v.verdict == "refuted")
        return replace(wrong, rule="judging.comparison")
    if any(v is not None and v.verdict == "conflicting_evidence" for v in numbers):
        return replace(verdict, verdict="conflicting_evidence", reason="sources_disagree")
    if any(v is None or v.verdict != "supported" for v in numbers):
        return replace(verdict, verdict="not_enough_evidence", reason="undecided")
    return verdict


def _comparable(one: Evidence, other: Evidence) -> bool:
    return one.package == other.package and one.unit == other.unit


def _key(row: Evidence) -> tuple[str, str, str | None, str | None]:
    return row.table, row.row_id, row.measure, row.sql


def _of_sums(comparison: Comparison, sides: Sequence[_Side]) -> Verdict:
    sources = [frozenset((e.table, e.source) for e in side.rows) for side in sides]
    shared = frozenset.intersection(*sources)
    tables = frozenset.intersection(*(frozenset(e.table for e in side.rows) for side in sides))
    outcomes: list[tuple[Computed, list[Evidence], str]] = []
    for key in sorted(shared, key=str) or [(t, None) for t in sorted(tables)]:
        rows = []
        for side in sides:
            fits = [e for e in side.rows if e.table == key[0] and (not shared or e.source == key[1])]
            if len(fits) != 1:
                break
            rows.append(fits[0])
        apart = len(rows) == len(sides) and len({(e.table, e.row_id, e.sql) for e in rows}) == len(rows)
        if apart and len({(e.unit, e.measure) for e in rows}) == 1:
            computed = total(comparison, rows)
            evidence = [replace(e, relation=computed.relation) for e in rows]
            outcomes.append((computed, evidence, sum_sql(rows)))
    if not outcomes:
        return _open(
            "ambiguous", "The rows of the parts cannot be added up.", [e for s in sides for e in s.rows]
        )
    return _combined(outcomes)


# --- SQL -----------------------------------------------------------------------------------------------


def row_sql(row: Evidence) -> str:
    """The SELECT of what a row says: low, high."""
    if row.sql is not None and " AS low" not in row.sql:
        return f"SELECT best AS low, best AS high FROM ({row.sql})"
    if row.sql is not None:
        return f"SELECT coalesce(low, best) AS low, coalesce(high, best) AS high FROM ({row.sql})"
    return (
        "SELECT coalesce(low, best) AS low, coalesce(high, best) AS high FROM reference_row "
        f"WHERE package = {literal(row.package or '')} AND resource = {literal(row.table)} "
        f"AND row_id = {literal(row.row_id)} AND measure = {literal(row.measure or '')}"
    )


def pair_sql(comparison: Comparison, first: Evidence, second: Evidence) -> str:
    """The SELECT of the relation's value over two rows: low, high."""
    relation, less = comparison.relation, comparison.way == "less"
    if relation in ("greater", "less", "equal", "difference"):
        ends = "a.low - b.high AS low, a.high - b.low AS high"
        if less and relation in ("less", "difference"):
            ends = "b.low - a.high AS low, b.high - a.low AS high"
    elif relation == "change":
        ends = "a.low / nullif(b.high, 0) - 1 AS low, a.high / nullif(b.low, 0) - 1 AS high"
        if less:
            ends = "1 - a.high / nullif(b.low, 0) AS low, 1 - a.low / nullif(b.high, 0) AS high"
    else:
        ends = "a.low / nullif(b.high, 0) AS low, a.high / nullif(b.low, 0) AS high"
    return f"SELECT {ends} FROM ({row_sql(first)}) AS a, ({row_sql(second)}) AS b"


def sum_sql(rows: Iterable[Evidence]) -> str:
    """The SELECT of what rows add up to: low, high."""
    return f"SELECT sum(low) AS low, sum(high) AS high FROM ({' UNION ALL '.join(row_sql(r) for r in rows)})"


# --- verdicts ------------------------------------------------------------------------------------------


def _combined(outcomes: Sequence[tuple[Computed, list[Evidence], str]]) -> Verdict:
    relations = {c.relation for c, _, _ in outcomes}
    verdict: VerdictName = "not_enough_evidence"
    reason = "undecided"
    if {"supports", "refutes"} <= relations:
        verdict, reason = "conflicting_evidence", "sources_disagree"
    elif "supports" in relations:
        verdict, reason = "supported", "computed"
    elif "refutes" in relations:
        verdict, reason = "refuted", "computed"
    evidence: list[Evidence] = []
    for computed, rows, sql in outcomes:
        evidence.append(_computed_evidence(computed, rows, sql))
        evidence += [e for e in rows if e not in evidence]
    told = "; ".join(dict.fromkeys(_told(c, rows) for c, rows, _ in outcomes))
    return Verdict(
        verdict=verdict,
        reason=reason,
        explanation=told + ".",
        evidence=tuple(evidence),
        rule="judging.comparison",
    )


def _told(computed: Computed, rows: Sequence[Evidence]) -> str:
    where = ", ".join(dict.fromkeys(f"{e.table} {e.row_id}" for e in rows))
    why = f" ({computed.why})" if computed.why else ""
    return f"{computed.words}{why} [{where}]" if computed.words else f"{computed.why} [{where}]"


def _computed_evidence(computed: Computed, rows: Sequence[Evidence], sql: str) -> Evidence:
    return Evidence(
        table=rows[0].table,
        row_id=" : ".join(dict.fromkeys(e.row_id for e in rows)),
        source_id=None,
        relation=computed.relation,
        low=_nine(computed.value.low),
        high=_nine(computed.value.high),
        sql=sql,
        note=computed.words or computed.why,
        name="comparison",
    )


def _nine(value: Decimal | None) -> Decimal | None:
    """A value with the nine places that the database keeps."""
    return None if value is None else round(value, 9)


def _open(reason: str, told: str, rows: Sequence[Evidence] = ()) -> Verdict:
    return Verdict(
        verdict="not_enough_evidence",
        reason=reason,
        explanation=told,
        evidence=tuple(replace(e, relation="neutral") for e in dict.fromkeys(rows)),
        rule="judging.comparison",
        stage="not_read" if reason == "not_read" else "",  # type: ignore[arg-type]  # the verdict fills it
    )


def _interval(row: Evidence) -> str:
    says = stated(row)
    return "no number" if says is None else str(says)


def _spread(row: Mapping[str, Decimal]) -> str:
    low, high = ("…" if x is None else plain(Decimal(x)) for x in (row["low"], row["high"]))
    return low if low == high else f"{low} to {high}"


# --- the claims beside a comparison ----------------------------------------------------------------------


def _beside(
    document: CheckedDocument,
    claim: Claim,
    verdict: Verdict,
    sides: Sequence[_Side],
    before: Mapping[str, Verdict],
) -> CheckedDocument:
    """The document with a comparison's verdict. No number and no date of the clause that compares is
    supported alone, by half of what is said; a number that its operand's sentence links is judged by that.
    Where a row holds the number of a change itself, there is nothing to compute."""
    verdicts = dict(before)
    comparison = claim.comparison
    assert comparison is not None
    if claim.rule in MAY_BE_A_ROW and claim.quantity is not None:
        own = [c for c in document.reading.claims if c.quantity and c.quantity.span == claim.quantity.span]
        if any(verdicts[c.claim_id].verdict != "not_enough_evidence" for c in own):
            return document
        gone = {c.claim_id for c in own}
        kept = tuple(c for c in document.reading.claims if c.claim_id not in gone)
        document = replace(document, reading=replace(document.reading, claims=kept))
        verdicts = {key: v for key, v in verdicts.items() if key not in gone}
    told = {s.operand.number: s.said for s in sides if s.operand.number is not None and s.said is not None}
    for other in document.reading.claims:
        old = verdicts.get(other.claim_id)
        if old is None or other.kind in ("calendar", "count", "comparison"):
            continue
        at = None if other.quantity is None else other.quantity.span
        said = told.get(at) if at is not None else None
        if said is not None and other.asserted and _is_better(said, old, verdict):
            old = verdicts[other.claim_id] = said
        if old.verdict == "supported" and _is_half(document, claim, verdict, other):
            verdicts[other.claim_id] = _half(old, claim, verdict)
    verdicts[claim.claim_id] = verdict
    reading = replace(document.reading, claims=_in_order([*document.reading.claims, _linked(claim, sides)]))
    return replace(document, reading=reading, verdicts=verdicts)


def _in_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=lambda c: (c.context.start, c.start, c.kind != "event")))


def _linked(claim: Claim, sides: Sequence[_Side]) -> Claim:
    own = next((s.claim for s in sides if s.claim is not None), None)
    operands = tuple(
        replace(s.operand, readings=(), claim=s.claim, rows=tuple(f"{e.table}:{e.row_id}" for e in s.rows))
        for s in sides
    )
    comparison = claim.comparison
    if comparison is not None and operands:
        claim = replace(claim, comparison=replace(comparison, operands=operands))
    return claim if own is None else replace(claim, measure=own.measure, place=own.place)


def _is_better(said: Verdict, old: Verdict, verdict: Verdict) -> bool:
    """Whether what the rows say to a number in its operand's sentence goes before what they say to it in the
    longer sentence: there it was open, or taken for another."""
    if old.verdict == "not_enough_evidence":
        return said.verdict == "refuted" or verdict.verdict == "supported"
    return old.verdict == "refuted" and said.verdict == "supported"


def _is_half(document: CheckedDocument, claim: Claim, verdict: Verdict, other: Claim) -> bool:
    """Whether another claim of the clause says but half of what a comparison says that is not supported. A
    number beside the amount of a change ("rose by 3 per cent to 412,000") says a whole, and so does one
    that a comma parts from a superlative ("was 82 per cent, the highest since 1990")."""
    comparison = claim.comparison
    if verdict.verdict == "supported" or comparison is None or not _is_in(other, comparison.scope):
        return False
    if claim.rule in (CHANGE, "comparisons.ellipsis"):
        return claim.quantity is None and verdict.verdict == "refuted"
    if comparison.relation in ("sum", "share"):
        return False
    if comparison.relation in ("extreme", "rank") and other.quantity is not None:
        between = sorted([other.quantity.end, claim.start, other.quantity.start, claim.end])[1:3]
        return "," not in document.document.text[between[0] : between[1]].replace(",000", "")
    return True


def _is_in(claim: Claim, scope: Span) -> bool:
    own = claim.quantity or claim.time
    if own is None or own.start is None or own.end is None:
        return scope.start <= claim.start and claim.end <= scope.end
    return scope.start <= own.start and own.end <= scope.end


def _half(old: Verdict, claim: Claim, verdict: Verdict) -> Verdict:
    state = "refuted" if verdict.verdict == "refuted" else "not decided"
    relation: Relation = "neutral"
    return Verdict(
        verdict="not_enough_evidence",
        reason="part_of_comparison",
        explanation=f"This fits; what is said with it is {state}: “{claim.text}”. {old.explanation}",
        evidence=tuple(replace(e, relation=relation) for e in old.evidence),
        rule="judging.comparison",
        stage="unexplained",
        unexplained=(claim.text,),
    )
