"""`reference test` and `reference try` as a curator meets them, on a package that misses four sentences."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimcheck.evaluation import Figures, Known, attempt, diagnose, score
from claimcheck.model import CheckedDocument
from claimcheck.pipeline import Checker
from claimcheck.reference.cases import CASES, Case, Expectation, read_cases
from tests.commands import run as command
from tests.reader import ROOT

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
    assert figures["statements"] == len(statements) == 12
    assert figures["right"] == sum(s["right"] for s in statements)
    assert figures["silent"] == sum(s["outcome"] == "silent" for s in statements)
    assert figures["decided_right"] <= figures["decided"]


def test_a_wrong_one_says_at_which_step_and_by_which_word(lines: list[dict[str, Any]]) -> None:
    by_id = {line["id"]: line for line in lines[:-1]}
    takings = by_id["takings"]
    assert takings["step"] == "unexplained"
    assert takings["words"] == ["tollbooth"]
    assert "11.8 million" in takings["read"][0]
    assert by_id["closures"]["rows"] == ["C4"]
    assert by_id["closures"]["step"] is None


def test_one_case_alone_and_a_bar() -> None:
    done = try_out(str(BRIDGES), "--only", "takings", "--at-least", "1")
    assert done.returncode == 1
    assert "0.0 % are right, fewer than the 1 % asked for" in done.stderr
    assert ": 1 statement\n" in done.stdout
    assert try_out(str(BRIDGES), "--only", "closures", "--at-least", "100").returncode == 0
    done = try_out(str(BRIDGES), "--only", "nothing")
    assert done.returncode == 2
    assert "'nothing'" in done.stderr


def test_bad_files_are_all_told_at_once(tmp_path: Path) -> None:
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
    assert "likely  likely refuted " in done.stdout
    assert "row     decides nothing: Roads Office says 17 for 2023 (counts C4)" in done.stdout
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
    assert diagnose(result, Known([])).told == stated
