"""A run over an inbox: only what is new or changed is read again, a bad document is set aside.

    with Checker(references, database) as checker:
        run = InboxRun(checker, [Path("documents")])
        for batch in run.batches():
            run.check(batch)
        outcome = run.finish()

A document is left alone when its content, the code, the rules, the model and the tables are what they were.
Where only the tables changed its claims are judged again as they stand in the database; otherwise it is read
anew. Whenever the process ends, what was checked until then is kept, and the next run does the rest.

A document that cannot be read or checked is set aside with its reason. Where a plain sentence cannot be
checked either, or every document fails at the same place, the fault is not theirs: the run ends with
InstallationError, and nothing is set aside.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Self

from claimcheck import faults, provenance
from claimcheck.claims.reading import read
from claimcheck.decisions import journal_file
from claimcheck.documents import limits
from claimcheck.documents.extracted import BROKEN, InstallationError, shown
from claimcheck.documents.files import Unreadable, make, read_all
from claimcheck.documents.limits import Overrun
from claimcheck.lots import lots
from claimcheck.model import CheckedDocument, Document, Reading, RunInfo
from claimcheck.outdated import carry_over
from claimcheck.pipeline import BATCH, Checker
from claimcheck.store import SaveResult, StoreError
from claimcheck.store import inbox as kept
from claimcheck.store.decisions import Imported, import_decisions
from claimcheck.store.inbox import Failure, State

BATCH_CHARACTERS = 400_000
PROBE = "On 25 January 2018 more than 20 people were killed near the river, and 765 patients waited for help."
ALL = 3  # documents that failed, and none that did not: the fault is not theirs


@dataclass(frozen=True, slots=True)
class Work:
    """A document to be checked; `stored` is its key where its stored reading will do."""

    document: Document
    state: State
    stored: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did. `untouched` documents were as they had been; `rejudged` ones are among the saved."""

    run: RunInfo
    saved: SaveResult
    untouched: int
    rejudged: int
    failures: tuple[Failure, ...]
    decisions: Imported | None = None

    @property
    def documents(self) -> int:
        """How many documents the run saw."""
        return self.saved.documents + self.untouched

    def __str__(self) -> str:
        s = self.saved
        seen = f"{self.documents} document{'s' * (self.documents != 1)}"
        text = f"{seen}, nothing new"
        if not s.added_nothing:
            parts = f"{s.new} new, {s.changed} changed, {s.unchanged + self.untouched} unchanged"
            claims = f"{s.claims} claim{'s' * (s.claims != 1)}"
            text = f"{seen}: {parts}; {claims}, {s.verdicts} verdict{'s' * (s.verdicts != 1)} added"
        if self.rejudged:
            text += f"; {self.rejudged} judged again by the tables of now"
        return f"{text}; {len(self.failures)} in quarantine" if self.failures else text


class Names:
    """Gives each document of several folders an id of its own.

    An id belongs to the file that had it first, for as long as that file is there. Another file's document of
    that id gets its folder's name in front (for a line of JSONL the file's name), then its whole path. A file
    that is given twice is read once.
    """

    def __init__(self, owners: Callable[[Sequence[str]], dict[str, State]]) -> None:
        self._owners = owners
        self._taken: set[bytes] = set()  # digests of the ids of this run, so that many cost little memory
        self._sources: set[bytes] = set()

    def settle(self, documents: Sequence[Document]) -> list[tuple[Document, str, State | None]]:
        """The documents under their final ids, each with its source and what is remembered of it."""
        offered = [(d, os.path.abspath(d.path) if d.path else "", _names(d)) for d in documents]
        states = self._owners([name for _, _, names in offered for name in names])
        out = []
        for document, source, names in offered:
            mark = _digest(source, document.id if source.endswith(".jsonl") else "")
            if mark in self._sources:
                continue
            self._sources.add(mark)
            name = next((n for n in names if self._is_free(n, source, states.get(n))), names[-1])
            self._taken.add(_digest(name))
            state = states.get(name)
            out.append((replace(document, id=name), source, state))
        return out

    def _is_free(self, name: str, source: str, state: State | None) -> bool:
        if _digest(name) in self._taken:
            return False
        return state is None or state.path in ("", source) or not _is_there(Path(state.path))


