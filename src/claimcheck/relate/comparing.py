"""Judges comparisons over the rows of their operands, and what that means for the claims beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from claimcheck.comparisons.reading import CHANGE, IMPLIED, MAY_BE_A_ROW, RATES, WITHIN
from claimcheck.judging.comparing import added, pair, stated, total
from claimcheck.judging.relations import is_counted, unit_named
from claimcheck.linking.decide import rounded
from claimcheck.linking.rows import Tables
from claimcheck.linking.weights import TOGETHER, Weights, shares
from claimcheck.model import (
    DECIDED,
    CheckedDocument,
    Claim,
    Comparison,
    Evidence,
    Interval,
    Likely,
    Mention,
    Reading,
    Span,
    Suggestion,
    Verdict,
)
from claimcheck.names import WORD
from claimcheck.propositions import stem
from claimcheck.relate.extremes import Extremes, judge_streak
from claimcheck.relate.meant import Meant
from claimcheck.relate.operands import (
    Outcome,
    Read,
    Side,
    answered,
    levels_of,
    pair_sql,
    read_operands,
    shown,
    sum_sql,
    together,
    undecided,
    verdict_of,
)
from claimcheck.wording import is_parted_by_comma, stem_set

# ----------------------------------------------------------------------------------------------------
# The claims beside a comparison: what its verdict means for the numbers and dates of the same clause.



def with_comparison(
    document: CheckedDocument,
    claim: Claim,
    verdict: Verdict,
    sides: Sequence[Side],
    least: float,
) -> CheckedDocument:
    """The document with a comparison's verdict. No number and no date of the clause that compares is
    supported alone, by half of what is said; a number that its operand's sentence links is judged by that.
    Where a row holds the number of a change itself, there is nothing to compute. `least`: the probability
    from which on a verdict is likely."""
    verdicts = dict(document.verdicts)
    comparison = claim.comparison
    assert comparison is not None
    if claim.rule in MAY_BE_A_ROW and claim.quantity is not None:
        own = [c for c in document.reading.claims if c.quantity and c.quantity.span == claim.quantity.span]
        if claim.rule == IMPLIED and verdict.reason in ("no_reference", "not_asserted", "ambiguous"):
            return replace(
                document, verdicts=verdicts | {c.claim_id: _of_all(verdicts[c.claim_id]) for c in own}
            )
        decided = any(_is_of_a_row(claim, verdict, verdicts[c.claim_id], sides) for c in own)
        if claim.rule != IMPLIED and (decided or (own and verdict.reason == "no_reference")):
            return document
        gone = {c.claim_id for c in own}
        kept = tuple(c for c in document.reading.claims if c.claim_id not in gone)
        document = replace(document, reading=replace(document.reading, claims=kept))
        verdicts = {key: v for key, v in verdicts.items() if key not in gone}
    for other in document.reading.claims:
        old = verdicts.get(other.claim_id)
        if old is None or other.kind in ("calendar", "count", "comparison"):
            continue
        if "supported" not in (old.verdict, old.likely and old.likely.verdict):
            continue
        if _is_half(document, claim, verdict, other):
            verdicts[other.claim_id] = _half(old, claim, verdict, least)
    verdicts[claim.claim_id] = verdict
    reading = replace(document.reading, claims=_in_order([*document.reading.claims, _linked(claim, sides)]))
    return replace(document, reading=reading, verdicts=verdicts)


def _is_of_a_row(claim: Claim, verdict: Verdict, own: Verdict, sides: Sequence[Side]) -> bool:
    """Whether a row holds the number of a change itself. That a row of an operand refutes it, as if "fell by
    5 points" said that 5 were left, says nothing of a difference, nor where the comparison is decided."""
    if own.verdict != "refuted":
        return own.verdict != "not_enough_evidence"
    compared = {(e.table, e.row_id, e.measure) for s in sides for e in s.rows}
    against = {(e.table, e.row_id, e.measure) for e in own.evidence if e.relation == "refutes"}
    relation = claim.comparison.relation if claim.comparison is not None else None
    is_level = against <= compared and (relation in ("difference", "ratio") or verdict.verdict in DECIDED)
    return not is_level


