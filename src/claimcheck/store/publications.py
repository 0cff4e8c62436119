"""What each publication of reference packages changed, so that only claims that it can touch are rejudged.

A publication either changes the *frame*, all that every claim may depend on (names, places, measures,
events, actors, kinds that are counted), or single figures and incidents. These are listed as they were
and as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from claimcheck.store.database import Connection, cells, records

MOST_LISTED = 5_000
"""Changed rows that one publication lists; where there are more, nearly every claim may be touched."""
KEPT = 100
"""Publications that are remembered; what was judged before them is judged again as a whole."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The packages, name to digest, as one publication left them."""

    number: int
    packages: Mapping[str, str]
    frame: str
    listed: bool


def history(connection: Connection) -> list[Publication]:
    """The publications that are remembered, the latest first."""
    found = records(connection, "SELECT * FROM publication ORDER BY publication DESC")
    return [Publication(r["publication"], json.loads(r["packages"]), r["frame"], r["listed"]) for r in found]


def changed_since(connection: Connection, then: Publication) -> list[tuple[Any, ...]] | None:
    """The rows that publications changed after `then`, as they were before or are now: resource, id, measure,
    first and last day. None where more than single rows may have changed."""
    later = [p for p in history(connection) if p.number > then.number]
    if not all(p.listed and p.frame == then.frame for p in later):
        return None
    return cells(connection, CHANGED_SINCE, [then.number])


class Log:
    """The publications of a database, inside the transaction that publishes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last = next(iter(history(connection)), None)

    def knows(self, packages: Mapping[str, str]) -> bool:
        """Whether the last publication that is remembered left these packages."""
        return self._last is not None and self._last.packages == packages

    def begin(self, held: Mapping[str, str], changing: Iterable[str]) -> None:
        """Remember the rows of the packages that are about to change, and what is held without a record."""
        if held and not self.knows(held):
            self._add(held, self._frame(), False)
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE row_before AS {STATE}", [list(changing)])

    def end(self, packages: Mapping[str, str], changed: Iterable[str]) -> None:
        """Record the packages that are there now, and the rows of these that changed."""
        frame = self._frame()
        listed = self._last is not None and self._last.frame == frame
        names = list(changed)
        if listed:
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE row_after AS {STATE}", [names])
            [found] = records(self._connection, f"SELECT count(*) AS n FROM ({DIFFERENCE})")
            listed = found["n"] <= MOST_LISTED
        number = self._add(packages, frame, listed)
        if listed:
            self._connection.execute(f"INSERT INTO changed_row SELECT {number:d}, * FROM ({DIFFERENCE})")
        for table in ("row_before", "row_after"):
            self._connection.execute(f"DROP TABLE IF EXISTS {table}")
        for table in ("publication", "changed_row"):
            self._connection.execute(f"DELETE FROM {table} WHERE publication <= ?", [number - KEPT])

    def _add(self, packages: Mapping[str, str], frame: str, listed: bool) -> int:
        number = 1 if self._last is None else self._last.number + 1
        self._last = Publication(number, dict(packages), frame, listed)
        named = json.dumps(dict(sorted(packages.items())), ensure_ascii=False)
        self._connection.execute(
            "INSERT INTO publication VALUES (?, ?, ?, ?)", [number, named, frame, listed]
        )
        return number

    def _frame(self) -> str:
        return str(records(self._connection, FRAME)[0]["frame"])


# The parts of the tables that linking reads as a whole, each as the count and the mixed hashes of its rows.
_PARTS = {
    "measures": "SELECT m FROM measure AS m",
    "links": "SELECT l FROM resource_link AS l",
    "headers": "SELECT c FROM resource_column AS c",
    "grids": """
        SELECT DISTINCT r.package, r.resource, r.row_id, r.raw FROM reference_row AS r
        JOIN resource_column AS c ON (c.package, c.resource, c.role) = (r.package, r.resource, 'header')""",
    "ways": "SELECT DISTINCT package, measure, origins[1], destinations[1] FROM reference_row",
    "words": "SELECT package, measure, word FROM measure_word",
    "events": "SELECT r FROM reference_row AS r WHERE kind NOT IN ('figure', 'incident')",
    "names": "SELECT package, resource, row_id, rank, name FROM reference_name",
    "places": "SELECT DISTINCT package, place FROM reference_place",
    "chains": """
        SELECT DISTINCT package, bit_xor(hash(rank, place)), count(*) FROM reference_place
        GROUP BY package, resource, row_id, measure""",
    "placed": "SELECT DISTINCT package, measure FROM reference_place",
    "types": "SELECT DISTINCT package, measure, measure_type, kind FROM reference_row",
    "actors": "SELECT DISTINCT package, measure, actor FROM reference_row",
    "kinds": """
        SELECT DISTINCT package, resource, label, json_extract_string(raw, '$.counted_as')
        FROM reference_row WHERE measure = ''""",
}
FRAME = (
    "SELECT concat_ws(' '"
    + "".join(
        f", (SELECT concat(count(*), '-', bit_xor(hash(p))) FROM ({sql}) AS p)" for sql in _PARTS.values()
    )
    + ") AS frame"
)
_LISTED = (
    "package, resource, row_id, measure, kind, measure_type, counted_as, label, first_start, last_end, places"
)
STATE = """
SELECT
    package, resource, row_id, measure, kind, measure_type,
    CASE WHEN measure = '' THEN json_extract_string(raw, '$.counted_as') END AS counted_as,
    label, first_start, coalesce(last_end, first_end) AS last_end,
    coalesce((SELECT list(place ORDER BY rank) FROM reference_place AS p
        WHERE p.package = r.package AND p.resource = r.resource
            AND p.row_id = r.row_id AND p.measure = r.measure), []) AS places,
    hash(r) AS digest
FROM reference_row AS r
WHERE kind IN ('figure', 'incident') AND package IN (SELECT unnest(?::VARCHAR[]))
"""
DIFFERENCE = f"""
SELECT {_LISTED} FROM (FROM row_before EXCEPT FROM row_after)
UNION
SELECT {_LISTED} FROM (FROM row_after EXCEPT FROM row_before)
"""
CHANGED_SINCE = """
SELECT DISTINCT resource, row_id, measure, first_start, last_end FROM changed_row WHERE publication > ?
ORDER BY ALL
"""
