"""The plainest query goes past the framework of the commands, and nobody can tell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from claimcheck.cli import quick
from claimcheck.cli.common import DATABASE
from claimcheck.store import open_store, publish_snapshot
from tests.store_cases import RUN, harbour

QUICK = "from claimcheck.cli import main; main()"
FRAMED = "from claimcheck.cli.app import app; app()"
LOADED = """
import sys
from claimcheck.cli import main
try:
    main()
finally:
    slow = {"typer", "pydantic", "spacy", "numpy", "claimcheck.model", "claimcheck.store.saving"}
    print(sorted(slow & set(sys.modules)))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with a database and its snapshot."""
    place = tmp_path_factory.mktemp("quick")
    with open_store(place / DATABASE) as store:
        store.save(RUN, [harbour(), harbour("[b]other[/b]", reason="no_measure")])
        publish_snapshot(store)
    return place


def run(code: str, folder: Path, *arguments: str) -> tuple[int, str, str]:
    """The exit code and the two outputs of a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=folder, capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["SELECT doc_id, low, document_date, page FROM claims ORDER BY 1"],
        ["--format", "csv", "SELECT doc_id, low, document_date FROM claims ORDER BY 1"],
        ["SELECT doc_id, low, document_date FROM claims", "--format", "json", "--database", "claims.duckdb"],
        ["SELEC 1"],
        ["SELECT 1", "--database", "nowhere.duckdb"],
    ],
)
def test_both_ways_say_the_same(folder: Path, arguments: list[str]) -> None:
    assert quick._read(["query", *arguments]) is not None
    assert run(QUICK, folder, "query", *arguments) == run(FRAMED, folder, "query", *arguments)


def test_a_query_loads_only_what_it_needs(folder: Path) -> None:
    code, said, wrong = run(LOADED, folder, "query", "SELECT count(*) AS n FROM claims", "--format", "csv")
    assert (code, said, wrong) == (0, "n\n2\n[]\n", "")
