"""The sentences of a document with the claims that each makes: what is decided first, the rest in lines.

The reading of a date is folded into the number that it belongs to. What needs nobody's eye, because it is
supported, likely supported or open, is a line that opens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from claimcheck.model import Claim, Document, Verdict
from claimcheck.report.likely import likely_rank
from claimcheck.report.marks import Block, Mark, blocks
from claimcheck.report.words.values import opened
from claimcheck.report.words.verdicts import STAGE_WORDS

if TYPE_CHECKING:
    from claimcheck.report.view import Entry

QUIET = ("undecided", "unasserted", "unjudged")
"""Standings that say nothing for or against a claim: one line each."""
GROUPS = (
    ("refuted", "Refuted", "Rows contradict the claim, and none fits it."),
    (
        "conflicting",
        "Sources conflict",
        "Some rows fit the claim and others contradict it, or it lies between figures that differ: a person "
        "has to weigh them.",
    ),
    ("finding", "The document against itself", "What does not hold together, without any reference."),
    (
        "doubtful",
        "Likely refuted, or contested",
        "Not decided: the row that is probably meant says otherwise, or sources differ.",
    ),
    ("supported", "Supported", "Rows fit the claim, and none contradicts it."),
    ("likely", "Likely supported", "Not decided: the row that is probably meant fits the claim."),
    ("undecided", "Open", "What was read, and why it stayed open. Open a line to see how it was read."),
)
FOLDED = ("supported", "likely", "undecided")
"""Groups that nobody has to look at: one line, which opens."""
_AROUND = 280  # code points of a sentence before and behind its claims: a page must stay linear
_MOST = 1600


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its claims, or a finding with its lines. `loud` are decided, `quiet` are not."""

    anchor: str
    group: str
    text: tuple[Block, ...]
    loud: tuple[Entry, ...]
    quiet: tuple[Entry, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All its claims, those that are decided first, each before the readings of its date."""
        return tuple(e for own in (*self.loud, *self.quiet) for e in (own, *own.dates))

    @property
    def words(self) -> str:
        """The sentence in one line."""
        pieces = (piece for block in self.text for run in block.runs for piece, _ in run.pieces)
        return " ".join("".join(pieces).split())


def statement_groups(
    entries: Sequence[Entry], document: Document, prefix: str, gravity: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """The entries by sentence, the sentences by their gravest claim; no empty group. `gravity`: the keys of
    the standings, the gravest first. `claims` is how many a group's sentences make, `folded` whether it is
    one line, which opens."""
    found: dict[str, list[Statement]] = {}
    for number, (span, own) in enumerate(_by_sentence(entries), 1):
        statement = _statement(f"{prefix}-s{number}", own, span, document, gravity)
        found.setdefault(statement.group, []).append(statement)
    for key, title, lead in GROUPS:
        if made := found.get(key):
            stated = {"key": key, "title": title, "lead": lead, "statements": made, "folded": key in FOLDED}
            yield {**stated, "claims": sum(len(statement.entries) for statement in made)}


def picks(entries: Sequence[Entry]) -> tuple[tuple[str, str, int, bool], ...]:
    """What a reader may look at alone: key, name and number of each kind of standing, and of each stage at
    which undecided claims stopped, and whether it is one."""
    kinds = Counter("undecided" if e.standing.key in QUIET else e.standing.key for e in entries)
    stages: Counter[str] = Counter(e.verdict.stage for e in entries if e.verdict and e.standing.key in QUIET)
    named = [(key, "Not decided" if key == "undecided" else title) for key, title, _ in GROUPS]
    found = [(key, title, kinds[key], False) for key, title in named if kinds[key]]
    found += [(key, opened(name), stages[key], True) for key, name in STAGE_WORDS.items() if stages[key]]
    return tuple(found)


def _by_sentence(entries: Iterable[Entry]) -> list[tuple[tuple[int, int], list[Entry]]]:
    """The entries of each sentence; a finding stands alone. In the order of the text."""
    found: dict[tuple[int, int, str], list[Entry]] = {}
    for entry in entries:
        if entry.finding is not None:
            found[entry.finding.start, entry.finding.end, entry.number] = [entry]
        elif entry.claim is not None:
            context = entry.claim.context
            whole = (context.start, context.end, "")
            if context.end <= context.start:  # a claim that was made without a sentence
                whole = (entry.claim.start, entry.claim.end, "")
            found.setdefault(whole, []).append(entry)
    return [((start, end), own) for (start, end, _), own in sorted(found.items(), key=lambda item: item[0])]


def _statement(
    anchor: str, own: Sequence[Entry], span: tuple[int, int], document: Document, gravity: Sequence[str]
) -> Statement:
    own = _folded(own)
    loud = sorted(
        (e for e in own if e.standing.key not in QUIET), key=lambda e: gravity.index(e.standing.key)
    )
    rest = (e for e in own if e.standing.key in QUIET)
    quiet = tuple(sorted(rest, key=lambda e: likely_rank(e.verdict)[0]))
    group, likely = loud[0].group if loud else "", _likely_group(quiet)
    if not loud or (group == "supported" and likely == "doubtful"):
        group = likely
    text = () if own[0].finding is not None else tuple(_marked(loud or own, span, document, gravity))
    return Statement(anchor, group, text, tuple(loud), quiet)


def _likely_group(quiet: Sequence[Entry]) -> str:
    """Where a sentence stands of which nothing is decided: by the gravest that is likely of it."""
    said = {e.verdict.likely.verdict for e in quiet if e.verdict is not None and e.verdict.likely is not None}
    return "undecided" if not said else "likely" if said == {"supported"} else "doubtful"


def _folded(own: Sequence[Entry]) -> Sequence[Entry]:
    """The entries of a sentence, the readings of dates within those of their numbers."""
    known = {e.claim.claim_id: e for e in own if e.claim is not None}
    verdicts = {name: e.verdict for name, e in known.items() if e.verdict is not None}
    dates: dict[str, tuple[Entry, ...]] = {}
    gone = set()
    for date, number in dates_of_numbers([e.claim for e in own if e.claim is not None], verdicts):
        dates[number.claim_id] = (*dates.get(number.claim_id, ()), known[date.claim_id])
        gone.add(date.claim_id)
    return [
        e if e.claim is None or e.claim.claim_id not in dates else replace(e, dates=dates[e.claim.claim_id])
        for e in own if e.claim is None or e.claim.claim_id not in gone
    ]  # fmt: skip


def dates_of_numbers(
    claims: Sequence[Claim], verdicts: Mapping[str, Verdict]
) -> Iterator[tuple[Claim, Claim]]:
    """Readings of dates with the number whose time they are; one that may be wrong stands alone."""
    for date in claims:
        verdict = verdicts.get(date.claim_id)
        said = () if verdict is None else (verdict.verdict, verdict.likely and verdict.likely.verdict)
        if date.kind != "event" or date.quantity is not None or date.time is None or date.time.start is None:
            continue
        if not {"refuted", "conflicting_evidence"} & {*said}:
            start = date.time.start
            alike = (c for c in claims if c.quantity is not None and c.time and c.time.start == start)
            if (number := next(alike, None)) is not None:
                yield date, number


def _marked(
    own: Sequence[Entry], span: tuple[int, int], document: Document, gravity: Sequence[str]
) -> Iterator[Block]:
    """The sentence with its claims marked, cut where it grows long around them; marks count within `own`."""
    claims = [entry.claim for entry in own if entry.claim is not None]
    first, last = min(c.start for c in claims), max(c.end for c in claims)
    start = max(min(span[0], first), first - _AROUND)
    end = min(max(span[1], last), last + _AROUND, start + _MOST)
    before = "…" if start > span[0] else ""
    text = before + document.text[start:end] + ("…" if end < span[1] else "")
    shift = start - len(before)
    marks = [
        Mark(
            min(claim.start - shift, len(text)),
            min(claim.end - shift, len(text)),
            number,
            gravity.index(entry.standing.key),
        )
        for number, (entry, claim) in enumerate(zip(own, claims, strict=True))
    ]
    yield from blocks(Document(id="", text=text), marks, ())
