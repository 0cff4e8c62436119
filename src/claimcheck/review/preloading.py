"""Newer snapshots opened ahead of the pages that will show them.

A run that publishes must not make the next reviewer wait: a thread opens the new snapshot, works out what
most pages need, and only then has the desk go on with it. Until then pages are by the old one, as they would
have been a second before; what is recorded is always held against the newest.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from claimcheck.claims.reading import read
from claimcheck.model import Document
from claimcheck.review.desk import Desk
from claimcheck.store import StoreError

PAUSE = 0.5  # seconds between two looks


class Ahead:
    """Brings a desk its newer snapshots while it runs; `warm` works out what pages need on one."""

    def __init__(self, desk: Desk, warm: Callable[[Desk], None]) -> None:
        self._desk = desk
        self._warm = warm
        self._failed: Path | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="snapshots", daemon=True)

    def start(self) -> None:
        """Begin to look for newer snapshots."""
        self._desk.ahead = self._brings
        self._thread.start()

    def stop(self) -> None:
        """Look no more; a snapshot that is being opened is waited for."""
        self._stopped.set()
        self._desk.ahead = lambda file: False
        self._thread.join()

    def _brings(self, file: Path) -> bool:
        """Whether the snapshot will come from here: one that cannot be opened is left to the next page, which
        says why."""
        return self._thread.is_alive() and file != self._failed

    def _run(self) -> None:
        for _ in read([Document(id="first", text="Three people came.")]):
            pass  # the parser is loaded before the first correction needs it
        while not self._stopped.wait(PAUSE):
            if self._desk.behind():
                self._bring()

    def _bring(self) -> None:
        ahead = Desk(self._desk.database, self._desk.journal)
        wanted = ahead.latest
        if wanted == self._failed:
            return
        try:
            with ahead.open() as opened:
                self._warm(opened)
                if self._desk.behind():
                    self._desk.take(ahead)
        except (StoreError, OSError):
            self._failed = wanted
        finally:
            ahead.close()
