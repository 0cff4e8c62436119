"""A CSV file of a package, line by line: encoding, quoting, header, number of cells, types.

Cells are text and stay text: nothing in them is evaluated. Reading is one pass with bounded memory, and
the bytes that are read are the bytes that are hashed.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.reference.cells import TYPES, Check, anything, number_fault, period_fault
from claimcheck.reference.problems import Problems
from claimcheck.reference.schema import DATES, MOST_COLUMNS, NUMBERS, Field, Resource
from claimcheck.reference.written import converter

if TYPE_CHECKING:
    from _csv import Reader
    from hashlib import _Hash

LONGEST_LINE = 20_000_000  # bytes
LARGEST_CELL = 1_000_000  # characters; csv's own limit is 131,072
SHORT_CELL = 40  # characters of a cell that other rows may repeat
SHARED_CELLS = 1 << 16  # different cells that are kept to be shared
Record = tuple[int, dict[str, str]]  # the physical line on which the row begins, and its cells by column


def read_table(resource: Resource, file: Path, digest: _Hash, problems: Problems) -> Iterator[Record]:
    """The rows of the table that can be used; every fault of the others goes to `problems`."""
    lines = _Lines(resource.path, file, digest, problems)
    names = [field.name for field in resource.fields]
    with cell_limit():
        reader = csv.reader(lines, delimiter=resource.delimiter, strict=True)
        rows = _rows(reader, resource.path, problems)
        header = next(rows, None)
        if header is None:
            if not lines.broken:
                problems.add(resource.path, 1, None, None, "an empty file: a table starts with its header")
            return
        if not _header_fits(header[1], names, resource.path, problems):
            return
        checks = tuple(_checks(resource))
        written = [(field.name, put) for field in resource.fields if (put := converter(field)) is not None]
        shared = _Shared()
        seen: dict[str, set[str]] = {field.name: set() for field in resource.fields if field.unique}
        for line, cells in rows:
            if not cells:  # a blank line
                continue
            if len(cells) != len(header[1]):
                found = f"{len(cells)} cells"
                problems.add(resource.path, line, None, found, f"the header has {len(header[1])} columns")
                continue
            record = dict(zip(header[1], shared.all(cells), strict=True))
            for column, put in written:
                if record[column].strip() not in resource.missing:
                    record[column] = put(record[column])
            for field, check in checks:
                _check(field, check, record[field.name], resource, line, problems)
            for column, values in seen.items():
                value = record[column].strip()
                if value in values and value not in resource.missing:
                    problems.add(resource.path, line, column, value, "this column holds each value once")
                values.add(value)
            yield line, record


class _Shared:
    """Equal short cells as one object: a million rows repeat their places, dates and sources."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def all(self, cells: list[str]) -> list[str]:
        """For each cell the first one that was equal to it, where that is kept."""
        known = self._known
        if len(known) < SHARED_CELLS:
            for cell in cells:
                if len(cell) <= SHORT_CELL:
                    known.setdefault(cell, cell)
        return [known.get(cell, cell) for cell in cells]


class _Lines:
    """The file's lines as text. A line that is too long, not UTF-8 or holds NUL ends the reading with a
    problem."""

    def __init__(self, name: str, file: Path, digest: _Hash, problems: Problems) -> None:
        self._name, self._file, self._digest, self._problems = name, file, digest, problems
        self.broken = False

    def __iter__(self) -> Iterator[str]:
        with self._file.open("rb") as stream:
            for number, raw in enumerate(iter(lambda: stream.readline(LONGEST_LINE + 1), b""), 1):
                self._digest.update(raw)
                if len(raw) > LONGEST_LINE:
                    self._stop(number, None, f"a line of more than {LONGEST_LINE:,} bytes")
                    return
                try:
                    line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    self._stop(number, f"0x{raw[error.start]:02x}", f"byte {error.start + 1} is not UTF-8")
                    return
                if "\0" in line:
                    self._stop(number, None, f"character {line.index(chr(0)) + 1} is NUL")
                    return
                yield line

    def _stop(self, number: int, value: str | None, message: str) -> None:
        self.broken = True
        self._problems.add(
            self._name, number, None, value, f"{message}; save the table as UTF-8 text (read no further)"
        )


def _rows(reader: Reader, name: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins; csv counts to the line on which a row ends."""
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = str(error)
            if "field larger" in message:
                message = f"a cell of more than {LARGEST_CELL:,} characters, or a quote that is never closed"
            elif "unexpected end" in message:
                message = "a quote that is never closed"
            elif "new-line character" in message:
                message = "lines that end with a carriage return alone; save it with ends of Unix or Windows"
            problems.add(name, before + 1, None, None, f"{message} (read no further)")
            return
        yield before + 1, cells
        before = reader.line_num


@contextmanager
def cell_limit() -> Iterator[None]:
    """csv keeps its limit for the whole process: set it, and put back what was there."""
    before = csv.field_size_limit(LARGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _header_fits(header: list[str], names: list[str], file: str, problems: Problems) -> bool:
    """Whether the rows can be read: a column too many is a fault, and hides none of the others."""
    if len(header) > MOST_COLUMNS:
        many = f"{len(header):,} columns"
        problems.add(file, 1, header[MOST_COLUMNS], many, f"a table has at most {MOST_COLUMNS:,}: split it")
        return False
    times, declared = Counter(header), frozenset(names)
    for column in times:
        if column not in declared:
            problems.add(file, 1, column, column, "a column that the schema does not declare")
    before = len(problems)
    for column, number in times.items():
        if number > 1:
            problems.add(file, 1, column, column, "two columns have this name")
    for name in names:
        if name not in times:
            problems.add(file, 1, name, None, "the schema declares this column; the file lacks it")
    return len(problems) == before


def _checks(resource: Resource) -> Iterator[tuple[Field, Check]]:
    """The columns to look at. A date's own grammar is wider than Table Schema's: its role decides."""
    dated, sized = _columns(resource, DATES), _columns(resource, NUMBERS)
    counted = _columns(resource, frozenset({"number"}))
    for field in resource.fields:
        check = TYPES[field.type]
        if field.name in dated and field.type not in ("datetime", "year", "yearmonth"):
            check = period_fault
        elif field.name in sized and field.type != "integer":
            check = number_fault
        elif field.name in counted:
            check = TYPES["integer"]
        if check is not anything or field.required or field.enum is not None:
            yield field, check


def _columns(resource: Resource, roles: frozenset[str]) -> frozenset[str]:
    """The columns that hold one of the roles."""
    tables = (resource.roles, *resource.measures)
    bindings = [binding for table in tables for role in roles for binding in table.get(role, ())]
    return frozenset(binding.column for binding in bindings if binding.column is not None)


def _check(field: Field, check: Check, cell: str, resource: Resource, line: int, problems: Problems) -> None:
    value = cell.strip()
    if value in resource.missing:
        if field.required:
            problems.add(resource.path, line, field.name, cell, "this column may not be empty")
        return
    fault = check(value)
    if fault is not None:
        problems.add(resource.path, line, field.name, cell, fault)
    if field.enum is not None and value not in field.enum:
        allowed = ", ".join(sorted(field.enum))
        problems.add(resource.path, line, field.name, cell, f"the schema allows {allowed}")