def _digest(*parts: str) -> bytes:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _is_there(path: Path) -> bool:
    """Whether there is such a file, or a file that it is attached to."""
    return path.exists() or any(folder.is_file() for folder in path.parents)


def _names(document: Document) -> tuple[str, ...]:
    path = Path(document.path or document.id)
    lines = path.suffix.lower() == ".jsonl"
    mail = next((folder for folder in reversed(path.parents) if folder.suffix.lower() == ".eml"), path)
    front = path.name if lines else mail.absolute().parent.name
    whole = f"{path.absolute().as_posix()}/{document.id}" if lines else path.absolute().as_posix()
    return document.id, f"{front}/{document.id}", whole


class InboxRun:
    """One run over the documents of some paths. Take the batches, check each, then finish.

    Used in a `with` block it is marked as failed where it does not come to its end.
    """

    def __init__(self, checker: Checker, inbox: Sequence[Path]) -> None:
        self._checker = checker
        self._inbox = list(inbox)
        self.run = checker.new_run()
        self._read_with = provenance.reading(self.run, checker.linker.rows)
        learned = checker.linker.learned_digest
        self._judged_with = provenance.judging(self.run.packages, learned)
        self._store = checker.store.connection
        carry_over(checker.store, self._judged_with, learned=learned)
        self._names = Names(lambda ids: kept.known(self._store, ids))
        self._failed_before = {(f.path, f.doc_id, f.content) for f in kept.failures(self._store)}
        self._reasons = {(f.path, f.doc_id): f for f in kept.failures(self._store)}
        self._seconds = limits.seconds()
        self._probed = False
        self._faults: Counter[str] = Counter()  # where the code failed over documents, and how often
        self._saver = checker.store.saver(self.run)
        self._position = 0
        self.expected = kept.count(self._store)  # documents, as far as the last run tells
        self.saved = SaveResult()
        self.untouched = self.rejudged = 0
        self.failures: list[Failure] = []
        self._ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._ended and kind is not None and issubclass(kind, Exception):
            with suppress(StoreError):  # a disk that is full; the next run marks this one as interrupted
                self._saver.close("failed")

    def batches(self) -> Iterator[list[Work]]:
        """What is to be checked, a batch at a time; what is as it was is only noted."""
        yield from lots(self._work(), BATCH, (lambda work: len(work.document.text), BATCH_CHARACTERS))

    def _work(self) -> Iterator[Work]:
        for chunk in lots(self._readable(), BATCH, (lambda found: len(found.text), BATCH_CHARACTERS)):
            same: list[State] = []
            yield from self._sorted_out(chunk, same)
            ids, positions = [s.doc_id for s in same], [s.position for s in same]
            kept.seen(self._store, self._saver.number, ids, positions)
            self.untouched += len(same)

    def _readable(self) -> Iterator[Document]:
        for found in read_all(self._inbox):
            if isinstance(found, Unreadable):
                if isinstance(found.error.__cause__, BROKEN):
                    self._note_fault(found.error.__cause__)
                self.failures.append(Failure(os.path.abspath(found.path), None, "read", str(found.error)))
            else:
                yield found

    def _sorted_out(self, chunk: Sequence[Document], same: list[State]) -> Iterator[Work]:
        """The documents that need work; those that do not are added to `same`."""
        for document, source, state in self._names.settle(chunk):
            self._position += 1
            new = State(
                doc_id=document.id,
                path=source,
                content=provenance.content(document),
                read_with=self._read_with,
                judged_with=self._judged_with,
                position=self._position,
            )
            if any((source, document.id, mark) in self._failed_before for mark in self._marks(new)):
                self.failures.append(self._reasons[source, document.id])
                continue
            as_read = state is not None and state.current and _reading_of(state) == _reading_of(new)
            if state is None or not as_read or state.path != source:
                yield Work(document, new)
            elif state.judged_with != self._judged_with:
                yield Work(document, replace(new, as_read=state.as_read), stored=True)
            else:
                same.append(new)

    def _marks(self, state: State) -> tuple[str, str]:
        """What failures at checking depend on, in general and by time: while it is the same, trying again
        would be in vain.
        """
        mark = f"{state.content} {state.read_with} {state.judged_with}"
        return mark, f"{mark} {self._seconds:g}s"

    def check(self, batch: Sequence[Work]) -> SaveResult:
        """Check a batch and keep it. A batch with a bad document is checked one by one. Raises StoreError."""
        saved = SaveResult()
        for done in self._checked(batch):
            saved += self._saver.save([checked for checked, _ in done])
            kept.mark(self._store, self._saver.number, [state for _, state in done])
        self.rejudged += sum(work.stored for work in batch)
        self.saved += saved
        return saved

    def _checked(self, batch: Sequence[Work]) -> Iterator[list[tuple[CheckedDocument, State]]]:
        try:
            yield self._judged(batch)
            return
        except Overrun as error:
            late = next(work for work in batch if work.document.id == error.document)
            self._set_aside(late, str(error), self._marks(late.state)[1])
            parts = [[work for work in batch if work is not late]]
        except BROKEN as error:
            parts = [[work] for work in batch] if len(batch) > 1 else []
            if not parts:
                self._note_fault(error)
                reason = f"the text could not be checked ({type(error).__name__}: {error})"
                self._set_aside(batch[0], f"{batch[0].document.id}: {reason}", self._marks(batch[0].state)[0])
        for part in filter(None, parts):
            yield from self._checked(part)

    def _set_aside(self, work: Work, reason: str, mark: str) -> None:
        self.failures.append(Failure(work.state.path, work.document.id, "check", shown(reason)[:1000], mark))

    def _note_fault(self, error: BaseException) -> None:
        """Note where the code failed. Raises InstallationError where its plainest work fails too."""
        self._faults[faults.place(error)] += 1
        if self._probed:
            return
        self._probed = True
        try:
            reading = list(read([make("probe", PROBE)], self._checker.events))
            list(self._checker.linker.check(reading))
        except BROKEN as fault:
            raise InstallationError(
                f"nothing can be checked, not even a plain sentence ({type(fault).__name__}: {fault}); "
                "no document was set aside: the program or its model is damaged, run `make install`"
            ) from fault

    def _judged(self, batch: Sequence[Work]) -> list[tuple[CheckedDocument, State]]:
        anew = iter(list(read([w.document for w in batch if not w.stored], self._checker.events)))
        readings = [self._stored(work) if work.stored else next(anew) for work in batch]
        states = [replace(w.state, as_read=kept.as_read(r)) for w, r in zip(batch, readings, strict=True)]
        return list(zip(self._checker.linker.check(readings), states, strict=True))

    def _stored(self, work: Work) -> Reading:
        checked = self._checker.store.load_document(work.document.id)
        return kept.unlinked(checked.reading, work.state.as_read)

    def finish(self) -> Outcome:
        """Close the run: its counts, and who is in quarantine now. Raises InstallationError."""
        self._blame_nobody()
        number = self._saver.number
        inside = [os.path.abspath(path) for path in self._inbox]
        kept.record_failures(self._store, number, self.failures, inside)
        store = self._checker.store
        decisions = None if store.path is None else import_decisions(store, journal_file(store.path))
        self._saver.close("finished")
        self._ended = True
        run = replace(self.run, finished=datetime.now(UTC).isoformat(timespec="seconds"))
        return Outcome(run, self.saved, self.untouched, self.rejudged, tuple(self.failures), decisions)

    def _blame_nobody(self) -> None:
        """Raise InstallationError where every document failed, all at the same place of the code."""
        if len(self._faults) == 1 and not self.saved.documents + self.untouched:
            place, times = self._faults.popitem()
            if times >= ALL:
                raise InstallationError(
                    f"all {times} documents fail in the same way ({place}); none was set aside: "
                    "this is a fault of the program, or of a table, and not of the documents"
                )

    @property
    def number(self) -> int:
        """The run's number in the database."""
        return self._saver.number


def _reading_of(state: State) -> tuple[str, str]:
    return state.content, state.read_with
