"""A document read whole: ages, times, quantities, event times, then claims and findings.

Its sentences, the rows of its tables, and what it claims by its form alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import accumulate, islice, pairwise, takewhile, zip_longest

from claimcheck.claims.people import stems_of_harm
from claimcheck.claims.sentence import Sentence, may_claim, sentence_claims, settled
from claimcheck.claims.time import Discourse, claim_time, is_unread, year_of_title
from claimcheck.comparisons.reading import alone, comparison_claims, instead_of_numbers
from claimcheck.comparisons.words import any_cue
from claimcheck.dates.events import EventIndex
from claimcheck.dates.eventtime import find_event_times
from claimcheck.dates.times import find_times
from claimcheck.documents.layout import Line, lines
from claimcheck.documents.limits import Overrun, bounded
from claimcheck.documents.sentences import split
from claimcheck.frames.held import claimhood, kind_of, without_whens
from claimcheck.lexicon import pattern
from claimcheck.model import Claim, Document, ListItem, Mention, Reading, Span, claim_key, in_order, replace
from claimcheck.numbers.ages import find_ages
from claimcheck.numbers.numerals import scan
from claimcheck.numbers.quantities import find_quantities
from claimcheck.numbers.units import words_of
from claimcheck.selfcheck.findings import calendar_pairs, findings, lists, reported_incidents
from claimcheck.syntax.parser import Parsed, parse_many, words_forgotten
from claimcheck.syntax.view import View, stand_in, view

# ----------------------------------------------------------------------------------------------------
# Claims that a document makes by its form: a weekday beside its date, and how many items a list has.

LEAST_ITEMS = 3


def list_and_calendar_claims(
    document: Document, mentions: Sequence[Mention]
) -> tuple[list[Claim], tuple[Mention, ...]]:
    """The claims, and the mentions with the dates and numbers that these claims use marked."""
    calendar = list(_calendar(document, mentions))
    counts = list(_list_counts(document))
    dated = {c.time.start for c in calendar if c.time is not None}
    marked = tuple(
        replace(m, status="claim", reason=None) if m.is_time and m.start in dated else m for m in mentions
    )
    return [*calendar, *counts], marked


def _calendar(document: Document, mentions: Sequence[Mention]) -> Iterator[Claim]:
    days = [m for m in mentions if m.is_time and m.date_start is not None and m.date_start == m.date_end]
    starts = [m.start for m in days]
    for pair in calendar_pairs(document.text, mentions):
        near = days[max(0, bisect_left(starts, pair.span.start) - 1) : bisect_left(starts, pair.span.end)]
        mention = next((m for m in near if m.span.overlaps(pair.span)), None)
        if mention is None:
            continue
        start, end = min(pair.span.start, mention.start), max(pair.span.end, mention.end)
        time = replace(claim_time(mention, document.text, document.date), relation="on")
        yield Claim(
            claim_id=claim_key(document, "calendar", start, end), kind="calendar", start=start, end=end,
            text=document.text[start:end], measure="weekday", time=time, context=Span(start, end),
            rule="claims.calendar",
        )  # fmt: skip


def _list_counts(document: Document) -> Iterator[Claim]:
    """A numbered list says by its last number how many items it has."""
    for found in lists(document):
        if found.count < LEAST_ITEMS:
            continue
        last = found.items[-1]
        stated = _number_of(document, last, last.number - found.items[0].number + 1, "claims.list")
        quantity = replace(stated, noun="item", status="claim")
        yield Claim(
            claim_id=claim_key(document, "count", found.start, found.end), kind="count", start=found.start,
            end=found.end, text=document.text[found.start : found.end], measure="items of the list",
            quantity=quantity, context=Span(found.start, found.end), rule="claims.list",
        )  # fmt: skip


# ----------------------------------------------------------------------------------------------------
# Tables of a document, read as rows with their heads: "| Tarn | 9 |" under "People killed" says that 9
# people were killed in Tarn.
#
# Each number of a row becomes a short sentence of its own for the parser, put together from the head of its
# column, the labels of its row and, where none has a day, that of the line above the table. Labels are the
# first cell and all others of words, but for who says it: "| May 2016 | Tarn | 9 | Guild |". Years as heads
# date their columns, and the line above says what they count. A cell without head or label makes no claim.

MOST_CELLS = 2000  # cells of a document that are read: a longer table is data, and no text
_RULE = re.compile(r"[\s|:=+-]+")
_CAPTION = 160
_NO_COUNT = pattern("written_tables", "counts nothing")
_NARROWED = pattern("claim_times", "narrowed heading")
_HEADED, _MARKS = re.compile(r"(?:\A|\n)#{1,6}[ \t]*\Z"), 9  # "## 3. Attacks"
_COUNTED = frozenset({"number", "percent", "money", "measure"})
_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table as a sentence, with the mentions that it is read with."""

    view: View
    number: Mention
    mentions: tuple[Mention, ...]


