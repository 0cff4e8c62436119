"""A first `datapackage.json` from CSV files, made of guesses for a person to confirm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path
from textwrap import shorten
from typing import Any, Protocol

from claimcheck.judging.relations import unit_named
from claimcheck.reference.cells import number_fault
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
    key_of,
    measure_of,
    places_of,
    roles_of,
    sampled,
)
from claimcheck.reference.exports import Export, export_of, tagged_export
from claimcheck.reference.headers import split_header
from claimcheck.reference.schema import KINDS, MEASURE_TYPES, MOST_ROWS, UNCHECKED
from claimcheck.reference.tidy import SAMPLE, VALUE, Layout, is_unclear_date, layout_of, open_sheet
from claimcheck.reference.written import Doubt

# ----------------------------------------------------------------------------------------------------
# Who answers the questions that a stranger's table leaves open: a person at a terminal, or nobody.


class Curator(Protocol):
    """Answers questions about a table; None leaves one open."""

    def choose(self, question: str, choices: Mapping[str, str], guess: str | None) -> str | None:
        """One of the choices (each with what it means), None where it stays open."""
        return None

    def write(self, question: str, guess: str) -> str | None:
        """A text, None where it stays open."""
        return None


class Nobody(Curator):
    """Leaves every question open."""


NOBODY = Nobody()


# ----------------------------------------------------------------------------------------------------
# The `claimcheck` blocks that a table's columns let one guess, and the measures of its vocabulary.

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
    stated = {"label", "names"} & roles.keys() or "start" not in roles
    days = [] if stated else [day for day in table.column(roles["start"]).values if day]
    return bool(days) and all(re.fullmatch(r"\d{4}(-\d{2})?", day) for day in days)


def _is_gazetteer(table: Table, roles: Mapping[str, str]) -> bool:
    """Whether a column says which row lies in which."""
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
        if stated := _stated(table, [*named_columns(list(block.values())), *others]):
            block["label"] = stated
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
    stated = unit_named(unit["constant"]) if isinstance(unit, dict) else None
    where = " in {place}" if "place" in block else ""
    name = " ".join(re.sub(r"[{}_]", " ", measure).split())
    if not re.search(r"[^\W\d_]{2}", name):
        return {}
    if stated is not None and stated.kind == "percent":
        return {"says": [f"{name} of {{n}} percent{where}"]}
    if stated is not None and stated.kind != "number":  # money and lengths are no things that are counted
        return {"says": [f"{name} of {{n}}{where}"]}
    return {"says": [f"{{n}} {name}{where}"]}


def _subject(table: Table, roles: Mapping[str, str], block: Mapping[str, Any]) -> str | None:
    """The column of whose number a figure is, where that is no place: a player, a team, a candidate."""
    if "actor" in block:
        return None
    taken = {*named_columns(list(block.values()))}
    for name in (roles.get("names"), roles.get("key")):
        if name is not None and name not in taken and table.column(name).type == "string":
            return name if not _is_code(table.column(name)) else None
    return None if "place" in block or "measure" in block else _first_text(table, taken)


def _stated(table: Table, taken: Iterable[str]) -> list[str]:
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
    stated = [_measure_and_unit(column)[0] for column in wide]
    for column in wide:
        name, unit = _measure_and_unit(column)
        paired = stated.count(name) > 1
        if not paired:  # "max_temperature" is a measure of its own, "cases_low" one end of another
            name = " ".join(w for w in column.words if w not in _UNITS and w not in RUNNING) or column.name
        words = [name]
        whole = name.removeprefix("of ")
        if "%" in column.name and not _SHARES & set(column.words) and (paired or whole != name):
            words = [whole]  # "% of votes", or "votes (%)" beside "votes"
            name, paired = f"share of {whole}", False
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
    unit = column.unit or next((_UNITS[word] for word in column.words if word in _UNITS), None)
    if unit is None and (_SHARES & set(column.words) or "%" in column.name):
        unit = "percent"
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
    return [block], {}, ["the names of the events, as texts would write them"]


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
    "incidents": _incidents, "figures": _figures, "events": _events, "gazetteer": _gazetteer,
    "sources": _sources,
}  # fmt: skip


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


def shown_block(value: Any) -> str:
    """A value of a block as a person reads it."""
    if isinstance(value, list):
        return "; ".join(one if isinstance(one, str) else _pairs(one) for one in value) or "none"
    return str(value.get("constant")) + " (constant)" if isinstance(value, dict) else str(value)


def _pairs(entry: Mapping[str, Any]) -> str:
    return " ".join(f"{k} {v}" for k, v in entry.items())


# ----------------------------------------------------------------------------------------------------
# A first `datapackage.json` from CSV files, for `claimcheck reference init`.
#
# It is made of guesses for a person to confirm: all of them are listed under "confirm", in words, and the
# loader refuses the package until that list is gone. A guess must not become a verdict unseen.

_READ_OUT = 3  # rows that are shown as they are understood


@dataclass(frozen=True, slots=True)
class Start:
    """A first package: its descriptor, the copies that its tables need, and rows as they were understood."""

    descriptor: dict[str, Any]
    copies: tuple[Layout, ...]
    readings: tuple[str, ...]


def start(
    paths: Sequence[Path], curator: Curator = NOBODY, *, title: str | None = None, accept: bool = False
) -> Start:
    """A first package of the tables. What `curator` does not answer is guessed and listed under "confirm".

    `accept`: nobody will; the guesses stay listed under "guesses", and each row says that it rests on them
    (its `confidence`). Raises TableError (a ValueError) where a file is no table or its header does not name
    each column once, OSError where it cannot be read.
    """
    confirm: list[str] = []
    vocabulary: dict[str, Any] = {}
    resources: list[dict[str, Any]] = []
    layouts: list[Layout] = []
    readings: list[str] = []
    for path in paths:
        lead = f"{path.name}: " if len(paths) > 1 else ""
        layout = layout_of(open_sheet(path))
        drafted = _Draft(layout, _Guesses(curator, lead, confirm), title).made()
        if accept and title is not None:
            _open_to_statements(drafted)
        resources += drafted.resources
        vocabulary |= {name: entry for name, entry in drafted.vocabulary.items() if name not in vocabulary}
        readings += (lead + reading for reading in drafted.readings)
        layouts.append(drafted.layout)
    named = paths[0].resolve().parent.name if len(paths) > 1 else paths[0].stem
    if accept:
        _mark(resources)
    descriptor = {
        "name": re.sub(r"[^a-z0-9]+", "-", named.casefold()).strip("-") or "package",
        **({"title": title} if title else {}),
        **({"guesses" if accept else "confirm": confirm} if confirm else {}),
        "vocabulary": vocabulary,
        "resources": resources,
    }
    return Start(descriptor, tuple(layout for layout in layouts if layout.is_copied), tuple(readings))


def _mark(resources: Iterable[dict[str, Any]]) -> None:
    """Let every row say that it rests on guesses."""
    for resource in resources:
        if resource["claimcheck"]["kind"] != "sources":
            resource["claimcheck"]["confidence"] = {"constant": UNCHECKED}


def _open_to_statements(drafted: _Drafted) -> None:
    """Let statements about a guessed table as a whole be read, in its first resource: where it stands as it
    was given (months as columns are rows by now) and is no database."""
    layout = drafted.layout
    few = sum(1 for _ in islice(layout.rows(), MOST_ROWS + 1)) <= MOST_ROWS
    first = drafted.resources[0]["claimcheck"]
    if drafted.is_guessed and few and not layout.is_copied and first["kind"] != "sources":
        first["by_headers"] = True


class _Guesses:
    """Asks the curator; what stays unanswered is noted for a person to confirm."""

    def __init__(self, curator: Curator, lead: str, confirm: list[str]) -> None:
        self._curator, self._lead, self._confirm = curator, lead, confirm

    def choice(self, question: str, choices: Mapping[str, str], guess: str | None, note: str) -> str | None:
        """The curator's choice; else the guess, and `note` is to be confirmed."""
        answer = self._curator.choose(self._lead + question, choices, guess)
        if answer is None:
            self.note(note)
            return guess
        return answer

    def words(self, question: str, guess: str, note: str) -> list[str]:
        """The curator's words, separated by commas; else the guess, and `note` is to be confirmed."""
        answer = self._curator.write(self._lead + question, guess)
        if answer is None:
            self.note(note)
        given = [word.strip() for word in (answer or guess).split(",")]
        return [word for word in given if word] or [guess]

    def year(self, question: str) -> str | None:
        """A year that the curator tells, None where they do not."""
        answer = self._curator.write(self._lead + question, "?")
        return answer if answer is not None and re.fullmatch(r"[0-9]{4}", answer) else None

    def agreed(self, note: str) -> None:
        """Note what is to be confirmed, unless the curator says yes to it."""
        if self._curator.choose(self._lead + note, {"yes": "", "no": "look at it later"}, "yes") != "yes":
            self.note(note)

    def note(self, note: str) -> None:
        """Note what a person has to confirm."""
        if self._lead + note not in self._confirm:
            self._confirm.append(self._lead + note)


