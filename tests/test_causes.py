"""Through which rows a verdict became another, told from the rows of both."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from claimcheck.model import Evidence
from claimcheck.pipeline import Checker
from claimcheck.store import Store, open_store
from claimcheck.store.overview import causes
from tests.review_case import REFERENCE, echo, next_run
from tests.sample_builder import figure, verdict
from tests.sample_report import RUN

NEAR = figure("F1", "refutes", "A title · A desk", "", best="7")
FAR = figure("F2", "neutral", "Another desk", "", best="9")


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ([NEAR], [NEAR], ()),
        ([], [NEAR], ("new: A desk (figures:F1) contradicts it",)),
        ([NEAR], [], ("gone: A desk (figures:F1)",)),
        ([NEAR], [replace(NEAR, relation="supports")], ("changed: A desk (figures:F1) now supports it",)),
        ([NEAR], [replace(NEAR, best=None)], ("changed: A desk (figures:F1) still contradicts it",)),
        ([NEAR], [NEAR, FAR], ("new: Another desk (figures:F2) decides nothing alone",)),
        ([FAR], [NEAR], ("new: A desk (figures:F1) contradicts it",)),  # what decides alone is told
    ],
)
def test_a_change_is_told_by_its_rows(
    tmp_path: Path, then: list[Evidence], now: list[Evidence], told: tuple[str, ...]
) -> None:
    database = tmp_path / "claims.duckdb"
    [claim] = echo().reading.claims
    with Checker([REFERENCE], database) as checker:
        for run, rows in ((RUN, then), (next_run(2), now)):
            made = verdict("not_enough_evidence", "undecided", run.run_id, *rows)
            checker.save(run, [replace(echo(), verdicts={claim.claim_id: made})])
    with open_store(database, read_only=True) as store:
        [pair] = pairs(store)
        assert causes(store, [pair]) == {pair: told}


def pairs(store: Store) -> Iterator[tuple[int, int]]:
    """The verdicts of the claim, each with the one behind it."""
    keys = [row["verdict_key"] for row in store.rows("SELECT verdict_key FROM verdict ORDER BY verdict_key")]
    yield from itertools.pairwise(keys)


def test_the_first_verdict_has_all_its_rows_as_causes(tmp_path: Path) -> None:
    database = tmp_path / "claims.duckdb"
    with Checker([REFERENCE], database) as checker:
        checker.save(RUN, [echo()])
    with open_store(database, read_only=True) as store:
        [row] = store.rows("SELECT verdict_key FROM verdict")
        pair = (None, row["verdict_key"])
        assert causes(store, [pair])[pair] == ("new: The New Arab (figures:F011) supports it",)
        assert causes(store, []) == {}
