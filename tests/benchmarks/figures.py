"""A benchmark's figures: how they are taken and how they are written down."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CLAIMCHECK = [sys.executable, "-m", "claimcheck"]


@dataclass(frozen=True)
class Section:
    """A table of the page: a title, what was done, column names, rows, and what is to be seen in them."""

    title: str
    what: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]] = ()
    seen: str = ""

    def __str__(self) -> str:
        right = [all(row[at][:1] in "0123456789-–+" for row in self.rows) for at in range(len(self.columns))]
        rule = "|".join("---:" if at and right[at] else "---" for at in range(len(self.columns)))
        table = "\n".join("| " + " | ".join(row) + " |" for row in [self.columns, *self.rows])
        head, _, body = table.partition("\n")
        parts = [f"## {self.title}", self.what, f"{head}\n|{rule}|\n{body}", self.seen]
        return "\n\n".join(part for part in parts if part)


@dataclass(frozen=True)
class Used:
    """What a process used: seconds on the clock and of the processor, and its highest memory in MB."""

    seconds: float
    processor: float
    peak: float


def in_turn(
    steps: dict[str, Callable[[], object]], runs: int = 3, clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Median seconds of each step; they take turns, so that a slow moment of the machine meets all.

    `clock` may be the processor's, of this process: what else runs on the machine then counts less.
    """
    taken: dict[str, list[float]] = {step: [] for step in steps}
    for _ in range(runs):
        for step, work in steps.items():
            begin = clock()
            work()
            taken[step].append(clock() - begin)
    return {step: statistics.median(times) for step, times in taken.items()}


WATCH = """
import json, os, subprocess, sys, time
begin = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
took = time.perf_counter() - begin
code = os.waitstatus_to_exitcode(status)
print(json.dumps([code, took, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


def process(command: Sequence[str], folder: Path = ROOT) -> Used:
    """A command run to its end. Raises RuntimeError with its last words where that is not 0.

    A small process starts and watches it: the system counts the memory of whoever starts one as the child's.
    """
    # compiled modules are kept, as they are by default: otherwise each start compiles the project anew
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    watched = [sys.executable, "-I", "-c", WATCH, *map(str, command)]
    done = subprocess.run(watched, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    code, seconds, processor, peak = json.loads(done.stdout)
    if code:
        raise RuntimeError(f"{' '.join(command)} ended with {code}: {done.stderr[-500:]}")
    return Used(seconds, processor, peak / (1024 if sys.platform != "darwin" else 1024 * 1024))


def machine() -> str:
    """The machine in a phrase."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} processors, {system}, Python {platform.python_version()}"
