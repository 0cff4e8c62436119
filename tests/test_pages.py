"""Pages of a PDF: running heads and page numbers go, what a line's end broke is whole, the rest stays."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.documents.files import read
from claimcheck.documents.pdf import GOES_ON, SetLine, Word, flowing, set_text
from tests.document_case import pdf_bytes


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        pytest.param(
            ["City Report\nOne\n1", "City Report\nTwo\n2", "City Report\nThree\n3"],
            ["City Report\nOne", "Two", "Three"],
            id="head and number",
        ),
        pytest.param(["One\n- 1 -", "Two\n- 2 -"], ["One", "Two"], id="two pages, numbered"),
        pytest.param(
            [f"{n} Report on the city of Homs\ntext {'abc'[n - 4]}" for n in (4, 5, 6)],
            ["text a", "text b", "text c"],
            id="a number beside the head",
        ),
    ],
)
def test_heads_and_feet_go(pages: list[str], expected: list[str]) -> None:
    assert flowing(pages) == expected


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param(["Same line\na", "Same line\nb"], id="twice is chance"),
        pytest.param(["Dead: 31\na", "Dead: 40\nb", "Dead: 22\nc"], id="figures"),
        pytest.param(["Incident 1\na", "Incident 2\nb", "Incident 3\nc"], id="titles that count"),
        pytest.param([f"{c}\nThe end.\n{c}{c}\n{c}{c}{c}" for c in "abc"], id="not at the edge"),
    ],
)
def test_what_pages_say_stays(pages: list[str]) -> None:
    assert flowing(pages) == pages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the organi-\nsation said", "the organisation\nsaid"),
        ("the organi\u00ad\nsation", "the organisation\n"),
        ("A government held a government-\nheld area", "A government held a government-held\narea"),
        ("a long-\nterm plan; the long-term one", "a long-term\nplan; the long-term one"),
        ("30-\n40 people", "30-\n40 people"),
        ("it held - \nand it fell", "it held - \nand it fell"),
    ],
)
def test_words_broken_by_a_line_are_whole(text: str, expected: str) -> None:
    assert flowing([text]) == [expected]


@given(st.lists(st.text(alphabet="ab1 -\n\u2010é", max_size=60), max_size=6))
def test_any_pages_stay_as_many_and_lose_no_other_letters(pages: list[str]) -> None:
    stated = flowing(pages)
    assert len(stated) == len(pages)
    lines = {line.strip() for page in pages for line in page.split("\n")}
    for before, after in zip(pages, stated, strict=True):
        if "-" not in before and "\u2010" not in before:
            assert {line.strip() for line in after.split("\n")} <= lines | {""}


def test_the_page_of_a_word_is_right_when_heads_are_gone(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf_bytes([f"{n}) Tj 0 -20 Td (word{n}" for n in range(1, 5)]))
    (document,) = read(tmp_path / "a.pdf")
    assert document.text == "\f".join(f"word{n}" for n in range(1, 5))
    assert [document.text[start : start + 5] for start in document.pages] == [
        "word1",
        "word2",
        "word3",
        "word4",
    ]


@pytest.mark.parametrize(
    "row", ["1 " * 70 + "died", "7 | " * 30 + "§ total", "p. " * 45 + "x", "page " * 25 + "xy"]
)
def test_a_row_of_a_table_at_a_page_s_edge_costs_nothing(row: str) -> None:
    """No page number, which it takes one look to see: fifty numbers once took longer than a document may."""
    begin = time.process_time()
    pages = [f"{row}\nOn day {page} there was a fire.\nThe end." for page in range(6)]
    assert all(f"On day {page} there was" in text for page, text in enumerate(flowing(pages)))
    assert time.process_time() - begin < 20


# --- Lines of a page as they are set: paragraphs, tables, lists whose marks are drawn ---


WIDE = 5.0  # points of a letter


def line(written: str, base: float, left: float = 50, size: float = 10) -> SetLine:
    """A line from its words: each letter is 5 points wide, as is each blank ("a   b" are 15 apart)."""
    words, at = [], left
    for word in written.split(" "):
        if word:
            words.append(Word(word, at, at + WIDE * len(word), base, size))
        at += WIDE * (len(word) + 1)
    return SetLine(tuple(words))


def shown(*lines: tuple[str, float] | tuple[str, float, float] | tuple[str, float, float, float]) -> str:
    return set_text([line(*one) for one in lines]).replace(f"{GOES_ON}\n", " ")


def test_a_line_without_room_for_the_next_word_goes_on() -> None:
    found = shown(
        ("The council of the valley met in Upper", 700),
        ("Tarn on Monday. It had met there twice.", 688),
        ("Nobody came.", 676),
    )
    assert (
        found == "The council of the valley met in Upper Tarn on Monday. It had met there twice. Nobody came."
    )


def test_names_below_each_other_stay_apart() -> None:
    found = shown(
        ("Whoever has read this far may sign below.", 700),
        ("Lina Aziz, mayor", 660),
        ("Omar Nouri, engineer", 648),
    )
    assert found.split("\n") == [
        "Whoever has read this far may sign below.",
        "",
        "Lina Aziz, mayor",
        "Omar Nouri, engineer",
    ]


def test_words_between_the_same_strips_of_white_are_cells() -> None:
    found = shown(
        ("These are the figures of the guild:", 724),
        ("Month          Place        Killed", 700),
        ("December 2017  Upper Tarn   112", 688),
        ("January 2018   Oren         74", 676),
        ("The guild counts again in the autumn.", 650),
    )
    assert found.split("\n\n")[1].split("\n") == [
        "| Month | Place | Killed |",
        "| December 2017 | Upper Tarn | 112 |",
        "| January 2018 | Oren | 74 |",
    ]


def test_cells_written_one_by_one_are_a_row() -> None:
    found = shown(("Tarn", 700), ("Killed", 700, 200), ("Oren", 688), ("74", 688, 200))
    assert found == "| Tarn | Killed |\n| Oren | 74 |"
