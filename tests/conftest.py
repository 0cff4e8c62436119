"""What all tests share: a new database file begins as a copy of one that was made once, and the project's own
packages, which no test changes, are read once. Fixtures of several files are made known here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from claimcheck import pipeline
from claimcheck.reference.loading import load_all
from claimcheck.reference.package import Package
from claimcheck.store import open_store
from claimcheck.store import store as store_module
from claimcheck.store.database import OFFLINE, Connection, connect
from tests.browser import chromium
from tests.desk_case import built, client, database, desk
from tests.inbox_case import checked, once, place, tables
from tests.report_case import html, sample
from tests.store_cases import store

__all__ = [
    "built", "checked", "chromium", "client", "database", "desk", "html", "once", "place", "sample", "store",
    "tables",
]  # fmt: skip

ROOT = Path(__file__).resolve().parent.parent
# on a busy machine an example takes any time; each run draws others
settings.register_profile("by no clock", deadline=None, max_examples=50)
settings.load_profile("by no clock")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the whole schema and no row."""
    file = tmp_path_factory.mktemp("empty") / "claims.duckdb"
    open_store(file).close()
    return file


@pytest.fixture(autouse=True)
def copied_schema(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, empty_database: Path
) -> None:
    """Copying takes a hundredth of the quarter of a second that the schema takes, hundreds of times.

    Tests of the making itself are marked `makes_schema` and do without.
    """
    if request.node.get_closest_marker("makes_schema"):
        return

    def copying(
        path: Path | None, *, read_only: bool = False, settings: Mapping[str, str] = OFFLINE
    ) -> Connection:
        if path is not None and not read_only and not os.path.lexists(path):
            with suppress(OSError):  # which opening it says better
                shutil.copyfile(empty_database, path)
        return connect(path, read_only=read_only, settings=settings)

    monkeypatch.setattr(store_module, "connect", copying)


@pytest.fixture(scope="session", autouse=True)
def packages_read_once() -> Iterator[None]:
    """A Checker gets the project's own packages as they were read for the first of all. Tests of reading
    (`reference.loading`) read."""
    read = cache(load_all)

    def once(folders: Sequence[Path]) -> Sequence[Package]:
        return read(tuple(folders)) if all(f.is_relative_to(ROOT) for f in folders) else load_all(folders)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "load_all", once)
        yield
