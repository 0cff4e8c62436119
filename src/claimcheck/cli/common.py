"""What the commands share: the application, its defaults, and errors that a user can mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck import console

if TYPE_CHECKING:
    from claimcheck.documents import Unreadable

REFERENCE = Path("reference_data")
DATABASE = Path("claims.duckdb")
REPORTS = Path("reports")

app = typer.Typer(
    name="claimcheck",
    help="Read the dated events and numeric claims of documents and check them against curated tables.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
reference_app = typer.Typer(
    help="Reference packages: check, test on sentences, show, start one, list the rows that are wanted.",
    no_args_is_help=True,
)
app.add_typer(reference_app, name="reference")


References = Annotated[
    list[Path] | None,
    typer.Option(
        "--reference", metavar="DIR", help="A reference package; repeatable. Default: reference_data."
    ),
]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a package.")]
Database = Annotated[Path, typer.Option("--database", metavar="FILE", help="The claims database.")]

WAIT = 600.0  # seconds
Wait = Annotated[
    float,
    typer.Option(
        "--wait", metavar="SECONDS", min=0, max=31_536_000, help="Wait for another process's run to end."
    ),
]


def packages_or_default(given: list[Path] | None) -> list[Path]:
    """The packages that the user named, else the folder reference_data of this place."""
    if given:
        return given
    if REFERENCE.is_dir():
        return [REFERENCE]
    raise typer.BadParameter(f"there is no folder {REFERENCE} here: name a package", param_hint="--reference")


def finish(failures: list[Unreadable], *, failed: bool = False) -> None:
    """End a command: complaints about what could not be read and exit code 2, or 1 where `failed`."""
    for failure in failures:
        console.complain(str(failure.error))
    if failures:
        raise typer.Exit(2)
    if failed:
        raise typer.Exit(1)


@contextmanager
def clear_errors() -> Iterator[None]:
    """Errors that a user can mend, as one clear message and exit code 2."""
    try:
        yield
    except Exception as error:
        from claimcheck import faults
        from claimcheck.lexicon import LexiconError

        known = {
            "PackageError", "StoreError", "QueryError", "DocumentError", "ModelError", "WorkerError",
            "TableError",
        }  # fmt: skip
        if not isinstance(error, LexiconError | OSError) and not known & {
            c.__name__ for c in type(error).__mro__
        }:
            raise
        console.complain(faults.sentence(error) if isinstance(error, OSError) else str(error))
        raise typer.Exit(2) from None
