"""Paths -> documents: files, folders and JSON Lines, each with its text, zones, own date and provenance.

A document that cannot be read never stops the others: `read_all` hands it back as `Unreadable`, with a
DocumentError that names file, line, column and value and says what to do. Front matter (`---`, then
`key: value` lines, then `---`) belongs to a .txt or .md file, not to its text; a side-car
`letter.txt.meta.json` (or `.meta.toml`) beside any file does the same and has the last word.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from claimcheck.documents.datelines import locale_of, metadata_day, own_dates
from claimcheck.documents.readers import LIMIT, READERS, DocumentError, Extracted, extract
from claimcheck.documents.zones import zones_and_items
from claimcheck.model import Document

__all__ = ["DocumentError", "Unreadable", "make", "read", "read_all"]

META_KEYS = ("title", "author", "publisher", "date", "about")
_SIDECARS = (".meta.json", ".meta.toml")
_ABOUT = re.compile(r"[^\s:]{1,200}:\S.{0,500}")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FRONT = re.compile(r"---[ \t]*\r?\n")
_FRONT_LINE = re.compile(r"([\w-]{1,40})[ \t]*:[ \t]*(.*)")
_FRONT_LINES = 50


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that could not be read, and why."""

    path: str
    error: DocumentError


def read(path: Path) -> Iterator[Document]:
    """The documents of a file, a folder or a .jsonl file. Raises DocumentError at the first bad one."""
    for document in _read_path(path):
        if isinstance(document, Unreadable):
            raise document.error
        yield document


def read_all(paths: Iterable[Path]) -> Iterator[Document | Unreadable]:
    """The documents of all paths in the order given; the bad ones are reported and the rest goes on."""
    for path in paths:
        yield from _read_path(path)


def make(
    id: str,
    text: str,
    *,
    meta: Mapping[str, Any] | None = None,
    stated: Mapping[str, str] | None = None,
    path: str | None = None,
    extracted: Extracted | None = None,
) -> Document:
    """A document of a text. `meta` is what a person gave (date as `datetime.date`), `stated` what the file
    says of itself (date as ISO text). The date given wins over a dateline, and that over the file's.
    """
    meta, stated = meta or {}, stated or {}
    zones, items = zones_and_items(text)
    day, origin = _own_date(text, zones, meta.get("date"), stated.get("date"))
    return Document(
        id=id,
        text=text,
        date=day,
        date_origin=origin,
        about=meta.get("about"),
        title=meta.get("title") or stated.get("title"),
        author=meta.get("author") or stated.get("author"),
        publisher=meta.get("publisher") or stated.get("publisher"),
        path=path,
        encoding=None if extracted is None else extracted.encoding,
        media_type="text/plain" if extracted is None else extracted.media_type,
        locale=locale_of(text, stated.get("language")),
        zones=zones,
        items=items,
        pages=() if extracted is None else extracted.pages,
    )


def _own_date(
    text: str, zones: Any, given: date | None, metadata: str | None
) -> tuple[date | None, str | None]:
    if given is not None:
        return given, "given"
    stated = own_dates(text, zones)
    if stated:
        return stated[0].day, "dateline"
    day = None if metadata is None else metadata_day(metadata)
    return day, None if day is None else "metadata"


def _read_path(path: Path) -> Iterator[Document | Unreadable]:
    if path.is_dir():
        for file in _files(path, path):
            yield from [file] if isinstance(file, Unreadable) else _read_file(file, path)
    else:
        yield from _read_file(path, path.parent)


def _files(folder: Path, root: Path) -> Iterator[Path | Unreadable]:
    """Readable files under `folder`, by name; hidden ones, side-cars and other kinds of file are left out."""
    inside = root.resolve()
    try:
        entries = sorted(os.listdir(folder))
    except OSError as error:
        yield Unreadable(str(folder), DocumentError(folder, f"cannot be listed: {error.strerror}"))
        return
    for name in entries:
        entry = folder / name
        if name.startswith(".") or name.endswith(_SIDECARS):
            continue
        if entry.is_symlink() and not _is_within(entry, inside):
            message = f"is a link that leads out of {root}; give its target as a path of its own"
            yield Unreadable(str(entry), DocumentError(entry, message))
        elif entry.is_dir():
            if not entry.is_symlink():  # its target is read where it stands
                yield from _files(entry, root)
        elif entry.suffix.lower() in READERS or entry.suffix.lower() == ".jsonl":
            yield entry


def _is_within(entry: Path, inside: Path) -> bool:
    try:
        return entry.resolve(strict=True).is_relative_to(inside)
    except (OSError, RuntimeError):  # broken, or a circle of links
        return False


def _read_file(path: Path, root: Path) -> Iterator[Document | Unreadable]:
    try:
        if not path.is_file():
            raise DocumentError(path, "no such file or folder" if not path.exists() else "is not a file")
        if path.suffix.lower() == ".jsonl":
            yield from _read_lines(path)
            return
        yield _read_single(path, path.relative_to(root).as_posix())
    except DocumentError as error:
        yield Unreadable(str(path), error)
    except OSError as error:
        yield Unreadable(str(path), DocumentError(path, f"cannot be read: {error.strerror or error}"))


def _read_single(path: Path, id: str) -> Document:
    size = path.stat().st_size
    if size > LIMIT:
        raise DocumentError(path, f"has {size:,} bytes, more than the limit of {LIMIT:,}; split it")
    extracted = extract(path, path.read_bytes())
    text: str = extracted.text
    front: dict[str, Any] = {}
    if extracted.media_type in ("text/plain", "text/markdown"):
        text, front = _front_matter(path, extracted.text)
    meta = front | _sidecar(path)
    return make(id, text, meta=meta, stated=extracted.meta, path=str(path), extracted=extracted)


