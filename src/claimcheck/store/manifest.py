"""The manifest of snapshots: which file readers open. Apart from `snapshots`: a query loads little."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from claimcheck.regular_files import open_regular
from claimcheck.store.errors import NO_DATABASE, StoreError

MANIFEST = "manifest.json"
FOLDER = "snapshots"
LONGEST = 10_000_000  # bytes
_NAME = re.compile(r"([A-Za-z0-9._-]+\.duckdb)?")


def snapshot_folder(database: str | Path) -> Path:
    """Where the snapshots of a database file stand: `snapshots` beside it."""
    return Path(database).parent / FOLDER


def latest_snapshot(database: str | Path) -> Path | None:
    """The newest snapshot of a database file that is there, None where there is none. Raises StoreError."""
    place = snapshot_folder(database)
    entry = read_manifest(place).get(name_of(Path(database)), {})
    files = (place / name for name in (entry.get("latest", ""), *entry.get("snapshots", [])))
    return next((file for file in files if file.is_file()), None)


def readable(database: str | Path) -> Path:
    """The file that readers open: the latest snapshot, else the database itself.

    Raises StoreError where the database is not there (any more): its old snapshots are no answer.
    """
    snapshot, file = latest_snapshot(database), Path(database)
    if not file.is_file():
        left = f"; its last snapshot is still {snapshot}: name that file to ask it" if snapshot else ""
        raise StoreError(f"{file}: {NO_DATABASE}{left}")
    return snapshot or file


def name_of(path: Path | None) -> str:
    """The database's key in the manifest."""
    return "memory.duckdb" if path is None else path.name


def read_manifest(folder: Path) -> dict[str, Any]:
    """What the manifest of a folder says, by the database's name. Raises StoreError."""
    file = folder / MANIFEST
    try:
        with open_regular(file) as stream:
            manifest = json.loads(stream.read(LONGEST))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise StoreError(f"{file}: cannot be read: {reason}; delete it and publish again") from error
    if not isinstance(manifest, dict) or not all(map(_is_entry, manifest.values())):
        raise StoreError(f"{file}: this is no manifest of snapshots; delete it and publish again")
    return manifest


def _is_entry(entry: Any) -> bool:
    """Whether it names snapshots of the folder alone: those that are too many are deleted."""
    names = entry.get("snapshots", []) if isinstance(entry, dict) else None
    if not isinstance(names, list) or not isinstance(entry.get("published", 0), int):
        return False
    return all(isinstance(name, str) and _NAME.fullmatch(name) for name in (entry.get("latest", ""), *names))
