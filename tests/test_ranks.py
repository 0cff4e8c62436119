"""Places among others, by a number that is named or by what is won, and what several come to together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from claimcheck.model import Document, Verdict
from claimcheck.pipeline import Checker
from tests.reader import ROOT

DOMAINS = ROOT / "tests" / "domains"
REFUTED, OPEN = "refuted", "not_enough_evidence"


@pytest.fixture(scope="module")
def prisons() -> Iterator[Checker]:
    with Checker([DOMAINS / "prisons"]) as checker:
        yield checker


def verdict(checker: Checker, text: str) -> Verdict:
    """What is said of the one comparison of a text; no number of it is supported or refuted beside."""
    [checked] = checker.check([Document(id="x", text=text, date=date(2025, 3, 10))])
    found = [c for c in checked.reading.claims if c.kind == "comparison"]
    assert [c.text for c in checked.reading.claims if c.quantity is not None and c.kind == "quantity"] == []
    [claim] = found
    return checked.verdicts[claim.claim_id]


def test_where_some_may_be_missing_a_place_is_refuted_at_most() -> None:
    with Checker([DOMAINS / "election"]) as checker:
        told = [
            ("In Germany on 26 September 2021, the SPD won the most seats.", {OPEN}),
            ("In Germany on 26 September 2021, the Greens won the most seats.", {OPEN, REFUTED}),
        ]
        for text, outcomes in told:
            found = verdict(checker, text)
            assert found.verdict in outcomes, text


def test_a_mean_is_what_its_parts_add_up_to_by_how_many_they_are(prisons: Checker) -> None:
    found = verdict(prisons, "On average, 144.5 people a year died in custody in Karnovia in 2022 and 2023.")
    assert "(131 + 158) ÷ 2 = 144.5" in found.explanation
    assert found.likely is not None
    assert found.likely.verdict == "supported"
