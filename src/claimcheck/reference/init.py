"""A first `datapackage.json` from CSV files, for `claimcheck reference init`.

It is made of guesses for a person to confirm: all of them are listed under "confirm", in words, and the
loader refuses the package until that list is gone. A guess must not become a verdict unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from claimcheck.reference.columns import (
    DATED,
    FILLERS,
    MEASURED,
    ROLE_WORDS,
    RUNNING,
    SIZED,
    WORDS,
    Column,
    Table,
    container_column,
    figure_columns,
    is_running,
    measure_of,
    places_of,
    read_table,
    roles_of,
)

_SHARES = frozenset({"percent", "pct", "percentage", "share", "turnout", "rate"})
_UNITS = {
    "hectares": "hectare", "hectare": "hectare", "ha": "hectare", "km": "kilometre", "mm": "millimetre",
    "celsius": "celsius", "usd": "USD", "eur": "EUR", "gbp": "GBP", "tonnes": "tonne", "percent": "percent",
    "pct": "percent",
}  # fmt: skip
_KINDS = "sources, gazetteer, events, figures, incidents"


def init_descriptor(*csv_paths: Path) -> dict[str, Any]:
    """A descriptor for the tables, one package, with its guesses under "confirm".

    Raises TableError (a ValueError) where a file is not UTF-8 or its header does not name each column once,
    OSError where it cannot be read.
    """
    confirm: list[str] = []
    vocabulary: dict[str, Any] = {}
    resources: list[dict[str, Any]] = []
    for path in csv_paths:
        made, words, guesses = _of_table(read_table(path))
        resources += made
        vocabulary |= {name: entry for name, entry in words.items() if name not in vocabulary}
        lead = f"{path.name}: " if len(csv_paths) > 1 else ""
        confirm += [lead + guess for guess in guesses]
    first = csv_paths[0]
    named = first.resolve().parent.name if len(csv_paths) > 1 else first.stem
    return {
        "name": re.sub(r"[^a-z0-9]+", "-", named.casefold()).strip("-") or "package",
        "confirm": confirm,
        "vocabulary": vocabulary,
        "resources": resources,
    }


Guessed = tuple[list[dict[str, Any]], dict[str, Any], list[str]]


def _of_table(table: Table) -> Guessed:
    """The resources of one table (several where each of its columns of numbers is a measure)."""
    roles = roles_of(table.columns)
    kind = _kind(table, roles)
    blocks, vocabulary, confirm = _BLOCKS[kind](table, roles)
    named = [{"kind": kind, "key": roles["key"], **block} for block in blocks]
    if not table.column(roles["key"]).unique:
        confirm.insert(0, f'"{roles["key"]}" is no key, and no other column is: give each row its own')
    used = "; ".join(
        ", ".join(f"{role}: {_shown(value)}" for role, value in block.items() if role != "kind")
        for block in named
    )
    used_columns = {name for block in named for name in _named(block)}
    unused = [column.name for column in table.columns if column.name not in used_columns]
    guesses = [
        f"one row is one of: {kind} ({_KINDS})",
        f"what the columns mean: {used}",
        f"columns that are kept and not used: {', '.join(unused) or 'none'}",
        *_cells_to_confirm(table),
        *confirm,
    ]
    return [_resource(table, roles["key"], block, len(named) > 1) for block in named], vocabulary, guesses


def _cells_to_confirm(table: Table) -> Iterator[str]:
    """How the cells of columns are read that are not written as tables of packages are."""
    for column in table.columns:
        if column.written:
            told = ", ".join(f"{key} {value}" for key, value in column.written.items())
            yield f'how the cells of "{column.name}" are written: {column.type}, {told}'
        if column.doubtful is not None:
            told = (
                f'"{column.name}": {column.doubtful} may be day and month or month and day; for dates write '
            )
            forms = '"type": "date", "format": "%d/%m/%Y" (or "%m/%d/%Y") in its field'
            yield told + (forms.replace("/", "-") if "-" in column.doubtful else forms)


def _resource(table: Table, key: str, block: dict[str, Any], several: bool) -> dict[str, Any]:
    stem = re.sub(r"[^a-z0-9]+", "_", table.path.stem.casefold()).strip("_") or "table"
    measure = block.get("measure")
    if several and isinstance(measure, dict):
        stem = f"{stem}_{re.sub(r'[^a-z0-9]+', '_', measure['constant'].casefold())}"
    resource: dict[str, Any] = {
        "name": stem,
        "path": table.path.name,
        "schema": {
            "fields": [{"name": c.name, "type": c.type, **c.written} for c in table.columns],
            "primaryKey": key,
        },
        "claimcheck": block,
    }
    if table.delimiter != ",":
        resource["dialect"] = {"delimiter": table.delimiter}
    return resource


def _kind(table: Table, roles: Mapping[str, str]) -> str:
    figures = figure_columns(table, roles)
    counted = [c for c in table.columns if measure_of(c)]
    if counted and "start" in roles and not any(_is_total(table, c, roles) for c in counted):
        return "incidents"
    if "url" in roles and "names" in roles and "place" not in roles:
        return "sources"
    if any(role in roles for role in SIZED) and ("measure" in roles or "names" not in roles):
        return "figures"
    if figures and "names" not in roles and any(role in roles for role in DATED):
        return "figures"
    return "events" if "start" in roles else "gazetteer"


def _is_total(table: Table, column: Column, roles: Mapping[str, str]) -> bool:
    """Whether a column holds running totals, by its name or by its numbers."""
    dated = roles.get("as_of") or roles.get("start")
    return bool(RUNNING & set(column.words)) or is_running(table, column, roles.get("place"), dated)


Block = tuple[list[dict[str, Any]], dict[str, Any], list[str]]


def _incidents(table: Table, roles: Mapping[str, str]) -> Block:
    measures: dict[str, dict[str, str]] = {}
    for column in table.columns:
        measure = measure_of(column)
        if measure is None:
            continue
        size = _size(column)
        if size != "best" or set(column.words) <= MEASURED[measure] | FILLERS:  # not the deaths of one side
            measures.setdefault(measure, {"measure": measure, "unit": "people"}).setdefault(size, column.name)
    block = _placed(table, roles, ("label", "place", "actor", "start", "end", "source"))
    block["counted_as"] = _counted_as(table.path.stem)
    block["measures"] = list(measures.values())
    vocabulary = {measure: {"words": WORDS[measure], "type": "flow"} for measure in measures}
    counts = f'what a count of rows counts, as texts call it: "{block["counted_as"]}"'
    return [block], vocabulary, [counts, "the words of the vocabulary"]


def _counted_as(stem: str) -> str:
    """What a file named in the plural has a row of ("strikes.csv": a strike), else an incident."""
    last = (re.findall(r"[a-z]+", stem.casefold()) or [""])[-1]
    for ending, put in (("ies", "y"), ("shes", "sh"), ("ches", "ch"), ("sses", "ss"), ("s", "")):
        if last.endswith(ending) and not last.endswith(("ss", "us", "is")) and len(last) > 4:
            one = last.removesuffix(ending) + put
            return "incident" if one in ("event", "data", "record", "row", "table", "new") else one
    return "incident"


def _figures(table: Table, roles: Mapping[str, str]) -> Block:
    block = _placed(table, roles, ("measure", "unit", *SIZED, "place", "actor", *DATED, "source"))
    sized = [table.column(roles[size]) for size in SIZED if size in roles]
    if "measure" not in block and not any(_is_plain(column) for column in sized):
        for size in SIZED:
            block.pop(size, None)
        wide = figure_columns(table, {k: v for k, v in roles.items() if k not in SIZED})
        return _wide(table, roles, block, wide)
    if "measure" in block:
        names: Iterable[str] = table.column(block["measure"]).values
    else:
        names = (next(roles[size] for size in ("best", "low", "high") if size in roles),)
        block["measure"] = {"constant": next(iter(names))}
    kind = "flow" if "start" in block else "stock" if "as_of" in block else "constant"
    vocabulary = {name: {"words": [name.replace("_", " ").strip() or name], "type": kind} for name in names}
    return [block], vocabulary, _words_to_confirm(kind)


def _wide(table: Table, roles: Mapping[str, str], common: dict[str, Any], wide: Sequence[Column]) -> Block:
    """A table whose columns of numbers are measures: a block for each."""
    blocks: dict[str, dict[str, Any]] = {}
    vocabulary: dict[str, Any] = {}
    told = [_measure_and_unit(column)[0] for column in wide]
    for column in wide:
        name, unit = _measure_and_unit(column)
        paired = told.count(name) > 1
        if not paired:  # "max_temperature" is a measure of its own, "cases_low" one end of another
            name = " ".join(w for w in column.words if w not in _UNITS and w not in RUNNING) or column.name
        total = _is_total(table, column, roles)
        block = blocks.setdefault(name, {"measure": {"constant": name}, **common})
        block.setdefault(_size(column) if paired else "best", column.name)
        if unit is not None:
            block["unit"] = {"constant": unit}
        if total and "start" in block and "as_of" not in block:
            block["as_of"] = block.pop("start")
        kind = "cumulative" if total else "stock" if "as_of" in block else "flow"
        known = measure_of(column)
        words = [name] if known is None else WORDS[known]
        vocabulary[name] = {"words": words, "type": kind}
    kinds = ", ".join(f"{name}: {entry['type']}" for name, entry in vocabulary.items())
    return list(blocks.values()), vocabulary, _words_to_confirm(kinds)


def _words_to_confirm(kind: str) -> list[str]:
    return [
        "the words that texts use for each measure of the vocabulary, and its name in full (cholera deaths)",
        f"how each measure behaves in time: {kind} (flow, stock, cumulative, constant)",
    ]


def _measure_and_unit(column: Column) -> tuple[str, str | None]:
    """What a column is called without the words for its unit and its size: "burnt_area_hectares"."""
    sizes = {word for size in ("low", "high") for word in ROLE_WORDS[size]} | RUNNING
    unit = next((_UNITS[word] for word in column.words if word in _UNITS), None)
    if unit is None:
        unit = column.unit or ("percent" if _SHARES & set(column.words) else None)
    if unit is None and measure_of(column):
        unit = "people"
    words = [word for word in column.words if word not in sizes and word not in _UNITS]
    return " ".join(words) or column.name, unit


def _is_plain(column: Column) -> bool:
    """Whether a column's name only says that it holds the number ("value", "best estimate")."""
    sizes = {word for size in SIZED for word in ROLE_WORDS[size]}
    return set(column.words) <= sizes | FILLERS | set(_UNITS)


