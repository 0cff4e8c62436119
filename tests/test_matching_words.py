"""The words by which a proposition meets a row: each row of their lexicons is met by its examples."""

from __future__ import annotations

import pytest

from claimcheck.lexicon import load
from claimcheck.matching.concepts import Concepts, of_parts
from tests.reader import judged


def _said(text: str) -> Concepts:
    """All that the claims of a sentence say."""
    claims = [c for c in judged(text) if c.proposition is not None]
    assert claims, text
    return frozenset(one for c in claims for found in of_parts(c.proposition.parts) for one in found)


@pytest.mark.parametrize(("frame", "text"), [(r.id, e) for r in load("frames") for e in r.examples])
def test_the_examples_of_a_frame_say_it(frame: str, text: str) -> None:
    assert f"={frame}" in _said(text)


@pytest.mark.parametrize(("frame", "text"), [(r.id, e) for r in load("frames") for e in r.counter_examples])
def test_the_counter_examples_of_a_frame_do_not(frame: str, text: str) -> None:
    assert f"={frame}" not in _said(text)
