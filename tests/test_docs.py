"""What documents and comments name is there: files, links, commands of make."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.reader import ROOT, of_all

FOR_PEOPLE = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")} - {ROOT / "CHANGELOG.md"})
COMMENTED = sorted(
    file
    for folder in ("src", "flows", "tests")
    for suffix in ("py", "toml", "sql", "css", "j2", "js")
    for file in (ROOT / folder).rglob(f"*.{suffix}")
    if "vendor" not in file.parts and file != Path(__file__)
)
TRACKED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT, check=True, capture_output=True, text=True,
).stdout.split()  # fmt: skip
NAMED = re.compile(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|toml|md|sql|css|j2|yaml|yml|lock|jsonl))`")
OTHERS = {
    "sql/NNNN_name.sql",
    "saved_filters.jsonl", "row_edits.jsonl", "decisions.jsonl", "index.md", "weights.toml",
    "letter.pdf.meta.json", "names.txt", "cases.jsonl",
}  # fmt: skip
"""Files that runs write, or that users have."""


def stale(text: str) -> Iterator[str]:
    """The files that a text names in backticks and that the repository does not have."""
    for name in NAMED.findall(text):
        if name not in OTHERS and not any(f"/{path}".endswith(f"/{name}") for path in TRACKED):
            yield name


@of_all(FOR_PEOPLE)
def test_a_document_names_files_that_are_there(file: Path) -> None:
    assert list(stale(file.read_text(encoding="utf-8"))) == []


def test_comments_name_files_that_are_there() -> None:
    stated = {
        file.relative_to(ROOT).as_posix(): list(stale(file.read_text(encoding="utf-8"))) for file in COMMENTED
    }
    assert len(stated) > 500
    assert {name: names for name, names in stated.items() if names} == {}


def test_a_stale_name_is_seen() -> None:
    assert list(stale("see `dates/gone.py`, `tests/test_docs.py`, `times.py` and `frames.toml`")) == [
        "dates/gone.py"
    ]


@of_all(FOR_PEOPLE)
def test_links_lead_somewhere(file: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]+`", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    assert [target for target in targets if target and not (file.parent / target).exists()] == []


@of_all(FOR_PEOPLE)
def test_make_knows_the_targets_that_are_named(file: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = re.findall(
        r"(?:`|^\s{4}|\b(?:with|or) )make ([a-z-]+)", file.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(named) <= targets
