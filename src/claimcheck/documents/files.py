"""Paths -> documents: files, folders and JSON Lines, each with its text, zones, own date and provenance.

A document that cannot be read never stops the others: `read_all` hands it back as `Unreadable`.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from claimcheck.documents import jsonline, limits, sandbox
from claimcheck.documents.datelines import locale_of, metadata_day, own_dates
from claimcheck.documents.extracted import (
    BROKEN,
    LIMIT,
    TEXT_BYTES,
    TEXT_LIMIT,
    Attachment,
    DocumentError,
    Extracted,
    InstallationError,
    shown,
    whole,
)
from claimcheck.documents.metadata import META_KEYS, SIDECARS, first_heading, front_matter, put, sidecar
from claimcheck.documents.opening import content, name_of
from claimcheck.documents.readers import PLAIN, READERS, extract
from claimcheck.documents.zones import zones_and_items
from claimcheck.hidden import as_seen
from claimcheck.model import Document, Zone

# ----------------------------------------------------------------------------------------------------
# JSON Lines: a document on each line, {"id", "text", "date", "about", …}.


@dataclass(frozen=True, slots=True)
class Row:
    """One document of such a file: what `make` takes."""

    line: int
    id: str
    text: str
    meta: dict[str, Any]


def json_lines(path: Path) -> Iterator[Row | DocumentError]:
    """The documents of a .jsonl file, a line each; blank lines are skipped, bad ones come as errors."""
    seen: dict[str, int] = {}
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(TEXT_BYTES + 1):
            number += 1
            try:
                if len(raw) > TEXT_BYTES:
                    while raw and not raw.endswith(b"\n"):
                        raw = file.readline(TEXT_BYTES)
                    message = f"has more than {TEXT_BYTES:,} bytes; split the document"
                    raise DocumentError(path, message, line=number)
                if raw.strip():
                    yield _row(path, number, raw, seen)
            except DocumentError as error:
                yield error


def _row(path: Path, number: int, raw: bytes, seen: dict[str, int]) -> Row:
    row = (sandbox.fields_of if len(raw) > jsonline.LONG else jsonline.fields_of)(path, number, raw)
    for key in ("id", "text"):
        if not isinstance(row.get(key), str):
            message = f'needs a string "{key}"'
            raise DocumentError(path, message, line=number, column=key, value=json.dumps(row.get(key)))
    id = row["id"]
    if not id.strip():
        raise DocumentError(path, 'needs an "id" that is not empty', line=number, column="id", value=id)
    if len(f"{id}.".splitlines()) > 1:
        message = "has a line break in it; an id stands in one line"
        raise DocumentError(path, message, line=number, column="id", value=id)
    if whole(id) != id:
        message = "has half a character in it; give it another"
        raise DocumentError(path, message, line=number, column="id", value=whole(id))
    if id in seen:
        message = f"this id was used on line {seen[id]} already; ids are unique in their file"
        raise DocumentError(path, message, line=number, column="id", value=id)
    seen[id] = number
    meta: dict[str, Any] = {}
    for key in META_KEYS:
        put(meta, key, row.get(key), path, number)
    return Row(number, id, row["text"], meta)


# ----------------------------------------------------------------------------------------------------
# A document that cannot be read never stops the others: `read_all` hands it back as `Unreadable`, with a
# DocumentError that names file, line, column and value and says what to do. A file that is attached to a
# mail is a document of its own: its id and its path are the mail's with its name behind
# ("mail.eml/letter.pdf").

_DEEPEST = 3  # mails inside mails
_MOST_OF_A_MAIL = 200  # documents, with all that is inside
_BYTES_OF_A_MAIL = 2 * LIMIT
_TIMES_OF_A_MAIL = 3  # as much time as one document of its size may take
_WRITTEN = frozenset({*PLAIN, ".html", ".htm"})  # all of such a file is text


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that could not be read, and why. `path` can be printed, and kept in a database."""

    path: str
    error: DocumentError


def read(path: Path) -> Iterator[Document]:
    """The documents of a file, a folder or a .jsonl file. Raises DocumentError at the first bad one."""
    for document in read_all([path]):
        if isinstance(document, Unreadable):
            raise document.error
        yield document


