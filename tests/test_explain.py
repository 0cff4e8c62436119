"""`claimcheck explain`: one claim from text to verdict."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest

from claimcheck.model import CheckedDocument, Claim, Document, Link, Suggestion, WaterfallStep
from claimcheck.report.explain import explain_text
from tests.sample_builder import Builder, figure, verdict
from tests.sample_hostile import hostile
from tests.sample_report import letter


@pytest.fixture(scope="module")
def sample() -> CheckedDocument:
    return letter()


def claim_with(checked: CheckedDocument, words: str) -> Claim:
    """The first claim whose text holds the words."""
    return next(c for c in checked.reading.claims if words in c.text)


def test_the_whole_explanation_of_a_claim(sample: CheckedDocument) -> None:
    found = claim_with(sample, "765 desperate")
    assert explain_text(sample, found) == textwrap.dedent(f"""\
        Claim {found.claim_id}, joint_letter_2018-01-31.txt, paragraph 15, characters 2303–2361

          During the talks, the regime tightened its siege of Eastern Ghouta, killing civil defense
          workers and »refusing to allow medical access to 765 desperate patients«.

        Read as: 765 patients needing medical evacuation in Eastern Ghouta, from 25 to 26 January 2018
          How many:     765 patients; admits 765
          Measured as:  “patients needing medical evacuation”
          When:         from 25 to 26 January 2018 (fixed by Geneva IX)
          Where:        Eastern Ghouta (places:P002); from its sentence
          Rule:         claims.quantity; judged by judging.sources_disagree

        Reference rows met: 4
          ✗ refutes: at least 766, as of January to March 2018
              SY24 (medical sources); figures:F012; recalled
              https://example.org/reports/f012
              more than 765 is at least 766 > 765
          ✗ refutes: 502, as of 25 January 2018
              SARC, per Enab Baladi; figures:F010
              https://example.org/reports/f010
              502 < 765
          ✗ refutes: 495 to 505, best 500, as of 27 January 2018
              United Nations, per The New Arab; figures:F011
              https://example.org/reports/f011
              500 < 765
          · decides nothing: 641, as of 26 December 2017
              SAMS; figures:F007
              javascript:alert(1)
              26 December lies more than 31 days before

        Verdict: ≠ Sources conflict (the claim lies between sources that differ)
          765 lies between 500 and at least 766, the figures of three sources for late January.""")


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("dozens of civilians", "      | WHERE measure = 'people injured' AND 'places:P001' IN places"),
        ("We urge you", "Verdict: – Not asserted (the document does not assert it)"),
        ("brutalized", "Reference rows met: none"),
        ("talks held in Vienna", "(year not stated, read from the document)"),
    ],
)
def test_an_explanation_says(sample: CheckedDocument, claim: str, words: str) -> None:
    assert words in explain_text(sample, claim_with(sample, claim))


def test_a_hostile_document_cannot_move_the_cursor() -> None:
    checked = hostile()
    for claim in checked.reading.claims:
        text = explain_text(checked, claim)
        assert all(char.isprintable() or char == "\n" for char in text)
        text.encode()


def test_what_came_near_how_and_who_said_so() -> None:
    b = Builder(Document(id="d", text="The Red Crescent said 29 patients were bused out."))
    number = b.number("29", value="29", low="29", high="29", noun="patient", kind="number")
    step = WaterfallStep("place", "carried", 2, ("Eastern Ghouta",))
    row = replace(
        figure("F9", "supports", "ICRC", "29", best="29"), quote="29 were taken out", waterfall=(step,)
    )
    found = replace(
        verdict("not_enough_evidence", "unexplained", "No row explains it."),
        stage="unexplained",
        unexplained=("bused out",),
        attribution="unknown",
        suggestions=(Suggestion(row=row, missing=("bused out",)),),
    )
    claim = b.claim(
        "29 patients were bused out", quantity=number, verdict=found, speaker=Link("Red Crescent")
    )
    text = explain_text(b.checked(), claim)
    for line in (
        "Open because: unknown word: “bused out”",
        "Attribution: Red Crescent’s own row was not met",
        "Perhaps, if “bused out” mean what it says:",
        "      place carried +2.00: Eastern Ghouta",
        "      “29 were taken out”",
    ):
        assert line in text.splitlines()
