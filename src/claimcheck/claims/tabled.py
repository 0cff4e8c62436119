"""Tables of a document, read as rows with their heads: "| Tarn | 9 |" under "People killed" says that
9 people were killed in Tarn.

Each number of a row becomes a short sentence of its own for the parser, put together from the head of its
column, the labels of its row and, where none has a day, that of the line above the table. Labels are the
first cell and all others of words, but for who says it: "| May 2016 | Tarn | 9 | Guild |". Years as heads
date their columns, and the line above says what they count. A cell without head or label makes no claim.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, pairwise

from claimcheck.claims.clauses import clauses
from claimcheck.claims.discourse import Discourse
from claimcheck.claims.parsing import Parsed
from claimcheck.claims.sentence import sentence_claims
from claimcheck.claims.view import View, stand_in
from claimcheck.documents.layout import Line, lines
from claimcheck.lexicon import pattern
from claimcheck.model import Claim, Document, Mention, Span

MOST = 2000  # cells of a document that are read: a longer table is data, and no text
_RULE = re.compile(r"[\s|:=+-]+")
_CAPTION = 160
_SAYER = pattern("written_tables", "who says it")
_NO_COUNT = pattern("written_tables", "counts nothing")
_YEARS = pattern("written_tables", "years")
_NARROWED = pattern("claim_times", "narrowed heading")
_COUNTED = frozenset({"number", "percent", "money", "measure"})
_LETTER = re.compile(r"[^\W\d_]{2}")

_Year = tuple[Mention, Mention]  # as it was read, and as a date


@dataclass(frozen=True, slots=True)
class CellView(View):
    """A cell as a sentence: its pieces stand in another order than in the document."""

    def _to_view(self, offset: int) -> int:
        for shown, meant, whole in zip(self.shown, self.meant, self.whole, strict=True):
            if meant.start <= offset < meant.end:
                return shown if whole else shown + offset - meant.start
        return 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table as a sentence, with the mentions that it is read with; `year`: the head that dates
    it, as it stood among the mentions and as a date."""

    view: CellView
    number: Mention
    mentions: tuple[Mention, ...]
    year: _Year | None = None


def cells(document: Document, mentions: Sequence[Mention]) -> list[Cell]:
    """The cells of a document's tables that can be read, in text order."""
    text, starts = document.text, [m.start for m in mentions]
    tables = (Span(z.start, z.end) for z in document.zones if z.kind == "table")
    read = (
        cell
        for t in tables
        for cell in _of_table(_Table(text, mentions, starts, _line_above(text, t.start)), t)
    )
    return list(islice(read, MOST))


def cell_claims(document: Document, cell: Cell, parsed: Parsed) -> tuple[list[Claim], dict[Mention, Mention]]:
    """The claim of a cell, with its row as text, and the mentions that it uses as they ended."""
    made, ended = sentence_claims(document, parsed, cell.mentions, Discourse())
    row = cell.view.span
    claims = [
        replace(c, start=row.start, end=row.end, text=row.of(document.text), context=row, rule="claims.cell")
        for c in made
        if c.kind == "quantity" and c.quantity is not None and c.quantity.span == cell.number.span
        if c.quantity.kind != "percent" or _says_of_what(cell, parsed)
    ][:1]
    if not claims or not any(clauses(parsed.doc)):
        return [], {}
    used = {old: new for old, new in ended.items() if new.status == "claim"}
    if cell.year is not None and (dated := used.pop(cell.year[1], None)) is not None:
        used[cell.year[0]] = dated
    return claims, used


def _says_of_what(cell: Cell, parsed: Parsed) -> bool:
    """Whether the head of a column holds a noun: "unemployment rate", and not "local"."""
    head, behind = (
        cell.view.shown[2:4] if len(cell.view.shown) > 3 else (cell.view.shown[2], len(cell.view.text))
    )
    return any(t.pos_ in ("NOUN", "PROPN") and head <= t.idx < behind for t in parsed.doc)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table's text with the mentions of the document, and the line above it where that is a caption."""

    text: str
    mentions: Sequence[Mention]
    starts: Sequence[int]
    above: Span | None

    def within(self, span: Span) -> Sequence[Mention]:
        """The mentions that start in a span."""
        return self.mentions[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]

    def dates(self, span: Span | None) -> list[Mention]:
        """The dates of a span that say days."""
        return [m for m in self.within(span) if m.kind == "date" and m.period] if span is not None else []


def _of_table(read: _Table, table: Span) -> Iterator[Cell]:
    text = read.text
    heads: list[Span] = []
    first = False  # whether a row stands right under the heads
    for row, behind in pairwise([*lines(text, table.start, table.end), None]):
        if row is None or _RULE.fullmatch(row.of(text)):
            continue
        found = _split(text, row)
        if not heads or (behind is not None and _RULE.fullmatch(behind.of(text))):
            heads, first = found, True  # of one table behind another, too
            continue
        if len(found) != len(heads):
            continue  # which head a number has is anybody's guess
        if first and _are_heads(read, heads, found):
            heads = [cell if cell.start < cell.end else head for head, cell in zip(heads, found, strict=True)]
            continue
        first = False
        yield from _of_row(read, row, list(zip(heads, found, strict=True)))


