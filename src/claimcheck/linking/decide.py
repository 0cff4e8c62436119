"""From the levels of rows to a verdict with a probability: which rows are meant, and what they say together.

Nothing here reads a text. All that decides is a sum of weights, and the sum is kept with the verdict.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from claimcheck import lexicon
from claimcheck.linking.account import Account
from claimcheck.linking.columns import Compared, Line, Ranked, columns_of, compare, likeliest
from claimcheck.linking.levels import SLOTS, Levels
from claimcheck.linking.relate import Computed
from claimcheck.linking.rows import Portrait
from claimcheck.linking.weights import DATE_AND_WORDS, Weights, probability, shares
from claimcheck.model import Claim, VerdictName

AS_MUCH = 1.5
"""By how much the sum of a row, its number left out, may be lower for it to be of the same statistic."""
MEANT = 0.3
"""The least probability of the row that a likely verdict rests on, with those of its place and days that say
the same, and of the other events there."""
KEPT = 12
"""Rows in order, with and without their number, that a verdict looks at."""
_LOOKED_AT = 8  # rows, the likeliest first, among which one of the same statistic is looked for
_SAYS: dict[str, VerdictName] = {"supports": "supported", "refutes": "refuted"}
_STEPS = (0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98)
_SHARES = ("less than 0.1", *(f"at least {step}" for step in _STEPS))
_SLOTS = {of: [f"{of}: {slot}" for slot in SLOTS] for of in ("number", "date")}
_GAPS = (4.0, 3.0, 2.0, 1.2, 0.6, 0.2)


class Met(NamedTuple):
    """A row that a claim met: its levels, what arithmetic says, its sum with and without its number, the
    probability that it is meant, and its place among those compared."""

    portrait: Portrait
    levels: Line
    relation: str
    total: float
    bare: float
    share: float
    at: int = -1


@dataclass(frozen=True, slots=True)
class Option:
    """A verdict that the rows may give, the rows in order, and the levels of its own sum."""

    verdict: VerdictName
    total: str
    rows: tuple[Met, ...]
    steps: tuple[tuple[str, str], ...]
    computed: Computed | None = None


def sum_of(claim: Claim) -> str:
    """The sum by which the rows of a claim are weighed."""
    return "row of a date" if claim.quantity is None else "row of a number"


def meet(compared: Compared, weights: Weights, many: int = KEPT) -> list[Met]:
    """The rows that may be meant, with their levels and the probability that each is, likeliest first."""
    return _met(compared, compared.likeliest(sum_of(compared.of.claim), weights, many))


def met_of(compared: Compared, sums: np.ndarray, bare: np.ndarray, many: int = KEPT) -> list[Met]:
    """The first rows by their sums, and by their sums without their number."""
    return [met for found in likeliest(sums, bare, [0], many) for met in _met(compared, found)]


def _met(compared: Compared, found: Ranked) -> list[Met]:
    return [
        Met(*one, total, bare, share, n)
        for one, n, total, bare, share in zip(compared.met(found[0]), *found, strict=True)
    ]


def barest(levels: Levels, weights: Weights, many: int) -> list[Met]:
    """Rows for a comparison that gives no number, by all that a number's claim is weighed by but that."""
    compared = compare(levels, columns_of(levels.book, of_number=True))
    if not compared.rows:
        return []
    sums, value = compared.sums("row of a number", weights)
    met = met_of(compared, sums - value, sums - value, many)
    return sorted(met, key=lambda m: (-m.total, m.portrait.row.key))[:many]


def pairs(found: Sequence[Computed], claim: Claim, gaps: Sequence[float], weights: Weights) -> list[float]:
    """The probability of each computed number that the claim means it."""
    levels = (pair_levels(one, claim, gap, found) for one, gap in zip(found, gaps, strict=True))
    return shares([weights.sum("rows together", one) for one in levels])


