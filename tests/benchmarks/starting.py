"""How long commands take from nothing: whole processes on a warm disk."""

from __future__ import annotations

import sys
from statistics import median

from claimcheck.syntax.parser import MODELS
from tests.benchmarks.figures import CLAIMCHECK, Section, Used, process

LOAD = (
    "import spacy\n"
    f"name = next(n for n in {MODELS!r} if spacy.util.is_package(n))\n"
    "spacy.load(name, exclude=['ner', 'senter'])('A word.')"
)


RUNS = 7


def starting() -> Section:
    """Commands that people wait for, beside the least that a program with this model can take."""
    commands = {
        "an interpreter that imports spaCy and loads the model": [sys.executable, "-c", LOAD],
        "`claimcheck check documents --format jsonl` (the letter)": [
            *CLAIMCHECK, "check", "documents", "--format", "jsonl",
        ],
        "`claimcheck --help`": [*CLAIMCHECK, "--help"],
    }
    used: dict[str, list[Used]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            used[name].append(process(command))
    rows = [
        (name, f"{median(u.seconds for u in own):.2f}", f"{median(u.processor for u in own):.2f}")
        for name, own in used.items()
    ]
    return Section(
        "Starting", f"Seconds of whole processes, medians of {RUNS} in turn.",
        ("command", "s", "processor s"), rows,
    )  # fmt: skip
