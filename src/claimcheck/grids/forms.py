"""What a sentence can ask of a grid, which header belongs to which cell, and the SELECT of each answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise, product

from claimcheck.grids.grid import Column, Grid, PartialDay
from claimcheck.grids.reading import Item
from claimcheck.model import Interval, plain
from claimcheck.store.migrations import literal

# ----------------------------------------------------------------------------------------------------
# Which header belongs to which named cell: "the best actress was X when the best actor was Y".

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


# ----------------------------------------------------------------------------------------------------
# The SELECTs by which an answer over a grid can be had again from the published tables.

Filter = Mapping[int, frozenset[int]]
"""Where a named cell stands: the rows by column, any of which will do."""


def cell_sql(column: Column) -> str:
    """A column of the rows as the file gives them."""
    path = '$."' + column.name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"json_extract_string(raw, {literal(path)})"


def number_sql(column: Column) -> str:
    """The number of a cell, its unit and thousands commas aside."""
    return f"TRY_CAST(regexp_replace({cell_sql(column)}, '[^0-9.-]', '', 'g') AS DECIMAL(38, 6))"


def rows_sql(grid: Grid, filters: Sequence[Filter], extra: Sequence[str] = ()) -> str:
    """FROM and WHERE of the rows that pass all filters."""
    conditions = [condition for f in filters if (condition := _condition(grid, f))]
    kept = set(grid.rows)
    repeated = [literal(grid.row_ids[n]) for n in range(len(grid.row_ids)) if n not in kept]
    if repeated:
        conditions.append(f"row_id NOT IN ({', '.join(repeated)})")
    conditions += extra
    inner = (
        f"SELECT DISTINCT row_id, raw FROM reference_row WHERE package = {literal(grid.package)} "
        f"AND resource = {literal(grid.resource)}"
    )
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"FROM ({inner}){where}"


def _condition(grid: Grid, passed: Filter) -> str:
    parts = []
    for at, found in passed.items():
        written = sorted({grid.cells[n][at] for n in found})
        if written:
            parts.append(f"trim({cell_sql(grid.columns[at])}) IN ({', '.join(map(literal, written))})")
    return f"({' OR '.join(parts)})" if len(parts) > 1 else parts[0] if parts else "false"


# ----------------------------------------------------------------------------------------------------
# What a sentence can ask of a grid: what stands in a row, how many rows there are, which is the largest,
# which of two is more, what a column adds up to. Each form takes the items of a sentence and answers for
# every way to read them; `answer` holds them against each other.

_SHOWN = 5  # rows that are named as evidence
_UNSUMMED = frozenset(
    [
        "rank",
        "number",
        "order",
        "rating",
        "average",
        "share",
        "age",
        "year",
        "week",
        "pick",
        "grid",
        "height",
        "length",
        "width",
        "speed",
        "time",
        "season",
        "series",
        "episode",
        "frequency",
    ]
)


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


def answer(grid: Grid, items: Sequence[Item]) -> Answer:
    """What the grid says to a sentence by every form that its words admit; open where two ways to read it
    differ, or one is open."""
    answers = [found for form in _forms(grid, items) for found in form(grid, items)]
    if not answers or any(a.holds is None for a in answers) or len({a.holds for a in answers}) > 1:
        return OPEN
    return answers[0]


_OWN_SIZES = frozenset(
    {"points", "goals", "wins", "losses", "draws", "played", "matches", "races", "poles", "podiums", "laps",
     "votes", "seats", "share", "runs", "wickets", "innings", "tries", "rebounds", "assists", "minutes",
     "gold", "silver", "bronze", "rank", "sales", "score", "age"}
)  # fmt: skip
_BESIDE = frozenset(
    {"coach", "captain", "venue", "city", "director", "writer", "composer", "producer", "label", "architect",
     "opponent", "channel", "owner", "partner", "hometown", "school", "surface", "incumbent", "chassis"}
)  # fmt: skip
_COMPARED = frozenset(
    {"more", "fewer", "before", "after", "than", "others", "most", "least", "first", "last"}
)
Form = Callable[[Grid, Sequence[Item]], Iterator[Answer]]


def _forms(grid: Grid, items: Sequence[Item]) -> Sequence[Form]:
    kinds = {item.kind for item in items}
    if kinds & {"negation", "plural", "average", "or"}:
        return ()
    if kinds & {"none", "all"}:
        return () if kinds & _COMPARED else (_exception,)
    if "outcome" in kinds:
        return () if kinds & (_COMPARED | {"total", "both"}) else (_count,)
    if "both" in kinds and kinds & (_COMPARED | {"total", "count", "times"}):
        return ()
    if kinds & {"more", "fewer", "before", "after"}:
        return (_others,) if "others" in kinds else (_comparison,) if "than" in kinds else ()
    if "than" in kinds or "others" in kinds:
        return ()
    if kinds & {"most", "least", "first", "last"}:
        return () if kinds & {"total", "times", "only"} else (_superlative,)
    if "total" in kinds:
        return (_total,)
    if _counted(grid, items):
        return (_count,)
    return () if kinds & {"times", "at_least", "at_most"} else (_lookup,)


def _split(items: Sequence[Item], without: Sequence[Item] = ()) -> tuple[list[Item], list[Item]]:
    """The named cells and the headers among items, some left out."""
    left = [item for item in items if not any(item is other for other in without)]
    return [i for i in left if i.is_mention], [i for i in left if i.kind == "header"]


def _all(grid: Grid, atoms: Sequence[Atom]) -> frozenset[int]:
    """The rows in which all named cells stand."""
    found = frozenset(grid.rows)
    for atom in atoms:
        found &= atom.rows
    return found


# ------------------------------------------------------------------------------------------------ one row


def _lookup(grid: Grid, items: Sequence[Item]) -> Iterator[Answer]:
    """Whether some row has all cells that are named: "the winner of the long jump was Ann Lee"."""
    mentions, headers = _split(items)
    if len(mentions) < 2 or (
        any(i.kind == "only" for i in items) and not any(i.kind == "number" for i in items)
    ):
        return
    ways = attached(grid, items, mentions, headers)
    if not ways:
        yield OPEN
    both = any(i.kind == "both" for i in items)
    for atoms in ways:
        found = _looked_up(grid, atoms)
        yield found if not both or (found.holds and list(duplicates(atoms))) else OPEN


def _looked_up(grid: Grid, atoms: Sequence[Atom]) -> Answer:
    doubled = list(duplicates(atoms))
    if doubled:
        return _in_turn(grid, atoms, doubled)
    if not any(atom.is_label for atom in atoms) or _is_anothers(grid, atoms):
        return OPEN
    found = _all(grid, atoms)
    sizes = [atom for atom in atoms if not atom.is_label]
    rest = _all(grid, [atom for atom in atoms if atom.is_label])
    if sizes and len(rest) > 1 and len(found) < len(rest) and (not found or len(sizes) < 2):
        return OPEN  # a row of several has it, their sum has not
    if found:
        return Answer(True, "", tuple(sorted(found))[:_SHOWN])
    for atom in sorted(atoms, key=_is_asked):
        others = [other for other in atoms if other is not atom]
        left = _all(grid, others)
        if atom.item.kind == "day" and not atom.rows:
            continue  # a day of which the table says nothing
        if (
            len(left) == 1
            and any(other.is_label for other in others)
            and all(_is_sure(grid, other) for other in others)
            and _says_else(grid, next(iter(left)), atom)
        ):
            told = f"“{atom.item.words}” does not stand there"
            return Answer(False, told, tuple(left), failed=atom.item.words)
    return OPEN


def _is_asked(atom: Atom) -> tuple[bool, bool, int]:
    """What a sentence says of a row comes before what names it: sizes, then cells whose column is told, then
    what stands last."""
    return atom.is_label, not atom.headed, -atom.item.at


def _is_sure(grid: Grid, atom: Atom) -> bool:
    """True if no other row has all words of a named cell: Leeds is not sure beside the Leeds Owls."""
    if atom.item.kind != "value" or atom.headed:
        return True
    wanted = atom.item.names
    return all(n in atom.rows for n in grid.rows if wanted <= grid.words_of_rows[n])


def _is_anothers(grid: Grid, atoms: Sequence[Atom], size: Column | None = None) -> bool:
    """True if a size of a row's subject is told of somebody beside it: the goals of a club, of its coach."""
    sizes = {at for atom in atoms if not atom.is_label for at in atom.cells} | ({size.at} if size else set())
    if not any(grid.columns[at].kinds & _OWN_SIZES for at in sizes):
        return False
    return any(
        atom.item.kind == "value" and not atom.headed
        and all(grid.columns[at].kinds & _BESIDE for at in atom.cells)
        for atom in atoms
    )  # fmt: skip


