"""The cheap pass over a text loses nothing: what is read at its places is what is read everywhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claimcheck.lexicon import load
from claimcheck.numbers.numerals import find_numerals, key_of, occurrences, places_between, scan

WORDS = [
    *("a", "an", "the", "two", "Three", "FIFTY", "hundred", "thousand", "million", "dozen", "half", "third"),
    *("quarters", "point", "and", "zero", "one", "twentieth", "twofold", "several", "of", "in", "people"),
    *("1,300", ".25", "7", "1½", "½", "3/4", "2.5m", "21st", "€10", "-5", "٤٢", "2014", "6 . 2 %", "2*10^3"),
]
texts = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", "-", ", ", "", "\n", "  "])), max_size=14
).map(lambda parts: "".join(word + gap for word, gap in parts))


@given(texts)
def test_numerals_at_the_places_are_all_numerals(text: str) -> None:
    assert find_numerals(text, places=scan(text).numbers) == find_numerals(text)


@given(st.text(max_size=60))
def test_any_text_is_read_alike(text: str) -> None:
    assert find_numerals(text, places=scan(text).numbers) == find_numerals(text)


def test_places_are_in_order_and_cut_by_offset() -> None:
    places = scan("12 of the 30 boats and two rafts").numbers
    assert places == (0, 10, 23)
    assert places_between(places, 1, 23) == (10,)


def test_every_set_phrase_has_a_key_that_the_pass_finds() -> None:
    for row in load("not_quantities"):
        for phrase in row["phrases"]:
            key, start = key_of(phrase)
            assert (start, key.lower()) in scan(phrase).phrases, phrase


def test_every_vague_word_is_found() -> None:
    for row in load("vague_quantities"):
        for phrase in row["words"]:
            assert scan(phrase).vague, phrase


def test_occurrences_are_in_order() -> None:
    assert occurrences("old and bold", ("old", "and")) == [0, 4, 9]
