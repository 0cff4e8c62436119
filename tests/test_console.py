"""What people see in a terminal: a summary of each document, and rows in every format."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from rich.console import Console

from claimcheck import console
from claimcheck.cli.rows import Rows, print_rows
from claimcheck.model import CheckedDocument, Document
from tests.commands import run as command
from tests.reader import ROOT
from tests.sample_builder import Builder, figure, verdict
from tests.sample_report import letter

LETTER = ROOT / "documents" / "joint_letter_2018-01-31.txt"


def many(claims: int) -> CheckedDocument:
    text = "Ships. " + "".join(
        f"On day {n} the {n + 100} ships sank and nobody knew why. " for n in range(claims)
    )
    b = Builder(Document(id="ships.txt", text=text))
    for n in range(claims):
        number = b.number(
            f"{n + 100}", value=f"{n + 100}", low=f"{n + 100}", high=f"{n + 100}", kind="number"
        )
        found = verdict("refuted", "overstated", "x" * 500, figure("F1", "refutes", "S", "", best="1"))
        b.claim(f"the {n + 100} ships sank", quantity=number, verdict=found)
    b.finding("total", "Ships", "problem", "3 and 4 are not 8.")
    return b.checked()


@pytest.mark.parametrize("claims", [0, 1, 5, 6, 40])
def test_a_summary_has_at_most_fifteen_lines(claims: int) -> None:
    lines = [str(line) for line in console.summary(many(claims))]
    assert len(lines) <= 25
    assert lines[0].startswith(f"ships.txt: {claims} claim")
    assert sum(line.startswith("✗ ") for line in lines) == min(claims, 5)
    assert any("against itself: 3 and 4 are not 8." in line for line in lines)
    assert (f"  and {claims - 5} more such claims (--all)" in lines) is (claims > 5)


def test_a_summary_says_what_stayed_open_and_where() -> None:
    words = "\n".join(str(line) for line in console.summary(letter()))
    assert "1 refuted, 3 contested" in words
    assert "open because: " in words
    assert "not linked" in words
    assert "163 expressions: 12 in claims" in words


def test_what_was_only_read_is_not_called_undecided() -> None:
    words = str(console.summary(replace(letter(), verdicts={}))[0])
    assert "not checked" in words
    assert "undecided" not in words


def run(*arguments: str, cwd: Path = ROOT) -> str:
    done = command(*arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_check_prints_a_summary_and_every_claim_on_request() -> None:
    short, whole = run("check", str(LETTER)), run("check", str(LETTER), "--all")
    assert len(short.splitlines()) <= 25
    assert "refusing to allow medical access to 765 desperate patients" in short
    assert "Geneva" not in short
    assert "Geneva" in whole


def test_documents_and_rows_are_printed_in_the_same_formats(tmp_path: Path) -> None:
    place = tmp_path / "c.duckdb"
    run("check", str(LETTER), "--database", str(place))
    [line] = run("check", str(LETTER), "--format", "jsonl").splitlines()
    [same] = json.loads(run("check", str(LETTER), "--format", "json"))
    assert same == json.loads(line)
    claims = list(csv.DictReader(io.StringIO(run("check", str(LETTER), "--format", "csv"))))
    assert [c["claim_id"] for c in claims] == sorted(
        (c["claim_id"] for c in same["claims"]), key=[c["claim_id"] for c in claims].index
    )
    assert {c["stage"] for c in claims} == {c["stage"] for c in same["claims"]}
    sql = "SELECT claim_id, low FROM claims ORDER BY claim_id"
    rows = json.loads(run("query", sql, "--format", "json", "--database", str(place)))
    lines = run("query", sql, "--format", "jsonl", "--database", str(place)).splitlines()
    assert [json.loads(one) for one in lines] == rows
    assert {r["claim_id"] for r in rows} == {c["claim_id"] for c in claims}


def test_a_row_that_is_wider_than_the_terminal_stands_in_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "out", Console(width=80))
    columns = [f"column_{n}" for n in range(40)]
    console.print_rows(columns, [[Decimal("774.000000000"), None, "", [], *["Tarn"] * 36]])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "row 1"
    assert lines[1].split() == ["column_0", "774"]
    assert len(lines) == 38, "what is empty is left out"


def test_a_number_has_no_zeros_at_its_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    values = [Decimal("774.000000000"), Decimal("12.500000000"), Decimal("1200"), Decimal("0E-9")]
    monkeypatch.setattr(console, "out", Console(width=80))
    console.print_rows(["a", "b", "c", "d"], [values])
    assert capsys.readouterr().out.splitlines()[3].strip("│ ").split(" │ ") == ["774", "12.5", "1200", "0"]
    print_rows(["a", "b", "c", "d"], [values], Rows.csv)
    assert capsys.readouterr().out.splitlines()[1] == "774,12.5,1200,0"


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "the document is empty"), ("Only words here.", "no number and no date: there is nothing to check")],
)
@pytest.mark.parametrize("more", [(), ("--all",)])
def test_a_document_without_numbers_says_so(
    tmp_path: Path, text: str, told: str, more: tuple[str, ...]
) -> None:
    (tmp_path / "t.txt").write_text(text, encoding="utf-8")
    done = command("check", "t.txt", "--reference", str(ROOT / "reference_data"), *more, cwd=tmp_path)
    assert done.returncode == 0
    assert told in done.stdout


def test_a_folder_without_documents_says_so(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    done = command("check", "inbox", "--reference", str(ROOT / "reference_data"), cwd=tmp_path)
    assert "no document in inbox; documents are .txt" in done.stderr


def test_progress_that_no_terminal_shows_is_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    monkeypatch.setattr(console.time, "monotonic", lambda: now[0])
    with console.progress("checking") as tick:
        for _ in range(30):
            now[0] += 1
            tick(100)
    assert capsys.readouterr().err.splitlines() == [
        f"checking: {n:,} done in {n // 100} seconds" for n in (1_000, 2_000, 3_000)
    ]


def test_a_name_is_no_markup_and_commands_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    console.out.print("[/b] \x1b[2J\x1b]0;owned\x07")
    assert capsys.readouterr().out == "[/b] \\x1b[2J\\x1b]0;owned\\x07\n"
