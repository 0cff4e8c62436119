"""Words that make a number the number of a part: every row of data/narrowing.toml with its examples."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from claimcheck.claims.reading import read
from claimcheck.documents.files import make
from claimcheck.lexicon import load
from claimcheck.linking.apart import is_apart
from claimcheck.linking.narrowing import is_narrowed_down
from claimcheck.linking.narrowing_words import words_of_row
from claimcheck.linking.words import stem
from claimcheck.model import ReferenceRow

EXAMPLES = [(row.id, words) for row in load("narrowing") for words in row.examples]
COUNTER = [(row.id, words) for row in load("narrowing") for words in row.counter_examples]


def is_narrow(words: str) -> bool:
    """Whether the first number of "measure | place | sentence" is narrowed; "flow: …" gives the type."""
    measure, place, text = words.split(" | ")
    kind, _, name = measure.rpartition(": ")
    row = ReferenceRow(
        package="p",
        table="t",
        row_id="1",
        kind="figure",
        measure=name,
        best=Decimal(1),
        measure_type=kind or None,
    )
    reading = next(iter(read([make("text", text, meta={"date": date(2020, 5, 1)})])))
    claim = next(c for c in reading.claims if c.quantity is not None)
    said = frozenset(map(stem, name.split()))
    if is_apart(claim, text, said | words_of_row(row.measure, row.unit)):
        return True
    return is_narrowed_down(claim, text, row, said, (place, text.rindex(place)))


@pytest.mark.parametrize(("row", "words"), EXAMPLES)
def test_a_part_is_no_number_of_the_whole(row: str, words: str) -> None:
    assert is_narrow(words)


@pytest.mark.parametrize(("row", "words"), COUNTER)
def test_a_whole_may_be(row: str, words: str) -> None:
    assert not is_narrow(words)
