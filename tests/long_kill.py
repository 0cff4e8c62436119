"""300 kills, and the database looked at in between.

`python -m tests.long_kill [RUNS [PUBLICATIONS [CHECKS [RESTORES [EDITS [SEED]]]]]]`: by default 120 runs,
40 publications with decisions to take in, 60 checks killed behind their commit, 40 restores of a backup,
40 curators who write rows.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.killing import (
    Ground,
    complete,
    ended,
    forked,
    kill_checks,
    kill_often,
    kill_publications,
    kill_restores,
    kill_row_edits,
)


def main() -> None:
    """Run them and say what came of it."""
    given = [int(argument) for argument in sys.argv[1:]]
    runs, publications, checks, restores, edits, seed = (
        given + [*(120, 40, 60, 40, 40, round(time.time()))][len(given) :]
    )
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder))
        killed = kill_often(ground, runs, seed)
        assert ended(forked(ground.run), within=900) == 0
        print(f"seed {seed}: {runs} runs, {killed} killed before their end", flush=True)
        killed = kill_publications(ground, publications, seed)
        assert ended(forked(ground.run), within=900) == 0
        assert ended(forked(lambda: complete(ground)), within=900) == 0
        print(f"{publications} publications with decisions, {killed} killed before their end", flush=True)
        killed = kill_checks(ground, checks, seed)
        assert ended(forked(ground.run), within=900) == 0
        assert ended(forked(lambda: complete(ground)), within=900) == 0
        print(f"{checks} checks, {killed} killed behind their commit", flush=True)
        killed = kill_restores(ground, restores, seed)
        print(f"{restores} restores, {killed} killed before their end", flush=True)
        killed = kill_row_edits(ground, edits, seed)
        print(f"{edits} times a curator's rows, {killed} killed before their end", flush=True)
        print(f"{len(ground.texts)} documents: none lost, none doubled, no batch torn, no decision lost")
        print(f"{time.monotonic() - started:.0f} seconds")


if __name__ == "__main__":
    main()
