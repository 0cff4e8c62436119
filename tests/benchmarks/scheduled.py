"""A flow over 600 documents against a running Prefect server, beside the same work called plainly.

    python -m tests.benchmarks.scheduled plain|flow FOLDER

measures one of the two in a process of its own, the flow with a server that runs before the clock does.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from claimcheck import publishing
from claimcheck.inbox import InboxRun
from claimcheck.pipeline import Checker
from claimcheck.syntax.parser import model
from tests.benchmarks.figures import ROOT, Section
from tests.benchmarks.texts import short_documents

DOCUMENTS = 600
RUNS = 3
REFERENCE = ROOT / "reference_data"


def scheduled(pool: Sequence[str], number: int = DOCUMENTS) -> Section:
    """The flow and the plain call over one inbox, each with a new database each time."""
    taken: dict[str, list[tuple[float, ...]]] = {"plain": [], "flow": []}
    with tempfile.TemporaryDirectory() as home:
        _fill(Path(home) / "one", pool, 1)
        _fill(Path(home) / "inbox", pool, number)
        for _ in range(RUNS):
            for way, figures in taken.items():
                figures.append(_in_a_process(way, Path(home)))
    plain, flow = ([statistics.median(f) for f in zip(*figures, strict=True)] for figures in taken.values())
    rows = [
        ("plain call", *(f"{figure:.2f}" for figure in plain)),
        ("flow", *(f"{figure:.2f}" for figure in flow)),
        ("flow over plain", *(f"{f / p:.2f}" for f, p in zip(flow, plain, strict=True))),
    ]
    return Section(
        "Scheduled",
        f"An inbox of {number} short documents read, linked, judged, kept, published and reported: called "
        f"plainly, and as the flow `check-documents` against a running server. Before it, the first call in "
        f"its process, over one document, in which each way loads what it needs. Medians of {RUNS} in turn.",
        ("way", "s", "processor s", "first call, s", "first call, processor s"),
        rows,
    )


def _fill(inbox: Path, pool: Sequence[str], number: int) -> None:
    inbox.mkdir()
    for i, line in enumerate(short_documents(pool, number)):
        (inbox / f"{i:04d}.txt").write_text(json.loads(line)["text"], encoding="utf-8")


def _in_a_process(way: str, home: Path) -> tuple[float, ...]:
    """Seconds of the call on the clock and of the processor, then those of its process's first call, as the
    process says on its last line."""
    command = [sys.executable, "-m", "tests.benchmarks.scheduled", way, str(home)]
    environment = {**os.environ, "PREFECT_LOGGING_LEVEL": "CRITICAL"}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(json.loads(done.stdout.splitlines()[-1]))


def _plain(inbox: Path, place: Path) -> None:
    with Checker([REFERENCE], place / "claims.duckdb") as checker:
        with InboxRun(checker, [inbox]) as run:
            for work in run.batches():
                run.check(work)
            outcome = run.finish()
        publishing.publish_if_news(checker.store)
        publishing.write(checker.store, outcome.run, place / "reports")


def _flow(inbox: Path, place: Path) -> None:
    import flows.check_documents as module
    from flows.common import once

    given = ([inbox], [REFERENCE], place / "claims.duckdb", place / "reports")
    if once(lambda: module.check_documents(*given, return_state=True), lambda _: 0):
        raise RuntimeError("the flow was refused")


def main() -> int:
    """Measure one way once, everything imported and the model loaded before the clock starts."""
    way, home = sys.argv[1], Path(sys.argv[2])
    work: Callable[[Path, Path], None] = {"plain": _plain, "flow": _flow}[way]
    with ExitStack() as running:
        if way == "flow":
            import flows.check_documents  # noqa: F401
            from prefect.testing.utilities import prefect_test_harness

            running.enter_context(prefect_test_harness(server_startup_timeout=180))
        model()("A word.")
        first = _measured(work, home / "one")
        print(json.dumps([*_measured(work, home / "inbox"), *first]))
    return 0


def _measured(work: Callable[[Path, Path], None], inbox: Path) -> tuple[float, float]:
    with tempfile.TemporaryDirectory(dir=inbox.parent) as place:
        begin, processor = time.perf_counter(), time.process_time()
        work(inbox, Path(place))
        return time.perf_counter() - begin, time.process_time() - processor


if __name__ == "__main__":
    sys.exit(main())
