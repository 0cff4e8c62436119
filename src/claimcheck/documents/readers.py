"""One file's bytes -> its text, for each format that the input contract names. No metadata is guessed.

The text that comes out is canonical: every offset in the project refers to it. Plain text and Markdown are
decoded and otherwise left alone, line ends included; the other formats have no text of their own, and
theirs is laid out here, with "\\n" as line end.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claimcheck.documents.webpage import read_page

LIMIT = 50_000_000  # bytes of a document, of a line of JSONL, and characters of an unpacked one
_UNPACKED = 200_000_000  # bytes that a .docx may unpack to, by its own directory
_SAMPLE = 50_000  # bytes behind the first one outside ASCII from which an encoding is told
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?([\w.:-]{2,40})", re.IGNORECASE
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# What zipfile, lxml (a SyntaxError) and python-docx raise on a file that is damaged, encrypted or hostile.
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, SyntaxError, KeyError, ValueError, AttributeError,
    NotImplementedError, OSError, EOFError, RuntimeError, IndexError, TypeError,
)  # fmt: skip


class DocumentError(Exception):
    """A document that cannot be read: where, which value, and what to do about it.

    `line` counts from 1; `column` is a character of that line, counted from 1, or the name of a field.
    """

    def __init__(
        self,
        path: Path | str,
        message: str,
        *,
        line: int | None = None,
        column: int | str | None = None,
        value: str | None = None,
    ) -> None:
        self.path = str(path)
        self.line = line
        self.column = column
        self.value = None if value is None else value[:80]
        self.message = message
        super().__init__(str(self))

    def __str__(self) -> str:
        where = [self.path]
        if self.line is not None:
            where.append(f"line {self.line}")
        if self.column is not None:
            where.append(f"column {self.column}")
        value = "" if self.value is None else f" ({self.value!r})"
        return f"{', '.join(where)}: {self.message}{value}"


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a file holds: its text, how it was decoded, where pages start, and what it says of itself.

    `meta` has the keys title, author, publisher, date (ISO) and language where the file gives them.
    """

    text: str
    media_type: str
    encoding: str | None = None
    pages: tuple[int, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)


def extract(path: Path, data: bytes) -> Extracted:
    """The text of a file by its suffix. Raises DocumentError where it cannot be read."""
    suffix = path.suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        known = " ".join(sorted(READERS))
        raise DocumentError(path, f"no reader for this kind of file; known are {known} .jsonl", value=suffix)
    return reader(path, data)


def decode(path: Path, data: bytes) -> tuple[str, str]:
    """Text and encoding: byte order mark, else UTF-8, else what HTML declares, else what fits best.

    The mark is dropped. Bytes that fit no encoding become U+FFFD, and the encoding's name says so.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        first = error.start
    declared = _DECLARED.search(data[:4096])
    if declared is not None:
        try:
            name = declared[1].decode("ascii")
            return data.decode(name), name.lower()
        except (LookupError, UnicodeDecodeError):
            pass  # a declaration that is wrong is no declaration
    guess = _guess(data, first)
    if guess is None:
        raise DocumentError(path, "is not text in any known encoding; save it as UTF-8")
    return _decoded(data, guess)


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), f"{encoding}, undecodable bytes replaced"


def _guess(data: bytes, first: int) -> str | None:
    from charset_normalizer import from_bytes  # 60 ms: only where UTF-8 fails

    start = max(0, first - 1000) // 2 * 2
    best = from_bytes(data[start : start + _SAMPLE]).best()
    return None if best is None else best.encoding


def _plain(path: Path, data: bytes) -> Extracted:
    text, encoding = decode(path, data)
    return Extracted(text, "text/plain", encoding)


def _markdown(path: Path, data: bytes) -> Extracted:
    text, encoding = decode(path, data)
    return Extracted(text, "text/markdown", encoding)


def _html(path: Path, data: bytes) -> Extracted:
    markup, encoding = decode(path, data)
    text, meta = read_page(markup)
    return Extracted(text, "text/html", encoding, meta=meta)


def _pdf(path: Path, data: bytes) -> Extracted:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        hint = "is encrypted; save it without a password" if "assword" in str(error) else "is not a whole PDF"
        raise DocumentError(path, f"{hint} ({error})") from error
    texts: list[str] = []
    starts: list[int] = []
    at = 0
    try:
        for number, page in enumerate(pdf, 1):
            starts.append(at)
            texts.append(_page_text(path, number, page, pypdfium2.PdfiumError))
            at += len(texts[-1]) + 1
            if at > LIMIT:
                raise DocumentError(path, f"holds more than {LIMIT:,} characters; split it")
        meta = _pdf_meta(pdf)
    except pypdfium2.PdfiumError as error:
        raise DocumentError(path, f"has a page that cannot be read ({error})") from error
    finally:
        pdf.close()
    text = "\f".join(texts)
    if not text.strip():
        raise DocumentError(path, "has no text, only pictures of pages; run text recognition (OCR) first")
    return Extracted(text, "application/pdf", pages=tuple(starts), meta=meta)


def _page_text(path: Path, number: int, page: Any, failure: type[Exception]) -> str:
    """A page's text; pdfium marks a hyphen at a line's end with U+FFFE or U+0002, a line's end with CR LF."""
    try:
        raw: str = page.get_textpage().get_text_bounded()
    except failure as error:
        raise DocumentError(path, f"page {number} cannot be read ({error})") from error
    return re.sub("[\ufffe\x02]", "-", raw).replace("\r\n", "\n").replace("\r", "\n")