def _are_heads(read: _Table, heads: Sequence[Span], found: Sequence[Span]) -> bool:
    """Whether a row under heads that go over several columns says what each of those is: no number in it."""
    spread = any(head.start == head.end for head in heads[1:])
    return spread and not any(m.kind in _COUNTED for cell in found for m in read.within(cell))


def _of_row(read: _Table, row: Line, columns: Sequence[tuple[Span, Span]]) -> Iterator[Cell]:
    """The cells of a row that can be read, each column a head and a cell."""
    years = [year for head, cell in columns if (year := _year_of_row(read, head, cell))]
    year = years[0] if len(years) == 1 else None
    labels = [
        cell for at, (head, cell) in enumerate(columns)
        if (at == 0 and (year is None or year[0].span != cell)) or _is_label(read, head, cell)
    ]  # fmt: skip
    for head, cell in columns[1:]:
        made = _cell(read, Span(row.start, row.end), labels, cell, head, year)
        if made is not None:
            yield made


def _is_label(table: _Table, head: Span, cell: Span) -> bool:
    """Whether a cell says of what the numbers of its row are, and not who says it."""
    text = table.text
    words = _LETTER.search(cell.of(text)) is not None
    said = _SAYER.match(text, head.start) is not None
    return words and not said and not any(m.kind in _COUNTED for m in table.within(cell))


def _year_of_row(table: _Table, head: Span, cell: Span) -> _Year | None:
    """The year that a cell is under a head that says so: "| Year |"."""
    says = _YEARS.fullmatch(table.text, head.start, head.end) is not None
    return _year(table.within(cell), cell) if says else None


def _cell(
    table: _Table, row: Span, labels: Sequence[Span], cell: Span, head: Span, of_row: _Year | None
) -> Cell | None:
    """The cell with what says what it counts, where and when; None where it cannot be read."""
    text, above = table.text, table.above
    numbers = [m for m in table.within(cell) if m.kind in _COUNTED and m.status != "not_claim"]
    if len(numbers) != 1 or numbers[0].reason or numbers[0].wide.of(text).strip() != cell.of(text):
        return None
    of_column = _year(table.within(head), head)
    year = of_column or of_row
    counted: Span | None = head
    if of_row is not None and (of_column is not None or of_row[0].span == cell):
        return None
    if of_column is not None:
        counted = above and Span(above.start, above.start + len(_NARROWED.sub("", above.of(text))))
    if counted is None or any(m.kind in _COUNTED for m in table.within(counted)):
        return None
    if _NO_COUNT.match(text, counted.start, counted.end) is not None:
        return None
    if _LETTER.search(counted.of(text)) is None or (labels and _LETTER.search(labels[0].of(text)) is None):
        return None
    dating = [(label, table.dates(label)) for label in labels]
    if sum(bool(days) for _, days in dating) + (of_row is not None) > 1:
        return None  # "| From | To |": of which days it is takes both
    own = [day for _, days in dating for day in days]
    captioned = table.dates(above)
    dated = [year[1]] if year is not None else own[:1] or (captioned if len(captioned) == 1 else [])
    places = [label for label, days in dating if not days or days[0].text != label.of(text)]
    view = _view(text, row, numbers[0], counted, places, dated)
    return Cell(view, numbers[0], tuple(sorted([numbers[0], *dated], key=lambda m: m.start)), year)


def _view(
    text: str, row: Span, number: Mention, counted: Span, places: Sequence[Span], dated: Sequence[Mention]
) -> CellView:
    """ "9 people killed in Tarn in May", each piece with its characters in the document."""
    small = counted.of(text)
    small = small[:1].lower() + small[1:] if small[1:2].islower() else small
    nothing = Span(row.end, row.end)
    pieces: list[tuple[str, Span, bool]] = [
        (number.text, number.span, False),
        (" ", nothing, True),
        (small, counted, False),
    ]
    for place in places:
        pieces += [(" in ", nothing, True), (place.of(text), place, False)]
    for m in dated:
        pieces += [(" in ", nothing, True), (stand_in(m) or m.text, m.span, True)]
    shown, at = [], 0
    for written, _, _ in pieces:
        shown.append(at)
        at += len(written)
    written_all = "".join(written for written, _, _ in pieces) + "."
    meant = tuple(span for _, span, _ in pieces)
    return CellView(written_all, row, tuple(shown), meant, tuple(whole for _, _, whole in pieces))


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
    low = max(0, start - 2 * _CAPTION)
    end = low + len(text[low:start].rstrip())
    begin = text.rfind("\n", low, end) + 1
    if not begin and low:
        return None
    held = text[begin:end].strip(" #*_")
    if not held or len(held) > _CAPTION or held[-1] in ".!?" or "|" in held:
        return None
    at = text.index(held, begin)
    return Span(at, at + len(held))


def _year(mentions: Sequence[Mention], head: Span) -> _Year | None:
    """The year that a head or a cell is, as it was read and as a date."""
    for m in mentions:
        if m.span != head or m.value is None or not m.text.isdecimal() or not 1500 < m.value < 2200:
            continue
        first, last = date(int(m.value), 1, 1), date(int(m.value), 12, 31)
        return m, replace(
            m,
            kind="date",
            value=None,
            low=None,
            high=None,
            timex=m.text,
            edtf=m.text,
            date_start=first,
            date_end=last,
            status="unresolved",
            reason=None,
            rule="tables.year",
        )
    return None
