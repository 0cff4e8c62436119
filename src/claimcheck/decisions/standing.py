"""How a claim stands after its decisions: nobody looked, reviewed, or to be looked at again.

Decisions outlive the reading that they were made on. One whose claim has gone finds the claim of the same
kind and document with the same words, or with most characters in common; one that was made on another
reading, another verdict or a row that was changed asks for a second look instead of counting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from claimcheck.decisions.record import Answer, Correction, Decision, RowKey, fingerprint
from claimcheck.model import Claim, Verdict, VerdictName

State = Literal[
    "open",
    "confirmed",
    "overridden",
    "dismissed",
    "corrected",
    "accepted",
    "answered",
    "rowless",
    "follow_up",
    "another_look",
    "disagree",
]
DONE: frozenset[State] = frozenset(
    {"confirmed", "overridden", "dismissed", "corrected", "accepted", "answered", "rowless"}
)
_STATES: Mapping[str, State] = {
    "confirm": "confirmed",
    "override": "overridden",
    "dismiss": "dismissed",
    "correct": "corrected",
    "accept": "accepted",
    "row": "answered",
    "follow_up": "follow_up",
}
ASIDE = ("assign", "comment")
"""Kinds that say nothing of the claim's verdict."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision is held against: a claim as it stands. `text` is cut where a decision cuts it."""

    claim_id: str
    document: str
    kind: str
    start: int
    end: int
    text: str
    reading: str
    verdict: VerdictName | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A claim's decisions, the newest last, and what follows from them.

    Of each reviewer the last decision that was not taken back counts; `standing` are those of them that the
    state comes from, `stale` those that were made on another reading, verdict or row. `verdict` is what holds
    now by the reviewers, None where nobody says otherwise than the tables, or they disagree.
    """

    state: State
    decisions: tuple[Decision, ...] = ()
    standing: tuple[Decision, ...] = ()
    stale: tuple[Decision, ...] = ()
    assignee: str | None = None  # who is to look at it

    @property
    def done(self) -> bool:
        """Whether no person needs to look."""
        return self.state in DONE

    @property
    def latest(self) -> Decision | None:
        """The last decision that counts, None where none does."""
        return self.standing[-1] if self.standing else None

    @property
    def verdict(self) -> VerdictName | None:
        """The verdict that the reviewers settled on."""
        return self.latest.verdict if self.done and self.latest is not None else None

    @property
    def correction(self) -> Correction | None:
        """The correction that holds, if one does."""
        return self.latest.correction if self.state == "corrected" and self.latest else None

    @property
    def row(self) -> Answer | None:
        """The row that answers by the reviewers, or the rows that do not, where that holds."""
        return self.latest.row if self.done and self.latest is not None else None


OPEN = Review(state="open")


def facts_of(claim: Claim, document: str, verdict: Verdict | None) -> Facts:
    """The facts of a claim of the model."""
    name = None if verdict is None else verdict.verdict
    return Facts(
        claim.claim_id,
        document,
        claim.kind,
        claim.start,
        claim.end,
        claim.text[:600],
        fingerprint(claim),
        name,
    )


def attach(
    decisions: Iterable[Decision],
    known: Mapping[str, Facts],
    of_document: Callable[[str], Sequence[Facts]],
    moved: dict[str, str | None] | None = None,
) -> tuple[dict[str, list[Decision]], list[Decision]]:
    """Decisions by the id of the claim that they are about now, and those whose claim is gone.

    `known` are the claims whose id a decision names and that are there; `of_document` gives the claims of a
    document, for decisions whose claim has another id now. `moved` remembers from call to call which claim
    took the place of one that is gone.
    """
    found: dict[str, list[Decision]] = {}
    lost: list[Decision] = []
    moved = {} if moved is None else moved
    for decision in decisions:
        claim_id: str | None = decision.claim_id
        if decision.claim_id not in known:
            if decision.claim_id not in moved:
                moved[decision.claim_id] = _successor(decision, of_document(decision.document))
            claim_id = moved[decision.claim_id]
        if claim_id is None:
            lost.append(decision)
        else:
            found.setdefault(claim_id, []).append(decision)
    return found, lost


def _successor(decision: Decision, claims: Sequence[Facts]) -> str | None:
    """The claim of the same kind with the same words, nearest to where they stood, else the one that shares
    most characters with the old place."""
    same = [c for c in claims if c.kind == decision.claim_kind]
    words = [c for c in same if c.text == decision.text]
    if words:
        return min(words, key=lambda c: abs(c.start - decision.start)).claim_id
    shared = [(min(c.end, decision.end) - max(c.start, decision.start), c.claim_id) for c in same]
    most = max(shared, default=(0, ""))
    return most[1] if most[0] > 0 else None


def review_of(
    decisions: Sequence[Decision], facts: Facts, says: Mapping[RowKey, str | None] = MappingProxyType({})
) -> Review:
    """How a claim stands, given its decisions in the order of the file; `says`: what rows say now on which
    decisions rest, by their digests, None of those that are gone."""
    last = _standing(decisions)
    stale = tuple(d for d in last if is_stale(d, facts) or _is_said_no_more(d, says))
    fresh = tuple(d for d in last if d not in stale)
    deciding = tuple(d for d in fresh if d.kind != "follow_up")
    state = _state(fresh, deciding, bool(stale))
    if state == "another_look":
        standing = stale
    elif state == "follow_up":
        standing = tuple(d for d in fresh if d.kind == "follow_up")
    else:
        standing = deciding
    return Review(
        state=state,
        decisions=tuple(decisions),
        standing=standing,
        stale=stale,
        assignee=_assignee(decisions),
    )


def _assignee(decisions: Sequence[Decision]) -> str | None:
    """Whom the last assignment that nobody took back names."""
    undone = {d.undoes for d in decisions if d.kind == "undo"}
    given = [d for d in decisions if d.kind == "assign" and d.id not in undone]
    return given[-1].assignee if given else None


def _standing(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The last decision of each reviewer that nobody took back, in the order of the file."""
    undone: set[str] = set()
    last: dict[str, Decision] = {}
    for decision in reversed(decisions):
        if decision.id in undone:
            continue
        if decision.kind == "undo":
            undone.add(decision.undoes or "")
        elif decision.kind not in ASIDE:
            last.setdefault(decision.reviewer.casefold(), decision)
    return tuple(reversed(last.values()))


def is_stale(decision: Decision, facts: Facts) -> bool:
    """Whether what the decision was made on has changed so that a person should look again."""
    if decision.kind == "follow_up":
        return False
    if decision.reading != facts.reading:
        return True
    if decision.kind == "dismiss" or decision.made_on == facts.verdict:
        return False
    return not (decision.kind in ("override", "row") and decision.verdict == facts.verdict)


def _is_said_no_more(decision: Decision, says: Mapping[RowKey, str | None]) -> bool:
    """Whether the row that a decision rests on says something else since, or is gone; of what was noted of it
    before rows had digests nobody knows."""
    row, said = decision.answer, "" if decision.row is None else decision.row.digest or ""
    return row is not None and said.startswith("row ") and says.get(row, said) != said


def _state(fresh: Sequence[Decision], deciding: Sequence[Decision], stale: bool) -> State:
    if not deciding and stale:
        return "another_look"
    if not fresh:
        return "open"
    if len({(d.kind == "dismiss", d.verdict) for d in deciding}) > 1:
        return "disagree"
    last = fresh[-1]
    return "rowless" if last.kind == "row" and last.row and not last.row.answers else _STATES[last.kind]
