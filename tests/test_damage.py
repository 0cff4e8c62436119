"""Files that were cut off, overwritten, or are none: one sentence names the file and what to do; exit 2."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from claimcheck.cli.app import app
from claimcheck.decisions import Journal
from claimcheck.store import StoreError, latest_snapshot, open_store, publish_snapshot, query
from claimcheck.store.backups import REPLACED, backup, restore
from claimcheck.store.errors import DamagedError
from tests.reader import ROOT
from tests.store_cases import RUN, harbour

HEADERS = 12_288  # bytes of a database before its first block
DOCUMENT = ROOT / "documents" / "joint_letter_2018-01-31.txt"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database, its snapshot and a backup."""
    folder = tmp_path_factory.mktemp("sound")
    with open_store(folder / "claims.duckdb") as store:
        store.save(RUN, [harbour(), harbour("other", reason="no_measure")])
        publish_snapshot(store)
    backup(folder / "claims.duckdb", folder / "backup.duckdb")
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, the working folder."""
    shutil.copytree(sound, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def overwritten(file: Path) -> None:
    """Other bytes in every block, the headers as they were."""
    file.chmod(0o644)
    head = file.read_bytes()[:HEADERS]
    file.write_bytes(head + Random(4).randbytes(file.stat().st_size - HEADERS))


def cut(file: Path) -> None:
    """The first half alone."""
    file.chmod(0o644)
    os.truncate(file, file.stat().st_size // 2)


def headless(file: Path) -> None:
    """Other bytes where the headers were."""
    file.chmod(0o644)
    file.write_bytes(Random(5).randbytes(HEADERS) + file.read_bytes()[HEADERS:])


def pipe(file: Path) -> None:
    """A pipe that nobody writes to."""
    file.unlink()
    os.mkfifo(file)


TO_DO = ("restore", "delete it", "move it away", "move this one away", "make one")
COMMANDS = {
    "check": f"check {DOCUMENT} --reference {ROOT / 'reference_data'} --database claims.duckdb".split(),
    "recheck": ["recheck", "--reference", str(ROOT / "reference_data")], "report": ["report"],
    "explain": ["explain", "a"], "backup": ["backup", "new.duckdb"],
    "query": ["query", "SELECT sum(hash(c)) FROM claims AS c"],
    "export": ["export", "--parquet", "parquet"], "status": ["status"],
    "diff": ["diff", "latest", "latest"],
}  # fmt: skip
OF_THE_DATABASE = ("check", "recheck", "backup", "status")


@pytest.mark.parametrize("damage", [overwritten, cut, headless, pipe])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_damaged_file_is_named_in_one_sentence(
    folder: Path, command: str, damage: Callable[[Path], None]
) -> None:
    snapshot = latest_snapshot("claims.duckdb")
    assert snapshot is not None
    own = command in OF_THE_DATABASE
    if damage is pipe and not own:
        (
            folder / "snapshots" / "manifest.json"
        ).unlink()  # a pipe is no snapshot: readers go on to the database
    file = folder / "claims.duckdb" if own or damage is pipe else snapshot
    damage(file)
    done = CliRunner().invoke(app, COMMANDS[command])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 2, done.output
    said = " ".join(done.stderr.split())
    assert file.name in said
    assert "Traceback" not in said
    assert any(words in said for words in TO_DO)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "\udcff", *(f'{{"claims.duckdb": {x}}}' for x in ('{"latest": 3}', '{"snapshots": 3}'))],
)
@pytest.mark.parametrize("command", ["query", "report", "explain"])
def test_a_manifest_of_anything_is_no_traceback(folder: Path, text: str, command: str) -> None:
    (folder / "snapshots" / "manifest.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    done = CliRunner().invoke(app, COMMANDS[command])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    if done.exit_code:
        assert done.exit_code == 2
        assert "manifest.json" in done.stderr or command == "explain"


def test_a_pipe_for_a_manifest_is_not_waited_for(folder: Path) -> None:
    pipe(folder / "snapshots" / "manifest.json")
    with pytest.raises(
        StoreError, match=r"manifest\.json: cannot be read: this is no file of data but a pipe"
    ):
        query("claims.duckdb", "SELECT 1")


@pytest.mark.parametrize("plant", [lambda f: f.symlink_to("/dev/zero"), os.mkfifo, Path.mkdir])
def test_decisions_that_never_end_are_refused(folder: Path, plant: Callable[[Path], None]) -> None:
    file = folder / "decisions.jsonl"
    plant(file)
    with pytest.raises(OSError, match=r"a pipe, a device or a folder; move it away"):
        Journal(file).read()
    done = CliRunner().invoke(app, ["report"])
    assert (done.exit_code, "decisions.jsonl" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [["reference", "check", "package"], ["check", str(DOCUMENT), "--reference", "package"],
     ["report", "--mask", "package/datapackage.json"]],
)  # fmt: skip
def test_a_pipe_is_no_package_and_no_list_of_names(folder: Path, arguments: list[str]) -> None:
    (folder / "package").mkdir()
    os.mkfifo(folder / "package" / "datapackage.json")
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2, done.output
    assert isinstance(done.exception, SystemExit)


# --- backups ------------------------------------------------------------------------------------------------


def changed_in(file: Path, at: int, length: int = 64) -> None:
    """Other bytes at one place."""
    data = bytearray(file.read_bytes())
    data[at : at + length] = Random(at).randbytes(length)
    file.write_bytes(data)


@pytest.mark.parametrize("noted", [True, False])
def test_a_backup_with_other_bytes_changes_nothing(folder: Path, noted: bool) -> None:
    held = {file: file.read_bytes() for file in folder.rglob("*.duckdb") if file.name != "backup.duckdb"}
    whole, size = (folder / "backup.duckdb").read_bytes(), (folder / "backup.duckdb").stat().st_size
    if not noted:
        (folder / "backup.duckdb.json").unlink()
    refused = 0
    for at in range(HEADERS, size - 64, size // 12):
        (folder / "backup.duckdb").write_bytes(whole)
        changed_in(folder / "backup.duckdb", at)
        done = CliRunner().invoke(app, ["restore", "backup.duckdb"])
        if done.exit_code == 0 and not noted:
            continue  # in a block that holds nothing
        refused += 1
        assert done.exit_code == 2, done.output
        said = " ".join(done.stderr.split())
        assert "backup.duckdb: the" in said
        assert "damaged" in said
        if refused == 1 or noted:
            assert {file: file.read_bytes() for file in held if file.exists()} == held
            assert not (folder / f"claims.duckdb{REPLACED}").exists()
    assert refused > 6


def test_a_backup_with_exchanged_blocks_is_refused_or_whole(folder: Path) -> None:
    """Each block bears its own checksum, so that nothing but its content tells where it belongs."""
    (folder / "backup.duckdb.json").unlink()
    whole, block = (folder / "backup.duckdb").read_bytes(), 262_144
    many, refused = (len(whole) - HEADERS) // block, 0
    for first in range(0, many - 1, 4):
        data, at = bytearray(whole), HEADERS + first * block
        data[at : at + 2 * block] = whole[at + block : at + 2 * block] + whole[at : at + block]
        (folder / "backup.duckdb").write_bytes(data)
        done = CliRunner().invoke(app, ["restore", "backup.duckdb"])
        assert done.exit_code in (0, 2), (first, done.exception)
        if done.exit_code:
            refused += 1
            assert "backup.duckdb: the backup is damaged" in " ".join(done.stderr.split())
    assert refused > 1


def test_no_restore_overwrites_what_one_before_kept(folder: Path) -> None:
    held = (folder / "claims.duckdb").read_bytes()
    kept = [restore(folder / "backup.duckdb", folder / "claims.duckdb") for _ in range(3)]
    assert [file.name for file in kept if file] == [f"claims.duckdb{REPLACED}{n}" for n in ("", "-2", "-3")]
    assert (folder / f"claims.duckdb{REPLACED}").read_bytes() == held


def test_a_restore_that_was_ended_before_its_last_step_leaves_one_copy(folder: Path) -> None:
    os.link(folder / "claims.duckdb", folder / f"claims.duckdb{REPLACED}")
    assert restore(folder / "backup.duckdb", folder / "claims.duckdb") == folder / f"claims.duckdb{REPLACED}"


def test_a_backup_notes_its_rows_and_they_are_counted(folder: Path) -> None:
    record = folder / "backup.duckdb.json"
    noted = json.loads(record.read_text())
    assert noted["rows"]["main.claim"] == 2
    record.write_text(json.dumps(noted | {"rows": noted["rows"] | {"main.claim": 3}}))
    with pytest.raises(DamagedError, match="the backup holds other rows than"):
        restore(folder / "backup.duckdb", folder / "claims.duckdb")
    for text in ("{}", "[" * 100_000, "\0"):
        record.write_text(text)
        with pytest.raises(StoreError, match=r"backup\.duckdb\.json: no record of a backup .*move it away"):
            restore(folder / "backup.duckdb", folder / "claims.duckdb")
    record.unlink()
    assert restore(folder / "backup.duckdb", folder / "claims.duckdb") is not None


@pytest.mark.parametrize("damage", [overwritten, cut])
def test_a_backup_takes_the_place_of_a_damaged_database(folder: Path, damage: Callable[[Path], None]) -> None:
    damage(folder / "claims.duckdb")
    (folder / "claims.duckdb.wal").write_bytes(b"its log")
    harmed = (folder / "claims.duckdb").read_bytes()
    before = restore(folder / "backup.duckdb", folder / "claims.duckdb")
    assert before is not None
    assert before.read_bytes() == harmed
    assert (folder / f"claims.duckdb{REPLACED}.wal").read_bytes() == b"its log"
    assert query("claims.duckdb", "SELECT count(*) FROM claims").rows == [(2,)]
    with open_store(folder / "claims.duckdb", read_only=True) as store:
        assert store.cells("SELECT count(*) FROM claim") == [(2,)]
