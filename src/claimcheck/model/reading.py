"""What is read in a document: mentions of numbers and of time, the claims made of them, findings."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from claimcheck.model.document import Document
from claimcheck.model.proposition import Proposition
from claimcheck.model.values import Interval, Period, Span

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
QUANTITY_KINDS = frozenset({"number", "ordinal", "percent", "money", "measure", "age", "duration"})
TIME_KINDS = frozenset({"date", "time", "duration", "set"})


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
    """One of those that a comparison compares, as sentences of its own, which the linker reads like any
    other.

    `sentences` are ways to say it, the likeliest first, with `PROBE` where its number stands, or the number
    that the text gives it ("Turnout in Arvia was 61 per cent in 2015"). `number` is where that number
    stands in the document, None where the text gives none. Of the role `times` is each other time of the
    number that the text itself gives, after the day `since`. `recorder` is who counted it, where the text
    says so. `claim` is its claim as it was linked, `rows` the keys of the rows that answer it
    ("figures:F012").
    """

    role: Literal["first", "second", "part", "whole", "item", "set", "others", "times"]
    sentences: tuple[str, ...]
    number: Span | None = None
    since: date | None = None
    recorder: str | None = None
    claim: Claim | None = field(default=None, compare=False)
    rows: tuple[str, ...] = field(default=(), compare=False)


PROBE = 45
"""Stands in an operand's sentence for the number that the text does not give: as good as any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a sentence says of two numbers or more.

    `low`..`high` is what it admits of their relation: of a `ratio` how many times as much the first is as the
    second, of a `difference` by how much it is more (where `way` is `less`, less), of a `change` the same
    as a part of the second, of a `sum`, an `average` or a `share` the number itself. What lies outside of
    `outer_low`..`outer_high` is refuted; between the two it is neither. `rank` is the place from above (from
    below where `way` is `less`); of a `streak`, how often in a row it moved that way, `months` apart.
    `scope` is the clause that compares: no number of it is true by itself.
    `unread` says why there are no operands.
    """

    relation: ComparisonRelation
    way: Way = "greater"
    low: Decimal | None = None
    high: Decimal | None = None
    outer_low: Decimal | None = None
    outer_high: Decimal | None = None
    rank: int = 1
    months: int = 0
    operands: tuple[Operand, ...] = ()
    scope: Span = field(default_factory=lambda: Span(0, 0))
    unread: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One checkable assertion.

    `quantity` is the mention that says how many (its `low`..`high` is what the claim admits);
    `predicate` is the lemma of the verb that governs it, `terms` the lemmas of the clause's content words
    in text order and the pairs that a noun makes with the counted one ("dairy farm"), `context` the sentence
    (for names and cues that stand outside the clause). `hedge` says
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
class ToldIncident:
    """An incident over all who tell of it in a document: the fewest and the most killed and injured.

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
    """What was read in a document: every mention, the claims, the findings, incidents over their sources."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    incidents: tuple[ToldIncident, ...] = ()


def claim_key(document: Document, kind: str, *parts: object) -> str:
    """A claim's stable id: the same document and the same reading give the same 16 hex digits.

    `parts` are what the text alone says (spans, interval, timex), never what a reference table adds,
    so that a changed table keeps the ids and with them the reviewers' decisions.
    """
    key = "\x1f".join([document.id, document.sha256, kind, *("" if p is None else str(p) for p in parts)])
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
