"""What the pages stand on: the latest snapshot, opened anew when there is a newer one, and the decisions.

One read-only connection behind a lock serves all requests; a page takes milliseconds of it. The pipeline may
write and publish meanwhile: it never touches a published file, and a snapshot that is open here stays
readable even after it was deleted.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claimcheck import faults
from claimcheck.decisions import Correction, DecisionError, Journal, facts_of, fingerprint
from claimcheck.documents.extracted import BROKEN
from claimcheck.lexicon import LexiconError
from claimcheck.model import CheckedDocument, Claim, Verdict
from claimcheck.review import queue
from claimcheck.review.overlay import Overlay
from claimcheck.review.queue import Filters
from claimcheck.review.rejudge import Rejudger
from claimcheck.review.row_edits import NAME as EDITS_NAME
from claimcheck.review.row_edits import RowEdits
from claimcheck.review.saved import NAME as SAVED_NAME
from claimcheck.review.saved import SavedFilters
from claimcheck.store import Store, StoreError, open_store
from claimcheck.store.loading import load_version
from claimcheck.store.manifest import latest_snapshot

Record = dict[str, Any]
REMEMBERED = 50  # documents that are kept loaded, since a reviewer goes through them claim by claim
JUDGED = 200  # corrected readings whose verdict is remembered


@dataclass(frozen=True, slots=True)
class Found:
    """A claim, the tables' verdict, its document, and its place in the queue (None: it is not in it)."""

    claim: Claim
    verdict: Verdict | None
    checked: CheckedDocument
    document_key: int | None
    rank: int | None
    earlier: bool  # whether it may have had other verdicts before

    @property
    def current(self) -> bool:
        """Whether its document still makes the claim."""
        return self.rank is not None


@dataclass(frozen=True, slots=True)
class Shown:
    """A snapshot that is open, the decisions laid over it, and what was worked out on it so far."""

    file: Path
    store: Store
    overlay: Overlay
    claims: int
    kept: dict[str, Any] = field(default_factory=dict)
    documents: dict[int, CheckedDocument] = field(default_factory=dict)
    judged: dict[tuple[str, Correction], tuple[Claim, Verdict]] = field(default_factory=dict)

    @classmethod
    def of(cls, file: Path) -> Shown:
        """The snapshot, its claims gathered in their order. Raises StoreError."""
        fresh = open_store(file, read_only=True)
        try:
            fresh.rows(queue.GATHER)
            fresh.rows("SET threads = 1")  # its queries are short, and a run beside it needs the processor
            claims = fresh.rows("SELECT count(*) AS n FROM queue WHERE NOT folded")[0]["n"]
            return cls(file, fresh, Overlay(fresh), claims)
        except BaseException:
            fresh.close()
            raise


