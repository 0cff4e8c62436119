"""judge: numbers, times, places and actors of a claim against one row at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.judging.judge import judge
from claimcheck.judging.relations import Candidate, half_unit, number_relation, timex_period
from claimcheck.model import (
    Claim,
    ClaimTime,
    Document,
    Interval,
    Mention,
    Period,
    ReferenceRow,
    Span,
    Verdict,
)
from tests.reader import gold, of_all

GOLD = gold("judging")
LETTER = Document(id="doc", text="…", date=date(2018, 1, 31))


def dec(value: Any) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


def period(text: str | None) -> Period | None:
    """ "2018-01", "2018-01-25", "2018-01/2018-03" as the days they cover."""
    if text is None:
        return None
    first, _, last = text.partition("/")
    start, end = timex_period(first), timex_period(last or first)
    assert start is not None
    assert end is not None
    return Period(start.start, end.end)


def quantity(low: Any, high: Any = "same", words: str = "N", comparator: Any = "eq") -> Mention:
    high = low if high == "same" else high
    return Mention(
        start=0, end=len(words), text=words, kind="number", low=dec(low), high=dec(high),
        comparator=comparator,
    )  # fmt: skip


def when(text: str | None, relation: Any = "in", basis: Any = "clause") -> ClaimTime | None:
    days = period(text)
    if text is None or days is None:
        return None
    return ClaimTime(
        start=0, end=1, timex=text, date_start=days.start, date_end=days.end, relation=relation, basis=basis
    )


def claim(kind: Any = "quantity", **fields: Any) -> Claim:
    fields.setdefault("text", "…")
    return Claim(claim_id="c", kind=kind, start=0, end=1, measure="m", context=Span(0, 1), **fields)


def figure(key: str, **fields: Any) -> ReferenceRow:
    for name in ("low", "best", "high"):
        fields[name] = dec(fields.get(name))
    for name in ("first", "last", "as_of"):
        fields[name] = period(fields.get(name))
    fields.setdefault("kind", "figure")
    return ReferenceRow(
        package="p", table="figures", row_id=key, source_id="S" + key, source="Source " + key, **fields
    )


def event(key: str, first: str | None, last: str | None = None, **fields: Any) -> ReferenceRow:
    return ReferenceRow(
        package="p", table="events", row_id=key, kind="event", name=f"Happening {key}", first=period(first),
        last=period(last or first) if last != "" else None, **fields,
    )  # fmt: skip


def rows(*given_rows: ReferenceRow, **links: Any) -> list[Candidate]:
    return [Candidate(row=row, **links) for row in given_rows]


def short(verdict: Verdict) -> tuple[str, str]:
    return verdict.verdict, verdict.reason


FLOW = {"measure_type": "flow", "first": "2018-01-01", "last": "2018-01-31"}


STOCK = {"measure_type": "stock"}


TOTAL = {"measure_type": "cumulative"}


days = st.sampled_from(["2017-12-25", "2018-01-05", "2018-01-25", "2018-01", "2018-01/2018-03", "2018-02-10"])


@of_all(map(tuple, GOLD["numbers"]))
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


@pytest.mark.parametrize("stated", GOLD["times"], ids=lambda stated: stated["about"])
def test_times(stated: dict[str, Any]) -> None:
    time = when(stated["time"], basis=stated.get("basis", "clause"))
    dated = claim(quantity=quantity(stated["value"]), time=time)
    verdict = judge(dated, rows(figure("1", **stated["row"])), LETTER)
    assert verdict.verdict == stated["verdict"], verdict.explanation


@pytest.mark.parametrize(
    ("comparator", "low", "high", "reason"),
    [("gt", 131, None, "exact"), ("eq", 133, 133, "exact"), ("approx", 120, 140, "within_precision")],
)
def test_a_stated_interval_is_met_exactly(comparator: str, low: int, high: int | None, reason: str) -> None:
    said = claim(quantity=quantity(low, high, comparator=comparator))
    verdict = judge(said, rows(figure("1", best=133, measure_type="constant")), LETTER)
    assert short(verdict) == ("supported", reason)


# ----------------------------------------------------------------------------------------------------
# judge: dates and ranks against events.


@of_all(map(tuple, GOLD["dates"]))
def test_dates(days: list[str], time: str, relation: str, predicate: str, expected: str) -> None:
    dated = claim("event", time=when(time, relation), predicate=predicate or None)
    verdict = judge(dated, rows(event("E1", *days)), LETTER)
    assert verdict.verdict == expected, verdict.explanation
    if expected == "refuted":
        assert verdict.reason == "date_mismatch"


# --- judge: all rows of a claim together, and what the document itself decides ---


WAITING = [
    figure("F1", best=641, as_of="2017-12-26", **STOCK),
    figure("F2", best=502, as_of="2018-01-25", **STOCK),
    figure("F3", best=500, as_of="2018-01-27", **STOCK),
    figure("F4", low=765, best=765, as_of="2018-01/2018-03", **STOCK),
    figure("F5", low=701, as_of="2018-02-08", **STOCK),
]


DEATHS = [
    figure("D1", best=14, first="2017-07", as_of="2017-12", **TOTAL),
    figure("D2", low=16, best=16, as_of="2017-12-21", **TOTAL),
    figure("D3", low=17, best=17, as_of="2017-12-26", **TOTAL),
    figure("D4", low=19, best=19, as_of="2018-01-05", **TOTAL),
    figure("D5", best=18, as_of="2018-01-25", **TOTAL),
    figure("D6", best=22, as_of="2018-01/2018-03", **TOTAL),
]


def test_sources_on_both_sides_are_a_conflict_with_its_side() -> None:
    verdict = judge(claim(quantity=quantity(765), time=when("2018-01-25/2018-01-26")), rows(*WAITING), LETTER)
    assert short(verdict) == ("conflicting_evidence", "overstated")
    assert "at least 765" in verdict.explanation
    assert "502" in verdict.explanation
    relations = {e.row_id: e.relation for e in verdict.evidence}
    assert relations == {"F1": "refutes", "F2": "refutes", "F3": "refutes", "F4": "supports", "F5": "neutral"}


@pytest.mark.parametrize(
    ("rank", "expected"),
    [
        (21, ("conflicting_evidence", "sources_disagree")),
        (12, ("refuted", "understated")),
        (25, ("refuted", "overstated")),
    ],
)
def test_a_rank_between_sources_that_differ(rank: int, expected: tuple[str, str]) -> None:
    ranked = claim("rank", quantity=quantity(rank), time=when("2018-01-25", "on"))
    assert short(judge(ranked, rows(*DEATHS), LETTER)) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"low": 101}, ("refuted", "understated")),  # more than 100 and 133: no disagreement
        ({"low": 100, "high": 115, "best": 110}, ("conflicting_evidence", "sources_disagree")),
    ],
)
def test_a_least_value_is_no_other_value(other: dict[str, int], expected: tuple[str, str]) -> None:
    two = rows(figure("1", best=133, measure_type="constant"), figure("2", measure_type="constant", **other))
    assert short(judge(claim(quantity=quantity(120)), two, LETTER)) == expected


def test_what_is_not_asserted_is_shown_and_not_judged() -> None:
    asked = claim(quantity=quantity(500), asserted=False, hedge="question")
    verdict = judge(asked, rows(*WAITING), LETTER)
    assert short(verdict) == ("not_enough_evidence", "not_asserted")
    assert {e.relation for e in verdict.evidence} == {"neutral"}


def test_own_rows_decide_nothing_alone() -> None:
    own = figure("1", best=774, own=True, **FLOW)
    other = figure("2", best=718, **FLOW)
    dated = claim(quantity=quantity(774), time=when("2018-01"))
    alone = judge(dated, rows(own), LETTER)
    assert short(alone) == ("not_enough_evidence", "own_source")
    assert alone.evidence[0].own
    assert judge(dated, rows(own, other), LETTER).verdict == "refuted"
    agreeing = judge(dated, rows(own, replace(own, row_id="3", own=False)), LETTER)
    assert [e.relation for e in agreeing.evidence] == ["supports", "supports"]


def test_how_far_a_claim_came_follows_from_its_reason() -> None:
    stated = claim(quantity=quantity(774), time=when("2018-01"))
    assert judge(stated, [], LETTER).stage == "not_linked"
    assert judge(replace(stated, asserted=False), [], LETTER).stage == "not_asserted"
    assert judge(stated, rows(figure("1", best=774, **FLOW)), LETTER).stage == "decided"


def test_an_incident_that_is_named_decides_alone_in_both_directions() -> None:
    row = figure("I1", kind="incident", low=2, high=3, first="2023-10-11", last="2023-10-11")
    named = [Candidate(row=row, named=True)]
    on_the_day = when("2023-10-11", "on")
    assert judge(claim(quantity=quantity(2, 3), time=on_the_day), named, LETTER).verdict == "supported"
    seven = claim(quantity=quantity(7), time=on_the_day)
    assert short(judge(seven, named, LETTER)) == ("refuted", "overstated")
    assert judge(seven, rows(row), LETTER).verdict == "not_enough_evidence"  # others may have been there
    least = judge(claim(quantity=quantity(1), time=on_the_day), rows(row), replace(LETTER, date=None))
    assert short(least) == ("refuted", "understated")
    wrong = claim("event", time=when("2023-10-12", "on"))
    assert short(judge(wrong, named, LETTER)) == ("refuted", "date_mismatch")


def test_no_rows_says_which_link_failed() -> None:
    verdict = judge(claim(quantity=quantity(5)), [], LETTER)
    assert short(verdict) == ("not_enough_evidence", "no_measure")


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Wednesday, 31 January 2018", "2018-01-31", "supported"),
        ("Tuesday, 25 January 2018", "2018-01-25", "refuted"),
        ("25 January 2018", "2018-01-25", "not_enough_evidence"),
        ("Wednesday in January 2018", "2018-01", "not_enough_evidence"),
    ],
)
def test_the_calendar(text: str, day: str, expected: str) -> None:
    verdict = judge(claim("calendar", text=text, time=when(day)), [], LETTER)
    assert verdict.verdict == expected
    if expected != "not_enough_evidence":
        assert verdict.reason == "computed"
        assert verdict.evidence[0].table == "calendar"


# --- judge: the laws that hold for any claim and any rows ---


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
