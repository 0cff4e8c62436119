"""Findings on short texts, read whole by the real reader: contradictions found, the rest let alone.

`gold/findings.toml` is the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from claimcheck.claims.reading import read
from claimcheck.documents import files
from claimcheck.documents.files import make
from claimcheck.lexicon import Row, load
from claimcheck.model import Finding
from tests.reader import LETTER, gold, read_text

LETTER_TEXT = next(iter(files.read(LETTER))).text
OWN_DAY = date(2019, 6, 12)


def cases() -> Iterator[dict[str, Any]]:
    """The table, with the text of each case: its own, or the letter with one fact altered, of its own day."""
    for case in gold("findings")["case"]:
        if "find" in case:
            assert LETTER_TEXT.count(case["find"]) >= 1, case
            case |= {"text": LETTER_TEXT.replace(case["find"], case["put"], 1), "date": None}
        yield case


CASES = list(cases())


@pytest.fixture(scope="module")
def found() -> list[tuple[Finding, ...]]:
    days = [case.get("date", OWN_DAY) for case in CASES]
    documents = [
        make(f"case {i}", case["text"], meta={} if day is None else {"date": day})
        for i, (case, day) in enumerate(zip(CASES, days, strict=True))
    ]
    return [reading.findings for reading in read(documents)]


@pytest.mark.parametrize(
    "number", range(len(CASES)), ids=[(case.get("put") or case["text"])[:60] for case in CASES]
)
def test_findings(found: list[tuple[Finding, ...]], number: int) -> None:
    case = CASES[number]
    problems = [(f.kind, f.explanation) for f in found[number] if f.status == "problem"]
    wanted = [case["problem"]] if "problem" in case else []
    if "known" in case:
        assert not problems, "reached by now: take `known` out"
        return
    if "find" in case:
        wanted.append("list_item")  # the letter's own: item 144 is no organisation
    assert sorted(kind for kind, _ in problems) == sorted(wanted), problems
    if "ok" in case:
        assert case["ok"] in [f.kind for f in found[number] if f.status == "ok"]


def test_the_table_is_as_hard_on_consistent_texts() -> None:
    contradictions = sum("problem" in case for case in CASES)
    assert len(CASES) >= 80
    assert contradictions <= len(CASES) / 2
    assert sum("known" in case for case in CASES) <= contradictions / 10


@pytest.mark.parametrize("row", load("finding_words"), ids=lambda row: row.id)
def test_words_by_which_contradictions_are_known(row: Row) -> None:
    finds = row["effect"] == "finds"
    for phrases, is_found in ((row.examples, finds), (row.counter_examples, not finds)):
        assert phrases
        for phrase in phrases:
            problems = [f for f in read_text(phrase).findings if f.status == "problem"]
            assert bool(problems) == is_found, phrase


@pytest.mark.parametrize("row", load("double_names"), ids=lambda row: row.id)
def test_names_that_hold_and(row: Row) -> None:
    for phrase in row.examples:
        assert not read_text(phrase).findings, phrase
    for phrase in row.counter_examples:
        assert [f.kind for f in read_text(phrase).findings] == ["list_count"], phrase


def test_every_finding_shows_what_it_compares(found: list[tuple[Finding, ...]]) -> None:
    for case, findings in zip(CASES, found, strict=True):
        for finding in findings:
            assert case["text"][finding.start : finding.end] == finding.text
            assert any(c.isdigit() for c in finding.explanation) or finding.kind == "list_count"
