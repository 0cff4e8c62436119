"""Where a claim stands: the page of a PDF, else the paragraph, in everything that a person reads."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from claimcheck import publishing
from claimcheck.inbox import run_inbox
from claimcheck.model import Document
from claimcheck.pipeline import Checker
from claimcheck.report.explain import explain_text
from claimcheck.report.words.claims import whereabouts
from tests.document_case import pdf_bytes
from tests.reader import ROOT

PAGES = ("The council met.", "On 3 May 2016 at least 21 people were killed in Idlib.", "Five boats sank.")


@pytest.mark.parametrize(
    ("text", "pages", "word", "expected"),
    [
        ("One page.", (0,), "One", "page 1 of 1"),
        ("a\fb\fc", (0, 2, 4), "a", "page 1 of 3"),
        ("a\fb\fc", (0, 2, 4), "b", "page 2 of 3"),
        ("a\fb\fc", (0, 2, 4), "c", "page 3 of 3"),
        ("A title\n\nFirst of all.\n\nThen more.", (), "more", "paragraph 3"),
        (
            "A title\n\nFirst of all, in lines of a letter\nthat are wrapped by hand.\n\nThen more.",
            (),
            "wrapped",
            "paragraph 2",
        ),
        ("One sentence alone.", (), "alone", ""),
        ("", (), "", ""),
    ],
)
def test_an_offset_has_its_page_or_its_paragraph(
    text: str, pages: tuple[int, ...], word: str, expected: str
) -> None:
    assert whereabouts(Document(id="a", text=text, pages=pages))(text.index(word)) == expected


def test_a_report_on_a_pdf_names_the_page_of_a_claim(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.pdf").write_bytes(pdf_bytes(list(PAGES)))
    with Checker([ROOT / "reference_data"], tmp_path / "claims.duckdb") as checker:
        outcome = run_inbox(checker, [tmp_path / "in"])
        publishing.write(checker.store, outcome.run, tmp_path / "reports")
        (checked,) = checker.store.load_run(outcome.run.run_id)[1]
        rows = checker.store.rows("SELECT claim_id, text, page FROM claims")
    killed = next(c for c in checked.reading.claims if "21 people" in c.text)
    assert {row["page"] for row in rows if "21 people" in row["text"]} == {2}
    assert {row["page"] for row in rows if "boats" in row["text"]} == {3}
    assert "a.pdf, page 2 of 3, characters" in explain_text(checked, killed.claim_id)
    assert "<dd>page 2 of 3</dd>" in (tmp_path / "reports" / "a.html").read_text(encoding="utf-8")
    assert f"page 2 of 3, claim id {killed.claim_id}" in (tmp_path / "reports" / "a.md").read_text(
        encoding="utf-8"
    )
    with (tmp_path / "reports" / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        told = {line["claim_id"]: line["where"] for line in csv.DictReader(file)}
    assert told[killed.claim_id] == "page 2 of 3"
