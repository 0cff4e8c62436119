"""judge: dates and ranks against happenings."""

from __future__ import annotations

import pytest

from claimcheck.judging.judge import judge
from claimcheck.model import (
    ReferenceRow,
)
from tests.judging_case import (
    LETTER,
    claim,
    happening,
    rows,
    short,
    when,
)
from tests.reader import of_all

TALKS = happening("E1", "2018-01-25", "2018-01-26")


OPEN_END = happening("E2", "2017-07-10", "")


MONTH = happening("E3", "2011-06")


LONG = happening("E4", "2017-12", "2018-02")


DATES = [
    (TALKS, "2018-01-25", "on", None, "supported"),
    (TALKS, "2018-01-26", "on", "convene", "refuted"),
    (TALKS, "2018-01-27", "on", None, "refuted"),
    (TALKS, "2018-01", "in", None, "supported"),
    (TALKS, "2018", "in", None, "supported"),
    (TALKS, "2018-02", "in", None, "refuted"),
    (TALKS, "2018-01-25", "on", "begin", "supported"),
    (TALKS, "2018-01-26", "on", "begin", "refuted"),
    (TALKS, "2018-01-26", "on", "end", "supported"),
    (TALKS, "2018-01-25", "on", "end", "refuted"),
    (TALKS, "2018-01-25/2018-01-26", "from_to", None, "supported"),
    (TALKS, "2018-01-25/2018-01-28", "from_to", None, "refuted"),
    (OPEN_END, "2017-07-10", "on", None, "supported"),
    (OPEN_END, "2017-07-14", "on", "end", "not_enough_evidence"),
    (OPEN_END, "2017-07-12", "on", None, "not_enough_evidence"),
    (OPEN_END, "2017-07-09", "on", None, "refuted"),
    (OPEN_END, "2017-07-10/2017-07-14", "from_to", None, "not_enough_evidence"),
    (MONTH, "2011-06", "in", "found", "supported"),
    (MONTH, "2011", "in", "found", "supported"),
    (MONTH, "2011-06-14", "on", "found", "not_enough_evidence"),
    (MONTH, "2011-07", "in", "found", "refuted"),
    (MONTH, "2012", "in", "found", "refuted"),
    (LONG, "2018-01-15", "on", None, "supported"),
    (LONG, "2017-12-10", "on", None, "not_enough_evidence"),
    (LONG, "2018-03", "in", None, "refuted"),
]


@of_all(DATES)
def test_dates(row: ReferenceRow, time: str, relation: str, predicate: str | None, expected: str) -> None:
    dated = claim("event", time=when(time, relation), predicate=predicate)
    verdict = judge(dated, rows(row, how="name"), LETTER)
    assert verdict.verdict == expected, verdict.explanation
    if expected == "refuted":
        assert verdict.reason == "date_mismatch"


ATTACKS = [happening(f"A{day}", f"2018-01-{day}") for day in (13, 22)]


def test_a_kind_with_a_place_may_be_any_of_several() -> None:
    several = rows(*ATTACKS, how="kind", unique=False)
    assert judge(claim("event", time=when("2018-01-22")), several, LETTER).verdict == "supported"
    assert judge(claim("event", time=when("2018-01-25")), several, LETTER).verdict == "not_enough_evidence"
    alone = rows(ATTACKS[0], how="kind")
    assert short(judge(claim("event", time=when("2018-01-25")), alone, LETTER)) == (
        "refuted",
        "date_mismatch",
    )
    nowhere = rows(ATTACKS[0], how="kind", place="unstated")
    assert judge(claim("event", time=when("2018-01-25")), nowhere, LETTER).verdict == "not_enough_evidence"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A round of talks was held", "not_enough_evidence"),
        ("Another tense round of talks was held", "not_enough_evidence"),
        ("The round of talks was held", "refuted"),
        ("A deputy opened the round of talks", "refuted"),
        ("In a hall by the sea, the talks were held", "refuted"),
    ],
)
def test_one_of_a_kind_is_refuted_only_near_the_day(words: str, expected: str) -> None:
    row = happening(
        "T1", "2018-01-25", label="peace talks, round of talks", raw={"counted_as": "round of talks"}
    )
    said = claim("event", time=when("2017-12-11"), text=words)
    assert judge(said, rows(row, how="kind"), LETTER).verdict == expected
    days_before = claim("event", time=when("2018-01-22"), text=words)
    assert judge(days_before, rows(row, how="kind"), LETTER).verdict == "refuted"
    on_the_day = claim("event", time=when("2018-01-25"), text=words)
    assert judge(on_the_day, rows(row, how="kind"), LETTER).verdict == "supported"
    assert judge(said, rows(row, how="name"), LETTER).verdict == "refuted"


@pytest.mark.parametrize("what", ["place", "actor"])
def test_a_contradicted_place_or_actor_is_never_supported(what: str) -> None:
    dated = claim("event", time=when("2018-01-25"))
    by_name = judge(dated, rows(TALKS, how="name", **{what: "mismatch"}), LETTER)
    assert short(by_name) == ("refuted", f"{what}_mismatch")
    by_kind = judge(dated, rows(TALKS, how="kind", **{what: "mismatch"}), LETTER)
    assert by_kind.verdict == "not_enough_evidence"


