"""The figures that the project holds itself to, read from the other sections of the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from tests.benchmarks.figures import Section
from tests.benchmarks.texts import LETTER

TITLE = "What was to be reached"
NONE = "not measured"
Row = dict[str, str]


@dataclass(frozen=True)
class Aim:
    """A figure: what it is, the section of the page that has it, how it is found there; least and aim."""

    what: str
    section: str
    find: Callable[[list[Row]], str]
    must: str
    aim: str


def cell(row: str, column: str, unit: str = "") -> Callable[[list[Row]], str]:
    """The cell of the row whose first cell begins so."""

    def find(rows: list[Row]) -> str:
        own = next(r for r in rows if next(iter(r.values())).startswith(row))
        return f"{own[column]} {unit}".rstrip()

    return find


def straight(rows: list[Row]) -> str:
    """What a further document costs in the last step of the growth, over what it costs in the step before."""
    points = [(_number(r["documents"]), _number(r["processor s"])) for r in rows]
    steps = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points)]
    return f"{steps[-1] / steps[-2]:.2f} to {points[-1][0]:,.0f} documents"


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def slowest(rows: list[Row]) -> str:
    """The slowest of the desk's pages and forms; opening a snapshot is done ahead of them."""
    pages = [r for r in rows if not r["page or form"].startswith("opening")]
    last = max(pages, key=lambda r: _number(r["95th percentile"]))
    return f"{last['95th percentile']} ms, {last['page or form']}"


ONE, TWO = "Extraction in one process", "Extraction in two processes"
START, STORED, CROSS = "Starting", "Stored claims", "Cross-referencing"
AIMS = (
    Aim("extraction, speeches, one process, over spaCy", ONE, cell("un general", "ratio"), "3", "8"),
    Aim("the same, war articles", ONE, cell("wikipedia", "ratio"), "2", "4"),
    Aim("the same, the letter", ONE, cell(LETTER, "ratio"), "3", "8"),
    Aim("two processes over spaCy's two, speeches", TWO, cell("un general", "ratio"), "3", "6"),
    Aim("the same, war articles", TWO, cell("wikipedia", "ratio"), "3", "6"),
    Aim("the same, the letter", TWO, cell(LETTER, "ratio"), "3", "6"),
    Aim("a further document, last step of the growth over the one before", "Growth", straight, "1.1", "1"),
    Aim("highest memory, 100,000 documents, MB", "Growth", cell("100,000", "peak MB"), "1,024", "600"),
    Aim("storing, rows a second", "Storing", cell("", "rows/s"), "100,000", "400,000"),
    Aim(
        "100,000 claims against 100,000 rows, of the processor",
        CROSS,
        cell("", "processor s", "s"),
        "20 s",
        "5 s",
    ),
    Aim("re-check of a million claims, a row changed", STORED, cell("re-check", "s", "s"), "60 s", "2 s"),
    Aim("the letter, whole process", START, cell("`claimcheck check", "s", "s"), "3 s", "1.6 s"),
    Aim("`claimcheck --help`", START, cell("`claimcheck --help", "s", "s"), "0.3 s", "0.15 s"),
    Aim("`query`, counting a million claims", STORED, cell("`claimcheck", "s", "s"), "0.5 s", "0.2 s"),
    Aim("the desk over 100,000 claims, slowest page, 95th percentile", "Desk", slowest, "100 ms", "–"),
    Aim("flow over plain call, 600 documents", "Scheduled", cell("flow over plain", "s"), "1.1", "1.03"),
)


def aims(sections: Mapping[str, str]) -> Section:
    """Each figure beside the least and the aim; `sections` are the page's, title to text."""
    rows = [(a.what, _found(a, sections.get(a.section, "")), a.must, a.aim) for a in AIMS]
    return Section(
        TITLE,
        "Figures of the sections below, beside the least that was asked and what was aimed at. Ratios of "
        "extraction and rows a second are to be high, all others low. Speeches and war articles are texts "
        "that `CORPUS` names.",
        ("figure", "here", "least", "aim"),
        rows,
    )


def _found(aim: Aim, text: str) -> str:
    lines = [[c.strip() for c in line.strip("|").split("|")] for line in re.findall(r"^\|.*\|$", text, re.M)]
    if len(lines) < 3:
        return NONE
    rows = [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]
    try:
        return aim.find(rows)
    except (StopIteration, KeyError, IndexError, ValueError):
        return NONE  # another measurement, with fewer documents or other texts
