"""A sentence read against a grid: each word as a cell, a header, a word that asks something, or neutral."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from claimcheck.grids.grid import Day, Grid, asking_at, day_at, names, tokens
from claimcheck.lexicon import pattern
from claimcheck.model import Interval
from claimcheck.numbers.numerals import parse_numeral
from claimcheck.syntax.stems import stem

_LONGEST = 60  # words: a longer sentence says more than a table can answer
_NEVER_HEADERS = frozenset({"not", "a", "i", "be", "in", "on", "at", "by", "from", "for", "s", "to", "and"})
_LESS_THAN_HEADERS = frozenset({"neutral", "light", "total", "average", "times"})
_ORDINAL = pattern("grid_cells", "ordinal")
Filter = Mapping[int, frozenset[int]]
"""Where a named cell stands: the rows by column, any of which will do."""


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of words and its `kind`: a named cell ("value", "day", "number"), a "header", a noun for rows
    ("row"), "than", "or", or what data/grid_words.toml says that it asks.

    `columns`: those that a header may be, or in which a cell may stand that has no header; `cells`: where it
    stands; `interval`: of a number; `of`: columns that a word brings with it; `light`: of a verb that only
    says that a column's size was reached ("scored 12 goals"), columns of which it does not; `is_row`: of a
    header that may stand for a row.
    """

    kind: str
    at: int
    end: int
    words: str
    columns: tuple[int, ...] = ()
    cells: Filter | None = None
    interval: Interval | None = None
    ordinal: bool = False
    of: tuple[str, ...] = ()
    light: frozenset[str] | None = None
    is_row: bool = False

    @property
    def names(self) -> frozenset[str]:
        """Its words as names are compared."""
        return frozenset(names(tokens(self.words)))


def read(grid: Grid, text: str) -> Sequence[Item]:
    """What each word of a sentence is to a grid, without what is neutral; nothing where a word stays
    unexplained."""
    found = tokens(text)
    if len(found) > _LONGEST:
        return ()
    items: list[Item] = []
    at = 0
    while at < len(found):
        item = max(_candidates(grid, found, at), key=lambda item: item.end, default=None)
        if item is None:
            return ()
        at = item.end
        before = items[-1] if items else item
        both = tuple(c for c in before.columns if c in item.columns)
        if items and both and before.kind == item.kind == "header" and item.at - before.end <= 1:
            words = f"{before.words} {item.words}"  # one column put together: "crowd figures"
            items[-1] = replace(before, end=at, words=words, columns=both, light=None, is_row=False)
        elif item.kind != "neutral":
            items.append(item)
    left = []
    for n, item in enumerate(items):
        header = next((i for i in items[n + 1 : n + 6] if i.kind == "header" and i.light is None), None)
        kinds = {kind for c in (header.columns if header else ()) for kind in grid.columns[c].kinds}
        governs = item.light is not None and header is not None and kinds.isdisjoint(item.light)
        if item.kind == "light" and not governs:
            if not n or items[n - 1].kind != "header" or items[n - 1].end != item.at:  # "the seats won"
                return ()
        elif not governs:
            left.append(item)
    bounded = _bounded(left)
    rows = {place for i in bounded if i.kind == "row" for place in ((i.end, False), (i.at, True))}
    return tuple(_standing(grid, i, rows) if i.kind == "number" else i for i in bounded)


