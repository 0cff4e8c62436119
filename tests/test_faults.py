"""What the system refuses is said in a sentence: which file, why, and what to do; nothing is left torn."""

from __future__ import annotations

import errno
import os
import resource
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from claimcheck import faults
from claimcheck.atomic_files import written
from claimcheck.decisions import Journal
from claimcheck.store import StoreError, open_store
from claimcheck.store.errors import MemoryLimitError
from tests.killing import ended, forked
from tests.test_decisions import made

NOBODY = 65534


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "a/b.html: the disk is full; free some space"),
        (errno.EROFS, "a/b.html: the disk is read-only; name another place, or have it made writable"),
        (errno.EACCES, "a/b.html: permission denied; give this user the right to write there, or name"),
        (errno.ENOENT, "a/b.html: No such file or directory"),
    ],
)
def test_an_error_of_the_system_names_file_reason_and_remedy(number: int, says: str) -> None:
    nameless = OSError(number, os.strerror(number))
    assert faults.sentence(faults.naming(nameless, "a/b.html")).startswith(says)


@pytest.mark.parametrize(
    ("message", "file", "reason"),
    [
        (
            'TransactionContext Error: Failed to commit: Could not write file "/data/claims.duckdb.wal": '
            "No space left on device",
            "/data/claims.duckdb",
            faults.FULL,
        ),
        ('IO Error: Cannot open file "/data/c.duckdb": Permission denied', "/data/c.duckdb", faults.DENIED),
        ("IO Error: something new\nstack", None, "IO Error: something new"),
    ],
)
def test_a_library_s_message_is_put_plainly(message: str, file: str | None, reason: str) -> None:
    assert faults.from_library(message) == (file, reason)


def within(size: int, work: Callable[[], object]) -> None:
    """Do the work in a process of its own, in which no file grows beyond `size` bytes."""

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        work()

    assert ended(forked(limited)) == 0


def test_a_page_that_does_not_fit_leaves_the_old_one(tmp_path: Path) -> None:
    page = written(tmp_path / "index.html", "old")

    def work() -> None:
        with pytest.raises(OSError, match=r"index\.html") as refused:
            written(page, "new" * 10_000)
        assert faults.sentence(refused.value).startswith(f"{page}: the file would be larger than")

    within(10_000, work)
    assert page.read_text() == "old"
    assert os.listdir(tmp_path) == ["index.html"]


def test_half_a_decision_is_none(tmp_path: Path) -> None:
    """A disk that fills up in the middle of a line: the line is taken back, and the others stay."""
    journal = Journal(tmp_path / "decisions.jsonl")
    journal.append(made(reviewer="Amal"))
    before = journal.file.read_bytes()

    def work() -> None:
        with pytest.raises(OSError, match=r"decisions\.jsonl"):
            journal.append(made(reviewer="Basma"))

    within(len(before) + 20, work)
    assert journal.file.read_bytes() == before
    journal.append(made(reviewer="Carla"))
    decisions, problems = journal.read()
    assert len(decisions) == 2
    assert not problems


def as_nobody(work: Callable[[], object]) -> None:
    """Do the work in a process of its own that may not write what is another user's."""

    def dropped() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        work()

    assert ended(forked(dropped)) == 0


def test_a_read_only_folder(tmp_path: Path) -> None:
    for folder in [tmp_path, *tmp_path.parents[:3]]:  # pytest's own, one more where it runs in parallel
        if folder != Path(tempfile.gettempdir()):
            folder.chmod(0o755)
    database = tmp_path / "claims.duckdb"
    open_store(database).close()
    shut = tmp_path / "shut" / "inner"
    shut.mkdir(parents=True)
    shut.parent.chmod(0o700)
    tmp_path.chmod(0o555)
    database.chmod(0o444)

    def work() -> None:
        with pytest.raises(StoreError, match=r"claims\.duckdb: .*permission denied; give this user"):
            open_store(database)
        with pytest.raises(StoreError, match="permission denied"):
            open_store(shut / "claims.duckdb")
        with pytest.raises(PermissionError) as refused:
            written(tmp_path / "index.html", "page")
        assert faults.sentence(refused.value).startswith(f"{tmp_path}/index.html: permission denied; give")

    try:
        as_nobody(work)
    finally:
        tmp_path.chmod(0o755)


def test_what_does_not_fit_in_little_memory_is_done_with_more_where_the_disk_is_full(tmp_path: Path) -> None:
    database = tmp_path / "claims.duckdb"
    with open_store(database):
        pass
    order = "FROM range(3_000_000) AS t(n) ORDER BY hash(n) LIMIT 2_900_000"
    sorting = f"SELECT max(n) AS n FROM (SELECT n {order})"

    def work() -> None:
        with open_store(database, read_only=True) as store:
            assert store.frugally(lambda: store.rows(sorting), 20_000_000)[0]["n"] > 0
            with store.tight(20_000_000), pytest.raises(MemoryLimitError, match="would be larger than this"):
                store.rows(sorting)

    within(40_000, work)
