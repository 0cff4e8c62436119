"""A place with an inbox, a run over it, and tables that change, for the tests of the inbox."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from claimcheck import publishing
from claimcheck.claims import reading
from claimcheck.inbox import Outcome
from claimcheck.pipeline import Checker
from claimcheck.store import open_store
from tests.killing import document, run_inbox
from tests.reader import ROOT

REFERENCE = ROOT / "reference_data"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with an inbox of three documents."""
    return _fill(tmp_path)


def _fill(folder: Path) -> Path:
    (folder / "inbox").mkdir()
    for number in range(3):
        (folder / "inbox" / f"d{number}.txt").write_text(document(number), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a folder over which a run went, without reports."""
    folder = tmp_path_factory.mktemp("once")
    _fill(folder)
    run(folder, reports=False, published=True)
    return folder


@pytest.fixture
def checked(tmp_path: Path, once: Path) -> Path:
    """A copy of that folder, for what is done with the database and not with the inbox."""
    return Path(shutil.copytree(once, tmp_path, dirs_exist_ok=True))


def run(
    place: Path,
    *folders: Path,
    reference: Path = REFERENCE,
    prepare: Callable[..., object] = reading.prepare,
    reports: bool = True,
    published: bool = False,
) -> Outcome:
    """A run over the inbox; `prepare` reads its documents, not the sentences of the tables. A snapshot and
    reports, or a snapshot alone (`published`), are made for whoever looks at them."""
    with Checker([reference], place / "claims.duckdb") as checker, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "prepare", prepare)
        outcome = run_inbox(checker, folders or [place / "inbox"])
        if reports or published:
            publishing.publish_if_news(checker.store)
        if reports:
            publishing.write(checker.store, outcome.run, place / "reports")
    return outcome


def ask(place: Path, sql: str) -> list[dict[str, object]]:
    with open_store(place / "claims.duckdb", read_only=True) as store:
        return store.rows(sql)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the reference package; `change` gives one of its figures another number."""
    return Path(shutil.copytree(REFERENCE, tmp_path / "tables"))


HOLD = """
import sys, time
from claimcheck.store import open_store
with open_store(sys.argv[1]):
    print("open", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def hold(place: Path, seconds: float) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", HOLD, str(place / "claims.duckdb"), str(seconds)]
    holder = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    return holder
