"""Beside what stays open stand the rows that come nearest to it, and beside other things none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from claimcheck.documents.files import make
from claimcheck.pipeline import Checker

QUAKES = Path(__file__).parent / "domains" / "quakes"
HAPPENINGS = Path(__file__).parent / "domains" / "happenings"


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker([QUAKES]) as checker:
        yield checker


def nearest(checker: Checker, text: str, number: str) -> list[str]:
    """The rows beside the open number of a text, by their ids."""
    [checked] = checker.check([make("text", text, meta={"date": date(2024, 12, 1)})])
    [claim] = [c for c in checked.reading.claims if c.quantity is not None and c.quantity.text == number]
    verdict = checked.verdicts[claim.claim_id]
    assert verdict.verdict == "not_enough_evidence"
    assert all(s.row.relation == "neutral" for s in verdict.suggestions if not s.missing)
    return [s.row.row_id for s in verdict.suggestions]


@pytest.mark.parametrize(
    ("text", "number", "row"),
    [
        ("The Palu quake of 28 September 2018 took 4,340 souls from us.", "4,340", "q9"),
        ("Amatrice, 24 August 2016: 388 were carried down from the rubble.", "388", "q8"),
        ("In Herat, on 7 October 2023, the ground moved under 2,100 of us.", "2,100", "q4"),
    ],
)
def test_the_row_of_a_place_a_day_and_a_number_stands_first(
    checker: Checker, text: str, number: str, row: str
) -> None:
    assert nearest(checker, text, number)[0] == row


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The museum of Oren sold 8,412 tickets in May 1987.", "8,412"),
        ("Her bakery employs 23 bakers.", "23"),
    ],
)
def test_beside_other_things_there_is_no_row(checker: Checker, text: str, number: str) -> None:
    assert nearest(checker, text, number) == []


def test_there_are_three_rows_at_most(checker: Checker) -> None:
    rows = nearest(checker, "Quakes in Herat frightened 5,000 people in October 2023.", "5,000")
    assert 1 <= len(set(rows)) == len(rows) <= 3


@pytest.fixture(scope="module")
def happenings() -> Iterator[Checker]:
    with Checker([HAPPENINGS]) as checker:
        yield checker


def test_what_nobody_asserts_has_rows_beside_it(checker: Checker) -> None:
    assert (
        nearest(checker, "The Palu quake of 28 September 2018 did not kill 4,340 people.", "4,340")[0] == "q9"
    )
