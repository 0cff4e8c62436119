"""Times that a sentence brings forward date what the plain sentence would: the examples of the lexicon."""

from __future__ import annotations

from claimcheck.claims.parsing import hidden
from claimcheck.lexicon import load
from claimcheck.model import Span
from tests.reader import judged, of_all, read_text


@of_all([e for row in load("fronting") for e in row.examples])
def test_what_is_dated(example: str) -> None:
    text, verb, first = example.split(" | ")
    dated = judged(text, "event")
    assert [(c.predicate, str(c.time and c.time.date_start), c.asserted) for c in dated] == [
        (verb, first, True)
    ]
    assert all(text[c.start : c.end] == c.text for c in dated)


@of_all([e for row in load("fronting") for e in row.counter_examples])
def test_nothing_is_hidden(text: str) -> None:
    assert hidden(text, Span(0, len(text)), read_text(text).mentions) == []


