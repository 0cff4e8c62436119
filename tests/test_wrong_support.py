"""Sentences that are near to a row of the reference tables and not what it says: none may be supported.

Each stands beside one that the row does support, so that silence is no way to pass.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from claimcheck.documents.files import make
from claimcheck.model import CheckedDocument, Claim, Verdict
from tests.reader import ROOT, checker_of, said

WRITTEN = date(2018, 3, 31)
SUPPORTED = (
    "In January 2018, 774 civilians were killed in Syria.",
    "In January 2018, 124 people were killed in Eastern Ghouta.",
    "On 22 January 2018, a chlorine attack hit Douma.",
    "In August 2015, a mustard gas attack hit Marea.",
    "The Ghouta chemical attack took place on 21 August 2013.",
    "Geneva II opened on 22 January 2014.",
    "The eighth round of talks in Astana opened on 21 December 2017.",
    "The Security Council adopted resolution 2401 on 24 February 2018.",
    "Resolution 2118 on Syria was adopted on 27 September 2013.",
    "The Sochi congress was held in Sochi on 30 January 2018.",
    "Hadieh Khalil Rihan died on 25 January 2018.",
    "The Syrian Network for Human Rights was founded in June 2011.",
)
NOT_SUPPORTED = (
    # the place
    "In January 2018, 774 civilians were killed outside Syria.",
    "In January 2018, 774 civilians were killed in Syria and Iraq.",
    "In January 2018, 124 people were killed in Western Ghouta.",
    "In January 2018, 124 people were killed near Eastern Ghouta.",
    "In January 2018, 124 people from Eastern Ghouta were killed in Turkey.",
    "In January 2018, 124 people were killed in Homs, and Eastern Ghouta was calm.",
    # what the sentence itself takes back
    "In January 2018, 774 civilians were killed in Syria (this number has been debunked).",
    "In January 2018, 774 civilians were killed in Syria according to a retracted report.",
    "In January 2018, 774 civilians were killed in Syria, or so the fairy tale goes.",
    "In January 2018, 774 civilians were killed in Syria, which is hogwash.",
    # whose deed
    "In January 2018, rebels killed 774 civilians in Syria.",
    "In January 2018, 142 civilians were killed in Syria by Turkish forces.",
    "ISIL carried out the Khan Shaykhun chemical attack on 4 April 2017.",
    # what is counted
    "In January 2018, 124 families were killed in Eastern Ghouta.",
    "In January 2018, 124 people a day were killed in Eastern Ghouta.",
    "In January 2018, another 124 people were killed in Eastern Ghouta.",
    "In January 2018, 124 of the killed in Eastern Ghouta were women.",
    "In January 2018, 124 people were killed in car accidents in Eastern Ghouta.",
    "In January 2018, less than 774 civilians were killed in Syria.",
    "In January 2018, 774 civilians were killed in a video game in Syria.",
    "In January 2018, 774 civilians were killed in a model of Syria.",
    "A film about the Sochi congress opened on 30 January 2018.",
    # which happening
    "On 22 January 2018, a mustard gas attack hit Douma.",
    "On 22 January 2018, a chlorine leak hit Douma.",
    "On 22 January 2018, a chlorine attack on Douma was averted.",
    "The Geneva II Convention was signed on 22 January 2014.",
    "The eighth round of trade talks in Astana opened on 21 December 2017.",
    "General Assembly resolution 2401 was adopted on 24 February 2018.",
    "Draft resolution 2401 was adopted on 24 February 2018.",
    "Resolution 2118 on Yemen was adopted on 27 September 2013.",
    "The Sochi congress was held in Moscow on 30 January 2018.",
    "Hadieh's brother died on 25 January 2018.",
    "The London office of the Syrian Network for Human Rights was founded in June 2011.",
)


def verdicts(texts: tuple[str, ...]) -> dict[str, list[Verdict]]:
    """The verdicts of the claims of each text."""
    documents = [replace(make(f"d{i}", text), date=WRITTEN) for i, text in enumerate(texts)]
    checked = checker_of(ROOT / "reference_data").check(documents)
    return {c.document.text: list(c.verdicts.values()) for c in checked}


def test_what_a_row_says_is_supported() -> None:
    found = verdicts(SUPPORTED)
    assert [text for text, given in found.items() if "supported" not in map(said, given)] == []


def test_what_is_only_near_to_it_is_not() -> None:
    found = verdicts(NOT_SUPPORTED)
    assert [text for text, given in found.items() if "supported" in {v.verdict for v in given}] == []


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
