"""A sentence read against a grid: each word as a cell, a header, a word that asks something, or neutral."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from claimcheck.grids.grid import (
    Asking,
    Column,
    Grid,
    PartialDay,
    asking_at,
    day_at,
    keys_of_word,
    names,
    number,
    ordinal,
    stem_of,
    tokens,
)
from claimcheck.model import Interval

_LONGEST = 60  # words: a longer sentence says more than a table can answer
_INSIDE = frozenset({"of", "the", "by", "in", "for", "s"})  # may stand between the words of a header
_NEVER_HEADERS = frozenset({"not", "a", "i", "be", "in", "on", "at", "by", "from", "for", "s", "to", "and"})
_LESS_THAN_HEADERS = frozenset({"neutral", "light", "total", "average", "times"})
Kind = Literal[
    "value", "day", "number", "header", "row", "than", "or", "most", "least", "first", "last", "more",
    "fewer", "before", "after", "at_least", "at_most", "exactly", "total", "average", "count", "times",
    "none", "all", "both", "only", "others", "light", "negation", "plural", "neutral",
]  # fmt: skip
MENTIONS = frozenset({"value", "day", "number"})


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of words and what it is.

    `columns`: those that a header may be; `cells`: the rows in which a value stands, by column; `interval`,
    `day`: what is written; `of`: columns that a word brings with it. `light`: a verb that only says that a
    column's size was reached ("scored 12 goals"), but not a column `not_with`; `is_row`: a header that may
    stand for a row.
    """

    kind: Kind
    at: int
    end: int
    words: str
    columns: tuple[int, ...] = ()
    cells: Mapping[int, frozenset[int]] | None = None
    interval: Interval | None = None
    day: PartialDay | None = None
    ordinal: bool = False
    of: tuple[str, ...] = ()
    light: bool = False
    is_row: bool = False
    not_with: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """Its words as names are compared."""
        return frozenset(names(tokens(self.words)))

    @property
    def is_mention(self) -> bool:
        """True if it names a cell: a value, a day or a number."""
        return self.kind in MENTIONS


@dataclass(frozen=True, slots=True)
class Read:
    """The items of a sentence without what is neutral, or the word that nothing explains."""

    items: tuple[Item, ...] = ()
    unread: str | None = None


_SO_MANY_TIMES = {"twice": ("2", "times"), "thrice": ("3", "times")}


def read(grid: Grid, text: str) -> Read:
    """What each word of a sentence is to a grid."""
    found = [part for word in tokens(text) for part in _SO_MANY_TIMES.get(word, (word,))]
    if len(found) > _LONGEST:
        return Read()
    items: list[Item] = []
    at = 0
    while at < len(found):
        item = max(_candidates(grid, found, at), key=lambda item: item.end, default=None)
        if item is None:
            return Read(unread=found[at])
        at = item.end
        before = items[-1] if items else item
        both = tuple(c for c in before.columns if c in item.columns)
        if items and both and before.kind == item.kind == "header" and item.at - before.end <= 1:
            words = f"{before.words} {item.words}"  # one column put together: "crowd figures"
            items[-1] = replace(before, end=at, words=words, columns=both, light=False, is_row=False)
        elif item.kind != "neutral":
            items.append(item)
    left: list[Item] = []
    for n, item in enumerate(items):
        if item.light and not _governs(grid, items[n + 1 : n + 6], item):
            if item.kind != "light":
                left.append(replace(item, light=False))
            elif not (n and items[n - 1].kind == "header" and items[n - 1].end == item.at):  # "the seats won"
                return Read(unread=found[item.at])
        elif not item.light:
            left.append(item)
    return Read(tuple(_bounded(left)))


def _governs(grid: Grid, behind: Sequence[Item], light: Item) -> bool:
    """True if a light verb has a column whose size it tells: another header among the next items."""
    header = next((item for item in behind if item.kind == "header" and not item.light), None)
    return header is not None and not any(grid.columns[c].kinds & light.not_with for c in header.columns)