def _of_all(verdict: Verdict) -> Verdict:
    """The verdict on a number that may be told of all that its clause names: a row of one refutes it not."""
    if verdict.verdict not in ("refuted", "conflicting_evidence"):
        return verdict
    return replace(
        verdict, verdict="not_enough_evidence", reason="ambiguous",
        explanation=f"The number may be that of all together: {verdict.explanation}",
        evidence=tuple(replace(e, relation="neutral") for e in verdict.evidence),
        stage="",  # type: ignore[arg-type]  # the verdict fills it
    )  # fmt: skip


def _in_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=lambda c: (c.context.start, c.start, c.kind != "event")))


def _linked(claim: Claim, sides: Sequence[Side]) -> Claim:
    own = next((s.claim for s in sides if s.claim is not None), None)
    operands = tuple(
        replace(s.operand, claim=s.claim, rows=tuple(f"{e.table}:{e.row_id}" for e in s.rows)) for s in sides
    )
    comparison = claim.comparison
    if comparison is not None and operands:
        claim = replace(claim, comparison=replace(comparison, operands=operands))
    return claim if own is None else replace(claim, measure=own.measure, place=own.place)


def _is_half(document: CheckedDocument, claim: Claim, verdict: Verdict, other: Claim) -> bool:
    """Whether another claim of the clause says but half of what a comparison says that is not supported. A
    number beside the amount of a change ("rose by 3 per cent to 412,000") says a whole, and so does one
    that a comma parts from a superlative ("was 82 per cent, the highest since 1990")."""
    comparison = claim.comparison
    refuted = (verdict.verdict if verdict.likely is None else verdict.likely.verdict) == "refuted"
    if verdict.verdict == "supported" or comparison is None or not _is_in(other, comparison.scope):
        return False
    if claim.rule in (CHANGE, "comparisons.ellipsis"):
        return claim.quantity is None and refuted
    if comparison.relation == "share":  # "half of *the 774 who died*" is one statement
        return refuted and _is_in(other, Span(claim.start, claim.end))
    if comparison.relation == "sum":
        return False
    if claim.rule in ("comparisons.rate", "comparisons.per"):  # "9,800 guards, one for every five prisoners"
        return other.quantity is None
    if claim.rule == "comparisons.rank":  # "came second *with 55 seats*" says a whole
        return other.quantity is None and refuted
    behind = other.quantity is not None and claim.start > other.quantity.end
    if verdict.verdict == "not_enough_evidence" and behind and _is_parted(document, other, claim):
        return False  # "killed 12 people, *fewer than in Tarn*"
    if comparison.relation in ("extreme", "rank") and other.quantity is not None:
        if other.quantity.start >= claim.start:  # "became the biggest group *with 49 seats*"
            return False
        return not _is_parted(document, other, claim)
    return True


def _is_parted(document: CheckedDocument, number: Claim, claim: Claim) -> bool:
    """Whether a comma stands between a number and what is compared with it."""
    if number.quantity is None:
        return False
    _, *between, _ = sorted([number.quantity.end, claim.start, number.quantity.start, claim.end])
    return is_parted_by_comma(document.document, *between)


def _is_in(claim: Claim, scope: Span) -> bool:
    own = claim.quantity or claim.time
    if own is None or own.start is None or own.end is None:
        return scope.start <= claim.start and claim.end <= scope.end
    return scope.start <= own.start and own.end <= scope.end


