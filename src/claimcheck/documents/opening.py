"""The bytes of a file, whatever stands under its name: no pipe is waited for, no half-written file taken."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from claimcheck.documents.extracted import LIMIT, DocumentError, shown


def name_of(path: Path) -> str:
    """The path, for people and for the database. Raises DocumentError where its name is not plain text."""
    name = str(path)
    printed = shown(name)
    if printed == name:
        return name
    what = "bytes that are not UTF-8" if not _is_text(name) else "a line break or control character"
    raise DocumentError(printed, f"has {what} in its name; rename it")


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def content(path: Path, limit: int = LIMIT) -> bytes:
    """The bytes of a regular file. Raises DocumentError, OSError.

    The file that is opened is the file that is read: a name that points elsewhere meanwhile does no harm.
    One that is written to meanwhile is refused, for its bytes may belong to two versions.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as file:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise DocumentError(path, "is not a file")
        if before.st_size > limit:
            raise DocumentError(
                path, f"has {before.st_size:,} bytes, more than the limit of {limit:,}; split it"
            )
        data = file.read(limit + 1)
        after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(
        data
    ) != after.st_size:
        raise DocumentError(path, "was written to while it was read; the next run reads it again")
    return data
