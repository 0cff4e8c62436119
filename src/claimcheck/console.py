"""What people see in a terminal: tables on standard output, progress and messages on standard error."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from claimcheck.hidden import HIDDEN
from claimcheck.lots import lots

if TYPE_CHECKING:
    from claimcheck.model import CheckedDocument, Claim, Verdict

STYLES = {
    "refuted": ("✗", "bold red"),
    "conflicting_evidence": ("≠", "bold yellow"),
    "not_enough_evidence": ("?", "dim"),
    "supported": ("✓", "green"),
    None: ("·", "dim"),
}
NAMES = {
    "refuted": "refuted",
    "conflicting_evidence": "contested",
    "supported": "supported",
    "not_enough_evidence": "undecided",
    "not_asserted": "not asserted",
    None: "not checked",
}
FIRST = ("refuted", "conflicting_evidence")
TOGETHER = 1000  # rows of a table that are laid out together
NARROWEST = 8  # characters of the terminal that a column takes at least
EVERY = 10.0  # seconds between two lines of progress, where there is no bar
LOOK_FIRST = 5  # claims of a summary, two lines each
ORDER = ["refuted", "conflicting_evidence", "supported", "not_enough_evidence", None]


class _Terminal(Console):
    """Prints text as it is: a name out of a package or a document is no markup and commands no terminal."""

    def print(self, *objects: Any, **options: Any) -> None:
        plain = (visible(one) if isinstance(one, str) else one for one in objects)
        super().print(*plain, **({"markup": False} | options))


out = _Terminal(soft_wrap=False)
err = _Terminal(stderr=True)


def say(line: object, to: Console = out) -> None:
    """A line on standard output, or on `err`, as it is: unbroken, and nothing in it coloured."""
    to.print(str(line), highlight=False, soft_wrap=True)


def complain(message: str, style: str = "red") -> None:
    """An error on standard error, as text: no markup of the message is read."""
    err.print(Text(f"claimcheck: {visible(message)}", style=style), soft_wrap=True)


def warn(message: str) -> None:
    """The same for what is no error."""
    complain(f"warning: {message}", "yellow")


def visible(text: str) -> str:
    """Hidden characters and direction overrides made visible, so that a terminal shows what is there."""
    return HIDDEN.sub(lambda c: f"\\x{ord(c[0]):02x}" if c[0] < "\u0100" else f"\\u{ord(c[0]):04x}", text)


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Any]:
    """A progress bar on standard error, or a line every ten seconds where that is no terminal; yields a
    function that advances it by one (or by `n`)."""
    if not sys.stderr.isatty():
        yield _Lines(what)
        return
    from rich import progress as bars  # here: most commands have no bar

    columns = (
        bars.SpinnerColumn(),
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeElapsedColumn(),
    )
    with bars.Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda n=1: bar.advance(task, n)


class _Lines:
    """How far a long work is, in a line now and then: for a file or a pipe."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._done = 0
        self._begun = self._stated = time.monotonic()

    def __call__(self, n: int = 1) -> None:
        self._done += n
        now = time.monotonic()
        if now - self._stated >= EVERY:
            self._stated = now
            stated = f"{self._what}: {self._done:,} done in {now - self._begun:.0f} seconds"
            err.print(stated, highlight=False, markup=False)


def claims_table(checked: CheckedDocument) -> Table:
    """The claims of a checked document with their verdicts, those to look at first on top."""
    from claimcheck.report.likely import likely_rank, likely_words
    from claimcheck.report.words.claims import claim_words

    table = Table(
        title=Text(visible(checked.document.id)), title_justify="left", show_lines=False, expand=True
    )
    table.add_column("", width=1, no_wrap=True)
    table.add_column("claim", ratio=5)
    table.add_column("read as", ratio=3)
    table.add_column("verdict", ratio=6)
    table.add_column("id", width=8, no_wrap=True)
    for claim in sorted(
        checked.reading.claims,
        key=lambda c: (
            _rank(checked.verdicts.get(c.claim_id)),
            likely_rank(checked.verdicts.get(c.claim_id)),
        ),
    ):
        verdict = checked.verdicts.get(claim.claim_id)
        sign, style = STYLES[verdict.verdict if verdict else None]
        said = Text()
        if verdict:
            said.append(f"{verdict.verdict.replace('_', ' ')} · {verdict.reason}", style=style)
            said.append("\n" + short(verdict.explanation, 240))
            if probably := likely_words(claim, verdict):
                said.append("\n" + short(probably, 240), style="cyan")
        table.add_row(
            Text(sign, style=style),
            Text(short(claim.text, 160)),
            Text(visible(claim_words(claim, verdict))),
            said,
            Text(claim.claim_id[:8], style="dim"),
        )
    return table