def pair_levels(one: Computed, claim: Claim, gap: float, found: Sequence[Computed]) -> list[tuple[str, str]]:
    """The levels of a computed number. `gap`: how far its first row's sum is below the best one's; `found`:
    all that was computed for the claim."""
    said = claim.comparison.relation if claim.comparison else ""
    kind = said if claim.quantity is None else claim.quantity.kind
    many = "operands" if one.form == "operands" else str(min(5, len(found)))
    return [
        *one.levels.items(), ("behind the best", _gap(-gap)), ("claim", claim.kind),
        ("form, number", f"{one.form}, {kind}"), ("how many", many),
        ("operands say", _beside_operands(one, found)),
    ]  # fmt: skip


def _beside_operands(one: Computed | None, found: Sequence[Computed]) -> str:
    """What the operands of a comparison give, where these were read; and how a number stands to it."""
    operands = next((c for c in found if c.form == "operands"), None)
    if operands is None:
        return "none"
    share = operands.levels["partner"]
    if one is None or one is operands:
        return f"{'' if one is None else 'itself, '}{operands.agrees}, {share}"
    mine, theirs = ({r.row.key for r in c.rows} for c in (one, operands))
    rows = "same rows" if mine == theirs else "some rows" if mine & theirs else "other rows"
    return f"{rows}, {'alike' if one.agrees == operands.agrees else 'otherwise'}, {share}"


def options(met: Sequence[Met], account: Account, together: Sequence[tuple[Computed, float]]) -> list[Option]:
    """The verdicts that the rows may give, each with the levels of its sum.

    `met`: the rows, the likeliest first; `account`: of the claim's words; `together`: what rows give
    together, with its probability.
    """
    claim = account.claim
    best = max(together, key=lambda pair: (pair[1], [r.row.key for r in pair[0].rows]), default=None)
    stated = [pair for pair in together if pair is best or pair[0].form == "operands"]
    computed = [_computed(met, claim, together, pair) for pair in stated]
    if not met or (claim.kind == "comparison" and claim.quantity is None):  # no row alone compares
        return computed
    first, said = met[0], _beside_operands(None, [one for one, _ in together])
    barest, conflict = max(met, key=attrgetter("bare")), _conflicts(first, met)
    verdict = _SAYS.get(first.relation, "supported")
    chosen: list[tuple[VerdictName, Met]] = []
    if first.levels["value"] != "another unit":  # such a row says nothing of the number
        chosen.append((verdict, first))
    if conflict:
        chosen.append(("conflicting_evidence", first))
    if verdict == "supported" and barest is not first and barest.relation == "refutes":
        chosen.append(("refuted", barest))
    out = []
    for name, row in chosen:
        so = [m.share for m in met[:10] if m.relation == row.relation]
        otherwise = [m.share for m in met[:10] if m.relation != row.relation]
        better = barest.bare - row.bare if barest.relation != row.relation else 0.0
        steps = [
            ("the row's probability", _step(row.share)), ("rows that say so", _step(sum(so))),
            ("rows that say otherwise", _step(sum(otherwise))), ("arithmetic", row.relation),
            ("a second source", f"{conflict}, {row.levels['source']}" if conflict else "none"),
            ("a better row but for its number", _gap(better)),
            ("which row", "first" if row is first else "first but for its number"),
            ("all but the number", _gap(row.bare / 2)),
            ("rows together", "none" if best is None else _step(best[1])),
            ("operands say", said),
            *zip(_SLOTS["number" if claim.quantity else "date"], row.levels.values(), strict=True),
            *_reading(claim), *account.steps(row.portrait),
        ]  # fmt: skip
        out.append(Option(name, name, (row, *(m for m in met if m is not row)), tuple(steps)))
    return [*out, *computed]