def _says_else(grid: Grid, row: int, atom: Atom) -> bool:
    """True if the cells of a row where a named cell might stand are given, and none of them has its words."""
    wanted = atom.item.names
    if not atom.headed and wanted <= grid.words_of_rows[row]:
        return False
    for at in atom.cells:
        column = grid.columns[at]
        cell = grid.cells[row][at]
        if not cell or (atom.item.kind == "number" and row not in column.numbers and row not in column.days):
            return False
        if atom.item.kind == "day" and row not in column.days:
            return False
        if atom.item.kind == "value" and wanted <= set(cell.casefold().replace(",", " ").split()):
            return False
    return bool(atom.cells)


def _in_turn(grid: Grid, atoms: Sequence[Atom], doubled: Sequence[tuple[int, list[Atom]]]) -> Answer:
    """The first of each doubled column together, then the second: "51 in the north and 26 in the south"."""
    turns = {len(found) for _, found in doubled}
    if len(turns) != 1:
        return OPEN
    among = [atom for _, found in doubled for atom in found]
    shared = [atom for atom in atoms if not any(atom is other for other in among)]
    rows: list[int] = []
    for turn in range(turns.pop()):
        mine = [*shared, *(found[turn] for _, found in doubled)]
        answered = _looked_up(grid, mine) if len(mine) > 1 else OPEN
        if answered.holds is None or (shared and not answered.holds):
            return OPEN
        if not answered.holds:
            return answered
        rows += answered.rows[:1]
    return Answer(True, "", tuple(dict.fromkeys(rows)))


