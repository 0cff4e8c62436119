"""Everything kept in DuckDB: save and load runs, publish reference tables, snapshots, the query door.

    with open_store("claims.duckdb") as store:
        store.publish_packages(packages)
        print(store.save(run, documents))
        publish_snapshot(store)
    query("claims.duckdb", "SELECT verdict, count(*) FROM claims GROUP BY ALL")

No other part of the package imports duckdb.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from claimcheck.store.errors import BusyError, MemoryLimitError, QueryError, StoreError
from claimcheck.store.manifest import latest_snapshot, readable, snapshot_folder
from claimcheck.store.query import Limits, QueryResult, connect, query

if TYPE_CHECKING:
    from claimcheck.store.loading import LATEST
    from claimcheck.store.packages import Published
    from claimcheck.store.saving import SaveResult
    from claimcheck.store.snapshots import open_latest, publish_snapshot
    from claimcheck.store.store import Store, ViewDescription, describe_views, open_store

__all__ = [
    "LATEST", "BusyError", "Limits", "MemoryLimitError", "Published", "QueryError",
    "QueryResult", "SaveResult", "Store", "StoreError", "ViewDescription", "connect", "describe_views",
    "latest_snapshot", "open_latest", "open_store", "publish_snapshot", "query", "readable",
    "snapshot_folder",
]  # fmt: skip

_LATER = {
    "loading": ("LATEST",),
    "packages": ("Published",),
    "saving": ("SaveResult",),
    "snapshots": ("open_latest", "publish_snapshot"),
    "store": ("Store", "ViewDescription", "describe_views", "open_store"),
}
"""Modules that a query does without, and what is theirs: imported when it is asked for."""


def __getattr__(name: str) -> Any:
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