Within = Callable[[Span], Sequence[Mention]]
"""The mentions that start in a span."""


def table_cells(document: Document, mentions: Sequence[Mention]) -> list[Cell]:
    """The cells of a document's tables that can be read, in text order."""
    starts = [m.start for m in mentions]

    def within(span: Span) -> Sequence[Mention]:
        return mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    tables = (Span(z.start, z.end) for z in document.zones if z.kind == "table")
    read = (cell for table in tables for cell in _of_table(document.text, table, within))
    return list(islice(read, MOST_CELLS))


def cell_claims(document: Document, cell: Cell, parsed: Parsed) -> tuple[list[Claim], dict[Mention, Mention]]:
    """The claim of a cell, with its row as text, and the mentions that it uses as they ended."""
    sentence = Sentence(document, parsed, cell.mentions)
    made, ended, _ = sentence_claims(sentence, Discourse())
    row = cell.view.span
    claims = [
        replace(c, start=row.start, end=row.end, text=row.of(document.text), context=row, rule="claims.cell")
        for c in made
        if c.kind == "quantity" and c.quantity is not None and c.quantity.span == cell.number.span
    ][:1]
    if not claims or not any(sentence.clauses):
        return [], {}
    return claims, {old: new for old, new in ended.items() if new.status == "claim"}


def _of_table(text: str, table: Span, within: Within) -> Iterator[Cell]:
    heads: list[Span] = []
    above = _line_above(text, table.start)
    for row, behind in pairwise([*lines(text, table.start, table.end), None]):
        if row is None or _RULE.fullmatch(row.of(text)):
            continue
        found = _split(text, row)
        if not heads or (behind is not None and _RULE.fullmatch(behind.of(text))):
            heads = found  # of one table behind another, too
        elif len(found) == len(heads):  # else which head a number has is anybody's guess
            columns = list(zip(heads, found, strict=True))
            if any(h.start == h.end for h in heads[1:]) and not any(_counts(within(cell)) for cell in found):
                heads = [cell if cell.start < cell.end else head for head, cell in columns]
            else:
                yield from _of_row(text, Span(row.start, row.end), columns, above, within)


def _counts(mentions: Iterable[Mention]) -> bool:
    return any(m.kind in _COUNTED for m in mentions)


def _of_row(
    text: str, row: Span, columns: Sequence[tuple[Span, Span]], above: Span | None, within: Within
) -> Iterator[Cell]:
    """The cells of a row that can be read, each column a head and a cell."""
    years, by = pattern("written_tables", "years"), pattern("written_tables", "who says it")
    labels: list[Span] = []
    days: list[Mention] = []
    for at, (head, cell) in enumerate(columns):
        inside, letters = within(cell), _LETTERS.search(cell.of(text))
        dated = _dates(inside, years.fullmatch(text, head.start, head.end) is not None)  # "| Year |"
        if not at and not dated and letters is None:
            return
        days += dated
        named = not at or (letters and not by.match(text, head.start) and not _counts(inside))
        labels += [cell] if named and not (dated and dated[0].span == cell) else []
    if len(days) > 1:
        return  # "| From | To |": of which days it is takes both
    captioned = [] if above is None else _dates(within(above))
    for head, cell in columns[1:]:
        numbers = [m for m in within(cell) if m.kind in _COUNTED and m.status != "not_claim"]
        counted, of_column = _dated_head(text, head, above, within)
        if len(numbers) != 1 or numbers[0].reason or numbers[0].wide.of(text).strip() != cell.of(text):
            continue
        if counted is None or _counts(within(counted)) or _LETTERS.search(counted.of(text)) is None:
            continue
        if _NO_COUNT.match(text, counted.start, counted.end) or (
            days and (of_column or days[0].span == cell)
        ):
            continue
        dates = of_column or days or (captioned if len(captioned) == 1 else [])
        view = _cell_view(text, row, numbers[0], counted, labels, dates)
        yield Cell(view, numbers[0], tuple(sorted([numbers[0], *dates], key=lambda m: m.start)))


