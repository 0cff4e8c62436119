"""A row of a package's table, added or mended at the desk: the form, and what the row would change.

What is claimed, a number or an event's days, is never filled in: a row that repeats the claim would bear it
out, true or not.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimcheck import faults
from claimcheck.decisions import DecisionError
from claimcheck.foreseen import Foreseen, foresee, hold
from claimcheck.lexicon import LexiconError
from claimcheck.reference.editing import EditError, Sheet, Splice, table_of, tried, unsourced
from claimcheck.reference.loading import read_descriptor
from claimcheck.reference.problems import PackageError
from claimcheck.reference.schema import DATES, NUMBERS, REQUIRED, Descriptor, Field, Resource
from claimcheck.review import gaps_page
from claimcheck.review.learned_page import said
from claimcheck.review.row_edits import RowEdit
from claimcheck.statements import statements
from claimcheck.store import BusyError, StoreError
from claimcheck.store.snapshots import open_latest

if TYPE_CHECKING:
    from claimcheck.review.desk import Desk, Found

MOST_COLUMNS = 60  # of a table that a form can hold
MOST_NAMES = 1_000  # that a field suggests
WAIT = 20.0  # seconds for a run to let go of the database
CELL, SOURCE = "cell.", "source."
KEYED = {"place": "place", "origin": "place", "destination": "place", "within": "place", "event": "event"}
SQL = statements("desk.sql")
NAMES = SQL["NAMES"]
ACTORS = SQL["ACTORS"]
SOURCES = "SELECT source_id AS key, title AS name FROM source WHERE package = ? ORDER BY 1 DESC LIMIT ?"
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Input:
    """A column in the form. `choices`: all that it may hold; `offers`: what it suggests, key and name."""

    name: str
    value: str
    column: str
    hint: str
    required: bool
    choices: Sequence[str] = ()
    offers: Sequence[tuple[str, str]] = ()
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """The row that a form or an address is about: which table, and where it mends a row that row's key."""

    package: str
    folder: Path
    table: str
    key: str
    descriptor: Descriptor
    sheet: Sheet

    @property
    def sources(self) -> Resource | None:
        """The package's table of sources, where this table's rows name one of them."""
        table = next((t for t in self.descriptor.resources if t.kind == "sources"), None)
        own = self.sheet.resource
        return table if own.kind != "sources" and _column(own, "source") else None


def publishable(desk: Desk) -> Mapping[str, Path]:
    """The folders of all packages: publishing some would take the others away. Raises LookupError where one
    is not here."""
    folders = gaps_page.folders(desk)
    for row in desk.rows_kept("SELECT package FROM reference_package ORDER BY package"):
        folder = folders.get(row["package"])
        if folder is None or read_descriptor(folder).name != row["package"]:
            name = row["package"]
            raise LookupError(f"the folder of the package {name!r} is not here: nothing could be published")
    return folders


def asked(desk: Desk, form: Mapping[str, str]) -> Asked:
    """What an address or a form asks for; of a claim's or a gap's the table of figures. Raises PackageError,
    EditError, OSError, LookupError where no package's folder is here."""
    folders = publishable(desk)
    package = form.get("package") or next(iter(folders), "")
    if package not in folders:
        raise LookupError(f"there is no package {package!r} here whose rows could be written")
    descriptor = read_descriptor(folders[package])
    kinds = ("events",) if form.get("wanted") == "event" else ("figures", "incidents", "events")
    first = min(descriptor.resources, key=lambda t: kinds.index(t.kind) if t.kind in kinds else len(kinds))
    name = form.get("table", "").removeprefix(f"{package}/")  # so it is called where two packages share keys
    resource = table_of(folders[package], name or first.name)
    if len(resource.fields) > MOST_COLUMNS:
        raise EditError(f"{resource.path} has more than {MOST_COLUMNS} columns: add the row to the file")
    sheet = Sheet.of(folders[package], resource)
    return Asked(package, folders[package], resource.name, form.get("row", ""), descriptor, sheet)


def inputs(desk: Desk, what: Asked, form: Mapping[str, str], found: Found | None) -> list[Input]:
    """The columns of the table, filled in as a form was, as the row is, or with what a claim or gap leaves no
    doubt of. Raises EditError."""
    values = dict(what.sheet.row(what.key)) if what.key else _known(what, form, found)
    return list(_inputs(desk, what, what.sheet.resource, what.sheet.columns, values, form, CELL))


