"""Numbers in words and digits, with their exact values: "1.3 million", "two-thirds", "the 21st".

Only the numeral itself is read here, no qualifier, unit or noun. One pass finds words and literals
(`number_tokens`), runs of neighbours are parsed left to right (`number_grammar`), and what cannot be said
as one number becomes two ("3 hundred and 2 hundred").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from claimcheck.lexicon import pattern
from claimcheck.numbers.digits import significant_step, tidy
from claimcheck.numbers.grammar import Grammar, Parsed
from claimcheck.numbers.tokens import Token, runs

Written = Literal["digits", "words", "mixed"]

_SIGN = re.compile(r"(?:^|[\s(\[<>=≤≥,;:/~≈±])([-−+])\Z")
_SIGN_WORD = pattern("digits", "sign")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written.

    `step` is the unit of its last significant digit, scale included (390,000 gives 10000, 1.3 million
    gives 100000, 2.50 gives 0.01); `scale` the word or letter that multiplies it (1000000 for
    "1.3 million"), 1 where none; `exact` marks fractions and powers, whose digits say nothing about
    precision; `fraction` a part of something ("two-thirds", "one in five").
    """

    start: int
    end: int
    value: Decimal
    ordinal: bool
    written: Written
    scaled: bool
    step: Decimal
    scale: Decimal = Decimal(1)
    exact: bool = False
    fraction: bool = False


def find_numerals(
    text: str, start: int = 0, end: int | None = None, places: Sequence[int] | None = None
) -> list[Numeral]:
    """Every numeral between the two offsets, in order. Linear in the length of the text.

    `places`, where known, are the starts of the digits and number words there (`scan.Scan.numbers`).
    """
    stop = len(text) if end is None else end
    return [numeral for run in runs(text, start, stop, places) for numeral in _numerals(text, run)]


def parse_numeral(text: str) -> Decimal | None:
    """The value of a text that is one cardinal, ordinal or fraction and nothing else; None otherwise.

    >>> parse_numeral("one thousand five hundred and eleven")
    Decimal('1511')
    """
    inner = text.strip()
    found = find_numerals(inner)
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(inner):
        return found[0].value
    return None


def _numerals(text: str, run: list[Token]) -> Iterator[Numeral]:
    grammar = Grammar(text, run)
    i = 0
    while i < len(run):
        read = grammar.read(i)
        if read is not None:
            yield _finished(text, run[i : read.j], read)
        i = i + 1 if read is None else read.j


def _finished(text: str, run: list[Token], read: Parsed) -> Numeral:
    """The numeral that the tokens of `run` make."""
    kinds = {
        token.kind == "literal" or (token.kind == "ordinal" and text[token.start].isdigit()) for token in run
    }
    written: Written = "mixed" if len(kinds) > 1 else "digits" if True in kinds else "words"
    start, value = run[0].start, read.value
    if read.ordinal and run[0].article and run[0].kind == "ordinal":
        start = run[0].bare_start
    negative = _sign(text, start, written)
    if negative is not None and not read.ordinal:
        start, value = negative[0], value * negative[1]
    value = tidy(value)
    step = Decimal(1) if read.exact else significant_step(abs(read.value)) if read.step is None else read.step
    return Numeral(
        start,
        run[-1].end,
        value,
        read.ordinal,
        written,
        read.scale > 1,
        step,
        read.scale,
        read.exact,
        read.fraction,
    )


def _sign(text: str, start: int, written: Written) -> tuple[int, int] | None:
    low = max(0, start - 10)
    word = _SIGN_WORD.search(text, low, start)
    if word is not None:
        return word.start(), -1
    sign = _SIGN.search(text, max(0, start - 2), start) if written != "words" else None
    behind_digits = start > 2 and text[start - 2] == " " and text[start - 3].isdigit()
    if sign is None or (behind_digits and "." not in text[start : start + 6]):
        return None
    return (sign.start(1), -1) if sign[1] != "+" else (start, 1)


def sign_before(text: str, start: int) -> int:
    """Where the minus before a currency sign starts ("-$5", "minus $5"), `start` where there is none."""
    word = _SIGN_WORD.search(text, max(0, start - 10), start)
    if word is not None:
        return word.start()
    dash = text[start - 1 : start] in ("-", "−") and (start < 2 or text[start - 2] in " (")
    return start - 1 if dash and start else start
