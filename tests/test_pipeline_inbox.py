"""Runs over an inbox: what is new or changed is checked, bad documents are set aside, nothing is lost."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimcheck import connect, inbox, pipeline, publishing
from claimcheck.claims import parsing, reading
from claimcheck.cli.app import app
from claimcheck.documents import limits
from claimcheck.documents.extracted import InstallationError
from claimcheck.documents.files import make
from claimcheck.inbox import Names, Outcome, run_inbox
from claimcheck.model import Document
from claimcheck.pipeline import Checker
from claimcheck.recheck import recheck
from claimcheck.reference.problems import PackageError
from claimcheck.store import BusyError, StoreError, latest_snapshot, open_store
from claimcheck.store.backups import backup, export_parquet, restore
from claimcheck.store.inbox import State
from tests.killing import LAWS, document, ended, forked
from tests.reader import ROOT

REFERENCE = ROOT / "reference_data"
LETTER = ROOT / "documents"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with an inbox of three documents."""
    (tmp_path / "inbox").mkdir()
    for number in range(3):
        (tmp_path / "inbox" / f"d{number}.txt").write_text(document(number), encoding="utf-8")
    return tmp_path


def run(place: Path, *folders: Path, reference: Path = REFERENCE) -> Outcome:
    with Checker([reference], place / "claims.duckdb") as checker:
        outcome = run_inbox(checker, folders or [place / "inbox"])
        publishing.publish_if_news(checker.store)
        publishing.write(checker.store, outcome.run, place / "reports")
    return outcome


def ask(place: Path, sql: str) -> list[dict[str, object]]:
    with open_store(place / "claims.duckdb", read_only=True) as store:
        return store.rows(sql)


# --- new, changed, unchanged -----------------------------------------------------------------------------


def test_only_what_is_new_or_changed_is_checked(place: Path) -> None:
    assert (run(place).saved.new, run(place).untouched) == (3, 3)
    snapshots = list((place / "snapshots").glob("*.duckdb"))
    (place / "inbox" / "d1.txt").write_text(document(1, version=1), encoding="utf-8")
    (place / "inbox" / "d9.txt").write_text(document(9), encoding="utf-8")
    third = run(place)
    assert (third.saved.new, third.saved.changed, third.untouched) == (1, 1, 2)
    assert str(third).startswith("4 documents: 1 new, 1 changed, 2 unchanged; ")
    assert len(list((place / "snapshots").glob("*.duckdb"))) == len(snapshots) + 1
    (place / "inbox" / "d0.txt").touch()
    fourth = run(place)
    assert str(fourth) == "4 documents, nothing new"
    assert ask(place, "SELECT documents, unchanged_documents FROM runs LIMIT 1") == [
        {"documents": 4, "unchanged_documents": 4}
    ]
    with open_store(place / "claims.duckdb") as store:  # a run that wrote nothing still tells all that it saw
        assert [d.document.id for d in store.load_run()[1]] == ["d0.txt", "d1.txt", "d2.txt", "d9.txt"]


def test_what_a_person_says_of_a_document_is_content(place: Path) -> None:
    run(place)
    (place / "inbox" / "d1.txt.meta.json").write_text('{"date": "2016-05-05"}', encoding="utf-8")
    assert run(place).saved.changed == 1
    assert run(place).untouched == 3


def test_an_earlier_text_comes_back(place: Path) -> None:
    for version in (0, 1, 0):
        (place / "inbox" / "d1.txt").write_text(document(1, version), encoding="utf-8")
        run(place)
    assert ask(place, "SELECT text FROM current_document WHERE doc_id = 'd1.txt'") == [{"text": document(1)}]
    assert latest_snapshot(place / "claims.duckdb") is not None
    with connect(place / "claims.duckdb") as readers:
        found = readers.execute("SELECT text FROM current_document WHERE doc_id = 'd1.txt'").fetchall()
    assert found == [(document(1),)]


def test_a_document_that_left_the_inbox_leaves_the_report(place: Path) -> None:
    run(place)
    (place / "inbox" / "d1.txt").unlink()
    second = run(place)
    assert second.documents == 2
    with open_store(place / "claims.duckdb") as store:
        assert [d.document.id for d in store.load_run()[1]] == ["d0.txt", "d2.txt"]
        assert store.load_document("d1.txt").verdicts  # and stays in the database


