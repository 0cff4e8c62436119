"""Documents from text, folders, JSON Lines and front matter, with what they say of themselves."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.claims.reading import read
from claimcheck.documents import jsonline, sandbox
from claimcheck.documents.extracted import DocumentError
from claimcheck.documents.files import Unreadable, make, read_all
from claimcheck.documents.limits import GROWTH, memory
from claimcheck.model import Document
from tests.document_case import only, refused
from tests.reader import of_all


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        pytest.param("Café\r\nin May\n".encode(), "Café\r\nin May\n", "utf-8", id="utf-8, line ends kept"),
        pytest.param(b"\xef\xbb\xbfA", "A", "utf-8", id="byte order mark dropped"),
        pytest.param(b"\xff\xfe" + "Añ".encode("utf-16-le"), "Añ", "utf-16-le", id="utf-16"),
        pytest.param(b"a\x00b\x00", "ab\x00\x00", "utf-8", id="NULs"),
        pytest.param("\u200fא\u200cא٣".encode(), "א\u200cא٣\u200f", "utf-8", id="other scripts"),
    ],
)
def test_plain_text_is_kept_as_it_is(tmp_path: Path, data: bytes, text: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    document = only(path)
    assert (document.text, document.encoding, document.id) == (text, encoding, "a.txt")


@given(st.text(max_size=200))
def test_any_text_makes_a_document(text: str) -> None:
    document = make("x", text)
    assert len(document.text) == len(text)
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


def test_a_folder_may_be_as_deep_as_a_path_is_long(tmp_path: Path) -> None:
    folders = [tmp_path.joinpath(*["a"] * deep) for deep in range(1, 1_100)]
    for folder in folders:
        folder.mkdir()
    (file := folders[-1] / "x.txt").write_text("x")
    assert only(tmp_path).text == "x"
    file.unlink()
    for folder in reversed(folders):  # not every version of Python removes so deep a folder
        folder.rmdir()


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
        pytest.param('{"id": "x"}', "text", 'needs a string "text"', id="no text"),
        pytest.param('{"id": "x", "text": "a", "date": "2020-02-30"}', "date", "exists", id="no such day"),
        pytest.param('{"id": "x", "text": "a", "about": "row"}', "about", "resource:key", id="about"),
        pytest.param('{"id": "first", "text": "a"}', "id", "used on line 1", id="id twice"),
        pytest.param("[" * 100_000, None, "nested too deep", id="nested too deep"),
        pytest.param('{"id": ' + "9" * 5000 + "}", "id", "needs a string", id="endless number"),
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


def test_front_matter_is_metadata_and_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text('---\ntitle: "The Fire"\ndate: 2019-05-04\ntags: x\nabout: events:E1\n---\nIt burnt.\n')
    document = only(path)
    assert document.text == "It burnt.\n"
    assert (document.title, document.date, document.about) == ("The Fire", date(2019, 5, 4), "events:E1")
    assert document.media_type == "text/markdown"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Relief bulletin: Eastern Ghouta\n\n20 January 2018\n", "Relief bulletin: Eastern Ghouta"),
        ("---\ntitle: Given\n---\n# Headed\n", "Given"),
        ("20 January 2018\n# Later\n", None),
        ("#tag and text\n", None),
    ],
)
def test_the_heading_that_opens_markdown_is_its_title(tmp_path: Path, text: str, title: str | None) -> None:
    file = tmp_path / "a.md"
    file.write_text(text, encoding="utf-8")
    assert only(file).title == title


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


def test_a_name_beside_which_none_has_room_has_no_side_car(tmp_path: Path) -> None:
    (tmp_path / f"{'о' * 124}.txt").write_text("x")
    assert only(tmp_path).text == "x"


def test_a_side_car_with_an_unknown_key_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.meta.json").write_text('{"dated": "2019-05-04"}')
    assert refused(tmp_path / "a.txt").column == "dated"


# ----------------------------------------------------------------------------------------------------
# Marks of footnotes count nothing and end the sentence that they stand behind.


MARKS = [
    ("It had counted 765 patients waiting.1 The council met.", "1"),
    ("It was killed in Homs (see above).2\nThe toll rose.", "2"),
    ("The fire spread through Homs.14,15 The toll rose.", "14,15"),
    ("Some people were killed[^1] there.", "1"),
    ("[^12]: An interview in Homs.", "12"),
]


@of_all(MARKS)
def test_a_mark_is_no_claim(text: str, mark: str) -> None:
    (reading,) = read([make("a", text)])
    found = {m.text: m.reason for m in reading.mentions}
    assert found[mark] == "footnote mark"
    assert not any(c.quantity is not None and c.quantity.text == mark for c in reading.claims)


# --- A line of JSON Lines: a long one is read by a process that can be ended ---


PATH = Path("a.jsonl")
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
KEYS = st.sampled_from(["id", "text", "about", "x", "é", "}", '"', "\\"]) | st.text(max_size=3)


@given(st.dictionaries(KEYS, ANY), st.booleans(), st.sampled_from([None, 1]))
def test_the_known_fields_of_a_line_are_kept(row: dict[str, object], plain: bool, indent: int | None) -> None:
    content = json.dumps(row, ensure_ascii=plain, indent=indent)
    expected = {key: row[key] for key in jsonline.FIELDS if key in row}
    assert jsonline.fields_of(PATH, 2, content.replace("\n", " ").encode()) == expected


@pytest.mark.parametrize("field", ["about", "x"])
def test_a_field_that_takes_too_much_is_refused_with_its_line(tmp_path: Path, field: str) -> None:
    about = ",".join(["[" * 90 + "]" * 90] * 110_000)
    file = tmp_path / "a.jsonl"
    file.write_bytes(
        b'{"id": "b", "text": "5"}\n' + f'{{"id": "a", "text": "5", "{field}": [{about}]}}\n'.encode()
    )
    before = memory()
    _, bad = read_all([tmp_path])
    assert isinstance(bad, Unreadable)
    assert str(bad.error).startswith(f"{file}, line 2: needs more than 768 MB of memory to read; split")
    assert memory() - before < GROWTH


def test_errors_of_a_long_line_come_back_whole() -> None:
    padding = b" " * jsonline.LONG
    with pytest.raises(DocumentError, match=r"a\.jsonl, line 7, column 1000002: is not valid JSON"):
        sandbox.fields_of(PATH, 7, padding + b'{"id" 1}'.replace(b'"id" ', b""))
    with pytest.raises(DocumentError, match=r"line 7, column 1000001: is not UTF-8"):
        sandbox.fields_of(PATH, 7, padding + b"\xff{}")
    with pytest.raises(DocumentError, match="must be an object"):
        sandbox.fields_of(PATH, 7, padding + b'"a"')


# --- What a person or a page says about a document: its day as it is written, and where it was published ---


PAGE = "https://example.org/2018/letter"


@pytest.mark.parametrize(
    "written",
    [
        "2018-01-31",
        "2018-01-31T23:30:00-05:00",
        "2018-01-31T00:30+0300",
        "2018-01-31 10:00",
        "'2018-01-31T10:00:00Z'",
    ],
)
def test_a_day_may_carry_its_time(tmp_path: Path, written: str) -> None:
    """As Hugo, Jekyll and archives write it. The day is the writer's own, not that of another time zone."""
    path = tmp_path / "a.md"
    path.write_text(f"---\ndate: {written}\n---\n40 houses burned.")
    assert (only(path).date, only(path).date_origin) == (date(2018, 1, 31), "given")


