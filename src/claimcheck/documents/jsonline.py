"""One line of JSON Lines -> the fields of a document. What else stands there is not built.

A value takes up to fifty times its length in memory as Python has it. So a long line is read field by field,
by a process that can be ended (`worker`), and the values of fields that no document has are passed over.
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

from claimcheck.documents.extracted import DocumentError
from claimcheck.documents.metadata import META_KEYS

FIELDS = ("id", "text", *META_KEYS)
LONG = 1_000_000  # bytes
_DIGITS = 4000  # of a number; no field is a number at all
_SPACE = re.compile(r"[ \t\n\r]*+")
_PLAIN = re.compile(r'[^"\[\]{},\s]++')  # a number, true, false, null
_INSIDE = re.compile(r'[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+"|[\[{]++|[\]}]++', re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)


def fields_of(path: Path, number: int, raw: bytes) -> dict[str, Any]:
    """The fields of the document on line `number`. Raises DocumentError."""
    content = ""
    try:
        content = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        row = _DECODER.decode(content) if len(raw) <= LONG else _known(content)
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


def _known(content: str) -> Any:
    """An object with the known fields alone, of the last of a name as `json` has it; else any value.

    Of what is passed over only strings and the number of brackets are looked at. Raises JSONDecodeError.
    """
    at = _blank(content, 0)
    if content[at : at + 1] != "{":
        return _DECODER.decode(content[:100] if content[at : at + 1] == "[" else content)
    found: dict[str, Any] = {}
    at = _blank(content, at + 1)
    while content[at : at + 1] != "}":
        key = _STRING.match(content, at)
        if key is None:
            raise json.JSONDecodeError("Expecting property name enclosed in double quotes", content, at)
        at = _blank(content, key.end())
        if content[at : at + 1] != ":":
            raise json.JSONDecodeError("Expecting ':' delimiter", content, at)
        at = _blank(content, at + 1)
        name = _DECODER.decode(key[0])
        if name in FIELDS:
            found[name], at = _DECODER.raw_decode(content, at)
        else:
            at = _behind_value(content, at)
        at = _blank(content, at)
        if content[at : at + 1] == ",":
            at = _blank(content, at + 1)
        elif content[at : at + 1] != "}":
            raise json.JSONDecodeError("Expecting ',' delimiter", content, at)
    if (rest := _blank(content, at + 1)) != len(content):
        raise json.JSONDecodeError("Extra data", content, rest)
    return found


def _blank(content: str, at: int) -> int:
    found = _SPACE.match(content, at)
    return at if found is None else found.end()


def _behind_value(content: str, at: int) -> int:
    """Where the value ends that begins at `at`."""
    opening = content[at : at + 1]
    if opening not in ("{", "["):
        found = (_STRING if opening == '"' else _PLAIN).match(content, at)
        if found is None:
            raise json.JSONDecodeError("Expecting value", content, at)
        return found.end()
    depth, end = 0, at
    while True:
        token = _INSIDE.match(content, end)
        if token is None:
            raise json.JSONDecodeError("Unterminated value", content, at)
        begin, end = end, token.end()
        if content[begin] in "[{":
            depth += end - begin
        elif content[begin] in "]}":
            if end - begin >= depth:  # the object's own bracket may stand behind the last
                return begin + depth
            depth -= end - begin
