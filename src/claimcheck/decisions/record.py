"""A reviewer's decision as a value and as one line of JSON that a person can read.

A decision remembers what it was made on: the claim's clause and span (so that it finds its claim again when
the rules of reading change), a fingerprint of the reading, and the verdict that the tables gave.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal, NamedTuple, get_args
from uuid import uuid4

from claimcheck.json_values import as_json, value_of
from claimcheck.model import Claim, ClaimKind, VerdictName, plain

Kind = Literal[
    "confirm", "override", "dismiss", "follow_up", "correct", "accept", "row", "assign", "comment", "undo"
]
DismissReason = Literal["not_a_claim", "wrong_reading"]

KINDS: tuple[Kind, ...] = get_args(Kind)
VERDICTS: tuple[VerdictName, ...] = get_args(VerdictName)
MOST_NOTE = 4000
MOST_NAME = 80
MOST_ROWS = 50


class DecisionError(ValueError):
    """A decision that does not hold together; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the text says by the reviewer's reading; None leaves that part as it was read.

    `quantity` is written as a text would write it ("more than 130", "500 to 600"), so that the project's
    own rules give its interval.
    """

    quantity: str | None = None
    measure: str | None = None
    place: str | None = None
    date_start: date | None = None
    date_end: date | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) is not None for field in fields(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """Words that a reviewer explains: `words` says `measure` in texts; `row` is one that was suggested,
    `package` whose measure it is, `says` the sentence that it learns ("{n} patients were bused out
    of {place}")."""

    words: str
    measure: str
    row: str | None = None
    package: str | None = None
    says: str | None = None


class RowKey(NamedTuple):
    """A row of a package's table; a row that gives several measures is one of each."""

    package: str
    table: str
    row_id: str
    measure: str = ""

    @property
    def key(self) -> str:
        """The row's key across tables: "figures:F003"."""
        return f"{self.table}:{self.row_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The row that a reviewer laid beside a claim; where none answers (`answers` is false) the rows that were
    shown, none of which is what the claim says. `digest`: of what the row said that answers."""

    answers: bool = True
    rows: tuple[RowKey, ...]
    digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of one reviewer.

    `verdict` is what the claim's verdict is by it: the tables' own (confirm), the reviewer's (override), the
    one that the corrected reading met (correct), that the explained words gave (accept) or that the row gives
    which answers (row: `row`, also of a likely verdict that was overridden with), None otherwise.
    `assignee` is who is to look at the claim (assign; none: nobody any more). A comment is its note. `undoes`
    is the id of the decision that an undo takes back. `reading` and `made_on` are the fingerprint of the
    reading and the tables' verdict that the reviewer saw; `claim_kind`, `start`, `end` and `text` its clause.
    """

    id: str
    time: str
    reviewer: str
    kind: Kind
    claim_id: str
    document: str
    claim_kind: ClaimKind
    start: int
    end: int
    text: str
    reading: str
    made_on: VerdictName | None = None
    verdict: VerdictName | None = None
    reason: DismissReason | None = None
    note: str = ""
    correction: Correction | None = None
    accepted: Accepted | None = None
    row: Answer | None = None
    assignee: str | None = None
    undoes: str | None = None

    @property
    def answer(self) -> RowKey | None:
        """The row that it rests on."""
        return self.row.rows[0] if self.row is not None and self.row.answers else None

    def __post_init__(self) -> None:
        stated = next((stated for wrong, stated in self._faults() if wrong), None)
        if stated is not None:
            raise DecisionError(stated)

    def _faults(self) -> Iterator[tuple[bool, str]]:
        """What a decision must not be, each with what is said of it."""
        kind, words, row = self.kind, self.accepted, self.row
        odd = next((v for v in (self.made_on, self.verdict) if v is not None and v not in VERDICTS), None)
        most = 1 if row is None or row.answers else MOST_ROWS
        yield kind not in KINDS, f"there is no decision {kind!r}"
        yield not self.reviewer.strip(), "a decision needs the reviewer's name"
        long = len(self.reviewer) > MOST_NAME or len(self.note) > MOST_NOTE
        yield long, f"a name has at most {MOST_NAME} characters, a note {MOST_NOTE}"
        yield odd is not None, f"there is no verdict {odd!r}"
        yield kind == "override" and self.verdict is None, "an override needs a verdict"
        known = self.reason is None or self.reason in get_args(DismissReason)
        yield not known, f"there is no reason {self.reason!r} to dismiss a claim"
        yield kind == "correct" and not self.correction, "a correction needs something that it corrects"
        accepts = (kind == "accept") != (words is not None)
        yield accepts, "accepting, and nothing else, says which words mean what"
        empty = words is not None and not (words.words.strip() and words.measure.strip())
        yield empty, "accepting words needs the words and the measure that they say"
        yield kind == "row" and row is None, "a row decision names its rows"
        if row is not None:
            yield kind not in ("row", "override"), "only a row decision or an override names rows"
            many = not 1 <= len(row.rows) <= most
            yield many, "one row answers a claim; of several it can only be said that none does"
            yield self.verdict is None, "a row decision needs the verdict that follows from it"
        wrong = self.assignee is not None and (kind != "assign" or len(self.assignee) > MOST_NAME)
        yield wrong, f"to assign names a person, in at most {MOST_NAME} characters"
        yield kind == "comment" and not self.note.strip(), "a comment needs its words"
        undo = (kind == "undo") != (self.undoes is not None)
        yield undo, "an undo, and nothing else, names the decision that it takes back"


def decide(claim: Claim, document: str, kind: Kind, reviewer: str, **given: Any) -> Decision:
    """A decision on a claim as it stands, with a new id and the time of now. Raises DecisionError."""
    return Decision(
        id=uuid4().hex[:12],
        time=datetime.now(UTC).isoformat(timespec="milliseconds"),
        reviewer=" ".join(reviewer.split()),
        kind=kind,
        claim_id=claim.claim_id,
        document=document,
        claim_kind=claim.kind,
        start=claim.start,
        end=claim.end,
        text=claim.text[:600],
        reading=fingerprint(claim),
        **given,
    )


def fingerprint(claim: Claim) -> str:
    """Sixteen hex digits that change when what was read of a claim changes: its number, its time, its
    measure, its place, whether it is asserted. Ids of the reference tables are left out."""
    quantity, time = claim.quantity, claim.time
    return fingerprint_of(
        claim.kind,
        claim.asserted,
        claim.measure,
        claim.place and claim.place.text,
        *((None,) * 3 if quantity is None else (quantity.low, quantity.high, quantity.unit)),
        *((None,) * 3 if time is None else (time.date_start, time.date_end, time.relation)),
    )


def fingerprint_of(*parts: object) -> str:
    """`fingerprint` of the parts of a reading in its order, for readers who have no claim of the model."""
    texts = (plain(part) if isinstance(part, Decimal) else part for part in parts)
    words = "\x1f".join("" if text is None else str(text) for text in texts)
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


def to_line(decision: Decision) -> str:
    """The decision as one line of JSON without its newline; what is not set is left out."""
    out = as_json(decision)
    return json.dumps({name: out[name] for name in ORDER if name in out}, ensure_ascii=False)


ORDER = (
    "time", "reviewer", "kind", "verdict", "reason", "note", "correction", "accepted", "row", "assignee",
    "undoes", "document", "text", "claim_kind", "start", "end", "claim_id", "made_on", "reading", "id",
)  # fmt: skip


def from_line(line: str) -> Decision:
    """The decision of a line. Raises DecisionError, saying what is wrong."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DecisionError(f"this is no JSON: {error}") from None
    if not isinstance(found, dict):
        raise DecisionError("a decision is a JSON object")
    try:
        decision: Decision = value_of(Decision, found, "decision")
    except ValueError as error:
        raise DecisionError(str(error)) from None
    return decision
