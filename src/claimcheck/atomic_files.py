"""Files that are written whole or not at all, by one at a time."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claimcheck import faults


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """The path, with this text in it. Raises OSError, which names it."""
    with whole(path) as partial:
        partial.write_text(text, encoding=encoding, newline="")
    return path


@contextmanager
def whole(
    path: Path, *, fresh: bool = False, synced: bool = False, before: Path | None = None
) -> Iterator[Path]:
    """A file to write, which becomes `path` in one step: whoever is killed meanwhile leaves the old one.

    `synced`: it is on the disk by then. `before`: as what the old one is kept. Raises OSError, which names
    `path`; FileExistsError where it is to be `fresh`, and is there already.
    """
    if fresh and path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        yield partial
        if synced:
            with partial.open("rb") as stream:
                os.fsync(stream.fileno())
        if before is not None:
            before.unlink(missing_ok=True)  # the same file, of a restore that was ended here
            os.link(path, before)  # under both names until the next line, so that it is never gone
        os.replace(partial, path)
    except OSError as error:
        raise faults.naming(error, path) from error
    finally:
        partial.unlink(missing_ok=True)
        partial.with_name(partial.name + ".wal").unlink(missing_ok=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else who asks for it changes a file of the folder meanwhile: what came between would be lost."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
