"""What a part of the fields teaches is what the shipped weights say, and is the same on every run."""

from __future__ import annotations

import numpy as np
import pytest

from claimcheck.linking.weights import shipped
from tests.fit import ROW_PENALTY, Learner, Numbers, fit_choice, own_sets, row_examples

PART = ("league", "mining", "schools", "weather")
OFTEN = 300
"""Rows that have a level, for what it weighs in a part to be like what it weighs in all."""


@pytest.fixture(scope="module")
def part() -> Learner:
    return Learner([one for one in own_sets() if one[0] in PART])


def test_a_part_of_the_fields_teaches_what_the_shipped_weights_say(part: Learner) -> None:
    weights = fit_choice(row_examples(part.fields), part.rows, ROW_PENALTY)
    seen = np.zeros(len(part.rows), dtype=int)
    for one in (s.own for f in part.fields for s in f.statements if s.own is not None):
        np.add.at(seen, one.ids.ravel(), 1)
    mine, theirs = [], []
    for key, n in part.rows.items():
        if seen[n] >= OFTEN and key in shipped().weights:
            mine.append(float(weights[n]))
            theirs.append(shipped().weights[key])
    assert len(mine) > 100
    alike = float(np.corrcoef(mine, theirs)[0, 1])
    assert alike > 0.7, f"the weights of {', '.join(PART)} are like the shipped ones by {alike:.2f} only"


def test_the_same_text_gives_the_same_weights(part: Learner) -> None:
    first = fit_choice(row_examples(part.fields), part.rows, ROW_PENALTY, 40)
    again = fit_choice(row_examples(part.fields), part.rows, ROW_PENALTY, 40)
    assert np.array_equal(first, again)
    assert isinstance(part.rows, Numbers)
