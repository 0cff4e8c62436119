"""Rows of a query on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import Any


class Rows(StrEnum):
    """How rows, or the claims of documents, are printed."""

    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"


CHOICES = "table for people; csv, json or jsonl (a line each) for machines."


def load(format: Rows) -> None:
    """Load what printing needs that takes its time, while there is nothing else to do."""
    if format is Rows.table:
        from claimcheck import console

        console.rows_table([], [])


def print_rows(columns: Iterable[str], rows: Iterable[Any], format: Rows) -> None:
    """Print them as a table for people, as CSV, as JSON, or as a line of JSON each."""
    names = list(columns)
    if format is Rows.table:
        from claimcheck import console

        console.print_rows(names, list(rows))
    elif format is Rows.csv:
        import csv

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(map(_bare, rows))
    elif format is Rows.jsonl:
        import json

        for row in rows:
            line = json.dumps(_record(names, row), ensure_ascii=False, default=_plain)
            sys.stdout.write(line + "\n")
    else:
        import json

        out = [_record(names, row) for row in rows]
        json.dump(out, sys.stdout, ensure_ascii=False, default=_plain, indent=1)
        sys.stdout.write("\n")


def _record(names: list[str], row: Iterable[Any]) -> dict[str, Any]:
    """A row for JSON, which has no number for what is none (1/0): null stands there."""
    from math import isfinite

    plain = (None if isinstance(value, float) and not isfinite(value) else value for value in row)
    return dict(zip(names, plain, strict=True))


def _bare(row: Iterable[Any]) -> list[Any]:
    """A row for CSV: decimals without zeros at their end, and no text that a spreadsheet would run."""
    from decimal import Decimal

    from claimcheck.safe import spreadsheet_cell

    def bare(value: Any) -> Any:
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        return spreadsheet_cell(value) if isinstance(value, str) else value

    return [bare(value) for value in row]


def _plain(value: Any) -> Any:
    """What JSON has no type for: decimals as numbers, days and times as ISO text."""
    from decimal import Decimal

    from claimcheck.output import number

    return number(value) if isinstance(value, Decimal) else str(value)