# --- tables that change ----------------------------------------------------------------------------------


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the reference package; `change` gives one of its figures another number."""
    return Path(shutil.copytree(REFERENCE, tmp_path / "tables"))


def change(tables: Path) -> None:
    figures = tables / "figures.csv"
    text = figures.read_text(encoding="utf-8")
    assert ",765,765,," in text
    figures.write_text(text.replace(",765,765,,", ",664,664,,"), encoding="utf-8")


def verdicts(place: Path) -> list[dict[str, object]]:
    return ask(
        place, "SELECT claim_id, verdict, reason, explanation, measure, place_id FROM claims ORDER BY ALL"
    )


@pytest.fixture
def anew(tmp_path: Path, tables: Path) -> list[dict[str, object]]:
    """The letter's verdicts by the changed tables, from a database that knows nothing else."""
    changed = Path(shutil.copytree(tables, tmp_path / "changed"))
    change(changed)
    (tmp_path / "anew").mkdir()
    run(tmp_path / "anew", LETTER, reference=changed)
    return verdicts(tmp_path / "anew")


def test_changed_tables_judge_again_without_reading(
    tmp_path: Path, tables: Path, anew: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path, LETTER, reference=tables)
    assert verdicts(tmp_path) != anew
    change(tables)
    monkeypatch.setattr(inbox, "read", lambda documents, events: iter([_not(d) for d in documents]))
    again = run(tmp_path, LETTER, reference=tables)
    assert (again.rejudged, again.saved.changed, again.saved.unchanged) == (1, 0, 1)
    assert verdicts(tmp_path) == anew
    assert run(tmp_path, LETTER, reference=tables).untouched == 1


def _not(document: Document) -> None:
    raise AssertionError(f"{document.id} was read again")


def test_recheck_is_a_new_check_and_tells_the_difference(
    tmp_path: Path, tables: Path, anew: list[dict[str, object]]
) -> None:
    run(tmp_path, LETTER, reference=tables)
    change(tables)
    with Checker([tables], tmp_path / "claims.duckdb") as checker:
        done = recheck(checker)
        assert recheck(checker).run is None
    assert verdicts(tmp_path) == anew
    assert [(c.before, c.after) for c in done.changes] == [("conflicting_evidence", "refuted")]
    assert str(done) == "1 documents judged again: 1 verdicts changed"
    assert run(tmp_path, LETTER, reference=tables).untouched == 1


def test_recheck_reads_from_the_store_what_the_inbox_never_saw(
    tmp_path: Path, tables: Path, anew: list[dict[str, object]]
) -> None:
    with Checker([tables], tmp_path / "claims.duckdb") as checker:
        list(checker.kept(checker.check(pipeline.documents([LETTER], []))))
    change(tables)
    with Checker([tables], tmp_path / "claims.duckdb") as checker:
        assert len(recheck(checker).changes) == 1
    assert verdicts(tmp_path) == anew


def test_changed_events_are_read_again(tmp_path: Path, tables: Path) -> None:
    run(tmp_path, LETTER, reference=tables)
    events = tables / "events.csv"
    lines = events.read_text(encoding="utf-8").splitlines(keepends=True)
    events.write_text("".join(lines[:-1]), encoding="utf-8")
    again = run(tmp_path, LETTER, reference=tables)
    assert (again.rejudged, again.untouched) == (0, 0)


# --- bad documents ---------------------------------------------------------------------------------------


