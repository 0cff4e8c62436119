"""The lines of a page as they are set: where a paragraph goes on, where one begins, and which lines are rows.

The characters of a PDF say nothing of paragraphs or cells; where they stand on the sheet does. A line that
had no room for the next word goes on below; more room above a line than is usual, another size of letters or
an indent begins a paragraph; words under each other between the same strips of white are a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from claimcheck.documents.layout import BULLET, MARKER

GOES_ON = "\x1f"
"""Stands at the end of a line whose paragraph goes on in the next."""

MOST_LINES, MOST_WORDS = 1000, 200
"""So many lines of a page, and words of a line, are placed: more are no page that anybody set."""

_SAME = 0.08  # by how much of them sizes of one kind of letter differ
_LOOSE = 1.2  # times the usual distance of lines, from which on there is room between them
_FAR = 6  # sizes: lines farther apart are not one below the other
_INDENT = 0.8  # sizes
_CELL = 1.0  # sizes of white between two words, of which one row at least of a table has so much
_STRIP = 1.0  # points of white that every row has there
_LEAST = 2  # rows of a table
_PROSE = 30  # characters of a cell on the average: columns of prose are no table
_NEAR = 4  # sizes within which lines begin that have one right edge
_BLOCK = 4  # lines from which on a block may have an edge of its own


_QUOTES = '"“‘«'
_ENDED = re.compile(r"[.!?:;][\"'”’»)\]]{0,4}$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands, in points from the left and from the foot of the page; `size` is the height
    of its letters."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True)
class SetLine:
    """The words of a line, of which there is one at least."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @cached_property
    def size(self) -> float:
        """The size of most of its words."""
        return sorted(word.size for word in self.words)[len(self.words) // 2]

    @cached_property
    def base(self) -> float:
        """The foot of most of its words: a raised "1" in front of a note does not count."""
        return sorted(word.base for word in self.words)[(len(self.words) - 1) // 2]

    def is_as_large(self, other: SetLine) -> bool:
        """Whether its letters are of the size of another's."""
        return abs(self.size - other.size) <= _SAME * other.size


@dataclass(frozen=True, slots=True)
class _Block:
    """The right edge that the lines of a block might reach, and whether half of them do."""

    edge: float
    fills: bool


@dataclass(frozen=True, slots=True)
class _Strip:
    """White from top to bottom of some lines, and how much of it the line has that has most."""

    low: float
    high: float
    widest: float = 0.0
    white: float = 0.0  # of all lines together
    wide_in: int = 0  # how many lines have as much as between cells

    def common(self, other: _Strip) -> _Strip | None:
        """What is white in both; None where that is next to nothing."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if high - low < _STRIP:
            return None
        widest, white = max(self.widest, other.widest), self.white + other.white
        return _Strip(low, high, widest, white, self.wide_in + other.wide_in)


def set_text(lines: Sequence[SetLine]) -> str:
    """A page's text: blank lines between paragraphs, "|" between cells, `GOES_ON` where a line goes on."""
    found = list(_whole(lines))
    if not found:
        return ""
    rows = _rows(found)
    blocks = _blocks(found, rows)
    out = [rows.get(0) or found[0].text]
    item = False
    for at, (one, two) in enumerate(pairwise(found)):
        if at in rows and at + 1 in rows:
            between = "\n"
        elif blocks[at] is not blocks[at + 1]:
            between = "\n\n" if _is_below(one, two) else "\n"
        elif _begins(one, two):
            between = "\n\n"
        else:
            between = f"{GOES_ON}\n" if _goes_on(one, two, blocks[at]) else "\n"
        if blocks[at] is not blocks[at + 1]:
            item = _lists(one, two, found)
        mark = "- " if item and not between.startswith(GOES_ON) else ""
        out += [between, mark, rows.get(at + 1) or two.text]
    return "".join(out)


def _whole(lines: Sequence[SetLine]) -> Iterator[SetLine]:
    """The lines, those beside each other put together: cells that were written one by one."""
    last: SetLine | None = None
    for line in lines:
        if last is not None and abs(last.base - line.base) < line.size / 4 and line.left > last.right:
            last = SetLine((*last.words, *line.words))
            continue
        if last is not None:
            yield last
        last = line
    if last is not None:
        yield last


def _is_below(one: SetLine, two: SetLine) -> bool:
    """Whether a line stands somewhere below another, and not in the next column."""
    across = min(one.right, two.right) - max(one.left, two.left)
    return 0 < one.base - two.base < _FAR * max(one.size, two.size) and across > 0


def _pitch(lines: Sequence[SetLine]) -> dict[int, float]:
    """By the size of letters the distance that lines of a paragraph have."""
    found: dict[int, list[float]] = {}
    for one, two in pairwise(lines):
        if _is_below(one, two) and one.is_as_large(two):
            found.setdefault(round(two.size), []).append(one.base - two.base)
    return {size: sorted(pitches)[len(pitches) // 5] for size, pitches in found.items()}


def _blocks(lines: Sequence[SetLine], rows: dict[int, str]) -> list[_Block]:
    """The block of each line: lines of one size, one below the other as closely as usual."""
    pitch, cuts = _pitch(lines), [0]
    for at, (one, two) in enumerate(pairwise(lines)):
        usual = pitch.get(round(two.size), two.size)
        close = one.base - two.base <= _LOOSE * usual
        same = _is_below(one, two) and one.is_as_large(two) and close and (at in rows) == (at + 1 in rows)
        cuts += [] if same else [at + 1]
    out: list[_Block] = []
    for start, end in pairwise([*cuts, len(lines)]):
        out += [_block(lines[start:end], lines)] * (end - start)
    return out


def _block(mine: Sequence[SetLine], lines: Sequence[SetLine]) -> _Block:
    """A block with the right edge that its lines might reach: its own, where it shows one, else the page's
    for letters of its size that begin about there."""
    head = mine[0]
    near = [o for o in lines if o.is_as_large(head) and abs(o.left - head.left) < _NEAR * head.size]
    whole, own = max(o.right for o in near), max(o.right for o in mine)
    if len(mine) >= _BLOCK and not _fills(mine, whole) and _fills(mine, own):
        return _Block(own, True)
    return _Block(whole, _fills(mine, whole))


def _fills(lines: Sequence[SetLine], edge: float) -> bool:
    """Whether half of a block's lines had no room for the next word before an edge."""
    full = sum(_is_full(one, two, edge) for one, two in pairwise(lines))
    return full * 2 >= len(lines) - 1


def _is_full(one: SetLine, two: SetLine, edge: float) -> bool:
    """Whether the first word of a line had no room at the end of the one above."""
    first = two.words[0]
    return one.right + one.size / 4 + first.right - first.left > edge


def _goes_on(one: SetLine, two: SetLine, block: _Block) -> bool:
    """Whether a line of a block goes on with the sentence, or the paragraph, of the one above."""
    if any(mark.match(two.text) for mark in (MARKER, BULLET)):
        return False
    if _ENDED.search(one.text):
        return block.fills and _is_full(one, two, block.edge)
    return block.fills or _is_full(one, two, block.edge) or two.text[0].islower()


def _begins(one: SetLine, two: SetLine) -> bool:
    """Whether a line is indented where the one above it has no mark, and they stand not about one middle."""
    marked = any(mark.match(one.text) for mark in (MARKER, BULLET))
    centred = abs(one.left + one.right - two.left - two.right) < one.size
    return two.left - one.left > _INDENT * two.size and not marked and not centred


def _lists(one: SetLine, two: SetLine, lines: Sequence[SetLine]) -> bool:
    """Whether what begins below a line that ends in a colon are items whose marks are drawn, not written."""
    marked = any(mark.match(two.text) for mark in (MARKER, BULLET))
    begins = (o.left for o in lines if o.is_as_large(two) and 0 <= two.left - o.left < _NEAR * two.size)
    indented = two.left - min(begins) > 2 * _INDENT * two.size and _is_below(one, two)
    return one.text.endswith(":") and indented and not marked and two.text[0] not in _QUOTES


def _rows(lines: Sequence[SetLine]) -> dict[int, str]:
    """The lines that are rows of a table, by their number, each with "|" between its cells."""
    out: dict[int, str] = {}
    at = 0
    while at < len(lines):
        strips: list[_Strip] = []
        end, white = at + 1, _white(lines[at])
        while end < len(lines) and _is_next_row(lines[at : end + 1]):
            rows = lines[at : end + 1]
            white = [strip for one in white for two in _white(rows[-1]) if (strip := one.common(two))]
            found = _filled([s for s in white if s.widest >= _CELL * rows[0].size], rows)
            if not found or len(found) < len(strips):
                break
            strips, end = found, end + 1
        cells = [_cells(line, strips) for line in lines[at:end]]
        wide = all(strip.wide_in > 1 for strip in strips)
        if end - at < _LEAST or (end - at == _LEAST and not wide) or _is_prose(cells):
            at += 1
            continue
        out.update((at + i, f"| {' | '.join(row)} |") for i, row in enumerate(cells))
        at = end
    return out


def _is_next_row(lines: Sequence[SetLine]) -> bool:
    """Whether the last of some lines is as far below the others as the second is below the first."""
    first, last = lines[0].base - lines[1].base, lines[-2].base - lines[-1].base
    return _is_below(lines[-2], lines[-1]) and last <= _LOOSE * first


def _white(line: SetLine) -> list[_Strip]:
    """The white of a line: left of it, between its words, right of it."""
    gaps = [(a.right, b.left) for a, b in pairwise(line.words)]
    wide = _CELL * line.size
    inner = [
        _Strip(low, high, high - low, high - low, high - low >= wide) for low, high in gaps if high > low
    ]
    return [_Strip(float("-inf"), line.left), *inner, _Strip(line.right, float("inf"))]


def _filled(strips: Sequence[_Strip], lines: Sequence[SetLine]) -> list[_Strip]:
    """The strips between which each line has words, those with most white first."""
    out: list[_Strip] = []
    for strip in sorted(strips, key=lambda one: -one.white):
        tried = sorted([*out, strip], key=lambda one: one.low)
        out = tried if all(all(_cells(line, tried)) for line in lines) else out
    return out


def _cells(line: SetLine, strips: Sequence[_Strip]) -> list[str]:
    """A line's words between the strips."""
    edges = [float("-inf"), *((strip.low + strip.high) / 2 for strip in strips), float("inf")]
    return [
        " ".join(word.text for word in line.words if low <= (word.left + word.right) / 2 < high)
        for low, high in pairwise(edges)
    ]


def _is_prose(cells: Sequence[Sequence[str]]) -> bool:
    """Whether what stands in two columns is too long for cells."""
    return sum(len(cell) for row in cells for cell in row) > _PROSE * sum(len(row) for row in cells)
