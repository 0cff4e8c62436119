"""The command line. spaCy, DuckDB and Prefect are imported only by the commands that need them.

Exit codes: 0 done, 1 a verdict named by --fail-on was met, 2 input or usage error.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimcheck import __version__

if TYPE_CHECKING:
    from claimcheck.documents.files import Unreadable
    from claimcheck.model import CheckedDocument

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
reference_app = typer.Typer(help="Reference packages: check, show, start one.", no_args_is_help=True)
app.add_typer(reference_app, name="reference")


class TableOrLines(StrEnum):
    """How documents are printed."""

    table = "table"
    jsonl = "jsonl"


class Rows(StrEnum):
    """How rows of a query are printed."""

    table = "table"
    csv = "csv"
    json = "json"


class Kept(StrEnum):
    """The verdicts that --fail-on takes."""

    supported = "supported"
    refuted = "refuted"
    conflicting_evidence = "conflicting_evidence"
    not_enough_evidence = "not_enough_evidence"


class ReportFormat(StrEnum):
    """The formats of a report."""

    html = "html"
    markdown = "markdown"
    csv = "csv"
    json = "json"


Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Documents, folders or .jsonl files.")]
References = Annotated[
    list[Path] | None,
    typer.Option(
        "--reference", metavar="DIR", help="A reference package; repeatable. Default: reference_data."
    ),
]
Format = Annotated[TableOrLines, typer.Option("--format", help="table for people, jsonl for machines.")]
Database = Annotated[Path, typer.Option("--database", metavar="FILE", help="The claims database.")]


@app.command()
def extract(
    paths: Paths,
    reference: Annotated[
        list[Path] | None,
        typer.Option("--reference", metavar="DIR", help="A package whose events fix times; repeatable."),
    ] = None,
    format: Format = TableOrLines.table,
) -> None:
    """Read every number and date of documents, and the claims they make. No database, no tables."""
    from claimcheck import pipeline

    failures: list[Unreadable] = []
    with _errors():
        _print_documents(pipeline.extract(paths, failures, reference or []), format, checked=False)
    _finish(failures)


@app.command()
def check(
    paths: Paths,
    reference: References = None,
    database: Annotated[
        Path | None,
        typer.Option("--database", metavar="FILE", help="Keep the results here; without it nothing is kept."),
    ] = None,
    format: Format = TableOrLines.table,
    fail_on: Annotated[
        list[Kept] | None,
        typer.Option("--fail-on", help="Exit with 1 when a claim gets this verdict; repeatable."),
    ] = None,
) -> None:
    """Check the claims of documents against reference packages."""
    from claimcheck import console, pipeline

    failures: list[Unreadable] = []
    seen: set[str] = set()

    def watched(stream: Iterable[CheckedDocument]) -> Iterator[CheckedDocument]:
        for checked in stream:
            seen.update(v.verdict for v in checked.verdicts.values())
            yield checked

    with _errors(), pipeline.Checker(_packages(reference), database) as checker:
        with console.progress("checking documents") as tick:
            stream = watched(checker.check(pipeline.documents(paths, failures), tick))
            checked = stream if database is None else checker.kept(stream)
            _print_documents(checked, format, checked=True)
        if checker.saved is not None:
            console.err.print(str(checker.saved), highlight=False)
    _finish(failures, failed=bool(seen & {kind.value for kind in fail_on or []}))


@app.command()
def query(
    sql: Annotated[str | None, typer.Argument(metavar="SQL", help="One SELECT.")] = None,
    database: Database = DATABASE,
    format: Annotated[Rows, typer.Option("--format", help="table, csv or json.")] = Rows.table,
    list_views: Annotated[bool, typer.Option("--list", help="Name the views and what they hold.")] = False,
    view: Annotated[str | None, typer.Option("--view", metavar="NAME", help="Print one view.")] = None,
) -> None:
    """Ask the claims database: read-only, on the latest snapshot, no file or network access from SQL."""
    from claimcheck.store.query import query as ask
    from claimcheck.store.snapshots import open_latest

    if sum((sql is not None, list_views, view is not None)) != 1:
        raise typer.BadParameter("give one of: a SELECT, --list, --view NAME")
    with _errors():
        if sql is not None:
            result = ask(database, sql)
            _print_rows(result.columns, result.rows, format)
            return
        with open_latest(database) as store:
            views = {v.name: v.comment for v in store.views()}
        if list_views:
            _print_rows(("view", "holds"), list(views.items()), format)
            return
        if view not in views:
            raise typer.BadParameter(f"no view {view!r}; there are: {', '.join(views)}", param_hint="--view")
        result = ask(database, f'SELECT * FROM "{view}"')
        _print_rows(result.columns, result.rows, format)


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

    with _errors(), open_latest(database) as store:
        found = store.find_claim(claim_id)
        typer.echo(explain_text(found.checked, found.claim.claim_id))


@app.command()
def report(
    database: Database = DATABASE,
    output: Annotated[
        Path, typer.Option("--output", metavar="DIR", help="Where the reports are written.")
    ] = REPORTS,
    format: Annotated[
        list[ReportFormat] | None,
        typer.Option("--format", help="html, markdown, csv, json; repeatable. Default: all."),
    ] = None,
) -> None:
    """Write the reports of the latest run."""
    from claimcheck import console
    from claimcheck.report.render import write_reports
    from claimcheck.store.snapshots import open_latest

    with _errors(), open_latest(database) as store:
        run, documents = store.load_run()
        for path in write_reports(output, run, documents, [f.value for f in format or list(ReportFormat)]):
            console.out.print(str(path), highlight=False, markup=False, soft_wrap=True)


@reference_app.command("check")
def reference_check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a package.")],
) -> None:
    """Validate a reference package: every error at once, with file, line, column and value."""
    from claimcheck import console
    from claimcheck.reference.loading import load

    with _errors():
        package = load(folder)
        console.out.print(
            f"{package.name}: {len(package.rows)} rows, {len(package.sources)} sources, "
            f"{len(package.vocabulary)} measures, no problems",
            highlight=False,
        )


@reference_app.command("show")
def reference_show(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a package.")],
) -> None:
    """Show what a package holds: resources, measures with their words and types, periods, sources."""
    from claimcheck import console
    from claimcheck.reference.loading import describe, load

    with _errors():
        for part, rows in describe(load(folder)).items():
            console.out.rule(part, align="left")
            if rows:
                console.out.print(console.rows_table(list(rows[0]), [list(r.values()) for r in rows]))


@reference_app.command("init")
def reference_init(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="A table as an analyst would export it.")],
) -> None:
    """Write a first datapackage.json beside a CSV: guessed roles, marked for a person to confirm."""
    from claimcheck import console
    from claimcheck.reference.loading import init_descriptor

    with _errors():
        target = file.parent / "datapackage.json"
        descriptor = json.dumps(init_descriptor(file), ensure_ascii=False, indent=2) + "\n"
        try:
            with target.open("x", encoding="utf-8") as out:
                out.write(descriptor)
        except FileExistsError:
            console.complain(f"{target} is there already; move it away first")
            raise typer.Exit(2) from None
        console.out.print(f'{target}: guessed, read its "confirm" list', highlight=False)


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


def main() -> None:
    """The console script. Output cut off by a closed pipe (`| head`) is no error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None


