"""The fields of ordinary text, from which weights are learned: each loads, and names what is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from claimcheck.reference.cases import read_cases
from claimcheck.reference.loading import load
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
