"""Cues only save looking: where every rule looks, the verdicts are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.documents.files import make
from claimcheck.linking import cues
from claimcheck.pipeline import Checker
from claimcheck.reference.cases import CASES, read_cases
from tests.ratchet import PACKAGES


class Every(frozenset[str]):
    """A sentence that holds every cue."""

    def __contains__(self, name: object) -> bool:
        return True

    def isdisjoint(self, names: object) -> bool:
        return False


@pytest.mark.parametrize("folder", PACKAGES[1:], ids=lambda f: f.name)
def test_verdicts_are_those_of_rules_that_always_look(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [make(c.id, c.text, meta={"date": c.date}) for c in read_cases(folder / CASES)]
    with Checker([folder]) as checker:
        checked = list(checker.check(documents))
        monkeypatch.setattr(cues, "_cues_in", lambda sentence: Every())
        assert [d.verdicts for d in checker.check(documents)] == [d.verdicts for d in checked]


def test_a_sentence_holds_the_cues_of_its_words() -> None:
    name = cues.cue("test of words", lambda: ["ham and eggs", "bacon"])
    other = cues.cue_of_stems("test of stems", lambda: frozenset({cues.stem("toasted")}))
    assert cues.cues_in("Ham was toasting.") & {name, other} == {other}  # a phrase's longest word is missing
    assert cues.cues_in("Two had the Bacon’s rind, and eggs.") & {name, other} == {name}
    assert cues.cues_in("Nobody had any.") & {name, other} == frozenset()
