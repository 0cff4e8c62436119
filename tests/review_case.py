"""A desk for the tests: the letter with hand-made verdicts, another document like it, a hostile one."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from claimcheck.decisions import (
    Decision,
    Journal,
    Review,
    attach,
    decide,
    facts_of,
    journal_file,
    review_of,
)  # fmt: skip
from claimcheck.model import CheckedDocument, Claim, Document, RunInfo
from claimcheck.pipeline import Checker
from claimcheck.review.people import People
from claimcheck.review.serve import LOCAL, bound, server
from claimcheck.store.snapshots import publish_snapshot
from tests.sample_builder import Builder, figure, verdict
from tests.sample_hostile import hostile
from tests.sample_report import RUN, letter

REFERENCE = Path(__file__).parent.parent / "reference_data"


def reviews_of(documents: Sequence[CheckedDocument], decisions: Sequence[Decision]) -> dict[str, Review]:
    """How the claims of documents stand by decisions, by claim id; those that nobody decided are left out."""
    facts = {
        checked.document.id: [
            facts_of(c, checked.document.id, checked.verdicts.get(c.claim_id)) for c in checked.reading.claims
        ]
        for checked in documents
    }
    known = {f.claim_id: f for own in facts.values() for f in own}
    found, _ = attach(decisions, known, lambda document: facts.get(document, []))
    return {claim_id: review_of(own, known[claim_id]) for claim_id, own in found.items()}


def echo() -> CheckedDocument:
    """A short document about patients too, so that the letter's claim has one like it."""
    text = "Relief desk, 26 January 2018\n\nSome 500 patients in Eastern Ghouta wait for evacuation."
    b = Builder(Document(id="echo.txt", text=text, title="Relief desk"))
    number = b.number(
        "500", value="500", low="500", high="500", noun="patient", kind="number", status="claim"
    )
    b.claim(
        "Some 500 patients in Eastern Ghouta wait for evacuation",
        quantity=number,
        time=b.when("26 January 2018", "2018-01-26", "2018-01-26"),
        measure="patients needing medical evacuation",
        verdict=verdict(
            "supported",
            "exact",
            "500 claimed; F011 says 500.",
            figure("F011", "supports", "The New Arab", "500", best="500"),
        ),
    )
    return b.checked()


def build(folder: Path, documents: list[CheckedDocument] | None = None, run: RunInfo = RUN) -> Path:
    """A database with a published snapshot of these documents (by default: letter, echo, hostile)."""
    if documents is None and run is RUN:
        shutil.copytree(_default().name, folder, dirs_exist_ok=True)
        return folder / "claims.duckdb"
    return _built(folder, [letter(), echo(), hostile()] if documents is None else documents, run)


def _built(folder: Path, documents: list[CheckedDocument], run: RunInfo) -> Path:
    database = folder / "claims.duckdb"
    with Checker([REFERENCE], database) as checker:
        checker.save(run, documents)
        publish_snapshot(checker.store)
    return database


@cache
def _default() -> TemporaryDirectory[str]:
    """A folder with the database that most tests ask for, made once."""
    made = TemporaryDirectory(prefix="claimcheck-desk-")
    _built(Path(made.name), [letter(), echo(), hostile()], RUN)
    return made


def next_run(number: int = 2) -> RunInfo:
    """A later run with other rules."""
    return replace(
        RUN, run_id=f"run-{number}", started=f"2026-11-2{4 + number}T00:00:00+00:00", lexicon="other"
    )


@contextmanager
def running(database: Path, people: People | None = None) -> Iterator[str]:
    """The desk as a server on a thread; its address."""
    with bound(LOCAL, 0) as opened:
        desk = server(database, opened, people=people)
        thread = threading.Thread(target=desk.run, kwargs={"sockets": [opened]}, daemon=True)
        thread.start()
        yield f"http://{LOCAL}:{opened.getsockname()[1]}"
        desk.should_exit = True
        thread.join(10)


def decision(
    claim: Claim, document: str, kind: str = "confirm", reviewer: str = "Amal", **given: object
) -> Decision:
    """A decision on a claim; a confirmation says what it confirms."""
    return decide(claim, document, kind, reviewer, **given)  # type: ignore[arg-type]


def journal(database: Path) -> Journal:
    """The journal beside a database."""
    return Journal(journal_file(database))
