"""Bad packages meet a database: a clear error and the same bytes, or correct work on hostile names."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from claimcheck import pipeline
from claimcheck.documents.files import make
from claimcheck.model import CheckedDocument
from claimcheck.pipeline import Checker
from claimcheck.reference.loading import load_all
from claimcheck.reference.problems import PackageError
from claimcheck.store import open_store
from claimcheck.store import packages as packages_module
from tests.reference_case import write

Edits = dict[str, list[tuple[str, str]]]
CIRCLE = ("P3,Carland,Republic of Carland,,", "P3,Carland,Republic of Carland,P1,")
BAD: dict[str, tuple[Edits, str]] = {
    "circular containment": ({"places.csv": [CIRCLE]}, "circular containment"),
    "a measure without vocabulary": (
        {"datapackage.json": [('"homes lost": {', '"huts lost": {')]},
        "vocabulary lacks this measure",
    ),
    "a measure without words": ({"datapackage.json": [('"house",', "3,")]}, "one or more texts"),
    "a cell too large": ({"figures.csv": [("=1+1", "x" * 1_000_001)]}, "1,000,000 characters"),
    "a formula for a number": ({"figures.csv": [("1200", "=1200")]}, "not an integer"),
    "many at once": (
        {"places.csv": [CIRCLE], "figures.csv": [("1200", "many"), ("P2,S1", "P9,S9")]},
        "4 problems",
    ),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the good package, and a database that holds it."""
    folder = tmp_path_factory.mktemp("home")
    with Checker([write(folder / "good")], folder / "claims.duckdb"):
        pass
    return folder


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_package_leaves_the_database_as_it_was(tmp_path: Path, home: Path, fault: str) -> None:
    edits, words = BAD[fault]
    database = home / "claims.duckdb"
    before = database.read_bytes()
    with pytest.raises(PackageError, match=words):
        Checker([home / "good", write(tmp_path / "bad", edits)], database)
    assert database.read_bytes() == before


def test_two_packages_of_one_name_leave_the_database_as_it_was(tmp_path: Path, home: Path) -> None:
    database = home / "claims.duckdb"
    before = database.read_bytes()
    with pytest.raises(PackageError, match="has this name too"):
        Checker([home / "good", write(tmp_path / "twin")], database)
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
    with Checker([home / "good", write(tmp_path / "sql", edits)], database) as checker:
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
    packages = load_all([write(tmp_path / "good")])
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
    home = write(tmp_path / "good")
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
        Checker([write(tmp_path / "bad", BAD["circular containment"][0])])
    assert not list(tmp_path.glob("claimcheck-*"))
