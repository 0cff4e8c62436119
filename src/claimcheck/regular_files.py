"""Files beside the database, whatever stands under their names: a pipe or a device is never waited for."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

MOST_BYTES = 200_000_000  # of a file that is read whole
NOT_A_FILE = "this is no file of data but a pipe, a device or a folder; move it away"


def open_regular(path: Path) -> BinaryIO:
    """The file, opened to be read. Raises OSError, also where it is none that ends."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, NOT_A_FILE, str(path))
    return open(descriptor, "rb")


def bytes_of(path: Path) -> bytes:
    """What the file holds. Raises OSError, also where it is none that ends, or larger than `MOST_BYTES`."""
    with open_regular(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > MOST_BYTES:
            stated = f"it has {size:,} bytes, more than the limit of {MOST_BYTES:,}"
            raise OSError(errno.EFBIG, stated, str(path))
        return stream.read(MOST_BYTES)


def is_other(path: Path) -> bool:
    """Whether something stands there that is no regular file."""
    return path.exists() and not path.is_file()
