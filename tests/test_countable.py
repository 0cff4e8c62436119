"""Numbers beyond exact arithmetic: read as no figure, corrected to none, and no end of a picture's axis."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.decisions import Correction, DecisionError
from claimcheck.model import Interval, countable
from claimcheck.numbers.quantities import find_quantities
from claimcheck.reference.loading import _per_hundred
from claimcheck.review.rejudge import apply
from tests.desk_case import PATIENTS
from tests.reader import of_all

LARGE = ("5e400 civilians", "10^60 people", "5e-300 metres", "USD 5e300", "9 trillion trillion trillion")


@of_all(LARGE)
def test_a_number_that_nobody_can_count_with_is_no_claim(words: str) -> None:
    [mention] = find_quantities(words)
    assert mention.status == "not_claim"
    assert mention.value is mention.low is mention.high is None
    assert mention.reason == "too large or too small to count with"


def test_it_corrects_nothing() -> None:
    with pytest.raises(DecisionError, match="does not read as one number"):
        apply(PATIENTS, Correction(quantity="5e400"))


@given(st.from_regex(r"[1-9]\d{0,2}(\.\d)?(e-?\d{1,3}|\^\d{1,2}| (trillion ){1,4})?", fullmatch=True))
def test_every_number_that_is_read_can_be_counted_with(words: str) -> None:
    for m in find_quantities(f"about {words} people"):
        assert all(map(countable, (m.value, m.low, m.high)))


def test_a_ratio_beyond_counting_is_no_row() -> None:
    ends = Interval(Decimal("1e27"), Decimal("1e27")), Interval(Decimal("1e-27"), Decimal("1e-27"))
    assert _per_hundred(*ends) is None


