"""Reference packages: check, show, init."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from claimcheck.cli.common import clear_errors, reference_app


@reference_app.command("check")
def reference_check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a package.")],
) -> None:
    """Validate a reference package: every error at once, with file, line, column and value, then warnings."""
    from claimcheck import console
    from claimcheck.reference.advice import advice
    from claimcheck.reference.loading import load

    with clear_errors():
        package = load(folder)
        warnings = advice(package)
        for warning in warnings:
            console.warn(f"{folder}/{warning}")
        told = {0: "", 1: ", 1 warning"}.get(len(warnings), f", {len(warnings)} warnings")
        console.out.print(
            f"{package.name}: {len(package.rows)} rows, {len(package.sources)} sources, "
            f"{len(package.vocabulary)} measures, no problems{told}",
            highlight=False,
        )


@reference_app.command("show")
def reference_show(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a package.")],
) -> None:
    """Show what a package holds: resources, measures with their words and types, periods, sources."""
    from claimcheck import console
    from claimcheck.reference.loading import describe, load

    with clear_errors():
        for part, rows in describe(load(folder)).items():
            console.out.rule(part, align="left")
            if rows:
                console.out.print(console.rows_table(list(rows[0]), [list(r.values()) for r in rows]))


@reference_app.command("init")
def reference_init(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE.csv…", help="Tables of one folder."),
    ],
) -> None:
    """Write a first datapackage.json beside CSV files: guessed roles, marked for a person to confirm."""
    from claimcheck import console
    from claimcheck.reference.loading import init_descriptor

    with clear_errors():
        target = files[0].parent / "datapackage.json"
        elsewhere = [file for file in files if file.parent.resolve() != target.parent.resolve()]
        if elsewhere:
            console.complain(f"{elsewhere[0]}: a package is one folder; put its tables beside {files[0]}")
            raise typer.Exit(2)
        descriptor = json.dumps(init_descriptor(*files), ensure_ascii=False, indent=2) + "\n"
        try:
            with target.open("x", encoding="utf-8") as out:
                out.write(descriptor)
        except FileExistsError:
            console.complain(f"{target} is there already; move it away first")
            raise typer.Exit(2) from None
        console.out.print(f'{target}: guessed, read its "confirm" list', highlight=False)
