"""Judges comparisons over the rows of their operands, and what that means for the claims beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from operator import itemgetter

from claimcheck.comparisons.reading import CHANGE, MAY_BE_A_ROW, OF_OTHERS, OF_SERIES
from claimcheck.judging.comparing import pair, place, steps, total
from claimcheck.judging.explaining import evidence_of
from claimcheck.judging.relations import Candidate, Outcome, is_counted, phase_words, unit_named
from claimcheck.linking.weights import TOGETHER, Weights, shares
from claimcheck.model import (
    DECIDED,
    CheckedDocument,
    Claim,
    Comparison,
    Evidence,
    Likely,
    Mention,
    Period,
    Reading,
    ReferenceRow,
    Span,
    Suggestion,
    Verdict,
    in_order,
    replace,
)
from claimcheck.names import WORD
from claimcheck.relate.meant import Meant
from claimcheck.relate.operands import (
    Means,
    Side,
    answered,
    levels_of,
    pair_sql,
    place_sql,
    row_sql,
    shown,
    steps_sql,
    sum_sql,
    together,
    undecided,
    verdict_of,
)
from claimcheck.syntax.stems import stem

# ----------------------------------------------------------------------------------------------------
# The claims beside a comparison: what its verdict means for the numbers and dates of the same clause.


def with_comparison(
    document: CheckedDocument,
    claim: Claim,
    verdict: Verdict,
    sides: Sequence[Side],
) -> CheckedDocument:
    """The document with a comparison's verdict. Where a row holds the number of a change itself, there is
    nothing to compute."""
    verdicts = dict(document.verdicts)
    comparison = claim.comparison
    assert comparison is not None
    if claim.rule in MAY_BE_A_ROW and claim.quantity is not None:
        own = [c for c in document.reading.claims if c.quantity and c.quantity.span == claim.quantity.span]
        decided = any(_is_of_a_row(claim, verdict, verdicts[c.claim_id], sides) for c in own)
        if decided or (own and verdict.reason == "no_reference"):
            return document
        gone = {c.claim_id for c in own}
        kept = tuple(c for c in document.reading.claims if c.claim_id not in gone)
        document = replace(document, reading=replace(document.reading, claims=kept))
        verdicts = {key: v for key, v in verdicts.items() if key not in gone}
    verdicts[claim.claim_id] = verdict
    claims = sorted([*document.reading.claims, _linked(claim, sides)], key=in_order)
    return replace(document, reading=replace(document.reading, claims=tuple(claims)), verdicts=verdicts)


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


def _linked(claim: Claim, sides: Sequence[Side]) -> Claim:
    own = next((s.measured for s in sides if s.claim is not None), None)
    operands = tuple(
        replace(s.operand, claim=s.measured, rows=tuple(f"{e.table}:{e.row_id}" for e in s.rows))
        for s in sides
    )
    comparison = claim.comparison
    if comparison is not None and operands:
        claim = replace(claim, comparison=replace(comparison, operands=operands))
    return claim if own is None else replace(claim, measure=own.measure, place=own.place)


# ----------------------------------------------------------------------------------------------------
# The rows are found in `meant` and `operands`. The relation is computed for each choice of a row for every
# operand, with the SELECT that gives it again.

_SURE = (0.8, 0.5, 0.3, 0.1)
"""From which probability on it is another level that an operand means its row."""
_RATES = frozenset({"percent", "per cent", "%"})
_EVEN = 1.2  # times as long as the shortest may be the longest of the times between rows
_LONGEST = 400  # rows of a series since a time: a year of days
_ALIKE = 3  # days by which the times of a series' rows may be longer than each other
_ROSE, _FELL = Comparison(relation="greater"), Comparison(relation="less", way="less")
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


def verdict_of_choices(tried: Sequence[Tried], weights: Weights) -> tuple[Verdict, list[Side]]:
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
    borne_out = all(s.said is None or s.said.verdict != "not_enough_evidence" for s in sides)
    clear = borne_out and all(s.meant is None or s.meant.clear for s in sides)
    if probable >= weights.firm[verdict.verdict] and clear:
        return verdict, sides
    says = verdict.evidence[0].relation
    near = tuple(Suggestion(row=replace(e, relation=says)) for side in sides for e in side.named)
    left = undecided("not_firm", f"Which rows are meant is not sure: {verdict.explanation}")
    return replace(left, likely=Likely(verdict.verdict, probable, near, (), verdict.explanation)), sides


def _levels(claim: Claim, verdict: Verdict, sides: Sequence[Side]) -> list[tuple[str, str]]:
    """How rows go together and what they say to a comparison: an amount is seldom met by rows that nobody
    meant, and what refutes is worth the more the surer each row is."""
    comparison = claim.comparison
    assert comparison is not None
    relation = str(comparison.way if comparison.relation in OF_SERIES else comparison.relation)
    relation += ", others" if claim.rule == OF_OTHERS else ""
    many = sum(end is not None for end in (comparison.low, comparison.high) if relation != comparison.way)
    least = min((side.meant.share for side in sides if side.meant is not None), default=1.0)
    sure = next((str(step) for step in _SURE if least >= step), "less")
    given = [side.said.verdict for side in sides if side.said is not None]
    return [
        *levels_of(sides, relation), ("least sure", f"{sure}, {verdict.verdict}"),
        ("given", ", ".join(sorted(given)) or "no number"),
        ("says", f"{(relation, 'a bound', 'an amount')[many]}, {verdict.verdict}"),
    ]  # fmt: skip


class Comparing:
    """Judges the comparisons of documents. `meant` are the rows that an operand may mean."""

    def __init__(self, meant: Means, weights: Callable[[], Weights]) -> None:
        self._weights = weights
        self._meant = meant
        self.asked: dict[str, tuple[Claim, Reading]] = {}
        """The comparisons of the last batch with their documents, by the claims' ids."""

    def check(self, readings: Sequence[Reading], done: Sequence[CheckedDocument]) -> list[CheckedDocument]:
        """The documents with their comparisons judged, and what each says of the claims beside it; of one
        whose operands are not firm, what is likely."""
        compared = [(n, c) for n, r in enumerate(readings) for c in r.claims if c.comparison is not None]
        self.asked = {}
        if not compared:
            return list(done)
        out, weights = list(done), self._weights()
        for number, claim in compared:
            asked = self.asked[claim.claim_id] = claim, readings[number]
            verdict, own = verdict_of_choices(self.tried(*asked), weights)
            out[number] = with_comparison(out[number], claim, verdict, own)
        return out

    def tried(self, claim: Claim, reading: Reading) -> list[Tried]:
        """What each choice of rows for the operands says; of those that cannot be compared the first."""
        asked = () if claim.comparison is None else claim.comparison.operands
        answers = [answered(operand, reading, self._meant) for operand in asked]
        found = []
        for sides, odds in together(answers):
            verdict = self._verdict(claim, sides)
            if claim.comparison and claim.comparison.relation in OF_SERIES and verdict.verdict in DECIDED:
                sides = [replace(sides[0], rows=verdict.evidence[1:])]  # of the whole series
            found.append(Tried(sides, verdict, odds, _levels(claim, verdict, sides)))
        return [one for one in found if one.verdict.reason not in APART] or found[:1]

    def _verdict(self, claim: Claim, sides: Sequence[Side]) -> Verdict:
        comparison = claim.comparison
        assert comparison is not None
        if not claim.asserted:
            return undecided("not_asserted", "The text does not assert this.")
        if comparison.unread is not None or not sides:
            return undecided("not_read", "What is compared here could not be read.")
        missing = [s for s in sides if not s.rows]
        if missing:
            said = "; ".join(shown(s.operand) for s in missing)
            return undecided("no_reference", f"No row answers: {said}", [e for s in sides for e in s.rows])
        period = None if claim.time is None else claim.time.period
        if comparison.relation == "average" and len(sides) == 1:
            return _of_sums(comparison, _over(sides[0], period))
        if comparison.relation in ("sum", "average"):
            return _of_sums(comparison, [side.rows[0] for side in sides])
        if comparison.relation in OF_SERIES:
            if claim.rule == OF_OTHERS:
                meant = sides[0].meant
                rows = [] if meant is None else [_evidence(row) for row in (meant.row, *meant.others)]
                return _among(comparison, rows)
            of = _streak if comparison.relation == "streak" else _most
            return of(comparison, sides[0], period)
        amount = claim.quantity
        if comparison.relation == "difference" and amount is not None and amount.kind in ("money", "measure"):
            sides = [replace(s, rows=tuple(e for e in s.rows if _is_in_unit(e, amount))) for s in sides]
            if not all(s.rows for s in sides):  # no dollars of euros
                return undecided("unit_mismatch", "The rows are in another unit than the difference.")
        return _of_pairs(comparison, sides, Span(claim.start, claim.end), claim.rule == CHANGE)