def test_a_bad_document_is_set_aside_and_tried_again(place: Path) -> None:
    lines = [json.dumps({"id": "a", "text": document(5)}), "{", json.dumps({"id": "b", "text": document(6)})]
    wire = place / "inbox" / "wire.jsonl"
    wire.write_text("\n".join(lines), encoding="utf-8")
    (place / "inbox" / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    first = run(place)
    assert first.saved.new == 5
    assert [Path(f.path).name for f in first.failures] == ["scan.pdf", "wire.jsonl"]
    assert "line 2" in first.failures[1].reason
    assert str(first).endswith("; 2 in quarantine")
    second = run(place)
    since = ask(place, "SELECT first_run, last_run FROM quarantine")
    assert {(r["first_run"], r["last_run"]) for r in since} == {(first.run.run_id, second.run.run_id)}
    wire.write_text("\n".join([lines[0], lines[2]]), encoding="utf-8")
    (place / "inbox" / "scan.pdf").unlink()
    assert not run(place).failures
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
    first = run(place)
    assert first.saved.new == 2
    assert [f.doc_id for f in first.failures] == ["d1.txt"]
    assert (
        "d1.txt: the text could not be checked (IndexError: list index out of range)"
        in first.failures[0].reason
    )
    tried.clear()
    assert [f.doc_id for f in run(place).failures] == ["d1.txt"]
    assert tried == []  # the same text by the same code would fail again
    (place / "inbox" / "d1.txt").write_text(document(1), encoding="utf-8")
    assert not run(place).failures


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
    monkeypatch.setattr(reading, "prepare", slow_on("SLOW"))
    (place / "inbox" / "d1.txt").write_text("SLOW 7 people died.", encoding="utf-8")
    first = run(place)
    assert first.saved.new == 2
    assert [(f.doc_id, f.stage) for f in first.failures] == [("d1.txt", "check")]
    assert "d1.txt: takes longer than 3 seconds to check" in first.failures[0].reason
    begin = time.monotonic()
    monkeypatch.setattr(reading, "prepare", lambda document, index: pytest.fail("was tried again"))
    assert [f.doc_id for f in run(place).failures] == ["d1.txt"]
    assert time.monotonic() - begin < 60
    monkeypatch.undo()  # more time: it is tried again
    assert run(place).saved.new == 1
    assert not ask(place, "FROM quarantine")


def test_what_fails_for_a_plain_sentence_too_is_no_documents_fault(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(document: Document, index: object) -> object:
        raise TypeError("unexpected keyword")

    monkeypatch.setattr(reading, "prepare", broken)
    with pytest.raises(InstallationError, match="not even a plain sentence"):
        run(place)
    assert not ask(place, "FROM quarantine")
    assert ask(place, "SELECT status FROM runs") == [{"status": "failed"}]
    monkeypatch.undo()
    assert run(place).saved.new == 3


def test_what_fails_everywhere_at_the_same_place_is_no_documents_fault(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = reading.prepare

    def broken(document: Document, index: object) -> object:
        if document.id == "probe":
            return prepare(document, index)  # type: ignore[arg-type]
        raise KeyError(document.id)

    monkeypatch.setattr(reading, "prepare", broken)
    with pytest.raises(InstallationError, match=r"all 3 documents fail in the same way \(KeyError in test_"):
        run(place)
    assert not ask(place, "FROM quarantine")
    (place / "inbox" / "d2.txt").unlink()  # two are too few to tell
    assert len(run(place).failures) == 2


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
    first = run(place, *both)
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
    assert run(place, *reversed(both)).untouched == 7
    (place / "other" / "a.eml").unlink()
    assert len(run(place, *both).failures) == 1


# --- ids -------------------------------------------------------------------------------------------------


def named(*given: tuple[str, str], states: dict[str, str] | None = None) -> list[str]:
    """The ids that documents get: each given as (path, id); `states` are ids and the files that have them."""
    held = {i: State(i, str(Path(p).absolute()), "", "", "") for i, p in (states or {}).items()}
    documents = [make(id, "text", path=path) for path, id in given]
    settled = Names(lambda ids: {i: held[i] for i in ids if i in held}).settle(documents)
    return [document.id for document, _, _ in settled]


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ([("a/x.txt", "x.txt"), ("b/y.txt", "y.txt")], ["x.txt", "y.txt"]),
        ([("a/x.txt", "x.txt"), ("b/x.txt", "x.txt")], ["x.txt", "b/x.txt"]),
        ([("a/x.txt", "x.txt"), ("a/x.txt", "x.txt")], ["x.txt"]),
        ([("a/sub/x.txt", "sub/x.txt"), ("a/sub/x.txt", "x.txt")], ["sub/x.txt"]),
        ([("a.jsonl", "1"), ("b.jsonl", "1"), ("b.jsonl", "2")], ["1", "b.jsonl/1", "2"]),
    ],
)
def test_ids_of_several_folders(given: list[tuple[str, str]], ids: list[str]) -> None:
    assert named(*given) == ids


def test_a_third_document_of_an_id_gets_its_whole_path() -> None:
    ids = named(("a/in/x.txt", "x.txt"), ("b/in/x.txt", "x.txt"), ("c/in/x.txt", "x.txt"))
    assert ids == ["x.txt", "in/x.txt", Path("c/in/x.txt").absolute().as_posix()]


def test_an_id_belongs_to_the_file_that_had_it_first(tmp_path: Path) -> None:
    file = tmp_path / "b" / "x.txt"
    file.parent.mkdir()
    file.touch()
    assert named(("a/x.txt", "x.txt"), states={"x.txt": str(file)}) == ["a/x.txt"]
    file.unlink()  # moved: the id follows
    assert named(("a/x.txt", "x.txt"), states={"x.txt": str(file)}) == ["x.txt"]


def test_two_folders_keep_their_documents_apart(place: Path) -> None:
    other = place / "other"
    other.mkdir()
    (other / "d1.txt").write_text(document(8), encoding="utf-8")
    assert run(place).saved.new == 3
    assert run(place, other, place / "inbox").saved.new == 1  # whatever the order
    assert {r["doc_id"] for r in ask(place, "FROM documents")} == {
        "d0.txt",
        "d1.txt",
        "d2.txt",
        "other/d1.txt",
    }
    assert run(place, place / "inbox", other).untouched == 4


# --- what goes wrong around a run ------------------------------------------------------------------------

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


def test_the_second_of_two_runs_says_who_has_the_database(place: Path) -> None:
    with hold(place, 60) as holder:
        try:
            with pytest.raises(BusyError, match=rf"another process has it open: .*process {holder.pid}\b"):
                run(place)
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

    run(place)
    for number in range(100, 160):
        (place / "inbox" / f"e{number}.txt").write_text(document(number) * 10, encoding="utf-8")

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = (place / "claims.duckdb").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 4, resource.RLIM_INFINITY))
        with pytest.raises(StoreError, match=r"cannot be written: .*; what was kept is whole, and"):
            run(place)

    assert ended(forked(limited)) == 0
    for law, sql in LAWS.items():
        assert not ask(place, sql), law
    assert ask(place, "SELECT count(*) AS n FROM documents")[0]["n"] >= 3
    assert run(place).documents == 63
    assert ask(place, "SELECT count(*) AS n FROM documents") == [{"n": 63}]


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
            run(place)
    finally:
        parsing.model.cache_clear()
    assert not ask(place, "FROM runs")