def _pdf_meta(pdf: Any) -> dict[str, str]:
    """Title and author; the date of creation is the file's, not the document's."""
    found = pdf.get_metadata_dict()
    pairs = (("title", found.get("Title")), ("author", found.get("Author")))
    return {key: value.strip() for key, value in pairs if value and value.strip()}


def _docx(path: Path, data: bytes) -> Extracted:
    import docx
    from docx.opc.exceptions import OpcError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > _UNPACKED:
            raise DocumentError(path, f"unpacks to {size:,} bytes, more than {_UNPACKED:,}; split it")
        document = docx.Document(io.BytesIO(data))
        text = "\n".join(_docx_lines(document))
        core = document.core_properties
        pairs = (("title", core.title), ("author", core.author))
        meta = {key: value.strip() for key, value in pairs if value and value.strip()}
    except (OpcError, *_BROKEN) as error:
        raise DocumentError(path, f"is not a whole Word document ({type(error).__name__})") from error
    return Extracted(text, _WORD, meta=meta)


def _docx_lines(document: Any) -> Iterator[str]:
    """Paragraphs, list items and tables in the order of the document; a blank line before each paragraph."""
    counters: dict[tuple[str, str], int] = {}
    listing = False
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield from _docx_table(block)
            listing = False
            continue
        marker = _docx_marker(document, block, counters)
        if marker is None or not listing:
            yield ""
        listing = marker is not None
        yield f"{marker or ''}{block.text}"


def _docx_table(table: Any) -> Iterator[str]:
    yield ""
    for row in table.rows:
        yield "| " + " | ".join(" ".join(cell.text.split()) for cell in row.cells) + " |"


def _docx_marker(document: Any, paragraph: Any, counters: dict[tuple[str, str], int]) -> str | None:
    """The "3. " or "- " of a list's item, None for any other paragraph. Word keeps no numbers in the text."""
    properties = paragraph._p.pPr
    numbering = None if properties is None else properties.numPr
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    if numbering is None or numbering.numId is None:
        if style.startswith("List Number"):
            key = (style, "0")
        else:
            return "- " if style.startswith("List Bullet") else None
    else:
        level = "0" if numbering.ilvl is None else str(numbering.ilvl.val)
        key = (str(numbering.numId.val), level)
        if _docx_format(document, *key) != "decimal":
            return "- "
    counters[key] = counters.get(key, 0) + 1
    return f"{counters[key]}. "


def _docx_format(document: Any, number_id: str, level: str) -> str | None:
    """The number format ("decimal", "bullet", …) of a list's level, from the numbering part."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return None
    abstract = root.xpath(f'./w:num[@w:numId="{number_id}"]/w:abstractNumId/@w:val')
    if not abstract:
        return None
    found = root.xpath(
        f'./w:abstractNum[@w:abstractNumId="{abstract[0]}"]/w:lvl[@w:ilvl="{level}"]/w:numFmt/@w:val'
    )
    return str(found[0]) if found else None


READERS: dict[str, Callable[[Path, bytes], Extracted]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".docx": _docx,
}
