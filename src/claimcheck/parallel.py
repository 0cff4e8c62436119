"""Extraction spread over several processes of this machine; the readings are those of one process, in order.

A worker starts with an interpreter of its own (spawned, so no lock or thread of this process is copied) and
loads the model, which takes one to two seconds and about 350 MB: it pays from some 50,000 words on.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Self

from claimcheck.claims.parsing import model
from claimcheck.claims.reading import read
from claimcheck.dates.events import EventIndex
from claimcheck.documents.limits import Overrun
from claimcheck.model import Document, Reading

CHARACTERS = (
    120_000  # a parcel: a second of work, so that sending it costs nothing beside, and the last ends soon
)
DOCUMENTS = 200
Parcel = tuple[list[Reading], list[Overrun]]
AHEAD = 2  # parcels a worker that are read ahead of the one that is asked for


class WorkerError(RuntimeError):
    """A worker ended by itself: the machine ran out of memory, or someone ended it."""


class Spread:
    """Processes that read documents; one reads in this process. A context manager: the workers end with it.

    `events` are the happenings that can fix a time, as for `read`.
    """

    def __init__(self, processes: int, events: EventIndex | None = None) -> None:
        if processes < 1:
            raise ValueError(f"processes must be 1 or more, not {processes}")
        self._processes = processes
        self._events = events
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
        if self._processes == 1:
            yield from read(documents, self._events, refuse)
            return
        if self._pool is None:  # started by the first document, so that a run without one pays nothing
            self._pool = ProcessPoolExecutor(
                self._processes, multiprocessing.get_context("spawn"), _begin, (self._events,)
            )
        try:
            for readings, refused in _in_order(self._pool, parcels(documents), AHEAD * self._processes):
                for error in refused:
                    if refuse is None:
                        raise error
                    refuse(error)
                yield from readings
        except BrokenProcessPool as error:
            raise WorkerError(
                "a reading process ended before its work was done; the machine may be out of memory: "
                "try fewer --processes"
            ) from error


def _in_order(pool: ProcessPoolExecutor, work: Iterable[list[Document]], ahead: int) -> Iterator[Parcel]:
    waiting: deque[Future[Parcel]] = deque()
    for parcel in work:
        waiting.append(pool.submit(_read, parcel))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def parcels(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents in lots of about the same amount of text, in order."""
    parcel: list[Document] = []
    size = 0
    for document in documents:
        parcel.append(document)
        size += len(document.text)
        if size >= CHARACTERS or len(parcel) >= DOCUMENTS:
            yield parcel
            parcel, size = [], 0
    if parcel:
        yield parcel


_events: EventIndex | None = None  # of this worker


def _begin(events: EventIndex | None) -> None:
    global _events
    _events = events
    model()


def _read(parcel: list[Document]) -> Parcel:
    refused: list[Overrun] = []
    return list(read(parcel, _events, refused.append)), refused
