"""A correction is judged exactly as the same words written in the text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from claimcheck.decisions import Correction, Journal, journal_file
from claimcheck.model import Document, Verdict
from claimcheck.pipeline import Checker
from claimcheck.review.desk import Desk, Found
from claimcheck.review.rewriting import MOST
from claimcheck.store.snapshots import publish_snapshot
from tests.review_case import REFERENCE

DAY = date(2018, 2, 3)
NEEDING = "patients needing medical evacuation"
# what was written, the corrected words' place in it, the correction, and the same said so in the text
CORRECTED = {
    "a place": (
        "Between 26 and 29 December 2017, 45 patients were evacuated from Douma.",
        Correction(place="Eastern Ghouta"),
        "Between 26 and 29 December 2017, 45 patients were evacuated from Eastern Ghouta.",
        "refuted",
    ),
    "a place without rows": (
        "Between 26 and 29 December 2017, 310 patients were evacuated from Eastern Ghouta.",
        Correction(place="Idlib"),
        "Between 26 and 29 December 2017, 310 patients were evacuated from Idlib.",
        "not_enough_evidence",
    ),
    "a place that a word stood for": (
        "Jisrin is closed. Between 26 and 29 December 2017, 45 patients were evacuated from there.",
        Correction(place="Eastern Ghouta"),
        "Jisrin is closed. "
        "Between 26 and 29 December 2017, 45 patients were evacuated from Eastern Ghouta.",
        "refuted",
    ),
    "the place of an event": (
        "A chemical attack took place in Idlib on 22 January 2018.",
        Correction(place="Douma"),
        "A chemical attack took place in Douma on 22 January 2018.",
        "supported",
    ),
    "a number": (
        "Between 26 and 29 December 2017, 45 patients were evacuated from Eastern Ghouta.",
        Correction(quantity="29"),
        "Between 26 and 29 December 2017, 29 patients were evacuated from Eastern Ghouta.",
        "supported",
    ),
    "days": (
        "Between 26 and 29 March 2017, 45 patients were evacuated from Eastern Ghouta.",
        Correction(date_start=date(2017, 12, 26), date_end=date(2017, 12, 29)),
        "Between 26 and 29 December 2017, 45 patients were evacuated from Eastern Ghouta.",
        "refuted",
    ),
}  # fmt: skip
BUSED = "Between 26 and 29 December 2017, 29 patients were ferried over from Eastern Ghouta."
LEFT = "Between 26 and 29 December 2017, 45 patients were ferried over from Eastern Ghouta."
FAR = "Nothing of note was said. " * 20 + "\n\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    texts = {f"{n}-{at}": text for n, c in CORRECTED.items() for at, text in (("read", c[0]), ("said", c[2]))}
    long = FAR * (2 * MOST // len(FAR))
    texts |= {"bused": BUSED, "left": LEFT, "long": long + CORRECTED["a place"][0] + "\n\n" + long}
    database = tmp_path_factory.mktemp("rejudge") / "claims.duckdb"
    with Checker([REFERENCE], database) as checker:
        documents = [Document(id=id, text=text, date=DAY, date_origin="given") for id, text in texts.items()]
        checker.save(checker.new_run(), checker.check(documents))
        publish_snapshot(checker.store)
    desk = Desk(database, Journal(journal_file(database)))
    yield desk
    desk.close()


def claim_of(desk: Desk, document: str) -> Found:
    """The first claim of a document that a table may answer."""
    checked = desk.document(document)
    kinds = ("quantity", "event")
    claim = min((c for c in checked.reading.claims if c.kind in kinds), key=lambda c: kinds.index(c.kind))
    return desk.claim(claim.claim_id)


@pytest.mark.parametrize("name", CORRECTED)
def test_a_correction_is_judged_as_the_same_words_in_the_text(desk: Desk, name: str) -> None:
    before, made, _, wanted = CORRECTED[name]
    with desk.open():
        read, said = claim_of(desk, f"{name}-read"), claim_of(desk, f"{name}-said")
        claim, verdict = desk.judged(read, made)
    assert read.verdict is not None
    assert said.verdict is not None
    assert what_counts(verdict) == what_counts(said.verdict)
    assert stated(verdict) == wanted
    assert before[claim.start : claim.end] == read.claim.text, "the reading stands where it stood"
    assert made.place is None or (claim.place is not None and claim.place.text == made.place)


def stated(verdict: Verdict) -> str:
    """What is decided, or else likely."""
    return verdict.verdict if verdict.likely is None else verdict.likely.verdict


def what_counts(verdict: Verdict) -> tuple[object, ...]:
    rows = [*verdict.evidence, *(near.row for near in verdict.suggestions)]
    return stated(verdict), verdict.reason, [(e.table, e.row_id, e.relation) for e in rows]


def test_of_a_long_document_what_stands_around_the_claim_is_read(desk: Desk) -> None:
    with desk.open():
        found = claim_of(desk, "long")
        claim, verdict = desk.judged(found, Correction(place="Eastern Ghouta"))
    assert len(found.checked.document.text) > 2 * MOST
    assert stated(verdict) == "refuted"
    assert found.checked.document.text[claim.start : claim.end] == found.claim.text


def test_of_a_corrected_measure_its_own_rows_are_asked(desk: Desk) -> None:
    with desk.open():
        found = claim_of(desk, "a number-read")
        _, other = desk.judged(found, Correction(measure=NEEDING))
        _, none = desk.judged(found, Correction(measure="pigeons sent home"))
        _, own = desk.judged(claim_of(desk, "bused"), Correction(measure="patients evacuated"))
    rows = [*other.evidence, *(near.row for near in other.suggestions)]
    assert {e.table for e in rows} == {"figures"}
    assert not {"F020", "F021"} & {e.row_id for e in rows}
    assert none.verdict == "not_enough_evidence"
    assert [(near.row.row_id, near.row.relation) for near in own.suggestions[:1]] == [("F020", "supports")]
