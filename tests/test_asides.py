"""Who says it, inserted between commas, is hidden from the parser and speaks: the examples of the lexicon."""

from __future__ import annotations

from claimcheck.claims.parsing import asides, view
from claimcheck.lexicon import load
from claimcheck.model import Span
from tests.reader import of_all, read_text


@of_all([e for row in load("asides") for e in row.examples])
def test_what_is_inserted_is_hidden_and_speaks(example: str) -> None:
    text, shown, speaker = example.split(" | ")
    whole = Span(0, len(text))
    mentions = sorted(read_text(text).mentions, key=lambda m: m.start)
    assert view(text, whole, mentions).text == shown
    assert [a.speaker.of(text) for a in asides(text, whole, mentions)] == [speaker]


@of_all([e for row in load("asides") for e in row.counter_examples])
def test_nothing_is_hidden(text: str) -> None:
    mentions = sorted(read_text(text).mentions, key=lambda m: m.start)
    assert asides(text, Span(0, len(text)), mentions) == []


