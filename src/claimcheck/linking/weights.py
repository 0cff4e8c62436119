"""The weights of levels, as `make fit` learned them from labelled text: data/evidence.toml.

There are sums of three kinds. One a row: how likely it is that the claim means this row. One a pair of
rows: that the claim's number is what they give together. One a verdict: how likely it is that it is right,
given the rows that come first. A weight is a logarithm of odds; what is summed is shown.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from claimcheck import lexicon
from claimcheck.lexicon import LexiconError
from claimcheck.linking.levels import SLOTS

FORMAT = 1
"""The form of the file that this version reads."""
Key = tuple[str, str, str]
"""(sum, slot, level)"""
TOTALS = ("supported", "refuted", "conflicting_evidence", "computed, supported", "computed, refuted")
"""The sums of verdicts: by one row or several of one statistic, and by what rows give together."""
DATE_AND_WORDS = "supported date, words left over"
FIRM = ("supported", "refuted", "conflicting_evidence", DATE_AND_WORDS)
"""The verdicts that may be decided, each from a probability of its own on; a date's also where a word of its
clause is left over."""
OPERAND, TOGETHER = "row of an operand", "operands together"
"""The sums of the row that a sentence means whatever its number, and of rows that are compared."""
START = "start"
"""The slot of a sum's first summand, which every claim has."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each level of a slot adds to a sum; a level that was not learned adds nothing.

    `firm` are the least probabilities of decided verdicts; `likely` those from which a verdict is called
    likely, by the sum that gives it: what refutes, contests or is computed needs more, so that it is right as
    often. `shipped`: the weights that these were moved from, where reviewers' decisions moved them.
    """

    weights: Mapping[Key, float]
    firm: Mapping[str, float]
    likely: Mapping[str, float]
    shipped: Weights | None = None
    __hash__ = object.__hash__  # never changed

    def of(self, total: str, slot: str, level: str) -> float:
        """The weight of a level in a sum.

        Example:
            >>> shipped().of("row of a number", "place", "same") > 0
            True
        """
        return self.weights.get((total, slot, level), 0.0)

    def sum(self, total: str, levels: Iterable[tuple[str, str]]) -> float:
        """The sum over the levels of slots, with its start."""
        of = self.weights.get
        return self.of(total, START, "") + math.fsum([of((total, *one), 0.0) for one in levels])


def probability(total: float) -> float:
    """The probability that a sum of log odds stands for.

    Example:
        >>> probability(0.0)
        0.5
    """
    if total < -700:
        return 0.0
    return 1.0 / (1.0 + math.exp(-total))


def shares(totals: Sequence[float]) -> list[float]:
    """The probability of each of several of which one at most is meant: none of them has the sum 0.

    Example:
        >>> shares([0.0])
        [0.5]
    """
    most = max(0.0, *totals) if totals else 0.0
    parts = [math.exp(total - most) for total in totals]
    whole = math.fsum(parts) + math.exp(-most)
    return [part / whole for part in parts]


@cache
def shipped() -> Weights:
    """The weights that come with the program. Raises LexiconError where their file breaks its rules."""
    name = lexicon.WEIGHTS
    return _weights(lexicon.table(name), lambda: lexicon.source(name), f"data/{name}.toml")


def read(source: str, name: str) -> Weights:
    """The weights of a file's text. Raises LexiconError that names the file, the line and what to do."""
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}: {error}") from None
    return _weights(table, lambda: source, name)


def _weights(table: Mapping[str, Any], source: Callable[[], str], name: str) -> Weights:
    """The weights of a table, and where its source is for what is wrong in it."""
    if table.get("format") != FORMAT:
        raise LexiconError(
            f"{name}, line {_line(source(), 'format')}: weights of form {table.get('format')!r}, "
            f"this version reads form {FORMAT}: run `make fit` again"
        )
    found: dict[Key, float] = {}
    for row in table.get("levels", {}).get("row", ()):
        key = (str(row.get("sum", "")), str(row.get("slot", "")), str(row.get("level", "")))
        if key[0].startswith("row of") and key[1] != START and key[1] not in SLOTS:
            slots = ", ".join(sorted(SLOTS))
            raise _fault(name, source(), row, f"no slot is called {key[1]!r}; known are {slots}")
        if key in found:
            raise _fault(name, source(), row, "its level has a weight already; take one of the two out")
        weight = row.get("weight")
        if not isinstance(weight, int | float) or not math.isfinite(weight):
            raise _fault(name, source(), row, f"its weight is {weight!r}, a finite number is needed")
        found[key] = float(weight)
    firm, likely = table.get("firm", {}), table.get("likely", {})
    missing = [f"{v} of [firm]" for v in FIRM if not isinstance(firm.get(v), float)]
    missing += [f"{total} of [likely]" for total in TOTALS if not isinstance(likely.get(total), float)]
    if missing:
        raise LexiconError(f"{name}: {', '.join(missing)} is missing, a probability such as 0.6")
    return Weights(found, firm, likely)


def _fault(name: str, source: str, row: Mapping[str, object], stated: str) -> LexiconError:
    line = _line(source, f"id = {row.get('id')},")
    return LexiconError(f"{name}, line {line}: row {row.get('id')!r}: {stated}")


def _line(source: str, word: str) -> int:
    at = source.find(word)
    return source.count("\n", 0, max(0, at)) + 1