# ------------------------------------------------------------------------------------------------ how many


def _counted(grid: Grid, items: Sequence[Item]) -> list[int]:
    """The places of numbers that count what stands behind them: rows, times, what a column names."""
    return [
        n
        for n, (one, after) in enumerate(pairwise(items))
        if one.kind == "number" and not one.ordinal and after.at == one.end
        and (after.kind in ("row", "times") or (after.kind == "header" and _names(grid, after)))
    ]  # fmt: skip


def _names(grid: Grid, header: Item) -> bool:
    """True if the cells of a header's columns name things, and are no sizes: teams, weeks."""
    columns = [grid.columns[at] for at in header.columns]
    return all((not c.numbers and not c.days) or c.kinds & {"week", "episode", "round"} for c in columns)


def _count(grid: Grid, items: Sequence[Item]) -> Iterator[Answer]:
    """Whether so many rows have the other cells: "Ann Lee designed 3 bridges"."""
    places = _counted(grid, items)
    if len(places) != 1:
        return
    counted, things = items[places[0]], items[places[0] + 1]
    mentions, headers = _split(items, (counted, things))
    assert counted.interval is not None
    for atoms in attached(grid, items, mentions, headers) if mentions else [()] if not headers else []:
        if list(duplicates(atoms)) or any(not atom.rows for atom in atoms):
            yield OPEN
            continue
        filters = [a.cells for a in atoms]
        outcomes = [i.cells for i in items if i.kind == "outcome" and i.cells is not None]
        if outcomes and (len(outcomes) > 1 or any(a.item.kind == "value" for a in atoms)):
            yield OPEN  # who won is the subject of the table, not a name in it
            continue
        filters += outcomes
        found = _passing(grid, filters)
        query = f"SELECT count(*) AS best {rows_sql(grid, filters)}"
        yield _as_number(grid, Decimal(len(found)), counted.interval, query, tuple(sorted(found)), "rows")
        for at in things.columns if things.kind == "header" else ():
            column = grid.columns[at]
            different = Decimal(len({grid.cells[n][at] for n in found if grid.cells[n][at]}))
            counted_in = f"count(DISTINCT {cell_sql(column)})"
            query = f"SELECT {counted_in} AS best {rows_sql(grid, filters)}"
            yield _as_number(grid, different, counted.interval, query, tuple(sorted(found)), column.name)


def _passing(grid: Grid, filters: Sequence[Filter]) -> frozenset[int]:
    """The rows that pass all filters."""
    found = frozenset(grid.rows)
    for passed in filters:
        found &= frozenset().union(*passed.values())
    return found


