"""A package that learns: reference suggest."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli.common import Folder, clear_errors, finish, reference_app
from claimcheck.cli.rows import CHOICES, Rows, print_rows

if TYPE_CHECKING:
    from claimcheck.documents import Unreadable
    from claimcheck.evaluation.suggesting import Proposal

COLUMNS = ("n", "measure", "says", "claims", "supported", "refuted", "for example")


@reference_app.command("suggest")
def reference_suggest(
    folder: Folder,
    documents: Annotated[
        list[Path] | None,
        typer.Option(
            "--documents", metavar="PATH", help="Documents whose open claims are looked at; repeatable."
        ),
    ] = None,
    accepted: Annotated[
        list[str] | None,
        typer.Option("--accept", metavar="N…", help="Numbers of suggestions to accept: 1,3; repeatable."),
    ] = None,
    back: Annotated[
        list[str] | None,
        typer.Option(
            "--take-back", metavar="TEXT", help="An accepted sentence to take out again; repeatable."
        ),
    ] = None,
    cases: Annotated[
        bool, typer.Option("--cases", help="Write the claims that accepted ones decide to cases.jsonl.")
    ] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who accepts; default: you.")] = None,
    format: Annotated[Rows, typer.Option("--format", help=CHOICES)] = Rows.table,
) -> None:
    """Which sentences, if they told a measure, would decide open claims; accept them, or take them back.

    What is accepted is kept apart, as `learned` of its measure; then `claimcheck recheck` shows what changes.
    """
    from claimcheck import console
    from claimcheck.reference.learning import LearningError, take_back

    failures: list[Unreadable] = []
    with clear_errors():
        if back:
            try:
                for measure, text in take_back(folder, back):
                    console.out.print(f"taken back from {measure}: {text}", highlight=False, markup=False)
            except LearningError as error:
                console.complain(str(error))
                raise typer.Exit(2) from None
            return
        if not documents:
            raise typer.BadParameter("name the documents to look at", param_hint="--documents")
        found, looked_at = _proposals(folder, documents, failures)
        if accepted:
            _accept(folder, [found[n - 1] for n in _numbers(accepted, len(found))], by, cases)
        elif found or format is not Rows.table:
            print_rows(list(COLUMNS), list(_rows(found)), format)
        else:
            console.out.print(f"no sentence to suggest: {looked_at}", highlight=False, soft_wrap=True)
    finish(failures)


def _proposals(folder: Path, paths: Sequence[Path], failures: list[Unreadable]) -> tuple[list[Proposal], str]:
    """What to suggest, and what was looked at for it: "2 documents with 17 claims, 4 of them open"."""
    from claimcheck import console
    from claimcheck.evaluation.suggesting import MOST_TRIED, proposals
    from claimcheck.pipeline import Checker, documents

    with Checker([folder]) as checker:
        with console.progress("checking documents") as tick:
            checked = list(checker.check(documents(paths, failures), tick, failures))
        with console.progress("trying sentences", MOST_TRIED) as tick:
            found = proposals(checker.linker, checked, tick)
    verdicts = [verdict.verdict for one in checked for verdict in one.verdicts.values()]
    number, still = len(checked), verdicts.count("not_enough_evidence")
    told = f"{console.counted(number, 'document')}, {console.counted(len(verdicts), 'claim')}, {still} open"
    return found, told if still else f"{told}; suggestions are made of open claims"


def _rows(found: Sequence[Proposal]) -> Iterator[list[object]]:
    for number, one in enumerate(found, 1):
        counts = [one.count(verdict) for verdict in ("supported", "refuted")]
        yield [number, one.measure, one.says, len(one.decides), *counts, one.decides[0].sentence]


def _numbers(given: Sequence[str], most: int) -> list[int]:
    """The numbers of suggestions that were named. Raises BadParameter for what is none."""
    words = [word for one in given for word in one.replace(",", " ").split()]
    out = [int(word) if word.isascii() and word.isdigit() else 0 for word in words]
    if wrong := [word for word, n in zip(words, out, strict=True) if not 1 <= n <= most]:
        raise typer.BadParameter(f"{wrong[0]} is no suggestion; there are {most}", param_hint="--accept")
    return list(dict.fromkeys(out))


def _accept(folder: Path, chosen: Sequence[Proposal], by: str | None, cases: bool) -> None:
    """Write what was chosen to the descriptor, and where wanted the claims to the cases."""
    from claimcheck import console
    from claimcheck.reference.learning import accept
    from claimcheck.reference.schema import Learned

    name, today = by or getpass.getuser(), date.today()
    accept(
        folder,
        [(p.measure, Learned(p.says, True, p.decides[0].sentence, today, name)) for p in chosen],
    )
    for one in chosen:
        told = f"{one.measure}: “{one.says}” ({len(one.decides)} claims)"
        console.out.print(console.visible(told), highlight=False, markup=False, soft_wrap=True)
    if cases:
        written = _append_cases(folder, chosen)
        console.out.print(f"{folder / 'cases.jsonl'}: {written} more", highlight=False, markup=False)


def _append_cases(folder: Path, chosen: Sequence[Proposal]) -> int:
    """Append the claims that were decided, a line each, and say how many there were."""
    from claimcheck.reference.cases import CASES, read_cases

    file = folder / CASES
    known = {(case.text, e.at) for case in read_cases(file) for e in case.expect} if file.exists() else set()
    ids = {case.id for case in read_cases(file)} if file.exists() else set()
    lines = []
    for one in chosen:
        for decided in one.decides:
            number = decided.claim.quantity
            if number is None or decided.sentence.count(number.text) != 1:
                continue
            if (decided.sentence, number.text) in known:
                continue
            known.add((decided.sentence, number.text))
            id = next(i for n in range(len(ids) + 1) if (i := f"learned-{len(ids) + n + 1}") not in ids)
            ids.add(id)
            day = decided.document.date
            lines.append({
                "id": id, "date": None if day is None else day.isoformat(), "text": decided.sentence,
                "expect": [{"at": number.text, "verdict": [decided.verdict]}],
            })  # fmt: skip
    with file.open("a", encoding="utf-8") as out:
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return len(lines)
