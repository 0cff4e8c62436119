"""Documents from HTML, PDF and Word, and the dates that documents give themselves."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest

from claimcheck.documents.datelines import own_dates
from claimcheck.documents.extracted import LIMIT
from claimcheck.documents.files import make
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
