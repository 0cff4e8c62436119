"""Units, coins and shares put together by rule: what an article counts, what two numbers share."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claimcheck.lexicon import load
from claimcheck.numbers import find_quantities
from claimcheck.numbers.numerals import parse_numeral

Reading = tuple[str, str, str | None]


# text, characters, value, unit, comparator
ARTICLES = [
    ("He drank a gallon of milk.", "a gallon", "1", "gallon", "eq"),
    ("The mill is less than a mile away.", "a mile", "1", "mile", "lt"),
    ("They walked a mile and a half to school.", "a mile and a half", "1.5", "mile", "eq"),
    ("It cost a penny.", "a penny", "1", "penny", "eq"),
    ("They live on less than a dollar a day.", "a dollar", "1", "USD", "lt"),
    ("half a mile further", "half a mile", "0.5", "mile", "eq"),
    ("a quarter of an acre", "a quarter of an acre", "0.25", "acre", "eq"),
]


@pytest.mark.parametrize(("text", "written", "value", "unit", "comparator"), ARTICLES)
def test_an_article_counts_one_of_a_unit(
    text: str, written: str, value: str, unit: str, comparator: str
) -> None:
    (found,) = find_quantities(text)
    assert (found.text, found.value, found.unit) == (written, Decimal(value), unit)
    assert found.comparator == comparator


@pytest.mark.parametrize(
    "text",
    [
        "a gallon jug",
        "a mile marker",
        "the price of a gallon",
        "a dollar-a-day wage",
        "a penny stock",
        "every mile",
    ],
)
def test_an_article_before_a_compound_or_behind_a_price_counts_nothing(text: str) -> None:
    assert find_quantities(text) == []


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


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
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


@pytest.mark.parametrize(("text", "comparators"), CONVERTED)
def test_the_same_in_another_unit_is_bounded_alike(text: str, comparators: list[str]) -> None:
    found = find_quantities(text)
    assert [m.comparator for m in found] == comparators
    assert sum(m.qualifier is not None for m in found) == len({c for c in comparators if c != "eq"}) + (
        "exactly" in text
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("one one-hundredth", "0.01"),
        ("one one-thousandth", "0.001"),
        ("five hundred millionths", "0.0005"),
        ("nine hundred thousand trillionths", "0.0000009"),
        ("two-and-a-half", "2.5"),
        ("a dozen and a half", "18"),
        ("a quarter of a million", "250000"),
        ("two thirds of a dozen", "8"),
        ("15,599 th", "15599"),
    ],
)
def test_how_a_number_may_be_put_together(text: str, value: str) -> None:
    assert parse_numeral(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "written", "reason"),
    [
        ("the odds were 3 to 1", "3 to 1", "score"),
        ("a 1080p film", "1080p", "name of a technology"),
        ("the Group of 77 and China", "Group of 77", "name"),
        ("half of neighbourhood 3.", "3", "address"),
        ("resolutions 822 (1993) and 853 (1993)", "853", "document number"),
        ("version 1.234.567 of it", "1.234.567", "version or address number"),
    ],
)
def test_what_names_and_orders_counts_nothing(text: str, written: str, reason: str) -> None:
    assert {m.reason for m in find_quantities(text) if m.text == written} == {reason}


@pytest.mark.parametrize(
    "text",
    ["an experience, one unmatched in its history", "a way out — one guaranteeing the right of return"],
)
def test_one_that_takes_a_noun_up_again_is_no_number(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("three U.S. service members", "member"),
        ("those three areas means that", "area"),
        ("two of the world’s last forests", "forest"),
    ],
)
def test_the_counted_noun_behind_initials_verbs_and_owners(text: str, noun: str) -> None:
    assert find_quantities(text)[0].noun == noun


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The prize was US-$ 75,000.", "USD"),
        ("They paid 75,000 US-$ for it.", "USD"),
        ("It was 30 °-C there.", "degree Celsius"),
        ("It holds 12 fl-oz of oil.", "fluid ounce"),
    ],
)
def test_a_sign_is_one_however_it_is_joined(text: str, unit: str) -> None:
    assert [found.unit for found in find_quantities(text)] == [unit]


@pytest.mark.parametrize("name", ["currencies", "units"])
def test_no_way_of_joining_a_sign_fails(name: str) -> None:
    """Every sign and word of the lexicon, with a hyphen or a space in it, before and behind a number."""
    fields = ("symbols", "words")
    signs = {w for row in load(name) for f in fields for w in row.fields.get(f) or () if {" ", "-"} & set(w)}
    ways = {way for w in signs for way in (w, w.replace(" ", "-"), w.replace("-", " "), w.upper(), w.lower())}
    assert len(ways) > 50
    for way in sorted(ways):
        find_quantities(f"It was {way} 75,000, or 75 {way}, or 75-{way}, or 75{way}.")
