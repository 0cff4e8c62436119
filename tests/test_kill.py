"""Kill -9 at random moments loses nothing, doubles nothing, and the next run does the rest."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.killing import (
    Ground,
    complete,
    ended,
    forked,
    kill_checks,
    kill_often,
    kill_publications,
    kill_restores,
    kill_row_edits,
    whole,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the killed process is a fork")


def test_kills_of_runs(tmp_path: Path) -> None:
    ground = Ground(tmp_path)
    killed = kill_often(ground, kills=8, seed=round(time.time()), check_each=False)
    assert killed >= 2, "most runs came to their end: the kills were too late to tell anything"
    assert ended(forked(lambda: whole(ground))) == 0
    assert ended(forked(ground.run)) == 0
    assert ended(forked(lambda: complete(ground))) == 0


def test_a_check_killed_behind_its_commit_and_a_restore_killed_anywhere(tmp_path: Path) -> None:
    ground = Ground(tmp_path)
    for number in range(3):
        ground.put(number)
    assert ended(forked(ground.check)) == 0
    assert kill_checks(ground, 2, seed=round(time.time())) >= 1
    kill_restores(ground, 2, seed=round(time.time()))


def test_a_curator_killed_while_rows_are_written(tmp_path: Path) -> None:
    grounds = (Ground(tmp_path / str(n)) for n in range(4))  # a kill may come too late, on a busy machine
    assert any(kill_row_edits(ground, 4, seed=round(time.time())) for ground in grounds)


@pytest.mark.long
def test_three_hundred_kills_with_looks_at_the_database_in_between(tmp_path: Path) -> None:
    ground, seed = Ground(tmp_path), round(time.time())
    print(f"seed {seed}")
    for kills, many in ((kill_often, 120), (kill_publications, 40), (kill_checks, 60)):
        assert kills(ground, many, seed) > many / 4
        assert ended(forked(ground.run), within=900) == 0
    assert ended(forked(lambda: complete(ground)), within=900) == 0
    for kills in (kill_restores, kill_row_edits):
        assert kills(ground, 40, seed) > 0


def test_the_laws_see_a_loss(tmp_path: Path) -> None:
    from claimcheck.store import open_store

    ground = Ground(tmp_path)
    ground.put(1)

    def torn() -> None:
        ground.run()
        with open_store(ground.database) as store:
            store.rows("DELETE FROM verdict WHERE verdict_key = 1")
        try:
            whole(ground)
        except AssertionError:
            return
        raise AssertionError("nothing was seen")

    assert ended(forked(torn)) == 0