def read_all(paths: Iterable[Path]) -> Iterator[Document | Unreadable]:
    """The documents of all paths in the order given; the bad ones are reported and the rest goes on.

    Raises InstallationError where no document is at fault.
    """
    limits.seconds()  # a setting that is wrong is said once, and not for each document
    for path in paths:
        if path.is_dir():
            for file in _files(path):
                yield from [file] if isinstance(file, Unreadable) else _read_file(file, path)
        else:
            yield from _read_file(path, path.parent)


def make(
    id: str,
    text: str,
    *,
    meta: Mapping[str, Any] | None = None,
    stated: Mapping[str, str] | None = None,
    path: str | None = None,
    extracted: Extracted | None = None,
    line: int | None = None,
) -> Document:
    """A document of a text. `meta` is what a person gave (date as `datetime.date`), `stated` what the file
    says of itself (date as ISO text). The date given wins over a dateline, and that over the file's.

    Raises DocumentError where the text is too long, or takes too much time or memory.
    """
    text = as_seen(whole(text))
    meta, stated = _whole(meta or {}), _whole(stated or {})
    if len(text) > TEXT_LIMIT:
        message = f"has {len(text):,} characters, more than the limit of {TEXT_LIMIT:,}; split it"
        raise DocumentError(path or id, message)
    with limits.bounded(id, path, len(text), "read", line):
        zones, items = zones_and_items(text)
        day, origin = _own_date(text, zones, meta.get("date"), stated.get("date"))
        locale = locale_of(text, stated.get("language"))
    return Document(
        id=id,
        text=text,
        date=day,
        date_origin=origin,
        about=meta.get("about"),
        title=meta.get("title") or stated.get("title"),
        author=meta.get("author") or stated.get("author"),
        publisher=meta.get("publisher") or stated.get("publisher"),
        address=meta.get("address") or stated.get("address"),
        path=path,
        encoding=None if extracted is None else extracted.encoding,
        media_type="text/plain" if extracted is None else extracted.media_type,
        locale=locale,
        zones=zones,
        items=items,
        pages=() if extracted is None else extracted.pages,
        line=line,
    )


def _whole(noted: Mapping[str, Any]) -> dict[str, Any]:
    return {key: whole(value) if isinstance(value, str) else value for key, value in noted.items()}


def _own_date(
    text: str, zones: tuple[Zone, ...], given: date | None, metadata: str | None
) -> tuple[date | None, str | None]:
    if given is not None:
        return given, "given"
    stated = own_dates(text, zones)
    if stated:
        return stated[0].day, "dateline"
    day = None if metadata is None else metadata_day(metadata)
    return day, None if day is None else "metadata"


def _files(root: Path) -> Iterator[Path | Unreadable]:
    """Readable files under a folder, by name; hidden ones, side-cars and other kinds of file are left out."""
    inside, waiting = root.resolve(), [root]
    while waiting:
        entry = waiting.pop()
        linked = entry != root and entry.is_symlink()
        if linked and not _is_within(entry, inside):
            message = f"is a link that leads out of {root}; give its target as a path of its own"
            yield _unreadable(entry, DocumentError(entry, message))
        elif entry.is_dir():
            try:
                names = [] if linked else sorted(os.listdir(entry), reverse=True)  # read where it stands
            except OSError as error:
                yield _unreadable(entry, DocumentError(entry, f"cannot be listed: {error.strerror}"))
                continue
            waiting += [entry / n for n in names if not n.startswith(".") and not n.endswith(SIDECARS)]
        elif entry.suffix.lower() in READERS or entry.suffix.lower() == ".jsonl":
            yield entry


def _is_within(entry: Path, inside: Path) -> bool:
    try:
        return entry.resolve(strict=True).is_relative_to(inside)
    except (OSError, RuntimeError):  # broken, or a circle of links
        return False


def _unreadable(path: Path, error: DocumentError) -> Unreadable:
    return Unreadable(shown(str(path)), error)


