"""A document read whole: ages, times, quantities, event times, then claims and findings.

Documents flow through in batches so that the parser's batches are full: most sentences hold no number and
no date and are never parsed. A document that takes too long, too much memory, or holds more numbers than a
text does, is refused (`Overrun`); the caller leaves it out and goes on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import takewhile

from claimcheck.claims.discourse import Discourse
from claimcheck.claims.harm import may_tell
from claimcheck.claims.inherited_years import with_inherited_years
from claimcheck.claims.listed import list_and_calendar_claims
from claimcheck.claims.parsing import Parsed, parse_many, words_forgotten
from claimcheck.claims.sentence import may_claim, sentence_claims, settled
from claimcheck.claims.tabled import Cell, cell_claims, cells
from claimcheck.claims.time import is_unread
from claimcheck.claims.view import View, view
from claimcheck.comparisons.reading import (
    comparison_claims,
    instead_of_numbers,
    may_hold_alone,
)
from claimcheck.dates.events import EventIndex
from claimcheck.dates.eventtime import find_event_times
from claimcheck.dates.times import find_times
from claimcheck.documents.limits import Overrun, bounded
from claimcheck.documents.sentences import split
from claimcheck.model import Claim, Document, Mention, Reading, Span
from claimcheck.numbers.quantities import find_ages, find_quantities
from claimcheck.numbers.scan import scan
from claimcheck.numbers.word_lists import words_of
from claimcheck.propositions.leadins import with_lead_in
from claimcheck.selfcheck.findings import findings
from claimcheck.selfcheck.incidents import told_incidents

SENTENCES_A_BATCH = 1024  # parsed together over documents
MENTIONS_A_SENTENCE = 20  # as much memory as a sentence to parse, and so many characters too
CHARACTERS_A_SENTENCE = 2000
MOST = 100_000  # numbers and dates in a document: prose of the greatest length allowed holds a sixth of that
_LETTER = re.compile(r"[^\W\d_]")
_SHORT = 2  # sentences of a paragraph in copy that has hardly more than one in each
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")


@dataclass(frozen=True)
class Prepared:
    """A document with its sentences and the mentions that rules found in it."""

    document: Document
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    cells: tuple[Cell, ...] = ()

    @cached_property
    def compared(self) -> frozenset[Span]:
        """The sentences that are only parsed because they compare: they hold neither number nor date."""
        asked = set(self.asked)
        return frozenset(span for span in self.to_parse if span not in asked)

    @cached_property
    def to_parse(self) -> list[Span]:
        """The sentences that are parsed: those that may claim something, and those that compare."""
        text, asked = self.document.text, set(self.asked)
        return [s for s in self._told if s in asked or may_hold_alone(s.of(text))]

    @cached_property
    def _told(self) -> list[Span]:
        """The sentences but for the lines of tables, which are read by cells, and lists of references."""
        return [s for s in self.sentences if self.document.zone_at(s.start) not in ("references", "table")]

    @cached_property
    def asked(self) -> list[Span]:
        """The sentences that hold a mention which may become a claim, or tell of harm to people."""
        starts = [m.start for m in self.mentions if may_claim(m)]
        out, i = [], 0
        for span in self._told:
            while i < len(starts) and starts[i] < span.start:
                i += 1
            held = i < len(starts) and starts[i] < span.end
            if may_tell(span.of(self.document.text)) or (held and self._says_something(span)):
                out.append(span)
        return out

    @property
    def weight(self) -> int:
        """What it takes of a batch, in sentences to parse: a table of numbers alone takes memory as well."""
        mentions = len(self.mentions) // MENTIONS_A_SENTENCE
        return max(
            len(self.to_parse) + len(self.cells), mentions, len(self.document.text) // CHARACTERS_A_SENTENCE
        )

    def views(self) -> Iterator[View]:
        """The sentences to parse, as the parser reads them best."""
        starts = [m.start for m in self.mentions]
        for span in self.to_parse:
            inside = self.mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
            yield view(self.document.text, span, inside)
        for cell in self.cells:
            yield cell.view

    def _says_something(self, span: Span) -> bool:
        """Whether a sentence holds a letter at all: a line of bare numbers asserts nothing."""
        return _LETTER.search(self.document.text, span.start, span.end) is not None


FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a fault in a rule of reading raises; it costs the one document on which it happens."""


