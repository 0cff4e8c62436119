"""Reading spread over the workers of a Dask scheduler. Rows come back; linking, judging, writing stay here.

A worker needs claimcheck of the same version with the extra `cluster`, and neither the documents nor the
database. What it reads is what this process would read: a worker with other code, rules or model is refused.
"""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from claimcheck.documents.extracted import BROKEN, DocumentError
from claimcheck.inbox import InboxRun, Work
from claimcheck.model import CheckedDocument, Reading
from claimcheck.parallel import parcels
from claimcheck.pipeline import Checker
from claimcheck.store import inbox as kept
from claimcheck.store.inbox import State
from flows.common import ClusterError

AHEAD = 2  # batches a worker that are read before the first of them is judged
LOCAL = "127.0.0.1"
WITHIN = 60.0  # seconds that workers have to appear


def made_with() -> tuple[str, ...]:
    """Digests of what a reading depends on besides the text and the tables: code, rules, model."""
    from claimcheck import lexicon, provenance
    from claimcheck.claims.parsing import model_name

    return provenance.code(), lexicon.digest(), model_name()


@task(name="read", cache_policy=NO_CACHE, tags=["read"])
def read_parcel(parcel: bytes) -> bytes:
    """On a worker: documents and the tables' happenings in; what the reader is made of and the readings out.

    Both are pickled, so that Prefect does not look through thousands of values for results of other tasks.
    """
    from claimcheck.claims.reading import read

    documents, events = pickle.loads(parcel)
    return pickle.dumps((made_with(), list(read(documents, events))), pickle.HIGHEST_PROTOCOL)


@contextmanager
def cluster(scheduler: str | None) -> Iterator[Any]:
    """A Prefect task runner on the workers of that scheduler; None is a cluster of this machine's own.

    Raises ClusterError where the extra is missing, nobody answers, or there is no worker.
    """
    os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "error")  # here and in the workers of this machine
    try:
        runners, cloudpickle = import_module("prefect_dask"), import_module("cloudpickle")
    except ImportError as error:
        raise ClusterError(
            f"--runner dask needs the extra `cluster` ({error.name} is missing): "
            f"pip install 'claimcheck-tables[cluster]'"
        ) from error
    cloudpickle.register_pickle_by_value(import_module("flows"))  # workers need not have them
    here = {"threads_per_worker": 1, "host": LOCAL, "dashboard_address": f"{LOCAL}:0"}
    made = {"address": scheduler} if scheduler else {"cluster_kwargs": here}
    with runners.DaskTaskRunner(**made) as runner:
        _connect(runner, scheduler)
        yield runner


def _connect(runner: Any, scheduler: str | None) -> None:
    try:
        client = runner.client
    except (OSError, RuntimeError) as error:
        what = f"the scheduler {scheduler} does not answer" if scheduler else "the cluster does not start"
        raise ClusterError(f"{what}: {error}") from error
    try:
        client.wait_for_workers(1, timeout=WITHIN)
    except TimeoutError as error:
        raise ClusterError(f"the scheduler {scheduler} has no worker after {WITHIN:g} seconds") from error


class SpreadRun(InboxRun):
    """A run whose texts are read by the workers of `runner`, a few batches ahead of the one that is judged.

    A batch that a worker cannot read is read here, where a bad document is told from the others.
    """

    def __init__(self, checker: Checker, inbox: Sequence[Path], runner: Any) -> None:
        super().__init__(checker, inbox)
        self._runner = runner
        self._read: dict[str, Reading] = {}  # of the batch that is being checked, by document

    def batches(self) -> Iterator[list[Work]]:
        """As without workers; only that the batches behind are being read meanwhile."""
        sent: deque[tuple[list[Work], list[Any]]] = deque()
        ahead = AHEAD * len(self._runner.client.scheduler_info()["workers"])
        for batch in super().batches():
            sent.append((batch, self._send(batch)))
            if len(sent) > ahead:
                yield self._received(*sent.popleft())
        while sent:
            yield self._received(*sent.popleft())

    def _send(self, batch: Sequence[Work]) -> list[Any]:
        """What will be the readings of a batch's new documents, a parcel each."""
        anew = [work.document for work in batch if not work.stored]
        return [
            self._runner.submit(read_parcel, {"parcel": pickle.dumps((parcel, self._checker.events))})
            for parcel in parcels(anew)
        ]

    def _received(self, batch: list[Work], parcels: Sequence[Any]) -> list[Work]:
        self._read = {}
        for parcel in parcels:
            try:
                made, readings = pickle.loads(parcel.result())
            except (*BROKEN, DocumentError):
                continue
            except (CancelledError, import_module("distributed").KilledWorker) as error:
                raise ClusterError(f"the cluster lost its workers or its scheduler: {error}") from error
            if made != made_with():
                raise ClusterError(
                    f"a worker reads with {', '.join(made)}, this process with {', '.join(made_with())}: "
                    f"install the same claimcheck on both"
                )
            self._read |= {reading.document.id: reading for reading in readings}
        return batch

    def _judged(self, batch: Sequence[Work]) -> list[tuple[CheckedDocument, State]]:
        if any(not work.stored and work.document.id not in self._read for work in batch):
            return super()._judged(batch)
        readings = [self._stored(w) if w.stored else self._read[w.document.id] for w in batch]
        states = [replace(w.state, as_read=kept.as_read(r)) for w, r in zip(batch, readings, strict=True)]
        return list(zip(self._checker.linker.check(readings), states, strict=True))
