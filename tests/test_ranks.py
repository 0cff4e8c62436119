"""Places among others, by a number that is named or by what is won, and what several come to together."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date

import pytest

from claimcheck.model import Document, Verdict
from claimcheck.pipeline import Checker
from claimcheck.report.picture import interval_picture
from tests.reader import ROOT

DOMAINS = ROOT / "tests" / "domains"
SUPPORTED, REFUTED, OPEN = "supported", "refuted", "not_enough_evidence"


@pytest.fixture(scope="module")
def parties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    """The elections of the project's package, as if no party were missing."""
    folder = tmp_path_factory.mktemp("elections") / "election"
    shutil.copytree(DOMAINS / "election", folder)
    file = folder / "datapackage.json"
    package = json.loads(file.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["claimcheck"]["kind"] == "figures":
            resource["claimcheck"]["complete"] = True
    file.write_text(json.dumps(package), encoding="utf-8")
    with Checker([folder]) as checker:
        yield checker


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


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("In the German election of 26 September 2021 the SPD came first.", SUPPORTED),
        ("In the German election of 26 September 2021 the CDU/CSU came first.", REFUTED),
        ("On 26 September 2021 the CDU/CSU came second in Germany.", SUPPORTED),
        ("On 26 September 2021 the Greens came second in Germany.", REFUTED),
        ("On 26 September 2021 the Greens came in third in Germany.", SUPPORTED),
        ("On 26 September 2021 the SPD came third in Germany.", OPEN),
        ("On 26 September 2021 the AfD came last in Germany.", SUPPORTED),
        ("On 23 February 2025 the Greens ranked fourth in Germany by votes.", SUPPORTED),
        ("On 23 February 2025 the Greens ranked second in Germany by the number of seats.", REFUTED),
        ("In Germany the FDP was the fourth-largest party on 26 September 2021.", SUPPORTED),
        ("In Germany the FDP was the second-largest party on 26 September 2021.", REFUTED),
        ("In Germany on 26 September 2021 the Greens won the third-highest number of seats.", SUPPORTED),
        ("In Germany, on 23 February 2025, the AfD overtook the SPD.", SUPPORTED),
        ("In Germany, on 23 February 2025, the SPD overtook the AfD.", REFUTED),
    ],
)
def test_a_place_is_told_among_all_that_the_table_holds(parties: Checker, text: str, outcome: str) -> None:
    assert verdict(parties, text).verdict == outcome


def test_a_rank_is_drawn_among_the_others_by_name(parties: Checker) -> None:
    [checked] = parties.check(
        [
            Document(
                id="x",
                text="On 26 September 2021 the CDU/CSU came second in Germany.",
                date=date(2025, 3, 10),
            )
        ]
    )
    [claim] = [c for c in checked.reading.claims if c.comparison is not None]
    picture = interval_picture(claim, checked.verdicts[claim.claim_id], "p")
    assert picture is not None
    for party in ("SPD", "CDU/CSU", "Greens", "FDP", "AfD"):
        assert f"{party}<" in picture


def test_where_some_may_be_missing_a_place_is_only_refuted() -> None:
    with Checker([DOMAINS / "election"]) as checker:
        told = [
            ("On 26 September 2021 the SPD came first in Germany.", OPEN),
            ("On 26 September 2021 the Greens came first in Germany.", REFUTED),
        ]
        for text, outcome in told:
            assert verdict(checker, text).verdict == outcome, text


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Deaths in custody in Karnovia exceeded executions by 149 in 2023.", SUPPORTED),
        ("Deaths in custody in Karnovia exceeded executions by 19 in 2023.", REFUTED),
        ("In 2023 deaths in custody in Karnovia outnumbered executions by 149.", SUPPORTED),
        ("In Karnovia, 149 more people died in custody than were executed in 2023.", SUPPORTED),
        ("In Karnovia, 109 more people died in custody than were executed in 2023.", REFUTED),
        ("In Karnovia, fewer people died in custody than were executed in 2023.", REFUTED),
        ("The prison population of Karnovia exceeded its capacity by 6,340 on 1 January 2024.", SUPPORTED),
        ("The prison population of Karnovia exceeded its capacity by 9,340 on 1 January 2024.", REFUTED),
        (
            "On 1 January 2024 pre-trial detainees made up 29 per cent of the prison population of Karnovia.",
            SUPPORTED,
        ),
        (
            "On 1 January 2024 pre-trial detainees made up 49 per cent of the prison population of Karnovia.",
            REFUTED,
        ),
        ("The gap between the number of executions in Karnovia and Ostrey was nine in 2023.", SUPPORTED),
        ("The gap between the number of executions in Karnovia and Ostrey was 19 in 2023.", REFUTED),
    ],
)
def test_two_kinds_of_one_place_are_compared(prisons: Checker, text: str, outcome: str) -> None:
    assert verdict(prisons, text).verdict == outcome


def test_from_one_number_to_another_between_two_years(prisons: Checker) -> None:
    told = [("fell from 14 to nine", SUPPORTED), ("rose from nine to 14", REFUTED)]
    for moved, outcome in told:
        text = f"Executions in Karnovia {moved} between 2022 and 2023."
        [checked] = prisons.check([Document(id="x", text=text, date=date(2024, 8, 1))])
        found = [checked.verdicts[c.claim_id] for c in checked.reading.claims if c.kind == "comparison"]
        assert [v.verdict for v in found] == [outcome]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("On average, 144.5 people a year died in custody in Karnovia in 2022 and 2023.", SUPPORTED),
        ("On average, 104.5 people a year died in custody in Karnovia in 2022 and 2023.", REFUTED),
        (
            "More than one in four prisoners in Karnovia was a pre-trial detainee on 1 January 2024.",
            SUPPORTED,
        ),
        ("More than one in two prisoners in Karnovia was a pre-trial detainee on 1 January 2024.", REFUTED),
        ("In 2022 and 2023, 289 people died in custody in Karnovia in all.", SUPPORTED),
    ],
)
def test_years_and_kinds_are_added_up_and_divided(prisons: Checker, text: str, outcome: str) -> None:
    assert verdict(prisons, text).verdict == outcome


def test_a_mean_is_given_again_by_its_sql(prisons: Checker) -> None:
    found = verdict(prisons, "On average, 144.5 people a year died in custody in Karnovia in 2022 and 2023.")
    assert found.explanation.startswith("(131 + 158) ÷ 2 = 144.5")
    [computed] = [e for e in found.evidence if e.name == "comparison"]
    assert computed.sql is not None
    [value] = prisons.store.rows(computed.sql)
    assert value["low"] == value["high"] == 144.5


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (
            "The SPD, the Greens and the FDP together won 416 seats in Germany on 26 September 2021.",
            SUPPORTED,
        ),
        ("The SPD, the Greens and the FDP together won 366 seats in Germany on 26 September 2021.", REFUTED),
    ],
)
def test_names_in_a_list_are_added_up(parties: Checker, text: str, outcome: str) -> None:
    assert verdict(parties, text).verdict == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Ostania exported more than a third of its wheat harvest in 2023.", SUPPORTED),
        ("Ostania exported two thirds of its wheat harvest in 2023.", REFUTED),
    ],
)
def test_what_is_done_with_a_part_of_ones_own(text: str, outcome: str) -> None:
    with Checker([DOMAINS / "harvest"]) as checker:
        assert verdict(checker, text).verdict == outcome