@dataclass(frozen=True, slots=True)
class _Drafted:
    layout: Layout
    resources: list[dict[str, Any]]
    vocabulary: dict[str, Any]
    readings: list[str]
    is_guessed: bool = True


class _Draft:
    """The resources of one table (several where each of its columns of numbers is a measure)."""

    def __init__(self, layout: Layout, guesses: _Guesses, title: str | None) -> None:
        self._layout, self._guesses, self._title = layout, guesses, title

    def made(self) -> _Drafted:
        """The resources, their vocabulary, and rows read out."""
        sheet = self._layout.sheet
        export = tagged_export(sheet.header, sheet.tags) if sheet.tags else export_of(sheet.header)
        if export is not None:
            self._layout = self._layout.as_it_stands()
        self._ask_reading()
        if export is not None:
            return self._exported(export)
        table = self._settled(sampled(self._layout))
        return self._guessed(table)

    def _exported(self, export: Export) -> _Drafted:
        layout = replace(self._layout, added=export.added)
        table = self._settled(sampled(layout))
        blocks: list[dict[str, Any]] = []
        for entry in export.blocks:
            block = dict(entry)
            if "key" not in block and (key := key_of(table, {})) is not None:
                block["key"] = key
            blocks.append(block)
        for note in export.confirm:
            self._guesses.agreed(note)
        return replace(self._drafted(table, blocks, dict(export.vocabulary)), is_guessed=False)

    def _guessed(self, table: Table) -> _Drafted:
        roles = roles_of(table.columns)
        kind = kind_of(table, roles)
        others = "; ".join(f"{name}: {stated}" for name, stated in KINDS.items() if name != kind)
        note = f"the kind of table is {kind}: a row is {KINDS[kind]}. Other kinds: {others}"
        kind = self._guesses.choice("what is a row", KINDS, kind, note) or kind
        key = key_of(table, roles)
        roles = {**{role: name for role, name in roles.items() if role != "key"}}
        if isinstance(key, str):
            roles["key"] = key
        blocks, vocabulary, notes = BLOCKS[kind](table, roles)
        if not blocks:  # figures of a table without numbers
            kind = "gazetteer"
            blocks, vocabulary, notes = BLOCKS["gazetteer"](table, roles)
        named = [{"kind": kind, **({} if key is None else {"key": key}), **block} for block in blocks]
        if key is None:
            self._guesses.note("no column is different in each row: the number of a row is its key")
        shared = {role for role in named[0] if all(block.get(role) == named[0][role] for block in named)}
        parts = [{role: named[0][role] for role in named[0] if role in shared}] if len(named) > 1 else []
        parts += [{role: block[role] for role in block if role not in shared or not parts} for block in named]
        used = "; ".join(
            stated
            for part in parts
            if (
                stated := ", ".join(f"{role}: {shown_block(v)}" for role, v in part.items() if role != "kind")
            )
        )
        used_columns = {name for block in named for name in named_columns(block)}
        unused = [column.name for column in table.columns if column.name not in used_columns]
        self._guesses.agreed(f"what the columns mean: {used}")
        if unused:
            self._guesses.agreed(f"columns that are kept and not used: {', '.join(unused)}")
        for note in _cells_to_confirm(table):
            self._guesses.agreed(note)
        self._ask_words(vocabulary)
        for note in notes:
            self._guesses.agreed(note)
        return self._drafted(table, named, vocabulary)

    def _ask_reading(self) -> None:
        """What the bytes and lines of the file let one guess."""
        sheet = self._layout.sheet
        if sheet.encoding not in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
            other = "" if sheet.perhaps is None else f" (perhaps {sheet.perhaps})"
            names = "".join(
                dict.fromkeys(
                    c
                    for row in islice(self._layout.rows(), SAMPLE)
                    for cell in row
                    for c in cell
                    if c > "\x7f"
                )
            )
            stated = f", which makes these letters of it: {names[:40]}" if names else ""
            self._guesses.agreed(f"the file is not UTF-8; read as {sheet.encoding}{other}{stated}")
        if sheet.below:
            stated = ", ".join(f"“{shorten(cell, 60)}”" for cell in sheet.below)
            self._guesses.agreed(f"what stands under the table is left out: {stated}")
        if sheet.above > 1 and not sheet.tags:
            self._guesses.agreed(f"the header is row {sheet.above}; what stands above is left out")
        if self._layout.months:
            self._ask_year()
        if self._layout.periods:
            columns = [sheet.header[at] for at in self._layout.periods]
            stated = f"{columns[0]} to {columns[-1]}"
            self._guesses.agreed(
                f"{len(columns)} columns are dates ({stated}): each cell of them became a row"
            )
        unclear = [n for at, n in enumerate(sheet.header) if at in self._layout.kept and is_unclear_date(n)]
        if unclear:
            self._guesses.note(
                f"columns that may be dates, and are not used: {', '.join(unclear)}; for numbers by month or "
                f"year name them like 2018, 2018-01 or Jan 2018"
            )

    def _ask_year(self) -> None:
        """Of which year the columns are that are named by months alone."""
        columns = [self._layout.sheet.header[at] for at in self._layout.months]
        answer = self._guesses.year(f"the year of {columns[0]} to {columns[-1]}")
        if answer is not None:
            self._layout = self._layout.of_year(answer)

    def _settled(self, table: Table) -> Table:
        """The table once the curator has said what its doubtful columns mean."""
        habits = table.habits
        asked: set[str] = set()
        for column in table.columns:
            doubt = column.doubt
            if doubt is None or doubt.about in asked:
                continue
            if doubt.about == "century":
                continue
            asked.add(doubt.about)
            answer = self._guesses.choice(*_question(column.name, doubt))
            if answer is not None and doubt.about == "day":
                habits = replace(habits, day_first=answer == "day")
            elif answer is not None:
                mark = "," if "," in doubt.cell else "."
                other = "." if mark == "," else ","
                habits = replace(habits, decimal=mark if answer == "decimals" else other)
        settled = sampled(table.layout, habits) if asked else table
        for column in settled.columns:
            if column.doubt is not None:
                self._guesses.note(_question(column.name, column.doubt)[3])
        return settled

    def _ask_words(self, vocabulary: dict[str, Any]) -> None:
        _only_readable(vocabulary)
        for name, entry in vocabulary.items():
            stated = ", ".join(entry["words"])
            note = f'the words that texts use for "{name}": {stated}'
            entry["words"] = self._guesses.words(f'words that texts use for "{name}"', stated, note)
            if "says" in entry:
                stated = " / ".join(entry["says"])
                self._guesses.agreed(f'how texts say "{name}": {stated}')
            kind = entry["type"]
            others = "; ".join(f"{one}: {said}" for one, said in MEASURE_TYPES.items() if one != kind)
            note = f'the type of "{name}" is {kind}: it {MEASURE_TYPES[kind]}. Other types: {others}'
            question = f'how "{name}" behaves in time'
            entry["type"] = self._guesses.choice(question, MEASURE_TYPES, kind, note) or kind

    def _drafted(
        self, table: Table, blocks: Sequence[dict[str, Any]], vocabulary: dict[str, Any]
    ) -> _Drafted:
        resources = [_resource(table, block, len(blocks) > 1) for block in blocks]
        readings = [stated for block in blocks[:_READ_OUT] for stated in read_out(table, block, _READ_OUT)]
        return _Drafted(table.layout, resources, vocabulary, readings)


