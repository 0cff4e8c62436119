"""The columns of a table as its sample shows them, and what their names and cells let one guess."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice, pairwise
from pathlib import Path
from typing import Any

from claimcheck.names import folded
from claimcheck.reference.cells import TYPES, period_fault
from claimcheck.reference.headers import split_header
from claimcheck.reference.schema import Field
from claimcheck.reference.tidy import SAMPLE, Layout, TableError, is_unclear_date
from claimcheck.reference.written import Doubt, Habits, converter, guessed, habits_of

_SIGNS = {"%": "percent", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_SHOWN_TYPES = ("integer", "date", "datetime")  # that cells show by themselves
_MISSING = frozenset(
    {"..", "...", "…", ":", "-", "–", "—", "?", "n/a", "na", "n.a.", "#n/a", "null", "none", "nan"}
)

# Words in a column's name that tell what it holds, best first; dated roles also need dates in the column.
ROLE_WORDS: Mapping[str, tuple[str, ...]] = {
    "key": ("id", "key", "code", "identifier", "uuid"),
    "as_of": ("of", "asof", "updated", "reported", "report"),
    "start": ("start", "begin", "from", "date", "day", "period", "month", "year", "season", "datum", "jahr",
              "annee", "fecha", "ano", "anno"),
    "end": ("end", "until", "to"),
    "place": ("place", "location", "village", "town", "city", "municipality", "county", "district", "oblast",
              "province", "governorate", "state", "region", "country", "nation", "ort", "stadt", "land",
              "ville", "pays", "ciudad", "pais", "citta", "paese", "port", "harbour", "harbor", "island",
              "parish", "borough"),
    "actor": ("actor", "perpetrator", "belligerent", "party", "candidate"),
    "measure": ("measure", "metric", "indicator", "property", "variable", "population", "category"),
    "unit": ("unit", "units"),
    "low": ("low", "min", "minimum", "lower"),
    "high": ("high", "max", "maximum", "upper"),
    "best": ("best", "value", "estimate", "figure", "count", "total", "people", "persons", "number",
             "amount"),
    "source": ("source", "sources", "reference"),
    "names": ("name", "title", "event", "label", "alias", "aliases"),
    "url": ("url", "link"),
    "label": ("type", "kind", "category", "weapon", "cause"),
}  # fmt: skip
DATED = ("start", "end", "as_of")
SIZED = ("low", "best", "high")
MEASURED: Mapping[str, frozenset[str]] = {
    "people killed": frozenset({"killed", "deaths", "dead", "fatalities", "death"}),
    "people injured": frozenset({"injured", "wounded", "injuries"}),
}
FILLERS = frozenset({"people", "total", "number", "of", "all", *ROLE_WORDS["best"]})
NO_FIGURES = frozenset({"year", "day", "month", "lat", "latitude", "lon", "lng", "longitude", "x", "y", "id",
                        "code", "number", "rank", "magnitude", "scale"})  # fmt: skip
_CODES = frozenset({"code", "iso", "iso2", "iso3", "pcode", "id"})  # of places, and no names of them
_SHORTEST_NUMBERING = 4  # rows: fewer numbers may go up by one and measure something
_MOST_KEYS = 8  # columns of which a key is put together
RUNNING = frozenset({"cumulative", "cum", "total", "totals", "running"})
MOST_MEASURES = 200  # that a descriptor is written for
WORDS: Mapping[str, list[str]] = {
    "people killed": ["kill", "dead", "death", "die", "fatality"],
    "people injured": ["injure", "wound", "hurt"],
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file as its sample shows it."""

    name: str
    type: str
    dated: bool
    unique: bool
    values: tuple[str, ...]  # the different ones, in order, at most MOST_MEASURES
    written: Mapping[str, Any] = field(default_factory=dict)  # what its Table Schema says of its cells
    doubt: Doubt | None = None  # how its cells may be read in two ways (03/02/2021, 923.600)
    unit: str | None = None  # that its header tells ("Spending (EUR million)") or every cell carries ("61 %")

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its name without the unit: "killedLow" and "killed_low" are both killed, low."""
        plain = split_header(self.name)[0] if self.type in ("integer", "number") else self.name
        return tuple(folded(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain)).split())


@dataclass(frozen=True, slots=True)
class Table:
    """The sample of a file: its columns, and its rows with days and numbers as the loader reads them.
    `missing`: what stands in cells that give nothing."""

    layout: Layout
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    missing: tuple[str, ...] = ()
    habits: Habits = field(default_factory=Habits)

    @property
    def path(self) -> Path:
        """The file that the package holds."""
        return self.layout.path

    def column(self, name: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)

    def cells(self, name: str) -> list[str]:
        """The cells of a column, stripped, in the order of the rows."""
        at = next(i for i, column in enumerate(self.columns) if column.name == name)
        return [row[at].strip() if at < len(row) else "" for row in self.rows]


def sampled(layout: Layout, habits: Habits | None = None) -> Table:
    """The sample of a table of that layout; `habits` outweighs what the file itself shows."""
    rows = list(islice(layout.rows(), SAMPLE))
    if not rows:
        raise TableError(f"{layout.sheet.path}:{layout.sheet.above}: there is no row below the header")
    cells = {name: [row[i].strip() for row in rows if i < len(row)] for i, name in enumerate(layout.header)}
    missing = _missing_of(list(cells.values()))
    given = {name: [cell for cell in of if cell and cell not in missing] for name, of in cells.items()}
    habits = habits or habits_of(given.values(), layout.sheet.delimiter)
    columns = tuple(_column(name, given[name], len(cells[name]), habits) for name in cells)
    for i, column in enumerate(columns):
        put = converter(_as_field(column.type, column.written))
        for row in rows:
            if i < len(row):
                cell = row[i].strip()
                row[i] = "" if cell in missing else cell if put is None or not cell else put(cell)
    return Table(layout, columns, tuple(map(tuple, rows)), tuple(sorted(missing)), habits)


def _missing_of(columns: Sequence[Sequence[str]]) -> frozenset[str]:
    """What stands for "not given" among numbers or days. A text that stands among words as well ("NA" may be
    Namibia) is none."""
    found: set[str] = set()
    stated: set[str] = set()
    for cells in columns:
        marks = {cell for cell in cells if cell.lower() in _MISSING}
        rest = [cell for cell in cells if cell and cell not in marks]
        if marks:
            sizes = bool(rest) and all(cell[-1:].isdigit() or cell[:1].isdigit() for cell in rest)
            (found if sizes else stated).update(marks)
    return frozenset(found - stated)


def _as_field(kind: str, written: Mapping[str, Any]) -> Field:
    return Field(
        "", kind, day=written.get("format"), decimal=written.get("decimalChar", "."),
        group=written.get("groupChar", ""), bare=written.get("bareNumber", True),
    )  # fmt: skip


def _column(name: str, given: list[str], rows: int, habits: Habits) -> Column:
    kind = next((t for t in _SHOWN_TYPES if given and all(TYPES[t](c) is None for c in given)), None)
    doubt: Doubt | None = None
    written: Mapping[str, Any] = {}
    unit = split_header(name)[1] or _unit_of(given)
    if kind is None:
        kind = "string"
        try:
            found = guessed(given, habits)
        except Doubt as error:
            doubt, found = error, None
        if found is not None:
            kind, written = found
            put = converter(_as_field(kind, written))
            given = given if put is None else list(map(put, given))
        elif doubt is None and given and all(TYPES["number"](cell) is None for cell in given):
            kind = "number"
    dated = bool(given) and all(period_fault(cell) is None for cell in given)
    dated = dated and (kind != "integer" or all(1500 <= int(cell) <= 2100 for cell in given))
    values = tuple(dict.fromkeys(given))
    unique = len(values) == rows > 0
    shown = values[:MOST_MEASURES]
    return Column(name, kind, dated or kind == "datetime", unique, shown, written, doubt, unit)


def _unit_of(cells: Sequence[str]) -> str | None:
    """The unit of which every cell carries the sign."""
    signs = (s for s in _SIGNS if cells and all(cell.startswith(s) or cell.endswith(s) for cell in cells))
    return next((_SIGNS[sign] for sign in signs), None)


def roles_of(columns: Sequence[Column]) -> dict[str, str]:
    """One column for each role that some column's name speaks of; each column serves one role."""
    roles: dict[str, str] = {}
    taken: set[str] = set()
    for role, words in ROLE_WORDS.items():
        fitting = [
            (words.index(word), column.name)
            for column in columns
            for word in column.words
            if word in words and column.name not in taken and _fits(role, column)
        ]
        if fitting:
            roles[role] = min(fitting, key=lambda pair: pair[0])[1]
            taken.add(roles[role])
    return roles


