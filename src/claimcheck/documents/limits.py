"""How long a document may take, and how much memory: what goes beyond is set aside, and the others go on.

`CLAIMCHECK_DOCUMENT_SECONDS` sets the time for a small document (60 seconds without it); a large one has
half as much again for each megabyte, up to the tenth. Both reading and checking have that time; here it is
the processor's, so that a busy machine refuses no sound document.

A timer looks four times a second, so that a document costs some microseconds. Only the main thread of a
process can be stopped by it: elsewhere there is no limit on checking. (Files that are risky to read are
read in a process of their own, `sandbox`, whose time is limited wherever it is started from.)
"""

from __future__ import annotations

import math
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from claimcheck.documents.extracted import DocumentError, InstallationError

SETTING = "CLAIMCHECK_DOCUMENT_SECONDS"
SECONDS = 60.0
GROWTH = 400_000_000  # bytes by which a document may make the process grow
WORKER_MEMORY = 768_000_000  # of address space for a `worker`, where the system knows such a limit
_TICK = 0.25  # seconds
_MEGABYTES = 10  # of a document that earn it more time
_STATM = Path("/proc/self/statm")


class Overrun(DocumentError):
    """A document whose text takes too long or too much memory, or holds too much. `document` is its id.

    One that is a line of a file is named by its line and its id: the path is that of many.
    """

    def __init__(self, path: str | None, message: str, document: str, line: int | None = None) -> None:
        self.document = document
        named = message if line is None else f"{message} (the document {document[:80]!r})"
        super().__init__(path or document, named, line=line)


def seconds() -> float:
    """The time for a small document. Raises InstallationError where the setting is no number above zero."""
    given = os.environ.get(SETTING)
    if given is None or not given.strip():
        return SECONDS
    try:
        value = float(given)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise InstallationError(f"{SETTING} must be a number of seconds above zero, not {given!r}")
    return value


def allowed(size: int) -> float:
    """The seconds for a document of so many bytes or characters."""
    return seconds() * (1 + min(size / 1_000_000, _MEGABYTES) / 2)


def too_long(limit: float, doing: str) -> str:
    """The sentence for a document that ran out of time."""
    return f"takes longer than {limit:.3g} seconds to {doing}; if it is sound, raise {SETTING}"


def too_big(most: int, doing: str) -> str:
    """The sentence for a document that ran out of memory."""
    return f"needs more than {most // 1_000_000} MB of memory to {doing}; split it"


@contextmanager
def bounded(
    document: str, path: str | None, size: int, doing: str, line: int | None = None
) -> Iterator[None]:
    """Raise Overrun inside the block once it takes longer or more memory than a document of its size may.

    `doing` ("read", "check") completes the sentence.
    """
    if threading.current_thread() is not threading.main_thread() or not _is_free():
        yield
        return
    limit = allowed(size)
    until = time.process_time() + limit  # of the processor: a busy machine makes no document hostile
    most = memory() + GROWTH
    over = False

    def look(_number: int, _frame: FrameType | None) -> None:
        if over:
            return
        if time.process_time() > until:
            raise Overrun(path, too_long(limit, doing), document, line)
        if memory() > most:
            raise Overrun(path, too_big(GROWTH, doing), document, line)

    before = signal.signal(signal.SIGALRM, look)
    signal.siginterrupt(signal.SIGALRM, False)
    signal.setitimer(signal.ITIMER_REAL, _TICK, _TICK)  # again and again: a library may swallow the first
    try:
        yield
    finally:
        over = True
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _is_free() -> bool:
    """Whether there is a timer, and nobody uses it: this block's caller, or another program's alarm."""
    return hasattr(signal, "setitimer") and signal.getitimer(signal.ITIMER_REAL)[0] == 0


def memory() -> int:
    """Bytes of memory that this process has now; 0 where the system does not tell."""
    try:
        return int(_STATM.read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
