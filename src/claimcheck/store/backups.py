"""Copies of the whole database: backup, restore, and Parquet files of the views for other programs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claimcheck import faults
from claimcheck.store.copying import copy_database
from claimcheck.store.database import DatabaseError, interruptible
from claimcheck.store.errors import StoreError
from claimcheck.store.migrations import literal, quoted
from claimcheck.store.snapshots import open_latest, publish_snapshot
from claimcheck.store.store import open_store

REPLACED = ".before-restore"


def backup(database: str | Path, file: str | Path) -> Path:
    """Copy the database to a new file, whole, with its views and comments; the file's path.

    Raises StoreError where another process has the database open or the file is there already.
    """
    target = Path(file)
    if target.exists():
        raise StoreError(f"{target} is there already; name another file or move it away")
    with open_store(database, read_only=True) as store, _whole(target) as partial:
        copy_database(store, partial)
    return target


def restore(file: str | Path, database: str | Path) -> Path | None:
    """Make a backup the database again, and publish it to readers.

    The database that was there is kept beside it (`claims.duckdb.before-restore`), and its path is returned.
    Raises StoreError, and nothing is changed, where the backup is none of ours or of a newer schema, or
    another process has the database open.
    """
    source, target = Path(file), Path(database)
    with open_store(source, read_only=True):
        pass  # it opens, and its schema is one that this program knows
    before: Path | None = None
    if target.exists():
        open_store(target).close()  # nobody has it, and what its log held is in the file
        before = target.with_name(target.name + REPLACED)
    try:
        with _whole(target, before) as partial:
            shutil.copyfile(source, partial)
            partial.chmod(0o644)
    except OSError as error:
        raise StoreError(f"{target}: the backup cannot be restored: {faults.sentence(error)}") from error
    with open_store(target) as store:
        publish_snapshot(store)
    return before


def export_parquet(database: str | Path, folder: str | Path) -> list[Path]:
    """Write each view of the latest snapshot as `<view>.parquet`; their paths. Raises StoreError."""
    place = Path(folder)
    paths = []
    try:
        place.mkdir(parents=True, exist_ok=True)
        with open_latest(database) as store:
            for view in store.views():
                target = place / f"{view.name}.parquet"
                with _whole(target) as partial, interruptible():
                    sql = f"COPY (FROM {quoted(view.name)}) TO {literal(str(partial))} (FORMAT parquet)"
                    store.connection.execute(sql)
                paths.append(target)
    except (OSError, DatabaseError) as error:
        reason = faults.sentence(error) if isinstance(error, OSError) else faults.from_library(str(error))[1]
        raise StoreError(f"{place}: the views cannot be written: {reason}") from error
    return paths


@contextmanager
def _whole(target: Path, before: Path | None = None) -> Iterator[Path]:
    """A file to write to, which becomes `target` in one step when the block ends well, else is deleted."""
    partial = target.with_name(f".{target.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        yield partial
        with partial.open("rb") as stream:
            os.fsync(stream.fileno())
        if before is not None:
            before.unlink(missing_ok=True)
            os.link(target, before)  # under both names until the next line, so that it is never gone
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
        partial.with_name(partial.name + ".wal").unlink(missing_ok=True)
