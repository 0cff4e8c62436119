"""The laws of the values: spans, intervals, periods, ids."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.model import Document, Evidence, Interval, Period, Span, Verdict, claim_key, plain

numbers = st.decimals(min_value=-1000, max_value=1000, places=2)
ends = st.none() | numbers
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = draw(ends), draw(ends)
    return Interval(high, low) if low is not None and high is not None and low > high else Interval(low, high)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start, end = draw(st.none() | days), draw(st.none() | days)
    return Period(end, start) if start and end and start > end else Period(start, end)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 50))
    return Span(start, start + draw(st.integers(0, 20)))


@given(intervals(), numbers)
def test_an_interval_contains_what_its_point_is_covered_by(interval: Interval, value: Decimal) -> None:
    assert interval.contains(value) == interval.covers(Interval(value, value))


@given(intervals(), intervals())
def test_intervals_meet_or_one_is_below(a: Interval, b: Interval) -> None:
    assert a.meets(b) == b.meets(a)
    assert a.meets(b) != (a.below(b) or b.below(a))
    if a.covers(b):
        assert a.meets(b)


@given(intervals(), intervals(), intervals())
def test_covering_is_transitive_and_reflexive(a: Interval, b: Interval, c: Interval) -> None:
    assert a.covers(a)
    if a.covers(b) and b.covers(c):
        assert a.covers(c)


@given(periods(), periods())
def test_periods_meet_or_one_is_before(a: Period, b: Period) -> None:
    assert a.meets(b) == b.meets(a)
    assert a.meets(b) != (a.before(b) or b.before(a))


@given(spans(), spans())
def test_spans_overlap_on_both_sides(a: Span, b: Span) -> None:
    assert a.overlaps(b) == b.overlaps(a)
    if a.contains(b) and len(b):
        assert a.overlaps(b)


@pytest.mark.parametrize("made", [lambda: Span(3, 2), lambda: Interval(Decimal(2), Decimal(1))])
def test_ends_in_the_wrong_order_are_refused(made) -> None:
    with pytest.raises(ValueError, match="needs"):
        made()


def test_a_verdict_that_decides_needs_evidence() -> None:
    with pytest.raises(ValueError, match="needs evidence"):
        Verdict(verdict="supported", reason="exact", explanation="")
    Verdict(verdict="not_enough_evidence", reason="no_reference", explanation="")
    row = Evidence(table="figures", row_id="F1", source_id=None, relation="supports")
    Verdict(verdict="supported", reason="exact", explanation="", evidence=(row,))


@given(st.text(max_size=30), st.text(max_size=30), st.lists(st.integers() | st.none(), max_size=4))
def test_ids_are_stable_and_tell_documents_apart(text: str, other: str, parts: list[int | None]) -> None:
    a, b = Document(id="a", text=text), Document(id="a", text=other)
    assert claim_key(a, "quantity", *parts) == claim_key(Document(id="a", text=text), "quantity", *parts)
    assert (claim_key(a, "quantity", *parts) == claim_key(b, "quantity", *parts)) == (text == other)
    assert claim_key(a, "quantity", *parts) != claim_key(a, "event", *parts)
    assert len(claim_key(a, "rank")) == 16


@pytest.mark.parametrize(
    ("value", "written"),
    [("1000", "1,000"), ("1.50", "1.5"), ("1E+6", "1,000,000"), ("-2.00", "-2"), ("0", "0")],
)
def test_numbers_are_printed_as_people_write_them(value: str, written: str) -> None:
    assert plain(Decimal(value)) == written
