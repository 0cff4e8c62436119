"""What a package may say beyond words and types: sentences, parts, ways, events of rows, names."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from claimcheck import pipeline
from claimcheck.documents.files import make
from claimcheck.model import CheckedDocument
from claimcheck.pipeline import Checker
from claimcheck.reference.advice import advice
from claimcheck.reference.loading import load, load_all
from claimcheck.reference.package import Package
from claimcheck.reference.problems import PackageError
from claimcheck.store import open_store
from claimcheck.store import packages as packages_module
from tests.reader import ROOT, of_all
from tests.reference_case import INVENTED, faults, row
from tests.reference_case import write as river


def write(folder: Path, *edits: tuple[str, str], name: str = "games") -> Path:
    """The package `packages/games`, with texts of its files replaced."""
    shutil.copytree(INVENTED / "games", folder, dirs_exist_ok=True)
    named = ('{\n "name": "games"', f'{{\n "name": "{name}"')
    for old, new in (named, *edits):
        [file] = [file for file in folder.iterdir() if old in file.read_text("utf-8")]
        file.write_text(file.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return load(write(tmp_path / "games"))


FAULTS = [
    # old text, new text, file, line, column, value, words of the message
    ("G16,North", "G12,North", "medals.csv", 2, "games", "G12", "no row of a table of events has this key"),
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


def test_parts_in_a_circle_are_named(tmp_path: Path) -> None:
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
        [learned] = json.loads(fled["learned"])
        assert (learned["word"], learned["on"], learned["by"]) == ("bused out", "2018-02-10", "ada")
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


# --- Bad packages meet a database: a clear error and the same bytes, or correct work on hostile names ---


Edits = dict[str, list[tuple[str, str]]]
CIRCLE = ("P3,Carland,Republic of Carland,,", "P3,Carland,Republic of Carland,P1,")
BAD: dict[str, tuple[Edits, str]] = {
    "circular containment": ({"places.csv": [CIRCLE]}, "circular containment"),
    "a measure without vocabulary": (
        {"datapackage.json": [('"homes lost": {', '"huts lost": {')]},
        "vocabulary lacks this measure",
    ),
    "a cell too large": ({"figures.csv": [("=1+1", "x" * 1_000_001)]}, "1,000,000 characters"),
    "many at once": (
        {"places.csv": [CIRCLE], "figures.csv": [("1200", "many"), ("P2,S1", "P9,S9")]},
        "4 problems",
    ),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the good package, and a database that holds it."""
    folder = tmp_path_factory.mktemp("home")
    with Checker([river(folder / "good")], folder / "claims.duckdb"):
        pass
    return folder


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_package_leaves_the_database_as_it_was(tmp_path: Path, home: Path, fault: str) -> None:
    edits, words = BAD[fault]
    database = home / "claims.duckdb"
    before = database.read_bytes()
    with pytest.raises(PackageError, match=words):
        Checker([home / "good", river(tmp_path / "bad", edits)], database)
    assert database.read_bytes() == before


def test_two_packages_of_one_name_leave_the_database_as_it_was(tmp_path: Path, home: Path) -> None:
    database = home / "claims.duckdb"
    before = database.read_bytes()
    with pytest.raises(PackageError, match="has this name too"):
        Checker([home / "good", river(tmp_path / "twin")], database)
    assert database.read_bytes() == before


