"""The file of decisions: it only grows, a line a decision, and survives whatever interrupts a writer.

A writer locks the file, writes one line, has it on the disk before it lets go. A line that an interruption
cut in half is recognised (it ends without a newline, or is no decision), reported, and kept as it is; the
next writer begins on a line of its own.
"""

from __future__ import annotations

import errno
import fcntl
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from claimcheck import faults
from claimcheck.decisions.record import Decision, DecisionError, from_line, to_line
from claimcheck.regular_files import NOT_A_FILE, is_other, open_regular

NAME = "decisions.jsonl"


def journal_file(database: str | Path) -> Path:
    """Where the decisions on a database's claims stand: `decisions.jsonl` beside it."""
    return Path(database).parent / NAME


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that holds no decision. `unfinished`: the last one, cut off while it was written."""

    file: Path
    line: int
    message: str
    unfinished: bool = False

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.message}"


class Journal:
    """The decisions of a file, read again only where it grew. Safe for several threads and processes."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._identity: tuple[int, int] | None = None
        self._read = 0  # bytes that were read as whole lines
        self._line = 0
        self._tail: bytes = b""
        self._decisions: dict[str, Decision] = {}
        self._problems: list[Problem] = []

    def append(self, decision: Decision) -> None:
        """Add a decision; when this returns it is on the disk. Raises OSError."""
        append_line(self.file, to_line(decision).encode())

    def read(self) -> tuple[Sequence[Decision], Sequence[Problem]]:
        """Every decision in the order of the file, each once, and the lines that hold none."""
        with self._lock:
            self._catch_up()
            problems = list(self._problems)
            decisions = dict(self._decisions)
            if self._tail:
                self._parse(self._tail, self._line + 1, decisions, problems, unfinished=True)
            return tuple(decisions.values()), tuple(problems)

    def version(self) -> tuple[int, int, int] | None:
        """What changes whenever the file does; None where there is no file."""
        try:
            found = self.file.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def _catch_up(self) -> None:
        try:
            stream = open_regular(self.file)
        except FileNotFoundError:
            self._forget()
            return
        with stream:
            found = os.fstat(stream.fileno())
            identity = (found.st_dev, found.st_ino)
            if identity != self._identity or found.st_size < self._read:
                self._forget()
                self._identity = identity
            stream.seek(self._read)
            *lines, self._tail = stream.read().split(b"\n")
        for line in lines:
            self._line += 1
            self._read += len(line) + 1
            if line.strip():
                self._parse(line, self._line, self._decisions, self._problems)

    def _parse(
        self,
        line: bytes,
        number: int,
        decisions: dict[str, Decision],
        problems: list[Problem],
        *,
        unfinished: bool = False,
    ) -> None:
        try:
            decision = from_line(line.decode())
        except UnicodeDecodeError as error:
            problems.append(Problem(self.file, number, f"this is no UTF-8: {error}", unfinished))
        except DecisionError as error:
            torn = unfinished or not line.rstrip().endswith(b"}")  # others may have written behind it since
            cut = "the line was cut off while it was written, and holds no whole decision"
            problems.append(Problem(self.file, number, cut if torn else str(error), unfinished))
        else:
            decisions.setdefault(decision.id, decision)


def append_line(file: Path, line: bytes) -> None:
    """Add a line that no other writer's can run into; when this returns it is on the disk. Raises OSError."""
    if is_other(file):
        raise OSError(errno.EINVAL, NOT_A_FILE, str(file))
    line += b"\n"
    new = not file.exists()
    with file.open("a+b", buffering=0) as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        end = stream.seek(0, os.SEEK_END)
        if end:
            stream.seek(end - 1)
            if stream.read(1) != b"\n":
                line = b"\n" + line  # another writer was cut off
        try:
            if stream.write(line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(stream.fileno())
        except OSError as error:
            stream.truncate(end)  # half a line is no decision
            raise faults.naming(error, file) from error
    if new:
        _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    """Have a new file's name on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
