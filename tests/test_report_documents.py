"""`claimcheck report --document`: the reports of chosen documents alone, with reviews, masked or not."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimcheck.cli.app import app
from tests.overview_case import PATIENTS
from tests.review_case import build, decision, echo, journal
from tests.sample_report import letter

LETTER = letter()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = build(tmp_path_factory.mktemp("chosen"), [LETTER, echo()])
    name = LETTER.verdicts[PATIENTS.claim_id].verdict
    made = decision(PATIENTS, LETTER.document.id, verdict=name, made_on=name)
    journal(database).append(made)
    return database


def test_one_document_has_its_own_files(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(
        app, ["report", "--database", str(database), "--document", LETTER.document.id]
    )
    assert result.exit_code == 0, result.output
    folder = tmp_path / "reports-documents"
    stem = "joint-letter-2018-01-31"
    assert {p.name for p in folder.iterdir()} == {f"{stem}.html", f"{stem}.md", "claims.csv", "claims.json"}
    assert "Confirmed by Amal" in (folder / f"{stem}.html").read_text(encoding="utf-8")
    rows = list(csv.DictReader((folder / "claims.csv").open(encoding="utf-8-sig")))
    assert {row["document"] for row in rows} == {LETTER.document.id}
    assert [row["reviewed_verdict"] for row in rows if row["claim_id"] == PATIENTS.claim_id] == [
        LETTER.verdicts[PATIENTS.claim_id].verdict
    ]


def test_two_documents_have_a_page_over_them_and_names_are_masked(database: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Hadieh\n", encoding="utf-8")
    chosen = [word for name in (LETTER.document.id, "echo.txt") for word in ("--document", name)]
    out = tmp_path / "out"
    result = CliRunner().invoke(
        app,
        ["report", "--database", str(database), *chosen, "--mask", str(names), "--output", str(out)],
    )
    assert result.exit_code == 0, result.output
    assert (out / "index.html").is_file()
    told = json.loads((out / "claims.json").read_text(encoding="utf-8"))
    assert [d["id"] for d in told["documents"]] == [LETTER.document.id, "echo.txt"]
    assert not [p for p in out.iterdir() if "hadieh" in p.read_text(encoding="utf-8").lower()]


def test_an_unknown_document_and_an_overview_of_one_are_errors(database: Path, tmp_path: Path) -> None:
    command = ["report", "--database", str(database), "--output", str(tmp_path / "out"), "--document"]
    result = CliRunner().invoke(app, [*command, "no such.txt"])
    assert result.exit_code == 2
    assert "no such.txt" in result.output
    result = CliRunner().invoke(app, [*command, "echo.txt", "--overview"])
    assert result.exit_code == 2
    assert "--overview" in result.output
    assert not (tmp_path / "out").exists()
