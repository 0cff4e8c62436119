"""From readings to verdicts: claims weighed against the rows that they may mean, and rows related."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from claimcheck.dates.events import EventIndex
from claimcheck.frames.held import holdings, shown, with_held
from claimcheck.grids.statements import Statements
from claimcheck.judging.judge import judge
from claimcheck.learning.file import Learned, beside, read
from claimcheck.linking.evidence import Among, Chosen, Linking
from claimcheck.linking.rows import Measured, Tables
from claimcheck.model import CheckedDocument, Claim, Operand, Reading
from claimcheck.names import NameIndex
from claimcheck.reference.ratios import Ratios
from claimcheck.relate.comparing import Comparing
from claimcheck.relate.meant import Meant, meant
from claimcheck.wording import Signatories

OF_MEASURE = ("measure", "against", "counted", "unit", "words")
"""The slots that say whether a row is of the measure that a claim tells."""
OF_EVENT = ("time", "place", "read place", "name")
"""Those that say whether it is of the event."""
_UNITS = "SELECT DISTINCT package, measure, unit FROM reference_row WHERE measure <> ''"


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Pauses garbage collection: a batch makes very many small values that live on, and to look through them
    for rings would take a third of the time. Behind it they count as old, none to look through at once."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


class Linker:
    """Links and judges claims against the packages published in a store.

    Building it reads the names and measures once; `check` may then be called for any number of batches.
    """

    def __init__(self, store: Tables, database: Path | None = None) -> None:
        """`database`: beside which reviewers' decisions may have moved the weights. Raises LexiconError where
        that file breaks its rules."""
        self.learned: Learned | None = None if database is None else read(beside(database))
        self.linking = Linking(store, None if self.learned is None else self.learned.weights)
        book = self.linking.book
        self.rows = book.named
        """The rows of events and gazetteers."""
        self.event_index = EventIndex(self.rows)
        units: dict[Measured, set[str | None]] = defaultdict(set)
        for package, measure, unit in store.cells(_UNITS):
            units[package, measure].add(unit or None)
        self.holdings = holdings(units, any(r.kind == "event" and r.period for r in self.rows))
        self._signatories = Signatories(
            NameIndex(
                (name, f"{r.package}|{r.key}", "place" if r.label == "place" else "organisation")
                for r in self.rows
                if r.kind == "gazetteer"
                for name in dict.fromkeys(n for n in (r.name, *r.names) if n)
            )
        )
        self.comparing = Comparing(self._meant, lambda: self.linking.weights)
        self._statements, self._ratios = Statements(store), Ratios(store)

    def _meant(self, reading: Reading, operand: Operand) -> list[Meant]:
        if operand.claim is None:
            return []
        levels = self.linking.levels_of(reading, operand.claim, operand.without)
        return [] if levels is None else meant(levels, self.linking.weights, operand.role == "item")

    @property
    def learned_digest(self) -> str:
        """Which of what decisions teach this is; empty where there is none."""
        return "" if self.learned is None else self.learned.digest

    def check(
        self, readings: Sequence[Reading], measures: Mapping[str, Collection[Measured]] | None = None
    ) -> list[CheckedDocument]:
        """The readings with a verdict for every claim, with what is likely where nothing is decided.

        `measures`: those that claims are of, by the ids of the claims of which a reviewer said so.
        """
        with garbage_collection_paused():
            chosen = self._chosen(measures or {})
            readings = self.prepared(readings)
            self._signatories.forget()
            own, apart = self._signatories.are_alone_behind, map(without_comparisons, readings)
            single = self.linking.judged([unjudged(reading) for reading in apart], None, chosen, own)
            compared = self.linking.judged(self.comparing.check(readings, single), {"comparison"}, own=own)
            said = map(self._ratios.shown, self._statements.check(compared))
            return [shown(document, self.holdings) for document in said]

    def opened(self, readings: Sequence[Reading]) -> list[CheckedDocument]:
        """The readings on their way to verdicts: with what the operands of their comparisons mean."""
        readings = self.prepared(readings)
        return self.comparing.check(readings, [unjudged(without_comparisons(r)) for r in readings])

    def prepared(self, readings: Sequence[Reading]) -> list[Reading]:
        """The readings as rows are compared with them: with the lengths and asides that tables hold."""
        return [with_held(reading, self.holdings) for reading in readings]

    def _chosen(self, measures: Mapping[str, Collection[Measured]]) -> Chosen:
        about: dict[str, Among | None] = {}

        def chosen(document: CheckedDocument, claim: Claim) -> Among | None:
            if claim.claim_id in measures:
                return Among(self.linking.of_measures(measures[claim.claim_id]), OF_MEASURE)
            key = document.document.about or ""
            if ":" in key and key not in about:
                mine = self.linking.about(key)
                about[key] = Among(mine, OF_EVENT) if mine.portraits else None
            return about.get(key)

        return chosen


def without_comparisons(reading: Reading) -> Reading:
    """The reading without the claims that compare, which wait for what the others say."""
    return replace(reading, claims=tuple(c for c in reading.claims if c.comparison is None))


def unjudged(reading: Reading) -> CheckedDocument:
    """A reading with the verdicts that need no row: of weekdays and lists, and that of all others nothing is
    known."""
    verdicts = {c.claim_id: judge(c, (), reading.document) for c in reading.claims}
    return CheckedDocument(reading=reading, verdicts=verdicts)