def _dates(mentions: Iterable[Mention], years: bool = False) -> list[Mention]:
    """The dates that say days; where `years` may stand, a number that is one as a date."""
    out = []
    for m in mentions:
        if years and m.value is not None and m.text.isdecimal() and 1500 < m.value < 2200:
            first = date(int(m.value), 1, 1)
            m = replace(
                m, kind="date", value=None, low=None, high=None, timex=m.text, edtf=m.text,
                date_start=first, date_end=first.replace(month=12, day=31), status="unresolved",
                reason=None, rule="tables.year",
            )  # fmt: skip
        out += [m] if m.kind == "date" and m.period else []
    return out


def _dated_head(
    text: str, head: Span, above: Span | None, within: Within
) -> tuple[Span | None, list[Mention]]:
    """What a column counts by its head, and the date that the head is or ends with: "| Homes built (2022) |".
    Of a date alone the line above the table says what it counts."""
    dated = _dates(within(head)[-1:], True)
    if not dated or text[dated[0].end : head.end].strip(" )"):
        return head, []
    rest = text[head.start : dated[0].start].rstrip(" (,–-")
    if rest:
        return Span(head.start, head.start + len(rest)), dated
    return above and Span(above.start, above.start + len(_NARROWED.sub("", above.of(text)))), dated


def _cell_view(
    text: str, row: Span, number: Mention, counted: Span, places: Sequence[Span], dated: Sequence[Mention]
) -> View:
    """ "9 people killed in Tarn in May", each piece with its characters in the document."""
    small, nothing = counted.of(text), Span(row.end, row.end)
    small = small[:1].lower() + small[1:] if small[1:2].islower() else small
    pieces = [(number.text, number.span, False), (" ", nothing, True), (small, counted, False)]
    behind = [(place.of(text), place, False) for place in places]
    for piece in [*behind, *((stand_in(m) or m.text, m.span, True) for m in dated)]:
        pieces += [(" in ", nothing, True), piece]
    written, meant, whole = zip(*pieces, strict=True)
    shown = tuple(accumulate((len(w) for w in written[:-1]), initial=0))
    return View("".join(written) + ".", row, shown, meant, whole)


def _split(text: str, line: Line) -> list[Span]:
    """The cells of a line, blanks around them left out; an empty one between two "|" is a cell as well."""
    ruled = "|" in line.of(text)
    framed = text[line.start] == "|"
    at, end = line.start + framed, line.end - (framed and text[line.end - 1] == "|")
    out = []
    for written in text[at:end].split("|" if ruled else "\t"):
        held = written.strip(" *_\t")
        if held or ruled:
            start = at + written.index(held)
            out.append(Span(start, start + len(held)))
        at += len(written) + 1
    return out


def _line_above(text: str, start: int) -> Span | None:
    """The line above a table where it is a caption: short, and no sentence."""
    held = text[max(0, start - 2 * _CAPTION) : start].rstrip().rpartition("\n")[2].strip(" #*_")
    if not held or len(held) > _CAPTION or held[-1] in ".!?" or "|" in held:
        return None
    at = text.rindex(held, 0, start)
    return Span(at, at + len(held))


# ----------------------------------------------------------------------------------------------------
# Documents flow through in batches so that the parser's batches are full: most sentences hold no number and
# no date and are never parsed. A document that takes too long, too much memory, or holds more numbers than
# a text does, is refused (`Overrun`); the caller leaves it out and goes on.

SENTENCES_A_BATCH = 1024  # parsed together over documents
MENTIONS_A_SENTENCE = 20  # as much memory as a sentence to parse, and so many characters too
CHARACTERS_A_SENTENCE = 2000
MOST_MENTIONS = 25_000  # numbers and dates in a document: prose of the greatest length allowed holds fewer
_INSIDE_NUMBERS = frozenset(".,:/-'")
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
    def to_parse(self) -> dict[Span, bool]:
        """The sentences that are parsed, but for the lines of tables, which are read by cells, and lists of
        references: those that hold a mention which may become a claim, or tell of harm to people (True), and
        those that only compare."""
        text = self.document.text
        starts = [m.start for m in self.mentions if may_claim(m) or kind_of(m)]
        out = {}
        for span in self.sentences:
            if self.document.zone_at(span.start) in ("references", "table"):
                continue
            said, letter = span.of(text), _LETTER.search(text, span.start, span.end)
            holds = bisect_left(starts, span.start) < bisect_left(starts, span.end) and letter is not None
            if holds or stems_of_harm().search(said):  # a line of bare numbers asserts nothing
                out[span] = True
            elif alone().search(said) or any_cue().search(said):
                out[span] = False
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

FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a fault in a rule of reading raises; it costs the one document on which it happens."""


def read(
    documents: Iterable[Document],
    index: EventIndex | None = None,
    refuse: Callable[[Overrun], None] | None = None,
) -> Iterator[Reading]:
    """The readings of documents, in order. `index` holds the events that can fix a time.

    A document that takes or holds too much, or on which a rule fails, is left out, and `refuse` is called;
    without it, raises Overrun, or what the rule raised.
    """
    batch: list[Prepared] = []
    waiting = 0
    for document in documents:
        try:
            with bounded(document.id, document.path, len(document.text), "check", document.line):
                _limit(_numbers_in(document.text), document)
                prepared = prepare(document, index)
                _limit(len(prepared.mentions), document)
                waiting += prepared.weight
        except (Overrun, *FAULTS) as error:
            _stated(fault_in(document, error), refuse)
            continue
        batch.append(prepared)
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
    return Prepared(document, tuple(sentences), kept, tuple(table_cells(document, kept)))


def _without_claimless(document: Document, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions; a list of references claims nothing, nor does the base of a rate ("per 1,000"); the two
    numbers of a share with its noun between them are one ("one child in eight")."""
    text = document.text
    rates = tuple(f"{words} " for words in words_of("before the base of a rate"))
    two: Mention | None = None  # the second number of a share
    for m, behind in zip_longest(mentions, mentions[1:]):
        if m is two:
            continue
        reason = None
        if document.zone_at(m.start) == "references":
            reason = "list of references"
        elif m.kind == "number" and text[max(0, m.start - 20) : m.start].lower().endswith(rates):
            reason = "base of a rate"
        elif m.kind == "number" and _HEADED.search(text, max(0, m.start - _MARKS), m.start):
            reason = "list numbering"
        elif (
            behind is not None and m.value == 1 and behind.kind == "number" and behind.noun is None
            and pattern("ranges", "one of so many").fullmatch(text, m.end, behind.start)
        ):  # fmt: skip
            two, share = behind, 1 / (behind.value or 1)
            written = text[m.start : behind.end]
            m = replace(m, end=behind.end, text=written, value=share, low=share, high=share, rule="share")
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
    numbers = (_number_of(document, item, item.number, "zones.list") for item in document.items)
    return [replace(m, status="not_claim", reason="list numbering") for m in numbers]


def _number_of(document: Document, item: ListItem, many: int, rule: str) -> Mention:
    """The number before an item of a list, by a rule by which it says so many."""
    start, end, value = item.number_start, item.number_end, Decimal(many)
    return Mention(
        start=start, end=end, text=document.text[start:end], kind="number", value=value, low=value,
        high=value, rule=rule,
    )  # fmt: skip


def _finish(batch: Sequence[Prepared], refuse: Callable[[Overrun], None] | None) -> Iterator[Reading]:
    while batch:
        readings, error = _parsed(batch)
        yield from readings
        if error is not None:
            _stated(error, refuse)
        batch = batch[len(readings) + 1 :]  # an overrun interrupted the parser


def _parsed(batch: Sequence[Prepared]) -> tuple[list[Reading], Overrun | None]:
    """The readings of a batch up to the first document that takes too much, and the error of that one."""
    views = [view for prepared in batch for view in prepared.views()]
    readings: list[Reading] = []
    with words_forgotten(views):
        parsed = parse_many(views) if views else iter(())
        for prepared in batch:
            document = prepared.document
            try:
                with bounded(document.id, document.path, len(document.text), "check", document.line):
                    here = {span: next(parsed) for span in prepared.to_parse}
                    tabled = [next(parsed) for _ in prepared.cells]
                    readings.append(_reading(prepared, here, tabled))
            except (Overrun, *FAULTS) as error:
                return readings, fault_in(document, error)
    return readings, None


def fault_in(document: Document, error: Exception) -> Overrun:
    """What is said of a document that takes too much, or on which a rule fails: the others must not be lost
    with it."""
    if isinstance(error, Overrun):
        return error
    stated_of = f"{type(error).__name__}: {error}"
    message = f"cannot be read, by a fault of claimcheck ({stated_of}); please report it with the text"
    noted = Overrun(document.path, message, document.id, document.line)
    noted.__cause__ = error
    return noted


