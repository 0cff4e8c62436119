"""What a page shows of a checked document, worked out before any template runs.

The order is a reviewer's: what is refuted or contested, then what the document says against itself, then what
is supported; whatever is undecided, or not asserted, is a quiet line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from claimcheck.model import CheckedDocument, Claim, Document, Evidence, Finding, Suggestion, Verdict
from claimcheck.report.ledger import ledger, ledger_words
from claimcheck.report.likely import LIKELY_WORDS, likely_rank, likely_words, waterfall_lines
from claimcheck.report.marks import Block, Mark, blocks
from claimcheck.report.picture import RELATIONS, interval_picture
from claimcheck.report.stakes import stake
from claimcheck.report.statements import picks, statement_groups
from claimcheck.report.timeline import Moment, timeline
from claimcheck.report.words.claims import (
    Part,
    claim_gist,
    claim_parts,
    claim_words,
    place_found,
    time_found,
    whereabouts,
)
from claimcheck.report.words.rows import without_keys
from claimcheck.report.words.values import VERDICT_WORDS, days_opened, incident_words, opened, reason_words
from claimcheck.report.words.verdicts import attributed, meaning, silence

LOOK_FIRST = 12  # entries of the list at the top; the rest is named by its number
_QUOTE = 280  # code points of a sentence around a claim, and of a claim: a page must stay linear
_IN_SIGHT = 3
_TITLE = 160
_HIGHLIGHT = 1200  # a wider span (a whole list) gets its number only


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim or finding stands: its class in the page, its sign, its name."""

    key: str
    sign: str
    name: str


STANDINGS: Mapping[str, Standing] = {
    s.key: s
    for s in (
        Standing("refuted", "✗", VERDICT_WORDS["refuted"]),
        Standing("conflicting", "≠", VERDICT_WORDS["conflicting_evidence"]),
        Standing("finding", "!", "Against itself"),
        Standing("undecided", "?", VERDICT_WORDS["not_enough_evidence"]),
        Standing("supported", "✓", VERDICT_WORDS["supported"]),
        Standing("unasserted", "–", "Not asserted"),
        Standing("unjudged", "·", "Not checked"),
    )
}
_OF_VERDICT = {
    "refuted": "refuted",
    "conflicting_evidence": "conflicting",
    "supported": "supported",
    "not_enough_evidence": "undecided",
}
def of_verdict(name: str) -> Standing:
    """How a claim stands that has this verdict."""
    return STANDINGS[_OF_VERDICT[name]]


