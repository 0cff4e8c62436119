"""What judging lacks and what changed in it: reference gaps, diff."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import Annotated, Any

import typer

from claimcheck import console
from claimcheck.cli.common import DATABASE, Database, app, clear_errors, reference_app
from claimcheck.cli.rows import CHOICES, Rows, print_rows

LINES = 30
WIDTH = 100
SAME = "same version, model, lexicon and packages in both runs"
GAPS = ("link", "measure", "place", "period", "claims", "example", "near_row")
WANTED = (
    "link", "measure", "place", "first_day", "last_day", "claims", "example", "year", "documents",
    "example_id", "near_table", "near_row",
)  # fmt: skip
CHANGES = (
    "doc_id", "claim_id", "text", "before", "reason_before", "after", "reason_after", "rule", "reading",
    "rows",
)  # fmt: skip


@reference_app.command("gaps")
def reference_gaps(
    database: Database = DATABASE,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many lines.")] = LINES,
    format: Annotated[Rows, typer.Option("--format", help=CHOICES)] = Rows.table,
) -> None:
    """The most wanted rows: claims without a verdict, by the link that failed (row, place, time, measure)."""
    from claimcheck.report.words.values import day_range
    from claimcheck.store.snapshots import open_latest

    with clear_errors(), open_latest(database) as store:
        found = store.rows(_sql("reference_gaps.sql"), [limit])
        shown = GAPS if format is Rows.table else WANTED
        found = [{**r, "period": day_range(r["first_day"], r["last_day"])} for r in found]
        print_rows(shown, [[_brief(r[c], format) for c in shown] for r in found], format)


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="RUN", help="The earlier run; its first characters do.")],
    after: Annotated[str, typer.Argument(metavar="RUN", help="The later run; or: latest, previous.")],
    database: Database = DATABASE,
    format: Annotated[Rows, typer.Option("--format", help=CHOICES)] = Rows.table,
) -> None:
    """Which verdicts changed between two runs, and through which row, rule, version or package."""
    from claimcheck.store.overview import news
    from claimcheck.store.snapshots import open_latest

    with clear_errors(), open_latest(database) as store:
        runs = store.rows("SELECT * FROM run ORDER BY run_number")
        earlier, later = _run(runs, before), _run(runs, after)
        numbers = {"before": earlier["run_number"], "after": later["run_number"]}
        changed = store.rows(_sql("verdict_diff.sql"), numbers)
        causes = [str(one) for one in news(store, earlier, later)]
        if format is Rows.table:
            for line in (*(causes or [SAME]), *_lines(changed)):
                console.say(line)
        else:
            print_rows(CHANGES, [[_brief(r[c], format) for c in CHANGES] for r in changed], format)


def _lines(changed: list[dict[str, Any]]) -> Iterator[str]:
    """The changed verdicts for a terminal, each with the rows that came (+) and went (-)."""
    yield f"{len(changed)} verdicts differ" if changed else "no verdict differs"
    for r in changed:
        sides = (f"{r[side] or 'absent'} ({r[f'reason_{side}'] or '–'})" for side in ("before", "after"))
        yield ""
        yield f"{' -> '.join(sides)}  {console.short(r['doc_id'], 40)} {r['claim_id']}"
        yield f"    {console.short(r['text'], WIDTH)}"
        if r["reading"]:
            yield f"    read anew: {r['reading']}"
        yield from (f"    {console.short(row, WIDTH)}" for row in r["rows"])
        if r["rule"]:
            yield f"    rule: {r['rule']}"


def _brief(value: Any, format: Rows) -> Any:
    """A cell as the format shows it: long text cut in a table, lists joined where there is no list."""
    if isinstance(value, list) and format not in (Rows.json, Rows.jsonl):
        return "\n".join(value)
    return console.short(value, WIDTH) if isinstance(value, str) and format is Rows.table else value


def _run(runs: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """The one run that a name, its first characters, or "latest" and "previous" mean."""
    position = {"latest": -1, "previous": -2}.get(name)
    if position is not None and len(runs) >= -position:
        return runs[position]
    found = [r for r in runs if r["run_id"] == name] or [r for r in runs if r["run_id"].startswith(name)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(r["run_id"] for r in runs[-10:]) or "none"
    problem = "no run is called" if not found else "several runs begin with"
    raise typer.BadParameter(f"{problem} {name!r}; the latest runs are: {known}", param_hint="RUN")


def _sql(name: str) -> str:
    return resources.files("claimcheck").joinpath("sql", name).read_text(encoding="utf-8")
