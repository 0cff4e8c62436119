"""What the system refused, as a sentence for a person: which file, why, and what to do about it."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

FULL = "the disk is full; free some space"
DENIED = "permission denied; give this user the right to write there, or name another place"
REASONS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: "the quota of this user is used up; free some space",
    errno.EFBIG: "the file would be larger than this system allows; raise that limit, or name another place",
    errno.EROFS: "the disk is read-only; name another place, or have it made writable",
    errno.EACCES: DENIED,
    errno.EPERM: DENIED,
    errno.EMFILE: "too many files are open; raise the limit (`ulimit -n`)",
    errno.ENOTDIR: "a file is there where a folder belongs; move it away, or name another place",
    errno.EEXIST: "a file is there where a folder belongs; move it away, or name another place",
}
"""By the system's number of the error."""
_BY_WORDS = {os.strerror(number).lower(): reason for number, reason in REASONS.items()}
_FILE = re.compile(r'file "([^"\n]{1,4096}?)(?:\.wal)?"')


def sentence(error: OSError) -> str:
    """ "reports/index.html: the disk is full; free some space"."""
    reason = REASONS.get(error.errno or 0, error.strerror or str(error))
    return f"{error.filename}: {reason}" if error.filename else reason


def from_library(message: str) -> tuple[str | None, str]:
    """The file that a library's message names, and its reason: ours where the system refused something, else
    the message's first line.
    """
    first = message.split("\n", 1)[0]
    named = _FILE.search(message)
    lowered = message.lower()
    reason = next((reason for words, reason in _BY_WORDS.items() if words in lowered), first)
    return (named[1] if named else None), reason


def naming(error: OSError, path: str | os.PathLike[str]) -> OSError:
    """The same error about this file: writing to an open file names none, and a partial file is nobody's."""
    if error.errno is None:
        return error
    return OSError(error.errno, error.strerror, os.fspath(path))


def place(error: BaseException) -> str:
    """Where the code failed: "IndexError in view.py, line 12"."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = (
        "" if trace is None else f" in {Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}"
    )
    return f"{type(error).__name__}{where}"
