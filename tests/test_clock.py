"""A clock that is set back, by years and between any two steps: order is by number, never by time."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Self

import pytest

from claimcheck import inbox, pipeline, publishing
from claimcheck.decisions import Journal, decide, journal_file, record
from claimcheck.pipeline import Checker
from claimcheck.store import latest_snapshot, open_latest, query, saving, snapshots
from claimcheck.store.decisions import load_decisions
from tests.killing import Ground, run_inbox

BACK = ("2026-11-28T12:00:00", "2026-11-28T11:59:59", "1999-12-31T23:59:59")


class Clock(datetime):
    """What the program takes for `datetime`: its `now` is what the test says."""

    shown = datetime(2026, 11, 28, tzinfo=UTC)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromisoformat(cls.shown.astimezone(tz).isoformat())


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    for module in (pipeline, inbox, saving, snapshots, record):
        monkeypatch.setattr(module, "datetime", Clock)
    return Clock


def test_the_last_run_is_the_latest_whatever_the_clock_says(tmp_path: Path, clock: type[Clock]) -> None:
    ground = Ground(tmp_path)
    seen: set[Path] = set()
    for number, time in enumerate(BACK):
        clock.shown = datetime.fromisoformat(f"{time}+00:00")
        ground.put(1, version=number)
        ground.put(10 + number)
        outcome = ground.run()
        snapshot = latest_snapshot(ground.database)
        assert snapshot is not None
        assert snapshot not in seen, "no snapshot takes the place of one that a reader has open"
        seen.add(snapshot)
        with open_latest(ground.database) as store:
            run, documents = store.load_run()
            assert run.run_id == outcome.run.run_id
            held = {d.reading.document.id: d.reading.document.text for d in documents}
            assert held == ground.texts
        [(found,)] = query(ground.database, "SELECT text FROM claims WHERE doc_id = 'd0001.txt' LIMIT 1").rows
        assert found in ground.texts["d0001.txt"]
    with Checker([Path("reference_data")], ground.database) as checker:
        assert run_inbox(checker, [tmp_path / "inbox"]).saved.added_nothing


def test_the_last_decision_is_the_last_in_the_file(tmp_path: Path, clock: type[Clock]) -> None:
    ground = Ground(tmp_path)
    ground.put(1)
    ground.run()
    with open_latest(ground.database) as store:
        [checked] = store.load_run()[1]
    claim = checked.reading.claims[0]
    verdict = checked.verdicts[claim.claim_id].verdict
    journal = Journal(journal_file(ground.database))
    for time, word in zip(BACK, ("refuted", "supported", "refuted"), strict=True):
        clock.shown = datetime.fromisoformat(f"{time}+00:00")
        journal.append(decide(claim, "d0001.txt", "override", "Amal", made_on=verdict, verdict=word))
    ground.publish()
    with open_latest(ground.database) as store:
        assert [d.verdict for d in load_decisions(store)] == ["refuted", "supported", "refuted"]
        review = publishing.reviews_of_claims(store, journal.read()[0])[claim.claim_id]
    assert review.verdict == "refuted"
