"""A Word document -> its text: paragraphs, lists with their numbers, tables, in their order."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claimcheck.documents.extracted import RAISED, DocumentError, Extracted

_UNPACKED = 200_000_000  # bytes that a .docx may unpack to, by its own directory
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# What zipfile, lxml (a SyntaxError) and python-docx raise on a file that is damaged, encrypted or hostile.
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, SyntaxError, KeyError, ValueError, AttributeError,
    NotImplementedError, OSError, EOFError, RuntimeError, IndexError, TypeError,
)  # fmt: skip


def read_word(path: Path, data: bytes) -> Extracted:
    """Text, title and author. Raises DocumentError."""
    import docx
    from docx.opc.exceptions import OpcError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > _UNPACKED:
            raise DocumentError(path, f"unpacks to {size:,} bytes, more than {_UNPACKED:,}; split it")
        document = docx.Document(io.BytesIO(data))
        _as_seen(document.element.body)
        text = "\n".join(_lines(document))
        core = document.core_properties
        pairs = (("title", core.title), ("author", core.author))
        meta = {key: value.strip() for key, value in pairs if value and value.strip()}
    except (OpcError, *_BROKEN) as error:
        if "emory" in str(error):  # libxml2 says so as a syntax error
            raise MemoryError from error
        raise DocumentError(path, f"is not a whole Word document ({type(error).__name__})") from error
    return Extracted(text, _WORD, meta=meta)


# Wrappers of runs, which python-docx passes over with all that is in them: "were *not* killed".
_WRAPPERS = ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir")
_UNSEEN = ("vanish", "strike", "dstrike")


def _as_seen(body: Any) -> None:
    """Have a document's body hold what its reader sees: what is inserted, tagged or filled in stands where it
    is shown, what is struck out or hidden is gone, and so is a table of contents."""
    marks, on = " or ".join(f"self::w:{name}" for name in _UNSEEN), "not(@w:val='0' or @w:val='false')"
    contents = "w:sdtPr/w:docPartObj/w:docPartGallery[@w:val='Table of Contents']"
    for gone in body.xpath(f".//w:r[w:rPr/*[({marks}) and {on}]] | .//w:sdt[{contents}]"):
        gone.getparent().remove(gone)
    for raised in body.xpath(".//w:r[w:rPr/w:vertAlign[@w:val='superscript']]/w:t"):
        raised.text = (raised.text or "").translate(RAISED)
    for wrapper in body.xpath(" | ".join(f".//w:{name}[*]" for name in _WRAPPERS)):
        at, parent = wrapper.getparent().index(wrapper), wrapper.getparent()
        parent[at : at + 1] = list(wrapper)


def _lines(document: Any) -> Iterator[str]:
    """Paragraphs, list items and tables in the order of the document; a blank line before each paragraph."""
    counters: dict[tuple[str, str], int] = {}
    listing = False
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield from _table(block)
            listing = False
            continue
        marker = _marker(document, block, counters)
        if marker is None or not listing:
            yield ""
        listing = marker is not None
        yield f"{marker or ''}{block.text}"


def _table(table: Any) -> Iterator[str]:
    yield ""
    for row in table.rows:
        yield "| " + " | ".join(" ".join(cell.text.split()) for cell in row.cells) + " |"


def _marker(document: Any, paragraph: Any, counters: dict[tuple[str, str], int]) -> str | None:
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
        if _format(document, *key) != "decimal":
            return "- "
    counters[key] = counters.get(key, 0) + 1
    return f"{counters[key]}. "


def _format(document: Any, number_id: str, level: str) -> str | None:
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
