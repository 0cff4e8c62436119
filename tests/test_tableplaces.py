"""Places as tables write them: the parts of a cell, the names in a description, the names of states."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from claimcheck.documents.files import make
from claimcheck.lexicon import load
from claimcheck.names import folded, other_names
from claimcheck.pipeline import Checker
from tests.reader import of_all, said


@of_all([e for row in load("place_names") for e in row.examples])
def test_a_state_has_other_names(example: str) -> None:
    table, text = example.split(" | ")
    assert folded(text) in {folded(name) for name in other_names(table)}


@of_all([e for row in load("place_names") for e in row.counter_examples])
def test_other_places_have_names_of_their_own(example: str) -> None:
    table, text = example.split(" | ")
    assert folded(text) not in {folded(name) for name in other_names(table)}


def test_no_name_is_of_two_states() -> None:
    names = [folded(name) for row in load("place_names") for name in set(map(folded, row["names"]))]
    assert len(names) == len(set(names))


ROWS = (
    "id,day,killed,place\n"
    'i1,2021-03-01,3,"Marea, Vale"\n'
    'i2,2021-03-01,5,"House on Port Street in Orsa, Vale"\n'
    'i3,2021-03-02,4,"Marea, Vale"\n'
    "i4,2021-03-05,9,United States of America\n"
)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    folder: Path = tmp_path_factory.mktemp("places")
    (folder / "incidents.csv").write_text(ROWS, encoding="utf-8")
    block = {
        "kind": "incidents", "key": "id", "place": "place", "start": "day", "end": "day",
        "counted_as": "strike",
        "measures": [{"measure": "people killed", "unit": "people", "best": "killed"}],
    }  # fmt: skip
    types = {"id": "string", "day": "date", "killed": "integer", "place": "string"}
    resource = {
        "name": "incidents",
        "path": "incidents.csv",
        "schema": {"fields": [{"name": n, "type": t} for n, t in types.items()]},
        "claimcheck": block,
    }
    vocabulary = {"people killed": {"words": ["kill", "dead", "die"], "type": "flow"}}
    package = {"name": "p", "vocabulary": vocabulary, "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with Checker([folder]) as made:
        yield made


# text, the row that it means, what it says
LINKED = [
    ("On 1 March 2021 three people were killed in Marea.", "i1", "supported"),
    ("On 1 March 2021 five people were killed in a house on Port Street.", "i2", "supported"),
    ("On 1 March 2021 five people were killed in Orsa.", "i2", "supported"),
    ("On 1 March 2021 four people were killed in Orsa.", "i2", "refuted"),
    ("On 5 March 2021 nine people were killed in an attack in the United States.", "i4", "supported"),
]


def test_an_incident_is_found_by_what_its_cell_names(checker: Checker) -> None:
    documents = [make("t", text, meta={"date": date(2021, 4, 1)}) for text, _, _ in LINKED]
    for checked, (text, row, wanted) in zip(checker.check(documents), LINKED, strict=True):
        [verdict] = [checked.verdicts[c.claim_id] for c in checked.reading.claims if c.quantity]
        rows = verdict.evidence or [one.row for one in verdict.suggestions]
        assert (rows[0].row_id, said(verdict)) == (row, wanted), text
