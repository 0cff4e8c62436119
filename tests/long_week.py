"""A week in less than an hour: 168 hourly runs with documents and table changes arriving, a line a day.

`python -m tests.long_week [HOURS [DOCUMENTS_AN_HOUR]]`. Each hour new documents arrive and some of the old
change; each day at three a table changes and the nightly re-check judges everything again. What must hold:
database, memory and the time of a run do not grow faster than the documents that are there. Times are those
of the processor, so that a busy machine does not show in them.
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claimcheck import inbox, publishing
from claimcheck.documents.limits import memory
from claimcheck.pipeline import Checker
from claimcheck.recheck import recheck
from tests.killing import REFERENCE, Ground, complete

CHANGED = 2  # documents that change each hour
NIGHT = 3  # the hour at which a table changes


@dataclass(frozen=True, slots=True)
class Hour:
    """What stood after a run. Times in seconds of the processor, sizes in bytes."""

    documents: int
    touched: int  # new, changed or judged again
    run: float
    publish: float
    database: int
    snapshots: int
    kept: int
    memory: int


def week(ground: Ground, hours: int, arriving: int) -> Iterator[Hour]:
    """The hours of the week, each after its run."""
    chance = random.Random(1)
    tables = Path(shutil.copytree(REFERENCE, ground.folder / "tables"))
    for hour in range(hours):
        for number in range(arriving):
            ground.put(arriving * hour + number)
        for _ in range(CHANGED if hour else 0):
            ground.put(chance.randrange(arriving * hour), version=hour)
        if hour % 24 == NIGHT:
            change(tables, hour)
        yield run(ground, tables, nightly=hour % 24 == NIGHT)


def change(tables: Path, hour: int) -> None:
    """A figure that the curators correct, another number each night."""
    figures = tables / "figures.csv"
    lines = (REFERENCE / "figures.csv").read_text(encoding="utf-8").replace(",765,765,,", f",{hour},{hour},,")
    figures.write_text(lines, encoding="utf-8")


def run(ground: Ground, tables: Path, nightly: bool) -> Hour:
    """The re-check where it is night, then the hourly run: as the flows do, in the order of the schedules."""
    started = time.process_time()
    with Checker([tables], ground.database) as checker:
        judged = recheck(checker).documents if nightly else 0
        outcome = inbox.run_inbox(checker, [ground.folder / "inbox"])
        ran = time.process_time()
        publishing.publish_if_news(checker.store)
        publishing.write(checker.store, outcome.run, ground.folder / "reports")
    snapshots = list((ground.folder / "snapshots").glob("*.duckdb"))
    return Hour(
        documents=outcome.documents, touched=outcome.saved.documents + judged, run=ran - started,
        publish=time.process_time() - ran, database=ground.database.stat().st_size,
        snapshots=sum(file.stat().st_size for file in snapshots), kept=len(snapshots), memory=memory(),
    )  # fmt: skip


def main() -> None:
    """Run the week, and print a line a day."""
    hours, arriving = (int(a) for a in (sys.argv[1:] + ["168", "4"][len(sys.argv) - 1 :])[:2])
    started = time.monotonic()
    print(
        "| day | documents | run, s | publish, s | night, s | database, MB | kB a document | "
        "snapshots | memory, MB |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder))
        day: list[Hour] = []
        for number, hour in enumerate(week(ground, hours, arriving), 1):
            day.append(hour)
            if number % 24 == 0 or number == hours:
                print(line(-(-number // 24), day), flush=True)
                day = []
        complete(ground)
    print(f"{hours} hours in {(time.monotonic() - started) / 60:.0f} minutes")


def line(number: int, day: list[Hour]) -> str:
    """A day in a line: medians of its runs, and what stood at its end."""
    last = day[-1]
    quiet = [hour for hour in day if hour.touched < max(h.touched for h in day)] or day
    cells = (
        number, f"{last.documents:,}", f"{statistics.median(h.run for h in quiet):.2f}",
        f"{statistics.median(h.publish for h in quiet):.2f}", f"{max(h.run for h in day):.1f}",
        f"{last.database / 1e6:.1f}", f"{last.database / 1e3 / last.documents:.1f}",
        f"{last.kept} of {last.snapshots / last.kept / 1e6:.1f} MB",
        f"{max(h.memory for h in day) / 1e6:.0f}",
    )  # fmt: skip
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


if __name__ == "__main__":
    main()