def _only_readable(vocabulary: dict[str, Any]) -> None:
    """Take out the sentences made of headers that cannot be read, or not with every word."""
    from claimcheck.reference.sayings import read_sayings  # parses: nobody else who loads a package needs it

    says = [(entry, sentence) for entry in vocabulary.values() for sentence in entry.get("says", ())]
    for (entry, sentence), found in zip(says, read_sayings([s for _, s in says]), strict=True):
        if isinstance(found, str):
            entry["says"].remove(sentence)
    for entry in vocabulary.values():
        if not entry.get("says", True):
            del entry["says"]


def _question(column: str, doubt: Doubt) -> tuple[str, dict[str, str], None, str]:
    """The question that a doubtful column asks, its answers, and what is noted without one."""
    cell = doubt.cell
    if doubt.about == "century":
        note = f'"{column}": {cell} has no century, and is not used; for dates write the years in full'
        return "", {}, None, note
    if doubt.about == "day":
        sign = next(sign for sign in cell if not sign.isdigit())
        choices = {"day": f"day{sign}month{sign}year", "month": f"month{sign}day{sign}year"}
        note = (
            f'"{column}": {cell} may be day and month or month and day, and is not used; for dates write '
            f'"type": "date", "format": "%d{sign}%m{sign}%Y" (or "%m{sign}%d{sign}%Y") in its field'
        )
        return f'what is {cell} in "{column}"', choices, None, note
    mark = "," if "," in cell else "."
    whole, part = cell.replace(mark, ""), cell.replace(mark, ".")
    choices = {"thousands": f"{int(whole):,}", "decimals": part}
    grouped, pointed = (
        ('"groupChar": ",", ', '"decimalChar": ",", ')
        if mark == ","
        else ('"groupChar": ".", "decimalChar": ",", ', "")
    )
    note = (
        f'"{column}": {cell} may be {int(whole):,} or {part}, and is not used; in its field write '
        f'{grouped}"type": "number" for {int(whole):,}, or {pointed}"type": "number" for {part}'
    )
    return f'what is {cell} in "{column}"', choices, None, note


