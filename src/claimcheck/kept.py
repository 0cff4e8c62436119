"""What one process works out and later ones read: files in the user's cache, each with its hash.

A file that was changed, or that was made of something else, is as if it were not there; where nothing can be
kept, everything is worked out anew.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def kept(name: str, made_of: str) -> bytes | None:
    """What was kept under a name, made of just that; None where there is none."""
    try:
        file = _file(name)
        mark, _, body = file.read_bytes().partition(b"\n") if file.exists() else (b"", b"", b"")
    except (OSError, RuntimeError):  # no home
        return None
    return body if mark == _mark(made_of, body) else None


def keep(name: str, made_of: str, body: bytes) -> None:
    """Keep bytes under a name for later processes, where there is a home and room for it."""
    try:
        file = _file(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, delete=False) as new:
            try:
                new.write(_mark(made_of, body) + b"\n" + body)
                new.close()
                os.replace(new.name, file)
            finally:  # a full disk leaves nothing behind
                Path(new.name).unlink(missing_ok=True)
    except (OSError, RuntimeError):
        return


def _file(name: str) -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "claimcheck" / name


def _mark(made_of: str, body: bytes) -> bytes:
    return f"{made_of} {hashlib.sha256(body).hexdigest()}".encode()
