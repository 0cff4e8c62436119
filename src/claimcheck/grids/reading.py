"""A sentence read against a grid: each word as a cell, a header, a word that asks something, or neutral."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from claimcheck.grids.grid import (
    Column,
    Grid,
    PartialDay,
    Token,
    asking_at,
    day_at,
    keys_of_word,
    names,
    tokens,
)
from claimcheck.model import Interval

_LONGEST = 60  # words: a longer sentence says more than a table can answer
_INSIDE = frozenset({"of", "the", "by", "in", "for", "s"})  # may stand between the words of a header
_NEVER_HEADERS = frozenset(
    {"no", "not", "a", "i", "be", "in", "on", "at", "by", "from", "for", "s", "to", "and"}
)

_LESS_THAN_HEADERS = frozenset({"neutral", "light", "total", "average", "times", "outcome"})
Kind = Literal[
    "value", "day", "number", "header", "row", "than", "or", "most", "least", "first", "last", "more",
    "fewer", "before", "after", "at_least", "at_most", "exactly", "total", "average", "count", "times",
    "outcome", "none", "all", "both", "only", "others", "light", "negation", "plural", "neutral",
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
    unread: Token | None = None


def read(grid: Grid, text: str) -> Read:
    """What each word of a sentence is to a grid."""
    found = _with_times(tokens(text))
    if not found or len(found) > _LONGEST:
        return Read()
    items: list[Item] = []
    at = 0
    while at < len(found):
        item = _item(grid, found, at)
        if item is None:
            return Read(unread=found[at])
        if item.kind != "neutral":
            items.append(item)
        at = item.end
    merged = _merged(items)
    for n, item in enumerate(merged):
        if item.light and not _governs(grid, merged, n):
            if item.kind == "light" and not (n and _is_told_after(merged[n - 1], item)):
                return Read(unread=found[item.at])
            if item.kind == "light":
                continue
            merged[n] = replace(item, light=False)
    return Read(tuple(_with_intervals([item for item in merged if not item.light])))


def _with_times(found: Sequence[Token]) -> tuple[Token, ...]:
    """The words, "twice" as 2 times."""
    out: list[Token] = []
    for token in found:
        number = _SO_MANY_TIMES.get(token.text)
        words = (token.text,) if number is None else (number, "times")
        out += (Token(word, token.start, token.end) for word in words)
    return tuple(out)


def _merged(items: Sequence[Item]) -> list[Item]:
    """Two headers beside each other that may be one column put together: "crowd figures"."""
    out: list[Item] = []
    for item in items:
        before = out[-1] if out else None
        if before is not None and before.kind == item.kind == "header" and item.at - before.end <= 1:
            both = tuple(c for c in before.columns if c in item.columns)
            if both:
                words = f"{before.words} {item.words}"
                out[-1] = replace(before, end=item.end, words=words, columns=both, light=False, is_row=False)
                continue
        out.append(item)
    return out


def _is_told_after(header: Item, light: Item) -> bool:
    """True if a light verb stands right behind its column: "the seats won"."""
    return header.kind == "header" and not header.light and header.end == light.at


def _governs(grid: Grid, items: Sequence[Item], at: int) -> bool:
    """True if a light verb has a column whose size it tells: another header among the next items."""
    header = next((item for item in items[at + 1 : at + 6] if item.kind == "header" and not item.light), None)
    if header is None:
        return False
    return not any(grid.columns[c].kinds & items[at].not_with for c in header.columns)


def _item(grid: Grid, found: Sequence[Token], at: int) -> Item | None:
    """The longest that begins at a word; of two as long the one that says more."""
    candidates = list(_candidates(grid, found, at))
    return max(candidates, key=lambda item: item.end, default=None)  # max takes the first of equals


def _candidates(grid: Grid, found: Sequence[Token], at: int) -> Iterator[Item]:
    """What may begin at a word, what says most first."""
    word = found[at]

    def item(kind: Kind, length: int, **more: object) -> Item:
        words = " ".join(token.text for token in found[at : at + length])
        return Item(kind, at, at + length, words, **more)  # type: ignore[arg-type]

    day = day_at(found, at)
    if day is not None and any(column.days for column in grid.columns):
        yield item("day", day[1], day=day[0])
    yield from _values(grid, found, at)
    if word.text in ("than", "or"):
        yield item("than" if word.text == "than" else "or", 1)
        return
    told = _in_title(grid, found, at)
    if told > 1:
        yield item("neutral", told)
    asking = asking_at(found, at)
    header = None if word.text in _NEVER_HEADERS else _header(grid, found, at)
    if word.text == "no":  # "no built" is a header, "no bridge" is none
        header = _header(grid, found, at)
        header = header if header is not None and header[0] > 1 else None
    if header is not None and (
        asking is None or asking.use in _LESS_THAN_HEADERS or header[0] > asking.length
    ):
        light = header[0] == 1 and asking is not None and (asking.use == "light" or bool(asking.not_with))
        not_with = asking.not_with if asking is not None else frozenset()
        is_row = header[0] == 1 and grid.is_row_noun(word.text)
        yield item("header", header[0], columns=header[1], light=light, is_row=is_row, not_with=not_with)
    if asking is not None and asking.use != "neutral":
        light = asking.use == "light"
        of, not_with = asking.of, asking.not_with
        if asking.use == "outcome":
            column, rows = grid.outcomes.get(of[0], (0, frozenset()))
            if grid.outcomes:
                yield item("outcome", 1, cells={column: rows})
            elif not_with:
                yield item("light", 1, light=True, not_with=not_with)
            return
        yield item(asking.use, asking.length, of=of, light=light, not_with=not_with)  # type: ignore[arg-type]
    number, ordinal = word.number, word.ordinal
    if number is not None:
        yield item("number", 1, interval=Interval(number, number))
    elif ordinal is not None:
        yield item("number", 1, interval=Interval(Decimal(ordinal), Decimal(ordinal)), ordinal=True)
    if grid.is_row_noun(word.text):
        yield item("row", 1)
    if asking is not None or word.stem in grid.title_stems or grid.is_row_verb(word.text):
        yield item("neutral", 1 if asking is None else asking.length)


def _values(grid: Grid, found: Sequence[Token], at: int) -> Iterator[Item]:
    """The longest cell named at a word, in every column where it stands."""
    longest = 0
    cells: dict[int, set[int]] = {}
    for words, column, row in grid.names.get(found[at].name, ()):
        if len(words) < longest:
            break
        if names(found[at : at + len(words)]) == words:
            longest = len(words)
            cells.setdefault(column, set()).add(row)
    if longest:
        told = " ".join(token.text for token in found[at : at + longest])
        yield Item("value", at, at + longest, told, cells={c: frozenset(rows) for c, rows in cells.items()})


def _in_title(grid: Grid, found: Sequence[Token], at: int) -> int:
    """How many words from one on stand so in the title of the table: a year in it is no number."""
    longest = 0
    for start in range(len(grid.title_words)):
        length = 0
        while (
            at + length < len(found)
            and start + length < len(grid.title_words)
            and found[at + length].text == grid.title_words[start + length]
        ):
            length += 1
        longest = max(longest, length)
    return longest


def _header(grid: Grid, found: Sequence[Token], at: int) -> tuple[int, tuple[int, ...]] | None:
    """How many words name columns from a word on, and which: those that have all of these words, and of them
    those that have no other, where there are any."""
    best: tuple[int, int, bool] = (0, 0, False)
    columns: list[int] = []
    for column in grid.columns:
        length, matched = _matched(column, found, at)
        if not matched:
            continue
        rank = (matched, length, matched == len(column.words))
        if rank[:2] > best[:2] or (rank[:2] == best[:2] and rank[2] and not best[2]):
            best, columns = rank, [column.at]
        elif rank == best:
            columns.append(column.at)
    return (best[1], tuple(columns)) if columns else None


def _matched(column: Column, found: Sequence[Token], at: int) -> tuple[int, int]:
    """How many words of a sentence name a column from one on, and how many of the header's they are."""
    left = list(column.words)
    length = matched = 0
    position = at
    while position < len(found) and left:
        word = found[position].text
        mine = keys_of_word(word)
        fits = next((w for w in left if w == word), None) or next(
            (w for w in left if keys_of_word(w) & mine), None
        )
        if fits is None or word == "not":
            if word not in _INSIDE | column.beside or position == at:
                break
        else:
            left.remove(fits)
            matched += 1
            length = position + 1 - at
        position += 1
    return length, matched


