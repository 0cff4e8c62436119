"""judge: numbers, times, places and actors of a claim against one row at a time."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from claimcheck.judging.judge import judge
from claimcheck.judging.relations import half_unit, number_relation
from claimcheck.model import DECIDED, ClaimTime, Interval, ReferenceRow
from tests.judging_case import (
    FLOW,
    LETTER,
    STOCK,
    TOTAL,
    claim,
    dec,
    event,
    figure,
    quantity,
    rows,
    short,
    when,
)
from tests.reader import of_all

NUMBERS = [
    # claim low, high; row low, best, high; relation
    (131, None, None, 133, None, "supports"),
    (131, None, None, 120, None, "refutes"),
    (131, None, 101, None, None, "neutral"),
    (133, 133, None, 132, None, "refutes"),
    (24, 99, None, 27, None, "supports"),
    (18, 22, 19, None, 21, "supports"),
    (18, 22, 19, None, 30, "neutral"),
    (18, 22, 23, 25, 30, "refutes"),
    (700, 700, 765, 765, None, "refutes"),
    (800, 800, 765, 765, None, "neutral"),
    (None, 400000, None, None, 400000, "supports"),
    (500000, 500000, None, None, 400000, "refutes"),
    (435000, 435000, None, None, 400000, "neutral"),  # half a unit of 400,000, at most a tenth
    (212140, 212140, None, 212000, None, "neutral"),  # 212,000 is 211,500 to 212,500
    (213000, 213000, None, 212000, None, "refutes"),
    (5, 5, None, None, None, "neutral"),
]


@of_all(NUMBERS)
def test_numbers(low: Any, high: Any, row_low: Any, best: Any, row_high: Any, expected: str) -> None:
    row = figure("1", low=row_low, best=best, high=row_high)
    assert number_relation(Interval(dec(low), dec(high)), row) == expected


@pytest.mark.parametrize(
    ("value", "half"),
    [
        ("212000", "500"),
        ("400000", "40000"),
        ("1000", "100"),
        ("2018", "0"),
        ("6.50", "0"),
        ("-12000", "500"),
        ("0", "0"),
    ],
)
def test_the_digits_say_how_precise(value: str, half: str) -> None:
    assert half_unit(Decimal(value)) == Decimal(half)


FITS = [
    ("the same month", when("2018-01"), {"best": 774, **FLOW}, 774, "supported"),
    ("the same month, another number", when("2018-01"), {"best": 774, **FLOW}, 800, "refuted"),
    ("a part of the period", when("2018"), {"best": 774, **FLOW}, 774, "not_enough_evidence"),
    (
        "the document's date only",
        when("2018-01", basis="document"),
        {"best": 774, **FLOW},
        774,
        "not_enough_evidence",
    ),
    ("31 days away", when("2018-01-25"), {"best": 641, "as_of": "2017-12-25", **STOCK}, 641, "supported"),
    (
        "32 days away",
        when("2018-01-25"),
        {"best": 641, "as_of": "2017-12-24", **STOCK},
        641,
        "not_enough_evidence",
    ),
    ("a quarter", when("2018-01-25"), {"best": 765, "as_of": "2018-01/2018-03", **STOCK}, 765, "supported"),
    (
        "coarser than a quarter",
        when("2018-01-25"),
        {"best": 765, "as_of": "2018", **STOCK},
        765,
        "not_enough_evidence",
    ),
    (
        "an earlier total is no proof",
        when("2018-01-25"),
        {"best": 18, "as_of": "2018-01-05", **TOTAL},
        18,
        "not_enough_evidence",
    ),
    (
        "an earlier total bounds from below",
        when("2018-01-25"),
        {"best": 19, "as_of": "2018-01-05", **TOTAL},
        12,
        "refuted",
    ),
    (
        "a later total bounds from above",
        when("2018-01-25"),
        {"best": 22, "as_of": "2018-02-05", **TOTAL},
        30,
        "refuted",
    ),
    (
        "a month that holds the day decides nothing",
        when("2018-01-25"),
        {"best": 22, "as_of": "2018-01", **TOTAL},
        30,
        "not_enough_evidence",
    ),
    (
        "the period's end comes first",
        when("2018-01-24"),
        {"best": 9, "first": "2017-12-15", "last": "2018-01-24", "as_of": "2018-01-30", **TOTAL},
        9,
        "supported",
    ),
    ("a constant has no time", when("1999"), {"best": 46, "measure_type": "constant"}, 46, "supported"),
]


@pytest.mark.parametrize(
    ("time", "row", "value", "expected"), [f[1:] for f in FITS], ids=[f[0] for f in FITS]
)
def test_times(time: ClaimTime | None, row: dict[str, Any], value: int, expected: str) -> None:
    verdict = judge(claim(quantity=quantity(value), time=time), rows(figure("1", **row)), LETTER)
    assert verdict.verdict == expected, verdict.explanation


def test_a_total_since_another_day_says_nothing() -> None:
    since = when("2018-01-01/2018-01-31", relation="since")
    for first in ("2018-01-15", "2017-06-01"):
        row = figure("1", best=50, first=first, last="2018-01-31", **TOTAL)
        assert judge(claim(quantity=quantity(40), time=since), rows(row), LETTER).verdict not in DECIDED


@pytest.mark.parametrize(
    ("comparator", "low", "high", "reason"),
    [("gt", 131, None, "exact"), ("eq", 133, 133, "exact"), ("approx", 120, 140, "within_precision")],
)
def test_a_stated_interval_is_met_exactly(comparator: str, low: int, high: int | None, reason: str) -> None:
    said = claim(quantity=quantity(low, high, comparator=comparator))
    verdict = judge(said, rows(figure("1", best=133, measure_type="constant")), LETTER)
    assert short(verdict) == ("supported", reason)


# ----------------------------------------------------------------------------------------------------
# judge: dates and ranks against happenings.


TALKS = event("E1", "2018-01-25", "2018-01-26")


OPEN_END = event("E2", "2017-07-10", "")


MONTH = event("E3", "2011-06")


LONG = event("E4", "2017-12", "2018-02")


DATES = [
    (TALKS, "2018-01-25", "on", None, "supported"), (TALKS, "2018-01-26", "on", "convene", "refuted"),
    (TALKS, "2018-01-27", "on", None, "refuted"), (TALKS, "2018-01", "in", None, "supported"),
    (TALKS, "2018", "in", None, "supported"), (TALKS, "2018-02", "in", None, "refuted"),
    (TALKS, "2018-01-25", "on", "begin", "supported"), (TALKS, "2018-01-26", "on", "begin", "refuted"),
    (TALKS, "2018-01-26", "on", "end", "supported"), (TALKS, "2018-01-25", "on", "end", "refuted"),
    (TALKS, "2018-01-25/2018-01-26", "from_to", None, "supported"),
    (TALKS, "2018-01-25/2018-01-28", "from_to", None, "refuted"),
    (OPEN_END, "2017-07-10", "on", None, "supported"),
    (OPEN_END, "2017-07-14", "on", "end", "not_enough_evidence"),
    (OPEN_END, "2017-07-12", "on", None, "not_enough_evidence"),
    (OPEN_END, "2017-07-09", "on", None, "refuted"),
    (OPEN_END, "2017-07-10/2017-07-14", "from_to", None, "not_enough_evidence"),
    (MONTH, "2011-06", "in", "found", "supported"), (MONTH, "2011", "in", "found", "supported"),
    (MONTH, "2011-06-14", "on", "found", "not_enough_evidence"),
    (MONTH, "2011-07", "in", "found", "refuted"), (MONTH, "2012", "in", "found", "refuted"),
    (LONG, "2018-01-15", "on", None, "supported"), (LONG, "2017-12-10", "on", None, "not_enough_evidence"),
    (LONG, "2018-03", "in", None, "refuted"),
]  # fmt: skip


@of_all(DATES)
def test_dates(row: ReferenceRow, time: str, relation: str, predicate: str | None, expected: str) -> None:
    dated = claim("event", time=when(time, relation), predicate=predicate)
    verdict = judge(dated, rows(row), LETTER)
    assert verdict.verdict == expected, verdict.explanation
    if expected == "refuted":
        assert verdict.reason == "date_mismatch"
