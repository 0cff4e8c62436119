"""Throw changed inputs at a target for a while, and keep what it breaks on.

    python -m tests.fuzz_run extraction --seconds 600 [--seed 1] [--keep DIR]

Inputs that made a target do something new are changed further, so the search goes where it finds more. An
input is a finding where it raises what the target does not expect, or takes over `--slow` seconds of the
processor. Each kind of finding is kept once, as a file, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections.abc import Sequence
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fuzz_targets import Features, Target

NAMES = ("extraction", "pages", "readers", "word")
LONGEST = 20_000  # bytes of an input


class Finds:
    """What broke a target: the first input of each kind is kept."""

    def __init__(self, target: str, keep: Path, slow: float) -> None:
        self._target, self._keep, self._slow = target, keep, slow
        self.kinds: dict[str, Path] = {}
        self.slowest = 0.0

    def watched(self, target: Target, data: bytes) -> Features:
        """Run the target; what it raises is kept and not raised."""
        begin = time.process_time()
        try:
            return target.run(data)
        except Exception as error:  # whatever it is, it is a finding
            last = traceback.extract_tb(error.__traceback__)[-1]
            self._note(
                f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {error}"[:300], data
            )
            return frozenset()
        finally:
            taken = time.process_time() - begin
            self.slowest = max(self.slowest, taken)
            if taken > self._slow:
                self._note(f"over {self._slow:g} seconds", data)

    def _note(self, kind: str, data: bytes) -> None:
        place = kind.split(": ")[0]
        if place in self.kinds:
            return
        self._keep.mkdir(parents=True, exist_ok=True)
        file = self._keep / f"{self._target}-{sha256(data).hexdigest()[:12]}"
        file.write_bytes(data)
        self.kinds[place] = file
        print(f"{kind!r}: {file}", flush=True)


def changed(data: bytes, pool: list[bytes], words: Sequence[bytes], chance: random.Random) -> bytes:
    """An input made of another: bytes and words put in, taken out, doubled, swapped; pieces of others."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        at = chance.randrange(len(out) + 1)
        length = chance.choice((1, 1, 2, 4, 8, 16, 64))
        match chance.randrange(8):
            case 0:
                out[at:at] = chance.choice(words)
            case 1:
                out[at : at + length] = chance.choice(words)
            case 2:
                del out[at : at + length]
            case 3:
                out[at:at] = out[at : at + length] * chance.choice((1, 2, 50))
            case 4:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 5:
                other = chance.choice(pool)
                start = chance.randrange(len(other) + 1)
                out[at:at] = other[start : start + 8 * length]
            case 6:
                out[at : at + length] = out[at : at + length][::-1]
            case 7:
                out[at:at] = chance.choice(
                    ("0", "1", ".", ",", "-", " ", "\n", "(", "\u00a0", "\u200f", "é")
                ).encode()
    return bytes(out[:LONGEST])


def search(target: Target, finds: Finds, seconds: float, chance: random.Random) -> tuple[int, int, int]:
    """How many inputs were tried in so many seconds, how many were kept, how many features they have."""
    pool = list(target.seeds)
    seen: set[str] = set()
    for seed in pool:
        seen |= finds.watched(target, seed)
    tried = len(pool)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        data = changed(
            chance.choice(pool[-200:] if chance.random() < 0.5 else pool), pool, target.words, chance
        )
        features = finds.watched(target, data)
        tried += 1
        if not features <= seen:
            seen |= features
            pool.append(data)
    return tried, len(pool), len(seen)


def main() -> int:
    """Run, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("target", choices=NAMES)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--slow", type=float, default=5.0)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-finds"))
    given = parser.parse_args()
    finds = Finds(given.target, given.keep, given.slow)
    target: Target = import_module("tests.fuzz_targets").TARGETS[given.target]
    tried, kept, features = search(target, finds, given.seconds, random.Random(given.seed))
    print(
        f"{given.target}: {tried} inputs in {given.seconds:g} s, {kept} kept, {features} features, "
        f"slowest {finds.slowest:.2f} s, {len(finds.kinds)} findings"
    )
    return 1 if finds.kinds else 0


if __name__ == "__main__":
    sys.exit(main())
