"""The sample in one command: demo."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from claimcheck import console
from claimcheck.cli.common import DATABASE, REFERENCE, REPORTS, app, clear_errors

DOCUMENTS = Path("documents")
INSTALLED = Path(__file__).resolve().parent.parent / "sample"  # where the wheel puts the sample
CHECKOUT = Path(__file__).resolve().parents[3]  # a development install takes it from the repository


@app.command()
def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where the sample, the database and the reports are put.")
    ] = Path("claimcheck-demo"),
) -> None:
    """Check the sample letter against the sample tables, and write its report: nothing else is needed."""
    from claimcheck import publishing
    from claimcheck.inbox import InboxRun
    from claimcheck.pipeline import Checker

    with clear_errors():
        for part in (DOCUMENTS, REFERENCE):
            copy_missing(sample() / part, folder / part)
        with (
            Checker([folder / REFERENCE], folder / DATABASE) as checker,
            InboxRun(checker, [folder / DOCUMENTS]) as run,
        ):
            with console.progress("checking documents") as tick:
                for work in run.batches():
                    run.check(work)
                    tick(len(work))
            outcome = run.finish()
            publishing.publish_if_news(checker.store)
            paths = publishing.write(checker.store, outcome.run, folder / REPORTS)
            for (doc_id,) in checker.store.cells("SELECT doc_id FROM documents ORDER BY doc_id"):
                console.print_lines(console.summary(checker.store.load_document(doc_id)))
    console.say(outcome, console.err)
    console.say(f"report: {paths[0]}")
    console.say(f"to decide on its claims: claimcheck review --database {folder / DATABASE}", console.err)
    for failure in outcome.failures:
        console.complain(failure.reason)
    if outcome.failures:
        raise typer.Exit(2)


def sample() -> Path:
    """The folder that holds the sample letter (`documents`) and its tables (`reference_data`).

    Raises FileNotFoundError where this installation has neither.
    """
    for place in (INSTALLED, CHECKOUT):
        if (place / REFERENCE).is_dir() and (place / DOCUMENTS).is_dir():
            return place
    raise FileNotFoundError(f"{INSTALLED} is missing: install claimcheck again, from its wheel")


def copy_missing(source: Path, target: Path) -> None:
    """Copy the files of a folder that the target lacks; a file that a reader has changed there stays."""
    target.mkdir(parents=True, exist_ok=True)
    for file in sorted(source.iterdir()):
        if file.is_file() and not (target / file.name).exists():
            shutil.copyfile(file, target / file.name)
