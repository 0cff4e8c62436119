"""The document's text cut into blocks and runs, so that a page can highlight claims that nest or overlap.

Every character belongs to at most one run. Where claims overlap, a run belongs to the shortest claim over
it (of equal ones, to the gravest), and every claim gets its number where it ends, so that none disappears.
The work is a sweep over the sorted ends of spans: n log n, whatever the spans do to each other.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from claimcheck.model import Document

_LONG_LINE = 160  # a longer line was not wrapped by hand: it is a paragraph of its own


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to highlight: the view behind it (`index`), its standing, how grave that is (0 gravest)."""

    start: int
    end: int
    index: int
    gravity: int
    point: bool = False  # only its number is shown, since the span is too wide to highlight


@dataclass(frozen=True, slots=True)
class Run:
    """Characters under one mark (`index` None: under none), and the marks that end behind them."""

    pieces: tuple[tuple[str, bool], ...]  # text, whether it is a claim's own number or time
    index: int | None
    ending: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a stretch of a list; `notes` are the marks that end in it, in text order."""

    kind: str
    runs: tuple[Run, ...]
    notes: tuple[int, ...]


@dataclass(slots=True)
class _Sweep:
    """The marks that are open at the current character, the narrowest on top."""

    marks: Sequence[Mark]
    at: int = 0
    heap: list[tuple[int, int, int, int]] = field(default_factory=list)

    def narrowest(self, here: int) -> int | None:
        """The index of the mark to show from `here` on; `here` never goes back."""
        while self.at < len(self.marks) and self.marks[self.at].start <= here:
            mark = self.marks[self.at]
            heapq.heappush(self.heap, (mark.end - mark.start, mark.gravity, mark.index, mark.end))
            self.at += 1
        while self.heap and self.heap[0][3] <= here:
            heapq.heappop(self.heap)
        return self.heap[0][2] if self.heap else None


def blocks(document: Document, marks: Sequence[Mark], strong: Iterable[tuple[int, int]]) -> list[Block]:
    """The text as blocks of runs. `strong` are the spans of the numbers and times that claims use."""
    text = document.text
    wide = sorted((m for m in marks if not m.point and m.start < m.end), key=lambda m: (m.start, m.end))
    ends = sorted((min(max(m.end, 1), len(text)), m.index) for m in marks)
    bold = _merged(strong)
    places = [end for end, _ in ends]
    cuts = sorted({c for m in wide for c in (m.start, m.end)}.union(places, *bold))
    sweep, bold_starts = _Sweep(wide), [start for start, _ in bold]
    result = []
    done = 0
    for kind, start, end in _stretches(document):
        last = bisect_right(places, end)
        notes = [index for _, index in ends[done:last]]
        at = done
        runs: list[Run] = []
        inner = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
        for here, there in zip([start, *inner], [*inner, end], strict=True):
            after = bisect_right(places, there, at, last)
            ending = tuple(index for _, index in ends[at:after])
            at = after
            near = bisect_right(bold_starts, here) - 1
            piece = (text[here:there], near >= 0 and here < bold[near][1])
            _extend(runs, piece, sweep.narrowest(here), ending)
        result.append(Block(kind, tuple(runs), tuple(sorted(notes))))
        done = last
    if result and done < len(ends):  # marks that end in the white space after the last block
        left, tail = result[-1], tuple(index for _, index in ends[done:])
        runs = [*left.runs[:-1], replace(left.runs[-1], ending=left.runs[-1].ending + tail)]
        result[-1] = Block(left.kind, tuple(runs), left.notes + tail)
    return result


def _extend(runs: list[Run], piece: tuple[str, bool], index: int | None, ending: tuple[int, ...]) -> None:
    """Add a piece, to the last run where the same mark goes on and nothing ended in between."""
    if runs and runs[-1].index == index and not runs[-1].ending and len(runs[-1].pieces) < 64:
        runs[-1] = Run((*runs[-1].pieces, piece), index, ending)
    else:
        runs.append(Run((piece,), index, ending))


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _stretches(document: Document) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of each block: cut at blank lines, at zone borders and around long lines."""
    borders = {zone.start for zone in document.zones}
    kinds = iter(document.zones)
    zone = next(kinds, None)
    start: int | None = None
    end = 0
    kind = "body"
    at = 0
    for line in document.text.split("\n"):
        stop = at + len(line)
        while zone is not None and zone.end <= at:
            zone = next(kinds, None)
        here = zone.kind if zone is not None and zone.start <= at else "body"
        empty = not line.strip()
        alone = len(line) > _LONG_LINE
        if start is not None and (empty or alone or here != kind or at in borders):
            yield kind, start, end
            start = None
        if not empty:
            start, end, kind = (at if start is None else start), stop, here
            if alone:
                yield kind, start, end
                start = None
        at = stop + 1
    if start is not None:
        yield kind, start, end
