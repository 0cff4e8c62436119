"""The journal laid over one snapshot: how each claim stands, and the table `decided` that the queue joins.

Only what is new in the journal is worked out; a decision of another process costs one short query.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from claimcheck.decisions import Decision, Facts, Journal, Problem, Review, RowKey, attach, review_of
from claimcheck.decisions.standing import OPEN
from claimcheck.statements import statements
from claimcheck.store import Store
from claimcheck.store.decisions import load_facts, row_digests

SQL = statements("desk.sql")
TABLE = SQL["TABLE"]
FORGET = "DELETE FROM decided WHERE claim_id IN (SELECT unnest(?::VARCHAR[]))"
ADD = SQL["ADD"]


class Overlay:
    """What reviewers decided on the claims of one snapshot; `follow` brings it up to the journal."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._version: object = "unread"
        self._facts: dict[str, Facts] = {}
        self._begin()

    def _begin(self) -> None:
        self._laid: tuple[Decision, ...] = ()
        self._of_claim: dict[str, list[Decision]] = {}
        self._says: dict[RowKey, str | None] = {}
        self._moved: dict[str, str | None] = {}
        self._lost: dict[str, Decision] = {}
        self._reviews: dict[str, Review] = {}
        self.problems: Sequence[Problem] = ()
        self.done = 0
        self.counts: dict[str, Any] = {}  # what was counted since the last decision
        self._store.rows(TABLE)

    @property
    def decisions(self) -> Sequence[Decision]:
        """Every decision, in the order of the journal."""
        return self._laid

    @property
    def lost(self) -> Collection[Decision]:
        """Decisions on claims that no document makes any more."""
        return self._lost.values()

    @property
    def reviews(self) -> Mapping[str, Review]:
        """How each claim stands that somebody decided on, by its id."""
        return self._reviews

    def review(self, claim_id: str) -> Review:
        """How a claim stands by its decisions."""
        return self._reviews.get(claim_id, OPEN)

    def know(self, facts: Facts) -> None:
        """Take the facts of a claim of this snapshot that is loaded anyway."""
        self._facts[facts.claim_id] = facts

    def follow(self, journal: Journal) -> None:
        """Lay over what the journal holds now. Raises OSError."""
        version = journal.version()
        if version == self._version:
            return
        decisions, problems = journal.read()
        known = len(self._laid)
        if decisions[:known] != self._laid:  # another file took its place
            self._begin()
            known = 0
        self._lay(decisions[known:])
        self._laid, self._version, self.problems = tuple(decisions), version, problems

    def _lay(self, fresh: Sequence[Decision]) -> None:
        if not fresh:
            return
        of_document = self._learn(fresh)
        self._says.update(row_digests(self._store, (d.answer for d in fresh)))
        found, lost = attach(fresh, self._facts, lambda name: of_document.get(name, []), self._moved)
        self._lost.update({d.id: d for d in lost})
        for claim_id, decisions in found.items():
            self._of_claim.setdefault(claim_id, []).extend(decisions)
            own, facts = self._of_claim[claim_id], self._facts[claim_id]
            self._reviews[claim_id] = review_of(own, facts, self._says)
        self._tell(list(found))
        self.counts.clear()
        self.done = sum(review.done for review in self._reviews.values())

    def _learn(self, fresh: Sequence[Decision]) -> dict[str, list[Facts]]:
        """Load the facts of the claims that are named, and of documents whose claims have other ids now."""
        new = {d.claim_id for d in fresh} - self._facts.keys()
        for facts in load_facts(self._store, claim_ids=sorted(new)) if new else ():
            self.know(facts)
        gone = {d.document for d in fresh if d.claim_id not in self._facts and d.claim_id not in self._moved}
        of_document: dict[str, list[Facts]] = {}
        for facts in load_facts(self._store, documents=sorted(gone)) if gone else ():
            of_document.setdefault(facts.document, []).append(facts)
            self.know(facts)
        return of_document

    def _tell(self, claim_ids: list[str]) -> None:
        """Have the table say what holds for these claims."""
        self._store.rows(FORGET, [claim_ids])
        reviews = [self._reviews[claim_id] for claim_id in claim_ids]
        given = {
            "ids": claim_ids,
            "states": [review.state for review in reviews],
            "verdicts": [review.verdict for review in reviews],
            "done": [review.done for review in reviews],
            "reviewers": [_reviewers(review) for review in reviews],
            "assignees": [review.assignee for review in reviews],
        }
        self._store.rows(ADD, given)


def _reviewers(review: Review) -> str:
    """Who decided something, in lower case, each between line feeds so that a whole name is found."""
    return "".join(f"\n{name}" for name in {d.reviewer.lower() for d in review.decisions}) + "\n"
