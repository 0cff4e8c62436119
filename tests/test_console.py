"""What people see in a terminal: a summary of each document, and rows in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from claimcheck import console
from claimcheck.model import CheckedDocument, Document
from tests.commands import run as command
from tests.reader import ROOT
from tests.sample_builder import Builder, figure, verdict

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


def run(*arguments: str, cwd: Path = ROOT) -> str:
    done = command(*arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_check_prints_a_summary_and_every_claim_on_request() -> None:
    short, whole = run("check", str(LETTER)), run("check", str(LETTER), "--all")
    assert len(short.splitlines()) <= 25
    assert "refusing to allow medical access" in short
    assert "as they suffer no" not in short
    assert "as they suffer no" in whole


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
    sql = "SELECT claim_id, low, 1 / 0 AS none FROM claims ORDER BY claim_id"
    rows = json.loads(run("query", sql, "--format", "json", "--database", str(place)))
    lines = run("query", sql, "--format", "jsonl", "--database", str(place)).splitlines()
    assert [json.loads(one) for one in lines] == rows
    assert {(r["claim_id"], r["none"]) for r in rows} == {(c["claim_id"], None) for c in claims}


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
