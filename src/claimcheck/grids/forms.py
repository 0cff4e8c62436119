"""What a sentence can ask of a grid: what stands in a row, how many rows there are, which is the largest,
which of two is more. Each form takes the items of a sentence and answers for every way to read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, pairwise, product
from math import prod

from claimcheck.grids.grid import Column, Grid, kinds_that_are
from claimcheck.grids.reading import BOUNDS, Filter, Item
from claimcheck.judging.comparing import Computed, pair, place, total
from claimcheck.model import Comparison, Evidence, Interval
from claimcheck.relate.operands import pair_sql, place_sql
from claimcheck.store.migrations import literal

_SHOWN = 5  # rows that are named as evidence
_IDLE = 6  # what it costs to take a header for a word for rows: "the game on 3 May"
_MOST = 3_000  # ways to attach headers that are tried
_TURNS = frozenset({"more", "fewer", "before", "after"})
_TIPS = frozenset({"most", "least", "first", "last"})
_COUNTS = frozenset({"total", "times", "only"})
_UNANSWERED = frozenset({"unanswered", "average", "or", "each"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a grid says to a sentence, nothing where that is not sure.

    `rows` are those that say so; `sql` gives the number again where it was computed; `failed` is the named
    cell that does not stand where the others do.
    """

    said: Computed | None = None
    rows: tuple[int, ...] = ()
    sql: str | None = None
    failed: str | None = None

    @property
    def holds(self) -> bool | None:
        """Whether the sentence is true by the table; None where that is not sure."""
        return None if self.said is None else self.said.relation == "supports"


OPEN = Answer()
_NO_NUMBER = Interval(None, None)