_FIRST = ("refuted", "conflicting", "finding")


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of the document with its middle to stand out."""

    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A claim or a finding as the page shows it. `back` is the id of its place in the text, `href` the
    address of a page of its own, `review` what reviewers made of it."""

    number: str
    anchor: str
    back: str
    group: str
    standing: Standing
    quote: Quote
    reading: str
    explanation: str
    gist: str = ""  # the reading without place, time and speaker, which the claims of a sentence share
    parts: tuple[Part, ...] = ()
    claim: Claim | None = None
    verdict: Verdict | None = None
    reason: str = ""
    where: str = ""  # the page or paragraph that holds it
    rows: tuple[Evidence, ...] = ()
    picture: str | None = None
    finding: Finding | None = None
    href: str | None = None
    review: str = ""
    open_because: str = ""  # why an undecided claim is undecided
    attribution: str = ""  # whether its speaker's own row says so
    stake: float = 0.0  # how much depends on it; more is looked at first
    dates: tuple[Entry, ...] = ()  # readings of the date of its number, which say nothing against it

    @property
    def link(self) -> str:
        """Where its mark in the text leads: its own page, else its card."""
        return self.href or f"#{self.anchor}"

    @property
    def meaning(self) -> str:
        """What its verdict rests on, in a sentence."""
        return meaning(self.group, self.verdict, None if self.claim is None else self.claim.hedge)

    @property
    def reason_in_meaning(self) -> bool:
        """Whether `meaning` says the reason, too: a calculation, or rows for it and rows against it."""
        return self.verdict is not None and (self.verdict.reason == "computed" or self.group == "conflicting")

    @property
    def brief(self) -> str:
        """The explanation for a line that stands far from the table of rows."""
        return without_keys(self.explanation, self.rows)

    @property
    def likely(self) -> str:
        """What is likely of it, with the row that says so; empty where nothing is."""
        return "" if self.claim is None else likely_words(self.claim, self.verdict)

    @property
    def likely_name(self) -> str:
        """What is likely of it, without the row: "Likely refuted 0.86"; empty where nothing is."""
        likely = None if self.verdict is None else self.verdict.likely
        return "" if likely is None else opened(f"{LIKELY_WORDS[likely.verdict]} {likely.probability:.2f}")

    @property
    def leaning(self) -> Standing:
        """How it stands, or is likely to."""
        likely = None if self.verdict is None else self.verdict.likely
        return self.standing if likely is None else of_verdict(likely.verdict)

    @property
    def likely_sum(self) -> list[str]:
        """The sum that says how likely, a line a summand."""
        likely = None if self.verdict is None else self.verdict.likely
        return [] if likely is None else waterfall_lines(likely)

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Rows that may answer it, in order; no part of the verdict."""
        return self.verdict.suggestions if self.verdict else ()

    @property
    def rows_in_sight(self) -> tuple[tuple[int, Evidence], ...]:
        """Up to three rows with their places in `rows`: those that decide, one of each side first; else the
        nearest of those that decide nothing."""
        deciding = [n for n, row in enumerate(self.rows) if row.relation != "neutral"]
        sides: Counter[str] = Counter()
        first = []
        for number in deciding:
            sides[self.rows[number].relation] += 1
            if sides[self.rows[number].relation] == 1:
                first.append(number)
        rest = [number for number in deciding or range(len(self.rows)) if number not in first]
        return tuple((n, self.rows[n]) for n in sorted([*first, *rest][:_IN_SIGHT]))

    @property
    def rows_folded(self) -> tuple[tuple[int, Evidence], ...]:
        """The other rows with their places in `rows`."""
        seen = {number for number, _ in self.rows_in_sight}
        return tuple((n, row) for n, row in enumerate(self.rows) if n not in seen)

    @property
    def folded_words(self) -> str:
        """What the folded rows say: "3 contradict it, 8 decide nothing"."""
        counts: Counter[str] = Counter(row.relation for _, row in self.rows_folded)
        words = {"supports": "fit", "refutes": "contradict it", "neutral": "decide nothing"}
        return ", ".join(f"{counts[side]} {said}" for side, said in words.items() if counts[side])


@dataclass(frozen=True, slots=True)
class Summary:
    """What an overview says of a document."""

    title: str
    id: str
    date: date | None
    claims: int
    counts: tuple[tuple[Standing, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document ready for a template. `entries` are claims, then problems; blocks refer to them by index."""

    prefix: str
    document: Document
    title: str
    words: int
    counts: tuple[tuple[Standing, int], ...]
    entries: tuple[Entry, ...]
    picks: tuple[tuple[str, str, int, bool], ...]
    first: tuple[Entry, ...]
    first_left: int
    likely: tuple[Entry, ...]  # claims that are not decided, of which something is likely, refuted first
    blocks: tuple[Block, ...]
    good: tuple[Finding, ...]
    incidents: tuple[str, ...]  # those that several statements report, in words
    ledger: list[dict[str, Any]]
    ledger_words: str
    timeline: str | None
    timeline_left: int

    @property
    def groups(self) -> tuple[dict[str, Any], ...]:
        """The sentences with their claims, the gravest first; worked out anew each time."""
        return tuple(statement_groups(self.entries, self.document, self.prefix, list(STANDINGS)))

    @property
    def doubtful(self) -> tuple[Entry, ...]:
        """Claims that are likely refuted, or contested."""
        return tuple(e for e in self.likely if likely_rank(e.verdict)[0] < likely_rank(None)[0] - 1)

    @property
    def claims(self) -> int:
        """How many claims the document makes."""
        return sum(entry.claim is not None for entry in self.entries)