class Desk:
    """A database's latest snapshot with the reviewers' decisions laid over it.

    `with desk.open() as desk` gives the one thread inside the newest state of both. Where somebody else
    brings newer snapshots (`preloading`), pages go on with the one that is open until it is brought.
    """

    def __init__(self, database: Path, journal: Journal) -> None:
        self.database = database
        self.journal = journal
        self.saved = SavedFilters(journal.file.with_name(SAVED_NAME))
        self.edits = RowEdits(journal.file.with_name(EDITS_NAME))
        self.ahead: Callable[[Path], bool] = lambda file: False
        self._lock = threading.RLock()
        self._open: Shown | None = None

    @contextmanager
    def open(self, *, newest: bool = False) -> Iterator[Desk]:
        """The desk for one request, up to date. Raises StoreError where there is nothing to open.

        `newest`: by the latest snapshot whoever brings it, since something will be recorded.
        """
        with self._lock:
            self._turn(newest)
            self.overlay.follow(self.journal)
            yield self

    def close(self) -> None:
        """Let the snapshot go."""
        with self._lock:
            if self._open is not None:
                self._open.store.close()
                self._open = None

    @property
    def latest(self) -> Path:
        """The snapshot that was published last; the database itself where none was."""
        return latest_snapshot(self.database) or self.database

    def behind(self) -> bool:
        """Whether there is a newer snapshot than the one that is open."""
        with self._lock:
            return self._open is not None and self._open.file != self.latest

    def take(self, other: Desk) -> None:
        """Go on with the snapshot of another desk, which gives it away."""
        with self._lock:
            before, self._open, other._open = self._open, other._open, None
            if before is not None:
                before.store.close()

    @property
    def shown(self) -> Shown:
        """What is open; only within `open`."""
        assert self._open is not None, "the desk is not open"
        return self._open

    @property
    def store(self) -> Store:
        """The snapshot; only within `open`."""
        return self.shown.store

    @property
    def overlay(self) -> Overlay:
        """What the reviewers decided; only within `open`."""
        return self.shown.overlay

    @property
    def snapshot(self) -> str:
        """The name of the snapshot's file."""
        return "" if self._open is None else self._open.file.name

    def _turn(self, newest: bool) -> None:
        """Open the latest snapshot, where it is not open and nobody else is about to bring it."""
        file, before = self.latest, self._open
        if before is not None and (file == before.file or (not newest and self.ahead(file))):
            return
        self._open = Shown.of(file)
        if before is not None:
            before.store.close()

    # --- what pages ask ------------------------------------------------------------------------------

    def progress(self) -> tuple[int, int]:
        """How many claims are reviewed, and how many there are."""
        return self.overlay.done, self.shown.claims

    def page(self, filters: Filters) -> list[Record]:
        """The claims of a page of the queue."""
        where, given = filters.where()
        window = {"limit": queue.PAGE, "offset": (filters.page - 1) * queue.PAGE}
        sql = queue.PAGED.format(where=f"{where} AND {filters.in_state()}")
        return self.store.rows(sql, {**given, **window})

    def counts(self, filters: Filters) -> Record:
        """How many claims the filters let through: `matching` in the state that is asked for, `done` that are
        reviewed, and all (`claims`)."""
        where, given = filters.where()
        return self.store.rows(queue.COUNTED.format(where=where, state=filters.in_state()), given)[0]

    def chip_counts(self, chips: Sequence[Filters]) -> list[int]:
        """How many claims each of these filters lets through, in one reading of the queue; remembered until
        somebody decides something."""
        kept = self.overlay.counts
        wanted = [chip.address() for chip in chips]
        if not all(address in kept for address in wanted):
            columns, given = [], {}
            for number, chip in enumerate(chips):
                where, own = chip.where(f"_{number}")
                columns.append(f"count(*) FILTER ({where} AND {chip.in_state()}) AS n{number}")
                given.update(own)
            [row] = self.store.rows(f"SELECT {', '.join(columns)} FROM {queue.JOINED}", given)
            kept.update({address: row[f"n{number}"] for number, address in enumerate(wanted)})
        return [kept[address] for address in wanted]

    def neighbours(self, found: Found, filters: Filters) -> tuple[str | None, str | None]:
        """The claims before and after this one in the queue, round its ends; None: no other is in it."""
        if found.rank is None:
            return None, None
        where, given = filters.where()
        where = f"{where} AND {filters.in_state()}"
        given = {**given, "rank": found.rank}
        [near] = self.store.rows(queue.NEIGHBOURS.format(where=where), given)
        if near["before"] and near["after"]:
            return near["before"], near["after"]
        [far] = self.store.rows(queue.AROUND.format(where=where), given)
        wanted = {
            "before": far["last"] if far["before"] is None else far["before"],
            "after": far["first"] if far["after"] is None else far["after"],
        }
        names = {row["rank"]: row["claim_id"] for row in self.store.rows(queue.NAMED, wanted)}
        names.pop(found.rank, None)  # round its ends one comes back to the claim itself
        return names.get(wanted["before"]), names.get(wanted["after"])

    def repeats(self, found: Found) -> list[Found]:
        """The same claim in other documents, undecided there too: the same number of the same measure, place
        and days, read alike to the letter, with the same verdict."""
        if not found.current:
            return []
        named = self.store.rows(queue.REPEATS, {"claim": found.claim.claim_id})
        others = [self.claim(row["claim_id"]) for row in named]
        own = fingerprint(found.claim)
        return [other for other in others if fingerprint(other.claim) == own]

    def similar(self, found: Found) -> list[Record]:
        """Claims of other documents about the same measure, or the same place and days."""
        if not found.current:
            return []
        claim, time = found.claim, found.claim.time
        alike = queue.SAME_TIME_AND_PLACE if claim.measure is None else queue.SAME_MEASURE
        given = {
            "document_key": found.document_key,
            "kind": claim.kind,
            "measure": claim.measure,
            "place": None if claim.place is None else claim.place.text,
            "date_start": None if time is None else time.date_start,
            "date_end": None if time is None else time.date_end,
        }
        sql = queue.SIMILAR.format(alike=alike)
        chosen = self.store.rows(sql, {name: value for name, value in given.items() if f"${name}" in sql})
        places = [row["place_in_queue"] for row in chosen]
        rows = {row["place_in_queue"]: row for row in self.store.rows(queue.AT_PLACES, [places])}
        ordered = [rows[place] for place in places]
        return [{**row, "state": self.overlay.review(row["claim_id"]).state} for row in ordered]

    def claim(self, claim_id: str) -> Found:
        """A claim with its document, also where only an earlier version made it. Raises StoreError."""
        here = self.store.rows(queue.HERE, [claim_id])
        if here:
            checked = self._version(here[0]["document_key"])
            own = next(c for c in checked.reading.claims if c.claim_id == claim_id)
            verdict = checked.verdicts.get(claim_id)
            self.overlay.know(facts_of(own, checked.document.id, verdict))
            urgent = self.overlay.review(claim_id).state in ("another_look", "disagree")
            rank = here[0]["place_in_queue"] - (queue.AHEAD if urgent else 0)
            return Found(own, verdict, checked, here[0]["document_key"], rank, here[0]["verdicts"] > 1)
        checked, own = self.store.find_claim(claim_id)
        return Found(own, checked.verdicts.get(own.claim_id), checked, None, None, True)

    def document(self, doc_id: str) -> CheckedDocument:
        """A document as it stands. Raises StoreError."""
        found = self.store.rows(queue.DOCUMENT, [doc_id]) or self.store.rows(queue.WITHOUT_CLAIMS, [doc_id])
        if not found:
            raise StoreError(f"the database holds no document {doc_id!r}")
        return self._version(found[0]["document_key"])

    def _version(self, document_key: int) -> CheckedDocument:
        if document_key not in self.shown.documents:
            while len(self.shown.documents) >= REMEMBERED:
                del self.shown.documents[next(iter(self.shown.documents))]
            keys = [row["verdict_key"] for row in self.store.rows(queue.VERDICT_KEYS, [document_key])]
            self.shown.documents[document_key] = load_version(self.store.connection, document_key, keys)
        return self.shown.documents[document_key]

    def kept(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` returns, remembered until there is a newer snapshot."""
        if name not in self.shown.kept:
            self.shown.kept[name] = make()
        return self.shown.kept[name]

    def rows_kept(self, sql: str) -> list[Record]:
        """What a statement returns, remembered until there is a newer snapshot."""
        found: list[Record] = self.kept(sql, lambda: self.store.rows(sql))
        return found

    def judged(self, found: Found, made: Correction) -> tuple[Claim, Verdict]:
        """The claim as corrected, and the verdict that these tables give it. Raises DecisionError."""
        key = (found.claim.claim_id, made)
        if key not in self.shown.judged:
            while len(self.shown.judged) >= JUDGED:
                del self.shown.judged[next(iter(self.shown.judged))]
            try:
                self.shown.judged[key] = self.rejudger.judge(found.checked, found.claim, made)
            except DecisionError:
                raise
            except BROKEN as error:
                stated = f"{faults.place(error)}: {error}"
                raise DecisionError(f"That cannot be judged ({stated}): write it in another way.") from error
        return self.shown.judged[key]

    @property
    def rejudger(self) -> Rejudger:
        """What judges corrected readings by this snapshot's tables. Raises StoreError where what decisions
        taught cannot be read."""
        try:
            found: Rejudger = self.kept("rejudger", lambda: Rejudger(self.store))
        except LexiconError as error:
            raise StoreError(str(error)) from None
        return found