def _read_file(path: Path, root: Path) -> Iterator[Document | Unreadable]:
    try:
        name_of(path)
        if not path.is_file():
            raise DocumentError(path, "no such file or folder" if not path.exists() else "is not a file")
        if path.suffix.lower() == ".jsonl":
            for row in json_lines(path):
                yield _line(path, row)
            return
        data = content(path, TEXT_BYTES if path.suffix.lower() in _WRITTEN else LIMIT)
        yield from _contained(path, path.relative_to(root).as_posix(), data, 0, _Budget(path, len(data)))
    except InstallationError:
        raise
    except DocumentError as error:
        yield _unreadable(path, error)
    except OSError as error:
        yield _unreadable(path, DocumentError(path, f"cannot be read: {error.strerror or error}"))


def _line(path: Path, row: Row | DocumentError) -> Document | Unreadable:
    if isinstance(row, DocumentError):
        return _unreadable(path, row)
    try:
        return _made(row.id, row.text, path, meta=row.meta, line=row.line)
    except limits.Overrun as error:  # it says all of this
        return _unreadable(path, error)
    except DocumentError as error:
        message = f"{error.message} (the document {row.id[:80]!r})"
        return _unreadable(path, DocumentError(path, message, line=row.line))


class _Budget:
    """What a file may cost with all that is attached to it, and to that: documents, bytes and time."""

    def __init__(self, path: Path, size: int) -> None:
        self._path = path
        self._documents, self._bytes = _MOST_OF_A_MAIL, _BYTES_OF_A_MAIL
        self._limit = self._seconds = _TIMES_OF_A_MAIL * limits.allowed(size)

    def take(self, size: int) -> None:
        """Count a document of so many bytes. Raises _Spent."""
        self._documents -= 1
        self._bytes -= size
        if self._documents < 0:
            raise self._spent(f"has more than {_MOST_OF_A_MAIL} documents in it")
        if self._bytes < 0:
            raise self._spent(f"has more than {_BYTES_OF_A_MAIL:,} bytes in it")

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Count the time of the block. Raises _Spent behind it."""
        begin = time.monotonic()
        try:
            yield
        finally:
            self._seconds -= time.monotonic() - begin
        if self._seconds < 0:
            raise self._spent(f"takes longer than {self._limit:.3g} seconds to read with all that is in it")

    def _spent(self, what: str) -> _Spent:
        return _Spent(self._path, f"{what}; the rest was not read: save what is attached by itself")


class _Spent(DocumentError):
    """A mail costs more than it may."""


def _contained(
    path: Path, id: str, data: bytes, depth: int, budget: _Budget
) -> Iterator[Document | Unreadable]:
    """The document that a file's bytes are, and those attached to it. Raises _Spent."""
    budget.take(len(data))
    with budget.timed():
        read, attached = _opened(path, id, data, depth)
    yield read
    for part in attached:
        inner = path / part.name
        if depth == _DEEPEST:
            message = f"is inside mails that are inside mails, more than {_DEEPEST} deep; save it by itself"
            yield _unreadable(inner, DocumentError(inner, message))
        else:
            yield from _contained(inner, f"{id}/{part.name}", part.data, depth + 1, budget)


def _opened(
    path: Path, id: str, data: bytes, depth: int
) -> tuple[Document | Unreadable, tuple[Attachment, ...]]:
    """The document that a file's bytes are, or why it is none, and the files attached to it."""
    try:
        extracted = _extracted(path, id, data)
        text: str = extracted.text
        meta: dict[str, Any] = {}
        stated = dict(extracted.meta)
        if extracted.media_type in ("text/plain", "text/markdown"):
            text, meta = front_matter(path, text)
        if extracted.media_type == "text/markdown" and (title := first_heading(text)):
            stated.setdefault("title", title)
        if depth == 0:
            meta |= sidecar(path)
        made = _made(id, text, path, meta=meta, stated=stated, extracted=extracted)
    except DocumentError as error:
        return _unreadable(path, error), ()
    return made, extracted.attached


def _extracted(path: Path, id: str, data: bytes) -> Extracted:
    """The text of a file: decoded here, or laid out by a process that can be ended."""
    if path.suffix.lower() in READERS and path.suffix.lower() not in PLAIN:
        return sandbox.extract(path, data)
    with limits.bounded(id, str(path), len(data), "read"):
        return extract(path, data)


def _made(id: str, text: str, path: Path, **noted: Any) -> Document:
    try:
        return make(id, text, path=str(path), **noted)
    except BROKEN as error:
        raise DocumentError(path, f"cannot be read ({type(error).__name__}: {error})") from error
