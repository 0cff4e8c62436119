"""One bad document, or one bad decision, never takes a report, a run or a desk page from the others."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from claimcheck import pipeline
from claimcheck.apart import LOG
from claimcheck.cli.app import app
from claimcheck.decisions import Correction, Decision, Journal, decide, journal_file
from claimcheck.model import CheckedDocument
from claimcheck.pipeline import Checker
from claimcheck.report import EVERY_FORMAT, tables
from claimcheck.report.masking import Mask
from claimcheck.report.render import write_reports
from claimcheck.review.desk import Desk
from claimcheck.store import open_store
from tests import overview_case
from tests.desk_case import HERE, client_of
from tests.killing import run_inbox
from tests.review_case import REFERENCE, echo
from tests.sample_report import RUN, letter

SOUND = letter()


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """What was said of documents that could not be shown."""
    stated: list[str] = []

    class Complaints(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            stated.append(record.getMessage())

    handler = Complaints()
    LOG.addHandler(handler)
    yield stated
    LOG.removeHandler(handler)


def bad() -> CheckedDocument:
    """A document with a number that nothing can be done with."""
    checked = echo()
    [claim] = checked.reading.claims
    assert claim.quantity is not None
    quantity = replace(claim.quantity, value=None, low=Decimal("sNaN"), high=Decimal("sNaN"))
    reading = replace(checked.reading, claims=(replace(claim, quantity=quantity),))
    return replace(checked, reading=replace(reading, document=replace(reading.document, id="bad.txt")))


def test_every_format_has_the_others_and_the_error_in_its_place(tmp_path: Path, logged: list[str]) -> None:
    write_reports(tmp_path / "sound", RUN, [SOUND, echo()], EVERY_FORMAT)
    write_reports(tmp_path / "bad", RUN, [SOUND, bad(), echo()], EVERY_FORMAT)
    for page in ("joint-letter-2018-01-31.html", "echo.html", "echo.md"):
        assert (tmp_path / "bad" / page).read_bytes() == (tmp_path / "sound" / page).read_bytes()
    stated = "bad.txt: cannot be shown here, by a fault of claimcheck (InvalidOperation in "
    for page in ("bad.html", "bad.md", "claims.csv", "claims.json", "annotations.jsonld", "settled.csv",
                 "print.html"):  # fmt: skip
        text = (tmp_path / "bad" / page).read_text(encoding="utf-8-sig")
        assert stated.replace("_", r"\_") in text.replace(r"\_", "_").replace("\\", ""), page
    documents = json.loads((tmp_path / "bad" / "claims.json").read_text(encoding="utf-8"))["documents"]
    assert [d["id"] for d in documents] == [SOUND.document.id, "bad.txt", echo().document.id]
    assert all(line.startswith("bad.txt: cannot be shown") for line in logged)
    assert "bad.txt" in (tmp_path / "bad" / "index.html").read_text(encoding="utf-8")


def test_the_command_names_it_and_ends_with_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = overview_case.build(tmp_path)
    rows = tables._csv_rows

    def failing(checked: CheckedDocument, *given: Any) -> Any:
        return 1 / 0 if checked.document.id == "echo.txt" else rows(checked, *given)

    monkeypatch.setattr(tables, "_csv_rows", failing)
    done = CliRunner().invoke(
        app, ["report", "--database", str(database), "--output", str(tmp_path / "out"), "--format", "csv"]
    )
    assert done.exit_code == 2, done.output
    said = " ".join(done.stderr.split())
    assert (
        "claimcheck: echo.txt: cannot be shown here, by a fault of claimcheck (ZeroDivisionError in " in said
    )
    assert "765" in (tmp_path / "out" / "claims.csv").read_text(encoding="utf-8")


# --- any document and any correction, at every output ---------------------------------------------------

PIECES = (
    "5e400", "5e-400", "10^60", "-7", "1/3", "0", "12,345.678", "9" * 24, "0." + "0" * 20 + "1", "½",
    "three trillion trillion", "between 10,000,000,000,000 and 10,000,000,000,001", "twice as many as",
    "more than 5e27", "USD 3.5 bn", "30 per cent", "€1", "dozens of", "the 21st", "1 in 0", "from 5 to 6",
    "people were killed", "boats", "patients", "in Douma", "in Eastern Ghouta", "according to the UN",
    "on 25 January 2018", "on 31 December 9999", "in the year 1", "yesterday", "since 2018", "ten years ago",
    "not", "if", ".", ",", ";", "\n\n", "…", "(", "|", "<b>", "=1+1", "\u202e", "\x00", "\x07", "\ud800", "é",
)  # fmt: skip
STATEMENT = (
    "Relief desk, 26 January 2018\n\nOn 25 January 2018, 765 patients in Eastern Ghouta needed evacuation."
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), min_size=1, max_size=16).map(" ".join)
quantities = st.sampled_from(PIECES) | st.text(min_size=1, max_size=12)
days = st.none() | st.dates()
corrections = st.builds(
    Correction, quantity=quantities, measure=st.none() | st.text(min_size=1, max_size=8),
    place=st.none() | st.sampled_from(("Douma", "\u202e", "nowhere")), date_start=days, date_end=days,
)  # fmt: skip


@cache
def ground() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="claimcheck-apart-")


def written(name: str, pieces: Sequence[str]) -> Path:
    """A folder with these texts as documents, beside a sound one."""
    inbox = Path(ground().name) / name
    inbox.mkdir(exist_ok=True)
    for file in inbox.iterdir():
        file.unlink()
    for n, text in enumerate(pieces):
        (inbox / f"d{n}.txt").write_text(text, encoding="utf-8", errors="replace", newline="")
    (inbox / "sound.txt").write_text(STATEMENT, encoding="utf-8")
    return inbox


@settings(
    max_examples=2,
    phases=[Phase.explicit, Phase.generate],  # an example takes a second, and is short
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(texts, min_size=1, max_size=8), st.lists(corrections, min_size=1, max_size=3))
def test_any_document_and_correction_leaves_every_output_whole(
    logged: list[str], pieces: list[str], made: list[Correction]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / "claims.duckdb"
        with Checker([REFERENCE], database) as checker:
            outcome = run_inbox(checker, [written("inbox", pieces)])
            pipeline.publish_snapshot(checker.store)
        assert not outcome.failures
        decisions = list(decided(database, made))
        overview_case.publish(database, folder / "out", EVERY_FORMAT, decisions, every_page=True)
        overview_case.publish(database, folder / "masked", EVERY_FORMAT, decisions, Mask(["Ghouta"]))
        assert "765 patients" in (folder / "out" / "sound.html").read_text(encoding="utf-8")
        assert "765 patients" in (folder / "out" / "claims.csv").read_text(encoding="utf-8")
        desk = Desk(database, Journal(journal_file(database)))
        asked(desk, decisions)
        desk.close()
    assert logged == []


def decided(database: Path, made: Sequence[Correction]) -> Iterator[Decision]:
    """The corrections, each as a decision on the first claims of a document, in the journal."""
    journal = Journal(journal_file(database))
    with open_store(database, read_only=True) as store:
        ids = [doc_id for (doc_id,) in store.cells("SELECT doc_id FROM documents ORDER BY 1")]
        for doc_id in ids:
            checked = store.load_document(doc_id)
            for claim, correction in zip(checked.reading.claims, made, strict=False):
                decision = decide(claim, doc_id, "correct", "Amal", correction=correction, verdict="refuted")
                journal.append(decision)
                yield decision


def asked(desk: Desk, decisions: Sequence[Decision]) -> None:
    """Every page of the desk answers, and a form is taken or refused with a reason."""
    client = client_of(desk)
    pages = [
        "/", "/?state=all", "/log", "/gaps", "/history", "/document?id=sound.txt", "/document?id=d0.txt",
    ]  # fmt: skip
    pages += [f"/claim/{decision.claim_id}" for decision in decisions]
    for page in pages:
        assert client.get(page).status_code == 200, page
    for decision in decisions:
        assert decision.correction is not None
        said = (decision.correction.quantity or "").encode("utf-8", "replace").decode()  # as a form sends it
        given = {"reviewer": "Amal", "kind": "preview", "value": said}
        answer = client.post(f"/claim/{decision.claim_id}/decide", data=given, headers=HERE)
        assert answer.status_code in (200, 422), answer.text
