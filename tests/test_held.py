"""Numbers that are claims only where a table holds such numbers, and comparisons by their words alone."""

from __future__ import annotations

import re
from datetime import date

import pytest

from claimcheck.comparisons.words import any_cue
from claimcheck.documents.files import make
from claimcheck.lexicon import Row, load, written
from tests import slots
from tests.no_claims import shares
from tests.reader import ROOT, checker_of, read_text
from tests.slots import compared


@pytest.mark.parametrize("row", load("comparison_cues"), ids=lambda row: row.id)
def test_words_that_compare_without_a_digit(row: Row) -> None:
    for example in row.examples:
        found = any_cue().search(example.replace("[", "").replace("]", ""))
        assert found is not None
        assert [found[0].strip()] == re.findall(r"\[(.+?)\]", example)
    assert not [e for e in row.counter_examples if re.search(row["pattern"], e, re.IGNORECASE)]


@pytest.mark.parametrize("row", load("claimhood"), ids=lambda row: row.id)
def test_what_speaks_for_a_claim_and_against_it(row: Row) -> None:
    found = re.compile(written("claimhood", row.id))
    behind = row["seen"].startswith("before")
    for example in (*row.examples, *row.counter_examples):
        before, _, rest = example.partition("|")
        held = found.search(before) if behind else found.match(before + rest, len(before))
        assert bool(held) == (example in row.examples), example


def test_few_claims_of_ordinary_pages_are_none() -> None:
    none, made, missed, marks = shares()
    assert none <= 0.1 * made
    assert missed <= 0.22 * marks


def test_slots_of_ordinary_claims_are_read_right() -> None:
    assert all(right >= 0.9 * of for right, of in slots.shares(compared(17)).values())


def test_a_length_of_time_is_a_claim_where_a_table_measures_lengths() -> None:
    text = "On 4 May 2024 the neighbours waited 21 minutes, and in the end 12 people were hurt."
    assert [c.quantity.text for c in read_text(text).claims if c.quantity] == ["12"]
    shown = {}
    for field in ("firebrigade", "parish"):  # minutes until help comes; parishes have no measure of time
        checker = checker_of(ROOT / "tests" / "ordinary" / field / "package")
        [checked] = checker.check([make("a", text, meta={"date": date(2024, 6, 1)})])
        shown[field] = [c.quantity.text for c in checked.reading.claims if c.quantity]
    assert shown == {"firebrigade": ["21 minutes", "12"], "parish": ["12"]}
