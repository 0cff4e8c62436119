"""The form of `cases.jsonl`: what is read of a line, and every fault of a file in one report."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimcheck.reference.cases import CASES, Case, read_cases
from claimcheck.reference.problems import PackageError

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
