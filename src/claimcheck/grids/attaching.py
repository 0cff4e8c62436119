"""Which header belongs to which named cell: "the best actress was X when the best actor was Y"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from claimcheck.grids.grid import Grid
from claimcheck.grids.reading import Item
from claimcheck.grids.tokens import PartialDay
from claimcheck.model import Interval

_IDLE = 6  # what it costs to take a header for a word for rows: "the game on 3 May"
_MOST = 3_000  # ways to attach headers that are tried
_ACROSS, _ELSEWHERE = (
    4,
    2,
)  # what it costs to reach over another named cell, or to name a cell of another column
_NOT_BY_CHANCE = 1_000
_LABELS = frozenset(
    {"number", "episode", "week", "round", "rank", "season", "series", "pick", "platform", "room", "grid"}
)


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """A named cell: where it stands, the rows by each column that it may be of. `headed`: a header says
    which column; `is_label`: it tells which row is meant, and is no size."""

    item: Item
    cells: Mapping[int, frozenset[int]]
    headed: bool
    is_label: bool

    @property
    def rows(self) -> frozenset[int]:
        """All rows in which it stands."""
        return frozenset().union(*self.cells.values())


def attached(
    grid: Grid, items: Sequence[Item], mentions: Sequence[Item], headers: Sequence[Item]
) -> list[tuple[Atom, ...]]:
    """The ways to attach every header to a named cell, those only over the least distance; none where one is
    left over, or a number stays without a column."""
    choices = [
        [
            (m, cost)
            for m, mention in enumerate(mentions)
            if (cost := _cost(grid, items, header, mention)) is not None
        ]
        + ([(-1, _IDLE)] if header.is_row else [])
        for header in headers
    ]
    ways = 1
    for choice in choices:
        ways *= len(choice)
    if not 0 < ways <= _MOST:
        return []
    nearest: dict[bool, tuple[int, list[tuple[Atom, ...]]]] = {}
    for way in sorted(product(*choices), key=lambda way: sum(cost for _, cost in way)):
        taken = [m for m, _ in way]
        cost = sum(c for _, c in way)
        at_home = all(m < 0 or _stands_in(mentions[m], h) for h, m in zip(headers, taken, strict=True))
        best, found = nearest.get(at_home, (cost, []))
        if cost > best or not _agree(headers, taken):
            continue
        atoms = _atoms(grid, items, mentions, headers, taken)
        if atoms is not None:
            nearest[at_home] = (cost, [*found, atoms])
    if False in nearest and True in nearest and nearest[True][0] < nearest[False][0]:
        del nearest[False]
    return [atoms for _, found in nearest.values() for atoms in found]


def _atoms(
    grid: Grid, items: Sequence[Item], mentions: Sequence[Item], headers: Sequence[Item], taken: Sequence[int]
) -> tuple[Atom, ...] | None:
    """The named cells with the headers that they have taken; None where a number stays without a column."""
    told = [_columns(headers, taken, n) for n in range(len(mentions))]
    atoms = [_atom(grid, items, m, told[n] or _taken_over(mentions, told, n)) for n, m in enumerate(mentions)]
    return None if None in atoms else tuple(atom for atom in atoms if atom is not None)


def _taken_over(
    mentions: Sequence[Item], told: Sequence[frozenset[int] | None], at: int
) -> frozenset[int] | None:
    """The columns of a number that follows the like of it: "A won 51 seats and B 26"."""
    if mentions[at].kind != "number" or at < 3 or mentions[at - 1].kind != "value":
        return None
    pairs = [m for m in range(1, at) if mentions[m].kind == "number" and mentions[m - 1].kind == "value"]
    return next((told[m] for m in pairs if told[m]), None)


def _stands_in(mention: Item, header: Item) -> bool:
    """True if a named cell is one of the header's column somewhere."""
    return mention.cells is None or any(column in mention.cells for column in header.columns)


def _agree(headers: Sequence[Item], taken: Sequence[int]) -> bool:
    """True if two headers of one cell may be one column: "number 3 of the set"."""
    return all(m < 0 or _columns(headers, taken, m) for m in set(taken))


def _columns(headers: Sequence[Item], taken: Sequence[int], mention: int) -> frozenset[int] | None:
    mine = [frozenset(h.columns) for h, m in zip(headers, taken, strict=True) if m == mention]
    return frozenset.intersection(*mine) if mine else None


