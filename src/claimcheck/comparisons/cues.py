"""Comparisons without a digit, by their words alone: "more than doubled", "fell again", "the most since".

A sentence that says both operands is read by `reading`. Where one is left to the reader ("a year later
it was twice as many"), the words still say how two numbers relate, and `linking` weighs which rows they are
of. The words are rows of `data/comparison_cues.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from claimcheck.lexicon import Row, load


def cue_in(text: str) -> re.Match[str] | None:
    """The first words of a sentence that compare without a digit."""
    return _any().search(text)


def cues_in(text: str, start: int, end: int) -> Iterator[tuple[Row, re.Match[str]]]:
    """The words between two characters that compare without a digit, with their rows, in the order of the
    file: the longer words first."""
    for row, pattern in _patterns():
        for match in pattern.finditer(text, start, end):
            yield row, match


@cache
def _patterns() -> tuple[tuple[Row, re.Pattern[str]], ...]:
    rows = load("comparison_cues")
    return tuple((row, re.compile(rf"(?<!\w)(?:{row['pattern']})(?!\w)", re.IGNORECASE)) for row in rows)


@cache
def _any() -> re.Pattern[str]:
    whole = "|".join(f"(?:{row['pattern']})" for row in load("comparison_cues"))
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)", re.IGNORECASE)