def test_names_that_are_sql_are_stored_as_names(tmp_path: Path, home: Path) -> None:
    hostile = "x'; DROP TABLE reference_row; --"
    edits: Edits = {
        "datapackage.json": [
            ('"name": "river"', f'"name": "{hostile}"'),
            ('"figures"', '"figures; drop view claims"'),
        ],
        "places.csv": [("Upper Mill,Mill", "Robert'); DELETE FROM claim; --,Mill")],
        "figures.csv": [("F1,", "F' OR 1=1; --,")],
        "raids.csv": [("Upper Mill", "P4")],
    }
    listed = "SELECT table_name FROM information_schema.tables"
    database = Path(shutil.copy(home / "claims.duckdb", tmp_path))
    with open_store(database) as store:
        tables = {row["table_name"] for row in store.rows(listed)}
    with Checker([home / "good", river(tmp_path / "sql", edits)], database) as checker:
        held = checker.store.rows("SELECT package, row_id, name FROM reference_row WHERE package LIKE 'x''%'")
        assert {row["table_name"] for row in checker.store.rows(listed)} >= tables
    names = {value for row in held for value in row.values()}
    assert {hostile, "F' OR 1=1; --", "Robert'); DELETE FROM claim; --"} <= names


# --- large tables ----------------------------------------------------------------------------------------

HELD = "FROM (SELECT * EXCLUDE (loaded_at) FROM reference_package), reference_row ORDER BY ALL"
PLACED = "FROM reference_place LEFT JOIN reference_name USING (package, resource, row_id) ORDER BY ALL"
TEXT = "In June 2015, 2 people were killed in Alder Quay. Some 1,200 people were housed in April 2015."


def test_rows_that_are_handed_over_are_stored_in_parts_and_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = load_all([river(tmp_path / "good")])
    with open_store() as store:
        store.publish_packages(packages)
        whole = store.rows(HELD), store.rows(PLACED)
    monkeypatch.setattr(packages_module, "ROWS_AT_ONCE", 2)  # parts that cut the rows of one incident apart
    handed = list(packages[0].rows)
    with open_store() as store:
        store.publish_packages([replace(packages[0], rows=handed)])
        assert (store.rows(HELD), store.rows(PLACED)) == whole
    assert handed == []
    assert len(packages[0].rows) > 10


def test_large_tables_are_checked_against_in_a_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = river(tmp_path / "good")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def checked() -> tuple[list[CheckedDocument], list[str]]:
        with Checker([home]) as checker:
            found = list(checker.check([make("a", TEXT)]))
            return found, [file.name for file in tmp_path.glob("claimcheck-*/*.duckdb")]

    in_memory, files = checked()
    assert files == []
    assert any(verdict.evidence for verdict in in_memory[0].verdicts.values())
    monkeypatch.setattr(pipeline, "MANY_ROWS", 1)
    assert checked() == (in_memory, ["claims.duckdb"])
    assert not list(tmp_path.glob("claimcheck-*"))
    with pytest.raises(PackageError):
        Checker([river(tmp_path / "bad", BAD["circular containment"][0])])
    assert not list(tmp_path.glob("claimcheck-*"))


# --- What `claimcheck reference check` warns of in a package that is sound ---


GATHERINGS = ('"counted_as": "kind"', '"label": "kind", "counted_as": {"constant": "gathering"}')
PACKAGES = [ROOT / "reference_data", *sorted((ROOT / "tests" / "domains").iterdir())]


def warned(folder: Path, flood: str, meeting: str, descriptor: tuple[str, str] = GATHERINGS) -> list[str]:
    """The warnings where the two events of the table have these kinds."""
    rows = [(",,,flood\n", f',,,"{flood}"\n'), ("meetings,meeting\n", f'meetings,"{meeting}"\n')]
    return [
        str(w)
        for w in advice(load(river(folder, {"happenings.csv": rows, "datapackage.json": [descriptor]})))
    ]


def test_two_kinds_that_are_counted_as_one_are_named_with_their_lines(tmp_path: Path) -> None:
    [warning] = warned(tmp_path, "flood", "meeting")
    assert warning.startswith("happenings.csv:2: 'gathering': rows of 2 kinds are counted together: ")
    assert '"flood" (line 2), "meeting" (line 3)' in warning
    assert 'add "gathering" to the labels' in warning


@of_all(PACKAGES)
def test_our_own_packages_need_no_warning(folder: Path) -> None:
    assert not advice(load(folder))
