"""A PDF -> its text, page by page."""

from __future__ import annotations

import re
from itertools import accumulate
from pathlib import Path
from typing import Any

from claimcheck.documents.extracted import TEXT_LIMIT, DocumentError, Extracted
from claimcheck.documents.pages import flowing

# "… by 2017.2. The talks": the number of an item, set apart on the sheet and nowhere else.
_ITEM = re.compile(r"(?:(?<=[^\W\d_][.!?])|(?<=\d{3}[.!?]))(?=\d{1,2}\.\s[A-Z])")


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
    """A page's text; pdfium marks a hyphen at a line's end with U+FFFE or U+0002, a line's end with CR LF."""
    try:
        raw: str = page.get_textpage().get_text_bounded()
    except failure as error:
        raise DocumentError(path, f"page {number} cannot be read ({error})") from error
    lines = re.sub("[\ufffe\x02]", "-", raw).replace("\r\n", "\n").replace("\r", "\n")
    return _ITEM.sub("\n", lines)


def _meta(pdf: Any) -> dict[str, str]:
    """Title and author; the date of creation is the file's, not the document's."""
    found = pdf.get_metadata_dict()
    pairs = (("title", found.get("Title")), ("author", found.get("Author")))
    return {key: value.strip() for key, value in pairs if value and value.strip()}
