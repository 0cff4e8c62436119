"""What a snapshot holds as tables, because nothing in it changes any more: no query has to find it again.

Counting a million claims then reads one column of one table instead of joining six. The tables are filled a
part at a time, so that memory does not grow with the claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from claimcheck.store.database import Connection, rollback
from claimcheck.store.migrations import literal, quoted, said_of, text_of

AT_ONCE = 122_880  # claims whose latest verdict is looked for: as many as DuckDB keeps in a group of rows
AT_ONCE_WHOLE = 10_240  # claims with all that is said of them
AT_ONCE_TEXT = 8_000_000  # bytes of the documents' text, of which each claim's sentence is cut

PARTS = """
SELECT min(document_key), max(document_key), min(first_row), max(last_row) FROM (
    SELECT *, greatest(last_row // {at_once_whole}, sum(bytes) OVER running // {at_once_text}) AS part
    FROM (SELECT document_key, min(rowid) AS first_row, max(rowid) AS last_row FROM {database}.claim
        GROUP BY document_key)
    JOIN {sizes} USING (document_key)
    WINDOW running AS (ORDER BY document_key)
) GROUP BY part ORDER BY 1
"""
LAST_ROW = "SELECT coalesce(max(rowid), -1) FROM {database}.claim"
BOUNDS = """
SELECT coalesce(min(verdict_key), 0), coalesce(max(verdict_key), 0) FROM {database}.latest_verdict
WHERE claim_row BETWEEN {2} AND {3}
"""
# The view `claims` says what a claim is; here each of its tables is the part of it that the part needs.
CLAIMS_OF_A_PART = """
WITH
    claim AS (SELECT rowid, * FROM {database}.claim WHERE document_key BETWEEN {0} AND {1}),
    current_document AS (FROM {database}.current_document WHERE document_key BETWEEN {0} AND {1}),
    latest_verdict AS (FROM {database}.latest_verdict WHERE claim_row BETWEEN {2} AND {3}),
    verdict AS (FROM {database}.verdict WHERE verdict_key BETWEEN {4} AND {5}),
    run AS (FROM {database}.run),
    review AS (FROM {database}.review),
    measure AS (FROM {database}.measure)
"""


def fix(connection: Connection, database: str, sizes: str) -> None:
    """Hold the views `migrations.FIXED` of an attached copy as tables, with their comments.

    `sizes` is a table of the documents' `document_key` and the `bytes` of their text.

    Claims are in the order in which they were stored, those of a part in the view's order.
    """
    connection.execute(f"CREATE TABLE {database}.fixed AS FROM {database}.latest_version")
    _name("latest_version", connection, database)
    connection.execute(f"CREATE TABLE {database}.fixed AS FROM {database}.latest_verdict LIMIT 0")
    [(last,)] = connection.execute(LAST_ROW.format(database=database)).fetchall()
    for first in range(0, last + 1, AT_ONCE):
        rows = f"claim_row BETWEEN {first} AND {first + AT_ONCE - 1}"
        connection.execute(f"INSERT INTO {database}.fixed FROM {database}.latest_verdict WHERE {rows}")
    _name("latest_verdict", connection, database)
    names = {
        "database": database,
        "sizes": sizes,
        "at_once_whole": AT_ONCE_WHOLE,
        "at_once_text": AT_ONCE_TEXT,
    }
    parts = connection.execute(PARTS.format(**names)).fetchall()
    with _joined_as_written(connection):
        connection.execute(f"CREATE TABLE {database}.fixed AS FROM {database}.claims LIMIT 0")
        with _together(connection):
            for part in parts:
                [bounds] = connection.execute(BOUNDS.format(*part, **names)).fetchall()
                claims = CLAIMS_OF_A_PART.format(*part, *bounds, **names) + _definition("claims")
                connection.execute(f"INSERT INTO {database}.fixed {claims}")
        connection.execute(f"CHECKPOINT {database}")
    _name("claims", connection, database)


@contextmanager
def _together(connection: Connection) -> Iterator[None]:
    """One transaction: DuckDB then writes full groups of rows, each once, which takes a quarter less time and
    room than a group for each part."""
    connection.begin()
    try:
        yield
        connection.commit()
    except BaseException:
        rollback(connection)
        raise


@contextmanager
def _joined_as_written(connection: Connection) -> Iterator[None]:
    """Claims stream past what they are joined with: the optimizer would rather hold the claims, each with its
    document's whole text."""
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    try:
        yield
    finally:
        connection.execute("RESET disabled_optimizers")


def _definition(view: str) -> str:
    """The SELECT of a view."""
    found = re.search(rf"^CREATE VIEW {view} AS\n(.*?);$", text_of("views.sql"), re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def _name(view: str, connection: Connection, database: str) -> None:
    """Let the table `fixed` take the view's name and comments."""
    relation = f"{database}.{view}"
    statements = [
        f"DROP VIEW {relation}",
        f"ALTER TABLE {database}.fixed RENAME TO {view}",
        f"COMMENT ON TABLE {relation} IS {literal(said_of(view))}",
    ]
    for column, *_ in connection.execute(f"DESCRIBE {database}.fixed").fetchall():
        said = literal(said_of(view, column))
        statements.append(f"COMMENT ON COLUMN {relation}.{quoted(column)} IS {said}")
    connection.execute(";\n".join(statements))
