"""200 kills, the database looked at after every fourth: `python -m tests.long_kill [KILLS [SEED]]`."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.killing import Ground, complete, ended, forked, kill_often


def main() -> None:
    """Run them and say what came of it."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else round(time.time())
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder))
        killed = kill_often(ground, kills, seed)
        assert ended(forked(ground.run), within=900) == 0
        assert ended(forked(lambda: complete(ground)), within=900) == 0
        took = time.monotonic() - started
        print(f"seed {seed}: {kills} runs, {killed} killed before their end, {len(ground.texts)} documents,")
        print(f"none lost, none doubled, no batch torn; {took:.0f} seconds")


if __name__ == "__main__":
    main()
