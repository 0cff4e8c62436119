"""What reference rows say to claims: rows, evidence, verdicts, and the run that found them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from claimcheck.model.document import Document
from claimcheck.model.reading import Reading
from claimcheck.model.values import Period

VerdictName = Literal["supported", "refuted", "conflicting_evidence", "not_enough_evidence"]
Relation = Literal["supports", "refutes", "neutral"]
Stage = Literal["not_read", "not_linked", "no_row", "unexplained", "not_asserted", "decided"]
Attribution = Literal["confirmed", "contradicted", "unknown"]
MeasureType = Literal["flow", "stock", "cumulative", "constant"]


@lru_cache(maxsize=1 << 12)
def _period(start: date | None, end: date | None) -> Period:
    return Period(start, end)


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
    source is the document's author or a signatory. `origins` and `destinations` are places as `places` are,
    of what goes from one to another; `event` is the key of the happening ("happenings:E1") whose place and
    period the row has where it states none; `revised` marks a number of a measure that is corrected downwards
    at times, which says nothing of other days.
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
    quote: str | None = None
    origins: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    event: str | None = None
    reported_by: str | None = None
    revised: bool = False
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
        return _period(self.first.start, self.last.end)


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """What one slot adds to the match of a claim and a row: place, contained, 2 points, by "Douma".

    `level` is how the two compare (same, wider, narrower, unexplained, contradicted, …), `words` are those of
    the text that were compared.
    """

    slot: str
    level: str
    points: int
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
    package: str | None = field(default=None, compare=False)  # these five: while a run has the row at hand
    measure: str | None = field(default=None, compare=False)
    unit: str | None = field(default=None, compare=False)
    complete: bool = field(default=False, compare=False)
    actor: str | None = field(default=None, compare=False)
    published: Period | None = field(default=None, compare=False)  # when the source was; the store knows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A row that may answer a claim, and the words of the claim that it does not explain (`missing`).

    The row's `relation` is what it would say if those words meant what it says; "neutral", without `missing`,
    of a row that only comes near by words, place, time and number. Never part of a verdict.
    """

    row: Evidence
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the rows say to a claim. The first three verdicts always carry evidence.

    `stage` is how far the claim came: `not_read`, `not_linked` (no measure or happening of the tables),
    `no_row`, `unexplained` (no row explains the words that `unexplained` names), `not_asserted`, `decided`.
    Where the judge does not say, it follows from the reason. `suggestions` are the rows that come nearest, in
    order. `attribution` is whether the speaker's own row says what the text lets the speaker say; None where
    the claim has no speaker.
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
