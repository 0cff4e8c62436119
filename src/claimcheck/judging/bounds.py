"""How firm the ends of a number are: "several" (3 to 9) is not refuted by ten, "less than 81.9" is not borne
out by a row that says 81.9, and "6.0" is no rounding of 5.9."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import takewhile

from claimcheck import lexicon
from claimcheck.judging.relations import Fit, number_relation
from claimcheck.model import Claim, Interval, Mention, ReferenceRow, Relation

_DIGITS = 3  # before the point of a number whose zeros behind it mean something


def softened(claim: Claim, relation: Relation, row: ReferenceRow, fit: Fit = "at") -> Relation:
    """The relation of a number to a row, corrected at its ends: neutral where a vague word would be refuted
    by little ("several" by ten), or where the row says the very bound that the text excludes ("less than
    81.9" by 81.9); refuted where the digits that the text writes out are not the row's ("6.0" by 5.9)."""
    quantity = claim.quantity
    if quantity is None:
        return relation
    if relation == "supports" and _is_its_bound(quantity, row):
        return "neutral"
    if relation == "supports" and fit == "at" and _is_missed_by_a_digit(quantity, row):
        return "refutes"
    if relation != "refutes" or quantity.comparator != "vague":
        return relation
    play = vague_play()
    low = None if quantity.low is None else quantity.low * (1 - play)
    high = None if quantity.high is None else quantity.high / (1 - play)
    return "refutes" if number_relation(Interval(low, high), row, fit) == "refutes" else "neutral"


def _is_its_bound(quantity: Mention, row: ReferenceRow) -> bool:
    """Whether a row says the very number that the text excludes: 81.9, of "less than 81.9 per cent"."""
    if quantity.kind not in ("percent", "measure") or quantity.comparator not in ("gt", "lt"):
        return False
    bound = quantity.low if quantity.comparator == "gt" else quantity.high
    if bound is None or bound == bound.to_integral_value():
        return False
    return row.best == bound and row.low in (None, bound) and row.high in (None, bound)


def _is_missed_by_a_digit(quantity: Mention, row: ReferenceRow) -> bool:
    """Whether a number written with a zero behind its point is no rounding of the row's: "6.0" is not 5.9."""
    written = "".join(takewhile(lambda c: c.isdecimal() or c == ".", quantity.text))
    whole, _, zeros = written.partition(".")
    if zeros not in ("0", "00") or not 1 <= len(whole) <= _DIGITS:
        return False
    if row.best is None or row.low is not None or row.high is not None:
        return False
    if quantity.low != quantity.high or quantity.value != Decimal(written):
        return False
    unit = Decimal(1).scaleb(-len(zeros))
    return row.best.quantize(unit, ROUND_HALF_UP) != quantity.value


@cache
def vague_play() -> Decimal:
    """How far a vague word may miss before a row refutes it, as a share of its least value."""
    return next(Decimal(row["share"]) for row in lexicon.load("judging") if row.id == "vague_play")