def document_view(
    checked: CheckedDocument, prefix: str, reviews: Mapping[str, str] | None = None
) -> DocumentView:
    """Everything that the page shows of a document; `prefix` ("d1") keeps ids apart in a page of several,
    `reviews` says what reviewers made of a claim, by its id."""
    reading, document = checked.reading, checked.document
    claims = sorted(reading.claims, key=lambda c: (c.start, c.end, c.claim_id))
    problems = [f for f in reading.findings if f.status == "problem"]
    where = whereabouts(document)
    entries = [
        *(
            claim_entry(n, c, checked, prefix, (reviews or {}).get(c.claim_id, ""), where(c.start))
            for n, c in enumerate(claims, 1)
        ),
        *(_finding_entry(n, f, document, prefix) for n, f in enumerate(problems, 1)),
    ]
    gravity = list(STANDINGS)
    first = sorted(
        (entry for entry in entries if entry.standing.key in _FIRST),
        key=lambda entry: (gravity.index(entry.standing.key), -entry.stake),
    )
    moments = list(_moments(entries))
    return DocumentView(
        prefix=prefix,
        document=document,
        title=title_of(document),
        words=len(document.text.split()),
        counts=_counts(entry.standing.key for entry in entries),
        entries=tuple(entries),
        picks=picks(entries),
        first=tuple(first[:LOOK_FIRST]),
        first_left=max(0, len(first) - LOOK_FIRST),
        likely=tuple(
            sorted((e for e in entries if e.likely), key=lambda e: (likely_rank(e.verdict)[0], -e.stake))
        ),
        blocks=tuple(blocks(document, _marks(entries), _strong(claims))),
        good=tuple(f for f in reading.findings if f.status == "ok"),
        incidents=tuple(incident_words(stated) for stated in reading.incidents if len(stated.claims) > 1),
        ledger=ledger(reading),
        ledger_words=ledger_words(reading.mentions),
        timeline=timeline(moments, f"{prefix}-time"),
        timeline_left=max(0, len(moments) - 48),
    )


def summary_of(checked: CheckedDocument) -> Summary:
    """The document in a line, without the work that its own page needs."""
    document, reading = checked.document, checked.reading
    counts = _counts(
        [
            *(standing_of(c, checked.verdicts.get(c.claim_id)).key for c in reading.claims),
            *("finding" for f in reading.findings if f.status == "problem"),
        ]
    )
    return Summary(title_of(document), document.id, document.date, len(reading.claims), counts)


def _counts(keys: Iterable[str]) -> tuple[tuple[Standing, int], ...]:
    """How many stand how, the gravest first, none left out but those with none."""
    numbers = Counter(keys)
    return tuple((s, numbers[s.key]) for s in STANDINGS.values() if numbers[s.key])


def title_of(document: Document) -> str:
    """The document's title: what it calls itself, else its first line, else its id."""
    first = next((line.strip() for line in document.text[:2000].split("\n") if line.strip()), "")
    return short_title(document.title or first or document.id)


def short_title(title: str) -> str:
    """The title, cut where it is long."""
    return title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"


def standing_of(claim: Claim, verdict: Verdict | None) -> Standing:
    """How a claim stands; one that nobody asserted is never called undecided."""
    if not claim.asserted or (verdict is not None and verdict.reason == "not_asserted"):
        return STANDINGS["unasserted"]
    return STANDINGS["unjudged" if verdict is None else _OF_VERDICT[verdict.verdict]]


def claim_entry(
    number: int, claim: Claim, checked: CheckedDocument, prefix: str, review: str = "", where: str = ""
) -> Entry:
    """A claim as its number `number` in a page; `where` it stands in its document."""
    verdict = checked.verdicts.get(claim.claim_id)
    standing = standing_of(claim, verdict)
    rows = verdict.evidence if verdict else ()
    group = ("near" if rows else "bare") if standing.key == "undecided" else standing.key
    anchor = f"{prefix}-c{number}"
    return Entry(
        number=str(number),
        anchor=anchor,
        back=f"{prefix}-t{number}",
        group=group,
        standing=standing,
        quote=quote_of(checked.document, claim),
        reading=_reading(claim, verdict, standing),
        explanation=days_opened(verdict.explanation) if verdict else "",
        gist=opened(claim_gist(claim, verdict)),
        parts=tuple(
            _found(p, claim, checked.document) for p in claim_parts(claim, verdict) if p.label != "Standing"
        ),
        claim=claim,
        verdict=verdict,
        reason=_reason(verdict) if verdict else "",
        where=where,
        rows=tuple(sorted(rows, key=lambda row: RELATIONS.index(row.relation))),
        picture=interval_picture(claim, verdict, f"{anchor}-p"),
        review=review,
        open_because=silence(claim, verdict),
        attribution=attributed(claim, verdict),
        stake=stake(claim, verdict, checked.document),
    )


def _found(part: Part, claim: Claim, document: Document) -> Part:
    """A part of the reading with how the claim came by it, where that is its place or its time."""
    how = {"Where": place_found, "When": time_found}.get(part.label)
    return part if how is None else replace(part, found=how(claim, document))


