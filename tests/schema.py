"""The tables as all migrations together make them, as one script: `python -m tests.schema` writes it anew.

A new database is made with it, in a third of the time that the migrations take one after the other.
"""

from __future__ import annotations

import re

import duckdb

from claimcheck.store.migrations import made_of, shipped
from tests.reader import ROOT

FILE = ROOT / "src" / "claimcheck" / "sql" / "tables.sql"
HEAD = """{made_of}
-- Written by `python -m tests.schema`: the tables as these files leave them. A new database begins with it.
"""
TABLES = "SELECT sql FROM duckdb_tables() ORDER BY table_oid"


def step_by_step() -> duckdb.DuckDBPyConnection:
    """A database in memory to which the migrations were applied one after the other."""
    connection = duckdb.connect()
    for migration in shipped():
        connection.execute(migration.sql)
    return connection


def script() -> str:
    """The text of tables.sql as it must stand."""
    with step_by_step() as connection:
        tables = [sql for (sql,) in connection.execute(TABLES).fetchall()]
    return "\n".join([HEAD.format(made_of=made_of(shipped())), *map(_laid_out, tables)])


def _laid_out(sql: str) -> str:
    """A statement with each column and constraint on a line of its own."""
    head, rest = sql.split("(", 1)
    body = re.sub(r"\);$", "", rest)
    lines, depth, quoted = [""], 0, False
    for sign in body:
        quoted ^= sign == "'"
        depth += 0 if quoted else {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth and not quoted:
            lines.append("")
        else:
            lines[-1] += sign
    columns = ",\n".join(f"    {line.strip()}" for line in lines)
    return f"{head.strip()} (\n{columns}\n);\n"


if __name__ == "__main__":
    FILE.write_text(script(), encoding="utf-8")
