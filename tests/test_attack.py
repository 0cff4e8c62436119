"""The short part of the known attacks, and that a break would be seen."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from tests import attack


@pytest.mark.long
def test_the_part_breaks_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert attack.main(["--part"]) == 0, capsys.readouterr().out


def test_a_break_is_told_and_ends_with_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def torn(folder: Path, part: bool) -> attack.Room:
        yield "a command that does not exist", lambda: attack.claimcheck("destroy", folder)
        yield "a harmless one", lambda: attack.claimcheck("--version")

    monkeypatch.setattr(attack, "ROOMS", {"torn": torn})
    assert attack.main([]) == 1
    stated = capsys.readouterr().out
    assert "BROKEN  torn: 'a command that does not exist': AssertionError: ended with 2" in stated
    assert "1 attack broke something" in stated


# --- The inputs that fuzzing begins with are whole: what is refused at the door never reaches the reader ---


@pytest.fixture(scope="module")
def fuzz() -> Any:
    """The targets, loaded: they make a package, a database and documents."""
    return importlib.import_module("tests.fuzz_targets")


def test_a_word_document_is_read_whole(fuzz: Any) -> None:
    whole = {"author", "title", "table", "heading", "body"}
    seeds = dict(zip(fuzz.PARTS, fuzz.TARGETS["word"].seeds, strict=True))
    assert len(seeds) > 5
    assert {name: missing for name, seed in seeds.items() if (missing := whole - fuzz.word(seed))} == {}


def test_a_change_of_a_part_reaches_the_reader(fuzz: Any) -> None:
    seed = fuzz.TARGETS["word"].seeds[fuzz.PARTS.index("word/document.xml")]
    assert "table" not in fuzz.word(seed.replace(b"w:tbl>", b"w:sdt>"))


def test_each_pdf_has_its_pages(fuzz: Any) -> None:
    pages = fuzz.TARGETS["pages"]
    found = [next(f for f in pages.run(seed) if f.endswith(" pages")) for seed in pages.seeds]
    assert found == ["1 pages", "3 pages", "1 pages", "1 pages", "1 pages", "1 pages"]


def test_each_format_is_a_document(fuzz: Any) -> None:
    found = [fuzz.readers(seed) for seed in fuzz.TARGETS["readers"].seeds]
    for features, suffix in zip(found, (".html", ".eml", ".docx", ".txt", ".md"), strict=True):
        assert "body" in features
        assert any(feature.startswith(f"{suffix} ") for feature in features)
