"""The rows that curators should add, sorted by what it would take: a row, a table, or an event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from claimcheck.reference.schema import DESCRIPTOR
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
        "The tables measure this already, but have no row for the place or the time: each line is a row. "
        "Claims that probably mean a row of the tables are left out.",
    ),
    ("event", "Events to add", "Dated events that no table of events holds, by the verb of the sentence."),
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
MEASURES = "SELECT measure, min(package) AS package FROM measure_word GROUP BY measure"
PACKAGES = "SELECT package, path FROM reference_package WHERE path IS NOT NULL ORDER BY package"


def stages(desk: Desk) -> list[Record]:
    """How many claims stopped before any row could answer them, by stage."""
    return desk.rows_kept(STAGES)


def folders(desk: Desk) -> dict[str, Path]:
    """The folders of the packages that are here, so that rows can be written in their columns."""
    found = {r["package"]: Path(r["path"]) for r in desk.rows_kept(PACKAGES)}
    return {package: folder for package, folder in found.items() if (folder / DESCRIPTOR).is_file()}


def groups(desk: Desk) -> tuple[Record, ...]:
    """The gaps by what it takes to close them, the most wanted first in each."""
    found: tuple[Record, ...] = desk.kept("gaps", lambda: tuple(_groups(desk)))
    return found


def _groups(desk: Desk) -> Iterator[Record]:
    sql = resources.files("claimcheck").joinpath("sql", "reference_gaps.sql").read_text(encoding="utf-8")
    names: dict[str, str] = {row["key"]: row["name"] for row in desk.store.rows(NAMES)}
    known = {r["measure"]: r["package"] for r in desk.store.rows(MEASURES)}
    lines: dict[str, list[Record]] = {key: [] for key, _, _ in GROUPS}
    for row in desk.store.rows(sql, [MOST]):
        line = {
            **row,
            "key": row["place"],
            "place": names.get(row["place"], row["place"]),
            "lacks": LACKS[row["link"]],
            "period": day_range(row["first_day"], row["last_day"]),
            "near": "" if row["near_row"] is None else f"{row['near_table']} {row['near_row']}",
        }
        measure = row["measure"] or ""
        if measure.startswith("event: "):
            verb = measure.removeprefix("event: ")
            lines["event"].append({**line, "measure": verb, "queue": "", "add": _add(line, wanted="event")})
        else:
            add = _add(line, package=known.get(measure, ""), measure=measure)
            key = "known" if measure in known else "unknown"
            lines[key].append({**line, "queue": _queue(line), "add": add})
    lines["event"].sort(key=lambda line: (-line["claims"], line["measure"] in LIGHT))  # "be" names no event
    for key, title, lead in GROUPS:
        if own := lines[key]:
            left = max(0, len(own) - SHOWN)
            yield {"key": key, "title": title, "lead": lead, "lines": own[:SHOWN], "left": left}


def _add(line: Record, **more: str) -> str:
    """The address of the form for the row that a gap lacks."""
    days = {name: line[f"{name}_day"].isoformat() for name in ("first", "last") if line[f"{name}_day"]}
    place = {"place": line["key"]} if line["key"] else {}
    given = {"claim": line["example_id"], **days, **place, **more}
    return f"/row?{urlencode({name: value for name, value in given.items() if value}, errors='replace')}"


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
