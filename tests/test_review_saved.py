"""Filters saved under a name: what the file holds, what the pages make of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimcheck.review.queue import Filters
from claimcheck.review.saved import SavedFilters

REFUTED = Filters(verdict="refuted", place="Douma")


@pytest.fixture
def saved(tmp_path: Path) -> SavedFilters:
    return SavedFilters(tmp_path / "saved_filters.jsonl")


def names(saved: SavedFilters, reviewer: str = "") -> list[tuple[str, str]]:
    return [(one.reviewer, one.name) for one in saved.of(reviewer)]


def test_one_of_the_same_name_is_replaced_and_another_reviewer_s_is_not(saved: SavedFilters) -> None:
    saved.save("Amal", "Mine", REFUTED)
    saved.save("Basma", "Mine", REFUTED)
    saved.save("AMAL", "mine", Filters(verdict="supported"))
    assert [(one.reviewer, one.filters.verdict) for one in saved.of("amal")] == [
        ("AMAL", "supported"),
        ("Basma", "refuted"),
    ]


def test_a_name_can_be_taken_away_and_the_file_keeps_its_lines(saved: SavedFilters) -> None:
    saved.save("Amal", "Mine", REFUTED)
    saved.drop("Amal", "no such name")
    saved.drop("Amal", "mine")
    assert saved.of("Amal") == []
    assert len(saved.file.read_text(encoding="utf-8").splitlines()) == 2
    saved.save("Amal", "Mine", REFUTED)
    assert names(saved) == [("Amal", "Mine")]


@pytest.mark.parametrize(
    "line",
    [
        b'{"reviewer": "Amal", "name": "cut o',
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"reviewer": 1, "name": 2, "address": 3}',
        b'{"reviewer": "Amal", "name": "n", "address": 3}',
        b"\xff\xfe",
        b'{"reviewer": "Amal", "name": "n", "address": "?' + b"a=1&" * 50 + b'"}',
    ],
)
def test_a_line_that_is_none_is_passed_over(saved: SavedFilters, line: bytes) -> None:
    saved.file.write_bytes(line)
    saved.save("Basma", "Mine", REFUTED)
    assert names(saved) == [("Basma", "Mine")]


def test_a_name_with_hidden_characters_shows_them_and_can_be_taken_away(saved: SavedFilters) -> None:
    saved.save("Eve\u202e", "a\u200bb", REFUTED)
    [(reviewer, name)] = names(saved)
    assert (reviewer, name) == ("Eve[U+202E]", "a[U+200B]b")
    saved.drop(reviewer, name)
    assert names(saved) == []


def test_a_hostile_address_becomes_a_plain_filter(saved: SavedFilters) -> None:
    address = "//evil.example/?verdict=<script>&place=a&next=javascript:x"
    line = {"reviewer": "Eve", "name": "<script>", "address": address}
    saved.file.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert [one.address for one in saved.of("")] == ["?place=a"]
