"""The steps that the command line and the flows share: read, link, judge, keep, publish.

Nothing here knows Prefect or the terminal. A bad document becomes a failure beside the others' results.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from types import TracebackType
from typing import IO, Self
from uuid import uuid4

from claimcheck import __version__, lexicon
from claimcheck.claims.reading import fault_in
from claimcheck.decisions import journal_file
from claimcheck.documents.extracted import BROKEN
from claimcheck.documents.files import Unreadable, read_all
from claimcheck.documents.limits import Overrun
from claimcheck.linking.linker import Linker, garbage_collection_paused
from claimcheck.lots import lots
from claimcheck.model import CheckedDocument, Document, Reading, RunInfo
from claimcheck.parallel import Spread, Tables
from claimcheck.reference.loading import load_all
from claimcheck.reference.package import Package
from claimcheck.reference.sayings import said_back
from claimcheck.store import BusyError, SaveResult, Store, open_store
from claimcheck.store.decisions import import_decisions
from claimcheck.store.snapshots import publish_snapshot
from claimcheck.syntax.parser import model_name

BATCH = 100  # documents that are read, judged and saved together
BATCH_MENTIONS = 20_000  # in them: a table may hold as many as a library
BATCH_CHARACTERS = 2_000_000
SPOOL = 1_000_000  # bytes of checked documents that wait in memory before they go to a temporary file
MANY_ROWS = 100_000  # of reference tables: without a database they are held in a temporary file, packed

Tick = Callable[[int], None]


def extract(
    paths: Iterable[Path], failures: list[Unreadable], references: Sequence[Path] = (), processes: int = 1
) -> Iterator[CheckedDocument]:
    """The readings of documents, without verdicts; `references` only fix the times that events fix.

    What cannot be read, or takes too much, is appended to `failures`. `processes` is how many extract at the
    same time.
    """
    if references:
        with Checker(references) as checker:
            events = checker.events
    else:
        events = None
    with Spread(processes, events) as spread:
        for reading in spread.read(documents(paths, failures), _appending(failures)):
            yield CheckedDocument(reading=reading)


class Checker:
    """Reference packages published into a store, and documents checked against them.

    A context manager: `with Checker(references, database) as checker`. Without a database the store lives
    in memory, with many reference rows in a temporary file, and nothing is kept. Where another process has
    the database, it is waited for, `wait` seconds at most, and `say` is given who has it; then BusyError.
    `processes` is how many read, link and judge at the same time. `references` are folders, or packages with
    their rows.
    """

    def __init__(
        self,
        references: Sequence[Path] | Sequence[Package],
        database: Path | None = None,
        *,
        wait: float = 0.0,
        say: Callable[[str], None] | None = None,
        processes: int = 1,
    ) -> None:
        self.saved: SaveResult | None = None
        with garbage_collection_paused():
            folders = tuple(one for one in references if isinstance(one, Path))
            loaded = load_all(folders) or tuple(one for one in references if isinstance(one, Package))
        self.packages: tuple[Package, ...] = tuple(replace(p, rows=()) for p in loaded)
        self._scratch = TemporaryDirectory(prefix="claimcheck-")  # empty, unless the tables are large
        if database is None and sum(len(p.rows) for p in loaded) >= MANY_ROWS:
            database = Path(self._scratch.name) / "claims.duckdb"
        self.store: Store = open_when_free(database, wait, say)
        try:
            handed = [replace(p, rows=list(p.rows)) for p in loaded]
            del loaded  # the store holds the rows from here on
            self.store.publish_packages(handed)
            self.linker = Linker(self.store, self.store.path)
            self._refuse_unread()
            self.events = self.linker.event_index
            digests = tuple(p.digest for p in self.packages)
            self.tables = Tables(folders, digests, self.linker.learned, kept=self.store.path is not None)
            self.spread = Spread(processes, self.events, self.tables)
        except BaseException as error:
            self._end()
            self.store.refuse_damage(error)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.spread.close()
        self._end()
        self.store.refuse_damage(error)

    def _refuse_unread(self) -> None:
        """Raise PackageError with each sentence of a vocabulary that cannot be read."""
        for package in self.packages:
            if any(measure.all_says for measure in package.vocabulary):
                said_back(package)

    def _end(self) -> None:
        self.store.close()
        self._scratch.cleanup()

    def new_run(self) -> RunInfo:
        """Provenance of a run that starts now: code, model, lexicon and package digests."""
        now = datetime.now(UTC)
        return RunInfo(
            run_id=f"{now:%Y%m%dT%H%M%S}-{uuid4().hex[:6]}",
            started=now.isoformat(timespec="seconds"),
            finished=None,
            version=__version__,
            model=model_name(),
            lexicon=lexicon.digest(),
            packages={p.name: p.digest for p in self.packages},
        )

    def check(
        self,
        documents: Iterable[Document],
        tick: Tick | None = None,
        failures: list[Unreadable] | None = None,
    ) -> Iterator[CheckedDocument]:
        """The documents checked, in order, a batch at a time; `tick` is given how many are done.

        What takes too much is appended to `failures`; without them it raises DocumentError.
        """
        refuse = None if failures is None else _appending(failures)
        if self.spread.processes > 1:
            for done in self.spread.check(documents, refuse):
                yield done
                if tick:
                    tick(1)
            return
        for readings in batches(self.spread.read(documents, refuse)):
            yield from linked(self.linker, readings, refuse)
            if tick:
                tick(len(readings))

    def kept(self, checked: Iterable[CheckedDocument]) -> Iterator[CheckedDocument]:
        """The same documents, saved under a run of their own and published; `saved` says what was new.

        The first comes when all are kept, so that whoever stops listening stops nothing; until then they
        wait in a file, not in memory.
        """
        run = self.new_run()
        with SpooledTemporaryFile(SPOOL) as spool:
            self.saved = self.save(run, _noted(checked, spool))
            if self.store.path is not None:
                import_decisions(self.store, journal_file(self.store.path))
            publish_snapshot(self.store)
            end = spool.tell()
            spool.seek(0)
            while spool.tell() < end:
                yield pickle.load(spool)

    def save(self, run: RunInfo, checked: Iterable[CheckedDocument]) -> SaveResult:
        """Keep checked documents under a run; the same input again adds nothing and the result says so."""
        return self.store.save(run, checked)


def linked(
    linker: Linker, readings: Sequence[Reading], refuse: Callable[[Overrun], None] | None
) -> list[CheckedDocument]:
    """The readings linked and judged. One on which that fails is left out, and `refuse` called; without it,
    raises what the rule raised."""
    try:
        return linker.check(readings)
    except BROKEN as error:
        if refuse is None:
            raise
        if len(readings) == 1:
            refuse(fault_in(readings[0].document, error))
            return []
    return [checked for reading in readings for checked in linked(linker, [reading], refuse)]


def batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Readings in lots of `BATCH` documents, or of fewer that hold as much as many do, in order."""
    mentions = (lambda reading: len(reading.mentions)), BATCH_MENTIONS
    characters = (lambda reading: len(reading.document.text)), BATCH_CHARACTERS
    return lots(readings, BATCH, mentions, characters)


