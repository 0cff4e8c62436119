"""The rows that curators should add, sorted by what it would take: a row, a table, or an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from claimcheck.report.readings import LIGHT
from claimcheck.review.queue import Filters

if TYPE_CHECKING:
    from claimcheck.review.desk import Desk, Record

MOST = 2_000
SHOWN = 25
NAMES = """
SELECT resource || ':' || row_id AS key, any_value(name) AS name
FROM reference_row WHERE kind = 'gazetteer' GROUP BY ALL
"""
LACKS = {
    "measure": "any figure",
    "place": "a row for this place",
    "time": "a row for this time",
    "row": "a row for this place and time",
}
GROUPS: Sequence[tuple[str, str, str]] = (
    (
        "known",
        "Figures to add",
        "The tables measure this already, but have no row for the place or the time.",
    ),
    (
        "event",
        "Happenings to add",
        "Dated events that no table of events holds, by the verb that tells of them.",
    ),
    ("unknown", "Measures that no table has", "Numbers of something that no reference table counts."),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Gaps that are closed in the same way; `left` more lines are not shown."""

    key: str
    title: str
    lead: str
    lines: Sequence[Mapping[str, Any]]
    left: int


def groups(desk: Desk) -> tuple[Group, ...]:
    """The gaps by what it takes to close them, the most wanted first in each."""
    found: tuple[Group, ...] = desk.kept("gaps", lambda: tuple(_groups(desk)))
    return found


def _groups(desk: Desk) -> Iterator[Group]:
    sql = resources.files("claimcheck").joinpath("sql", "reference_gaps.sql").read_text(encoding="utf-8")
    names = {row["key"]: row["name"] for row in desk.store.rows(NAMES)}
    known = {row["measure"] for row in desk.store.rows("SELECT DISTINCT measure FROM measure_word")}
    lines: dict[str, list[Record]] = {key: [] for key, _, _ in GROUPS}
    for row in desk.store.rows(sql, [MOST]):
        line = {**row, "place": names.get(row["place"], row["place"]), "lacks": LACKS[row["link"]]}
        measure = row["measure"] or ""
        if measure.startswith("happening: "):
            lines["event"].append({**line, "measure": measure.removeprefix("happening: "), "queue": ""})
        else:
            lines["known" if measure in known else "unknown"].append({**line, "queue": _queue(line)})
    lines["event"].sort(key=lambda line: (-line["claims"], line["measure"] in LIGHT))  # "be" names no event
    for key, title, lead in GROUPS:
        if own := lines[key]:
            yield Group(key, title, lead, own[:SHOWN], max(0, len(own) - SHOWN))


def _queue(line: Record) -> str:
    """The address of the queue with the claims of a gap, about."""
    filters = Filters(
        state="all",
        verdict="not_enough_evidence",
        measure=line["measure"] or "",
        place=line["place"] or "",
        since=f"{line['year']:04}-01-01" if line["year"] else "",
        until=f"{line['year']:04}-12-31" if line["year"] else "",
    )
    return f"/{filters.address()}"
