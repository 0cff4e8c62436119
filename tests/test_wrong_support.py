"""Sentences that are near to a row of a package and not what it says: none may be supported.

`gold/near_misses.toml` has them beside those that the rows do support, so that silence is no way to pass.
"""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from claimcheck.documents.files import make
from claimcheck.model import CheckedDocument, Claim, Verdict
from tests.reader import ROOT, checker_of, gold, said

NEAR: list[dict[str, Any]] = gold("near_misses")["table"]
of_each = pytest.mark.parametrize("table", NEAR, ids=lambda table: table["package"])


def verdicts(table: dict[str, Any], kind: str) -> dict[str, list[Verdict]]:
    """The verdicts on the claims of each text of a kind."""
    texts = table.get(kind, ())
    documents = [make(text, text, meta={"date": table["written"]}) for text in texts]
    checked = checker_of(ROOT / table["package"]).check(documents)
    return {one.document.text: list(one.verdicts.values()) for one in checked}


@of_each
def test_what_a_row_says_is_supported(table: dict[str, Any]) -> None:
    found = verdicts(table, "supported")
    assert [text for text, given in found.items() if "supported" not in map(said, given)] == []
    assert [text for text, given in found.items() if "refuted" in {v.verdict for v in given}] == []


@of_each
def test_what_is_only_near_to_it_is_not(table: dict[str, Any]) -> None:
    found = verdicts(table, "near")
    assert [text for text, given in found.items() if "supported" in {v.verdict for v in given}] == []
    found = verdicts(table, "open")
    decided = {text: {v.verdict for v in given} for text, given in found.items()}
    assert {text: given for text, given in decided.items() if given != {"not_enough_evidence"}} == {}


# --- Running text against a table that measures everything everywhere: most numbers are of parts ---


FOLDER = ROOT / "tests" / "stress"
OF_PAGES = date(2021, 6, 3)
PARAGRAPHS: list[dict[str, Any]] = tomllib.loads((FOLDER / "paragraphs.toml").read_text(encoding="utf-8"))[
    "paragraph"
]


@pytest.fixture(scope="module")
def checked() -> list[CheckedDocument]:
    documents = [
        make(f"paragraph {i}", p["text"].strip(), meta={"date": OF_PAGES}) for i, p in enumerate(PARAGRAPHS)
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
