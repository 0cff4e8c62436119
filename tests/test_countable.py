"""Numbers beyond exact arithmetic: read as no figure, corrected to none, and no end of a picture's axis."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimcheck.decisions import Correction, DecisionError
from claimcheck.judging.relations import _as_coarse
from claimcheck.model import Interval, ReferenceRow, countable
from claimcheck.numbers.quantities import find_quantities
from claimcheck.reference.loading import _per_hundred
from claimcheck.report.axes import NumberAxis
from claimcheck.report.words import large_number
from claimcheck.review.rejudge import apply
from tests.desk_case import PATIENTS

LARGE = ("5e400 civilians", "10^60 people", "5e-300 metres", "USD 5e300", "9 trillion trillion trillion")


@pytest.mark.parametrize("words", LARGE)
def test_a_number_that_nobody_can_count_with_is_no_claim(words: str) -> None:
    [mention] = find_quantities(words)
    assert mention.status == "not_claim"
    assert mention.value is mention.low is mention.high is None
    assert mention.reason == "too large or too small to count with"


def test_it_corrects_nothing() -> None:
    with pytest.raises(DecisionError, match="does not read as one number"):
        apply(PATIENTS, Correction(quantity="5e400"))


def test_the_largest_number_of_a_text_is_still_read() -> None:
    assert find_quantities("6.02e23 atoms")[0].value == Decimal("6.02e23")


@given(st.from_regex(r"[1-9]\d{0,2}(\.\d)?(e-?\d{1,3}|\^\d{1,2}| (trillion ){1,4})?", fullmatch=True))
def test_every_number_that_is_read_can_be_counted_with(words: str) -> None:
    for m in find_quantities(f"about {words} people"):
        assert all(map(countable, (m.value, m.low, m.high)))


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_any_number_has_words(number: Decimal) -> None:
    assert large_number(number)


@given(st.integers(0, 10**28), st.integers(0, 1000))
@example(10**13, 1)  # steps smaller than the last digit that was kept: an axis without end
def test_an_axis_has_few_ticks(low: int, more: int) -> None:
    axis = NumberAxis.over([Decimal(low), Decimal(low + more)])
    assert axis is not None
    assert 1 <= len(axis.ticks()) <= 6


def test_a_ratio_beyond_counting_is_no_row() -> None:
    ends = Interval(Decimal("1e27"), Decimal("1e27")), Interval(Decimal("1e-27"), Decimal("1e-27"))
    assert _per_hundred(*ends) is None


def test_a_row_as_large_as_any_meets_a_claim_with_many_decimals() -> None:
    row = ReferenceRow(
        package="p", table="t", row_id="r", kind="figure", best=Decimal("9" * 26 + ".55" + "5" * 20),
        source_id=None,
    )  # fmt: skip
    small = Decimal("1." + "1" * 21)
    assert _as_coarse(row, Interval(small, small)).best == Decimal("9" * 26 + ".555555555555555555556")