def key_of(table: Table, roles: Mapping[str, str]) -> str | list[str] | None:
    """The column whose cells tell the rows apart, else two or three columns that do so together (a place and
    a year), else None: the row's number is its key."""
    if "key" in roles:
        return roles["key"]
    texts = [column for column in table.columns if column.type == "string" and column.doubt is None]
    for column in (table.columns[0], *texts):
        if column.unique and column.type in ("string", "integer") and not column.dated:
            return column.name
    filled = [c.name for c in table.columns if (c.dated or c in texts) and all(table.cells(c.name))]
    for size in (2, 3):
        for names in combinations(filled[:_MOST_KEYS], size):
            rows = list(zip(*map(table.cells, names), strict=True))
            if any(table.column(name).dated for name in names) and len(set(rows)) == len(rows) > 0:
                return list(names)
    return None


def _fits(role: str, column: Column) -> bool:
    if role == "key":
        return column.unique
    if role in DATED:
        return column.dated
    if role in SIZED:
        return column.type in ("integer", "number") and measure_of(column) is None
    if role == "place" and _CODES & set(column.words):
        return False
    return column.type == "string" and not column.dated


def measure_of(column: Column) -> str | None:
    """The measure that a column of numbers counts, by its name."""
    if column.type not in ("integer", "number"):
        return None
    return next((measure for measure, words in MEASURED.items() if words & set(column.words)), None)