def _of_pairs(comparison: Comparison, sides: Sequence[Side], own: Span, is_change: bool) -> Verdict:
    """The verdict on a relation of two operands; `own` are the words that compare. `is_change`: of one number
    at two times, of which the first is the later one."""
    a, b = (side.rows[0] for side in sides)
    if not _are_alike(a, b) or _key(a) == _key(b):
        units = sorted({e.unit for e in (a, b) if e.unit is not None})
        why = f": they are in {' and '.join(units)}" if len(units) > 1 else ""
        return undecided("unit_mismatch", f"The rows of the two sides cannot be compared{why}.", [a, b])
    rows = [side.meant.row for side in sides if side.meant is not None]
    ends = [days.end for row in rows if (days := row.period or row.as_of) and days.end]
    if is_change and len(ends) == 2 and ends[0] <= ends[1]:
        return undecided("ambiguous", "What a number came to is of a later time than what it was.", [a, b])
    if comparison.relation in ("change", "share") and a.unit in _RATES:
        reasons = {"change": "a change in per cent may be one in points", "share": "a part is no share"}
        return undecided("ambiguous", f"Of a rate, {reasons[comparison.relation]}.", [a, b])
    computed = pair(comparison, a, b)
    if comparison.relation == "share" and (comparison.low or 0) <= 1 < (computed.value.low or 0):
        return undecided("ambiguous", "No part is more than its whole.", [a, b])
    named = [_by_place(row, side) for row, side in zip((a, b), sides, strict=True)]
    return _with_its_numbers(verdict_of(computed, named, pair_sql(comparison, a, b)), sides, own)


