"""The columns of a table as its sample shows them, and what their names and cells let one guess."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from claimcheck.reference.cells import TYPES, period_fault
from claimcheck.reference.names import folded
from claimcheck.reference.schema import Field
from claimcheck.reference.tables import cell_limit
from claimcheck.reference.written import converter, guessed, is_ambiguous_day

SAMPLE = 2_000  # rows looked at
_DELIMITERS = ",;\t|"
_SIGNS = {"%": "percent", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_GUESSED_TYPES = ("integer", "number", "date", "datetime")

# Words in a column's name that tell what it holds, best first; dated roles also need dates in the column.
ROLE_WORDS: Mapping[str, tuple[str, ...]] = {
    "key": ("id", "key", "code", "identifier", "uuid"),
    "as_of": ("of", "asof", "updated", "reported", "report"),
    "start": ("start", "begin", "from", "date", "day", "year"),
    "end": ("end", "until", "to"),
    "place": ("place", "location", "village", "town", "city", "municipality", "county", "district", "oblast",
              "province", "governorate", "state", "region", "country"),
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
    "label": ("type", "kind", "category", "weapon"),
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
    doubtful: str | None = None  # a cell that may be two days (03/02/2021)
    unit: str | None = None  # that every cell carries ("61 %", "$1,200")

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its name: "killedLow" and "killed_low" are both killed, low."""
        return tuple(folded(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.name)).split())


@dataclass(frozen=True, slots=True)
class Table:
    """The sample of a file: its columns, and its rows as they stand."""

    path: Path
    delimiter: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)

    def cells(self, name: str) -> list[str]:
        """The cells of a column, stripped, in the order of the rows."""
        at = next(i for i, column in enumerate(self.columns) if column.name == name)
        return [row[at].strip() if at < len(row) else "" for row in self.rows]


class TableError(ValueError):
    """A file that no descriptor can be written for: the message says where, and what to do."""


def read_table(csv_path: Path) -> Table:
    """The sample of a CSV file. Raises TableError where it is not UTF-8 or its header does not name each
    column once, OSError where it cannot be read."""
    delimiter, header, rows = _sample(csv_path)
    columns = [_column(name, [row[i] for row in rows if i < len(row)]) for i, name in enumerate(header)]
    for i, column in enumerate(columns):
        put = converter(_as_field(column.type, column.written))
        if put is not None:
            for row in rows:
                row[i : i + 1] = [put(cell) if cell.strip() else cell for cell in row[i : i + 1]]
    return Table(csv_path, delimiter, tuple(columns), tuple(map(tuple, rows)))


def _as_field(kind: str, written: Mapping[str, Any]) -> Field:
    return Field(
        "", kind, day=written.get("format"), decimal=written.get("decimalChar", "."),
        group=written.get("groupChar", ""), bare=written.get("bareNumber", True),
    )  # fmt: skip


def _header_faults(csv_path: Path, header: Sequence[str]) -> Iterator[str]:
    for at, name in enumerate(header, 1):
        if not name.strip():
            yield f"{csv_path}:1, column {at}: has no name; name it, or delete the column"
        elif header.index(name) < at - 1:
            first = header.index(name) + 1
            yield f"{csv_path}:1, column {at}: '{name}': column {first} has this name too; rename one of them"


def _sample(csv_path: Path) -> tuple[str, list[str], list[list[str]]]:
    with csv_path.open(encoding="utf-8-sig", newline="") as stream, cell_limit():
        try:
            first = stream.readline()
            stream.seek(0)
            delimiter = max(_DELIMITERS, key=first.count)
            reader = csv.reader(stream, delimiter=delimiter)
            header = next(reader, [])
            rows = [row for row in islice(reader, SAMPLE) if row]
        except UnicodeDecodeError as error:
            told = f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the table as UTF-8 text"
            raise TableError(f"{csv_path}: {told}") from error
        except csv.Error as error:
            raise TableError(f"{csv_path}: no CSV file ({error})") from error
    if not any(name.strip() for name in header):
        raise TableError(f"{csv_path}:1: the first line must name the columns")
    if faults := list(_header_faults(csv_path, header)):
        raise TableError("\n".join(faults))
    return delimiter, header, rows


def _column(name: str, cells: Sequence[str]) -> Column:
    given = [cell.strip() for cell in cells if cell.strip()]
    kind = next((t for t in _GUESSED_TYPES if given and all(TYPES[t](c) is None for c in given)), "string")
    unit = _unit_of(given)
    doubtful = given[0] if is_ambiguous_day(given) else None
    written: Mapping[str, Any] = {}
    if kind == "string" and (found := guessed(given)) is not None:
        kind, written = found
        put = converter(_as_field(kind, written))
        given = given if put is None else list(map(put, given))
    dated = bool(given) and all(period_fault(cell) is None for cell in given)
    values = tuple(dict.fromkeys(given))
    unique = len(values) == len(cells) > 0
    shown = values[:MOST_MEASURES]
    return Column(name, kind, dated or kind == "datetime", unique, shown, written, doubtful, unit)


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
    if "key" not in roles:
        unique = [column.name for column in columns if column.unique and column.type in ("string", "integer")]
        roles["key"] = unique[0] if unique else columns[0].name
    return roles


def _fits(role: str, column: Column) -> bool:
    if role == "key":
        return column.unique
    if role in DATED:
        return column.dated
    if role in SIZED:
        return column.type in ("integer", "number") and measure_of(column) is None
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
        if c.type in ("integer", "number") and c.name not in roles.values() and not NO_FIGURES & set(c.words)
    ]


def places_of(table: Table, roles: Mapping[str, str]) -> list[str]:
    """The columns of places that lie in one another, the narrowest first: each place of one has a single
    container in the next."""
    named = [c.name for c in table.columns if c.type == "string" and set(c.words) & set(ROLE_WORDS["place"])]
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
    long = [sorted(told) for told in series.values() if len(told) > 2]
    steps = [(one, other) for told in long for (_, one), (_, other) in pairwise(told)]
    return len(steps) > 3 and all(one <= other for one, other in steps) and any(a < b for a, b in steps)


def container_column(table: Table, key: str) -> str | None:
    """The column of a gazetteer whose cells are keys of other rows: what the place lies in."""
    keys = set(table.cells(key))
    for column in table.columns:
        given = [cell for cell in table.cells(column.name) if cell]
        if column.name != key and given and set(given) <= keys:
            return column.name
    return None
