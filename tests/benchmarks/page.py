"""The page `docs/benchmarks.md`: what was to be reached, what was measured, and what each change gave."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from tests.benchmarks.aims import TITLE, aims
from tests.benchmarks.changes import changes
from tests.benchmarks.figures import ROOT, Section, machine

PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Made by `make bench`. Compare figures within one table only: they were measured in turn on one machine.
It may have had other work, so the processor's time says more than the clock's.
{machine}.
"""


class Page:
    """The page while it is measured: each section is written when it is there.

    `anew` begins with an empty one, so that nothing older stands beside what is measured now; else a section
    takes the place of the one of its title.
    """

    def __init__(self, file: Path = PAGE, *, anew: bool) -> None:
        self._file = file
        self._sections = {} if anew or not file.exists() else sections(file.read_text(encoding="utf-8"))
        for title in (TITLE, *(section.title for section in changes())):
            self._sections.pop(title, None)

    def put(self, section: Section) -> None:
        """Write a section, with the day on which it was measured."""
        title, _, body = str(section).removeprefix("## ").partition("\n")
        self._sections[title] = f"{body}\n\nMeasured on {date.today():%-d %B %Y}.\n\n"
        self._file.write_text(written(self._sections), encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """The sections of a page, title to text."""
    return dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))


def written(measured: Mapping[str, str]) -> str:
    """The whole page; `measured` are the sections that were measured, title to text."""
    parts = [
        HEAD.format(machine=machine()), str(aims(measured)),
        *(f"## {title}\n{text}" for title, text in measured.items()), *map(str, changes()),
    ]  # fmt: skip
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)
