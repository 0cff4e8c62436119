"""Files for the tests of reading documents."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from claimcheck.documents.extracted import DocumentError
from claimcheck.documents.files import read
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
    shown = [f"BT /F1 12 Tf 50 700 Td ({line}) Tj ET" if line else "" for line in pages]
    return pdf_of(shown, trailer)


def pdf_of(pages: list[str], trailer: str = "") -> bytes:
    """A small PDF of what is drawn on each page."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n, stream in enumerate(pages):
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
