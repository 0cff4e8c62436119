"""Lines of a page as they are set: paragraphs, tables, lists whose marks are drawn."""

from __future__ import annotations

from claimcheck.documents.pdf import GOES_ON, SetLine, Word, set_text

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


def test_an_empty_page_has_no_text() -> None:
    assert set_text([]) == ""
