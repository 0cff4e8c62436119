"""`claimcheck diff` and `claimcheck reference gaps`, on a database that two real runs filled."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from claimcheck.cli.app import app
from tests.reader import ROOT

TEXT = "Hadieh died of cancer in Douma on 25 January 2018. In March 2018, 40 trucks reached Tarn.\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs over one document; in between, a row of the tables gets another date."""
    folder = tmp_path_factory.mktemp("diff")
    shutil.copytree(ROOT / "reference_data", folder / "reference")
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    database = folder / "claims.duckdb"
    check = ("check", folder / "text.txt", "--reference", folder / "reference", "--database", database)
    assert run(*check).exit_code == 0
    events = folder / "reference" / "events.csv"
    rows = re.sub(r"(?m)^(E052,.*?)2018-01-25,2018-01-25", r"\g<1>2018-01-27,2018-01-27",
                  events.read_text(encoding="utf-8"))  # fmt: skip
    events.write_text(rows, encoding="utf-8")
    assert run(*check).exit_code == 0
    return database


def test_a_changed_row_is_named(database: Path) -> None:
    done = run("diff", "previous", "latest", "--database", database, "--format", "json")
    assert done.exit_code == 0, done.output
    (change,) = json.loads(done.stdout)
    assert (change["before"], change["after"]) == ("supported", "refuted")
    assert (change["reason_before"], change["reason_after"]) == ("exact", "date_mismatch")
    assert change["rows"] == ["- events:E052 supports (2018-01-25)", "+ events:E052 refutes (2018-01-27)"]


def test_a_claim_that_is_read_anew_is_one_change(database: Path, tmp_path: Path) -> None:
    """The same words of the same document, with another number: one claim, not one lost and one gained."""
    text = tmp_path / "text.txt"
    found = []
    for number in ("142", "152"):
        sentence = f"In January 2018, Russian forces killed {number} civilians in Syria.\n"
        text.write_text(sentence, encoding="utf-8")
        check = ("check", text, "--reference", ROOT / "reference_data", "--database", tmp_path / "c.duckdb")
        found.append(run(*check).exit_code)
    done = run("diff", "previous", "latest", "--database", tmp_path / "c.duckdb", "--format", "json")
    (change,) = json.loads(done.stdout)
    assert found == [0, 0]
    assert (change["before"], change["after"]) == ("supported", "refuted")
    assert re.search(r"\[142, 142\].* -> .*\[152, 152\]", change["reading"])
    assert change["rows"] == ["- figures:F098 supports (142)", "+ figures:F098 refutes (142)"]


def test_gaps_name_the_link_that_failed(database: Path) -> None:
    done = run("reference", "gaps", "--database", database, "--format", "json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert [g["link"] for g in found if "truck" in (g["measure"] or "")] == ["measure"]
    assert sum(g["claims"] for g in found) >= 1


def test_without_a_database_it_says_so(tmp_path: Path) -> None:
    for command in (("diff", "a", "b"), ("reference", "gaps")):
        done = run(*command, "--database", tmp_path / "none.duckdb")
        assert done.exit_code == 2
        assert "there is no database here" in done.output
