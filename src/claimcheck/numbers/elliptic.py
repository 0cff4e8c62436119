"""Numbers whose unit or scale a text says once: "€4.5 million, from 4.1 million"."""

from __future__ import annotations

import re
from decimal import Decimal

from claimcheck.lexicon import pattern
from claimcheck.model import Mention, replace
from claimcheck.numbers.numerals import number_words

_RATE = pattern("unit_forms", "rate behind")
_WORD = re.compile(r"[^\W\d_]+")
_DECIMALS = re.compile(r"\d[.,](\d{1,2})(?!\d)")


def with_unit_of(given: Mention | None, own: Mention, text: str, stated_alike: bool) -> Mention:
    """A bare number with the unit of one stated before it, and with its scale where only that one says it.

    Both are written alike (decimals, or one scale), or `stated_alike`: compared, or in the same place of the
    clause. The number as it is where the other has no unit, or one to which a rate belongs.

    Example: "4.1 million" of "€4.5 million, from 4.1 million" as 4.1 million EUR.
    """
    if given is None or given.kind not in ("money", "measure", "percent"):
        return own
    if _RATE.match(text, given.end) is not None:
        return own
    theirs, mine, fine = _scale(given), _scale(own), _DECIMALS.search(own.text)
    made = replace(own, kind=given.kind, unit=given.unit)
    if stated_alike and theirs > mine == 1 and fine and own.low is not None and own.high is not None:
        half = theirs / 10 ** len(fine[1]) / 2
        low, high = own.low * theirs - half, own.high * theirs + half
        return replace(made, value=own.value and own.value * theirs, low=low, high=high)
    alike = mine > 1 or stated_alike or (fine is not None and _DECIMALS.search(given.text) is not None)
    return made if theirs == mine and alike else made if stated_alike and theirs == 1 else own


def _scale(number: Mention) -> Decimal:
    """The scale word that a number is written with as a factor, 1 without one."""
    found = (number_words().get(word) for word in _WORD.findall(number.text.lower()))
    return next((value for kind, value, _ in filter(None, found) if kind == "scale"), Decimal(1))
