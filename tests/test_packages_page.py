"""The page for curators is true: each section is a package that loads, and its sentences come out right."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from claimcheck.reference.advice import advice
from claimcheck.reference.descriptor import KEYS
from claimcheck.reference.loading import load
from claimcheck.reference.schema import KINDS, MEASURE_ROLES, ROLES
from tests.commands import run
from tests.reader import ROOT

PAGE = (ROOT / "docs" / "packages.md").read_text(encoding="utf-8")
SECTIONS = {part.split("\n", 1)[0]: part for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]}
BLOCK = re.compile(r'^```\w+ title="([\w.-]+)"\n(.*?)^```', re.MULTILINE | re.DOTALL)
STEPS = ("init", "check", "try", "test")
EXAMPLES = [name for name, text in SECTIONS.items() if BLOCK.search(text)]


def built(folder: Path, section: str) -> Path:
    """The package of a section, pasted; without a descriptor, what `reference init` makes of its tables."""
    blocks = dict(BLOCK.findall(SECTIONS[section]))
    for name, text in blocks.items():
        (folder / name).write_text(text, encoding="utf-8")
    if "datapackage.json" in blocks:
        return folder
    tables = [name for name in blocks if name.endswith(".csv")]
    done = run("reference", "init", *tables, cwd=folder)
    assert done.returncode == 0, done.stderr
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package.pop("confirm", None)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


def wrong(folder: Path) -> list[object]:
    """The statements of a package of which what is wanted is neither decided nor likely."""
    done = run("reference", "test", str(folder), "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [r for r in rows if "id" in r and not r["right"] and r["likely"] not in r["wanted"]]


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) > 14
    assert sum("datapackage.json" in SECTIONS[name] for name in EXAMPLES) > 10


@pytest.mark.parametrize("section", EXAMPLES)
def test_an_example_of_the_page_is_a_package(tmp_path: Path, section: str) -> None:
    folder = built(tmp_path, section)
    assert load(folder).rows
    assert advice(load(folder)) == []
    if (folder / "cases.jsonl").exists():
        assert wrong(folder) == []


def test_a_sentence_that_comes_out_wrong_is_seen(tmp_path: Path) -> None:
    cases = built(tmp_path, "Figures or incidents") / "cases.jsonl"
    cases.write_text(cases.read_text(encoding="utf-8").replace('"supported"', '"refuted"'), encoding="utf-8")
    assert wrong(tmp_path)


def test_the_page_names_every_key() -> None:
    keys = {key for roles in ROLES.values() for key in roles} | set(MEASURE_ROLES) | set(KINDS) | set(KEYS)
    named = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert keys - named == set()


def test_the_first_verdict_in_four_commands(tmp_path: Path) -> None:
    """The steps of the first section, each as it stands there."""
    section = SECTIONS["Twelve rows, five minutes"]
    [table] = [text for name, text in BLOCK.findall(section) if name == "fires.csv"]
    (tmp_path / "fires.csv").write_text(table, encoding="utf-8")
    stated = re.findall(r"`(claimcheck [^`]+)`", section)
    init, check, tried, tested = (next(c for c in stated if f"reference {word}" in c) for word in STEPS)
    begun = run(*shlex.split(init)[1:], cwd=tmp_path)
    assert re.findall(r"`(one fire; [^`]+)`", section)[0] in begun.stdout
    assert "claimcheck reference check" in begun.stdout
    refused = run(*shlex.split(check)[1:], cwd=tmp_path)
    assert refused.returncode == 2, "the list is there, so nothing is loaded"
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    del package["confirm"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert "fires: 12 rows" in run(*shlex.split(check)[1:], cwd=tmp_path).stdout
    answer = run(*shlex.split(tried)[1:], cwd=tmp_path).stdout
    assert "likely supported" in answer
    (tmp_path / "cases.jsonl").write_text(dict(BLOCK.findall(section))["cases.jsonl"], encoding="utf-8")
    assert run(*shlex.split(tested)[1:], cwd=tmp_path).returncode == 0
