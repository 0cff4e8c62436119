"""People counted by enumeration, by inclusion and by "nobody"; what a number of people measures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claimcheck.model import Claim
from tests.reader import judged

Bounds = tuple[str | None, str | None]


def first_count(text: str) -> Claim:
    """The first claim that counts people without their number alone saying it."""
    return next(c for c in judged(text) if c.rule.startswith("casualties"))


def bounds(claim: Claim) -> Bounds:
    assert claim.quantity is not None
    low, high = claim.quantity.low, claim.quantity.high
    return None if low is None else str(low), None if high is None else str(high)


# text, rule, low, high
COUNTED = [
    ("A shopkeeper and his two sons were killed by a falling crane.", "sum", "3", None),
    (
        "The storm killed a carpenter, his wife and infant son alongside 14 other villagers.",
        "sum",
        "17",
        None,
    ),
    ("The minister was killed along with three aides.", "sum", "4", None),
    (
        "The slide killed the mayor's brother, his wife and their baby along with 12 guests.",
        "sum",
        "15",
        None,
    ),
    ("A family of five was killed.", "sum", "5", "5"),
    ("Police confirmed the death of Omar Aziz.", "named", "1", None),
    ("Police confirmed the death of the mayor.", "named", "1", None),
    ("The union recorded the deaths of Ali Nouri and his brother Omar.", "named", "2", None),
    ("A mother and her daughter were found dead.", "named", "2", None),
    ("Mother and daughter were killed.", "named", "2", None),
    ("A 54-year-old farmer Idris Khan and his 7-year-old niece Laila were killed.", "named", "2", None),
    ("Ali Nouri, his brother Hasan and his cousin Omar were killed.", "named", "3", None),
    ("Dr. Ali Nouri, his wife Mona, his children and grandchildren were all killed.", "named", "6", None),
    ("Ali Nouri (Abu Hasan) and his son were killed.", "named", "2", None),
    ("Up to 17 passengers were killed, including at least nine children.", "including", "9", "17"),
    ("The collapse killed up to 40 workers, among them at least 25 women.", "including", "25", "40"),
    ("As many as 18 people, including four children and two nurses, died.", "including", "4", "18"),
    ("As many as 18 people, including four boys and two girls, died.", "including", "6", "18"),
    ("An entire family, including four children, was killed.", "including", "4", None),
    ("The crash caused an unspecified number of injuries.", "named", "2", None),
    ("The figure includes about 20,000 soldiers killed and 80,000 wounded.", "sum", "18000", "22000"),
    ("No guards were killed.", "none", "0", "0"),
    ("No guards or drivers were killed.", "none", "0", "0"),
    ("Nobody was hurt.", "none", "0", "0"),
    ("None of the passengers was hurt.", "none", "0", "0"),
    ("The flood caused no deaths.", "none", "0", "0"),
    ("There were no casualties, but the depot was lost.", "none", "0", "0"),
]


@pytest.mark.parametrize(("text", "rule", "low", "high"), COUNTED)
def test_people_are_counted_by_who_is_named(text: str, rule: str, low: str, high: str | None) -> None:
    claim = first_count(text)
    assert (claim.rule, bounds(claim)) == (f"casualties.{rule}", (low, high))


@pytest.mark.parametrize(
    "text",
    [
        "It is not known how many sailors were injured.",
        "It remains unclear how many villagers were killed.",
        "Any guard who is killed leaves a family.",
        "The guns shot down one drone and five missiles.",
        "Four miners were killed or injured.",
        "At least one guard was killed or wounded in the raid.",
        "The blast killed 13 guards and drivers.",  # one number for both
        "The blast killed 13 guards and military drivers.",
        "Today fewer children are dying.",
        "The militia reported over 10,000 casualties killed or captured.",
        "A bandit is anybody who kills innocent people.",
        "At least 35 miners of two firms died, among them at least 14 women and 14 fathers.",
        "Up to 40 huts burnt down, including at least 12 barns.",
    ],
)
def test_nobody_is_counted_where_the_text_does_not_say_how_many(text: str) -> None:
    assert not [c for c in judged(text) if c.rule.startswith("casualties")]


@pytest.mark.parametrize(
    ("text", "rule", "low"),
    [
        ("Two brothers, Hasan Aziz and Walid Nour, were reported killed.", None, None),
        ("Karim Aziz, a farmer and poet, was killed.", "casualties.named", "1"),
        ("The blast killed his daughter, a reporter and founder of a station.", "casualties.named", "1"),
    ],
)
def test_an_apposition_that_renames_adds_nobody(text: str, rule: str | None, low: str | None) -> None:
    found = [c for c in judged(text) if c.rule.startswith("casualties")]
    assert [(c.rule, bounds(c)[0]) for c in found] == ([] if rule is None else [(rule, low)])


def test_what_was_included_is_not_harmed_by_the_next_verb() -> None:
    text = "Seven died, among them a nurse, two women and four boys, and several others were injured."
    hurt = [c for c in judged(text) if "injured" in (c.measure or "")]
    assert [bounds(c) for c in hurt][:1] == [("3", "9")]
    assert not [c for c in hurt if c.quantity is not None and c.quantity.text in {"two", "four"}]


def test_the_interval_of_an_inclusion_spans_its_numbers() -> None:
    claims = judged("Up to 17 passengers were killed, including at least nine children.")
    whole = next(c.quantity for c in claims if c.rule == "casualties.including" and c.quantity)
    inside = {c.quantity.value for c in claims if c.quantity and whole.span.contains(c.quantity.span)}
    assert inside == {None, Decimal(17), Decimal(9)}


# text, number, measure
MEASURES = [
    ("The flood claimed 14 lives.", "14", "people killed"),
    ("The quake took the lives of at least 200 miners.", "200", "miners killed"),
    ("Nine sailors lost their lives.", "Nine", "sailors killed"),
    ("Four miners were killed or injured.", "Four", "miners killed or injured"),
    ("Rescuers found three dead and 11 injured.", "11", "people injured"),
    ("The crash resulted in deaths and dozens of injuries.", "dozens", "injuries dozens resulted"),
    ("Thirty miners were killed, 19 of them women, and 7 others were wounded.", "19", "women killed"),
    ("Thirty miners were killed, 19 of them women, and 7 others were wounded.", "7", "others wounded"),
    ("The fire killed 12 guards and 5 drivers.", "5", "drivers killed"),
]


@pytest.mark.parametrize(("text", "number", "measure"), MEASURES)
def test_a_number_measures_what_befell_those_it_counts(text: str, number: str, measure: str) -> None:
    claim = next(c for c in judged(text) if c.quantity is not None and c.quantity.text == number)
    assert claim.measure == measure


def test_the_one_whose_death_is_told_is_no_place() -> None:
    assert first_count("Police confirmed the death of Omar Aziz.").place is None


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("On 10 October two more died.", "died"),
        ("In March 2015 another 12 were hurt.", "hurt"),
        ("On Tuesday 14 were killed.", "killed"),
        ("During August 40 people were killed.", "people killed"),
    ],
)
def test_a_number_behind_a_date_that_opens_the_sentence_is_no_part_of_it(text: str, measure: str) -> None:
    (claim,) = [c for c in judged(text) if c.kind == "quantity"]
    assert claim.measure == measure
    assert not {"monday", "may", "2018"} & set((claim.measure or "").lower().split())


@pytest.mark.parametrize("none", ["no deaths or injuries", "no casualties"])
def test_no_deaths_or_injuries_are_nobody_killed_and_nobody_injured(none: str) -> None:
    found = judged(f"There were {none}.", "quantity")
    assert len({c.claim_id for c in found}) == 2
    assert [(c.measure, *bounds(c)) for c in found] == [
        ("people killed", "0", "0"),
        ("people injured", "0", "0"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "There were no further deaths.",
        "No casualties were reported.",
        "There were no civilian casualties.",
        "There were no injuries among the guards.",
        "No death penalty was passed.",
        "There were no casualties on the northern side.",
    ],
)
def test_none_of_some_or_no_more_is_not_nobody(text: str) -> None:
    assert not judged(text, "quantity")


def test_nobody_is_no_claim_where_the_sentence_takes_it_back() -> None:
    found = judged("Early reports spoke of no deaths, however a boy had been killed.", "quantity")
    assert [(c.measure, *bounds(c)) for c in found] == [("people killed", "1", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Six people, five women and a child, were injured in Tarn.",
        "Twelve people, seven men and five women, were killed in Tarn.",
        "Three civilians, two brothers and their cousin, died in the fire.",
        "Twelve soldiers, seven officers and five recruits, were killed in Ostrey.",
    ],
)
def test_a_number_and_its_parts_are_not_added_up(text: str) -> None:
    assert not [claim for claim in judged(text) if claim.rule == "casualties.sum"]


def test_several_kinds_are_added_up_however_many_they_are() -> None:
    assert bounds(first_count("Six men, five women and a child were injured in Kessel.")) == ("12", None)
    assert bounds(first_count("Six men, four women and two girls were injured in Kessel.")) == ("12", "12")
