"""Documents of the inbox: bad ones are set aside, and each keeps the id that it had first."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimcheck import connect, inbox, publishing
from claimcheck.claims import reading
from claimcheck.cli.app import app
from claimcheck.documents import limits
from claimcheck.documents.files import make
from claimcheck.inbox import Names
from claimcheck.model import Document
from claimcheck.pipeline import Checker
from claimcheck.reference.problems import PackageError
from claimcheck.store import StoreError, open_store
from claimcheck.store.backups import backup, restore
from claimcheck.store.inbox import State
from claimcheck.store.sqlite import export_sqlite
from claimcheck.syntax import parser
from tests.inbox_case import REFERENCE, ask, hold, run
from tests.killing import LAWS, document, ended, forked, run_inbox


def test_a_bad_document_is_set_aside_and_tried_again(place: Path) -> None:
    lines = [json.dumps({"id": "a", "text": document(5)}), "{", json.dumps({"id": "b", "text": document(6)})]
    wire = place / "inbox" / "wire.jsonl"
    wire.write_text("\n".join(lines), encoding="utf-8")
    (place / "inbox" / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    first = run(place, reports=False)
    assert first.saved.new == 5
    assert [Path(f.path).name for f in first.failures] == ["scan.pdf", "wire.jsonl"]
    assert "line 2" in first.failures[1].reason
    assert str(first).endswith("; 2 in quarantine")
    second = run(place, reports=False)
    since = ask(place, "SELECT first_run, last_run FROM quarantine")
    assert {(r["first_run"], r["last_run"]) for r in since} == {(first.run.run_id, second.run.run_id)}
    wire.write_text("\n".join([lines[0], lines[2]]), encoding="utf-8")
    (place / "inbox" / "scan.pdf").unlink()
    assert not run(place, reports=False).failures
    assert not ask(place, "FROM quarantine")


def test_a_document_that_cannot_be_checked_does_not_stop_its_batch(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = inbox.read
    tried: list[str] = []

    def poisoned(documents: Sequence[Document], events: object) -> Iterator[object]:
        tried.extend(d.id for d in documents)
        if any("POISON" in d.text for d in documents):
            raise IndexError("list index out of range")
        return read(documents, events)  # type: ignore[arg-type]

    monkeypatch.setattr(inbox, "read", poisoned)
    (place / "inbox" / "d1.txt").write_text("POISON 7 people died.", encoding="utf-8")
    first = run(place, reports=False)
    assert first.saved.new == 2
    assert [f.doc_id for f in first.failures] == ["d1.txt"]
    assert (
        "d1.txt: the text could not be checked (IndexError: list index out of range)"
        in first.failures[0].reason
    )
    tried.clear()
    assert [f.doc_id for f in run(place, reports=False).failures] == ["d1.txt"]
    assert tried == []  # the same text by the same code would fail again
    (place / "inbox" / "d1.txt").write_text(document(1), encoding="utf-8")
    assert not run(place, reports=False).failures


def slow_on(text: str) -> Callable[..., object]:
    """A preparation that never ends on documents which hold this text."""
    prepare = reading.prepare

    def slow(document: Document, index: object) -> object:
        while text in document.text:
            pass
        return prepare(document, index)  # type: ignore[arg-type]

    return slow


def test_a_document_that_takes_too_long_does_not_stop_its_batch(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(reading.read([make("warm", document(1))]))  # so that no time goes into starting
    monkeypatch.setenv(limits.SETTING, "3")
    (place / "inbox" / "d1.txt").write_text("SLOW 7 people died.", encoding="utf-8")
    first = run(place, prepare=slow_on("SLOW"), reports=False)
    assert first.saved.new == 2
    assert [(f.doc_id, f.stage) for f in first.failures] == [("d1.txt", "check")]
    assert "d1.txt: takes longer than 3 seconds to check" in first.failures[0].reason
    begin = time.monotonic()
    again = run(place, prepare=lambda document, index: pytest.fail("was tried again"), reports=False)
    assert [f.doc_id for f in again.failures] == ["d1.txt"]
    assert time.monotonic() - begin < 60
    monkeypatch.undo()  # more time: it is tried again
    assert run(place, reports=False).saved.new == 1
    assert not ask(place, "FROM quarantine")


def test_a_mail_and_what_is_attached_to_it(place: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "ana@example.org", "Fire"
    message.set_content(document(1))
    message.add_attachment(document(2), filename="letter.txt")
    message.add_attachment(b"%PDF-1.4 broken", maintype="application", subtype="pdf", filename="scan.pdf")
    for folder in ("inbox", "other"):
        (place / folder).mkdir(exist_ok=True)
        (place / folder / "a.eml").write_bytes(message.as_bytes())
    both = [place / "inbox", place / "other"]
    first = run(place, *both, reports=False)
    assert (first.saved.new, len(first.failures)) == (7, 2)
    assert [r["doc_id"] for r in ask(place, "FROM documents ORDER BY doc_id")][:4] == [
        "a.eml",
        "a.eml/letter.txt",
        "d0.txt",
        "d1.txt",
    ]
    assert {r["doc_id"] for r in ask(place, "FROM documents WHERE doc_id LIKE 'other/%'")} == {
        "other/a.eml",
        "other/a.eml/letter.txt",
    }
    assert run(place, *reversed(both), reports=False).untouched == 7
    (place / "other" / "a.eml").unlink()
    assert len(run(place, *both, reports=False).failures) == 1


def named(*given: tuple[str, str], states: dict[str, str] | None = None) -> list[str]:
    """The ids that documents get: each given as (path, id); `states` are ids and the files that have them."""
    held = {i: State(i, str(Path(p).absolute()), "", "", "") for i, p in (states or {}).items()}
    documents = [make(id, "text", path=path) for path, id in given]
    settled = Names(lambda ids: {i: held[i] for i in ids if i in held}).settle(documents)
    return [document.id for document, _, _ in settled]


def test_an_id_belongs_to_the_file_that_had_it_first(tmp_path: Path) -> None:
    file = tmp_path / "b" / "x.txt"
    file.parent.mkdir()
    file.touch()
    assert named(("a/x.txt", "x.txt"), states={"x.txt": str(file)}) == ["a/x.txt"]
    file.unlink()  # moved: the id follows
    assert named(("a/x.txt", "x.txt"), states={"x.txt": str(file)}) == ["x.txt"]


# --- What goes wrong around a run: a second run, a full disk, a clock that was set back ---


def test_the_second_of_two_runs_waits(place: Path) -> None:
    said: list[str] = []
    with hold(place, 0.5), Checker([REFERENCE], place / "claims.duckdb", wait=60, say=said.append) as checker:
        assert run_inbox(checker, [place / "inbox"]).saved.new == 3
    assert len(said) == 1
    assert said[0].startswith("waiting up to 60 seconds: ")


def test_a_full_disk_loses_nothing(place: Path) -> None:
    import resource

    run(place, reports=False, published=True)
    for number in range(100, 110):
        (place / "inbox" / f"e{number}.txt").write_text(document(number) * 10, encoding="utf-8")

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = (place / "claims.duckdb").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 4, resource.RLIM_INFINITY))
        with pytest.raises(StoreError, match=r"cannot be written: .*; what was kept is whole, and"):
            run(place, reports=False, published=True)

    assert ended(forked(limited)) == 0
    for law, sql in LAWS.items():
        assert not ask(place, sql), law
    assert ask(place, "SELECT count(*) AS n FROM documents")[0]["n"] >= 3
    assert run(place, reports=False, published=True).documents == 13
    assert ask(place, "SELECT count(*) AS n FROM documents") == [{"n": 13}]


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
    parser.model.cache_clear()
    try:
        with pytest.raises(parser.ModelError, match="en_none is not installed"):
            run(place, reports=False)
    finally:
        parser.model.cache_clear()
    assert not ask(place, "FROM runs")


def test_a_table_that_is_gone(place: Path, tables: Path) -> None:
    run(place, reference=tables, reports=False)
    (tables / "figures.csv").unlink()
    with pytest.raises(PackageError, match=r"figures\.csv"):
        run(place, reference=tables, reports=False)
    assert ask(place, "SELECT count(*) AS n FROM figures")[0]["n"] != 0


# --- What a run leaves: reports, copies, and readers that never wait ---


def test_a_big_run_writes_what_changed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "MANY", 2)
    run(place)
    pages = {p.name: p.stat().st_mtime_ns for p in (place / "reports" / "pages").iterdir()}
    assert len(pages) == 3
    (place / "inbox" / "d1.txt").write_text(document(1, version=1), encoding="utf-8")
    run(place)
    later = {p.name: p.stat().st_mtime_ns for p in (place / "reports" / "pages").iterdir()}
    assert [name for name in pages if pages[name] != later[name]] == [n for n in pages if n.startswith("d1")]
    rows = (place / "reports" / "claims.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + len(ask(place, "FROM claims"))
    assert "pages/d1" in (place / "reports" / "index.html").read_text(encoding="utf-8")


def test_backup_and_restore(place: Path) -> None:
    database, saved = place / "claims.duckdb", place / "monday.duckdb"
    run(place, reports=False, published=True)
    before = ask(place, "FROM claims")
    assert backup(database, saved) == saved
    with pytest.raises(StoreError, match="is there already"):
        backup(database, saved)
    (place / "monday.json").write_text('{"notes": 1}', encoding="utf-8")
    with pytest.raises(StoreError, match=r"monday\.json: no record of a backup .*'sha256'; move it away"):
        backup(database, place / "monday")
    (place / "inbox" / "d1.txt").write_text(document(1, version=1), encoding="utf-8")
    run(place, reports=False, published=True)
    replaced = restore(saved, database)
    assert ask(place, "FROM claims") == before
    assert replaced == place / "claims.duckdb.before-restore"
    with open_store(replaced, read_only=True) as store:
        assert store.rows("FROM claims") != before
    with connect(database) as readers:
        assert len(readers.execute("FROM claims").fetchall()) == len(before)
    assert run(place, reports=False, published=True).saved.changed == 1


def test_a_file_that_is_no_backup_changes_nothing(checked: Path) -> None:
    (checked / "notes.txt").write_text("no database", encoding="utf-8")
    before = (checked / "claims.duckdb").read_bytes()
    with pytest.raises(StoreError, match="no DuckDB database"):
        restore(checked / "notes.txt", checked / "claims.duckdb")
    assert (checked / "claims.duckdb").read_bytes() == before
    assert not list(checked.glob("*.before-restore"))


def test_sqlite_holds_the_views(checked: Path) -> None:
    file = export_sqlite(checked / "claims.duckdb", checked / "out" / "claims.sqlite")
    with closing(sqlite3.connect(file)) as lite:
        tables = {name for (name,) in lite.execute("SELECT name FROM sqlite_master")}
        values = lite.execute(
            "SELECT value, typeof(asserted), date_start FROM claims WHERE value > 0"
        ).fetchall()
        lists = lite.execute("SELECT words FROM measures").fetchall()
        [(claims,)] = lite.execute("SELECT count(*) FROM claims").fetchall()
    assert {"claims", "evidence_rows", "runs"} <= tables
    assert "current_document" not in tables
    assert claims == len(ask(checked, "FROM claims"))
    assert values
    assert all(value == int(value) and kind == "integer" for value, kind, _ in values)
    assert all(day is None or date.fromisoformat(day) for _, _, day in values)
    assert all(isinstance(json.loads(words), list) for (words,) in lists)
    assert export_sqlite(checked / "claims.duckdb", file) == file, "an export is replaced by the next"


def test_an_export_replaces_no_other_file(checked: Path) -> None:
    (checked / "notes.txt").write_text("not for you", encoding="utf-8")
    with pytest.raises(StoreError, match="no SQLite file"):
        export_sqlite(checked / "claims.duckdb", checked / "notes.txt")
    assert (checked / "notes.txt").read_text(encoding="utf-8") == "not for you"


def test_the_commands(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    (place / "inbox" / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    database = ["--database", str(place / "claims.duckdb")]
    say = CliRunner().invoke
    assert say(app, ["status", *database]).exit_code == 2  # there is none yet
    run_id = run(place, reports=False, published=True).run.run_id
    status = say(app, ["status", *database])
    assert status.exit_code == 0, status.output
    for part in (run_id, "finished", "scan.pdf", "1 document in quarantine"):
        assert part in status.output
    tag = "check\n" + 999 * "x"  # a server may say anything
    monkeypatch.setattr("claimcheck.schedule.next_runs", lambda: [(datetime.now(UTC), tag)])
    last = say(app, ["status", *database]).output.splitlines()[-1]
    assert last.startswith("next: check xxx")
    assert len(last) == 500
    again = say(app, ["recheck", "--reference", str(REFERENCE), *database])
    assert again.exit_code == 0, again.output
    copied = place / "copy.duckdb"
    assert say(app, ["backup", str(copied), *database]).exit_code == 0
    assert say(app, ["restore", str(copied), *database]).exit_code == 0
    assert say(app, ["restore", str(place / "none.duckdb"), *database]).exit_code == 2
    assert say(app, ["export", "--parquet", str(place / "pq"), *database]).exit_code == 0
    assert say(app, ["export", "--sqlite", str(place / "c.sqlite"), *database]).exit_code == 0
    assert "--sqlite" in say(app, ["export", *database]).output
    with hold(place, 60) as holder:
        try:
            shown = say(app, ["status", *database])
        finally:
            holder.kill()
    assert shown.exit_code == 0
    assert run_id in shown.output


READ = """
import sys, time
import claimcheck
reads = 0
until = time.monotonic() + 60
while reads < 40 and time.monotonic() < until:
    with claimcheck.connect(sys.argv[1]) as readers:
        claims, documents = readers.execute("SELECT count(*), count(DISTINCT doc_id) FROM claims").fetchone()
    assert (claims, documents) == (12, 3), (claims, documents)
    reads += 1
    time.sleep(0.01)
print(reads)
"""


def test_readers_never_wait_and_never_err(place: Path) -> None:
    run(place, reports=False, published=True)
    arguments = [sys.executable, "-c", READ, str(place / "claims.duckdb")]
    readers = [subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    version = 1
    until = time.monotonic() + 60
    while any(r.poll() is None for r in readers) and time.monotonic() < until:
        (place / "inbox" / "d1.txt").write_text(document(1, version), encoding="utf-8")
        run(place, reports=False, published=True)
        version += 1
    assert [r.communicate()[0] for r in readers] == ["40\n", "40\n"]
    assert version > 1
