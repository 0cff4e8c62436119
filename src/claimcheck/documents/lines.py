"""JSON Lines: a document on each line, {"id", "text", "date", "about", …}."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimcheck.documents.extracted import TEXT_BYTES, DocumentError, whole
from claimcheck.documents.metadata import META_KEYS, put


@dataclass(frozen=True, slots=True)
class Row:
    """One document of such a file: what `make` takes."""

    id: str
    text: str
    meta: dict[str, Any]


def rows(path: Path) -> Iterator[Row | DocumentError]:
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
    row = _parsed(path, number, raw)
    for key in ("id", "text"):
        if not isinstance(row.get(key), str):
            message = f'needs a string "{key}"'
            raise DocumentError(path, message, line=number, column=key, value=json.dumps(row.get(key)))
    id = row["id"]
    if not id.strip():
        raise DocumentError(path, 'needs an "id" that is not empty', line=number, column="id", value=id)
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
    return Row(id, row["text"], meta)


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