def _stated(error: Overrun, refuse: Callable[[Overrun], None] | None) -> None:
    if refuse is None:
        raise error.__cause__ if isinstance(error.__cause__, FAULTS) else error
    refuse(error)


def _numbers_in(text: str) -> int:
    """About how many numbers a text holds, at little cost: "1,234.5" and "12:30" are one each."""
    places = scan(text).numbers
    return len(places) - sum(
        at > 1 and text[at - 1] in _INSIDE_NUMBERS and text[at - 2].isdecimal() for at in places
    )


def _limit(found: int, document: Document) -> None:
    if found > MOST_MENTIONS:
        message = f"holds {found:,} numbers and dates, more than {MOST_MENTIONS:,}; split it"
        raise Overrun(document.path, message, document.id, document.line)


def _reading(
    prepared: Prepared,
    parsed: dict[Span, Parsed | None],
    tabled: Sequence[Parsed | None],
) -> Reading:
    document = prepared.document
    claims: list[Claim] = []
    comparing: list[Claim] = []
    latent: list[Claim] = []
    final: dict[Mention, Mention] = {}
    discourse = Discourse(of_all=year_of_title(document.text, prepared.mentions))
    last = 0
    noted: tuple[int, list[Claim]] = 0, []  # where a sentence ends, and what it says
    starts = [m.start for m in prepared.mentions]
    said, begun = [s.start for s in prepared.sentences], 0
    for span, sentence in parsed.items():
        mentions = prepared.mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        if not prepared.to_parse[span]:
            if sentence is not None:
                comparing += _compared(Sentence(document, sentence, mentions), [], noted, discourse)
            noted = span.end, []
            continue
        headed = _is_headed(document, last, span.start)
        in_list = document.zone_at(span.start) == "list"
        item = in_list and "\n" in document.text[last : span.start]
        if headed or item or _PARAGRAPH.search(document.text, last, span.start):
            short = bisect_left(said, span.start) - bisect_left(said, begun) <= _SHORT
            discourse.new_paragraph((short or in_list) and not headed)
            begun = span.start
        skipped = prepared.mentions[bisect_left(starts, last) : bisect_left(starts, span.start)]
        discourse.advance((), any(is_unread(m) for m in skipped))
        last = span.end
        if sentence is None:
            long = "sentence too long to be one"
            final |= {m: replace(m, status="unresolved", reason=long) for m in mentions if not _settled(m)}
            continue
        at = replace(discourse)
        whole = Sentence(document, sentence, mentions)
        made, ended, more = sentence_claims(whole, discourse)
        comparing += _compared(whole, [*made, *more], noted, at)
        noted = span.end, made
        latent += more
        claims += made
        final |= ended
    for cell, sentence in zip(prepared.cells, tabled, strict=True):
        if sentence is not None:
            made, ended = cell_claims(document, cell, sentence)
            claims += made
            final |= ended
    shares = (c for c in comparing if c.comparison is not None and c.comparison.relation == "share")
    worded = ((c, Mention(start=c.start, end=c.end, text=c.text, kind="percent")) for c in shares)
    asides = [c for c, words in worded if claimhood(words, document.text, c.context) < 0]
    comparing = [c for c in comparing if c not in asides]
    claims = [*instead_of_numbers(claims, [*comparing, *asides]), *comparing]
    claims, whens = without_whens(claims)
    latent += [*whens, *asides]
    listed, mentions = list_and_calendar_claims(document, tuple(final.get(m, m) for m in prepared.mentions))
    shown = {c.claim_id: c for c in [*claims, *listed]}  # two dates of a clause tell twice what it stands in
    reading = Reading(
        document=document,
        mentions=tuple(_ended(document, m) for m in mentions),
        claims=tuple(sorted(shown.values(), key=in_order)),
        latent=tuple({c.claim_id: c for c in latent if c.claim_id not in shown}.values()),
    )
    return replace(reading, findings=tuple(findings(reading)), incidents=reported_incidents(reading))


def _compared(
    sentence: Sentence, made: Sequence[Claim], noted: tuple[int, list[Claim]], discourse: Discourse
) -> list[Claim]:
    """What a sentence compares; `made` are the claims of its numbers, `noted` those of the one before."""
    end, before = noted
    between = sentence.document.text[end : sentence.parsed.span.start].strip()
    return comparison_claims(sentence, made, [] if between else before, discourse)


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
