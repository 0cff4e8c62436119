"""Who looks first at what: by the verdict, and then by what is at stake, in the report as at the desk."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from claimcheck.model import CheckedDocument, Document
from claimcheck.report.stakes import stake
from claimcheck.report.view import document_view
from claimcheck.review.desk import Desk
from claimcheck.review.queue import Filters
from tests.review_case import build, journal
from tests.sample_builder import Builder, figure, verdict

TEXT = "Relief desk\n\nSome 510 patients waited. Some 900 patients waited. Some 5,000 patients waited."


def three() -> CheckedDocument:
    """Three refuted claims of which the last is farthest off."""
    b = Builder(Document(id="three.txt", text=TEXT, title="Three"))
    for said in ("510", "900", "5,000"):
        plain = said.replace(",", "")
        number = b.number(
            said, value=plain, low=plain, high=plain, noun="patient", kind="number", status="claim"
        )
        row = figure("F011", "refutes", "The New Arab", "500", best="500")
        b.claim(
            f"Some {said} patients waited", quantity=number, measure="patients waiting",
            verdict=verdict("refuted", "overstated", f"{said} claimed; 500.", row),
        )  # fmt: skip
    return b.checked()


def test_the_farther_off_the_sooner_in_report_and_queue(tmp_path: Path) -> None:
    checked = three()
    first = [
        e.claim.quantity.text for e in document_view(checked, "d1").first if e.claim and e.claim.quantity
    ]
    assert first == ["5,000", "900", "510"]
    desk = Desk(build(tmp_path, [checked]), journal(tmp_path / "claims.duckdb"))
    with desk.open() as opened:
        queue = [str(row["text"]) for row in opened.page(Filters())]
    desk.close()
    assert [text.split()[1] for text in queue] == first


def test_scales_of_tables_are_no_difference() -> None:
    checked = three()
    claim = checked.reading.claims[2]
    own = checked.verdicts[claim.claim_id]
    thousands = replace(own, evidence=(replace(own.evidence[0], best=Decimal(5)),))
    near = replace(own, evidence=(replace(own.evidence[0], best=Decimal(5000)),))
    document = checked.document
    assert abs(stake(claim, thousands, document) - stake(claim, near, document)) < 1e-9
    assert (
        stake(claim, own, document, repeated=3) > stake(claim, own, document) > stake(claim, near, document)
    )
