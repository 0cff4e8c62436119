"""The inputs that fuzzing begins with are whole: what is refused at the door never reaches the reader."""

from __future__ import annotations

import pytest

from tests.fuzz_targets import PARTS, TARGETS, packages, pages, readers, word


@pytest.mark.parametrize("number", range(len(PARTS)), ids=PARTS)
def test_a_word_document_is_read_whole(number: int) -> None:
    seed = TARGETS["word"].seeds[number]
    assert word(seed) >= {"author", "title", "table", "heading", "body"}


def test_a_change_of_a_part_reaches_the_reader() -> None:
    seed = TARGETS["word"].seeds[PARTS.index("word/document.xml")]
    assert "table" not in word(seed.replace(b"w:tbl>", b"w:sdt>"))


def test_each_pdf_has_its_pages() -> None:
    found = [next(f for f in pages(seed) if f.endswith(" pages")) for seed in TARGETS["pages"].seeds]
    assert found == ["1 pages", "3 pages", "1 pages", "1 pages", "1 pages", "1 pages"]


def test_each_format_is_a_document() -> None:
    found = [readers(seed) for seed in TARGETS["readers"].seeds]
    for features, suffix in zip(found, (".html", ".eml", ".docx", ".txt", ".md"), strict=True):
        assert "body" in features
        assert any(feature.startswith(f"{suffix} ") for feature in features)


def test_the_package_is_good() -> None:
    for seed in TARGETS["packages"].seeds:
        assert packages(seed) >= {"figures people housed", "raids people killed", "happenings None"}
