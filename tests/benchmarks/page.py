"""The page `docs/benchmarks.md`: what was to be reached, what was measured, and what each change gave."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from tests.benchmarks.figures import ROOT, Section, machine

PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Made by `make bench`. Compare figures within one table only: they were measured in turn on one machine.
It may have had other work, so the processor's time says more than the clock's.
{machine}.
"""


class Page:
    """The page while it is measured: a section takes the place of the one of its title, others stay."""

    def __init__(self, file: Path = PAGE) -> None:
        self._file = file
        self._sections = sections(file.read_text(encoding="utf-8"))

    def put(self, section: Section) -> None:
        """Write a section, with the day on which it was measured."""
        title, _, body = str(section).removeprefix("## ").partition("\n")
        self._sections[title] = f"{body}\n\nMeasured on {date.today():%-d %B %Y}.\n\n"
        self._file.write_text(written(self._sections), encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """The sections of a page, title to text."""
    return dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))


def written(measured: Mapping[str, str]) -> str:
    """The whole page; `measured` are its sections, title to text."""
    parts = [HEAD.format(machine=machine()), *(f"## {title}\n{text}" for title, text in measured.items())]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)
