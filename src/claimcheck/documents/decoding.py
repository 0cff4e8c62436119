"""Bytes -> text: which encoding it is, and what is done with bytes that fit none."""

from __future__ import annotations

import re
from pathlib import Path

from claimcheck.documents.extracted import DocumentError

_SAMPLE = 50_000  # bytes behind the first one outside ASCII from which an encoding is told
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_OUTSIDE_ASCII = bytes(128) + b"\x01" * 128
_FEW, _MOSTLY_ASCII = 6, 0.1  # bytes outside ASCII, and their share: what Western languages hold at most
# A sign between letters, a currency before a word: those bytes are letters, of another encoding.
_MISREAD = re.compile(
    r"[^\W\d_][\xa1-\xa9\xab\xac\xae-\xb4\xb6\xb8\xb9\xbb-\xbf\xd7\xf7][^\W\d_]"
    r"|[\xa2-\xa5][a-z\xdf-\xff]{2}|[\xc0-\xff]{4}"
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?([\w.:-]{2,40})", re.IGNORECASE
)


def decode(path: Path, data: bytes) -> tuple[str, str]:
    """Text and encoding: byte order mark, UTF-8, what HTML declares, Windows-1252, else what fits best.

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
    western = _western(data)
    if western is not None:
        return western, "cp1252"
    guess = _guess(data, first)
    if guess is None:
        raise DocumentError(path, "is not text in any known encoding; save it as UTF-8")
    return _decoded(data, guess)


def _western(data: bytes) -> str | None:
    """The text as Windows-1252, where it is mostly ASCII and nothing in it speaks against that.

    English has so few other bytes ("£", "’", "é") that no statistics tell its encoding from others; HTML's
    standard takes Windows-1252 as well where nothing is declared.
    """
    if sum(data.translate(_OUTSIDE_ASCII)) > max(_FEW, len(data) * _MOSTLY_ASCII):
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return None if _MISREAD.search(text) else text


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), f"{encoding}, undecodable bytes replaced"


def _guess(data: bytes, first: int) -> str | None:
    from charset_normalizer import from_bytes  # 60 ms: only where UTF-8 fails

    start = max(0, first - 1000) // 2 * 2
    best = from_bytes(data[start : start + _SAMPLE], cp_exclusion=["cp1252"]).best()
    return None if best is None else best.encoding