def _size(column: Column) -> str:
    return next((s for s in ("low", "high") if set(ROLE_WORDS[s]) & set(column.words)), "best")


def _events(table: Table, roles: Mapping[str, str]) -> Block:
    block = _placed(table, roles, ("label", "place", "actor", "start", "end", "source"))
    block["names"] = _names(table, roles) or _text_column(table, roles)
    return [block], {}, ["the names of the happenings, as texts would write them"]


def _gazetteer(table: Table, roles: Mapping[str, str]) -> Block:
    block = _pick(roles, ("source",))
    block["names"] = _names(table, roles) or roles.get("place") or _text_column(table, roles)
    block["entity"] = "place"
    within = container_column(table, roles["key"])
    if within is not None:
        block["within"] = within
    return [block], {}, ["whether the rows are places or organisations (entity)"]


def _sources(table: Table, roles: Mapping[str, str]) -> Block:
    block = _pick(roles, ("url",))
    if "names" in roles:
        block["title"] = roles["names"]
    return [block], {}, []


_BLOCKS = {
    "incidents": _incidents,
    "figures": _figures,
    "events": _events,
    "gazetteer": _gazetteer,
    "sources": _sources,
}


def _placed(table: Table, roles: Mapping[str, str], wanted: Iterable[str]) -> dict[str, Any]:
    """The roles of a block, its places narrowest first where one column of places lies in another."""
    block = _pick(roles, wanted)
    places = places_of(table, roles)
    if "place" in block and len(places) > 1:
        block["place"] = places
    return block


def _pick(roles: Mapping[str, str], wanted: Iterable[str]) -> dict[str, Any]:
    return {role: roles[role] for role in wanted if role in roles}


def _names(table: Table, roles: Mapping[str, str]) -> Any:
    """The column of names, with one of aliases where there is one."""
    aliases = [c.name for c in table.columns if {"alias", "aliases"} & set(c.words)]
    name = roles.get("names")
    more = [alias for alias in aliases if alias != name]
    return [name, *more] if name is not None and more else name


def _text_column(table: Table, roles: Mapping[str, str]) -> str:
    """The first column of text that has no other role, else the key."""
    taken = {*roles.values()}
    texts = [column.name for column in table.columns if column.type == "string" and column.name not in taken]
    return texts[0] if texts else roles["key"]


def _named(value: Any) -> Iterator[str]:
    """The columns that a block names."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from _named(entry)
    elif isinstance(value, dict) and "constant" not in value:
        yield from _named(list(value.values()))


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(one if isinstance(one, str) else _pairs(one) for one in value) or "none"
    return str(value.get("constant")) + " (constant)" if isinstance(value, dict) else str(value)


def _pairs(entry: Mapping[str, Any]) -> str:
    return " ".join(f"{k} {v}" for k, v in entry.items())
