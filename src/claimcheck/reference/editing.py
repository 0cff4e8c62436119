"""A row that a person adds to a table of a package, or mends: the file keeps every other byte that it has.

A splice is what changes in a file. It is tried on a copy of the package by the loader of `reference check`,
and written in one step; the same splice turned round takes it back.
"""

from __future__ import annotations

import csv
import errno
import fcntl
import hashlib
import os
import re
import shutil
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from claimcheck.atomic_files import whole
from claimcheck.reference.loading import load, read_descriptor
from claimcheck.reference.problems import PackageError, Problem, Problems
from claimcheck.reference.rows import Cell
from claimcheck.reference.schema import DESCRIPTOR, Resource
from claimcheck.reference.tables import cell_limit, read_table
from claimcheck.regular_files import bytes_of

_NUMBERED = re.compile(r"(.*?)([0-9]{1,18})")  # more digits are part of the name, and no number
_TO_QUOTE = re.compile(r'["\r\n]')


class EditError(ValueError):
    """A row that cannot be written or taken back; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Splice:
    """In a table's `file` the bytes of `new` in place of those of `old`, from byte `at` on; `line` is where
    the row stands, or stood."""

    file: str
    at: int
    old: str
    new: str
    line: int

    def turned(self) -> Splice:
        """What takes it back."""
        return replace(self, old=self.new, new=self.old)

    def put(self, data: bytes) -> bytes:
        """The file's bytes with it: whole rows give way, never the `1,Tarn,6` of `1,Tarn,61`.

        Raises EditError where others stand there by now."""
        old, new = self.old.encode(), self.new.encode()
        before = b"" if old[:1] in (b"\r", b"\n") else rb"(?<![^\n])"
        rows = before + re.escape(old) + (b"" if old.endswith(b"\n") else rb"(?=\r?\n|\r?\Z)")
        found = [row.start() for row in re.finditer(rows, data)] if old.strip() else [len(data)]
        at = self.at if self.at in found else found[0] if len(found) == 1 and old.strip() else -1
        if at < 0:  # and the one that is left stands elsewhere where rows before it grew
            where = f"{self.file}, line {self.line}"
            raise EditError(f"{where}: the file was changed there since; look at it again")
        return data[:at] + new + data[at + len(old) :]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as its file has it: the bytes, the columns in their order, the line and key of each row."""

    resource: Resource
    data: bytes
    columns: tuple[str, ...]
    rows: tuple[tuple[int, str | None], ...]

    @classmethod
    def of(cls, folder: Path, resource: Resource) -> Sheet:
        """Raises PackageError where the table cannot be read, EditError, OSError."""
        problems, file = Problems(), file_of(folder, resource.path)
        records = read_table(resource, file, hashlib.sha256(), problems)
        rows = tuple((line, Cell(resource, line, c).key(n)) for n, (line, c) in enumerate(records, 1))
        problems.raise_if_any(folder)
        data, mark = bytes_of(file), resource.delimiter
        return cls(resource, data, tuple(map(_bare, _cells(_at(data, 1, mark)[2], mark))), rows)

    @property
    def mark(self) -> str:
        """Twelve digits that change when any byte of the file does."""
        return hashlib.sha256(self.data).hexdigest()[:12]

    def row(self, key: str) -> Mapping[str, str]:
        """The cells of a row as they are written, by column. Raises EditError where no row has the key."""
        cells = _cells(_at(self.data, self._line(key), self.resource.delimiter)[2], self.resource.delimiter)
        return dict(zip(self.columns, map(_bare, cells), strict=True))

    def next_key(self) -> str:
        """The key that a new row may have: after F001 to F130 it is F131; empty where keys are not so."""
        found = [m for _, key in self.rows if key and (m := _NUMBERED.fullmatch(key))]
        if not found or len(self.resource.roles.get("key", ())) != 1:
            return ""
        start, digits = found[-1].groups()
        highest = max(int(m[2]) for m in found if m[1] == start)
        return f"{start}{highest + 1:0{len(digits)}}"

    def added(self, values: Mapping[str, str]) -> Splice:
        """A row at the end of the file; a column is quoted where it is, without need, in the row before."""
        mark = self.resource.delimiter
        last = _cells(_at(self.data, self.rows[-1][0], mark)[2], mark) if self.rows else []
        quoted = [cell != self._written([_bare(cell)], [False]) for cell in last]
        quoted = quoted or [False] * len(self.columns)
        end = "\r\n" if self.data.split(b"\n", 1)[0].endswith(b"\r") else "\n"
        text = self._written([values.get(name, "") for name in self.columns], quoted) + end
        before = "" if self.data.endswith(b"\n") else end
        line = self.data.count(b"\n") + 1 + bool(before)
        return Splice(self.resource.path, len(self.data), "", before + text, line)

    def mended(self, key: str, values: Mapping[str, str]) -> Splice:
        """Other cells in a row; those that are as they were keep their quotes. Raises EditError."""
        line = self._line(key)
        start, _, text = _at(self.data, line, self.resource.delimiter)
        cells = _cells(text, self.resource.delimiter)
        changed = [
            cell if values.get(name, _bare(cell)) == _bare(cell) else self._written([values[name]], [quoted])
            for name, cell in zip(self.columns, cells, strict=True)
            for quoted in (cell.startswith('"'),)
        ]
        return Splice(self.resource.path, start, text, self.resource.delimiter.join(changed), line)

    def _line(self, key: str) -> int:
        found = next((line for line, other in self.rows if other == key), None)
        if found is None:
            raise EditError(f"{self.resource.path}: no row has the key {key!r}; look at the table again")
        return found

    def _written(self, cells: Sequence[str], quoted: Sequence[bool]) -> str:
        mark = self.resource.delimiter
        return mark.join(
            '"' + cell.replace('"', '""') + '"' if quote or mark in cell or _TO_QUOTE.search(cell) else cell
            for cell, quote in zip(cells, quoted, strict=True)
        )