def _candidates(grid: Grid, found: Sequence[str], at: int) -> Iterator[Item]:
    """What may begin at a word, what says most first."""
    word = found[at]

    def item(kind: Kind, length: int, **more: object) -> Item:
        return Item(kind, at, at + length, " ".join(found[at : at + length]), **more)  # type: ignore[arg-type]

    day = day_at(found, at)
    if day is not None and any(column.days for column in grid.columns):
        yield item("day", day[1], day=day[0])
    if (named := _values(grid, found, at)) is not None:
        yield item("value", named[0], cells=named[1])
    if word in ("than", "or"):
        yield item(word, 1)  # type: ignore[arg-type]
        return
    if (stated := _in_title(grid, found, at)) > 1:
        yield item("neutral", stated)
    asking = asking_at(found, at) or Asking("", (), frozenset(), 1)
    of, not_with, is_light = asking.of, asking.not_with, asking.use == "light"
    length, columns = (0, ()) if word in _NEVER_HEADERS else _header(grid, found, at)
    if length > (word == "no") and (  # "no built" is a header, "no bridge" is none
        not asking.use or asking.use in _LESS_THAN_HEADERS or length > asking.length
    ):
        light = length == 1 and (is_light or bool(not_with))
        is_row = length == 1 and grid.is_row(word)
        yield item("header", length, columns=columns, light=light, is_row=is_row, not_with=not_with)
    if asking.use not in ("neutral", ""):
        yield item(asking.use, asking.length, of=of, light=is_light, not_with=not_with)  # type: ignore[arg-type]
    place = ordinal(word)
    size = number(word) if place is None else Decimal(place)
    if size is not None:
        yield item("number", 1, interval=Interval(size, size), ordinal=place is not None)
    if grid.is_row(word):
        yield item("row", 1)
    if asking.use or stem_of(word) in grid.title_stems or grid.is_row(word, "verbs"):
        yield item("neutral", asking.length)


def _values(grid: Grid, found: Sequence[str], at: int) -> tuple[int, Mapping[int, frozenset[int]]] | None:
    """How many words the longest cell named at a word has, and the rows by column where it stands."""
    here = names(found[at:])
    fitting = [entry for entry in grid.names.get(here[0], ()) if here[: len(entry[0])] == entry[0]]
    cells: dict[int, set[int]] = defaultdict(set)
    for words, column, row in fitting:
        if len(words) == len(fitting[0][0]):
            cells[column].add(row)
    return (len(fitting[0][0]), {c: frozenset(rows) for c, rows in cells.items()}) if fitting else None


def _in_title(grid: Grid, found: Sequence[str], at: int) -> int:
    """How many words from one on stand so in the title of the table: a year in it is no number."""
    title, longest = grid.title_words, 0
    for start in range(len(title)):
        pairs = enumerate(zip(found[at:], title[start:], strict=False))
        same = min(len(found) - at, len(title) - start)
        longest = max(longest, next((n for n, (one, other) in pairs if one != other), same))
    return longest


def _header(grid: Grid, found: Sequence[str], at: int) -> tuple[int, tuple[int, ...]]:
    """How many words name columns from a word on, and which: those that have most of these words, and of them
    those that have no other, where there are any."""
    ranked = [(*_matched(column, found, at), column.at) for column in grid.columns]
    best = max(ranked, default=(0, 0, False, 0))[:3]
    return best[1], tuple(n for *rank, n in ranked if best[0] and tuple(rank) == best)


def _matched(column: Column, found: Sequence[str], at: int) -> tuple[int, int, bool]:
    """How many words of a header are named from a word on, over how many words, and whether these are all."""
    left = list(column.words)
    length = 0
    for position, word in enumerate(found[at:], 1):
        mine = keys_of_word(word)
        fits = word if word in left else next((w for w in left if keys_of_word(w) & mine), None)
        if fits is not None and word != "not":
            left.remove(fits)
            length = position
        elif position == 1 or not left or word not in _INSIDE | column.unsaid:
            break
    return len(column.words) - len(left), length, not left


_BOUNDS = frozenset({"more", "fewer", "at_least", "at_most", "exactly"})
_ALONE = frozenset({"over", "under", "above", "below", "exceeding"})  # bound a number without "than"


def _bounded(items: Sequence[Item]) -> Iterator[Item]:
    """Words that bound a number put into it: "more than 25" is one number, from 25 on."""
    at = 0
    while at < len(items):
        item, behind = items[at], items[at + 1 : at + 3]
        at += 1
        kinds = [i.kind for i in behind]
        than = kinds[:1] == ["than"]
        size = behind[than] if len(behind) > than else item
        if item.kind in _BOUNDS and not item.of and size.kind == "number" and not size.ordinal:
            if than or item.kind not in ("more", "fewer") or item.words in _ALONE:
                at += 1 + than
                item = replace(size, at=item.at, interval=_interval(size, item.kind))
        elif item.kind == "number" and kinds in (["or", "more"], ["or", "fewer"]):
            at += 2
            kind = "at_least" if kinds[1] == "more" else "at_most"
            item = replace(item, end=behind[1].end, interval=_interval(item, kind))
        yield item


def _interval(item: Item, kind: str) -> Interval:
    """The values that a bounded number admits: more than 25 begins just above 25, for 25.1 is more."""
    assert item.interval is not None
    size = item.interval.low or Decimal(0)
    step = {"more": Decimal("0.000001"), "fewer": -Decimal("0.000001")}.get(kind, Decimal(0))
    return Interval(
        None if kind in ("fewer", "at_most") else size + step,
        None if kind in ("more", "at_least") else size + step,
    )
