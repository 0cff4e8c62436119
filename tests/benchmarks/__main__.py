"""`make bench`: measure, print, and write the sections of `docs/benchmarks.md`.

    python -m tests.benchmarks [--only NAME] [--words N] [--claims N] [--documents N] [--keep] [FILE ...]

FILE is a text, a folder or a .jsonl file of documents; without one the project's letter is read sixty times
over. `--words` takes so many words of each file. `--claims` is how many stored claims are judged again (a
million take a minute to store), `--documents` how far the growth is followed (100,000 take a quarter of an
hour). `--only` measures a section and leaves the others of the page as they are; `--keep` leaves the page
alone.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from datetime import date

from rich.console import Console

from tests.benchmarks.aims import TITLE, aims
from tests.benchmarks.desk import desk
from tests.benchmarks.extraction import one_process, others, two_processes
from tests.benchmarks.figures import ROOT, Section, machine
from tests.benchmarks.scale import growth
from tests.benchmarks.scheduled import scheduled
from tests.benchmarks.starting import starting
from tests.benchmarks.tables import again, linking, storing
from tests.benchmarks.texts import named, paragraphs

PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Made by `make bench`; a figure means something beside the other of the same table, measured in turn on the
same machine, which may have had other work: the processor's time says more than the clock's.
{machine}; {day}.
"""
BY_HAND = "What each change gave"  # the section that no benchmark writes
err = Console(stderr=True)


def main() -> int:
    """Measure what was asked for."""
    asked = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("files", nargs="*")
    asked.add_argument("--only", action="append", help="a section's name; repeatable")
    asked.add_argument("--words", type=int, help="the most words of each file")
    asked.add_argument("--claims", type=int, default=1_000_000, help="stored claims that are judged again")
    asked.add_argument("--documents", type=int, default=1_000, help="the most documents of the growth")
    asked.add_argument("--keep", action="store_true", help="print, and leave the page as it is")
    options = asked.parse_args()
    texts = named(options.files, options.words)
    pool = paragraphs([d for documents in texts.values() for d in documents])
    sections: dict[str, Callable[[], Section]] = {
        "starting": starting,
        "one": lambda: one_process(texts),
        "two": lambda: two_processes(texts),
        "others": lambda: others(texts),
        "linking": lambda: linking(100_000),
        "storing": lambda: storing(100_000),
        "again": lambda: again(options.claims),
        "desk": desk,
        "scheduled": lambda: scheduled(pool),
        "growth": lambda: growth(pool, options.documents),
    }
    unknown = set(options.only or []) - set(sections)
    if unknown:
        asked.error(f"--only takes {', '.join(sections)}, not {', '.join(sorted(unknown))}")
    for name, measure in sections.items():
        if options.only and name not in options.only:
            continue
        err.print(f"measuring: {name}")
        section = measure()
        print(section, end="\n\n", flush=True)
        if not options.keep:
            put(section)
    return 0


def put(section: Section) -> None:
    """Write a section into the page, in the place of the one of its title."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    there = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    title, _, body = str(section).removeprefix("## ").partition("\n")
    there[title] = f"{body}\n\n"
    first = {TITLE: str(aims(there)).partition("\n")[2] + "\n\n"}
    there = first | {name: said for name, said in there.items() if name != TITLE}
    if BY_HAND in there:
        there[BY_HAND] = there.pop(BY_HAND)  # last
    head = HEAD.format(machine=machine(), day=f"{date.today():%-d %B %Y}")
    pages = [head, *(f"## {name}\n{said}" for name, said in there.items())]
    PAGE.write_text("\n".join(page.rstrip("\n") + "\n" for page in pages), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