def _front_matter(path: Path, text: str) -> tuple[str, dict[str, Any]]:
    """The text behind the front matter, and what that says. Text that only looks like it is left alone."""
    if _FRONT.match(text) is None:
        return text, {}
    found: dict[str, Any] = {}
    at = text.index("\n") + 1
    for number in range(2, _FRONT_LINES + 2):
        stop = text.find("\n", at)
        line = text[at : len(text) if stop < 0 else stop].strip()
        at = len(text) if stop < 0 else stop + 1
        if line == "---":
            return (text[at:], found) if found else (text, {})
        match = _FRONT_LINE.fullmatch(line[:2000])
        if match is not None and match[1].lower() in META_KEYS:
            value = match[2].strip().strip("\"'")
            _put(found, match[1].lower(), value or None, path, number)
        elif match is None and line and line[0] not in "#-":
            break
        if stop < 0:
            break
    return text, {}


def _sidecar(path: Path) -> dict[str, Any]:
    """What `<name>.meta.json` or `.meta.toml` beside the file says; an unknown key is an error."""
    for name in (path.name, path.stem):
        for suffix in _SIDECARS:
            beside = path.with_name(name + suffix)
            if beside.is_file():
                return _checked_sidecar(beside)
    return {}


def _checked_sidecar(beside: Path) -> dict[str, Any]:
    try:
        content = beside.read_text(encoding="utf-8")
        table = json.loads(content) if beside.suffix == ".json" else tomllib.loads(content)
    except (ValueError, RecursionError) as error:
        raise DocumentError(beside, f"is not valid {beside.suffix[1:].upper()}: {error}") from error
    if not isinstance(table, dict):
        raise DocumentError(beside, f"must be a table of {', '.join(META_KEYS)}")
    found: dict[str, Any] = {}
    for key, value in table.items():
        if key not in META_KEYS:
            raise DocumentError(beside, f"unknown key; known are {', '.join(META_KEYS)}", column=key)
        _put(found, key, value, beside, None)
    return found


def _put(found: dict[str, Any], key: str, value: Any, path: Path, line: int | None) -> None:
    """Check one value of metadata and keep it; null is "not given"."""
    if value is None:
        return
    if key == "date" and type(value) is date:
        found[key] = value
        return
    if not isinstance(value, str):
        given = json.dumps(value, default=str)
        raise DocumentError(path, "must be a string", line=line, column=key, value=given)
    if key == "date":
        found[key] = _day(value, path, line)
    elif key == "about" and _ABOUT.fullmatch(value) is None:
        message = 'must be "resource:key", the table and the row that the document is about'
        raise DocumentError(path, message, line=line, column=key, value=value)
    else:
        found[key] = value


def _day(value: str, path: Path, line: int | None) -> date:
    try:
        if _ISO_DAY.fullmatch(value) is None:
            raise ValueError(value)
        return date.fromisoformat(value)
    except ValueError:
        message = "must be a day that exists, written YYYY-MM-DD, or null"
        raise DocumentError(path, message, line=line, column="date", value=value) from None


def _read_lines(path: Path) -> Iterator[Document | Unreadable]:
    """The documents of a .jsonl file, a line each; blank lines are skipped, bad ones reported."""
    seen: dict[str, int] = {}
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(LIMIT + 1):
            number += 1
            try:
                if len(raw) > LIMIT:
                    while raw and not raw.endswith(b"\n"):
                        raw = file.readline(LIMIT)
                    message = f"has more than {LIMIT:,} bytes; split the document"
                    raise DocumentError(path, message, line=number)
                if raw.strip():
                    yield _line_document(path, number, raw, seen)
            except DocumentError as error:
                yield Unreadable(str(path), error)


def _line_document(path: Path, number: int, raw: bytes, seen: dict[str, int]) -> Document:
    row = _parsed(path, number, raw)
    for key in ("id", "text"):
        if not isinstance(row.get(key), str):
            message = f'needs a string "{key}"'
            raise DocumentError(path, message, line=number, column=key, value=json.dumps(row.get(key)))
    id = row["id"]
    if not id.strip():
        raise DocumentError(path, 'needs an "id" that is not empty', line=number, column="id", value=id)
    if id in seen:
        message = f"this id was used on line {seen[id]} already; ids are unique in their file"
        raise DocumentError(path, message, line=number, column="id", value=id)
    seen[id] = number
    meta: dict[str, Any] = {}
    for key in META_KEYS:
        _put(meta, key, row.get(key), path, number)
    return make(id, row["text"], meta=meta, path=str(path))


def _parsed(path: Path, number: int, raw: bytes) -> dict[str, Any]:
    try:
        content = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        row = json.loads(content)
    except UnicodeDecodeError as error:
        message = "is not UTF-8; save the file as UTF-8"
        value = raw[error.start : error.start + 4].hex(" ")
        raise DocumentError(path, message, line=number, column=error.start + 1, value=value) from None
    except json.JSONDecodeError as error:
        value = content[max(0, error.pos - 20) : error.pos + 20]
        message = f"is not valid JSON ({error.msg}); each line holds one document"
        raise DocumentError(path, message, line=number, column=error.pos + 1, value=value) from None
    except (RecursionError, ValueError) as error:  # nested too deep, or a number of too many digits
        raise DocumentError(path, f"cannot be parsed ({error})", line=number) from None
    if not isinstance(row, dict):
        message = 'must be an object {"id": …, "text": …}'
        raise DocumentError(path, message, line=number, column=1, value=content[:40])
    return row