def _exception(grid: Grid, items: Sequence[Item]) -> Iterator[Answer]:
    """A row that is otherwise makes "no club scored more than 20 goals" and "all games were in May" false;
    where none is, the table may lack one."""
    places = [n for n, item in enumerate(items) if item.kind in ("none", "all")]
    behind = items[places[0] + 1] if places[0] + 1 < len(items) else None
    if (
        len(places) != 1
        or behind is None
        or not (behind.kind == "row" or (behind.kind == "header" and _names(grid, behind)))
    ):
        return
    if any(i.kind in ("times", "only", "total", "outcome", "both") for i in items):
        return
    mentions, headers = _split(items, (behind,))
    for atoms in attached(grid, items, mentions, headers) if mentions else []:
        if list(duplicates(atoms)) or _is_anothers(grid, atoms):
            yield OPEN
        elif items[places[0]].kind == "none":
            found = _all(grid, atoms)
            query = f"SELECT count(*) AS best {rows_sql(grid, [a.cells for a in atoms])}"
            size = Decimal(len(found))
            rows = tuple(sorted(found))[:_SHOWN]
            told = Answer(False, f"{size} row{'s' * (size != 1)}", rows, query, size, is_denial=True)
            yield told if found else OPEN
        else:
            others = [n for n in grid.rows if n not in atoms[0].rows and _says_else(grid, n, atoms[0])]
            alone = len(atoms) == 1 and len(atoms[0].cells) == 1
            yield Answer(False, "not all", tuple(others)[:_SHOWN]) if others and alone else OPEN


def _as_number(
    grid: Grid, value: Decimal, claimed: Interval, query: str, rows: tuple[int, ...], of: str
) -> Answer:
    """A count or sum: what equals it is true, what is less is false; of more the table may lack some."""
    words = f"{plain(value)} {of}" if value != 1 else f"1 {of.removesuffix('s')}"
    if claimed.contains(value):
        return Answer(True, words, rows[:_SHOWN], query, value)
    if claimed.high is not None and value > claimed.high:
        return Answer(False, words, rows[:_SHOWN], query, value)
    return OPEN


def _total(grid: Grid, items: Sequence[Item]) -> Iterator[Answer]:
    """Whether a column adds up to it over the rows with the other cells: "12 goals in all in 1998"."""
    total = next(n for n, item in enumerate(items) if item.kind == "total")
    around = [*items[total + 1 : total + 3], *reversed(items[max(0, total - 2) : total])]
    header = next((i for i in around if i.kind == "header"), None)
    number = next((i for i in around if i.kind == "number"), None)
    if number is None or number.interval is None:
        return
    if header is None:
        yield from _count(grid, [item for n, item in enumerate(items) if n != total])
        return
    if _names(grid, header):
        yield from _count(grid, [item for n, item in enumerate(items) if n != total])
        return
    mentions, headers = _split(items, (header, number))
    for at in header.columns:
        column = grid.columns[at]
        if not column.numbers or column.kinds & _UNSUMMED:
            yield OPEN
            continue
        for atoms in attached(grid, items, mentions, headers) if mentions else [()] if not headers else []:
            found = [n for n in sorted(_all(grid, atoms)) if n in column.numbers]
            if not found or list(duplicates(atoms)):
                yield OPEN
                continue
            value = sum((column.numbers[n] for n in found), Decimal(0))
            query = f"SELECT sum({number_sql(column)}) AS best {rows_sql(grid, [a.cells for a in atoms])}"
            yield _as_number(grid, value, number.interval, query, tuple(found), f"{column.name} in all")


# -------------------------------------------------------------------------------------------- the largest


def _superlative(grid: Grid, items: Sequence[Item]) -> Iterator[Answer]:
    """Whether the row of the largest number has the other cells: "the longest bridge is in Osek"."""
    places = [n for n, item in enumerate(items) if item.kind in ("most", "least", "first", "last")]
    if len(places) != 1:
        return
    place = places[0]
    asked = items[place]
    rank, used = 1, [asked]
    if place and items[place - 1].ordinal and items[place - 1].end == asked.at:
        assert items[place - 1].interval is not None
        rank = int(items[place - 1].interval.low or 1)  # type: ignore[union-attr]
        used.append(items[place - 1])
    header, columns = _column_of(grid, items, place)
    if header is not None:
        used.append(header)
    largest = asked.kind in ("most", "last")
    for at in columns:
        yield from _extreme(grid, items, grid.columns[at], largest, rank, used)
    if not columns:
        yield OPEN