def read_out(table: Table, block: Mapping[str, Any], rows: int) -> Iterator[str]:
    """The first rows as the block has them understood: "LBN-2013: refugees 856,538; Lebanon; 2013"."""
    found = 0
    for at in range(len(table.rows)):
        stated = _row_stated(table, block, at)
        if stated is not None:
            yield stated
            found += 1
        if found == rows:
            return


def _row_stated(table: Table, block: Mapping[str, Any], at: int) -> str | None:
    def cell(value: Any) -> str:
        if isinstance(value, dict):
            return str(value.get("constant", ""))
        if isinstance(value, list):
            return ", ".join(filter(None, map(cell, value)))
        return table.cells(value)[at]

    def sizes(entry: Mapping[str, Any]) -> str:
        given = [_grouped(cell(entry[role])) for role in ("low", "best", "high") if role in entry]
        return "–".join(dict.fromkeys(number for number in given if number))

    if block["kind"] == "figures":
        number = sizes(block)
        parts = [f"{cell(block['measure'])} {number} {cell(block.get('unit', {}))}".strip()] if number else []
    elif block["kind"] == "incidents":
        stated = [f"{entry['measure']} {number}" for entry in block["measures"] if (number := sizes(entry))]
        parts = [f"one {block['counted_as']}", *stated]
    else:
        parts = [cell(block[role]) for role in ("names", "title") if role in block]
    if not parts:
        return None
    parts += [
        ", ".join(dict.fromkeys(cell(block[role]).split(", ")))
        for role in ("actor", "place", "start", "as_of")
        if role in block
    ]
    key = cell(block["key"]).replace(", ", "-") if "key" in block else f"row {at + 1}"
    return f"{key}: {'; '.join(part for part in parts if part)}"


