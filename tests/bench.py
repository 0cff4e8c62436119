"""`make bench`: words per second of extraction beside the English model's full pipeline, on the same text.

    python tests/bench.py [FILE ...]

FILE is a text, a folder or a .jsonl file of documents; without one the project's own documents are read
sixty times over. Both are measured in the same run, in turn, and the medians and their ratio are printed.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import spacy

from claimcheck.claims.parsing import MODELS, model
from claimcheck.claims.reading import prepare
from claimcheck.claims.reading import read as read_documents
from claimcheck.documents.files import read
from claimcheck.model import Document

ROOT = Path(__file__).resolve().parent.parent
RUNS = 3
COPIES = 60
BATCH = 128


def documents(paths: Sequence[str]) -> list[Document]:
    """The documents to measure on."""
    if paths:
        return [d for path in paths for d in read(Path(path))]
    return [replace(d, id=f"{d.id} {i}") for d in read(ROOT / "documents") for i in range(COPIES)]


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes, on the wall clock."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> int:
    """Measure and print."""
    texts = documents(sys.argv[1:])
    words = sum(len(d.text.split()) for d in texts)
    name = next(n for n in MODELS if spacy.util.is_package(n))
    full = spacy.load(name)
    model()
    steps: dict[str, Callable[[], object]] = {
        "spaCy, full pipeline": lambda: [
            len(doc) for doc in full.pipe((d.text for d in texts), batch_size=BATCH)
        ],
        "claimcheck, extraction": lambda: [len(r.claims) for r in read_documents(texts)],
        "claimcheck, rules alone": lambda: [len(prepare(d).mentions) for d in texts],
    }
    taken: dict[str, list[float]] = {step: [] for step in steps}
    for _ in range(RUNS):
        for step, work in steps.items():
            taken[step].append(seconds(work))
    print(f"{len(texts)} documents, {words:,} words, median of {RUNS} runs")
    base = statistics.median(taken["spaCy, full pipeline"])
    for step, times in taken.items():
        median = statistics.median(times)
        print(f"{step:26} {words / median:>12,.0f} words/s  {base / median:6.2f} x")
    return 0


if __name__ == "__main__":
    sys.exit(main())
