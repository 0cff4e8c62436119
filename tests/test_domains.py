"""Tables of other domains, each with sentences as a newsroom writes them: read, linked and judged as a whole.

Each folder of `tests/domains` is a reference package with a `cases.toml`: what a sentence must yield, written
before any result was seen. Where that is not reached yet, `known` says why. A sentence must never be decided
against what the table says.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimcheck.documents.files import make
from claimcheck.model import CheckedDocument, Claim, Verdict
from claimcheck.pipeline import Checker
from tests.reader import ROOT

FOLDERS = sorted((ROOT / "tests" / "domains").iterdir())
MUST = 0.85
Case = dict[str, Any]


def cases(folder: Path) -> list[Case]:
    found: list[Case] = tomllib.loads((folder / "cases.toml").read_text(encoding="utf-8"))["case"]
    return found


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda f: f.name)
def domain(request: pytest.FixtureRequest) -> Iterator[tuple[list[Case], list[CheckedDocument]]]:
    folder: Path = request.param
    told = cases(folder)
    documents = [make(f"case {i}", c["text"], meta={"date": c["date"]}) for i, c in enumerate(told)]
    with Checker([folder]) as checker:
        yield told, list(checker.check(documents))


def verdicts_at(document: CheckedDocument, case: Case) -> list[Verdict]:
    """The verdicts of the claims whose number or date stands at the case's words, calendar claims apart."""
    start = document.document.text.index(case["at"])
    end = start + len(case["at"])

    def is_there(claim: Claim) -> bool:
        said = claim.quantity if claim.quantity is not None else claim.time
        return said is not None and said.start is not None and said.start < end and start < (said.end or end)

    claims = [c for c in document.reading.claims if c.kind != "calendar" and is_there(c)]
    return [document.verdicts[c.claim_id] for c in claims]


def yields(verdicts: list[Verdict]) -> str:
    """The one verdict that was decided, `not_enough_evidence` where none was."""
    decided = {v.verdict for v in verdicts} - {"not_enough_evidence"}
    return " and ".join(sorted(decided)) or "not_enough_evidence"


def test_sentences(domain: tuple[list[Case], list[CheckedDocument]]) -> None:
    wrong = []
    for case, document in zip(*domain, strict=True):
        verdicts = verdicts_at(document, case)
        found, said = yields(verdicts), " | ".join(v.explanation for v in verdicts)
        deciding = {e.row_id for v in verdicts for e in v.evidence if e.relation != "neutral"}
        right = found == case["verdict"] and case.get("row") in {None, *deciding}
        if "known" in case:
            wrong += [f"reached by now, take `known` out: {case['text']}"] if right else []
        elif not right:
            wrong.append(f"{case['text']} ({case['at']}): {found} by {sorted(deciding)}: {said}")
    assert wrong == []


def test_nothing_is_decided_against_the_table(domain: tuple[list[Case], list[CheckedDocument]]) -> None:
    for case, document in zip(*domain, strict=True):
        found = yields(verdicts_at(document, case))
        if case["verdict"] in ("refuted", "not_enough_evidence"):
            assert "supported" not in found, case["text"]
        if case["verdict"] in ("supported", "not_enough_evidence"):
            assert "refuted" not in found, case["text"]


def test_as_many_as_must_be_are_right() -> None:
    told = [case for folder in FOLDERS for case in cases(folder)]
    assert len(told) >= 200
    assert sum("known" in case for case in told) <= (1 - MUST) * len(told)
    for verdict, share in (("refuted", 1 / 5), ("not_enough_evidence", 1 / 5)):
        assert sum(case["verdict"] == verdict for case in told) >= share * len(told)
