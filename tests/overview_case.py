"""A database with three runs for the overview: the letter, an echo and a hostile document, then changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from claimcheck import publishing
from claimcheck.decisions import Decision
from claimcheck.model import CheckedDocument
from claimcheck.pipeline import Checker
from claimcheck.report import FORMATS
from claimcheck.report.masking import NOBODY, Mask
from claimcheck.store import open_store
from claimcheck.store.decisions import reviews
from claimcheck.store.inbox import Failure, record_failures
from claimcheck.store.overview import Overview, gather, latest_run
from tests.review_case import REFERENCE, echo, next_run
from tests.sample_builder import figure, verdict
from tests.sample_hostile import hostile
from tests.sample_report import RUN, letter

PATIENTS = next(c for c in letter().reading.claims if c.quantity and c.quantity.text == "765")


def changed_letter() -> CheckedDocument:
    """The letter after SY24's row went and Enab Baladi's came: its 765 patients are refuted."""
    checked = letter()
    row = figure("F010", "refutes", "Enab Baladi", "502 is not 765", best="502")
    made = verdict("refuted", "overstated", "765 claimed; Enab Baladi says 502 (figures F010).", row)
    return replace(checked, verdicts={**checked.verdicts, PATIENTS.claim_id: made})


def build(folder: Path, last: Sequence[CheckedDocument] = ()) -> Path:
    """Run 1: letter and echo. Run 2: nothing changed. Run 3: other rules, the letter changed, and `last`."""
    database = folder / "claims.duckdb"
    with Checker([REFERENCE], database) as checker:
        checker.save(RUN, [letter(), echo()])
        checker.save(replace(RUN, run_id="run-1b"), [letter(), echo()])
        checker.save(next_run(2), [changed_letter(), echo(), *(last or [hostile()])])
        failure = Failure("/inbox/torn.pdf", None, "read", "torn.pdf: the file ends in the middle of a page")
        record_failures(checker.store.connection, 3, [failure], [])
    return database


def publish(
    database: Path,
    folder: Path,
    formats: Sequence[str] = FORMATS,
    decisions: Sequence[Decision] = (),
    mask: Mask = NOBODY,
    *,
    every_page: bool = False,
    overview_alone: bool = False,
) -> list[Path]:
    """The reports of the latest run."""
    with open_store(database, read_only=True) as store:
        run = latest_run(store)
        return publishing.write(
            store, run, folder, formats=formats, decisions=decisions, mask=mask, every_page=every_page,
            overview_alone=overview_alone,
        )  # fmt: skip


def overview_of(database: Path, decisions: Sequence[Decision] = (), mask: Mask = NOBODY) -> Overview:
    """What the overview of the latest run says."""
    with open_store(database, read_only=True) as store:
        [(number,)] = store.cells("SELECT max(run_number) FROM run")
        return mask(gather(store, number, store.run_keys(number), reviews(store, decisions)))
