"""Filters saved under a name: what the file holds, what the pages make of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimcheck.decisions import DecisionError
from claimcheck.review.queue import Filters
from claimcheck.review.saved import SavedFilters

REFUTED = Filters(verdict="refuted", place="Douma")


@pytest.fixture
def saved(tmp_path: Path) -> SavedFilters:
    return SavedFilters(tmp_path / "saved_filters.jsonl")


def names(saved: SavedFilters, reviewer: str = "") -> list[tuple[str, str]]:
    return [(one.reviewer, one.name) for one in saved.of(reviewer)]


def test_nothing_is_saved_where_there_is_no_file(saved: SavedFilters) -> None:
    assert saved.of("Amal") == []


def test_a_saved_filter_is_an_address(saved: SavedFilters) -> None:
    saved.save("Amal", "  my refuted\nin Douma ", REFUTED)
    [one] = saved.of("Amal")
    assert (one.name, one.address) == ("my refuted in Douma", "?verdict=refuted&place=Douma")
    assert SavedFilters(saved.file).of("Amal") == [one]


def test_the_plain_queue_can_be_saved_too(saved: SavedFilters) -> None:
    saved.save("Amal", "all of it", Filters())
    assert [one.address for one in saved.of("Amal")] == [""]


def test_the_page_is_no_part_of_a_filter(saved: SavedFilters) -> None:
    saved.save("Amal", "later", Filters(verdict="refuted", page=7))
    assert [one.address for one in saved.of("Amal")] == ["?verdict=refuted"]


def test_one_of_the_same_name_is_replaced_and_another_reviewer_s_is_not(saved: SavedFilters) -> None:
    saved.save("Amal", "Mine", REFUTED)
    saved.save("Basma", "Mine", REFUTED)
    saved.save("AMAL", "mine", Filters(verdict="supported"))
    assert [(one.reviewer, one.filters.verdict) for one in saved.of("amal")] == [
        ("AMAL", "supported"),
        ("Basma", "refuted"),
    ]


def test_one_s_own_come_first(saved: SavedFilters) -> None:
    for who in ("Amal", "Basma", "Chen"):
        saved.save(who, "f", REFUTED)
    assert names(saved, "chen") == [("Chen", "f"), ("Amal", "f"), ("Basma", "f")]


def test_a_name_can_be_taken_away_and_the_file_keeps_its_lines(saved: SavedFilters) -> None:
    saved.save("Amal", "Mine", REFUTED)
    saved.drop("Amal", "no such name")
    saved.drop("Amal", "mine")
    assert saved.of("Amal") == []
    assert len(saved.file.read_text(encoding="utf-8").splitlines()) == 2
    saved.save("Amal", "Mine", REFUTED)
    assert names(saved) == [("Amal", "Mine")]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_name_is_short_and_not_empty(saved: SavedFilters, name: str) -> None:
    with pytest.raises(DecisionError):
        saved.save("Amal", name, REFUTED)
    assert not saved.file.exists()


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
