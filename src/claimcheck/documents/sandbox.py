"""Files of risky formats are read in a process of their own, which can be ended: a PDF that loops, a page or
a Word document that unpacks to more than the machine holds, a library that breaks down.

The process (`worker`) starts with the first such file and is used again; it takes a third of a second to
start, some tenths of a millisecond a file, and 768 MB of memory at most.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
import time
from base64 import b64decode
from contextlib import suppress
from pathlib import Path
from typing import Any

from claimcheck.documents import limits
from claimcheck.documents.extracted import Attachment, DocumentError, Extracted, InstallationError

_FILES = 1000  # that one process reads: libraries leak
_STARTS = 60.0  # seconds that it may take to start
_GRACE = 2.0  # seconds behind the limit, at which the process ends itself
_BEGIN = "import sys; sys.path[:] = {path!r}; from claimcheck.documents.worker import main; main()"


def extract(path: Path, data: bytes) -> Extracted:
    """The text of a file by its suffix. Raises DocumentError where it cannot be read in time and memory,
    InstallationError where the process cannot do its work.
    """
    answer = _SHARED.ask(path, data)
    if "extracted" in answer:
        return _extracted(answer["extracted"])
    if "missing" in answer:
        raise InstallationError(
            f"{path.suffix} files cannot be read: {answer['missing']}; run `make install`"
        )
    if "memory" in answer:
        raise DocumentError(path, limits.too_big(answer["memory"], "read"))
    raise DocumentError.of(answer["refused"])


def fields_of(path: Path, number: int, raw: bytes) -> dict[str, Any]:
    """The fields of the document on a long line of JSON Lines. Raises as `extract` does."""
    answer = _SHARED.ask(path, raw, line=number)
    if "fields" in answer:
        found: dict[str, Any] = answer["fields"]
        return found
    if "memory" in answer:
        message = f"needs more than {answer['memory'] // 1_000_000} MB of memory to read; split the document"
        raise DocumentError(path, message, line=number)
    raise DocumentError.of(answer["refused"])


def _extracted(found: dict[str, Any]) -> Extracted:
    attached = tuple(Attachment(name, b64decode(data)) for name, data in found.pop("attached"))
    pages = tuple(found.pop("pages"))
    return Extracted(**found, pages=pages, attached=attached)


class Worker:
    """The process, started when it is needed. Threads take turns; a forked process gets one of its own."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._left = 0  # files that it may still read

    def ask(self, path: Path, data: bytes, line: int | None = None) -> dict[str, Any]:
        """The answer about a file, or about a line of one. Raises DocumentError where the process ends over
        it, InstallationError."""
        with self._turn:
            try:
                return self._ask(path, data, line)
            except BaseException:  # an answer that nobody waits for would be taken for the next one
                self.end()
                raise

    def _ask(self, path: Path, data: bytes, line: int | None) -> dict[str, Any]:
        seconds = limits.allowed(len(data))
        asked = {"path": str(path), "line": line, "size": len(data), "seconds": seconds}
        head = json.dumps(asked).encode("ascii") + b"\n"
        code = 0
        for _ in range(2):  # it may have been ended, or harmed, by something else than this file
            process = self._running()
            begin = time.monotonic()
            _write(process, head, data)
            if answer := _line(process, seconds + _GRACE):
                return self._done(json.loads(answer))
            code = process.wait()
            if time.monotonic() - begin >= seconds:
                raise DocumentError(path, limits.too_long(seconds, "read"), line=line)
        raise DocumentError(path, _broke_down(code), line=line)

    def _done(self, answer: dict[str, Any]) -> dict[str, Any]:
        self._left -= 1
        if self._left <= 0 or "memory" in answer:
            self.end()
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.end()
        try:
            process = subprocess.Popen(
                [sys.executable, "-c", _BEGIN.format(path=sys.path)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except OSError as error:
            raise InstallationError(f"a process to read documents cannot be started: {error}") from error
        self._process, self._left = process, _FILES
        if not _line(process, _STARTS):
            raise InstallationError("the process that reads documents does not start; run `make install`")
        return process

    def end(self) -> None:
        """End the process; the next file starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not written yet
                    pipe.close()

    def forget(self) -> None:
        """In a forked process: the process is the parent's, and so is whoever has the turn."""
        self._turn = threading.Lock()
        self._process = None


def _write(process: subprocess.Popen[bytes], *parts: bytes) -> None:
    assert process.stdin is not None
    with suppress(BrokenPipeError):  # it has ended, and gives no answer
        for part in parts:
            process.stdin.write(part)
        process.stdin.flush()


def _line(process: subprocess.Popen[bytes], seconds: float) -> bytes:
    """The next line, empty where the process ends without one; it is ended after so many seconds."""
    assert process.stdout is not None
    timer = threading.Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        return process.stdout.readline()
    finally:
        timer.cancel()


def _broke_down(code: int) -> str:
    how = f"signal {-code}" if code < 0 else f"exit code {code}"
    most = f"{limits.WORKER_MEMORY // 1_000_000} MB of memory"
    return f"makes its reader break down ({how}): it is damaged, or needs more than {most}"


_SHARED = Worker()
atexit.register(_SHARED.end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_SHARED.forget)