def _candidates(grid: Grid, found: Sequence[str], at: int) -> Iterator[Item]:
    """What may begin at a word, what says most first."""
    word = found[at]

    def item(kind: str, length: int, **more: Any) -> Item:
        return Item(kind, at, at + length, " ".join(found[at : at + length]), **more)

    day = day_at(found, at)
    if day is not None and (cells := {c.at: c.on(day[0]) for c in grid.columns if c.days}):
        yield item("day", day[1], cells=cells, columns=tuple(cells))
    here = names(found[at:])
    for n in range(grid.longest.get(here[0], 0), 0, -1):
        if len(here) >= n and (named := grid.names.get(here[:n])):
            yield item("value", n, cells=named, columns=tuple(named))
    if word in ("than", "or"):
        yield item(word, 1)
        return
    title = grid.title_words  # a year in it is no number
    for n in range(len(title), 1, -1):
        if any(title[k : k + n] == tuple(found[at : at + n]) for k in range(len(title) - n + 1)):
            yield item("neutral", n)
    row, asked = asking_at(found, at) or ({"use": ""}, 1)
    use, light = row["use"], frozenset(row.get("not_with", ())) if row["use"] == "light" else None
    length, columns = (0, ()) if word in _NEVER_HEADERS else _header(grid, found, at)
    if length > (word == "no") and (  # "no built" is a header, "no bridge" is none
        not use or use in _LESS_THAN_HEADERS or length > asked
    ):
        is_row = length == 1 and grid.is_row(word)
        yield item("header", length, columns=columns, light=light if length == 1 else None, is_row=is_row)
    if use not in ("neutral", ""):
        yield item(use, asked, of=tuple(row.get("of", ())), light=light)
    size = None if word in ("a", "an") else parse_numeral(word)
    if size is not None:
        yield item("number", 1, interval=Interval(size, size), ordinal=_ORDINAL.fullmatch(word) is not None)
    if grid.is_row(word):
        yield item("row", 1)
    if use or (len(word) > 1 and stem(word) in map(stem, title)) or grid.is_row(word, "verbs"):
        yield item("neutral", asked)


def _header(grid: Grid, found: Sequence[str], at: int) -> tuple[int, tuple[int, ...]]:
    """How many words name columns from a word on, and which: those that have most of these words, and of them
    those that have no other, where there are any."""
    ranked = [(*column.matched(found, at), column.at) for column in grid.columns]
    best = max(ranked, default=(0, 0, False, 0))[:3]
    return best[1], tuple(n for *rank, n in ranked if best[0] and tuple(rank) == best)


_ANY = Decimal(0)
_STEP = Decimal("0.000001")  # more than 25 begins just above 25, for 25.1 is more
BOUNDS: Mapping[str, tuple[Decimal | None, Decimal | None]] = {
    "more": (_STEP, None), "above": (_STEP, None), "fewer": (None, -_STEP), "below": (None, -_STEP),
    "at_least": (_ANY, None), "at_most": (None, _ANY), "exactly": (_ANY, _ANY),
}  # fmt: skip
"""What bounds a number -> how far the least and the greatest that it may be are from it."""


def _bounded(items: Sequence[Item]) -> Sequence[Item]:
    """Words that bound a number put into it: "more than 25" is one number, from 25 on."""
    left = list(items)
    for n in range(len(left) - 2, -1, -1):
        bound, than = left[n], left[n].kind in ("more", "fewer")
        size = left[min(n + 1 + than, len(left) - 1)]
        number = None if bound.of or size.ordinal or than != (left[n + 1].kind == "than") else size.interval
        if bound.kind in BOUNDS and number is not None:
            ends = (None if by is None else (number.low or _ANY) + by for by in BOUNDS[bound.kind])
            left[n : n + 2 + than] = [replace(size, at=bound.at, interval=Interval(*ends))]
    return left


def _standing(grid: Grid, item: Item, rows: Container[tuple[int, bool]]) -> Item:
    """A number with the rows in which it stands; without a header a year may be of a column of years or days,
    and that of a noun in `rows` of one that numbers them: "episode 7", "the 7th episode"."""
    size = item.interval or Interval(None, None)
    year: Day | None = None
    if size.low is not None and size.low == size.high and 1500 <= size.low <= 2100 and not item.ordinal:
        year = (int(size.low), None, None)
    stated = {c.at: c.numbers.items() for c in grid.columns if c.numbers}
    cells = {at: frozenset(n for n, cell in numbers if size.contains(cell)) for at, numbers in stated.items()}
    cells |= {c.at: c.on(year) for c in grid.columns if year and c.days and c.at not in cells}
    sole = [c for c in grid.columns if year and (c.days or c.kinds & {"year", "season"})]
    if (item.end if item.ordinal else item.at, item.ordinal) in rows:
        sole = [c for c in grid.columns if c.numbers and c.is_a("label")]
    return replace(item, cells=cells, columns=tuple(c.at for c in sole if c.at in cells))
