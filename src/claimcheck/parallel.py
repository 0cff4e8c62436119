"""Work spread over several processes of this machine: reading, and by tables linking and judging.

What comes back is what one process makes, in order. A worker starts with an interpreter of its own (spawned,
so no lock or thread of this process is copied), loads the model and the tables, which takes two to three
seconds and about 350 MB: it pays from some 50,000 words on.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from claimcheck.claims.reading import read
from claimcheck.dates.events import EventIndex
from claimcheck.documents.limits import Overrun
from claimcheck.lots import lots
from claimcheck.model import CheckedDocument, Document, Reading
from claimcheck.reference.loading import load_all
from claimcheck.reference.package import Package
from claimcheck.store.inbox import as_read
from claimcheck.store.saving import with_rows
from claimcheck.syntax.parser import model

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from claimcheck.learning.file import Learned
    from claimcheck.pipeline import Checker

CHARACTERS = (
    120_000  # a parcel: a second of work, so that sending it costs nothing beside, and the last ends soon
)
DOCUMENTS = 200
T = TypeVar("T")
Parcel = tuple[list[T], list[Overrun]]
AHEAD = 2  # parcels a worker that are read ahead of the one that is asked for


class WorkerError(RuntimeError):
    """A worker ended by itself: the machine ran out of memory, or someone ended it."""


@dataclass(frozen=True, slots=True)
class Tables:
    """By what a worker links and judges: packages as they were when the run began, and what decisions taught.

    `packages` are empty where a worker reads the folders itself; `kept`: what comes back is stored.
    """

    folders: tuple[Path, ...]
    digests: tuple[str, ...]
    learned: Learned | None
    packages: tuple[Package, ...] = ()
    kept: bool = False

    def packed(self) -> Tables:
        """The same for workers that have no such folders. Raises WorkerError, PackageError."""
        return replace(self, packages=self.loaded())

    def loaded(self) -> tuple[Package, ...]:
        """The packages with their rows. Raises WorkerError where they are others by now."""
        packages = self.packages or load_all(self.folders)
        if tuple(package.digest for package in packages) != self.digests:
            raise WorkerError("the tables were changed since this run began; run it again")
        return packages


class Spread:
    """Processes that read documents, and check them by `tables`; one reads in this process. A context
    manager: the workers end with it.

    `events` are the events that can fix a time, as for `read`.
    """

    def __init__(
        self, processes: int, events: EventIndex | None = None, tables: Tables | None = None
    ) -> None:
        if processes < 1:
            raise ValueError(f"processes must be 1 or more, not {processes}")
        self.processes = processes
        self._events, self._tables = events, tables
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the workers. Closing twice does no harm."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def read(
        self, documents: Iterable[Document], refuse: Callable[[Overrun], None] | None = None
    ) -> Iterator[Reading]:
        """The readings of documents, in order, and `refuse` as for `read`.

        What reading raises is raised here, and WorkerError.
        """
        if self.processes == 1:
            yield from read(documents, self._events, refuse)
        else:
            yield from self._spread(_read, documents, refuse)

    def check(
        self, documents: Iterable[Document], refuse: Callable[[Overrun], None] | None = None
    ) -> Iterator[CheckedDocument]:
        """The documents read, linked and judged by the workers, in order, and `refuse` as for `read`."""
        for _, checked in self._spread(check, documents, refuse):
            yield checked

    def _spread(
        self,
        work: Callable[[list[Document]], Parcel[T]],
        documents: Iterable[Document],
        refuse: Callable[[Overrun], None] | None,
    ) -> Iterator[T]:
        if self._pool is None:  # started by the first document, so that a run without one pays nothing
            self._pool = ProcessPoolExecutor(
                self.processes, multiprocessing.get_context("spawn"), _begin, (self._events, self._tables)
            )
        try:
            for done, refused in _in_order(self._pool, work, parcels(documents), AHEAD * self.processes):
                for error in refused:
                    if refuse is None:
                        raise error
                    refuse(error)
                yield from done
        except BrokenProcessPool as error:
            raise WorkerError(
                "a reading process ended before its work was done; the machine may be out of memory: "
                "try fewer --processes"
            ) from error


def _in_order(
    pool: ProcessPoolExecutor,
    work: Callable[[list[Document]], Parcel[T]],
    lots: Iterable[list[Document]],
    ahead: int,
) -> Iterator[Parcel[T]]:
    waiting: deque[Future[Parcel[T]]] = deque()
    for parcel in lots:
        waiting.append(pool.submit(work, parcel))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def parcels(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents in lots of about the same amount of text, in order."""
    return lots(documents, DOCUMENTS, (lambda document: len(document.text), CHARACTERS))


_made: dict[str, Any] = {}  # by this worker: events, tables, and the checker that is made of them
_one = Lock()  # a worker of Dask may have several threads, the tables are read by one


def _begin(events: EventIndex | None, tables: Tables | None) -> None:
    """In a worker of this machine: the same, and end with the process that started it, however that ends: who
    waits for work from one that was killed would wait for ever, with all its memory."""
    Thread(target=_end_with, args=(multiprocessing.parent_process(),), daemon=True).start()
    begin(events, tables)


def _end_with(parent: BaseProcess | None) -> None:
    if parent is not None:
        parent.join()
        os._exit(1)


def begin(events: EventIndex | None, tables: Tables | None) -> None:
    """In a worker: remember what its work is done with, and load the model."""
    _made.clear()
    _made.update(events=events, tables=tables)
    model()


def _read(parcel: list[Document]) -> Parcel[Reading]:
    refused: list[Overrun] = []
    return list(read(parcel, _made["events"], refused.append)), refused


def check(parcel: list[Document]) -> Parcel[tuple[str, CheckedDocument]]:
    """In a worker: documents checked, each with what its text alone says (`as_read`); and those refused."""
    from claimcheck.pipeline import linked

    with _one:
        checker = _checker()
        refused: list[Overrun] = []
        readings = list(read(parcel, checker.events, refused.append))
        stated = {reading.document.id: as_read(reading) for reading in readings}
        done = linked(checker.linker, readings, refused.append)
        keep = with_rows if _made["kept"] else lambda checked: checked
    return [(stated[checked.document.id], keep(checked)) for checked in done], refused


def _checker() -> Checker:
    from claimcheck.pipeline import Checker

    if "checker" not in _made:
        tables: Tables = _made["tables"]
        _made["kept"] = tables.kept
        checker = _made["checker"] = Checker(tables.loaded())
        checker.linker.learned = tables.learned
        _made["tables"] = None
    found: Checker = _made["checker"]
    return found
