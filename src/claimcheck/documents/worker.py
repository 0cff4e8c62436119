"""The process that reads files of risky formats for another one (`sandbox`), one after the other.

It takes requests on its standard input, a line of JSON and then the file's bytes, and answers each with a
line of JSON. It ends with its input, and ends itself where a file takes longer than it was given.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from base64 import b64encode
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from claimcheck.documents.extracted import BROKEN, TEXT_LIMIT, DocumentError, Extracted
from claimcheck.documents.jsonline import fields_of
from claimcheck.documents.limits import WORKER_MEMORY
from claimcheck.documents.readers import extract


def main() -> None:
    """Answer requests until there are no more."""
    _confine()
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _send(answers, {"ready": True})
    while line := requests.readline():
        asked = json.loads(line)
        data = requests.read(asked["size"])
        _alarm(asked["seconds"])
        answer = answered(Path(asked["path"]), data, asked["line"])
        _alarm(0)
        _send(answers, answer)


def answered(path: Path, data: bytes, line: int | None = None) -> dict[str, Any]:
    """The answer to one request, for a file or for a line of one: what was extracted, or what is wrong, and
    whose fault that is."""
    try:
        if line is not None:
            return {"fields": fields_of(path, line, data)}
        found = extract(path, data)
        if len(found.text) > TEXT_LIMIT:
            message = f"has {len(found.text):,} characters, more than the limit of {TEXT_LIMIT:,}; split it"
            raise DocumentError(path, message)
        return {"extracted": _as_json(found)}
    except DocumentError as error:
        return {"refused": error.__dict__}
    except MemoryError:
        return {"memory": WORKER_MEMORY}
    except ImportError as error:
        return {"missing": str(error)}
    except (*BROKEN, RuntimeError, SyntaxError, OSError) as error:
        return {"refused": DocumentError(path, f"cannot be read ({type(error).__name__}: {error})").__dict__}


def _as_json(found: Extracted) -> dict[str, Any]:
    return {
        "text": found.text,
        "media_type": found.media_type,
        "encoding": found.encoding,
        "pages": found.pages,
        "meta": dict(found.meta),
        "attached": [(part.name, b64encode(part.data).decode("ascii")) for part in found.attached],
    }


def _send(answers: BinaryIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer).encode("ascii") + b"\n")
    answers.flush()


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)  # not caught: it ends the process, whatever that does


def _confine() -> None:
    """No interrupt from the keyboard (the parent has it), no core dump, and so much memory at most."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, WORKER_MEMORY)):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
