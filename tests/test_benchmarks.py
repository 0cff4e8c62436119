"""The page of benchmarks: what it says of the aims is what its sections say."""

from __future__ import annotations

import re

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks.aims import AIMS, NONE, TITLE, aims
from tests.benchmarks.figures import Section

GROWTH = Section(
    "Growth",
    "",
    ("documents", "s", "processor s", "peak MB"),
    [("100", "1", "1.0", "9"), ("1,000", "2", "10.0", "9"), ("10,000", "3", "109.0", "10")],
)


def sections(page: str) -> dict[str, str]:
    """The page's sections, title to text."""
    return dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))


def test_the_page_holds_every_aim_with_its_figure() -> None:
    there = sections(bench.PAGE.read_text(encoding="utf-8"))
    assert there[TITLE].strip() == str(aims(there)).partition("\n")[2].strip()
    assert all(aim.what in there[TITLE] for aim in AIMS)


def test_a_figure_is_found_in_its_section_or_said_to_be_missing() -> None:
    found = {what: here for what, here, *_ in aims(sections(str(GROWTH))).rows}
    assert "1.10 to 10,000 documents" in found.values()
    assert found["highest memory, 100,000 documents, MB"] == NONE
    assert found["the letter, whole process"] == NONE


def test_a_new_section_takes_the_place_of_the_old_one(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path_factory.mktemp("page") / "benchmarks.md"
    page.write_text(f"# Benchmarks\n\n## Growth\n\nold\n\n## {bench.BY_HAND}\n\nby hand\n", encoding="utf-8")
    monkeypatch.setattr(bench, "PAGE", page)
    bench.put(GROWTH)
    there = sections(page.read_text(encoding="utf-8"))
    assert list(there) == [TITLE, "Growth", bench.BY_HAND]
    assert "old" not in there["Growth"]
    assert "1.10 to 10,000 documents" in there[TITLE]
