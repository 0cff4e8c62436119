"""One line of JSON Lines -> the fields of a document.

A value takes up to fifty times its length in memory as Python has it. So a long line is read by a process
that can be ended (`worker`).
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from claimcheck.documents.extracted import DocumentError
from claimcheck.documents.metadata import META_KEYS

FIELDS = ("id", "text", *META_KEYS)
LONG = 1_000_000  # bytes
_DIGITS = 4000  # of a number; no field is a number at all


def fields_of(path: Path, number: int, raw: bytes) -> dict[str, Any]:
    """The fields of the document on line `number`. Raises DocumentError."""
    content = ""
    try:
        content = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        row = _DECODER.decode(content)
    except UnicodeDecodeError as error:
        message = "is not UTF-8; save the file as UTF-8"
        value = raw[error.start : error.start + 4].hex(" ")
        raise DocumentError(path, message, line=number, column=error.start + 1, value=value) from None
    except json.JSONDecodeError as error:
        value = content[max(0, error.pos - 20) : error.pos + 20]
        message = f"is not valid JSON ({error.msg}); each line holds one document"
        raise DocumentError(path, message, line=number, column=error.pos + 1, value=value) from None
    except RecursionError:
        raise DocumentError(path, "is nested too deep; a document has plain values", line=number) from None
    if not isinstance(row, dict):
        message = 'must be an object {"id": …, "text": …}'
        raise DocumentError(path, message, line=number, column=1, value=content[:40])
    return {key: row[key] for key in FIELDS if key in row}


def _number(digits: str) -> int | float:
    return int(digits) if len(digits) <= _DIGITS else math.inf


_DECODER = json.JSONDecoder(parse_int=_number)
