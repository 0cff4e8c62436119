"""The command line called as a user calls it, in this process: what it prints, and its exit code.

A process of its own takes two seconds to load what is loaded here already. What only a process shows (closed
pipes, signals, servers that stop, `python -m claimcheck.cli` itself) is tested with real ones.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

from claimcheck.cli import main


def run(*arguments: str, cwd: Path | None = None) -> CompletedProcess[str]:
    """What `claimcheck ARGUMENTS` prints in a folder, and the code with which it ends."""
    out, err = Captured(), Captured()
    with patch.object(sys, "argv", ["claimcheck", *arguments]), _inside(cwd):
        with redirect_stdout(out), redirect_stderr(err):
            code = _ended()
        return CompletedProcess(["claimcheck", *arguments], code, out.text(), err.text())


class Captured(io.TextIOWrapper):
    """A stream as a pipe's: bytes below, no terminal."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)

    def text(self) -> str:
        """All that was written to it."""
        self.flush()
        raw = self.buffer.getvalue()  # type: ignore[attr-defined]
        return str(raw.decode("utf-8"))


def _ended() -> int:
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
            return 1
        return end.code or 0
    return 0


@contextmanager
def _inside(folder: Path | None) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder or before)
    try:
        yield
    finally:
        os.chdir(before)
