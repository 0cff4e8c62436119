"""The `claimcheck` blocks that a table's columns let one guess, and the measures of its vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from claimcheck.reference.columns import (
    DATED,
    FILLERS,
    MEASURED,
    NO_FIGURES,
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
)
from claimcheck.reference.tidy import VALUE

_SHARES = frozenset({"percent", "pct", "percentage", "share", "turnout", "rate"})
_UNITS = {
    "hectares": "hectare", "hectare": "hectare", "ha": "hectare", "km": "kilometre", "mm": "millimetre",
    "celsius": "celsius", "usd": "USD", "eur": "EUR", "gbp": "GBP", "tonnes": "tonne", "percent": "percent",
    "pct": "percent",
}  # fmt: skip


def kind_of(table: Table, roles: Mapping[str, str]) -> str:
    """What a row of the table is, as far as its columns let one guess."""
    figures = figure_columns(table, roles)
    counted = [c for c in table.columns if measure_of(c)]
    totals = _is_by_month(table, roles) or any(_is_total(table, c, roles) for c in counted)
    if counted and "start" in roles and not totals:
        return "incidents"
    if "url" in roles and "names" in roles and "place" not in roles:
        return "sources"
    if any(role in roles for role in SIZED) and ("measure" in roles or "names" not in roles):
        return "figures"
    if figures and ("names" not in roles or "start" not in roles) and not _is_gazetteer(table, roles):
        return "figures"
    return "events" if "start" in roles else "gazetteer"


def _is_by_month(table: Table, roles: Mapping[str, str]) -> bool:
    """Whether each row is of a whole month or year and nothing tells what happened: those are figures."""
    told = {"label", "names"} & roles.keys() or "start" not in roles
    days = [] if told else [day for day in table.column(roles["start"]).values if day]
    return bool(days) and all(re.fullmatch(r"\d{4}(-\d{2})?", day) for day in days)


def _is_gazetteer(table: Table, roles: Mapping[str, str]) -> bool:
    """Whether the rows are told to lie in one another."""
    return "names" in roles and "key" in roles and container_column(table, roles["key"]) is not None


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
    return [block], vocabulary, [counts]


def _counted_as(stem: str) -> str:
    """What a file named in the plural has a row of ("strikes.csv": a strike), else an incident."""
    last = (re.findall(r"[a-z]+", stem.casefold()) or [""])[-1]
    for ending, put in (("ies", "y"), ("shes", "sh"), ("ches", "ch"), ("sses", "ss"), ("s", "")):
        if last.endswith(ending) and not last.endswith(("ss", "us", "is")) and len(last) > 4:
            one = last.removesuffix(ending) + put
            return "incident" if one in ("event", "data", "record", "row", "table", "new") else one
    return "incident"


_LONGEST_LABEL = 6  # words of a cell that tells rows apart


def _figures(table: Table, roles: Mapping[str, str]) -> Block:
    block = _placed(table, roles, ("measure", "unit", *SIZED, "place", "actor", *DATED, "source"))
    subject = _subject(table, roles, block)
    if subject is not None:
        block["actor"] = subject
        others = [name for role, name in roles.items() if role != "key"]
        if told := _told(table, [*named_columns(list(block.values())), *others]):
            block["label"] = told
    sized = [table.column(roles[size]) for size in SIZED if size in roles]
    if "measure" in block and not sized:  # "population" names a measure, or is one
        del block["measure"]
    wide = figure_columns(table, {k: v for k, v in roles.items() if k not in SIZED})
    several = len(wide) > len(sized) and not all(map(_is_plain, wide))
    if "measure" not in block and (several or not any(map(_is_plain, sized))):
        for size in SIZED:
            block.pop(size, None)
        named = [column for column in wide if not _is_plain(column)]  # "total" beside gold and silver
        return _wide(table, roles, block, named or wide)
    if "measure" in block:
        names: Iterable[str] = table.column(block["measure"]).values
    elif table.layout.periods:
        names = (_measure_of_file(table),)
        block["measure"] = {"constant": names[0]}
    else:
        names = (next(roles[size] for size in ("best", "low", "high") if size in roles),)
        block["measure"] = {"constant": next(iter(names))}
    kind = "flow" if "start" in block else "stock" if "as_of" in block else "constant"
    vocabulary = {name: {"words": [name.replace("_", " ").strip() or name], "type": kind} for name in names}
    for name, entry in vocabulary.items():
        entry |= _says(name, block)
    return [block], vocabulary, []


def _says(measure: str, block: Mapping[str, Any]) -> dict[str, list[str]]:
    """How a text may tell a measure, as far as its name lets one guess: "{n} hosted refugees in {place}"."""
    unit = block.get("unit")
    share = isinstance(unit, dict) and unit.get("constant") == "percent"
    where = " in {place}" if "place" in block else ""
    name = " ".join(re.sub(r"[{}_]", " ", measure).split())
    if not re.search(r"[^\W\d_]{2}", name):
        return {}
    return {"says": [f"{name} of {{n}} percent{where}" if share else f"{{n}} {name}{where}"]}


def _subject(table: Table, roles: Mapping[str, str], block: Mapping[str, Any]) -> str | None:
    """The column of whose number a figure is, where that is no place: a player, a team, a candidate."""
    if "actor" in block:
        return None
    taken = {*named_columns(list(block.values()))}
    for name in (roles.get("names"), roles.get("key")):
        if name is not None and name not in taken and table.column(name).type == "string":
            return name if not _is_code(table.column(name)) else None
    return None if "place" in block or "measure" in block else _first_text(table, taken)


def _told(table: Table, taken: Iterable[str]) -> list[str]:
    """The columns of a few words that tell the rows of one subject apart: opponent, venue, result."""
    used = set(taken)
    return [
        c.name
        for c in table.columns
        if c.type == "string" and not c.dated and c.doubt is None and c.name not in used and not _is_code(c)
        and max((len(cell.split()) for cell in c.values), default=0) <= _LONGEST_LABEL
    ]  # fmt: skip


def _is_code(column: Column) -> bool:
    """Whether a column's name says that its cells are keys or ranks."""
    return bool((set(ROLE_WORDS["key"]) | NO_FIGURES) & set(column.words))


