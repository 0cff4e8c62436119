"""Results told in lists: the second number shares measure and unit of the first, and has its own name."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from claimcheck.model import Document
from claimcheck.numbers import find_quantities
from claimcheck.pipeline import Checker

BY_RULE = True

SEATS = {"Workers' Party": 51, "Green Alliance": 26, "Centre Union": 22, "National Front": 9}
ROWS = "election,party,seats\n" + "".join(
    f"2014-05-04,{party},{seats}\n"
    for party, seats in (
        ("Workers' Party", 51),
        ("Green Alliance", 26),
        ("Centre Union", 22),
        ("National Front", 9),
    )
)
PACKAGE = {
    "name": "westmark",
    "vocabulary": {"seats": {"words": ["seat"], "says": ["{actor} won {n} seats"], "type": "constant"}},
    "resources": [{
        "name": "results", "path": "results.csv",
        "schema": {"fields": [{"name": "election", "type": "date"}, {"name": "party", "type": "string"},
                              {"name": "seats", "type": "integer"}]},
        "claimcheck": {"kind": "figures", "measure": {"constant": "seats"}, "unit": {"constant": "seats"},
                       "best": "seats", "actor": "party", "start": "election"},
    }],
}  # fmt: skip
S, R = "supported", "refuted"
LISTS = [
    ("In May 2014 the Workers' Party won 51 seats and the Green Alliance 26.", [S, S]),
    ("In May 2014 the Workers' Party won 51 seats and the Green Alliance 22.", [S, R]),
    ("On 4 May 2014 the Workers' Party took 51 seats, the Green Alliance 26 and the Centre Union 9.",
     [S, S, R]),
    ("The vote of 4 May 2014 gave the Workers' Party 51 seats, the Green Alliance 26, the Centre Union 22 "
     "and the National Front 9.", [S, S, S, S]),
    ("The vote of 4 May 2014 gave the Green Alliance 26 seats and the Centre Union 26.", [S, R]),
]  # fmt: skip


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    folder: Path = tmp_path_factory.mktemp("westmark")
    (folder / "results.csv").write_text(ROWS, encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
    return Checker([folder])


@pytest.mark.parametrize(("text", "wanted"), LISTS)
def test_each_result_is_judged_by_its_own_row(checker: Checker, text: str, wanted: list[str]) -> None:
    [checked] = checker.check([Document(id="1", text=text, date=date(2014, 6, 1))])
    numbers = [c for c in checked.reading.claims if c.kind == "quantity"]
    assert [checked.verdicts[c.claim_id].verdict for c in numbers] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "They gave her a Boeing 737 and two Learjet 45 jets.",
        "She flew 120 passengers home on a Boeing 737.",
        "Airlines sold 40 planes, and Boeing 737 crews left.",
        "They took 51 seats on Flight 22 and Route 26.",
        "It lost 20 people and Apollo 13 flew on.",
    ],
)
def test_a_number_that_is_part_of_a_name_stays_one(text: str) -> None:
    names = [q.text for q in find_quantities(text) if q.reason is not None]
    assert names
