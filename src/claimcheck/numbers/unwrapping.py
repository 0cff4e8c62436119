"""Hard-wrapped text as one line: the patterns behind it know single spaces only, and offsets lead back.

Text out of a PDF breaks lines inside numbers and phrases ("Twenty- \\neight lives", "one \\nanother"). A line
end becomes a space where the line is long and the sentence goes on; two or three spaces become one. Line ends
before list items, after short lines (tables, headings) and between digits stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from claimcheck.model import Mention, Span
from claimcheck.numbers.scan import Scan, scan

_BLANKS = re.compile(r"[ \t\r\n]{2,}|\n")
_ITEM = re.compile(r"\d{1,3}[.)]")
_SHORTEST_LINE = 30  # a shorter line is a heading or a cell, not a wrapped sentence
_MOST_SPACES = 3  # more are the columns of a table


@dataclass(frozen=True, slots=True)
class Flat:
    """A text on one line: `places` are the offsets in it behind which characters are missing, `lost` how
    many are missing up to there."""

    text: str
    places: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()

    def original(self, at: int) -> int:
        """Where the character at an offset of the flat text stands in the original."""
        i = bisect_right(self.places, at)
        return at + (self.lost[i - 1] if i else 0)

    def scanned(self, text: str) -> Scan:
        """The places of the original `text` in the flat one: no word begins or ends elsewhere."""
        found = scan(text)
        if not self.places:
            return found
        keys = self._all([at for at, _ in found.phrases])
        return Scan(
            self._all(found.digits),
            self._all(found.numbers),
            self._all(found.vague),
            self._all(found.units),
            tuple(zip(keys, (key for _, key in found.phrases), strict=True)),
        )

    def _all(self, offsets: Sequence[int]) -> tuple[int, ...]:
        """Offsets of the original, in order, in the flat text: one pass over both."""
        out, i, lost, gaps = [], 0, 0, len(self.places)
        for at in offsets:
            while i < gaps and self.places[i] + self.lost[i] <= at:
                lost = self.lost[i]
                i += 1
            out.append(at - lost)
        return tuple(out)

    def within(self, span: Span) -> Span:
        """A span of the original, in the flat text."""
        return Span(self._flat(span.start), self._flat(span.end))

    def outside(self, mention: Mention, text: str) -> Mention:
        """A mention of the flat text, in the original `text`."""
        end = mention.end if mention.qualifier is None else max(mention.end, mention.qualifier.end)
        moved = self.places and end > self.places[0]
        if not moved and text.startswith(mention.text, mention.start):
            return mention  # nothing was left out before it, and no line ends in it
        span = self._span(mention.span)
        qualifier = None if mention.qualifier is None else self._span(mention.qualifier)
        written = text[span.start : span.end]
        return replace(mention, start=span.start, end=span.end, text=written, qualifier=qualifier)

    def _span(self, span: Span) -> Span:
        return Span(self.original(span.start), self.original(span.end - 1) + 1)

    def _flat(self, at: int) -> int:
        i = bisect_right(self.places, at, key=self.original)
        inside = at - (self.lost[i - 1] if i else 0)
        return min(inside, self.places[i]) if i < len(self.places) else inside  # among characters left out


@lru_cache(maxsize=2)
def flattened(text: str) -> Flat:
    """The text with its wrapped lines joined. Linear in its length."""
    parts: list[str] = []
    places: list[int] = []
    lost: list[int] = []
    at = line = removed = 0
    for found in _BLANKS.finditer(text):
        start, end = found.span()
        sign = _instead(text, start, end, start - line)
        if "\n" in found[0]:
            line = end
        if sign is None:
            continue
        parts += (text[at:start], sign)
        at = end
        if end - start > 1:
            removed += end - start - 1
            places.append(end - removed)
            lost.append(removed)
    if not parts:
        return Flat(text)
    return Flat("".join([*parts, text[at:]]), tuple(places), tuple(lost))


def _instead(text: str, start: int, end: int, length: int) -> str | None:
    """What stands for the blanks: a space, a line end, or None where they stay. `length` is the line's."""
    blanks = text[start:end]
    before, behind = text[start - 1 : start], text[end : end + 1]
    if not before or not behind or (before.isdigit() and behind.isdigit()):
        return None
    lines = blanks.count("\n")
    if lines == 0:
        return " " if len(blanks) <= _MOST_SPACES else None
    if lines > 1:
        return None
    goes_on = behind.islower() or (behind.isdigit() and _ITEM.match(text, end) is None)
    wrapped = goes_on and length >= _SHORTEST_LINE and before not in ".!?:;|"
    return " " if wrapped else "\n"
