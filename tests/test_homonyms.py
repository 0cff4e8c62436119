"""Two towns of one name: a figure that fits one of them supports, and none refutes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from claimcheck.documents.files import make
from claimcheck.pipeline import Checker

BY_RULE = True

PLACES = "id,name,within\nP1,Norland,\nP2,Sudland,\nP3,Springbrook,P1\nP4,Springbrook,P2\nP5,Oldtown,P1\n"
FIGURES = "id,place,n\n1,P3,20000\n2,P4,9000\n3,P5,5100\n"
CASES = [
    ("Springbrook has 20,000 inhabitants.", ("supported", "within_precision")),
    ("Springbrook has 9,000 inhabitants.", ("supported", "within_precision")),
    ("The population of Springbrook, Sudland, is 9,000.", ("supported", "within_precision")),
]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    folder: Path = tmp_path_factory.mktemp("towns")
    tables = {
        "places": (
            PLACES,
            {"kind": "gazetteer", "key": "id", "names": "name", "entity": "place", "within": "within"},
        ),
        "figures": (
            FIGURES,
            {
                "kind": "figures",
                "key": "id",
                "measure": {"constant": "inhabitants"},
                "place": "place",
                "best": "n",
            },
        ),
    }
    resources = []
    for name, (cells, block) in tables.items():
        (folder / f"{name}.csv").write_text(cells, encoding="utf-8")
        fields = [{"name": column} for column in cells.split("\n", 1)[0].split(",")]
        resources.append(
            {"name": name, "path": f"{name}.csv", "schema": {"fields": fields}, "claimcheck": block}
        )
    vocabulary = {"inhabitants": {"words": ["inhabitant", "population"], "type": "constant"}}
    package = {"name": "towns", "vocabulary": vocabulary, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with Checker([folder]) as checker:
        documents = [make(text, text, meta={"date": date(2021, 6, 1)}) for text, _ in CASES]
        found = []
        for document in checker.check(documents):
            [claim] = [c for c in document.reading.claims if c.kind == "quantity"]
            verdict = document.verdicts[claim.claim_id]
            found.append((verdict.verdict, verdict.reason))
    return found


@pytest.mark.parametrize("number", range(len(CASES)), ids=[text for text, _ in CASES])
def test_towns_of_one_name(checked: list[tuple[str, str]], number: int) -> None:
    assert checked[number] == CASES[number][1]