_SO_MANY_TIMES = {"twice": "2", "thrice": "3"}
_BOUNDS = {
    "more": "more",
    "fewer": "fewer",
    "at_least": "at_least",
    "at_most": "at_most",
    "exactly": "exactly",
}


def _with_intervals(items: Sequence[Item]) -> list[Item]:
    """Words that bound a number put into it: "more than 25" is one number, from 25 on."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        step = 1
        if item.kind in _BOUNDS and not item.of:
            than = at + 1 < len(items) and items[at + 1].kind == "than"
            after = at + 1 + than
            if (
                after < len(items)
                and items[after].kind == "number"
                and not items[after].ordinal
                and (
                    than
                    or item.kind not in ("more", "fewer")
                    or item.words in ("over", "under", "above", "below", "exceeding")
                )
                and not _is_label(items, after)
            ):
                number = items[after]
                out.append(replace(number, at=item.at, interval=bounded(number, item.kind)))
                at = after + 1
                continue
        if item.kind == "number" and at + 2 < len(items) and items[at + 1].kind == "or":
            way = items[at + 2].kind
            if way in ("more", "fewer"):
                kind = "at_least" if way == "more" else "at_most"
                out.append(replace(item, end=items[at + 2].end, interval=bounded(item, kind)))
                at += 3
                continue
        out.append(item)
        at += step
    return out


def _is_label(items: Sequence[Item], at: int) -> bool:
    """True if a number is the name of another row: "more than week 3" never puts it right behind "than"."""
    return items[at - 1].kind in ("header", "row")


def bounded(item: Item, kind: str) -> Interval:
    """The values that a bounded number admits: more than 25 begins just above 25, for 25.1 is more."""
    assert item.interval is not None
    assert item.interval.low is not None
    number = item.interval.low
    step = Decimal("0.000001")
    if kind == "more":
        return Interval(number + step, None)
    if kind == "fewer":
        return Interval(None, number - step)
    if kind == "at_least":
        return Interval(number, None)
    if kind == "at_most":
        return Interval(None, number)
    return Interval(number, number)
