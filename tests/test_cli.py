"""The command line as a user meets it: exit codes, streams, the output contract."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.commands import run
from tests.reader import LETTER, ROOT

REFERENCE = str(ROOT / "reference_data")
MENTION = {
    "start", "end", "text", "kind", "value", "low", "high", "comparator", "unit", "noun", "timex",
    "date_start", "date_end", "inferred", "status", "reason", "rule",
}  # fmt: skip
CLAIM = {
    "claim_id", "kind", "start", "end", "text", "measure", "quantity", "time", "place", "actor", "subject",
    "asserted", "hedge", "verdict", "reason", "explanation", "evidence",
}  # fmt: skip
EVIDENCE = {
    "table", "row_id", "source_id", "relation", "low", "best", "high", "date_start", "date_end",
    "as_of", "sql",
}  # fmt: skip
FINDING = {"kind", "start", "end", "text", "status", "explanation"}


@pytest.fixture(scope="module")
def checked() -> dict:
    done = run("check", "--reference", REFERENCE, "--format", "jsonl", str(LETTER))
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    return json.loads(line)


def test_the_contract_of_a_line(checked: dict) -> None:
    text = LETTER.read_text(encoding="utf-8")
    assert checked["date"] == "2018-01-31"
    for mention in checked["mentions"]:
        assert mention.keys() >= MENTION
        assert text[mention["start"] : mention["end"]] == mention["text"]
    for claim in checked["claims"]:
        assert claim.keys() >= CLAIM
        assert text[claim["start"] : claim["end"]] == claim["text"]
        assert claim["verdict"] in {"supported", "refuted", "conflicting_evidence", "not_enough_evidence"}
        assert claim["evidence"] or claim["verdict"] == "not_enough_evidence"
        for row in claim["evidence"]:
            assert row.keys() >= EVIDENCE
    for finding in checked["findings"]:
        assert finding.keys() >= FINDING


@pytest.mark.parametrize(("verdict", "code"), [("conflicting_evidence", 1), ("refuted", 0)])
def test_fail_on(tmp_path: Path, verdict: str, code: int) -> None:
    note = tmp_path / "note.txt"
    note.write_text("In January 2018, 1,511 participants attended the Sochi congress.\n")
    done = run("check", "--reference", REFERENCE, "--fail-on", verdict, str(note))
    assert done.returncode == code, done.stderr


def test_a_bad_document_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    odd = '{oops\n{"id": "c\\nd", "text": ""}\n'
    lines.write_text(f'{{"id": "a", "text": "12 boats sank."}}\n{odd}{{"id": "b", "text": "13 sank."}}\n')
    done = run("extract", "--format", "jsonl", str(lines))
    assert done.returncode == 2
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "b"]
    assert "lines.jsonl, line 2, column 2" in done.stderr
    assert "lines.jsonl, line 3, column id: has a line break in it" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "nowhere.txt", "--reference", REFERENCE], "nowhere.txt: no such file or folder"),
        (["check", str(LETTER)], "--reference"),
        (["query", "SELECT 1"], "there is no database here"),
        (["reference", "check", "nowhere"], "nowhere"),
        (["reference", "init", "empty.csv"], "there is no row below the header"),
        (["reference", "init", "empty.csv", "--ask", "--accept-guesses"], "give one of"),
        (["reference", "try", REFERENCE, "774 died.", "--about", "nosuch:F1"], "is no row"),
        (["check", ""], "an empty path"), (["check", "--wait", "inf", "."], "less than or equal"),
        (["report", "--url", "javascript:x"], "no address of a page"), (["demo", "\udcff"], "not UTF-8"),
    ],
)
def test_errors_that_a_user_can_mend(tmp_path: Path, arguments: list[str], says: str) -> None:
    (tmp_path / "empty.csv").write_bytes(b"id,name\n")
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_of_a_probability_the_greatest_summands_are_printed() -> None:
    sentence = "About 4 million vehicles squeezed over the Harl bridge in 2022."
    bridges = str(ROOT / "tests" / "domains" / "bridges")
    given = ("reference", "try", bridges, sentence, "--date", "2024-01-20")
    short, whole = run(*given).stdout, run(*given, "--all").stdout
    left = [int(number) - 1 for number in re.findall(r"^ +(\d+) smaller [+-]\d", short, re.MULTILINE)]
    assert left
    assert "smaller" not in whole
    assert len(whole.splitlines()) - len(short.splitlines()) == sum(left)
    assert re.findall(r"sum .*", short) == re.findall(r"sum .*", whole)
