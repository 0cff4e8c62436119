"""A first `datapackage.json` from a CSV file, for `claimcheck reference init`.

It is made of guesses for a person to confirm: all of them are listed under "confirm", in words, and the
loader refuses the package until that list is gone. A guess must not become a verdict unseen.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from claimcheck.reference.cells import TYPES, period_fault
from claimcheck.reference.names import folded
from claimcheck.reference.tables import cell_limit

SAMPLE = 2_000  # rows looked at
_DELIMITERS = ",;\t|"
_GUESSED_TYPES = ("integer", "number", "date", "datetime")

# Words in a column's name that tell what it holds, best first; dated roles also need dates in the column.
ROLE_WORDS: Mapping[str, tuple[str, ...]] = {
    "key": ("id", "key", "code", "identifier", "uuid"),
    "start": ("start", "begin", "from", "date", "day", "year"),
    "end": ("end", "until", "to"),
    "as_of": ("of", "asof", "updated"),
    "place": ("place", "location", "town", "city", "village", "district", "province", "governorate",
              "region", "country"),
    "actor": ("actor", "perpetrator", "belligerent", "party"),
    "measure": ("measure", "metric", "indicator", "property", "variable"),
    "unit": ("unit", "units"),
    "low": ("low", "min", "minimum", "lower"),
    "high": ("high", "max", "maximum", "upper"),
    "best": ("best", "value", "estimate", "figure", "count", "total"),
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

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its name: "killedLow" and "killed_low" are both killed, low."""
        return tuple(folded(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.name)).split())


def init_descriptor(csv_path: Path) -> dict[str, Any]:
    """A descriptor for the table, with its guesses under "confirm".

    Raises ValueError where the file has no header or is not UTF-8, OSError where it cannot be read.
    """
    delimiter, header, rows = _sample(csv_path)
    columns = [_column(name, [row[i] for row in rows if i < len(row)]) for i, name in enumerate(header)]
    roles = _roles(columns)
    kind = _kind(columns, roles)
    block, vocabulary, confirm = _BLOCKS[kind](columns, roles)
    block = {"kind": kind, "key": roles["key"], **block}
    unique = next(column.unique for column in columns if column.name == roles["key"])
    resource: dict[str, Any] = {
        "name": re.sub(r"[^a-z0-9]+", "_", csv_path.stem.casefold()).strip("_") or "table",
        "path": csv_path.name,
        "schema": {
            "fields": [{"name": column.name, "type": column.type} for column in columns],
            "primaryKey": roles["key"],
        },
        "claimcheck": block,
    }
    if delimiter != ",":
        resource["dialect"] = {"delimiter": delimiter}
    if not unique:
        confirm.insert(0, f'"{roles["key"]}" is no key, and no other column is: give each row its own')
    used = ", ".join(f"{role}: {_shown(value)}" for role, value in block.items() if role != "kind")
    unused = [column.name for column in columns if column.name not in set(_named(block))]
    return {
        "name": re.sub(r"[^a-z0-9]+", "-", csv_path.stem.casefold()).strip("-") or "package",
        "confirm": [
            f"one row is one of: {kind} (sources, gazetteer, events, figures, incidents)",
            f"what the columns mean: {used}",
            f"columns that are kept and not used: {', '.join(unused) or 'none'}",
            *confirm,
        ],
        "vocabulary": vocabulary,
        "resources": [resource],
    }


def _sample(csv_path: Path) -> tuple[str, list[str], list[list[str]]]:
    with csv_path.open(encoding="utf-8-sig", newline="") as stream, cell_limit():
        try:
            first = stream.readline()
            stream.seek(0)
            delimiter = max(_DELIMITERS, key=first.count)
            reader = csv.reader(stream, delimiter=delimiter)
            header = next(reader, [])
            rows = [row for row in islice(reader, SAMPLE) if row]
        except (UnicodeDecodeError, csv.Error) as error:
            raise ValueError(f"{csv_path}: not a CSV file in UTF-8 ({error})") from error
    if not any(name.strip() for name in header):
        raise ValueError(f"{csv_path}: the first line must name the columns")
    return delimiter, header, rows


def _column(name: str, cells: Sequence[str]) -> Column:
    given = [cell.strip() for cell in cells if cell.strip()]
    kind = next((t for t in _GUESSED_TYPES if given and all(TYPES[t](c) is None for c in given)), "string")
    dated = bool(given) and all(period_fault(cell) is None for cell in given)
    values = tuple(dict.fromkeys(given))
    unique = len(values) == len(cells) > 0
    return Column(name, kind, dated or kind == "datetime", unique, values[:MOST_MEASURES])


