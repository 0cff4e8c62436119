"""`reference suggest`: which sentences would decide open claims, accepted, kept apart, taken back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from claimcheck.reference.learning import LearningError, accept, take_back
from claimcheck.reference.loading import load
from claimcheck.reference.schema import Learned
from tests.commands import run
from tests.test_says import SAYS, package, verdicts

BY_RULE = True

TEXTS = [
    "In January 2021, 412 patients were spirited out of Brookton.",
    "In February 2021, 500 patients were spirited out of Brookton.",
    "In January 2021, 412 patients were evacuated from Brookton.",
    "In January 2021, 990 patients were born in Brookton.",
]
SENTENCE = "{n} patients were spirited out of {place}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = [{"id": str(n), "date": "2021-09-15", "text": text} for n, text in enumerate(TEXTS)]
    (tmp_path / "texts.jsonl").write_text("".join(json.dumps(t) + "\n" for t in texts), encoding="utf-8")
    return package(tmp_path / "moved", says=SAYS)


def suggest(folder: Path, *more: str) -> list[dict[str, object]]:
    done = run(
        "reference", "suggest", str(folder), "--documents", str(folder.parent / "texts.jsonl"),
        "--format", "json", *more,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout) if done.stdout.startswith("[") else []
    return found


def test_a_sentence_that_decides_open_claims_is_suggested(folder: Path) -> None:
    [first, *_] = suggest(folder)
    assert (first["n"], first["measure"], first["says"]) == (1, "m1", SENTENCE)
    assert (first["claims"], first["supported"], first["refuted"]) == (2, 1, 1)
    assert first["for example"] == TEXTS[0]


def test_words_that_mean_nothing_alone_are_no_suggestion(folder: Path) -> None:
    """A lesson of "there were" would have every number of a place tell the measure."""
    texts = ["In January 2021, there were 412 in Brookton.", "In January 2021, 412 of them were at Brookton."]
    lines = [json.dumps({"id": str(n), "date": "2021-09-15", "text": text}) for n, text in enumerate(texts)]
    (folder.parent / "texts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert suggest(folder) == []


def test_what_is_accepted_decides_and_is_kept_apart(folder: Path) -> None:
    before = (folder / "datapackage.json").read_text(encoding="utf-8")
    suggest(folder, "--accept", "1", "--by", "ada", "--cases")
    [measure] = load(folder).vocabulary
    assert [(one.text, one.source, one.by) for one in measure.learned] == [(SENTENCE, TEXTS[0], "ada")]
    assert measure.says == tuple(SAYS)
    after = (folder / "datapackage.json").read_text(encoding="utf-8")
    held = [line for line in after.splitlines() if "learned" not in line]
    assert [line for line in before.splitlines() if line in held] == [
        line for line in before.splitlines() if '"m1": {' not in line
    ]
    assert verdicts(folder, TEXTS[1]) == {"refuted"}
    assert run("reference", "test", str(folder), "--at-least", "100").returncode == 0
    assert all(one["says"] != SENTENCE for one in suggest(folder))


def test_what_was_accepted_can_be_taken_back(folder: Path) -> None:
    suggest(folder, "--accept", "1")
    assert verdicts(folder, TEXTS[0]) == {"supported"}
    done = run("reference", "suggest", str(folder), "--take-back", SENTENCE)
    assert done.stdout.strip() == f"taken back from m1: {SENTENCE}"
    assert verdicts(folder, TEXTS[0]) == {"not_enough_evidence"}
    again = run("reference", "suggest", str(folder), "--take-back", SENTENCE)
    assert again.returncode == 2
    assert "was not accepted; accepted are: nothing" in again.stderr


def test_a_number_that_is_none(folder: Path) -> None:
    done = run(
        "reference", "suggest", str(folder), "--documents", str(folder.parent / "texts.jsonl"),
        "--accept", "9",
    )  # fmt: skip
    assert done.returncode == 2
    assert "9 is no suggestion" in done.stderr


def test_several_are_taken_out_one_by_one(folder: Path) -> None:
    day = date(2021, 10, 1)
    lines = [("m1", Learned(f"{{n}} were {verb}", True, "…", day, "ada")) for verb in ("hid", "kept", "led")]
    empty = (folder / "datapackage.json").read_text(encoding="utf-8")
    accept(folder, lines)
    assert [one.text for one in load(folder).vocabulary[0].learned] == [one.text for _, one in lines]
    for _, one in (lines[1], lines[2], lines[0]):
        assert take_back(folder, [one.text]) == [("m1", one.text)]
    assert load(folder).vocabulary[0].learned == ()
    text = (folder / "datapackage.json").read_text(encoding="utf-8")
    assert json.loads(text.replace('"learned": [],', "")) == json.loads(empty)
    with pytest.raises(LearningError, match="no measure 'm2'"):
        accept(folder, [("m2", lines[0][1])])


def test_where_there_is_nothing_to_suggest_it_says_what_it_looked_at(folder: Path) -> None:
    (folder.parent / "words.txt").write_text("Nothing here but words.\n", encoding="utf-8")
    done = run("reference", "suggest", str(folder), "--documents", str(folder.parent / "words.txt"))
    assert "no sentence to suggest: 1 document, 0 claims, 0 open" in done.stdout
