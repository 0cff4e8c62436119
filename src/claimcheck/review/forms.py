"""What a reviewer's form says: read, bounded, and turned into a decision or into a message that helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from claimcheck.decisions import Correction, Decision, DecisionError, Review, decide, fingerprint
from claimcheck.decisions.record import fingerprint_of
from claimcheck.model import Claim, Verdict
from claimcheck.review.rejudge import QUALIFIERS

MOST_BYTES = 64_000
MOST_CORRECTED = 200  # characters of a corrected field, as the page has it
FIELDS = 140  # of the form of a row as many as two tables may have columns, and some more


class TooLarge(Exception):
    """The form is larger than any form of these pages."""


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a posted form, each once. Raises TooLarge."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise TooLarge
    try:
        found = parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError:
        raise TooLarge from None
    return {name: value.replace("\r\n", "\n").replace("\0", "").strip() for name, value in found}


@dataclass(frozen=True, slots=True)
class Seen:
    """The claim that a form is about, as it stands now."""

    claim: Claim
    document: str
    verdict: Verdict | None
    review: Review
    current: bool = True  # whether its document still makes it

    @property
    def mark(self) -> str:
        """What a form carries so that it can be seen whether its page showed this reading and verdict, the
        likely one with its rows, and that a document makes the claim."""
        likely = None if self.verdict is None else self.verdict.likely
        rows = () if likely is None else [one.row for one in likely.rows]
        said = (n for r in rows for n in (r.table, r.row_id, r.low, r.best, r.high, r.date_start, r.date_end))
        shown = fingerprint_of(self.current, likely and likely.verdict, *said)
        return f"{fingerprint(self.claim)}.{self.made_on or ''}.{shown}"

    @property
    def made_on(self) -> str | None:
        """The tables' verdict."""
        return None if self.verdict is None else self.verdict.verdict

    def decide(self, kind: str, form: Mapping[str, str], **given: Any) -> Decision:
        """The decision of a form on it. Raises DecisionError."""
        note, made_on = form.get("note", ""), self.made_on
        who = reviewer_of(form)
        return decide(self.claim, self.document, kind, who, note=note, made_on=made_on, **given)  # type: ignore[arg-type]


class Outdated(DecisionError):
    """What the reviewer decided on is no longer what the tables say."""


def refuse_outdated(form: Mapping[str, str], seen: Seen) -> None:
    """Raises Outdated where a newer run was published between the page and its form."""
    if form.get("seen", seen.mark) != seen.mark:
        raise Outdated(
            "A newer run changed this claim while you looked at it: nothing was recorded. "
            "Look again, then decide."
        )


def decision_of(form: Mapping[str, str], seen: Seen) -> Decision:
    """The decision that a form asks for, corrections apart. Raises DecisionError with what to do."""
    given: dict[str, Any] = {}
    kind = form.get("kind", "")
    if kind == "confirm":
        if seen.made_on is None:
            raise DecisionError("There is no verdict to confirm: override it, or dismiss the claim.")
        given["verdict"] = seen.made_on
    elif kind == "likely":
        likely = None if seen.verdict is None else seen.verdict.likely
        if likely is None:
            raise DecisionError("Nothing is likely of this claim any more: look again, then decide.")
        kind, given["verdict"] = "override", likely.verdict
    elif kind == "override":
        if not form.get("verdict"):
            raise DecisionError("Choose the verdict that the claim should have.")
        given["verdict"] = form["verdict"]
    elif kind == "not_a_claim":
        kind, given["reason"] = "dismiss", kind
    elif kind == "dismiss":
        given["reason"] = form.get("reason") or None
    elif kind == "undo":
        given["undoes"] = _undone(form, seen.review)
    elif kind == "assign":
        given["assignee"] = " ".join(form.get("assignee", "").split()) or None
    elif kind not in ("follow_up", "comment"):
        raise DecisionError("The form names no decision.")
    return seen.decide(kind, form, **given)


SELECTED = "claim."
BULK = ("dismiss", "assign", "follow_up", "confirm")
"""Kinds of decisions that can be made on several claims at once."""


def selected(form: Mapping[str, str]) -> dict[str, str]:
    """The claims that a form selects, each with the verdict that its page showed. Raises DecisionError."""
    found = {name.removeprefix(SELECTED): seen for name, seen in form.items() if name.startswith(SELECTED)}
    if not found:
        raise DecisionError("Select the claims first: tick them, or press x on each.")
    if form.get("kind") not in BULK:
        raise DecisionError("The form names no decision that can be made on several claims.")
    return found


def _undone(form: Mapping[str, str], review: Review) -> str:
    wanted = form.get("undoes", "")
    if wanted not in {d.id for d in review.decisions}:
        raise DecisionError("There is no such decision on this claim.")
    return wanted


def reviewer_of(form: Mapping[str, str]) -> str:
    """The reviewer's name. Raises DecisionError."""
    name = " ".join(form.get("reviewer", "").split())
    if not name:
        raise DecisionError("Say who you are: a decision carries its reviewer’s name.")
    return name


def correction_of(form: Mapping[str, str], claim: Claim) -> Correction:
    """What the form corrects: only the fields that differ from the reading. Raises DecisionError."""
    if any(len(form.get(name, "")) > MOST_CORRECTED for name in ("value", "measure", "place")):
        raise DecisionError(f"What is corrected has at most {MOST_CORRECTED} characters.")
    number, qualifier = form.get("value", ""), form.get("qualifier", "")
    if qualifier and qualifier not in QUALIFIERS:
        raise DecisionError(f"There is no qualifier {qualifier!r}.")
    quantity = f"{qualifier} {number}".removeprefix("exactly ").strip() if number else None
    made = Correction(
        quantity=quantity,
        measure=form.get("measure") or None,
        place=form.get("place") or None,
        date_start=_day(form.get("date_start", ""), "first day"),
        date_end=_day(form.get("date_end", ""), "last day"),
    )
    made = _changed(made, claim)
    if not made:
        raise DecisionError("Nothing is corrected: change a field, or confirm the reading.")
    return made


def _changed(made: Correction, claim: Claim) -> Correction:
    """The correction without the fields that say what was read anyway."""
    period = claim.time.period if claim.time else None
    days = (made.date_start, made.date_end)
    same_days = period is not None and days == (period.start, period.end)
    return Correction(
        quantity=made.quantity,
        measure=made.measure if made.measure != claim.measure else None,
        place=made.place if claim.place is None or made.place != claim.place.text else None,
        date_start=None if same_days else made.date_start,
        date_end=None if same_days else made.date_end,
    )


def _day(text: str, which: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DecisionError(f"The {which}, {text[:40]!r}, is no day: write YYYY-MM-DD.") from None
