"""What the store says when it cannot do what was asked. Apart from `database`: a query loads little."""

from __future__ import annotations

NO_DATABASE = "there is no database here; name another, or make one: claimcheck check PATH --database FILE"


class StoreError(Exception):
    """The database cannot do what was asked; the message says why and what to do."""


class MemoryLimitError(StoreError):
    """A statement needs more memory than DuckDB may take; nothing of its transaction was written."""


class BusyError(StoreError):
    """Another process has the database open; the message says which."""


class DamagedError(StoreError):
    """The file of a database was cut off, or holds other bytes than were written to it."""


class QueryError(StoreError):
    """The statement is refused or fails; the message is DuckDB's, with the position where it gives one."""
