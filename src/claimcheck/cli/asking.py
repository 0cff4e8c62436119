"""The claims database: query."""

from __future__ import annotations

from typing import Annotated

import typer

from claimcheck.cli.common import DATABASE, Database, app, clear_errors
from claimcheck.cli.rows import CHOICES, Rows, print_rows


@app.command()
def query(
    sql: Annotated[str | None, typer.Argument(metavar="SQL", help="One SELECT.")] = None,
    database: Database = DATABASE,
    format: Annotated[Rows, typer.Option("--format", help=CHOICES)] = Rows.table,
    list_views: Annotated[bool, typer.Option("--list", help="Name the views and what they hold.")] = False,
    view: Annotated[str | None, typer.Option("--view", metavar="NAME", help="Print one view.")] = None,
) -> None:
    """Ask the claims database: read-only, on the latest snapshot, no file or network access from SQL."""
    from claimcheck.store.query import query as ask

    if sum((sql is not None, list_views, view is not None)) != 1:
        raise typer.BadParameter("give one of: a SELECT, --list, --view NAME")
    with clear_errors():
        if sql is not None:
            result = ask(database, sql)
            print_rows(result.columns, result.rows, format)
            return
        from claimcheck.store.snapshots import open_latest  # here: a SELECT needs no more of the store

        with open_latest(database) as store:
            views = {v.name: v.comment for v in store.views()}
        if list_views:
            print_rows(("view", "holds"), list(views.items()), format)
            return
        if view not in views:
            raise typer.BadParameter(f"no view {view!r}; there are: {', '.join(views)}", param_hint="--view")
        result = ask(database, f'SELECT * FROM "{view}"')
        print_rows(result.columns, result.rows, format)
