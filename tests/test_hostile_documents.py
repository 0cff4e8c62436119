"""Files that attack the reader: each is refused with one sentence or read, and the file beside it is read."""

from __future__ import annotations

import io
import os
import socket
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.documents import opening, worker
from claimcheck.documents.files import Unreadable, make, read_all
from claimcheck.model import Document
from tests.document_case import pdf_bytes

GOOD = "On 3 May 2016 21 people died."


def both(tmp_path: Path) -> list[Document | str]:
    """What a folder gives: documents, and of those that were refused what is said. The good one is there."""
    (tmp_path / "z.txt").write_text(GOOD, encoding="utf-8")
    found = list(read_all([tmp_path]))
    said = [str(item.error) if isinstance(item, Unreadable) else item for item in found]
    assert [d.text for d in said if isinstance(d, Document) and d.id == "z.txt"] == [GOOD]
    assert all(len(sentence.splitlines()) == 1 for sentence in said if isinstance(sentence, str))
    return [item for item in said if isinstance(item, str) or item.id != "z.txt"]


# --- what is no file, and names --------------------------------------------------------------------------


def link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 200_000_000_000)


@pytest.mark.parametrize(
    ("name", "plant", "says"),
    [
        ("a.txt", link("/dev/zero"), "is a link that leads out of"),
        ("a.txt", link("a.txt"), "is a link that leads out of"),
        ("sub", link("/etc"), "is a link that leads out of"),
        ("a.txt", os.mkfifo, "is not a file"),
        ("a.pdf", os.mkfifo, "is not a file"),
        ("a.txt", listening, "is not a file"),
        ("a.pdf", sparse, "has 200,000,000,000 bytes, more than the limit of 50,000,000; split it"),
        ("a.txt", sparse, "has 200,000,000,000 bytes, more than the limit of 20,000,000; split it"),
        ("a\nb.txt", Path.touch, "a\\nb.txt: has a line break or control character in its name; rename it"),
        ("a\x1b[2J.txt", Path.touch, "a\\x1b[2J.txt: has a line break or control character in its name"),
        ("a\udcff.txt", Path.touch, "a\\udcff.txt: has bytes that are not UTF-8 in its name; rename it"),
    ],
)
def test_what_stands_in_a_folder_and_is_no_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, plant: Callable[[Path], None], says: str
) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    plant(Path(name))
    (sentence,) = both(tmp_path)
    assert says in str(sentence)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(Exception, match="is not a file"):
        opening.content(tmp_path / "a.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch(0o000)
    (sentence,) = both(tmp_path)
    assert "cannot be read: Permission denied" in str(sentence)


@pytest.mark.parametrize("later", ["21 people died, and 5 more.", "0 boats"])
def test_a_file_that_is_written_to_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("5 boats", encoding="utf-8")
    os.utime(path, (1, 1))
    look, looks = os.fstat, []

    def writing(descriptor: int) -> os.stat_result:
        looks.append(descriptor)
        if len(looks) == 2:
            path.write_text(later, encoding="utf-8")
        return look(descriptor)

    monkeypatch.setattr(opening.os, "fstat", writing)
    (sentence,) = both(tmp_path)
    assert "was written to while it was read; the next run reads it again" in str(sentence)
    (document,) = both(tmp_path)
    assert isinstance(document, Document)
    assert document.text == later


def test_a_file_that_is_replaced_meanwhile_is_read_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("5 boats", encoding="utf-8")
    (tmp_path / "other").write_text("6 boats", encoding="utf-8")
    look = os.fstat

    def replacing(descriptor: int) -> os.stat_result:
        if (tmp_path / "other").exists():
            os.replace(tmp_path / "other", path)
        return look(descriptor)

    monkeypatch.setattr(opening.os, "fstat", replacing)
    (document,) = both(tmp_path)
    assert isinstance(document, Document)
    assert document.text == "5 boats"


# --- Word ------------------------------------------------------------------------------------------------

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, head: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """A Word document with this body, and other parts put in."""
    out, changed = io.BytesIO(), io.BytesIO()
    docx.Document().save(out)
    xml = f'<?xml version="1.0"?>{head}<w:document {SPACE}><w:body>{body}</w:body></w:document>'
    replaced = {"word/document.xml": xml.encode(), **(parts or {})}
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *replaced}:
            new.writestr(name, replaced.get(name) or old.read(name))
    return changed.getvalue()


def lying(data: bytes) -> bytes:
    """The archive with a directory that gives each part as 100 bytes."""
    out = bytearray(data)
    at = out.find(b"PK\x01\x02")
    while at >= 0:
        out[at + 24 : at + 28] = (100).to_bytes(4, "little")
        at = out.find(b"PK\x01\x02", at + 4)
    return bytes(out)


LAUGHS = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))


