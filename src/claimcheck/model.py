"""The values that everything else passes around, and their laws. No input or output here.

Numbers are closed intervals of `Decimal`, dates are closed periods of days. An end that is `None` is
open. Every value is frozen: a step makes new ones with `dataclasses.replace`.

The names follow the field: a *mention* is an expression in the text, a *claim* an assertion that can be
checked, *evidence* a reference row that meets it, a *verdict* one of AVeriTeC's four
(Schlichtkrull, Guo & Vlachos, 2023).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

MentionKind = Literal[
    "number", "ordinal", "percent", "money", "measure", "age", "duration", "date", "time", "set"
]
Comparator = Literal["eq", "gt", "ge", "lt", "le", "approx", "range", "vague"]
MentionStatus = Literal["claim", "not_claim", "unresolved"]
ClaimKind = Literal["quantity", "event", "rank", "count", "calendar"]
VerdictName = Literal["supported", "refuted", "conflicting_evidence", "not_enough_evidence"]
Relation = Literal["supports", "refutes", "neutral"]
MeasureType = Literal["flow", "stock", "cumulative", "constant"]
TimeRelation = Literal["in", "on", "since", "until", "by", "before", "after", "during", "from_to"]

QUANTITY_KINDS = frozenset({"number", "ordinal", "percent", "money", "measure", "age", "duration"})
TIME_KINDS = frozenset({"date", "time", "duration", "set"})


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


def plain(value: Decimal) -> str:
    """A decimal as people write it: no exponent, no trailing zeros, thousands separated."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


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
    def interval(self) -> Interval:
        """The values that the expression admits."""
        return Interval(self.low, self.high)

    @property
    def period(self) -> Period | None:
        """The days that the expression denotes, None where it denotes none."""
        if self.date_start is None and self.date_end is None:
            return None
        return Period(self.date_start, self.date_end)

    @property
    def is_time(self) -> bool:
        """Whether it tells when, how long or how often, rather than how many."""
        return self.kind in ("date", "time", "set")


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a document with one function; zones follow each other and do not overlap."""

    start: int
    end: int
    kind: Literal["letterhead", "heading", "body", "list", "signature", "contacts", "table"]


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
    path: str | None = None
    encoding: str | None = None
    media_type: str = "text/plain"
    locale: Literal["mdy", "dmy", "unknown"] = "unknown"
    zones: tuple[Zone, ...] = ()
    items: tuple[ListItem, ...] = ()
    pages: tuple[int, ...] = ()  # the offset at which each page starts, empty where there are none

    @property
    def sha256(self) -> str:
        """Hash of the text, hexadecimal."""
        return _sha256(self.text)


@lru_cache(maxsize=8)
def _sha256(text: str) -> str:
    """Remembered for the documents at hand: every claim's id holds it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """A name as the text writes it, and the gazetteer row ("places:P001") it links to, if any."""

    text: str
    id: str | None = None


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
        return Period(self.date_start, self.date_end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One checkable assertion.

    `quantity` is the mention that says how many (its `low`..`high` is what the claim admits);
    `predicate` is the lemma of the verb that governs it, `terms` the lemmas of the clause's content words
    in text order, `context` the sentence (for names and cues that stand outside the clause). `hedge` says
    why a claim is not asserted: question, condition, demand, forecast, negation, plan.
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

    @property
    def interval(self) -> Interval | None:
        """The values that the claim admits, None where it states none."""
        return None if self.quantity is None else self.quantity.interval


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRow:
    """A row of a curated table, normalised, as `judging` meets it.

    `kind` is the resource's; an `aggregate` is a count or a sum over rows, with the `sql` that gives it.
    `names` are all its names and aliases; `places` its place from the narrowest to the widest, gazetteer
    keys ("places:P001") where the table points into a gazetteer, else names; containers that the gazetteer
    knows are appended. `low`..`high` is what the row says before the precision of its digits is added; an
    end that the package leaves empty is None. `first` and `last` are the days on which the happening (or
    the counted period) may have begun and ended: one day each where the table gives days, a month where it
    gives a month, None where it is blank, and a blank end decides nothing. `own` marks a row whose only
    source is the document's author or a signatory.
    """

    package: str
    table: str
    row_id: str
    kind: Literal["figure", "event", "incident", "aggregate", "gazetteer"]
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
    raw: Mapping[str, Any] = field(default_factory=dict)
    sql: str | None = None

    @property
    def key(self) -> str:
        """The row's key across tables: "events:E009"."""
        return f"{self.table}:{self.row_id}"

    @property
    def period(self) -> Period | None:
        """From the earliest first day to the latest last day; None where either end is blank."""
        if self.first is None or self.last is None:
            return None
        return Period(self.first.start, self.last.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A reference row that met a claim, and what it says to it. `note` is the arithmetic in words."""

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
    published: Period | None = field(default=None, compare=False)  # when the source was; the store knows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the rows say to a claim. The first three verdicts always carry evidence."""

    verdict: VerdictName
    reason: str
    explanation: str
    evidence: tuple[Evidence, ...] = ()
    rule: str = ""

    def __post_init__(self) -> None:
        if self.verdict != "not_enough_evidence" and not self.evidence:
            raise ValueError(f"the verdict {self.verdict} needs evidence")


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
class Reading:
    """What was read in a document: every mention, the claims, the findings."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDocument:
    """A reading with its verdicts, keyed by claim id. Empty verdicts: extracted only."""

    reading: Reading
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)

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


def claim_key(document: Document, kind: str, *parts: object) -> str:
    """A claim's stable id: the same document and the same reading give the same 16 hex digits.

    `parts` are what the text alone says (spans, interval, timex), never what a reference table adds,
    so that a changed table keeps the ids and with them the reviewers' decisions.
    """
    key = "\x1f".join([document.id, document.sha256, kind, *("" if p is None else str(p) for p in parts)])
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
