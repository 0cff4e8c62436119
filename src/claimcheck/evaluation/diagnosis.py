"""At which step a statement was stopped, and by which word: what a curator or a developer mends next."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from claimcheck.evaluation.scoring import Result
from claimcheck.lexicon import words_of as words_of_row
from claimcheck.model import CheckedDocument, Claim, Stage, Verdict
from claimcheck.reference.package import Package
from claimcheck.report.words.claims import claim_words

Step = Literal[Stage, "error", "vetoed"]
"""The verdict's stages, and two more: the program failed, and rows were met of which none decides."""
STEPS: tuple[Step, ...] = (
    "error", "not_read", "not_asserted", "not_linked", "no_row", "unexplained", "vetoed", "decided",
)  # fmt: skip
SLOTS = {
    "no_measure": "measure",
    "unit_mismatch": "what is counted",
    "no_place": "place",
    "no_time": "time",
    "ambiguous": "event",
}
LIGHT = {
    *words_of_row("neutral_words", "light verbs"),
    *words_of_row("neutral_words", "verbs of being so many"),
    *("say", "tell", "more", "other", "when"),
}
SHORT = 4  # letters that two forms of a word share at least, "kill" and "killed"
ENDING = 4  # letters that they may differ in behind that


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Where a statement was stopped: the step, the slot that it lacked, the words that nothing in the
    package explains, and the same in a sentence."""

    step: Step
    slot: str = ""
    words: tuple[str, ...] = ()
    explanation: str = ""

    def __str__(self) -> str:
        return self.step.replace("_", " ") + (f": {self.slot}" if self.slot else "")


class Known:
    """The words of packages: of their measures, of the names in their tables, of what labels their rows."""

    def __init__(self, packages: Iterable[Package]) -> None:
        self._words: defaultdict[str, set[str]] = defaultdict(set)
        for package in packages:
            for measure in package.vocabulary:
                self._add(measure.name, *measure.words)
            for row in package.rows:
                self._add(row.name, row.label, row.actor, row.unit, *row.names, *row.places)

    def _add(self, *texts: str | None) -> None:
        for text in texts:
            for word in words_of(text or ""):
                self._words[word[:SHORT]].add(word)

    def lacks(self, words: Iterable[str]) -> tuple[str, ...]:
        """Those of the words that are no form of a word of the packages, each once and in order."""
        asked = dict.fromkeys(w for w in words if w not in LIGHT)
        return tuple(w for w in asked if not any(_are_forms(w, o) for o in self._words.get(w[:SHORT], ())))

def words_of(text: str) -> list[str]:
    """The words of a text without their case, numbers left out."""
    return re.findall(r"[^\W\d_]+", text.casefold())


def _are_forms(one: str, other: str) -> bool:
    """Whether two words that begin alike may be forms of one: "evacuate" and "evacuation"."""
    if min(len(one), len(other)) < SHORT:
        return one == other
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return shared >= SHORT and max(len(one), len(other)) - shared <= ENDING


def diagnose(result: Result, known: Known) -> Diagnosis:
    """Where the result's statement was stopped; of several claims the one that came furthest counts."""
    if result.error:
        return Diagnosis("error", explanation=result.error)
    assert result.checked is not None
    checked, wanted = result.checked, result.expectation
    if not result.claims:
        return _not_read(checked, wanted.start, wanted.end)
    read = zip(result.claims, result.verdicts, strict=True)
    if result.outcome == "other_rows":
        return Diagnosis("decided", explanation=f"not by the rows {', '.join(wanted.rows)}: {_said(result)}")
    if result.decided:
        return Diagnosis("decided", explanation=_said(result))
    found = [stopped(checked, claim, verdict, known) for claim, verdict in read]
    return max(found, key=lambda d: STEPS.index(d.step))


def stopped(checked: CheckedDocument, claim: Claim, verdict: Verdict, known: Known) -> Diagnosis:
    """Why a claim is open, read from its verdict; `decided` where it is not. The words are those that the
    linking names, else those of the clause that are no form of any word of the package."""
    words = verdict.unexplained or known.lacks(_content(checked, claim))
    slot = SLOTS.get(verdict.reason, "")
    if verdict.stage == "decided":
        return Diagnosis("decided", explanation=verdict.explanation)
    if verdict.stage == "not_asserted":
        return Diagnosis("not_asserted", claim.hedge or "", explanation=verdict.explanation)
    if verdict.stage == "unexplained":
        return Diagnosis("unexplained", slot, words, verdict.explanation)
    if verdict.evidence:
        return Diagnosis("vetoed", slot or verdict.reason.replace("_", " "), words, verdict.explanation)
    if slot or verdict.stage != "no_row" or (claim.kind == "event" and verdict.reason != "not_firm"):
        return Diagnosis("not_linked", slot or "event", words, verdict.explanation)
    return Diagnosis("no_row", "", words, f"{verdict.explanation} Read as: {claim_words(claim, verdict)}.")


def _said(result: Result) -> str:
    return " | ".join(v.explanation for v in result.verdicts if v.stage == "decided")


def _content(checked: CheckedDocument, claim: Claim) -> Iterator[str]:
    """The content words of a claim's clause, as lemmas, its time and its place left out."""
    text = checked.document.text
    taken = set(words_of(claim.place.text if claim.place is not None and claim.place.id else ""))
    if claim.time is not None and claim.time.start is not None:
        taken |= set(words_of(text[claim.time.start : claim.time.end or claim.time.start]))
    yield from (word for term in claim.terms for word in words_of(term) if word not in taken)


def _not_read(checked: CheckedDocument, start: int, end: int) -> Diagnosis:
    here = [m for m in checked.reading.mentions if m.start < end and start < m.end]
    stated = "; ".join(f"“{m.text}” is {m.status.replace('_', ' ')}: {m.reason or 'no reason'}" for m in here)
    if not here:
        return Diagnosis("not_read", explanation="no number and no date was read here")
    return Diagnosis("not_read", explanation=f"no claim was made here; {stated}")
