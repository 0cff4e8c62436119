"""One stem for all forms of a word."""

from __future__ import annotations

import pytest

from claimcheck.lexicon import load
from claimcheck.names import folded
from claimcheck.propositions import root, stem
from tests.reader import of_all


@pytest.mark.parametrize(
    "words",
    [
        "kill kills killed killing",
        "die died dies",
        "city cities",
        "box boxes",
        "loss losses",
    ],
)
def test_one_stem_for_all_forms(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@of_all([e for row in load("stems") for e in row.examples])
def test_forms_that_no_ending_tells_have_the_stem_of_their_base(words: str) -> None:
    form, base = words.split()
    assert root(form) == stem(base)


@of_all([e for row in load("stems") for e in row.counter_examples])
def test_words_that_only_look_alike_keep_their_stems(words: str) -> None:
    one, other = words.split()
    assert root(one) != root(other)


def test_plain_words_are_folded_as_all_others() -> None:
    assert [folded(name) for name in ("The", "AL", "The Bab", "al-Bab", "U.N.", "É")] == [
        *("the", "al", "bab", "bab", "un", "e"),
    ]
