"""What came out for a statement against what is expected, and the figures of many.

One verdict counts for a statement: that of the claims whose number or date stands at its words. Silence where
the tables decide is counted as plainly as a wrong verdict, and `supported` where it is false most plainly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from math import sqrt
from typing import Any, Literal, Self

from claimcheck.model import DECIDED, CheckedDocument, Claim, Verdict
from claimcheck.reference.cases import Case, Expectation

Outcome = Literal["right", "silent", "supported_falsely", "refuted_falsely", "other_rows", "wrong", "error"]
Z = 1.959964  # of the normal distribution: 95 % lie within


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A statement, the claims that were made of it with their verdicts, and whether that is right.

    `error` is what the program failed with while it read the case; such a statement is never right.
    """

    case: Case
    expectation: Expectation
    claims: tuple[Claim, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    error: str = ""
    by_weekday: bool = False  # refuted because its date is no such weekday, as it is to be
    checked: CheckedDocument | None = None

    @property
    def id(self) -> str:
        """The case's id, with the statement's words where the case has several."""
        return self.case.id if len(self.case.expect) == 1 else f"{self.case.id} @ {self.expectation.at}"

    @property
    def decided(self) -> frozenset[str]:
        """The verdicts that decide something."""
        return frozenset(v.verdict for v in self.verdicts) & DECIDED

    @property
    def likely(self) -> str | None:
        """The most probable of the likely verdicts, where nothing is decided; None where none is likely."""
        said = [v.likely for v in self.verdicts if v.likely is not None]
        return None if self.decided or not said else max(said, key=lambda one: one.probability).verdict

    @property
    def outcome(self) -> Outcome:
        """What is to be counted of it."""
        wanted = self.expectation.verdicts
        if self.error:
            return "error"
        if self.by_weekday or self._has_right_verdict():
            return "right" if self._is_by_its_rows() else "other_rows"
        for name, outcome in (("supported", "supported_falsely"), ("refuted", "refuted_falsely")):
            if name in self.decided and name not in wanted:
                return outcome  # type: ignore[return-value]
        return "wrong" if self.decided or not self.expectation.decidable else "silent"

    @property
    def right(self) -> bool:
        """Whether the verdict is one that is expected, by a row that is."""
        return self.outcome == "right"

    def _has_right_verdict(self) -> bool:
        wanted = self.expectation.verdicts
        got = {v.verdict for v in self.verdicts}
        if self.expectation.stays_open:
            return not self.decided
        if not got:
            return not self.expectation.decidable
        return bool(got & wanted) and self.decided <= wanted

    def _is_by_its_rows(self) -> bool:
        wanted = {row.rpartition(":")[2] for row in self.expectation.rows}
        return not wanted or not self.decided or bool(wanted & deciding_rows(self.verdicts))


def deciding_rows(verdicts: Iterable[Verdict]) -> set[str]:
    """The ids of the rows that support or refute."""
    return {e.row_id for v in verdicts for e in v.evidence if e.relation != "neutral"}


def score(case: Case, checked: CheckedDocument | str, *, rows: bool = True) -> Iterator[Result]:
    """A result for each statement of the case; `checked` is the error where the case could not be checked.

    Without `rows` it does not matter which row decides.
    """
    for wanted in case.expect if rows else [replace(e, rows=()) for e in case.expect]:
        if isinstance(checked, str):
            yield Result(case=case, expectation=wanted, error=checked)
            continue
        near = claims_at(checked, wanted.start, wanted.end)
        weekdays = [c for c in near if c.kind == "calendar"]
        claims = tuple(c for c in near if c.kind not in ("calendar", "count")) or tuple(weekdays)
        yield Result(
            case=case,
            expectation=wanted,
            claims=claims,
            verdicts=tuple(checked.verdicts[c.claim_id] for c in claims),
            by_weekday="refuted" in wanted.verdicts
            and any(checked.verdicts[c.claim_id].verdict == "refuted" for c in weekdays),
            checked=checked,
        )


def claims_at(checked: CheckedDocument, start: int, end: int) -> list[Claim]:
    """The claims whose number or date stands at these characters, else those whose clause does."""
    claims = checked.reading.claims
    near = [c for c in claims if any(s < end and start < e for s, e in _points(c))]
    return near or [c for c in claims if c.start < end and start < c.end]


def _points(claim: Claim) -> Iterator[tuple[int, int]]:
    if claim.quantity is not None:
        yield claim.quantity.start, claim.quantity.end
    if claim.time is not None and claim.time.start is not None and claim.time.end is not None:
        yield claim.time.start, claim.time.end


@dataclass(frozen=True, slots=True)
class Figures:
    """How many statements there are and what came of them; figures add up."""

    statements: int = 0
    right: int = 0
    decidable: int = 0
    silent: int = 0
    decided: int = 0
    decided_right: int = 0
    supported_falsely: int = 0
    refuted_falsely: int = 0
    errors: int = 0
    likely: int = 0
    likely_right: int = 0
    right_with_likely: int = 0

    @classmethod
    def of(cls, results: Iterable[Result]) -> Self:
        """The figures of results."""
        return sum((cls._one(r) for r in results), cls())

    @classmethod
    def _one(cls, result: Result) -> Self:
        decidable, decided = result.expectation.decidable, bool(result.decided)
        false = result.decided - result.expectation.verdicts if not result.right else frozenset()
        return cls(
            statements=1,
            right=result.right,
            decidable=decidable,
            silent=decidable and not decided and not result.right,
            decided=decided,
            decided_right=decided and result.right,
            supported_falsely="supported" in false,
            refuted_falsely="refuted" in false,
            errors=bool(result.error),
            likely=result.likely is not None,
            likely_right=result.likely in result.expectation.verdicts,
            right_with_likely=result.right
            if result.likely is None
            else result.likely in result.expectation.verdicts,
        )

    def __add__(self, other: Self) -> Self:
        return type(self)(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def share_right(self) -> float:
        """Per cent of all statements."""
        return 100 * self.right / max(1, self.statements)

    @property
    def precision(self) -> tuple[float, float, float]:
        """Per cent of the decided statements that are right, with the ends of Wilson's 95 % interval."""
        return wilson(self.decided_right, self.decided)

    def as_json(self) -> dict[str, Any]:
        """The counts by name, with the shares."""
        share, low, high = self.precision
        counts = {f.name: int(getattr(self, f.name)) for f in fields(self)}
        shares = {
            "right_percent": round(self.share_right, 1),
            "decided_right_percent": round(share, 1) if self.decided else None,
            "decided_right_95": [round(low, 1), round(high, 1)],
        }
        return counts | shares


def wilson(hits: int, of: int) -> tuple[float, float, float]:
    """A share in per cent with the ends of Wilson's 95 % interval: of `(5, 5)` it is 100, 56.6, 100."""
    if not of:
        return 0.0, 0.0, 100.0
    share, z2 = hits / of, Z * Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z * sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return 100 * share, 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)