@pytest.mark.parametrize(
    "made",  # when the test runs: these take a second
    [
        pytest.param(lambda: word("", parts={"word/junk.xml": b"0" * 210_000_000}), id="bomb"),
        pytest.param(lambda: lying(word("<w:p/>" * 100_000)), id="bomb that lies"),
        pytest.param(lambda: word("<w:p>" * 100_000 + "</w:p>" * 100_000), id="deep"),
        pytest.param(
            lambda: word("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", f'<!DOCTYPE x [<!ENTITY a "ha">{LAUGHS}]>'),
            id="a billion laughs",
        ),
    ],
)
def test_a_word_document_that_would_burst_is_refused(tmp_path: Path, made: Callable[[], bytes]) -> None:
    (tmp_path / "a.docx").write_bytes(made())
    (sentence,) = both(tmp_path)
    assert isinstance(sentence, str)


def test_a_word_document_reads_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET", encoding="utf-8")
    head = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    (tmp_path / "a.docx").write_bytes(word("<w:p><w:r><w:t>5 &a; boats</w:t></w:r></w:p>", head))
    (found,) = both(tmp_path)
    assert "SECRET" not in (found.text if isinstance(found, Document) else found)


# --- PDF -------------------------------------------------------------------------------------------------


def pdf(*objects: str | bytes) -> bytes:
    """A PDF of these objects, the first the catalogue. Its readers find them without a table."""
    parts = [o if isinstance(o, bytes) else o.encode("latin-1") for o in objects]
    body = b"".join(b"%d 0 obj%sendobj\n" % (n, part) for n, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Size %d/Root 1 0 R>>\n%%%%EOF" % (len(parts) + 1)


def stream(content: bytes, more: str = "") -> bytes:
    return f"<<{more}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream "


CATALOGUE = "<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>"
PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = (
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
    "/Resources<</Font<</F1 5 0 R>>/XObject<</X 7 0 R>>>>>>"
)
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
SHOW = b"BT /F1 12 Tf 50 700 Td (21 died) Tj ET"
OUTLINE = "<</First 6 0 R/Last 6 0 R/Next 6 0 R/Title(x)/Count 1>>"
FORM = stream(
    b"/X Do " + SHOW, "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 7 0 R>>>>"
)
TWICE = b"/X Do /X Do"


def bomb() -> bytes:
    """A page that unpacks to 100 MB."""
    packed = stream(zlib.compress(b" " * 100_000_000 + SHOW), "/Filter/FlateDecode")
    return pdf(CATALOGUE, PAGES, PAGE, packed, FONT)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            pdf(CATALOGUE, "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 999999>>"), id="pages in a circle"
        ),
        pytest.param(pdf(CATALOGUE, PAGES, PAGE, stream(SHOW), FONT, OUTLINE), id="outline in a circle"),
        pytest.param(
            pdf(CATALOGUE, PAGES, PAGE, stream(b"/X Do " + SHOW), FONT, OUTLINE, FORM), id="form in a circle"
        ),
        pytest.param(bomb, id="a page that unpacks to 100 MB"),
        pytest.param(
            pdf(
                CATALOGUE, PAGES, PAGE, stream(b"/X Do " + SHOW), FONT, OUTLINE, FORM.replace(b"/X Do", TWICE)
            ),
            id="a form that shows itself many times",
        ),
        pytest.param(pdf_bytes(["21 died"])[:-200], id="cut off"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)) * 4000, id="noise"),
    ],
)
def test_a_pdf_that_goes_in_circles_ends(tmp_path: Path, data: bytes | Callable[[], bytes]) -> None:
    (tmp_path / "a.pdf").write_bytes(data() if callable(data) else data)
    (found,) = both(tmp_path)
    assert isinstance(found, str) or "21 died" in found.text


# --- any change of a file: as it comes, three thousand times -----------------------------------------------

TEXT = "<w:p><w:pPr><w:pStyle w:val='ListNumber'/></w:pPr><w:r><w:t>21 people died.</w:t></w:r></w:p>"
TABLE = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>5 boats</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
SOUND: dict[str, bytes] = {
    "a.html": b"<html lang=en><head><title>Fire</title></head><ul><li>1</ul><table><tr><td>5<td>6</table>"
    b"<p>On 3 May 2016 21 people died &amp; 40 fled.</html>",
    "a.eml": b"From: Ana <ana@example.org>\nSubject: =?utf-8?q?F=C3=BCr?=\nContent-Type: multipart/mixed;"
    b" boundary=b\n\n--b\n\n21 died.\n--b\nContent-Disposition: attachment; filename=a.txt\n\n5\n--b--\n",
    "a.docx": f"<w:document {SPACE}><w:body>{TEXT}{TABLE}</w:body></w:document>".encode(),
    "a.pdf": pdf(CATALOGUE, PAGES, PAGE, stream(b"/X Do " + SHOW), FONT, OUTLINE, FORM),
    "a.md": b"---\ntitle: x\ndate: 2016-05-03\n---\n# Fire\n- 5 boats\n- 6 boats",
}  # fmt: skip
PUT = (
    b"<table>|<!--|&#x110000;|=?utf-8?q?=|--b\n|base64|charset=utf-7|message/rfc822|<w:p>|<w:tbl>|w:val='-1'"
    b"|<w:vMerge/>|<![CDATA[|<?x ?>|&a;|\x00|1 0 R|/Kids[2 0 R]|/Count -1|<<|>>|endobj|stream|/Encrypt 9 0 R"
).split(b"|")
CHANGE = st.tuples(st.floats(0, 1), st.integers(0, 64), st.binary(max_size=8) | st.sampled_from(PUT))


