"""What a package may say beyond words and types: sentences, parts, ways, happenings of rows, names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimcheck.reference.loading import load, load_all
from claimcheck.reference.package import Package
from claimcheck.store import open_store
from tests.reference_case import faults, row

TABLES = {
    "places.csv": "id,name,within\nW,World,\nS,Sylvania,W\nL,Lorland,W\nLQ,Lor Quay,L\n",
    "people.csv": "id,name\nQ1,Ada Quay\nQ2,Lorland\n",
    "games.csv": "id,name,start,end,place\nG16,2016 Games,2016-08-05,2016-08-21,LQ\n",
    "flights.csv": "month,from,to,n\n2018-01,S,Lor Quay,120\n2018-02,S,L,90\n",
    "medals.csv": "games,team,day,town,n\nG16,North,,,9\ngames:G16,South,,,4\nG16,South,2016-08-06,S,1\n",
    "raids.csv": "day,town,dead\n2018-01-02,LQ,3\n2018-01-02,S,0\n",
    "wire.csv": "day,town,dead\n2018-01-02,LQ,4\n",
}
VOCABULARY: dict[str, Any] = {
    "people fled": {
        "says": ["{n} people fled from {origin} to {destination}"],
        "counts": ["men", "villagers"],
        "vague": {"Dozens": [30, 80]},
        "revised": True,
        "type": "flow",
        "learned": [{"word": "bused out", "from": "40 were bused out.", "on": "2018-02-10", "by": "ada"}],
    },
    "medals": {"words": ["medal"], "type": "flow"},
    "people killed": {"words": ["kill"], "type": "flow"},
    "children killed": {"words": ["child kill"], "type": "flow", "part_of": "people killed"},
}


def resource(name: str, **block: object) -> dict[str, Any]:
    header = TABLES[f"{name}.csv"].splitlines()[0].split(",")
    kinds = {"n": "integer", "dead": "integer"}
    fields = [{"name": column, "type": kinds.get(column, "string")} for column in header]
    return {"name": name, "path": f"{name}.csv", "schema": {"fields": fields}, "claimcheck": block}


def resources() -> list[dict[str, Any]]:
    killed = [{"measure": "people killed", "unit": "people", "best": "dead"}]
    return [
        resource(
            "medals", kind="figures", key=["games", "team", "n"], event="games",
            measure={"constant": "medals"}, best="n", start="day", place="town",
        ),
        resource(
            "places", kind="gazetteer", key="id", names="name", entity="place", within="within",
            everywhere="W",
        ),
        resource("people", kind="gazetteer", key="id", names="name", entity="person"),
        resource("games", kind="events", key="id", names="name", start="start", end="end", place="place"),
        resource(
            "flights", kind="figures", measure={"constant": "people fled"}, best="n", start="month",
            origin="from", destination="to",
        ),
        resource("raids", kind="incidents", start="day", place="town", measures=killed),
        resource("wire", kind="incidents", start="day", place="town", measures=killed, same_as="raids"),
    ]  # fmt: skip


def write(folder: Path, *edits: tuple[str, str], name: str = "games") -> Path:
    """The package, with texts of its files replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    package = {"name": name, "vocabulary": VOCABULARY, "resources": resources()}
    files = {**TABLES, "datapackage.json": json.dumps(package, indent=1)}
    for old, new in edits:
        [file] = [file for file, text in files.items() if old in text]
        files[file] = files[file].replace(old, new, 1)
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return load(write(tmp_path / "games"))


FAULTS = [
    # old text, new text, file, line, column, value, words of the message
    ("G16,North", "G12,North", "medals.csv", 2, "games", "G12", "no row of a table of events has this key"),
    ("2018-01,S,", "2018-01,Atlantis,", "flights.csv", 2, "from", "Atlantis", "no row of the gazetteer"),
    ("G16,South,2016-08-06,S,1", "G16,North,,,9", "medals.csv", 4, "games", "G16-North-9", "duplicate key"),
    ("G16,South,2016-08-06", ",South,2016-08-06", "medals.csv", 4, "games", "", "every row needs its key"),
    ("W,World", "V,World", "places.csv", None, None, "W", "everywhere is the key of a row"),
]


@pytest.mark.parametrize(("old", "new", "file", "line", "column", "value", "words"), FAULTS)
def test_what_points_nowhere_is_named(
    tmp_path: Path,
    old: str,
    new: str,
    file: str,
    line: int | None,
    column: str | None,
    value: str,
    words: str,
) -> None:
    found = [p for p in faults(write(tmp_path, (old, new))) if words in p.message]
    assert (file, line, column, value) in [(p.file, p.line, p.column, p.value) for p in found]


def test_parts_in_a_circle_are_told(tmp_path: Path) -> None:
    part = '"kill"\n   ],\n   "type": "flow"'
    circle = part + ',\n   "part_of": "children killed"'
    [found] = faults(write(tmp_path, (part, circle)))
    assert "a measure is part of itself" in found.message


def test_a_table_that_keeps_an_event_needs_a_table_of_events(tmp_path: Path) -> None:
    found = faults(write(tmp_path, ('"kind": "events"', '"kind": "gazetteer", "entity": "team"')))
    assert any("the package has none" in problem.message for problem in found)


def test_it_is_stored(tmp_path: Path) -> None:
    with open_store(tmp_path / "c.duckdb") as store:
        store.publish_packages(load_all([write(tmp_path / "games")]))
        [fled] = store.rows("SELECT * FROM measures WHERE measure = 'people fled'")
        assert (fled["says"], fled["counts"], fled["revised"]) == (
            ["{n} people fled from {origin} to {destination}"], ["men", "villagers"], True,
        )  # fmt: skip
        assert json.loads(fled["vague"]) == {"dozens": ["30", "80"]}
        assert json.loads(fled["learned"]) == VOCABULARY["people fled"]["learned"]
        [flight] = store.rows("SELECT * FROM reference_rows WHERE row_id = '1' AND resource = 'flights'")
        assert flight["destinations"] == ["places:LQ", "places:L", "places:W"]
        links = store.rows("SELECT resource, role, target FROM resource_link ORDER BY ALL")
        assert [tuple(link.values()) for link in links] == [
            ("places", "everywhere", "W"), ("wire", "same_as", "raids"),
        ]  # fmt: skip
        store.publish_packages([])
        assert store.rows("FROM resource_link") == []


def test_two_packages_with_the_same_tables_keep_their_links(tmp_path: Path) -> None:
    one, other = load_all([write(tmp_path / "a", name="a"), write(tmp_path / "b", name="b")])
    assert row(one, "a/medals:G16-North-9").event == "a/games:G16"
    assert next(r for r in other.resources if r.name == "b/wire").same_as == "b/raids"
    assert row(other, "b/flights:1").origins == ("b/places:S", "b/places:W")
