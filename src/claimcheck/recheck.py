"""Stored claims judged again, after tables changed: no document is read, and the result says what differs.

A claim is put back to what its text alone says and linked anew, so the verdicts are those that a new check
would give. Only times that an event of the tables fixes ("during the talks") stay as they were read; where
events changed, the next run over the inbox reads those documents again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from claimcheck import provenance
from claimcheck.claims.reading import read
from claimcheck.model import CheckedDocument, Reading, RunInfo
from claimcheck.pipeline import Checker
from claimcheck.store import SaveResult
from claimcheck.store import inbox as kept
from claimcheck.store.inbox import State

AT_ONCE = 100


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
        return f"{self.documents} documents judged again: {len(self.changes)} verdicts changed"


def recheck(checker: Checker, tick: Callable[[int], None] | None = None) -> Rechecked:
    """Judge the current claims again that were judged with other tables. Raises StoreError.

    A document that was kept without what its text alone says is read again, from its stored text.
    """
    run = checker.new_run()
    judged_with = provenance.judging(run.packages)
    store = checker.store
    keys = kept.outdated(store.connection, judged_with)
    if not keys:
        return Rechecked(None, 0, SaveResult(), ())
    read_with = provenance.reading(run, checker.linker.rows)
    saver = store.saver(run)
    saved, status = SaveResult(), "failed"
    try:
        for first in range(0, len(keys), AT_ONCE):
            batch = list(store.stream(keys[first : first + AT_ONCE]))
            states = kept.known(store.connection, [c.document.id for c in batch])
            pairs = list(_as_read(checker, batch, states, read_with))
            saved += saver.save(checker.linker.check([reading for reading, _ in pairs]))
            done = [replace(state, judged_with=judged_with) for _, state in pairs]
            kept.mark(store.connection, saver.number, done)
            if tick:
                tick(len(batch))
        status = "finished"
    finally:
        saver.close(status)
    return Rechecked(run, len(keys), saved, changes(checker, run.run_id))


def _as_read(
    checker: Checker, batch: Sequence[CheckedDocument], states: dict[str, State], read_with: str
) -> Iterator[tuple[Reading, State]]:
    known = {c.document.id for c in batch if c.document.id in states and states[c.document.id].current}
    anew = iter(list(read([c.document for c in batch if c.document.id not in known], checker.events)))
    for checked in batch:
        document = checked.document
        if document.id in known:
            state = states[document.id]
            yield kept.unlinked(checked.reading, state.as_read), state
        else:
            reading = next(anew)
            path = os.path.abspath(document.path) if document.path else ""
            content = provenance.content(document)
            yield reading, State(document.id, path, content, read_with, "", kept.as_read(reading))


def changes(checker: Checker, run_id: str) -> tuple[Change, ...]:
    """The verdicts that a run changed, by document, those of new claims left out."""
    return tuple(Change(**row) for row in checker.store.rows(CHANGES, [run_id]))


CHANGES = """
SELECT h.claim_id, c.doc_id, c.text, h.previous_verdict AS before, h.previous_reason AS reason_before,
    h.verdict AS after, h.reason
FROM verdicts_history AS h
JOIN claims AS c USING (claim_id)
WHERE h.run_id = ? AND h.previous_reason IS NOT NULL
    AND (h.verdict IS DISTINCT FROM h.previous_verdict OR h.reason <> h.previous_reason)
ORDER BY c.doc_id, c.start_offset, h.claim_id
"""
