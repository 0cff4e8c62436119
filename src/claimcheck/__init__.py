"""claimcheck: dated events and numeric claims in documents, checked against curated tables.

Read `model` first, then `judging`. The steps, a package each:

documents -> numbers, dates -> claims -> (store) linking -> judging -> report
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimcheck.store.query import connect

__all__ = ["__version__", "connect"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """`claimcheck.connect`, imported when it is asked for: DuckDB is not needed to read a document."""
    if name == "connect":
        from claimcheck.store.query import connect

        return connect
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
