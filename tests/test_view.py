"""The view that is parsed, and its map back to the document's characters."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from claimcheck.claims.parsing import view
from claimcheck.claims.reading import prepare
from claimcheck.documents import make
from claimcheck.model import Span

PIECES = [
    "3 May 2019", "between 5 and 9", "a 40-year old", " ", "\n ", "\u200b", "boats", ",", "sank ", "on ",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_every_character_finds_its_way_back(text: str) -> None:
    prepared = prepare(make("x", text, meta={"date": date(2019, 6, 12)}))
    seen = view(text, Span(0, len(text)), prepared.mentions)
    assert "".join(seen.meant[i].of(text) for i in range(len(seen.meant))) == text
    for begin, meant, whole in zip(seen.shown, seen.meant, seen.whole, strict=True):
        if not whole:  # kept as it is: every character goes back to itself
            for i in range(len(meant)):
                there = meant.start + i
                assert seen.in_document(begin + i, begin + i + 1) == Span(there, there + 1)
        else:
            assert seen.in_document(begin, begin + 1) == meant
    for mention in prepared.mentions:
        start, end = seen.shown_at(mention.start, mention.end)
        assert 0 <= start < end <= len(seen.text)
        assert seen.in_document(start, end).overlaps(mention.span)
