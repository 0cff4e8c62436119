"""A row that is mended, new or gone touches every document of which something else would be likely."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from claimcheck.inbox import InboxRun
from claimcheck.pipeline import Checker
from claimcheck.recheck import recheck
from tests.ordinary_case import PACKAGE, TEXTS

CHANGES = [("F19", "77"), ("F19", None), ("F20", None), ("F03", "77")]
"""A row, and its other number; None: gone."""
LIKELY = """
SELECT claim_id, verdict.verdict, json_extract_string(verdict.likely, '$.verdict') AS likely
FROM claim JOIN current_document USING (document_key) JOIN current_verdict AS verdict USING (claim_id)
ORDER BY claim_id
"""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of a field's first texts, by the tables as they are."""
    place = tmp_path_factory.mktemp("before")
    lines = (PACKAGE.parent / "cases.jsonl").read_text("utf-8").splitlines(True)
    (place / "inbox.jsonl").write_text("".join(lines[:TEXTS]), "utf-8")
    paths = [place / "inbox.jsonl"]
    with Checker([PACKAGE], place / "claims.duckdb") as checker, InboxRun(checker, paths) as run:
        for batch in run.batches():
            run.check(batch)
        run.finish()
    return place / "claims.duckdb"


def mended(lines: list[str], row: str, new: str | None) -> list[str]:
    """The table with another number in a row; None: without the row."""
    at = lines[0].split(",").index("best")
    cells = [line.split(",") for line in lines]
    other = [[*c[:at], new, *c[at + 1 :]] if c[0] == row and new else c for c in cells]
    return [",".join(c) for c in other if c[0] != row or new]


def judged_again(before: Path, place: Path, package: Path, *, forget: bool) -> tuple[int, list[object]]:
    """How many documents were judged again, and what is said then; `forget`: nobody knows what changed."""
    database = Path(shutil.copy(before, place / f"{forget}.duckdb"))
    with Checker([package], database) as checker:
        if forget:
            checker.store.rows("DELETE FROM publication")
        return recheck(checker).documents, [tuple(row.values()) for row in checker.store.rows(LIKELY)]


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_likely_is_what_judging_everything_again_says(
    before: Path, tmp_path: Path, change: tuple[str, str | None]
) -> None:
    package = Path(shutil.copytree(PACKAGE, tmp_path / "package"))
    table = package / "figures.csv"
    lines = table.read_text("utf-8").splitlines(True)
    table.write_text("".join(mended(lines, *change)), "utf-8")
    some, by_some = judged_again(before, tmp_path, package, forget=False)
    everything, by_all = judged_again(before, tmp_path, package, forget=True)
    assert by_some == by_all
    assert some < everything == TEXTS