def _by_place(row: Evidence, side: Side) -> Evidence:
    """A row without a name of its own by the place that its operand names."""
    place = None if side.claim is None else side.claim.place
    return row if place is None or row.name not in (None, row.measure) else replace(row, name=place.text)


def _with_its_numbers(verdict: Verdict, sides: Sequence[Side], own: Span) -> Verdict:
    """A comparison that holds is refuted by a row that refutes a number of its own words (`own`), and
    supported only where those are: "fell *from 89.5 tonnes*"."""
    numbers = [s.said for s in sides if s.operand.number is not None and own.contains(s.operand.number)]
    if verdict.verdict != "supported":
        return verdict
    refuted = next((v for v in numbers if v is not None and v.verdict == "refuted"), None)
    if refuted is not None:
        return replace(refuted, rule="judging.comparison")
    if any(v is None or v.verdict != "supported" for v in numbers):
        return replace(verdict, verdict="not_enough_evidence", reason="undecided")
    return verdict


def _are_alike(one: Evidence, other: Evidence) -> bool:
    """Whether two rows are of one package, and of one unit or of things that are counted both."""
    counted = is_counted(one.unit) and is_counted(other.unit)
    return one.package == other.package and (one.unit == other.unit or counted)


def _is_in_unit(row: Evidence, amount: Mention) -> bool:
    """True if a row is in the unit of an amount, at any scale; where it names none, nobody can tell."""
    named = None if row.unit is None else unit_named(row.unit)
    return named is None or (named.kind, named.name) == (amount.kind, amount.unit)


def _key(row: Evidence) -> tuple[str, str, str | None]:
    """What tells a row from others."""
    return row.table, row.row_id, row.measure


def _of_sums(comparison: Comparison, rows: Sequence[Evidence]) -> Verdict:
    """The verdict on what the rows of the parts add up to, or on their mean."""
    if len(rows) < 2:
        return undecided("ambiguous", "The table does not tell of all that time.", rows)
    apart = len({row.table for row in rows}) == 1 and len(set(map(_key, rows))) == len(rows)
    if not apart or not _add_up(rows):
        why = "The rows of the parts cannot be added up: they are no counts of one unit, source and time."
        return undecided("ambiguous", why, rows)
    computed = total(comparison, rows)
    sql = sum_sql(rows)
    if comparison.relation == "average":
        sql = f"SELECT low / {len(rows)} AS low, high / {len(rows)} AS high FROM ({sql})"
    return verdict_of(computed, rows, sql)


def _among(comparison: Comparison, rows: Sequence[Evidence]) -> Verdict:
    """The verdict on the place of the first of rows among them all."""
    if not 2 <= len(rows) <= _LONGEST or len({row.unit for row in rows}) > 1:
        return undecided("ambiguous", "The table does not tell of the others.", rows[:1])
    others = " UNION ALL ".join(map(row_sql, rows[1:]))
    return verdict_of(place(comparison, rows), rows, place_sql(comparison, rows[0], others))


def _evidence(row: ReferenceRow) -> Evidence:
    return evidence_of(Outcome(Candidate(row=row), "neutral"))


