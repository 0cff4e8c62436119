"""How long commands take from nothing: whole processes on a warm disk."""

from __future__ import annotations

import sys

from claimcheck.claims.parsing import MODELS
from tests.benchmarks.figures import CLAIMCHECK, Section, in_turn, process

LOAD = (
    "import spacy\n"
    f"name = next(n for n in {MODELS!r} if spacy.util.is_package(n))\n"
    "spacy.load(name, exclude=['ner', 'senter'])('A word.')"
)


def starting() -> Section:
    """Commands that people wait for, beside the least that a program with this model can take."""
    least = [sys.executable, "-c", LOAD]
    letter = [*CLAIMCHECK, "check", "documents", "--format", "jsonl"]
    taken = in_turn(
        {
            "an interpreter that imports spaCy and loads the model": lambda: process(least),
            "`claimcheck check documents --format jsonl` (the letter)": lambda: process(letter),
            "`claimcheck --help`": lambda: process([*CLAIMCHECK, "--help"]),
        },
        runs=7,
    )
    rows = [(name, f"{median:.2f}") for name, median in taken.items()]
    return Section(
        "Starting", "Seconds of whole processes, medians of seven in turn.", ("command", "s"), rows
    )
