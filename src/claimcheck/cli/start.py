"""The way into the program, and out of it."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

from claimcheck.cli import quick


def main() -> None:
    """The console script. Output cut off by a closed pipe (`| head`) is no error."""
    gc.set_threshold(100_000, 20, 50)  # a start makes very many small values that stay
    for name in ("stdout", "stderr"):
        if (stream := getattr(sys, name)) is None:  # closed by the caller: as a pipe that nobody reads
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - until the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = quick.answer(sys.argv[1:])
        if code is not None:
            raise SystemExit(code)
        from claimcheck.cli.app import app

        app()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
    except Exception as error:
        from claimcheck import console, faults
        if odd := [one for one in sys.argv if one.encode("utf-8", "ignore").decode() != one]:
            said = f"{odd[0]}: has bytes that are not UTF-8; name it in UTF-8"
        elif isinstance(error, OSError):
            said = faults.sentence(error)
        else:
            raise
        with suppress(OSError):  # where nothing can be written there is nobody to tell
            console.complain(said)
        raise SystemExit(2) from None
    finally:
        gc.freeze()  # what the program leaves is not looked through for rings: a sixth of a short run
