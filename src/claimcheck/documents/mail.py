"""A mail (.eml) -> its text, what its head says, and the files attached to it.

The text is that of the plain parts; a part that is there as a page only is laid out as pages are. Attached
files of the formats that the project reads, and attached mails, become documents of their own (`files`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.generator import BytesGenerator
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, cast

from claimcheck.documents.decoding import decode
from claimcheck.documents.extracted import BROKEN, Attachment, DocumentError, Extracted, shown
from claimcheck.documents.webpage import read_page

MOST_PARTS = 1000
MOST_ATTACHED = 100
LONGEST_HEADER = 5_000  # bytes: the parser's time grows with their square
READABLE = frozenset({".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".eml"})

_SUFFIXES = {  # of a part that has no name
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
_HEADER = re.compile(
    rb"^(?:content-[a-z-]+|from|date|subject):[^\n]*(?:\n[ \t][^\n]*)*", re.MULTILINE | re.IGNORECASE
)
_BOUNDARY = re.compile(rb"^--", re.MULTILINE)
_LONGEST = 120  # characters of an attachment's name
_FAULTY = (*BROKEN, OSError, NotImplementedError)  # what the standard parser raises on some mails


def read_mail(path: Path, data: bytes) -> Extracted:
    """Text, subject, sender, day and attachments. Raises DocumentError."""
    if len(_BOUNDARY.findall(data)) > 10 * MOST_PARTS:  # the parser takes minutes over them
        raise DocumentError(path, f"has more than {MOST_PARTS:,} parts")
    if any(len(found[0]) > LONGEST_HEADER for found in _HEADER.finditer(data)):
        raise DocumentError(path, f"has a header of more than {LONGEST_HEADER:,} bytes")
    try:
        message = message_from_bytes(data, policy=policy.default)
        if not message.keys():
            raise DocumentError(path, "has no head as a mail has; save it as .txt if it is a text")
        return _extracted(path, message)
    except _FAULTY as error:
        raise DocumentError(path, f"is not a whole mail ({type(error).__name__})") from error


def _extracted(path: Path, message: EmailMessage) -> Extracted:
    texts: list[str] = []
    encodings: list[str] = []
    attached: list[Attachment] = []
    meta = _head(message)
    for part in _parts(path, message):
        name = _name(part, len(attached) + 1)
        if name is not None:
            if len(attached) == MOST_ATTACHED:
                raise DocumentError(
                    path, f"has more than {MOST_ATTACHED} attached files; save them by themselves"
                )
            attached.append(Attachment(_apart(name, attached), _bytes(part)))
        elif part.get_content_type() in ("text/plain", "text/html") and not _is_file(part):
            text, encoding, said = _body(path, part)
            if text.strip():
                texts.append(text)
                encodings.append(encoding)
                meta |= {"language": said["language"]} if "language" in said else {}
    text = "\n\n".join(texts)
    if not text and not attached:
        raise DocumentError(path, "has no text")
    return Extracted(
        text, "message/rfc822", encodings[0] if encodings else None, meta=meta, attached=tuple(attached)
    )


def _head(message: EmailMessage) -> dict[str, str]:
    """Title, author, and the day that the sender's own clock showed."""
    found = {"title": _header(message, "subject"), "author": _sender(message)}
    with suppress(*_FAULTY):  # there is none, or none that the calendar has
        found["date"] = message["date"].datetime.date().isoformat()
    return {key: value for key, value in found.items() if value}


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = message[name]
    except _FAULTY:
        return ""
    return " ".join(str(value or "").split())


def _sender(message: EmailMessage) -> str:
    """The first sender's name, else the address, else what stands there."""
    try:
        first = message["from"].addresses[0]
        return str(first.display_name or first.addr_spec)
    except _FAULTY:
        return _header(message, "from")


def _parts(path: Path, message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something, in order; of alternatives the plainest."""
    waiting = [message]
    seen = 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen > MOST_PARTS:
            raise DocumentError(path, f"has more than {MOST_PARTS:,} parts")
        if part.get_content_maintype() != "multipart" or not part.is_multipart():
            yield part
            continue
        inner = [cast(EmailMessage, p) for p in part.get_payload()]
        if part.get_content_subtype() == "alternative" and inner:
            inner = [_plainest(inner)]
        waiting.extend(reversed(inner))


def _plainest(parts: list[EmailMessage]) -> EmailMessage:
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and _bytes(part).strip():
                return part
    return next((part for part in reversed(parts) if part.is_multipart()), parts[0])


def _is_file(part: EmailMessage) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or part.get_filename() is not None
    except _FAULTY:
        return False


def _name(part: EmailMessage, number: int) -> str | None:
    """The name of an attached file that can be read, None for any other part. It never holds a folder."""
    kind = part.get_content_type()
    suffix = _SUFFIXES.get(kind)
    if kind == "message/rfc822":
        inner = part.get_payload()
        subject = (
            _header(cast(EmailMessage, inner[0]), "subject") if isinstance(inner, list) and inner else ""
        )
        return _clean(subject, number) + ".eml"
    if not _is_file(part) and kind in ("text/plain", "text/html"):
        return None
    try:
        given = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
    except _FAULTY:
        given = ""
    stem, dot, last = given.rpartition(".")
    if dot and f".{last.lower()}" in READABLE:
        return f"{_clean(stem, number)}.{last.lower()}"
    if given and kind != "application/pdf":
        return None
    return None if suffix is None else _clean(given, number) + suffix


def _clean(stem: str, number: int) -> str:
    plain = re.sub(r"[/\\:*?\"<>|]", " ", shown(stem)).replace("\\", " ")
    return " ".join(plain.split()).strip(". ")[:_LONGEST] or f"attachment {number}"


def _apart(name: str, others: list[Attachment]) -> str:
    """The name, told apart from those of the other attachments."""
    taken = {other.name for other in others}
    stem, _, suffix = name.rpartition(".")
    tries = (name, *(f"{stem} ({number}).{suffix}" for number in range(2, MOST_ATTACHED + 2)))
    return next(each for each in tries if each not in taken)


def _bytes(part: EmailMessage) -> bytes:
    """The part's bytes, decoded from base64 or quoted-printable; a mail inside as it would be sent."""
    if part.get_content_type() == "message/rfc822":
        inner: Any = part.get_payload()
        out = BytesIO()
        as_it_was = policy.default.clone(refold_source="none")
        BytesGenerator(out, mangle_from_=False, policy=as_it_was).flatten(
            inner[0] if inner else EmailMessage()
        )
        return out.getvalue()
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


def _body(path: Path, part: EmailMessage) -> tuple[str, str, dict[str, str]]:
    """A part's text, its encoding and what it says of itself: as declared, else as any other text."""
    data = _bytes(part)
    said: dict[str, str] = {}
    try:
        declared = part.get_content_charset() or "utf-8"
        text, encoding = data.decode(declared), declared
    except (LookupError, UnicodeError):
        text, encoding = decode(path, data)
    if part.get_content_type() == "text/html":
        text, said = read_page(text)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"), encoding, said
