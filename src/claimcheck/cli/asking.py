"""The claims database: query."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

import typer

from claimcheck.cli.common import DATABASE, Database, app, clear_errors


class Rows(StrEnum):
    """How rows of a query are printed."""

    table = "table"
    csv = "csv"
    json = "json"


@app.command()
def query(
    sql: Annotated[str | None, typer.Argument(metavar="SQL", help="One SELECT.")] = None,
    database: Database = DATABASE,
    format: Annotated[Rows, typer.Option("--format", help="table, csv or json.")] = Rows.table,
    list_views: Annotated[bool, typer.Option("--list", help="Name the views and what they hold.")] = False,
    view: Annotated[str | None, typer.Option("--view", metavar="NAME", help="Print one view.")] = None,
) -> None:
    """Ask the claims database: read-only, on the latest snapshot, no file or network access from SQL."""
    from claimcheck.store.query import query as ask
    from claimcheck.store.snapshots import open_latest

    if sum((sql is not None, list_views, view is not None)) != 1:
        raise typer.BadParameter("give one of: a SELECT, --list, --view NAME")
    with clear_errors():
        if sql is not None:
            result = ask(database, sql)
            _print_rows(result.columns, result.rows, format)
            return
        with open_latest(database) as store:
            views = {v.name: v.comment for v in store.views()}
        if list_views:
            _print_rows(("view", "holds"), list(views.items()), format)
            return
        if view not in views:
            raise typer.BadParameter(f"no view {view!r}; there are: {', '.join(views)}", param_hint="--view")
        result = ask(database, f'SELECT * FROM "{view}"')
        _print_rows(result.columns, result.rows, format)


def _print_rows(columns: Iterable[str], rows: Iterable[Any], format: Rows) -> None:
    from claimcheck import console

    names = list(columns)
    if format is Rows.table:
        console.out.print(console.rows_table(names, list(rows)))
    elif format is Rows.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
    else:
        out = [dict(zip(names, row, strict=True)) for row in rows]
        json.dump(out, sys.stdout, ensure_ascii=False, default=_plain, indent=1)
        sys.stdout.write("\n")


def _plain(value: Any) -> Any:
    """What JSON has no type for: decimals as numbers, days and times as ISO text."""
    from decimal import Decimal

    from claimcheck.output import number

    return number(value) if isinstance(value, Decimal) else str(value)
