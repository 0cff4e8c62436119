"""Units of claims and of tables: what can be compared, and what a claim's number is in the table's unit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from claimcheck.documents.files import make
from claimcheck.judging.relations import comparable, in_unit, unit_named
from claimcheck.lexicon import load
from claimcheck.model import Claim, Span
from claimcheck.numbers.quantities import find_quantities
from claimcheck.pipeline import Checker
from claimcheck.reference.cases import read_cases
from tests.reader import of_all, said


def claim(text: str) -> Claim:
    [quantity] = find_quantities(text, [])
    return Claim(
        claim_id="c", kind="quantity", start=0, end=len(text), text=text, measure=None, quantity=quantity,
        context=Span(0, len(text)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "unit", "fits"),
    [
        ("$835bn", "KES", False),
        ("KSh 835bn", "KES", True),
        ("3 percent", "% of GDP", True),
        ("40 degrees Celsius", "°F", True),
        ("40 hectares", "km", False),
        ("40 hectares", "square miles", True),
    ],
)
def test_what_can_be_compared(text: str, unit: str, fits: bool) -> None:
    [quantity] = find_quantities(text, [])
    assert comparable(quantity, unit) is fits


@of_all([e for row in load("conversions") for e in row.examples])
def test_the_examples_of_the_conversions(example: str) -> None:
    text, unit, value = example.split(" | ")
    quantity = in_unit(claim(text), [unit]).quantity
    assert quantity is not None
    assert quantity.value is not None
    assert round(quantity.value, 12) == Decimal(value)
    assert quantity.unit == unit_named(unit).name  # type: ignore[union-attr]


def test_tables_in_millions_thousands_and_shares_meet_what_texts_write() -> None:
    """Six tables, each in a unit of its own: every sentence but one right, decided or likely, and none that
    is true refuted; a bare number is refuted by no table in millions, another currency never converted."""
    folder = Path(__file__).parent / "scales"
    wrong = []
    with Checker([folder / "package"]) as checker:
        cases = read_cases(folder / "cases.jsonl")
        texts = (make(case.id, case.text, meta={"date": case.date}) for case in cases)
        for case, checked in zip(cases, checker.check(texts), strict=True):
            [expected] = case.expect
            span = Span(expected.start, expected.end)
            own = (c for c in checked.reading.claims if c.quantity and c.quantity.wide.overlaps(span))
            verdicts = [checked.verdicts[c.claim_id] for c in own]
            stated = {*map(said, verdicts)}
            if expected.why.startswith("bare") and any(v.verdict == "refuted" for v in verdicts):
                stated = {"decided"}
            if not stated or not stated <= expected.verdicts:
                wrong.append((case.id, stated))
    assert [case for case, said_there in wrong if said_there != {"not_enough_evidence"}] == []
    assert len(wrong) <= 1, wrong
