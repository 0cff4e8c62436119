"""The letter of 31 January 2018, checked end to end against the project's own reference data.

What it must yield stands in `gold/letter.toml`, the one place to correct.
"""

from __future__ import annotations

from typing import Any

import pytest

from claimcheck.documents.files import read
from claimcheck.model import CheckedDocument, Claim
from tests.reader import LETTER, ROOT, checker_of, gold, said

GOLD = gold("letter")


@pytest.fixture(scope="module")
def letter() -> CheckedDocument:
    return next(iter(checker_of(ROOT / "reference_data").check(read(LETTER))))


def spot(letter: CheckedDocument, want: dict[str, Any]) -> tuple[int, int]:
    text = letter.document.text
    start = text.index(want["after"]) + len(want["after"]) if "after" in want else text.index(want["at"])
    assert text.startswith(want["at"], start)
    return start, start + len(want["at"])


def claims_at(letter: CheckedDocument, want: dict[str, Any]) -> list[Claim]:
    """The claims of the kind whose quantity or time (or, for the rest, whose own start) is at the spot."""
    start, _ = spot(letter, want)
    found = []
    for claim in letter.reading.claims:
        if claim.kind in ("quantity", "rank"):
            here = claim.quantity is not None and claim.quantity.start == start
        elif claim.kind == "event":
            here = claim.time is not None and claim.time.start == start
        else:
            here = claim.start == start
        if here and claim.kind == want["kind"] and want.get("contains", "") in claim.text:
            found.append(claim)
    return found


@pytest.mark.parametrize("want", GOLD["claim"], ids=lambda w: f"{w['kind']} {w.get('contains') or w['at']}")
def test_claim(letter: CheckedDocument, want: dict[str, Any]) -> None:
    claims = claims_at(letter, want)
    assert len(claims) == 1, f"{len(claims)} claims at {want['at']!r}"
    claim, verdict = claims[0], letter.verdicts[claims[0].claim_id]
    quantity, time = claim.quantity, claim.time
    for key in ("low", "high", "comparator", "noun"):
        if key in want:
            assert quantity is not None
            assert getattr(quantity, key) == want[key], key
    if "time" in want:
        assert time is not None
        assert [str(time.date_start), str(time.date_end)] == want["time"]
    if "inferred" in want:
        assert time is not None
        assert list(time.inferred) == want["inferred"]
    if "anchor" in want:
        assert time is not None
        assert time.anchor is not None
        assert want["anchor"] in time.anchor
    assert claim.asserted == want.get("asserted", True)
    is_open = want["verdict"] == "not_enough_evidence"
    assert (verdict.verdict if is_open else said(verdict)) == want["verdict"], verdict.explanation
    if "reason" in want:
        assert verdict.reason == want["reason"]
    met = {e.row_id: e.relation for e in verdict.evidence}
    assert {*want.get("rows", [])} <= {*met, *(near.row.row_id for near in verdict.suggestions)}
    assert not {row for row in want.get("never", []) if met.get(row, "neutral") != "neutral"}


@pytest.mark.parametrize("want", GOLD["mention"], ids=lambda w: w["at"])
def test_mention(letter: CheckedDocument, want: dict[str, Any]) -> None:
    start, end = spot(letter, want)
    found = [m for m in letter.reading.mentions if (m.start, m.end) == (start, end)]
    assert len(found) == 1
    mention = found[0]
    assert mention.kind == want["kind"]
    if "value" in want:
        assert mention.value == want["value"]
    if "time" in want:
        assert [str(mention.date_start), str(mention.date_end)] == want["time"]
    if "status" in want:
        assert mention.status == want["status"]


@pytest.mark.parametrize("want", GOLD["finding"], ids=lambda w: w["kind"])
def test_finding(letter: CheckedDocument, want: dict[str, Any]) -> None:
    found = [f for f in letter.reading.findings if f.kind == want["kind"]]
    assert found
    assert {f.status for f in found} == {want["status"]}
    assert any(want.get("says", "") in f.explanation for f in found)


def test_nothing_is_read_into_names(letter: CheckedDocument) -> None:
    text = letter.document.text
    for name in GOLD["never"]["time_in"]:
        at = text.index(name)
        assert not [m for m in letter.reading.mentions if m.is_time and at <= m.start < at + len(name)]
    for name in GOLD["never"]["quantity_in"]:
        at = text.index(name)
        inside = [m for m in letter.reading.mentions if at <= m.start < at + len(name)]
        assert not [m for m in inside if m.status != "not_claim"]


def test_offsets_are_exact_and_the_ledger_adds_up(letter: CheckedDocument) -> None:
    text, mentions = letter.document.text, letter.reading.mentions
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(text[c.start : c.end] == c.text for c in letter.reading.claims)
    counted = {s: sum(m.status == s for m in mentions) for s in ("claim", "not_claim", "unresolved")}
    assert sum(counted.values()) == len(mentions)
    assert sum(m.reason == "list numbering" for m in mentions) == 150
    assert all(m.reason for m in mentions if m.status != "claim")


def test_no_verdict_is_false(letter: CheckedDocument) -> None:
    """Nothing in the letter is refuted by the curated rows; a new `refuted` must be looked at by a person."""
    refuted = [c.text for c in letter.reading.claims if letter.verdicts[c.claim_id].verdict == "refuted"]
    assert not refuted
