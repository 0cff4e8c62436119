"""Reports in other formats, and the files that they are written to."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimcheck.cli.app import app
from claimcheck.model import CheckedDocument
from claimcheck.output import document_dict
from claimcheck.report.render import render_markdown, write_reports
from claimcheck.report.settled import render_print, render_settled_csv
from claimcheck.report.tables import CSV_COLUMNS, render_csv, render_json
from tests.overview_case import PATIENTS
from tests.report_case import Page
from tests.review_case import build, decision, echo, journal, reviews_of
from tests.sample_hostile import hostile
from tests.sample_report import RUN, letter


def test_the_csv_has_a_line_a_claim_and_nothing_that_runs(sample: CheckedDocument) -> None:
    rows = list(csv.reader(io.StringIO(render_csv([sample, hostile()]))))
    assert rows[0] == list(CSV_COLUMNS)
    assert len(rows) == 1 + len(sample.reading.claims) + 2
    assert all(len(row) == len(CSV_COLUMNS) for row in rows)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t", "\r", "-"))]
    by_name = dict(zip(rows[0], rows[3], strict=True))
    assert by_name["low"] == "131"
    assert by_name["high"] == ""
    assert by_name["verdict"] == "supported"


def test_what_is_settled_is_what_tables_decide_or_reviewers_settled_on(sample: CheckedDocument) -> None:
    """A dismissed claim is none, one that reviewers disagree on is open, an overridden one is as they say."""
    claims = {sample.verdicts[c.claim_id].verdict: c for c in sample.reading.claims if c.asserted}
    supported, refuted, opened = (claims[v] for v in ("supported", "refuted", "not_enough_evidence"))
    decisions = [
        decision(refuted, "d", "dismiss", reason="not_a_claim", made_on="refuted"),
        decision(opened, "d", "override", verdict="refuted", made_on="not_enough_evidence"),
        decision(supported, "d", "confirm", "Amal", verdict="supported", made_on="supported"),
        decision(supported, "d", "override", "Ben", verdict="refuted", made_on="supported"),
    ]
    reviews = reviews_of([sample], decisions)
    rows = list(csv.DictReader(io.StringIO(render_settled_csv([sample], reviews))))
    settled_ids = {row["claim_id"] for row in rows}
    decided = {i for i, v in sample.verdicts.items() if v.verdict != "not_enough_evidence"}
    assert settled_ids == decided - {refuted.claim_id, supported.claim_id} | {opened.claim_id}
    page = render_print(RUN, [sample, hostile()], reviews)
    assert re.search(r'class="how v-refuted">✗ Refuted<div class="from who"><bdi>Decided by Amal', page)
    assert "<script" not in page
    assert page.count('class="doc"') == 2


def test_the_json_wraps_the_contracts_objects(sample: CheckedDocument) -> None:
    whole = json.loads(render_json(RUN, [sample, hostile()]))
    assert whole["documents"][0] == json.loads(json.dumps(document_dict(sample)))
    assert whole["run"]["packages"] == dict(RUN.packages)
    assert whole["run"]["version"] == "0.1.0"
    render_json(RUN, [hostile()]).encode()


def test_markdown_tells_the_same_and_lets_no_markup_through(sample: CheckedDocument) -> None:
    text = render_markdown(RUN, sample)
    for words in (
        "# Joint Letter",
        "## Refuted\n",
        "**Refuted** (another date)",
        "✗ 1 Refuted, ≠ 2 Sources conflict, ! 1 Against itself",
        "and **refusing to allow medical access to 765 desperate patients**.",
        "162 expressions",
        "[SARC, per Enab Baladi](<https://example.org/reports/f010>)",
    ):
        assert words in text
    assert text.endswith("+00:00.\n")
    evil = render_markdown(RUN, hostile())
    assert "<script" not in re.sub(r"\\<", "", evil)
    assert "\u202e" not in evil
    assert "](<javascript" not in evil


def test_several_documents_give_an_index_that_leads_to_each(tmp_path: Path, sample: CheckedDocument) -> None:
    twin = replace(
        sample, reading=replace(sample.reading, document=replace(sample.document, id="a/index.txt"))
    )
    paths = write_reports(tmp_path, RUN, [sample, twin, hostile()], ["html", "markdown"])
    assert paths[0].name == "index.html"
    assert len(paths) == 8
    page = Page(paths[0].read_text(encoding="utf-8"))
    links = [value for value in page.values("href") if not value.startswith("#")]
    assert sorted(links) == sorted(path.name for path in paths if path.suffix == ".html" and path != paths[0])
    assert "index-2.html" in links


def test_an_unknown_format_is_an_error_and_writes_nothing(tmp_path: Path, sample: CheckedDocument) -> None:
    with pytest.raises(
        ValueError, match="unknown report format 'pdf': choose from html, markdown, csv, json"
    ):
        write_reports(tmp_path / "reports", RUN, [sample], ["html", "pdf"])
    assert not (tmp_path / "reports").exists()


# --- `claimcheck report --document`: the reports of chosen documents alone, with reviews, masked or not ---


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
    stated = json.loads((out / "claims.json").read_text(encoding="utf-8"))
    assert [d["id"] for d in stated["documents"]] == [LETTER.document.id, "echo.txt"]
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
