"""The language model is the one that was measured: its files have the hashes that are kept here.

`tests/gold/en_core_web_sm-3.8.0.sha256` is a list as `sha256sum --check` reads it; ARCHITECTURE.md says where
the hashes are from, and how to hold the wheel of the model's makers against them.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import spacy.util

from claimcheck.syntax.parser import MODELS
from tests.reader import ROOT

HASHES = ROOT / "tests" / "gold" / "en_core_web_sm-3.8.0.sha256"
ABOUT = {"README.md", "LICENSE", "LICENSES_SOURCES", "meta.json", "accuracy.json"}  # they hold no weights
USED = {"tokenizer", "tok2vec/model", "tagger/model", "parser/model", "config.cfg"}


def kept() -> dict[str, str]:
    """The hash of each file, by its path in the model's folder."""
    lines = HASHES.read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}


def differing(folder: Path) -> set[str]:
    """The files of a model that are not as the list has them: changed, missing, or not listed."""
    expected = kept()
    there = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }
    names = {name for name in there if name not in ABOUT} | set(expected)
    return {name for name in names if there.get(name) != expected.get(name)}


@pytest.fixture(scope="module")
def folder() -> Path:
    """The folder of the model that is installed and used."""
    if os.environ.get("CLAIMCHECK_MODEL"):
        pytest.skip("CLAIMCHECK_MODEL names another model")
    name = next(name for name in MODELS if spacy.util.is_package(name))
    package = spacy.util.get_package_path(name)
    meta = json.loads((package / "meta.json").read_text(encoding="utf-8"))
    return package / f"{name}-{meta['version']}"


def test_the_weights_are_those_that_were_measured(folder: Path) -> None:
    assert set(kept()) >= USED
    assert differing(folder) == set()


def test_a_changed_byte_is_seen(folder: Path, tmp_path: Path) -> None:
    for name in kept():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    weights = bytearray((tmp_path / "parser" / "model").read_bytes())
    weights[len(weights) // 2] ^= 1
    (tmp_path / "parser" / "model").write_bytes(weights)
    (tmp_path / "tagger" / "model").unlink()
    (tmp_path / "added.py").write_text("", encoding="utf-8")
    assert differing(tmp_path) == {"parser/model", "tagger/model", "added.py"}


def test_the_model_is_loaded_without_the_command_line_of_its_library() -> None:
    code = (
        "import sys; from claimcheck.syntax.parser import model; model(); "
        "assert not [m for m in sys.modules if m.startswith(('spacy.cli', 'httpx'))]; "
        "import spacy.cli; assert callable(spacy.cli.info)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