def _half(old: Verdict, claim: Claim, verdict: Verdict, least: float) -> Verdict:
    """The verdict on what is but half of what is said: as probable as that the other half is not refuted."""
    other, own = verdict.likely, old.likely
    refuted = other.probability if other is not None and other.verdict == "refuted" else 0.0
    if own is not None and verdict.verdict != "refuted":
        share = rounded(own.probability * (1 - refuted))
        if share >= least:
            return replace(old, likely=replace(own, probability=share), probability=share)
    state = "refuted" if verdict.verdict == "refuted" else "not decided"
    return Verdict(
        verdict="not_enough_evidence", reason="part_of_comparison",
        explanation=f"This fits; what is said with it is {state}: “{claim.text}”. {old.explanation}",
        evidence=tuple(replace(e, relation="neutral") for e in old.evidence), rule="judging.comparison",
        stage="unexplained", unexplained=(claim.text,),
    )  # fmt: skip


# ----------------------------------------------------------------------------------------------------
# The rows are found in `meant` and `operands`. The relation is computed for each choice of a row for every
# operand, with the SELECT that gives it again. Superlatives are in `extremes`.

_SURE = (0.8, 0.5, 0.3, 0.1)
"""From which probability on it is another level that an operand means its row."""
_RATES = frozenset({"percent", "per cent", "%"})
APART = frozenset({"unit_mismatch", "no_reference", "ambiguous"})
"""Why rows that an operand each means are none that a sentence compares."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A choice of rows for the operands, what these say, the logarithm of the probability that each is meant
    by itself, and how they go together: the levels of a sum."""

    sides: list[Side]
    verdict: Verdict
    odds: float
    levels: list[tuple[str, str]]


def told(tried: Sequence[Tried], weights: Weights) -> tuple[Verdict, list[Side]]:
    """The verdict that choices of rows for the operands give together, with the likeliest of them: one of the
    choices is meant, or none. Decided where that is sure and nothing bars it, else what is likely."""
    sums = [one.odds + weights.sum(TOGETHER, one.levels) for one in tried]
    share: dict[str, float] = defaultdict(float)
    for one, probable in zip(tried, shares(sums), strict=True):
        share[one.verdict.verdict] += probable
    said = [one.verdict.verdict for one in tried]
    decided = [(share[v], s, n) for n, (v, s) in enumerate(zip(said, sums, strict=True)) if v in DECIDED]
    if not decided:
        return tried[0].verdict, tried[0].sides
    probable, _, n = max(decided)
    verdict, sides = tried[n].verdict, tried[n].sides
    if probable >= weights.firm[verdict.verdict] and all(s.meant is None or s.meant.clear for s in sides):
        return verdict, sides
    rows = [e for e in verdict.evidence if e.sql is None]
    rows += [e for side in sides for e in side.parts if e not in rows]
    near = tuple(Suggestion(row=e) for e in rows)
    left = undecided("not_firm", f"Which rows are meant is not sure: {verdict.explanation}")
    return replace(left, likely=Likely(verdict.verdict, probable, near, told=verdict.explanation)), sides


def _levels(claim: Claim, verdict: Verdict, sides: Sequence[Side]) -> list[tuple[str, str]]:
    """How rows go together and what they say to a comparison: an amount is seldom met by rows that nobody
    meant, and what refutes is worth the more the surer each row is."""
    comparison = claim.comparison
    assert comparison is not None
    relation = comparison.relation
    many = sum(end is not None for end in (comparison.low, comparison.high))
    least = min((side.meant.share for side in sides if side.meant is not None), default=1.0)
    sure = next((str(step) for step in _SURE if least >= step), "less")
    return [
        *levels_of(sides), ("least sure", f"{sure}, {verdict.verdict}"),
        ("says", f"{(relation, 'a bound', 'an amount')[many]}, {verdict.verdict}"),
    ]  # fmt: skip


