"""The rows of the operands of comparisons, and what is computed over them, with its SELECT."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from claimcheck.comparisons.reading import has_a_lead, is_of_an_end, own_start, ways_to_say
from claimcheck.judging.comparing import Computed, stated
from claimcheck.matching.candidates import literal
from claimcheck.model import (
    COMPUTED,
    PROBE,
    CheckedDocument,
    Claim,
    Comparison,
    Document,
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
from claimcheck.names import folded

# ----------------------------------------------------------------------------------------------------
# The SELECT that gives a computed value again: of a row, of two rows, of what several add up to.


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
        if relation == "difference" and comparison.way == "equal":
            ends = "greatest(0, a.low - b.high, b.low - a.high) AS low, "
            ends += "greatest(a.high - b.low, b.high - a.low) AS high"
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


# ----------------------------------------------------------------------------------------------------
# Verdicts of what is computed over rows, each with its evidence and the SELECT that gives it again.


@dataclass(frozen=True, slots=True)
class Outcome:
    """A relation computed over rows, the rows, and the SELECT of its value."""

    computed: Computed
    rows: list[Evidence]
    sql: str

    @property
    def decisive(self) -> list[Evidence]:
        """The rows that say it, without those that are only shown beside."""
        return [row for row in self.rows if row.relation == self.computed.relation]


def combined_verdict(outcomes: Sequence[Outcome]) -> Verdict:
    """The verdict of all that could be computed: supported or refuted where nothing says the contrary."""
    relations = {o.computed.relation for o in outcomes}
    verdict: VerdictName = "not_enough_evidence"
    reason = "undecided"
    if {"supports", "refutes"} <= relations:
        verdict, reason = "conflicting_evidence", "sources_disagree"
    elif "supports" in relations:
        verdict, reason = "supported", "computed"
    elif "refutes" in relations:
        verdict, reason = "refuted", "computed"
    evidence: list[Evidence] = []
    for outcome in outcomes:
        evidence.append(_computed_evidence(outcome))
        evidence += [e for e in outcome.rows if e not in evidence]
    told = "; ".join(dict.fromkeys(_told(o) for o in outcomes))
    return Verdict(
        verdict=verdict,
        reason=reason,
        explanation=told + ".",
        evidence=tuple(evidence),
        rule="judging.comparison",
    )


def undecided(reason: str, told: str, rows: Sequence[Evidence] = ()) -> Verdict:
    """A comparison left open, with its reason in a word and in a sentence, and the rows that were met."""
    return Verdict(
        verdict="not_enough_evidence",
        reason=reason,
        explanation=told,
        evidence=tuple(replace(e, relation="neutral") for e in dict.fromkeys(rows)),
        rule="judging.comparison",
        stage="not_read" if reason == "not_read" else "",  # type: ignore[arg-type]  # the verdict fills it
    )


def interval_of(row: Evidence) -> str:
    """What a row says, as text: "12", "10 to 14", "no number"."""
    says = stated(row)
    return "no number" if says is None else str(says)


def low_to_high(row: Mapping[str, Decimal]) -> str:
    """The low and high of a row of the database, as text: "12", "10 to 14", "… to 14"."""
    low, high = ("…" if x is None else plain(Decimal(x)) for x in (row["low"], row["high"]))
    return low if low == high else f"{low} to {high}"


def row_as_evidence(table: str, row: Mapping[str, Any], relation: Relation) -> Evidence:
    """A row of the database as evidence."""
    return Evidence(
        table=table,
        row_id=row["row_id"],
        source_id=None,
        relation=relation,
        low=row["low"],
        high=row["high"],
        note=f"{table} {row['row_id']} says {low_to_high(row)}",
        source=row["source"],
        name=row.get("who"),
        date_start=row.get("begun"),
        date_end=row.get("day"),
    )


def _told(outcome: Outcome) -> str:
    computed = outcome.computed
    where = ", ".join(dict.fromkeys(f"{e.table} {e.row_id}" for e in outcome.decisive))
    why = f" ({computed.why})" if computed.why else ""
    return f"{computed.words}{why} [{where}]" if computed.words else f"{computed.why} [{where}]"


def _computed_evidence(outcome: Outcome) -> Evidence:
    computed, rows = outcome.computed, outcome.decisive
    return Evidence(
        table=rows[0].table,
        row_id=" : ".join(dict.fromkeys(e.row_id for e in rows)),
        source_id=None,
        relation=computed.relation,
        low=_nine(computed.value.low),
        high=_nine(computed.value.high),
        sql=outcome.sql,
        note=computed.words or computed.why,
        name=COMPUTED,
    )


def _nine(value: Decimal | None) -> Decimal | None:
    """A value with the nine places that the database keeps."""
    return None if value is None else round(value, 9)


# ----------------------------------------------------------------------------------------------------
# The rows of the operands of comparisons: each operand is a sentence that the linker reads like any other.
#
# An operand asks for its row by a number that admits every value (`PROBE`): what would support it is its
# row.

Check = Callable[[Sequence[Reading]], list[CheckedDocument]]
"""What the linker says to documents."""
Read = Callable[[Iterable[Document]], Iterable[Reading]]
"""The readings of the sentences of operands, in order."""
_SHORT = 3
_MOST_WAYS = 40
"""Ways to say an operand that are tried."""
_NUMBERED = frozenset({"quantity", "rank"})


@dataclass(slots=True)
class Side:
    """What was found for an operand: its rows, its claim as it was linked, and what the rows say to the
    number that the text gives it."""

    operand: Operand
    ways: Sequence[Document] = ()  # to say it, the likeliest first
    rows: tuple[Evidence, ...] = ()
    claim: Claim | None = None
    said: Verdict | None = None
    quantity: Mention | None = None  # its number as the whole sentence gives it: of what unit, of what scale
    stated: bool = False  # its own sentence says what, where and when, and no row is there
    asked: Reading | None = None  # as it was first read, its number admitting anything; as the text gives it
    given: Claim | None = None


@dataclass(slots=True)
class _Asked:
    """Readings of operands on their way to the linker, those that say the same once, and the operands that
    wait for each."""

    readings: list[Reading] = field(default_factory=list)
    waiting: list[list[tuple[int, bool]]] = field(default_factory=list)
    places: dict[tuple[Document, tuple[object, ...]], int] = field(default_factory=dict)

    def ask(self, reading: Reading, number: int, is_open: bool) -> None:
        """Put a reading among those to link, for the operand of a number."""
        told = tuple((c.context, c.quantity, c.kind, c.asserted) for c in reading.claims)
        key = replace(reading.document, id=""), (is_open, *told)
        at = self.places.setdefault(key, len(self.readings))
        if at == len(self.readings):
            self.readings.append(reading)
            self.waiting.append([])
        self.waiting[at].append((number, is_open))


def link_operands(
    claims: Sequence[tuple[Claim, Document, Mapping[Span, Mention]]], check: Check, read: Read
) -> dict[str, list[Side]]:
    """The operands of comparisons with their rows, by the ids of the claims, each of which comes with its
    document and the numbers of it. The ways to say an operand are read and tried one after the other, until a
    row answers."""
    sides = {
        c.claim_id: [
            Side(o, ways_to_say(document, c, o), quantity=None if o.number is None else numbers.get(o.number))
            for o in (c.comparison.operands if c.comparison else ())
        ]
        for c, document, numbers in claims
    }
    unanswered = [side for own in sides.values() for side in own]
    for way in range(_MOST_WAYS):
        unanswered = [s for s in unanswered if not s.rows and len(s.ways) > way]
        tried = [s for s in unanswered if not (s.stated and has_a_lead(s.ways[way], s.operand))]
        told = dict.fromkeys(s.ways[way] for s in tried)
        readings = dict(zip(told, read(told), strict=True))
        asked = _Asked()
        for number, side in enumerate(tried):
            _ask(asked, number, readings[side.ways[way]], side)
        checked = check(asked.readings) if asked.readings else []
        for waiting, document in zip(asked.waiting, checked, strict=True):
            for number, is_open in waiting:
                _answered(tried[number], is_open, document)
    return sides


def from_the_text(side: Side, document: CheckedDocument) -> Side:
    """An operand with the rows of a number that stands in the sentence itself: "*the 3,000 refugees* were the
    most"."""
    if side.operand.number is None or side.rows:
        return side
    at = side.operand.number
    for other in document.reading.claims:
        if other.kind in _NUMBERED and other.quantity is not None and other.quantity.span == at:
            verdict = document.verdicts[other.claim_id]
            rows = tuple(e for e in verdict.evidence if e.relation == "supports" and e.package is not None)
            return Side(side.operand, side.ways, rows, other, verdict)
    return side


