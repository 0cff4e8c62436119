"""Documents: extract, check, explain, report."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck import console
from claimcheck.cli.common import (
    DATABASE,
    REPORTS,
    WAIT,
    Database,
    References,
    Wait,
    app,
    clear_errors,
    finish,
    packages_or_default,
)
from claimcheck.cli.rows import CHOICES, Rows
from claimcheck.report import FORMATS
from claimcheck.report import Format as ReportFormat

if TYPE_CHECKING:
    from claimcheck.documents import Unreadable
    from claimcheck.model import CheckedDocument
    from claimcheck.report.masking import Mask
    from claimcheck.store import Store


MASKED_REPORTS = Path("reports-masked")
OWN_REPORTS = Path("reports-documents")
KINDS = ".txt, .md, .html, .pdf, .docx, .eml or .jsonl"
PRINTED = 50  # files that `report` names; of a big run it says how many more there are



def _path(text: str) -> Path:
    if not text.strip():
        raise typer.BadParameter("an empty path names no document; for this folder write .")
    return Path(text)


Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH...", help="Documents, folders or .jsonl files.", parser=_path),
]
Processes = Annotated[
    int,
    typer.Option(
        "--processes",
        metavar="N",
        min=1,
        max=256,
        help="Check with so many processes; it pays from some 50,000 words on.",
    ),
]
Format = Annotated[Rows, typer.Option("--format", help=CHOICES)]
Readings = StrEnum("Readings", "table tree csv json jsonl")
"""How a reading is printed: as rows are, or as trees of slots."""
FailOn = StrEnum(
    "FailOn",
    [
        ("supported", "supported"),
        ("refuted", "refuted"),
        ("conflicting_evidence", "conflicting_evidence"),
        ("not_enough_evidence", "not_enough_evidence"),
        ("likely_refuted", "likely-refuted"),
    ],
)


@app.command()
def extract(
    paths: Paths,
    reference: Annotated[
        list[Path] | None,
        typer.Option("--reference", metavar="DIR", help="A package whose events fix times; repeatable."),
    ] = None,
    format: Annotated[
        Readings, typer.Option("--format", help=f"tree: every claim with the slots of its words; {CHOICES}")
    ] = Readings.table,
    processes: Processes = 1,
) -> None:
    """Read every number and date of documents, and the claims they make. No database, no tables."""
    from claimcheck import pipeline

    failures: list[Unreadable] = []
    with clear_errors():
        stream = pipeline.extract(paths, failures, reference or [], processes)
        if format == "tree":
            _print_documents(stream, Rows.table, _print_trees)
        else:
            _print_documents(stream, Rows(format), _print_reading)
    finish(failures)


@app.command()
def check(
    paths: Paths,
    reference: References = None,
    database: Annotated[
        Path | None,
        typer.Option("--database", metavar="FILE", help="Keep the results here; without it nothing is kept."),
    ] = None,
    format: Format = Rows.table,
    everything: Annotated[
        bool, typer.Option("--all", help="Print every claim, not only what to look at first.")
    ] = False,
    fail_on: Annotated[
        list[FailOn] | None,
        typer.Option("--fail-on", help="Exit with 1 when a claim gets this verdict; repeatable."),
    ] = None,
    processes: Processes = 1,
    wait: Wait = WAIT,
) -> None:
    """Check the claims of documents against reference packages."""
    from claimcheck import pipeline

    failures: list[Unreadable] = []
    seen: set[str] = set()
    found: list[str] = []

    def watched(stream: Iterable[CheckedDocument]) -> Iterator[CheckedDocument]:
        for checked in stream:
            found[:] = [checked.document.id]
            seen.update(v.verdict for v in checked.verdicts.values())
            seen.update(f"likely-{v.likely.verdict}" for v in checked.verdicts.values() if v.likely)
            yield checked

    with (
        clear_errors(),
        _not_shown() as faults,
        pipeline.Checker(
            packages_or_default(reference), database, wait=wait, say=console.complain, processes=processes
        ) as checker,
    ):
        with console.progress("checking documents") as tick:
            stream = watched(checker.check(pipeline.documents(paths, failures), tick, failures))
            checked = stream if database is None else checker.kept(stream)
            _print_documents(checked, format, console.print_claims if everything else _print_summary)
        if checker.saved is not None:
            console.say(checker.saved, console.err)
    if not found and not failures:
        console.warn(f"no document in {', '.join(map(str, paths))}; documents are {KINDS} files")
    if faults and not failures:
        raise typer.Exit(2)
    finish(failures, failed=bool(seen & {*(fail_on or ())}))


@app.command()
def explain(
    claim_id: Annotated[
        str, typer.Argument(metavar="CLAIM_ID", help="The claim's id, or its first characters.")
    ],
    database: Database = DATABASE,
) -> None:
    """Show a claim, how it was read, its rule, each reference row met and the arithmetic."""
    from claimcheck.report.explain import explain_text
    from claimcheck.store.snapshots import open_latest

    with clear_errors(), open_latest(database) as store:
        typer.echo(explain_text(*store.find_claim(claim_id)))


ReportOutput = Annotated[
    Path | None,
    typer.Option(
        "--output",
        metavar="DIR",
        help="Where they are written. Default: reports, reports-masked with --mask, "
        "reports-documents with --document.",
    ),
]
ReportFormats = Annotated[
    list[ReportFormat] | None,
    typer.Option(
        "--format",
        help="html, markdown, csv, json (these by default), claimreview, annotations; what is settled alone: "
        "settled (CSV), print (a page for paper). Repeatable.",
    ),
]
ReportDocuments = Annotated[
    list[str] | None,
    typer.Option("--document", metavar="ID", help="Of this document alone; repeatable."),
]
ReportMask = Annotated[
    Path | None,
    typer.Option(
        "--mask", metavar="FILE", help="Mask the names in this file, one a line, and their parts alone."
    ),
]
ReportPublisher = Annotated[
    str | None,
    typer.Option("--publisher", metavar="NAME", help="Who publishes the reviews (claimreview)."),
]


@app.command()
def report(
    database: Database = DATABASE,
    output: ReportOutput = None,
    format: ReportFormats = None,
    overview: Annotated[
        bool, typer.Option("--overview", help="Write the overview alone, in seconds whatever the size.")
    ] = False,
    document: ReportDocuments = None,
    mask: ReportMask = None,
    whole_names: Annotated[
        bool, typer.Option("--whole-names", help="Mask names as listed, and no part of one alone.")
    ] = False,
    publisher: ReportPublisher = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Where the reviews stand (claimreview).")
    ] = None,
) -> None:
    """Write the reports of the latest run, with what reviewers decided: overview, documents, tables."""
    from claimcheck import publishing
    from claimcheck.decisions import Journal, journal_file
    from claimcheck.report.claimreview import House, why_none
    from claimcheck.report.masking import NOBODY, read_names
    from claimcheck.safe import safe_url
    from claimcheck.store.decisions import reviews
    from claimcheck.store.overview import latest_run
    from claimcheck.store.snapshots import open_latest

    if url is not None and not safe_url(url):
        raise typer.BadParameter(f"{url!r} is no address of a page: https://…", param_hint="--url")
    with clear_errors(), _not_shown() as faults, open_latest(database) as store:
        hide = _mask(store, read_names(mask), whole_names) if mask else NOBODY
        if mask and not hide.names:
            raise OSError(f"{mask} holds no name: write one a line, or leave --mask away")
        if document and overview:
            raise typer.BadParameter("give one of --overview, which is of a whole run, and --document")
        folder = output or (MASKED_REPORTS if mask else OWN_REPORTS if document else REPORTS)
        decisions, problems = Journal(journal_file(database)).read()
        for problem in problems:
            console.complain(str(problem))
        house = House(publisher, reviews=url)
        write = partial(publishing.write, every_page=True, overview_alone=overview)
        if document:
            write = partial(publishing.write_documents, ids=document)
        run, kinds = latest_run(store), format or FORMATS
        paths = write(store, run, folder, formats=kinds, decisions=decisions, mask=hide, house=house)
        if "claimreview" in (format or ()):
            own = [d for d in decisions if not document or d.document in document]
            for stated in filter(None, (house.lacks, why_none(reviews(store, own).values()))):
                console.complain(f"claimreview: {stated}", "yellow")
        _tell_written(paths, folder)
        named = publishing.still_named(folder, paths, hide)
        for path in named:
            console.complain(
                f"{path} was there before and holds a name to mask: remove it, or name another folder"
            )
    if named or faults:
        raise typer.Exit(2)


@contextmanager
def _not_shown() -> Iterator[list[str]]:
    """The documents that an output could not be made of inside the block, each complained of."""
    import logging

    from claimcheck.apart import LOG

    stated: list[str] = []

    class Complaints(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if (message := record.getMessage()) not in stated:  # of each format
                stated.append(message)
                console.complain(message)

    handler = Complaints()
    LOG.addHandler(handler)
    try:
        yield stated
    finally:
        LOG.removeHandler(handler)


def _tell_written(paths: Sequence[Path], folder: Path) -> None:
    """Print where the reports are, the first of many by name."""
    for path in paths[:PRINTED]:
        console.say(path)
    if len(paths) > PRINTED:
        console.say(f"and {len(paths) - PRINTED:,} more in {folder}")


def _mask(store: Store, names: list[str], whole: bool) -> Mask:
    """A mask of these names and, unless they are masked whole only, of their parts; says which they are."""
    from claimcheck.report.masking import Mask
    from claimcheck.report.name_parts import name_parts

    alone, ordinary = ([], []) if whole else name_parts(store, names)
    if alone:
        console.complain(f"masked alone too: {_listed(alone)} (--whole-names leaves them)")
    if ordinary:
        stated = _listed(ordinary)
        console.complain(f"not masked alone, being words or places: {stated} (give one a line to mask it)")
    return Mask([*names, *alone])


def _listed(names: Sequence[str]) -> str:
    """The names in a line, the first of many."""
    more = f" and {len(names) - PRINTED:,} more" if len(names) > PRINTED else ""
    return ", ".join(names[:PRINTED]) + more


def _print_documents(
    stream: Iterable[CheckedDocument], format: Rows, show: Callable[[CheckedDocument], None]
) -> None:
    """The documents, one by one; for people as `show` does."""
    from claimcheck import output
    from claimcheck.apart import apart

    if format is Rows.csv:
        from claimcheck.report.tables import csv_lines

        sys.stdout.writelines(csv_lines(stream, {}))
    elif format is Rows.table:
        for item in stream:
            apart(item.document.id, partial(show, item), lambda stated: None)
    else:
        lines = (
            apart(item.document.id, partial(output.line, item), partial(_line_of_fault, item))
            for item in stream
        )
        if format is Rows.jsonl:
            sys.stdout.writelines(line + "\n" for line in lines)
        else:
            sys.stdout.write("[" + ",\n".join(lines) + "]\n")


def _line_of_fault(item: CheckedDocument, stated: str) -> str:
    import json

    return json.dumps({"id": item.document.id, "error": stated})


def _print_summary(item: CheckedDocument) -> None:
    console.print_lines(console.summary(item))


def _print_trees(item: CheckedDocument) -> None:
    from claimcheck.trees import trees

    for tree in trees(item.reading):
        console.out.print(tree, highlight=False)


def _print_reading(item: CheckedDocument) -> None:
    for table in console.mentions_tables(item) if item.reading.mentions else ():
        console.out.print(table)
    console.print_claims(item)
