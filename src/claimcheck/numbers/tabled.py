"""Units as headers and cells of tables write them ("€bn", "EUR (millions)", "'000 people"), as texts do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile

from claimcheck.lexicon import words_of

_BRACKETS = re.compile(r"[()\[\];]+|,(?!\d)")
_SIGN = re.compile(r"(?<=[$€£¥])(?=[^\W\d_])")  # "€bn"
_ZEROS = re.compile(r"(?<![\d.,])['’]?000s?(?!\d)")
_TIMES = re.compile(r"(1(?:[, ]?000)+)(?!\d)\s*(.*)")  # "1000 people", "1,000 ha"


def before_rate(written: str) -> str:
    """A unit without that by which it is one: "EUR" of "EUR per m2"."""
    rate = words_of("linking_words", "one of which")
    return " ".join(takewhile(lambda word: word not in rate, written.partition("/")[0].split()))


def times_and_rest(written: str) -> tuple[Decimal, str]:
    """How many of a unit one is, and the unit: "1,000 ha" and "'000 ha" are a thousand hectares."""
    found = _TIMES.fullmatch(written.strip())
    if found is not None:
        return Decimal(re.sub(r"\D", "", found[1])), found[2]
    rest = " ".join(_ZEROS.sub(" ", _BRACKETS.sub(" ", written)).split())
    return Decimal(1000 if _ZEROS.search(written) else 1), rest


def spellings(written: str) -> Iterator[list[str]]:
    """The words of a unit as a text may say it, the likeliest first: "m EUR" may be "EUR m"."""
    words = _SIGN.sub(" ", _BRACKETS.sub(" ", written)).split()
    yield words
    if len(words) == 2:
        yield words[::-1]
    if "of" in words:
        yield [word for word in words if word != "of"]
