"""The words that compare (`data/comparisons.toml`), and what the ratios and amounts that they tell admit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from claimcheck.lexicon import Row, load, written
from claimcheck.model import Mention

# ----------------------------------------------------------------------------------------------------
# The words that compare (`data/comparisons.toml`), and what the ratios that they tell admit.

_TWICE = Decimal("0.05")
"""How far twice may be from 2, as a part of it: 1.9 to 2.1."""
_TIMES = Decimal("0.083")
"""The same of more than twice: sixfold is 5.5 to 6.5."""
_MOST = Decimal("0.5")
_DIGITS = Decimal("0.025")
"""How far a ratio may be off at most for the digits that it leaves out: 34,300 is 34,250 to 34,350."""
_FRACTION = Decimal("0.02")
"""How far a third may be from a third; of less by a tenth of it: one in twenty is 0.045 to 0.055."""
_BEFORE = 24
"""Characters before a ratio in which its qualifier stands."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """What a word admits: `low`..`high` fulfil it, what lies outside of `outer_low`..`outer_high` refutes
    it."""

    low: Decimal | None
    high: Decimal | None
    outer_low: Decimal | None
    outer_high: Decimal | None

    def turned(self) -> Admitted:
        """What it admits of the one number in terms of the other: a third, of three times as much."""
        ends = (self.high, self.low, self.outer_high, self.outer_low)
        return Admitted(*(None if end is None else 1 / end for end in ends))


@cache
def rows(use: str) -> dict[str, Row]:
    """The rows of a use, by each of their words."""
    return {word: row for row in load("comparisons") if row["use"] == use for word in row["words"]}


@cache
def _qualifiers() -> re.Pattern[str]:
    words = sorted(rows("roughly"), key=len, reverse=True)
    return re.compile(
        rf"\b({'|'.join(map(re.escape, words))}){written('comparison_forms', 'a')}$", re.IGNORECASE
    )


def qualifier(text: str, start: int) -> tuple[Row | None, int]:
    """The row of the words right before a ratio that say how near it is ("more than"), and where they
    begin."""
    low = max(0, start - _BEFORE)
    found = _qualifiers().search(text[low:start])
    return (None, start) if found is None else (rows("roughly")[found[1].lower()], low + found.start())


def ratio(times: Decimal, roughly: Row | None) -> Admitted:
    """How many times as much "twice", "nearly three times", "more than sixfold" may be."""
    part = _TWICE if times <= 2 else _TIMES
    last = Decimal(1).scaleb(int(times.normalize().as_tuple().exponent)) / 2
    return _within(times, max(min(times * part, _MOST), min(last, times * _DIGITS)), roughly)


def part(value: Decimal, digits: Decimal | None, roughly: Row | None) -> Admitted:
    """What a change by a part admits: "by a third", "by 15 per cent" (0.15, with `digits` half a unit of its
    last digit)."""
    return _within(value, min(_FRACTION, value / 10) if digits is None else digits, roughly)


def number(mention: Mention) -> Admitted:
    """What a difference admits, which is a number like any other."""
    return Admitted(mention.low, mention.high, mention.low, mention.high)


def _within(value: Decimal, slack: Decimal, roughly: Row | None) -> Admitted:
    under = over = slack
    if roughly is not None:
        under, over = (value * Decimal(roughly[end]) for end in ("low", "high"))
    low = None if under.is_infinite() else value - under
    high = None if over.is_infinite() else value + over
    if low is None or high is None:
        return Admitted(low, high, low, high)
    return Admitted(low, high, value - max(2 * under, slack), value + max(2 * over, slack))


def is_share(mention: Mention) -> bool:
    """Whether a number is a part of a whole: "a third", "15 per cent", and no percentage points."""
    if mention.kind == "percent":
        return mention.unit == "percent"
    value = mention.value if mention.value is not None else mention.low
    return mention.kind == "number" and value is not None and 0 < value < 1


def share_of(mention: Mention) -> Decimal:
    """A part of a whole as a number: 0.4 of "40 per cent"."""
    value = mention.value if mention.value is not None else mention.low or Decimal(0)
    return value / 100 if mention.kind == "percent" else value


def admitted_share(text: str, mention: Mention) -> Admitted:
    """What a part of a whole admits as a number: "a third", "15 per cent" (0.145 to 0.155)."""
    value = mention.value if mention.value is not None else mention.low or Decimal(0)
    row, _ = qualifier(text, mention.start)
    if mention.kind != "percent":
        return part(value, None, row)
    exponent = value.as_tuple().exponent
    digits = Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0)) / 2
    digits = max(digits, value / 200)  # "540 per cent" is said of 539.5
    return part(value / 100, digits / 100, row)


# ----------------------------------------------------------------------------------------------------
# Comparisons without a digit, by their words alone: "more than doubled", "fell again", "the most since".
#
# Where one operand is left to the reader ("a year later it was twice as many"), the words still say how two
# numbers relate (`data/comparison_cues.toml`), and `linking` weighs which rows they are of.


def cues_in(text: str, start: int, end: int) -> Iterator[tuple[Row, re.Match[str]]]:
    """The words between two characters that compare without a digit, with their rows, in the order of the
    file: the longer words first."""
    for row, pattern in _patterns() if any_cue().search(text, start, end) else ():
        for match in pattern.finditer(text, start, end):
            yield row, match


@cache
def _patterns() -> tuple[tuple[Row, re.Pattern[str]], ...]:
    rows = load("comparison_cues")
    return tuple((row, re.compile(rf"(?<!\w)(?:{row['pattern']})(?!\w)", re.IGNORECASE)) for row in rows)


@cache
def any_cue() -> re.Pattern[str]:
    """All words that compare without a digit."""
    whole = "|".join(f"(?:{row['pattern']})" for row in load("comparison_cues"))
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)", re.IGNORECASE)
