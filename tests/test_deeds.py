"""Deeds told by a verb and what was used, and how many happenings a clause tells of."""

from __future__ import annotations

import pytest

from claimcheck.lexicon import load
from claimcheck.linking.deeds import deed
from claimcheck.linking.places import WORD
from claimcheck.linking.words import stem
from claimcheck.model import Claim
from tests.reader import judged


def _dated(text: str) -> Claim:
    return next(c for c in judged(text, "event"))


@pytest.mark.parametrize("example", [e for row in load("deeds") for e in row.examples])
def test_the_examples_tell_of_a_kind(example: str) -> None:
    text, _, kind = example.partition(" | ")
    assert deed(_dated(text)) == frozenset(map(stem, WORD.findall(kind)))


@pytest.mark.parametrize("text", [e for row in load("deeds") for e in row.counter_examples])
def test_the_counter_examples_tell_of_none(text: str) -> None:
    assert deed(_dated(text)) == frozenset()
