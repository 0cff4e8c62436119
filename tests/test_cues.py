"""The cues of a sentence are those of its words; that they only save looking is shown in `test_cases`."""

from __future__ import annotations

from claimcheck.linking import cues


def test_a_sentence_holds_the_cues_of_its_words() -> None:
    name = cues.cue("test of words", lambda: ["ham and eggs", "bacon"])
    other = cues.cue_of_stems("test of stems", lambda: frozenset({cues.stem("toasted")}))
    assert cues.cues_in("Ham was toasting.") & {name, other} == {other}  # a phrase's longest word is missing
    assert cues.cues_in("Two had the Bacon’s rind, and eggs.") & {name, other} == {name}
    assert cues.cues_in("Nobody had any.") & {name, other} == frozenset()