def _computed(
    met: Sequence[Met], claim: Claim, together: Sequence[tuple[Computed, float]], pair: tuple[Computed, float]
) -> Option:
    one, share = pair
    alone, says = (met[0].share, met[0].relation) if met else (0.0, "neutral")
    name: VerdictName = "supported" if one.agrees else "refuted"
    own = share if one.share is None else one.share
    reached = _SHARES[1 : bisect(_STEPS, own) + 1]  # all steps: the rare last is learned from those before it
    steps = (
        *(("probability", level) for level in reached),
        ("that say so", _step(sum(p for c, p in together if c.agrees == one.agrees))),
        ("form", one.form),
        ("one row alone", _step(alone)),
        ("one row alone says", says),
        *_reading(claim)[:2],
        ("has a number", str(claim.quantity is not None)),
        ("operands say", _beside_operands(one, [c for c, _ in together])),
    )
    by_row = {id(m.portrait): m for m in met}
    mine = tuple(by_row.get(id(r)) or Met(r, Line(), "supports", 0.0, 0.0, share) for r in one.rows)
    return Option(name, f"computed, {name}", (*mine, *(m for m in met if m not in mine)), steps, one)


def ranked(found: Sequence[Option], weights: Weights) -> list[tuple[Option, float]]:
    """The options with their probabilities, the most probable first."""
    weighed = [(o, probability(weights.sum(f"verdict {o.total}", o.steps))) for o in found]
    return sorted(weighed, key=lambda pair: -pair[1])


def _conflicts(row: Met, met: Sequence[Met]) -> bool:
    """Whether another source's row of the same statistic, met as well but for its number, says otherwise."""
    against = {"supports": "refutes", "refutes": "supports"}.get(row.relation)
    return any(
        other.relation == against and _is_one_statistic(row.portrait, other.portrait)
        for other in _barest(met) if other.bare >= row.bare - AS_MUCH
    )  # fmt: skip


def _barest(met: Sequence[Met]) -> list[Met]:
    """The likeliest rows but for their number."""
    return sorted(met, key=attrgetter("bare"), reverse=True)[:_LOOKED_AT]


def _is_one_statistic(mine: Portrait, theirs: Portrait) -> bool:
    """Whether two rows of two sources, or of two tables, tell one number."""
    if mine.measure is None or mine.measure != theirs.measure or mine.places[:1] != theirs.places[:1]:
        return False
    if mine.days is None or theirs.days is None or theirs.row.key == mine.row.key:
        return False
    whose, others = ((p.source, p.row.reported_by, p.row.table) for p in (mine, theirs))
    apart = mine.actor is not None and theirs.actor is not None and mine.actor != theirs.actor
    return whose != others and not apart and mine.days.meets(theirs.days)


def _reading(claim: Claim) -> list[tuple[str, str]]:
    said = claim.proposition
    own, time = claim.quantity, claim.time if claim.quantity is None else None
    hour = time is not None and (time.timex or "").partition("T")[2][:1].isdigit()  # "at 5 a.m."
    return [
        ("asserted", "yes" if claim.asserted else claim.rule),
        ("claim", claim.kind),
        ("part of a whole", str(claim.part_of is not None)),
        ("bounds", str(own.comparator if own else None)),
        ("share", str(said.share if said else None)),
        ("role", str(said.role if said else None)),
        ("number", str(own.kind if own else None)),
        *([("date", f"{time.relation}, {'an hour' if hour else 'days'}")] if time else []),
    ]


def _step(share: float) -> str:
    return _SHARES[bisect(_STEPS, share)]


def _gap(by: float) -> str:
    behind = "even" if by >= -0.2 else "behind by less than 1.5" if by > -1.5 else "behind by 1.5 and more"
    return next((f"by {gap}" for gap in _GAPS if by >= gap), behind)


def is_firm(
    option: Option, share: float, account: Account, weights: Weights, settled: Collection[str] = ()
) -> bool:
    """Whether a verdict is decided: of one row alone, no level of which bars that (data/levels.toml), no word
    of doubt beside it, and probable enough; where a word of the claim's clause is left over, surer than else.

    `share`: the probability of the verdict; `settled`: slots of which somebody said what they hold, so that
    no word tells otherwise.
    """
    first, levels, least = option.rows[0], account.levels, weights.firm[option.verdict]
    if not settled and account.narrowing(first.portrait):
        is_supported_date = account.claim.quantity is None and option.verdict == "supported"
        least = weights.firm[DATE_AND_WORDS] if is_supported_date else inf
    if option.computed is not None or share < least or account.doubted(first.portrait):
        return False
    besides = _beside(first, option.rows) | levels.stale(first.portrait) | levels.narrower(first.portrait)
    return not barred({**first.levels, **besides}, settled, option.verdict)


