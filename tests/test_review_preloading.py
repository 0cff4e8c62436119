"""Newer snapshots: opened ahead of the pages, never in the way of one, and never behind what is recorded."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from claimcheck.review import preloading
from claimcheck.review.desk import Desk
from claimcheck.review.pages import warm
from claimcheck.review.preloading import Ahead
from tests.desk_case import client_of, refuted, rerun
from tests.review_case import build, echo, journal

LONG = 30.0  # seconds after which a test gives up
[CLAIM] = echo().reading.claims


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(preloading, "PAUSE", 0.05)
    desk = Desk(build(tmp_path, [echo()]), journal(tmp_path / "claims.duckdb"))
    with desk.open():
        pass
    yield desk
    desk.close()


def until(holds: Callable[[], object]) -> None:
    """Wait for a condition."""
    end = time.monotonic() + LONG
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_pages_go_on_with_the_old_snapshot_until_the_new_one_is_warm(desk: Desk) -> None:
    gate, warming = threading.Event(), threading.Event()

    def slowly(opened: Desk) -> None:
        warming.set()
        assert gate.wait(LONG)
        warm(opened)

    client = client_of(desk)
    bringer = Ahead(desk, slowly)
    bringer.start()
    before = desk.snapshot
    rerun(desk.database, [refuted(echo())], 2)
    assert warming.wait(LONG)
    assert "Supported" in client.get(f"/claim/{CLAIM.claim_id}").text  # answered while the other is opened
    assert desk.snapshot == before
    gate.set()
    until(lambda: desk.snapshot != before)
    assert "Newer verdicts" in client.get("/").text
    assert "Refuted" in client.get(f"/claim/{CLAIM.claim_id}").text
    bringer.stop()
