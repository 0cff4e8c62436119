"""How a whole run grows with its documents: seconds and memory of `claimcheck check --database`."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.figures import CLAIMCHECK, ROOT, Section, process
from tests.benchmarks.texts import short_documents

STEPS = (100, 1_000, 10_000, 100_000)


def growth(pool: Sequence[str], most: int) -> Section:
    """Runs over ever more short documents, each in a process of its own and into a database of its own."""
    rows = []
    base = 0.0
    for number in (n for n in STEPS if n <= most):
        with tempfile.TemporaryDirectory() as folder:
            file, database = Path(folder) / "texts.jsonl", Path(folder) / "claims.duckdb"
            with file.open("w", encoding="utf-8") as out:
                out.writelines(short_documents(pool, number))
            inputs = [str(file), "--reference", str(ROOT / "reference_data"), "--format", "jsonl"]
            used = process([*CLAIMCHECK, "check", *inputs, "--database", str(database)])
            size = database.stat().st_size / 1e6
        each = used.processor / number * 1000
        base = base or used.peak
        rows.append(
            (f"{number:,}", f"{used.seconds:,.1f}", f"{used.processor:,.1f}", f"{each:.2f}",
             f"{used.peak:,.0f}", f"{used.peak / base:.2f}", f"{size:,.0f}")
        )  # fmt: skip
    return Section(
        "Growth",
        "`claimcheck check FILE.jsonl --database …` over short documents, a paragraph each with its numbers "
        "changed: starting, reading, linking, judging, keeping and publishing. Memory is the highest.",
        ("documents", "s", "processor s", "ms a document", "peak MB", "of the first", "database MB"),
        rows,
    )
