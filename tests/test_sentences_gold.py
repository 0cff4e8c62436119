"""Sentences on the facts of the project's own reference data, read, linked and judged as a whole.

`gold/sentences.toml` is a regression table: what a sentence must yield, and where that is not reached yet,
`known` says why; such a sentence must still never be supported where the reference says otherwise.
"""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from claimcheck.documents.files import make
from claimcheck.model import CheckedDocument, Claim, Verdict
from claimcheck.pipeline import Checker
from tests.reader import ROOT

CASES: list[dict[str, Any]] = tomllib.loads(
    (ROOT / "tests" / "gold" / "sentences.toml").read_text(encoding="utf-8")
)["case"]
MUST = 0.9


@pytest.fixture(scope="module")
def checked() -> list[CheckedDocument]:
    documents = [make(f"case {i}", c["text"], meta={"date": c["date"]}) for i, c in enumerate(CASES)]
    with Checker([ROOT / "reference_data"]) as checker:
        return list(checker.check(documents))


def verdicts_at(document: CheckedDocument, case: dict[str, Any]) -> list[Verdict]:
    """The verdicts of the claims whose number or date stands at the case's words, calendar claims apart."""
    start = document.document.text.index(case["at"])
    end = start + len(case["at"])

    def is_there(claim: Claim) -> bool:
        if claim.quantity is not None:
            return claim.quantity.start < end and start < claim.quantity.end
        time = claim.time
        return time is not None and time.start is not None and time.start < end and start < (time.end or end)

    claims = [c for c in document.reading.claims if c.kind != "calendar" and is_there(c)]
    return [document.verdicts[c.claim_id] for c in claims]


def yields(document: CheckedDocument, case: dict[str, Any]) -> str:
    """The one verdict that was decided there, `not_enough_evidence` where none was."""
    decided = {v.verdict for v in verdicts_at(document, case)} - {"not_enough_evidence"}
    return " and ".join(sorted(decided)) or "not_enough_evidence"


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{c['date']} {c['text'][:60]}" for c in CASES])
def test_sentence(checked: list[CheckedDocument], number: int) -> None:
    case, document = CASES[number], checked[number]
    found = yields(document, case)
    said = " | ".join(v.explanation for v in verdicts_at(document, case))
    if case["verdict"] in ("refuted", "not_enough_evidence"):
        assert "supported" not in found.split(" and "), said
    if "known" in case:
        assert found != case["verdict"], "reached by now: take `known` out"
    else:
        assert found == case["verdict"], said


def test_as_many_as_must_be_are_right() -> None:
    wrong = sum("known" in c for c in CASES)
    assert len(CASES) >= 450
    assert 1 - wrong / len(CASES) >= MUST
    for verdict, share in (("refuted", 1 / 3), ("not_enough_evidence", 1 / 5)):
        assert sum(c["verdict"] == verdict for c in CASES) >= share * len(CASES)
