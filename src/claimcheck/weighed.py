"""The linker that everybody uses: verdicts by rule, then how likely each is and which rows come nearest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from claimcheck.frames.held import shown
from claimcheck.learning.file import Learned, beside, read
from claimcheck.linking.evidence import Linking
from claimcheck.linking.rows import Tables
from claimcheck.matching.linker import Linker, garbage_collection_paused
from claimcheck.model import CheckedDocument, Reading


class WeighedLinker(Linker):
    """Links and judges claims, and weighs every claim against the rows that it may mean."""

    def __init__(self, store: Tables, database: Path | None = None) -> None:
        """`database`: beside which reviewers' decisions may have moved the weights. Raises LexiconError where
        that file breaks its rules."""
        super().__init__(store)
        self._tables = store
        self.comparing.meant = lambda reading: self.linking.meant(reading)
        self.learned: Learned | None = None if database is None else read(beside(database))

    @property
    def learned_digest(self) -> str:
        """Which of what decisions teach this is; empty where there is none."""
        return "" if self.learned is None else self.learned.digest

    @cached_property
    def linking(self) -> Linking:
        """Made when the first document comes: it reads every row."""
        return Linking(self._tables, None if self.learned is None else self.learned.weights)

    def check(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        """The readings with a verdict for every claim, and with what is likely where nothing is decided."""
        return self.weighed(super().check(readings))

    def weighed(self, checked: Sequence[CheckedDocument]) -> list[CheckedDocument]:
        """What was judged by rule, with what is likely of each claim that has a verdict."""
        with garbage_collection_paused():
            return [shown(document, self.known.holdings) for document in self.linking.shown(checked)]
