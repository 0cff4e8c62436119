"""The views of the latest snapshot as the tables of one SQLite file, for datasette and other programs.

SQLite has fewer types. A decimal is an integer where it is whole and else a float, a truth value 0 or 1; days
and times are ISO text, lists and records JSON.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from claimcheck import faults
from claimcheck.atomic_files import whole
from claimcheck.store.database import DatabaseError, interruptible
from claimcheck.store.errors import StoreError
from claimcheck.store.migrations import quoted
from claimcheck.store.snapshots import open_latest
from claimcheck.store.store import Store, ViewDescription

AT_ONCE = 10_000  # rows
PLUMBING = frozenset({"current_document", "current_verdict", "latest_verdict", "latest_version"})
"""Views that other views are made of, with keys and whole texts: nobody reads them."""
LARGEST = 2**63  # SQLite's integers are below
_KINDS = (
    ("DECIMAL", "NUMERIC"), ("DOUBLE", "REAL"), ("BIGINT", "INTEGER"), ("INTEGER", "INTEGER"),
    ("BOOLEAN", "INTEGER"),
)  # fmt: skip


def export_sqlite(database: str | Path, file: str | Path) -> Path:
    """Write each view of the latest snapshot that people read as a table of a SQLite file; its path.

    A file of that name is replaced, in one step. Raises StoreError where it cannot be written, or is no
    SQLite file: another's file is left alone.
    """
    target = Path(file)
    try:
        _refuse_others(target)
        with (
            open_latest(database) as store,
            whole(target) as partial,
            interruptible(),
            closing(sqlite3.connect(partial)) as lite,
        ):
            for view in store.views():
                if view.name not in PLUMBING:
                    _copy(store, view, lite)
            lite.commit()
    except (OSError, DatabaseError, sqlite3.Error) as error:
        reason = (
            faults.from_library(str(error))[1] if isinstance(error, DatabaseError) else
            faults.sentence(error) if isinstance(error, OSError) else str(error)
        )  # fmt: skip
        raise StoreError(f"{target}: the views cannot be written: {reason}") from error
    return target


def _refuse_others(target: Path) -> None:
    """Raise StoreError where something else stands there."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        return
    if not target.is_file():
        raise StoreError(f"{target} is there already and is no file; name another")
    with target.open("rb") as stream:
        head = stream.read(16)
    if head and head != b"SQLite format 3\x00":
        raise StoreError(f"{target} is there already and is no SQLite file; name another file")


def _copy(store: Store, view: ViewDescription, lite: sqlite3.Connection) -> None:
    """A view as a table, its rows in the view's order."""
    names = [name for name, _, _ in view.columns]
    declared = ", ".join(f"{quoted(name)} {_kind(kind)}".rstrip() for name, kind, _ in view.columns)
    lite.execute(f"CREATE TABLE {quoted(view.name)} ({declared})")
    put = f"INSERT INTO {quoted(view.name)} VALUES ({', '.join('?' * len(names))})"
    rows = store.connection.execute(f"FROM {quoted(view.name)}")
    while some := rows.fetchmany(AT_ONCE):
        lite.executemany(put, ([_plain(value) for value in row] for row in some))


def _kind(kind: str) -> str:
    """The affinity of a column: none for lists and records, so that JSON stays text."""
    if "[" in kind or kind.startswith(("STRUCT", "MAP")):
        return "TEXT"
    return next((said for begin, said in _KINDS if kind.startswith(begin)), "TEXT")


def _plain(value: Any) -> Any:
    """A value as SQLite has it."""
    if isinstance(value, Decimal):
        is_integer = value == value.to_integral_value() and abs(value) < LARGEST
        return int(value) if is_integer else float(value)
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return value if abs(value) < LARGEST else float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_json)
    return value if value is None or isinstance(value, float | str | bytes) else str(value)


def _json(value: Any) -> Any:
    """What JSON has no type for."""
    plain = _plain(value)
    return plain if isinstance(plain, int | float | str) else str(value)
