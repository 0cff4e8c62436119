"""The schema: numbered SQL files, each applied in one transaction with its record.

`sql/NNNN_name.sql` is applied once and never changed afterwards. The first makes all tables; a database with
a number before it is refused. The views and the comments (`sql/views.sql`, `sql/comments.toml`) hold no data;
they are made anew whenever their text changes and are recorded under the number 0.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from claimcheck.store.database import Connection, transaction
from claimcheck.store.errors import StoreError

RECORD = """
CREATE TABLE IF NOT EXISTS schema_migration (
    number INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
)
"""
TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()"
VIEWS = "SELECT view_name FROM duckdb_views() WHERE NOT internal AND database_name = current_database()"
COLUMNS = """
SELECT table_name, column_name FROM duckdb_columns()
WHERE NOT internal AND database_name = current_database() ORDER BY table_name, column_index
"""
VIEWS_NUMBER = 0
STEP_BY_STEP = "93a78475939924a93cc0a7ca07089b554994ed69589be36032f14c7d12d43196"
"""What databases recorded of schema 16 that came to it by sixteen files: their tables are the same."""
FIXED = (
    "latest_version",
    "latest_verdict",
    "claims",
)  # views that a snapshot holds as tables, see copying.py


@dataclass(frozen=True, slots=True)
class Migration:
    """A numbered file of SQL."""

    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """Hash of the file's text, hexadecimal."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


@cache
def shipped() -> tuple[Migration, ...]:
    """The migrations of this version of claimcheck, in order."""
    files = sorted(f.name for f in resources.files("claimcheck").joinpath("sql").iterdir())
    numbered = [name for name in files if name.endswith(".sql") and name[:4].isdigit()]
    return tuple(Migration(int(name[:4]), name, text_of(name)) for name in numbered)


@cache
def text_of(name: str) -> str:
    """A file of the folder sql."""
    return resources.files("claimcheck").joinpath("sql", name).read_text(encoding="utf-8")


def migrate(
    connection: Connection, path: Path | None, migrations: Sequence[Migration] | None = None
) -> list[str]:
    """Bring the database to the schema of `migrations` (default: `shipped`); the names of what was applied.

    Raises StoreError where the database is newer than the program, holds other tables, or was made with a
    different text of one of the migrations.
    """
    migrations = shipped() if migrations is None else migrations
    pending = check(connection, path, migrations)
    views = hashlib.sha256((text_of("views.sql") + text_of("comments.toml")).encode()).hexdigest()
    is_snapshot = not _tables(connection).isdisjoint(FIXED)  # one that becomes a database again
    if not pending and not is_snapshot and _recorded(connection).get(VIEWS_NUMBER) == views:
        return []
    with transaction(connection):
        connection.execute(RECORD)
        _drop_views(connection)
    for migration in pending:
        with transaction(connection):
            connection.execute(migration.sql)
            _record(connection, [migration])
    with transaction(connection):
        connection.execute(text_of("views.sql"))
        if path is not None:  # most of the time that opening takes, and in memory nobody reads them
            comment(connection)
        _record(connection, [Migration(VIEWS_NUMBER, "views.sql", text_of("views.sql"))], views)
    return [migration.name for migration in pending]


def check(
    connection: Connection, path: Path | None, migrations: Sequence[Migration] | None = None
) -> list[Migration]:
    """The migrations that the database lacks. Raises StoreError where it is none of ours, or newer."""
    migrations = shipped() if migrations is None else migrations
    recorded = _recorded(connection)
    newest, ours, first = max(recorded, default=0), max(m.number for m in migrations), migrations[0]
    if newest > ours:
        raise StoreError(
            f"{path}: the database has schema {newest}, this claimcheck knows schema {ours}; "
            f"install the version that wrote it or a newer one, or name another database"
        )
    if 0 < newest < first.number:
        raise StoreError(
            f"{path}: the database has schema {newest}, and this claimcheck begins with schema "
            f"{first.number}; move it away and check the documents again: the next run makes a new one, and "
            f"reviewers' decisions, which are in decisions.jsonl beside it, find their claims there"
        )
    if not recorded and _tables(connection) - {"schema_migration"}:
        raise StoreError(
            f"{path}: this DuckDB database holds other tables; name a file of its own for claimcheck"
        )
    for migration in migrations:
        known = {migration.sha256, STEP_BY_STEP} if migration is first else {migration.sha256}
        if recorded.get(migration.number, migration.sha256) not in known:
            raise StoreError(
                f"{path}: the database was made with another text of {migration.name}; "
                f"move the file away and let the next run make a new one"
            )
    return [m for m in migrations if m.number not in recorded]


def _recorded(connection: Connection) -> dict[int, str]:
    if "schema_migration" not in _tables(connection):
        return {}
    return dict(connection.execute("SELECT number, sha256 FROM schema_migration").fetchall())


def _tables(connection: Connection) -> set[str]:
    return {row[0] for row in connection.execute(TABLES).fetchall()}


def _views(connection: Connection) -> set[str]:
    return {row[0] for row in connection.execute(VIEWS).fetchall()}


def _record(connection: Connection, applied: Sequence[Migration], sha256: str | None = None) -> None:
    """Note what was applied now. `sha256`: of more than the text of the file."""
    applied_at = datetime.now(UTC).replace(tzinfo=None)
    rows = ", ".join(["(?, ?, ?, ?)"] * len(applied))
    values = [value for m in applied for value in (m.number, m.name, sha256 or m.sha256, applied_at)]
    connection.execute(f"INSERT OR REPLACE INTO schema_migration VALUES {rows}", values)


def _drop_views(connection: Connection) -> None:
    connection.execute("DELETE FROM schema_migration WHERE number = ?", [VIEWS_NUMBER])
    for name in _views(connection):
        connection.execute(f"DROP VIEW {quoted(name)}")
    for name in FIXED:
        connection.execute(f"DROP TABLE IF EXISTS {name}")


def comment(connection: Connection) -> None:
    """COMMENT ON every table, view and column, from comments.toml."""
    statements = []
    for relation, kind, column in _columns(connection):
        what = (
            f"{kind} {quoted(relation)}" if column is None else f"COLUMN {quoted(relation)}.{quoted(column)}"
        )
        statements.append(f"COMMENT ON {what} IS {literal(said_of(relation, column))}")
    connection.execute(";\n".join(statements))


def said_of(relation: str, column: str | None = None) -> str:
    """What comments.toml says of a table or view, or of a column. Raises KeyError where it says nothing."""
    comments = _comments()
    if column is None:
        return str(comments["relations"][relation])
    return str(comments["own"].get(relation, {}).get(column) or comments["columns"][column])


@cache
def _comments() -> dict[str, Any]:
    return tomllib.loads(text_of("comments.toml"))


def _columns(connection: Connection) -> Iterator[tuple[str, str, str | None]]:
    """Every relation, its kind and None; then the relation, its kind and each column."""
    kinds = dict.fromkeys(_tables(connection), "TABLE") | dict.fromkeys(_views(connection), "VIEW")
    columns = connection.execute(COLUMNS).fetchall()
    for relation, kind in sorted(kinds.items()):
        yield relation, kind, None
        yield from ((relation, kind, column) for owner, column in columns if owner == relation)


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str | date) -> str:
    """A text or a day as SQL writes it; quotes inside are doubled."""
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return "'" + value.replace("'", "''") + "'"
