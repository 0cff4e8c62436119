"""The rows that curators should add, sorted by what it would take: a row, a table, or an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimcheck.reference.schema import DESCRIPTOR
from claimcheck.reference.stubs import Stub, Wanted, stub
from claimcheck.report.words.claims import LIGHT
from claimcheck.report.words.values import day_range
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
        "Rows to add",
        "The tables measure this already, but have no row for the place or the time: each line is a row, and "
        "would decide its claims.",
    ),
    (
        "event",
        "Events to add",
        "Dated events that no table of events holds, by the verb of the sentence.",
    ),
    (
        "unknown",
        "Read, and linked to no measure",
        "Look at how the sentence was read before you add a table: some of these are failures of reading.",
    ),
)
STAGES = """
SELECT stage, count(*) AS claims FROM queue WHERE stage IN ('not_read', 'not_linked', 'unexplained')
GROUP BY stage ORDER BY stage
"""
PACKAGES = "SELECT package, path FROM reference_package WHERE path IS NOT NULL ORDER BY package"


@dataclass(frozen=True, slots=True)
class Group:
    """Gaps that are closed in the same way; `left` more lines are not shown."""

    key: str
    title: str
    lead: str
    lines: Sequence[Mapping[str, Any]]
    left: int


def stages(desk: Desk) -> list[Record]:
    """How many claims stopped before any row could answer them, by stage."""
    return desk.rows_kept(STAGES)


def packages(desk: Desk) -> list[str]:
    """The packages whose folder is here, so that rows can be written in their columns."""
    return [r["package"] for r in desk.rows_kept(PACKAGES) if (Path(r["path"]) / DESCRIPTOR).is_file()]


def stub_of(desk: Desk, package: str) -> Stub:
    """The rows to add as CSV in the columns of a package. Raises LookupError, PackageError."""
    folders = {r["package"]: r["path"] for r in desk.rows_kept(PACKAGES)}
    if package not in packages(desk):
        raise LookupError(f"there is no package {package!r} here")
    known = next((group for group in groups(desk) if group.key == "known"), None)
    rows = known.lines if known else ()
    return stub(
        Path(folders[package]),
        (Wanted(row["measure"], row["key"], row["first_day"], row["last_day"]) for row in rows),
    )


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
        line = {
            **row,
            "key": row["place"],
            "place": names.get(row["place"], row["place"]),
            "lacks": LACKS[row["link"]],
            "period": day_range(row["first_day"], row["last_day"]),
        }
        measure = row["measure"] or ""
        if measure.startswith("event: "):
            lines["event"].append({**line, "measure": measure.removeprefix("event: "), "queue": ""})
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
