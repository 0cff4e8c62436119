"""Reference packages: check, show, init."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from claimcheck import console
from claimcheck.cli.common import Folder, clear_errors, reference_app

if TYPE_CHECKING:
    from claimcheck.reference.init import Start


@reference_app.command("check")
def reference_check(folder: Folder) -> None:
    """Validate a reference package: every error at once, with file, line, column and value, then warnings.

    The sentences of its vocabulary are read, and shown as they were understood.
    """
    from claimcheck.reference.advice import advice
    from claimcheck.reference.loading import load
    from claimcheck.reference.sayings import said_back

    with clear_errors():
        package = load(folder)
        warnings = advice(package)
        for measure, sentence, understood in said_back(package):
            console.say(f"{measure}: “{sentence}” {understood}")
        for warning in warnings:
            console.warn(f"{folder}/{warning}")
        files = {resource.name: resource.path for resource in package.resources}
        rows = len({(files.get(row.table), row.row_id) for row in package.rows if row.table in files})
        stated = {0: "", 1: ", 1 warning"}.get(len(warnings), f", {len(warnings)} warnings")
        console.say(
            f"{package.name}: {console.counted(rows, 'row')}, "
            f"{console.counted(len(package.sources), 'source')}, "
            f"{console.counted(len(package.vocabulary), 'measure')}, no problems{stated}"
        )


@reference_app.command("show")
def reference_show(folder: Folder) -> None:
    """Show what a package holds: resources, measures with their words and types, periods, sources."""
    from claimcheck.reference.loading import load
    from claimcheck.reference.show import describe

    with clear_errors():
        for part, rows in describe(load(folder)).items():
            if rows:
                console.out.rule(part, align="left")
                console.out.print(console.rows_table(list(rows[0]), [list(r.values()) for r in rows]))


@reference_app.command("init")
def reference_init(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE.csv…", help="Tables of one folder; of a workbook (.xlsx), its sheets."),
    ],
    ask: Annotated[bool, typer.Option("--ask", help="Ask about every guess, one by one.")] = False,
    accept: Annotated[
        bool,
        typer.Option("--accept-guesses", help="Confirm nothing: each verdict says that it rests on guesses."),
    ] = False,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What they hold.")] = None,
) -> None:
    """Write a first datapackage.json beside CSV files: guessed roles, marked for a person to confirm."""
    from claimcheck.reference.init import NOBODY, start

    if ask and accept:
        raise typer.BadParameter("give one of --ask and --accept-guesses")
    with clear_errors():
        target = files[0].parent / "datapackage.json"
        elsewhere = [file for file in files if file.parent.resolve() != target.parent.resolve()]
        if elsewhere:
            console.complain(f"{elsewhere[0]}: a package is one folder; put its tables beside {files[0]}")
            raise typer.Exit(2)
        if target.exists():
            console.complain(f"{target} is there already; move it away first")
            raise typer.Exit(2)
        try:
            files = _tables(files)
            begun = start(files, _Terminal() if ask else NOBODY, title=title, accept=accept)
        except FileExistsError as error:
            _refuse(error)
        except typer.Abort:
            console.complain("the answers ended before the questions did; nothing was written")
            raise typer.Exit(2) from None
        _write(target, begun)
        _tell(target, begun)


def _write(target: Path, begun: Start) -> None:
    """The copies of tables, then the descriptor; a file that is there is never written over."""
    from claimcheck.atomic_files import written

    try:
        with console.progress("copying rows") as tick:
            for layout in begun.copies:
                layout.write(tick)
        written(target, json.dumps(begun.descriptor, ensure_ascii=False, indent=2) + "\n")
    except FileExistsError as error:
        _refuse(error)


def _refuse(error: FileExistsError) -> NoReturn:
    console.complain(f"{error.filename} is there already; move it away first")
    raise typer.Exit(2) from None


def _tables(files: list[Path]) -> list[Path]:
    """The tables, each sheet of a workbook written as CSV beside it, and said so."""
    from claimcheck.reference.workbook import as_csv

    tables = as_csv(files)
    for made in (table for table in tables if table not in files):
        console.say(f"{made}: a sheet of the workbook")
    return tables


def _tell(target: Path, begun: Start) -> None:
    """What was written, and how the first rows were understood."""
    for layout in begun.copies:
        console.say(f"{layout.path}: a copy of {layout.sheet.path.name} that a package can hold")
    for reading in begun.readings:
        console.say(f"  {reading}")
    open_guesses = len(begun.descriptor.get("confirm", ()))
    if "guesses" in begun.descriptor:
        stated = 'guesses accepted; they are listed under "guesses", and every verdict says so'
    elif open_guesses:
        stated = (
            f'guessed; read its list "confirm" ({console.counted(open_guesses, "line")}), mend what is '
            f"wrong, delete the list, then: claimcheck reference check {target.parent}"
        )
    else:
        stated = f"nothing is left to confirm; then: claimcheck reference check {target.parent}"
    console.say(f"{target}: {stated}")


class _Terminal:
    """Asks on standard error: Enter takes the guess, "?" leaves a question open."""

    def choose(self, question: str, choices: Mapping[str, str], guess: str | None) -> str | None:
        """The choice that a person names, by its word, its first letters or its number."""
        typer.echo(f"\n{question}", err=True)
        words = list(choices)
        for number, (word, stated) in enumerate(choices.items(), 1):
            typer.echo(f"  {number} {word}{': ' + stated if stated else ''}", err=True)
        while True:
            given = self._read(guess)
            if given == "?":
                return None
            fitting = [word for word in words if word == given] or [
                word for at, word in enumerate(words, 1) if given and given in (word[: len(given)], str(at))
            ]
            if len(fitting) == 1:
                return fitting[0]
            typer.echo("  number or word of the list; ? leaves it open; Enter takes the guess", err=True)

    def write(self, question: str, guess: str) -> str | None:
        """The text that a person writes."""
        typer.echo(f"\n{question} (separated by commas)", err=True)
        given = self._read(guess)
        return None if given == "?" else given

    def _read(self, guess: str | None) -> str:
        return str(typer.prompt(" ", default=guess or "?", err=True, prompt_suffix="> ")).strip()
