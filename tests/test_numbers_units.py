"""Units, coins and shares put together by rule: what an article counts, what two numbers share."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claimcheck.numbers import find_quantities
from tests.reader import of_all

Reading = tuple[str, str, str | None]


@pytest.mark.parametrize("text", ["$3 a gallon", "40 miles a gallon", "20 cents a litre"])
def test_a_rate_is_one_quantity(text: str) -> None:
    assert len(find_quantities(text)) == 1


SEVERAL = [
    ("5'10\" tall", [("5'", "5", "foot"), ("10\"", "10", "inch")]),
    ("10 by 20 metres", [("10", "10", "metre"), ("20 metres", "20", "metre")]),
    ("a 3-by-5-foot rug", [("3", "3", "foot"), ("5-foot", "5", "foot")]),
    ("1.8 and 2 GHz chips", [("1.8", "1.8", "gigahertz"), ("2 GHz", "2", "gigahertz")]),
    ("a six-foot-two guard", [("six-foot", "6", "foot"), ("two", "2", None)]),
    ("minus $5", [("minus $5", "-5", "USD")]),
    ("$5 and 50 cents", [("$5 and 50 cents", "5.50", "USD")]),
    ("$5 million and 50 cents", [("$5 million", "5000000", "USD"), ("50 cents", "50", "cent")]),
    ("1.200.000 euros", [("1.200.000 euros", "1200000", "EUR")]),
    ("tens of billions of euros", [("tens of billions", "None", "EUR")]),
    ("hundreds of tonnes of wheat", [("hundreds", "None", "tonne")]),
    ("eight barrel bombs", [("eight", "8", None)]),
    ("68F outside", [("68F", "68", "degree Fahrenheit")]),
    ("down 20pc", [("20pc", "20", "percent")]),
]  # fmt: skip


@of_all(SEVERAL)
def test_numbers_and_their_units(text: str, expected: list[Reading]) -> None:
    wanted = [
        (written, None if value == "None" else Decimal(value), unit) for written, value, unit in expected
    ]
    assert [(m.text, m.value, m.unit) for m in find_quantities(text)] == wanted


CONVERTED = [
    ("more than 30 miles (48 km) away", ["gt", "gt"]),
    ("about €10 million ($11 million)", ["approx", "eq"]),
    ("just under 296 hp (224 kW / 300 PS)", ["approx", "approx", "approx"]),
    ("up to 30 miles (exactly 48 km)", ["le", "eq"]),
    ("over 5 miles (3 people)", ["gt", "eq"]),
    ("30 miles (48 km)", ["eq", "eq"]),
]  # fmt: skip


@of_all(CONVERTED)
def test_the_same_in_another_unit_is_bounded_alike(text: str, comparators: list[str]) -> None:
    found = find_quantities(text)
    assert [m.comparator for m in found] == comparators
    assert sum(m.qualifier is not None for m in found) == len({c for c in comparators if c != "eq"}) + (
        "exactly" in text
    )


