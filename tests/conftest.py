"""What all tests share: a new database file begins as a copy of one that was made once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from claimcheck.store import open_store
from claimcheck.store import store as store_module
from claimcheck.store.database import OFFLINE, Connection, connect


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