@pytest.mark.long
@settings(max_examples=3_000)
@given(st.sampled_from(sorted(SOUND)), st.lists(CHANGE, max_size=8))
def test_any_change_of_a_file_is_read_or_refused(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    data = bytearray(SOUND[name])
    for where, length, put in changes:
        at = int(where * len(data))
        data[at : at + length] = put
    whole = word("", parts={"word/document.xml": bytes(data)}) if name == "a.docx" else bytes(data)
    answer = worker.answered(Path(name), whole)
    if "extracted" in answer:
        assert changes or "5 boats" in answer["extracted"]["text"] or "21 " in answer["extracted"]["text"]
        assert make(name, answer["extracted"]["text"], stated=answer["extracted"]["meta"]).id == name
        assert all(Path(part).name == part for part, _ in answer["extracted"]["attached"])
    else:
        assert changes, "the file itself is sound"
        assert {*answer} <= {"refused", "memory"}, answer


# --- what a reader sees is what is read ------------------------------------------------------------------

_PAGE = "<html><head><title>t</title></head><body><h1>News</h1><p>The bulletin:</p>{}</body></html>"
_COUNTED = '<w:r><w:t xml:space="preserve">21 sailors were </w:t></w:r>{}<w:r><w:t>rescued.</w:t></w:r>'
_MORE = '<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>'
_NOTED = SHOW.replace(b"died) Tj", b"died of 77) Tj 5 Ts /F1 6 Tf (4) Tj")
_NOT = _MORE.format("", "not ")


def of_word(more: str) -> bytes:
    return word(f"<w:p>{_COUNTED.format(more)}</w:p>")


@pytest.mark.parametrize(
    ("name", "data", "seen"),
    [
        *(
            pytest.param("a.html", _PAGE.format(f"<p>{stated}</p>").encode(), seen, id=stated)
            for stated, seen in [
                ("Some <del>21</del> <ins>40</ins> sailors drowned.", "Some 40 sailors drowned."),
                ("Some <s>21 sailors</s> boats sank.", "Some boats sank."),
                ("Some <b STYLE='color: red; Display : none'>21</b> boats sank.", "Some boats sank."),
                ("Some <b hidden>21</b> boats sank.", "Some boats sank."),
                ("Some 77<sup><a href='#4'>4</a></sup> sailors drowned.", "Some 77⁴ sailors drowned."),
            ]
        ),
        *(
            pytest.param("a.docx", of_word(more), seen, id=more[:20])
            for more, seen in [
                *((f"<w:{tag}>{_NOT}</w:{tag}>", "21 sailors were not rescued.")
                  for tag in ("ins", "moveTo", "smartTag", "fldSimple", "customXml", "dir")),
                (f"<w:sdt><w:sdtContent>{_NOT}</w:sdtContent></w:sdt>", "21 sailors were not rescued."),
                (f"<w:del>{_NOT.replace('w:t', 'w:delText')}</w:del>", "21 sailors were rescued."),
                *((_MORE.format(f"<w:rPr><w:{tag}/></w:rPr>", "not "), "21 sailors were rescued.")
                  for tag in ("strike", "dstrike", "vanish")),
                (_MORE.format("<w:rPr><w:strike w:val='0'/></w:rPr>", "not "), "were not rescued."),
                (_MORE.format("<w:rPr><w:vertAlign w:val='superscript'/></w:rPr>", "3"), "were ³rescued."),
            ]
        ),
        *(
            pytest.param("a.md", f"Some {struck} boats sank.".encode(), "Some boats sank.", id=struck)
            for struck in ("~~21~~", "<!-- 21\n -->", "<del>21</del>")
        ),
        pytest.param(
            "a.html", b"<p>Calm.</p><p style='font-size:0'>No</p><p>Wind.</p>", "Calm. Wind.", id="no body"
        ),
        pytest.param(
            "a.pdf", pdf(CATALOGUE, PAGES, PAGE, stream(_NOTED), FONT), "21 died of 77⁴", id="a note in a PDF"
        ),
    ],
)  # fmt: skip
def test_what_a_reader_sees_is_what_is_read(tmp_path: Path, name: str, data: bytes, seen: str) -> None:
    (tmp_path / name).write_bytes(data)
    (found,) = both(tmp_path)
    assert isinstance(found, Document)
    assert seen in " ".join(found.text.split())