class Comparing:
    """Judges the comparisons of documents. `meant` are the rows that an operand's sentence may mean, `read`
    reads these sentences; `containers` and `names` are those of `Extremes`."""

    def __init__(
        self,
        store: Tables,
        meant: Callable[[Reading], Sequence[Meant]],
        read: Read,
        containers: Mapping[str, frozenset[str]],
        names: Mapping[str, Sequence[str]],
        weights: Callable[[], Weights],
    ) -> None:
        self._weights = weights
        self._meant = meant
        self._read = read
        self._store = store
        self._extremes = Extremes(store, containers, names)
        self.asked: dict[str, tuple[Claim, list[Side]]] = {}
        """The comparisons of the last batch with what their operands ask, by the claims' ids."""

    def check(self, readings: Sequence[Reading], done: Sequence[CheckedDocument]) -> list[CheckedDocument]:
        """The documents with their comparisons judged, and what each says of the claims beside it; of one
        whose operands are not firm, what is likely."""
        compared = [(n, c) for n, r in enumerate(readings) for c in r.claims if c.comparison is not None]
        self.asked = {}
        if not compared:
            return list(done)
        numbers = {
            n: {c.quantity.span: c.quantity for c in done[n].reading.claims if c.quantity is not None}
            for n in {n for n, _ in compared}
        }
        found = [(c, readings[n].document, numbers[n]) for n, c in compared]
        sides = read_operands(found, self._read)
        out, weights = list(done), self._weights()
        for number, claim in compared:
            asked = self.asked[claim.claim_id] = claim, sides[claim.claim_id]
            verdict, own = told(self.tried(*asked), weights)
            out[number] = with_comparison(out[number], claim, verdict, own, weights.likely["supported"])
        return out

    def tried(self, claim: Claim, asked: Sequence[Side]) -> list[Tried]:
        """What each choice of rows for the operands says; of those that cannot be compared the first."""
        answers = [answered(side, self._meant) for side in asked]
        found = []
        for sides, odds in together(answers):
            verdict = self._verdict(claim, sides)
            found.append(Tried(sides, verdict, odds, _levels(claim, verdict, sides)))
        return [one for one in found if one.verdict.reason not in APART] or found[:1]

    def _verdict(self, claim: Claim, sides: Sequence[Side]) -> Verdict:
        comparison = claim.comparison
        assert comparison is not None
        if not claim.asserted:
            return undecided("not_asserted", "The text does not assert this.")
        if comparison.unread is not None or not sides:
            return undecided("not_read", "What is compared here could not be read.")
        missing = [s for s in sides if not s.rows and s.operand.role not in ("others", "times", "set")]
        if missing:
            said = "; ".join(shown(s.operand) for s in missing)
            return undecided("no_reference", f"No row answers: {said}", [e for s in sides for e in s.rows])
        if comparison.relation in ("extreme", "rank"):
            return self._extremes.judge(comparison, sides)
        if comparison.relation == "streak":
            return judge_streak(self._store, comparison, sides[0])
        if comparison.relation == "sum" or all(s.operand.role == "part" for s in sides):
            return _of_sums(comparison, sides, implied=claim.rule == IMPLIED)
        amount = claim.quantity
        if comparison.relation == "difference" and amount is not None and amount.kind in ("money", "measure"):
            sides = [replace(s, rows=tuple(e for e in s.rows if _is_in_unit(e, amount))) for s in sides]
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
    """The verdict on a relation of two operands; several behind the first are added up. `each` is the number
    of a rate: so much of the one for each of the other."""
    a, *rows = [side.rows[0] for side in sides]
    b = rows[0] if len(rows) == 1 else _added(rows) if _add_up(rows) else None
    if b is not None and comparison.relation == "average":  # what all did, by how many there were
        b = b if a.table == b.table and a.sql and b.sql else None
    elif b is not None and not (_are_alike(a, b, each) and _key(a) != _key(b)):
        b = None
    if b is None or not (a.table == b.table or a.sql is b.sql is None):
        units = sorted({e.unit for e in (a, *rows) if e.unit is not None})
        why = f": they are in {' and '.join(units)}" if len(units) > 1 else ""
        return undecided("unit_mismatch", f"The rows of the two sides cannot be compared{why}.", [a, *rows])
    if comparison.relation == "change" and a.unit in _RATES:
        return undecided("ambiguous", "Of a rate, a change in per cent may be one in points.", [a, b])
    computed = pair(comparison, a, b)
    shown_rows = [
        replace(_by_place(row, side), relation=computed.relation)
        for row, side in zip((a, b), sides, strict=False)
    ]
    return _with_its_numbers(verdict_of(Outcome(computed, shown_rows, pair_sql(comparison, a, b))), sides)


