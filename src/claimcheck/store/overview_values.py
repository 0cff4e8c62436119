"""What the overview of a run says, as values: counts, lines of tables, ids of the claims that it quotes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from claimcheck.store.news import New

STANDINGS = ("refuted", "conflicting", "finding", "undecided", "supported", "unasserted", "unjudged")

Counts = tuple[tuple[str, int], ...]
"""How many stand how, in the order of STANDINGS, none left out but those with none."""


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure with its claims by standing. `known`: a reference table measures it."""

    measure: str
    known: bool
    claims: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document with its claims, and what speaks against itself, by standing."""

    document_key: int
    doc_id: str
    title: str
    date: date | None
    claims: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class RunLine:
    """How the claims of the documents stood after a run, and what was new in it."""

    run_id: str
    started: str
    counts: Counts
    news: tuple[New, ...]

    @property
    def claims(self) -> int:
        """How many claims there were."""
        return sum(number for _, number in self.counts)


@dataclass(frozen=True, slots=True)
class ChangedClaim:
    """A claim whose verdict or reason changed since the run before, and through what."""

    claim_id: str
    document_key: int
    before: str | None
    reason_before: str
    after: str | None
    reason_after: str
    causes: tuple[str, ...]
    rule_changed: bool


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the run before: `news` between the runs, and claims and verdicts."""

    run_id: str
    started: str
    news: tuple[New, ...]
    changed: tuple[ChangedClaim, ...]
    changes: int
    moves: tuple[tuple[str | None, str | None, int], ...]
    new_claims: int
    gone_claims: int
    new_documents: int


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """Expressions of numbers or of time that ended alike."""

    what: str  # "number" or "time"
    status: str
    reason: str | None
    expressions: int
    example: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A row that is wanted: the claims that have none, by the link that failed."""

    link: str
    measure: str | None
    place: str | None
    year: int | None
    claims: int
    documents: int
    claim_id: str
    document_key: int


@dataclass(frozen=True, slots=True)
class FindingLine:
    """How many findings of a kind are problems, and how many hold together."""

    kind: str
    problems: int
    ok: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a document says against itself; `number` counts them within the document."""

    document_key: int
    doc_id: str
    title: str
    kind: str
    text: str
    explanation: str
    number: int


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A document that could not be read or checked."""

    path: str
    doc_id: str | None
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One source's figure with the days that it holds for; an end that is None is open."""

    row_key: str
    low: Decimal | None
    best: Decimal | None
    high: Decimal | None
    date_start: date
    date_end: date | None
    unit: str | None
    actor: str | None
    source: str | None
    publisher: str | None
    url: str | None
    confidence: str | None


@dataclass(frozen=True, slots=True)
class Series:
    """The dated figures of a measure in a place, and the claims that met one of them, gravest first.

    `claims` are (claim id, document key); `claims_left` are not named.
    """

    measure: str
    measure_type: str | None
    place: str | None
    figures: tuple[Figure, ...]
    claims: tuple[tuple[str, int], ...]
    claims_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything that the overview of a run says, but the words of the claims that it quotes."""

    documents: int
    elsewhere: int
    counts: Counts
    measures: tuple[MeasureLine, ...]
    measures_left: int
    document_lines: tuple[DocumentLine, ...]
    history: tuple[RunLine, ...]
    runs_alike: int
    runs_left: int
    since: Since | None
    first: tuple[tuple[str, int], ...]  # claim id, document key
    coverage: tuple[CoverageLine, ...]
    gaps: tuple[Gap, ...]
    gaps_left: int
    gap_claims: int
    findings: tuple[FindingLine, ...]
    problems: tuple[Problem, ...]
    quarantine: tuple[Quarantined, ...]
    quarantine_left: int
    series: tuple[Series, ...]
    series_without_claims: tuple[str, ...]
    series_left: int
    reviewed: int
    another_look: int
    needed: tuple[int, ...] = field(default=())

    @property
    def claims(self) -> int:
        """How many claims the run's documents make."""
        return sum(number for _, number in self.counts)