def _packages(given: list[Path] | None) -> list[Path]:
    if given:
        return given
    if REFERENCE.is_dir():
        return [REFERENCE]
    raise typer.BadParameter(f"there is no folder {REFERENCE} here: name a package", param_hint="--reference")


def _print_documents(stream: Iterable[CheckedDocument], format: TableOrLines, *, checked: bool) -> None:
    from claimcheck import console, output

    for item in stream:
        if format is TableOrLines.jsonl:
            sys.stdout.write(output.line(item) + "\n")
            continue
        console.out.print(console.mentions_table(item) if not checked else console.claims_table(item))
        if not checked:
            console.out.print(console.claims_table(item))
        if (findings := console.findings_table(item)) is not None:
            console.out.print(findings)
        console.out.print(console.ledger(item.reading.mentions), highlight=False)


def _print_rows(columns: Iterable[str], rows: Iterable[Any], format: Rows) -> None:
    from claimcheck import console

    names = list(columns)
    if format is Rows.table:
        console.out.print(console.rows_table(names, list(rows)))
    elif format is Rows.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
    else:
        out = [dict(zip(names, row, strict=True)) for row in rows]
        json.dump(out, sys.stdout, ensure_ascii=False, default=_plain, indent=1)
        sys.stdout.write("\n")


def _plain(value: Any) -> Any:
    """What JSON has no type for: decimals as numbers, days and times as ISO text."""
    from decimal import Decimal

    from claimcheck.output import number

    return number(value) if isinstance(value, Decimal) else str(value)


def _finish(failures: list[Unreadable], *, failed: bool = False) -> None:
    from claimcheck import console

    for failure in failures:
        console.complain(str(failure.error))
    if failures:
        raise typer.Exit(2)
    if failed:
        raise typer.Exit(1)


@contextmanager
def _errors() -> Iterator[None]:
    """Errors that a user can mend, as one clear message and exit code 2."""
    try:
        yield
    except Exception as error:
        from claimcheck import console
        from claimcheck.lexicon import LexiconError

        known = {"PackageError", "StoreError", "QueryError", "DocumentError", "ModelError"}
        if not isinstance(error, LexiconError | OSError) and not known & {
            c.__name__ for c in type(error).__mro__
        }:
            raise
        console.complain(str(error))
        raise typer.Exit(2) from None


if __name__ == "__main__":
    main()
