"""Units of claims and of tables: what can be compared, and what a claim's number is in the table's unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from claimcheck.documents.files import make
from claimcheck.judging.relations import comparable, in_unit, unit_named
from claimcheck.lexicon import load
from claimcheck.model import Claim, Interval, Span
from claimcheck.numbers.quantities import find_quantities
from claimcheck.pipeline import Checker
from claimcheck.reference.cases import read_cases


@pytest.mark.parametrize(
    ("written", "kind", "name", "many"),
    [
        ("ha", "measure", "hectare", 1),
        ("hectares", "measure", "hectare", 1),
        ("km²", "measure", "square kilometre", 1),
        ("°C", "measure", "degree Celsius", 1),
        ("KSh", "money", "KES", 1),
        ("EUR bn", "money", "EUR", 1_000_000_000),
        ("billion EUR", "money", "EUR", 1_000_000_000),
        ("€ million", "money", "EUR", 1_000_000),
        ("% of GDP", "percent", "percent", 1),
        ("million people", "number", None, 1_000_000),
        ("thousand tonnes", "measure", "tonne", 1000),
        ("m EUR", "money", "EUR", 1_000_000),
        ("€bn", "money", "EUR", 1_000_000_000),
        ("EUR (million)", "money", "EUR", 1_000_000),
        ("EUR (millions)", "money", "EUR", 1_000_000),
        ("millions of EUR", "money", "EUR", 1_000_000),
        ("EUR '000", "money", "EUR", 1000),
        ("'000 people", "number", None, 1000),
        ("1,000 people", "number", None, 1000),
        ("1000 ha", "measure", "hectare", 1000),
    ],
)
def test_a_unit_as_a_table_writes_it(written: str, kind: str, name: str | None, many: int) -> None:
    assert unit_named(written) == (kind, name, Decimal(many))


@pytest.mark.parametrize(
    "written", ["people", "cases", "seats", "votes", "index", "per 1,000", "deaths per 100,000"]
)
def test_what_only_says_what_is_counted_is_no_unit(written: str) -> None:
    assert unit_named(written) is None


def claim(text: str) -> Claim:
    [quantity] = find_quantities(text, [])
    return Claim(
        claim_id="c", kind="quantity", start=0, end=len(text), text=text, measure=None, quantity=quantity,
        context=Span(0, len(text)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("185,000 square kilometres burned", "hectares", "18450000", "18550000"),
        ("104.5 degrees Fahrenheit", "°C", "40.25", "40.30555555555555555555556"),
        ("12 miles of road", "km", "18.507456", "20.1168"),
        ("71.8 billion euros", "EUR bn", "71.75", "71.85"),
        ("6 million people", "million people", "5.5", "6.5"),
        ("40 hectares", "ha", "40", "40"),
        ("40 hectares", "°C", "40", "40"),
    ],
)
def test_a_number_in_the_tables_unit(text: str, unit: str, low: str, high: str) -> None:
    found = in_unit(claim(text), [unit, unit, None]).interval
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert abs(found.low - Decimal(low)) < Decimal("1e-15")
    assert abs(found.high - Decimal(high)) < Decimal("1e-15")


def test_rows_of_several_units_convert_nothing() -> None:
    made = claim("12 miles of road")
    assert in_unit(made, ["km", "m"]) is made


@pytest.mark.parametrize(
    ("text", "unit", "fits"),
    [
        ("$835bn", "KES", False),
        ("KSh 835bn", "KES", True),
        ("€3 billion", "percent", False),
        ("3 percent", "% of GDP", True),
        ("3 percent", "EUR", False),
        ("40 degrees Celsius", "°F", True),
        ("40 degrees", "celsius", True),
        ("40 hectares", "km", False),
        ("40 hectares", "square miles", True),
        ("40 hectares", "something else", True),
    ],
)
def test_what_can_be_compared(text: str, unit: str, fits: bool) -> None:
    [quantity] = find_quantities(text, [])
    assert comparable(quantity, unit) is fits


def test_a_bound_stays_open() -> None:
    made = claim("more than 100 square kilometres")
    assert made.quantity is not None
    opened = replace(made, quantity=replace(made.quantity, low=Decimal(100), high=None))
    assert in_unit(opened, ["hectare"]).interval == Interval(Decimal(10000), None)


@pytest.mark.parametrize("example", [e for row in load("conversions") for e in row.examples])
def test_the_examples_of_the_conversions(example: str) -> None:
    text, unit, value = example.split(" | ")
    quantity = in_unit(claim(text), [unit]).quantity
    assert quantity is not None
    assert quantity.value is not None
    assert round(quantity.value, 12) == Decimal(value)
    assert quantity.unit == unit_named(unit).name  # type: ignore[union-attr]


def test_tables_in_millions_thousands_and_shares_meet_what_texts_write() -> None:
    """Six tables, each in a unit of its own: every sentence right, decided or likely, and none refuted that
    is true; a bare number is refuted by no table in millions, and another currency is never converted."""
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
            said = {v.likely.verdict if v.likely else v.verdict for v in verdicts}
            if expected.why.startswith("bare") and any(v.verdict == "refuted" for v in verdicts):
                said = {"decided"}
            if not said or not said <= expected.verdicts:
                wrong.append((case.id, said))
    assert wrong == []
