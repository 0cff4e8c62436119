"""The form of `cases.jsonl`: what is read of a line, and every fault of a file in one report."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimcheck.evaluation import Figures, Known, attempt, diagnose, score
from claimcheck.model import CheckedDocument
from claimcheck.pipeline import Checker
from claimcheck.reference.cases import CASES, Case, Expectation, read_cases
from claimcheck.reference.problems import PackageError
from tests.commands import run as command
from tests.reader import ROOT

GOOD: dict[str, Any] = {
    "id": "one",
    "date": "2018-02-10",
    "text": "In January 774 civilians were killed, 24 of them in Douma.",
    "expect": [{"at": "774", "verdict": ["supported"], "rows": ["F082"], "why": "counted"}],
}
EXPECT = GOOD["expect"][0]


def written(folder: Path, *lines: Any) -> Path:
    file = folder / CASES
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    file.write_text(text + "\n", encoding="utf-8")
    return file


def faults(file: Path) -> list[str]:
    with pytest.raises(PackageError) as caught:
        read_cases(file)
    return [str(problem) for problem in caught.value.problems]


def test_a_line_is_a_case(tmp_path: Path) -> None:
    (case,) = read_cases(written(tmp_path, "", GOOD))
    (wanted,) = case.expect
    assert (case.id, case.date, case.about, case.line) == ("one", date(2018, 2, 10), None, 2)
    assert case.text[wanted.start : wanted.end] == wanted.at == "774"
    assert (wanted.verdicts, wanted.rows, wanted.why) == ({"supported"}, ("F082",), "counted")
    assert wanted.decidable
    assert not wanted.stays_open


@pytest.mark.parametrize(
    ("verdicts", "decidable", "stays_open"),
    [
        (["not_judged"], False, True),
        (["not_enough_evidence", "not_judged"], False, True),
        (["not_enough_evidence", "refuted"], False, False),
        (["supported", "conflicting_evidence"], True, False),
    ],
)
def test_what_may_stay_open(tmp_path: Path, verdicts: list[str], decidable: bool, stays_open: bool) -> None:
    (case,) = read_cases(written(tmp_path, GOOD | {"expect": [{"at": "774", "verdict": verdicts}]}))
    assert (case.expect[0].decidable, case.expect[0].stays_open) == (decidable, stays_open)


def test_a_date_may_be_left_open_and_a_text_be_about_a_row(tmp_path: Path) -> None:
    (case,) = read_cases(written(tmp_path, GOOD | {"date": None, "about": "incidents:I1"}))
    assert (case.date, case.about) == (None, "incidents:I1")


BAD = {
    "no JSON": ('{"id": 3,', "cases.jsonl:1:10: not JSON"),
    "a key twice": ('{"id": "a", "id": "b"}', "'id': this key stands twice"),
    "unknown field": (GOOD | {"verdict": "x"}, 'line 1, field "verdict": unknown'),
    "no id": ({k: v for k, v in GOOD.items() if k != "id"}, 'line 1, field "id": missing'),
    "a day that is none": (GOOD | {"date": "2018-02-30"}, "'2018-02-30': must be a day"),
    "nothing expected": (GOOD | {"expect": []}, "field \"expect\": '[]': must be a list"),
    "not in the text": (GOOD | {"expect": [EXPECT | {"at": "775"}]}, "'775': does not stand in the text"),
    "twice in the text": (GOOD | {"expect": [EXPECT | {"at": "il"}]}, "stands 2 times in the text"),
    "no verdict": (GOOD | {"expect": [{"at": "774"}]}, 'field "expect[0].verdict": must be a list'),
    "unknown verdict": (
        GOOD | {"expect": [EXPECT | {"verdict": ["true"]}]},
        "field \"expect[0].verdict\": 'true': must be one of supported, refuted",
    ),
    "rows of numbers": (GOOD | {"expect": [EXPECT | {"rows": [1]}]}, 'field "expect[0].rows"'),
    "misspelt field": (GOOD | {"expect": [EXPECT | {"row": ["F1"]}]}, 'field "expect[0].row": unknown'),
}


@pytest.mark.parametrize(("line", "stated"), BAD.values(), ids=BAD)
def test_a_fault_names_its_line_and_field(tmp_path: Path, line: Any, stated: str) -> None:
    (fault,) = faults(written(tmp_path, line))
    assert stated.replace("line 1, field", "cases.jsonl:1, column").replace("field", "column") in fault


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    lines = [GOOD, GOOD, *(line for line, _ in BAD.values())]
    found = faults(written(tmp_path, *lines))
    again = sum(isinstance(line, dict) and line.get("id") == "one" for line in lines) - 1
    assert sum("line 1 has this id already" in fault for fault in found) == again > 7
    assert len(found) == len(BAD) + again


def test_a_file_that_is_not_there_or_empty(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path / CASES)
    assert "cannot be read (No such file or directory); write one" in fault
    (fault,) = faults(written(tmp_path, ""))
    assert "holds no case" in fault


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / CASES).write_bytes(b"\n" + b'{"id": "caf\xe9"}')
    (fault, *_) = faults(tmp_path / CASES)
    assert fault == "cases.jsonl:2: '0xe9': not UTF-8: save it as UTF-8 text"


def test_of_a_file_of_others_the_first_place_is_meant(tmp_path: Path) -> None:
    line = GOOD | {"expect": [EXPECT | {"at": "i", "sort": 1}], "author": "somebody"}
    (case,) = read_cases(written(tmp_path, line), strict=False)
    assert isinstance(case, Case)
    assert case.expect[0].start == case.text.index("i")


# --- `reference test` and `reference try` as a curator meets them ---


BRIDGES = ROOT / "tests" / "domains" / "bridges"


def try_out(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return command("reference", "test", *arguments, cwd=cwd)


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    done = try_out("--format", "jsonl", str(BRIDGES))
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_statement_is_a_line_and_the_figures_are_the_last(lines: list[dict[str, Any]]) -> None:
    *statements, last = lines
    figures = last["figures"]
    assert [s["id"] for s in statements] == [c.id for c in read_cases(BRIDGES / CASES)]
    assert figures["statements"] == len(statements) == 13
    assert figures["right"] == sum(s["right"] for s in statements)
    assert figures["silent"] == sum(s["outcome"] == "silent" for s in statements)
    assert figures["decided_right"] <= figures["decided"]


def test_a_wrong_one_says_at_which_step_and_by_which_word(lines: list[dict[str, Any]]) -> None:
    by_id = {line["id"]: line for line in lines[:-1]}
    takings = by_id["takings"]
    assert takings["step"] == "unexplained"
    assert takings["words"] == ["tollbooth"]
    assert "11.8 million" in takings["read"][0]
    assert by_id["fewer closures"]["rows"] == ["C4"]
    assert by_id["fewer closures"]["step"] is None


def test_one_case_alone_and_a_bar() -> None:
    done = try_out(str(BRIDGES), "--only", "takings", "--at-least", "1")
    assert done.returncode == 1
    assert "0.0 % are right, fewer than the 1 % asked for" in done.stderr
    assert ": 1 statement\n" in done.stdout
    assert try_out(str(BRIDGES), "--only", "fewer closures", "--at-least", "100").returncode == 0
    done = try_out(str(BRIDGES), "--only", "nothing")
    assert done.returncode == 2
    assert "'nothing'" in done.stderr


def test_bad_files_are_all_named_at_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(BRIDGES, tmp_path / name)
        (tmp_path / name / CASES).write_text('{"id": 1}\n', encoding="utf-8")
    done = try_out("one", "two", "none", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    for stated in ('one/cases.jsonl:1, column "id"', 'two/cases.jsonl:1, column "text"', "none/cases.jsonl"):
        assert stated in done.stderr


def test_a_sentence_is_tried() -> None:
    sentence = "There were 12 closures in Harl in 2023. The 3 tollbooths sleep."
    done = command("reference", "try", str(BRIDGES), sentence, "--date", "2024-01-20")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("✗ refuted: ")
    assert "row     refutes: Roads Office says 17 for 2023 (counts C4)" in done.stdout
    assert "“tollbooth”" in done.stdout


def test_a_sentence_without_a_number_and_a_day_that_is_none() -> None:
    done = command("reference", "try", str(BRIDGES), "Bridges are fine.")
    assert done.stdout == "no number and no date was read\n"
    done = command("reference", "try", str(BRIDGES), "Bridges are fine.", "--date", "2024-02-30")
    assert done.returncode == 2
    assert "2024-02-30" in done.stderr


class Failing(Checker):
    """A program with a fault in it: it fails on any text that says so."""

    def check(self, documents: Any, *rest: Any, **more: Any) -> Iterator[CheckedDocument]:
        documents = list(documents)
        if any("fails" in document.text for document in documents):
            raise ZeroDivisionError("by nothing")
        return super().check(documents, *rest, **more)


def test_what_the_program_fails_on_is_wrong_and_stops_no_other() -> None:
    texts = [("a", "It has 3 inspectors.", None, None), ("b", "It fails 3 times.", None, None)] * 3
    with Failing([BRIDGES]) as checker:
        found = list(attempt(checker, texts))
    assert [isinstance(item, CheckedDocument) for item in found] == [True, False] * 3
    stated = "the program failed: ZeroDivisionError: by nothing"
    assert found[1] == stated
    case = Case("b", "It fails 3 times.", None, None, (Expectation("3", 9, 10, frozenset({"not_judged"})),))
    (result,) = score(case, stated)
    assert (result.right, result.outcome) == (False, "error")
    assert Figures.of([result]).errors == 1
    assert diagnose(result, Known([])).explanation == stated
