"""judge: the laws that hold for any claim and any rows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claimcheck.judging.judge import judge
from claimcheck.judging.relations import Candidate, number_relation
from claimcheck.model import (
    Claim,
    Interval,
    ReferenceRow,
)
from tests.judging_case import (
    LETTER,
    claim,
    days,
    figure,
    quantity,
    short,
    when,
)

values = st.integers(min_value=0, max_value=300_000)


@st.composite
def some_rows(draw: st.DrawFn) -> ReferenceRow:
    low, best, high = sorted(draw(st.tuples(values, values, values)))
    keep = draw(st.sampled_from(["lbh", "b", "lb", "lh", "l", "h", ""]))
    return figure(
        str(draw(st.integers(0, 10_000))), low=low if "l" in keep else None,
        best=best if "b" in keep else None, high=high if "h" in keep else None, as_of=draw(days),
        measure_type=draw(st.sampled_from(["stock", "cumulative", "constant"])), own=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def some_claims(draw: st.DrawFn) -> Claim:
    low, high = sorted(draw(st.tuples(values, values)))
    time = draw(
        st.sampled_from([None, when("2018-01-25"), when("2018-01"), when("2018-01-31", basis="document")])
    )
    return claim(quantity=quantity(low, draw(st.sampled_from([low, high, None]))), time=time)


candidates = st.lists(
    some_rows().map(lambda row: Candidate(row=row)),
    max_size=6,
    unique_by=lambda c: c.row.key,
)


@given(values, values)
def test_law_an_exact_claim_is_not_supported_by_another_number(a: int, b: int) -> None:
    relation = number_relation(Interval(Decimal(a), Decimal(a)), figure("1", best=b))
    assert (relation == "supports") == (a == b)


@given(some_claims(), some_rows(), values, values)
def test_law_widening_a_claim_never_turns_supports_into_refutes(
    narrow: Claim, row: ReferenceRow, below: int, above: int
) -> None:
    inner = narrow.interval
    assert inner is not None
    assert inner.low is not None
    wide = Interval(inner.low - below, None if inner.high is None else inner.high + above)
    if number_relation(inner, row) == "supports":
        assert number_relation(wide, row) == "supports"


@given(some_claims(), candidates, st.randoms())
def test_law_the_order_of_the_rows_does_not_matter(
    asserted: Claim, found: list[Candidate], random: Any
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    assert judge(asserted, found, LETTER) == judge(asserted, shuffled, LETTER)


@given(some_claims(), candidates)
def test_law_a_decision_has_evidence_of_its_kind(asserted: Claim, found: list[Candidate]) -> None:
    verdict = judge(asserted, found, LETTER)
    relations = {e.relation for e in verdict.evidence} - {"neutral"}
    expected = {
        "supported": [{"supports"}],
        "refuted": [{"refutes"}],
        "conflicting_evidence": [{"supports", "refutes"}, {"refutes"}],
        "not_enough_evidence": [set()],
    }
    assert relations in expected[verdict.verdict]


@given(some_claims(), candidates)
def test_law_what_is_not_asserted_is_never_decided(asserted: Claim, found: list[Candidate]) -> None:
    verdict = judge(replace(asserted, asserted=False), found, LETTER)
    assert short(verdict) == ("not_enough_evidence", "not_asserted")


@given(some_claims(), candidates)
def test_law_own_rows_alone_never_decide(asserted: Claim, found: list[Candidate]) -> None:
    own = [replace(c, row=replace(c.row, own=True)) for c in found]
    assert judge(asserted, own, LETTER).verdict == "not_enough_evidence"
