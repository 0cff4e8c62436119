"""The values that everything else passes around, and their laws. No input or output here.

Numbers are closed intervals of `Decimal`, dates are closed periods of days. An end that is `None` is
open. Every value is frozen: a step makes new ones with `dataclasses.replace`.

The names follow the field: a *mention* is an expression in the text, a *claim* an assertion that can be
checked, *evidence* a reference row that meets it, a *verdict* one of AVeriTeC's four
(Schlichtkrull, Guo & Vlachos, 2023).
"""

from __future__ import annotations

import copyreg
import dataclasses
import hashlib
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, timedelta
from decimal import Context, Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, Literal, TypeVar

# ----------------------------------------------------------------------------------------------------
# Spans of characters, intervals of values and periods of days: what every other value is made of.


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` to `end` (exclusive) of a document's text as read."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The characters that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of values; an end that is None is open ("more than 130 groups" is 131..)."""

    low: Decimal | None
    high: Decimal | None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"an interval needs low <= high, not {self.low}..{self.high}")

    def contains(self, value: Decimal) -> bool:
        """Whether `value` lies inside, ends included."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def covers(self, other: Interval) -> bool:
        """Whether `other` lies wholly inside; an open end lies only inside an open end."""
        low = self.low is None or (other.low is not None and self.low <= other.low)
        high = self.high is None or (other.high is not None and other.high <= self.high)
        return low and high

    def meets(self, other: Interval) -> bool:
        """Whether the two share at least one value."""
        return not self.below(other) and not other.below(self)

    def below(self, other: Interval) -> bool:
        """Whether every value here is smaller than every value of `other`."""
        return self.high is not None and other.low is not None and self.high < other.low

    def __str__(self) -> str:
        if self.low == self.high and self.low is not None:
            return plain(self.low)
        low = "" if self.low is None else plain(self.low)
        high = "" if self.high is None else plain(self.high)
        return f"[{low or '–'}, {high or '–'}]"


@dataclass(frozen=True, slots=True)
class Period:
    """A closed interval of days; an end that is None is open."""

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start > self.end:
            raise ValueError(f"a period needs start <= end, not {self.start}..{self.end}")

    @classmethod
    def day(cls, day: date) -> Period:
        """The period of one day."""
        return cls(day, day)

    def covers(self, other: Period) -> bool:
        """Whether `other` lies wholly inside."""
        start = self.start is None or (other.start is not None and self.start <= other.start)
        end = self.end is None or (other.end is not None and other.end <= self.end)
        return start and end

    def meets(self, other: Period) -> bool:
        """Whether the two share at least one day."""
        return not self.before(other) and not other.before(self)

    def before(self, other: Period) -> bool:
        """Whether every day here is earlier than every day of `other`."""
        return self.end is not None and other.start is not None and self.end < other.start

    def widened(self, days: int) -> Period:
        """The period with `days` more on either side; open ends and the calendar's ends stay."""
        return Period(
            None if self.start is None else _shifted(self.start, -days),
            None if self.end is None else _shifted(self.end, days),
        )

    @property
    def days(self) -> int | None:
        """How many days it holds, None where an end is open."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1

    def __str__(self) -> str:
        if self.start == self.end and self.start is not None:
            return self.start.isoformat()
        return f"{self.start or '..'}/{self.end or '..'}"


def _shifted(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


MAGNITUDE = 28  # decimal places before or behind the point: what exact arithmetic holds
WIDE = Context(prec=60)
"""Arithmetic that loses no digit of two such numbers, however far they are apart."""


def countable(value: Decimal | None) -> bool:
    """Whether a number is none, or small and large enough to count with: `Decimal("5e400")` is not."""
    return value is None or not value or (value.is_finite() and abs(value.adjusted()) < MAGNITUDE)


def to_places(value: Decimal, places: int) -> Decimal:
    """A decimal rounded; one of so many digits that they do not fit beside the places as it is."""
    return value if value.adjusted() + places + 2 > MAGNITUDE else round(value, places)


def plain(value: Decimal) -> str:
    """A decimal as people write it: no exponent, no trailing zeros, thousands separated."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# ----------------------------------------------------------------------------------------------------
# A document as read, its zones and the items of its lists.

ZoneKind = Literal["letterhead", "heading", "body", "list", "signature", "contacts", "table", "references"]


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a document with one function; zones follow each other and do not overlap."""

    start: int
    end: int
    kind: ZoneKind


@dataclass(frozen=True, slots=True)
class ListItem:
    """A numbered item of a list zone: its printed number and the text behind it."""

    number: int
    number_start: int
    number_end: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as read. `text` is canonical: every offset in the project refers to it."""

    id: str
    text: str
    date: date | None = None
    date_origin: str | None = None  # "given", "dateline", "metadata"; None where there is no date
    about: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    address: str | None = None  # where it was published, usually of a page on the web
    path: str | None = None
    encoding: str | None = None
    media_type: str = "text/plain"
    locale: Literal["mdy", "dmy", "unknown"] = "unknown"
    zones: tuple[Zone, ...] = ()
    items: tuple[ListItem, ...] = ()
    pages: tuple[int, ...] = ()  # the offset at which each page starts, empty where there are none
    line: int | None = field(default=None, compare=False)  # of the .jsonl file it came from; is not stored

    @property
    def sha256(self) -> str:
        """Hash of the text, hexadecimal."""
        return _sha256(self.text)

    def zone_at(self, offset: int) -> ZoneKind:
        """The kind of the zone in which a character stands, "body" outside all."""
        at = bisect_right(self.zones, offset, key=lambda zone: zone.start) - 1
        return self.zones[at].kind if at >= 0 and offset < self.zones[at].end else "body"


@lru_cache(maxsize=8)
def _sha256(text: str) -> str:
    """Remembered for the documents at hand: every claim's id holds it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# ----------------------------------------------------------------------------------------------------
# A clause as its slots: which words stand where around a number or a date, and in whose scope.

PartRole = Literal[
    "head", "modifier", "of", "apposition", "relative", "subject", "object", "agent", "oblique", "adverb",
    "particle", "complement", "attribute", "predicate", "governor", "noun", "clause", "heading",
]  # fmt: skip
NumberRole = Literal["subject", "patient", "object", "attribute", "oblique", "bare"]


@dataclass(frozen=True, slots=True)
class Part:
    """A content word of a clause and the slot in which it stands.

    `role` is the slot of the phrase that holds the word: the `head` that a number counts, its `modifier`s,
    the `subject`, `object`, `agent` ("by …") or `oblique` of the predicate with its preposition `prep`, the
    `predicate` itself, a `governor` above it ("were *believed* to have died"), a `noun` that the number
    hangs on ("a *toll* of 20"), a word of the `heading` that governs a list. `level` is how many heads lie
    between: 0 the phrase of the number or the date, 1 the nearest predicate. `unit` numbers the phrases; the
    words of one share it, and `is_head` marks its head. A word of `context` ("…, *which had fallen*") may
    help a reading and never restricts it. A time beside the claim's own is one part, of the `pos` "TIME": "in
    2016 12 drowned *overnight*".
    """

    start: int
    end: int
    lemma: str
    pos: str
    role: PartRole
    level: int
    unit: int
    prep: str | None = None
    is_head: bool = False
    context: bool = False


@dataclass(frozen=True, slots=True)
class Proposition:
    """What a clause says around a number or a date, every content word in a slot.

    `role` is what the number is to the nearest predicate: in "12 were killed" and "the blast killed 12" the
    `patient` or `object`, in "12 soldiers fired" the `subject`. `share`: "part" where the number counts some
    of those whom the phrase names ("12 of the dead"), "them" where a pronoun does ("12 of them"). `passive`
    says that the nearest predicate is a passive, `prep` by which preposition the number hangs on what is
    above it ("rose *by* 12", "rose *to* 12").
    """

    parts: tuple[Part, ...] = ()
    role: NumberRole = "bare"
    passive: bool = False
    share: Literal["all", "part", "them"] = "all"
    prep: str | None = None

    @property
    def predicates(self) -> tuple[Part, ...]:
        """The verbs above the number or the date, the nearest first."""
        return tuple(p for p in self.parts if p.role in ("predicate", "governor"))


# ----------------------------------------------------------------------------------------------------
# What is read in a document: mentions of numbers and of time, the claims made of them, findings.

MentionKind = Literal[
    "number", "ordinal", "percent", "money", "measure", "age", "duration", "date", "time", "set"
]
Comparator = Literal["eq", "gt", "ge", "lt", "le", "approx", "range", "vague"]
MentionStatus = Literal["claim", "not_claim", "unresolved"]
ClaimKind = Literal["quantity", "event", "rank", "count", "calendar", "comparison", "statement"]
ComparisonRelation = Literal[
    "greater", "less", "equal", "difference", "ratio", "change", "extreme", "rank", "sum", "average", "share",
    "streak",
]  # fmt: skip
Way = Literal["greater", "less", "equal"]
Basis = Literal["clause", "sentence", "carried", "heading", "dateline", "about"]
TimeRelation = Literal["in", "on", "since", "until", "by", "before", "after", "during", "from_to"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An expression of a number or of time, asserted or not (see the output contract for each field).

    `qualifier` is the span of the words that turn the number into an interval ("more than"), `mod` the
    TIMEX3 mod (START MID END APPROX BEFORE AFTER), `edtf` the Extended Date/Time Format (ISO 8601-2) of
    a date, `anchor` the name of the event that fixes it ("Geneva IX"), `cumulative` whether an ordinal
    counts something that is still being counted ("the 21st civilian to die").
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    comparator: Comparator = "eq"
    unit: str | None = None
    noun: str | None = None
    timex: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    inferred: tuple[str, ...] = ()
    status: MentionStatus = "unresolved"
    reason: str | None = None
    rule: str = ""
    qualifier: Span | None = None
    mod: str | None = None
    edtf: str | None = None
    anchor: str | None = None
    cumulative: bool = False

    @property
    def span(self) -> Span:
        """The mention's own characters, its qualifier left out."""
        return Span(self.start, self.end)

    @property
    def wide(self) -> Span:
        """The mention's characters with its qualifier."""
        if self.qualifier is None:
            return self.span
        return Span(min(self.start, self.qualifier.start), max(self.end, self.qualifier.end))

    @property
    def wide_start(self) -> int:
        """Where the mention's characters begin with its qualifier: asked for far more often than the span."""
        return self.start if self.qualifier is None else min(self.start, self.qualifier.start)

    @property
    def interval(self) -> Interval:
        """The values that the expression admits."""
        return Interval(self.low, self.high)

    @property
    def period(self) -> Period | None:
        """The days that the expression denotes, None where it denotes none."""
        if self.date_start is None and self.date_end is None:
            return None
        return _period(self.date_start, self.date_end)

    @property
    def is_time(self) -> bool:
        """Whether it tells when, how long or how often, rather than how many."""
        return self.kind in ("date", "time", "set")


@dataclass(frozen=True, slots=True)
class Link:
    """A name as the text writes it, and the gazetteer row ("places:P001") it links to, if any."""

    text: str
    id: str | None = None


@lru_cache(maxsize=1 << 10)
def _period(start: date | None, end: date | None) -> Period:
    return Period(start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTime:
    """When a claim holds. `start`, `end` is the mention's span, None where the time is the document's.

    `date_start` and `date_end` already carry the preposition: "since June 2011" in a letter of
    31 January 2018 is 2011-06-01 to 2018-01-31 with relation `since`.
    """

    start: int | None
    end: int | None
    timex: str | None
    date_start: date | None
    date_end: date | None
    inferred: tuple[str, ...] = ()
    anchor: str | None = None
    relation: TimeRelation = "in"
    basis: Literal["clause", "sentence", "discourse", "document"] = "clause"

    @property
    def period(self) -> Period | None:
        """The days, None where both ends are open."""
        if self.date_start is None and self.date_end is None:
            return None
        return _period(self.date_start, self.date_end)


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of what a claim says and the words that say it: the place, "the enclave", Eastern Ghouta.

    `slot` names the part (predicate, counted noun, place, time, …), `text` its words at `start`..`end` (None
    where no words of the document say it), `value` what they stand for (a gazetteer key, a period), `basis`
    how the claim came by it: its own clause or sentence, words that carry it from another sentence, a
    heading, the dateline, or the row that the document is about.
    """

    slot: str
    text: str
    start: int | None = None
    end: int | None = None
    value: str | None = None
    basis: Basis = "clause"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """One of those that a comparison compares: a claim of its sentence with a slot replaced.

    `text` is what it says, its number left out. `claim` is that claim, its number open unless the text gives
    it at `number`; `without` are the characters of the sentence that belong to the other operand and to the
    words that compare. `rows` are the keys of the rows that answer it ("figures:F012"). `since` is
    stored, and says nothing any more.
    """

    role: Literal["first", "second", "part", "whole", "item"]
    text: str
    claim: Claim | None = field(default=None, compare=False)
    without: tuple[Span, ...] = ()
    number: Span | None = None
    since: date | None = None
    rows: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a sentence says of two numbers or more.

    `low`..`high` is what it admits of their relation: of a `ratio` how many times as much the first is as the
    second, of a `difference` by how much it is more (where `way` is `less`, less), of a `change` the same
    as a part of the second, of a `sum`, an `average` or a `share` the number itself. What lies outside of
    `outer_low`..`outer_high` is refuted; between the two it is neither. `rank` is the place from above (from
    below where `way` is `less`), of a `streak` how many steps of a series went that way in a row, 0 where all
    since a time did; `low`..`high` are the days of a step. `scope` is the clause that compares: no number of
    it is true by itself.
    `unread` says why there are no operands.
    """

    relation: ComparisonRelation
    way: Way = "greater"
    low: Decimal | None = None
    high: Decimal | None = None
    outer_low: Decimal | None = None
    outer_high: Decimal | None = None
    rank: int = 1
    operands: tuple[Operand, ...] = ()
    scope: Span = field(default_factory=lambda: Span(0, 0))
    unread: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One checkable assertion.

    `quantity` is the mention that says how many (its `low`..`high` is what the claim admits);
    `predicate` is the lemma of the verb that governs it, `terms` the lemmas of the clause's content words
    in text order, `context` the sentence (for names and cues that stand outside the clause). `hedge` says
    why a claim is not asserted: question, condition, demand, forecast, negation, plan. `slots` are its parts
    as they were found, `unread` the words that nothing explains, `said_on` the day on which it was said.
    """

    claim_id: str
    kind: ClaimKind
    start: int
    end: int
    text: str
    measure: str | None
    quantity: Mention | None = None
    time: ClaimTime | None = None
    place: Link | None = None
    actor: Link | None = None
    subject: Link | None = None
    asserted: bool = True
    hedge: str | None = None
    speaker: Link | None = None
    predicate: str | None = None
    terms: tuple[str, ...] = ()
    context: Span = field(default_factory=lambda: Span(0, 0))
    part_of: str | None = None
    role: Literal["subject", "object", "attribute", "other"] | None = None
    rule: str = ""
    slots: tuple[Slot, ...] = ()
    unread: tuple[Span, ...] = ()
    said_on: date | None = None
    proposition: Proposition | None = field(default=None, compare=False)
    comparison: Comparison | None = None

    @property
    def interval(self) -> Interval | None:
        """The values that the claim admits, None where it states none."""
        return None if self.quantity is None else self.quantity.interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that the document says about itself and that holds together, or does not."""

    kind: str
    start: int
    end: int
    text: str
    status: Literal["ok", "problem"]
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedIncident:
    """An incident over all who report it in a document: the fewest and the most killed and injured.

    `day` is None where no words date it. `claims` are the ids of the claims that say so, `sources` whom these
    name, in text order; the document itself is one source more where it says so in nobody's name.
    """

    day: date | None
    place: str | None
    killed: Interval | None
    injured: Interval | None
    sources: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read in a document: every mention, the claims, the findings, incidents over their sources.

    `latent` are what numbers say that are claims only where a table holds such numbers: lengths of time,
    ages, places in an order (`frames/held.py`).
    """

    document: Document
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    incidents: tuple[ReportedIncident, ...] = ()
    latent: tuple[Claim, ...] = ()


def in_order(claim: Claim) -> tuple[int, int, bool, int]:
    """The order of a document's claims: as they stand, and an event before its numbers."""
    when = claim.time.start if claim.kind == "event" and claim.time is not None else None
    return claim.context.start, claim.start, claim.kind != "event", when or 0


def claim_key(document: Document, kind: str, *parts: object) -> str:
    """A claim's stable id: the same document and the same reading give the same 16 hex digits.

    `parts` are what the text alone says (spans, interval, timex), never what a reference table adds,
    so that a changed table keeps the ids and with them the reviewers' decisions.
    """
    key = "\x1f".join([document.id, document.sha256, kind, *("" if p is None else str(p) for p in parts)])
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# ----------------------------------------------------------------------------------------------------
# What reference rows say to claims: rows, evidence, verdicts, and the run that found them.

VerdictName = Literal["supported", "refuted", "conflicting_evidence", "not_enough_evidence"]
DECIDED = frozenset({"supported", "refuted", "conflicting_evidence"})
"""The verdicts that say something of a claim."""
Relation = Literal["supports", "refutes", "neutral"]
Stage = Literal["not_read", "not_linked", "no_row", "unexplained", "not_asserted", "decided"]
Attribution = Literal["confirmed", "contradicted", "unknown"]
MeasureType = Literal["flow", "stock", "cumulative", "constant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRow:
    """A row of a curated table, normalised, as `judging` meets it.

    `kind` is the resource's; `names` are all its names and aliases; `places` its place from the narrowest to
    the widest, gazetteer keys ("places:P001") where the table points into a gazetteer, else names;
    containers that the gazetteer knows are appended.
    `low`..`high` is what the row says before the precision of its digits is added; an end that the package
    leaves empty is None. `first` and `last` are the days on which the event (or the counted period) may
    have begun and ended: one day each where the table gives days, a month where it gives a month, None where
    it is blank, and a blank end decides nothing. `own` marks a row whose only
    source is the document's author or a signatory. `origins` and `destinations` are places as `places` are,
    of what goes from one to another; `event` is the key of the event ("events:E1") whose place and
    period the row has where it states none; `revised` marks a number of a measure that is corrected downwards
    at times, which says nothing of other days.
    """

    package: str
    table: str
    row_id: str
    kind: Literal["figure", "event", "incident", "gazetteer"]
    name: str | None = None
    names: tuple[str, ...] = ()
    measure: str | None = None
    measure_type: MeasureType | None = None
    unit: str | None = None
    low: Decimal | None = None
    best: Decimal | None = None
    high: Decimal | None = None
    places: tuple[str, ...] = ()
    actor: str | None = None
    first: Period | None = None
    last: Period | None = None
    as_of: Period | None = None
    number: int | None = None
    series: str | None = None
    complete: bool = False
    source_id: str | None = None
    source: str | None = None
    url: str | None = None
    confidence: str | None = None
    own: bool = False
    label: str | None = None
    quote: str | None = None
    origins: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    event: str | None = None
    reported_by: str | None = None
    revised: bool = False
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The row's key across tables: "events:E009"."""
        return f"{self.table}:{self.row_id}"

    @property
    def period(self) -> Period | None:
        """From the earliest first day to the latest last day; None where either end is blank."""
        if self.first is None or self.last is None:
            return None
        return _period(self.first.start, self.last.end)


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """What one slot adds to the match of a claim and a row: place, same, 2.1, by "Douma".

    `level` is how the two compare (same, wider, narrower, another, …), `points` its weight in the sum that
    decides (a logarithm of odds), `words` are those of the text that were compared.
    """

    slot: str
    level: str
    points: float
    words: tuple[str, ...] = ()


COMPUTED = "comparison"
"""The name of evidence that is computed over the rows beside it."""
PART = "part of a ratio"
"""The name of evidence that a ratio beside it is made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A reference row that met a claim, and what it says to it. `note` is the arithmetic in words.

    `waterfall` is how the row was met, slot by slot; `quote` is the passage of its source, `reported_by`
    who gives the number, where that is not who published it.
    """

    table: str
    row_id: str
    source_id: str | None
    relation: Relation
    low: Decimal | None = None
    best: Decimal | None = None
    high: Decimal | None = None
    date_start: date | None = None
    date_end: date | None = None
    as_of: str | None = None
    sql: str | None = None
    note: str = ""
    own: bool = False
    name: str | None = None
    source: str | None = None
    url: str | None = None
    confidence: str | None = None
    waterfall: tuple[WaterfallStep, ...] = ()
    quote: str | None = None
    reported_by: str | None = None
    unit: str | None = None  # as the table writes it: "EUR million"
    package: str | None = field(default=None, compare=False)  # these four: while a run has the row at hand
    measure: str | None = field(default=None, compare=False)
    complete: bool = field(default=False, compare=False)
    actor: str | None = field(default=None, compare=False)
    published: Period | None = field(default=None, compare=False)  # when the source was; the store knows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A row that may answer a claim, and the words of the claim that it does not explain (`missing`).

    The row's `relation` is what it would say if those words meant what it says. `probability` is how
    likely it is that the claim means this row. Never part of a verdict.
    """

    row: Evidence
    missing: tuple[str, ...] = ()
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Likely:
    """What the rows probably say to a claim that is not decided: no verdict, but what a reviewer sees first.

    `rows` are the rows that it rests on, the most probable first, each with its waterfall; `waterfall` is the
    sum that gives `probability`, and `explanation` the arithmetic where two rows and more are computed.
    """

    verdict: VerdictName
    probability: float
    rows: tuple[Suggestion, ...]
    waterfall: tuple[WaterfallStep, ...] = ()
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the rows say to a claim. The first three verdicts always carry evidence.

    `stage` is how far the claim came: `not_read`, `not_linked` (no measure or event of the tables),
    `no_row`, `unexplained` (no row explains the words that `unexplained` names), `not_asserted`, `decided`.
    Where the judge does not say, it follows from the reason. `suggestions` are the rows that come nearest, in
    order. `probability` is that of the verdict, or of the `likely` one where it is not decided; None where
    there is neither; `waterfall` the sum that gives that of a decided one. `attribution` is whether the
    speaker's own row says what the text lets the speaker say; None where the claim has no speaker.
    """

    verdict: VerdictName
    reason: str
    explanation: str
    evidence: tuple[Evidence, ...] = ()
    rule: str = ""
    stage: Stage = ""  # type: ignore[assignment]  # filled below where the judge leaves it empty
    suggestions: tuple[Suggestion, ...] = ()
    attribution: Attribution | None = None
    unexplained: tuple[str, ...] = ()
    probability: float | None = None
    likely: Likely | None = None
    waterfall: tuple[WaterfallStep, ...] = ()

    def __post_init__(self) -> None:
        if self.verdict != "not_enough_evidence" and not self.evidence:
            raise ValueError(f"the verdict {self.verdict} needs evidence")
        if not self.stage:
            object.__setattr__(self, "stage", _stage(self.verdict, self.reason, self.unexplained))


def _stage(verdict: VerdictName, reason: str, unexplained: tuple[str, ...]) -> Stage:
    if verdict != "not_enough_evidence":
        return "decided"
    if reason == "not_asserted":
        return "not_asserted"
    if unexplained:
        return "unexplained"
    return "not_linked" if reason in ("no_measure", "unit_mismatch") else "no_row"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDocument:
    """A reading with its verdicts, keyed by claim id. Empty verdicts: extracted only."""

    reading: Reading
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    rows: bytes | None = field(init=False, default=None, compare=False, repr=False)
    """What the store keeps of it, where the worker that made it has written that down; of no other value."""

    @property
    def document(self) -> Document:
        """The document that was read."""
        return self.reading.document


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInfo:
    """Provenance of a run: when, with which code, model, rules and packages."""

    run_id: str
    started: str
    finished: str | None
    version: str
    model: str
    lexicon: str
    packages: Mapping[str, str]  # name -> digest
    documents: int = 0
    new_documents: int = 0


# ----------------------------------------------------------------------------------------------------
# Values go to other processes and to temporary files by the thousand. As dataclasses do it, that takes twice
# as long: they ask for the fields of each value anew.

_PUT = {
    made: tuple(getattr(made, f.name).__set__ for f in fields(made))
    for made in list(globals().values()) if isinstance(made, type) and is_dataclass(made)
}  # fmt: skip


def _restored(made: type[Any], *values: Any) -> Any:
    one = object.__new__(made)
    for put, value in zip(_PUT[made], values, strict=True):
        put(one, value)
    return one


_AT: dict[Any, dict[str, int]] = {made: {f.name: n for n, f in enumerate(fields(made))} for made in _PUT}
_VALUES = {made: attrgetter(*(*names, *names)[: max(2, len(names))]) for made, names in _AT.items()}
T = TypeVar("T")


def replace(one: T, **new: Any) -> T:
    """The value with other fields, as `dataclasses.replace` makes it, in half the time.

    Example:
        >>> replace(Span(0, 3), end=5)
        Span(start=0, end=5)
    """
    made: Any = type(one)
    if made not in _PUT or made is CheckedDocument:
        return dataclasses.replace(one, **new)  # type: ignore[type-var]
    values, at = [*_VALUES[made](one)], _AT[made]
    for name, value in new.items():
        values[at[name]] = value
    other: T = object.__new__(made)
    for put, value in zip(_PUT[made], values, strict=False):  # of a single field the value is there twice
        put(other, value)
    if hasattr(made, "__post_init__"):
        made.__post_init__(other)
    return other


def _pickled(made: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    values = attrgetter(*(f.name for f in fields(made)))
    if len(fields(made)) == 1:
        return lambda one: (_restored, (made, values(one)))
    return lambda one: (_restored, (made, *values(one)))


for _made in _PUT:
    copyreg.pickle(_made, _pickled(_made))