def _beside(first: Met, met: Sequence[Met]) -> dict[str, str]:
    """Of a row of which the text says no word of its own: that it names another of the same measure before
    ("Odetta flattened 400 houses. The damage came to 9 million", of Storm Brunhild); of a figure within the
    place that is said, that others of its days are as near: none is the number of the whole."""
    others = [m for m in met if m.levels and m.portrait.measure == first.portrait.measure]
    out, own, at = {}, first.portrait, first.levels.get("place", "")
    unsaid = {first.levels.get(slot, "none") for slot in ("words", "words before")} <= _UNSAID
    if unsaid and any(m.levels.get("words before", "none") not in _UNSAID for m in others):
        out["words before"] = "of another"
    if at.startswith("wider") and own.row.kind == "figure":
        parts = (m for m in others if m.portrait.places[:1] != own.places[:1] and m.portrait.days == own.days)
        if any(all(m.levels.get(slot) == first.levels.get(slot) for slot in _ALIKE) for m in parts):
            out["place"] = f"{at}, one of several"
    return out


_ALIKE = ("place", "read place", "actor", "cells", "words", "name")
_UNSAID = frozenset({"none", "common", "row silent"})


def barred(levels: Mapping[str, str], aside: Collection[str] = (), verdict: str = "") -> list[str]:
    """The slots whose levels bar that anything is decided by a row, or that this verdict is, but for those
    set `aside`.

    Example:
        >>> barred({"place": "another, carried", "time": "same"})
        ['place']
        >>> barred({"place": "same, carried", "time": "same"}, verdict="refuted")
        ['place']
    """
    date = levels.get("time") == "of a date"
    bars, refuted = _bars("bars_of_a_date" if date else "bars"), "a_refuted_date" if date else "a_refutation"
    more = _bars(f"bars_of_{refuted}" if verdict == "refuted" else "")
    return [
        slot for slot, level in levels.items()
        if slot not in aside
        and (level.startswith(stated := bars[slot] + more[slot]) or level.endswith(stated))
    ]  # fmt: skip


@cache
def _bars(column: str) -> dict[str, tuple[str, ...]]:
    default = "bars" if column == "bars_of_a_date" else ""
    return {row.id: tuple(row.get(column, row.get(default, ()))) for row in lexicon.load("levels")}


def of_one_statistic(first: Met, met: Sequence[Met], weights: Weights) -> list[Met]:
    """The rows of other sources that tell the very number which a row tells, whatever their further cells,
    their source and own words are, barred by nothing that does not bar the row itself."""

    def total(m: Met) -> float:
        stated = ((slot, m.levels.get(slot, "")) for slot in ("cells", "words", "source"))
        return m.bare - sum(weights.of("row of a number", slot, level) for slot, level in stated)

    return [
        other for other in _barest(met)
        if _is_one_statistic(first.portrait, other.portrait) and total(other) >= total(first) - AS_MUCH
        and not barred(other.levels, {"value", "source", "cells", *barred(first.levels)})
    ]  # fmt: skip


def is_said(option: Option, share: float, weights: Weights) -> bool:
    """Whether a verdict is called likely: it is probable enough, and so is the row that it rests on.
    A verdict that is right whatever row is meant would show a reader a row that has nothing to do with it."""
    if share < weights.likely[option.total]:
        return False
    first = option.rows[0]
    where, when = first.portrait.places[:1], first.portrait.days
    alike = (
        m for m in option.rows
        if m.relation == first.relation and m.portrait.places[:1] == where
        and (m.portrait.days == when or m.portrait.row.kind == "event" == first.portrait.row.kind)
    )  # fmt: skip
    return option.computed is not None or sum(m.share for m in alike) >= MEANT


def rounded(share: float) -> float:
    """A probability as it is shown: two decimals, and never 1."""
    return min(0.99, round(share, 2))
