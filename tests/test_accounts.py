"""A verdict stands only where its row says every word that narrows the claim."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from claimcheck.documents.files import make
from claimcheck.pipeline import Checker
from tests.reader import said

TABLES = {
    "places": (
        "id,name\nP1,Sylvania\nP2,Upper Mill\n",
        {"kind": "gazetteer", "key": "id", "names": "name", "entity": "place"},
    ),
    "figures": (
        "id,what,n,unit,town,first,last\n"
        "F1,people killed,124,people,P1,2018-01-01,2018-01-31\n"
        "F2,area burned,430000,hectares,P1,2018-01-01,2018-12-31\n",
        {
            "kind": "figures", "key": "id", "measure": "what", "best": "n", "unit": "unit", "place": "town",
            "start": "first", "end": "last",
        },
    ),
    "fairs": (
        "id,name,first,last,town\nE1,Harbour Fair,2018-03-03,2018-03-05,P2\n",
        {"kind": "events", "key": "id", "names": "name", "start": "first", "end": "last", "place": "town"},
    ),
}  # fmt: skip
VOCABULARY = {
    "people killed": {"words": ["kill", "die"], "type": "flow"},
    "area burned": {"words": ["burn"], "type": "flow"},
}
CASES = [
    ("In January 2018, 124 people were killed in Sylvania.", "supported"),
    ("In January 2018, 124 people were killed by all sides in Sylvania.", "supported"),
    ("In January 2018, 124 people were killed in a video game in Sylvania.", "not_enough_evidence"),
    ("In January 2018, 124 people were killed in Sylvania's shelters.", "not_enough_evidence"),
    ("In January 2018, 124 people were killed in a model of Sylvania.", "not_enough_evidence"),
    ("In January 2018, 124 people were killed by indicators in Sylvania.", "not_enough_evidence"),
    ("The Harbour Fair opened in Upper Mill on 3 March 2018.", "supported"),
    ("The Harbour Fair opened in a novel about Upper Mill on 3 March 2018.", "not_enough_evidence"),
    ("A film about the Harbour Fair opened on 3 March 2018.", "not_enough_evidence"),
    ("Fires burned 430,000 hectares in Sylvania in 2018.", "supported"),
    ("Fires burned less than 430,000 hectares in Sylvania in 2018.", "not_enough_evidence"),
]


@pytest.fixture(scope="module")
def sylvania(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("sylvania")
    resources = []
    for name, (cells, block) in TABLES.items():
        (folder / f"{name}.csv").write_text(cells, encoding="utf-8")
        fields = [{"name": column} for column in cells.split("\n", 1)[0].split(",")]
        resources.append(
            {"name": name, "path": f"{name}.csv", "schema": {"fields": fields}, "claimcheck": block}
        )
    package = {"name": "sylvania", "vocabulary": VOCABULARY, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


def test_what_no_row_says_forbids_support(sylvania: Path) -> None:
    with Checker([sylvania]) as checker:
        documents = [make(text, text, meta={"date": date(2019, 6, 1)}) for text, _ in CASES]
        for (text, wanted), checked in zip(CASES, checker.check(documents), strict=True):
            [verdict] = checked.verdicts.values()
            found = verdict.verdict if wanted == "not_enough_evidence" else said(verdict)
            assert found == wanted, text