def source_inputs(desk: Desk, what: Asked, form: Mapping[str, str]) -> list[Input]:
    """The columns of a new source, where the package has a table of them."""
    if what.sources is None:
        return []
    sheet = Sheet.of(what.folder, what.sources)
    key = _column(what.sources, "key")
    values = {} if key is None else {key: sheet.next_key()}
    return list(_inputs(desk, what, what.sources, sheet.columns, values, form, SOURCE))


def _inputs(
    desk: Desk,
    what: Asked,
    table: Resource,
    columns: Sequence[str],
    values: Mapping[str, str],
    form: Mapping[str, str],
    prefix: str,
) -> Iterator[Input]:
    fields, roles = {field.name: field for field in table.fields}, _roles(table)
    needed = {_column(table, role) for role in ("key", "source", *REQUIRED[table.kind])}
    for column in columns:
        field, role = fields[column], roles.get(column, "")
        choices = sorted(field.enum or ()) if field.enum else ["true", "false"] * (field.type == "boolean")
        yield Input(
            prefix + column,
            form.get(prefix + column, values.get(column, "")),
            column,
            _hint(field, role),
            field.required or column in needed,
            choices,
            () if choices else _offers(desk, what, role),
            field.type in ("integer", "number") or role in NUMBERS,
        )


def _roles(table: Resource) -> dict[str, str]:
    """What each column holds, in the order of the roles' own columns."""
    pairs = [(role, b) for roles in (table.roles, *table.measures) for role, bs in roles.items() for b in bs]
    out: dict[str, str] = {}
    for role, binding in pairs:
        if binding.column is not None:
            out.setdefault(binding.column, role)
    return out


def _column(table: Resource, role: str) -> str | None:
    return next((column for column, own in _roles(table).items() if own == role), None)


def _hint(field: Field, role: str) -> str:
    stated = role.replace("_", " ")
    if field.day is not None:
        return f"{stated}, written like {date(2018, 1, 31).strftime(field.day)}"
    if role in DATES:
        return f"{stated}: 2018-01-31, 2018-01 or 2018"
    if field.type in ("integer", "number") or role in NUMBERS:
        return f"{stated}: a number" + (f", {field.decimal} before decimals" if field.decimal != "." else "")
    if role in KEYED or role == "source":
        return f"{stated}: its key, found by its name too"
    return f"{stated}: several are divided by |" if role == "names" else stated


def _offers(desk: Desk, what: Asked, role: str) -> Sequence[tuple[str, str]]:
    """What the tables know for a column: measures, and the keys of places, events, sources."""
    if role == "measure":
        return [(measure.name, "") for measure in what.descriptor.vocabulary][:MOST_NAMES]
    if role in KEYED:
        found = desk.store.rows(NAMES, [what.package, KEYED[role], MOST_NAMES])
    elif role in ("source", "actor"):
        found = desk.store.rows(SOURCES if role == "source" else ACTORS, [what.package, MOST_NAMES])
    else:
        return ()
    return [(row["key"], row["name"] or "") for row in found if row["key"]]


