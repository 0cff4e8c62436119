"""judge: dates and ranks against happenings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claimcheck.judging.judge import judge
from claimcheck.model import (
    ReferenceRow,
)
from tests.judging_case import (
    LETTER,
    claim,
    happening,
    quantity,
    rows,
    short,
    when,
)

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


@pytest.mark.parametrize(("row", "time", "relation", "predicate", "expected"), DATES)
def test_dates(row: ReferenceRow, time: str, relation: str, predicate: str | None, expected: str) -> None:
    dated = claim("event", time=when(time, relation), predicate=predicate)
    verdict = judge(dated, rows(row, how="name"), LETTER)
    assert verdict.verdict == expected, verdict.explanation
    if expected == "refuted":
        assert verdict.reason == "date_mismatch"


@pytest.mark.parametrize(
    ("words", "timex", "expected"),
    [
        ("from 25 to 26 January 2018", "2018-01-25/2018-01-26", "supported"),
        ("from 25 to 28 January 2018", "2018-01-25/2018-01-28", "refuted"),
        ("26 and 27 January 2018", "2018-01-26/2018-01-27", "refuted"),
        ("24–26 January 2018", "2018-01-24/2018-01-26", "refuted"),
        ("between 20 and 28 January 2018", "2018-01-20/2018-01-28", "supported"),
        ("26 or 27 January 2018", "2018-01-26/2018-01-27", "supported"),
        ("from January to March 2018", "2018-01/2018-03", "refuted"),
    ],
)
def test_two_ends_in_words_are_both_compared(words: str, timex: str, expected: str) -> None:
    time = when(timex)
    assert time is not None
    dated = replace(
        claim("event", text=words, time=replace(time, end=len(words)), predicate="take"), end=len(words)
    )
    assert judge(dated, rows(TALKS, how="name"), LETTER).verdict == expected
    goes_on = replace(dated, predicate="continue")
    assert judge(goes_on, rows(TALKS, how="name"), LETTER).verdict == "supported"


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


def test_a_date_taken_from_a_happening_says_nothing_about_it() -> None:
    days = when("2018-01-25")
    assert days is not None
    circular = claim("event", time=replace(days, anchor=TALKS.name))
    assert short(judge(circular, rows(TALKS, how="name"), LETTER)) == ("not_enough_evidence", "no_time")
    of_another = claim("event", time=replace(days, anchor="Happening X"))
    assert judge(of_another, rows(TALKS, how="name"), LETTER).verdict == "supported"


def test_a_date_of_the_discourse_does_not_refute() -> None:
    loose = claim("event", time=when("2018-03-01", basis="discourse"))
    assert judge(loose, rows(TALKS, how="name"), LETTER).verdict == "not_enough_evidence"


@pytest.mark.parametrize(("rank", "expected"), [(17, "supported"), (16, "refuted")])
def test_the_number_in_the_series_comes_first(rank: int, expected: str) -> None:
    row = happening("E5", "2017-12-24", number=17)
    ranked = claim("rank", quantity=quantity(rank), time=when("2017-12-24"))
    assert judge(ranked, rows(row, how="name"), LETTER).verdict == expected
