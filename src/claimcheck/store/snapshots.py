"""Read-only copies of the database for readers, while the pipeline alone holds the original.

DuckDB lets one process write and nobody read meanwhile. So each run ends with a snapshot under a new name
(a reader that holds a replaced file would see old data), and a manifest, replaced in one step, that names the
latest. One folder may serve several databases: the manifest has an entry for each, by the file's name.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from claimcheck import faults
from claimcheck.atomic_files import alone, whole
from claimcheck.store.copying import copy_database
from claimcheck.store.database import records
from claimcheck.store.decisions import settle
from claimcheck.store.errors import StoreError
from claimcheck.store.loading import LATEST_RUN
from claimcheck.store.manifest import MANIFEST, name_of, read_manifest, readable, snapshot_folder
from claimcheck.store.store import Store, open_store

KEEP = 5
LATER = "what was checked is kept in the database, and the next run publishes it"
OF_A_RUN = r"-\d{8}T\d{6}-[0-9a-f]{6}(-\d{1,9})?\.duckdb(\.partial)?(\.wal)?"  # as pipeline names runs
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def publish_snapshot(store: Store, folder: str | Path | None = None, *, keep: int = KEEP) -> Path:
    """Copy the database to a new read-only file and name it in the manifest; the file's path.

    `folder` is `snapshot_folder` of the database by default, and is made where it does not exist. The
    newest `keep` snapshots stay (at least one), older ones are deleted. Raises StoreError.
    """
    if folder is None and store.path is None:
        raise StoreError("a database in memory has no folder for snapshots; name one")
    place = snapshot_folder(store.path or "") if folder is None else Path(folder)
    settle(store)
    try:
        return _publish(store, place, max(1, keep))
    except OSError as error:
        reason = faults.sentence(error)
        raise StoreError(f"{place}: the snapshot cannot be written: {reason}; {LATER}") from error


def _publish(store: Store, place: Path, keep: int) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    name = name_of(store.path)
    before = read_manifest(place).get(name, {})
    latest = records(store.connection, LATEST_RUN)
    run_id = latest[0]["run_id"] if latest else None
    number = int(before.get("published", 0)) + 1
    target = _target(place, Path(name).stem, run_id or "empty", number, before)
    with whole(target, synced=True) as partial:
        copy_database(store, partial, final=True, then=f"; {LATER}")
        with partial.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        partial.chmod(0o444)
    entry: dict[str, Any] = {
        "latest": target.name, "run_id": run_id, "sha256": digest,
        "published_at": datetime.now(UTC).isoformat(timespec="seconds"), "published": number,
        "snapshots": [target.name, *before.get("snapshots", [])],
    }  # fmt: skip
    for old in _write_manifest(place, name, entry, keep):
        _delete(place / old)
    _sweep(place, Path(name).stem, entry["snapshots"][:keep])
    return target


def open_latest(database: str | Path) -> Store:
    """The latest snapshot of a database as a read-only store, else the database itself. Raises StoreError."""
    while (file := readable(database)) != Path(database):
        try:
            return open_store(file, read_only=True)
        except StoreError:
            if file.is_file():
                raise  # else later snapshots were published meanwhile, and this one is gone
    return open_store(database, read_only=True)


def _target(folder: Path, stem: str, run_id: str, number: int, before: dict[str, Any]) -> Path:
    """A name that no snapshot of this database ever had: the run's, numbered where it is not the first."""
    base = f"{UNSAFE.sub('_', stem)}-{UNSAFE.sub('_', run_id)[:100]}"
    target = folder / f"{base}.duckdb"
    if target.exists() or before.get("run_id") == run_id:
        target = folder / f"{base}-{number}.duckdb"
    return target


def _write_manifest(folder: Path, name: str, entry: dict[str, Any], keep: int) -> list[str]:
    """Name the new snapshot as the latest; the names of those that are too many."""
    names: list[str] = entry["snapshots"]
    with alone(folder), whole(folder / MANIFEST, synced=True) as partial:
        manifest = {**read_manifest(folder), name: {**entry, "snapshots": names[:keep]}}
        text = json.dumps(manifest, indent=2, ensure_ascii=False)
        partial.write_text(f"{text}\n", encoding="utf-8")
    return names[keep:]


def _sweep(place: Path, stem: str, kept: list[str]) -> None:
    """Delete what a process that was killed while it published this database left behind."""
    ours = re.compile(rf"\.?{re.escape(UNSAFE.sub('_', stem))}{OF_A_RUN}")
    for file in place.iterdir():
        if ours.fullmatch(file.name) and file.name not in kept:
            _delete(file)


def _delete(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except PermissionError:
        return  # a reader on Windows has it open; it stays, and the manifest no longer names it