def _first_text(table: Table, taken: Iterable[str]) -> str | None:
    texts = (c for c in table.columns if c.type == "string" and not c.dated and c.doubt is None)
    return next((c.name for c in texts if c.name not in taken and not _is_code(c)), None)


def _measure_of_file(table: Table) -> str:
    """What a file measures whose columns are months or years, by its name: "refugees-hosted.csv"."""
    words = re.findall(r"[^\W\d_]+", table.layout.sheet.path.stem)
    return " ".join(words).lower() or VALUE


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
        words = [name]
        if "%" in column.name and not _SHARES & set(column.words):  # "votes" has a column of its own
            words = [name.removeprefix("of ")]
            name = f"share of {words[0]}"
        total = _is_total(table, column, roles) and bool({"start", "as_of"} & common.keys())
        block = blocks.setdefault(name, {"measure": {"constant": name}, **common})
        block.setdefault(_size(column) if paired else "best", column.name)
        if unit is not None:
            block["unit"] = {"constant": unit}
        if total and "start" in block and "as_of" not in block:
            block["as_of"] = block.pop("start")
        kind = (
            "cumulative"
            if total
            else "stock"
            if "as_of" in block
            else "flow"
            if "start" in block
            else "constant"
        )
        known = _whole_measure(column)
        words = words if known is None else WORDS[known]
        says = {"says": ["{n} people " + known.removeprefix("people ")]} if known else _says(name, block)
        vocabulary[name] = {"words": words, **says, "type": kind}
    return list(blocks.values()), vocabulary, []


def _whole_measure(column: Column) -> str | None:
    """The measure that a column counts, where its name says nothing more (not "civilian deaths")."""
    known = measure_of(column)
    sizes = {word for size in SIZED for word in ROLE_WORDS[size]}
    whole = known is not None and set(column.words) <= MEASURED[known] | FILLERS | RUNNING | sizes
    return known if whole else None


def _measure_and_unit(column: Column) -> tuple[str, str | None]:
    """What a column is called without the words for its unit and its size: "burnt_area_hectares"."""
    sizes = {word for size in ("low", "high") for word in ROLE_WORDS[size]} | RUNNING
    unit = next((_UNITS[word] for word in column.words if word in _UNITS), None)
    if unit is None:
        unit = column.unit or ("percent" if _SHARES & set(column.words) or "%" in column.name else None)
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
    block["names"] = _filled(table, _names(table, roles), _text_column(table, roles))
    return [block], {}, ["the names of the happenings, as texts would write them"]


def _gazetteer(table: Table, roles: Mapping[str, str]) -> Block:
    block = _pick(roles, ("source",))
    block["names"] = _filled(table, _names(table, roles), roles.get("place"), _text_column(table, roles))
    block["entity"] = "place"
    within = container_column(table, roles["key"]) if "key" in roles else None
    if within is not None:
        block["within"] = within
    return [block], {}, ["whether the rows are places or organisations (entity)"]


def _sources(table: Table, roles: Mapping[str, str]) -> Block:
    block = _pick(roles, ("url",))
    if "names" in roles:
        block["title"] = roles["names"]
    return [block], {}, []


BLOCKS = {
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


def _filled(table: Table, *choices: Any) -> Any:
    """The first choice of columns that leaves no row without a name, else the first that is there."""
    given = [choice for choice in choices if choice]
    full = (one for one in given if all(map(any, zip(*map(table.cells, named_columns(one)), strict=True))))
    return next(full, given[0])


def _text_column(table: Table, roles: Mapping[str, str]) -> str:
    """The first column of text that has no other role, else the key."""
    taken = {*roles.values()}
    texts = [column.name for column in table.columns if column.type == "string" and column.name not in taken]
    return texts[0] if texts else roles.get("key", table.columns[0].name)


def named_columns(value: Any) -> Iterator[str]:
    """The columns that a block names."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from named_columns(entry)
    elif isinstance(value, dict) and "constant" not in value:
        yield from named_columns(list(value.values()))


def shown(value: Any) -> str:
    """A value of a block as a person reads it."""
    if isinstance(value, list):
        return "; ".join(one if isinstance(one, str) else _pairs(one) for one in value) or "none"
    return str(value.get("constant")) + " (constant)" if isinstance(value, dict) else str(value)


def _pairs(entry: Mapping[str, Any]) -> str:
    return " ".join(f"{k} {v}" for k, v in entry.items())