def _column_of(grid: Grid, items: Sequence[Item], place: int) -> tuple[Item | None, tuple[int, ...]]:
    """The header behind a superlative or comparative, or before it, and its columns; or those it brings."""
    item = items[place]
    named = item.kind in ("first", "last", "before", "after")
    by_number = not named
    behind = items[place + 1 : place + 3]
    after = next((i for i in behind if i.kind == "header"), None)
    if after is not None and any(i.kind == "than" or i.kind == "row" for i in behind[: behind.index(after)]):
        after = None
    before = items[place - 1] if place else None
    for near in (after, before):
        if near is not None and near.kind == "header":
            columns = tuple(c for c in near.columns if _is_ordered(grid.columns[c], by_number))
            if columns or (near is after and not near.is_row):
                return near, columns
    brought = tuple(c.at for c in grid.columns if c.kinds & set(item.of) and _is_ordered(c, by_number))
    return None, brought


def _is_ordered(column: Column, by_number: bool) -> bool:
    """True if the cells of a column can be put in order: sizes by number, days and years by time."""
    if by_number:
        return (
            bool(column.numbers)
            and not column.ranks
            and "rank" not in column.kinds
            and "year" not in column.kinds
        )
    return _full_days(column) or bool(column.numbers)


def _full_days(column: Column) -> bool:
    return (
        bool(column.days)
        and all(day.month is not None and day.day is not None for day in column.days.values())
        and (len({day.year is None for day in column.days.values()}) == 1)
    )


def _order(column: Column) -> dict[int, Decimal]:
    """What puts the rows in order: numbers, or days as numbers."""
    if column.numbers:
        return dict(column.numbers)
    return {
        n: Decimal((day.year or 0) * 10000 + (day.month or 0) * 100 + (day.day or 0))
        for n, day in column.days.items()
    }


def _extreme(
    grid: Grid, items: Sequence[Item], column: Column, largest: bool, rank: int, used: Sequence[Item]
) -> Iterator[Answer]:
    order = _order(column)
    if any(d.year is None for d in column.days.values()) and not column.numbers:
        yield OPEN  # a season may run over the year's end
        return
    sizes = [
        i for i in items if i.kind == "number" and not any(i is u for u in used) and _is_size(grid, i, column)
    ]
    read = False
    for chosen in ([], *([size] for size in sizes)):  # a number is the largest itself, or a cell of its row
        mentions, headers = _split(items, [*used, *chosen])
        ways = (
            attached(grid, items, mentions, headers) if mentions else [()] if chosen and not headers else []
        )
        for atoms in ways:
            read = True
            if _is_anothers(grid, atoms, column):
                yield OPEN
            else:
                yield _held_against(grid, column, order, largest, rank, chosen, atoms)
    if not read:
        yield OPEN


def _is_size(grid: Grid, item: Item, column: Column) -> bool:
    """True if a number without a header of its own may be the largest: it is no year, no row's name."""
    assert item.interval is not None
    return (item.interval.low is not None and item.interval.low in set(column.numbers.values())) or not (
        item.interval.low is not None and 1500 <= item.interval.low <= 2100
    )


def _held_against(
    grid: Grid, column: Column, order: dict[int, Decimal], largest: bool, rank: int,
    chosen: Sequence[Item], atoms: Sequence[Atom],
) -> Answer:  # fmt: skip
    """The rows of the largest number against the other cells, over all rows and over each set of rows that
    some of these cells choose; open where the answers differ."""
    outcomes: set[bool] = set()
    best: tuple[frozenset[int], tuple[Atom, ...]] = (frozenset(), ())
    for size in range(len(atoms) + 1):
        for chosen_by in combinations(atoms, size):
            if size == len(atoms) and not chosen:
                continue
            pool = {n: order[n] for n in _all(grid, chosen_by) if n in order}
            if len(pool) < 2 or list(duplicates(chosen_by)):
                continue
            values = sorted(set(pool.values()), reverse=largest)
            if len(values) < rank:
                continue
            tip = frozenset(n for n, value in pool.items() if value == values[rank - 1])
            said = [atom for atom in atoms if not any(atom is c for c in chosen_by)]
            met = tip & _all(grid, said)
            if any(len(a.rows) > 1 and a.item.kind == "value" for a in said) and len(_all(grid, said)) > 1:
                return OPEN  # it has several rows, and may be told of their sum
            holds = bool(met)
            for item in chosen:
                assert item.interval is not None
                holds = holds and item.interval.contains(values[rank - 1])
            outcomes.add(holds)
            best = best if best[0] else (tip, chosen_by)
    if len(outcomes) != 1 or (rank > 1 and not outcomes):
        return OPEN
    way = "max" if largest else "min"
    value = order[min(best[0])]
    query = None
    if rank == 1 and column.numbers:
        query = f"SELECT {way}({number_sql(column)}) AS best {rows_sql(grid, [a.cells for a in best[1]])}"
    words = f"{way} of {column.name}: {grid.cells[min(best[0])][column.at]}"
    return Answer(outcomes.pop(), words, tuple(sorted(best[0]))[:_SHOWN], query, value if query else None)