def _grouped(number: str) -> str:
    """A number as it was understood, in English: 923600 is 923,600, and 923.600 is 923.6."""
    return number if number_fault(number) is not None or not number else f"{Decimal(number).normalize():,f}"


def _cells_to_confirm(table: Table) -> Iterator[str]:
    """How the cells of columns are read that are not written as tables of packages are."""
    for column in table.columns:
        plain, unit = split_header(column.name)
        if unit is not None and column.type in ("integer", "number"):
            scaled = f"{unit}{_scale_stated(unit)}"
            yield f'the unit of "{column.name}": {scaled}; what it measures: {plain.lower()}'
        if column.written:
            stated = ", ".join(f"{key} {value}" for key, value in column.written.items())
            yield f'how the cells of "{column.name}" are written: {column.type}, {stated}'
    if table.missing:
        yield f"what stands for an empty cell: {' '.join(table.missing)}"


def _scale_stated(unit: str) -> str:
    """What a scale makes of a cell: " (a cell of 1 means 1,000,000)"; nothing where there is none."""
    named = unit_named(unit)
    return "" if named is None or named.many == 1 else f" (a cell of 1 means {named.many:,})"


def _resource(table: Table, block: dict[str, Any], several: bool) -> dict[str, Any]:
    own = table.layout.sheet.path.stem
    stem = re.sub(r"[^a-z0-9]+", "_", own.casefold()).strip("_") or "table"
    measure = block.get("measure")
    if several and isinstance(measure, dict):
        stem = f"{stem}_{re.sub(r'[^a-z0-9]+', '_', measure['constant'].casefold())}"
    schema: dict[str, Any] = {
        "fields": [{"name": c.name, "type": c.type, **c.written} for c in table.columns]
    }
    if "key" in block:
        schema["primaryKey"] = block["key"]
    if table.missing:
        schema["missingValues"] = ["", *table.missing]
    resource = {"name": stem, "path": table.path.name, "schema": schema, "claimcheck": block}
    if table.layout.delimiter != ",":
        resource["dialect"] = {"delimiter": table.layout.delimiter}
    return resource