def shown(operand: Operand) -> str:
    """An operand in quotation marks, its unknown number as an ellipsis: “In May, … people died”."""
    return f"“{operand.sentences[0].replace(str(PROBE), '…', 1) if operand.sentences else operand.role}”"


def _ask(asked: _Asked, number: int, reading: Reading, side: Side) -> None:
    """Put an operand's sentence among those to link: its number admitting anything, and as the text gives
    it."""
    operand = side.operand
    start = own_start(reading.document, operand)
    own = tuple(_measured(c, side.quantity) for c in reading.claims if c.context.start >= start)
    claims = tuple(_probed(c) for c in own if c.kind in _NUMBERED and _is_the_number(c, operand))
    if not claims:
        return
    if side.asked is None:
        side.asked = replace(reading, claims=claims[:1])
        side.given = next((c for c in own if c.kind in _NUMBERED and _is_the_number(c, operand)), None)
    asked.ask(replace(reading, claims=claims), number, True)
    if operand.number is not None:
        asked.ask(replace(reading, claims=own), number, False)


def _is_the_number(claim: Claim, operand: Operand) -> bool:
    """Whether a claim's number is the operand's own, and not another of its sentence."""
    own = claim.quantity
    if own is None:
        return False
    return operand.number is not None or own.value == PROBE


