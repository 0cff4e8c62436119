"""Reading documents: every format, metadata, own dates, and input that is broken or hostile."""

from __future__ import annotations

import io
import json
import os
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.documents.datelines import full_dates, locale_of, own_dates
from claimcheck.documents.extracted import LIMIT
from claimcheck.documents.files import DocumentError, Unreadable, make, read, read_all
from claimcheck.documents.sentences import split
from claimcheck.model import Document


def only(path: Path) -> Document:
    documents = list(read(path))
    assert len(documents) == 1
    return documents[0]


def refused(path: Path) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        list(read(path))
    return caught.value


def pdf_bytes(pages: list[str], trailer: str = "") -> bytes:
    """A small PDF, a line of text a page."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n, line in enumerate(pages):
        stream = f"BT /F1 12 Tf 50 700 Td ({line}) Tj ET" if line else ""
        font = "/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {5 + 2 * n} 0 R{font}>>")
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj{content}endobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{offset:010} 00000 n \n" for offset in offsets).encode())
    out.write(f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        pytest.param("Café\r\nin May\n".encode(), "Café\r\nin May\n", "utf-8", id="utf-8, line ends kept"),
        pytest.param(b"\xef\xbb\xbfA", "A", "utf-8", id="byte order mark dropped"),
        pytest.param(b"\xff\xfe" + "Añ".encode("utf-16-le"), "Añ", "utf-16-le", id="utf-16"),
        pytest.param(b"", "", "utf-8", id="empty"),
        pytest.param(b"a\x00b\x00", "a\x00b\x00", "utf-8", id="NULs"),
        pytest.param("\u200fא\u200b٣".encode(), "\u200fא\u200b٣", "utf-8", id="other scripts"),
    ],
)
def test_plain_text_is_kept_as_it_is(tmp_path: Path, data: bytes, text: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    document = only(path)
    assert (document.text, document.encoding, document.id) == (text, encoding, "a.txt")


def test_an_older_encoding_is_told_and_recorded(tmp_path: Path) -> None:
    text = "Le café de la gare a brûlé à Besançon, où l'été fut très sec cette année. " * 20
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("cp1252"))
    document = only(path)
    assert document.text == text
    assert document.encoding not in (None, "utf-8")


@given(st.text(max_size=200))
def test_any_text_makes_a_document(text: str) -> None:
    document = make("x", text)
    assert document.text == text
    assert document.sha256


def test_a_folder_is_read_in_order_and_a_bad_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name, data in {
        "b.txt": b"B",
        "a.md": b"A",
        "sub/c.txt": b"C",
        ".hidden.txt": b"no",
        "picture.png": b"no",
        "broken.pdf": b"%PDF-1.4 nothing",
        "d.jsonl": b'{"id": "one", "text": "1"}\nnot json\n{"id": "two", "text": "2"}\n',
    }.items():
        (tmp_path / name).write_bytes(data)
    found = [d.id if isinstance(d, Document) else Path(d.path).name for d in read_all([tmp_path])]
    assert found == ["a.md", "b.txt", "broken.pdf", "one", "d.jsonl", "two", "sub/c.txt"]


def test_links_that_lead_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "secret.txt"
    inside.mkdir()
    outside.write_text("secret")
    (inside / "a.txt").write_text("A")
    (inside / "out.txt").symlink_to(outside)
    (inside / "same.txt").symlink_to(inside / "a.txt")
    (inside / "round").symlink_to(inside)
    (inside / "gone.txt").symlink_to(tmp_path / "nowhere")
    found = {Path(d.path or "").name: d for d in read_all([inside])}
    assert {name for name, d in found.items() if isinstance(d, Unreadable)} == {"out.txt", "gone.txt"}
    assert {name for name, d in found.items() if isinstance(d, Document)} == {"a.txt", "same.txt"}


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        pytest.param('{"id": "x", "text": "a"', 24, "not valid JSON", id="cut off"),
        pytest.param("[1]", 1, "must be an object", id="no object"),
        pytest.param('{"text": "a"}', "id", 'needs a string "id"', id="no id"),
        pytest.param('{"id": 3, "text": "a"}', "id", 'needs a string "id"', id="id a number"),
        pytest.param('{"id": " ", "text": "a"}', "id", "not empty", id="id blank"),
        pytest.param('{"id": "x"}', "text", 'needs a string "text"', id="no text"),
        pytest.param('{"id": "x", "text": "a", "date": "3 May"}', "date", "YYYY-MM-DD", id="date in words"),
        pytest.param('{"id": "x", "text": "a", "date": "2020-02-30"}', "date", "exists", id="no such day"),
        pytest.param('{"id": "x", "text": "a", "date": 2020}', "date", "a string", id="date a number"),
        pytest.param('{"id": "x", "text": "a", "about": "row"}', "about", "resource:key", id="about"),
        pytest.param('{"id": "first", "text": "a"}', "id", "used on line 1", id="id twice"),
        pytest.param("[" * 100_000, None, "cannot be parsed", id="nested too deep"),
        pytest.param('{"id": ' + "9" * 5000 + "}", None, "cannot be parsed", id="endless number"),
    ],
)
def test_a_bad_line_is_reported_and_the_rest_read(
    tmp_path: Path, line: str, column: int | str | None, says: str
) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text('{"id": "first", "text": "1"}\n\n' + line + '\n{"id": "last", "text": "2"}\n')
    first, bad, last = read_all([path])
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(bad, Unreadable)
    assert (bad.error.line, bad.error.column) == (3, column)
    assert says in bad.error.message
    assert str(path) in str(bad.error)


def test_a_line_that_is_not_utf_8_says_where(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_bytes(b'{"id": "x", "text": "caf\xe9"}\n')
    error = refused(path)
    assert (error.line, error.column, error.value) == (1, 25, "e9 22 7d 0a")


def test_jsonl_carries_metadata_and_null_is_not_given(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    row = {"id": "x", "text": "It rained.", "date": "2019-05-04", "about": "events:E1", "title": "T", "x": 1}
    path.write_text(json.dumps(row) + "\n" + json.dumps({**row, "id": "y", "date": None, "about": None}))
    one, two = read(path)
    assert (one.date, one.date_origin, one.about, one.title) == (date(2019, 5, 4), "given", "events:E1", "T")
    assert (two.date, two.date_origin, two.about) == (None, None, None)


def test_halves_of_characters_never_reach_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [
        r'{"id": "a", "text": "5 \ud800 boats", "title": "\udc00x"}',
        r'{"id": "\ud800", "text": "5 boats"}',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    first, second = read_all([path])
    assert isinstance(first, Document)
    assert (first.text, first.title) == ("5 \ufffd boats", "\ufffdx")
    assert isinstance(second, Unreadable)
    assert "half a character" in second.error.message


def test_front_matter_is_metadata_and_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text('---\ntitle: "The Fire"\ndate: 2019-05-04\ntags: x\nabout: events:E1\n---\nIt burnt.\n')
    document = only(path)
    assert document.text == "It burnt.\n"
    assert (document.title, document.date, document.about) == ("The Fire", date(2019, 5, 4), "events:E1")
    assert document.media_type == "text/markdown"


@pytest.mark.parametrize("text", ["---\nJust a rule.\n---\nText", "---\ntitle: open", "---", "--- title: x"])
def test_what_only_looks_like_front_matter_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert only(path).text == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Relief bulletin: Eastern Ghouta\n\n20 January 2018\n", "Relief bulletin: Eastern Ghouta"),
        ("\n## In C ##\ntext", "In C"),
        ("---\ntitle: Given\n---\n# Headed\n", "Given"),
        ("20 January 2018\n# Later\n", None),
        ("#tag and text\n", None),
        ("#\n", None),
    ],
)
def test_the_heading_that_opens_markdown_is_its_title(tmp_path: Path, text: str, title: str | None) -> None:
    file = tmp_path / "a.md"
    file.write_text(text, encoding="utf-8")
    assert only(file).title == title


def test_a_bad_date_in_front_matter_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: x\ndate: yesterday\n---\nText")
    error = refused(path)
    assert (error.line, error.column, error.value) == (3, "date", "yesterday")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt.meta.json", '{"date": "2019-05-04", "publisher": "Harbour Watch"}'),
        ("a.meta.toml", 'date = 2019-05-04\npublisher = "Harbour Watch"'),
    ],
)
def test_a_side_car_has_the_last_word(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / "a.txt").write_text("---\ndate: 2001-01-01\n---\n3 May 2018\n\nIt burnt.")
    (tmp_path / name).write_text(content)
    document = only(tmp_path)
    assert (document.date, document.publisher) == (date(2019, 5, 4), "Harbour Watch")


def test_a_side_car_with_an_unknown_key_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.meta.json").write_text('{"dated": "2019-05-04"}')
    assert refused(tmp_path / "a.txt").column == "dated"


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
    ("data", "says"),
    [
        pytest.param(b"PK nothing", "not a whole Word document", id="no zip"),
        pytest.param(zip_bytes(10), "not a whole Word document", id="no Word document"),
        pytest.param(zip_bytes(70_000_000), "unpacks to 210,000,000 bytes", id="bomb"),
    ],
)
def test_a_bad_docx_is_an_error(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
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
        pytest.param("Geneva, 4 May 2016\n\nIt burnt.", (2016, 5, 4), id="place before"),
        pytest.param("Published 2016-05-04 10:30 GMT\n\nIt burnt.", (2016, 5, 4), id="ISO with a time"),
        pytest.param("KABUL, 4 May 2016 — The road opened.", (2016, 5, 4), id="dateline"),
        pytest.param("NEW YORK, May 4, 2016 (Agency) - The road opened.", (2016, 5, 4), id="agency"),
        pytest.param("GENEVA (4 May 2016) – The road opened.", (2016, 5, 4), id="bracket"),
        pytest.param("PORT LOUIS, 4 May 2016 (Own report)\n\nIt burnt.", (2016, 5, 4), id="source behind"),
        pytest.param("PORTLAND, Ore., May 4, 2016 /Wire/ -- The road opened.", (2016, 5, 4), id="slashes"),
        pytest.param("Press release – 4 May 2016\n\nIt burnt.", (2016, 5, 4), id="kind of text before"),
        pytest.param("By Ada Bell | 4 May 2016\n\nIt burnt.", (2016, 5, 4), id="author before"),
        pytest.param("Posted on May 4, 2016 by Ada Bell\n\nIt burnt.", (2016, 5, 4), id="author behind"),
        pytest.param("New York and Geneva, 4 May 2016\n\nIt burnt.", (2016, 5, 4), id="two places"),
        pytest.param("4 May 2016 | Geneva\n\nIt burnt.", (2016, 5, 4), id="place behind"),
        pytest.param("Updated 10:30 GMT, 4 May 2016\n\nIt burnt.", (2016, 5, 4), id="time before"),
        pytest.param("ROME (Agency, 4 May 2016) - The road opened.", (2016, 5, 4), id="agency inside"),
        pytest.param("Born in Rome on 4 May 1916 (a Thursday)\n\nIt burnt.", None, id="of something else"),
        pytest.param("Fire of Rome, 4 May 2016 (two were killed)\n\nIt burnt.", None, id="what happened"),
        pytest.param("On 4 May 2016 the road opened.", None, id="date in a sentence"),
        pytest.param("The war (4 May 1914 – 11 June 1918) was long.", None, id="a period"),
        pytest.param("The road opened. It was late.\n\n4 May 2016\n\nIt closed.", None, id="below the text"),
        pytest.param("May 2016\n\nIt burnt.", None, id="month"),
        pytest.param("31 February 2016\n\nIt burnt.", None, id="no such day"),
        pytest.param("04/05/2016\n\nIt burnt.", None, id="either day or month"),
        pytest.param(
            "3 May 2016\nIt rained.\n4 May 2016\nIt snowed.\n5 May 2016\nIt was dry.", None, id="chronology"
        ),
        pytest.param("", None, id="empty"),
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
        ("ROME (Agency, 4 May 2016) - The road opened.", "ROME (Agency, 4 May 2016) -"),
        ("Rome, 5 May 2016 – The road opened.", "Rome, 5 May 2016 – The road opened."),
        ("On 4 May 2016 - a Wednesday - it opened.", "On 4 May 2016 - a Wednesday - it opened."),
    ],
)
def test_the_documents_own_dateline_is_no_part_of_the_first_sentence(text: str, first: str) -> None:
    spans = split(text, (), date(2016, 5, 4))
    assert spans[0].of(text) == first
    assert " ".join(span.of(text) for span in spans) == text


def test_full_dates_keep_the_weekday() -> None:
    [stated] = full_dates("on Tuesday, the 3rd of May, 2016.")
    assert (stated.day, stated.weekday) == (date(2016, 5, 3), 1)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("On January 31, 2018 it rained.", None, "mdy"),
        ("On 31 January 2018 it rained.", None, "dmy"),
        ("On 31 January and on March 3, 2018.", None, "unknown"),
        ("On 31 January, filed 01/25/2018.", None, "mdy"),
        ("On 25/01/2018 it rained.", None, "dmy"),
        ("On 05/04/2018 it rained.", None, "unknown"),
        ("On 05/04/2018 it rained.", "en-US", "mdy"),
        ("On 31 January 2018.", "en-US", "dmy"),
        ("", "fr", "unknown"),
    ],
)
def test_order_of_day_and_month(text: str, language: str | None, expected: str) -> None:
    assert locale_of(text, language) == expected