def _others(grid: Grid, items: Sequence[Item]) -> Iterator[Answer]:
    """Whether one row alone has the largest number: "longer than any other bridge"."""
    places = [n for n, item in enumerate(items) if item.kind in ("more", "fewer", "before", "after")]
    if len(places) != 1 or any(i.kind in ("total", "times", "only", "count", "most", "least") for i in items):
        return
    header, columns = _column_of(grid, items, places[0])
    used = [items[places[0]], *([header] if header else [])]
    mentions, headers = _split(items, used)
    for at in columns:
        order = _order(grid.columns[at])
        for atoms in attached(grid, items, mentions, headers) if mentions else []:
            rows = [n for n in _all(grid, atoms) if n in order]
            if len(rows) != 1 or len(atoms) != 1 or _is_anothers(grid, atoms, grid.columns[at]):
                yield OPEN
                continue
            largest = items[places[0]].kind in ("more", "after")
            values = sorted(order.values(), reverse=largest)
            holds = order[rows[0]] == values[0] != values[1]
            column = grid.columns[at]
            way = "max" if largest else "min"
            top = [n for n, v in order.items() if v == values[0]]
            query = (
                f"SELECT {way}({number_sql(column)}) AS best {rows_sql(grid, [])}" if column.numbers else None
            )
            words = f"{way} of {column.name}: {grid.cells[top[0]][at]}"
            yield Answer(
                holds,
                words,
                tuple(dict.fromkeys([rows[0], *top]))[:_SHOWN],
                query,
                values[0] if query else None,
            )


# ---------------------------------------------------------------------------------------------- two rows


def _comparison(grid: Grid, items: Sequence[Item]) -> Iterator[Answer]:
    """How the numbers of two rows differ: "Varno has more bridges than Osek", "2 more than"."""
    places = [n for n, item in enumerate(items) if item.kind in ("more", "fewer", "before", "after")]
    thans = [n for n, item in enumerate(items) if item.kind == "than"]
    if len(places) != 1 or len(thans) != 1 or thans[0] < places[0]:
        return
    if any(i.kind in ("total", "times", "only", "most", "least", "first", "last") for i in items):
        return
    place, than = places[0], thans[0]
    header, columns = _column_of(grid, items, place)
    used = [items[place], items[than], *([header] if header else [])]
    gap = (
        items[place - 1]
        if place and items[place - 1].kind == "number" and items[place - 1].end == items[place].at
        else None
    )
    if gap is not None:
        used.append(gap)
    sides = []
    for part in (items[:than], items[than:]):
        mentions, headers = _split(part, used)
        sides.append(attached(grid, items, mentions, headers) if mentions else [])
    more = items[place].kind in ("more", "after")
    for at in columns:
        for one in sides[0]:
            for other in sides[1]:
                if _is_anothers(grid, [*one, *other], grid.columns[at]):
                    yield OPEN
                else:
                    yield _of_two(grid, grid.columns[at], more, gap, one, other)
    if not columns:
        yield OPEN


def _of_two(
    grid: Grid, column: Column, more: bool, gap: Item | None, one: Sequence[Atom], other: Sequence[Atom]
) -> Answer:
    order = _order(column)
    first, second = _all(grid, one), _all(grid, other)
    if not first or not second or first & second or not first | second <= order.keys():
        return OPEN
    a, b = min(first), min(second)
    if any(order[n] != order[a] for n in first) or any(order[n] != order[b] for n in second):
        return OPEN
    if len(first) + len(second) > 2 and column.numbers:
        return OPEN  # the numbers of several rows may be added
    by = order[a] - order[b] if more else order[b] - order[a]
    if gap is not None:
        if not column.numbers or gap.interval is None:
            return OPEN
        holds = gap.interval.contains(by)
    else:
        holds = by > 0
    sign = "–" if column.numbers else "and"
    words = f"{column.name}: {grid.cells[a][column.at]} {sign} {grid.cells[b][column.at]}"
    if not column.numbers:
        return Answer(holds, words, (a, b))
    picked = [
        f"(SELECT {number_sql(column)} {rows_sql(grid, [x.cells for x in side])})" for side in (one, other)
    ]
    return Answer(holds, words, (a, b), f"SELECT {picked[0]} - {picked[1]} AS best", order[a] - order[b])
