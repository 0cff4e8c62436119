"""judge: all rows of a claim together, and what the document itself decides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claimcheck.judging.judge import judge
from claimcheck.judging.relations import Candidate
from tests.judging_case import (
    FLOW,
    LETTER,
    STOCK,
    TOTAL,
    claim,
    figure,
    quantity,
    rows,
    short,
    when,
)

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
        (16, ("refuted", "understated")),
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
        ({"best": 110}, ("conflicting_evidence", "sources_disagree")),
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


@pytest.mark.parametrize(
    ("missing", "stage"),
    [
        ("no_measure", "not_linked"),
        ("no_time", "no_row"),
    ],
)
def test_how_far_a_claim_came_follows_from_its_reason(missing: str, stage: str) -> None:
    stated = claim(quantity=quantity(774), time=when("2018-01"))
    assert judge(stated, [], LETTER, missing).stage == stage
    assert judge(replace(stated, asserted=False), [], LETTER, missing).stage == "not_asserted"
    assert judge(stated, rows(figure("1", best=774, **FLOW)), LETTER, missing).stage == "decided"


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


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Wednesday, 31 January 2018", "2018-01-31", "supported"),
        ("Tuesday, 25 January 2018", "2018-01-25", "refuted"),
        ("Thurs 25 January 2018", "2018-01-25", "supported"),
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
