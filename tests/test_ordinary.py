"""The fields of ordinary text, from which weights are learned: each loads, and names what is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from claimcheck.linking.weights import shipped
from claimcheck.reference.cases import read_cases
from claimcheck.reference.loading import load
from tests.fit import ROW_PENALTY, Learner, Numbers, fit_choice, own_sets, row_examples
from tests.reader import of_all

FIELDS = sorted(d for d in (Path(__file__).parent / "ordinary").iterdir() if d.is_dir())
ARTICLE = 180  # words


def lines(field: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line) for line in (field / "cases.jsonl").read_text("utf-8").splitlines() if line.strip()
    ]


@of_all(FIELDS)
def test_a_field_is_whole(field: Path) -> None:
    package = load(field / "package")
    rows = {row.key for row in package.rows} | {f"sources:{source.key}" for source in package.sources}
    ids = {key.split(":", 1)[1] for key in rows}
    cases = read_cases(field / "cases.jsonl")  # each `at` stands once, each verdict is known
    assert len({case.id for case in cases}) == len(cases)
    for case in lines(field):
        for expected in case["expect"]:
            for row in expected.get("rows") or ():
                assert row in rows or row in ids, (case["id"], expected["at"], row)


def test_there_is_enough_ordinary_text_from_many_walks_of_life() -> None:
    assert len(FIELDS) >= 20
    assert sum(len(e["expect"]) for field in FIELDS for e in lines(field)) >= 3000
    articles = [sum(len(c["text"].split()) >= ARTICLE for c in lines(field)) for field in FIELDS]
    assert sum(n >= 6 for n in articles) >= 10


# --- What a part of the fields teaches is what the shipped weights say, and is the same on every run ---


PART = ("league", "mining", "schools", "weather")
OFTEN = 300
"""Rows that have a level, for what it weighs in a part to be like what it weighs in all."""


@pytest.fixture(scope="module")
def part() -> Learner:
    return Learner([one for one in own_sets() if one[0] in PART])


@pytest.mark.long
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


@pytest.mark.long
def test_the_same_text_gives_the_same_weights(part: Learner) -> None:
    first = fit_choice(row_examples(part.fields), part.rows, ROW_PENALTY, 40)
    again = fit_choice(row_examples(part.fields), part.rows, ROW_PENALTY, 40)
    assert np.array_equal(first, again)
    assert isinstance(part.rows, Numbers)
