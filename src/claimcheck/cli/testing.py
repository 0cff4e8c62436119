"""A package's own sentences: reference test, reference try."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimcheck import console
from claimcheck.cli.common import Folder, clear_errors, reference_app
from claimcheck.cli.rows import CHOICES, Rows, print_rows

if TYPE_CHECKING:
    from claimcheck.evaluation import Diagnosis, Figures, Known, Result, Run
    from claimcheck.model import CheckedDocument, Claim
    from claimcheck.reference.cases import Case

SUGGESTED = 3  # rows that come near, for an open claim
SUMMANDS = 6  # of a probability that are printed one by one
TODAY_IS_NEVER_USED = "The day on which the sentence is written, like 2018-02-10; without it no date is."


@reference_app.command("test")
def reference_test(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Folders of packages with a cases.jsonl.")
    ],
    format: Annotated[Rows, typer.Option("--format", help=CHOICES)] = Rows.table,
    at_least: Annotated[
        float | None,
        typer.Option(
            "--at-least", metavar="PERCENT", min=0, max=100, help="Exit with 1 where fewer are right."
        ),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="ID", help="This case alone; repeatable.")
    ] = None,
) -> None:
    """Check a package's own sentences (cases.jsonl): what comes out wrong, at which step, by which word."""
    from claimcheck.evaluation import Figures, run

    runs: list[Run] = []
    with clear_errors():
        chosen = _chosen(folders, only or [])
        with console.progress("checking cases", sum(len(cases) for _, cases in chosen)) as tick:
            for folder, cases in chosen:
                runs.append(run(folder, cases, tick))
                if format is Rows.table:
                    _print_wrong(runs[-1])
    total = sum((done.figures for done in runs), Figures())
    if format is not Rows.table:
        _print_all(runs, format)
    elif len(runs) > 1:
        _print_text(_figures_stated("all", total))
    if at_least is not None and total.share_right < at_least:
        console.complain(f"{total.share_right:.1f} % are right, fewer than the {at_least:g} % asked for")
        raise typer.Exit(1)


def _chosen(folders: Sequence[Path], only: Sequence[str]) -> list[tuple[Path, list[Case]]]:
    """The cases of each folder, those named alone. Raises PackageError with the faults of all files."""
    from claimcheck.reference.cases import CASES, read_cases
    from claimcheck.reference.problems import PackageError

    found, problems = [], []
    for folder in folders:
        try:
            found.append((folder, read_cases(folder / CASES)))
        except PackageError as error:
            problems += [replace(problem, file=str(folder / problem.file)) for problem in error.problems]
    if problems:
        raise PackageError(", ".join(map(str, folders)), problems)
    known = {case.id for _, cases in found for case in cases}
    if unknown := [id for id in only if id not in known]:
        raise typer.BadParameter(f"no case has the id {', '.join(map(repr, unknown))}", param_hint="--only")
    chosen = [(folder, [c for c in cases if not only or c.id in only]) for folder, cases in found]
    return [(folder, cases) for folder, cases in chosen if cases]


def _print_wrong(done: Run) -> None:
    """What came out wrong, for people, and the figures."""
    from claimcheck.evaluation import diagnose

    for result in done.results:
        if not result.right:
            _print_text(_stated(result, diagnose(result, done.known)))
    _print_text(_figures_stated(str(done.folder), done.figures))


def _print_all(runs: Sequence[Run], format: Rows) -> None:
    """Every statement as a row; then the figures, as lines of JSON, or on standard error."""
    rows = [_row(done, result) for done in runs for result in done.results]
    columns = list(rows[0]) if rows else []
    if format is Rows.csv:
        rows = [{k: " | ".join(v) if isinstance(v, list) else v for k, v in row.items()} for row in rows]
    print_rows(columns, [list(row.values()) for row in rows], format)
    for done in runs:
        if format is Rows.jsonl:
            stated = {"package": str(done.folder), "figures": done.figures.as_json()}
            sys.stdout.write(json.dumps(stated, ensure_ascii=False) + "\n")
        else:
            for line in _figures_stated(str(done.folder), done.figures):
                console.say(line, console.err)


def _stated(result: Result, why: Diagnosis) -> Iterator[str]:
    """A wrong result for people: the statement in its text, what came instead, the reading, the step."""
    wanted, text = result.expectation, result.case.text
    got = " and ".join(sorted(result.decided)) or "open"
    yield ""
    yield f"✗ {result.id} (line {result.case.line}): {result.outcome.replace('_', ' ')}"
    yield f"    text    {text[: wanted.start]}»{wanted.at}«{text[wanted.end :]}"
    yield f"    wanted  {' or '.join(sorted(wanted.verdicts))}{f' ({wanted.why})' if wanted.why else ''}"
    yield f"    came    {got}"
    yield from (f"    read    {reading}" for reading in dict.fromkeys(_readings(result)))
    yield from _stopped(why)


def _stopped(why: Diagnosis) -> Iterator[str]:
    yield f"    step    {why}"
    if why.words:
        yield f"    words   not in the package: {', '.join(f'“{word}”' for word in why.words)}"
    yield f"    says    {why.explanation}"


def _readings(result: Result) -> Iterator[str]:
    from claimcheck.report.words.claims import claim_words

    for claim, verdict in zip(result.claims, result.verdicts, strict=True):
        yield claim_words(claim, verdict)


