"""A first `datapackage.json` from CSV files, for `claimcheck reference init`.

It is made of guesses for a person to confirm: all of them are listed under "confirm", in words, and the
loader refuses the package until that list is gone. A guess must not become a verdict unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path
from textwrap import shorten
from typing import Any

from claimcheck.reference.asking import NOBODY, Curator
from claimcheck.reference.blocks import BLOCKS, kind_of, named_columns, shown
from claimcheck.reference.cells import number_fault
from claimcheck.reference.columns import (
    Table,
    key_of,
    roles_of,
    sampled,
)
from claimcheck.reference.exports import Export, export_of
from claimcheck.reference.hashtags import tagged_export
from claimcheck.reference.schema import MOST_ROWS, UNCHECKED
from claimcheck.reference.sheets import open_sheet
from claimcheck.reference.tidy import SAMPLE, Layout, is_unclear_date, layout_of
from claimcheck.reference.written import Doubt

KINDS: Mapping[str, str] = {
    "sources": "a source (a report, a page)",
    "gazetteer": "a place or organisation with its names, and no numbers",
    "events": "a happening with a name and a date (Geneva VIII), to be found by its name",
    "figures": "one number for a measure at a place and time (refugees in Lebanon at the end of 2013)",
    "incidents": "one of many dated happenings without a name (an air strike), to be counted and summed",
}
_TYPES: Mapping[str, str] = {
    "flow": "is counted over a period (people killed in January)",
    "stock": "holds at a moment (patients waiting)",
    "cumulative": "is a running total that later numbers include",
    "constant": "has no time",
}
_READ_OUT = 3  # rows that are shown as they are understood


@dataclass(frozen=True, slots=True)
class Start:
    """A first package: its descriptor, the copies that its tables need, and rows as they were understood."""

    descriptor: dict[str, Any]
    copies: tuple[Layout, ...]
    readings: tuple[str, ...]


def init_descriptor(*csv_paths: Path) -> dict[str, Any]:
    """A descriptor for the tables, one package, with its guesses under "confirm". Raises as `start` does."""
    return start(csv_paths).descriptor


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
        others = "; ".join(f"{name}: {told}" for name, told in KINDS.items() if name != kind)
        note = f"a row is {KINDS[kind]} ({kind}); else it is one of {others}"
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
            self._guesses.note("no column tells the rows apart: the number of a row is its key")
        used = "; ".join(
            ", ".join(f"{role}: {shown(value)}" for role, value in block.items() if role != "kind")
            for block in named
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
            told = f", which makes these letters of it: {names[:40]}" if names else ""
            self._guesses.agreed(f"the file is not UTF-8; read as {sheet.encoding}{other}{told}")
        if sheet.below:
            told = ", ".join(f"“{shorten(cell, 60)}”" for cell in sheet.below)
            self._guesses.agreed(f"what stands under the table is left out: {told}")
        if sheet.above > 1 and not sheet.tags:
            self._guesses.agreed(f"the header is row {sheet.above}; what stands above is left out")
        if self._layout.months:
            self._ask_year()
        if self._layout.periods:
            columns = [sheet.header[at] for at in self._layout.periods]
            told = f"{columns[0]} to {columns[-1]}"
            self._guesses.agreed(f"{len(columns)} columns are dates ({told}): each cell of them became a row")
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
            told = ", ".join(entry["words"])
            note = f'the words that texts use for "{name}": {told}'
            entry["words"] = self._guesses.words(f'words that texts use for "{name}"', told, note)
            if "says" in entry:
                told = " / ".join(entry["says"])
                self._guesses.agreed(f'how texts tell "{name}": {told}')
            kind = entry["type"]
            others = "; ".join(f"{one}: {said}" for one, said in _TYPES.items() if one != kind)
            note = f'"{name}" {_TYPES[kind]} ({kind}); else it is one of {others}'
            entry["type"] = self._guesses.choice(f'how "{name}" behaves in time', _TYPES, kind, note) or kind

    def _drafted(
        self, table: Table, blocks: Sequence[dict[str, Any]], vocabulary: dict[str, Any]
    ) -> _Drafted:
        resources = [_resource(table, block, len(blocks) > 1) for block in blocks]
        readings = [told for block in blocks[:_READ_OUT] for told in read_out(table, block, _READ_OUT)]
        return _Drafted(table.layout, resources, vocabulary, readings)


def _only_readable(vocabulary: dict[str, Any]) -> None:
    """Take out the sentences made of headers that cannot be read, or not with every word."""
    from claimcheck.matching.says import read_sayings  # parses: nobody else who loads a package needs it

    says = [(entry, sentence) for entry in vocabulary.values() for sentence in entry.get("says", ())]
    for (entry, sentence), found in zip(says, read_sayings([s for _, s in says]), strict=True):
        if isinstance(found, str) or found.passed:
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
        told = _row_told(table, block, at)
        if told is not None:
            yield told
            found += 1
        if found == rows:
            return


def _row_told(table: Table, block: Mapping[str, Any], at: int) -> str | None:
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
        told = [f"{entry['measure']} {number}" for entry in block["measures"] if (number := sizes(entry))]
        parts = [f"one {block['counted_as']}", *told]
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
        if column.written:
            told = ", ".join(f"{key} {value}" for key, value in column.written.items())
            yield f'how the cells of "{column.name}" are written: {column.type}, {told}'
    if table.missing:
        yield f"what stands for an empty cell: {' '.join(table.missing)}"


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
