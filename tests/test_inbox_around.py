"""What goes wrong around a run: a second run, a full disk, a clock that was set back."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from claimcheck.claims import parsing
from claimcheck.inbox import run_inbox
from claimcheck.pipeline import Checker
from claimcheck.reference.problems import PackageError
from claimcheck.store import BusyError, StoreError
from tests import inbox_case
from tests.inbox_case import REFERENCE, ask, hold, run
from tests.killing import LAWS, document, ended, forked

place = inbox_case.place
tables = inbox_case.tables


def test_the_second_of_two_runs_says_who_has_the_database(place: Path) -> None:
    with hold(place, 60) as holder:
        try:
            with pytest.raises(BusyError, match=rf"another process has it open: .*process {holder.pid}\b"):
                run(place, reports=False)
        finally:
            holder.kill()


def test_the_second_of_two_runs_waits(place: Path) -> None:
    said: list[str] = []
    with hold(place, 0.5), Checker([REFERENCE], place / "claims.duckdb", wait=60, say=said.append) as checker:
        assert run_inbox(checker, [place / "inbox"]).saved.new == 3
    assert len(said) == 1
    assert said[0].startswith("waiting up to 60 seconds: ")


def test_a_full_disk_loses_nothing(place: Path) -> None:
    import resource

    run(place, reports=False)
    for number in range(100, 120):
        (place / "inbox" / f"e{number}.txt").write_text(document(number) * 10, encoding="utf-8")

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = (place / "claims.duckdb").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 4, resource.RLIM_INFINITY))
        with pytest.raises(StoreError, match=r"cannot be written: .*; what was kept is whole, and"):
            run(place, reports=False)

    assert ended(forked(limited)) == 0
    for law, sql in LAWS.items():
        assert not ask(place, sql), law
    assert ask(place, "SELECT count(*) AS n FROM documents")[0]["n"] >= 3
    assert run(place, reports=False).documents == 23
    assert ask(place, "SELECT count(*) AS n FROM documents") == [{"n": 23}]


def test_a_place_that_cannot_be_written(place: Path) -> None:
    with (
        pytest.raises(StoreError, match=r"/proc/claims\.duckdb"),
        Checker([REFERENCE], Path("/proc/claims.duckdb")),
    ):
        pass
    (place / "reports").write_text("in the way", encoding="utf-8")
    with pytest.raises(OSError, match="reports"):
        run(place)
    (place / "reports").unlink()
    assert run(place).untouched == 3


def test_no_model(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMCHECK_MODEL", "en_none")
    parsing.model.cache_clear()
    try:
        with pytest.raises(parsing.ModelError, match="en_none is not installed"):
            run(place, reports=False)
    finally:
        parsing.model.cache_clear()
    assert not ask(place, "FROM runs")


def test_a_table_that_is_gone(place: Path, tables: Path) -> None:
    run(place, reference=tables, reports=False)
    (tables / "figures.csv").unlink()
    with pytest.raises(PackageError, match=r"figures\.csv"):
        run(place, reference=tables, reports=False)
    assert ask(place, "SELECT count(*) AS n FROM figures")[0]["n"] != 0