def summary(checked: CheckedDocument) -> list[Text]:
    """A document in at most 25 lines: its counts, what to look at first, what is likely, what stayed open."""
    from claimcheck.report.ledger import ledger_words

    reading, verdicts = checked.reading, checked.verdicts
    ordered = sorted(reading.claims, key=lambda c: _rank(verdicts.get(c.claim_id)))
    counts = Counter(_standing(c, verdicts.get(c.claim_id)) for c in ordered)
    stated = ", ".join(f"{counts[key]} {name}" for key, name in NAMES.items() if counts[key])
    head = f"{visible(checked.document.id)}: {len(ordered)} claim{'s' * (len(ordered) != 1)}"
    lines = [Text(f"{head}: {stated}" if stated else head, style="bold")]
    first = [c for c in ordered if counts and _standing(c, verdicts.get(c.claim_id)) in FIRST]
    for claim in first[:LOOK_FIRST]:
        verdict = verdicts[claim.claim_id]
        sign, style = STYLES[verdict.verdict]
        lines.append(
            Text.assemble(
                (f"{sign} {claim.claim_id[:8]} ", style), short(claim.text, 200), overflow="ellipsis"
            )
        )
        lines.append(Text(f"           {short(verdict.explanation, 200)}", style="dim"))
    if left := len(first) - LOOK_FIRST:
        lines += [Text(f"  and {left} more such claims (--all)")] if left > 0 else []
    lines += _likely_lines(reading.claims, verdicts)
    problems = [f for f in reading.findings if f.status == "problem"]
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        lines.append(Text(f"! against itself{more}: {short(problems[0].explanation, 160)}", style="magenta"))
    if open_claims := _open_words(checked):
        lines.append(Text(f"open because: {open_claims}", style="dim"))
    lines.append(Text(nothing_in(checked) or ledger_words(reading.mentions), style="dim"))
    return lines


def _likely_lines(claims: Iterable[Claim], verdicts: Mapping[str, Verdict]) -> Iterator[Text]:
    """What is likely of claims that are not decided, refuted first, two lines each."""
    from claimcheck.report.likely import likely_rank, likely_words

    probable = [c for c in claims if (v := verdicts.get(c.claim_id)) is not None and v.likely is not None]
    probable.sort(key=lambda c: likely_rank(verdicts[c.claim_id]))
    for claim in probable[:LOOK_FIRST]:
        yield Text.assemble((f"~ {claim.claim_id[:8]} ", "cyan"), short(claim.text, 200), overflow="ellipsis")
        yield Text(f"           {short(likely_words(claim, verdicts[claim.claim_id]), 200)}", style="cyan")
    if len(probable) > LOOK_FIRST:
        yield Text(f"  and {len(probable) - LOOK_FIRST} more likely verdicts (--all)")


def print_claims(checked: CheckedDocument) -> None:
    """Every claim of a document, what it says about itself, and what became of its numbers and times."""
    from claimcheck.report.ledger import ledger_words

    if (nothing := nothing_in(checked)) is not None:
        say(f"{checked.document.id}: {nothing}")
        return
    out.print(claims_table(checked))
    if (findings := findings_table(checked)) is not None:
        out.print(findings)
    say(ledger_words(checked.reading.mentions))


def nothing_in(checked: CheckedDocument) -> str | None:
    """Why there is nothing to check in a document; None where it holds a number or a date."""
    if checked.reading.mentions or checked.reading.claims:
        return None
    if not checked.document.text.strip():
        return "the document is empty"
    return "it holds no number and no date: there is nothing to check"