def _at(data: bytes, line: int, delimiter: str) -> tuple[int, int, str]:
    """From which byte to which the row goes that begins on a line, and its text; no end of line is in it."""
    lines = data.split(b"\n")
    with cell_limit():
        reader = csv.reader(
            (part.decode() + "\n" for part in lines[line - 1 :]), delimiter=delimiter, strict=True
        )
        next(reader)
    start = sum(map(len, lines[: line - 1])) + line - 1
    start += 3 if line == 1 and data.startswith(BOM_UTF8) else 0
    end = sum(map(len, lines[: line - 1 + reader.line_num])) + line - 2 + reader.line_num
    text = data[start:end].removesuffix(b"\r")
    return start, start + len(text), text.decode()


def _cells(text: str, delimiter: str) -> list[str]:
    """The cells of a row with their quotes."""
    mark = re.escape(delimiter)
    return [found[1] for found in re.finditer(rf'(?:^|{mark})("(?:[^"]|"")*"|[^{mark}]*)', text)]


def _bare(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell[:1] == '"' else cell


def table_of(folder: Path, name: str) -> Resource:
    """A table of a package by its name. Raises EditError, PackageError."""
    found = next((table for table in read_descriptor(folder).resources if table.name == name), None)
    if found is None:
        raise EditError(f"the package has no table {name!r}")
    return found


def file_of(folder: Path, name: str) -> Path:
    """A file of a package, links followed. Raises EditError where it is none in its folder."""
    home, file = folder.resolve(), (folder / name).resolve()
    if not file.is_relative_to(home) or not file.is_file():
        raise EditError(f"{name}: there is no such file in the package's folder")
    return file


@contextmanager
def tried(folder: Path, splices: Iterable[Splice]) -> Iterator[Path]:
    """A copy of the package with these splices, while the block runs: it is sound. Raises PackageError with
    every fault that it would have, EditError, OSError."""
    with TemporaryDirectory(prefix="claimcheck-row-") as scratch:
        copy = Path(scratch) / "package"
        copy.mkdir()
        for name in (DESCRIPTOR, *{table.path for table in read_descriptor(folder).resources}):
            file = file_of(folder, name)
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy / name)
        for splice in splices:
            (copy / splice.file).write_bytes(splice.put(bytes_of(copy / splice.file)))
        try:
            load(copy)
        except PackageError as error:
            raise PackageError(folder, error.problems) from None
        yield copy


def write(folder: Path, splices: Sequence[Splice], noted: Callable[[], object] = tuple) -> None:
    """Write splices once they were tried, each file in one step behind `noted`, which may still refuse it.
    Raises PackageError, EditError, OSError, and nothing is written."""
    with (folder / DESCRIPTOR).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with tried(folder, splices):
            pass
        fresh: dict[Path, bytes] = {}
        for splice in splices:
            file = file_of(folder, splice.file)
            fresh[file] = splice.put(fresh[file] if file in fresh else bytes_of(file))
        with ExitStack() as steps:
            for file, data in reversed(fresh.items()):  # what is opened last is there first: a row's source
                with steps.enter_context(whole(file)).open("wb", buffering=0) as out:
                    if out.write(data) < len(data):
                        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                    shutil.copymode(file, out.name)
                    os.fsync(out.fileno())
            noted()


def unsourced(resource: Resource, values: Mapping[str, str], line: int) -> PackageError | None:
    """What to say where a row names no source in a table that has a column for it."""
    columns = [b.column for b in resource.roles.get("source", ()) if b.column is not None]
    if not columns or any(values.get(column, "").strip() for column in columns):
        return None
    message = "every row names where it comes from: choose a source, or add a new one"
    return PackageError(resource.path, [Problem(resource.path, line, columns[0], "", message)])
