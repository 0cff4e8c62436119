"""Tables of a document are read as rows with their heads."""

from __future__ import annotations

from datetime import date

import pytest

from claimcheck.model import Claim
from tests.reader import read_text


def cells(text: str) -> list[Claim]:
    return [c for c in read_text(text).claims if c.rule == "claims.cell"]


def shown(claim: Claim) -> tuple[str, str | None, str | None]:
    assert claim.quantity is not None
    return claim.quantity.text, claim.measure, claim.place.text if claim.place else None


LOSSES = "| District | People killed | Injured |\n|---|---|---|\n| Tarn | 9 | 21 |\n| Arvia | 1,205 | 12 |\n"


def test_a_number_has_its_head_and_the_label_of_its_row() -> None:
    found = cells(f"Losses of the flood\n\n{LOSSES}")
    assert [shown(c) for c in found] == [
        ("9", "people killed", "Tarn"),
        ("21", "people injured", "Tarn"),
        ("1,205", "people killed", "Arvia"),
        ("12", "people injured", "Arvia"),
    ]
    assert found[0].text == "| Tarn | 9 | 21 |"


def test_a_month_as_label_dates_the_row() -> None:
    table = "| Month | Killed |\n| March 2016 | 9 |\n| April 2016 | 21 |\n"
    found = [c.time for c in cells(table)]
    assert [(t.date_start, t.date_end) for t in found if t] == [
        (date(2016, 3, 1), date(2016, 3, 31)),
        (date(2016, 4, 1), date(2016, 4, 30)),
    ]


def test_all_cells_of_words_say_of_what_a_number_is_but_for_who_says_it() -> None:
    table = "| Month | District | By | Killed | Source |\n| May 2016 | Tarn | Lorland forces | 9 | Guild |\n"
    [found] = cells(table)
    assert found.proposition is not None
    words = {p.lemma for p in found.proposition.parts}
    assert {"tarn", "lorland", "force"} <= words
    assert "guild" not in words
    assert found.time is not None
    assert found.time.date_start == date(2016, 5, 1)


def test_of_two_tables_each_has_its_heads() -> None:
    found = cells("| District | Injured |\n|---|---|\n| Tarn | 21 |\n\n" + LOSSES)
    assert [(c.quantity.text, c.measure) for c in found if c.quantity] == [
        ("21", "people injured"),
        ("9", "people killed"),
        ("21", "people injured"),
        ("1,205", "people killed"),
        ("12", "people injured"),
    ]


def test_years_as_heads_date_the_columns_and_the_line_above_says_what_is_counted() -> None:
    reading = read_text("People killed by district\n\n| District | 2015 | 2016 |\n| Tarn | 9 | 21 |\n")
    found = [c for c in reading.claims if c.rule == "claims.cell"]
    assert [shown(c) for c in found] == [("9", "people killed", "Tarn"), ("21", "people killed", "Tarn")]
    assert [c.time.date_start for c in found if c.time] == [date(2015, 1, 1), date(2016, 1, 1)]
    years = [m for m in reading.mentions if m.text in ("2015", "2016")]
    assert [(m.kind, m.status) for m in years] == [("date", "claim")] * 2


def test_a_column_of_years_dates_the_rows() -> None:
    reading = read_text("| Year | District | People killed |\n| 2015 | Tarn | 9 |\n| 2016 | Tarn | 21 |\n")
    found = [c for c in reading.claims if c.rule == "claims.cell"]
    assert [shown(c) for c in found] == [("9", "people killed", "Tarn"), ("21", "people killed", "Tarn")]
    assert [c.time.date_start for c in found if c.time] == [date(2015, 1, 1), date(2016, 1, 1)]


def test_a_day_of_the_caption_dates_what_has_none() -> None:
    found = cells(f"Losses of 3 May 2016\n\n{LOSSES}")
    assert {c.time.date_start for c in found if c.time} == {date(2016, 5, 3)}


@pytest.mark.parametrize(
    "table",
    [
        "| District | 2015 | 2016 |\n| Tarn | 9 | 21 |\n",  # nothing says what is counted
        "| 1 | 2 | 3 |\n| 4 | 5 | 6 |\n",
        "| District | People killed |\n| Tarn | 9 of 20 |\n",
        "| District | From | To | Killed |\n| Tarn | 3 May 2016 | 9 May 2016 | 9 |\n",
        "| District | People killed |\n| Tarn | 9 | 20 |\n",  # a cell more than there are heads
        "| District | People killed |\n",
    ],
)
def test_what_cannot_be_read_claims_nothing_and_says_why(table: str) -> None:
    reading = read_text(table)
    assert not reading.claims
    assert {m.status for m in reading.mentions} <= {"not_claim"}


def test_a_date_of_a_table_is_no_claim_of_its_own() -> None:
    reading = read_text("| Town | Opened | Visitors |\n| Tarn | 3 May 2016 | many |\n")
    assert not reading.claims
    assert {m.reason for m in reading.mentions} == {"cell of a table"}


SPREAD = (
    "| country | guild data | | census data | | notes |\n|---|---|---|---|---|---|\n"
    "| Country | Refugees | Asylum seekers | Migrants | Source | notes |\n"
    "| Tarn | 9 | 21 | 2,117 | | |\n| Arvia | 12 | | | | 54 in May |\n"
)


def test_heads_over_several_columns_are_told_by_the_row_below() -> None:
    found = cells(SPREAD)
    assert [(c.quantity.text, c.quantity.noun) for c in found if c.quantity] == [
        ("9", "refugee"),
        ("21", "seeker"),
        ("2,117", "migrant"),
        ("12", "refugee"),
    ]


def test_rows_need_no_bars_around_them() -> None:
    found = cells(
        "Month | Area | Killed | Source\n4 to 9 May 2016 | Tarn | 9 | Guild\nMay 2016 | Oren | 21 |\n"
    )
    assert [(*shown(c), c.time.date_start if c.time else None) for c in found] == [
        ("9", "people killed", "Tarn", date(2016, 5, 4)),
        ("21", "people killed", "Oren", date(2016, 5, 1)),
    ]


@pytest.mark.parametrize("head", ["Data", "Notes", "other sources", "Rank", ""])
def test_a_head_that_says_not_of_what_its_numbers_are_makes_no_claim(head: str) -> None:
    assert cells(f"| District | Killed | {head} |\n|---|---|---|\n| Tarn | | 12 |\n") == []


def test_a_percentage_needs_a_head_that_says_of_what() -> None:
    assert cells("| Hired for | local | turnout |\n|---|---|---|\n| Tarn | 12% | |\n") == []
    [found] = cells("| Place | Unemployment rate |\n|---|---|\n| Tarn | 12% |\n")
    assert found.quantity is not None