def _known(what: Asked, form: Mapping[str, str], found: Found | None) -> dict[str, str]:
    """What a new row of a claim or a gap has for certain: its key, measure, place and days."""
    resource = what.sheet.resource
    days = [_day(form.get(name, "")) for name in ("first", "last")]
    if resource.kind == "events":
        days = [None, None]  # of an event they are what is claimed
    measure, place = form.get("measure", ""), form.get("place", "")
    if found is not None:
        claim, time = found.claim, found.claim.time
        measure = measure or claim.measure or ""
        place = place or (claim.place.id or "" if claim.place else "")
        if resource.kind != "events" and not any(days) and time is not None:
            days = [time.date_start, time.date_end]
    types = {one.name: one.type for one in what.descriptor.vocabulary}
    moment = types.get(measure) in ("stock", "cumulative") and _column(resource, "as_of") is not None
    first, last = (day.isoformat() if day else "" for day in days)
    stated = {
        "key": what.sheet.next_key(),
        "measure": measure if measure in types else "",
        "place": place.rpartition(":")[2],
        "start": "" if moment else first,
        "end": "" if moment else last,
        "as_of": last or first if moment else "",
    }
    return {column: cell for role, cell in stated.items() if (column := _column(resource, role)) is not None}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def splices(what: Asked, form: Mapping[str, str]) -> list[Splice]:
    """What the form writes: the row, and a new source that it names. Raises PackageError, EditError."""
    if form.get("mark", what.sheet.mark) != what.sheet.mark:
        raise EditError(f"{what.sheet.resource.path} was changed while you looked: look at it again.")
    sheet, out = what.sheet, []
    values = {column: form[CELL + column] for column in sheet.columns if CELL + column in form}
    source = {name.removeprefix(SOURCE): cell for name, cell in form.items() if name.startswith(SOURCE)}
    own = None if what.sources is None else _column(what.sources, "key")
    named = _column(sheet.resource, "source")
    if what.sources is not None and own and named and any(c for n, c in source.items() if n != own):
        out.append(Sheet.of(what.folder, what.sources).added(source))
        values[named] = source[own]
    splice = sheet.mended(what.key, values) if what.key else sheet.added(values)
    if splice.old == splice.new:
        raise EditError("Nothing is changed: mend a cell first.")
    if (fault := unsourced(sheet.resource, values, splice.line)) is not None:
        raise fault
    return [*out, splice]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a form: the problem, what the row would change, or the edit that was written."""

    problem: str = ""
    foreseen: Foreseen | None = None
    edit: RowEdit | None = None
    notice: str = ""


def handled(desk: Desk, form: Mapping[str, str], by: str) -> Outcome:
    """A form of a row: tried, written, or a row taken back. Others' pages do not wait for it."""
    if not _ONE_AT_A_TIME.acquire(blocking=False):
        return Outcome("Somebody writes a row at this moment: wait, then try again.")
    try:
        return _handled(desk, form, by)
    except PackageError as error:
        return Outcome("\n".join(map(str, error.problems)))
    except OSError as error:
        return Outcome(faults.sentence(error))
    except (EditError, LookupError, DecisionError, StoreError, LexiconError) as error:
        return Outcome(str(error))
    finally:
        _ONE_AT_A_TIME.release()


def _handled(desk: Desk, form: Mapping[str, str], by: str) -> Outcome:
    with desk.open(newest=True) as opened:
        folders = publishable(opened)
        settled = {i: r.verdict for i, r in opened.overlay.reviews.items() if r.done and r.verdict}
        what = None if form.get("kind") == "undo" else asked(opened, form)
    if what is None:
        edit = desk.edits.undo(by, form.get("undoes", ""))
        return Outcome(edit=edit, notice=_published(desk, folders))
    made = splices(what, form)
    if form.get("kind") == "write":
        if not by:
            raise DecisionError("Say who you are: a row carries the name of who wrote it.")
        edit = desk.edits.make(by, what.folder, _stated(what, made[-1]), made, claim=form.get("claim", ""))
        return Outcome(edit=edit, notice=_published(desk, folders))
    with tried(what.folder, made) as copy, open_latest(desk.database) as store:
        others = [copy if folder == what.folder else folder for folder in folders.values()]
        found = foresee(store, desk.database, others, settled)
    return Outcome(foreseen=replace(found, changes=tuple(sorted(found.changes, key=_order))))


def _order(change: Any) -> tuple[bool, bool, str]:
    """What contradicts reviewers first, then what is decided."""
    return not change.contradicts, change.after[0] != "decided", change.document


def _stated(what: Asked, splice: Splice) -> str:
    row = f"{what.table} {what.key}" if what.key else f"a row of {what.table}"
    return f"{'mended' if what.key else 'added'} {row} ({splice.file}, line {splice.line})"


def _published(desk: Desk, folders: Mapping[str, Path]) -> str:
    """Have the tables as they are now hold for everybody, and say what that changed."""
    try:
        done = hold(desk.database, list(folders.values()), WAIT)
    except BusyError:
        return "A run is going on: the next one publishes the package."
    except (StoreError, PackageError, OSError) as error:
        return f"The package is not published yet: {error}"
    return f"The package is published: {done}."


def shown(
    desk: Desk, query: Mapping[str, str], form: Mapping[str, str] | None, found: Found | None
) -> Mapping[str, Any]:
    """What the page shows: the table's columns, all packages and tables, what was written before."""
    given = {**query, **(form or {})}
    common = {"edits": desk.edits.standing()[:20], "query": given, "found": found, "said": said, "what": None}
    try:
        what = asked(desk, given)
        tables = [(package, t.name) for package, folder in gaps_page.folders(desk).items()
                  for t in read_descriptor(folder).resources]  # fmt: skip
        return {
            **common,
            "what": what,
            "tables": tables,
            "inputs": inputs(desk, what, given, found),
            "source": source_inputs(desk, what, given),
        }
    except PackageError as error:
        return {**common, "unusable": "\n".join(map(str, error.problems))}
    except (EditError, LookupError, OSError) as error:
        return {**common, "unusable": str(error)}

