"""Times that a sentence brings forward date what the plain sentence would: the examples of the lexicon."""

from __future__ import annotations

import pytest

from claimcheck.claims.parsing import hidden
from claimcheck.lexicon import load
from claimcheck.model import Span
from tests.reader import judged, read_text


@pytest.mark.parametrize("example", [e for row in load("fronting") for e in row.examples])
def test_what_is_dated(example: str) -> None:
    text, verb, first = example.split(" | ")
    dated = judged(text, "event")
    assert [(c.predicate, str(c.time and c.time.date_start), c.asserted) for c in dated] == [
        (verb, first, True)
    ]
    assert all(text[c.start : c.end] == c.text for c in dated)


@pytest.mark.parametrize("text", [e for row in load("fronting") for e in row.counter_examples])
def test_nothing_is_hidden(text: str) -> None:
    assert hidden(text, Span(0, len(text)), read_text(text).mentions) == []


def test_a_denied_time_stays_denied() -> None:
    (claim,) = judged("It was not on 3 May 2016 that the Tarn talks opened.", "event")
    assert not claim.asserted
