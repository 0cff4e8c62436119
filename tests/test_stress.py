"""Running text against a table that measures everything everywhere, without dates and units.

Such a table answers to nearly every number of a text that names a country, and most numbers are of a part, of
another time or of something else: these must stay undecided.
"""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from claimcheck.documents.files import make
from claimcheck.model import CheckedDocument, Claim
from tests.reader import ROOT, checker_of

FOLDER = ROOT / "tests" / "stress"
WRITTEN = date(2021, 6, 3)
PARAGRAPHS: list[dict[str, Any]] = tomllib.loads((FOLDER / "paragraphs.toml").read_text(encoding="utf-8"))[
    "paragraph"
]


@pytest.fixture(scope="module")
def checked() -> list[CheckedDocument]:
    documents = [
        make(f"paragraph {i}", p["text"].strip(), meta={"date": WRITTEN}) for i, p in enumerate(PARAGRAPHS)
    ]
    return list(checker_of(FOLDER).check(documents))


def at(document: CheckedDocument, words: str) -> list[Claim]:
    """The claims whose number stands at these words."""
    start = document.document.text.index(words)
    numbers = [c for c in document.reading.claims if c.quantity is not None]
    return [
        c
        for c in numbers
        if c.quantity is not None and c.quantity.start < start + len(words) and start < c.quantity.end
    ]


def decided(document: CheckedDocument) -> dict[Claim, str]:
    """The claims with a number that were decided."""
    found = {
        c: document.verdicts[c.claim_id].verdict
        for c in document.reading.claims
        if c.kind in ("quantity", "rank")
    }
    return {c: v for c, v in found.items() if v != "not_enough_evidence"}


@pytest.mark.parametrize("number", range(len(PARAGRAPHS)))
def test_only_wholes_are_decided(checked: list[CheckedDocument], number: int) -> None:
    stated, document = PARAGRAPHS[number], checked[number]
    wholes: dict[str, str] = stated.get("decided", {})
    meant = {words: at(document, words) for words in wholes}
    for words, verdict in wholes.items():
        found = {document.verdicts[c.claim_id].verdict for c in meant[words]}
        assert found <= {verdict, "not_enough_evidence"}, words
    others = {c: v for c, v in decided(document).items() if not any(c in mine for mine in meant.values())}
    assert {c.text: v for c, v in others.items()} == {}


def test_most_numbers_are_parts(checked: list[CheckedDocument]) -> None:
    numbers = sum(len([c for c in d.reading.claims if c.quantity is not None]) for d in checked)
    wholes = sum(len(p.get("decided", ())) for p in PARAGRAPHS)
    assert numbers >= 100
    assert 15 <= wholes <= numbers / 4
