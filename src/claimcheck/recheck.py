"""Stored claims judged again, after tables changed: no document is read, and the result says what differs.

A claim is put back to what its text alone says and linked anew, so the verdicts are those that a new check
would give. Where only figures and incidents changed, the claims that these can touch are judged; all others
keep the verdicts that they would get. Times that an event of the tables fixes ("during the talks") stay as
they were read; where events changed, the next run over the inbox reads those documents again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from claimcheck import outdated, provenance
from claimcheck.claims.reading import read
from claimcheck.documents.limits import Overrun
from claimcheck.model import CheckedDocument, Reading, RunInfo
from claimcheck.pipeline import Checker, linked
from claimcheck.store import SaveResult
from claimcheck.store import inbox as kept
from claimcheck.store.inbox import State
from claimcheck.store.loading import load_versions

AT_ONCE = 250
"""Documents in memory at a time."""


@dataclass(frozen=True, slots=True)
class Change:
    """A claim whose verdict or reason a run changed."""

    claim_id: str
    doc_id: str
    text: str
    before: str | None
    reason_before: str | None
    after: str | None
    reason: str

    @property
    def said_before(self) -> str:
        """The verdict that was, with its reason."""
        return _said(self.before, self.reason_before)

    @property
    def said_after(self) -> str:
        """The verdict that is, with its reason."""
        return _said(self.after, self.reason)


def _said(verdict: str | None, reason: str | None) -> str:
    return f"{verdict.replace('_', ' ')} · {reason}" if verdict else "no verdict"


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What judging again did: the documents it touched and the verdicts that differ. No run: nothing done."""

    run: RunInfo | None
    documents: int
    saved: SaveResult
    changes: tuple[Change, ...]

    def __str__(self) -> str:
        if self.run is None:
            return "every claim was judged with these tables already"
        documents = f"{self.documents} document{'s' * (self.documents != 1)}"
        verdicts = f"{len(self.changes)} verdict{'s' * (len(self.changes) != 1)}"
        return f"{documents} judged again: {verdicts} changed"


def recheck(
    checker: Checker,
    tick: Callable[[int], None] | None = None,
    refuse: Callable[[Overrun], None] | None = None,
    most: int | None = None,
) -> Rechecked:
    """Judge the current claims again that were judged with other tables, of `most` documents where that is
    given. Raises StoreError.

    A document on which a rule fails keeps its verdicts until the next time, and `refuse` is called; without
    it, raises what the rule raised.
    A document that was kept without what its text alone says is read again, from its stored text; so is one
    that compares, for the sentences of operands are not kept as they were read.
    """
    run = checker.new_run()
    learned = checker.linker.learned_digest
    judged_with = provenance.judging(run.packages, learned)
    store = checker.store
    if not outdated.any_left(store.connection, judged_with):
        return Rechecked(None, 0, SaveResult(), ())
    read_with = provenance.reading(run, checker.linker.rows)
    saver = store.saver(run)
    saved, status, count = SaveResult(), "failed", 0
    try:
        outdated.carry_over(store, judged_with, saver.number, learned)
        keys = outdated.keys(store.connection, judged_with)[:most]
        for first in range(0, len(keys), AT_ONCE):
            batch = load_versions(store.connection, keys[first : first + AT_ONCE])
            states = kept.known(store.connection, [c.document.id for c in batch])
            pairs = list(_as_read(checker, batch, states, read_with, refuse))
            judged = linked(checker.linker, [reading for reading, _ in pairs], refuse)
            saved += saver.save(judged)
            stated = {checked.document.id for checked in judged}
            done = [replace(s, judged_with=judged_with) for _, s in pairs if s.doc_id in stated]
            kept.mark(store.connection, saver.number, done)
            count += len(batch)
            if tick:
                tick(len(batch))
        status = "finished"
    finally:
        saver.close(status)
    return Rechecked(run, count, saved, changes(checker, run.run_id))


def _as_read(
    checker: Checker,
    batch: Sequence[CheckedDocument],
    states: dict[str, State],
    read_with: str,
    refuse: Callable[[Overrun], None] | None,
) -> Iterator[tuple[Reading, State]]:
    known = {c.document.id for c in batch if c.document.id in states and states[c.document.id].current}
    found_by_tables = ("comparison", "statement")
    known -= {c.document.id for c in batch if any(x.kind in found_by_tables for x in c.reading.claims)}
    again = [c.document for c in batch if c.document.id not in known]
    anew = {reading.document.id: reading for reading in read(again, checker.events, refuse)}
    for checked in batch:
        document = checked.document
        if document.id in known:
            state = states[document.id]
            yield kept.unlinked(checked.reading, state.as_read), state
        elif (reading := anew.get(document.id)) is not None:
            path = os.path.abspath(document.path) if document.path else ""
            content = provenance.content(document)
            yield reading, State(document.id, path, content, read_with, "", kept.as_read(reading))


def changes(checker: Checker, run_id: str) -> tuple[Change, ...]:
    """The verdicts that a run changed, by document, those of new claims left out."""
    return tuple(Change(**row) for row in checker.store.rows(CHANGES, [run_id]))


CHANGES = """
WITH judged AS (
    SELECT claim_id FROM verdict WHERE run_number = (SELECT run_number FROM run WHERE run_id = $1)
),
step AS (
    SELECT
        claim_id, run_number, verdict, reason,
        lag(verdict) OVER own AS verdict_before,
        lag(reason) OVER own AS reason_before
    FROM verdict
    WHERE claim_id IN (SELECT claim_id FROM judged)
    WINDOW own AS (PARTITION BY claim_id ORDER BY verdict_key)
)
SELECT step.claim_id, document.doc_id, claim.text, step.verdict_before AS before, step.reason_before,
    step.verdict AS after, step.reason
FROM step
JOIN claim USING (claim_id)
JOIN current_document AS document USING (document_key)
WHERE step.run_number = (SELECT run_number FROM run WHERE run_id = $1) AND step.reason_before IS NOT NULL
    AND (step.verdict IS DISTINCT FROM step.verdict_before OR step.reason <> step.reason_before)
ORDER BY document.doc_id, claim.start_offset, step.claim_id
"""
