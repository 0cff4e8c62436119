"""Databases as earlier versions of claimcheck left them: fewer tables and columns, the rows of that time."""

from __future__ import annotations

from pathlib import Path

from claimcheck.store.database import Connection, connect
from claimcheck.store.migrations import RECORD, shipped

OLD_VIEW = "old_claims"  # a view of that time, which the upgrade replaces by those of now


def make_earlier(path: Path, number: int, present: Path) -> None:
    """A database of the first `number` migrations, with what it could hold of the database `present`."""
    connection = connect(path)
    connection.execute(RECORD)
    for migration in shipped()[:number]:
        connection.execute(migration.sql)
        connection.execute(
            "INSERT INTO schema_migration VALUES (?, ?, ?, now()::TIMESTAMP)",
            [migration.number, migration.name, migration.sha256],
        )
    connection.execute(f"ATTACH '{present}' AS present (READ_ONLY)")
    for table in _names(connection, "duckdb_tables()", "table_name", path.stem):
        if table != "schema_migration":
            columns = ", ".join(_names(connection, "duckdb_columns()", "column_name", path.stem, table))
            connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM present.{table}")
    connection.execute("DETACH present")
    connection.execute(f"CREATE VIEW {OLD_VIEW} AS SELECT claim_id FROM claim")
    connection.execute("INSERT INTO schema_migration VALUES (0, 'views.sql', 'then', now()::TIMESTAMP)")
    connection.close()


def _names(connection: Connection, catalogue: str, column: str, database: str, table: str = "") -> list[str]:
    of_table = f"AND table_name = '{table}'" if table else ""
    sql = f"SELECT {column} FROM {catalogue} WHERE database_name = ? AND NOT internal {of_table}"
    return [row[0] for row in connection.execute(sql, [database]).fetchall()]