@pytest.mark.parametrize(
    "written",
    ["yesterday", "2018-01-31T25:00:00Z", "2018-02-30T10:00:00Z", "2018-01-31Z", "2018-01-31T10",
     "2018-01-31T10:00:00+99:00", "20180131T100000Z", "2018-W05-3"],
)  # fmt: skip
def test_a_moment_that_is_none_is_refused_with_its_line(tmp_path: Path, written: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\ntitle: x\ndate: {written}\n---\nText")
    with pytest.raises(DocumentError) as refused:
        only(path)
    error = refused.value
    assert (error.line, error.column, error.value) == (3, "date", written)
    assert "YYYY-MM-DD (a time of day may follow)" in str(error)


@pytest.mark.parametrize("written", ["2018-01-31T23:30:00-05:00", "2018-01-31 23:30:00", "2018-01-31"])
def test_a_side_car_s_moment_is_its_day(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.txt").write_text("40 houses burned.")
    (tmp_path / "a.txt.meta.toml").write_text(f"date = {written}\n")
    assert only(tmp_path / "a.txt").date == date(2018, 1, 31)
    (tmp_path / "a.txt.meta.json").write_text(json.dumps({"date": written}))
    assert only(tmp_path / "a.txt").date == date(2018, 1, 31)


@pytest.mark.parametrize(
    ("name", "content", "beside"),
    [
        ("a.md", f"---\naddress: {PAGE}\n---\n40 houses burned.", None),
        ("a.txt", "40 houses burned.", json.dumps({"address": PAGE})),
        ("a.html", f'<head><link rel="canonical" href="{PAGE}"></head><p>40 houses burned.</p>', None),
        ("a.html", f'<head><meta property="og:url" content="{PAGE}"></head><p>40 houses burned.</p>', None),
        ("a.html", '<link rel="canonical" href="/letter"><p>40 burned.</p>', json.dumps({"address": PAGE})),
    ],
)
def test_where_a_document_was_published(tmp_path: Path, name: str, content: str, beside: str | None) -> None:
    (tmp_path / name).write_text(content)
    if beside is not None:
        (tmp_path / f"{name}.meta.json").write_text(beside)
    assert only(tmp_path / name).address == PAGE
