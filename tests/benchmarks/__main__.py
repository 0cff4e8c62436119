"""`make bench`: measure, print, and write `docs/benchmarks.md`.

    make bench [CORPUS="FILE …"] [GROWTH=100000]
    python -m tests.benchmarks [--only NAME] [--words N] [--claims N] [--documents N] [--keep] [FILE ...]

The project's letter is measured, twenty times over, and each FILE: a text, a folder or a .jsonl file of
documents, of which the first `--words` count. `--claims` is how many stored claims are judged again (a
million take a minute to store), `--documents` how far the growth is followed (100,000 take a quarter of an
hour). `--only` measures a section; what is not measured stays on the page as it is, with the day of its
measurement. `--keep` leaves the page alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from rich.console import Console

from tests.benchmarks.extraction import one_process, two_processes
from tests.benchmarks.figures import Section
from tests.benchmarks.linking import linking
from tests.benchmarks.page import Page
from tests.benchmarks.recheck import again
from tests.benchmarks.review import desk
from tests.benchmarks.scale import growth
from tests.benchmarks.scheduled import scheduled
from tests.benchmarks.starting import starting
from tests.benchmarks.storing import storing
from tests.benchmarks.texts import named, paragraphs

err = Console(stderr=True)


def main() -> int:
    """Measure what was asked for."""
    asked = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("files", nargs="*")
    asked.add_argument("--only", action="append", help="a section's name; repeatable")
    asked.add_argument("--words", type=int, default=60_000, help="the most words of each file")
    asked.add_argument("--claims", type=int, default=1_000_000, help="stored claims that are judged again")
    asked.add_argument("--documents", type=int, default=10_000, help="the most documents of the growth")
    asked.add_argument("--keep", action="store_true", help="print, and leave the page as it is")
    options = asked.parse_args()
    texts = named(options.files, options.words)
    pool = paragraphs([d for documents in texts.values() for d in documents])
    sections: dict[str, Callable[[], Section]] = {
        "starting": starting, "one": lambda: one_process(texts), "two": lambda: two_processes(texts),
        "linking": lambda: linking(100_000), "storing": lambda: storing(100_000),
        "again": lambda: again(options.claims), "desk": desk, "scheduled": lambda: scheduled(pool),
        "growth": lambda: growth(pool, options.documents),
    }  # fmt: skip
    unknown = set(options.only or []) - set(sections)
    if unknown:
        asked.error(f"--only takes {', '.join(sections)}, not {', '.join(sorted(unknown))}")
    page = None if options.keep else Page()
    for name, measure in sections.items():
        if options.only and name not in options.only:
            continue
        err.print(f"measuring: {name}")
        section = measure()
        print(section, end="\n\n", flush=True)
        if page is not None:
            page.put(section)
    return 0


if __name__ == "__main__":
    sys.exit(main())
