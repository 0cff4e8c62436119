"""Bodies that a text calls by a noun of their name, and what is told of them, of their place."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from claimcheck.model import Document
from claimcheck.pipeline import Checker

PLACES = "id,name,within\nARV,Arvia,\nTRN,Tarn,ARV\nORN,Oren,ARV\nLOR,Lorland,\n"
BODIES = (
    "id,name,aliases\nMAR,MARVIN,UN mission in Arvia|Arvian Stabilisation Mission\nLGU,Guild of Lorland,\n"
)
FIGURES = """measure,place,actor,start,end,best
guards killed,ARV,MARVIN,2022,2022,14
guards killed,ARV,MARVIN,2013,2023,310
guards killed,TRN,Guild of Lorland,2021,2021,5
schools opened,ARV,,2022,2022,813
schools opened,TRN,,2022,2022,164
"""


def _table(name: str, columns: str, block: dict[str, object]) -> dict[str, object]:
    fields = [{"name": column, "type": "string"} for column in columns.split(",")]
    return {"name": name, "path": f"{name}.csv", "schema": {"fields": fields}, "claimcheck": block}


PACKAGE = {
    "name": "called",
    "vocabulary": {
        "guards killed": {"words": ["kill", "die", "lose"], "counts": ["guard", "member"], "type": "flow"},
        "schools opened": {"words": ["school open"], "counts": ["school"], "type": "flow"},
    },
    "resources": [
        _table("places", "id,name,within",
               {"kind": "gazetteer", "key": "id", "names": "name", "entity": "place", "within": "within"}),
        _table("bodies", "id,name,aliases",
               {"kind": "gazetteer", "key": "id", "names": ["name", "aliases"], "entity": "organisation"}),
        _table("figures", "measure,place,actor,start,end,best", {"kind": "figures", "measure": "measure",
               "place": "place", "actor": "actor", "start": "start", "end": "end", "best": "best",
               "unit": {"constant": "people"}}),
    ],
}  # fmt: skip
S, N = "supported", "not_enough_evidence"


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    folder: Path = tmp_path_factory.mktemp("called")
    for name, rows in (("places", PLACES), ("bodies", BODIES), ("figures", FIGURES)):
        (folder / f"{name}.csv").write_text(rows, encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
    return Checker([folder])


TOLD = "MARVIN came to Arvia long ago. The camp at Tarn was given up on 13 August."
KILLED = f"{TOLD} Of the guards of the mission 310 were killed between 2013 and 2023."


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"{TOLD} In 2022 fourteen guards of the mission were killed.", [S]),
        (f"{TOLD} In 2022 fourteen guards of the guild were killed.", [N]),
        (f"{TOLD} In 2022 fourteen guards of a mission were killed.", [N]),
        (
            f"{KILLED} In 2022 fifteen of them died.",
            [S, N],  # the row is of deeds of its own alone
        ),
    ],
)
def test_what_is_told_of_a_body_by_a_noun_of_its_name(checker: Checker, text: str, wanted: list[str]) -> None:
    [checked] = checker.check([Document(id="1", text=text, date=date(2024, 1, 6))])
    numbers = [c for c in checked.reading.claims if c.kind == "quantity"]
    assert [checked.verdicts[c.claim_id].verdict for c in numbers] == wanted