def _most(comparison: Comparison, side: Side, since: Period | None) -> Verdict:
    """The verdict on the place of a row in its series since a time: among those after that time, as it is
    said of one that may have been more. None where the table does not go back so far, or lacks a time."""
    is_figure = side.meant is not None and side.meant.row.kind == "figure"  # of others a table may lack some
    told, begun = _up_to(side.meant) if side.meant and is_figure else [], since and since.start
    mine = [one for one in told if begun and told[0][0] <= begun < one[0]]
    if len(mine) < 2 or not _are_even(told[-len(mine) - 1 :]):
        return undecided("ambiguous", "The table does not tell of all that time.", side.rows)
    return _among(comparison, [row for _, row in reversed(mine)])


def _over(side: Side, during: Period | None) -> list[Evidence]:
    """The rows of a series over some years, none where the table lacks one of them."""
    start, end = (None, None) if during is None else (during.start, during.end)
    if side.meant is None or start is None or end is None:
        return []
    mine = [one for one in _up_to(side.meant, until=end) if start.year <= one[0].year]
    ends = {end.year, end.year - (end.month < 12)}  # the year in which a text is written is not over
    whole = len(mine) > 1 and mine[0][0].year == start.year and mine[-1][0].year in ends
    return [row for _, row in mine] if whole and _are_even(mine) else []


def _are_even(told: Sequence[tuple[date, Evidence]]) -> bool:
    """Whether rows follow each other at one interval: none between is lacking."""
    gaps = [(later - earlier).days for (earlier, _), (later, _) in pairwise(told)]
    return max(gaps, default=0) <= _EVEN * min(gaps, default=0) + _ALIKE


def _streak(comparison: Comparison, side: Side, since: Period | None) -> Verdict:
    """The verdict on the steps by which a series came to its row: as many as are said, or all since a time.
    None where the table lacks a time between, or where one more step before them went the same way."""
    told, most = [] if side.meant is None else _up_to(side.meant), comparison.rank
    first = 0 if since is None or since.start is None else since.start.year
    mine = told[-most - 1 :] if most else [one for one in told if 0 < first <= one[0].year]
    low, high = comparison.low or 0, comparison.high or 0
    covered = len(mine) == most + 1 if most else len(mine) > 1 and mine[0][0].year == first
    alike = len({row.unit for _, row in mine}) == 1
    if not (covered and alike) or not all(low <= (b - a).days <= high for (a, _), (b, _) in pairwise(mine)):
        return undecided("ambiguous", "The table lacks a time between which something moved.", side.rows)
    rows, before = [row for _, row in mine], [row for _, row in told[: -most - 1][-1:] if most]
    last = pair(_FELL, *rows[:-3:-1]).relation  # of "improved", whichever way that went
    fell = comparison.way == "less" or (comparison.way == "equal" and last == "supports")
    pairs = [(later, earlier) for earlier, later in pairwise(rows)]
    computed = steps(one := _FELL if fell else _ROSE, pairs)
    if before and computed.relation == "supports" and pair(one, rows[0], *before).relation == "supports":
        return undecided("ambiguous", "It moved that way more often than the text says.", [*before, *rows])
    return verdict_of(computed, rows, steps_sql(one, pairs))


def _up_to(meant: Meant, until: date | None = None) -> list[tuple[date, Evidence]]:
    """The rows of a series up to the one that is meant, or to a day, in order, each of as many days; of
    several of a time those of its source."""
    mine = meant.row.period or meant.row.as_of
    last, long = (date.min, 0) if mine is None or mine.start is None else (mine.start, mine.days or 0)
    told = [(d.start, row) for row in meant.series if (d := row.period or row.as_of) is not None and d.start
            and d.start <= (until or last) and abs((d.days or 0) - long) <= _ALIKE]  # fmt: skip
    many, own = Counter(day for day, _ in told), meant.row.source_id
    kept = sorted((one for one in told if many[one[0]] == 1 or one[1].source_id == own), key=itemgetter(0))
    return [(day, _evidence(row)) for day, row in kept]


def _add_up(rows: Sequence[Evidence]) -> bool:
    """True if rows may be added: of one measure and unit, no rates or averages, no stock of several days."""
    words = {stem(w) for r in rows for w in WORD.findall(r.measure or "")}
    if not words.isdisjoint(map(stem, phase_words("having a value"))):
        return False
    kinds = {(e.unit, e.measure) for e in rows}
    days = {e.as_of for e in rows}
    return len(kinds) == 1 and rows[0].unit not in _RATES and (len(days) == 1 or None in days)
