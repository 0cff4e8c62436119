"""Weights that learn from reviewers' decisions: fit."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck import console
from claimcheck.cli.common import DATABASE, Database, app, clear_errors
from claimcheck.cli.rows import CHOICES, Rows, print_rows

if TYPE_CHECKING:
    from claimcheck.learning.teaching import Lesson

COLUMNS = ("document", "claim", "text", "before", "after", "decided")
SHOWN = 12  # weights that are printed


@app.command()
def fit(
    database: Database = DATABASE,
    preview: Annotated[bool, typer.Option("--preview", help="Only show what would change.")] = False,
    take_back: Annotated[bool, typer.Option("--take-back", help="Forget what was learned.")] = False,
    package: Annotated[
        Path | None,
        typer.Option("--package", metavar="DIR", help="Let this package learn the words proposed for it."),
    ] = None,
    format: Annotated[Rows, typer.Option("--format", help=CHOICES)] = Rows.table,
) -> None:
    """Learn from reviewers' decisions: which rows claims mean, and from when a verdict is likely.

    Writes weights.toml beside the database; then `claimcheck recheck` judges by it. A change that would
    decide a claim against an earlier decision blocks.
    """
    from claimcheck.decisions import Journal, journal_file
    from claimcheck.learning.file import beside, write
    from claimcheck.learning.teaching import teach
    from claimcheck.store.snapshots import open_latest

    file = beside(database)
    with clear_errors():
        if take_back:
            file.unlink(missing_ok=True)
            console.out.print(f"{file}: taken back; `claimcheck recheck` judges by the shipped weights")
            return
        with open_latest(database) as store, console.progress("reading documents again") as tick:
            lesson = teach(store, Journal(journal_file(database)), tick)
        if lesson.changes or format is not Rows.table:
            print_rows(list(COLUMNS), _rows(lesson), format)
        if format is Rows.table:
            _tell(lesson)
        if lesson.blocks:
            stated = console.counted(len(lesson.blocks), "claim")
            console.complain(
                f"{stated} would be decided against an earlier decision: nothing was written; "
                "look at these claims, and at the decisions on them"
            )
            raise typer.Exit(1)
        if not preview and (lesson.decisions or file.exists()):  # what taught may have been taken back
            write(file, lesson.learned)
            _said(f"{file}: written; `claimcheck recheck` judges by it, deleting it takes it back", format)
        if package is not None and not preview:
            _learn(database, package, lesson, format)


def _learn(database: Path, folder: Path, lesson: Lesson, format: Rows) -> None:
    """Write the words that are proposed for a package's measures to its vocabulary, as `learned`."""
    from claimcheck.decisions import journal_file
    from claimcheck.learning.adopting import with_words
    from claimcheck.review.row_edits import NAME, RowEdits

    words, splice = with_words(folder, lesson.names)
    if splice is not None:
        edits = RowEdits(journal_file(database).with_name(NAME))
        edits.make(getpass.getuser(), folder, f"learned {', '.join(words)}", [splice])
    _said(f"{folder}: {console.counted(len(words), 'word')} learned", format)


def _said(stated: str, format: Rows) -> None:
    if format is Rows.table:
        console.say(stated)


def _rows(lesson: Lesson) -> list[list[object]]:
    return [
        [c.document, c.claim_id, " ".join(c.text.split()), _words(c.before), _words(c.after), c.decided]
        for c in lesson.changes
    ]


def _words(said: tuple[str, str]) -> str:
    return " ".join(filter(None, said)).replace("_", " ")


def _tell(lesson: Lesson) -> None:
    """What moved, in lines."""
    found = lesson.learned
    if not lesson.decisions:
        console.say("no decision teaches anything yet: choose rows at the desk, or say that none answers")
        return
    _said(
        f"{lesson.decisions} decisions: {lesson.rows} name a row, {lesson.none} say that none answers, "
        f"{lesson.verdicts} give a verdict alone; {len(lesson.changes)} of {lesson.claims} claims change",
        Rows.table,
    )
    for total, before, after in found.likely:
        _said(f"likely, {total}: from {after:.2f} instead of {before:.2f}", Rows.table)
    for (total, slot, level), before, after in found.moved[:SHOWN]:
        name = f"{total}: {slot}{', ' + json.dumps(level, ensure_ascii=False) if level else ''}"
        _said(f"{name}: {before:+.2f} → {after:+.2f}", Rows.table)
    for one in lesson.names:
        tells = "tells" if one.kind == "word" else "is another name of"
        ids = ", ".join(decision.id for decision in one.decisions)
        _said(f"proposed for {one.package}: “{one.text}” {tells} {one.of} (decisions {ids})", Rows.table)
    if len(found.moved) > SHOWN:
        _said(f"and {len(found.moved) - SHOWN} more weights", Rows.table)
