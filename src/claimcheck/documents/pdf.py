"""A PDF -> its text, page by page."""

from __future__ import annotations

import ctypes
import re
from itertools import accumulate
from pathlib import Path
from typing import Any

from claimcheck.documents.extracted import TEXT_LIMIT, DocumentError, Extracted
from claimcheck.documents.pages import flowing
from claimcheck.documents.sheet import GOES_ON, MOST_LINES, MOST_WORDS, SetLine, Word, set_text

# "… by 2017.2. The talks": the number of an item, set apart on the sheet and nowhere else.
_ITEM = re.compile(r"(?:(?<=[^\W\d_][.!?])|(?<=\d{3}[.!?]))(?=\d{1,2}\.\s[A-Z])")

_LINE, _WORD = re.compile(r"[^\r\n]+"), re.compile(r"\S+")


def read_pdf(path: Path, data: bytes) -> Extracted:
    """Text, where each page starts, title and author. Raises DocumentError."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        hint = "is encrypted; save it without a password" if "assword" in str(error) else "is not a whole PDF"
        raise DocumentError(path, f"{hint} ({error})") from error
    texts: list[str] = []
    size = 0
    try:
        for number, page in enumerate(pdf, 1):
            texts.append(_page_text(path, number, page, pypdfium2.PdfiumError))
            page.close()
            size += len(texts[-1]) + 1
            if size > TEXT_LIMIT:
                raise DocumentError(path, f"holds more than {TEXT_LIMIT:,} characters; split it")
        meta = _meta(pdf)
    except pypdfium2.PdfiumError as error:
        raise DocumentError(path, f"has a page that cannot be read ({error})") from error
    finally:
        pdf.close()
    texts = flowing(texts)
    starts = list(accumulate((len(text) + 1 for text in texts[:-1]), initial=0))
    text = "\f".join(texts)
    if not text.strip():
        raise DocumentError(path, "has no text, only pictures of pages; run text recognition (OCR) first")
    return Extracted(text, "application/pdf", pages=tuple(starts), meta=meta)


def _page_text(path: Path, number: int, page: Any, failure: type[Exception]) -> str:
    """A page's text in its paragraphs; where its characters cannot be placed, its lines as they come."""
    try:
        sheet = page.get_textpage()
        raw: str = sheet.get_text_bounded()
        placed = _lines(sheet, raw)
    except failure as error:
        raise DocumentError(path, f"page {number} cannot be read ({error})") from error
    text = _plain(raw).replace("\r\n", "\n").replace("\r", "\n") if placed is None else set_text(placed)
    return _ITEM.sub("\n", text)


def _plain(raw: str) -> str:
    """Characters as they are meant; pdfium marks a hyphen at a line's end with U+FFFE or U+0002."""
    return re.sub("[\ufffe\x02]", "-", raw).replace(GOES_ON, " ")


def _lines(sheet: Any, raw: str) -> list[SetLine] | None:
    """The lines of a page with the place of each word; None where they are not those of its text, or
    too many."""
    import pypdfium2.raw as pdfium

    count = sheet.count_chars()
    if "".join(chr(pdfium.FPDFText_GetUnicode(sheet, i)) for i in range(count)) != raw:
        return None
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()

    def word(start: int, end: int) -> Word:
        pdfium.FPDFText_GetLooseCharBox(sheet, end - 1, box)
        right = box.right
        pdfium.FPDFText_GetLooseCharBox(sheet, start, box)
        pdfium.FPDFText_GetCharOrigin(sheet, start, x, y)
        return Word(_plain(raw[start:end]), box.left, right, y.value, box.top - box.bottom)

    out = []
    for line in _LINE.finditer(raw):
        words = tuple(word(*found.span()) for found in _WORD.finditer(raw, *line.span()))
        out += [SetLine(words)] if words else []
        if len(out) > MOST_LINES or len(words) > MOST_WORDS:
            return None
    return out


def _meta(pdf: Any) -> dict[str, str]:
    """Title and author; the date of creation is the file's, not the document's."""
    found = pdf.get_metadata_dict()
    pairs = (("title", found.get("Title")), ("author", found.get("Author")))
    return {key: value.strip() for key, value in pairs if value and value.strip()}
