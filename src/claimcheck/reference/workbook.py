"""Workbooks (.xlsx): each sheet as a CSV file beside the workbook, as a spreadsheet program would save it.

Needs openpyxl, the extra `xlsx`. A package holds CSV files alone: a curator sees in them what is checked, and
a version control shows what changed.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from claimcheck.atomic_files import whole
from claimcheck.reference.schema import MOST_COLUMNS
from claimcheck.reference.tidy import TableError
from claimcheck.regular_files import open_regular

READ = frozenset({".xlsx", ".xlsm"})
MOST_BYTES = 300_000_000  # of a workbook's parts, unpacked, and of a sheet of it
MOST_ROWS = 1_048_576  # as many as a sheet of Excel has
_MISSING = "to read it install openpyxl (pip install '.[xlsx]' in the clone), or save each sheet as CSV"


def as_csv(paths: Sequence[Path]) -> list[Path]:
    """The tables, and for each workbook its sheets, written as CSV beside it; hidden and empty ones are left
    out, and no file is written over. Raises TableError where one is no workbook or empty, OSError."""
    return [made for path in paths for made in (_sheets(path) if path.suffix.lower() in READ else [path])]


def _sheets(path: Path) -> list[Path]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise TableError(f"{path}: a workbook; {_MISSING}") from None
    try:
        with open_regular(path) as stream, zipfile.ZipFile(stream) as parts:
            _bounded(path, sum(part.file_size for part in parts.infolist()))
        book = load_workbook(path, read_only=True, data_only=True)
        seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        tables = {sheet.title: list(_rows(path, sheet)) for sheet in seen}
        book.close()
    except (TableError, OSError):
        raise
    except Exception as error:  # of zip, XML or openpyxl: a damaged file breaks it in many ways
        raise TableError(f"{path}: no workbook that can be read ({error}); save each sheet as CSV") from error
    filled = {title: rows for title, rows in tables.items() if rows}
    if not filled:
        raise TableError(f"{path}: no visible sheet holds anything")
    return [_written(path, title if len(filled) > 1 else "", rows) for title, rows in filled.items()]


def _rows(path: Path, sheet: Any) -> Iterator[list[str]]:
    """The rows that are not blank, without the empty cells behind the last column."""
    sheet.reset_dimensions()  # what a file says of them may be a million empty rows
    for at, row in enumerate(sheet.iter_rows(values_only=True)):
        cells = [_cell(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS or at >= MOST_ROWS:
            raise TableError(f"{path}: more than {MOST_COLUMNS:,} columns or {MOST_ROWS:,} rows: split it")
        if cells:
            yield cells


def _cell(value: object) -> str:
    """A value as a package writes it: a day as 2021-06-03, a whole number without a point."""
    if isinstance(value, datetime):
        plain = value.time() == datetime.min.time()
        return (value.date() if plain else value.replace(microsecond=0)).isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _bounded(path: Path, size: int) -> None:
    if size > MOST_BYTES:
        raise TableError(f"{path}: unpacked it is larger than {MOST_BYTES // 10**6} MB; save it as CSV")


def _written(path: Path, title: str, rows: Sequence[Sequence[str]]) -> Path:
    name = re.sub(r"\W+", "_", f"{path.stem} {title}".strip()).strip("_").lower()
    target = path.with_name(f"{name or 'table'}.csv")
    width = max(map(len, rows))
    _bounded(path, len(rows) * width + sum(len(cell) for row in rows for cell in row))  # many may share one
    with whole(target, fresh=True) as half, half.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return target
