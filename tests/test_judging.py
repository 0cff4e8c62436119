"""judge: tables of claims against rows, and the laws that hold for any claim and any rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.documents.files import make
from claimcheck.judging.judge import Candidate, judge
from claimcheck.judging.relations import aggregate_relation, half_unit, number_relation, timex_period
from claimcheck.model import (
    Claim,
    ClaimTime,
    Document,
    Interval,
    Link,
    Mention,
    Period,
    ReferenceRow,
    Span,
    Verdict,
)

LETTER = Document(id="doc", text="…", date=date(2018, 1, 31))


def dec(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


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
        start=0,
        end=len(words),
        text=words,
        kind="number",
        low=dec(low),
        high=dec(high),
        comparator=comparator,
    )


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


def happening(key: str, first: str | None, last: str | None = None, **fields: Any) -> ReferenceRow:
    return ReferenceRow(
        package="p",
        table="events",
        row_id=key,
        kind="event",
        name=f"Happening {key}",
        first=period(first),
        last=period(last or first) if last != "" else None,
        **fields,
    )


def rows(*given_rows: ReferenceRow, **links: Any) -> list[Candidate]:
    return [Candidate(row=row, **{"place": "same", **links}) for row in given_rows]


def short(verdict: Verdict) -> tuple[str, str]:
    return verdict.verdict, verdict.reason


# --- numbers -----------------------------------------------------------------------------------------

NUMBERS = [
    # claim low, high; row low, best, high; relation
    (131, None, None, 133, None, "supports"),
    (131, None, None, 120, None, "refutes"),
    (131, None, 101, None, None, "neutral"),
    (131, None, None, 131, None, "supports"),
    (133, 133, None, 133, None, "supports"),
    (133, 133, None, 132, None, "refutes"),
    (24, 99, None, 27, None, "supports"),
    (24, 99, None, 6, None, "refutes"),
    (18, 22, 19, None, 21, "supports"),
    (18, 22, 19, None, 30, "neutral"),
    (18, 22, 19, 20, 30, "supports"),
    (18, 22, 23, 25, 30, "refutes"),
    (765, 765, 765, 765, None, "supports"),
    (700, 700, 765, 765, None, "refutes"),
    (800, 800, 765, 765, None, "neutral"),
    (None, 400000, None, None, 400000, "supports"),
    (500000, 500000, None, None, 400000, "refutes"),
    (435000, 435000, None, None, 400000, "neutral"),  # half a unit of 400,000, at most a tenth
    (212140, 212140, None, 212000, None, "neutral"),  # 212,000 is 211,500 to 212,500
    (211500, 212500, None, 212140, None, "supports"),
    (213000, 213000, None, 212000, None, "refutes"),
    (5, 5, None, None, None, "neutral"),
]


@pytest.mark.parametrize(("low", "high", "row_low", "best", "row_high", "expected"), NUMBERS)
def test_numbers(low: Any, high: Any, row_low: Any, best: Any, row_high: Any, expected: str) -> None:
    row = figure("1", low=row_low, best=best, high=row_high)
    assert number_relation(Interval(dec(low), dec(high)), row) == expected


@pytest.mark.parametrize(
    ("value", "half"),
    [
        ("212000", "500"),
        ("1300000", "50000"),
        ("390000", "5000"),
        ("400000", "40000"),
        ("1000", "100"),
        ("500", "0"),
        ("765", "0"),
        ("2018", "0"),
        ("6.50", "0"),
        ("-12000", "500"),
        ("0", "0"),
    ],
)
def test_the_digits_say_how_precise(value: str, half: str) -> None:
    assert half_unit(Decimal(value)) == Decimal(half)


@pytest.mark.parametrize(
    ("low", "high", "count", "complete", "expected"),
    [
        (2, 2, 2, False, "supports"),
        (3, 3, 2, False, "neutral"),
        (1, 1, 2, False, "refutes"),
        (3, 3, 2, True, "refutes"),
        (10, None, 12, False, "supports"),
        (10, None, 8, False, "neutral"),
        (None, 5, 8, False, "refutes"),
    ],
)
def test_an_incomplete_table_refutes_only_from_above(
    low: Any, high: Any, count: int, complete: bool, expected: str
) -> None:
    row = figure("1", kind="aggregate", low=count, best=count, high=count, complete=complete)
    assert aggregate_relation(Interval(dec(low), dec(high)), row) == expected


# --- the time of a figure ----------------------------------------------------------------------------

FLOW = {"measure_type": "flow", "first": "2018-01-01", "last": "2018-01-31"}
STOCK = {"measure_type": "stock"}
TOTAL = {"measure_type": "cumulative"}
FITS = [
    ("the same month", when("2018-01"), {"best": 774, **FLOW}, 774, "supported"),
    ("the same month, another number", when("2018-01"), {"best": 774, **FLOW}, 800, "refuted"),
    ("another month", when("2018-02"), {"best": 774, **FLOW}, 774, "not_enough_evidence"),
    ("a part of the period", when("2018"), {"best": 774, **FLOW}, 774, "not_enough_evidence"),
    ("no period claimed", None, {"best": 774, **FLOW}, 774, "not_enough_evidence"),
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
    ("against the document's date", None, {"best": 502, "as_of": "2018-01-25", **STOCK}, 502, "supported"),
    ("a quarter", when("2018-01-25"), {"best": 765, "as_of": "2018-01/2018-03", **STOCK}, 765, "supported"),
    (
        "coarser than a quarter",
        when("2018-01-25"),
        {"best": 765, "as_of": "2018", **STOCK},
        765,
        "not_enough_evidence",
    ),
    ("a total that day", when("2018-01-25"), {"best": 18, "as_of": "2018-01-25", **TOTAL}, 18, "supported"),
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
    ("a month wholly before", when("2018-01-25"), {"best": 22, "as_of": "2017-12", **TOTAL}, 12, "refuted"),
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


def test_a_total_since_another_day_bounds_only_from_below() -> None:
    since = when("2018-01-01", relation="since")
    assert since is not None
    since = replace(since, date_end=date(2018, 1, 31))
    later = figure("1", best=50, first="2018-01-15", last="2018-01-31", **TOTAL)
    earlier = figure("2", best=900, first="2017-06-01", last="2018-01-31", **TOTAL)
    low = claim(quantity=quantity(40), time=since)
    assert short(judge(low, rows(later), LETTER)) == ("refuted", "understated")
    assert (
        judge(claim(quantity=quantity(60), time=since), rows(later), LETTER).verdict == "not_enough_evidence"
    )
    assert judge(low, rows(earlier), LETTER).verdict == "not_enough_evidence"


# --- the place, the unit, whose deed -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ({"place": "same"}, ("supported", "exact")),
        ({"place": "none"}, ("supported", "exact")),
        ({"place": "inside"}, ("not_enough_evidence", "place_mismatch")),
        ({"place": "contains"}, ("not_enough_evidence", "place_mismatch")),
        ({"place": "mismatch"}, ("not_enough_evidence", "place_mismatch")),
        ({"place": "unstated"}, ("not_enough_evidence", "no_place")),
        ({"same_unit": False}, ("not_enough_evidence", "unit_mismatch")),
        ({"actor": "row_only"}, ("not_enough_evidence", "actor_mismatch")),
        ({"actor": "mismatch"}, ("not_enough_evidence", "actor_mismatch")),
        ({"actor": "same"}, ("supported", "exact")),
    ],
)
def test_rows_that_do_not_apply_decide_nothing(link: dict[str, Any], expected: tuple[str, str]) -> None:
    row = figure("1", best=142, actor="Vostokian forces" if "actor" in link else None, **FLOW)
    verdict = judge(claim(quantity=quantity(142), time=when("2018-01")), rows(row, **link), LETTER)
    assert short(verdict) == expected
    assert verdict.evidence


@pytest.mark.parametrize(("value", "expected"), [(142, "supported"), (150, "refuted"), (800, "refuted")])
def test_rows_about_all_only_bound_what_one_did(value: int, expected: str) -> None:
    theirs = Candidate(
        row=figure("1", best=142, actor="Vostokian forces", **FLOW), place="same", actor="same"
    )
    of_all = Candidate(row=figure("2", best=774, **FLOW), place="same", actor="none")
    verdict = judge(claim(quantity=quantity(value), time=when("2018-01")), [theirs, of_all], LETTER)
    assert verdict.verdict == expected
    assert {e.row_id: e.relation for e in verdict.evidence}["2"] == ("refutes" if value > 774 else "neutral")


# --- happenings --------------------------------------------------------------------------------------

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


@pytest.mark.parametrize(
    ("time", "row", "value", "expected"),
    [
        (("2022-10-13", "on"), {"best": 190000, "first": "2011-03", "as_of": "2014-04"}, 14, "undecided"),
        (("2022-10-13", "by"), {"best": 190000, "first": "2011-03", "as_of": "2014-04"}, 14, "refuted"),
        (("2018-01", "in"), {"best": 18, "as_of": "2018-01-25"}, 30, "undecided"),
        (("2018-01", "in"), {"best": 18, "first": "2018-01-01", "as_of": "2018-01-31"}, 30, "refuted"),
        (
            ("2012-12/2018-04", "in"),
            {"best": 216, "first": "2012-12-23", "as_of": "2018-04-07"},
            216,
            "supported",
        ),
    ],
)
def test_a_running_total_is_no_count_of_a_period(
    time: tuple[str, str], row: dict[str, Any], value: int, expected: str
) -> None:
    dated = claim(quantity=quantity(value), time=when(*time))
    verdict = judge(dated, rows(figure("1", **row, **TOTAL)), LETTER).verdict
    assert verdict == ("not_enough_evidence" if expected == "undecided" else expected)


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        ({"actor": "claim_only"}, "not_enough_evidence"),  # the row counts everybody's deeds
        ({"actor": "doubtful"}, "not_enough_evidence"),
        ({"guessed": True}, "not_enough_evidence"),
        ({}, "refuted"),
    ],
)
def test_loose_links_decide_nothing(link: dict[str, Any], verdict: str) -> None:
    dated = claim(quantity=quantity(5), time=when("2018-01"))
    row = figure("1", best=50, first="2018-01", last="2018-01", measure_type="flow")
    assert judge(dated, rows(row, **link), LETTER).verdict == verdict


@pytest.mark.parametrize(
    ("comparator", "low", "high", "reason"),
    [("gt", 131, None, "exact"), ("eq", 133, 133, "exact"), ("approx", 120, 140, "within_precision")],
)
def test_a_stated_interval_is_met_exactly(comparator: str, low: int, high: int | None, reason: str) -> None:
    said = claim(quantity=quantity(low, high, comparator=comparator))
    verdict = judge(said, rows(figure("1", best=133, measure_type="constant")), LETTER)
    assert short(verdict) == ("supported", reason)


def test_many_rows_are_summed_up_in_words() -> None:
    many = [figure(str(i), best=500 + i, measure_type="constant") for i in range(9)]
    verdict = judge(claim(quantity=quantity(40)), rows(*many), LETTER)
    assert verdict.explanation.endswith("and 3 more between 506 and 508.")


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
    days_before = claim("event", time=when("2018-01-20"), text=words)
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


# --- all rows together -------------------------------------------------------------------------------

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
FLED = [
    figure("G1", low=99569, best=99569, high=99569, first="2017-12-01", last="2018-01-09", **TOTAL),
    figure("G2", low=20000, high=99999, as_of="2018-01-10", **TOTAL),
    figure("G3", best=212140, first="2017-12-15", last="2018-01-16", **TOTAL),
    figure("G4", best=247765, first="2017-12-15", last="2018-01-22", **TOTAL),
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
    ("time", "basis"), [("2018-01-11/2018-01-24", "discourse"), ("2018-01-31", "document"), (None, None)]
)
def test_an_undated_total_meets_the_latest_figures(time: str | None, basis: Any) -> None:
    vague = claim(quantity=quantity(20000, 99999, "tens of thousands", "vague"), time=when(time, basis=basis))
    assert short(judge(vague, rows(*FLED), LETTER)) == ("conflicting_evidence", "understated")
    exact = claim(quantity=quantity(5000, 5000), time=when(time, basis=basis))
    assert short(judge(exact, rows(*FLED), LETTER)) == ("refuted", "understated")


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


def test_growth_over_time_is_no_disagreement() -> None:
    growing = [
        figure("1", best=10, as_of="2018-01-01", **TOTAL),
        figure("2", best=30, as_of="2018-01-20", **TOTAL),
    ]
    dated = claim(quantity=quantity(15), time=when("2018-01-25"))
    assert short(judge(dated, rows(*growing), LETTER)) == ("refuted", "understated")


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


def test_the_speakers_own_row_is_named() -> None:
    said = claim(quantity=quantity(641), time=when("2017-12-26"), speaker=Link("SAMS"))
    verdict = judge(said, [Candidate(row=WAITING[0], place="same", by_speaker=True)], LETTER)
    assert "SAMS itself said: Source F1 says 641" in verdict.explanation


def test_a_sum_supports_with_its_sql() -> None:
    total = figure(
        "sum", kind="aggregate", low=27, best=28, high=157, label="sum over 2 rows", sql="SELECT 28"
    )
    verdict = judge(claim(quantity=quantity(24, 99, "dozens", "vague")), rows(total), LETTER)
    assert short(verdict) == ("supported", "aggregate")
    assert verdict.evidence[0].sql == "SELECT 28"
    assert "may be incomplete" in verdict.explanation


def test_the_row_that_the_document_is_about_decides_alone_in_both_directions() -> None:
    row = figure("I1", kind="incident", low=2, high=3, first="2023-10-11", last="2023-10-11")
    about = [Candidate(row=row, how="about")]
    on_the_day = when("2023-10-11", "on")
    assert judge(claim(quantity=quantity(2, 3), time=on_the_day), about, LETTER).verdict == "supported"
    assert short(judge(claim(quantity=quantity(7), time=on_the_day), about, LETTER)) == (
        "refuted",
        "overstated",
    )
    next_day = when("2023-10-12", "on")
    for wrong in (claim("event", time=next_day), claim(quantity=quantity(2, 3), time=next_day)):
        assert short(judge(wrong, about, LETTER)) == ("refuted", "date_mismatch")


def test_no_rows_says_which_link_failed() -> None:
    verdict = judge(claim(quantity=quantity(5)), [], LETTER, missing="no_measure")
    assert short(verdict) == ("not_enough_evidence", "no_measure")


# --- what the document itself decides ----------------------------------------------------------------


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


def test_a_list_is_counted() -> None:
    text = "The signatories are\n\n1. Tarn Relief Network\n2. Office of Records\n3. Daily Post\n"
    document = make("list", text, meta={})
    assert judge(claim("count", quantity=quantity(3)), [], document).verdict == "supported"
    assert judge(claim("count", quantity=quantity(4)), [], document).verdict == "refuted"
    assert judge(claim("count", quantity=quantity(4)), [], LETTER).verdict == "not_enough_evidence"


# --- laws --------------------------------------------------------------------------------------------

values = st.integers(min_value=0, max_value=300_000)
days = st.sampled_from(["2017-12-25", "2018-01-05", "2018-01-25", "2018-01", "2018-01/2018-03", "2018-02-10"])


@st.composite
def some_rows(draw: st.DrawFn) -> ReferenceRow:
    low, best, high = sorted(draw(st.tuples(values, values, values)))
    keep = draw(st.sampled_from(["lbh", "b", "lb", "lh", "l", "h", ""]))
    return figure(
        str(draw(st.integers(0, 10_000))),
        low=low if "l" in keep else None,
        best=best if "b" in keep else None,
        high=high if "h" in keep else None,
        as_of=draw(days),
        measure_type=draw(st.sampled_from(["stock", "cumulative", "constant"])),
        own=draw(st.booleans()),
    )


@st.composite
def some_claims(draw: st.DrawFn) -> Claim:
    low, high = sorted(draw(st.tuples(values, values)))
    time = draw(
        st.sampled_from([None, when("2018-01-25"), when("2018-01"), when("2018-01-31", basis="document")])
    )
    return claim(quantity=quantity(low, draw(st.sampled_from([low, high, None]))), time=time)


links = st.fixed_dictionaries(
    {"place": st.sampled_from(["same", "none", "inside", "mismatch"]), "same_unit": st.booleans()}
)
candidates = st.lists(
    st.builds(lambda row, link: Candidate(row=row, **link), some_rows(), links),
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


# a vague word's least and greatest value, the row's, and whether they contradict each other
SOFT = [
    (3, 9, 2, 2, "neutral"),  # "several" of two
    (3, 9, 15, 30, "neutral"),
    (3, 9, 1, 1, "refutes"),
    (3, 9, 19, 30, "refutes"),
    (24, 99, 12, 20, "neutral"),  # dozens: conflict coding takes 12 as its minimum
    (24, 99, 11, 11, "refutes"),
]


@pytest.mark.parametrize(("low", "high", "row_low", "row_high", "expected"), SOFT)
def test_a_vague_word_has_soft_ends(low: int, high: int, row_low: int, row_high: int, expected: str) -> None:
    row = figure("1", low=row_low, high=row_high, measure_type="constant")
    verdict = judge(claim(quantity=quantity(low, high, "some", "vague")), rows(row), LETTER)
    assert verdict.evidence[0].relation == expected
    plain = judge(claim(quantity=quantity(low, high, "some", "range")), rows(row), LETTER)
    assert plain.evidence[0].relation == "refutes"
