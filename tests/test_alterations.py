"""The letter with one fact altered: the altered claim turns, and nothing else does.

`gold/alterations.toml` lists the alterations. The claims that the altered words touch are the altered ones;
every other claim, found again at its place in the changed text, must keep its verdict.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

import pytest

from claimcheck.documents.files import make, read
from claimcheck.model import CheckedDocument, Claim
from claimcheck.pipeline import Checker
from tests.reader import LETTER, ROOT

ALTERATIONS: list[dict[str, Any]] = tomllib.loads(
    (ROOT / "tests" / "gold" / "alterations.toml").read_text(encoding="utf-8")
)["alteration"]


@dataclass(frozen=True)
class Altered:
    """The letter before and after one change at `start`: `old` characters became `new`."""

    before: CheckedDocument
    after: CheckedDocument
    start: int
    old: int
    new: int
    place: bool

    def moved(self, offset: int) -> int:
        """Where a character of the letter stands in the altered text."""
        return offset if offset <= self.start else max(self.start, offset + self.new - self.old)

    def touches(self, claim: Claim, length: int) -> bool:
        """Whether the change, `length` characters long here, lies in what the claim's number or date says."""
        end = self.start + length
        if self.place or claim.kind == "count":  # a place may be said anywhere in the sentence
            return claim.context.start < end and self.start < claim.context.end
        spans = [(claim.quantity.wide.start, claim.quantity.end)] if claim.quantity is not None else []
        if claim.time is not None and claim.time.start is not None:
            spans.append((claim.time.start, claim.time.end or claim.time.start))
        if claim.kind == "calendar" or not spans:
            spans.append((claim.start, claim.end))
        return any(s < end and self.start < e for s, e in spans)


@pytest.fixture(scope="module")
def letters() -> list[Altered]:
    with Checker([ROOT / "reference_data"]) as checker:
        original = next(iter(read(LETTER)))
        texts = [original.text.replace(a["find"], a["put"], 1) for a in ALTERATIONS]
        documents = [make(f"altered {i}", t, meta={}) for i, t in enumerate(texts)]
        before, *after = checker.check([make("letter", original.text, meta={}), *documents])
    return [
        Altered(before, c, original.text.index(a["find"]), len(a["find"]), len(a["put"]), "place" in a)
        for a, c in zip(ALTERATIONS, after, strict=True)
    ]


def key(claim: Claim, start: int) -> tuple[str, int]:
    return claim.kind, start


def anchor(claim: Claim) -> int:
    if claim.quantity is not None:
        return claim.quantity.start
    return claim.time.start if claim.time is not None and claim.time.start is not None else claim.start


def names(a: dict[str, Any]) -> str:
    return f"{a['find'][:25]} -> {a['put'][:25]}"


@pytest.mark.parametrize("number", range(len(ALTERATIONS)), ids=[names(a) for a in ALTERATIONS])
def test_the_altered_claim_turns(letters: list[Altered], number: int) -> None:
    want, letter = ALTERATIONS[number], letters[number]
    if "finding" in want:
        before = letter.before.reading.findings
        found = [f for f in letter.after.reading.findings if f.kind == want["finding"] and f not in before]
        assert "problem" in {f.status for f in found}
        return
    claims = [c for c in letter.after.reading.claims if letter.touches(c, letter.new)]
    said = {letter.after.verdicts[c.claim_id].verdict for c in claims if want.get("kind", c.kind) == c.kind}
    if "silent" in want or "known" in want:
        assert said
        assert not said & {"supported", "refuted"}
        return
    assert "refuted" in said, [letter.after.verdicts[c.claim_id].explanation for c in claims]
    assert "supported" not in said


@pytest.mark.parametrize("number", range(len(ALTERATIONS)), ids=[names(a) for a in ALTERATIONS])
def test_no_other_verdict_changes(letters: list[Altered], number: int) -> None:
    letter = letters[number]
    if "moves" in ALTERATIONS[number]:
        return
    after = {key(c, anchor(c)): letter.after.verdicts[c.claim_id] for c in letter.after.reading.claims}
    for claim in letter.before.reading.claims:
        if letter.touches(claim, letter.old):
            continue
        here = after.get(key(claim, letter.moved(anchor(claim))))
        assert here is not None, claim.text
        assert here.verdict == letter.before.verdicts[claim.claim_id].verdict, claim.text


def test_enough_is_altered() -> None:
    assert len(ALTERATIONS) >= 110
    refutable = sum("silent" not in a for a in ALTERATIONS)
    assert refutable >= 100
    assert sum("known" in a for a in ALTERATIONS) <= refutable / 50
    assert sum("moves" in a for a in ALTERATIONS) <= 4
