"""The questions of docs/queries.md are asked as they stand there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import claimcheck
from claimcheck import publishing
from claimcheck.pipeline import Checker
from claimcheck.store import StoreError, query
from tests.killing import run_inbox
from tests.reader import ROOT

PAGE = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^\*\*(\d+)\. .*?```sql\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)
NOTE = (
    "30 January 2018\n\nIn January 2018, 1,511 participants attended the Sochi congress. "
    "In 2016, 48 goats were sold.\n"
)
EMPTY = {"2", "8"}  # none of the claims is refuted, and after one run no verdict has changed


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The letter and a note of which sources differ, checked and published."""
    database = tmp_path_factory.mktemp("queries") / "claims.duckdb"
    (note := database.with_name("note.txt")).write_text(NOTE, encoding="utf-8")
    with Checker([ROOT / "reference_data"], database) as checker:
        done = run_inbox(checker, [ROOT / "documents", note])
        assert not done.failures, done.failures
        publishing.publish_if_news(checker.store)
    return database


def test_there_are_twelve() -> None:
    assert [number for number, _ in QUESTIONS] == [str(n) for n in range(1, 13)]


@pytest.mark.parametrize(("number", "sql"), QUESTIONS)
def test_each_has_an_answer(database: Path, number: str, sql: str) -> None:
    assert bool(query(database, sql).rows) == (number not in EMPTY)


def test_the_python_of_the_page(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(database.parent)
    codes = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(codes) == 2
    for code in codes:
        exec(code, {})
        assert "not_enough_evidence" in capsys.readouterr().out


def test_a_frame_that_cannot_be_joined_is_named(database: Path) -> None:
    for frames, stated in (({"claims": {}}, "table or view claims"), ({"mine": 3}, "mine is no frame")):
        with pytest.raises(StoreError, match=stated):
            claimcheck.connect(database, frames=frames)


def test_the_short_view_is_short(database: Path) -> None:
    columns, rows = query(database, "FROM claims_short")
    assert len(columns) < 16
    assert len(rows) == len(query(database, "FROM claims").rows)
    at = {name: n for n, name in enumerate(columns)}
    number = {row[at["text"]]: row[at["number"]] for row in rows}
    assert number["refusing to allow medical access to 765 desperate patients"] == "765"
    assert {"131 or more", "24 to 99"} <= set(number.values())
    assert "Eastern Ghouta" in {row[at["place"]] for row in rows}
    assert all("\n" not in row[at["text"]] for row in rows)


def test_the_door_is_read_only(database: Path) -> None:
    with claimcheck.connect(database) as readers, pytest.raises(Exception, match="read-only"):
        readers.execute("DELETE FROM verdict")
    with pytest.raises(AttributeError, match="conect"):
        claimcheck.conect  # noqa: B018
