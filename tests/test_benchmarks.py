"""The page of benchmarks: what it says of the aims is what its sections say."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.benchmarks.aims import AIMS, NONE, TITLE, aims
from tests.benchmarks.changes import changes
from tests.benchmarks.figures import Section, process
from tests.benchmarks.page import PAGE, Page, sections
from tests.benchmarks.texts import named, paragraphs

GROWTH = Section(
    "Growth",
    "",
    ("documents", "s", "processor s", "peak MB"),
    [("100", "1", "1.0", "9"), ("1,000", "2", "10.0", "9"), ("10,000", "3", "109.0", "10")],
)


def test_the_page_holds_every_aim_with_its_figure() -> None:
    there = sections(PAGE.read_text(encoding="utf-8"))
    assert there[TITLE].strip() == str(aims(there)).partition("\n")[2].strip()
    assert all(aim.what in there[TITLE] for aim in AIMS)


def test_a_figure_is_found_in_its_section_or_said_to_be_missing() -> None:
    found = {what: here for what, here, *_ in aims(sections(str(GROWTH))).rows}
    assert "1.10 to 10,000 documents" in found.values()
    assert found["highest memory, 100,000 documents, MB"] == NONE
    assert found["the letter, whole process"] == NONE


def test_the_slowest_page_of_the_desk_is_not_the_opening_that_is_done_ahead() -> None:
    rows = [("opening, once a snapshot", "400"), ("queue", "9"), ("correct", "101")]
    desk = Section("Desk", "", ("page or form", "95th percentile"), rows)
    assert ("101 ms, correct", "100 ms") in {tuple(row[1:3]) for row in aims(sections(str(desk))).rows}


@pytest.mark.parametrize("anew", [True, False])
def test_a_section_takes_the_place_of_the_old_one_and_a_whole_run_leaves_nothing_old(
    tmp_path: Path, anew: bool
) -> None:
    file = tmp_path / "benchmarks.md"
    file.write_text("# Benchmarks\n\n## Growth\n\nold\n\n## Storing\n\nold too\n", encoding="utf-8")
    Page(file, anew=anew).put(GROWTH)
    there = sections(file.read_text(encoding="utf-8"))
    stale = [] if anew else ["Storing"]
    assert list(there) == [TITLE, "Growth", *stale, *(section.title for section in changes())]
    assert "old" not in there["Growth"]
    assert "1.10 to 10,000 documents" in there[TITLE]


def test_every_word_of_the_page_comes_from_the_generator(tmp_path: Path) -> None:
    """What stands in the page beside the measured tables is made with it: nothing is added by hand."""
    page = PAGE.read_text(encoding="utf-8")
    copy = tmp_path / "benchmarks.md"
    copy.write_text(page, encoding="utf-8")
    Page(copy, anew=False).put(GROWTH)
    made, there = sections(copy.read_text(encoding="utf-8")), sections(page)
    for title in (section.title for section in changes()):
        assert there[title].strip() == made[title].strip()


def test_texts_are_the_letter_and_what_is_named_and_each_paragraph_counts_once(tmp_path: Path) -> None:
    file = tmp_path / "some_speeches.txt"
    file.write_text(f"{'A long speech of many words. ' * 12}\n", encoding="utf-8")
    texts = named([str(file)])
    assert list(texts) == ["the letter, 20 times", "some speeches"]
    pool = paragraphs([d for documents in texts.values() for d in documents])
    assert len(pool) == len(set(pool)) > 5
    assert pool[-1].startswith("A long speech")


def test_the_memory_of_a_process_is_its_own() -> None:
    held = bytearray(400_000_000)
    used = process([sys.executable, "-c", "text = bytearray(50_000_000)"])
    assert 50 < used.peak < 200 < len(held) / 1e6
    assert used.processor > 0
    with pytest.raises(RuntimeError, match="ended with 3: no more"):
        process([sys.executable, "-c", "import sys; print('no more', file=sys.stderr); sys.exit(3)"])