def _answer(said: Computed, rows: Sequence[int], sql: str | None = None, failed: str | None = None) -> Answer:
    return OPEN if said.relation == "neutral" else Answer(said, tuple(rows[:_SHOWN]), sql, failed)


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A named cell: where it stands, the rows by each column that it may be of. `headed`: a header says
    which column; `is_label`: it tells which row is meant, and is no size."""

    item: Item
    cells: Filter
    headed: bool
    is_label: bool

    @property
    def rows(self) -> frozenset[int]:
        """All rows in which it stands."""
        return frozenset().union(*self.cells.values())


def answer(grid: Grid, items: Sequence[Item]) -> Answer:
    """What the grid says to a sentence by the form that its words admit; open where two ways to read it
    differ, or one is open."""
    listed = _listed(items)
    if listed:
        return _of_each(grid, [i for i in items if i not in listed and i.kind != "each"], listed, items)
    answers = list(_answers(grid, items))
    return answers[0] if len({a.holds for a in answers}) == 1 else OPEN


def _listed(items: Sequence[Item]) -> Sequence[Item]:
    """The named cells of one column that stand beside each other: "Osek and Varno have 3 bridges each"."""
    beside = (
        two for two in pairwise(items)
        if {i.kind for i in two} == {"value"} and len({i.columns for i in two}) == 1
        and len(two[0].columns) == 1 and two[1].at - two[0].end <= 2
    )  # fmt: skip
    places = {item.at for two in beside for item in two}
    return [item for item in items if item.at in places]


def _of_each(grid: Grid, rest: Sequence[Item], listed: Sequence[Item], items: Sequence[Item]) -> Answer:
    """What holds of each of them; where "each" is not said their sum may be meant, and nothing is refuted."""
    answers = [answer(grid, [i for i in items if i in rest or i is one]) for one in listed]
    wrong = next((a for a in answers if a.holds is False), None)
    if any(a.holds is None for a in answers) or (wrong and len(rest) + len(listed) == len(items)):
        return OPEN
    rows = tuple(dict.fromkeys(n for a in answers for n in a.rows))
    return wrong or replace(answers[0], rows=rows[:_SHOWN])


def _answers(grid: Grid, items: Sequence[Item]) -> Iterator[Answer]:
    kinds = {item.kind for item in items}
    places = [n for n, item in enumerate(items) if item.kind in _TURNS | _TIPS | {"than"}]
    asked = [items[n].kind for n in places]
    if kinds & _UNANSWERED:
        return
    if len(asked) == 2 and asked[0] in _TURNS and asked[1] == "than" and not kinds & _COUNTS:
        yield from _comparison(grid, items, *places)
    elif len(asked) == 1 and asked[0] in _TIPS and not kinds & _COUNTS:
        yield from _superlative(grid, items, *places)
    elif not asked and _counted(grid, items):
        yield from _count(grid, [item for item in items if item.kind != "total"])
    elif not asked and not kinds & {"times", *BOUNDS} and ("only" not in kinds or "number" in kinds):
        yield from [_looked_up(grid, named) for named in attached(grid, items)]


# ------------ Which header belongs to which named cell: "the best actress was X when the best actor was Y"


def attached(grid: Grid, items: Sequence[Item], used: Sequence[Item] = ()) -> list[tuple[Named, ...]]:
    """The ways to attach every header to the named cell that is nearest; none where one is left over, or a
    number stays without a column. Items that are `used` are neither."""
    left = [item for item in items if item not in used]
    mentions, headers = [i for i in left if i.cells is not None], [i for i in left if i.kind == "header"]
    choices = []
    for header in headers:
        far = {
            n: max(header.at - mention.end, mention.at - header.end)
            for n, mention in enumerate(mentions) if not set(header.columns).isdisjoint(mention.cells or ())
        } | ({-1: _IDLE} if header.is_row and mentions else {})  # fmt: skip
        choices.append([n for n, cost in far.items() if cost == min(far.values())])
    ways = []
    for way in product(*choices) if prod(map(len, choices)) <= _MOST else ():
        headed: list[list[set[int]]] = [[] for _ in mentions]
        for header, n in zip(headers, way, strict=True):
            headed[n] += [set(header.columns)] if n >= 0 else []
        named = [_named(grid, mention, of) for mention, of in zip(mentions, headed, strict=True)]
        if all(one.cells for one in named):
            ways.append(tuple(named))
    return ways


def _named(grid: Grid, item: Item, headed: Sequence[set[int]]) -> Named:
    """A named cell in the columns that its headers leave; two of one cell may be one column ("number 3 of the
    set")."""
    columns = headed[0].intersection(*headed[1:]) if headed else item.columns
    stands, is_value = item.cells or {}, item.kind == "value"
    cells = {c: stands.get(c, frozenset()) for c in sorted(columns) if is_value or c in stands}
    labels = (grid.columns[c].is_a("label") or "year" in grid.columns[c].kinds for c in cells)
    return Named(item, cells, bool(headed), item.kind != "number" or not headed or all(labels))


def _doubled(named: Sequence[Named]) -> bool:
    """Whether two named cells can only be of one column: "51 in the north and 26 in the south" are given in
    turn, and answered by no one row; "Ann Lee (25)" is a name and a number."""
    sole = [(*one.cells, one.item.kind == "number") for one in named if len(one.cells) == 1]
    return len(set(sole)) < len(sole)


def _all(grid: Grid, named: Sequence[Named]) -> frozenset[int]:
    """The rows in which all of these cells stand."""
    return frozenset(grid.rows).intersection(*(one.rows for one in named))


def _is_anothers(grid: Grid, named: Sequence[Named], size: Column | None = None) -> bool:
    """True if a size of a row's subject is that of somebody beside it: the goals of a club, of its coach."""
    sizes = [grid.columns[at] for one in named if not one.is_label for at in one.cells]
    sizes += [size] if size else []
    bare = [one for one in named if one.item.kind == "value" and not one.headed]
    return any(column.is_a("size") for column in sizes) and any(
        all(grid.columns[at].is_a("beside") for at in one.cells) for one in bare
    )


# ------------------------------------------------------------------------------------------------ one row


def _looked_up(grid: Grid, named: Sequence[Named]) -> Answer:
    """Whether some row has all cells that are named: "the winner of the long jump was Ann Lee"."""
    labels = [one for one in named if one.is_label]
    if len(named) < 2 or _doubled(named) or not labels or _is_anothers(grid, named):
        return OPEN
    found, rest, sizes = _all(grid, named), _all(grid, labels), len(named) - len(labels)
    if sizes and len(rest) > 1 and len(found) < len(rest) and (not found or sizes < 2):
        return OPEN  # a row of several has it, their sum has not
    if found:
        return _answer(Computed("supports", _NO_NUMBER, ""), sorted(found))
    # What a sentence says of a row comes before what names it: sizes, cells whose column is named, the last.
    for one in sorted(named, key=lambda one: (one.is_label, not one.headed, -one.item.at)):
        others = [other for other in named if other is not one]
        left = _all(grid, others)
        known = one.item.kind != "day" or one.rows  # else a day of which the table says nothing
        sure = any(other.is_label for other in others) and all(_is_sure(grid, other) for other in others)
        if known and sure and len(left) == 1 and _says_else(grid, min(left), one):
            words = one.item.words
            said = Computed("refutes", _NO_NUMBER, f"“{words}” does not stand there")
            return _answer(said, sorted(left), failed=words)
    return OPEN


def _is_sure(grid: Grid, one: Named) -> bool:
    """True if no other row has all words of a named cell: Leeds is not sure beside the Leeds Owls."""
    if one.item.kind != "value" or one.headed:
        return True
    wanted = one.item.names
    return all(n in one.rows for n in grid.rows if wanted <= grid.words_of_rows[n])


def _says_else(grid: Grid, row: int, one: Named) -> bool:
    """True if the cells of a row where a named cell might stand are given, and none of them has its words."""
    wanted, kind = one.item.names, one.item.kind
    if not one.headed and wanted <= grid.words_of_rows[row]:
        return False
    for at in one.cells:
        column, cell = grid.columns[at], grid.cells[row][at]
        read = kind == "value" or row in column.days or (kind == "number" and row in column.numbers)
        if not cell or not read:
            return False
        if kind == "value" and wanted <= set(cell.casefold().replace(",", " ").split()):
            return False
    return True


# ------------------------------------------------------------------------------------------------ how many


def _counted(grid: Grid, items: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Numbers that count what stands behind them, with that: rows, times, what a column of no sizes names."""
    sized = (c for c in grid.columns if (c.numbers or c.days) and not c.kinds & {"week", "episode", "round"})
    sizes = {column.at for column in sized}
    return [
        (one, after) for one, after in pairwise(items)
        if one.interval and not one.ordinal and after.at == one.end
        and (after.kind in ("times", "row") or (after.kind == "header" and sizes.isdisjoint(after.columns)))
    ]  # fmt: skip


def _count(grid: Grid, items: Sequence[Item]) -> Iterator[Answer]:
    """Whether so many rows have the other cells: "Ann Lee designed 3 bridges". What equals their number is
    true, what is less is false; of more the table may lack some."""
    counted = _counted(grid, items)
    if len(counted) != 1:
        return
    claimed, things = counted[0][0].interval or _NO_NUMBER, counted[0][1]
    asked = Comparison(relation="sum", low=claimed.low, high=claimed.high, outer_high=claimed.high)
    for named in attached(grid, items, counted[0]):
        found = sorted(_all(grid, named))
        numbers = [(len(found), "count(*)", "rows")]
        for column in (grid.columns[c] for c in things.columns if things.kind == "header"):
            different = {grid.cells[n][column.at] for n in found} - {""}
            numbers.append((len(different), f"count(DISTINCT {_cell(column)})", column.name))
        unsure = _doubled(named) or not all(one.rows for one in named)
        for size, select, of in numbers:
            said = total(asked, [replace(grid.row(0), best=Decimal(size))])
            said = replace(said, words=f"{size} {of if size != 1 else of.removesuffix('s')}")
            yield OPEN if unsure else _answer(said, found, _select(select, grid, named))


# ------------------------------------------------------------------------------- the largest, one of two


def _column_of(grid: Grid, items: Sequence[Item], place: int) -> tuple[list[Item], list[Column]]:
    """The header behind a superlative or comparative, or before it, and its columns; or those it brings."""
    by_time = items[place].kind in ("first", "last", "before", "after")
    unordered = set() if by_time else {"rank", "year"} | kinds_that_are("ranked")
    fitting = [c for c in grid.columns if c.order and (by_time or c.numbers) and not c.kinds & unordered]
    after = next((i for i in items[place + 1 : place + 3] if i.kind in ("header", "than", "row")), None)
    for near in (after, items[place - 1] if place else None):
        if near is not None and near.kind == "header":
            columns = [c for c in fitting if c.at in near.columns]
            if columns or (near is after and not near.is_row):
                return [near], columns
    return [], [c for c in fitting if c.kinds & set(items[place].of)]


def _superlative(grid: Grid, items: Sequence[Item], at: int) -> Iterator[Answer]:
    """Whether the row of the largest number has the other cells: "the longest bridge is in Osek"; a number is
    the largest itself, or a cell of its row."""
    headers, columns = _column_of(grid, items, at)
    asked = Comparison(relation="rank", way="greater" if items[at].kind in ("most", "last") else "less")
    chosen: list[list[Item]] = [[], *([i] for i in items if i.kind == "number")]
    yield from [
        _extreme(grid, column, asked, size, named)
        for column, size in product(columns, chosen)
        for named in attached(grid, items, [items[at], *headers, *size]) if named or size
    ] or [OPEN]  # fmt: skip


def _extreme(
    grid: Grid, column: Column, asked: Comparison, size: Sequence[Item], named: Sequence[Named]
) -> Answer:
    """The place of the row that has the other cells, among all rows and among those that some of these cells
    choose; open where the answers differ."""
    if _is_anothers(grid, named, column):
        return OPEN
    order, tip = column.order, max if asked.way == "greater" else min
    found = []
    for by in (by for n in range(len(named) + 1) for by in combinations(named, n)):
        pool = _all(grid, by) & order.keys()
        if len(pool) < 2 or _doubled(by) or (len(by) == len(named) and not size):
            continue
        said = [one for one in named if one not in by]
        rows = _all(grid, said)
        if len(rows) > 1 and any(len(one.rows) > 1 and one.item.kind == "value" for one in said):
            return OPEN  # it has several rows, and may be about their sum
        mine = tip(sorted(rows & pool or pool), key=order.__getitem__)
        others = sorted(pool - {mine})
        computed = place(asked, [_cell_of(grid, column, n) for n in (mine, *others)])
        holds = all(i.interval is None or i.interval.contains(order[mine]) for i in size) and rows & pool
        if not said or not holds:
            computed = replace(computed, relation="supports" if holds else "refutes")
        found.append((computed, mine, _select(_number(column), grid, by, f"row_id <> {_id(grid, mine)}")))
    if len({computed.relation for computed, *_ in found}) != 1:
        return OPEN
    computed, mine, those = found[0]
    return _of_column(grid, column, computed, [mine], place_sql(asked, _cell_of(grid, column, mine), those))


def _comparison(grid: Grid, items: Sequence[Item], at: int, than: int) -> Iterator[Answer]:
    """How the numbers of two rows differ: "Varno has more bridges than Osek", "2 more than"."""
    headers, columns = _column_of(grid, items, at)
    gap = [i for i in items[max(at - 1, 0) : at] if i.kind == "number" and i.end == items[at].at]
    used = [items[at], items[than], *headers, *gap]
    left, right = (attached(grid, part, used) for part in (items[:than], items[than:]))
    asked = Comparison(relation="greater")
    if items[at].kind not in ("more", "after"):
        asked = Comparison(relation="less", way="less")
    if gap and (by := gap[0].interval):
        asked = replace(asked, relation="difference", low=by.low, high=by.high,
                        outer_low=by.low, outer_high=by.high)  # fmt: skip
    yield from [
        _of_two(grid, column, asked, one, other)
        for column, one, other in product(columns, left, right) if one and other
    ] or [OPEN]  # fmt: skip


def _of_two(
    grid: Grid, column: Column, asked: Comparison, one: Sequence[Named], other: Sequence[Named]
) -> Answer:
    order, first, second = column.order, _all(grid, one), _all(grid, other)
    if not first or not second or first & second or not first | second <= order.keys():
        return OPEN
    days = max(len({order[n] for n in side}) for side in (first, second))
    several = len(first | second) > 2 if column.numbers else days > 1  # numbers of several may be added
    is_gap = asked.relation == "difference"
    if several or (is_gap and not column.numbers) or _is_anothers(grid, [*one, *other], column):
        return OPEN
    rows = [min(first), min(second)]
    a, b = (_cell_of(grid, column, n) for n in rows)
    return _of_column(grid, column, pair(asked, a, b), rows, pair_sql(asked, a, b))


def _cell_of(grid: Grid, column: Column, n: int) -> Evidence:
    """What puts a row in order by a column, as the calculus takes it, with the SELECT that gives it."""
    sql = _select(_number(column), grid, (), f"row_id = {_id(grid, n)}")
    return replace(grid.row(n), best=column.order[n], sql=sql)


def _of_column(grid: Grid, column: Column, said: Computed, rows: Sequence[int], sql: str) -> Answer:
    """What is computed over a column; days are shown as they are written, and put in order without SQL."""
    if column.numbers:
        return _answer(said, rows, sql)
    words = f"{column.name}: {' and '.join(grid.cells[n][column.at] for n in rows)}"
    return _answer(Computed(said.relation, _NO_NUMBER, words), rows)


# ------------------- The SELECTs by which an answer over a grid can be had again from the published tables


def _cell(column: Column) -> str:
    """A column of the rows as the file gives them."""
    path = '$."' + column.name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"json_extract_string(raw, {literal(path)})"


def _number(column: Column) -> str:
    """The number of a cell, its unit and thousands commas aside."""
    return f"TRY_CAST(regexp_replace({_cell(column)}, '[^0-9.-]', '', 'g') AS DECIMAL(38, 6))"


def _id(grid: Grid, n: int) -> str:
    return literal(grid.row_ids[n])


def _select(what: str, grid: Grid, named: Sequence[Named], *conditions: str) -> str:
    """The SELECT of something of the rows in which all of these cells stand: low, high. A header that is
    repeated is no row."""
    repeated = {*range(len(grid.row_ids))} - {*grid.rows}
    where = [*conditions, *(f"row_id <> {_id(grid, n)}" for n in repeated)]
    for one in named:
        written = {at: sorted({grid.cells[n][at] for n in found}) for at, found in one.cells.items()}
        cells = [
            (f"trim({_cell(grid.columns[at])})", literal(cell)) for at in written for cell in written[at]
        ]
        where.append(f"({' OR '.join(map(' = '.join, cells)) or 'false'})")
    table = f"package = {literal(grid.package)} AND resource = {literal(grid.resource)}"
    rows = f"FROM (SELECT DISTINCT row_id, raw FROM reference_row WHERE {table})"
    return f"SELECT {what} AS low, low AS high {rows} WHERE {' AND '.join(where) or 'true'}"
