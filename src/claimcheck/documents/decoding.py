"""Bytes -> text: which encoding it is, and what is done with bytes that fit none."""

from __future__ import annotations

import re
from pathlib import Path

from claimcheck.documents.extracted import DocumentError

_SAMPLE = 50_000  # bytes behind the first one outside ASCII from which an encoding is told
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?([\w.:-]{2,40})", re.IGNORECASE
)


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
        except (LookupError, UnicodeError):
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
