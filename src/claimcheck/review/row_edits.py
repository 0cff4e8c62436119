"""Rows that were added or mended at the desk: a file that only grows, and holds what takes each back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from claimcheck import faults
from claimcheck.decisions.journal import append_line
from claimcheck.json_values import value_of
from claimcheck.reference.editing import EditError, Splice, write
from claimcheck.regular_files import open_regular

NAME = "row_edits.jsonl"


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What somebody wrote into a package: `what` says it in words, `claim` from which claim's page; `undoes`
    is the id of the edit that this one takes back."""

    id: str
    time: str
    by: str
    folder: str
    what: str
    splices: tuple[Splice, ...]
    claim: str = ""
    undoes: str = ""


class RowEdits:
    """The edits of a file beside the database."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def all(self) -> Sequence[RowEdit]:
        """The edits, the newest last; a line that was cut off is none. Raises OSError."""
        try:
            with open_regular(self.file) as stream:
                lines = stream.read().splitlines()
        except FileNotFoundError:
            return ()
        return [edit for line in lines if (edit := _read(line)) is not None]

    def make(
        self, by: str, folder: Path, what: str, splices: Sequence[Splice], claim: str = "", undoes: str = ""
    ) -> RowEdit:
        """Note splices, then write them into a package: a row that nobody stands for decides nothing. Whoever
        is killed between leaves a note without its row. Raises PackageError, EditError, OSError."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        edit = RowEdit(uuid4().hex[:12], now, by, str(folder), what, tuple(splices), claim, undoes)
        line = json.dumps(asdict(edit), ensure_ascii=False).encode("utf-8", "replace")

        def noted() -> None:
            try:
                append_line(self.file, line)
            except OSError as error:  # of this file, not of the table
                raise EditError(faults.sentence(error)) from error

        write(folder, splices, noted)
        return edit

    def undo(self, by: str, edit_id: str) -> RowEdit:
        """Take an edit back. Raises EditError where others stand there by now, PackageError, OSError."""
        found = next((edit for edit in self.standing() if edit.id == edit_id), None)
        if found is None:
            raise EditError("That row was taken back already, or was never written here.")
        turned = [splice.turned() for splice in reversed(found.splices)]
        return self.make(by, Path(found.folder), found.what, turned, claim=found.claim, undoes=found.id)

    def standing(self) -> Sequence[RowEdit]:
        """The edits that nobody took back, the newest first."""
        found = self.all()
        gone = {edit.undoes for edit in found}
        return [edit for edit in reversed(found) if not edit.undoes and edit.id not in gone]


def _read(line: bytes) -> RowEdit | None:
    try:
        edit: RowEdit = value_of(RowEdit, json.loads(line))
    except (ValueError, RecursionError):
        return None
    return edit