def open_when_free(
    database: Path | None, wait: float = 0.0, say: Callable[[str], None] | None = None
) -> Store:
    """The store, opened to write once no other process has it. Raises BusyError after `wait` seconds."""
    until = time.monotonic() + wait  # monotonic: a clock that is set back does not lengthen the wait
    said = False
    while True:
        try:
            return open_store(database)
        except BusyError as error:
            if time.monotonic() >= until:
                raise
            if say is not None and not said:
                say(f"waiting up to {wait:g} seconds: {error}")
                said = True
            time.sleep(min(0.5, max(0.01, until - time.monotonic())))


def _noted(checked: Iterable[CheckedDocument], spool: IO[bytes]) -> Iterator[CheckedDocument]:
    for item in checked:
        pickle.dump(replace(item), spool, pickle.HIGHEST_PROTOCOL)  # without the rows that it may hold
        yield item


def _appending(failures: list[Unreadable]) -> Callable[[Overrun], None]:
    return lambda error: failures.append(Unreadable(error.path, error))


def documents(paths: Iterable[Path], failures: list[Unreadable]) -> Iterator[Document]:
    """The documents of paths, in order; what cannot be read is appended to `failures`."""
    for found in read_all(paths):
        if isinstance(found, Unreadable):
            failures.append(found)
        else:
            yield found
