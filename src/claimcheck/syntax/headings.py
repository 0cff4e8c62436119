"""The line above a list, which governs its items, and where an item begins."""

from __future__ import annotations

import re
from functools import lru_cache

from claimcheck.lexicon import pattern
from claimcheck.model import Span

_BULLET = re.compile(r"[ \t]*(?:[-*•·‣▪–—]|\(?\d{1,2}[.)])\s+")
_ENTRY = re.compile(
    r"[ \t]*[A-ZÀ-ÖØ-Þ][^\n:.;!?\d]{1,60}"
    r"(?:(?::|\s[–—-])\s+(?=[^\n]*\d)[^\n]{1,100}|\s[$€£]?\d[\d,.]*[ \t]?(?:%|[a-z]{2,9})?)[ \t\r]*"
)
"""A line that names something and gives its number, without a bullet: "Germany: 3.6%", "Germany 3.6%"."""
_DATED = pattern("list_lines", "dated")
"""A line that gives the number of a day, a month or a year: "12 November: 240", "2021: 3.6 %"."""
_LONGEST = 160
_MOST_LINES = 60
_MOST_LEVELS = 3
_WRAPPED, _MOST_WRAPPED = 40, 12  # characters at least of a line that goes on below, and lines of an item


@lru_cache(maxsize=1 << 10)
def headings(text: str, start: int) -> tuple[Span, ...]:
    """The lines that govern the list in which a sentence stands, the nearest first: "2021" and, above it,
    "Unemployment rate". Headings of lists between belong to those alone; prose ends them."""
    line = _item_of(text, text.rfind("\n", 0, start) + 1)
    if not _is_item(text, line):
        return ()
    out: list[Span] = []
    below_item = True
    end = line - 1
    for _ in range(_MOST_LINES):
        if end <= 0 or len(out) == _MOST_LEVELS:
            break
        begin = _item_of(text, text.rfind("\n", 0, end) + 1)
        written = text[begin:end].strip()
        if written and _is_item(text, begin):
            below_item = True
        elif written:
            short = len(written) <= _LONGEST and written[-1] not in ".!?" and " | " not in written
            if not (short or (written.endswith(":") and not out)):
                break
            if not out or (not below_item and not written.endswith(":")):
                out.append(Span(begin, end))
                if written.endswith(":"):
                    break
            below_item = False
        end = begin - 1
    return tuple(out)


def _is_item(text: str, begin: int) -> bool:
    """Whether a line is an item of a list: by its bullet, or by a name and a number as a line beside it."""
    if _BULLET.match(text, begin) is not None:
        return True
    end = _end(text, begin)
    if not _is_entry(text, begin, end):
        return False
    before = text.rfind("\n", 0, max(0, begin - 1)) + 1
    beside = [(before, begin - 1)] if begin else []
    beside += [(end + 1, _end(text, end + 1))] if end < len(text) else []
    return any(_is_entry(text, *line) for line in beside)


def _item_of(text: str, begin: int) -> int:
    """Where the item begins that goes on in a line, as wrapped ones do; the line's own start if in none."""
    line = begin
    for _ in range(_MOST_WRAPPED):
        before = text.rfind("\n", 0, max(0, line - 1)) + 1
        written = text[before : max(0, line - 1)].strip()
        if _BULLET.match(text, line) or len(written) < _WRAPPED or written[-1] in ".!?:;|":
            break
        line = before
    return line if _BULLET.match(text, line) else begin


def _is_entry(text: str, begin: int, end: int) -> bool:
    return any(line.fullmatch(text, begin, end) is not None for line in (_ENTRY, _DATED))


def _end(text: str, begin: int) -> int:
    found = text.find("\n", begin)
    return len(text) if found < 0 else found
