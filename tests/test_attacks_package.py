"""Incidents that a table tells apart by whom they befell, where and by whose hand; sentences of agencies."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from claimcheck.documents.files import make
from claimcheck.pipeline import Checker

TABLES = {
    "places": (
        "id,name,within\nP1,Sylvania|Sylvanian,\nP2,Upper Mill,P1\nP3,Lorland|Lorlandic,\nP4,Quay Town,P3\n",
        {"kind": "gazetteer", "key": "id", "names": "name", "entity": "place", "within": "within"},
    ),
    "groups": (
        "id,name\nO1,Lorlandic army\n",
        {"kind": "gazetteer", "key": "id", "names": "name", "entity": "organisation"},
    ),
    "attacks": (
        "id,day,until,what,town,who,dead,hurt\n"
        "A1,2018-10-02,,murder of Ada Quill in the consulate,P2,,1,\n"
        "A2,2019-03-08,,tank shell at the Harbour Hotel,P2,O1,2,3\n"
        "A3,2020-07-12,,abduction of three Lorlandic painters,P2,,0,\n",
        {
            "kind": "incidents", "key": "id", "label": ["what"], "place": "town", "actor": "who",
            "start": "day", "end": "until", "counted_as": "attack",
            "measures": [
                {"measure": "people killed", "unit": "people", "best": "dead"},
                {"measure": "people injured", "unit": "people", "best": "hurt"},
            ],
        },
    ),
}  # fmt: skip
VOCABULARY = {
    "people killed": {"words": ["kill", "die"], "type": "flow"},
    "people injured": {"words": ["injure", "hurt"], "type": "flow"},
}
CASES = [
    ("Ada Quill was murdered in Upper Mill on 2 October 2018.", "2 October 2018", "supported"),
    ("Ada Quill was murdered in Upper Mill on 12 October 2018.", "12 October 2018", "refuted"),
    ("The murder of Ada Quill took place on 3 October 2018.", "3 October 2018", "refuted"),
    ("Ada Quill gave a speech on 12 October 2018.", "12 October 2018", "not_enough_evidence"),
    ("Two people were killed in Upper Mill on 8 March 2019.", "Two", "supported"),
    ("Two people were killed in Upper Mill, in the north of Sylvania, on 8 March 2019.", "Two", "supported"),
    ("On 8 March 2019 Lorlandic troops killed two people in Upper Mill.", "two", "supported"),
]


def _write(folder: Path) -> None:
    resources = []
    for name, (cells, block) in TABLES.items():
        (folder / f"{name}.csv").write_text(cells, encoding="utf-8")
        fields = [{"name": column} for column in cells.split("\n", 1)[0].split(",")]
        resources.append(
            {"name": name, "path": f"{name}.csv", "schema": {"fields": fields}, "claimcheck": block}
        )
    package = {"name": "attacks", "vocabulary": VOCABULARY, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    folder: Path = tmp_path_factory.mktemp("attacks")
    _write(folder)
    out = {}
    with Checker([folder]) as checker:
        documents = [make(text, text, meta={"date": date(2021, 6, 1)}) for text, _, _ in CASES]
        for (text, at, _), checked in zip(CASES, checker.check(documents), strict=True):
            start = text.index(at)
            told = [
                checked.verdicts[c.claim_id].verdict
                for c in checked.reading.claims
                for m in (c.quantity if c.kind == "quantity" else c.time if c.kind == "event" else None,)
                if m is not None
                and m.start is not None
                and m.start < start + len(at)
                and start < (m.end or 0)
            ]
            out[text] = set(told)
    return out


@pytest.mark.parametrize(("text", "at", "verdict"), CASES)
def test_agency_sentences(verdicts: dict[str, set[str]], text: str, at: str, verdict: str) -> None:
    assert verdicts[text] == {verdict}
