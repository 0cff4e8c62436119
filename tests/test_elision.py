"""Lists that say their verb once are read as if they said it each time: the examples of the lexicon."""

from __future__ import annotations

from claimcheck.claims.parsing import filled_in, view
from claimcheck.lexicon import load
from claimcheck.model import Span
from tests.reader import of_all, read_text


def _shown(text: str) -> str:
    mentions = sorted(read_text(text).mentions, key=lambda m: m.start)
    return view(text, Span(0, len(text)), mentions).text.replace(", and ", ", ").replace(" and ", ", ")


@of_all([e for row in load("elision") for e in row.examples])
def test_what_is_left_out_is_shown_to_the_parser(example: str) -> None:
    text, shown = example.split(" | ")
    assert _shown(text) == shown.replace(" and ", ", ")


@of_all([e for row in load("elision") for e in row.counter_examples])
def test_nothing_is_filled_in(text: str) -> None:
    mentions = sorted(read_text(text).mentions, key=lambda m: m.start)
    assert filled_in(text, Span(0, len(text)), mentions) == []


