"""The page for curators is true: each section is a package that loads, and its sentences come out right."""

from __future__ import annotations

import json
import re
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


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) > 14
    assert sum("datapackage.json" in SECTIONS[name] for name in EXAMPLES) > 10


@pytest.mark.parametrize("section", EXAMPLES)
def test_an_example_of_the_page_is_a_package(tmp_path: Path, section: str) -> None:
    folder = built(tmp_path, section)
    assert load(folder).rows
    assert advice(load(folder)) == []
    if (folder / "cases.jsonl").exists():
        done = run("reference", "test", str(folder), "--at-least", "100")
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_sentence_that_comes_out_wrong_is_seen(tmp_path: Path) -> None:
    cases = built(tmp_path, "Figures or incidents") / "cases.jsonl"
    cases.write_text(cases.read_text(encoding="utf-8").replace('"refuted"', '"supported"'), encoding="utf-8")
    assert run("reference", "test", str(tmp_path), "--at-least", "100").returncode == 1


def test_the_page_names_every_key() -> None:
    keys = {key for roles in ROLES.values() for key in roles} | set(MEASURE_ROLES) | set(KINDS) | set(KEYS)
    named = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert keys - named == set()
