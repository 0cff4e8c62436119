"""One file's bytes -> its text, for each format that the input contract names. No metadata is guessed.

The text that comes out is canonical: every offset in the project refers to it. Plain text and Markdown are
decoded and otherwise left alone, line ends included, but that blanks stand for what Markdown strikes out or
no reader of it sees; the other formats have no text of their own, and
theirs is laid out here, with "\n" as line end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from claimcheck.documents.decoding import decode
from claimcheck.documents.extracted import DocumentError, Extracted
from claimcheck.documents.mail import read_mail
from claimcheck.documents.pdf import read_pdf
from claimcheck.documents.webpage import read_page
from claimcheck.documents.word import read_word


def extract(path: Path, data: bytes) -> Extracted:
    """The text of a file by its suffix. Raises DocumentError where it cannot be read."""
    suffix = path.suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        known = " ".join(sorted(READERS))
        raise DocumentError(path, f"no reader for this kind of file; known are {known} .jsonl", value=suffix)
    return reader(path, data)


def _plain(path: Path, data: bytes) -> Extracted:
    text, encoding = decode(path, data)
    return Extracted(text, "text/plain", encoding)


_STRUCK = "|".join(("s", "del"))
_UNSEEN = re.compile(
    rf"~~(?=\S)[^~\n]{{1,2000}}~~|<!--(?:[^<]|<(?!!--)){{0,20000}}?-->|<({_STRUCK})>[^<\n]{{1,2000}}</\1>"
)


def _markdown(path: Path, data: bytes) -> Extracted:
    text, encoding = decode(path, data)
    seen = _UNSEEN.sub(lambda struck: re.sub(r"\S", " ", struck[0]), text)
    return Extracted(seen, "text/markdown", encoding)


def _html(path: Path, data: bytes) -> Extracted:
    markup, encoding = decode(path, data)
    text, meta = read_page(markup)
    return Extracted(text, "text/html", encoding, meta=meta)


PLAIN: dict[str, Callable[[Path, bytes], Extracted]] = {".txt": _plain, ".md": _markdown}
"""Formats that are decoded and no more."""

READERS: dict[str, Callable[[Path, bytes], Extracted]] = PLAIN | {
    ".html": _html,
    ".htm": _html,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".eml": read_mail,
}
