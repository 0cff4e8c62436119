"""Deeds told by a verb and what was used, and how many happenings a clause tells of."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claimcheck.lexicon import load
from claimcheck.linking.counting import told_of
from claimcheck.linking.deeds import deed
from claimcheck.linking.places import WORD
from claimcheck.linking.words import stem
from claimcheck.model import Claim, ReferenceRow
from tests.reader import judged, read_text


def _dated(text: str) -> Claim:
    return next(c for c in judged(text, "event"))


@pytest.mark.parametrize("example", [e for row in load("deeds") for e in row.examples])
def test_the_examples_tell_of_a_kind(example: str) -> None:
    text, _, kind = example.partition(" | ")
    assert deed(_dated(text)) == frozenset(map(stem, WORD.findall(kind)))


@pytest.mark.parametrize("text", [e for row in load("deeds") for e in row.counter_examples])
def test_the_counter_examples_tell_of_none(text: str) -> None:
    assert deed(_dated(text)) == frozenset()


ATTACK = ReferenceRow(
    package="p", table="attacks", row_id="a1", kind="event", name="Tarn attack", label="gas attack"
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Five gas attacks hit Tarn in May 2016.", 5),
        ("Tarn was gassed twice in May 2016.", 2),
        ("Tarn came under gas attack three times in May 2016.", 3),
        ("A magnitude 7 gas attack hit Tarn in May 2016.", None),
        ("One gas attack hit Tarn in May 2016.", None),
        ("Tarn was hit by three times as many shells in May 2016.", None),
        ("A gas attack hit Tarn in May 2016, killing five people.", None),
        ("Tarn was gassed twice as much in May 2016.", None),
    ],
)
def test_how_many_a_clause_tells_of(text: str, number: int | None) -> None:
    reading = read_text(text)
    claim = next(c for c in reading.claims if c.kind == "event")
    beside = [c for c in reading.claims if c.quantity is not None]
    told = told_of(claim, beside, ATTACK, reading.document)
    assert (None if told is None else told.low) == (None if number is None else Decimal(number))