def read(
    documents: Iterable[Document],
    index: EventIndex | None = None,
    refuse: Callable[[Overrun], None] | None = None,
) -> Iterator[Reading]:
    """The readings of documents, in order. `index` holds the happenings that can fix a time.

    A document that takes or holds too much, or on which a rule fails, is left out, and `refuse` is told;
    without it, raises Overrun, or what the rule raised.
    """
    batch: list[Prepared] = []
    waiting = 0
    for document in documents:
        try:
            with bounded(document.id, document.path, len(document.text), "check", document.line):
                _limit(len(scan(document.text).numbers), document)
                prepared = prepare(document, index)
                _limit(len(prepared.mentions), document)
        except Overrun as error:
            _told(error, refuse)
            continue
        except FAULTS as error:
            if refuse is None:
                raise
            refuse(_fault(document, error))
            continue
        batch.append(prepared)
        waiting += prepared.weight
        if waiting >= SENTENCES_A_BATCH or len(batch) >= SENTENCES_A_BATCH:
            yield from _finish(batch, refuse)
            batch, waiting = [], 0
    yield from _finish(batch, refuse)


def prepare(document: Document, index: EventIndex | None = None) -> Prepared:
    """The mentions of a document by rule, no parser involved, in text order."""
    text = document.text
    sentences = split(text, document.zones, document.date)
    numbering = _numbering(document)
    fixed = [m.span for m in numbering]
    ages = find_ages(text)
    times = find_times(document, sentences, sorted([*fixed, *(m.span for m in ages)]))
    blocked = sorted([*fixed, *(m.span for m in ages), *(m.span for m in times if m.kind != "duration")])
    durations = [m.span for m in times if m.kind == "duration"]
    quantities = _apart(find_quantities(text, blocked), durations, Span.overlaps)
    mentions = sorted([*numbering, *ages, *times, *quantities], key=_order)
    fixed_by_events = find_event_times(document, sentences, mentions, index)
    if fixed_by_events:
        covering = sorted(m.span for m in fixed_by_events)
        mentions = sorted([*_apart(mentions, covering, Span.contains), *fixed_by_events], key=_order)
    kept = tuple(_without_claimless(document, mentions))
    return Prepared(document, tuple(sentences), kept, tuple(cells(document, kept)))


