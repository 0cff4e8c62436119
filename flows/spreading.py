"""Reading, linking and judging spread over the workers of a Dask scheduler; what comes back is kept here.

A worker needs claimcheck of the same version with the extra `cluster`, and neither documents nor tables nor
the database: the tables are sent to it once. What it makes is what this process would make: a worker with
other code, rules or model is refused.
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
from claimcheck.model import CheckedDocument
from claimcheck.parallel import parcels
from claimcheck.pipeline import Checker
from claimcheck.store.inbox import State
from flows.common import ClusterError

AHEAD = 2  # batches a worker that are read before the first of them is judged
LOCAL = "127.0.0.1"
WITHIN = 60.0  # seconds that workers have to appear


def made_with() -> tuple[str, ...]:
    """Digests of what a reading depends on besides the text and the tables: code, rules, model."""
    from claimcheck import lexicon, provenance
    from claimcheck.syntax.parser import model_name

    return provenance.code(), lexicon.digest(), model_name()


@task(name="check", cache_policy=NO_CACHE, tags=["read"])
def check_parcel(parcel: bytes) -> bytes:
    """On a worker: documents in; what the worker is made of and the checked documents out.

    Both are pickled, so that Prefect does not look through thousands of values for results of other tasks.
    """
    from claimcheck import parallel

    done, refused = parallel.check(pickle.loads(parcel))
    if refused:
        raise refused[0]
    return pickle.dumps((made_with(), done), pickle.HIGHEST_PROTOCOL)


def _has_tables(scheduler: Any, packed: bytes) -> Any:
    """What gives tables to each worker of a Dask scheduler, also to one that comes later."""
    from distributed import WorkerPlugin

    class Given(WorkerPlugin):
        name = "claimcheck tables"

        def setup(self, worker: Any) -> None:
            from claimcheck import parallel

            parallel.begin(None, pickle.loads(packed))

    return scheduler.register_plugin(Given())


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
    """A run whose texts are checked by the workers of `runner`, a few batches ahead of the one that is kept.

    A batch that a worker cannot check is checked here, where a bad document is told apart from the others.
    """

    def __init__(self, checker: Checker, inbox: Sequence[Path], runner: Any) -> None:
        super().__init__(checker, inbox)
        self._runner = runner
        self._done: dict[str, tuple[str, CheckedDocument]] = {}  # of the batch that is being kept
        _has_tables(runner.client, pickle.dumps(checker.tables.packed(), pickle.HIGHEST_PROTOCOL))

    def batches(self) -> Iterator[list[Work]]:
        """As without workers; only that the batches behind are being checked meanwhile."""
        sent: deque[tuple[list[Work], list[Any]]] = deque()
        ahead = AHEAD * len(self._runner.client.scheduler_info()["workers"])
        for batch in super().batches():
            sent.append((batch, self._send(batch)))
            if len(sent) > ahead:
                yield self._received(*sent.popleft())
        while sent:
            yield self._received(*sent.popleft())

    def _send(self, batch: Sequence[Work]) -> list[Any]:
        """What will be a batch's new documents, checked, a parcel each."""
        anew = [work.document for work in batch if not work.stored]
        return [
            self._runner.submit(check_parcel, {"parcel": pickle.dumps(parcel)}) for parcel in parcels(anew)
        ]

    def _received(self, batch: list[Work], parcels: Sequence[Any]) -> list[Work]:
        self._done = {}
        for parcel in parcels:
            try:
                made, done = pickle.loads(parcel.result())
            except (*BROKEN, DocumentError):
                continue
            except (CancelledError, import_module("distributed").KilledWorker) as error:
                raise ClusterError(f"the cluster lost its workers or its scheduler: {error}") from error
            if made != made_with():
                raise ClusterError(
                    f"a worker checks with {', '.join(made)}, this process with {', '.join(made_with())}: "
                    f"install the same claimcheck on both"
                )
            self._done |= {checked.document.id: (as_read, checked) for as_read, checked in done}
        return batch

    def _judged(self, batch: Sequence[Work]) -> list[tuple[CheckedDocument, State]]:
        here = [work for work in batch if work.stored]
        if any(not work.stored and work.document.id not in self._done for work in batch):
            return super()._judged(batch)
        judged = iter(super()._judged(here) if here else [])
        return [next(judged) if work.stored else self._kept(work) for work in batch]

    def _kept(self, work: Work) -> tuple[CheckedDocument, State]:
        as_read, checked = self._done[work.document.id]
        return checked, replace(work.state, as_read=as_read)
