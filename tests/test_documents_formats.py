"""Documents from HTML, PDF and Word, and the dates that documents give themselves."""

from __future__ import annotations

import io
import os
import time
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.documents.datelines import own_dates
from claimcheck.documents.extracted import LIMIT
from claimcheck.documents.files import make, read
from claimcheck.documents.pdf import GOES_ON, SetLine, Word, flowing, set_text
from claimcheck.documents.sentences import split
from tests.document_case import only, pdf_bytes, refused


def test_html_gives_its_article_and_its_head(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        '<html lang="en-US"><head><title>Fire</title><meta property="article:published_time" '
        'content="2019-05-04T10:00:00Z"><meta name="author" content="Ana Bell"></head><body><nav>Home</nav>'
        "<script>var x = 1</script><article><h1>Fire</h1><p>The market burnt for 3 days.</p>"
        "<p>It cost 40 traders their stock &amp; tents.</p></article></body></html>"
    )
    document = only(path)
    assert "burnt for 3 days." in document.text
    assert "stock & tents" in document.text
    assert "var x" not in document.text
    assert (document.date, document.date_origin) == (date(2019, 5, 4), "metadata")
    assert (document.title, document.author, document.locale) == ("Fire", "Ana Bell", "mdy")


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<div>" * 100_000 + "deep text" + "</div>" * 100_000, id="100,000 deep"),
        pytest.param("<p>deep text<p" + " a='" * 1000, id="unclosed"),
        pytest.param("<p>deep text</p>" + "<!--" * 100_000, id="comments never closed"),
        pytest.param("<p>deep text</p>" + "<meta charset=" * 50_000, id="tags never closed"),
        pytest.param("\x00<p>deep text</p>&#0;&#xFFFFFFFF;", id="NULs and bad references"),
    ],
)
def test_hostile_html_is_read(tmp_path: Path, markup: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(markup)
    assert "deep text" in only(path).text


def test_pdf_pages_have_offsets(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_bytes(["First page.", "Second page."]))
    document = only(path)
    assert len(document.pages) == 2
    assert document.text[document.pages[1] :].startswith("Second page.")
    assert document.media_type == "application/pdf"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "not a whole PDF", id="empty"),
        pytest.param(b"%PDF-1.4\nnothing", "not a whole PDF", id="broken"),
        pytest.param(pdf_bytes([""]), "OCR", id="no text"),
        pytest.param(
            pdf_bytes(
                ["x"],
                f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O({'o' * 32})/U({'u' * 32})>>/ID[(a)(b)]",
            ),
            "encrypted",
            id="encrypted",
        ),
    ],
)
def test_a_bad_pdf_is_an_error(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert says in refused(path).message


def test_docx_keeps_paragraphs_lists_and_tables_in_order(tmp_path: Path) -> None:
    source = docx.Document()
    source.add_heading("The Fire", 1)
    source.add_paragraph("It burnt for 3 days.")
    source.add_paragraph("Cloth", style="List Number")
    source.add_paragraph("Paper", style="List Number")
    source.add_paragraph("a tent", style="List Bullet")
    table = source.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Loss", "300"
    source.add_paragraph("That was all.")
    source.core_properties.author = "Ana Bell"
    path = tmp_path / "a.docx"
    source.save(str(path))
    document = only(path)
    lines = [line for line in document.text.split("\n") if line]
    items = ["1. Cloth", "2. Paper", "- a tent"]
    assert lines == ["The Fire", "It burnt for 3 days.", *items, "| Loss | 300 |", "That was all."]
    assert [item.text for item in document.items] == ["Cloth", "Paper"]
    assert document.author == "Ana Bell"


def zip_bytes(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"word/{number}.xml", b"0" * size)
    return out.getvalue()


@pytest.mark.parametrize(
    ("size", "says"),
    [
        pytest.param(None, "not a whole Word document", id="no zip"),
        pytest.param(10, "not a whole Word document", id="no Word document"),
        pytest.param(70_000_000, "unpacks to 210,000,000 bytes", id="bomb"),
    ],
)
def test_a_bad_docx_is_an_error(tmp_path: Path, size: int | None, says: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK nothing" if size is None else zip_bytes(size))
    assert says in refused(path).message


def test_files_that_cannot_be_read_say_what_to_do(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "none.txt").message
    (tmp_path / "a.odt").write_bytes(b"x")
    assert ".docx" in refused(tmp_path / "a.odt").message
    huge = tmp_path / "huge.txt"
    huge.touch()
    os.truncate(huge, LIMIT + 1)
    assert "split it" in refused(huge).message


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("Wednesday, 4 May 2016\n\nDear all,\n\nIt rained.", (2016, 5, 4), id="letterhead"),
        pytest.param("The Fire\nMay 4, 2016\nIt burnt for a long time.", (2016, 5, 4), id="below the title"),
        pytest.param("Date: 4th May 2016\n\nIt burnt.", (2016, 5, 4), id="label"),
        pytest.param("Published 2016-05-04 10:30 GMT\n\nIt burnt.", (2016, 5, 4), id="ISO with a time"),
        pytest.param("KABUL, 4 May 2016 — The road opened.", (2016, 5, 4), id="dateline"),
        pytest.param("NEW YORK, May 4, 2016 (Agency) - The road opened.", (2016, 5, 4), id="agency"),
        pytest.param("PORTLAND, Ore., May 4, 2016 /Wire/ -- The road opened.", (2016, 5, 4), id="slashes"),
        pytest.param("By Ada Bell | 4 May 2016\n\nIt burnt.", (2016, 5, 4), id="author before"),
        pytest.param("New York and Geneva, 4 May 2016\n\nIt burnt.", (2016, 5, 4), id="two places"),
        pytest.param("ROME (Agency, 4 May 2016) - The road opened.", (2016, 5, 4), id="agency inside"),
        pytest.param("Born in Rome on 4 May 1916 (a Thursday)\n\nIt burnt.", None, id="of something else"),
        pytest.param("On 4 May 2016 the road opened.", None, id="date in a sentence"),
        pytest.param("The war (4 May 1914 – 11 June 1918) was long.", None, id="a period"),
        pytest.param("The road opened. It was late.\n\n4 May 2016\n\nIt closed.", None, id="below the text"),
        pytest.param("04/05/2016\n\nIt burnt.", None, id="either day or month"),
        pytest.param(
            "3 May 2016\nIt rained.\n4 May 2016\nIt snowed.\n5 May 2016\nIt was dry.", None, id="chronology"
        ),
    ],
)
def test_own_date(text: str, day: tuple[int, int, int] | None) -> None:
    document = make("x", text)
    assert document.date == (None if day is None else date(*day))
    assert document.date_origin == (None if day is None else "dateline")
    assert all(stated.span.of(text).strip() for stated in own_dates(text, document.zones))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("KABUL, 4 May 2016 — The road opened. It rained.", "KABUL, 4 May 2016 —"),
        ("Rome, 5 May 2016 – The road opened.", "Rome, 5 May 2016 – The road opened."),
        ("On 4 May 2016 - a Wednesday - it opened.", "On 4 May 2016 - a Wednesday - it opened."),
    ],
)
def test_the_documents_own_dateline_is_no_part_of_the_first_sentence(text: str, first: str) -> None:
    spans = split(text, (), date(2016, 5, 4))
    assert spans[0].of(text) == first
    assert " ".join(span.of(text) for span in spans) == text


def test_a_character_of_endless_digits_costs_one_character(tmp_path: Path) -> None:
    page = (
        "<p>5 boats sank&#" + "9" * 100_000 + "; off Tarn.</p><p title='&#" + "1" * 5_000 + "'>7 burnt.</p>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    document = only(tmp_path / "a.html")
    assert "5 boats sank" in document.text
    assert "7 burnt." in document.text


# --- Pages of a PDF: running heads go, what a line's end broke is whole, the rest stays ---


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