def _roles(columns: Sequence[Column]) -> dict[str, str]:
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
        return column.type in ("integer", "number") and _measure_of(column) is None
    return column.type == "string" and not column.dated


def _kind(columns: Sequence[Column], roles: Mapping[str, str]) -> str:
    if any(_measure_of(column) for column in columns) and "start" in roles:
        return "incidents"
    if "url" in roles and "names" in roles and "place" not in roles:
        return "sources"
    if any(role in roles for role in SIZED) and ("measure" in roles or "names" not in roles):
        return "figures"
    return "events" if "start" in roles else "gazetteer"


def _measure_of(column: Column) -> str | None:
    """The measure that a column of numbers counts, by its name."""
    if column.type not in ("integer", "number"):
        return None
    return next((measure for measure, words in MEASURED.items() if words & set(column.words)), None)


Block = tuple[dict[str, Any], dict[str, Any], list[str]]


def _incidents(columns: Sequence[Column], roles: Mapping[str, str]) -> Block:
    measures: dict[str, dict[str, str]] = {}
    for column in columns:
        measure = _measure_of(column)
        if measure is None:
            continue
        size = next((s for s in ("low", "high") if set(ROLE_WORDS[s]) & set(column.words)), "best")
        if size != "best" or set(column.words) <= MEASURED[measure] | FILLERS:  # not the deaths of one side
            measures.setdefault(measure, {"measure": measure, "unit": "people"}).setdefault(size, column.name)
    block = _pick(roles, ("label", "place", "actor", "start", "end", "source"))
    block["counted_as"] = "incident"
    block["measures"] = list(measures.values())
    vocabulary = {measure: {"words": WORDS[measure], "type": "flow"} for measure in measures}
    return block, vocabulary, ['what a count of rows counts: "incident"', "the words of the vocabulary"]


def _figures(columns: Sequence[Column], roles: Mapping[str, str]) -> Block:
    block = _pick(roles, ("measure", "unit", *SIZED, "place", "actor", *DATED, "source"))
    if "measure" in block:
        names = next(column.values for column in columns if column.name == block["measure"])
    else:
        names = (next(roles[size] for size in ("best", "low", "high") if size in roles),)
        block["measure"] = {"constant": names[0]}
    kind = "flow" if "start" in block else "stock" if "as_of" in block else "constant"
    vocabulary = {name: {"words": [name.replace("_", " ").strip() or name], "type": kind} for name in names}
    confirm = [
        "the words that texts use for each measure of the vocabulary",
        f"how each measure behaves in time: {kind} (flow, stock, cumulative, constant)",
    ]
    return block, vocabulary, confirm


def _events(columns: Sequence[Column], roles: Mapping[str, str]) -> Block:
    block = _pick(roles, ("label", "place", "actor", "start", "end", "source"))
    block["names"] = roles.get("names") or _text_column(columns, roles)
    return block, {}, ["the names of the happenings, as texts would write them"]


def _gazetteer(columns: Sequence[Column], roles: Mapping[str, str]) -> Block:
    block = _pick(roles, ("source",))
    block["names"] = roles.get("names") or roles.get("place") or _text_column(columns, roles)
    block["entity"] = "place"
    return block, {}, ["whether the rows are places or organisations (entity)"]


def _sources(columns: Sequence[Column], roles: Mapping[str, str]) -> Block:
    block = _pick(roles, ("url",))
    if "names" in roles:
        block["title"] = roles["names"]
    return block, {}, []


_BLOCKS = {
    "incidents": _incidents,
    "figures": _figures,
    "events": _events,
    "gazetteer": _gazetteer,
    "sources": _sources,
}


def _pick(roles: Mapping[str, str], wanted: Iterable[str]) -> dict[str, Any]:
    return {role: roles[role] for role in wanted if role in roles}


def _text_column(columns: Sequence[Column], roles: Mapping[str, str]) -> str:
    """The first column of text that is not the key, else the key."""
    texts = [column.name for column in columns if column.type == "string" and column.name != roles["key"]]
    return texts[0] if texts else roles["key"]


def _named(block: Mapping[str, Any]) -> Iterator[str]:
    for value in block.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            for entry in value:
                yield from _named(entry)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(" ".join(f"{k} {v}" for k, v in entry.items()) for entry in value) or "none"
    return str(value.get("constant")) + " (constant)" if isinstance(value, dict) else str(value)
