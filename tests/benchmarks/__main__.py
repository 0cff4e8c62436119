"""`make bench`: measure, print, and write `docs/benchmarks.md`.

    python -m tests.benchmarks [--only NAME] [--documents N] [--keep] [FILE.jsonl ...]

FILE is a text, a folder or a .jsonl file of documents; without one the project's letter is read sixty times
over. `--documents` is how far the growth is followed. `--keep` leaves the page as it is.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date

from rich.console import Console

from tests.benchmarks.extraction import one_process, others, two_processes
from tests.benchmarks.figures import ROOT, Section, machine
from tests.benchmarks.scale import growth
from tests.benchmarks.starting import starting
from tests.benchmarks.texts import named, paragraphs

PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Made by `make bench`; a figure means something beside the other of the same table, measured in the same run on
the same machine. {machine}; {day}.
"""
err = Console(stderr=True)


def main() -> int:
    """Measure what was asked for."""
    asked = argparse.ArgumentParser(prog="make bench", description=__doc__)
    asked.add_argument("files", nargs="*")
    asked.add_argument("--only", action="append", help="a section's name; repeatable")
    asked.add_argument("--documents", type=int, default=1_000, help="the most documents of the growth")
    asked.add_argument("--keep", action="store_true", help="print, and leave the page as it is")
    options = asked.parse_args()
    texts = named(options.files)
    pool = paragraphs([d for documents in texts.values() for d in documents])
    sections: dict[str, Callable[[], Section]] = {
        "one": lambda: one_process(texts),
        "two": lambda: two_processes(texts),
        "others": lambda: others(texts),
        "growth": lambda: growth(pool, options.documents),
        "starting": starting,
    }
    unknown = set(options.only or []) - set(sections)
    if unknown:
        asked.error(f"--only takes {', '.join(sections)}, not {', '.join(sorted(unknown))}")
    pages = [HEAD.format(machine=machine(), day=f"{date.today():%-d %B %Y}")]
    for name, measure in sections.items():
        if options.only and name not in options.only:
            continue
        err.print(f"measuring: {name}")
        section = str(measure())
        print(section, end="\n\n", flush=True)
        pages.append(section)
    if not options.keep and not options.only:
        PAGE.write_text("\n".join(pages) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