def test_a_table_that_is_gone(place: Path, tables: Path) -> None:
    run(place, reference=tables)
    (tables / "figures.csv").unlink()
    with pytest.raises(PackageError, match=r"figures\.csv"):
        run(place, reference=tables)
    assert ask(place, "SELECT count(*) AS n FROM figures")[0]["n"] != 0


def test_a_clock_that_was_set_back(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(place)

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Earlier:
            return cls(2001, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(pipeline, "datetime", Earlier)
    monkeypatch.setattr(inbox, "datetime", Earlier)
    (place / "inbox" / "d1.txt").write_text(document(1, version=1), encoding="utf-8")
    second = run(place)
    assert second.run.run_id.startswith("20010101T")
    snapshot = latest_snapshot(place / "claims.duckdb")
    assert snapshot is not None
    with open_store(snapshot, read_only=True) as store:
        latest, documents = store.load_run()
        assert latest.run_id == second.run.run_id
        assert document(1, version=1) in [d.document.text for d in documents]


def test_a_document_replaced_while_the_run_reads(place: Path) -> None:
    with (
        Checker([REFERENCE], place / "claims.duckdb") as checker,
        inbox.InboxRun(checker, [place / "inbox"]) as one,
    ):
        for batch in one.batches():
            (place / "inbox" / "d1.txt").write_text(document(1, version=1), encoding="utf-8")
            one.check(batch)
        one.finish()
    assert run(place).saved.changed == 1
    assert {"text": document(1, version=1)} in ask(place, "SELECT text FROM current_document")


def test_a_run_that_fails_is_marked_so(place: Path) -> None:
    def stopped(one: inbox.InboxRun) -> None:
        with one:
            one.check(next(one.batches()))
            raise StoreError("stop")

    with Checker([REFERENCE], place / "claims.duckdb") as checker, pytest.raises(StoreError, match="stop"):
        stopped(inbox.InboxRun(checker, [place / "inbox"]))
    assert [r["status"] for r in ask(place, "FROM runs")] == ["failed"]
    assert run(place).untouched == 3


def test_batches_are_read_as_they_are_needed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "BATCH", 2)
    with Checker([REFERENCE], place / "claims.duckdb") as checker:
        one = inbox.InboxRun(checker, [place / "inbox"])
        stream = one.batches()
        assert [work.document.id for work in next(stream)] == ["d0.txt", "d1.txt"]
        (place / "inbox" / "d2.txt").write_text(document(77), encoding="utf-8")  # not read yet
        assert [work.document.text for work in next(stream)] == [document(77)]


# --- reports and copies ----------------------------------------------------------------------------------


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
    run(place)
    before = ask(place, "FROM claims")
    assert backup(database, saved) == saved
    with pytest.raises(StoreError, match="is there already"):
        backup(database, saved)
    (place / "inbox" / "d1.txt").write_text(document(1, version=1), encoding="utf-8")
    run(place)
    replaced = restore(saved, database)
    assert ask(place, "FROM claims") == before
    assert replaced == place / "claims.duckdb.before-restore"
    with open_store(replaced, read_only=True) as store:
        assert store.rows("FROM claims") != before
    with connect(database) as readers:
        assert len(readers.execute("FROM claims").fetchall()) == len(before)
    assert run(place).saved.changed == 1


def test_a_file_that_is_no_backup_changes_nothing(place: Path) -> None:
    run(place)
    (place / "notes.txt").write_text("no database", encoding="utf-8")
    before = (place / "claims.duckdb").read_bytes()
    with pytest.raises(StoreError, match="no DuckDB database"):
        restore(place / "notes.txt", place / "claims.duckdb")
    assert (place / "claims.duckdb").read_bytes() == before
    assert not list(place.glob("*.before-restore"))


def test_parquet_holds_the_views(place: Path) -> None:
    run(place)
    paths = export_parquet(place / "claims.duckdb", place / "parquet")
    assert {"claims.parquet", "evidence_rows.parquet", "runs.parquet"} <= {p.name for p in paths}
    with open_store() as store:
        found = store.rows(f"SELECT count(*) AS n FROM '{place / 'parquet' / 'claims.parquet'}'")
    assert found == [{"n": len(ask(place, "FROM claims"))}]


def test_the_commands(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    (place / "inbox" / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    database = ["--database", str(place / "claims.duckdb")]
    say = CliRunner().invoke
    assert say(app, ["status", *database]).exit_code == 2  # there is none yet
    run_id = run(place).run.run_id
    status = say(app, ["status", *database])
    assert status.exit_code == 0, status.output
    for part in (run_id, "finished", "scan.pdf", "1 document in quarantine"):
        assert part in status.output
    again = say(app, ["recheck", "--reference", str(REFERENCE), *database])
    assert again.exit_code == 0, again.output
    copied = place / "copy.duckdb"
    assert say(app, ["backup", str(copied), *database]).exit_code == 0
    assert say(app, ["restore", str(copied), *database]).exit_code == 0
    assert say(app, ["restore", str(place / "none.duckdb"), *database]).exit_code == 2
    assert say(app, ["export", "--parquet", str(place / "pq"), *database]).exit_code == 0
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
    run(place)
    arguments = [sys.executable, "-c", READ, str(place / "claims.duckdb")]
    readers = [subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    version = 1
    until = time.monotonic() + 60
    while any(r.poll() is None for r in readers) and time.monotonic() < until:
        (place / "inbox" / "d1.txt").write_text(document(1, version), encoding="utf-8")
        run(place)
        version += 1
    assert [r.communicate()[0] for r in readers] == ["40\n", "40\n"]
    assert version > 2
