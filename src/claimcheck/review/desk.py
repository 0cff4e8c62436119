"""What the pages stand on: the latest snapshot, opened anew when there is a newer one, and the decisions.

One read-only connection behind a lock serves all requests; a page takes milliseconds of it. The pipeline may
write and publish meanwhile: it never touches a published file, and a snapshot that is open here stays
readable even after it was deleted.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimcheck.decisions import Decision, Facts, Journal, Problem, Review, attach, facts_of, review_of
from claimcheck.decisions.standing import OPEN
from claimcheck.model import CheckedDocument, Claim, Verdict
from claimcheck.review import queue
from claimcheck.review.queue import Filters
from claimcheck.review.rejudge import Rejudger
from claimcheck.store import Store, open_store
from claimcheck.store.snapshots import latest_snapshot

Record = dict[str, Any]
REMEMBERED = 50  # documents that are kept loaded, since a reviewer goes through them claim by claim


@dataclass(frozen=True, slots=True)
class Found:
    """A claim, the tables' verdict, and its document."""

    claim: Claim
    verdict: Verdict | None
    checked: CheckedDocument
    current: bool


class Desk:
    """A database's latest snapshot with the reviewers' decisions laid over it.

    `with desk.open() as desk` gives the one thread inside the newest state of both.
    """

    def __init__(self, database: Path, journal: Journal) -> None:
        self.database = database
        self.journal = journal
        self._lock = threading.RLock()
        self._file: Path | None = None
        self._store: Store | None = None
        self._version: object = None
        self._known: dict[str, Facts] = {}
        self._kept: dict[str, Any] = {}
        self._documents: dict[str, CheckedDocument] = {}
        self.reviews: dict[str, Review] = {}
        self.lost: Sequence[Decision] = ()
        self.problems: Sequence[Problem] = ()

    @contextmanager
    def open(self) -> Iterator[Desk]:
        """The desk for one request, up to date. Raises StoreError where there is nothing to open."""
        with self._lock:
            self._reopen()
            self._follow()
            yield self

    def close(self) -> None:
        """Let the snapshot go."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None
                self._file = None

    @property
    def store(self) -> Store:
        """The snapshot; only within `open`."""
        assert self._store is not None, "the desk is not open"
        return self._store

    @property
    def snapshot(self) -> str:
        """The name of the snapshot's file."""
        return "" if self._file is None else self._file.name

    # --- keeping up ----------------------------------------------------------------------------------

    def _reopen(self) -> None:
        file = latest_snapshot(self.database) or self.database
        if self._store is not None and file == self._file:
            return
        fresh = open_store(file, read_only=True)
        try:
            fresh.rows(queue.GATHER)
            fresh.rows(queue.NOBODY)
            fresh.rows("SET threads = 1")  # its queries are short, and a run beside it needs the processor
        except BaseException:
            fresh.close()
            raise
        if self._store is not None:
            self._store.close()
        self._store, self._file, self._version = fresh, file, "unread"
        self._known, self._kept, self._documents = {}, {}, {}

    def _follow(self) -> None:
        """Lay the journal over the snapshot where it has grown."""
        version = self.journal.version()
        if version == self._version:
            return
        decisions, self.problems = self.journal.read()
        self._learn(d.claim_id for d in decisions)
        known = {d.claim_id: self._known[d.claim_id] for d in decisions if d.claim_id in self._known}
        found, self.lost = attach(decisions, known, self._of_document)
        self.reviews = {claim_id: review_of(own, self._known[claim_id]) for claim_id, own in found.items()}
        rows = list(self.reviews.items())
        self.store.rows(
            queue.DECIDED,
            {
                "ids": [claim_id for claim_id, _ in rows],
                "states": [review.state for _, review in rows],
                "verdicts": [review.verdict for _, review in rows],
                "done": [review.done for _, review in rows],
            },
        )
        self._version = version

    def _learn(self, claim_ids: Any) -> None:
        """Load the facts of claims that a decision names, a document at a time."""
        new = [claim_id for claim_id in dict.fromkeys(claim_ids) if claim_id not in self._known]
        sql = "SELECT DISTINCT doc_id FROM queue WHERE claim_id IN (SELECT unnest(?::VARCHAR[]))"
        for row in self.store.rows(sql, [new]) if new else ():
            self._of_document(row["doc_id"])

    def _of_document(self, document: str) -> list[Facts]:
        if not self.store.rows("SELECT 1 FROM queue WHERE doc_id = ? LIMIT 1", [document]):
            return []
        checked = self.document(document)
        facts = [
            facts_of(claim, document, checked.verdicts.get(claim.claim_id))
            for claim in checked.reading.claims
        ]
        self._known.update({f.claim_id: f for f in facts})
        return facts

    # --- what pages ask ------------------------------------------------------------------------------

    def review(self, claim_id: str) -> Review:
        """How a claim stands by its decisions."""
        return self.reviews.get(claim_id, OPEN)

    def page(self, filters: Filters) -> list[Record]:
        """The claims of a page of the queue."""
        where, given = filters.where()
        window = {"limit": queue.PAGE, "offset": (filters.page - 1) * queue.PAGE}
        return self.store.rows(queue.PAGED.format(where=where), {**given, **window})

    def matching(self, filters: Filters) -> int:
        """How many claims the filters let through."""
        where, given = filters.where()
        found: int = self.store.rows(queue.MATCHING.format(where=where), given)[0]["n"]
        return found

    def progress(self, filters: Filters) -> tuple[int, int]:
        """How many claims are reviewed, and how many there are, whatever state the filters ask for."""
        where, given = filters.where(state=False)
        found = self.store.rows(queue.COUNTED.format(where=where), given)[0]
        return found["done"], found["claims"]

    def neighbours(self, claim_id: str, filters: Filters) -> tuple[str | None, str | None]:
        """The claims before and after this one in the queue, round its ends; None: no other is in it."""
        where, given = filters.where()
        [found] = self.store.rows(queue.NEIGHBOURS.format(where=where), {**given, "here": claim_id})
        return found["before"], found["after"]

    def similar(self, claim_id: str) -> list[Record]:
        """Claims of other documents about the same measure, or the same place and days."""
        here = self.store.rows(queue.HERE, [claim_id])
        if not here:
            return []
        given = dict(here[0])
        alike = queue.SAME_TIME_AND_PLACE if given["measure"] is None else queue.SAME_MEASURE
        wanted = {name for name in given if f"${name}" in queue.SIMILAR + alike}
        return self.store.rows(queue.SIMILAR.format(alike=alike), {name: given[name] for name in wanted})

    def claim(self, claim_id: str) -> Found:
        """A claim with its document; `current` is false where only an earlier version made it.

        Raises StoreError.
        """
        here = self.store.rows(queue.HERE, [claim_id])
        if here:
            checked = self.document(here[0]["doc_id"])
            own = next(c for c in checked.reading.claims if c.claim_id == claim_id)
            return Found(own, checked.verdicts.get(claim_id), checked, True)
        old = self.store.find_claim(claim_id)
        return Found(old.claim, old.verdict, old.checked, False)

    def document(self, doc_id: str) -> CheckedDocument:
        """A document as it stands. Raises StoreError."""
        if doc_id not in self._documents:
            while len(self._documents) >= REMEMBERED:
                del self._documents[next(iter(self._documents))]
            self._documents[doc_id] = self.store.load_document(doc_id)
        return self._documents[doc_id]

    def kept(self, name: str, sql: str) -> list[Record]:
        """What a statement returns, remembered until there is a newer snapshot."""
        if name not in self._kept:
            self._kept[name] = self.store.rows(sql)
        found: list[Record] = self._kept[name]
        return found

    def names(self, column: str) -> list[str]:
        """The commonest documents, measures or places, for the filters to suggest."""
        return [row["name"] for row in self.kept(column, queue.FACETS.format(column=column))]

    def rejudger(self) -> Rejudger:
        """What judges a corrected reading by the tables of this snapshot."""
        if "rejudger" not in self._kept:
            self._kept["rejudger"] = Rejudger(self.store)
        found: Rejudger = self._kept["rejudger"]
        return found