def _row(done: Run, result: Result) -> dict[str, Any]:
    """A statement with what is wanted and what came, and where it was stopped if that is wrong."""
    from claimcheck.evaluation import Diagnosis, diagnose
    from claimcheck.evaluation.scoring import deciding_rows

    wanted = result.expectation
    why = None if result.right else diagnose(result, done.known)
    stated = why or Diagnosis("decided")
    return {
        "package": str(done.folder),
        "id": result.case.id,
        "line": result.case.line,
        "at": wanted.at,
        "start": wanted.start,
        "end": wanted.end,
        "wanted": sorted(wanted.verdicts),
        "got": [v.verdict for v in result.verdicts],
        "right": result.right,
        "outcome": result.outcome,
        "read": list(_readings(result)),
        "rows": sorted(deciding_rows(result.verdicts)),
        "likely": result.likely,
        "why": wanted.why or None,
        "step": why and stated.step,
        "slot": stated.slot or None,
        "words": list(stated.words),
        "says": stated.explanation or None,
    }


def _figures_stated(name: str, figures: Figures) -> Iterator[str]:
    share, low, high = figures.precision
    decided = f"{share:.1f} %, 95 % interval {low:.1f} to {high:.1f}" if figures.decided else "none"
    yield ""
    yield f"{name}: {figures.statements} statement{'s' * (figures.statements != 1)}"
    yield f"    right              {figures.right} ({figures.share_right:.1f} %)"
    yield f"    silent             {figures.silent} of {figures.decidable} that the tables decide"
    yield f"    decided right      {figures.decided_right} of {figures.decided} ({decided})"
    if figures.likely:
        with_likely = 100 * figures.right_with_likely / max(1, figures.statements)
        yield f"    likely right       {figures.likely_right} of {figures.likely}"
        yield f"    right with likely  {figures.right_with_likely} ({with_likely:.1f} %)"
    yield f"    supported falsely  {figures.supported_falsely}"
    yield f"    refuted falsely    {figures.refuted_falsely}"
    if figures.errors:
        yield f"    program failed     {figures.errors}"


def _print_text(lines: Iterable[str]) -> None:
    for line in lines:
        console.say(line)


@reference_app.command("try")
def reference_try(
    folder: Folder,
    sentence: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence, or several.")],
    day: Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help=TODAY_IS_NEVER_USED)] = None,
    about: Annotated[
        str | None, typer.Option("--about", metavar="TABLE:KEY", help="The row that the text is about.")
    ] = None,
    whole: Annotated[
        bool, typer.Option("--all", help="Print every summand of a probability, not only the greatest.")
    ] = False,
) -> None:
    """Read one sentence against a package: what it claims, which rows it met, which word is missing."""
    from claimcheck.evaluation import Known, attempt
    from claimcheck.pipeline import Checker
    from claimcheck.reference.cases import package_of
    from claimcheck.reference.loading import load

    package = package_of(folder)
    with clear_errors(), Checker([package]) as checker:
        if about is not None and not checker.linker.linking.about(about).portraits:
            raise typer.BadParameter(f"{about!r} is no row: write TABLE:KEY", param_hint="--about")
        (found,) = attempt(checker, [("sentence", sentence, _day(day), about)])
        known = Known([load(package)])
    _print_text([found] if isinstance(found, str) else _all_read(found, known, whole))
    if isinstance(found, str):
        raise typer.Exit(2)


def _day(day: str | None) -> date | None:
    try:
        return None if day is None else date.fromisoformat(day)
    except ValueError:
        raise typer.BadParameter(f"{day!r} is no day like 2018-02-10", param_hint="--date") from None


def _all_read(checked: CheckedDocument, known: Known, whole: bool) -> Iterator[str]:
    """Every claim of a text with its link and its rows, the decided ones first, then what is no claim."""
    from claimcheck.report.words.values import mention_words

    verdicts, claims = checked.verdicts, checked.reading.claims
    for claim in sorted(claims, key=lambda c: verdicts[c.claim_id].verdict == "not_enough_evidence"):
        yield from _read(checked, claim, known, whole)
    for mention in checked.reading.mentions:
        if mention.status != "claim":
            reason = f": {mention.reason}" if mention.reason else ""
            stated = f"{mention_words(mention)}, {mention.status.replace('_', ' ')}{reason}"
            yield f"· “{mention.text}” ({stated})"
    if not checked.reading.mentions:
        yield "no number and no date was read"


def _read(checked: CheckedDocument, claim: Claim, known: Known, whole: bool) -> Iterator[str]:
    from claimcheck.evaluation.diagnosis import stopped
    from claimcheck.report.explain import parts_of
    from claimcheck.report.likely import likely_words, waterfall_lines
    from claimcheck.report.words.claims import claim_words
    from claimcheck.report.words.values import RELATION_WORDS, day_range, evidence_numbers

    verdict = checked.verdicts[claim.claim_id]
    yield f"{console.STYLES[verdict.verdict][0]} {verdict.verdict.replace('_', ' ')}: {claim.text}"
    yield f"    read    {claim_words(claim, verdict)}"
    yield from (f"            {part.label}: {part.words}" for part in parts_of(checked, claim))
    for row in verdict.evidence:
        says = row.name, evidence_numbers(row), day_range(row.date_start, row.date_end)
        said = row.note or ", ".join(filter(None, says)) or f"{row.table}:{row.row_id}"
        yield f"    row     {RELATION_WORDS[row.relation]}: {said}"
    if verdict.likely:
        yield f"    likely  {likely_words(claim, verdict)}"
        most = None if whole else SUMMANDS
        yield from (f"            {line}" for line in waterfall_lines(verdict.likely, most))
    for near in verdict.suggestions[:SUGGESTED]:
        missing = ", ".join(f"“{word}”" for word in near.missing)
        key = f"{near.row.table}:{near.row.row_id}"
        share = "" if near.probability is None else f" ({near.probability:.2f})"
        yield f"    near    {near.row.note or key}{f', but for {missing}' if missing else ''}{share}"
    yield from _stopped(stopped(checked, claim, verdict, known))
    yield ""