def _measured(claim: Claim, whole: Mention | None) -> Claim:
    """A claim whose bare number is of the unit and the scale that its whole sentence gives it."""
    own = claim.quantity
    if own is None or whole is None or own.text != whole.text or own.kind != "number":
        return claim
    as_whole = {n: getattr(whole, n) for n in ("kind", "unit", "noun", "value", "low", "high")}
    return replace(claim, quantity=replace(own, **as_whole))


def _probed(claim: Claim) -> Claim:
    quantity = claim.quantity
    assert quantity is not None
    wide: Mention = replace(quantity, value=None, low=None, high=None, comparator="range")
    return replace(claim, quantity=wide, asserted=True, hedge=None)


def _answered(side: Side, is_open: bool, document: CheckedDocument) -> None:
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
            found = _rows(verdict)
            if is_of_an_end(document.document, operand):
                found = tuple(e for e in found if e.as_of is not None)  # a year's stock
            side.rows = _of_the_day(claim, _recorded(operand, found))
            side.claim = claim if side.rows or side.claim is None else side.claim
            says_when = claim.time is not None and claim.time.basis == "clause"
            side.stated |= verdict.stage == "no_row" and claim.place is not None and says_when


def _of_the_day(claim: Claim, found: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Of what stands at a moment or has come to so many by then, the rows of the very day, where there are
    some."""
    day = None if claim.time is None else claim.time.date_end
    exact = tuple(e for e in found if day is not None and (e.as_of == day.isoformat() or e.date_end == day))
    return exact or found


def _recorded(operand: Operand, found: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Of whom the text says that they counted, their own rows: what they recorded, their table holds."""
    if operand.recorder is None:
        return found
    words = {w for w in folded(operand.recorder).split() if len(w) > _SHORT}
    short = {w for w in operand.recorder.split() if w.isupper() and len(w) > 1}
    told = [(e, f"{e.source or ''} · {e.reported_by or ''}") for e in found]
    own = [
        e
        for e, who in told
        if words & set(folded(who).replace("·", " ").split()) or short & (_initials(who) | set(who.split()))
    ]
    return tuple(replace(e, complete=True) for e in own) or found


def _initials(source: str) -> set[str]:
    """What a source may be called for short: "UNHCR" of "United Nations High Commissioner for Refugees"."""
    names = (name.split() for name in source.split("·"))
    return {"".join(w[0] for w in words if w[0].isupper()) for words in names}


def _rows(verdict: Verdict) -> tuple[Evidence, ...]:
    """The rows that would support any number: figures and single incidents before what a table adds up to."""
    if verdict.verdict != "supported":
        return ()
    found = tuple(e for e in verdict.evidence if e.relation == "supports")
    return tuple(e for e in found if e.sql is None) or found
