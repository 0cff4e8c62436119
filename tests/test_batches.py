"""A batch is bounded by what its documents hold, and not by their number alone: memory follows from that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from claimcheck import pipeline
from claimcheck.claims import reading
from claimcheck.claims.reading import read
from claimcheck.documents.files import make
from claimcheck.model import Document
from tests.reader import ROOT

TABLE = "1," * 3_000


def documents(text: str, many: int, taken: list[str]) -> Iterator[Document]:
    """Documents one after the other; `taken` tells which were asked for."""
    for number in range(many):
        taken.append(f"{number}")
        yield make(f"{number}", f"{text} {number}")


@pytest.mark.parametrize(
    ("text", "setting", "most"),
    [(TABLE, "MENTIONS_A_SENTENCE", 2), ("No number stands here. " * 300, "CHARACTERS_A_SENTENCE", 3)],
)
def test_readings_come_before_too_much_waits(
    monkeypatch: pytest.MonkeyPatch, text: str, setting: str, most: int
) -> None:
    monkeypatch.setattr(reading, setting, 2)
    taken: list[str] = []
    stream = read(documents(text, 6, taken))
    assert next(stream).document.id == "0"
    assert len(taken) <= most, "a table, or a long text, does not wait for a thousand others"
    assert [r.document.id for r in stream] == ["1", "2", "3", "4", "5"]


def test_verdicts_come_before_all_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MENTIONS_A_SENTENCE", 2)
    monkeypatch.setattr(pipeline, "BATCH_MENTIONS", 3_000)
    taken: list[str] = []
    with pipeline.Checker([ROOT / "reference_data"]) as checker:
        assert next(checker.check(documents(TABLE, 6, taken))).reading.document.id == "0"
    assert len(taken) <= 2
