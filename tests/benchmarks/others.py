"""Libraries that find numbers or dates in text, beside the rules of claimcheck that find both.

quantulum3 is no part of the project: it is installed into an environment of its own, and read with there.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from dateparser.search import search_dates

from claimcheck.claims.reading import prepare
from claimcheck.model import Document
from tests.benchmarks.figures import ROOT, Section, in_turn
from tests.benchmarks.texts import words

SAMPLE = 20_000  # words; others are too slow for whole texts
HOME = ROOT / ".venv" / "quantulum3"  # goes with `make clean`
WANTED = "quantulum3>=0.9,<1"
READ = """
import json, sys, time
from quantulum3.parser import parse
texts = json.load(sys.stdin)
parse("Some 12 km.")
begin = time.process_time()
for text in texts:
    parse(text)
print(time.process_time() - begin)
"""
RULES = "claimcheck, rules alone"


def others(texts: dict[str, list[Document]]) -> Section:
    """Words per second of each."""
    python = _installed()
    rows = []
    for name, documents in texts.items():
        sample = _sample(documents)
        count = words(sample)
        steps: dict[str, Callable[[], object]] = {
            "dateparser's search": lambda sample=sample: [_dates(d.text) for d in sample],
            RULES: lambda sample=sample: [prepare(d) for d in sample],
        }
        taken = in_turn(steps, runs=1, clock=time.process_time)
        if python is not None:
            taken = {"quantulum3": _quantulum3(python, sample)} | taken
        rows += [(name, tool, f"{count / seconds:,.0f}") for tool, seconds in taken.items()]
    return Section(
        "Beside others",
        f"Words per second of the processor, one pass over at most {SAMPLE:,} words. Others find numbers "
        "or dates; the rules of claimcheck find both, with intervals and periods.",
        ("text", "tool", "words/s"),
        rows,
        "" if python is not None else f"quantulum3 is missing: `pip install '{WANTED}'` failed here.",
    )


def _installed() -> Path | None:
    """The interpreter of an environment with quantulum3; None where it cannot be installed."""
    python = HOME / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    check = [python, "-c", "import quantulum3.parser"]
    if python.exists() and subprocess.run(check, capture_output=True).returncode == 0:
        return python
    for command in (
        [sys.executable, "-m", "venv", "--clear", HOME],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", WANTED], check,
    ):  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            print(done.stderr.strip()[-500:], file=sys.stderr)
            return None
    return python


def _quantulum3(python: Path, sample: Sequence[Document]) -> float:
    """Seconds of the processor for one pass."""
    texts = json.dumps([d.text for d in sample])
    done = subprocess.run([python, "-c", READ], input=texts, capture_output=True, text=True, check=True)
    return float(done.stdout.splitlines()[-1])


def _dates(text: str) -> object:
    return search_dates(text, languages=["en"])


def _sample(documents: Sequence[Document]) -> list[Document]:
    out, count = [], 0
    for document in documents:
        out.append(document)
        count += len(document.text.split())
        if count >= SAMPLE:
            break
    return out
