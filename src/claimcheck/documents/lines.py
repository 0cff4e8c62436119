"""JSON Lines: a document on each line, {"id", "text", "date", "about", …}."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimcheck.documents import jsonline, sandbox
from claimcheck.documents.extracted import TEXT_BYTES, DocumentError, whole
from claimcheck.documents.metadata import META_KEYS, put


@dataclass(frozen=True, slots=True)
class Row:
    """One document of such a file: what `make` takes."""

    line: int
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
    row = (sandbox.fields_of if len(raw) > jsonline.LONG else jsonline.fields_of)(path, number, raw)
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
    return Row(number, id, row["text"], meta)
