"""What a sentence can ask of a grid, which header belongs to which cell, and the SELECT of each answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise, product
from math import prod

from claimcheck.grids.grid import Column, Grid, PartialDay, kinds_that_are
from claimcheck.grids.reading import Item
from claimcheck.model import Interval, plain
from claimcheck.store.migrations import literal

# ----------------------------------------------------------------------------------------------------
# Which header belongs to which named cell: "the best actress was X when the best actor was Y".

_IDLE = 6  # what it costs to take a header for a word for rows: "the game on 3 May"
_MOST = 3_000  # ways to attach headers that are tried
Filter = Mapping[int, frozenset[int]]
"""Where a named cell stands: the rows by column, any of which will do."""


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
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


Atoms = tuple[Atom, ...]


def attached(grid: Grid, items: Sequence[Item], used: Sequence[Item] = ()) -> list[Atoms]:
    """The ways to attach every header to the named cell that is nearest; none where one is left over, or a
    number stays without a column. Items that are `used` are neither."""
    left = [item for item in items if not any(item is other for other in used)]
    mentions, headers = [i for i in left if i.is_mention], [i for i in left if i.kind == "header"]
    if not mentions:
        return [] if headers else [()]
    choices = []
    for header in headers:
        far = {m: cost for m, it in enumerate(mentions) if (cost := _cost(grid, header, it)) is not None}
        far |= {-1: _IDLE} if header.is_row else {}
        choices.append([m for m, cost in far.items() if cost == min(far.values())])
    ways = product(*choices) if prod(map(len, choices)) <= _MOST else ()
    return [atoms for way in ways if (atoms := _joined(grid, items, mentions, headers, way)) is not None]


def _cost(grid: Grid, header: Item, mention: Item) -> int | None:
    """How many words a header is from a cell that may be of its column; None where it may not."""
    columns = [grid.columns[at] for at in header.columns]
    if mention.cells is None:
        fits = any(c.days if mention.kind == "day" else c.numbers or c.days for c in columns)
    else:
        fits = any(mention.cells.get(c.at) for c in columns)
    if not fits:
        return None
    first, second = sorted((header, mention), key=lambda item: item.at)
    return second.at - first.end


def _joined(
    grid: Grid, items: Sequence[Item], mentions: Sequence[Item], headers: Sequence[Item], way: Sequence[int]
) -> Atoms | None:
    """The named cells in the columns of their headers; two headers of one cell may be one column ("number 3
    of the set"). None where no column is left, or a number stays without one."""
    columns: dict[int, frozenset[int]] = {}
    for header, m in zip(headers, way, strict=True):
        columns[m] = columns.get(m, frozenset(header.columns)) & frozenset(header.columns)
    columns.pop(-1, None)
    found = [_atom(grid, items, mention, columns.get(n)) for n, mention in enumerate(mentions)]
    return None if None in found or not all(columns.values()) else tuple(filter(None, found))


def _atom(grid: Grid, items: Sequence[Item], mention: Item, columns: frozenset[int] | None) -> Atom | None:
    """A named cell in the columns that its headers leave; None for a number that no column is told of."""
    if mention.cells is not None:
        cells = mention.cells if columns is None else {c: mention.cells.get(c, frozenset()) for c in columns}
        return Atom(mention, cells, columns is not None, True)
    if mention.day is not None:
        wanted = [c for c in grid.columns if c.days and (columns is None or c.at in columns)]
        days = {c.at: _on(grid, c.days, mention.day) for c in wanted}
        return Atom(mention, days, columns is not None, True) if days else None
    return _number(grid, items, mention, columns)


def _number(grid: Grid, items: Sequence[Item], mention: Item, columns: frozenset[int] | None) -> Atom | None:
    interval, year = mention.interval, _year(mention)
    assert interval is not None
    label = columns is None
    if columns is None:
        before = next((i for i in items if i.end in (mention.at, mention.at - 1)), None)
        if before is not None and before.kind == "row":
            columns = frozenset(c.at for c in grid.columns if c.is_a("label") and c.numbers)
        elif year is not None:
            columns = frozenset(c.at for c in grid.columns if c.kinds & {"year", "season"} or c.days)
    found: dict[int, frozenset[int]] = {}
    for at in columns or ():
        column = grid.columns[at]
        if column.numbers:
            found[at] = frozenset(n for n, size in column.numbers.items() if interval.contains(size))
        elif column.days and year is not None:
            found[at] = _on(grid, column.days, PartialDay(year))
        elif rows := frozenset(n for n in grid.rows if grid.cells[n][at] == mention.words):
            found[at] = rows
    named = [at for at in found if grid.columns[at].kinds & (kinds_that_are("label") | {"year"})]
    label = label or len(named) == len(found)
    return Atom(mention, found, True, label) if found else None


def _on(grid: Grid, days: Mapping[int, PartialDay], day: PartialDay) -> frozenset[int]:
    """The rows of a day; a year that the cells leave out may be the title's."""
    titled = day.month and str(day.year) in grid.title_words
    bare = PartialDay(None, day.month, day.day)
    return frozenset(
        n
        for n, stated in days.items()
        if day.fits(stated) or (titled and stated.year is None and bare.fits(stated))
    )


def _year(mention: Item) -> int | None:
    """The year that a number may be."""
    low = mention.interval.low if mention.interval and not mention.ordinal else None
    if low is None or mention.interval != Interval(low, low):
        return None
    return int(low) if 1500 <= low <= 2100 and low == int(low) else None


def doubled(atoms: Sequence[Atom]) -> bool:
    """Whether two named cells can only be of one column: "51 in the north and 26 in the south" are told in
    turn, and answered by no one row; "Ann Lee (25)" is a name and a number."""
    sole = [(min(a.cells), a.item.kind == "number") for a in atoms if len(a.cells) == 1]
    return len(set(sole)) < len(sole)


# ----------------------------------------------------------------------------------------------------
# The SELECTs by which an answer over a grid can be had again from the published tables.


def cell_sql(column: Column) -> str:
    """A column of the rows as the file gives them."""
    path = '$."' + column.name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"json_extract_string(raw, {literal(path)})"


def number_sql(column: Column) -> str:
    """The number of a cell, its unit and thousands commas aside."""
    return f"TRY_CAST(regexp_replace({cell_sql(column)}, '[^0-9.-]', '', 'g') AS DECIMAL(38, 6))"


def rows_sql(grid: Grid, filters: Sequence[Filter]) -> str:
    """FROM and WHERE of the rows that pass all filters."""
    conditions = [_condition(grid, f) for f in filters]
    repeated = [literal(grid.row_ids[n]) for n in {*range(len(grid.row_ids))} - {*grid.rows}]
    if repeated:
        conditions.append(f"row_id NOT IN ({', '.join(repeated)})")
    inner = (
        f"SELECT DISTINCT row_id, raw FROM reference_row WHERE package = {literal(grid.package)} "
        f"AND resource = {literal(grid.resource)}"
    )
    return f"FROM ({inner})" + (f" WHERE {' AND '.join(conditions)}" if conditions else "")


def _condition(grid: Grid, passed: Filter) -> str:
    written = {at: sorted({grid.cells[n][at] for n in found}) for at, found in passed.items()}
    parts = [
        f"trim({cell_sql(grid.columns[at])}) IN ({', '.join(map(literal, cells))})"
        for at, cells in written.items() if cells
    ]  # fmt: skip
    return f"({' OR '.join(parts) or 'false'})"


# ----------------------------------------------------------------------------------------------------
# What a sentence can ask of a grid: what stands in a row, how many rows there are, which is the largest,
# which of two is more, what a column adds up to. Each form takes the items of a sentence and answers for
# every way to read them; `answer` holds them against each other.

_SHOWN = 5  # rows that are named as evidence


@dataclass(frozen=True, slots=True)
class Answer:
    """What a grid says to a sentence: true, false, or None where it says nothing sure.

    `rows` are those that say so, `words` how; `query` gives the number `value` again where it is an
    aggregate; `failed` is the named cell that does not stand where the others do; `is_denial`: the sentence
    denies ("no club …"), and was read so.
    """

    holds: bool | None
    words: str = ""
    rows: tuple[int, ...] = ()
    query: str | None = None
    value: Decimal | None = None
    failed: str | None = None
    is_denial: bool = False


OPEN = Answer(None)
_TURNS = frozenset({"more", "fewer", "before", "after"})
_TIPS = frozenset({"most", "least", "first", "last"})
_COMPARED = _TURNS | _TIPS | {"than", "others"}


def answer(grid: Grid, items: Sequence[Item]) -> Answer:
    """What the grid says to a sentence by the form that its words admit; open where two ways to read it
    differ, or one is open."""
    answers = list(_answers(grid, items))
    if not answers or any(a.holds is None for a in answers) or len({a.holds for a in answers}) > 1:
        return OPEN
    return answers[0]


def _answers(grid: Grid, items: Sequence[Item]) -> Iterator[Answer]:
    kinds = {item.kind for item in items}
    counts = kinds & {"total", "times", "only", "count"}
    if kinds & {"negation", "plural", "average", "or", "others", "both"}:
        return
    if kinds & {"none", "all"}:
        if not (kinds & (_COMPARED | {"times", "only", "total"})):
            yield from _exception(grid, items)
    elif kinds & _TURNS or "than" in kinds:
        if kinds & _TURNS and "than" in kinds and not (kinds & _TIPS or counts - {"count"}):
            yield from _comparison(grid, items)
    elif kinds & _TIPS:
        if not counts - {"count"}:
            yield from _superlative(grid, items)
    elif "total" in kinds:  # "4 clubs in all"; what a column adds up to is not asked
        yield from _count(grid, [item for item in items if item.kind != "total"])
    elif _counted(grid, items):
        yield from _count(grid, items)
    elif not kinds & {"times", "at_least", "at_most"}:
        yield from _lookup(grid, items)


def _all(grid: Grid, filters: Sequence[Filter]) -> frozenset[int]:
    """The rows that pass all filters."""
    found = frozenset(grid.rows)
    for passed in filters:
        found &= frozenset().union(*passed.values())
    return found


def _cells(atoms: Sequence[Atom]) -> list[Filter]:
    return [atom.cells for atom in atoms]


# ------------------------------------------------------------------------------------------------ one row


def _lookup(grid: Grid, items: Sequence[Item]) -> Iterator[Answer]:
    """Whether some row has all cells that are named: "the winner of the long jump was Ann Lee"."""
    kinds = [item.kind for item in items]
    if sum(i.is_mention for i in items) < 2 or ("only" in kinds and "number" not in kinds):
        return
    ways = attached(grid, items)
    if not ways:
        yield OPEN
    yield from (_looked_up(grid, atoms) for atoms in ways)


def _looked_up(grid: Grid, atoms: Sequence[Atom]) -> Answer:
    if doubled(atoms) or not any(atom.is_label for atom in atoms) or _is_anothers(grid, atoms):
        return OPEN
    found = _all(grid, _cells(atoms))
    sizes = [atom for atom in atoms if not atom.is_label]
    rest = _all(grid, [atom.cells for atom in atoms if atom.is_label])
    if sizes and len(rest) > 1 and len(found) < len(rest) and (not found or len(sizes) < 2):
        return OPEN  # a row of several has it, their sum has not
    if found:
        return Answer(True, "", tuple(sorted(found))[:_SHOWN])
    # What a sentence says of a row comes before what names it: sizes, cells whose column is told, the last.
    for atom in sorted(atoms, key=lambda a: (a.is_label, not a.headed, -a.item.at)):
        others = [other for other in atoms if other is not atom]
        left = _all(grid, _cells(others))
        known = atom.item.kind != "day" or atom.rows  # else a day of which the table says nothing
        sure = any(o.is_label for o in others) and all(_is_sure(grid, o) for o in others)
        if known and sure and len(left) == 1 and _says_else(grid, min(left), atom):
            stated = f"“{atom.item.words}” does not stand there"
            return Answer(False, stated, tuple(left), failed=atom.item.words)
    return OPEN


def _is_sure(grid: Grid, atom: Atom) -> bool:
    """True if no other row has all words of a named cell: Leeds is not sure beside the Leeds Owls."""
    if atom.item.kind != "value" or atom.headed:
        return True
    wanted = atom.item.names
    return all(n in atom.rows for n in grid.rows if wanted <= grid.words_of_rows[n])


def _is_anothers(grid: Grid, atoms: Sequence[Atom], size: Column | None = None) -> bool:
    """True if a size of a row's subject is told of somebody beside it: the goals of a club, of its coach."""
    sizes = [grid.columns[at] for atom in atoms if not atom.is_label for at in atom.cells]
    bare = [atom for atom in atoms if atom.item.kind == "value" and not atom.headed]
    return any(column.is_a("size") for column in [*sizes, *([size] if size else ())]) and any(
        all(grid.columns[at].is_a("beside") for at in atom.cells) for atom in bare
    )


def _says_else(grid: Grid, row: int, atom: Atom) -> bool:
    """True if the cells of a row where a named cell might stand are given, and none of them has its words."""
    wanted, kind = atom.item.names, atom.item.kind
    if not atom.headed and wanted <= grid.words_of_rows[row]:
        return False
    for at in atom.cells:
        column, cell = grid.columns[at], grid.cells[row][at]
        read = kind == "value" or row in column.days or (kind == "number" and row in column.numbers)
        if not cell or not read:
            return False
        if kind == "value" and wanted <= set(cell.casefold().replace(",", " ").split()):
            return False
    return bool(atom.cells)


# ------------------------------------------------------------------------------------------------ how many


def _counted(grid: Grid, items: Sequence[Item]) -> list[int]:
    """The places of numbers that count what stands behind them: rows, times, what a column names."""
    return [
        n for n, (one, after) in enumerate(pairwise(items))
        if one.kind == "number" and not one.ordinal and after.at == one.end
        and (after.kind == "times" or _is_thing(grid, after))
    ]  # fmt: skip


def _is_thing(grid: Grid, item: Item) -> bool:
    """True if an item is a word for rows, or a header whose cells name things and are no sizes: teams."""
    columns = [grid.columns[at] for at in item.columns]
    sized = [c for c in columns if (c.numbers or c.days) and not c.kinds & {"week", "episode", "round"}]
    return item.kind == "row" or (item.kind == "header" and not sized)


def _count(grid: Grid, items: Sequence[Item]) -> Iterator[Answer]:
    """Whether so many rows have the other cells: "Ann Lee designed 3 bridges"."""
    places = _counted(grid, items)
    if len(places) != 1:
        return
    counted, things = items[places[0]], items[places[0] + 1]
    assert counted.interval is not None
    for atoms in attached(grid, items, (counted, things)):
        if doubled(atoms) or not all(atom.rows for atom in atoms):
            yield OPEN
            continue
        filters = _cells(atoms)
        found = tuple(sorted(_all(grid, filters)))
        yield _as_number(grid, len(found), counted.interval, "count(*)", filters, found, "rows")
        for at in things.columns if things.kind == "header" else ():
            different = len({grid.cells[n][at] for n in found} - {""})
            of = f"count(DISTINCT {cell_sql(grid.columns[at])})"
            yield _as_number(grid, different, counted.interval, of, filters, found, grid.columns[at].name)


def _exception(grid: Grid, items: Sequence[Item]) -> Iterator[Answer]:
    """A row that is otherwise makes "no club scored more than 20 goals" and "all games were in May" false;
    where none is, the table may lack one."""
    places = [n for n, item in enumerate(items) if item.kind in ("none", "all")]
    behind = items[places[0] + 1] if places[0] + 1 < len(items) else None
    if len(places) != 1 or behind is None or not _is_thing(grid, behind):
        return
    for atoms in attached(grid, items, (behind,)):
        if not atoms or doubled(atoms) or _is_anothers(grid, atoms):
            yield OPEN
        elif items[places[0]].kind == "none":
            found = tuple(sorted(_all(grid, _cells(atoms))))
            query = f"SELECT count(*) AS best {rows_sql(grid, _cells(atoms))}"
            words = f"{len(found)} row{'s' * (len(found) != 1)}"
            stated = Answer(False, words, found[:_SHOWN], query, Decimal(len(found)), is_denial=True)
            yield stated if found else OPEN
        else:
            others = [n for n in grid.rows if n not in atoms[0].rows and _says_else(grid, n, atoms[0])]
            alone = len(atoms) == 1 and len(atoms[0].cells) == 1
            yield Answer(False, "not all", tuple(others)[:_SHOWN]) if others and alone else OPEN


def _as_number(
    grid: Grid, value: Decimal | int, claimed: Interval, select: str, filters: Sequence[Filter],
    rows: tuple[int, ...], of: str,
) -> Answer:  # fmt: skip
    """A count or sum: what equals it is true, what is less is false; of more the table may lack some."""
    value = Decimal(value)
    words = f"{plain(value)} {of}" if value != 1 else f"1 {of.removesuffix('s')}"
    holds = claimed.contains(value)
    if not holds and (claimed.high is None or value < claimed.high):
        return OPEN
    return Answer(holds, words, rows[:_SHOWN], f"SELECT {select} AS best {rows_sql(grid, filters)}", value)


# -------------------------------------------------------------------------------------------- the largest


def _column_of(grid: Grid, items: Sequence[Item], place: int) -> tuple[list[Item], list[Column]]:
    """The header behind a superlative or comparative, or before it, and its columns; or those it brings."""
    item = items[place]
    by_time = item.kind in ("first", "last", "before", "after")
    behind = items[place + 1 : place + 3]
    after = next((i for i in behind if i.kind in ("header", "than", "row")), None)
    for near in (after, items[place - 1] if place else None):
        if near is not None and near.kind == "header":
            columns = [grid.columns[c] for c in near.columns if _is_ordered(grid.columns[c], by_time)]
            if columns or (near is after and not near.is_row):
                return [near], columns
    return [], [c for c in grid.columns if c.kinds & set(item.of) and _is_ordered(c, by_time)]


def _is_ordered(column: Column, by_time: bool) -> bool:
    """True if the cells of a column can be put in order: sizes by number, days and years by time."""
    days = column.days.values()
    if by_time and days and all(d.month and d.day for d in days) and len({d.year is None for d in days}) == 1:
        return True
    return bool(column.numbers) and (
        by_time or not (column.is_a("ranked") or column.kinds & {"rank", "year"})
    )


def _order(column: Column) -> Mapping[int, Decimal]:
    """What puts the rows in order: numbers, or days as numbers."""
    return column.numbers or {
        n: Decimal((day.year or 0) * 10000 + (day.month or 0) * 100 + (day.day or 0))
        for n, day in column.days.items()
    }


def _superlative(grid: Grid, items: Sequence[Item]) -> Iterator[Answer]:
    """Whether the row of the largest number has the other cells: "the longest bridge is in Osek"."""
    places = [n for n, item in enumerate(items) if item.kind in _TIPS]
    if len(places) != 1:
        return
    headers, columns = _column_of(grid, items, places[0])
    used = [items[places[0]], *headers]
    largest = items[places[0]].kind in ("most", "last")
    answers = [found for c in columns for found in _extreme(grid, items, c, largest, used)]
    yield from answers or [OPEN]


def _extreme(
    grid: Grid, items: Sequence[Item], column: Column, largest: bool, used: Sequence[Item]
) -> Iterator[Answer]:
    if any(d.year is None for d in column.days.values()) and not column.numbers:
        yield OPEN  # a season may run over the year's end
        return
    sizes = [i for i in items if i.kind == "number"]
    for chosen in (None, *sizes):  # a number is the largest itself, or a cell of its row
        for atoms in attached(grid, items, [*used, *([chosen] if chosen else ())]):
            if atoms or chosen:
                anothers = _is_anothers(grid, atoms, column)
                yield OPEN if anothers else _held_against(grid, column, largest, chosen, atoms)


def _held_against(
    grid: Grid, column: Column, largest: bool, chosen: Item | None, atoms: Sequence[Atom]
) -> Answer:
    """The rows of the largest number against the other cells, over all rows and over each set of rows that
    some of these cells choose; open where the answers differ."""
    order, tip = _order(column), max if largest else min
    found: list[tuple[bool, list[int], Atoms]] = []
    for by in (by for size in range(len(atoms) + 1) for by in combinations(atoms, size)):
        pool = {n: order[n] for n in _all(grid, _cells(by)) if n in order}
        if len(pool) < 2 or doubled(by) or (len(by) == len(atoms) and not chosen):
            continue
        value = tip(pool.values())
        best = sorted(n for n in pool if pool[n] == value)
        said = [atom for atom in atoms if not any(atom is c for c in by)]
        rows = _all(grid, _cells(said))
        if len(rows) > 1 and any(len(a.rows) > 1 and a.item.kind == "value" for a in said):
            return OPEN  # it has several rows, and may be told of their sum
        meant = chosen is None or chosen.interval is None or chosen.interval.contains(value)
        found.append((meant and not rows.isdisjoint(best), best, by))
    if len({holds for holds, *_ in found}) != 1:
        return OPEN
    holds, best, by = found[0]
    words = f"{tip.__name__} of {column.name}: {grid.cells[best[0]][column.at]}"
    if not column.numbers:
        return Answer(holds, words, tuple(best[:_SHOWN]))
    query = f"SELECT {tip.__name__}({number_sql(column)}) AS best {rows_sql(grid, _cells(by))}"
    return Answer(holds, words, tuple(best[:_SHOWN]), query, order[best[0]])


# ---------------------------------------------------------------------------------------------- two rows


def _comparison(grid: Grid, items: Sequence[Item]) -> Iterator[Answer]:
    """How the numbers of two rows differ: "Varno has more bridges than Osek", "2 more than"."""
    places = [n for n, item in enumerate(items) if item.kind in (*_TURNS, "than")]
    if len(places) != 2 or items[places[1]].kind != "than":
        return
    place, than = places
    headers, columns = _column_of(grid, items, place)
    before = items[place - 1] if place else items[place]
    gap = before if before.kind == "number" and before.end == items[place].at else None
    used = [items[place], items[than], *headers, *([gap] if gap else [])]
    left, right = (attached(grid, part, used) for part in (items[:than], items[than:]))
    for column, one, other in product(columns, left, right):
        if one and other:
            anothers = _is_anothers(grid, [*one, *other], column)
            more = items[place].kind in ("more", "after")
            yield OPEN if anothers else _of_two(grid, column, more, gap, (one, other))
    if not columns:
        yield OPEN


def _of_two(grid: Grid, column: Column, more: bool, gap: Item | None, sides: tuple[Atoms, Atoms]) -> Answer:
    order = _order(column)
    first, second = (_all(grid, _cells(side)) for side in sides)
    if not first or not second or first & second or not first | second <= order.keys():
        return OPEN
    a, b = min(first), min(second)
    if any(order[n] != order[a] for n in first) or any(order[n] != order[b] for n in second):
        return OPEN
    if len(first | second) > 2 and column.numbers:
        return OPEN  # the numbers of several rows may be added
    by = order[a] - order[b] if more else order[b] - order[a]
    if gap is not None and (not column.numbers or gap.interval is None):
        return OPEN
    holds = by > 0 if gap is None or gap.interval is None else gap.interval.contains(by)
    sign = "–" if column.numbers else "and"
    words = f"{column.name}: {grid.cells[a][column.at]} {sign} {grid.cells[b][column.at]}"
    if not column.numbers:
        return Answer(holds, words, (a, b))
    picked = [f"(SELECT {number_sql(column)} {rows_sql(grid, _cells(side))})" for side in sides]
    return Answer(holds, words, (a, b), f"SELECT {picked[0]} - {picked[1]} AS best", order[a] - order[b])