def _reading(claim: Claim, verdict: Verdict | None, standing: Standing) -> str:
    """The reading in words; beside the badge "Not asserted" the words need not say it again."""
    words = claim_words(claim, verdict)
    return opened(words.replace("not asserted: ", "", 1) if standing.key == "unasserted" else words)


def _reason(verdict: Verdict) -> str:
    """Why the verdict is what it is; where rows stand against rows, how many on each side."""
    sides = [sum(row.relation == side for row in verdict.evidence) for side in ("supports", "refutes")]
    if verdict.verdict != "conflicting_evidence" or not all(sides):
        return reason_words(verdict.reason)
    supporting, refuting = sides
    return f"{supporting} row{'' if supporting == 1 else 's'} for it, {refuting} against it"


def _finding_entry(number: int, finding: Finding, document: Document, prefix: str) -> Entry:
    return Entry(
        number=f"F{number}", anchor=f"{prefix}-f{number}", back=f"{prefix}-tf{number}", group="finding",
        standing=STANDINGS["finding"], quote=_lines_around(document, finding),
        reading=opened(finding.kind.replace("_", " ")), explanation=finding.explanation, finding=finding,
    )  # fmt: skip


def quote_of(document: Document, claim: Claim) -> Quote:
    """The claim in its sentence."""
    return _quote(document, claim.start, claim.end, claim.context.start, claim.context.end)


def _quote(document: Document, start: int, end: int, first: int, last: int) -> Quote:
    """The characters with their sentence around them, each cut where it grows long."""
    text = document.text
    first, last = max(0, min(first, start) if last > first else start), max(last, end)
    before = text[max(first, start - _QUOTE) : start]
    after = text[end : min(last, end + _QUOTE)]
    inside = text[start:end] if end - start <= 2 * _QUOTE else text[start : start + 2 * _QUOTE] + "…"
    return Quote(
        ("…" if first < start - _QUOTE else "") + _one_line(before),
        _one_line(inside),
        _one_line(after) + ("…" if last > end + _QUOTE else ""),
    )


def _lines_around(document: Document, finding: Finding) -> Quote:
    """A finding with the rest of its lines and the lines before and behind, since most are about lists."""
    text, start, end = document.text, finding.start, finding.end
    before = text[max(0, start - _QUOTE) : start].split("\n")[-2:]
    after = text[end : end + _QUOTE].split("\n")[:2]
    inside = text[start : min(end, start + 2 * _QUOTE)]
    return Quote("\n".join(before), inside + ("…" if len(inside) < end - start else ""), "\n".join(after))


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _marks(entries: Sequence[Entry]) -> list[Mark]:
    gravity = {key: n for n, key in enumerate(STANDINGS)}
    marks = []
    for index, entry in enumerate(entries):
        span = entry.claim or entry.finding
        assert span is not None
        wide = span.end - span.start > _HIGHLIGHT
        marks.append(Mark(span.start, span.end, index, gravity[entry.standing.key], wide))
    return marks


def _strong(claims: Iterable[Claim]) -> Iterator[tuple[int, int]]:
    """Where the claims' own numbers and times stand."""
    for claim in claims:
        if claim.quantity is not None:
            yield claim.quantity.wide_start, claim.quantity.wide.end
        if claim.time is not None and claim.time.start is not None and claim.time.end is not None:
            yield claim.time.start, claim.time.end


def _moments(entries: Iterable[Entry]) -> Iterator[Moment]:
    """Dated claims and, once each, the dated rows with a name that met them; the gravest claims first."""
    gravity = {key: n for n, key in enumerate(STANDINGS)}
    seen: set[tuple[str, str]] = set()
    dated = [e for e in entries if e.claim is not None and e.claim.time is not None]
    for entry in sorted(dated, key=lambda e: gravity[e.standing.key]):
        claim = entry.claim
        if claim is None or claim.time is None or claim.time.period is None or entry.group == "unasserted":
            continue
        label = f"{entry.number}  {_one_line(claim.text[:200])}"
        days = claim.time.date_start, claim.time.date_end
        yield Moment(label, entry.standing.sign, entry.standing.key, *days)
        for row in entry.rows if claim.kind != "calendar" else ():
            event = row.name and row.sql is None and row.best is None and row.low is None
            if event and (row.date_start or row.date_end) and (row.table, row.row_id) not in seen:
                seen.add((row.table, row.row_id))
                yield Moment(row.name or "", "◇", "event", row.date_start, row.date_end)
