"""Who says it, inserted between commas, is hidden from the parser and speaks: the examples of the lexicon."""

from __future__ import annotations

import pytest

from claimcheck.claims.parsing import asides, view
from claimcheck.lexicon import load
from claimcheck.model import Span
from tests.reader import read_text


@pytest.mark.parametrize("example", [e for row in load("asides") for e in row.examples])
def test_what_is_inserted_is_hidden_and_speaks(example: str) -> None:
    text, shown, speaker = example.split(" | ")
    whole = Span(0, len(text))
    mentions = sorted(read_text(text).mentions, key=lambda m: m.start)
    assert view(text, whole, mentions).text == shown
    assert [a.speaker.of(text) for a in asides(text, whole, mentions)] == [speaker]


@pytest.mark.parametrize("text", [e for row in load("asides") for e in row.counter_examples])
def test_nothing_is_hidden(text: str) -> None:
    mentions = sorted(read_text(text).mentions, key=lambda m: m.start)
    assert asides(text, Span(0, len(text)), mentions) == []


def test_the_claims_around_an_insertion_are_whole() -> None:
    text = "Forty miners, one official insisted, had died in Tarn by 3 May 2016."
    reading = read_text(text)
    [number] = [c for c in reading.claims if c.kind == "quantity"]
    assert number.quantity is not None
    assert number.quantity.text == "Forty"
    assert number.predicate == "die"
    assert number.speaker is not None
    assert number.speaker.text == "official"
    [one] = [m for m in reading.mentions if m.text == "one"]
    assert (one.status, one.reason) == ("not_claim", "says who says it")
    assert number.proposition is not None
    assert any(p.context and p.lemma == "insisted" for p in number.proposition.parts)
