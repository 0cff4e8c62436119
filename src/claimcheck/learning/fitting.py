"""Weights moved by decisions, the shipped ones as prior, and the thresholds that decisions have earned.

A decision "this row" says which row of all that were compared is meant, "none of these" that none is. The
weights of the levels of rows are moved so that this becomes likelier, each at a cost that grows with how far
it moves: ten decisions shift little, a thousand much. Nothing is drawn by chance, and order changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

import numpy as np
import numpy.typing as npt

from claimcheck.linking.weights import START, Weights

Vector = npt.NDArray[np.float64]
PENALTY = 10.0
"""What it costs to move a weight by one, in decisions that are got wrong: chosen on fields left out."""
NO_ROW = 0.45
"""What "none of these" weighs beside "this row": less than where the shipped weights were learned, since what
a reviewer does not find may be what the tables lack."""
EARNED = 0.43
"""The least probability at which a verdict is called likely where decisions have earned it: a verdict below
is wrong more often than its silence is (tests/teach.py)."""
HALFWAY = 5
"""So many decisions move the thresholds half of the way that they have earned."""
PRIOR = 10.0
"""By so many decisions the way to `EARNED` is preferred to staying: text of twenty fields speaks for it."""
STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)
LEAST = 0.005
"""A weight that moved by less is left where it was."""


@dataclass(frozen=True, slots=True)
class Met:
    """A claim of a decision: the sum by which its rows are weighed, the levels of each row, and which row is
    meant, None where none is."""

    total: str
    rows: Sequence[Sequence[tuple[str, str]]]
    meant: int | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """What came first of a claim of a decision: by which sum, how probable, and whether the decision says so;
    `nothing` where it says that no verdict is right. `said`: whether its probability alone keeps it back."""

    total: str
    probability: float
    right: bool
    nothing: bool
    said: bool = True


def moved(weights: Weights, decisions: Sequence[Met]) -> Weights:
    """The weights moved by decisions: those of the levels of rows, and the start of their sums."""
    table = dict(weights.weights)
    for total in sorted({one.total for one in decisions}):
        mine = [one for one in decisions if one.total == total and one.rows]
        for level, by in _moves(weights, total, mine).items():
            if abs(by) >= LEAST:
                table[(total, *level)] = round(table.get((total, *level), 0.0) + by, 4)
    return replace(weights, weights=table)


def _moves(weights: Weights, total: str, decisions: Sequence[Met]) -> Mapping[tuple[str, str], float]:
    """By how much each level moves."""
    number: dict[tuple[str, str], int] = {
        level: n for n, level in enumerate(sorted({x for one in decisions for row in one.rows for x in row}))
    }
    start = len(number)
    examples = []
    for one in sorted(decisions, key=lambda one: (str(one.meant), [list(row) for row in one.rows])):
        ids = np.array([[number[x] for x in row] for row in one.rows])
        sums = np.array([weights.sum(total, row) for row in one.rows])
        examples.append((ids, sums, one.meant, NO_ROW if one.meant is None else 1.0))

    def loss(x: Vector) -> tuple[float, Vector]:
        value, slope = PENALTY * float(x @ x), 2 * PENALTY * x
        for ids, sums, meant, weight in examples:
            s = sums + x[ids].sum(1) + x[start]
            most = max(0.0, float(s.max()))
            raised = np.exp(s - most)
            whole = float(raised.sum()) + float(np.exp(-most))
            own = -most if meant is None else float(s[meant]) - most
            value -= weight * (own - float(np.log(whole)))
            pull = weight * raised / whole
            if meant is not None:
                pull[meant] -= weight
            np.add.at(slope, ids.ravel(), np.repeat(pull, ids.shape[1]))
            slope[start] += float(pull.sum())
        return value, slope

    found = descend(loss, np.zeros(start + 1))
    return {**{level: float(found[n]) for level, n in number.items()}, (START, ""): float(found[start])}


_MOST_STEPS = 80


def descend(loss: Callable[[Vector], tuple[float, Vector]], at: Vector) -> Vector:
    """The least of a convex, smooth function, by the quasi-Newton steps of limited memory (L-BFGS)."""
    value, slope = loss(at)
    steps: list[tuple[Vector, Vector]] = []
    for _ in range(_MOST_STEPS):
        way, parts = slope.copy(), []
        for step, bend in reversed(steps):
            part = float(step @ way) / float(bend @ step)
            parts.append(part)
            way -= part * bend
        if steps:
            step, bend = steps[-1]
            way *= float(step @ bend) / float(bend @ bend)
        for (step, bend), part in zip(steps, reversed(parts), strict=True):
            way += (part - float(bend @ way) / float(bend @ step)) * step
        down, long = float(slope @ way), 1.0 if steps else 1.0 / max(1.0, float(np.abs(slope).sum()))
        if down < 1e-13 * max(1.0, value):
            break  # what is left to gain is less than rounding takes
        while True:
            there = at - long * way
            lower, turned = loss(there)
            if lower <= value - 1e-4 * long * down or long < 1e-12:
                break
            long /= 2
        step, bend = there - at, turned - slope
        if float(step @ bend) > 1e-12:
            steps = [*steps, (step, bend)][-8:]
        at, value, slope = there, lower, turned
    return at


def earned(weights: Weights, decisions: Sequence[Weighed]) -> Weights:
    """The weights with the thresholds of `likely` moved as far as decisions have earned.

    Each verdict that would be said at a lower threshold counts for it where the decision says the same, and
    against it where the decision says that nothing answers. A threshold is never raised.
    """
    if not decisions:
        return weights

    def lowered(by: float) -> dict[str, float]:
        higher = {total: least for total, least in weights.likely.items() if least > EARNED}
        return {total: least + (EARNED - least) * by for total, least in higher.items()}

    def gain(by: float) -> float:
        least = {**weights.likely, **lowered(by)}
        said = [one for one in decisions if one.said and one.probability >= least[one.total]]
        return fsum(one.right - one.nothing for one in said) + PRIOR * by

    best = max(STEPS, key=lambda by: (gain(by), by))
    way = best * len(decisions) / (len(decisions) + HALFWAY)
    moved_to = {total: round(least, 3) for total, least in lowered(way).items()}
    return replace(weights, likely={**weights.likely, **moved_to})
