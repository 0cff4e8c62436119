"""The linker that everybody uses: verdicts by rule, then how likely each is and which rows come nearest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from claimcheck.frames.held import shown
from claimcheck.linking.evidence import Linking
from claimcheck.matching.candidates import Tables
from claimcheck.matching.linker import Linker, garbage_collection_paused
from claimcheck.model import CheckedDocument, Reading


class WeighedLinker(Linker):
    """Links and judges claims, and weighs every claim against the rows that it may mean."""

    def __init__(self, store: Tables) -> None:
        super().__init__(store)
        self._tables = store

    @cached_property
    def linking(self) -> Linking:
        """Made when the first document comes: it reads every row."""
        return Linking(self._tables)

    def check(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        """The readings with a verdict for every claim, and with what is likely where nothing is decided."""
        checked = super().check(readings)
        with garbage_collection_paused():
            return [shown(document, self.known.holdings) for document in self.linking.shown(checked)]
