"""A benchmark's figures: how they are taken and how they are written down."""

from __future__ import annotations

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
        rule = "|".join("---" if i == 0 else "---:" for i in range(len(self.columns)))
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


def process(command: Sequence[str], folder: Path = ROOT) -> Used:
    """A command run to its end. Raises RuntimeError with its last words where that is not 0."""
    begin = time.perf_counter()
    # compiled modules are kept, as they are by default: otherwise each start compiles the project anew
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    child = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    )
    assert child.stderr is not None
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {child.returncode}: {said[-500:]}")
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Used(time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def machine() -> str:
    """The machine in a phrase."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} processors, {system}, Python {platform.python_version()}"
