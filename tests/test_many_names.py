"""Tables of many named incidents: the work grows with their number, and no name is left out."""

from __future__ import annotations

from claimcheck.linking.counting import by_word
from claimcheck.reference.names import folded


def test_kinds_stand_under_a_word_of_their_own() -> None:
    kinds = by_word(["fire", "ridge fire", "hollow creek fire", "round of talks"])
    assert kinds[""] == [(0, "fire"), (3, "round of talks")]  # meetings are counted by their place alone too
    assert sum(map(len, kinds.values())) == 4
    assert all(len(held) == 1 for word, held in kinds.items() if word)


def test_plain_words_are_folded_as_all_others() -> None:
    assert [folded(name) for name in ("The", "AL", "The Bab", "al-Bab", "U.N.", "É")] == [
        *("the", "al", "bab", "bab", "un", "e"),
    ]
