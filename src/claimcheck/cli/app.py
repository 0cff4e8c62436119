"""The commands gathered, and the program's version.

Exit codes: 0 done, 1 a verdict named by --fail-on was met, 2 input or usage error.
"""

from __future__ import annotations

from typing import Annotated

import typer

from claimcheck import __version__
from claimcheck.cli import asking, checking, demo, fitting, judging, review, running, tables, testing
from claimcheck.cli.common import app

__all__ = [
    "app", "asking", "checking", "demo", "fitting", "judging", "review", "running",
    "tables", "testing",
]  # fmt: skip


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"claimcheck {__version__}")
        raise typer.Exit()


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read the dated events and numeric claims of documents and check them against curated tables."""
