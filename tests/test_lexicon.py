"""Lexicons: their own rules, and the page that is made from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimcheck import lexicon
from tests.reader import ROOT


@pytest.mark.parametrize("topic", lexicon.topics())
def test_every_file_loads_and_has_rows(topic: str) -> None:
    assert lexicon.load(topic)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"fields": {"words": "required"}, "row": [{"id": "a", "wrods": ["x"]}]}, "unknown key ['wrods']"),
        ({"fields": {"words": "required"}, "row": [{"id": "a"}]}, "missing key ['words']"),
        ({"fields": {}, "row": [{"id": "a"}, {"id": "a"}]}, "id used twice"),
        ({"fields": {}, "row": [{"note": "x"}]}, "missing key ['id']"),
    ],
)
def test_a_broken_row_is_named(table: dict[str, Any], says: str) -> None:
    with pytest.raises(lexicon.LexiconError, match=r"data/broken\.toml") as error:
        list(lexicon._rows("broken", table))
    assert says in str(error.value)


def test_the_prepared_form_is_kept_and_never_believed_where_it_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept = tmp_path / "claimcheck" / "lexicons.json"
    prepared = lexicon._prepared.__wrapped__
    tables = prepared()
    mark, body = kept.read_bytes().split(b"\n", 1)
    assert prepared() == tables  # read back from the file
    other = body.replace(b"dozens", b"dozenz")
    for wrong in (mark + b"\n" + other, b"0" * 64 + mark[64:] + b"\n" + body, b"", b"x"):
        kept.write_bytes(wrong)
        assert prepared() == tables
        assert kept.read_bytes() == mark + b"\n" + body  # and made anew
    kept.unlink()
    kept.mkdir()
    assert prepared() == {}
    assert lexicon.table("vague_quantities") == tables["vague_quantities"]


UNTRIED = {"clause_times": 1, "date_company": 1, "judging": 21}
"""Rows that are older than this rule. A number here may fall, and never rises."""


@pytest.mark.parametrize("topic", lexicon.topics())
def test_a_new_row_brings_examples(topic: str) -> None:
    """A row that no phrase tries can be wrong for years: `examples` say what it reads, `counter_examples`,
    which alone do for a row that forbids, what it does not."""
    bare = [row.id for row in lexicon.load(topic) if not (row.examples or row.counter_examples)]
    assert len(bare) <= UNTRIED.get(topic, 0), f"data/{topic}.toml, without examples: {bare}"


def test_the_pages_on_the_lexicons_are_current() -> None:
    folder = ROOT / "docs" / "lexicons"
    written = {file.stem: file.read_text(encoding="utf-8") for file in folder.glob("*.md")}
    assert written == lexicon.pages(), "run `make docs`"


def test_a_page_shows_what_the_head_of_its_file_says(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("a topic that is no more", encoding="utf-8")
    lexicon.write_pages(tmp_path)
    page = (tmp_path / "vague_quantities.md").read_text(encoding="utf-8")
    assert page.startswith("# Vague quantities\n")
    assert "Vague words and the interval they are read as, ends included." in page
    assert "\n| `dozens` | " in page
    assert "](vague_quantities.md)" in (tmp_path / "index.md").read_text(encoding="utf-8")
    assert not (tmp_path / "gone.md").exists()
