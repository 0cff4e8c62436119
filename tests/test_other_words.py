"""What clauses say in other words: the examples of the table, read and asked."""

from __future__ import annotations

import pytest

from claimcheck.lexicon import load
from claimcheck.linking.other_words import meant
from tests.reader import read_text


def _meant(text: str) -> set[str]:
    return {word for c in read_text(text).claims if c.kind == "quantity" for word in meant(c)}


@pytest.mark.parametrize("example", [e for row in load("other_words") for e in row.examples])
def test_the_examples_mean_it(example: str) -> None:
    text, _, words = example.partition(" | ")
    assert _meant(text) == set(words.split())


@pytest.mark.parametrize("text", [e for row in load("other_words") for e in row.counter_examples])
def test_the_counter_examples_do_not(text: str) -> None:
    assert _meant(text) == set()