def _without_claimless(document: Document, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions; a list of references claims nothing, nor does the base of a rate ("per 1,000")."""
    rates = tuple(f"{words} " for words in words_of("before the base of a rate"))
    for m in mentions:
        reason = None
        if document.zone_at(m.start) == "references":
            reason = "list of references"
        elif m.kind == "number" and document.text[max(0, m.start - 20) : m.start].lower().endswith(rates):
            reason = "base of a rate"
        yield m if reason is None or _settled(m) else replace(m, status="not_claim", reason=reason)


def _apart(
    mentions: Sequence[Mention], taken: Sequence[Span], by: Callable[[Span, Span], bool]
) -> list[Mention]:
    """The mentions that no taken span covers in the way of `by`; spans sorted and apart, one pass."""
    out, i = [], 0
    for m in sorted(mentions, key=_order):
        while i < len(taken) and taken[i].end <= m.start:
            i += 1
        if i == len(taken) or not by(taken[i], m.span):
            out.append(m)
    return out


def _order(m: Mention) -> tuple[int, int]:
    return m.start, -m.end


def _settled(m: Mention) -> bool:
    return m.status == "not_claim" or m.reason is not None


def _numbering(document: Document) -> list[Mention]:
    return [
        Mention(
            start=item.number_start,
            end=item.number_end,
            text=document.text[item.number_start : item.number_end],
            kind="number",
            value=Decimal(item.number),
            low=Decimal(item.number),
            high=Decimal(item.number),
            status="not_claim",
            reason="list numbering",
            rule="zones.list",
        )
        for item in document.items
    ]


def read_operands(documents: Iterable[Document], index: EventIndex | None) -> Iterator[Reading]:
    """The readings of the sentences of operands, in order: they compare nothing themselves."""
    prepared = [prepare(document, index) for document in documents]
    for first in range(0, len(prepared), SENTENCES_A_BATCH):
        batch = prepared[first : first + SENTENCES_A_BATCH]
        views = [view for p in batch for view in p.views()]
        with words_forgotten(views):
            parsed = parse_many(views)
            readings = [
                _reading(
                    p,
                    {span: next(parsed) for span in p.to_parse},
                    [next(parsed) for _ in p.cells],
                    compares=False,
                )
                for p in batch
            ]
        yield from readings


def _finish(batch: Sequence[Prepared], refuse: Callable[[Overrun], None] | None) -> Iterator[Reading]:
    while batch:
        readings, error = _parsed(batch)
        yield from readings
        if error is not None:
            _told(error, refuse)
        batch = batch[len(readings) + 1 :]  # an overrun interrupted the parser


def _parsed(batch: Sequence[Prepared]) -> tuple[list[Reading], Overrun | None]:
    """The readings of a batch up to the first document that takes too much, and what that one was told."""
    views = [view for prepared in batch for view in prepared.views()]
    with words_forgotten(views):
        return _read_all(batch, parse_many(views) if views else iter(()))


def _read_all(
    batch: Sequence[Prepared], parsed: Iterator[Parsed | None]
) -> tuple[list[Reading], Overrun | None]:
    readings: list[Reading] = []
    for prepared in batch:
        document = prepared.document
        try:
            with bounded(document.id, document.path, len(document.text), "check", document.line):
                here = {span: next(parsed) for span in prepared.to_parse}
                tabled = [next(parsed) for _ in prepared.cells]
                readings.append(_reading(prepared, here, tabled))
        except Overrun as error:
            return readings, error
        except FAULTS as error:
            return readings, _fault(document, error)
    return readings, None


def _fault(document: Document, error: Exception) -> Overrun:
    """What is said of a document on which reading itself fails: the others must not be lost with it."""
    told_of = f"{type(error).__name__}: {error}"
    message = f"cannot be read, by a fault of claimcheck ({told_of}); please report it with the text"
    told = Overrun(document.path, message, document.id, document.line)
    told.__cause__ = error
    return told


def _told(error: Overrun, refuse: Callable[[Overrun], None] | None) -> None:
    if refuse is None:
        raise error.__cause__ if isinstance(error.__cause__, FAULTS) else error
    refuse(error)


def _limit(found: int, document: Document) -> None:
    if found > MOST:
        message = f"holds {found:,} numbers and dates, more than {MOST:,}; split it"
        raise Overrun(document.path, message, document.id, document.line)


def _reading(
    prepared: Prepared,
    parsed: dict[Span, Parsed | None],
    tabled: Sequence[Parsed | None],
    compares: bool = True,
) -> Reading:
    document = prepared.document
    claims: list[Claim] = []
    comparing: list[Claim] = []
    final: dict[Mention, Mention] = {}
    discourse = Discourse()
    last = 0
    before: Sequence[Mention] = ()
    told: tuple[Parsed, Sequence[Mention]] | None = None
    starts = [m.start for m in prepared.mentions]
    said, begun = [s.start for s in prepared.sentences], 0
    for span, sentence in parsed.items():
        mentions = prepared.mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        if compares and sentence is not None:
            gap = "" if told is None else document.text[told[0].span.end : span.start]
            near = None if gap.strip() or _PARAGRAPH.search(gap) else told
            comparing += comparison_claims(document, sentence, mentions, near)
        told = None if sentence is None else (sentence, mentions)
        if span in prepared.compared:
            continue
        headed = _is_headed(document, last, span.start)
        if headed or _PARAGRAPH.search(document.text, last, span.start):
            short = bisect_left(said, span.start) - bisect_left(said, begun) <= _SHORT
            discourse.new_paragraph(short and not headed)
            begun = span.start
        skipped = prepared.mentions[bisect_left(starts, last) : bisect_left(starts, span.start)]
        discourse.advance((), any(is_unread(m) for m in skipped))
        read = list(mentions)
        if before and not document.text[last : span.start].strip():
            mentions = tuple(with_inherited_years(document, span, mentions, before))
        before, last = mentions, span.end
        if sentence is None:
            final |= {m: _unread(m) for m in mentions if not _settled(m)}
            continue
        made, ended = sentence_claims(document, sentence, mentions, discourse)
        claims += made
        final |= {was: ended.get(m, m) for was, m in zip(read, mentions, strict=True)}
    for cell, sentence in zip(prepared.cells, tabled, strict=True):
        if sentence is not None:
            made, ended = cell_claims(document, cell, sentence)
            claims += made
            final |= ended
    claims = [with_lead_in(document, claim, prepared.mentions) for claim in claims]
    claims = [*instead_of_numbers(claims, comparing), *comparing]
    mentions = tuple(final.get(m, m) for m in prepared.mentions)
    listed, mentions = list_and_calendar_claims(document, mentions)
    reading = Reading(
        document=document,
        mentions=tuple(_ended(document, m) for m in mentions),
        claims=tuple(sorted([*claims, *listed], key=lambda c: (c.context.start, c.start, c.kind != "event"))),
    )
    return replace(reading, findings=tuple(findings(reading)), incidents=told_incidents(reading))


def _is_headed(document: Document, start: int, end: int) -> bool:
    """Whether a heading begins within some characters."""
    at = bisect_left(document.zones, start, key=lambda zone: zone.start)
    between = takewhile(lambda zone: zone.start < end, document.zones[at:])
    return any(zone.kind == "heading" for zone in between)


def _ended(document: Document, m: Mention) -> Mention:
    """A mention as it ended: what no claim uses says why."""
    if m.status == "claim":
        return m
    return settled(m, False, "cell of a table" if document.zone_at(m.start) == "table" else None)


def _unread(m: Mention) -> Mention:
    return replace(m, status="unresolved", reason="sentence too long to be one")