def print_lines(lines: Iterable[Text]) -> None:
    """The lines, each cut at the terminal's width; whole where nobody watches."""
    for line in lines:
        if out.is_terminal:
            out.print(line, no_wrap=True, overflow="ellipsis", crop=True)
        else:
            out.print(line, soft_wrap=True)


def _standing(claim: Claim, verdict: Verdict | None) -> str | None:
    if not claim.asserted or (verdict is not None and verdict.reason == "not_asserted"):
        return "not_asserted"
    return verdict.verdict if verdict else None


def _open_words(checked: CheckedDocument) -> str:
    """Where the undecided claims stopped: "12 no row decides, 5 not linked"."""
    from claimcheck.report.words.verdicts import STAGE_WORDS

    found = (checked.verdicts.get(c.claim_id) for c in checked.reading.claims)
    undecided = (v for v in found if v is not None and v.stage != "decided")
    why = Counter("not sure enough" if v.reason == "not_firm" else STAGE_WORDS[v.stage] for v in undecided)
    return ", ".join(f"{number} {words}" for words, number in why.most_common())


def mentions_tables(checked: CheckedDocument) -> Iterator[Table]:
    """Every expression of a number or of time with how it was read and how it ended; a table of thousands is
    laid out in parts, for each cell of one takes some kilobytes."""
    from claimcheck.report.ledger import ledger

    for part in lots(ledger(checked.reading), TOGETHER):
        table = Table(title=Text(visible(checked.document.id)), title_justify="left", expand=True)
        for name, ratio in (("text", 3), ("kind", 1), ("read as", 4), ("ended as", 3)):
            table.add_column(name, ratio=ratio)
        for row in part:
            m = row["mention"]
            ended = row["status"] + (f": {m.reason}" if m.reason else "")
            table.add_row(Text(visible(row["text"])), m.kind, Text(visible(row["reading"])), Text(ended))
        yield table


def findings_table(checked: CheckedDocument) -> Table | None:
    """What the document says about itself, problems first; None where there is nothing."""
    if not checked.reading.findings:
        return None
    table = Table(title="findings", title_justify="left", expand=True)
    table.add_column("", width=7)
    table.add_column("kind", ratio=1)
    table.add_column("finding", ratio=6)
    for f in sorted(checked.reading.findings, key=lambda f: f.status == "ok"):
        table.add_row(
            Text(f.status, style="green" if f.status == "ok" else "bold red"),
            f.kind,
            Text(visible(f.explanation)),
        )
    return table


def rows_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    """Rows of a query."""
    table = Table()
    for name in columns:
        table.add_column(Text(visible(name)), overflow="fold")  # nothing that is too wide is cut off
    for row in rows:
        table.add_row(*map(_shown, row))
    return table


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows of a query as a table; each as lines of its own where the terminal is too narrow for it."""
    if len(columns) * NARROWEST <= out.width:
        out.print(rows_table(columns, rows))
        return
    width = max(map(len, columns))
    for number, row in enumerate(rows, 1):
        out.print(Text(f"row {number}", style="bold"))
        for name, value in zip(columns, row, strict=True):
            if value not in (None, [], ""):
                line = Text.assemble((f"  {visible(name):{width}}  ", "dim"), _shown(value))
                out.print(line, soft_wrap=True)
    if not rows:
        out.print(f"no rows; columns: {', '.join(columns)}", highlight=False, soft_wrap=True)


def _shown(value: Any) -> Text:
    """A value as people write it: nothing for NULL, a decimal without zeros at its end."""
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return Text(plain.rstrip("0").rstrip(".") if "." in plain else plain)
    return Text("" if value is None else visible(str(value)))


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 row", "1,200 rows"."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def short(text: str, most: int) -> str:
    """At most so many characters, white space folded."""
    folded = visible(" ".join(text.split()))
    return folded if len(folded) <= most else folded[: most - 1] + "…"


def _rank(verdict: Verdict | None) -> int:
    return ORDER.index(verdict.verdict if verdict else None)
