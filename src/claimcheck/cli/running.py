"""The database over time: recheck, status, backup, restore, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimcheck import console
from claimcheck.cli.common import (
    DATABASE,
    WAIT,
    Database,
    References,
    Wait,
    app,
    clear_errors,
    finish,
    packages_or_default,
)

BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


@app.command()
def recheck(reference: References = None, database: Database = DATABASE, wait: Wait = WAIT) -> None:
    """Judge the stored claims again after tables changed, and show which verdicts differ."""
    from claimcheck import publishing
    from claimcheck import recheck as rechecking
    from claimcheck.documents import Unreadable
    from claimcheck.pipeline import Checker

    failures: list[Unreadable] = []
    with clear_errors():
        _must_exist(database)
        with Checker(packages_or_default(reference), database, wait=wait, say=console.complain) as checker:
            with console.progress("judging again") as tick:
                done = rechecking.recheck(checker, tick, lambda e: failures.append(Unreadable(e.path, e)))
            publishing.publish_if_news(checker.store)
        if done.changes:
            columns = ("claim", "document", "text", "before", "after")
            rows = [
                (c.claim_id[:8], c.doc_id, console.short(c.text, 120), c.said_before, c.said_after)
                for c in done.changes
            ]
            console.out.print(console.rows_table(columns, rows))
        console.say(done, console.err)
    finish(failures)


@app.command()
def status(database: Database = DATABASE) -> None:
    """Show what ran, when, how it ended, what runs next, and which documents are in quarantine."""
    from datetime import UTC, datetime

    from claimcheck import schedule
    from claimcheck.store import BusyError, latest_snapshot, open_latest, open_store

    with clear_errors():
        _must_exist(database)
        try:
            store = open_store(database, read_only=True)
        except BusyError as error:
            if latest_snapshot(database) is None:
                raise
            console.say(f"{error}. This is the latest snapshot:", console.err)
            store = open_latest(database)
        with store:
            runs, failures = store.rows(RUNS), store.rows(QUARANTINE)
        columns = list(runs[0]) if runs else ["run"]
        console.out.print(console.rows_table(columns, [list(r.values()) for r in runs]))
        if failures:
            console.out.print(console.rows_table(list(failures[0]), [list(r.values()) for r in failures]))
        console.say(f"{len(failures) or 'no'} document{'s' * (len(failures) != 1)} in quarantine")
        try:
            stated = schedule.words(schedule.next_runs(), datetime.now(UTC))
        except LookupError as error:
            stated = str(error)
        console.say(console.short(stated, 500))


RUNS = """
SELECT run_id AS run, date_diff('second', started::TIMESTAMP, finished::TIMESTAMP) AS s, status AS ended,
    documents AS docs, new_documents AS new, changed_documents AS changed, new_verdicts AS verdicts
FROM runs LIMIT 20
"""
QUARANTINE = "SELECT path, stage, reason, first_run AS since FROM quarantine"


@app.command()
def backup(file: BackupFile, database: Database = DATABASE) -> None:
    """Copy the claims database to a new file."""
    from claimcheck.store.backups import backup as copy

    with clear_errors():
        console.say(f"backup: {copy(database, file)}")


@app.command()
def restore(file: BackupFile, database: Database = DATABASE) -> None:
    """Make a backup the claims database again; the one that was there is kept beside it."""
    from claimcheck.store.backups import restore as put_back

    with clear_errors():
        before = put_back(file, database)
        kept = "" if before is None else f"; what was there is {before}"
        console.say(f"restored: {database}{kept}")


@app.command()
def export(
    parquet: Annotated[
        Path | None, typer.Option("--parquet", metavar="DIR", help="Write a Parquet file a view.")
    ] = None,
    sqlite: Annotated[
        Path | None,
        typer.Option("--sqlite", metavar="FILE", help="Write one SQLite file with a table a view."),
    ] = None,
    database: Database = DATABASE,
) -> None:
    """Write the views of the latest snapshot as files for other programs."""
    if parquet is None and sqlite is None:
        raise typer.BadParameter("give --parquet DIR, --sqlite FILE or both")
    with clear_errors():
        paths: list[Path] = []
        if parquet is not None:
            from claimcheck.store.backups import export_parquet

            paths += export_parquet(database, parquet)
        if sqlite is not None:
            from claimcheck.store.sqlite import export_sqlite

            paths.append(export_sqlite(database, sqlite))
        for path in paths:
            console.say(path)


def _must_exist(database: Path) -> None:
    from claimcheck.store.errors import NO_DATABASE, StoreError

    if not database.is_file():
        raise StoreError(f"{database}: {NO_DATABASE}")
