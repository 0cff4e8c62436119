"""Copies of the whole database: backup, restore, and Parquet files of the views for other programs.

Beside a backup stands what must be found in it (`monday.duckdb.json`): its SHA-256, the rows of each table.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from claimcheck import faults
from claimcheck.atomic_files import whole
from claimcheck.regular_files import open_regular
from claimcheck.store.copying import TABLES, copy_database
from claimcheck.store.database import DatabaseError, interruptible
from claimcheck.store.errors import DamagedError, StoreError
from claimcheck.store.migrations import literal, quoted
from claimcheck.store.snapshots import open_latest, publish_snapshot
from claimcheck.store.store import open_store

REPLACED = ".before-restore"
RECORD = ".json"
READ = "SELECT count(*), bit_xor(hash(whole)) FROM {table} AS whole"


def backup(database: str | Path, file: str | Path) -> Path:
    """Copy the database to a new file, whole, with its views and comments; the file's path.

    Raises StoreError where another process has the database open or a file is there already.
    """
    target = Path(file)
    if target.exists():
        raise StoreError(f"{target} is there already; name another file or move it away")
    record = target.with_name(target.name + RECORD)
    _noted(record)  # none is there, or that of a backup that was ended before its last step
    with open_store(database, read_only=True) as store, whole(target, synced=True) as partial:
        copy_database(store, partial)
        found = {"sha256": _sha256(partial), "rows": _rows_of(partial)}
        with whole(record, synced=True) as noted:
            noted.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return target


def restore(file: str | Path, database: str | Path) -> Path | None:
    """Make a backup the database again, and publish it to readers.

    The database that was there is kept beside it (`claims.duckdb.before-restore`, with a number where there
    is one already), and its path is returned. The whole backup is read before that. Raises StoreError, and
    nothing is changed, where it is damaged, none of ours or of a newer schema, or another process has the
    database open.
    """
    source, target = Path(file), Path(database)
    with _damaged(source), open_store(source, read_only=True):
        pass  # it opens, and its schema is one that this program knows
    before: Path | None = None
    if target.exists():
        before = _kept(target)
        _let_go(target, before)
    try:
        with whole(target, synced=True, before=before) as partial:
            shutil.copyfile(source, partial)
            partial.chmod(0o644)
            _refuse_unless_whole(source, partial)
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
                with whole(target, synced=True) as partial, interruptible():
                    sql = f"COPY (FROM {quoted(view.name)}) TO {literal(str(partial))} (FORMAT parquet)"
                    store.connection.execute(sql)
                paths.append(target)
    except (OSError, DatabaseError) as error:
        reason = faults.sentence(error) if isinstance(error, OSError) else faults.from_library(str(error))[1]
        raise StoreError(f"{place}: the views cannot be written: {reason}") from error
    return paths


def _kept(target: Path) -> Path:
    """Where the database goes that a backup replaces: nothing is there, or itself, of a restore that was
    ended before its last step."""
    names = (f"{target.name}{REPLACED}{f'-{n}' if n > 1 else ''}" for n in count(1))
    files = map(target.parent.joinpath, names)
    return next(file for file in files if not file.exists() or file.samefile(target))


@contextmanager
def _damaged(source: Path) -> Iterator[None]:
    """What DuckDB says of a backup that it cannot read, as DamagedError about the backup."""
    try:
        yield
    except (DamagedError, DatabaseError) as error:
        stated = error if error.__cause__ is None else error.__cause__
        reason = str(stated).split("\n", 1)[0]
        raise DamagedError(f"{source}: the backup is damaged ({reason}); take another") from error


def _let_go(target: Path, before: Path) -> None:
    """Make sure that nobody has the database, and that what its log holds is in the file, or goes with it."""
    try:
        open_store(target).close()
    except DamagedError:
        log = target.with_name(target.name + ".wal")
        if log.exists():  # it would be taken for the log of the backup
            os.replace(log, before.with_name(before.name + ".wal"))


def _refuse_unless_whole(source: Path, copy: Path) -> None:
    """Raise DamagedError unless each byte of a backup is as it was written, by what was noted with it and by
    what DuckDB notes with each block."""
    record = source.with_name(source.name + RECORD)
    sha256, rows = _noted(record)
    if sha256 is not None and _sha256(copy) != sha256:
        raise DamagedError(f"{source}: the backup is damaged, its SHA-256 is not {record}'s; take another")
    with _damaged(source):
        found = _rows_of(copy)
    if rows is not None and found != rows:
        raise DamagedError(f"{source}: the backup holds other rows than {record} notes; take another")


def _noted(record: Path) -> tuple[Any, Any]:
    """The SHA-256 and the counts of rows that were noted with a backup; None where there is no record, since
    an earlier version made it, or it was carried here alone. Raises StoreError."""
    try:
        with open_regular(record) as stream:
            noted = json.loads(stream.read(1_000_000))
        return noted["sha256"], noted["rows"]
    except FileNotFoundError:
        return None, None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreError(f"{record}: no record of a backup can be read: {error}; move it away") from error


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _rows_of(file: Path) -> dict[str, int]:
    """How many rows each table has; every value of them is read. Raises DamagedError."""
    with open_store(file, read_only=True) as store:
        return {
            ".".join(names): int(store.cells(READ.format(table=".".join(map(quoted, names))))[0][0])
            for names in store.cells(TABLES)
        }