def _by_place(row: Evidence, side: Side) -> Evidence:
    """A row without a name of its own by the place that its operand names."""
    place = None if side.claim is None else side.claim.place
    return row if place is None or row.name not in (None, row.measure) else replace(row, name=place.text)


def _with_its_numbers(verdict: Verdict, sides: Sequence[Side]) -> Verdict:
    """A comparison that holds is supported only where the numbers that the text gives its operands are."""
    numbers = [s.said for s in sides if s.operand.number is not None]
    if verdict.verdict != "supported":
        return verdict
    refuted = next((v for v in numbers if v is not None and v.verdict == "refuted"), None)
    if refuted is not None:
        return replace(refuted, rule="judging.comparison")
    if any(v is None or v.verdict != "supported" for v in numbers):
        return replace(verdict, verdict="not_enough_evidence", reason="undecided")
    return verdict


def _are_alike(one: Evidence, other: Evidence, each: Mention | None) -> bool:
    """Whether two rows are of one package, and of one unit or of things that are counted both; or one is of
    the unit of a rate for each of what the other counts."""
    if one.package != other.package:
        return False
    if one.unit == other.unit or (is_counted(one.unit) and is_counted(other.unit)):
        return True
    rate = each is not None and is_counted(other.unit) and _is_in_unit(one, each)
    return rate and ((each is not None and each.kind == "number") or not is_counted(one.unit))


def _is_in_unit(row: Evidence, amount: Mention) -> bool:
    """True if a row is told in the unit of an amount, one by one; where it names none, nobody can tell."""
    named = None if row.unit is None else unit_named(row.unit)
    return named is None or (named.kind, named.name, named.many) == (amount.kind, amount.unit, Decimal(1))


def _key(row: Evidence) -> tuple[str, str, str | None, str | None]:
    """What tells a row, or what is added up of rows, from others."""
    return row.table, row.row_id, row.measure, row.sql


def _of_sums(comparison: Comparison, sides: Sequence[Side], implied: bool) -> Verdict:
    """The verdict on what the parts add up to. Where no word says that they are added up (`implied`), a
    number that fits one of them alone is not refuted, and it is told of several times or places: of what
    several did, some may be what they did together."""
    if implied and not _are_apart(sides):
        return undecided("ambiguous", "The text may mean what they did together, or each of them.")
    rows = [side.rows[0] for side in sides]
    apart = len({row.table for row in rows}) == 1 and len(set(map(_key, rows))) == len(rows)
    if not apart or not _add_up(rows):
        why = "The rows of the parts cannot be added up: they are no counts of one unit, source and time."
        return undecided("ambiguous", why, rows)
    computed = total(comparison, rows)
    sql = sum_sql(rows)
    if comparison.relation == "average":
        sql = f"SELECT low / {len(rows)} AS low, high / {len(rows)} AS high FROM ({sql})"
    return verdict_of(Outcome(computed, [replace(e, relation=computed.relation) for e in rows], sql))


def _added(rows: Sequence[Evidence]) -> Evidence:
    """Several rows as the one that they add up to."""
    says = added(map(stated, rows))
    return replace(
        rows[0], row_id=" + ".join(r.row_id for r in rows), low=says.low, best=None, high=says.high,
        complete=all(r.complete or r.sql is None for r in rows),
        sql=f"SELECT low, NULL AS best, high FROM ({sum_sql(rows)})",
    )  # fmt: skip


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
