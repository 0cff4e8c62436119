"""Everything kept in DuckDB: save and load runs, publish reference tables, snapshots, the query door.

    with open_store("claims.duckdb") as store:
        store.publish_packages(packages)
        print(store.save(run, documents))
        publish_snapshot(store)
    query("claims.duckdb", "SELECT verdict, count(*) FROM claims GROUP BY ALL")

No other part of the package imports duckdb.
"""

from claimcheck.store.database import BusyError, MemoryLimitError, StoreError
from claimcheck.store.loading import LATEST, FoundClaim
from claimcheck.store.packages import Published
from claimcheck.store.query import QueryError, QueryResult, connect, query, readable
from claimcheck.store.saving import SaveResult
from claimcheck.store.snapshots import latest_snapshot, open_latest, publish_snapshot, snapshot_folder
from claimcheck.store.store import Store, ViewDescription, describe_views, open_store

__all__ = [
    "LATEST",
    "BusyError",
    "FoundClaim",
    "MemoryLimitError",
    "Published",
    "QueryError",
    "QueryResult",
    "SaveResult",
    "Store",
    "StoreError",
    "ViewDescription",
    "connect",
    "describe_views",
    "latest_snapshot",
    "open_latest",
    "open_store",
    "publish_snapshot",
    "query",
    "readable",
    "snapshot_folder",
]