def _cost(grid: Grid, items: Sequence[Item], header: Item, mention: Item) -> int | None:
    """How far a header is from a cell that may be of its column; None where it may not."""
    penalty = _ELSEWHERE
    if mention.kind == "value":
        assert mention.cells is not None
        if any(column in mention.cells for column in header.columns):
            penalty = 0
        elif not any(grid.are_of_a_kind(c, other) for c in header.columns for other in mention.cells):
            return None
    else:
        fitting = [c for c in header.columns if _holds(grid, mention, c)]
        if not fitting:
            return None
        penalty = 0
    first, second = sorted((header, mention), key=lambda item: item.at)
    between = [i for i in items if first.end <= i.at and i.end <= second.at and i.is_mention]
    return second.at - first.end + _ACROSS * len(between) + penalty


def _holds(grid: Grid, mention: Item, at: int) -> bool:
    """True if the cells of a column are of the kind of a day or number."""
    column = grid.columns[at]
    if mention.kind == "day":
        return bool(column.days)
    if column.numbers or (_year(mention) is not None and column.days):
        return True
    return any(cell == mention.words for cell in (grid.cells[n][at] for n in grid.rows))


def _atom(grid: Grid, items: Sequence[Item], mention: Item, columns: frozenset[int] | None) -> Atom | None:
    """A named cell in the columns that its headers leave; None for a number that no column is told of."""
    if mention.kind == "value":
        assert mention.cells is not None
        if columns is None:
            return Atom(mention, mention.cells, False, True)
        return Atom(mention, {c: mention.cells.get(c, frozenset()) for c in columns}, True, True)
    if mention.kind == "day":
        wanted = [c for c in grid.columns if c.days and (columns is None or c.at in columns)]
        assert mention.day is not None
        cells = {c.at: _on(grid, c.days, mention.day) for c in wanted}
        return Atom(mention, cells, columns is not None, True) if cells else None
    return _number(grid, items, mention, columns)


def _number(grid: Grid, items: Sequence[Item], mention: Item, columns: frozenset[int] | None) -> Atom | None:
    interval = mention.interval
    assert interval is not None
    year = _year(mention)
    label = False
    if columns is None:
        before = next((i for i in items if i.end == mention.at or i.end + 1 == mention.at), None)
        if before is not None and before.kind == "row":
            columns = frozenset(c.at for c in grid.columns if c.kinds & _LABELS and c.numbers)
            label = True
        elif year is not None:
            columns = frozenset(c.at for c in grid.columns if c.kinds & {"year", "season"} or c.days)
            label = True
    if not columns:
        return None
    cells: dict[int, frozenset[int]] = {}
    for at in columns:
        column = grid.columns[at]
        if column.numbers:
            cells[at] = frozenset(n for n, size in column.numbers.items() if interval.contains(size))
        elif column.days and year is not None:
            cells[at] = _on(grid, column.days, PartialDay(year, None, None))
        elif any(grid.cells[n][at] == mention.words for n in grid.rows):
            cells[at] = frozenset(n for n in grid.rows if grid.cells[n][at] == mention.words)
    label = label or all(grid.columns[at].kinds & (_LABELS | {"year"}) for at in cells)
    label = label or (interval.low == interval.high and all(_tells_apart(grid, at, interval) for at in cells))
    return Atom(mention, cells, True, label) if cells else None


def _tells_apart(grid: Grid, at: int, interval: Interval) -> bool:
    """True if a number of four digits or more stands once in its column: the attendance of one game."""
    return (
        interval.low is not None
        and interval.low >= _NOT_BY_CHANCE
        and sum(interval.contains(size) for size in grid.columns[at].numbers.values()) == 1
    )


def _on(grid: Grid, days: Mapping[int, PartialDay], day: PartialDay) -> frozenset[int]:
    """The rows of a day; a year that the cells leave out may be the title's."""
    bare = PartialDay(None, day.month, day.day)
    titled = str(day.year) in grid.title_words
    return frozenset(
        n
        for n, told in days.items()
        if day.fits(told) or (told.year is None and titled and day.month and bare.fits(told))
    )


def _year(mention: Item) -> int | None:
    """The year that a number may be."""
    interval = mention.interval
    if interval is None or interval.low is None or interval.low != interval.high or mention.ordinal:
        return None
    return int(interval.low) if 1500 <= interval.low <= 2100 and interval.low == int(interval.low) else None


def duplicates(atoms: Sequence[Atom]) -> Iterator[tuple[int, list[Atom]]]:
    """The columns of which two named cells or more can only be, with these; "Ann Lee (25)" is a name and a
    number."""
    sole: dict[tuple[int, bool], list[Atom]] = {}
    for atom in atoms:
        if len(atom.cells) == 1:
            sole.setdefault((next(iter(atom.cells)), atom.item.kind == "number"), []).append(atom)
    yield from ((at, found) for (at, _), found in sole.items() if len(found) > 1)
