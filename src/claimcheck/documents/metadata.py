"""What a person said about a document: front matter at its head, or a side-car file beside it.

Front matter (`---`, then `key: value` lines, then `---`) belongs to a .txt or .md file, not to its text; a
side-car `letter.txt.meta.json` (or `.meta.toml`) beside any file does the same and has the last word.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from claimcheck.documents.extracted import DocumentError
from claimcheck.documents.opening import content

META_KEYS = ("title", "author", "publisher", "date", "address", "about")
SIDECARS = (".meta.json", ".meta.toml")
_ABOUT = re.compile(r"[^\s:]{1,200}:\S.{0,500}")
_ISO_DAY = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt ]\s?(\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?) ?(Z|z|[+-]\d\d(?::?\d\d)?)?)?"
)
_FRONT = re.compile(r"---[ \t]*\r?\n")
_FRONT_LINE = re.compile(r"([\w-]{1,40})[ \t]*:[ \t]*(.*)")
_HEADING = re.compile(r"\s*#{1,6}[ \t]+([^\n]*?[^\n#\s])[ \t]*#*[ \t]*(?:\n|$)")
_FRONT_LINES = 50
_SIDECAR_LIMIT = 1_000_000  # bytes


def front_matter(path: Path, text: str) -> tuple[str, dict[str, Any]]:
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
            put(found, match[1].lower(), value or None, path, number)
        elif match is None and line and line[0] not in "#-":
            break
        if stop < 0:
            break
    return text, {}


def first_heading(text: str) -> str | None:
    """What the heading says with which a Markdown text opens; None where it opens with something else."""
    found = _HEADING.match(text[:2000])
    return found[1] if found else None


def sidecar(path: Path) -> dict[str, Any]:
    """What `<name>.meta.json` or `.meta.toml` beside the file says; an unknown key is an error."""
    for name in (path.name, path.stem):
        for suffix in SIDECARS:
            beside = path.with_name(name + suffix)
            if os.path.exists(beside):  # not where that name would be too long
                return _checked_sidecar(beside)
    return {}


def _checked_sidecar(beside: Path) -> dict[str, Any]:
    try:
        said = content(beside, _SIDECAR_LIMIT).decode("utf-8")
        table = json.loads(said) if beside.suffix == ".json" else tomllib.loads(said)
    except (ValueError, RecursionError) as error:
        raise DocumentError(beside, f"is not valid {beside.suffix[1:].upper()}: {error}") from error
    if not isinstance(table, dict):
        raise DocumentError(beside, f"must be a table of {', '.join(META_KEYS)}")
    found: dict[str, Any] = {}
    for key, value in table.items():
        if key not in META_KEYS:
            raise DocumentError(beside, f"unknown key; known are {', '.join(META_KEYS)}", column=key)
        put(found, key, value, beside, None)
    return found


def put(found: dict[str, Any], key: str, value: Any, path: Path, line: int | None) -> None:
    """Check one value of metadata and keep it; null is "not given"."""
    if value is None:
        return
    if key == "date" and isinstance(value, date):
        found[key] = value.date() if isinstance(value, datetime) else value
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
    """The day as it is written: 23:30 in New York is that day, whatever day it is elsewhere."""
    try:
        written = _ISO_DAY.fullmatch(value)
        if written is None:
            raise ValueError(value)
        return datetime.fromisoformat(
            "T".join(filter(None, written.groups()[:2])) + (written[3] or "")
        ).date()
    except ValueError:
        message = "must be a day that exists, written YYYY-MM-DD (a time of day may follow), or null"
        raise DocumentError(path, message, line=line, column="date", value=value) from None