def figure_columns(table: Table, roles: Mapping[str, str]) -> list[Column]:
    """The columns of numbers that measure something: no years, coordinates, codes."""
    return [
        c
        for c in table.columns
        if c.type in ("integer", "number")
        and c.name not in roles.values()
        and not NO_FIGURES & set(c.words)
        and not is_unclear_date(c.name)
        and not _is_numbering(table, c)
    ]


def _is_numbering(table: Table, column: Column) -> bool:
    """Whether a column only numbers the rows: its name begins with "no", or its cells go up by one."""
    if column.words[:1] in (("no",), ("nr",), ("num",)):
        return True
    cells = [cell.strip() for cell in table.cells(column.name)]
    if len(cells) < _SHORTEST_NUMBERING or not all(c.isascii() and c.isdigit() and len(c) < 9 for c in cells):
        return False
    return all(int(after) - int(before) == 1 for before, after in pairwise(cells))


def places_of(table: Table, roles: Mapping[str, str]) -> list[str]:
    """The columns of places that lie in one another, the narrowest first: each place of one has a single
    container in the next."""
    words = set(ROLE_WORDS["place"])
    named = [c.name for c in table.columns if _fits("place", c) and set(c.words) & words]
    if len(named) < 2 or "place" not in roles:
        return named[:1]
    order = sorted(named, key=lambda n: (min(_rank(table, n)), -len(set(table.cells(n)))))
    chain = order[:1]
    for name in order[1:]:
        if _is_inside(table.cells(chain[-1]), table.cells(name)):
            chain.append(name)
    return chain


def _rank(table: Table, name: str) -> list[int]:
    words = ROLE_WORDS["place"]
    return [words.index(word) for word in table.column(name).words if word in words]


def _is_inside(inner: Sequence[str], outer: Sequence[str]) -> bool:
    containers: dict[str, set[str]] = defaultdict(set)
    for place, container in zip(inner, outer, strict=True):
        if place and container:
            containers[place].add(container)
    return bool(containers) and all(len(found) == 1 for found in containers.values())


def is_running(table: Table, column: Column, place: str | None, start: str | None) -> bool:
    """Whether the numbers of a column, place by place, never go down in the order of their dates."""
    if start is None:
        return False
    series: dict[str, list[tuple[str, float]]] = defaultdict(list)
    places = table.cells(place) if place is not None else [""] * len(table.rows)
    for where, day, cell in zip(places, table.cells(start), table.cells(column.name), strict=True):
        if day and cell:
            series[where].append((day, float(cell)))
    long = [sorted(stated) for stated in series.values() if len(stated) > 2]
    steps = [(one, other) for stated in long for (_, one), (_, other) in pairwise(stated)]
    return len(steps) > 3 and all(one <= other for one, other in steps) and any(a < b for a, b in steps)


def container_column(table: Table, key: str) -> str | None:
    """The column of a gazetteer whose cells are keys of other rows: what the place lies in."""
    keys = set(table.cells(key))
    for column in table.columns:
        given = [cell for cell in table.cells(column.name) if cell]
        if column.name != key and given and set(given) <= keys:
            return column.name
    return None
