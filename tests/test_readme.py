"""The README and the page on the commands are true: what they call runs, and prints what they show."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimcheck.reference.cases import CASES
from claimcheck.reference.loading import load
from tests.commands import run as command
from tests.reader import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
PACKAGES = (ROOT / "docs" / "packages.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"```text ([\w.]+)\n(.*?)```", README, re.DOTALL))
COMMANDS = list(
    dict.fromkeys(
        line.split("  #")[0].strip()
        for block in re.findall(r"```sh\n(.*?)```", README + PAGE, re.DOTALL)
        for line in block.splitlines()
        if line.startswith("claimcheck ")
    )
)
MOST = 7_000  # bytes of a README that is read to its end


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return command(*arguments, cwd=folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder like a fresh clone, with the database that the examples query."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("documents", "reference_data"):
        shutil.copytree(ROOT / name, folder / name)
    cases = folder / "reference_data" / CASES  # all of them are run in test_cases
    cases.write_text(
        "".join(cases.read_text(encoding="utf-8").splitlines(keepends=True)[:40]), encoding="utf-8"
    )
    done = run(folder, "check", "documents", "--database", "claims.duckdb")
    assert done.returncode == 0, done.stderr
    (folder / "note.txt").write_text(BLOCKS["note.txt"], encoding="utf-8")
    demo = run(folder, "demo")
    assert demo.returncode == 0, demo.stderr
    return folder


def test_the_readme_is_short_and_has_examples() -> None:
    assert len(README.encode("utf-8")) <= MOST
    assert len(COMMANDS) > 20


@pytest.mark.parametrize(("block", "command"), [("check", "check note.txt"), ("try", "reference try")])
def test_the_readme_shows_what_is_printed(folder: Path, block: str, command: str) -> None:
    """Every line that it shows is printed, in this order; it may leave lines out."""
    [called] = [one for one in COMMANDS if one.startswith(f"claimcheck {command} ") and "demo/" in one]
    printed = iter(run(folder, *shlex.split(called)[1:]).stdout.splitlines())
    shown = BLOCKS[block].splitlines()
    assert [line for line in shown if line not in printed] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_example_runs(folder: Path, command: str) -> None:
    done = run(folder, *shlex.split(command)[1:])
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert "Traceback" not in done.stderr


def test_help_texts_are_those_of_the_program() -> None:
    shown = " ".join(re.sub(r"[│╭╮╰╯─]", " ", run(ROOT, "--help").stdout).split())
    table = PAGE.split("| command | does |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \|$", table, re.MULTILINE)
    assert len(rows) > 5
    for name, text in rows:
        assert name in shown
        assert text.rstrip(".") in shown, f"the help of {name} says something else"


def test_the_sentence_that_the_page_on_judging_follows(folder: Path) -> None:
    sql = "SELECT likely_verdict FROM claims WHERE clause LIKE '%765 desperate patients%'"
    done = run(folder, "query", sql.replace("clause", "text"), "--format", "csv")
    assert "conflicting_evidence" in done.stdout, done.stderr


def test_the_figures_of_the_reference_data() -> None:
    counts = {
        name: int(n)
        for n, name in re.findall(r"(\d+)\s+(events|figures|organisations|chemical attacks)", PACKAGES)
    }
    assert len(counts) == 4
    rows = {(row.table, row.row_id) for row in load(ROOT / "reference_data").rows}
    tables = Counter(table for table, _ in rows)
    assert counts == {name: tables[{"chemical attacks": "incidents"}.get(name, name)] for name in counts}
